"""Strengths and losses in prose: which number, of whom, of what category."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inje.dossier._records import Value
from inje.dossier.drafting._lexicon import FIGHTERS, FORCE_NOUNS
from inje.dossier.drafting._numbers import Number, numbers_in
from inje.dossier.drafting._passages import Sentence

__all__ = ["Count", "category_of", "counts_in", "is_thing"]

_KILLED = r"(?:killed|dead|died|slain|fatalit(?:y|ies)|deaths?|lost their lives|perished)"
_WOUNDED = r"(?:wounded|injured)"
_EITHER = (
    rf"(?:{_KILLED}\s*(?:or|and(?:/or)?|/)\s*{_WOUNDED}|{_WOUNDED}\s*(?:or|and|/)\s*{_KILLED})"
)
_LISTED = (
    rf"(?:{_KILLED},? (?:and |or )?{_WOUNDED},? (?:and |or |and/or )?(?:captured|missing|taken)|"
    rf"{_KILLED}, {_WOUNDED},? |{_WOUNDED},? {_KILLED},? (?:and |or )(?:captured|missing))"
)
_CATEGORIES = (
    ("total", re.compile(_LISTED, re.I)),
    ("killed_or_wounded", re.compile(rf"\b{_EITHER}", re.I)),
    ("killed", re.compile(rf"\b{_KILLED}\b", re.I)),
    ("wounded", re.compile(rf"\b{_WOUNDED}\b", re.I)),
    (
        "captured",
        re.compile(
            r"\b(?:captured|prisoners?(?: of war)?|taken prisoner|POWs?|surrendered)\b", re.I
        ),
    ),
    ("missing", re.compile(r"\bmissing\b", re.I)),
    ("total", re.compile(r"\b(?:casualties|total losses)\b", re.I)),
    ("lost_unspecified", re.compile(r"\b(?:losses|lost)\b", re.I)),
)
_LOST = re.compile(
    r"\b(?:lost|losing|loss of|suffered|sustained|cost(?:ing)?|"
    r"(?:losses|casualties)\s(?:of|were|was|at|numbered|totall?ed|totall?ing|amounted to|came "
    r"to))\b"
    r"[^.;\d]{0,40}$",
    re.I,
)
_KILLING = re.compile(
    r"\b(?P<verb>killed|killing|wounded|wounding|captured|capturing|slew|took|taking|inflicted|"
    r"inflicting)\s+(?:some |about |over )?$",
    re.I,
)
_OF_FORCE = re.compile(
    r"\b(?:army|force|forces|strength|garrison|contingent|detachment|column|total|numbering|"
    r"numbered|host|"
    r"division|brigade|expedition|fleet|corps|body|reserve)\s+(?:of|numbered|numbering|at|was|"
    r"was about|with)?\s*(?:some |about |an estimated |approximately |around |only |nearly |"
    r"over |up to )?$",
    re.I,
)
_THINGS = re.compile(
    r"\s+(?:(?!with\b|and\b|by\b)\w+\s+){0,2}?(?:guns?|cannons?|tanks?|aircraft|planes?|ships?|"
    r"vessels?|boats?|"
    r"vehicles?|regiments?|battalions?|brigades?|"
    r"divisions?|companies|batteries|batter(?:y|ies)|houses?|buildings?|villages?|rifles?|"
    r"muskets?|horses\b|mules|"
    r"wagons?|flags?|colou?rs|howitzers?|mortars?|pieces|squadrons?|artillery|corps|armies|points?|"
    r"times|kinds|sides|roads?|forts?|children|women|civilians?|others\b|generals?\b|elephants|"
    r"camels|machine)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its role.

    Attributes
    ----------
    number : the number.
    role : "strength" or "losses".
    category : of losses.
    start, end : the phrase that says it.
    subject_before : whether the side is the subject of the verb before ("A lost 8").
    object_of : whether the side is the other one ("A killed 8").
    """

    number: Number
    role: str
    category: str
    start: int
    end: int
    subject_before: bool = False
    object_of: bool = False

    @property
    def value(self) -> Value:
        """The value, in people."""
        return self.number.value.model_copy(update={"unit": "people"})


def counts_in(sentence: Sentence, taken: tuple[tuple[int, int], ...]) -> list[Count]:
    """Strengths and losses that a sentence states."""
    numbers = list(numbers_in(sentence.text, sentence.start, taken))
    counts: list[Count] = []
    for k, number in enumerate(numbers):
        stop = numbers[k + 1].phrase if k + 1 < len(numbers) else sentence.body_end
        count = _count(sentence, number, stop)
        if count is not None:
            counts.append(count)
    return counts


def _count(sentence: Sentence, number: Number, stop: int) -> Count | None:
    text, base = sentence.text, sentence.start
    before = text[: number.phrase - base]
    after = text[number.end - base : stop - base]
    if _THINGS.match(text[number.end - base : number.end - base + 60]):
        return None
    if number.strong:
        return Count(number, "strength", "", number.start, number.end)
    for found in (_killing, _lost, _category_after):
        count = found(number, before, after)
        if count is not None:
            return count
    return _strength(number, before, after)


def _killing(number: Number, before: str, after: str) -> Count | None:
    """As in "killed 650": the other side's loss, unless the sense is passive."""
    match = _KILLING.search(before)
    if match is None:
        return None
    verb = match["verb"].lower()
    category = "killed" if verb[:3] in ("kil", "sle") else "captured"
    if verb.startswith("wound"):
        category = "wounded"
    if verb.startswith(("took", "taking")) and not re.match(r"[^,;]{0,30}prisoner", after):
        return None
    if verb.startswith("inflict"):
        category = "total"
    start = number.phrase - (len(before) - match.start())
    return Count(number, "losses", category, start, _stop(number, after), True, True)


def _lost(number: Number, before: str, after: str) -> Count | None:
    match = _LOST.search(before)
    if match is None:
        return None
    near = re.split(r"[;.]| and (?=\d)", after)[0][:60]
    category = category_of(near)
    start = number.phrase - (len(before) - match.start())
    verb = match.group().split()[0].lower()
    if category is None:
        if not verb.startswith(("lost", "losing", "loss", "casualt")) and not _fighters(after):
            return None
        category = "total" if verb.startswith("casualt") else "lost_unspecified"
    return Count(number, "losses", category, start, _stop(number, after), True)


def _category_after(number: Number, _before: str, after: str) -> Count | None:
    """As in "15 volunteers were killed or wounded"."""
    near = re.split(r"[;.]", after)[0]
    near = near[:90]
    category = category_of(near)
    if category is None or _far(near, category):
        return None
    return Count(number, "losses", category, number.phrase, _stop(number, after))


def _far(near: str, category: str) -> bool:
    """Whether too much stands between a number and its category."""
    starts = [m.start() for name, p in _CATEGORIES if name == category and (m := p.search(near))]
    if not starts:
        return True
    between = near[: min(starts)].split()
    if category == "lost_unspecified":
        return True
    filler = [w for w in between if w.lower() not in FIGHTERS | _FILLERS]
    return len(filler) > 2 or any(w.endswith(",") for w in between[:-1])


_FILLERS = frozenset(
    "were was had been of the their its his and or a an them being have others more other taken "
    "as enemy total army".split()
)


def category_of(near: str) -> str | None:
    """The category of losses that words name first, or None."""
    found = [
        (match.start(), k, name)
        for k, (name, pattern) in enumerate(_CATEGORIES)
        if (match := pattern.search(near))
    ]
    return min(found)[2] if found else None


def is_thing(after: str) -> bool:
    """Whether what follows a number is no person: guns, ships, units."""
    return bool(_THINGS.match(f" {after.lstrip()}"[:60]))


def _strength(number: Number, before: str, after: str) -> Count | None:
    word = re.match(r"\s+(?:[\w'’-]+\s+){0,2}?([a-z-]+)", after)
    if _OF_FORCE.search(before) and not re.match(r"\s*(?:%|percent)", after):
        return Count(number, "strength", "", number.phrase, _stop(number, after))
    if word and _fighters(after) and _grown(number):
        return Count(number, "strength", "", number.phrase, _stop(number, after))
    return None


def _grown(number: Number) -> bool:
    best = number.value.best if number.value.best is not None else number.value.high
    return isinstance(best, int) and best >= 20


def _fighters(after: str) -> bool:
    words = re.findall(r"[\w'’-]+", after)[:4]
    return any(word.lower() in FIGHTERS or word in FORCE_NOUNS for word in words)


def _stop(number: Number, after: str) -> int:
    """End of the phrase: up to the next comma or the last word of category."""
    piece = re.split(r"[,;.()]| while | and (?=\d)| during | in (?=the)", after)[0]
    ends = [m.end() for _, p in _CATEGORIES if (m := p.search(piece))]
    if ends:
        return number.end + max(ends)
    words = list(re.finditer(r"[\w'’-]+", piece))[:3]
    last = next((w for w in reversed(words) if w.group().lower() in FIGHTERS), None)
    return number.end + (last.end() if last else 0)
