"""Conditioning: worlds from the prior, weighed by the record; narrowed kernels where that fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from inje.ensemble import cores_of
from inje.errors import OptionError
from inje.posterior._claims import ClaimModel
from inje.posterior._dates import clash_of_dates
from inje.posterior._derived import with_derived
from inje.posterior._importance import PATIENCE, Importance, Verdict, importance
from inje.posterior._populations import Pool, pooled, populations
from inje.posterior._posterior import Diagnostics, Posterior
from inje.posterior._proposal import LOG_RATIO, Proposed, fitted, prior_of, scouted
from inje.posterior._reach import Patterns, Reach, best_terms, reach_of
from inje.posterior._shards import Scale, Shards, Simulator
from inje.posterior._statistics import GROUPS
from inje.posterior._tempering import MOVES, Info, ParticleModel, Particles
from inje.runs import Journal
from inje.scenario import Scenario

__all__ = ["Supply", "Wanted", "conditioned"]

#: worlds worth fighting where a narrowed population leads, before whole populations are
LED = 1 << 20
#: worlds of the prior that scout for the claims, and how many effective ones are enough to lead
SCOUTS, ENOUGH_SCOUTS = 1 << 16, 150
SCOUTING = f"So the best of {SCOUTS:,} worlds of the prior led to where the claims are met"
NARROWING = "So particles were led to the claims by narrowing the width of what counts as tracking"
#: particles of a population
PARTICLES = 1 << 12

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Wanted:
    """How much work to do.

    Attributes
    ----------
    ess : effective draws. max_worlds : worlds at most. seed, threads : of the run.
    progress : called with a sentence and the share done.
    journal : where progress is written.
    """

    ess: float = 4000
    max_worlds: int = 1 << 22
    seed: int = 1
    threads: int = field(default_factory=partial(cores_of, None))
    progress: Progress | None = None
    journal: Journal | None = None

    def __post_init__(self) -> None:
        if not self.ess > 0:
            raise OptionError("ess", f"{self.ess:g}", "a number above 0", "ask for more draws")
        if self.max_worlds < 1:
            raise OptionError(
                "max_worlds", f"{self.max_worlds}", "a whole number above 0", "allow more worlds"
            )
        if self.threads < 1:
            raise OptionError("threads", f"{self.threads}", "a whole number above 0", "")


@dataclass(frozen=True)
class Supply:
    """Where worlds come from.

    Attributes
    ----------
    simulate : worlds by address, the columns that claims read at least.
    labels, units : of all columns.
    particle_model : fights particles, for the samplers that narrow; None where there is none.
    complete, complete_particles : every column of worlds (n,) or particles, where the others
        give fewer.
    deal : what weighs shards elsewhere, of worlds of the prior (None) or of a proposal.
    """

    simulate: Simulator
    labels: Mapping[str, tuple[str, ...]]
    units: Mapping[str, str]
    particle_model: ParticleModel | None = None
    complete: Callable[[np.ndarray], Mapping[str, np.ndarray]] | None = None
    complete_particles: Callable[[np.ndarray, np.ndarray], Mapping[str, np.ndarray]] | None = None
    deal: Callable[[Proposed | None, Scale], Shards] | None = None


@dataclass(frozen=True)
class _Result:
    """What a sampler has to show."""

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


def conditioned(
    scenario: Scenario, claims: ClaimModel, supply: Supply, wanted: Wanted
) -> Posterior:
    """Weigh worlds by claims.

    Worlds from the prior first. Where they do not suffice, kernels are narrowed, and worlds
    drawn from where that leads are weighed; where these do not suffice, populations are
    narrowed until enough particles are effective.

    Parameters
    ----------
    scenario, claims : the model, and the record as a likelihood.
    supply : where worlds come from.
    wanted : how much work to do.

    Returns
    -------
    Posterior; where no sampler suffices it is `failed`, with a reason and a remedy.
    """
    drawn = _drawn(
        None, supply, claims, wanted, patience=PATIENCE if supply.particle_model else None
    )
    prior = drawn.prior
    if supply.complete is not None:
        prior = dict(supply.complete(np.arange(_size(prior))))
    result = _prior_result(drawn, claims, supply)
    if not result.enough and supply.particle_model is not None:
        result = _led(supply.particle_model, claims, supply, wanted, result)
    return _posterior(scenario, claims, prior, result, supply, wanted)


def _drawn(
    proposed: Proposed | None,
    supply: Supply,
    claims: ClaimModel,
    wanted: Wanted,
    *,
    patience: int | None,
    entry: str = "prior",
) -> Importance:
    say = wanted.progress

    def tell(done: int, most: int, ess: float) -> None:
        if say:
            say(f"{done:,} worlds, ESS {ess:,.0f}", min(1.0, max(done / most, ess / wanted.ess)))

    return importance(
        proposed or supply.simulate,
        claims,
        deal=supply.deal and partial(supply.deal, proposed),
        journal=wanted.journal,
        entry=entry,
        seed=wanted.seed,
        ess=wanted.ess,
        max_worlds=wanted.max_worlds,
        patience=patience,
        threads=wanted.threads,
        progress=tell,
    )


def _prior_result(drawn: Importance, claims: ClaimModel, supply: Supply) -> _Result:
    kept = drawn.kept
    columns = supply.complete(kept.index) if supply.complete else kept.columns
    sentence = (
        f"{drawn.sums.worlds:,} worlds drawn from the prior were weighed by "
        f"{len(claims.claims)} claims: {drawn.verdict.value}."
    )
    return _weighed("importance", sentence, drawn, columns, kept.index, {})


def _weighed(
    method: str,
    sentence: str,
    drawn: Importance,
    columns: Mapping[str, np.ndarray],
    world: np.ndarray,
    particles: Mapping[str, np.ndarray],
) -> _Result:
    sums = drawn.sums
    return _Result(
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


def _led(
    model: ParticleModel, claims: ClaimModel, supply: Supply, wanted: Wanted, before: _Result
) -> _Result:
    """Worlds drawn from where a narrowed population leads; else whole populations."""
    say = wanted.progress

    def tell(info: Info) -> None:
        if say:
            say(f"narrowing what counts as tracking to {info.width:.3g}", 1 - min(info.width, 1))

    opening = f"{before.sentence[:-1]} (ESS {before.ess:,.0f}). "
    fought = before.worlds
    if before.reach.suffices and before.ess * SCOUTS >= ENOUGH_SCOUTS * before.worlds:
        scouts = scouted(
            prior_of(model, wanted.seed * 7919 + 13), claims, worlds=SCOUTS, size=2 * PARTICLES,
            seed=wanted.seed,
        )  # fmt: skip
        fought += SCOUTS
        result = _followed(
            model, scouts, claims, supply, wanted, f"{opening}{SCOUTING}", fought, "scouted"
        )
        if result is not None:
            return result
    begun = populations(
        model, claims, range(1), particles=PARTICLES, seed=wanted.seed, threads=wanted.threads,
        progress=tell, journal=wanted.journal,
    )  # fmt: skip
    pilot = begun[0][0]
    fought += PARTICLES * sum(1 + MOVES * step.sweeps for _, steps in begun for step in steps)
    if np.isfinite(pilot.log_evidence):
        result = _followed(
            model, pilot, claims, supply, wanted, f"{opening}{NARROWING}", fought, "narrowed"
        )
        if result is not None:
            return result
    pool = pooled(
        model, claims, ess=wanted.ess, particles=PARTICLES, seed=wanted.seed,
        threads=wanted.threads, begun=begun, progress=tell, journal=wanted.journal,
    )  # fmt: skip
    if pool.ess < wanted.ess and before.ess > pool.ess and before.reach.suffices:
        return before
    return _pooled_result(pool, claims, supply, wanted, opening, fought)


def _followed(
    model: ParticleModel,
    pilot: Particles,
    claims: ClaimModel,
    supply: Supply,
    wanted: Wanted,
    opening: str,
    fought: int,
    entry: str,
) -> _Result | None:
    """Worlds drawn from where particles lie, or nothing where these do not suffice."""
    proposed = Proposed(model, fitted(pilot, claims, wanted.seed), wanted.seed * 7919 + 101)
    drawn = _drawn(proposed, supply, claims, wanted, patience=LED, entry=entry)
    if drawn.verdict is not Verdict.ENOUGH:
        return None
    return _proposed_result(drawn, proposed, supply, opening, fought)


def _proposed_result(
    drawn: Importance, proposed: Proposed, supply: Supply, opening: str, fought: int
) -> _Result:
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


def _saved(x: np.ndarray, keys: np.ndarray) -> dict[str, np.ndarray]:
    return {"x": x, "keys": keys.astype(np.int64)}


def _pooled_result(
    pool: Pool, claims: ClaimModel, supply: Supply, wanted: Wanted, opening: str, fought: int
) -> _Result:
    size, populations = pool.x.shape[0], len(pool.infos)
    sweeps = sum(1 + MOVES * info.sweeps for steps in pool.infos for info in steps)
    columns = (
        supply.complete_particles(pool.x, pool.keys) if supply.complete_particles else pool.columns
    )
    peaks = [claim.reading.peak for claim in claims.claims]
    patterns = Patterns.of(claims.terms(pool.columns), best_terms(claims), peaks)
    sentence = (
        f"{opening}So {populations} populations of {size // populations:,} particles were led to "
        f"the claims by narrowing the width of what counts as tracking: ESS {pool.ess:,.0f}."
    )
    return _Result(
        "narrowing",
        sentence,
        columns,
        pool.log_weight,
        np.arange(size),
        np.full(size, -1),
        pool.group,
        fought + size // populations * sweeps,
        pool.ess,
        # Particles are weighted by whole populations: there is no tail to fit.
        0.0,
        reach_of(claims, patterns, pool.log_evidence),
        pool.log_evidence,
        pool.evidence_error,
        pool.alive and pool.ess >= wanted.ess,
        _saved(pool.x, pool.keys),
    )


def _posterior(
    scenario: Scenario,
    claims: ClaimModel,
    prior: Mapping[str, np.ndarray],
    result: _Result,
    supply: Supply,
    wanted: Wanted,
) -> Posterior:
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
    if reach.incompatible:
        names = _named(reach.incompatible, claims)
        return f"these claims never track together: {names}; widen the model or question one"
    if reach.unmatched:
        names = _named(reach.unmatched, claims)
        return f"no world matches {names}; widen the priors they bear on, or raise --max-worlds"
    return "raise --max-worlds, or widen the priors of what the record contradicts"
