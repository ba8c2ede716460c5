"""Who does what a verb says: the subject of a verb, and pronouns where that is safe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._passages import Passages, Sentence, Word

__all__ = ["Subject", "Subjects"]

_AUXILIARY = frozenset(
    [
        "had",
        "has",
        "have",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "being",
        "would",
        "could",
        "should",
        "might",
        "may",
        "will",
        "can",
        "did",
        "do",
        "does",
        "also",
        "then",
        "later",
        "still",
        "again",
        "never",
        "not",
        "now",
        "only",
        "even",
        "once",
        "soon",
        "already",
        "immediately",
        "initially",
        "originally",
        "personally",
        "repeatedly",
        "strongly",
        "explicitly",
        "publicly",
        "subsequently",
        "finally",
        "first",
        "therefore",
        "thus",
        "however",
        "further",
        "additionally",
        "both",
        "themselves",
        "himself",
        "often",
        "always",
        "clearly",
        "himself",
        "herself",
        "openly",
        "eventually",
        "reportedly",
        "allegedly",
        "closely",
        "previously",
        "ultimately",
    ]
)
_PRONOUNS = frozenset(["he", "she", "they", "it", "He", "She", "They", "It", "who"])
_VOICES = frozenset(
    [
        "sources",
        "historians",
        "scholars",
        "observers",
        "witnesses",
        "eyewitnesses",
        "officials",
        "authorities",
        "reports",
        "report",
        "newspapers",
        "newspaper",
        "chroniclers",
        "chronicles",
        "accounts",
        "estimates",
        "intelligence",
        "analysts",
        "commanders",
        "officers",
        "critics",
        "survivors",
        "prisoners",
        "researchers",
        "historian",
        "spokesman",
        "press",
    ]
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

    def of(self, sentence: Sentence, k: int) -> Subject | None:
        """Subject of the verb at word `k` of a sentence."""
        subject = self._scan(sentence, k)
        if subject is not None and subject.holders and sentence.index not in self._last:
            self._last[sentence.index] = subject
        return subject

    def _scan(self, sentence: Sentence, k: int) -> Subject | None:
        words = sentence.words
        i = k - 1
        while i >= 0:
            text = words[i].text
            if text in _AUXILIARY or text.endswith("ly"):
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
        return self._named_at(sentence, words[i].end) or self._voice(words, i)

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
        joined = " and " in sentence.text[start - sentence.start : end - sentence.start]
        return Subject(tuple(chain) if joined else (chain[-1],), start, end)

    def _pronoun(self, sentence: Sentence, words: Sequence[Word], i: int) -> Subject | None:
        text = words[i].text
        if text == "who":
            return self._named_at(sentence, words[max(i - 2, 0)].end)
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
            return None
        mention, named = fitting[0]
        return Subject((named,), mention.start, mention.end)

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
        found = self._register.within(sentence.start, sentence.words[i].start)
        for mention, named in found:
            after = [w.text for w in sentence.words if w.start >= mention.end]
            while (after and after[0] in ("(", ")", ",")) or (after and after[0].isupper()):
                after = after[1:]
            if after and (after[0] in _AUXILIARY or after[0].endswith("ed")):
                return Subject((named,), mention.start, mention.end)
        return None

    def _voice(self, words: Sequence[Word], i: int) -> Subject | None:
        if words[i].text.lower() not in _VOICES:
            return None
        k = i
        while k and (words[k - 1].text[0].isupper() or words[k - 1].text in _VOICE_WORDS):
            k -= 1
        if words[k].text in ("The", "the"):
            k += 1
        text = " ".join(word.text for word in words[k : i + 1])
        return Subject((), words[k].start, words[i].end, "", text)


_VOICE_WORDS = frozenset(
    ["some", "other", "most", "many", "several", "modern", "contemporary", "official", "recent"]
)


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
    return bool(holders) and "place" not in kinds
