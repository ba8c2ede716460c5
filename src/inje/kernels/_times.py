"""Times of a piece's candidates: uniforms with their own address, sorted only in part.

Candidates come in the order of their times, so what a piece asks is how many came before a
moment, and when the i-th came; neither needs the others in their order.
"""

from __future__ import annotations

import numpy as np

from inje.kernels import _layout as at
from inje.kernels._addresses import GOLDEN, mix
from inje.kernels._compiler import inner
from inje.kernels._memory import bits_of, float_of, see, write

__all__ = ["count_before", "count_until", "draw_times", "nth_time", "sort_times"]

_TIMES = np.uint64(0x8EBC6AF09C88C6E3)
#: looks for one time after which all are sorted: two may be the same
MOST_LOOKS = 40


@inner
def _whole(n):
    """So many places that vectors of eight have no rest."""
    return (n + 7) & ~7


@inner
def draw_times(m, key, n, t0, length):
    """Times of the n candidates of a piece, in no order, and none behind them up to a vector."""
    base = key ^ _TIMES
    for i in range(n):
        z = mix(base + GOLDEN * (np.uint64(i) + np.uint64(1)))
        part = (np.float64(z >> np.uint64(11)) + 0.5) / 9007199254740992.0
        write(m, at.TIMES, i, t0 + length * part)
    for i in range(n, _whole(n)):
        write(m, at.TIMES, i, np.inf)


@inner
def count_before(m, n, moment):
    """How many of n candidates come before a moment."""
    found = 0
    for i in range(_whole(n)):
        found += 1 if see(m, at.TIMES, i) < moment else 0
    return found


@inner
def count_until(m, n, moment):
    """How many of n candidates come before a moment or at it."""
    found = 0
    for i in range(_whole(n)):
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
    """Time of the candidate before which `rank` others come.

    Looked for between two moments, where it would lie if those between them were spread evenly:
    counting is cheap, and what a processor cannot guess is asked a few times, not for every one.
    """
    low, high = t0, t0 + 2.0 * length
    below, above = 0, n
    for _ in range(MOST_LOOKS):
        if above - below == 1:
            # One alone lies there: its bits are a sum of whole numbers, which vectors can take.
            found = np.int64(0)
            for i in range(_whole(n)):
                moment = see(m, at.TIMES, i)
                found += bits_of(moment) if (moment >= low) & (moment < high) else 0
            return float_of(found)
        spread = high - low if above < n else t0 + length - low
        middle = low + spread * ((rank - below + 0.5) / (above - below))
        count = count_before(m, n, middle)
        if count <= rank:
            low, below = middle, count
        else:
            high, above = middle, count
    sort_times(m, n)
    return see(m, at.TIMES, rank)
