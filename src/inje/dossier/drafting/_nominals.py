"""The names and noun phrases that end at a place in a sentence, as subjects."""

from __future__ import annotations

import re
from collections.abc import Sequence

from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._lexicon import DEMONYM, OFFICES, POLITIES, RANKS
from inje.dossier.drafting._mentions import Mention
from inje.dossier.drafting._passages import Sentence, Word
from inje.dossier.drafting._titles import Titles
from inje.dossier.drafting._voices import Subject, of_whom, voice

__all__ = ["Nominals"]

_TITLE_AND = re.compile(r"\b[Tt]he ([A-Z][\w-]+) and $")
_PREPOSITIONS = frozenset("in at on for from with to by of over into and or".split())
#: prepositions of phrases that stand behind a noun: "the garrison at Brod"
_BEHIND_NOUN = frozenset(
    "in at on for from under with near to within among outside inside aboard against by around "
    "behind across of over about between before after published written issued signed dated sent "
    "working serving fighting writing speaking living standing commanding looking visiting attending studying "
    "representing captured taken headed led commanded based stationed posted left born held made drawn".split()
)
_STOPS = frozenset([",", ";", ":", ".", "(", ")", "–", "—", '"', "“", "”"])
_LONGEST = 12
#: nouns that are no people, though they suggest, show and mean
_LIFELESS = re.compile(
    r"[a-z]{2,}(?:tion|sion|ment|ness|ity|ance|ence|ism|ure|ing|ics|age)s?|evidence|facts?|figures?|"
    r"results?|map|maps|delays?|rain|weather|terrain|ground|losses|time|day|days|night|morning|news|"
    r"battle|war|attack|victory|defeat|order|orders|plan|plans|fire|guns?|ships?|town|city|road|hill|"
    r"way|point|effect|reason|cause|hope|fear|belief|view|idea|story|rumou?rs?|number|numbers|size|"
    r"lack|fall|end|place|site|name|names|it|this|that|which|what|lines?|flank|centre|center|wing"
)
_ARTICLES = frozenset(
    "the The a A an An his His her Her their Their its Its one One two some Some many Many several "
    "Several other another Another these These those this This no No all All most Most few".split()
)


_ONE = frozenset("one some many most several none few two three".split())
_SOME = frozenset("some many most few several both all each one none neither either".split())


class Nominals:
    """Finds what ends at a place: names, titles, voices, and heads of longer phrases."""

    def __init__(self, register: Register, titles: Titles) -> None:
        self._register = register
        self._titles = titles

    def ending(self, sentence: Sentence, words: Sequence[Word], i: int) -> Subject | None:
        """The subject that ends at word `i`: "Karl", "the Duke", "the garrison at Brod"."""
        if words[i].text == "them" and i > 1 and words[i - 2].text.lower() in _ONE:
            return Subject((), words[i - 2].start, words[i].end, "", words[i - 2].text.lower())
        found = (
            of_whom(sentence, words, words[i].end)
            or self.named_at(sentence, words[i].end)
            or self._titles.titled(words, i)
            or self._titles.office(words, i)
            or self._company(sentence, words, i)
            or voice(words, i)
            or self._countryman(words, i)
        )
        return self._head_of_phrase(sentence, words, i, found)

    def _head_of_phrase(
        self, sentence: Sentence, words: Sequence[Word], i: int, found: Subject | None
    ) -> Subject | None:
        """The head of a phrase whose last noun stands behind a preposition."""
        for at in range(i - 1, max(i - _LONGEST, 0), -1):
            text = words[at].text
            if text in _STOPS:
                break
            if text not in _BEHIND_NOUN or (found is not None and found.start < words[at].start):
                continue
            if text == "of" and words[at - 1].text.lower() in _SOME:
                continue
            if text == "of" and _of_things(words, at):
                return None  # "the style of the dictators explains"
            if text == "of" and found is not None and found.voice:
                whole = self.named_at(sentence, words[at - 1].end)
                if whole is None or whole.holders[0].kind != "person":
                    break  # "Captain Mercer of the horse artillery" is a person
            head = self._simple(sentence, words, at - 1)
            if head is not None and self._begins(words, at - 1, head):
                return Subject(head.holders, head.start, words[i].end, "", head.voice)
        return found

    def _simple(self, sentence: Sentence, words: Sequence[Word], i: int) -> Subject | None:
        """A group or a voice, or somebody named, that ends at a word."""
        named = self.named_at(sentence, words[i].end)
        if named is not None and all(
            n.kind != "place" or n.name in POLITIES for n in named.holders
        ):
            return named
        return voice(words, i)

    @staticmethod
    def _begins(words: Sequence[Word], i: int, head: Subject) -> bool:
        """Whether a head opens its clause: no verb before it has it as its object."""
        first = next((k for k, word in enumerate(words) if word.start >= head.start), i)
        while first and (
            words[first - 1].text in _ARTICLES | OFFICES
            or words[first - 1].text in DEMONYM
            or words[first - 1].text.endswith("'s")
            or _attribute(words, first - 1)
        ):
            first -= 1
        if first > 1 and words[first - 1].text == "of" and words[first - 2].text.lower() in _ONE:
            first -= 2  # "one of the officers of the regiment"
        before = words[first - 1].text if first else ","
        return first == 0 or before in _STOPS or before in _OPENING

    def named_at(self, sentence: Sentence, end: int) -> Subject | None:
        """The names that end at a position, with those joined to them by "and"."""
        found = self._register.within(sentence.start, end)
        chain: list[Named] = []
        start = end
        limit = end
        for mention, named in reversed(found):
            gap = sentence.text[mention.end - sentence.start : limit - sentence.start].strip()
            listed = "and" in gap or len(chain) > 1
            if mention.end != end and (gap not in ("and", ",", ", and", "nor") or not listed):
                break
            if mention.end == end and chain:
                continue
            chain.insert(0, named)
            start = limit = mention.start
        if not chain:
            return None
        if len(chain) == 1 and (head := self._head(sentence, found, start)) is not None:
            return head
        first = self._title_and(sentence, start)
        if first is not None:
            return Subject((*first.holders, *chain), first.start, end)
        joined = " and " in sentence.text[start - sentence.start : end - sentence.start]
        return Subject(tuple(chain) if joined else (chain[-1],), start, end)

    def _title_and(self, sentence: Sentence, start: int) -> Subject | None:
        """As in "the Duke and Eugene"."""
        title = _TITLE_AND.search(sentence.text[: start - sentence.start])
        if title is None or title[1] not in RANKS:
            return None
        first = sentence.start + title.start(1)
        at = next((k for k, w in enumerate(sentence.words) if w.start >= first), 0)
        return self._titles.titled(sentence.words, at)

    def _head(
        self, sentence: Sentence, found: list[tuple[Mention, Named]], start: int
    ) -> Subject | None:
        """As in "Louis XIV of France", "the Museum of the Marine Corps": the first does it."""
        for mention, named in reversed(found):
            gap = sentence.text[mention.end - sentence.start : start - sentence.start]
            if gap in (" of ", " of the ", " for ", " for the ") and named.kind != "place":
                return Subject((named,), mention.start, mention.end)
        return None

    def _company(self, sentence: Sentence, words: Sequence[Word], i: int) -> Subject | None:
        """As in "Tallard and his colleagues": the one who is named."""
        for k in range(i, max(i - 4, 1), -1):
            if words[k].text in ("that", "who", "which", "the", ","):
                return None
            if words[k - 1].text in ("his", "her", "their") and words[k - 2].text == "and":
                return self.named_at(sentence, words[k - 3].end) if k > 2 else None
        return None

    @staticmethod
    def _countryman(words: Sequence[Word], i: int) -> Subject | None:
        """As in "one Spartan answered", "an Englishman wrote"."""
        one = i > 0 and words[i - 1].text.lower() in ("one", "a", "an", "another")
        if not one or not words[i].capital or words[i].text not in DEMONYM:
            return None
        return Subject((), words[i].start, words[i].end, "", words[i].text)

    @staticmethod
    def anybody(words: Sequence[Word], i: int) -> Subject | None:
        """Any noun behind an article that can be somebody: "a drummer", "the second pilot"."""
        text = words[i].text
        if not text.isalpha() or text[0].isupper() or _LIFELESS.fullmatch(text) or len(text) < 3:
            return None
        for k in range(i - 1, max(i - 5, -1), -1):
            if words[k].text in _ARTICLES:
                before = words[k - 1].text if k else ","
                if before in _BEHIND_NOUN:
                    return None
                said = " ".join(word.text for word in words[k + 1 : i + 1])
                return Subject((), words[k + 1].start, words[i].end, "", said)
            if not words[k].text.isalpha() or words[k].text in _PREPOSITIONS:
                return None
        return None


def _of_things(words: Sequence[Word], at: int) -> bool:
    """Whether "of" follows a noun that is nobody: "the conduct of", not "a number of"."""
    head = words[at - 1].text
    lifeless = _LIFELESS.fullmatch(head) is not None or head in ("style", "conduct", "advice")
    return lifeless and head not in _QUANTITIES and voice(words, at - 1) is None


_QUANTITIES = frozenset(
    "members member rest remainder remnants remnant half third quarter part parts elements bulk core body dozens hundreds thousands "
    "handful group groups pair couple ranks lot host band score scores two three four five six seven eight nine ten dozen hundred many "
    "number numbers majority proportion portion section contingent detachment delegation generation "
    "government administration opposition population commission organisation organization end name names "
    "line lines wing centre center ship ships guns city town one this that which intelligence".split()
)


def _attribute(words: Sequence[Word], i: int) -> bool:
    """Whether a word is an adjective before a noun, behind an article or another adjective."""
    text, before = words[i].text, words[i - 1].text if i else ""
    formed = "-" in text or text.endswith(("ed", "ing", "ish", "ic", "al", "ous", "ive", "ern"))
    return text.islower() and formed and (
        before in _ARTICLES or before in ("most", "even", "more") or before.endswith("ly")
    )  # fmt: skip


_OPENING = frozenset(
    "even and but that while whereas although though because when as if then however meanwhile so for "
    "which whom where since until after before also most many some".split()
)
