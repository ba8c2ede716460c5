"""What every claim contributes to the Bayes factors of all pairs, with errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from inje.answers._comparison import GAME, Contribution
from inje.answers._evidence import Panel, log_evidence
from inje.answers._shapley import shapley
from inje.posterior import ClaimModel

__all__ = ["DECIBEL", "Parts", "parts_of"]

DECIBEL = 10 / np.log(10)

Shares = dict[str, np.ndarray]


@dataclass(frozen=True)
class Parts:
    """Claims' parts of the factors, in dB, by claim and pair, each (pairs,).

    Attributes
    ----------
    values, errors : Shapley values, and their standard errors.
    left_out, left_out_errors : what is lost without a claim, and its standard errors.
    """

    values: Shares
    errors: Shares
    left_out: Shares
    left_out_errors: Shares

    def of_pair(self, pair: int, decibel: float) -> tuple[Contribution, ...]:
        """Every claim's part of the factor of a pair, the largest first; none that is 0.

        Measured on fewer worlds, they are moved to add up to what all worlds say: each by as
        much as its error allows.
        """
        telling = {claim: v[pair] for claim, v in self.values.items() if abs(v[pair]) > 1e-9}
        square = {claim: self.errors[claim][pair] ** 2 for claim in telling}
        missing = decibel - sum(telling.values())
        whole = max(sum(square.values()), np.finfo(float).tiny)
        found = (
            Contribution(
                claim,
                float(value + missing * square[claim] / whole),
                float(np.sqrt(square[claim])),
                float(self.left_out[claim][pair]),
                float(self.left_out_errors[claim][pair]),
            )
            for claim, value in telling.items()
        )
        return tuple(sorted(found, key=lambda part: -abs(part.shapley)))


def parts_of(panel: Panel, model: ClaimModel, differing: Sequence[str], seed: int) -> Parts:
    """Shapley values and leave-one-out figures of the claims that tell explanations apart.

    Parameters
    ----------
    panel : a part of the worlds, since many coalitions are weighed. The errors of Shapley values
        hold the order of the coalitions, where not all are visited, and the worlds (from two
        halves of them); those of leave-one-out figures the worlds, which are the same with and
        without the claim.
    """
    log_shares = panel.plays.log_shares()
    first, second = np.triu_indices(len(panel.names), 1)

    def worth(coalition: frozenset[str]) -> np.ndarray:
        left_out = [name for name in differing if name not in coalition]
        halves = panel.by_course(model.without(left_out), split=2)
        whole = np.logaddexp.reduce(halves, axis=0) - np.log(2)
        logs = DECIBEL * log_evidence(np.concatenate([whole[None], halves]), log_shares)
        return logs[:, first] - logs[:, second]

    def paired(weighed: ClaimModel) -> np.ndarray:
        relative = panel.relative(weighed, log_shares)
        return relative[first] - relative[second]

    values, errors = shapley(worth, differing, seed)
    parts = {claim: value[0] for claim, value in values.items()}
    spread = {
        claim: np.hypot(errors[claim][0], np.abs(value[1] - value[2]) / 2)
        for claim, value in values.items()
    }
    everything, before = frozenset(differing), paired(model)
    whole = worth(everything)[0]
    left_out, apart = {}, {}
    for claim in differing:
        left_out[claim] = whole - worth(everything - {claim})[0]
        apart[claim] = DECIBEL * panel.error(before - paired(model.without([claim])))
    if panel.plays.crisis is not None:
        # The chance of an attack at all is the game's own: no world bears on it.
        parts[GAME] = left_out[GAME] = worth(frozenset())[0]
        spread[GAME] = apart[GAME] = np.zeros_like(whole)
    return Parts(parts, spread, left_out, apart)
