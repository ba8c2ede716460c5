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
def _factors(rate, slots, x, y, I, J, by_row, by_column, lane):
    """Rates over their first values, for one world; zero where the battle is over.

    Writes u and w of every row, v and z of every column (see `cell`): after i and j losses
    the first side loses at u v, the second at z w times the first rates, which are returned.
    """
    p, q = slots[0], slots[1]
    a = call_rate(rate, x, y, 0.0, p[0], p[1], p[2], p[3])
    b = call_rate(rate, y, x, 0.0, q[0], q[1], q[2], q[3])
    for i in range(len(by_row)):
        by_row[i, 0, lane] = by_row[i, 2, lane] = 0.0
        if i < I and a > 0.0 and b > 0.0:
            left = x - i
            by_row[i, 0, lane] = call_rate(rate, left, y, 0.0, p[0], p[1], p[2], p[3]) / a
            by_row[i, 2, lane] = call_rate(rate, y, left, 0.0, q[0], q[1], q[2], q[3]) / b
    for j in range(len(by_column)):
        by_column[j, 0, lane] = by_column[j, 1, lane] = 0.0
        if j < J and a > 0.0 and b > 0.0:
            left = y - j
            by_column[j, 0, lane] = call_rate(rate, x, left, 0.0, p[0], p[1], p[2], p[3]) / a
            by_column[j, 1, lane] = call_rate(rate, left, x, 0.0, q[0], q[1], q[2], q[3]) / b
    return a, b


@compiled
def _range(values, part, lane):
    low, high = np.inf, 0.0
    for k in range(len(values)):
        low, high = min(low, values[k, part, lane]), max(high, values[k, part, lane])
    return low, high


@compiled
def _fall(first, second, by_row, by_column, lane):
    """The shift, and how far at most the sum of both rates (times t) falls beyond it."""
    u, v = _range(by_row, 0, lane), _range(by_column, 0, lane)
    z, w = _range(by_column, 1, lane), _range(by_row, 2, lane)
    most = first * (1.0 - u[0] * v[0]) + second * (1.0 - z[0] * w[0])
    least = first * (1.0 - u[1] * v[1]) + second * (1.0 - z[1] * w[1])
    half = 0.5 * (most - least)
    shift = least + half if half <= CENTRED else least
    return shift, most - shift


@compiled
def depths(rate, slots, strengths, coefficients, days, spans, shape, accuracy, worlds, orders):
    """Orders that each world needs, so that what is left out is below the accuracy.

    Parameters
    ----------
    rate, slots, strengths, coefficients, days, spans : see `Worlds`.
    shape : (rows, columns) of the window of losses.
    accuracy : of each probability, relative.
    worlds : (w,), which worlds.
    orders : (n,), written for these worlds.
    """
    by_row, by_column = np.empty((shape[0], 4, 1)), np.empty((shape[1], 4, 1))
    for k in worlds:
        s = slots[min(k, len(slots) - 1)]
        x, y = strengths[k, 0], strengths[k, 1]
        a, b = _factors(rate, s, x, y, spans[k, 0], spans[k, 1], by_row, by_column, 0)
        first, second = coefficients[k, 0] * a * days[k], coefficients[k, 1] * b * days[k]
        _shift, reach = _fall(first, second, by_row, by_column, 0)
        orders[k] = _order(reach, accuracy)


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
    by_row, by_column = np.zeros((rows, 4, LANES)), np.zeros((columns, 4, LANES))
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
            a, b = _factors(rate, s, x, y, spans[k, 0], spans[k, 1], by_row, by_column, lane)
            first, second = coefficients[k, 0] * a * days[k], coefficients[k, 1] * b * days[k]
            shift, _reach = _fall(first, second, by_row, by_column, lane)
            base[lane] = (first + second - shift) / unit
            level[lane] = shift
            level[lane] += _poisson(first, by_row, support[0], support[1], lane)
            level[lane] += _poisson(second, by_column, support[2], support[3], lane)
            for i in range(rows):
                by_row[i, 1, lane] = by_row[i, 0, lane] * first / unit
            for j in range(columns):
                by_column[j, 2, lane] = by_column[j, 1, lane] * second / unit
        line[:] = 0.0
        total[:] = 0.0
        _origin(by_row, by_column, base, line, share, chance)
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
def _origin(by_row, by_column, base, line, share, chance):
    """The cell (0, 0), where nothing has fallen yet and only the shift is left."""
    for lane in range(LANES):
        d = base[lane] - by_row[0, 1, lane] * by_column[0, 0, lane]
        d -= by_column[0, 2, lane] * by_row[0, 2, lane]
        power, sum_ = 1.0, 0.0
        for m in range(share.shape[1]):
            line[1, m, lane] = power
            sum_ += share[0, m] * power
            power *= d
        chance[lane] = sum_ * by_row[0, 3, lane] * by_column[0, 3, lane]


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
            out[k, 3, lane] = 1.0 if k == 0 else 0.0
        return 0.0
    top = min(max(int(min(mean, 1e9)), first), last)
    out[top, 3, lane] = 1.0
    for k in range(top + 1, last + 1):
        out[k, 3, lane] = out[k - 1, 3, lane] * mean / k
    for k in range(top, first, -1):
        out[k - 1, 3, lane] = out[k, 3, lane] * k / mean
    return top * math.log(mean) - mean - math.lgamma(top + 1.0)
