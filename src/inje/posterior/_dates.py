"""Dates that cannot all be true, found before anything is simulated.

Claims about when and how long bound the same few events: start, end, arrivals. With what holds
in every world (an end follows its start, nothing lies outside the clock) they are a simple
temporal network (Dechter, Meiri & Pearl 1991); a negative cycle in it names claims of which no
world can track all.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from inje.chronology import Constraint, Contradiction, solve
from inje.posterior._claims import ClaimModel
from inje.posterior._intervals import IntervalReading

__all__ = ["clash_of_dates"]

ORIGIN = "origin"
#: the first is over before the second begins
ORDER = (("start", "end"),)


def clash_of_dates(claims: ClaimModel) -> tuple[str, ...]:
    """Claims whose dates cannot all be true, none of them superfluous; empty where all can."""
    said = [
        (claim.id, claim.reading)
        for claim in claims.claims
        if isinstance(claim.reading, IntervalReading)
    ]
    if not said:
        return ()
    days = max(reading.days for _, reading in said)
    found = solve([*_given(days), *(_constraint(id_, reading) for id_, reading in said)])
    if not isinstance(found, Contradiction):
        return ()
    return tuple(label for label in found.labels if label)


def _given(days: float) -> Iterable[Constraint]:
    """What holds in every world, under no claim's name."""
    for first, second in ORDER:
        yield Constraint(first, second, 0.0, days)
        yield Constraint(ORIGIN, first, 0.0, days)
        yield Constraint(ORIGIN, second, 0.0, days)


def _constraint(id_: str, reading: IntervalReading) -> Constraint:
    # The last moment is not part of an interval: no world lies on it.
    last = float(np.nextafter(reading.high, -np.inf)) if np.isfinite(reading.high) else np.inf
    if reading.path == "duration":
        return Constraint("start", "end", reading.low, last, id_)
    return Constraint(ORIGIN, reading.path, reading.low, last, id_)
