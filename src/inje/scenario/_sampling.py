"""Priors by inversion: uniform numbers in, draws out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy import special

from inje.scenario._quantity import Prior, Quantity

__all__ = ["log_density", "quantile"]


def _cdf(prior: Prior, x: np.ndarray | float, shift: np.ndarray | float) -> np.ndarray:
    """Distribution function of the untruncated prior; `shift` moves a log-median."""
    x = np.asarray(x, dtype=float)
    match prior.family:
        case "normal":
            return special.ndtr((x - prior.mean) / prior.sd)
        case "lognormal":
            log = np.log(np.maximum(x, np.finfo(float).tiny))
            return np.where(
                x > 0, special.ndtr((log - np.log(prior.median) - shift) / prior.sigma), 0.0
            )
        case "uniform":
            return np.clip((x - prior.low) / (prior.high - prior.low), 0, 1)
        case "loguniform":
            log = np.log(np.maximum(x, np.finfo(float).tiny))
            return np.clip((log - np.log(prior.low)) / np.log(prior.high / prior.low), 0, 1)
        case "beta":
            return special.betainc(prior.a, prior.b, np.clip(x, 0, 1))
        case "gamma":
            return special.gammainc(prior.shape, np.maximum(x, 0) * prior.shape / prior.mean)
        case "exponential":
            return -np.expm1(-np.maximum(x, 0) / prior.mean)


def _inverse(prior: Prior, u: np.ndarray, shift: np.ndarray | float) -> np.ndarray:
    """Quantile function of the untruncated prior."""
    match prior.family:
        case "normal":
            return prior.mean + prior.sd * special.ndtri(u)
        case "lognormal":
            return np.exp(np.log(prior.median) + shift + prior.sigma * special.ndtri(u))
        case "uniform":
            return prior.low + (prior.high - prior.low) * u
        case "loguniform":
            return prior.low * (prior.high / prior.low) ** u
        case "beta":
            return special.betaincinv(prior.a, prior.b, u)
        case "gamma":
            return special.gammaincinv(prior.shape, u) * prior.mean / prior.shape
        case "exponential":
            return -prior.mean * np.log1p(-u)


def _shift(prior: Prior, others: Mapping[str, np.ndarray]) -> np.ndarray | float:
    """Logarithm of the factor on the median that other quantities bring."""
    terms = [
        power * np.log(np.maximum(others[path], 1e-12) / prior.at.get(path, 1.0))
        for path, power in prior.derives_from.items()
    ]
    return sum(terms) if terms else 0.0


def quantile(
    quantity: Quantity, uniform: np.ndarray, others: Mapping[str, np.ndarray]
) -> np.ndarray:
    """Draws of a quantity by inversion; see `Quantity.quantile`."""
    u = np.asarray(uniform, dtype=float)
    if quantity.prior is None:
        draws = np.full(u.shape, float(quantity.value or 0.0))
    else:
        draws = _truncated(quantity.prior, u, _shift(quantity.prior, others))
    return np.rint(draws) if quantity.whole else draws


def _truncated(prior: Prior, u: np.ndarray, shift: np.ndarray | float) -> np.ndarray:
    if prior.family in ("uniform", "loguniform"):
        return _inverse(prior, u, 0.0)
    low = 0.0 if prior.low is None else _cdf(prior, prior.low, shift)
    high = 1.0 if prior.high is None else _cdf(prior, prior.high, shift)
    draws = _inverse(prior, low + (high - low) * u, shift)
    # Rounding in the tails may step outside the bounds by an ulp.
    return (
        np.clip(draws, prior.low, prior.high) if (prior.low, prior.high) != (None, None) else draws
    )


def log_density(
    quantity: Quantity, x: np.ndarray, others: Mapping[str, np.ndarray] | None = None
) -> np.ndarray:
    """Log density of the prior at `x` (unrounded draws), -inf outside its bounds.

    A fixed value has no density: 0 everywhere, since it is never moved.
    """
    prior = quantity.prior
    x = np.asarray(x, dtype=float)
    if prior is None:
        return np.zeros(x.shape)
    shift = _shift(prior, others or {})
    inside = np.ones(x.shape, dtype=bool)
    if prior.low is not None:
        inside &= x >= prior.low
    if prior.high is not None:
        inside &= x <= prior.high
    with np.errstate(divide="ignore", invalid="ignore"):
        value = _raw_log_density(prior, x, shift) - _log_mass(prior, shift)
    return np.where(inside, value, -np.inf)


def _log_mass(prior: Prior, shift: np.ndarray | float) -> np.ndarray | float:
    if prior.family in ("uniform", "loguniform"):
        return 0.0
    low = 0.0 if prior.low is None else _cdf(prior, prior.low, shift)
    high = 1.0 if prior.high is None else _cdf(prior, prior.high, shift)
    return np.log(high - low)


def _raw_log_density(prior: Prior, x: np.ndarray, shift: np.ndarray | float) -> np.ndarray:
    root = 0.5 * np.log(2 * np.pi)
    match prior.family:
        case "normal":
            return -0.5 * ((x - prior.mean) / prior.sd) ** 2 - np.log(prior.sd) - root
        case "lognormal":
            z = (np.log(x) - np.log(prior.median) - shift) / prior.sigma
            return np.where(x > 0, -0.5 * z**2 - np.log(prior.sigma) - root - np.log(x), -np.inf)
        case "uniform":
            return np.full(x.shape, -np.log(prior.high - prior.low))
        case "loguniform":
            return -np.log(x) - np.log(np.log(prior.high / prior.low))
        case "beta":
            return (
                special.xlogy(prior.a - 1, x)
                + special.xlog1py(prior.b - 1, -x)
                - special.betaln(prior.a, prior.b)
            )
        case "gamma":
            rate = prior.shape / prior.mean
            return (
                prior.shape * np.log(rate)
                - special.gammaln(prior.shape)
                + special.xlogy(prior.shape - 1, x)
                - rate * x
            )
        case "exponential":
            return np.where(x >= 0, -x / prior.mean - np.log(prior.mean), -np.inf)
