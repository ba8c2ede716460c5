"""Where a battle of two counts stands at time t: uniformisation inside a moving band.

Mass lies on (n, i): n losses in all, i of them the first side's. A step of the
uniformised chain moves it to (n + 1, i + 1), to (n + 1, i) or leaves it. Rows and
row ends go as soon as they weigh too little, so that a step costs what is alive.
A side that reaches its breakpoint ends the battle: such mass leaves the band at
once and is weighted by the chance that the step is taken at all (Jensen 1953;
Gross & Miller 1984).
"""

from __future__ import annotations

import math

import numpy as np

from inje.kernels._compiler import call_rate, compiled

__all__ = ["advance", "filled", "filled_by", "gathered", "poisson"]


@compiled
def poisson(mean, spare):
    """Poisson weights up to the point where at most `spare` is left on either side.

    Returns
    -------
    weights : (K + 1,), zero where they are below the left cut.
    survival : (K + 2,), probability of at least k steps.
    """
    mode = int(mean)
    last = mode + int(8.0 * math.sqrt(mean + 1.0)) + 40
    weights = np.zeros(last + 1)
    weights[mode] = math.exp(mode * math.log(mean) - mean - math.lgamma(mode + 1.0))
    for k in range(mode + 1, last + 1):
        weights[k] = weights[k - 1] * mean / k
    for k in range(mode, 0, -1):
        weights[k - 1] = weights[k] * k / mean
    tail = 0.0
    while last > 0 and tail + weights[last] < spare:
        tail += weights[last]
        last -= 1
    tail, first = 0.0, 0
    while tail + weights[first] < spare:
        tail += weights[first]
        weights[first] = 0.0
        first += 1
    survival = np.zeros(last + 2)
    for k in range(last, -1, -1):
        survival[k] = survival[k + 1] + weights[k]
    return weights[: last + 1].copy(), survival


@compiled
def filled(first_own, first_enemy, second_own, second_enemy, n0, i0, rows, columns):
    """Both rates over a box of (n, i), for rates that are products.

    Parameters
    ----------
    first_own, second_enemy : (I,), factors after i losses of the first side.
    first_enemy, second_own : (J,), factors after j losses of the second side.
    n0, i0, rows, columns : the box.

    Returns
    -------
    a, b : (rows, columns), loss rates of the first and of the second side.
    most : the largest sum of both.
    """
    I, J = len(first_own), len(first_enemy)
    a, b = np.zeros((rows, columns)), np.zeros((rows, columns))
    first_enemy, second_own = first_enemy[::-1].copy(), second_own[::-1].copy()
    most = 0.0
    for r in range(rows):
        n = n0 + r
        low, high = max(i0, n - J + 1), min(i0 + columns, I, n + 1)
        if high <= low:
            continue
        x, xe = first_own[low:high], second_enemy[low:high]
        y, ye = second_own[low + J - 1 - n :], first_enemy[low + J - 1 - n :]
        to_first, to_second = a[r, low - i0 :], b[r, low - i0 :]
        for k in range(high - low):
            to_first[k] = x[k] * ye[k]
            to_second[k] = y[k] * xe[k]
        for k in range(high - low):
            most = max(most, to_first[k] + to_second[k])
    return a, b, most


@compiled
def filled_by(rate, slots, coefficients, x0, y0, I, J, n0, i0, rows, columns):
    """The same for any rate: it is called in every cell of the box.

    Parameters
    ----------
    rate : address of the law's rate.
    slots : (2, 4), p0 .. p3 of the first and of the second side.
    coefficients : (2,), of the losses of the first and of the second side.
    x0, y0 : strengths at the start. I, J : losses at which a side stops.
    """
    a, b = np.zeros((rows, columns)), np.zeros((rows, columns))
    p, q = slots[0], slots[1]
    most = 0.0
    for r in range(rows):
        n = n0 + r
        for i in range(max(i0, n - J + 1), min(i0 + columns, I, n + 1)):
            x, y = float(x0 - i), float(y0 - n + i)
            a[r, i - i0] = coefficients[0] * call_rate(rate, x, y, 0.0, p[0], p[1], p[2], p[3])
            b[r, i - i0] = coefficients[1] * call_rate(rate, y, x, 0.0, q[0], q[1], q[2], q[3])
            most = max(most, a[r, i - i0] + b[r, i - i0])
    return a, b, most


@compiled
def advance(mass, a, b, scale, n0, i0, weights, survival, spare, first_ends, second_ends):
    """The mass after one stretch of time, and what has ended meanwhile.

    Parameters
    ----------
    mass : (rows, columns), at the start; rows n0, n0 + 1, ..., columns i0, i0 + 1, ...;
        large enough for one more row and column each step. Used up.
    a, b : rates of the same shape; `scale` is 1 over the rate of the steps.
    weights, survival : of the number of steps, see `poisson`.
    spare : mass that may be dropped.
    first_ends : (J,), added to: the first side has lost I = len(second_ends), the second j.
    second_ends : (I,), added to: the second side has lost J = len(first_ends), the first i.

    Returns
    -------
    later : (rows, columns), the mass still fighting.
    """
    rows, columns = mass.shape
    later = np.zeros((rows, columns))
    flows = np.zeros((2, columns + 1))
    left, right = np.zeros(rows, np.int64), np.zeros(rows, np.int64)
    top, end = _support(mass, left, right)
    per_row = spare / (2.0 * len(weights))
    per_cell = per_row / (2.0 * rows)
    for step in range(len(weights)):
        taken = survival[step + 1]
        for r in range(end - 1, top - 1, -1):
            lo, hi = left[r], right[r]
            if lo == hi:
                continue
            _leave(mass[r], later[r], a[r], b[r], scale, weights[step], lo, hi, flows)
            if taken == 0.0:
                continue
            if i0 + hi == len(second_ends):
                first_ends[n0 + r + 1 - len(second_ends)] += taken * flows[0, hi - lo - 1]
                flows[0, hi - lo - 1] = 0.0
            if n0 + r - i0 - lo == len(first_ends) - 1:
                second_ends[i0 + lo] += taken * flows[1, 0]
                flows[1, 0] = 0.0
            reach = hi + 1 if i0 + hi < len(second_ends) else hi
            _arrive(mass[r + 1], lo, hi, reach, flows)
            _widen(left, right, r + 1, lo, reach)
        if taken == 0.0:
            break
        end = min(end + 1, rows)
        for r in range(top, end):
            _narrow(mass[r], left, right, r, per_cell)
        while top < end and _light(mass[top], left[top], right[top], per_row):
            top += 1
        while top < end and _light(mass[end - 1], left[end - 1], right[end - 1], per_row):
            end -= 1
    return later


@compiled
def _leave(mass, later, a, b, scale, weight, lo, hi, flows):
    """What leaves a row in one step; `later` takes its share of what was there."""
    m, kept, p, q = mass[lo:hi], later[lo:hi], a[lo:hi], b[lo:hi]
    f, g = flows[0, : hi - lo], flows[1, : hi - lo]
    for k in range(hi - lo):
        kept[k] += weight * m[k]
        f[k] = m[k] * p[k] * scale
        g[k] = m[k] * q[k] * scale
        m[k] = m[k] - f[k] - g[k]


@compiled
def _arrive(mass, lo, hi, reach, flows):
    """What comes into the next row; the last loss of the first side only up to `reach`."""
    into, f, g = mass[lo : hi + 1], flows[0], flows[1]
    into[0] += g[0]
    for k in range(1, hi - lo):
        into[k] += g[k] + f[k - 1]
    if reach > hi:
        into[hi - lo] += f[hi - lo - 1]


@compiled
def gathered(mass, n0, i0, first_ends, second_ends):
    """All cells with mass, as lists: losses of the first, of the second side, probability.

    Parameters
    ----------
    mass, n0, i0 : the band. first_ends, second_ends : see `advance`.
    """
    I, J = len(second_ends), len(first_ends)
    count = np.sum(mass > 0.0) + np.sum(first_ends > 0.0) + np.sum(second_ends > 0.0)
    first, second = np.empty(count, np.int64), np.empty(count, np.int64)
    probability = np.empty(count)
    k = 0
    for r in range(mass.shape[0]):
        for c in range(mass.shape[1]):
            if mass[r, c] > 0.0:
                first[k], second[k], probability[k] = i0 + c, n0 + r - i0 - c, mass[r, c]
                k += 1
    for j in range(J):
        if first_ends[j] > 0.0:
            first[k], second[k], probability[k] = I, j, first_ends[j]
            k += 1
    for i in range(I):
        if second_ends[i] > 0.0:
            first[k], second[k], probability[k] = i, J, second_ends[i]
            k += 1
    return first, second, probability


@compiled
def _support(mass, left, right):
    """Ends of every row, and the first and last row that has mass."""
    rows, columns = mass.shape
    top, end = rows, 0
    for r in range(rows):
        lo, hi = 0, columns
        while lo < hi and mass[r, lo] == 0.0:
            lo += 1
        while lo < hi and mass[r, hi - 1] == 0.0:
            hi -= 1
        left[r], right[r] = lo, hi
        if lo < hi:
            top, end = min(top, r), r + 1
    return top, end


@compiled
def _widen(left, right, row, lo, hi):
    if left[row] >= right[row]:
        left[row], right[row] = lo, hi
    else:
        left[row], right[row] = min(left[row], lo), max(right[row], hi)


@compiled
def _narrow(mass, left, right, row, spare):
    lo, hi = left[row], right[row]
    while lo < hi and mass[lo] <= spare:
        mass[lo] = 0.0
        lo += 1
    while lo < hi and mass[hi - 1] <= spare:
        mass[hi - 1] = 0.0
        hi -= 1
    left[row], right[row] = lo, hi


@compiled
def _light(mass, lo, hi, spare):
    """Whether a row weighs too little; if so it is cleared."""
    total = 0.0
    for k in range(lo, hi):
        total += mass[k]
    if total > spare:
        return False
    for k in range(lo, hi):
        mass[k] = 0.0
    return True
