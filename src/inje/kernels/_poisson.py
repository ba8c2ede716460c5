"""Poisson numbers from one table for all means.

A piece may choose its bound freely above the rates, so the mean of its number of candidates is
rounded up to a grid of 32 steps an octave, and each mean of the grid has an alias table (Walker
1977, ACM Trans. Math. Softw. 3(3)); probabilities are held to 2^-32.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from inje.kernels._compiler import compiled

__all__ = ["LARGEST_MEAN", "MARGIN", "Poisson", "draw_poisson", "grid_row", "table"]

LOWEST = -6  # the smallest mean is 2^-6
OCTAVES = 15
STEPS = 32
LARGEST_MEAN = 2.0 ** (LOWEST + OCTAVES)
MARGIN = 1.0 + 2.0**-18  # room for the rounding of thresholds below the bound
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


class Poisson(NamedTuple):
    """Alias tables, one row for each mean of the grid.

    mean : (R,); start, size : (R,), where each row lies in the flat tables; first : (R,), the
    smallest number of the row; stay : flat uint64, 2^32 times the probability to stay in a
    cell; other : flat int64, the number of the cell to go to else.
    """

    mean: NDArray[np.float64]
    start: NDArray[np.int64]
    size: NDArray[np.int64]
    first: NDArray[np.int64]
    stay: NDArray[np.uint64]
    other: NDArray[np.int64]


def _probabilities(mean: float) -> tuple[int, NDArray[np.float64]]:
    """First number and probabilities of those numbers that weigh above 2^-50."""
    reach = 10.0 * math.sqrt(mean) + 20.0
    low, high = max(0, int(mean - reach)), int(mean + reach)
    logs = np.array([k * math.log(mean) - mean - math.lgamma(k + 1.0) for k in range(low, high)])
    weights = np.exp(logs)
    kept = np.flatnonzero(weights > 2.0**-50)
    chosen = weights[kept[0] : kept[-1] + 1]
    return low + int(kept[0]), chosen / chosen.sum()


def _alias(weights: NDArray[np.float64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Walker's table by Vose's method."""
    size = len(weights)
    scaled = list(weights * size)
    other = list(range(size))
    small = [i for i in range(size) if scaled[i] < 1.0]
    large = [i for i in range(size) if scaled[i] >= 1.0]
    stay = [1.0] * size
    while small and large:
        s, g = small.pop(), large.pop()
        stay[s], other[s] = scaled[s], g
        scaled[g] -= 1.0 - scaled[s]
        (small if scaled[g] < 1.0 else large).append(g)
    return (np.array(stay) * 2.0**32).astype(np.uint64), np.array(other, dtype=np.int64)


@lru_cache(maxsize=1)
def table() -> Poisson:
    """The tables of all means of the grid; made once in a process."""
    steps = 1.0 + np.arange(STEPS) / STEPS
    means = np.concatenate([steps * 2.0 ** (LOWEST + k) for k in range(OCTAVES)] + [[LARGEST_MEAN]])
    rows = [_probabilities(float(mean)) for mean in means]
    cells = [_alias(weights) for _, weights in rows]
    size = np.array([len(weights) for _, weights in rows], dtype=np.int64)
    return Poisson(
        mean=means,
        start=np.concatenate([[0], np.cumsum(size)[:-1]]).astype(np.int64),
        size=size,
        first=np.array([first for first, _ in rows], dtype=np.int64),
        stay=np.concatenate([stay for stay, _ in cells]),
        other=np.concatenate([other for _, other in cells]),
    )


@compiled
def grid_row(mean):
    """Row of the smallest mean of the grid that is not below `mean`."""
    if mean <= 0.015625:
        return 0
    mantissa, exponent = math.frexp(mean)  # mean = mantissa * 2**exponent, mantissa in [.5, 1)
    step = int(np.ceil((2.0 * mantissa - 1.0) * 32.0))
    return min((exponent - 1 + 6) * 32 + step, 480)  # the last row: LARGEST_MEAN


@compiled
def draw_poisson(tables, row, word):
    """The number in row `row` at a uniform 64-bit word."""
    cell = np.int64(((word >> _HALF) * np.uint64(tables.size[row])) >> _HALF)
    at = tables.start[row] + cell
    if (word & _LOW) < tables.stay[at]:
        return tables.first[row] + cell
    return tables.first[row] + tables.other[at]
