"""Conditioning: worlds weighed by the record, and how far they can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from inje.posterior._claims import ClaimModel
from inje.posterior._dates import clash_of_dates
from inje.posterior._derived import with_derived
from inje.posterior._escalation import GRAINS, escalated
from inje.posterior._posterior import Diagnostics, Posterior
from inje.posterior._reach import Reach
from inje.posterior._results import Result
from inje.posterior._supply import Supply, Wanted
from inje.scenario import Scenario

__all__ = ["Supply", "Wanted", "conditioned"]


def conditioned(
    scenario: Scenario, claims: ClaimModel, supply: Supply, wanted: Wanted
) -> Posterior:
    """Weigh worlds by claims.

    One sampler after the other is tried until one suffices, see `escalated`.

    Parameters
    ----------
    scenario, claims : the model, and the record as a likelihood.
    supply : where worlds come from.
    wanted : how much work to do.

    Returns
    -------
    Posterior; where no sampler suffices it is `failed`, with a reason and a remedy.
    """
    prior, result = escalated(claims, supply, wanted)
    if supply.complete is not None:
        prior = dict(supply.complete(np.arange(_size(prior))))
    return _posterior(scenario, claims, prior, result, supply, wanted)


def _posterior(
    scenario: Scenario,
    claims: ClaimModel,
    prior: Mapping[str, np.ndarray],
    result: Result,
    supply: Supply,
    wanted: Wanted,
) -> Posterior:
    claims = claims.coarsened(result.grain)
    clash = clash_of_dates(claims)
    reach = replace(result.reach, incompatible=clash) if clash else result.reach
    known = Diagnostics(
        result.method,
        result.worlds,
        result.ess,
        result.k_hat,
        reach,
        result.log_evidence,
        result.evidence_error,
        result.sentence + _never_together(reach, claims, proven=bool(clash)),
        "" if result.enough else _remedy(reach, claims),
        wanted.seed,
    )
    draws, before = with_derived(
        claims, result.columns, prior, result.number, np.arange(_size(prior)), wanted.seed
    )
    return Posterior(
        scenario,
        claims,
        before,
        draws,
        supply.labels,
        supply.units,
        result.log_weight,
        result.world,
        result.group,
        known,
        result.particles,
        result.renewals,
    )


def _size(columns: Mapping[str, np.ndarray]) -> int:
    return len(next(iter(columns.values()))) if columns else 0


def _never_together(reach: Reach, claims: ClaimModel, *, proven: bool) -> str:
    """The smallest set of claims that cannot all be told by somebody who tells the truth."""
    if not reach.incompatible:
        return ""
    names = _named(reach.incompatible, claims)
    if proven:
        return f" Their dates prove that these claims cannot all be true: {names}."
    return f" No world tracks all of these claims: {names}."


def _named(ids: tuple[str, ...], claims: ClaimModel) -> str:
    about = {claim.id: claim.about for claim in claims.claims}
    return ", ".join(f"{i} ({about.get(i, '')})" for i in ids)


def _remedy(reach: Reach, claims: ClaimModel) -> str:
    """What to do, by what stood in the way."""
    if claims.grain > GRAINS[-1]:
        names = _named(claims.coarse, claims)
        return (
            f"question one of the figures that were not met closer, or raise --max-worlds: {names}"
        )
    if reach.incompatible:
        names = _named(reach.incompatible, claims)
        return f"these claims never track together: {names}; widen the model or question one"
    if reach.unmatched:
        names = _named(reach.unmatched, claims)
        return f"no world matches {names}; widen the priors they bear on, or raise --max-worlds"
    return "raise --max-worlds, or widen the priors of what the record contradicts"
