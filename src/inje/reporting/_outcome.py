"""Who won: before the record, after it, and after all but what it says of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from inje.posterior import Posterior

__all__ = ["winner_before", "winner_without_outcome_claims"]

#: what a claim about the outcome speaks of
OUTCOME = ("winner", "result", "control", "breaking_off")


def winner_without_outcome_claims(posterior: Posterior) -> dict[str, float] | None:
    """Chance of every winner had nobody said how it ended.

    Returns
    -------
    By side, and "none"; None where no claim that weighs tells the outcome, or all of them do:
    then it is what stands after, or before.
    """
    from inje.posterior import Weighted

    claims = posterior.claims.claims
    ids = tuple(
        claim.id for claim in claims if claim.about.partition("@")[0].split(".")[0] in OUTCOME
    )
    if "winner" not in posterior.draws or not 0 < len(ids) < len(claims):
        return None
    rest = Weighted.of(posterior.log_weight_without(ids), posterior.group)
    column = np.asarray(posterior.draws["winner"])
    return {
        label: rest.mean((column == code).astype(float)).value
        for code, label in enumerate(posterior.labels["winner"])
    }


def winner_before(posterior: Posterior) -> dict[str, float]:
    """Chance of every winner before the claims, by side, and "none"."""
    return {
        item.label: item.prior
        for item in posterior.summary().probabilities
        if item.name == "winner"
    }
