"""Who will win: a hierarchical logit learned from the past, and the force ratio's logit.

    logit P(attacker wins) = X b,   b_j ~ N(0, v of its group)

The groups are force ratio, era, size, posture, ground, war, nation (+1 where it
attacks, -1 where it defends) and nation within a war. The posterior of b is
Laplace's approximation; the variances follow by expectation-maximisation with an
inverse gamma prior; the forecast averages over the posterior (MacKay 1992, Neural
Computation 4, 720-736).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from inje.gallery._battles import ERAS, Battles
from inje.gallery._cdb90 import fit_logit
from inje.gallery._rolling import BURN_IN, past_of

__all__ = ["WinnerForecast", "winner_forecasts"]

# Inverse gamma prior of every variance: shape, and sd .5 in the middle; assumed.
_SHAPE, _SD = 2.0, 0.5
# Sd of the intercept: any base rate is possible; assumed.
_INTERCEPT_SD = 2.0
_EVERY = 10
_NEWTON = 30


@dataclass(frozen=True)
class WinnerForecast:
    """Probability that the attacker of battle `row` wins, by the model and by its rival.

    `rival` is the logit on the log force ratio, fitted to the same past.
    """

    row: int
    probability: float
    rival: float


def _signed(attacker: np.ndarray, defender: np.ndarray, count: int) -> np.ndarray:
    rows = np.arange(len(attacker))
    signs = np.zeros((len(attacker), count))
    np.add.at(signs, (rows, attacker), 1.0)
    np.add.at(signs, (rows, defender), -1.0)
    return signs


def _pairs(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return first * (second.max() + 1) + second


def _groups(known: Battles, *, nations: bool) -> list[np.ndarray]:
    era = np.eye(len(ERAS))[known.era]
    ratio = known.ratio[:, None]
    war = np.eye(known.war.max() + 1)[known.war]
    groups = [np.ones((len(known), 1)), ratio, era, era * ratio, known.size[:, None]]
    groups += [known.posture, known.terrain, war]
    if nations:
        sides = np.concatenate([known.attacker, known.defender])
        within = np.unique(_pairs(np.tile(known.war, 2), sides), return_inverse=True)[1]
        n = len(known)
        groups.append(_signed(known.attacker, known.defender, int(sides.max()) + 1))
        groups.append(_signed(within[:n], within[n:], int(within.max()) + 1))
    return groups


class _Logit:
    """The hierarchical logit; coefficients and variances are carried on."""

    def __init__(self, groups: list[np.ndarray]) -> None:
        self.design = np.column_stack(groups)
        self.group = np.repeat(np.arange(len(groups)), [g.shape[1] for g in groups])
        self.variance = np.full(len(groups), _SD**2)
        self.variance[0] = _INTERCEPT_SD**2
        self.beta = np.zeros(self.design.shape[1])
        self.learned = 0

    def forecast(self, past: np.ndarray, won: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Probabilities at `rows`, learned from `past`."""
        used = np.abs(self.design[past]).sum(axis=0) > 0
        x = self.design[:, used]
        precision = 1 / self.variance[self.group[used]]
        beta, factor = _laplace(x[past], won, precision, self.beta[used])
        self.beta[used] = beta
        mean = x[rows] @ beta
        spread = np.einsum("ij,ji->i", x[rows], cho_solve(factor, x[rows].T))
        # A war or nation never seen adds the whole variance of its level.
        spread += self.design[rows][:, ~used] ** 2 @ self.variance[self.group[~used]]
        if len(past) - self.learned >= _EVERY:
            self.learned = len(past)
            self._update(used, beta, np.diag(cho_solve(factor, np.eye(len(beta)))))
        return 1 / (1 + np.exp(-mean / np.sqrt(1 + np.pi * spread / 8)))

    def _update(self, used: np.ndarray, beta: np.ndarray, spread: np.ndarray) -> None:
        for level in range(1, len(self.variance)):
            mine = self.group[used] == level
            total = 2 * _SHAPE * _SD**2 + (beta[mine] ** 2 + spread[mine]).sum()
            self.variance[level] = total / (2 * _SHAPE + mine.sum())


Factor = tuple[np.ndarray, bool]


def _newton(
    x: np.ndarray, won: np.ndarray, precision: np.ndarray, beta: np.ndarray
) -> tuple[np.ndarray, Factor]:
    """Newton's step towards the mode, and the factor of the precision at `beta`."""
    p = 1 / (1 + np.exp(-(x @ beta)))
    factor = cho_factor((x.T * (p * (1 - p))) @ x + np.diag(precision))
    return cho_solve(factor, x.T @ (won - p) - precision * beta), factor


def _laplace(
    x: np.ndarray, won: np.ndarray, precision: np.ndarray, beta: np.ndarray
) -> tuple[np.ndarray, Factor]:
    """Mode of the posterior and the factor of its precision."""
    step, factor = _newton(x, won, precision, beta)
    for _ in range(_NEWTON):
        beta = beta + step
        if np.abs(step).max() < 1e-9:
            break
        step, factor = _newton(x, won, precision, beta)
    return beta, factor


def winner_forecasts(
    known: Battles, burn_in: int = BURN_IN, *, nations: bool = True
) -> Iterator[WinnerForecast]:
    """Forecasts of the winner, at the same starts as those of the losses.

    Draws and unknown outcomes neither teach nor are forecast. Without `nations`
    the model does not know who fights.
    """
    decided = np.isin(known.won, [-1, 1])
    logit = _Logit(_groups(known, nations=nations))
    ratio = np.column_stack([np.ones(len(known)), known.ratio])
    for start in np.unique(known.start):
        if len(past_of(known, start)) < burn_in:
            continue
        past = np.flatnonzero(decided & (known.end < start) & (known.start < start))
        rows = np.flatnonzero(decided & (known.start == start))
        if not len(rows):
            continue
        won = known.won[past] == 1
        ours = logit.forecast(past, won, rows)
        rival = 1 / (1 + np.exp(-(ratio[rows] @ fit_logit(ratio[past], won))))
        for row, p, q in zip(rows, ours, rival, strict=True):
            yield WinnerForecast(int(row), float(p), float(q))
