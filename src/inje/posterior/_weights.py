"""Weighted worlds: sums in a fixed order, effective size, tail index, a bounded sample.

Sums run over a fixed binary tree of blocks of 2^14 worlds, so that no number depends on how
many threads there were or how the work was cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

__all__ = [
    "BLOCK",
    "Kept",
    "WeightSums",
    "effective_of",
    "effective_size",
    "pareto_k",
    "systematic",
    "truncated",
    "uniforms_of",
]

#: worlds in a leaf of the tree of sums
BLOCK = 1 << 14
#: fewest worlds of a sample that is thinned, and the share of effective ones that it must leave
THIN, LEFT = 1 << 13, 0.85


@dataclass(frozen=True, slots=True)
class WeightSums:
    """Sums of weights over a range of worlds, relative to exp(peak).

    Attributes
    ----------
    peak : largest log weight.
    total, squares : sums of exp(log w - peak) and of its square.
    worlds : how many.
    """

    peak: float
    total: float
    squares: float
    worlds: int

    @classmethod
    def of(cls, log_weight: np.ndarray) -> WeightSums:
        """Sums over one block (n,)."""
        peak = float(log_weight.max(initial=-np.inf))
        if peak == -np.inf:
            return cls(peak, 0.0, 0.0, log_weight.size)
        weight = np.exp(log_weight - peak)
        return cls(peak, float(weight.sum()), float(np.square(weight).sum()), log_weight.size)

    def __add__(self, other: WeightSums) -> WeightSums:
        peak = max(self.peak, other.peak)
        if peak == -np.inf:
            return WeightSums(peak, 0.0, 0.0, self.worlds + other.worlds)
        a, b = float(np.exp(self.peak - peak)), float(np.exp(other.peak - peak))
        return WeightSums(
            peak,
            self.total * a + other.total * b,
            self.squares * a * a + other.squares * b * b,
            self.worlds + other.worlds,
        )

    @classmethod
    def tree(cls, blocks: Sequence[WeightSums]) -> WeightSums:
        """Sum over blocks in the order of a binary tree on their indices."""
        if not blocks:
            return cls(-np.inf, 0.0, 0.0, 0)
        level = list(blocks)
        while len(level) > 1:
            pairs = [a + b for a, b in zip(level[::2], level[1::2], strict=False)]
            level = pairs + level[len(pairs) * 2 :]
        return level[0]

    @property
    def ess(self) -> float:
        """Effective number of worlds (Kong 1992)."""
        return self.total**2 / self.squares if self.squares else 0.0

    @property
    def log_evidence(self) -> float:
        """Logarithm of the mean weight."""
        if not self.total:
            return -np.inf
        return float(self.peak + np.log(self.total / self.worlds))

    @property
    def evidence_error(self) -> float:
        """Monte-Carlo standard error of `log_evidence`."""
        return float(np.sqrt(max(1 / self.ess - 1 / self.worlds, 0))) if self.ess else np.inf


def effective_size(log_weight: np.ndarray) -> float:
    """Effective number of draws among weighted ones (n,)."""
    return WeightSums.of(np.asarray(log_weight)).ess


def effective_of(weight: np.ndarray) -> float:
    """The same of weights that are no logarithms (n,), not all of them zero."""
    return float(weight.sum() ** 2 / np.square(weight).sum())


def truncated(weight: np.ndarray, worlds: int) -> np.ndarray:
    """Weights of which none exceeds the mean of all worlds by more than the root of their number.

    Ionides, Truncated importance sampling (2008).

    Parameters
    ----------
    weight : (n,), not logarithms. worlds : how many there were; of the others none weighs anything,
        or this is a sample that stands for them.
    """
    return np.minimum(weight, weight.sum() / np.sqrt(worlds))


def pareto_k(log_weight: np.ndarray) -> float:
    """Tail index of the largest weights: above .7 an importance estimate is not to be trusted.

    The largest 3 sqrt(n) weights (n/5 of few), a generalised Pareto distribution fitted by Zhang
    & Stephens (2009) and shrunk towards .5 (Vehtari, Simpson, Gelman, Yao & Gabry 2024).

    Parameters
    ----------
    log_weight : (n,).
    """
    finite = np.sort(log_weight[np.isfinite(log_weight)])
    tail = int(3 * np.sqrt(finite.size) if finite.size > 225 else finite.size / 5)
    if tail < 5:
        return np.inf
    weight = np.exp(finite - finite[-1])
    excess = weight[-tail:] - weight[-tail - 1]
    if excess[-1] <= 1e-12:
        return 0.0  # the largest weights are all alike: no tail
    k = _generalised_pareto(excess)
    return float((tail * k + 10 * 0.5) / (tail + 10))


def _generalised_pareto(x: np.ndarray) -> float:
    """Shape of a generalised Pareto distribution by Zhang & Stephens (2009); x > 0 sorted."""
    x = np.maximum(x, np.finfo(float).tiny)
    n, grid = x.size, 30 + int(np.sqrt(x.size))
    j = np.arange(1, grid + 1)
    b = 1 / x[-1] + (1 - np.sqrt(grid / (j - 0.5))) / (3 * x[int(n / 4 + 0.5) - 1])
    with np.errstate(divide="ignore", invalid="ignore"):
        k = np.log1p(-b[:, None] * x).mean(axis=1)
        profile = n * (np.log(-b / k) - k - 1)
    profile = np.where(np.isfinite(profile), profile, -np.inf)
    share = np.exp(profile - profile.max())
    return float(np.log1p(-(b @ share / share.sum()) * x).mean())


def uniforms_of(index: np.ndarray, seed: int) -> np.ndarray:
    """A number in (0, 1) for every world, a pure function of seed and index (splitmix64)."""
    with np.errstate(over="ignore"):
        x = np.asarray(index).astype(np.uint64)
        x = x * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed) * np.uint64(0xD1342543DE82EF95)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        x ^= x >> np.uint64(31)
    return ((x >> np.uint64(11)).astype(float) + 0.5) / 2.0**53


def systematic(weights: np.ndarray, size: int, u: float) -> np.ndarray:
    """Rows (size,), ascending, by systematic resampling; `u` in [0, 1) shifts the comb."""
    cumulated = np.cumsum(weights)
    points = (np.arange(size) + u) / size * cumulated[-1]
    return np.minimum(np.searchsorted(cumulated, points), len(weights) - 1)


@dataclass(frozen=True)
class Kept:
    """A bounded sample of weighted worlds: priority sampling (Duffield, Lund & Thorup 2007).

    A world of weight w and uniform u has priority w / u; the `size` largest are kept, and
    their weights become max(w, threshold). Sums stay unbiased, heavy worlds stay as they are,
    and the result does not depend on the order in which worlds came.

    Attributes
    ----------
    size : how many worlds are kept at most.
    index, log_weight, priority : (n,), ordered by index; n <= size + 1 until `settled`.
    columns : their outcomes, each (n,).
    """

    size: int
    index: np.ndarray
    log_weight: np.ndarray
    priority: np.ndarray
    columns: Mapping[str, np.ndarray]

    @classmethod
    def empty(cls, size: int) -> Kept:
        """Nothing yet."""
        return cls(size, np.empty(0, np.int64), np.empty(0), np.empty(0), {})

    @classmethod
    def of(
        cls, size: int, start: int, log_weight: np.ndarray, worlds: Mapping[str, np.ndarray],
        seed: int, floor: float = -np.inf,
    ) -> Kept:  # fmt: skip
        """Candidates of one block that begins at world `start`; none below priority `floor`."""
        index = np.arange(start, start + log_weight.size, dtype=np.int64)
        priority = log_weight - np.log(uniforms_of(index, seed))
        rows = np.flatnonzero((priority >= floor) & np.isfinite(priority))
        columns = {name: np.asarray(values)[rows] for name, values in worlds.items()}
        return cls(size, index[rows], log_weight[rows], priority[rows], columns)

    @classmethod
    def merged(cls, parts: Sequence[Kept]) -> Kept:
        """The largest of several samples."""
        filled = [part for part in parts if part.index.size] or list(parts[:1])
        whole = cls(
            filled[0].size,
            np.concatenate([part.index for part in filled]),
            np.concatenate([part.log_weight for part in filled]),
            np.concatenate([part.priority for part in filled]),
            {
                name: np.concatenate([part.columns[name] for part in filled])
                for name in filled[0].columns
            },
        )
        return whole._largest(whole.size + 1)

    def _largest(self, count: int) -> Kept:
        if self.index.size <= count:
            rows = np.argsort(self.index, kind="stable")
        else:
            # Ties go to the earlier world, whatever order they came in.
            order = np.lexsort((self.index, -self.priority))[:count]
            rows = order[np.argsort(self.index[order], kind="stable")]
        return Kept(
            self.size,
            self.index[rows],
            self.log_weight[rows],
            self.priority[rows],
            {name: values[rows] for name, values in self.columns.items()},
        )

    @property
    def floor(self) -> float:
        """Priority below which no world can be kept any more."""
        return float(self.priority.min()) if self.index.size > self.size else -np.inf

    def settled(self) -> Kept:
        """The sample with its weights made unbiased."""
        if self.index.size <= self.size:
            return self
        threshold = self.floor
        kept = self._largest(self.size)
        weight = np.maximum(kept.log_weight, threshold)
        return Kept(kept.size, kept.index, weight, kept.priority, kept.columns)

    def thinned(self, wanted: float) -> Kept:
        """The smallest sample that leaves `wanted` effective worlds and loses few, settled.

        It is the sample that a smaller `size` would have kept, of the same worlds.
        """
        whole = self.settled()
        least = max(wanted, LEFT * effective_size(whole.log_weight))
        size = THIN
        while size < min(self.size, self.index.size):
            fewer = Kept.merged([replace(self, size=size)]).settled()
            if effective_size(fewer.log_weight) >= least:
                return fewer
            size *= 2
        return whole
