"""Who does what a verb says: the subject of a verb, and pronouns where that is safe."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._insertions import before_phrase, opening_of, past_insertion
from inje.dossier.drafting._lexicon import OFFICES, RANKS
from inje.dossier.drafting._mentions import Mention
from inje.dossier.drafting._passages import Passages, Sentence, Word
from inje.dossier.drafting._voices import Subject, of_whom, opening_voice, voice

__all__ = ["Subjects"]

_AUXILIARY = frozenset(
    (
        "had has have was were is are be been being would could should might may will can did "
        "do does also then later still again never not now only even once soon already "
        "immediately initially originally personally repeatedly strongly explicitly publicly "
        "subsequently finally first therefore thus however further additionally both "
        "themselves himself often always clearly herself openly eventually reportedly "
        "allegedly closely previously ultimately instead promptly duly thereupon meanwhile "
        "afterwards afterward simply merely just nevertheless nonetheless likewise hence rather "
        "soon always seldom rarely all each twice"
    ).split()
)
_PRONOUNS = frozenset(["he", "she", "they", "it", "He", "She", "They", "It", "who"])


class Subjects:
    """Finds subjects; remembers them for the pronouns of the next sentence."""

    def __init__(self, passages: Passages, register: Register) -> None:
        self._passages = passages
        self._register = register
        self._last: dict[int, Subject] = {}
        self._titles: dict[str, Named | None] = {}

    def of(self, sentence: Sentence, k: int) -> Subject | None:
        """Subject of the verb at word `k` of a sentence."""
        subject = self._described(sentence, k) or self._scan(sentence, k)
        if subject is not None and subject.holders and sentence.index not in self._last:
            self._last[sentence.index] = subject
        return subject

    def _described(self, sentence: Sentence, k: int) -> Subject | None:
        """As in "A, commander of the troops in B's army wrote": an apposition left open."""
        verb = sentence.words[k].start
        for mention, named in self._register.within(sentence.start, verb)[:3]:
            if named.kind != "person":
                continue
            rest = sentence.text[mention.end - sentence.start : verb - sentence.start]
            match = _APPOSED.fullmatch(rest)
            if match and match[1] in OFFICES:
                return Subject((named,), mention.start, mention.end)
        return None

    def _scan(self, sentence: Sentence, k: int) -> Subject | None:
        words = sentence.words
        i = k - 1
        while i >= 0:
            text = words[i].text
            closing = text == "," and i and words[i - 1].text in (")", "–", "—")
            if text in _AUXILIARY or text.endswith("ly") or closing:
                i -= 1
            elif (passed := before_phrase(words, i)) < i:
                i = passed
            elif text in (",", ")", "]"):
                inside = self._named_ending(sentence, words, i)
                if inside is not None:
                    return inside
                i = opening_of(words, i) - 1
            else:
                break
        if i < 0:
            return None
        if words[i].text in ("and", "but"):
            return self._coordinated(sentence, i)
        if words[i].text in _PRONOUNS:
            return self._pronoun(sentence, words, i)
        return (
            of_whom(sentence, words, words[i].end)
            or self._named_at(sentence, words[i].end)
            or self._titled(words, i)
            or self._office(words, i)
            or voice(words, i)
            or self._company(sentence, words, i)
        )

    def opening(self, sentence: Sentence, before: int) -> Subject | None:
        """Who opens a sentence: a pronoun, a name that no preposition governs, or a voice."""
        words = sentence.words
        for k, word in enumerate(words[:_FIRST_WORDS]):
            if word.start >= before:
                break
            if word.text in ("He", "She", "They", "he", "she", "they") and self._begins(words, k):
                return self._pronoun(sentence, words, k)
        for mention, named in self._register.within(sentence.start, before):
            if named.kind != "place" and self.acts(sentence, mention):
                early = opening_voice(sentence, mention.start)
                return early or Subject((named,), mention.start, mention.end)
        return opening_voice(sentence, before)

    @staticmethod
    def _begins(words: Sequence[Word], k: int) -> bool:
        """Whether a clause begins at a word: the sentence, or what follows a comma."""
        return k == 0 or words[k - 1].text in (",", ";", "–", "—", "but", "and")

    @staticmethod
    def acts(sentence: Sentence, mention: Mention) -> bool:
        """Whether a name can be a subject: no preposition before it, no possession behind."""
        at, end = mention.start - sentence.start, mention.end - sentence.start
        return not _GOVERNED.search(sentence.text[:at]) and not sentence.text[end:].startswith(
            ("'", "’")
        )

    def titled(self, sentence: Sentence, start: int, end: int) -> Subject | None:
        """The first "the Duke" or the like between two places of a sentence."""
        for k, word in enumerate(sentence.words):
            if start <= word.start < end and word.text in RANKS:
                found = self._titled(sentence.words, k)
                if found is not None:
                    return found
        return None

    def _titled(self, words: Sequence[Word], i: int) -> Subject | None:
        """As in "the Duke": the one of that title who is named most."""
        title = words[i].text
        if title not in RANKS or not i or words[i - 1].text not in ("the", "The"):
            return None
        if title not in self._titles:
            self._titles[title] = self._bearer(title)
        bearer = self._titles[title]
        if bearer is None:
            return None
        sentence = self._passages.at(words[i].start)
        if i > 2 and words[i - 2].text == "and" and sentence is not None:
            first = self._named_at(sentence, words[i - 3].end)
            if first is not None:
                return Subject((*first.holders, bearer), first.start, words[i].end)
        return Subject((bearer,), words[i].start, words[i].end)

    def _office(self, words: Sequence[Word], i: int) -> Subject | None:
        """As in "the king", where one king is named."""
        title = words[i].text
        if title not in OFFICES or not i or words[i - 1].text not in ("the", "The"):
            return None
        if i > 1 and words[i - 2].text == "to":
            return None
        rank = title.capitalize()
        if rank not in RANKS:
            return None
        if rank not in self._titles:
            self._titles[rank] = self._bearer(rank)
        bearer = self._titles[rank]
        return Subject((bearer,), words[i].start, words[i].end) if bearer is not None else None

    def _bearer(self, title: str) -> Named | None:
        pattern = re.compile(rf"(?<![\w-]){re.escape(title)}(?![\w-])")
        persons = self._register.kind("person")
        called = Counter(form for named in persons for form in named.forms for _ in named.mentions)
        found = sorted(
            (
                (len(named.mentions) + called[named.name.split()[-1]], named.key)
                for named in persons
                if any(pattern.search(form) for form in named.forms)
            ),
            reverse=True,
        )
        if not found or (len(found) > 1 and found[0][0] < 3 * found[1][0]):
            return None
        return self._register.all[found[0][1]]

    def _company(self, sentence: Sentence, words: Sequence[Word], i: int) -> Subject | None:
        """As in "Tallard and his colleagues": the one who is named."""
        for k in range(i, max(i - 4, 1), -1):
            if words[k - 1].text in ("his", "her", "their") and words[k - 2].text == "and":
                return self._named_at(sentence, words[k - 3].end) if k > 2 else None
        return None

    def _named_ending(self, sentence: Sentence, words: Sequence[Word], i: int) -> Subject | None:
        """A name right before the comma: "the minister, Ahmad, presented"."""
        if words[i].text != ",":
            return None
        found = self._named_at(sentence, words[i - 1].end) if i else None
        if found is None:
            return None
        first = next(k for k, word in enumerate(words) if word.start >= found.start)
        if first and words[first - 1].text in ("the", "The"):
            first -= 1
        opened = first == 0 or words[first - 1].text in (",", "and", ";")
        return found if opened else None

    def _named_at(self, sentence: Sentence, end: int) -> Subject | None:
        """The names that end at a position, with those joined to them by "and"."""
        found = self._register.within(sentence.start, end)
        chain: list[Named] = []
        start = end
        limit = end
        for mention, named in reversed(found):
            gap = sentence.text[mention.end - sentence.start : limit - sentence.start].strip()
            listed = "and" in gap or len(chain) > 1
            if mention.end != end and (gap not in ("and", ",", ", and") or not listed):
                break
            if mention.end == end and chain:
                continue
            chain.insert(0, named)
            start = limit = mention.start
        if not chain:
            return None
        if len(chain) == 1 and (head := self._head(sentence, found, start)) is not None:
            return head
        before = sentence.text[: start - sentence.start]
        title = _TITLE_AND.search(before)
        if title and title[1] in RANKS:
            at = next(
                (
                    k
                    for k, w in enumerate(sentence.words)
                    if w.start >= sentence.start + title.start(1)
                ),
                0,
            )
            first = self._titled(sentence.words, at)
            if first is not None:
                return Subject((*first.holders, *chain), first.start, end)
        joined = " and " in sentence.text[start - sentence.start : end - sentence.start]
        return Subject(tuple(chain) if joined else (chain[-1],), start, end)

    def _head(
        self, sentence: Sentence, found: list[tuple[Mention, Named]], start: int
    ) -> Subject | None:
        """As in "Louis XIV of France", "the Museum of the Marine Corps": the first does it."""
        for mention, named in reversed(found):
            gap = sentence.text[mention.end - sentence.start : start - sentence.start]
            if gap in (" of ", " of the ") and named.kind != "place":
                return Subject((named,), mention.start, mention.end)
        return None

    def _pronoun(self, sentence: Sentence, words: Sequence[Word], i: int) -> Subject | None:
        text = words[i].text
        if text == "who":
            before = max(i - 2, 0) if words[i - 1].text == "," else i - 1
            named = self._named_at(sentence, words[before].end) or self._titled(words, before)
            return named or self._sent(words, i)
        earlier = self._inside(sentence, words[i].start, text.lower())
        if text.lower() == "they" and i > 1:
            spoken = opening_voice(sentence, words[i].start)
            if spoken is not None:
                return Subject((), spoken.start, spoken.end, "", spoken.voice)
        before = self._passages.before(sentence)
        known = earlier or (self._last.get(before.index) if before else None)
        if known is None and before is not None:
            known = self._protagonist(before, text.lower())
            known = known or self._leading(before) or self._still_meant(before)
        if known is None or not _agrees(text.lower(), known.holders):
            return Subject((), words[i].start, words[i].end, text)
        return Subject(known.holders, words[i].start, words[i].end, text)

    def _inside(self, sentence: Sentence, before: int, pronoun: str) -> Subject | None:
        found = self._register.within(sentence.start, before)
        fitting = [(m, named) for m, named in found if _agrees(pronoun, (named,))]
        if not fitting:
            fitting = [(m, p) for m, n in found if n.owner and (p := self._owner(n, pronoun))]
        if not fitting:
            return None
        mention, named = fitting[0]
        return Subject((named,), mention.start, mention.end)

    def _owner(self, group: Named, pronoun: str) -> Named | None:
        """As in "Milroy's soldiers had fought well, and he was confident"."""
        for named in self._register.kind("person"):
            last = group.owner.split()[-1]
            if any(form.split()[-1] == last for form in named.forms) and _agrees(pronoun, (named,)):
                return named
        return None

    @staticmethod
    def _sent(words: Sequence[Word], i: int) -> Subject | None:
        """As in "he sent scouts across the river, who reported": the voice before "who"."""
        for k in range(i - 1, max(i - 9, -1), -1):
            if words[k].text[0].islower() and (found := voice(words, k)) is not None:
                return found
        return None

    def _protagonist(self, sentence: Sentence, pronoun: str, depth: int = 4) -> Subject | None:
        """The one person of a sentence, or of those before it that go on with "he"."""
        words = sentence.words
        if words and depth and words[0].text.lower() == pronoun:
            before = self._passages.before(sentence)
            return self._protagonist(before, pronoun, depth - 1) if before is not None else None
        alone = self._leading(sentence)
        return alone if alone is not None and _agrees(pronoun, alone.holders) else None

    def _still_meant(self, sentence: Sentence) -> Subject | None:
        """The subject of two sentences ago, where the last one names no person at all."""
        named = self._register.within(sentence.start, sentence.end)
        earlier = self._passages.before(sentence)
        if earlier is None or any(one.kind == "person" for _, one in named):
            return None
        return self._last.get(earlier.index) or self._leading(earlier)

    def _leading(self, sentence: Sentence) -> Subject | None:
        """The one person of a sentence, when there is only one."""
        persons = {
            named.key: (mention, named)
            for mention, named in self._register.within(sentence.start, sentence.end)
            if named.kind == "person"
        }
        if len(persons) != 1:
            return None
        mention, named = next(iter(persons.values()))
        return Subject((named,), mention.start, mention.end)

    def _coordinated(self, sentence: Sentence, i: int) -> Subject | None:
        """As in "The party was formed and declared": the name that opens the clause."""
        words = sentence.words
        found = self._register.within(sentence.start, words[i].start)
        opener = self.opening(sentence, words[i].start)
        if opener is not None and (opener.pronoun or opener.voice):
            return opener
        for mention, named in found:
            if named.kind == "place" or not self.acts(sentence, mention):
                continue
            after = [w.text for w in words if mention.end <= w.start < words[i].start]
            after = past_insertion(after)
            lead = sentence.text[: words[i].start - sentence.start]
            first = named is found[0][1] and mention.start - sentence.start < _OPENING
            if first and not _not_alone(lead[mention.end - sentence.start :]):
                return Subject((named,), mention.start, mention.end)
            if after and (after[0] in _AUXILIARY or after[0].endswith("ed") or after[0] in _PAST):
                return Subject((named,), mention.start, mention.end)
        titled = next((k for k, word in enumerate(words[:i]) if word.text in RANKS), None)
        return self._titled(words, titled) if titled is not None else None


#: a name behind one of these is no subject
_GOVERNED = re.compile(
    r"\b(?:to|of|by|with|against|under|from|for|after|before|at|in|on|near|into|over|about|upon)\s+"
    r"(?:the\s+|an?\s+|his\s+|their\s+)?(?:[A-Z][\w.-]*\s+){0,2}$"
)
_FIRST_WORDS = 12


_TITLE_AND = re.compile(r"\b[Tt]he ([A-Z][\w-]+) and $")
_APPOSED = re.compile(
    r", (?:the |then |a |an |his |their )?(?:[\w-]+ )?([\w-]+) of [^,;:.]{3,80},? "
)
#: a name that stands so near to the beginning of a sentence is its subject
_OPENING = 24
_PAST = frozenset(
    "sent led took made gave held fought went came knew saw thought left met kept began broke "
    "chose drew fell felt found got lost put ran rose set spoke stood told won wrote withdrew".split()
)


def _not_alone(rest: str) -> bool:
    """Whether a name that opens a sentence owns what follows, is one of two, or a heading."""
    return rest.startswith(("'", "’", " and ", ":")) or ":" in rest


def _agrees(pronoun: str, holders: tuple[Named, ...]) -> bool:
    kinds = {named.kind for named in holders}
    if pronoun in ("he", "she"):
        return kinds == {"person"} and len(holders) == 1
    if pronoun == "it":
        return kinds == {"group"} and len(holders) == 1
    return bool(holders) and "place" not in kinds and (len(holders) > 1 or kinds == {"group"})
