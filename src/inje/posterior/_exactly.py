"""Two counts conditioned by their exact likelihood: no worlds, no noise of simulation.

Particles are led to the claims by narrowing what counts as tracking around battles that go as
they do on average; a normal distribution fitted to them proposes parameters and reliabilities,
which the exact likelihood weighs and refits. Losses by date are drawn back as a draw is weighed,
and for the draws that are kept, worlds that have these losses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from inje.ensemble import cores_of
from inje.errors import ModelError, OptionError
from inje.posterior._adapted import refitted
from inje.posterior._assembly import assembled
from inje.posterior._drawing_back import Bridged, bridged, stretched
from inje.posterior._duel import Duel, duel_of
from inje.posterior._proposal import Mixture
from inje.posterior._tempering import covariance_of, init, step
from inje.posterior._weights import (
    Kept,
    WeightSums,
    effective_size,
    pareto_k,
    systematic,
    uniforms_of,
)
from inje.scenario import Scenario

__all__ = ["ExactDraws", "TwoCountPosterior", "condition_two_counts", "exact_draws"]

#: particles that are led, and the width (log scale) at which they have arrived
LED, ARRIVED = 2048, 0.1
#: draws of each round of refitting, and those between tests of the effective size
ROUNDS, BATCH = (128, 256), 640
#: draws that one thread takes at a time
CHUNK = 16
#: effective draws computed for each that is wanted
SPARE = 1.05
#: losses of both sides on average, up to which some thousand exact laws take some minutes: the work
#: grows with their third power, from 4 ms a law at 500 losses (AMD EPYC, 2026)
LOSSES = 3000
#: numbers of what draws courses of losses begin here, apart from those of what draws parameters
FIRST_COURSE = np.uint64(1 << 62)
#: by how much the first proposal is wider than the particles, and how wide the wide part is
WIDER, TAIL = 1.5, 4.0


@dataclass(frozen=True)
class TwoCountPosterior:
    """Weighted parameters, reliabilities and losses of two counts.

    Attributes
    ----------
    parameters, reliabilities : by path and by agent, each (n,). log_weight : (n,).
    ess, k_hat : effective draws, and tail index of the weights.
    log_evidence, evidence_error : logarithm of the mean weight, and its error.
    losses : by path, drawn given parameters and claims (m,), equally weighted; one of each of m
        draws taken by weight, `rows` (m,).
    evaluations : likelihoods computed. enough : whether `ess` is what was asked for.
    """

    parameters: Mapping[str, np.ndarray]
    reliabilities: Mapping[str, np.ndarray]
    log_weight: np.ndarray
    ess: float
    k_hat: float
    log_evidence: float
    evidence_error: float
    losses: Mapping[str, np.ndarray]
    rows: np.ndarray
    evaluations: int
    enough: bool


def condition_two_counts(
    model: Scenario,
    *,
    seed: int = 1,
    ess: float = 1000,
    most: int = 1 << 14,
    paths: int = 256,
    threads: int | None = None,
    letters: Mapping[str, str] | None = None,
) -> TwoCountPosterior:
    """Condition two forces under the square law by the exact likelihood of what was reported.

    For records that no simulated world can meet, such as exact figures of every day. The
    likelihood drops a millionth of the mass at each date.

    Parameters
    ----------
    model : a scenario with its dossier: two forces, one engagement, the square law with a rate
        for each side, no breaking off, nobody on the march; claims about losses (in all) and
        strengths.
    seed : of every draw. ess : effective draws wanted. most : likelihoods at most.
    paths : losses by date drawn back.
    threads : cores to use, all by default; changes no number.
    letters : reliability letters for this run, by holder or source.

    Raises
    ------
    ModelError : no record, or more than two counts.
    OptionError : an option out of range.
    """
    if ess <= 0 or most < 1 or paths < 0:
        raise OptionError("ess, most, paths", f"{ess}, {most}, {paths}", "numbers above 0", "")
    if model.dossier is None:
        raise ModelError("scenario", "it carries no record", "a scenario with its dossier", "")
    duel = duel_of(assembled(model, seed=seed, threads=1, letters=letters))
    if duel is None:
        raise ModelError(
            "scenario", "it is more than two counts, or its claims are about more than these",
            "two forces, the square law, claims about losses in all and strengths",
            "use `condition`, which simulates",
        )  # fmt: skip
    with ThreadPoolExecutor(cores_of(threads)) as pool:
        found = _weighed(duel, _pilot(duel, seed), seed, ess, most, pool)
    x, log_weight = found.x, found.log_weight
    share = np.exp(log_weight - log_weight.max())
    rows = systematic(share, paths, 0.5) if paths else np.empty(0, np.int64)
    sums = WeightSums.of(log_weight)
    return TwoCountPosterior(
        duel.parameters(x), duel.reliabilities(x), log_weight, sums.ess, pareto_k(log_weight),
        sums.log_evidence, sums.evidence_error, _by_path(duel, found.losses[rows]), rows,
        found.evaluations, sums.ess >= ess,
    )  # fmt: skip


@dataclass(frozen=True)
class ExactDraws:
    """Weighted draws of two counts under their exact likelihood, a world drawn back for each.

    Attributes
    ----------
    x : (n, d) parameters in standard-normal coordinates. worlds : their fortunes.
    columns : of the worlds; parameters, strengths and losses alone where fortunes are missing.
    log_weight : (n,). number : (n,) which draws they are. k_hat : tail index of all weights.
    log_evidence, evidence_error : logarithm of the mean weight, and its error.
    evaluations : likelihoods computed.
    """

    x: np.ndarray
    worlds: Bridged
    columns: Mapping[str, np.ndarray]
    log_weight: np.ndarray
    number: np.ndarray
    k_hat: float
    log_evidence: float
    evidence_error: float
    evaluations: int

    @property
    def ess(self) -> float:
        """Effective draws."""
        return effective_size(self.log_weight)


def exact_draws(
    duel: Duel,
    *,
    seed: int,
    ess: float,
    most: int = 1 << 14,
    threads: int = 1,
    progress: Callable[[int, float], None] | None = None,
    drawing_back: Callable[[int, int], None] | None = None,
) -> ExactDraws:
    """Draw parameters and worlds of two counts from their posterior.

    Losses by date are drawn back given everything that was reported, as each draw is weighed. Of
    the weighted draws a bounded sample stays, as large as the effective size needs; for these,
    worlds are drawn that have the losses.

    Parameters
    ----------
    As in `condition_two_counts`; `progress` is called with likelihoods computed and effective
    draws, `drawing_back` with draws that have a world and draws in all.

    Raises
    ------
    OptionError : so many losses that thousands of exact laws of theirs would take hours.
    """
    pilot = _pilot(duel, seed)
    given = duel.parameters(pilot.means[:1])
    losses = sum(float(duel.lost_on_average(given, -1, side)[0]) for side in (0, 1))
    if losses > LOSSES:
        raise OptionError(
            "two counts", f"about {losses:,.0f} losses", f"at most {LOSSES:,}", "simulate instead"
        )
    duel = stretched(duel, given)
    with ThreadPoolExecutor(threads) as pool:
        # What is lost by keeping a part of the draws is asked for in advance.
        found = _weighed(duel, pilot, seed, SPARE * ess, most, pool, progress)
        log_weight = found.log_weight
        kept = _enough(Kept.of(len(log_weight), 0, log_weight, {}, seed), ess)
        rows = kept.index
        x, losses = found.x[rows], found.losses[rows]
        worlds = bridged(duel, x, losses, rows, pool, drawing_back)
    given, sums = duel.parameters(x), WeightSums.of(log_weight)
    told = {**given, **duel.strengths(given), **_by_path(duel, losses)}
    return ExactDraws(
        x[:, : duel.particles.dimension], worlds, worlds.columns or told, kept.log_weight, rows,
        pareto_k(log_weight), sums.log_evidence, sums.evidence_error, found.evaluations,
    )  # fmt: skip


@dataclass(frozen=True)
class _Average:
    """A duel whose battles go as they do on average, as a model of particles."""

    duel: Duel
    blocks: int = 0

    @property
    def dimension(self) -> int:
        return self.duel.particles.dimension

    def simulate(self, x: np.ndarray, keys: np.ndarray) -> dict[str, np.ndarray]:  # noqa: ARG002 - nothing is drawn
        given = self.duel.parameters(x)
        return {**self.duel.strengths(given), **self.duel.mean_losses(given)}


def _pilot(duel: Duel, seed: int) -> Mixture:
    """Normals around particles that battles on average lead to the claims; reliabilities free."""
    rng = np.random.Generator(np.random.Philox(seed))
    model = _Average(duel)
    state = init(model, LED, rng)
    while state.width > ARRIVED and np.isfinite(state.log_evidence):
        state, _ = step(state, model, duel.claims, rng)
    own, dimension = model.dimension, duel.dimension
    mean, factor = np.zeros(dimension), np.eye(dimension)
    if own:
        mean[:own] = state.x.mean(axis=0)
        covariance = covariance_of(state.x) + 1e-9 * np.eye(own)
        factor[:own, :own] = np.linalg.cholesky(WIDER * covariance)
    wide = factor.copy()
    wide[:own, :own] *= np.sqrt(TAIL)
    return Mixture(np.array([0.7, 0.3]), np.stack([mean, mean]), np.stack([factor, wide]))


@dataclass(frozen=True)
class _Weighed:
    """Draws (n,): coordinates, log weights, losses of both sides by date (n, dates, 2)."""

    x: np.ndarray
    log_weight: np.ndarray
    losses: np.ndarray
    evaluations: int = 0

    @classmethod
    def joined(cls, parts: Sequence[_Weighed]) -> _Weighed:
        """Several in a row."""
        return cls(
            np.concatenate([part.x for part in parts]),
            np.concatenate([part.log_weight for part in parts]),
            np.concatenate([part.losses for part in parts]),
        )


def _weighed(
    duel: Duel,
    mixture: Mixture,
    seed: int,
    ess: float,
    most: int,
    pool: ThreadPoolExecutor,
    progress: Callable[[int, float], None] | None = None,
) -> _Weighed:
    """As many draws as the effective size needs, from a proposal that is refitted in rounds."""
    done = 0

    def drawn(start: int, stop: int, own: int, dates: int) -> _Weighed:
        def part(at: int) -> _Weighed:
            index = np.arange(at, min(at + CHUNK, stop))
            x = mixture.draw(index, own)
            log, losses = duel.weighed(x, _uniforms(index, dates, own))
            return _Weighed(x, log + mixture.log_ratio(x), losses)

        return _Weighed.joined(list(pool.map(part, range(start, stop, CHUNK))))

    for turn, size in enumerate(ROUNDS):
        tried = drawn(0, size, seed + 1 + turn, 0)
        done += size
        if effective_size(tried.log_weight) > 2 * duel.dimension:
            # A battle drawn from the prior may be so bloody that its law takes minutes.
            mixture = _trimmed(refitted(tried.x, tried.log_weight, 0.0))
    dates = len(duel.days)
    found = drawn(0, BATCH, seed, dates)
    while effective_size(found.log_weight) < ess and len(found.x) * 2 + done <= most:
        more = drawn(len(found.x), 2 * len(found.x), seed, dates)
        found = _Weighed.joined([found, more])
        if progress:
            progress(done + len(found.x), effective_size(found.log_weight))
    return replace(found, evaluations=done + len(found.x))


def _uniforms(index: np.ndarray, dates: int, seed: int) -> np.ndarray:
    """What draws the losses of these draws (n, dates), apart from what draws their parameters."""
    own = FIRST_COURSE + index.astype(np.uint64)[:, None] * np.uint64(max(dates, 1))
    return uniforms_of(own + np.arange(dates, dtype=np.uint64), seed)


def _trimmed(mixture: Mixture) -> Mixture:
    """A mixture without the components that nothing is drawn from."""
    used = mixture.shares > 0
    return Mixture(mixture.shares[used], mixture.means[used], mixture.factors[used])


def _enough(whole: Kept, ess: float) -> Kept:
    """The smallest of ever larger samples that leaves so many effective draws."""
    size = int(np.ceil(ess))
    while size < len(whole.index):
        fewer = Kept.merged([replace(whole, size=size)]).settled()
        if effective_size(fewer.log_weight) >= ess:
            return fewer
        size += size // 4 + 1
    return whole


def _by_path(duel: Duel, losses: np.ndarray) -> dict[str, np.ndarray]:
    """Losses (n, dates, 2) by path, those in all among them."""
    return {duel.path(report): losses[:, report.date, report.side] for report in duel.reports} | {
        f"losses.{side}.total": losses[:, -1, slot]
        for slot, side in enumerate(duel.engagement.sides)
    }
