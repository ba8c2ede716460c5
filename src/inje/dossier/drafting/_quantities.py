"""Strengths, losses, units and weapons in prose: which number, of what category."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from inje.dossier._records import Value
from inje.dossier.drafting._counted import CHIEFS, FOLK, Counted, counted_after, persons
from inje.dossier.drafting._dated_counts import dates_alone
from inje.dossier.drafting._elided import (
    Gap,
    elided,
    of_kind,
    part_of_lost,
    shared_noun,
    told_again,
)
from inje.dossier.drafting._lexicon import FIGHTERS
from inje.dossier.drafting._lone_numbers import GOT_AWAY, NOT_MEN, stands_alone
from inje.dossier.drafting._losses import THING_LOSSES, Loss, category_ends, loss_in, thing_lost
from inje.dossier.drafting._numbers import Number, numbers_in
from inje.dossier.drafting._passages import Sentence

__all__ = ["Count", "counts_in"]

CountRole = Literal["strength", "losses", "units", "materiel"]
_OF_FORCE = re.compile(
    r"\b(?:army|armies|force|forces|troops|strength|garrison|contingent|detachment|column|total|"
    r"total\w*|number\w*|host|division|brigade|expedition|fleet|corps|body|reserve|reinforcements|"
    r"men|horse|foot|infantry|cavalry|camp|guard|rearguard|vanguard|escort|bodyguard|retinue|host|picket|screen|crew|crews|complement|company|unit|party|band|group|reduced to|consist\w* of|compris\w*)"
    r"\s+(?:of|numbered|numbering|at|was|were|was about|with|to|by|totall?ed|totall?ing)?\s*"
    r"(?:an? (?:total|force|army) of )?(?:some |about |an estimated |only |just |perhaps )?$",
    re.I,
)
_WEAPON_OF_ONE = frozenset(
    ["rifles", "sabres", "sabers", "bayonets", "lances", "spears", "muskets", "pikes"]
)
#: a mass noun of people after a small number is no count of them: "two infantry"
_LEAST = 2
#: "the two armies" are those that fight each other, no units of one
_BOTH = 2
_THE = re.compile(r"\b(?:the|these|both|their|of)\s*$", re.I)
_ALL_BUT = re.compile(r"\ball (?:but|except)\s*(?:about |some )?$")


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


def counts_in(
    sentence: Sentence, taken: tuple[tuple[int, int], ...], earlier: Count | None = None
) -> list[Count]:
    """Strengths, losses, units and weapons that a sentence states.

    Parameters
    ----------
    taken : spans of dates.
    earlier : the last one of the sentence before, of which "25,000 were British" may be a part.
    """
    taken = dates_alone(sentence, taken)
    numbers = list(numbers_in(sentence.text, sentence.start, taken))
    counts: list[Count] = []
    for k, number in enumerate(numbers):
        following = numbers[k + 1] if k + 1 < len(numbers) else None
        last = counts[-1] if counts else None
        count = _count(sentence, number, following, last, earlier)
        if count is not None:
            counts.append(count)
    return _parts_lost(sentence, _both_lost(sentence, counts))


def _parts_lost(sentence: Sentence, counts: list[Count]) -> list[Count]:
    """As in "1,100 of their 3,000 men fell": the part is lost, the whole was there."""
    for k in range(len(counts) - 1):
        part, whole = counts[k], counts[k + 1]
        between = sentence.text[
            part.number.end - sentence.start : whole.number.phrase - sentence.start
        ]
        if whole.role != "losses" or not _PART_OF.fullmatch(between):
            continue
        if part.role != "losses":
            counts[k] = replace(part, role="losses", category=whole.category)
        role: CountRole = "materiel" if whole.category == "materiel" else "strength"
        counts[k + 1] = replace(whole, role=role, category="")
    return counts


_PART_OF = re.compile(r" of (?:the|its|his|their|her|our|these|those|[A-Z]\w+['’]s?)(?: [a-z]+)? ")


def _both_lost(sentence: Sentence, counts: list[Count]) -> list[Count]:
    """As in "45,500 foot and 2,700 horse were killed": the words of loss are for both."""
    for k in range(len(counts) - 2, -1, -1):
        one, two = counts[k], counts[k + 1]
        said_behind = two.role == "losses" and two.start == two.number.phrase
        if one.role != "strength" or not said_behind or two.category == "materiel":
            continue
        before = sentence.text[: one.number.phrase - sentence.start]
        between = sentence.text[one.end - sentence.start : two.number.phrase - sentence.start]
        if re.fullmatch(r",?(?: and)? ", between) and _OPENS.search(before):
            counts[k] = replace(one, role="losses", category=two.category)
    return counts


#: a number that opens a clause is its subject
_OPENS = re.compile(r"(?:^|[,;:(]\s*|\b(?:that|and|while|but)\s)$")


def _count(
    sentence: Sentence,
    number: Number,
    following: Number | None,
    last: Count | None,
    earlier: Count | None,
) -> Count | None:
    text, base = sentence.text, sentence.start
    stop = following.phrase if following is not None else sentence.body_end
    before = text[max(0, number.phrase - base - 160) : number.phrase - base]
    whole = text[number.end - base : number.end - base + 160]
    after = text[number.end - base : max(stop, number.end) - base]
    best = _best(number)
    if number.strong or re.match(r"\s+strong\b", whole):
        counted = counted_after(whole, best)
        return Count(number, "strength", "", number.start, number.end, counted)
    if best < _LEAST:
        return None
    counted = _apposed(before, whole) or counted_after(whole, best)
    if (not counted.sort or counted.weak) and following is not None:
        counted = shared_noun(counted, after, text[following.end - base :][:160], best)
    if counted.sort == "other" and _among_people(counted, (after, whole), last, following):
        counted = replace(counted, sort="people")
    if (not counted.sort and not GOT_AWAY.match(whole)) or of_kind(whole):
        if (part := part_of_lost(before)) and not counted.sort:
            return Count(number, "losses", part, number.phrase, number.end, counted)
        left_out = elided(Gap(text, base, number.phrase, number.end, best), last, earlier)
        if NOT_MEN.search(before):
            return None
        things = left_out is not None and left_out.counted.sort == "things"
        if things and _FELL.match(whole):  # "lost three boats, while 583 were wounded"
            left_out, counted = None, Counted("people", "", 0, counted.phrase)
        if left_out is not None and things:
            return _things_left_out(number, left_out, counted, before, whole)
        if left_out is not None and not loss_in(before, after, counted):
            return _as_before(number, left_out, counted)
        if left_out is not None:
            counted = Counted(left_out.counted.sort, left_out.counted.noun, 0, counted.phrase)
    return _counting(sentence, number, counted, (before, after, whole), last, earlier)


def _among_people(
    counted: Counted, words: tuple[str, str], last: Count | None, following: Number | None
) -> bool:
    """As in "eight guns, 91 topasses and 2,100 sepoys", "35 tribunes died": an unknown noun.

    It stands in a list between what armies have and people, or they die.
    """
    after, whole = words
    if _FELL.match(whole[counted.length :]) or _DIED.match(whole[counted.length :]):
        return counted.noun[-1] == "s"
    if last is None or following is None or not _ITEM.fullmatch(after[counted.length :]):
        return False
    return (
        last.role != "losses"
        and counted_after(whole[len(after) :].lstrip("0123456789,"), 20).sort == "people"
    )


_ITEM = re.compile(r",? (?:and )?")
_DIED = re.compile(r" (?:died|perished|fell(?= dead| in battle|[.,;]))\b")
#: what befalls people only
_FELL = re.compile(r"\s+(?:were|was|had been) (?:\w+ly )?(?:wounded|killed|injured|slain)\b")
#: "his torpedo boats, 58 in all, attacked"
_IN_ALL = re.compile(r"\s+(?:in all|in number|all told|in total|strong|altogether),")
_NAMED_BEFORE = re.compile(r"(?P<noun>[\w-]+), (?:some |about |nearly |only )*$")


def _apposed(before: str, whole: str) -> Counted | None:
    """What a number behind a comma counts, where the noun stands before it."""
    named = _NAMED_BEFORE.search(before) if _IN_ALL.match(whole) else None
    said = counted_after(f" {named['noun']}", _LEAST) if named is not None else None
    if said is None or said.sort not in ("people", "units", "things"):
        return None
    return Counted(said.sort, said.noun, 0, "")


def _counting(
    sentence: Sentence,
    number: Number,
    counted: Counted,
    words: tuple[str, str, str],
    last: Count | None,
    earlier: Count | None,
) -> Count | None:
    """A number by what it counts; `words` before it, up to the next number, and behind it."""
    before, after, whole = words
    match counted.sort:
        case "other":
            loss = loss_in(before, after, counted) if FOLK.search(counted.noun) else None
            return _lost(number, counted, loss, before, after) if loss is not None else None
        case "units":
            two = counted.noun in ("armies", "fleets") and _best(number) == _BOTH
            return None if two and _THE.search(before) else _plain(number, "units", counted)
        case "things":
            return _things(sentence, number, counted, before, whole, last)
        case _:
            return _people(sentence, number, counted, before, after, last, last or earlier)


def _things_left_out(
    number: Number, left_out: Count, counted: Counted, before: str, whole: str
) -> Count:
    """As in "twelve tanks attacked; five were shot down", "50 ships sunk and 70 captured"."""
    own = Counted("things", left_out.counted.noun, 0, counted.phrase)
    loss = thing_lost(before[-40:], _CLAUSE_END.split(whole)[0])
    if loss is None:
        return _as_before(number, left_out, counted)
    if loss.start >= 0 and not loss.inflicted:  # "for the loss of 11"
        return Count(number, "losses", "materiel", number.phrase, number.end, own, True)
    subject = left_out.subject_before if left_out.role == "losses" else False
    object_of = left_out.object_of if left_out.role == "losses" else False
    return Count(number, "losses", "materiel", number.phrase, number.end, own, subject, object_of)


_CLAUSE_END = re.compile(r"[.;]|, (?:and|but|while)\b")


def _as_before(number: Number, left_out: Count, counted: Counted) -> Count:
    """A number whose noun, and whose verb of loss, were said with the number before."""
    own = Counted(left_out.counted.sort, left_out.counted.noun, 0, counted.phrase)
    return Count(
        number,
        left_out.role,
        left_out.category,
        number.phrase,
        number.end,
        own,
        left_out.subject_before,
        left_out.object_of,
    )


def _plain(number: Number, role: CountRole, counted: Counted) -> Count:
    return Count(number, role, "", number.phrase, number.end + counted.length, counted)


def _things(
    sentence: Sentence,
    number: Number,
    counted: Counted,
    before: str,
    after: str,
    last: Count | None = None,
) -> Count:
    loss = thing_lost(before, after[counted.length :])
    loss = loss or _listed_loss(sentence, number, last, after, counted)
    if loss is None:
        return _plain(number, "materiel", counted)
    end = number.end + counted.length
    return Count(
        number, "losses", "materiel", number.phrase, end, counted, loss.subject, loss.inflicted
    )


def _listed_loss(
    sentence: Sentence, number: Number, last: Count | None, after: str, counted: Counted
) -> Loss | None:
    """As in "lost 40 men and 3 guns": the second of a list is lost as the first is."""
    if last is None or last.role != "losses":
        return None
    first = max(last.end, last.number.end + len(last.counted.phrase)) - sentence.start
    between = sentence.text[first : number.phrase - sentence.start]
    gapped = last.subject_before and not last.object_of and _GAPPED.fullmatch(between)
    if not (_AND.fullmatch(between) or gapped) or _VERB.match(after[counted.length :]):
        return None
    category = last.category
    if counted.sort == "things":
        category = "materiel"
    elif last.category == "materiel":
        category = "captured" if last.object_of else "lost_unspecified"
    return Loss(category, -1, last.subject_before, last.object_of)


_AND = re.compile(
    r"(?: of [\w’' -]{1,50})?(?:, [\w’' -]{1,40})?"
    r"(?:,|,? (?:and|or|as well as|plus|with|including)) ?"
)
#: "the British lost 14 ships, the Germans 11 ships": the verb is left out
_GAPPED = re.compile(
    r"(?: (?:killed|dead|sunk|destroyed|in all|altogether))?[,;] (?:and |but |while |whereas )?(?:the )?"
    r"(?:[A-Z][\w’'-]+ ){1,3}(?:only |just )?"
)
_VERB = re.compile(
    r"\s+(?:were|was|had|have|is|are|did|then|also|that|who|which|\w+ed|fought|took|came|held|left|"
    r"lay|led|fled|went|made|began|stood)\b"
)


def _people(
    sentence: Sentence,
    number: Number,
    counted: Counted,
    before: str,
    after: str,
    last: Count | None,
    earlier: Count | None,
) -> Count | None:
    if counted.noun in _WEAPON_OF_ONE and thing_lost(before, after[counted.length :]):
        return _things(sentence, number, counted, before, after)
    loss = loss_in(before, after, counted)
    if loss is None and counted.sort == "people":
        loss = _listed_loss(sentence, number, last, after, counted)
    if loss is None and last is not None and last.role == "losses" and _TOTAL.search(before):
        loss = Loss("total")
    if (
        loss is None
        and (told := last or earlier)
        and told.role == "losses"
        and told_again(before, after)
    ):
        return _as_before(number, told, counted)
    if loss is not None and not _ALL_BUT.search(before):
        lost = _lost(number, counted, loss, before, after)
        things = counted.sort != "people" and THING_LOSSES.search(before)
        return replace(lost, category="materiel") if things else lost
    if counted.noun in CHIEFS or re.match(r"\s+fewer\b", after):
        return None
    if not counted.sort and GOT_AWAY.match(after):
        return Count(number, "strength", "", number.phrase, number.end, counted)
    told = earlier is not None and earlier.counted.sort == "people"
    alone = not counted.sort and stands_alone(
        sentence, number, _best(number), (before, after), told=told
    )
    of_force = _OF_FORCE.search(before) and not re.match(r"\s*%", after)
    if counted.sort == "people" or of_force or alone:
        if counted.sort == "people" and _best(number) < 20 and not persons(counted.noun):
            return None
        end = max(number.end + counted.length, _stop(number, after))
        return Count(number, "strength", "", number.phrase, end, counted)
    return None


_TOTAL = re.compile(r"\b(?:a total of|in all|altogether|totall?ing)\s*$", re.I)


def _lost(number: Number, counted: Counted, loss: Loss, before: str, after: str) -> Count:
    start = number.phrase - (len(before) - loss.start) if loss.start >= 0 else number.phrase
    end = max(_stop(number, after), number.end + min(counted.length, len(after)))
    return Count(number, "losses", loss.category, start, end, counted, loss.subject, loss.inflicted)


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
