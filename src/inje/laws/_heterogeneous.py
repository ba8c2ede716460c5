"""The square law of several arms: every arm fires at every arm.

Invariant: with a coefficient matrix of rank one the weighted totals follow the
square law, so that arms may be added up by their weights.
"""

from __future__ import annotations

from collections.abc import Sequence

from inje.errors import ModelError
from inje.laws._law import Law
from inje.laws._square import SQUARE

__all__ = ["HETEROGENEOUS", "losses_by_arm"]


# Per pair of arms it is the square law; the coefficients are a matrix.
HETEROGENEOUS = Law(
    name="heterogeneous",
    title="Heterogeneous square law",
    formula="dx_i/dt = -sum_j K_ji y_j",
    coefficient="matrix: losses of own arm i per enemy of arm j and day",
    parameters=(),
    source="J. G. Taylor 1983, Lanchester Models of Warfare, vol. 2, ch. 7. "
    "Arlington: Operations Research Society of America",
    rate=SQUARE.rate,
    bound=SQUARE.bound,
    arms=True,
)


def losses_by_arm(
    own: Sequence[float], enemy: Sequence[float], matrix: Sequence[Sequence[float]]
) -> tuple[float, ...]:
    """Loss rate of each own arm, people a day.

    Parameters
    ----------
    own, enemy : people in each arm of the two sides.
    matrix : (enemy arms, own arms), losses of own arm i per enemy of arm j and day.

    Raises
    ------
    ModelError : the matrix has another shape.
    """
    if len(matrix) != len(enemy) or any(len(row) != len(own) for row in matrix):
        raise ModelError(
            "coefficients of the heterogeneous law",
            f"rows of {[len(row) for row in matrix]}",
            f"{len(enemy)} rows (enemy arms) of {len(own)} (own arms)",
            "give one coefficient for every pair of arms",
        )
    rates = [0.0] * len(own)
    for shooters, row in zip(enemy, matrix, strict=True):
        for arm, coefficient in enumerate(row):
            rates[arm] += coefficient * SQUARE.rate(own[arm], shooters, 0.0, 0.0, 0.0, 0.0, 0.0)
    return tuple(rates)
