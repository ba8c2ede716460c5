"""Deitchman's mixed law of ambush and guerrilla war.

The hidden side suffers unaimed fire (linear), the exposed side aimed fire (square).
With the ambushers y hidden: k_y (x0^2 - x^2) = 2 k_x (y0 - y).
"""

from __future__ import annotations

from inje.laws._law import Law, Parameter

__all__ = ["DEITCHMAN"]


def rate(own: float, enemy: float, t: float, p0: float, p1: float, p2: float, p3: float) -> float:
    if own <= 0.0 or enemy <= 0.0:
        return 0.0
    if p0 > 0.5:
        return own * enemy
    return enemy


def bound(
    own: float, enemy: float, t0: float, t1: float, p0: float, p1: float, p2: float, p3: float
) -> float:
    if own <= 0.0 or enemy <= 0.0:
        return 0.0
    if p0 > 0.5:
        return own * enemy
    return enemy


DEITCHMAN = Law(
    name="deitchman",
    title="Deitchman's guerrilla law",
    formula="dx/dt = -k y where x is exposed, -k x y where x is hidden",
    coefficient="losses per enemy and day (exposed), per pair of enemies and day (hidden)",
    parameters=(
        Parameter("hidden", "1", 0.0, 0.0, 1.0, "1 where the side is in ambush, 0 where exposed"),
    ),
    source="S. J. Deitchman 1962, A Lanchester model of guerrilla warfare, "
    "Operations Research 10(6): 818-827",
    rate=rate,
    bound=bound,
)
