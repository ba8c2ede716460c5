"""Scores of forecasts, with errors that respect the wars."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from inje.gallery._battles import Battles
from inje.gallery._mixture import Mixture
from inje.gallery._rolling import past_of

__all__ = [
    "Clustered",
    "base_rate_score",
    "clustered_mean",
    "hartley_score",
    "scalar_log_density",
]

# Fewer battles of the era than this, and the base rate is taken from all the past.
_ERA_LEAST = 10
_GRID = 400


@dataclass(frozen=True)
class Clustered:
    """A mean whose rows come in clusters.

    Attributes
    ----------
    mean : the mean over rows.
    error : standard error, clustered (Liang & Zeger 1986, Biometrika 73, 13-22).
    half_width : of the 95 % interval, by a t whose degrees of freedom are the
        effective number of clusters less one (Carter, Schnepel & Steigerwald 2017,
        Review of Economics and Statistics 99, 698-709).
    clusters : their number.
    effective : (sum of sizes)^2 / sum of squared sizes.
    """

    mean: float
    error: float
    half_width: float
    clusters: int
    effective: float


def clustered_mean(values: np.ndarray, clusters: np.ndarray) -> Clustered:
    """Mean of `values` (n,) with clusters given by codes (n,)."""
    _, code = np.unique(clusters, return_inverse=True)
    mean = float(values.mean())
    sums = np.bincount(code, weights=values - mean)
    sizes = np.bincount(code)
    count = len(sizes)
    if count < 2:
        return Clustered(mean, np.nan, np.nan, count, 1.0)
    error = float(np.sqrt(count / (count - 1) * (sums**2).sum()) / len(values))
    effective = float(sizes.sum() ** 2 / (sizes**2).sum())
    freedom = max(effective - 1, 1.0)
    return Clustered(mean, error, float(stats.t.ppf(0.975, freedom)) * error, count, effective)


def base_rate_score(known: Battles, row: int) -> float:
    """Log density of both log losses by the base rate of the era.

    The base rate: log losses over own strength of the past battles of the same era
    are bivariate normal with unknown mean and covariance (Jeffreys' prior), so the
    forecast is a bivariate t. Learned from the same past as the model's forecast.
    """
    past = past_of(known, known.start[row])
    same = past[known.era[past] == known.era[row]]
    rows = same if len(same) >= _ERA_LEAST else past
    fractions = known.log_fractions
    x, n = fractions[rows], len(rows)
    freedom = n - 2
    shape = np.cov(x.T) * (n - 1) / freedom * (n + 1) / n
    rival = stats.multivariate_t(loc=x.mean(axis=0), shape=shape, df=freedom)
    return float(rival.logpdf(fractions[row]))


def hartley_score(known: Battles, scalar: np.ndarray, row: int) -> float:
    """Log density of Hartley's scalar by Hartley's regression, fitted to the same past.

    Least squares of the scalar on the log force ratio; the forecast is a t.
    """
    past = past_of(known, known.start[row])
    rows = past[np.isfinite(scalar[past])]
    design = np.column_stack([np.ones(len(rows)), known.ratio[rows]])
    inverse = np.linalg.inv(design.T @ design)
    beta = inverse @ design.T @ scalar[rows]
    residual = scalar[rows] - design @ beta
    freedom = len(rows) - 2
    here = np.array([1.0, known.ratio[row]])
    spread = np.sqrt(residual @ residual / freedom * (1 + here @ inverse @ here))
    return float(stats.t.logpdf(scalar[row], freedom, here @ beta, spread))


def scalar_log_density(forecast: Mixture, ratio: float, scalar: float) -> float:
    """Log density of Hartley's scalar under a forecast of log loss fractions (u, v).

    The scalar is 2 ratio + h(u) - h(v). Its density is that of (u, v) integrated
    along the curve of equal scalar, given that no side loses more than it has.
    """
    # Along the curve h(u) = top - y^2: the square takes away the pole at a loss of 1.
    top = min(0.0, scalar - 2 * ratio)
    # From 1e-8 of the strength on, which no forecast in use comes near.
    y = (np.arange(_GRID) + 0.5) / _GRID * np.sqrt(18.0)
    hu = top - y**2
    hv = hu + 2 * ratio - scalar
    fu, fv = (1 - np.sqrt(-np.expm1(h)) for h in (hu, hv))
    slopes = (2 - 2 * fu) / (2 - fu) * (2 - 2 * fv) / (2 - fv)
    density = np.exp(forecast.log_density(np.column_stack([np.log(fu), np.log(fv)])))
    integral = (density / slopes * 2 * y).sum() * np.sqrt(18.0) / _GRID
    return float(np.log(integral) - np.log(forecast.mass_below(0.0)))
