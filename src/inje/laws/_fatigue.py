"""Rubio-Campillo's law of fatigue: the square law slowed by the time fought.

The exchange is that of the square law, since both sides tire alike:
k_y (x0^2 - x^2) = k_x (y0^2 - y^2).
"""

from __future__ import annotations

import math

from inje.laws._law import Law

__all__ = ["FATIGUE"]


def rate(own: float, enemy: float, t: float, p0: float, p1: float, p2: float, p3: float) -> float:
    if own <= 0.0 or enemy <= 0.0:
        return 0.0
    return enemy / math.log(math.e + t)


def bound(
    own: float, enemy: float, t0: float, t1: float, p0: float, p1: float, p2: float, p3: float
) -> float:
    if own <= 0.0 or enemy <= 0.0:
        return 0.0
    return enemy / math.log(math.e + t0)


FATIGUE = Law(
    name="fatigue",
    title="Rubio-Campillo's law of fatigue",
    formula="dx/dt = -k y / ln(e + t)",
    coefficient="losses per enemy and day at the start",
    parameters=(),
    source="X. Rubio-Campillo 2016, Model selection in historical research using approximate "
    "Bayesian computation, PLOS ONE 11(1): e0146491",
    rate=rate,
    bound=bound,
    timed=True,
)
