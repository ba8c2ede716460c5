"""Chances of few losses under many parameter vectors at once.

Write the probability of i and j losses by time t as that of two independent Poisson
counts at the first rates, times a correction. The correction is the mean of
exp(integral of how far the rates have fallen) over the paths; expanded in powers of the
integrand it obeys, order by order, one recursion over the lattice of losses, n = i + j:

    g[m](i, j) = d(i, j) g[m-1](i, j) + i/n a(i-1, j) g[m](i-1, j) + j/n b(i, j-1) g[m](i, j-1)
    correction = sum over m of n! / (n + m)! g[m](i, j)

with a and b the two rates over their first values and d the fall of their sum by time t,
less a shift that keeps it small. This is uniformisation with the steps that lead nowhere
summed apart: their number m stays small where few are lost of many. Worlds lie in lanes;
a lane never looks at another, so that its result does not depend on the company it is in.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from inje.kernels._compiler import call_rate, compiled
from inje.kernels._exact_lanes import LANES, cell

__all__ = ["LANES", "Worlds", "depths", "window"]


class Worlds(NamedTuple):
    """What differs between worlds.

    Attributes
    ----------
    rate : address of the law's rate, a product of functions of both counts.
    slots : (1 or n, 2, 4), p0 .. p3 of both sides.
    strengths : (n, 2), people at the start.
    coefficients : (n, 2), of the losses of both sides.
    days : (n,).
    spans : (n, 2), losses at which a side ends the battle.
    """

    rate: int
    slots: NDArray[np.float64]
    strengths: NDArray[np.float64]
    coefficients: NDArray[np.float64]
    days: NDArray[np.float64]
    spans: NDArray[np.int64]


CENTRED = 8.0  # up to here the cancellation of a centred series costs at most 1e-16 e^16


@compiled
def _factors(rate, slots, x, y, I, J, first_own, first_enemy, second_own, second_enemy, lane):
    """Rates over their first values, for one world; zero where the battle is over."""
    p, q = slots[0], slots[1]
    a = call_rate(rate, x, y, 0.0, p[0], p[1], p[2], p[3])
    b = call_rate(rate, y, x, 0.0, q[0], q[1], q[2], q[3])
    for i in range(len(first_own)):
        first_own[i, lane] = second_enemy[i, lane] = 0.0
        if i < I and a > 0.0 and b > 0.0:
            left = x - i
            first_own[i, lane] = call_rate(rate, left, y, 0.0, p[0], p[1], p[2], p[3]) / a
            second_enemy[i, lane] = call_rate(rate, y, left, 0.0, q[0], q[1], q[2], q[3]) / b
    for j in range(len(second_own)):
        second_own[j, lane] = first_enemy[j, lane] = 0.0
        if j < J and a > 0.0 and b > 0.0:
            left = y - j
            second_own[j, lane] = call_rate(rate, left, x, 0.0, q[0], q[1], q[2], q[3]) / b
            first_enemy[j, lane] = call_rate(rate, x, left, 0.0, p[0], p[1], p[2], p[3]) / a
    return a, b


@compiled
def _fall(first, second, first_own, first_enemy, second_own, second_enemy, lane):
    """Bounds of how far the sum of both rates (times t) falls over the window."""
    lows = np.full(4, np.inf)
    highs = np.zeros(4)
    for i in range(len(first_own)):
        lows[0], highs[0] = min(lows[0], first_own[i, lane]), max(highs[0], first_own[i, lane])
        lows[3] = min(lows[3], second_enemy[i, lane])
        highs[3] = max(highs[3], second_enemy[i, lane])
    for j in range(len(second_own)):
        lows[1] = min(lows[1], first_enemy[j, lane])
        highs[1] = max(highs[1], first_enemy[j, lane])
        lows[2], highs[2] = min(lows[2], second_own[j, lane]), max(highs[2], second_own[j, lane])
    most = first * (1.0 - lows[0] * lows[1]) + second * (1.0 - lows[2] * lows[3])
    least = first * (1.0 - highs[0] * highs[1]) + second * (1.0 - highs[2] * highs[3])
    half = 0.5 * (most - least)
    shift = least + half if half <= CENTRED else least
    return shift, most - shift


@compiled
def depths(rate, slots, strengths, coefficients, days, spans, shape, accuracy):
    """Orders that each world needs, so that what is left out is below the accuracy.

    Parameters
    ----------
    rate, slots, strengths, coefficients, days, spans : see `Worlds`.
    shape : (rows, columns) of the window of losses.
    accuracy : of each probability, relative.
    """
    rows, columns = shape
    n = len(days)
    orders = np.zeros(n, np.int64)
    u, w = np.empty((rows, 1)), np.empty((rows, 1))
    v, z = np.empty((columns, 1)), np.empty((columns, 1))
    for k in range(n):
        s = slots[min(k, len(slots) - 1)]
        x, y = strengths[k, 0], strengths[k, 1]
        a, b = _factors(rate, s, x, y, spans[k, 0], spans[k, 1], u, v, z, w, 0)
        first, second = coefficients[k, 0] * a * days[k], coefficients[k, 1] * b * days[k]
        _shift, reach = _fall(first, second, u, v, z, w, 0)
        orders[k] = _order(reach, accuracy)
    return orders


@compiled
def _order(reach, accuracy):
    """The first m from which the series of exp(reach) leaves less than the accuracy."""
    goal = math.log(accuracy) - (reach if reach <= CENTRED else 0.0)
    m, term = 0, 0.0  # logarithm of reach^m / m!
    while m < 100_000:
        m += 1
        term += math.log(reach / m) if reach > 0.0 else -np.inf
        if m > 2.0 * reach and term + 0.7 < goal:  # what follows is less than twice the term
            return m - 1
    return m


@compiled
def window(rate, slots, strengths, coefficients, days, spans, weights, support, worlds, order, out):
    """Logarithms of the weighted chances of the losses in a window.

    Parameters
    ----------
    rate, slots, strengths, coefficients, days, spans : see `Worlds`.
    weights : (K, rows, columns), of i losses of the first and j of the second side.
    support : (4,), first and last row, first and last column that have weight.
    worlds : (w,), which worlds; all of them need at most `order` orders.
    order : the highest order of the recursion.
    out : (n, K), written for these worlds.
    """
    tables, rows, columns = weights.shape
    u, w = np.zeros((rows, LANES)), np.zeros((rows, LANES))
    v, z = np.zeros((columns, LANES)), np.zeros((columns, LANES))
    by_row, by_column = np.zeros((rows, 4, LANES)), np.zeros((columns, 4, LANES))
    first, second = np.zeros(LANES), np.zeros(LANES)
    level, base = np.zeros(LANES), np.zeros(LANES)
    line = np.zeros((columns + 1, order + 1, LANES))  # line[j + 1] belongs to column j
    unit = 0.5 * order + 1.0  # powers of d are taken in this unit, so that none overflows
    share = _shares(rows + columns, order, unit)
    chance, total = np.zeros(LANES), np.zeros((tables, LANES))
    for start in range(0, len(worlds), LANES):
        for lane in range(LANES):
            k = worlds[min(start + lane, len(worlds) - 1)]
            s = slots[min(k, len(slots) - 1)]
            x, y = strengths[k, 0], strengths[k, 1]
            a, b = _factors(rate, s, x, y, spans[k, 0], spans[k, 1], u, v, z, w, lane)
            first[lane] = coefficients[k, 0] * a * days[k]
            second[lane] = coefficients[k, 1] * b * days[k]
            shift, _reach = _fall(first[lane], second[lane], u, v, z, w, lane)
            base[lane] = (first[lane] + second[lane] - shift) / unit
            level[lane] = shift
            level[lane] += _poisson(first[lane], by_row[:, 3], support[0], support[1], lane)
            level[lane] += _poisson(second[lane], by_column[:, 3], support[2], support[3], lane)
        for lane in range(LANES):
            for i in range(rows):
                by_row[i, 0, lane], by_row[i, 2, lane] = u[i, lane], w[i, lane]
                by_row[i, 1, lane] = u[i, lane] * first[lane] / unit
            for j in range(columns):
                by_column[j, 0, lane], by_column[j, 1, lane] = v[j, lane], z[j, lane]
                by_column[j, 2, lane] = z[j, lane] * second[lane] / unit
        line[:] = 0.0
        total[:] = 0.0
        for lane in range(LANES):
            # at (0, 0) nothing has fallen yet: only the shift is left
            d = base[lane] - by_row[0, 1, lane] * v[0, lane] - by_column[0, 2, lane] * w[0, lane]
            power, sum_ = 1.0, 0.0
            for m in range(order + 1):
                line[1, m, lane] = power
                sum_ += share[0, m] * power
                power *= d
            chance[lane] = sum_ * by_row[0, 3, lane] * by_column[0, 3, lane]
        for i in range(rows):
            for j in range(columns):
                if i + j > 0:
                    cell(by_row, by_column, base, line, share, i, j, order + 1, chance)
                for table in range(tables):
                    weight = weights[table, i, j]
                    if weight > 0.0:
                        for lane in range(LANES):
                            total[table, lane] += weight * chance[lane]
        for lane in range(min(LANES, len(worlds) - start)):
            k = worlds[start + lane]
            for table in range(tables):
                sum_ = total[table, lane]
                out[k, table] = math.log(sum_) + level[lane] if sum_ > 0.0 else -np.inf


@compiled
def _shares(most, order, unit):
    """unit^m n! / (n + m)! for n = 0 .. most and m = 0 .. order."""
    share = np.ones((most + 1, order + 1))
    for n in range(most + 1):
        for m in range(1, order + 1):
            share[n, m] = share[n, m - 1] * unit / (n + m)
    return share


@compiled
def _poisson(mean, out, first, last, lane):
    """Poisson chances of first .. last, over their largest; returns its logarithm."""
    if mean <= 0.0:
        for k in range(first, last + 1):
            out[k, lane] = 1.0 if k == 0 else 0.0
        return 0.0
    top = min(max(int(min(mean, 1e9)), first), last)
    out[top, lane] = 1.0
    for k in range(top + 1, last + 1):
        out[k, lane] = out[k - 1, lane] * mean / k
    for k in range(top, first, -1):
        out[k - 1, lane] = out[k, lane] * k / mean
    return top * math.log(mean) - mean - math.lgamma(top + 1.0)
