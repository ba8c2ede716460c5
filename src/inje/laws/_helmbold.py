"""Helmbold's law: a large force cannot bring all its weapons to bear on a small one.

The square law times (x/y)^(1 - W): W = 1 is the square law, W = 1/2 has the exchange
of the linear, W = 0 is the logarithmic law. Invariant:
k_y (x0^(2W) - x^(2W)) = k_x (y0^(2W) - y^(2W)).
"""

from __future__ import annotations

from inje.laws._law import Law, Parameter

__all__ = ["HELMBOLD"]


def rate(own: float, enemy: float, t: float, p0: float, p1: float, p2: float, p3: float) -> float:
    if own <= 0.0 or enemy <= 0.0:
        return 0.0
    x = max(own, 1.0) if p0 > 1.0 else own
    y = max(enemy, 1.0) if p0 < 0.0 else enemy
    return x ** (1.0 - p0) * y**p0


def bound(
    own: float, enemy: float, t0: float, t1: float, p0: float, p1: float, p2: float, p3: float
) -> float:
    if own <= 0.0 or enemy <= 0.0:
        return 0.0
    x = 1.0 if p0 > 1.0 else own
    y = 1.0 if p0 < 0.0 else enemy
    return x ** (1.0 - p0) * y**p0


HELMBOLD = Law(
    name="helmbold",
    title="Helmbold's modified law",
    formula="dx/dt = -k (x/y)^(1-W) y",
    coefficient="losses per enemy and day at even odds",
    parameters=(
        Parameter("W", "1", 1.0, -2.0, 3.0, "Weiss's parameter: 1 square, 1/2 linear, 0 log"),
    ),
    source="R. L. Helmbold 1965, A modification of Lanchester's equations, "
    "Operations Research 13(5): 857-859",
    rate=rate,
    bound=bound,
)
