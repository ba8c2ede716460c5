"""Hartley's homogeneous law: the exponents that best fit many battles.

Between the linear and the logarithmic law. Invariant, with g = 1.3:
k_y (x0^g - x^g) = k_x (y0^g - y^g).
"""

from __future__ import annotations

from inje.laws._law import Law

__all__ = ["HARTLEY"]


def rate(own: float, enemy: float, t: float, p0: float, p1: float, p2: float, p3: float) -> float:
    if own <= 0.0 or enemy <= 0.0:
        return 0.0
    return own**0.45 * enemy**0.75


def bound(
    own: float, enemy: float, t0: float, t1: float, p0: float, p1: float, p2: float, p3: float
) -> float:
    if own <= 0.0 or enemy <= 0.0:
        return 0.0
    return own**0.45 * enemy**0.75


HARTLEY = Law(
    name="hartley",
    title="Hartley's homogeneous law",
    formula="dx/dt = -k x^.45 y^.75",
    coefficient="losses per day per own^.45 enemy^.75",
    parameters=(),
    source="D. S. Hartley III 2001, Predicting Combat Effects. Linthicum: INFORMS "
    "(Topics in Operations Research)",
    rate=rate,
    bound=bound,
)
