"""Rules about dates: their order, day counts, marches."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inje.chronology import parse_edtf
from inje.dossier._records import AnchorRecord, Claim, Dossier, Finding
from inje.dossier.linting._rule import Rule, best, finding, live
from inje.errors import InputError

__all__ = ["RULES"]

#: kilometres a day that troops on foot have hardly ever exceeded (forced marches of the Roman
#: and Napoleonic armies reach about 60; U.S. Army FM 21-18, 1990, gives 56 in 24 hours)
_FASTEST_MARCH = 65.0
_MARCH = re.compile(
    r"\bmarch(?:ed|ing)?\s+(?:\w+\s+){0,4}?(?P<n>\d+(?:\.\d+)?)\s*(?P<unit>miles|mi|km|"
    r"kilomet(?:er|re)s)\b"
    r"[^.]{0,40}?\bin (?P<d>\d+|one|two|three|four|five|six|a|a single)\s+(?P<per>days?|hours?|"
    r"nights?)",
    re.I,
)
#: a length that misses the dates by no more than this share is counted otherwise, not wrong
_NEAR = 0.05
#: a length so many times shorter than the battle is that of a phase
_PHASE = 4
#: half of the unit in which a length may be told
_LOOSE = {"week": 3.5, "month": 30.4, "year": 182.6}
_SMALL = {"one": 1, "a": 1, "a single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def _day(claim: Claim, which: str) -> int | None:
    if claim.value is None:
        return None
    value = claim.value.best or (claim.value.low if which == "first" else claim.value.high)
    if not isinstance(value, str):
        return None
    try:
        span = parse_edtf(value)
    except InputError:
        return None
    return span.earliest if which == "first" else span.latest


def _end_before_start(dossier: Dossier) -> Iterator[Finding]:
    starts = [c for c in live(dossier) if c.about == "start"]
    ends = [c for c in live(dossier) if c.about == "end"]
    for start in starts:
        for end in ends:
            first, last = _day(start, "first"), _day(end, "last")
            if first is not None and last is not None and last < first:
                yield finding(
                    END_BEFORE_START.id,
                    "the end lies before the start",
                    END_BEFORE_START.remedy,
                    (start.anchor, end.anchor),
                    (start, end),
                )


def _rival_dates(dossier: Dossier) -> Iterator[Finding]:
    """Dates of the battle that do not overlap."""
    dated = [c for c in live(dossier) if c.about == "start" and c.when is not None]
    for k, one in enumerate(dated):
        for two in dated[k + 1 :]:
            if one.when is None or two.when is None or not one.when.latest or not two.when.latest:
                continue
            if one.when.latest < two.when.earliest or two.when.latest < one.when.earliest:
                yield finding(
                    RIVAL_DATE.id,
                    f"{one.when.edtf} against {two.when.edtf}",
                    RIVAL_DATE.remedy,
                    (one.anchor, two.anchor),
                    (one, two),
                )
                return


def _day_count(dossier: Dossier) -> Iterator[Finding]:
    when = dossier.battle.when
    if when is None or "/" not in when.edtf:
        return
    try:
        days = parse_edtf(when.edtf).days
    except InputError:
        return
    dated = [c for c in live(dossier) if c.about in ("start", "end") and c.value and c.value.best]
    for claim in live(dossier):
        said = best(claim.value)
        if claim.about != "duration" or said is None or days is None:
            continue
        if abs(said - days) <= _slack(claim, days) or said * _PHASE < days:
            continue
        yield finding(
            DAY_COUNT.id,
            f"{said:g} days in the text, {days} calendar days by {when.edtf}",
            DAY_COUNT.remedy,
            (claim.anchor, *(c.anchor for c in dated)),
            (claim, *dated),
        )


def _slack(claim: Claim, days: int) -> float:
    """Days by which a length may miss the dates unblamed: half a unit of months, or one in twenty.

    Whether both the first and the last day are counted matters to four days, not to seventy.
    """
    words = claim.anchor.quote.lower() if claim.anchor is not None else ""
    unit = next((length for word, length in _LOOSE.items() if word in words), 0.0)
    return max(unit, days * _NEAR)


def _marches(dossier: Dossier) -> Iterator[Finding]:
    for document in dossier.texts:
        for match in _MARCH.finditer(document.text):
            distance = float(match["n"]) * (
                1.609344 if match["unit"].lower().startswith("mi") else 1
            )
            span = match["d"].lower()
            time = float(_SMALL.get(span, span))
            days = time / 24 if match["per"].lower().startswith("hour") else time
            if days > 0 and distance / max(days, 0.5) > _FASTEST_MARCH:
                anchor = document.anchor(*match.span())
                yield finding(
                    MARCH_TIME.id,
                    f"{distance:.0f} km in {days:g} days on foot",
                    MARCH_TIME.remedy,
                    (AnchorRecord(start=anchor.start, end=anchor.end, quote=anchor.quote),),
                )


def _event_order(dossier: Dossier) -> Iterator[Finding]:
    """An event that is said to follow another one but is dated before it."""
    events = {event.id: event for event in dossier.events}
    for event in dossier.events:
        for key in event.before:
            later = events.get(key)
            if later is None or not event.when or not later.when:
                continue
            if (
                later.when.latest
                and event.when.earliest
                and later.when.latest < event.when.earliest
            ):
                yield finding(
                    EVENT_ORDER.id,
                    f"{event.label!r} is said to precede {later.label!r}",
                    EVENT_ORDER.remedy,
                    (event.anchor, later.anchor),
                )


END_BEFORE_START = Rule(
    "end-before-start",
    "The battle ends before it starts",
    "A date row or two sentences put the end before the start.",
    "correct one of the dates",
    _end_before_start,
)
RIVAL_DATE = Rule(
    "rival-date",
    "Two dates for the battle that do not meet",
    "The box and the lead, or two sections, date the battle differently.",
    "give one date with its source, or both with theirs (Old and New Style?)",
    _rival_dates,
)
DAY_COUNT = Rule(
    "day-count",
    "The number of days does not fit the dates",
    "“Four-day” for 17-21 April: five calendar days, or four nights. One of the two is loose, "
    "and every rate per day depends on it.",
    "count the days again, or say how they are counted",
    _day_count,
)
MARCH_TIME = Rule(
    "march-time",
    "A march that no road allows",
    "Distance over time exceeds what troops on foot have done.",
    "check the distance, the unit and the time",
    _marches,
)
EVENT_ORDER = Rule(
    "event-order",
    "Events in an order that their dates forbid",
    "The record says that one event precedes another; their dates say the contrary.",
    "correct the order or the date",
    _event_order,
)
RULES = (END_BEFORE_START, RIVAL_DATE, DAY_COUNT, MARCH_TIME, EVENT_ORDER)
