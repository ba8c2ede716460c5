"""Which samplers are tried, in which order, until one suffices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from inje.errors import OptionError
from inje.posterior._claims import ClaimModel
from inje.posterior._exactly import exact_draws
from inje.posterior._importance import (
    PATIENCE,
    WORST_K,
    Importance,
    Verdict,
    at_best,
    foreseen,
    importance,
)
from inje.posterior._populations import FEWEST, pooled
from inje.posterior._proposal import (
    LOG_RATIO,
    Mixture,
    Proposed,
    Remembered,
    fitted,
    prior_of,
    scouted,
)
from inje.posterior._results import (
    Result,
    exact_result,
    pooled_result,
    prior_result,
    proposed_result,
)
from inje.posterior._rounds import ROUND, Led, led
from inje.posterior._shards import Simulator
from inje.posterior._supply import Supply, Wanted
from inje.posterior._tempering import Info, ParticleModel

__all__ = ["GRAINS", "escalated"]

#: share of the worlds that are allowed which one sampler may fight, where there are others
SHARE = 4
#: worlds of the prior that scout for the claims, and how many effective ones are enough to lead
SCOUTS, ENOUGH_SCOUTS = 1 << 16, 100
SCOUTING = f"So the best of {SCOUTS:,} worlds of the prior led to where the claims are met"
NARROWING = (
    "So rounds of worlds led to the claims by narrowing the width of what counts as tracking"
)
#: particles fitted to the scouts
PARTICLES = 1 << 13
#: to these relative widths exact figures may be read, and the posterior still suffices
GRAINS = (0.01, 0.03)
#: how many times the worlds of another sampler may be fought for the last of them
LAST_OF_THEM = 2
#: coarser ones, for a posterior that does not
COARSER = (0.1, 0.3)
#: effective worlds below which not even such a posterior is told
BARELY = 10
#: what is right but for its size is told if it has this part of the effective worlds wanted
SMALLER = 10
#: part of what a trial lets expect that is asked for
SURE = 0.3
#: worlds of a trial of what rounds led to, and fewest of a round
TRIAL = 1 << 14
LEAST_ROUND = 1 << 10


def escalated(
    claims: ClaimModel, supply: Supply, wanted: Wanted
) -> tuple[dict[str, np.ndarray], Result]:
    """Try one sampler after the other until one suffices.

    Worlds of the prior first, as long as they promise to suffice soon. Then worlds drawn from where
    the best of them lie; then from where rounds lead that narrow the kernels; then more worlds of
    the prior, where these promise to suffice; then the exact likelihood, where the model is two
    counts; then the rounds' worlds again, exact figures read to one in a hundred or three. What
    does not suffice then is told with fewer effective worlds, read more coarsely, or led to by
    whole populations, and says so.

    Returns
    -------
    Columns of the first worlds of the prior, unweighted; and what the last sampler has to show.
    """
    model = supply.particle_model
    patience = _within(PATIENCE, supply) if model else None
    drawn = _drawn(None, supply, claims, wanted, patience=patience)
    first = prior_result(drawn, claims, supply)
    if first.enough or model is None:
        return drawn.prior, first
    ladder = _Ladder(model, claims, supply, wanted, drawn, first, first.worlds, first)
    return drawn.prior, ladder.climbed()


def _within(worlds: int, supply: Supply) -> int:
    """So many worlds of usual size in worlds of this battle."""
    return max(1, int(worlds / supply.burden))


def _drawn(
    proposed: Proposed | None,
    supply: Supply,
    claims: ClaimModel,
    wanted: Wanted,
    *,
    patience: int | None,
    entry: str = "prior",
    steadfast: bool = False,
    simulate: Simulator | None = None,
) -> Importance:
    say = wanted.progress

    def tell(done: int, most: int, ess: float) -> None:
        if say:
            say(f"{done:,} worlds, ESS {ess:,.0f}", min(1.0, max(done / most, ess / wanted.ess)))

    return importance(
        simulate or proposed or supply.simulate,
        claims,
        deal=supply.deal and partial(supply.deal, proposed),
        journal=wanted.journal,
        entry=entry,
        seed=wanted.seed,
        ess=wanted.ess,
        max_worlds=wanted.max_worlds,
        patience=patience,
        steadfast=steadfast,
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
    fought : worlds fought on the way. short : the largest result that is right but for its size.
    """

    model: ParticleModel
    claims: ClaimModel
    supply: Supply
    wanted: Wanted
    drawn: Importance
    first: Result
    fought: int
    short: Result

    @property
    def opening(self) -> str:
        """How the sentence of every other sampler begins."""
        return f"{self.first.sentence[:-1]} (ESS {self.first.ess:,.0f}). "

    @property
    def most(self) -> int:
        """Worlds that one of these samplers may fight."""
        return _within(self.wanted.max_worlds // SHARE, self.supply)

    def climbed(self) -> Result:
        """What the first sampler that suffices has to show, or the best."""
        return (
            self.scouted()
            or self.exactly()
            or self.persevered()
            or self.computed()
            or self.closely()
            or self.nearly_enough()
            or self.coarsely()
            or self.populated()
        )

    def tell(self, width: float) -> None:
        """Say how far the kernels are narrowed."""
        if self.wanted.progress:
            self.wanted.progress(
                f"narrowing what counts as tracking to {width:.3g}", 1 - min(width, 1)
            )

    def scouted(self) -> Result | None:
        """Worlds drawn from where the best worlds of the prior lie."""
        if not self.first.reach.suffices:
            return None
        prior = prior_of(self.model, self.wanted.seed * 7919 + 13)
        worlds = _within(SCOUTS, self.supply)
        scouts, effective = scouted(
            prior, self.claims, worlds=worlds, size=PARTICLES, seed=self.wanted.seed
        )
        self.fought += worlds
        if effective < ENOUGH_SCOUTS:
            return None
        mixture = fitted(scouts, self.claims, self.wanted.seed)
        return self.judged(self.followed(mixture, SCOUTING, "scouted"))

    @cached_property
    def led(self) -> Led:
        """Where rounds of worlds led that narrow the kernels."""
        size = max(LEAST_ROUND, _within(ROUND, self.supply))
        found = led(self.model, self.claims, seed=self.wanted.seed, size=size, progress=self.tell)
        self.fought += found.worlds
        return found

    @cached_property
    def narrowed(self) -> Remembered:
        """Worlds from where rounds led: the same, however closely figures are read."""
        return Remembered(self._proposed(self.led.mixture))

    def _proposed(self, mixture: Mixture) -> Proposed:
        return Proposed(self.model, mixture, self.wanted.seed * 7919 + 101)

    def persevered(self) -> Result | None:
        """More worlds of the prior: cheaper than what is left to try."""
        done = self.first.worlds
        if self.drawn.verdict is Verdict.UNREACHED or done >= self.most:
            return None
        # Under a name of its own: where the first worlds stopped must be found again by --resume.
        drawn = _drawn(
            None, self.supply, self.claims, self.wanted, patience=self.most, entry="persevered"
        )
        self.fought += drawn.sums.worlds - done
        result = prior_result(drawn, self.claims, self.supply)
        return self.judged(replace(result, worlds=self.fought))

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

    @cached_property
    def trial(self) -> dict[float, float]:
        """By width of reading, how many of a few worlds are effective where rounds led."""
        proposed = Proposed(self.model, self.led.mixture, self.wanted.seed * 7919 + 103)
        size = _within(TRIAL, self.supply)
        columns = proposed(0, size)
        self.fought += size
        found = {}
        for grain in (0.0, *GRAINS, *COARSER):
            log_weight = self.claims.coarsened(grain).log_weight(columns)
            found[grain] = foreseen(log_weight + columns[LOG_RATIO], size) / size
        return found

    def promises(self, grain: float, most: int) -> bool:
        """Whether the trial lets expect enough effective worlds among `most`."""
        size = _within(TRIAL, self.supply)
        return at_best(self.trial[grain] * size) * most / size >= self.wanted.ess

    def exactly(self) -> Result | None:
        """Worlds drawn from where rounds led."""
        if not self.promises(0.0, self.most):
            return None
        entry = f"narrowed-to-{self.wanted.ess:g}"
        return self.judged(self.followed(self.led.mixture, NARROWING, entry))

    def nearly(self, grain: float, most: int) -> Result | None:
        """At most so many worlds from where rounds led, exact figures read to a relative width."""
        claims, last = self.claims.coarsened(grain), grain == COARSER[-1]
        if not claims.coarse or not (last or self.promises(grain, most)):
            return None
        found = self.followed(self.led.mixture, NARROWING, f"narrowed-{grain:g}", claims, most)
        if not found.enough and not (last and found.ess >= BARELY):
            return None
        ids = ", ".join(claims.coarse)
        error = f" (what each weighs is wrong by some {100 * claims.blur:.1g} %)"
        told = (
            f" Figures that are exact were read to {100 * grain:g} %, no closer"
            f"{error if grain in GRAINS else ''}: {ids}."
        )
        return replace(found, sentence=found.sentence + told, grain=grain)

    def closely(self) -> Result | None:
        """The same as closely as may be, where it still suffices."""
        for grain in GRAINS:
            most = self.most * (LAST_OF_THEM if grain == GRAINS[-1] else 1)
            found = self.nearly(grain, most)
            if found is not None:
                return found
        return None

    def judged(self, result: Result) -> Result | None:
        """A result that suffices; one that is right but for its size is remembered."""
        if result.enough:
            return result
        if result.reach.suffices and result.k_hat < WORST_K and result.ess > self.short.ess:
            self.short = result
        return None

    def nearly_enough(self) -> Result | None:
        """The largest of what is right but for its size, if it is no less than a tenth of it."""
        enough = self.wanted.ess / SMALLER
        could = self.trial[0.0] * self.most
        if self.short.ess < enough <= could:
            # Less is asked for: a run that could not come to all of it would not be begun.
            self.wanted, asked = replace(self.wanted, ess=max(enough, SURE * could)), self.wanted
            found = self.exactly() or self.short
            told = found.sentence.replace(Verdict.ENOUGH.value, Verdict.TOO_FEW.value)
            self.judged(replace(found, sentence=told, enough=False))
            self.wanted = asked
        return self.short if self.short.ess >= enough else None

    def coarsely(self) -> Result | None:
        """The same more coarsely: a posterior that says how coarsely, and does not suffice."""
        for grain in COARSER:
            found = self.nearly(grain, self.most // SHARE)
            if found is not None:
                return replace(found, enough=False)
        return None

    def populated(self) -> Result:
        """Whole populations, narrowed and moved, where so many worlds are allowed."""
        wanted = self.wanted
        if self.most < FEWEST:
            return replace(self.first, worlds=self.fought)

        def tell(info: Info) -> None:
            self.tell(info.width)

        pool = pooled(
            self.model, self.claims, ess=wanted.ess, most=self.most, seed=wanted.seed,
            threads=wanted.threads, progress=tell, journal=wanted.journal,
        )  # fmt: skip
        first = self.first
        if pool.ess < wanted.ess and first.ess > pool.ess and first.reach.suffices:
            return first
        return pooled_result(pool, self.claims, self.supply, wanted, self.opening, self.fought)

    def followed(
        self,
        mixture: Mixture,
        how: str,
        entry: str,
        claims: ClaimModel | None = None,
        most: int | None = None,
    ) -> Result:
        """Worlds drawn from a mixture, `most` of them at most."""
        steadfast = how == NARROWING
        simulate = self.narrowed if steadfast else None
        proposed = simulate.proposed if simulate else self._proposed(mixture)
        drawn = _drawn(
            proposed, self.supply, claims or self.claims, self.wanted,
            patience=most or self.most, entry=entry,
            steadfast=steadfast, simulate=simulate,
        )  # fmt: skip
        result = proposed_result(drawn, proposed, self.supply, self.opening + how, self.fought)
        self.fought = result.worlds
        if drawn.verdict is Verdict.UNREACHED and steadfast:
            # The kernels were narrowed and found no way there either: no sampler knows better.
            return replace(result, enough=result.k_hat < WORST_K and result.ess >= self.wanted.ess)
        return result
