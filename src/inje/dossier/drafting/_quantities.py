"""Strengths, losses, units and weapons in prose: which number, of what category."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from inje.dossier._records import Value
from inje.dossier.drafting._counted import Counted, counted_after
from inje.dossier.drafting._lexicon import FIGHTERS
from inje.dossier.drafting._losses import Loss, category_ends, loss_in, thing_lost
from inje.dossier.drafting._numbers import Number, numbers_in
from inje.dossier.drafting._passages import Sentence

__all__ = ["Count", "counts_in", "is_thing"]

CountRole = Literal["strength", "losses", "units", "materiel"]
_OF_FORCE = re.compile(
    r"\b(?:army|armies|force|forces|troops|strength|garrison|contingent|detachment|column|total|"
    r"total\w*|number\w*|host|division|brigade|expedition|fleet|corps|body|reserve|reinforcements|"
    r"men|horse|foot|infantry|cavalry|unit|party|band|group|reduced to|consist\w* of|compris\w*)"
    r"\s+(?:of|numbered|numbering|at|was|were|was about|with|to|by|totall?ed|totall?ing)?\s*"
    r"(?:an? (?:total|force|army) of )?(?:some |about |an estimated |only |just |perhaps )?$",
    re.I,
)
_MORE = re.compile(
    r"\b(?:another|a further|an additional|the other|the remaining|of these,?)\s*$", re.I
)
_OF_WHOM = re.compile(
    r"\s+(?:of (?:whom|which|them|these)|were|more\b|others\b|in reserve|drawn|taken|detached)"
)
_WEAPON_OF_ONE = frozenset(["rifles", "sabres", "bayonets", "lances", "spears"])
#: a mass noun of people after a small number is no count of them: "two infantry"
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its role.

    Attributes
    ----------
    number : the number.
    role : "strength", "losses", "units" or "materiel".
    category : of losses; "materiel" for things that were lost.
    start, end : the phrase that says it.
    counted : what it counts.
    subject_before : whether the side is the subject of the verb before ("A lost 8").
    object_of : whether the side is the other one ("A killed 8").
    """

    number: Number
    role: CountRole
    category: str
    start: int
    end: int
    counted: Counted
    subject_before: bool = False
    object_of: bool = False

    @property
    def value(self) -> Value:
        """The value, in people, or in what is counted."""
        people = self.role in ("strength", "losses") and self.category != "materiel"
        unit = "people" if people else self.counted.noun or self.role
        return self.number.value.model_copy(update={"unit": unit})


def counts_in(sentence: Sentence, taken: tuple[tuple[int, int], ...]) -> list[Count]:
    """Strengths, losses, units and weapons that a sentence states."""
    taken = tuple(span for span in taken if not _count_read_as_year(sentence, span))
    numbers = list(numbers_in(sentence.text, sentence.start, taken))
    counts: list[Count] = []
    for k, number in enumerate(numbers):
        stop = numbers[k + 1].phrase if k + 1 < len(numbers) else sentence.body_end
        count = _count(sentence, number, stop, counts[-1] if counts else None)
        if count is not None:
            counts.append(count)
    return counts


def _count_read_as_year(sentence: Sentence, span: tuple[int, int]) -> bool:
    """Whether what was read as a date is a number with what it counts: "152 men"."""
    start, end = span[0] - sentence.start, span[1] - sentence.start
    if not sentence.text[start:end].strip().isdigit():
        return False
    return counted_after(sentence.text[end : end + 120], 20).sort in ("people", "units", "things")


def _count(sentence: Sentence, number: Number, stop: int, last: Count | None) -> Count | None:
    text, base = sentence.text, sentence.start
    before = text[max(0, number.phrase - base - 160) : number.phrase - base]
    whole = text[number.end - base : number.end - base + 160]
    after = text[number.end - base : max(stop, number.end) - base]
    best = _best(number)
    if number.strong or re.match(r"\s+strong\b", whole):
        counted = counted_after(whole, best)
        return Count(number, "strength", "", number.start, number.end, counted)
    if best < _LEAST:
        return None
    counted = counted_after(whole, best)
    if not counted.sort and last is not None and _elliptical(before, whole):
        counted = Counted(last.counted.sort, last.counted.noun, 0, counted.phrase)
    match counted.sort:
        case "other":
            return None
        case "units":
            return _plain(number, "units", counted)
        case "things":
            return _things(number, counted, before, whole)
        case _:
            return _people(number, counted, before, after)


def _elliptical(before: str, whole: str) -> bool:
    """As in "13 more", "a further 11", "16,000 of whom": the noun was said before."""
    return bool(_MORE.search(before) or _OF_WHOM.match(whole))


def _plain(number: Number, role: CountRole, counted: Counted) -> Count:
    return Count(number, role, "", number.phrase, number.end + counted.length, counted)


def _things(number: Number, counted: Counted, before: str, after: str) -> Count:
    loss = thing_lost(before, after[counted.length :])
    if loss is None:
        return _plain(number, "materiel", counted)
    end = number.end + counted.length
    return Count(
        number, "losses", "materiel", number.phrase, end, counted, loss.subject, loss.inflicted
    )


def _people(number: Number, counted: Counted, before: str, after: str) -> Count | None:
    if counted.noun in _WEAPON_OF_ONE and thing_lost(before, after[counted.length :]):
        return _things(number, counted, before, after)
    loss = loss_in(before, after, counted)
    if loss is not None:
        return _lost(number, counted, loss, before, after)
    alone = not counted.sort and _bare(number, before, after)
    of_force = _OF_FORCE.search(before) and not re.match(r"\s*%", after)
    if counted.sort == "people" or of_force or alone:
        if counted.sort == "people" and _best(number) < 20 and not _persons(counted.noun):
            return None
        end = max(number.end + counted.length, _stop(number, after))
        return Count(number, "strength", "", number.phrase, end, counted)
    return None


def _bare(number: Number, before: str, after: str) -> bool:
    """As in "10,000 remained to fight on", "Lee's army (27,000)": a large number of an army."""
    if _best(number) < _LEAST_BARE or not _ARMED.search(before):
        return False
    boundary = re.match(
        r"\s*(?:$|[),.;:]|of (?:the|whom|which|them|these)\b|(?:were|had|remained|survived|"
        r"fought|marched|came|stood|took|did|could|would|more|engaged|present|in|at)\b)",
        after,
    )
    return boundary is not None and not _NOT_MEN.search(before)


_LEAST_BARE = 300
_ARMED = re.compile(
    r"\b(?:arm(?:y|ies)|forces?|men|troops|soldiers|infantry|cavalry|garrison|corps|divisions?|"
    r"brigades?|strength|estimates?|prisoners|casualties|losses|fleet|survivors|defenders|[A-Z]\w+(?:ns|sh|ese)|"
    r"French|Dutch|allies|enemy)\b"
)
_NOT_MEN = re.compile(
    r"(?:\b(?:No\.?|Order|Hill|Point|population|worth|cost|miles|tons|Bf|Ju|He|Fw|Regiment|pages?|"
    r"since|until|by|year|in|from|c\.)|[£$€#])\s*$"
)


def _persons(noun: str) -> bool:
    """Whether a noun can be counted by twos and threes: "men", not "infantry"."""
    return noun.endswith(("men", "s", "people")) or noun in FIGHTERS


def _lost(number: Number, counted: Counted, loss: Loss, before: str, after: str) -> Count:
    start = number.phrase - (len(before) - loss.start) if loss.start >= 0 else number.phrase
    end = max(_stop(number, after), number.end + min(counted.length, len(after)))
    return Count(number, "losses", loss.category, start, end, counted, loss.subject, loss.inflicted)


def is_thing(after: str) -> bool:
    """Whether what follows a number is no person: guns, ships, units."""
    return counted_after(f" {after.lstrip()}"[:80], 2).sort in ("things", "units", "other")


def _best(number: Number) -> int:
    value = number.value
    best = value.best if value.best is not None else value.high
    return best if isinstance(best, int) else 0


def _stop(number: Number, after: str) -> int:
    """End of the phrase: up to the next comma or the last word of category."""
    piece = re.split(r"[,;.()]| while | and (?=\d)| during | in (?=the)", after)[0]
    ends = category_ends(piece)
    if ends:
        return number.end + max(ends)
    words = list(re.finditer(r"[\w'’-]+", piece))[:3]
    last = next((w for w in reversed(words) if w.group().lower() in FIGHTERS), None)
    return number.end + (last.end() if last else 0)
