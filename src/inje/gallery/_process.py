"""A hierarchical regression with several outcomes, fitted in closed form.

    Y = F + E,   F ~ matrix normal(0, K, S),   E_i ~ t with scale d_i S,   S ~ inverse Wishart

K is a sum of covariances, one per level of the hierarchy (size, force ratio,
posture, ground, war, campaign, trend in time, and slopes that drift with the
trend), so a new war borrows from its time, and a battle from its war. With the
weights of the t given, F and S integrate out: the evidence and the forecasts are
closed forms (matrix t; Dawid 1981, Biometrika 68, 265-274). The variances of the
levels maximise evidence times prior (empirical Bayes); the weights of the t follow
by expectation-maximisation (Lange, Little & Taylor 1989, JASA 84, 881-896).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_solve, cholesky, solve_triangular
from scipy.optimize import minimize

__all__ = ["FREEDOM", "Fit", "Levels", "Process", "covariance", "noise", "start_values"]

# Variance of the common intercept, relative to the noise: nearly flat.
_INTERCEPT = 10.0
# Prior of every log variance ratio: a level explains a tenth of the noise, give or
# take a factor e; of the memory of the trend: 50 years; assumed.
_RATIO, _MEMORY, _SPREAD = 0.1, 50.0, 1.0
# Prior sd of the exponent by which noise falls with size; assumed.
_SIZE_SPREAD = 0.3
# Degrees of freedom of the noise; assumed, between normal and Cauchy.
FREEDOM = 6.0
# Prior of S: six degrees of freedom about .8, a factor 2.4 for one sd; assumed.
_WISHART, _VARIANCE = 6.0, 0.8
# Steps of expectation-maximisation at a time.
_REWEIGHINGS = 2


@dataclass(frozen=True)
class Levels:
    """Inputs of n rows.

    Attributes
    ----------
    fixed : features by level, each shape (n, k): the level's covariance is X X'.
    groups : codes by level, each shape (n,): covariance 1 within a group.
    drifting : features whose slopes drift with the trend, each shape (n, k).
    year : shape (n,), for the trend.
    size : shape (n,), on which the noise depends.
    """

    fixed: Mapping[str, np.ndarray]
    groups: Mapping[str, np.ndarray]
    drifting: Mapping[str, np.ndarray]
    year: np.ndarray
    size: np.ndarray

    @property
    def names(self) -> tuple[str, ...]:
        """Levels in the order of the parameters, then memory and size."""
        drifts = (f"drifting {name}" for name in self.drifting)
        return (*self.fixed, *self.groups, "trend", *drifts, "memory", "noise by size")

    def __len__(self) -> int:
        return len(self.year)

    def take(self, rows: np.ndarray) -> Levels:
        """The levels of some rows; a row may be taken more than once."""
        return Levels(
            {name: x[rows] for name, x in self.fixed.items()},
            {name: codes[rows] for name, codes in self.groups.items()},
            {name: x[rows] for name, x in self.drifting.items()},
            self.year[rows],
            self.size[rows],
        )

    def supposing(self, name: str, values: np.ndarray) -> Levels:
        """The same rows, with other values of one feature, shape (n,)."""
        column = values[:, None]
        fixed = {key: column if key == name else x for key, x in self.fixed.items()}
        drifting = {key: column if key == name else x for key, x in self.drifting.items()}
        return Levels(fixed, self.groups, drifting, self.year, self.size)

    def static(self, others: Levels) -> np.ndarray:
        """Covariances without trend, shape (levels, len(self), len(others))."""
        linear = [x @ others.fixed[name].T for name, x in self.fixed.items()]
        same = [codes[:, None] == others.groups[name] for name, codes in self.groups.items()]
        return np.stack([*linear, *(pairs.astype(float) for pairs in same)])

    def drift(self, others: Levels) -> np.ndarray:
        """What is multiplied by the trend, shape (1 + drifting, self, others)."""
        linear = [x @ others.drifting[name].T for name, x in self.drifting.items()]
        return np.stack([np.ones((len(self), len(others))), *linear])

    def years_apart(self, others: Levels) -> np.ndarray:
        """Absolute difference in years, shape (self, others)."""
        return np.abs(self.year[:, None] - others.year)


def start_values(levels: Levels) -> np.ndarray:
    """Centre of the prior: log variance ratios, log memory, noise exponent."""
    ratios = len(levels.names) - 2
    return np.concatenate([np.full(ratios, np.log(_RATIO)), [np.log(_MEMORY), 0.0]])


def _spreads(levels: Levels) -> np.ndarray:
    return np.concatenate([np.full(len(levels.names) - 1, _SPREAD), [_SIZE_SPREAD]])


def covariance(theta: np.ndarray, levels: Levels, others: Levels) -> np.ndarray:
    """K between the rows of two tables of the same levels, without noise."""
    ratios = np.exp(theta[:-2])
    split = len(levels.fixed) + len(levels.groups)
    trend = np.exp(-levels.years_apart(others) / np.exp(theta[-2]))
    held = np.tensordot(ratios[:split], levels.static(others), 1)
    moved = np.tensordot(ratios[split:], levels.drift(others), 1)
    return _INTERCEPT + held + moved * trend


def noise(theta: np.ndarray, levels: Levels) -> np.ndarray:
    """Variance of the noise relative to S, before the weights of the t."""
    return np.exp(theta[-1] * levels.size)


@dataclass(frozen=True)
class Fit:
    """A process conditioned on its rows: what a forecast needs.

    `theta` are the log parameters, `weights` those of the t, `lower` the Cholesky
    factor of K + noise, `white` lower^-1 Y, `scale` the posterior mean of S (p, p).
    """

    levels: Levels
    centre: np.ndarray
    theta: np.ndarray
    weights: np.ndarray
    lower: np.ndarray
    white: np.ndarray
    scale: np.ndarray

    def forecast(self, levels: Levels) -> tuple[np.ndarray, np.ndarray]:
        """Mean (m, p) and variance (m,) relative to S of F at new rows, without noise."""
        cross = covariance(self.theta, self.levels, levels)
        q = solve_triangular(self.lower, cross, lower=True, check_finite=False)
        own = np.diag(covariance(self.theta, levels, levels))
        return self.centre + q.T @ self.white, own - (q**2).sum(axis=0)


@dataclass(frozen=True)
class Process:
    """The regression of `outcomes` (n, p), less `centre` (p,), on `levels`."""

    levels: Levels
    outcomes: np.ndarray
    centre: np.ndarray

    def take(self, rows: np.ndarray) -> Process:
        """The process of some rows only."""
        return Process(self.levels.take(rows), self.outcomes[rows], self.centre)

    def learn(
        self, theta: np.ndarray, weights: np.ndarray, steps: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """Parameters and weights after `steps` steps from `theta`."""
        objective = _Evidence(self, weights)
        options = {"maxiter": steps}
        found = minimize(objective, theta, jac=True, method="L-BFGS-B", options=options).x
        for _ in range(_REWEIGHINGS):
            weights = self._reweighed(self.condition(found, weights))
        return found, weights

    def condition(self, theta: np.ndarray, weights: np.ndarray) -> Fit:
        """Condition on the outcomes."""
        k = covariance(theta, self.levels, self.levels)
        k[np.diag_indices_from(k)] += noise(theta, self.levels) / weights
        lower = cholesky(k, lower=True, overwrite_a=True, check_finite=False)
        y = self.outcomes - self.centre
        white = solve_triangular(lower, y, lower=True, check_finite=False)
        n, p = y.shape
        scatter = np.eye(p) * _VARIANCE * (_WISHART - p - 1) + white.T @ white
        scale = scatter / (_WISHART + n - p - 1)
        return Fit(self.levels, self.centre, theta, weights, lower, white, scale)

    def _reweighed(self, fit: Fit) -> np.ndarray:
        y = self.outcomes - self.centre
        inverse = cho_solve((fit.lower, True), np.eye(len(y)), check_finite=False)
        bare = noise(fit.theta, self.levels)
        variance = bare / fit.weights
        residual = variance[:, None] * (inverse @ y)
        uncertain = variance - variance**2 * np.diag(inverse)
        p = y.shape[1]
        distance = np.einsum("ij,jk,ik->i", residual, np.linalg.inv(fit.scale), residual)
        return (FREEDOM + p) / (FREEDOM + (distance + p * uncertain) / bare)


class _Evidence:
    """Minus the log of evidence times prior, with its gradient, at fixed weights."""

    def __init__(self, process: Process, weights: np.ndarray) -> None:
        levels = process.levels
        self.weights, self.size = weights, levels.size
        self.y = process.outcomes - process.centre
        self.static = levels.static(levels)
        self.drift = levels.drift(levels)
        self.apart = levels.years_apart(levels)
        self.centre, self.spread = start_values(levels), _spreads(levels)

    def __call__(self, theta: np.ndarray) -> tuple[float, np.ndarray]:
        n, p = self.y.shape
        split = len(self.static)
        ratios = np.exp(theta[:-2])
        trend = np.exp(-self.apart / np.exp(theta[-2]))
        moved = np.tensordot(ratios[split:], self.drift, 1) * trend
        spread_noise = np.exp(theta[-1] * self.size) / self.weights
        k = _INTERCEPT + np.tensordot(ratios[:split], self.static, 1) + moved
        k[np.diag_indices_from(k)] += spread_noise
        lower = cholesky(k, lower=True, check_finite=False)
        inverse = cho_solve((lower, True), np.eye(n), check_finite=False)
        alpha = inverse @ self.y
        scatter = np.eye(p) * _VARIANCE * (_WISHART - p - 1) + self.y.T @ alpha
        pull = (theta - self.centre) / self.spread
        value = p * np.log(np.diag(lower)).sum() + 0.5 * (pull @ pull)
        value += 0.5 * (_WISHART + n) * np.linalg.slogdet(scatter)[1]
        # d value / dK, of which every parameter's slope is a sum over entries.
        slope = 0.5 * (p * inverse - (_WISHART + n) * (alpha @ np.linalg.inv(scatter) @ alpha.T))
        gradient = np.concatenate(
            [
                ratios[:split] * np.tensordot(self.static, slope, 2),
                ratios[split:] * np.tensordot(self.drift, slope * trend, 2),
                [(slope * moved * self.apart).sum() / np.exp(theta[-2])],
                [(np.diag(slope) * spread_noise * self.size).sum()],
            ]
        )
        return float(value), gradient + pull / self.spread
