"""Quantiles, differences and Monte-Carlo errors of weighted draws.

Errors are jackknifed over groups of draws that are independent of each other: worlds by
address under importance sampling, families of particles after narrowing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

__all__ = [
    "GROUPS",
    "Estimate",
    "Weighted",
    "divergence",
    "jackknifed",
    "share_of",
    "weighted_quantiles",
]

#: groups that are left out in turn
GROUPS = 32
QUANTILES = (0.05, 0.5, 0.95)
#: cells of the prior for the divergence
CELLS = 24


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and its Monte-Carlo standard error."""

    value: float
    error: float


@dataclass(frozen=True)
class Weighted:
    """Draws with weights, and the groups that are left out in turn.

    Attributes
    ----------
    weight : (n,), sums to one.
    group : (n,) integers in 0..GROUPS - 1.
    """

    weight: np.ndarray
    group: np.ndarray

    @classmethod
    def equal(cls, size: int) -> Weighted:
        """Unweighted draws."""
        return cls(np.full(size, 1 / max(size, 1)), np.arange(size) % GROUPS)

    @classmethod
    def of(cls, log_weight: np.ndarray, group: np.ndarray) -> Weighted:
        """Draws with these log weights."""
        finite = np.isfinite(log_weight)
        peak = log_weight[finite].max() if finite.any() else 0.0
        weight = np.where(finite, np.exp(np.where(finite, log_weight, peak) - peak), 0.0)
        total = weight.sum()
        return cls(weight / total if total else weight, np.asarray(group, dtype=np.int64) % GROUPS)

    def totals(self, values: np.ndarray) -> np.ndarray:
        """Sum of weight times values by group (GROUPS,)."""
        return np.bincount(self.group, weights=self.weight * values, minlength=GROUPS)

    def mean(self, values: np.ndarray) -> Estimate:
        """Weighted mean of values (n,), with its error."""
        above, below = self.totals(values), self.totals(np.ones(self.weight.size))
        rest = below.sum() - below
        used = (below > 0) & (rest > 0)
        if not used.any():
            return Estimate(float(above.sum()), 0.0)
        without = (above.sum() - above[used]) / rest[used]
        return Estimate(float(above.sum() / below.sum()), jackknifed(without))

    def quantiles(
        self, values: np.ndarray, levels: tuple[float, ...] = QUANTILES
    ) -> tuple[Estimate, ...]:
        """Weighted quantiles of values (n,), with their errors.

        A value that does not exist (nan, an arrival that never came) stands after all others.
        """
        whole, spread = self.left_out(values, levels)
        return tuple(Estimate(float(q), jackknifed(spread[:, i])) for i, q in enumerate(whole))

    def left_out(
        self, values: np.ndarray, levels: tuple[float, ...] = QUANTILES
    ) -> tuple[np.ndarray, np.ndarray]:
        """The same quantiles (levels,), and what they are without each group (groups, levels)."""
        x = np.asarray(values, dtype=float)
        x = np.where(np.isnan(x), np.inf, x)
        order = np.argsort(x)
        x, weight, group = x[order], self.weight[order], self.group[order]
        return _at(x, weight, levels), x[_rows_left_out(weight, group, levels)]


def share_of(event: np.ndarray, weights: np.ndarray) -> float:
    """Sum of the weights (n,) where an event happens (n,), or of weight times value.

    Not a dot product: over so many draws that is cut up by the linear algebra's own threads, which
    wait for each other longer than it takes to add, and its last digits depend on their number.
    """
    return float((weights * event).sum())


def _rows_left_out(
    weight: np.ndarray, group: np.ndarray, levels: tuple[float, ...], block: int = 256
) -> np.ndarray:
    """Rows of sorted draws where the quantiles stand once a group is left out.

    The weight of every group is summed block by block; only the block that a quantile falls
    into is looked through, so that no group costs a pass over all draws.

    Returns
    -------
    int (groups, levels); groups without which nothing is left are left out themselves.
    """
    size, blocks = weight.size, -(-weight.size // block)
    cell = np.arange(size) // block * GROUPS + group
    mass = np.bincount(cell, weights=weight, minlength=blocks * GROUPS).reshape(blocks, GROUPS)
    below = np.cumsum(mass.sum(axis=1, keepdims=True) - mass, axis=0)
    groups = np.flatnonzero(below[-1] > 0)
    aims = below[-1, groups, None] * np.array(levels) * (1 - 1e-12)
    first = [np.searchsorted(below[:, g], aim) for g, aim in zip(groups, aims, strict=True)]
    start = np.minimum(np.reshape(first, aims.shape), blocks - 1)
    before = np.where(start > 0, below[start - 1, groups[:, None]], 0.0)
    rows = start[..., None] * block + np.arange(block)
    rows_held = np.minimum(rows, size - 1)
    counts = (group[rows_held] != groups[:, None, None]) & (rows < size)
    kept = before[..., None] + np.cumsum(np.where(counts, weight[rows_held], 0.0), axis=2)
    passed = (kept < aims[..., None]).sum(axis=2)
    return np.minimum(start * block + passed, size - 1)


def weighted_quantiles(
    values: np.ndarray, weights: np.ndarray, levels: tuple[float, ...] = QUANTILES
) -> np.ndarray:
    """Quantiles of weighted values (n,), without errors; what does not exist stands last."""
    return np.array(sorted_quantiles(values, levels)(weights))


def sorted_quantiles(
    values: np.ndarray, levels: tuple[float, ...] = QUANTILES
) -> Callable[[np.ndarray], tuple[float, ...]]:
    """What gives the quantiles of the same values (n,) under many weights (n,)."""
    x = np.asarray(values, dtype=float)
    x = np.where(np.isnan(x), np.inf, x)
    order = np.argsort(x)
    x = x[order]

    def under(weights: np.ndarray) -> tuple[float, ...]:
        return tuple(map(float, _at(x, np.asarray(weights)[order], levels)))

    return under


def _at(x: np.ndarray, weight: np.ndarray, levels: tuple[float, ...]) -> np.ndarray:
    """Quantiles of sorted x: the first value whose cumulated weight reaches the level."""
    total = np.cumsum(weight)
    row = np.searchsorted(total, np.array(levels) * total[-1] * (1 - 1e-12))
    return x[np.minimum(row, x.size - 1)]


def jackknifed(without: np.ndarray) -> float:
    """Standard error from what a number would be without each group in turn."""
    finite = without[np.isfinite(without)]
    if finite.size < 2:
        return 0.0
    scale = (finite.size - 1) / finite.size
    return float(np.sqrt(scale * np.square(finite - finite.mean()).sum()))


def _cells(prior: np.ndarray) -> np.ndarray:
    """Edges of cells that hold about equal shares of the prior."""
    finite = prior[np.isfinite(prior)]
    if not finite.size:
        return np.empty(0)
    levels = np.quantile(finite, np.linspace(0, 1, CELLS + 1)[1:-1], method="inverted_cdf")
    return np.unique(levels)


def divergence(
    prior: np.ndarray, posterior: np.ndarray, weights: Weighted, *, labels: int = 0
) -> Estimate:
    """Jensen-Shannon divergence of posterior from prior in bits, with its error.

    Parameters
    ----------
    prior : unweighted draws (m,).
    posterior, weights : weighted draws (n,).
    labels : number of categories when the draws are codes; else the prior is cut into 24
        cells of equal share.

    Returns
    -------
    Estimate in bits, between 0 and 1; the error counts both samples.
    """
    cut = np.arange(labels - 1) + 0.5 if labels else _cells(np.asarray(prior, dtype=float))
    size = cut.size + 2

    def cells(values: np.ndarray) -> np.ndarray:
        x = np.asarray(values, dtype=float)
        return np.where(np.isfinite(x), np.searchsorted(cut, x), size - 1)

    before = _table(cells(prior), Weighted.equal(len(prior)), size)
    after = _table(cells(posterior), weights, size)
    whole = before.sum(axis=0, keepdims=True), after.sum(axis=0, keepdims=True)
    left_out = _bits(whole[0] - before, whole[1] - after)
    return Estimate(float(_bits(*whole)[0]), jackknifed(left_out))


def _table(cell: np.ndarray, weights: Weighted, size: int) -> np.ndarray:
    flat = np.bincount(weights.group * size + cell, weights=weights.weight, minlength=GROUPS * size)
    return flat.reshape(GROUPS, size)


def _bits(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """Divergence in bits of row from row (rows, cells); 0 where either has no weight."""
    weights = p.sum(axis=1, keepdims=True), q.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        p, q = p / weights[0], q / weights[1]
        middle = (p + q) / 2
        left = np.where(p > 0, p * np.log2(p / middle), 0.0)
        right = np.where(q > 0, q * np.log2(q / middle), 0.0)
    found = np.maximum(0.0, (left.sum(axis=1) + right.sum(axis=1)) / 2)
    return np.where((weights[0] > 0).ravel() & (weights[1] > 0).ravel(), found, 0.0)
