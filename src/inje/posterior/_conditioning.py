"""Conditioning: worlds from the prior, weighed by the record; narrowed kernels where that fails."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from inje.errors import OptionError
from inje.posterior._claims import ClaimModel
from inje.posterior._derived import with_derived
from inje.posterior._importance import Importance, Simulator, Verdict, importance
from inje.posterior._populations import Pool, pooled
from inje.posterior._posterior import Diagnostics, Posterior
from inje.posterior._reach import Patterns, Reach, best_terms, reach_of
from inje.posterior._tempering import Info, ParticleModel
from inje.scenario import Scenario

__all__ = ["Wanted", "conditioned"]

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Wanted:
    """How much work to do.

    Attributes
    ----------
    ess : effective draws. max_worlds : worlds at most. seed, threads : of the run.
    progress : called with a sentence and the share done.
    """

    ess: float = 4000
    max_worlds: int = 1 << 22
    seed: int = 1
    threads: int = field(default_factory=lambda: os.cpu_count() or 1)
    progress: Progress | None = None

    def __post_init__(self) -> None:
        if not self.ess > 0:
            raise OptionError("ess", f"{self.ess:g}", "a number above 0", "ask for more draws")
        if self.max_worlds < 1:
            raise OptionError(
                "max_worlds", f"{self.max_worlds}", "a whole number above 0", "allow more worlds"
            )
        if self.threads < 1:
            raise OptionError("threads", f"{self.threads}", "a whole number above 0", "")


def conditioned(
    scenario: Scenario,
    claims: ClaimModel,
    simulate: Simulator,
    *,
    labels: Mapping[str, tuple[str, ...]],
    units: Mapping[str, str],
    wanted: Wanted,
    particle_model: ParticleModel | None = None,
    complete: Callable[[np.ndarray], Mapping[str, np.ndarray]] | None = None,
    complete_particles: Callable[[np.ndarray, np.ndarray], Mapping[str, np.ndarray]] | None = None,
) -> Posterior:
    """Weigh worlds by claims.

    Parameters
    ----------
    scenario, claims : the model, and the record as a likelihood.
    simulate : worlds by address.
    labels, units : of the columns.
    wanted : how much work to do.
    particle_model : fights particles, for the sampler that narrows; None where there is none.
    complete, complete_particles : every column of kept worlds (n,) or particles, where
        `simulate` gives only those that claims read.

    Returns
    -------
    Posterior; where neither sampler suffices it is `failed`, with a reason and a remedy.
    """
    say = wanted.progress
    drawn = importance(
        simulate,
        claims,
        seed=wanted.seed,
        ess=wanted.ess,
        max_worlds=wanted.max_worlds,
        threads=wanted.threads,
        progress=(lambda done, most, ess: say(f"{done:,} worlds, ESS {ess:,.0f}", done / most))
        if say
        else None,
    )
    if complete is not None:
        size = _size(drawn.prior)
        drawn = replace(drawn, prior=dict(complete(np.arange(size))))
    if drawn.verdict is Verdict.ENOUGH or particle_model is None:
        drawn = _completed(drawn, complete)
        return _from_importance(scenario, claims, drawn, labels, units, wanted)
    pool = pooled(
        particle_model,
        claims,
        ess=wanted.ess,
        seed=wanted.seed,
        threads=wanted.threads,
        progress=(lambda info: say(f"narrowing to {info.width:.3g}", 1 - min(info.width, 1)))
        if say
        else None,
    )
    if pool.ess < wanted.ess and drawn.ess > pool.ess and drawn.reach.suffices:
        drawn = _completed(drawn, complete)
        return _from_importance(scenario, claims, drawn, labels, units, wanted)
    if complete_particles is not None:
        pool = replace(pool, columns=dict(complete_particles(pool.x, pool.keys)))
    return _from_pool(scenario, claims, drawn, pool, labels, units, wanted)


def _completed(
    drawn: Importance, complete: Callable[[np.ndarray], Mapping[str, np.ndarray]] | None
) -> Importance:
    """The kept worlds with every column."""
    if complete is None:
        return drawn
    kept = replace(drawn.kept, columns=dict(complete(drawn.kept.index)))
    return replace(drawn, kept=kept)


def _remedy(reach: Reach, claims: ClaimModel) -> str:
    """What to do, by what stood in the way."""
    about = {claim.id: claim.about for claim in claims.claims}
    if reach.incompatible:
        names = ", ".join(f"{i} ({about.get(i, '')})" for i in reach.incompatible)
        return f"these claims never track together: {names}; widen the model or question one"
    if reach.unmatched:
        names = ", ".join(f"{i} ({about.get(i, '')})" for i in reach.unmatched)
        return f"no world matches {names}; widen the priors they bear on, or raise --max-worlds"
    return "raise --max-worlds, or widen the priors of what the record contradicts"


def _from_importance(
    scenario: Scenario,
    claims: ClaimModel,
    drawn: Importance,
    labels: Mapping[str, tuple[str, ...]],
    units: Mapping[str, str],
    wanted: Wanted,
) -> Posterior:
    enough = drawn.verdict is Verdict.ENOUGH
    sums = drawn.sums
    sentence = (
        f"{sums.worlds:,} worlds drawn from the prior were weighed by {len(claims.claims)} claims: "
        f"{drawn.verdict.value}."
    )
    kept = drawn.kept
    draws, prior = with_derived(
        claims, kept.columns, drawn.prior, kept.index, np.arange(_size(drawn.prior)), wanted.seed
    )
    return Posterior(
        scenario,
        claims,
        prior,
        draws,
        labels,
        units,
        kept.log_weight,
        kept.index,
        kept.index % 32,
        Diagnostics(
            "importance",
            sums.worlds,
            drawn.ess,
            drawn.k_hat,
            drawn.reach,
            sums.log_evidence,
            sums.evidence_error,
            sentence,
            "" if enough else _remedy(drawn.reach, claims),
            wanted.seed,
        ),
    )


def _size(columns: Mapping[str, np.ndarray]) -> int:
    return len(next(iter(columns.values()))) if columns else 0


def _from_pool(
    scenario: Scenario,
    claims: ClaimModel,
    drawn: Importance,
    pool: Pool,
    labels: Mapping[str, tuple[str, ...]],
    units: Mapping[str, str],
    wanted: Wanted,
) -> Posterior:
    size = pool.x.shape[0]
    infos: list[Info] = [info for steps in pool.infos for info in steps]
    worlds = drawn.sums.worlds + sum(size // len(pool.infos) * (1 + 4 * i.sweeps) for i in infos)
    patterns = Patterns.of(
        claims.terms(pool.columns),
        best_terms(claims),
        [claim.reading.peak for claim in claims.claims],
    )
    reach = reach_of(claims, patterns, pool.log_evidence)
    enough = pool.alive and pool.ess >= wanted.ess
    sentence = (
        f"Worlds drawn from the prior do not suffice ({drawn.verdict.value}; ESS "
        f"{drawn.ess:,.0f} of {drawn.sums.worlds:,}), so {len(pool.infos)} populations of "
        f"{size // len(pool.infos):,} particles were led to the claims by narrowing the width of "
        f"what counts as tracking: ESS {pool.ess:,.0f}."
    )
    number = np.arange(size)
    draws, prior = with_derived(
        claims, pool.columns, drawn.prior, number, np.arange(_size(drawn.prior)), wanted.seed
    )
    return Posterior(
        scenario,
        claims,
        prior,
        draws,
        labels,
        units,
        pool.log_weight,
        np.full(size, -1),
        pool.group,
        Diagnostics(
            "narrowing",
            worlds,
            pool.ess,
            # Particles are weighted by whole populations: there is no tail to fit.
            0.0,
            reach,
            pool.log_evidence,
            pool.evidence_error,
            sentence,
            "" if enough else _remedy(reach, claims),
            wanted.seed,
        ),
        {"x": pool.x, "keys": pool.keys.astype(np.int64)},
    )
