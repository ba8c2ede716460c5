"""What each sampler has to show: weighted worlds, and how far they can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from inje.posterior._attainable import Attainable
from inje.posterior._claims import ClaimModel
from inje.posterior._exactly import ExactDraws
from inje.posterior._importance import WORST_K, Importance, Verdict
from inje.posterior._populations import Pool
from inje.posterior._proposal import LOG_RATIO, Proposed
from inje.posterior._reach import Patterns, Reach, reach_of
from inje.posterior._statistics import GROUPS
from inje.posterior._supply import Supply, Wanted
from inje.posterior._tempering import fought_each

__all__ = ["Result", "exact_result", "pooled_result", "prior_result", "proposed_result"]


@dataclass(frozen=True)
class Result:
    """What a sampler has to show.

    As `Posterior` and its diagnostics have it; `grain` is the relative width to which exact figures
    were read, see `ClaimModel.coarsened`.
    """

    method: str
    sentence: str
    columns: Mapping[str, np.ndarray]
    log_weight: np.ndarray
    number: np.ndarray
    world: np.ndarray
    group: np.ndarray
    worlds: int
    ess: float
    k_hat: float
    reach: Reach
    log_evidence: float
    evidence_error: float
    enough: bool
    particles: Mapping[str, np.ndarray]
    renewals: tuple[float, ...] = ()
    grain: float = 0.0


def prior_result(drawn: Importance, claims: ClaimModel, supply: Supply) -> Result:
    kept = drawn.kept
    columns = supply.complete(kept.index) if supply.complete else kept.columns
    sentence = (
        f"{drawn.sums.worlds:,} worlds drawn from the prior were weighed by "
        f"{len(claims.claims)} claims: {drawn.verdict.value}."
    )
    return _weighed("importance", sentence, drawn, columns, kept.index, {})


def proposed_result(
    drawn: Importance, proposed: Proposed, supply: Supply, opening: str, fought: int
) -> Result:
    x, keys = proposed.particles(drawn.kept.index)
    columns = (
        supply.complete_particles(x, keys) if supply.complete_particles else drawn.kept.columns
    )
    columns = {name: values for name, values in columns.items() if name != LOG_RATIO}
    sentence = (
        f"{opening}, and {drawn.sums.worlds:,} worlds drawn from where they led were weighed: "
        f"{drawn.verdict.value}."
    )
    result = _weighed(
        "narrowing", sentence, drawn, columns, np.full(x.shape[0], -1), _saved(x, keys)
    )
    return replace(result, worlds=result.worlds + fought)


def pooled_result(
    pool: Pool, claims: ClaimModel, supply: Supply, wanted: Wanted, opening: str, fought: int
) -> Result:
    size, populations = pool.x.shape[0], len(pool.infos)
    each = sum(map(fought_each, pool.infos))
    columns = (
        supply.complete_particles(pool.x, pool.keys) if supply.complete_particles else pool.columns
    )
    patterns = Patterns.of(claims.terms(pool.columns), Attainable.of(claims))
    sentence = (
        f"{opening}So {populations} populations of {size // populations:,} particles were led to "
        f"the claims by narrowing the width of what counts as tracking: ESS {pool.ess:,.0f}."
    )
    return Result(
        "narrowing",
        sentence,
        columns,
        pool.log_weight,
        np.arange(size),
        np.full(size, -1),
        pool.group,
        fought + size // populations * each,
        pool.ess,
        # Particles are weighted by whole populations: there is no tail to fit.
        0.0,
        reach_of(claims, patterns, pool.log_evidence),
        pool.log_evidence,
        pool.evidence_error,
        pool.alive and pool.ess >= wanted.ess,
        _saved(pool.x, pool.keys),
    )


def exact_result(
    drawn: ExactDraws, claims: ClaimModel, wanted: Wanted, opening: str, fought: int
) -> Result:
    """Draws under the exact likelihood, and the worlds that were drawn back for them."""
    worlds = drawn.worlds
    back = (
        f"and losses by date drawn back for {len(drawn.number):,} of them: ESS {drawn.ess:,.0f}. "
        "So many fortunes as may be tried did not lead to these losses: the draws are no worlds, "
        "and cannot be fought again."
        if worlds.missing
        else f"and a world drawn back for {len(drawn.number):,} of them: ESS {drawn.ess:,.0f}."
    )
    sentence = (
        f"{opening}So {drawn.evaluations:,} draws of the parameters were weighed by the exact "
        f"likelihood of two counts, {back}"
    )
    patterns = Patterns.of(claims.terms(drawn.columns), Attainable.of(claims))
    matched = dict(zip((c.id for c in claims.claims), map(int, patterns.counts), strict=True))
    size = len(drawn.number)
    return Result(
        "exact",
        sentence,
        drawn.columns,
        drawn.log_weight,
        drawn.number,
        np.full(size, -1),
        drawn.number % GROUPS,
        fought,
        drawn.ess,
        drawn.k_hat,
        # The likelihood sees what no draw meets: no set of claims can be missed.
        Reach(matched, size, 0.0, (), ()),
        drawn.log_evidence,
        drawn.evidence_error,
        drawn.ess >= wanted.ess and drawn.k_hat < WORST_K,
        {} if worlds.missing else _saved(drawn.x, worlds.keys),
        () if worlds.missing else worlds.renewals,
    )


def _weighed(
    method: str,
    sentence: str,
    drawn: Importance,
    columns: Mapping[str, np.ndarray],
    world: np.ndarray,
    particles: Mapping[str, np.ndarray],
) -> Result:
    sums = drawn.sums
    return Result(
        method,
        sentence,
        columns,
        drawn.kept.log_weight,
        drawn.kept.index,
        world,
        drawn.kept.index % GROUPS,
        sums.worlds,
        drawn.ess,
        drawn.k_hat,
        drawn.reach,
        sums.log_evidence,
        sums.evidence_error,
        drawn.verdict is Verdict.ENOUGH,
        particles,
    )


def _saved(x: np.ndarray, keys: np.ndarray) -> dict[str, np.ndarray]:
    return {"x": x, "keys": keys.astype(np.int64)}
