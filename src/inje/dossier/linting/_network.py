"""All dates of a record in one temporal network: which of them cannot stand together.

Days are whole local days: what happens on a day lies between its beginning and its end. A
duration of n days is counted loosely, as n - 1 to n + 1 days between first and last hour.
`before` and `causes` order events; `after` does not, since a draft writes the order of the
telling there, and tellings go back in time.
Source: Dechter, Meiri & Pearl, Temporal constraint networks (1991).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from inje.chronology import ORIGIN, Constraint, Contradiction, before, parse_edtf, solve
from inje.dossier._records import AnchorRecord, Claim, Dossier, Event, Finding
from inje.dossier.linting._rule import Rule, finding, live, low_high
from inje.errors import InputError

__all__ = ["RULES", "DateConflict", "date_conflict", "date_constraints"]

START, END = "start", "end"
#: label of what needs no claim: a battle does not end before it starts
ORDER = ""
_EVENT = "event:"
#: days of an hour, a week, and so on
_UNITS = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.4}


@dataclass(frozen=True)
class DateConflict:
    """The smallest set of statements about dates that cannot all be true.

    Attributes
    ----------
    claims, events : ids. model : whether the days of a model are among them.
    excess : by how many days they fail.
    """

    claims: tuple[str, ...]
    events: tuple[str, ...]
    model: bool
    excess: float


def date_constraints(dossier: Dossier) -> tuple[Constraint, ...]:
    """What the claims on start, end and duration, and the dated events, say of each other."""
    found = [Constraint(START, END, 0.0, label=ORDER)]
    for claim in live(dossier):
        if claim.background:
            continue
        if claim.about in (START, END):
            found += _dated(claim.about, _days(claim), claim.id)
        elif claim.about == "duration":
            found += _lasting(claim)
    known = {event.id for event in dossier.events}
    for event in dossier.events:
        found += _of_event(event, known)
    return tuple(found)


def _days(claim: Claim) -> tuple[int | None, int | None]:
    """First and last day that a claim on a date allows."""
    value = claim.value
    if value is None:
        return None, None
    if (whole := _coarse(claim)) is not None:
        return whole
    days: list[tuple[int | None, int | None]] = []
    for said in (value.low, value.best, value.high):
        if isinstance(said, str):
            try:
                span = parse_edtf(said)
            except InputError:
                return None, None
            days.append((span.earliest, span.latest))
    first = [a for a, _ in days if a is not None]
    last = [b for _, b in days if b is not None]
    at_most, at_least = value.vagueness == "at_most", value.vagueness == "at_least"
    return (
        None if not first or at_most else min(first),
        None if not last or at_least else max(last),
    )


def _coarse(claim: Claim) -> tuple[int | None, int | None] | None:
    """All days of a month or a year that begins or ends an interval ("September to November")."""
    first, slash, last = claim.when.edtf.partition("/") if claim.when is not None else ("", "", "")
    said = first if claim.about == START else last
    if not slash or not said:
        return None
    try:
        span = parse_edtf(said)
    except InputError:
        return None
    days = (span.earliest, span.latest)
    return days if None not in days and span.earliest != span.latest else None


def _dated(name: str, days: tuple[int | None, int | None], label: str) -> Iterator[Constraint]:
    first, last = days
    if first is not None:
        yield Constraint(ORIGIN, name, least=float(first), label=label)
    if last is not None:
        yield Constraint(ORIGIN, name, most=float(last) + 1, label=label)


def _lasting(claim: Claim) -> Iterator[Constraint]:
    bounds = low_high(claim.value)
    unit = _UNITS.get((claim.value.unit if claim.value else "") or "days")
    if bounds is None or unit is None:
        return
    low, high = bounds
    slack = 1.0 if unit >= 1 else 0.0
    yield Constraint(START, END, max(0.0, low * unit - slack), high * unit + slack, claim.id)


def _of_event(event: Event, known: set[str]) -> Iterator[Constraint]:
    name = label = _EVENT + event.id
    if event.when is not None and event.when.edtf:
        try:
            span = parse_edtf(event.when.edtf)
        except InputError:
            span = None
        if span is not None:
            yield from _dated(name, (span.earliest, span.latest), label)
    for later in (*event.before, *event.causes):
        if later in known:
            yield before(name, _EVENT + later, label)


def date_conflict(
    dossier: Dossier, further: Iterable[Constraint] = (), model: str = "model"
) -> DateConflict | None:
    """The smallest set of statements on dates that cannot all be true; None where all can.

    Parameters
    ----------
    further : constraints beside those of the record, labelled `model`.
    """
    found = solve([*date_constraints(dossier), *further])
    if not isinstance(found, Contradiction):
        return None
    labels = [label for label in found.labels if label != ORDER]
    return DateConflict(
        claims=tuple(n for n in labels if not n.startswith(_EVENT) and n != model),
        events=tuple(n.removeprefix(_EVENT) for n in labels if n.startswith(_EVENT)),
        model=model in labels,
        excess=found.excess,
    )


def _conflicts(dossier: Dossier) -> Iterator[Finding]:
    """Sets of three statements or more: pairs have rules of their own."""
    conflict = date_conflict(dossier)
    if conflict is None or len(conflict.claims) + len(conflict.events) < 3:
        return
    claims = {claim.id: claim for claim in dossier.claims}
    events = {event.id: event for event in dossier.events}
    anchors: list[AnchorRecord | None] = [claims[name].anchor for name in conflict.claims]
    anchors += [events[name].anchor for name in conflict.events]
    words = [f"“{claims[name].summary or claims[name].about}”" for name in conflict.claims]
    words += [f"“{events[name].label}”" for name in conflict.events]
    days = f"{conflict.excess:g} day{'' if conflict.excess == 1 else 's'}"
    yield finding(
        DATES_CONFLICT.id,
        f"cannot all be true, by {days}: {', '.join(words)}",
        DATES_CONFLICT.remedy,
        anchors,
        [claims[name] for name in conflict.claims],
    )


DATES_CONFLICT = Rule(
    "dates-conflict",
    "Dates that cannot all be true",
    "Each pair of dates may be possible, and all together are not: a start, an end and a length, "
    "or a chain of events each after the other. The finding names the smallest such set.",
    "correct one of them; without any one of these the others can stand together",
    _conflicts,
)
RULES = (DATES_CONFLICT,)
