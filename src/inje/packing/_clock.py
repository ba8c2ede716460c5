"""Days of a scenario as numbers, and the ticks into which a field's time falls.

A tick is a stretch in which posture and light do not change. Where something may arrive or
break off, days are ticks too: bounds stay close, and a cause that acts from the third day leaves
the first two as they were.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import lru_cache

from inje.chronology import parse_edtf
from inje.errors import ModelError, PathError
from inje.scenario import Clock, Engagement, Phase, Scenario

__all__ = ["day_end", "horizon_of", "phase_at", "ticks_of"]


@lru_cache(maxsize=1024)
def _day(text: str) -> int:
    return int(parse_edtf(text).earliest or 0)


def horizon_of(clock: Clock) -> float:
    """Length of the scenario in days, first and last day included."""
    return float(_day(clock.end) - _day(clock.start) + 1)


def day_end(clock: Clock, date: str, path: str) -> float:
    """End of a local day, in days since the start; the scenario's end for days after it.

    Raises
    ------
    PathError : a day before the scenario begins.
    """
    after = _day(date) - _day(clock.start) + 1
    if after < 1:
        raise PathError(
            path,
            f"{date} is before the scenario begins",
            f"{clock.start} to {clock.end}",
            "correct the day, or begin the scenario earlier",
        )
    return min(float(after), horizon_of(clock))


def phase_at(engagement: Engagement, t: float) -> Phase | None:
    """The phase of an engagement that a moment lies in."""
    inside = [phase for phase in engagement.phases if phase.begins <= t < phase.ends]
    if len(inside) > 1:
        raise ModelError(
            f"engagement {engagement.id}",
            f"phases {inside[0].id} and {inside[1].id} overlap",
            "phases one after another",
            "let one end where the other begins",
        )
    return inside[0] if inside else None


def _by_day(scenario: Scenario) -> bool:
    """Whether the days of a scenario are ticks: something in it has a clock of its own."""
    moves = any(force.march for force in scenario.forces) or scenario.messages
    rules = any(engagement.phases or engagement.breaking_off for engagement in scenario.engagements)
    return bool(moves or rules)


def ticks_of(
    scenario: Scenario, engagements: Sequence[Engagement], renewals: Sequence[float] = ()
) -> tuple[tuple[float, float, bool], ...]:
    """Ticks (start, end, whether it is dark) of a field with these engagements.

    renewals : days at which fortunes are renewed; ticks end there.
    """
    horizon, clock = horizon_of(scenario.clock), scenario.clock
    cuts = {0.0, horizon, *renewals}
    days = range(int(horizon))
    if _by_day(scenario):
        cuts.update(float(day) for day in days)
    if any(engagement.night for engagement in engagements):
        cuts.update(day + hour / 24 for day in days for hour in (clock.dawn, clock.dusk))
    for engagement in engagements:
        cuts.update(t for phase in engagement.phases for t in (phase.begins, phase.ends))
    times = sorted(t for t in cuts if 0.0 <= t <= horizon)
    ticks = []
    for start, end in itertools.pairwise(times):
        hour = (start + end) / 2 % 1.0 * 24
        ticks.append((start, end, not clock.dawn <= hour < clock.dusk))
    return tuple(ticks)
