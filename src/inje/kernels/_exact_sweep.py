"""How a battle of two counts ends: the embedded chain, antidiagonal by antidiagonal.

After n losses in all the first side has lost i, the second n - i. Only the ratio of
the two rates matters, so time drops out. Cells at the edge of the band go as soon as
they weigh too little; what is dropped is the caller's to report.
"""

from __future__ import annotations

import numpy as np

from inje.kernels._compiler import call_rate, compiled

__all__ = ["sweep", "sweep_called"]


@compiled
def _trim(mass, low, high, spare):
    dropped = 0.0
    while low < high and dropped + mass[low] <= spare:
        dropped += mass[low]
        low += 1
    while low < high and dropped + mass[high - 1] <= spare:
        dropped += mass[high - 1]
        high -= 1
    return low, high


@compiled
def sweep(first, second, spare):
    """Where the sum of losses stops, for rates that are products.

    Parameters
    ----------
    first : (I,), weight of a loss of the first side after i of its losses.
    second : (J,), weight of a loss of the second side after j of its losses; the next loss
        is the first side's with probability first[i] / (first[i] + second[j]).
    spare : mass that may be dropped in each antidiagonal.

    Returns
    -------
    first_ends : (J,), probability that the first side has lost I and the second j < J.
    second_ends : (I,), probability that the second side has lost J and the first i < I.
    """
    I, J = len(first), len(second)
    first_ends, second_ends = np.zeros(J), np.zeros(I)
    backwards = second[::-1].copy()  # contiguous along an antidiagonal
    mass, fallen = np.zeros(I + 1), np.zeros(I + 1)
    mass[0] = 1.0
    low, high = 0, 1
    for n in range(I + J - 1):
        if high <= low:
            break
        # slices from a start, so that the loop below runs over plain pointers
        m, f = mass[low:high], fallen[low:high]
        g, h = first[low:high], backwards[low + J - 1 - n : high + J - 1 - n]
        for k in range(high - low):
            share = m[k] / (g[k] + h[k])
            f[k] = share * g[k]
            m[k] = share * h[k]
        mass[high] = 0.0
        m = mass[low + 1 : high + 1]
        for k in range(high - low):
            m[k] += f[k]
        high += 1
        if high > I:
            first_ends[n + 1 - I] = mass[I]
            high = I
        if n + 1 - low == J:
            second_ends[low] = mass[low]
            low += 1
        low, high = _trim(mass, low, high, spare)
    return first_ends, second_ends


@compiled
def sweep_called(rate, slots, coefficients, x0, y0, I, J, spare):
    """The same for any rate: it is called in every cell.

    Parameters
    ----------
    rate : address of the law's rate.
    slots : (2, 4), p0 .. p3 of the first and of the second side.
    coefficients : (2,), of the losses of the first and of the second side.
    x0, y0 : strengths at the start. I, J : losses at which a side stops.
    spare : as in `sweep`, likewise what is returned.
    """
    first_ends, second_ends = np.zeros(J), np.zeros(I)
    mass = np.zeros(I + 1)
    mass[0] = 1.0
    low, high = 0, 1
    p, q = slots[0], slots[1]
    for n in range(I + J - 1):
        if high <= low:
            break
        carried = 0.0
        for i in range(low, high):
            x, y = float(x0 - i), float(y0 - n + i)
            a = coefficients[0] * call_rate(rate, x, y, 0.0, p[0], p[1], p[2], p[3])
            b = coefficients[1] * call_rate(rate, y, x, 0.0, q[0], q[1], q[2], q[3])
            share = mass[i] / (a + b)
            mass[i] = share * b + carried
            carried = share * a
        mass[high] = carried
        high += 1
        if high > I:
            first_ends[n + 1 - I] = mass[I]
            high = I
        if n + 1 - low == J:
            second_ends[low] = mass[low]
            low += 1
        low, high = _trim(mass, low, high, spare)
    return first_ends, second_ends
