"""Lanchester's linear law: fire into an area, or single combats.

The exchange ratio is constant: k_y (x0 - x) = k_x (y0 - y) whatever the order of fighting.
"""

from __future__ import annotations

from inje.laws._law import Law

__all__ = ["LINEAR"]


def rate(own: float, enemy: float, t: float, p0: float, p1: float, p2: float, p3: float) -> float:
    if own <= 0.0 or enemy <= 0.0:
        return 0.0
    return own * enemy


def bound(
    own: float, enemy: float, t0: float, t1: float, p0: float, p1: float, p2: float, p3: float
) -> float:
    if own <= 0.0 or enemy <= 0.0:
        return 0.0
    return own * enemy


LINEAR = Law(
    name="linear",
    title="Lanchester's linear law",
    formula="dx/dt = -k x y",
    coefficient="losses per pair of enemies and day",
    parameters=(),
    source="F. W. Lanchester 1916, Aircraft in Warfare: The Dawn of the Fourth Arm, ch. 5. "
    "London: Constable",
    rate=rate,
    bound=bound,
)
