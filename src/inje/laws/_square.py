"""Lanchester's square law: aimed fire, everybody can hit everybody.

Worked example: a force of 1,000 that fights two of 700 and 500 in turn is nearly
their equal, since 700^2 + 500^2 = 740,000; with equal coefficients 2 v 1 leave
sqrt(3) survivors.
"""

from __future__ import annotations

from inje.laws._law import Law

__all__ = ["SQUARE"]


def rate(own: float, enemy: float, t: float, p0: float, p1: float, p2: float, p3: float) -> float:
    if own <= 0.0 or enemy <= 0.0:
        return 0.0
    return enemy


def bound(
    own: float, enemy: float, t0: float, t1: float, p0: float, p1: float, p2: float, p3: float
) -> float:
    if own <= 0.0 or enemy <= 0.0:
        return 0.0
    return enemy


SQUARE = Law(
    name="square",
    title="Lanchester's square law",
    formula="dx/dt = -k y",
    coefficient="losses per enemy and day",
    parameters=(),
    source="F. W. Lanchester 1916, Aircraft in Warfare: The Dawn of the Fourth Arm, ch. 5. "
    "London: Constable",
    rate=rate,
    bound=bound,
)
