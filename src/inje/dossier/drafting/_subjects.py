"""Who does what a verb says: the subject of a verb, and pronouns where that is safe."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._lexicon import OFFICES, RANKS
from inje.dossier.drafting._mentions import Mention
from inje.dossier.drafting._passages import Passages, Sentence, Word

__all__ = ["Subject", "Subjects"]

_AUXILIARY = frozenset(
    (
        "had has have was were is are be been being would could should might may will can did "
        "do does also then later still again never not now only even once soon already "
        "immediately initially originally personally repeatedly strongly explicitly publicly "
        "subsequently finally first therefore thus however further additionally both "
        "themselves himself often always clearly herself openly eventually reportedly "
        "allegedly closely previously ultimately"
    ).split()
)
_PRONOUNS = frozenset(["he", "she", "they", "it", "He", "She", "They", "It", "who"])
_VOICES = frozenset(
    (
        "sources historians scholars observers witnesses eyewitnesses officials authorities "
        "reports report newspapers newspaper chroniclers chronicles accounts estimates "
        "intelligence analysts commanders officers critics survivors prisoners researchers "
        "historian spokesman press subordinates ministers diplomats government statisticians "
        "planners writers authors author leaders judges commentators scholar spies scouts "
        "generals source advisers advisors family biographers academics chronicler allies"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a verb.

    Attributes
    ----------
    holders : entities that it names; several for "Stalin and Molotov".
    start, end : span in the clean text, apposition included.
    pronoun : the pronoun, if it was one.
    voice : words of an unnamed voice ("Armenian sources").
    """

    holders: tuple[Named, ...]
    start: int
    end: int
    pronoun: str = ""
    voice: str = ""


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
            elif text in (",", ")", "]"):
                inside = self._named_ending(sentence, words, i)
                if inside is not None:
                    return inside
                i = _opening(words, i) - 1
            else:
                break
        if i < 0:
            return None
        if words[i].text == "and":
            return self._coordinated(sentence, i)
        if words[i].text in _PRONOUNS:
            return self._pronoun(sentence, words, i)
        return (
            self._named_at(sentence, words[i].end)
            or self._titled(words, i)
            or self._voice(words, i)
            or self._company(sentence, words, i)
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
            return self._named_at(sentence, words[before].end) or self._titled(words, before)
        earlier = self._inside(sentence, words[i].start, text.lower())
        before = self._passages.before(sentence)
        known = earlier or (self._last.get(before.index) if before else None)
        if known is None and before is not None:
            known = self._leading(before)
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
        for mention, named in found:
            if named.kind == "place":
                continue
            after = [w.text for w in words if mention.end <= w.start < words[i].start]
            after = _past_insertion(after)
            lead = sentence.text[: words[i].start - sentence.start]
            first = named is found[0][1] and mention.start - sentence.start < _OPENING
            if first and not _not_alone(lead[mention.end - sentence.start :]):
                return Subject((named,), mention.start, mention.end)
            if after and (after[0] in _AUXILIARY or after[0].endswith("ed") or after[0] in _PAST):
                return Subject((named,), mention.start, mention.end)
        titled = next((k for k, word in enumerate(words[:i]) if word.text in RANKS), None)
        return self._titled(words, titled) if titled is not None and not found else None

    def _voice(self, words: Sequence[Word], i: int) -> Subject | None:
        plural = _PEOPLE.match(words[i].text) and i and words[i - 1].text in _DETERMINERS
        if words[i].text.lower() not in _VOICES and not plural:
            return None
        k = i
        while k and (words[k - 1].capital or words[k - 1].text in _VOICE_WORDS):
            k -= 1
        if words[k].text in ("The", "the"):
            k += 1
        text = " ".join(word.text for word in words[k : i + 1])
        return Subject((), words[k].start, words[i].end, "", text)


_DETERMINERS = frozenset(
    "the The some Some many Many most Most several Several modern Modern his His their Their other "
    "Other few Few later Later all All".split()
)
_VOICE_WORDS = frozenset(
    (
        "some other most many several modern contemporary official recent few all his their her "
        "later postwar ancient military one various certain local senior chief leading"
    ).split()
)


_TITLE_AND = re.compile(r"\b[Tt]he ([A-Z][\w-]+) and $")
_APPOSED = re.compile(
    r", (?:the |then |a |an |his |their )?(?:[\w-]+ )?([\w-]+) of [^,;:.]{3,80},? "
)
#: a name that stands so near to the beginning of a sentence is its subject
_OPENING = 24
#: plural nouns of people who speak and think
_PEOPLE = re.compile(
    r"[a-z-]+(?:ers|ors|ists|ians|ans|men|ants|eers|lords|experts|students|residents|parents|clerics|"
    r"courtiers|people|peers|rivals|critics|nobles|barons|envoys|troops)\Z"
)
_PAST = frozenset(
    "sent led took made gave held fought went came knew saw thought left met kept began broke "
    "chose drew fell felt found got lost put ran rose set spoke stood told won wrote withdrew".split()
)


def _not_alone(rest: str) -> bool:
    """Whether a name that opens a sentence owns what follows, is one of two, or a heading."""
    return rest.startswith(("'", "’", " and ", ":")) or ":" in rest


def _past_insertion(after: list[str]) -> list[str]:
    """Words after a name, a bracket or an insertion between commas left out."""
    while after and (after[0] in ("(", ")") or after[0].isupper()):
        after = after[after.index(")") + 1 :] if after[0] == "(" and ")" in after else after[1:]
    if after[:1] == [","]:
        rest = after[1:]
        after = rest[rest.index(",") + 1 :] if "," in rest else rest
    while after and after[0] in ("now", "then", "also", "later", "again", ","):
        after = after[1:]
    return after


def _opening(words: Sequence[Word], i: int) -> int:
    """Index of the comma or bracket that opens the insertion which closes at `i`."""
    opening = {",": ",", ")": "(", "]": "["}[words[i].text]
    k = i - 1
    while k >= 0 and words[k].text != opening:
        k -= 1
    return k if k >= 0 else 0


def _agrees(pronoun: str, holders: tuple[Named, ...]) -> bool:
    kinds = {named.kind for named in holders}
    if pronoun in ("he", "she"):
        return kinds == {"person"} and len(holders) == 1
    if pronoun == "it":
        return kinds == {"group"} and len(holders) == 1
    return bool(holders) and "place" not in kinds and (len(holders) > 1 or kinds == {"group"})
