"""Factors of the loss rates, for laws that are products."""

from __future__ import annotations

import numpy as np

from inje.kernels._compiler import call_rate, compiled

__all__ = ["factors"]


@compiled
def factors(rate, slots, coefficients, x0, y0, I, J):
    """The factors of two rates that are products.

    Parameters
    ----------
    rate : address of the law's rate.
    slots : (2, 4), p0 .. p3 of the first and of the second side.
    coefficients : (2,), of the losses of the first and of the second side.
    x0, y0 : strengths at the start. I, J : losses at which a side stops.

    Returns
    -------
    first_own, first_enemy, second_own, second_enemy : (I,), (J,), (J,), (I,); after i and j
        losses the first side loses at first_own[i] * first_enemy[j], the second at
        second_own[j] * second_enemy[i].
    """
    first_own, second_enemy = np.empty(I), np.empty(I)
    second_own, first_enemy = np.empty(J), np.empty(J)
    p, q = slots[0], slots[1]
    x, y = float(x0), float(y0)
    start = (
        call_rate(rate, x, y, 0.0, p[0], p[1], p[2], p[3]),
        call_rate(rate, y, x, 0.0, q[0], q[1], q[2], q[3]),
    )
    for i in range(I):
        left = float(x0 - i)
        own = call_rate(rate, left, y, 0.0, p[0], p[1], p[2], p[3])
        first_own[i] = coefficients[0] * own
        second_enemy[i] = call_rate(rate, y, left, 0.0, q[0], q[1], q[2], q[3]) / start[1]
    for j in range(J):
        left = float(y0 - j)
        own = call_rate(rate, left, x, 0.0, q[0], q[1], q[2], q[3])
        second_own[j] = coefficients[1] * own
        first_enemy[j] = call_rate(rate, x, left, 0.0, p[0], p[1], p[2], p[3]) / start[0]
    return first_own, first_enemy, second_own, second_enemy
