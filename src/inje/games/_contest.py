"""The cabinet contest: weighted actors between options.

A coalition for option i against option j has the strength of all votes for i;
one option defeats another with a probability that grows with the ratio of the
coalitions. From these probabilities three readings of "who wins" follow: the
one-step conditional election, and two Markov processes in which the option
in the lead is challenged, by any option alike or by each in proportion to the
incentive to challenge. With two options all of it is a Tullock contest.

Source: the formulas of the KAPSARC Toolkit for Behavioral Analysis, Wise,
Lester & Efird (2015); Tullock (1980) for two options.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from inje.errors import OptionError

Variant = Literal["conditional", "markov_uniform", "markov_incentive"]
_Matrix = NDArray[np.float64]


def coalitions(weights: ArrayLike, utilities: ArrayLike) -> _Matrix:
    """Return the strength of the coalition for each option against each other one.

    Parameters
    ----------
    weights : (actors,) positive; capability times salience.
    utilities : (actors, options) what each option is worth to each actor.

    Returns
    -------
    (options, options) : sum over actors of max(0, weight * (utility of i - utility of j)).

    Raises
    ------
    OptionError : when the shapes differ or a weight is not positive.
    """
    w, u = np.asarray(weights, dtype=float), np.asarray(utilities, dtype=float)
    if u.ndim != 2 or w.shape != u.shape[:1]:
        came = f"shape {u.shape} for {w.shape} weights"
        raise OptionError(
            "utilities", came, "(actors, options)", "give one row and weight an actor"
        )
    if not (np.all(w > 0.0) and np.all(np.isfinite(w)) and np.all(np.isfinite(u))):
        raise OptionError("weights", "a weight that is not positive, or a value not finite",
                          "positive weights", "leave out actors without weight")  # fmt: skip
    votes = w[:, None, None] * (u[:, :, None] - u[:, None, :])
    return np.maximum(votes, 0.0).sum(axis=0)


def victory_probabilities(strengths: ArrayLike, exponent: float = 2.0) -> _Matrix:
    """Return the probability that option i defeats option j, ``c_ij^n / (c_ij^n + c_ji^n)``.

    Parameters
    ----------
    strengths : (options, options) coalition strengths, as from `coalitions`.
    exponent : n > 0; 1 is the linear, 2 the square law of victory.

    Two options that nobody contends for are even.
    """
    c = np.asarray(strengths, dtype=float)
    if c.ndim != 2 or c.shape[0] != c.shape[1] or not np.all(np.isfinite(c)) or np.any(c < 0.0):
        raise OptionError("strengths", f"shape {c.shape}, or a strength below 0 or not finite",
                          "a square matrix of strengths of 0 or more", "correct it")  # fmt: skip
    if not exponent > 0.0:
        raise OptionError("exponent", repr(exponent), "a number above 0", "use 1 or 2")
    largest = np.maximum(c, c.T)
    even = largest == 0.0
    ratio = np.where(even, 1.0, c / np.where(even, 1.0, largest)) ** exponent
    victory = ratio / (ratio + ratio.T)
    np.fill_diagonal(victory, 0.5)
    return victory


def contest(
    strengths: ArrayLike, exponent: float = 2.0, variant: Variant = "conditional"
) -> _Matrix:
    """Return the probability of each option.

    Parameters
    ----------
    strengths, exponent : as in `victory_probabilities`.
    variant : "conditional" (the option that defeats all others, given that there is one),
        "markov_uniform" (every option challenges alike) or "markov_incentive" (in proportion
        to coalition strength times chance of victory).

    Returns
    -------
    (options,) : probabilities that sum to 1.
    """
    victory = victory_probabilities(strengths, exponent)
    if variant == "conditional":
        return _conditional(victory)
    if variant == "markov_uniform":
        challenge = np.full_like(victory, 1.0 / len(victory))
    elif variant == "markov_incentive":
        challenge = _incentives(np.asarray(strengths, dtype=float), victory)
    else:
        allowed = "conditional, markov_uniform, markov_incentive"
        raise OptionError("variant", repr(variant), allowed, "name one of these")
    return _stationary(victory * challenge)


def tullock(first: float, second: float, exponent: float = 2.0) -> float:
    """Return the probability that the first of two options wins, Tullock (1980)."""
    return float(victory_probabilities([[0.0, first], [second, 0.0]], exponent)[0, 1])


def _conditional(victory: _Matrix) -> _Matrix:
    others = victory.copy()
    np.fill_diagonal(others, 1.0)
    beats_all = others.prod(axis=1)
    total = beats_all.sum()
    if total == 0.0:
        raise OptionError("strengths", "a cycle in which no option can defeat all others",
                          "at least one option that can win", "use a Markov variant")  # fmt: skip
    return beats_all / total


def _incentives(strengths: _Matrix, victory: _Matrix) -> _Matrix:
    """Probability that i challenges j (column), which leads."""
    incentive = strengths * victory
    np.fill_diagonal(incentive, 0.0)
    total = incentive.sum(axis=0)
    # Nobody wants to replace the leader: it challenges itself, and stays.
    content = total == 0.0
    challenge = incentive / np.where(content, 1.0, total)
    challenge[np.diag_indices_from(challenge)] = content
    return challenge


def _stationary(succession: _Matrix) -> _Matrix:
    """Stationary distribution of the lead; succession[i, j] is the chance that i replaces j."""
    step = succession.copy()
    np.fill_diagonal(step, 0.0)
    step[np.diag_indices_from(step)] = 1.0 - step.sum(axis=0)
    count = len(step)
    system = np.vstack([step - np.eye(count), np.ones(count)])
    # The uniform start picks the limit where several options hold for ever.
    solution, _, rank, _ = np.linalg.lstsq(system, np.r_[np.zeros(count), 1.0], rcond=None)
    if rank < count:
        lazy = (step + np.eye(count)) / 2.0
        solution = np.linalg.matrix_power(lazy, 2**40) @ np.full(count, 1.0 / count)
    solution = np.clip(solution, 0.0, None)
    return solution / solution.sum()


def weighted_mean(positions: Sequence[float], weights: Sequence[float]) -> float:
    """Return the compromise: the mean position, weighted by capability times salience."""
    x, w = _positions(positions, weights)
    return float((x * w).sum() / w.sum())


def weighted_median(positions: Sequence[float], weights: Sequence[float]) -> float:
    """Return the position that no majority of the weight would leave, Black (1958).

    Where the weight divides evenly between two positions, their midpoint.
    """
    x, w = _positions(positions, weights)
    order = np.argsort(x, kind="stable")
    x, below = x[order], np.cumsum(w[order])
    half = below[-1] / 2.0
    slack = 1e-12 * below[-1]
    low = x[int(np.argmax(below >= half - slack))]
    high = x[int(np.argmax(below > half + slack))]
    return float((low + high) / 2.0)


def _positions(positions: Sequence[float], weights: Sequence[float]) -> tuple[_Matrix, _Matrix]:
    x, w = np.asarray(positions, dtype=float), np.asarray(weights, dtype=float)
    if x.ndim != 1 or x.shape != w.shape or not np.all(w >= 0.0) or not w.sum() > 0.0:
        came = f"{w.shape} weights for {x.shape} positions"
        allowed = "one weight of 0 or more a position, not all 0"
        raise OptionError("weights", came, allowed, "correct them")
    return x, w
