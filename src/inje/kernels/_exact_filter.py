"""Losses of two sides from report to report: their law forwards, and one path drawn back.

Mass lies on (i, j), the losses of the first and of the second side, in a window that moves with
it. A step of the uniformised chain takes the next loss, of either side, or none (Jensen 1953;
Gross & Miller 1984); edges of the window go as soon as they weigh too little. Rates are products
of functions of i and j, so that a row is stepped on as a whole. At every date the law is weighed
by what was reported, and put away; from these laws a path is drawn back, the last date first, each
given the next (forward filtering, backward sampling; Carter & Kohn 1994). The way back is the same
chain with its arrows turned round, so that the same loop walks it on turned axes.
"""

from __future__ import annotations

import math

import numpy as np

from inje.kernels._compiler import compiled, inner
from inje.kernels._exact_band import poisson

__all__ = ["filtered"]

STEPS = 256.0
"""Mean steps of one stretch: enough to spread the cost of its tails, few enough that the pace
stays close to the rates that remain."""
EVERY = 8
"""Steps after which edges are weighed."""
BEYOND = 1e-10
"""Share of the chances of a way back that may be dropped."""


@compiled
def filtered(
    first_own, first_enemy, second_own, second_enemy,
    days, date, side, told, alpha, beta, uniforms, accuracy, losses,
):  # fmt: skip
    """Logarithm of the chance of all reports; losses by date are drawn given them.

    Parameters
    ----------
    first_own, second_enemy : (I + 1,), factors of the rates after i losses of the first side.
    first_enemy, second_own : (J + 1,), after j losses of the second side. The first side loses at
        first_own[i] first_enemy[j], the second at second_own[j] second_enemy[i]; nobody does after
        I or J losses, where all four are 0.
    days : (D,), of the dates, ascending.
    date, side : (R,), when and of whom each report speaks.
    told : (R, L), a report weighs alpha + beta told after 0 .. L - 1 losses. alpha, beta : (R,).
    uniforms : (D,), in [0, 1), what draws a path; (0,) if none is wanted.
    accuracy : mass that may be dropped at each date, as a share of what is there.
    losses : (D, 2), written where a path is wanted.

    Returns
    -------
    The logarithm; nan if more may have been lost than `told` knows.
    """
    dates, kept = len(days), len(uniforms) > 0
    boxes, store, stored = np.zeros((dates, 5), np.int64), np.empty(0), 0
    mass, i0, j0 = np.ones((1, 1)), np.int64(0), np.int64(0)
    log, before = 0.0, 0.0
    for d in range(dates):
        mass, i0, j0 = _carried(
            mass, i0, j0, first_own, first_enemy, second_own, second_enemy,
            days[d] - before, 0.5 * accuracy, False,
        )  # fmt: skip
        before = days[d]
        if max(i0 + mass.shape[0], j0 + mass.shape[1]) > told.shape[1]:
            return math.nan
        total = _weighed(mass, i0, j0, d, date, side, told, alpha, beta)
        if not total > 0.0:
            return -math.inf
        log += math.log(total)
        mass, i0, j0 = _cut(
            mass, 0, mass.shape[0], 0, mass.shape[1], i0, j0, 0.125 * accuracy * total
        )
        for r in range(mass.shape[0]):
            for k in range(mass.shape[1]):
                mass[r, k] /= total
        if kept:
            boxes[d, 0], boxes[d, 1], boxes[d, 4] = i0, j0, stored
            boxes[d, 2], boxes[d, 3] = mass.shape
            store = _put_away(store, stored, mass)
            stored += mass.size
    if kept:
        rates = first_own, first_enemy, second_own, second_enemy
        _draw_back(rates, days, boxes, store, uniforms, losses)
    return log


@inner
def _put_away(store, stored, mass):
    """The store with one law more, in a larger one where it does not fit."""
    if stored + mass.size > len(store):
        larger = np.empty(2 * (stored + mass.size))
        for k in range(stored):
            larger[k] = store[k]
        store = larger
    for r in range(mass.shape[0]):
        for k in range(mass.shape[1]):
            store[stored + r * mass.shape[1] + k] = mass[r, k]
    return store


@inner
def _weighed(mass, i0, j0, d, date, side, told, alpha, beta):
    """Multiply the law by what was reported on a date; what is left in all."""
    rows, columns = mass.shape
    by_row, by_column = np.ones(rows), np.ones(columns)
    for r in range(len(date)):
        if date[r] == d and side[r] == 0:
            for k in range(rows):
                by_row[k] *= alpha[r] + beta[r] * told[r, i0 + k]
        elif date[r] == d:
            for k in range(columns):
                by_column[k] *= alpha[r] + beta[r] * told[r, j0 + k]
    total = 0.0
    for i in range(rows):
        for j in range(columns):
            mass[i, j] *= by_row[i] * by_column[j]
            total += mass[i, j]
    return total


@inner
def _carried(
    mass, i0, j0, first_own, first_enemy, second_own, second_enemy, days, accuracy, back
):  # fmt: skip
    """The law after so many days, in stretches of about `STEPS` steps: its window and corner.

    With `back` the axes are turned round, and what is carried is the chance to arrive.
    """
    spare, left = accuracy * _sum(mass), days
    while left > 0.0:
        # One more than there is: on the way back nothing leaves an end that others lead to.
        i1 = min(i0 + mass.shape[0] + 1, len(first_own))
        j1 = min(j0 + mass.shape[1] + 1, len(first_enemy))
        part = spare * 0.02  # the least that a stretch may drop
        while True:  # the window grows until its own rates do not lead beyond it
            first = _largest(first_own, i0, i1) * _largest(first_enemy, j0, j1)
            second = _largest(second_own, j0, j1) * _largest(second_enemy, i0, i1)
            time = min(left, STEPS / (first + second)) if first + second > 0.0 else left
            i2 = min(i0 + mass.shape[0] + _most(first * time, part / 8.0), len(first_own))
            j2 = min(j0 + mass.shape[1] + _most(second * time, part / 8.0), len(first_enemy))
            if i2 <= i1 and j2 <= j1:
                break
            i1, j1 = max(i1, i2), max(j1, j2)
        if first + second == 0.0:
            break
        part = max(part, spare * time / left)
        spare -= part
        pace = (first + second) * (1.0 + 1e-9)  # a hair above all rates: staying has a chance
        weights, _ = poisson(pace * time, part / 8.0)
        mass, i0, j0 = _stepped(
            mass, i0, j0, _over(first_own, i0, i1, pace), _over(first_enemy, j0, j1, 1.0),
            _over(second_own, j0, j1, pace), _over(second_enemy, i0, i1, 1.0), weights,
            part / 2.0, back,
        )  # fmt: skip
        left -= time
    return mass, i0, j0


@inner
def _most(mean, spare):
    """A count that a Poisson count exceeds with a chance of at most `spare`."""
    return len(poisson(mean, spare)[0]) if mean > 0.0 else 0


@inner
def _moved(factors, back):
    """The factors of those who come: one place before, or where they are on the way back."""
    out = factors.copy()
    if not back:
        for k in range(1, len(factors)):
            out[k] = factors[k - 1]
    return out


@inner
def _largest(factors, start, stop):
    """The largest factor in a range."""
    most = 0.0
    for k in range(start, stop):
        most = max(most, factors[k])
    return most


@inner
def _turned(factors, start, stop):
    """A range of the factors, the last first."""
    out = np.empty(stop - start)
    for k in range(stop - start):
        out[k] = factors[stop - 1 - k]
    return out


@inner
def _over(factors, start, stop, by):
    """A range of the factors over a number, with a zero at either end."""
    out = np.zeros(stop - start + 2)
    for k in range(stop - start):
        out[k + 1] = factors[start + k] / by
    return out


@inner
def _sum(mass):
    """What a law weighs."""
    total = 0.0
    for r in range(mass.shape[0]):
        total += _row(mass, r, 0, mass.shape[1])
    return total


@inner
def _stepped(
    mass, i0, j0, first_own, first_enemy, second_own, second_enemy, weights, spare, back
):  # fmt: skip
    """The law after a Poisson number of steps; rates are chances of a step, with a rim of zeros.

    What leaves the window by its far edges is lost.
    """
    rows, columns = len(first_own), len(first_enemy)
    # Three arrays, not one of three: the compiler has to see that they are apart.
    now, then = np.zeros((rows, columns)), np.zeros((rows, columns))
    later = np.zeros((rows, columns))
    for r in range(mass.shape[0]):
        for k in range(mass.shape[1]):
            now[r + 1, k + 1] = mass[r, k]
    top, end, low, high = 1, mass.shape[0] + 1, 1, mass.shape[1] + 1
    share = spare / (4.0 * (len(weights) // EVERY + 1))
    before, beside = _moved(first_own, back), _moved(second_own, back)
    for step in range(len(weights)):
        if weights[step] > 0.0:
            _add(later, now, weights[step], top, end, low, high)
        if step == len(weights) - 1:
            break
        end, high = min(end + 1, rows - 1), min(high + 1, columns - 1)
        _step(
            then, now, top, end, low, high, first_own, second_enemy, before, first_enemy,
            second_own, beside,
        )  # fmt: skip
        now, then = then, now
        if step % EVERY == EVERY - 1:
            top, end, low, high = _edges(now, top, end, low, high, share)
        for k in range(low - 1, high + 1):
            now[top - 1, k] = now[end, k] = 0.0
        for r in range(top, end):
            now[r, low - 1] = now[r, high] = 0.0
    return _cut(later, 1, rows - 1, 1, columns - 1, i0 - 1, j0 - 1, 0.0)


@inner
def _add(later, now, weight, top, end, low, high):
    """A window of one law, so many times, to another."""
    for r in range(top, end):
        into, there = later[r, low:high], now[r, low:high]
        for k in range(high - low):
            into[k] += weight * there[k]


@inner
def _step(
    then, now, top, end, low, high, first_own, second_enemy, first_above, first_enemy, second_own,
    second_left,
):  # fmt: skip
    """The chain a step on: `first_above` is the factor of what comes from the row above."""
    first, second, from_left = first_enemy[low:high], second_own[low:high], second_left[low:high]
    for r in range(top, end):
        own, enemy, own_above = first_own[r], second_enemy[r], first_above[r]
        into, stood = then[r, low:high], now[r, low:high]
        above, left = now[r - 1, low:high], now[r, low - 1 : high - 1]
        for k in range(high - low):
            gone = own * first[k] + enemy * second[k]
            came = own_above * first[k] * above[k] + enemy * from_left[k] * left[k]
            into[k] = stood[k] * (1.0 - gone) + came


@inner
def _edges(mass, top, end, low, high, spare):
    """The window without edges that weigh at most `spare` together, each of the four."""
    weight = _row(mass, top, low, high)
    while top < end - 1 and weight <= spare:
        top += 1
        weight += _row(mass, top, low, high)
    weight = _row(mass, end - 1, low, high)
    while top < end - 1 and weight <= spare:
        end -= 1
        weight += _row(mass, end - 1, low, high)
    column = np.zeros(high - low)
    for r in range(top, end):
        row = mass[r, low:high]
        for k in range(high - low):
            column[k] += row[k]
    first, last = 0, high - low
    weight = column[first]
    while first < last - 1 and weight <= spare:
        first += 1
        weight += column[first]
    weight = column[last - 1]
    while first < last - 1 and weight <= spare:
        last -= 1
        weight += column[last - 1]
    return top, end, low + first, low + last


@inner
def _row(mass, r, low, high):
    """What a row weighs."""
    weight = 0.0
    for k in range(low, high):
        weight += mass[r, k]
    return weight


@inner
def _cut(mass, top, end, low, high, i0, j0, spare):
    """A window without its light edges, and its corner."""
    top, end, low, high = _edges(mass, top, end, low, high, spare)
    return mass[top:end, low:high].copy(), i0 + top, j0 + low


@inner
def _draw_back(rates, days, boxes, store, uniforms, losses):
    """A path given all reports: the last date by its law, each other given the next."""
    for d in range(len(days) - 1, -1, -1):
        i0, j0 = boxes[d, 0], boxes[d, 1]
        for spare in (BEYOND, 0.0):  # nothing is dropped where all ways there were too light
            mass = _taken(boxes[d], store)
            if d + 1 < len(days):
                _led(mass, i0, j0, losses[d + 1], days[d + 1] - days[d], rates, spare)
            if _sum(mass) > 0.0:
                break
        losses[d, 0], losses[d, 1] = _drawn(mass, i0, j0, uniforms[d])


@inner
def _taken(box, store):
    """A law as it was put away."""
    mass = np.empty((box[2], box[3]))
    for i in range(box[2]):
        for j in range(box[3]):
            mass[i, j] = store[box[4] + i * box[3] + j]
    return mass


@inner
def _led(mass, i0, j0, target, days, rates, spare):
    """Multiply a law by the chance to come from each cell to the target in so many days."""
    first_own, first_enemy, second_own, second_enemy = rates
    i1, j1 = target[0] + 1, target[1] + 1
    chance, u0, v0 = _carried(
        np.ones((1, 1)), np.int64(0), np.int64(0), _turned(first_own, i0, i1),
        _turned(first_enemy, j0, j1), _turned(second_own, j0, j1), _turned(second_enemy, i0, i1),
        days, spare, True,
    )  # fmt: skip
    for i in range(mass.shape[0]):
        for j in range(mass.shape[1]):
            u, v = i1 - 1 - i0 - i - u0, j1 - 1 - j0 - j - v0
            inside = 0 <= u < chance.shape[0] and 0 <= v < chance.shape[1]
            mass[i, j] *= chance[u, v] if inside else 0.0


@inner
def _drawn(mass, i0, j0, uniform):
    """A cell drawn by its mass."""
    goal, below = uniform * _sum(mass), 0.0
    for r in range(mass.shape[0]):
        row = _row(mass, r, 0, mass.shape[1])
        if below + row > goal:
            for k in range(mass.shape[1]):
                below += mass[r, k]
                if below > goal:
                    return i0 + r, j0 + k
        below += row
    return i0 + mass.shape[0] - 1, j0 + mass.shape[1] - 1
