"""The days of the battle: dated claims and events against the clock of the scenario."""

from __future__ import annotations

import re

from inje.dossier import Dossier, When
from inje.errors import InputError
from inje.reporting._wording import words_of_day
from inje.scenario import Scenario

__all__ = ["MOST_DATED", "MOST_DAYS", "brief_day", "clock_days", "dated_rows", "day_labels"]

#: days shown before the first and after the last day of the clock
_MARGIN = 1
_LONGEST_LABEL = 40
#: what stands in brackets is no part of a label
_BESIDE = re.compile(r"\s*\([^()]*\)?")
#: passages and days that a picture has room for
MOST_DATED, MOST_DAYS = 14, 10


def _days(edtf: str) -> tuple[int, int] | None:
    from inje.chronology import parse_edtf

    try:
        span = parse_edtf(edtf)
    except InputError:
        return None
    if span.earliest is None or span.latest is None:
        return None
    return span.earliest, span.latest


def clock_days(scenario: Scenario) -> tuple[int, int]:
    """First day number and number of days of the scenario's clock."""
    first, last = _days(scenario.clock.start), _days(scenario.clock.end)
    if first is None or last is None:
        return 0, 1
    return first[0], last[1] - first[0] + 1


def day_labels(scenario: Scenario) -> list[str]:
    """Labels for the start of each shown day, from the margin before to the margin after."""
    from inje.chronology import format_day

    first, days = clock_days(scenario)
    shown = range(first - _MARGIN, first + days + _MARGIN + 1)
    return [brief_day(format_day(day)) for day in shown]


def brief_day(edtf: str) -> str:
    """Day and month in brief: 17 Apr."""
    return " ".join(word[:3] for word in words_of_day(edtf).split()[:2])


def dated_rows(
    dossier: Dossier, scenario: Scenario, most: int | None = MOST_DATED
) -> list[tuple[str, float, float]]:
    """What the text dates within the battle: label, first and last moment (days since start)."""
    first, days = clock_days(scenario)
    rows: dict[str, tuple[float, float]] = {}
    told: list[tuple[str, When | None, bool]] = [
        (event.label, event.when, event.background) for event in dossier.events
    ]
    told += [(c.summary, c.when, c.background) for c in dossier.claims if not told]
    for label, when, background in told:
        span = _bounds(when) if when is not None and not background else None
        if span is None:
            continue
        start, end = span[0] - first, span[1] + 1 - first
        if end <= -_MARGIN or start >= days + _MARGIN or end - start > 3 * days + 10:
            continue
        rows.setdefault(
            _cut(_BESIDE.sub("", label)), (max(start, -_MARGIN), min(end, days + _MARGIN))
        )
    ordered = sorted(rows.items(), key=lambda row: row[1])
    return [(label, start, end) for label, (start, end) in ordered[:most]]


def _bounds(when: When) -> tuple[int, int] | None:
    if when.earliest and when.latest:
        first, last = _days(when.earliest), _days(when.latest)
        if first is not None and last is not None:
            return first[0], last[1]
    return _days(when.edtf)


def _cut(label: str) -> str:
    if len(label) <= _LONGEST_LABEL:
        return label
    return label[:_LONGEST_LABEL].rsplit(" ", 1)[0] + "…"
