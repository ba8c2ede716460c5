"""What many worlds show, counted as they stream by: flat memory, and the same in any order.

Values are counted in bins of one 4,096th of their octave: whole numbers up to 8,192 are exact,
all others are known to one part in 4,096. Sums are kept as exact fractions. So two tallies
added make the tally of all their worlds, to the bit, however the worlds were dealt out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

__all__ = ["Tally"]

#: bits of the mantissa that a bin does not tell apart
SHIFT = 40
#: the bin of 2^-30: magnitudes below it count as zero
BASE = int(np.float64(2.0**-30).view(np.int64)) >> SHIFT
#: whole numbers below this have a bin of their own
EXACT = 1 << 13


@dataclass(frozen=True)
class Tally:
    """One column of many worlds.

    Attributes
    ----------
    whole : whether its values are whole numbers.
    keys, counts : (bins,) int64, the bins that hold a value, in order, and how many they hold.
    never, missing : worlds where it is infinite (an arrival that never comes), or not a number.
    total, squares : exact sums of the sums that each block of worlds has, and of its squares.
    """

    whole: bool
    keys: NDArray[np.int64]
    counts: NDArray[np.int64]
    never: int
    missing: int
    total: Fraction
    squares: Fraction

    @classmethod
    def of(cls, column: NDArray[np.generic]) -> Tally:
        """Count one block of worlds (n,)."""
        if column.size > 1 and column.strides == (0,):
            return cls.of(np.array(column[:1])).times(column.size)
        x = np.asarray(column, dtype=np.float64)
        never = missing = 0
        whole = column.dtype.kind in "iub"
        if not whole:
            missing = int(np.isnan(x).sum())
            finite = np.isfinite(x)
            never = x.size - missing - int(finite.sum())
            x = x if never + missing == 0 else x[finite]
            whole = bool((x == np.rint(x)).all())
        keys, counts = _counted(x)
        total = Fraction(float(x.sum())) if x.size else Fraction(0)
        squares = Fraction(float(np.square(x).sum())) if x.size else Fraction(0)
        return cls(whole, keys, counts, never, missing, total, squares)

    def times(self, worlds: int) -> Tally:
        """The tally of this many worlds, each like those counted here."""
        return Tally(
            self.whole,
            self.keys,
            self.counts * worlds,
            self.never * worlds,
            self.missing * worlds,
            self.total * worlds,
            self.squares * worlds,
        )

    def __add__(self, other: Tally) -> Tally:
        keys, place = np.unique(np.concatenate([self.keys, other.keys]), return_inverse=True)
        counts = np.zeros(keys.size, np.int64)
        np.add.at(counts, place.ravel(), np.concatenate([self.counts, other.counts]))
        return Tally(
            self.whole and other.whole,
            keys,
            counts,
            self.never + other.never,
            self.missing + other.missing,
            self.total + other.total,
            self.squares + other.squares,
        )

    @property
    def finite(self) -> int:
        """Worlds where it is a number."""
        return int(self.counts.sum())

    @property
    def mean(self) -> float | None:
        """Mean where it is a number; None where it never is."""
        return float(self.total / self.finite) if self.finite else None

    @property
    def sd(self) -> float | None:
        """Standard deviation where it is a number; None for fewer than two worlds."""
        n = self.finite
        if n < 2:
            return None
        variance = (self.squares - self.total * self.total / n) / (n - 1)
        return math.sqrt(max(0.0, float(variance)))

    def quantiles(self, levels: Sequence[float] = (0.05, 0.5, 0.95)) -> tuple[float, ...]:
        """Quantiles over all worlds; what never happens stands after everything (inf)."""
        cumulated = np.cumsum(self.counts)
        worlds = int(cumulated[-1]) + self.never if cumulated.size else self.never
        found = []
        for level in levels:
            row = int(np.searchsorted(cumulated, max(1, math.ceil(level * worlds))))
            found.append(self._value(int(self.keys[row])) if row < self.keys.size else math.inf)
        return tuple(found)

    def shares(self, labels: Sequence[str]) -> dict[str, float]:
        """Share of the worlds by label of a coded column; code -1 is nobody."""
        worlds = self.finite or 1
        found = dict.fromkeys(labels, 0.0)
        for key, count in zip(self.keys.tolist(), self.counts.tolist(), strict=True):
            code = int(self._value(key))
            name = labels[code] if 0 <= code < len(labels) else "none"
            found[name] = found.get(name, 0.0) + count / worlds
        return found

    def _value(self, key: int) -> float:
        """The value that stands for a bin: exact for small whole numbers, else its middle."""
        if key == 0:
            return 0.0
        edges = np.array([abs(key) + BASE, abs(key) + BASE + 1], np.int64) << SHIFT
        low, high = edges.view(np.float64).tolist()
        value = low if self.whole and low < EXACT else (low + high) / 2
        return math.copysign(value, key)


def _counted(x: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Keys of the bins that hold values of x (n,), and how many."""
    if not x.size:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    keys = np.abs(x).view(np.int64) >> SHIFT
    np.subtract(keys, BASE, out=keys)
    np.maximum(keys, 0, out=keys)
    low_value = float(x.min())
    if low_value < 0:
        np.negative(keys, out=keys, where=x < 0)
    low = int(keys.min())
    keys -= low
    counts = np.bincount(keys)
    (held,) = np.nonzero(counts)
    return held + low, counts[held].astype(np.int64)
