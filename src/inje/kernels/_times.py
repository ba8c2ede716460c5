"""Times of a piece's candidates: uniforms with their own address, sorted only in part.

Candidates come in the order of their times, so what a piece asks is how many came before a
moment, and when the i-th came; neither needs the others in their order.
"""

from __future__ import annotations

import math

import numpy as np

from inje.kernels import _layout as at
from inje.kernels._addresses import GOLDEN, mix
from inje.kernels._compiler import inner
from inje.kernels._memory import see, write

__all__ = ["count_before", "count_until", "draw_times", "nth_time", "sort_times"]

_TIMES = np.uint64(0x8EBC6AF09C88C6E3)
#: standard deviations of an order statistic within which it is looked for first
_NEAR = 2.5


@inner
def draw_times(m, key, n, t0, length):
    """Times of the n candidates of a piece, in no order."""
    base = key ^ _TIMES
    for i in range(n):
        z = mix(base + GOLDEN * (np.uint64(i) + np.uint64(1)))
        part = (np.float64(z >> np.uint64(11)) + 0.5) / 9007199254740992.0
        write(m, at.TIMES, i, t0 + length * part)


@inner
def count_before(m, n, moment):
    """How many of n candidates come before a moment."""
    found = 0
    for i in range(n):
        found += 1 if see(m, at.TIMES, i) < moment else 0
    return found


@inner
def count_until(m, n, moment):
    """How many of n candidates come before a moment or at it."""
    found = 0
    for i in range(n):
        found += 1 if see(m, at.TIMES, i) <= moment else 0
    return found


@inner
def sort_times(m, n):
    """Shell's sort with Ciura's gaps (2001): pieces are short, and nothing else is compiled."""
    for gap in (301, 132, 57, 23, 10, 4, 1):
        for i in range(gap, n):
            moment, j = see(m, at.TIMES, i), i
            while j >= gap and see(m, at.TIMES, j - gap) > moment:
                write(m, at.TIMES, j, see(m, at.TIMES, j - gap))
                j -= gap
            write(m, at.TIMES, j, moment)


@inner
def nth_time(m, n, rank, t0, length):
    """Time of the candidate before which `rank` others come; the times change their places.

    Of n uniforms it lies near rank / n: those near it go to the front and are sorted, the others
    are counted. Where it does not lie there, all are sorted.
    """
    part = (rank + 0.5) / n
    near = (_NEAR * math.sqrt(part * (1.0 - part) / n) + 1.0 / n) * length
    low, high = t0 + length * part - near, t0 + length * part + near
    below, close = 0, 0
    for i in range(n):
        moment = see(m, at.TIMES, i)
        other = see(m, at.TIMES, close)
        here = low <= moment < high
        # Exchanged without a branch: who stands where is nothing that a processor could guess.
        write(m, at.TIMES, close, moment if here else other)
        write(m, at.TIMES, i, other if here else moment)
        close += 1 if here else 0
        below += 1 if moment < low else 0
    if below <= rank < below + close:
        sort_times(m, close)
        return see(m, at.TIMES, rank - below)
    sort_times(m, n)
    return see(m, at.TIMES, rank)
