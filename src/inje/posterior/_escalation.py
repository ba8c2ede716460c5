"""Which samplers are tried, in which order, until one suffices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from inje.errors import OptionError
from inje.posterior._claims import ClaimModel
from inje.posterior._exactly import exact_draws
from inje.posterior._importance import PATIENCE, Importance, Verdict, importance
from inje.posterior._populations import pooled, populations
from inje.posterior._proposal import Proposed, fitted, prior_of, scouted
from inje.posterior._results import (
    Result,
    exact_result,
    pooled_result,
    prior_result,
    proposed_result,
)
from inje.posterior._supply import Supply, Wanted
from inje.posterior._tempering import Info, ParticleModel, Particles, fought_each

__all__ = ["escalated"]

#: worlds worth fighting where a narrowed population leads, before whole populations are
LED = 1 << 21
#: worlds of the prior that scout for the claims, and how many effective ones are enough to lead
SCOUTS, ENOUGH_SCOUTS = 1 << 16, 100
SCOUTING = f"So the best of {SCOUTS:,} worlds of the prior led to where the claims are met"
NARROWING = "So particles were led to the claims by narrowing the width of what counts as tracking"
#: particles of a population
PARTICLES = 1 << 12


def escalated(
    claims: ClaimModel, supply: Supply, wanted: Wanted
) -> tuple[dict[str, np.ndarray], Result]:
    """Try one sampler after the other until one suffices.

    Worlds of the prior first, as long as they promise to suffice soon. Then worlds drawn from where
    the best of them lie; then as many of the prior as are allowed, where these promise to suffice;
    then the exact likelihood, where the model is two counts; then worlds drawn from where narrowed
    kernels lead; and then whole narrowed populations.

    Returns
    -------
    Columns of the first worlds of the prior, unweighted; and what the last sampler has to show.
    """
    model = supply.particle_model
    drawn = _drawn(None, supply, claims, wanted, patience=PATIENCE if model else None)
    first = prior_result(drawn, claims, supply)
    if first.enough or model is None:
        return drawn.prior, first
    return drawn.prior, _Ladder(model, claims, supply, wanted, drawn, first, first.worlds).climbed()


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


@dataclass
class _Ladder:
    """What is tried where a few worlds of the prior do not suffice.

    Attributes
    ----------
    model, claims, supply, wanted : as in `conditioned`.
    drawn, first : the worlds of the prior, and what they have to show.
    fought : worlds fought on the way.
    """

    model: ParticleModel
    claims: ClaimModel
    supply: Supply
    wanted: Wanted
    drawn: Importance
    first: Result
    fought: int

    @property
    def opening(self) -> str:
        """How the sentence of every other sampler begins."""
        return f"{self.first.sentence[:-1]} (ESS {self.first.ess:,.0f}). "

    def climbed(self) -> Result:
        """What the first sampler that suffices has to show, or the best."""
        return self.scouted() or self.persevered() or self.computed() or self.narrowed()

    def tell(self, info: Info) -> None:
        """Say how far the kernels are narrowed."""
        if self.wanted.progress:
            self.wanted.progress(
                f"narrowing what counts as tracking to {info.width:.3g}", 1 - min(info.width, 1)
            )

    def scouted(self) -> Result | None:
        """Worlds drawn from where the best worlds of the prior lie."""
        if not self.first.reach.suffices:
            return None
        prior = prior_of(self.model, self.wanted.seed * 7919 + 13)
        scouts, effective = scouted(
            prior, self.claims, worlds=SCOUTS, size=2 * PARTICLES, seed=self.wanted.seed
        )
        self.fought += SCOUTS
        if effective < ENOUGH_SCOUTS:
            return None
        return self.followed(scouts, SCOUTING, "scouted")

    def persevered(self) -> Result | None:
        """All the worlds of the prior that are allowed: cheaper than moving particles."""
        if self.drawn.verdict is Verdict.UNREACHED or self.first.worlds >= self.wanted.max_worlds:
            return None
        drawn = _drawn(None, self.supply, self.claims, self.wanted, patience=None)
        self.fought += drawn.sums.worlds - self.first.worlds
        result = prior_result(drawn, self.claims, self.supply)
        return replace(result, worlds=self.fought) if result.enough else None

    def computed(self) -> Result | None:
        """Draws under the exact likelihood, where the model is no more than two counts."""
        if self.supply.duel is None:
            return None
        wanted, say = self.wanted, self.wanted.progress

        def tell(done: int, ess: float) -> None:
            if say:
                say(f"{done:,} exact likelihoods, ESS {ess:,.0f}", min(1.0, ess / wanted.ess))

        def back(done: int, all_: int) -> None:
            if say:
                say(f"{done:,} of {all_:,} worlds drawn back", done / all_)

        try:
            drawn = exact_draws(
                self.supply.duel, seed=wanted.seed, ess=wanted.ess, threads=wanted.threads,
                progress=tell, drawing_back=back,
            )  # fmt: skip
        except OptionError:  # so many losses that their exact law would take hours
            return None
        result = exact_result(drawn, self.claims, wanted, self.opening, self.fought)
        return result if result.enough else None

    def narrowed(self) -> Result:
        """Worlds drawn from where a narrowed population leads; else whole populations."""
        wanted = self.wanted
        begun = populations(
            self.model, self.claims, range(1), particles=PARTICLES, seed=wanted.seed,
            threads=wanted.threads, progress=self.tell, journal=wanted.journal,
        )  # fmt: skip
        pilot, steps = begun[0]
        self.fought += PARTICLES * fought_each(steps)
        if np.isfinite(pilot.log_evidence):
            led = self.followed(pilot, NARROWING, "narrowed")
            if led is not None:
                return led
        pool = pooled(
            self.model, self.claims, ess=wanted.ess, particles=PARTICLES, seed=wanted.seed,
            threads=wanted.threads, begun=begun, progress=self.tell, journal=wanted.journal,
        )  # fmt: skip
        first = self.first
        if pool.ess < wanted.ess and first.ess > pool.ess and first.reach.suffices:
            return first
        return pooled_result(pool, self.claims, self.supply, wanted, self.opening, self.fought)

    def followed(self, pilot: Particles, how: str, entry: str) -> Result | None:
        """Worlds drawn from where particles lie, or nothing where these do not suffice."""
        seed = self.wanted.seed
        proposed = Proposed(self.model, fitted(pilot, self.claims, seed), seed * 7919 + 101)
        drawn = _drawn(proposed, self.supply, self.claims, self.wanted, patience=LED, entry=entry)
        if drawn.verdict is not Verdict.ENOUGH:
            self.fought += drawn.sums.worlds
            return None
        return proposed_result(drawn, proposed, self.supply, self.opening + how, self.fought)
