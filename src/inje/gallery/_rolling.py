"""The rolling forecast: every battle from those that ended before it began.

Two processes (`_process`): log days in contact given what is known at the start,
and the log loss fractions of both sides given that and the days. The forecast of
losses integrates over the days that are forecast: a joint model of days and losses.
Nothing that is learned at a start uses a row that ended after it, nor any constant
fitted to the whole table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from inje.gallery._battles import Battles
from inje.gallery._mixture import Mixture, t_nodes
from inje.gallery._process import FREEDOM, Fit, Levels, Process, noise, start_values

__all__ = ["BURN_IN", "Forecast", "forecasts", "past_of"]

#: Battles that only teach.
BURN_IN = 60
# Parameters are learned again when so many battles have been added.
_EVERY = 20
_FIRST_STEPS, _STEPS = 12, 4
_T_NODES, _DAY_NODES = 6, 15
# Centres of log days and log loss fractions: half a day, a tenth; assumed.
_LOG_DAYS, _LOG_FRACTION = np.log(0.5), np.log(0.1)


@dataclass(frozen=True)
class Forecast:
    """What is said of one battle before it begins.

    Attributes
    ----------
    row : its row in the `Battles`.
    learned_from : number of battles it was learned from.
    log_days : mixture in one dimension.
    log_fractions : mixture in two: log losses over own strength, attackers first.
    """

    row: int
    learned_from: int
    log_days: Mixture
    log_fractions: Mixture


@dataclass
class _Learner:
    """A process whose parameters and weights are carried from start to start."""

    process: Process
    theta: np.ndarray
    weights: np.ndarray
    learned: int = 0

    def fit(self, rows: np.ndarray) -> Fit:
        part = self.process.take(rows)
        if len(rows) - self.learned >= _EVERY:
            steps = _STEPS if self.learned else _FIRST_STEPS
            self.theta, self.weights[rows] = part.learn(self.theta, self.weights[rows], steps)
            self.learned = len(rows)
        return part.condition(self.theta, self.weights[rows])


def past_of(known: Battles, start: float) -> np.ndarray:
    """Rows with known losses that ended before `start` (days since 1600)."""
    return np.flatnonzero(known.scored & (known.end < start) & (known.start < start))


def _levels(known: Battles) -> Levels:
    features = {"size": known.size[:, None], "ratio": known.ratio[:, None]}
    return Levels(
        fixed={**features, "posture": known.posture, "terrain": known.terrain},
        groups={
            "war": known.war,
            "campaign": known.campaign,
            "attacker": known.attacker,
            "defender": known.defender,
        },
        drifting=features,
        year=known.year,
        size=known.size,
    )


def _learner(levels: Levels, outcomes: np.ndarray, centre: float) -> _Learner:
    process = Process(levels, outcomes, np.full(outcomes.shape[1], centre))
    return _Learner(process, start_values(levels), np.ones(len(outcomes)))


def _learners(known: Battles) -> tuple[_Learner, _Learner]:
    levels = _levels(known)
    days = {"days": known.log_days[:, None] - _LOG_DAYS}
    given_days = replace(
        levels, fixed={**levels.fixed, **days}, drifting={**levels.drifting, **days}
    )
    return (
        _learner(levels, known.log_days[:, None], _LOG_DAYS),
        _learner(given_days, known.log_fractions, _LOG_FRACTION),
    )


def _mixture(fit: Fit, levels: Levels, row_weights: np.ndarray) -> Mixture:
    """The forecast at rows that are alternatives with these weights."""
    mean, variance = fit.forecast(levels)
    precision, node_weights = t_nodes(FREEDOM, _T_NODES)
    total = variance[:, None] + noise(fit.theta, levels)[:, None] / precision
    weights = np.outer(row_weights, node_weights).ravel()
    covariances = total.ravel()[:, None, None] * fit.scale
    return Mixture(weights, np.repeat(mean, _T_NODES, axis=0), covariances)


def _forecast(row: int, days: tuple[Levels, Fit], losses: tuple[Levels, Fit]) -> Forecast:
    levels, fit = days
    log_days = _mixture(fit, levels.take(np.array([row])), np.ones(1))
    middles = (np.arange(_DAY_NODES) + 0.5) / _DAY_NODES
    supposed = log_days.quantiles(0, middles) - _LOG_DAYS
    levels, fit_losses = losses
    rows = levels.take(np.full(_DAY_NODES, row)).supposing("days", supposed)
    log_fractions = _mixture(fit_losses, rows, np.full(_DAY_NODES, 1 / _DAY_NODES))
    return Forecast(row, len(fit.levels), log_days, log_fractions)


def forecasts(known: Battles, burn_in: int = BURN_IN) -> Iterator[Forecast]:
    """Forecasts in the order of the starts, for rows with at least `burn_in` before.

    Every row is forecast, with known outcome or not; outcomes of a row are read
    only for starts after its end.
    """
    days, losses = _learners(known)
    for start in np.unique(known.start):
        past = past_of(known, start)
        if len(past) < burn_in:
            continue
        fits = days.fit(past), losses.fit(past)
        for row in np.flatnonzero(known.start == start):
            yield _forecast(
                int(row), (days.process.levels, fits[0]), (losses.process.levels, fits[1])
            )
