"""Bracken's general law with the tactical factor d.

Worked example: the Ardennes, ten days, combat forces: p = q = 1, d = 1.25,
8e-9 and 1e-8, sum of squared residuals 16,327,253 (`tests/laws`).
"""

from __future__ import annotations

from inje.laws._law import Law, Parameter

__all__ = ["BRACKEN"]


def rate(own: float, enemy: float, t: float, p0: float, p1: float, p2: float, p3: float) -> float:
    if own <= 0.0 or enemy <= 0.0:
        return 0.0
    y = max(enemy, 1.0) if p0 < 0.0 else enemy
    x = max(own, 1.0) if p1 < 0.0 else own
    return p2**p3 * y**p0 * x**p1


def bound(
    own: float, enemy: float, t0: float, t1: float, p0: float, p1: float, p2: float, p3: float
) -> float:
    if own <= 0.0 or enemy <= 0.0:
        return 0.0
    y = 1.0 if p0 < 0.0 else enemy
    x = 1.0 if p1 < 0.0 else own
    return p2**p3 * y**p0 * x**p1


BRACKEN = Law(
    name="bracken",
    title="Bracken's general law",
    formula="dx/dt = -k d^s y^p x^q",
    coefficient="losses per day per enemy^p own^q",
    parameters=(
        Parameter("p", "1", 1.0, -10.0, 10.0, "exponent of the enemy's count"),
        Parameter("q", "1", 1.0, -10.0, 10.0, "exponent of the own count"),
        Parameter("d", "1", 1.0, 0.01, 100.0, "tactical factor, above 1 in favour of attacking"),
        Parameter("s", "1", 0.0, -1.0, 1.0, "stance: 1 defends, -1 attacks, 0 neither"),
    ),
    source="J. Bracken 1995, Lanchester models of the Ardennes campaign, "
    "Naval Research Logistics 42(4): 559-577",
    rate=rate,
    bound=bound,
)
