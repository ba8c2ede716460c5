"""Who won: before the record, after it, and after all but what it says of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from inje.posterior import Estimate, Posterior

__all__ = ["winner_before", "winner_errors", "winner_without_outcome_claims"]

#: what a claim about the outcome speaks of
OUTCOME = ("winner", "result", "control", "breaking_off")


def winner_without_outcome_claims(posterior: Posterior) -> dict[str, float] | None:
    """Chance of every winner had nobody said how it ended.

    Returns
    -------
    By side, and "none"; None where no claim that weighs tells the outcome, or all of them do:
    then it is what stands after, or before.
    """
    rest = _without_outcome_claims(posterior)
    return None if rest is None else {label: found.value for label, found in rest.items()}


def _without_outcome_claims(posterior: Posterior) -> dict[str, Estimate] | None:
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
        label: rest.mean((column == code).astype(float))
        for code, label in enumerate(posterior.labels["winner"])
    }


def winner_before(posterior: Posterior) -> dict[str, float]:
    """Chance of every winner before the claims, by side, and "none"."""
    return {
        item.label: item.prior
        for item in posterior.summary().probabilities
        if item.name == "winner"
    }


def winner_errors(posterior: Posterior) -> dict[str, dict[str, float]]:
    """Monte-Carlo standard errors of the chances of every winner, by when they are told."""
    from inje.posterior import Weighted

    if "winner" not in posterior.draws:
        return {}
    labels, before = posterior.labels["winner"], np.asarray(posterior.prior["winner"])
    equal = Weighted.equal(before.size)
    after = posterior.probabilities("winner")
    found = {
        "winner_prior": {
            label: float(equal.mean((before == code).astype(float)).error)
            for code, label in enumerate(labels)
        },
        "winner": {label: float(chance.error) for label, chance in after.items()},
    }
    rest = _without_outcome_claims(posterior)
    if rest is not None:
        found["winner_without_outcome_claims"] = {k: float(e.error) for k, e in rest.items()}
    return found
