"""Tables that all worlds share: Poisson numbers for all means, logarithms of whole people.

A piece may choose its bound freely above the rates, so the mean of its number of candidates is
rounded up to a grid of 32 steps an octave, and each mean of the grid has a table of its
distribution function. Numbers come by inversion, so that worlds that differ a little draw nearly
the same number at the same address. Probabilities are held to 2^-53.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from inje.kernels import _layout as at
from inje.kernels._compiler import inner
from inje.kernels._memory import bits_of, float_of, get, peek, peek_float, peek_short, put

__all__ = [
    "LARGEST_MEAN",
    "LOG_TEN",
    "MARGIN",
    "Tables",
    "draw_poisson",
    "grid_mean",
    "grid_row",
    "grid_row_below",
    "grid_step",
    "lend_tables",
    "log_of",
    "step_mean",
    "step_row",
    "table",
]

LOWEST = -6  # the smallest mean is 2^-6
OCTAVES = 15
STEPS = 32
#: people whose logarithms are kept: 32 kB
LOGARITHMS = 1 << 12
LOG_TEN = math.log(10.0)
LARGEST_MEAN = 2.0 ** (LOWEST + OCTAVES)
_LAST = np.uint64(0xFFFFFFFFFFFFFFFF)
_ONE = np.uint64(1)
MARGIN = 1.0 + 2.0**-18  # room for the rounding of thresholds below the bound


class Tables(NamedTuple):
    """Distribution functions, one row for each mean of the grid, and logarithms.

    mean : (R,). start, first : (R,), where each row begins in `below`, and its smallest number.
    below : flat uint64, 2^64 times the probability to be at most first + i; the last of a row is
    2^64 - 1. guide : (R, 256) uint16, the smallest i that a word with this first byte can give.
    logarithm : (LOGARITHMS,), of 1 at 0, then of 1, 2, 3 ...
    """

    mean: NDArray[np.float64]
    start: NDArray[np.int64]
    first: NDArray[np.int64]
    below: NDArray[np.uint64]
    guide: NDArray[np.uint16]
    logarithm: NDArray[np.float64]


def _probabilities(mean: float) -> tuple[int, NDArray[np.float64]]:
    """First number and probabilities of those numbers that weigh above 2^-50."""
    reach = 10.0 * math.sqrt(mean) + 20.0
    low, high = max(0, int(mean - reach)), int(mean + reach)
    logs = np.array([k * math.log(mean) - mean - math.lgamma(k + 1.0) for k in range(low, high)])
    weights = np.exp(logs)
    kept = np.flatnonzero(weights > 2.0**-50)
    chosen = weights[kept[0] : kept[-1] + 1]
    return low + int(kept[0]), chosen / chosen.sum()


def _below(weights: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Cumulated probabilities, times 2^64."""
    sums = np.minimum(np.cumsum(weights), 1.0 - 2.0**-53)
    whole = (sums * 2.0**64).astype(np.uint64)
    whole[-1] = np.uint64(2**64 - 1)
    return whole


@lru_cache(maxsize=1)
def table() -> Tables:
    """The tables; made once in a process."""
    steps = 1.0 + np.arange(STEPS) / STEPS
    means = np.concatenate([steps * 2.0 ** (LOWEST + k) for k in range(OCTAVES)] + [[LARGEST_MEAN]])
    rows = [_probabilities(float(mean)) for mean in means]
    below = [_below(weights) for _, weights in rows]
    size = np.array([len(row) for row in below], dtype=np.int64)
    bytes_ = np.arange(256, dtype=np.uint64) << np.uint64(56)
    return Tables(
        mean=means,
        start=np.concatenate([[0], np.cumsum(size)[:-1]]).astype(np.int64),
        first=np.array([first for first, _ in rows], dtype=np.int64),
        below=np.concatenate(below),
        guide=np.array([np.searchsorted(row, bytes_, side="right") for row in below], np.uint16),
        logarithm=np.array([math.log(max(people, 1)) for people in range(LOGARITHMS)]),
    )


@inner
def grid_step(mean, up):
    """The grid's step at a mean from 2^-6, counted from a mean of one: exponent and five bits.

    With `up` that of the smallest mean of the grid that is not below, else of the largest that is
    not above. A step's own mean is `step_mean`, so that loops of many worlds need no table.
    """
    return (bits_of(mean) + (((1 << 47) - 1) if up else 0)) >> 47


@inner
def step_mean(step):
    """Mean of a step of the grid."""
    return float_of(step << 47)


@inner
def step_row(step):
    """Row of a step of the grid; the last is that of LARGEST_MEAN."""
    return min(step - (1017 << 5), 480)


@inner
def grid_row(mean):
    """Row of the smallest mean of the grid that is not below `mean`, which is above zero."""
    return step_row(grid_step(max(0.015625, mean), True))


@inner
def grid_row_below(mean):
    """Row of the largest mean of the grid that is not above `mean`, which is at least the first."""
    return step_row(grid_step(mean, False))


@inner
def grid_mean(m, row):
    """Mean of a row of the grid."""
    return peek_float(get(m, at.TABLES, 0), row)


@inner
def draw_poisson(m, row, word):
    """The number in row `row` at a uniform 64-bit word, rising with the word.

    Its first steps are no branches: a processor cannot guess them.
    """
    below, start = get(m, at.TABLES, 3), np.int64(peek(get(m, at.TABLES, 1), row))
    word = min(word, _LAST - _ONE)
    i = start + peek_short(get(m, at.TABLES, 4), (row << 8) + np.int64(word >> np.uint64(56)))
    i += 1 if word >= peek(below, i) else 0
    i += 1 if word >= peek(below, i) else 0
    while word >= peek(below, i):
        i += 1
    return np.int64(peek(get(m, at.TABLES, 2), row)) + i - start


@inner
def log_of(m, people):
    """Natural logarithm of a whole number of people from 1."""
    if people < LOGARITHMS:
        return peek_float(get(m, at.TABLES, 5), np.int64(people))
    return math.log(people)


@inner
def lend_tables(m, tables):
    """Let the loops know the tables by their addresses: arrays would be counted at every call."""
    put(m, at.TABLES, 0, np.int64(tables.mean.ctypes.data))
    put(m, at.TABLES, 1, np.int64(tables.start.ctypes.data))
    put(m, at.TABLES, 2, np.int64(tables.first.ctypes.data))
    put(m, at.TABLES, 3, np.int64(tables.below.ctypes.data))
    put(m, at.TABLES, 4, np.int64(tables.guide.ctypes.data))
    put(m, at.TABLES, 5, np.int64(tables.logarithm.ctypes.data))
