"""Histograms of weighted draws: prior and posterior over one grid."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inje.posterior import weighted_quantiles
from inje.reporting._data import Density, JointClaim, JointLosses

__all__ = ["density_of", "joint_of"]

BINS = 48
JOINT_BINS = 30
#: quantiles that the grid reaches from and to, of prior and posterior together
_TAILS = (0.004, 0.996)
#: a positive quantity whose prior spans more than this factor is drawn on the log scale
_LOGARITHMIC = 60.0
#: so is a count whose 95 % quantile exceeds its median by this factor
_TAIL = 8.0


LEVELS = (_TAILS[0], 0.05, 0.5, 0.95, _TAILS[1])


def _quantiles(values: np.ndarray, weights: np.ndarray | None) -> tuple[float, ...]:
    """Quantiles at `LEVELS`; unweighted where there are no weights. One sort."""
    if weights is None:
        found = np.quantile(values, LEVELS, method="inverted_cdf")
        return tuple(map(float, found))
    return tuple(map(float, weighted_quantiles(values, weights, LEVELS)))


def _finite(values: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    x = np.asarray(values, dtype=float)
    kept = np.isfinite(x) & (weights > 0)
    return x[kept], weights[kept]


def density_of(
    prior: np.ndarray, posterior: np.ndarray, weights: np.ndarray, *, whole: bool
) -> Density | None:
    """Prior and posterior mass over a grid that holds nearly all of both.

    Parameters
    ----------
    prior : unweighted draws (m,). posterior, weights : weighted draws (n,).
    whole : the quantity counts: bins end halfway between integers.

    Returns
    -------
    Density, or None where nothing is finite or everything is one value.
    """
    before, even = _finite(prior, np.ones(len(prior)))
    after, weight = _finite(posterior, weights)
    if not before.size or not after.size:
        return None
    told = _quantiles(before, None), _quantiles(after, weight)
    low, high = min(q[0] for q in told), max(q[-1] for q in told)
    if not high > low:
        return None
    logarithmic = any(_heavy(quantiles, low, whole=whole) for quantiles in told)
    edges = _edges(low, high, whole=whole, logarithmic=logarithmic)
    return Density(
        tuple(map(float, edges)),
        _mass(before, even, edges),
        _mass(after, weight, edges),
        logarithmic,
    )


def _heavy(quantiles: tuple[float, ...], low: float, *, whole: bool) -> bool:
    """Whether a quantity is better drawn on the log scale: a count with a long tail, or wide."""
    _, least, middle, high, _ = quantiles
    if whole and low >= 0:
        return high > _TAIL * max(middle, 1.0) or high > _TAIL**1.5 * max(least, 1.0)
    return low > 0 and high > _LOGARITHMIC * least


def _edges(
    low: float, high: float, *, whole: bool, logarithmic: bool, bins: int = BINS
) -> np.ndarray:
    if logarithmic and whole:
        inner = np.expm1(np.linspace(np.log1p(low), np.log1p(high), bins + 1))
        return np.unique(np.append(np.floor(low), np.floor(inner) + 1)) - 0.5
    if logarithmic:
        return np.geomspace(low, high, bins + 1)
    if whole:
        step = max(1, int(np.ceil((high - low + 1) / bins)))
        count = int(np.ceil((high - low + 1) / step))
        return np.floor(low) - 0.5 + step * np.arange(count + 1)
    return np.linspace(low, high, bins + 1)


def _mass(values: np.ndarray, weights: np.ndarray, edges: np.ndarray) -> tuple[float, ...]:
    counts, _ = np.histogram(values, bins=edges, weights=weights)
    return tuple((counts / weights.sum()).tolist())


def joint_of(
    x: np.ndarray,
    y: np.ndarray,
    weights: np.ndarray,
    labels: tuple[str, str],
    claims: Sequence[JointClaim],
) -> JointLosses | None:
    """Joint posterior mass of two losses; the grid shows the claims too.

    Parameters
    ----------
    x, y, weights : draws and their weights, each (n,).
    labels : of the axes.
    claims : drawn into it.
    """
    kept = np.isfinite(x) & np.isfinite(y) & (weights > 0)
    if not kept.any():
        return None
    share = weights[kept]
    told = [_quantiles(values[kept], share) for values in (x, y)]
    wide = any(_heavy(quantiles, 0.0, whole=True) for quantiles in told)
    said = ([v for c in claims for v in c.x or ()], [v for c in claims for v in c.y or ()])
    edges = []
    for quantiles, named in zip(told, said, strict=True):
        low, high = min([quantiles[0], *named]), max([quantiles[-1], *named])
        edges.append(_edges(low, max(high, low + 1), whole=True, logarithmic=wide, bins=JOINT_BINS))
    mass, _, _ = np.histogram2d(y[kept], x[kept], bins=(edges[1], edges[0]), weights=weights[kept])
    mass /= share.sum()
    return JointLosses(
        labels[0],
        labels[1],
        tuple(map(float, edges[0])),
        tuple(map(float, edges[1])),
        tuple(tuple(map(float, row)) for row in mass),
        tuple(claims),
        wide,
    )
