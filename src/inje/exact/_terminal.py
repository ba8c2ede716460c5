"""How a battle of two counts ends, when it is fought to a breakpoint."""

from __future__ import annotations

import numpy as np

from inje.errors import ModelError, OptionError
from inje.exact._battle import TwoCounts, checked_accuracy
from inje.exact._losses import LossLaw
from inje.kernels import _exact_law, _exact_sweep

__all__ = ["terminal"]

MOST_LOSSES = 4_000_000
"""Steps of the sweep; about a minute of work."""


def terminal(battle: TwoCounts, *, accuracy: float = 1e-8) -> LossLaw:
    """The law of the losses when one side is down to its breakpoint.

    The embedded chain, swept by antidiagonals; time plays no part, so the ratio of the two
    loss rates must not depend on it.

    Parameters
    ----------
    battle : two counts. Its periods must favour nobody: first / second the same in all.
    accuracy : mass that may be dropped, at most.

    Returns
    -------
    LossLaw : cells where one side has reached its breakpoint; one cell without losses where
        the battle is over at the start, or never begins because nobody is hit.

    Raises
    ------
    ModelError : the ratio of the rates depends on time, or both vanish on the way.
    OptionError : more people than can be swept in about a minute.
    """
    checked_accuracy(accuracy)
    _check_ratio(battle)
    spans = battle.spans
    factors = _common_factors(battle)
    if 0 in spans or not any(factors):
        nothing = np.zeros(1, np.int64)
        return LossLaw(nothing, nothing, np.ones(1), spans, 0.0)
    if sum(spans) > MOST_LOSSES:
        raise OptionError(
            "strengths",
            f"{sum(spans):,} losses until both breakpoints",
            f"at most {MOST_LOSSES:,}",
            "simulate instead, or raise the breakpoints",
        )
    ends = _ends(battle, factors, accuracy / sum(spans))
    return _collected(ends, spans)


def _ends(
    battle: TwoCounts, factors: tuple[float, float], spare: float
) -> tuple[np.ndarray, np.ndarray]:
    rate, slots, coefficients, *counts = battle.arguments()
    coefficients = coefficients * factors
    if not battle.attrition.separable:
        return _exact_sweep.sweep_called(rate, slots, coefficients, *counts, spare)
    first_own, first_enemy, second_own, second_enemy = _exact_law.factors(
        rate, slots, coefficients, *counts
    )
    # first : second = first_own(i) first_enemy(j) : second_own(j) second_enemy(i)
    return _exact_sweep.sweep(first_own / second_enemy, second_own / first_enemy, spare)


def _collected(ends: tuple[np.ndarray, np.ndarray], spans: tuple[int, int]) -> LossLaw:
    first_ends, second_ends = ends
    total = float(first_ends.sum() + second_ends.sum())
    if not np.isfinite(total):
        raise ModelError(
            "law",
            "both loss rates vanish before a side is down to its breakpoint",
            "a rate above 0 in every state on the way",
            "ask for the state at a time instead",
        )
    j, i = np.flatnonzero(first_ends), np.flatnonzero(second_ends)
    return LossLaw(
        first=np.concatenate([np.full(len(j), spans[0]), i]),
        second=np.concatenate([j, np.full(len(i), spans[1])]),
        probability=np.concatenate([first_ends[j], second_ends[i]]),
        spans=spans,
        truncated=max(1.0 - total, 0.0),
    )


def _common_factors(battle: TwoCounts) -> tuple[float, float]:
    """Zero or one ratio of the factors over all periods."""
    fought = [p for p in battle.periods if p.days > 0 and (p.first > 0 or p.second > 0)]
    if battle.periods and not fought:
        return 0.0, 0.0
    first, second = (fought[0].first, fought[0].second) if fought else (1.0, 1.0)
    return (
        first if battle.coefficients[0] > 0 else 0.0,
        second if battle.coefficients[1] > 0 else 0.0,
    )


def _check_ratio(battle: TwoCounts) -> None:
    fought = [p for p in battle.periods if p.first > 0 or p.second > 0]
    shares = {round(p.first / (p.first + p.second), 12) for p in fought}
    if len(shares) > 1:
        raise ModelError(
            "periods",
            "their factors favour now one side, now the other",
            "the same ratio first / second in all",
            "ask for the state at a time instead",
        )
    law = battle.attrition
    if law.timed and not law.separable:
        raise ModelError(
            f"law {law.name}",
            "its rates depend on time and counts together",
            "a law that is a product of both",
            "simulate instead",
        )
