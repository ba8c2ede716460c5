"""The draws of `_addresses` and `_tables` in Python's own whole numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator

from inje.kernels._tables import LOWEST, STEPS, table

__all__ = [
    "Stream",
    "grid_row",
    "grid_row_below",
    "mix",
    "naive_world_key",
    "poisson",
    "sorted_times",
    "word_at",
]

_MASK = (1 << 64) - 1
_LOW = (1 << 32) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_WORLD = 0xD1B54A32D192ED03
_NUMBER = 0xA0761D6478BD642F
_WORDS = 0xE7037ED1A0B428DB
_TIMES = 0x8EBC6AF09C88C6E3


def mix(z: int) -> int:
    """Finalizer of splitmix64."""
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)


def word_at(key: int, position: int) -> int:
    """The word at a position of a stream."""
    return mix((key + _GOLDEN * (position + 1)) & _MASK)


def naive_world_key(seed: int, world: int) -> int:
    """Key of a world under a seed."""
    return mix((mix((seed + _WORLD) & _MASK) + _GOLDEN * (world + 1)) & _MASK)


class Stream:
    """The draws of one piece of a tick of a named stream of a world."""

    def __init__(self, world_key: int, name: int, tick: int, piece: int) -> None:
        stream = mix(world_key ^ (name & _MASK))
        self.key = mix((stream + _GOLDEN * ((tick << 20) + piece + 1)) & _MASK)

    def number_word(self) -> int:
        """The word that decides the number of candidates."""
        return mix(self.key ^ _NUMBER)

    def marks(self) -> Iterator[int]:
        """The marks of the candidates, one after another."""
        words = mix(self.key ^ _WORDS)
        a, b, c, d = self.key & _LOW, self.key >> 32, words & _LOW, words >> 32
        while True:
            mark = (a + b + d) & _LOW
            d = (d + 1) & _LOW
            a = b ^ (b >> 9)
            b = (c + (c << 3)) & _LOW
            c = ((((c << 21) | (c >> 11)) & _LOW) + mark) & _LOW
            yield mark


def sorted_times(stream: Stream, n: int, start: float, length: float) -> list[float]:
    """Times of the candidates."""
    base = stream.key ^ _TIMES
    words = [mix((base + _GOLDEN * (i + 1)) & _MASK) for i in range(n)]
    return sorted(start + length * ((float(z >> 11) + 0.5) / 9007199254740992.0) for z in words)


def grid_row(mean: float) -> int:
    """Row of the smallest mean of the grid that is not below `mean`."""
    means = table().mean
    if mean <= 2.0**LOWEST:
        return 0
    octave = math.floor(math.log2(mean))
    row = (octave - LOWEST) * STEPS
    while row < len(means) - 1 and means[row] < mean:
        row += 1
    return row


def grid_row_below(mean: float) -> int:
    """Row of the largest mean of the grid that is not above `mean`."""
    return max(row for row, each in enumerate(table().mean) if each <= mean)


def poisson(row: int, word: int) -> int:
    """The number at a word, by going through the distribution function."""
    tables = table()
    i = 0
    start = tables.start[row]
    while int(tables.below[start + i]) <= word and tables.below[start + i] < _MASK:
        i += 1
    return int(tables.first[row]) + i
