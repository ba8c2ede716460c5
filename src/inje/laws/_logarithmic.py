"""Peterson's logarithmic law: a side loses in proportion to its own exposure.

The two sides decay apart: ln(x0/x) / ln(y0/y) = k_x / k_y at every time.
"""

from __future__ import annotations

from inje.laws._law import Law

__all__ = ["LOGARITHMIC"]


def rate(own: float, enemy: float, t: float, p0: float, p1: float, p2: float, p3: float) -> float:
    if own <= 0.0 or enemy <= 0.0:
        return 0.0
    return own


def bound(
    own: float, enemy: float, t0: float, t1: float, p0: float, p1: float, p2: float, p3: float
) -> float:
    if own <= 0.0 or enemy <= 0.0:
        return 0.0
    return own


LOGARITHMIC = Law(
    name="logarithmic",
    title="Peterson's logarithmic law",
    formula="dx/dt = -k x",
    coefficient="losses per own soldier and day",
    parameters=(),
    source="R. H. Peterson 1967, On the 'logarithmic law' of attrition and its application to "
    "tank combat, Operations Research 15(3): 557-558",
    rate=rate,
    bound=bound,
)
