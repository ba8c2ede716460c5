"""Tempered sequential Monte Carlo: the width of the tracking kernels is annealed.

Raising the likelihood to a power would miss the same spike that prior draws miss, because
what is said without tracking is a floor under it. Widening the kernels does not: a wide
kernel is near everywhere, and narrows by steps to the claimed one (width 0).

A particle is (parameters in standard-normal coordinates, block keys of its randomness). Which
claims track is a latent variable: it is drawn given the particle, with reliabilities
integrated out; given it, the target is the prior times the t of the tracking claims alone,
and particles that track the same claims share a proposal of their own. Weights between
widths use the likelihood with tracking summed out.

Del Moral, Doucet & Jasra (2006); the variance over families of common ancestors is Lee &
Whiteley's (2018).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from inje.posterior._claims import ClaimModel
from inje.posterior._readings import Columns
from inje.posterior._weights import effective_of, systematic

__all__ = [
    "Info",
    "ParticleModel",
    "Particles",
    "Stage",
    "fought_each",
    "init",
    "moved",
    "step",
    "tempered",
]

#: widths on the log scale from nearly flat to nearly none, then none
WIDTHS: tuple[float, ...] = (*np.geomspace(2.5, 0.01, 49).tolist(), 0.0)
#: effective share of particles that a narrowing step may leave
KEEP = 0.6
#: rungs at most in one step: a factor 1.8 in width. The particles that are there cannot tell
#: that a mode which none has found yet is passed by; only small steps let them find it.
#: Below the scale of the kernel itself, .15, there is nothing left to find.
RUNGS, FINE = 5, 0.15
#: accepted moves wanted per particle and step, and sweeps at most
ACCEPTED, SWEEPS = 3.0, 3
#: moves per drawing of the tracking indicators
MOVES = 8


class ParticleModel(Protocol):
    """What turns particles into worlds.

    Attributes
    ----------
    dimension : parameters, each standard normal a priori.
    blocks : keys of independent parts of a world's randomness.
    """

    @property
    def dimension(self) -> int:
        """How many parameters."""
        ...

    @property
    def blocks(self) -> int:
        """How many block keys."""
        ...

    def simulate(self, x: np.ndarray, keys: np.ndarray) -> Columns:
        """Outcomes (n,) of particles with parameters (n, dimension) and keys (n, blocks)."""
        ...


@dataclass(frozen=True)
class Particles:
    """A population at one width.

    Attributes
    ----------
    x, keys : (n, dimension) float64 and (n, blocks) uint64; what a replay needs.
    columns : their worlds' outcomes, each (n,).
    family : the first ancestor of each (n,).
    rung : index of the width in `WIDTHS`; -1 before the first.
    log_evidence : accumulated.
    log_weight : (n,) logarithm of P(claims | world) at this width.
    """

    x: np.ndarray
    keys: np.ndarray
    columns: Columns
    family: np.ndarray
    rung: int
    log_evidence: float
    log_weight: np.ndarray

    @property
    def width(self) -> float:
        """The width of the tracking kernels."""
        return WIDTHS[self.rung] if self.rung >= 0 else np.inf


@dataclass(frozen=True)
class Info:
    """What a step did.

    Attributes
    ----------
    width, effective : reached, and the share of effective particles before resampling.
    acceptance : share of moves accepted; `sweeps` of them.
    tracking : by claim, the share of particles in which it tracks.
    families : distinct first ancestors left.
    """

    width: float
    effective: float
    acceptance: float
    sweeps: int
    tracking: tuple[float, ...]
    families: int


def fought_each(steps: Iterable[Info]) -> int:
    """Worlds that each particle was fought in, over some steps."""
    return sum(1 + MOVES * step.sweeps for step in steps)


#: where a population stands: its particles, what moves them next, and the steps so far
Stage = tuple[Particles, np.random.Generator, list[Info]]


def init(model: ParticleModel, particles: int, rng: np.random.Generator) -> Particles:
    """A population from the prior."""
    x = rng.standard_normal((particles, model.dimension))
    keys = _fresh(rng, (particles, model.blocks))
    columns = model.simulate(x, keys)
    return Particles(x, keys, columns, np.arange(particles), -1, 0.0, np.zeros(particles))


def _fresh(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    return rng.integers(0, 2**63, size=shape, dtype=np.int64).astype(np.uint64)


def _taken(columns: Columns, rows: np.ndarray) -> Columns:
    return {name: np.asarray(values)[rows] for name, values in columns.items()}


def _effective(log_ratio: np.ndarray) -> float:
    peak = log_ratio.max()
    if not np.isfinite(peak):
        return 0.0
    return effective_of(np.exp(log_ratio - peak)) / log_ratio.size


def _next_rung(state: Particles, claims: ClaimModel) -> tuple[int, np.ndarray]:
    """The narrowest width that leaves enough effective particles; at least one rung on."""
    low, high = state.rung + 1, len(WIDTHS) - 1
    if state.width > FINE:
        high = min(state.rung + RUNGS, high)
    found = claims.log_weight(state.columns, WIDTHS[low])
    chosen = low
    while low < high:
        middle = (low + high + 1) // 2
        weight = claims.log_weight(state.columns, WIDTHS[middle])
        if _effective(weight - state.log_weight) >= KEEP:
            low, chosen, found = middle, middle, weight
        else:
            high = middle - 1
    return chosen, found


def step(
    state: Particles,
    model: ParticleModel,
    claims: ClaimModel,
    rng: np.random.Generator,
    *,
    sweeps: int = SWEEPS,
) -> tuple[Particles, Info]:
    """Narrow the kernels, resample, move.

    Returns
    -------
    The population at the next width, and what was done. At width 0 the particles are draws
    of the posterior, equally weighted.
    """
    rung, log_weight = _next_rung(state, claims)
    ratio = log_weight - state.log_weight
    peak = ratio.max()
    if not np.isfinite(peak):
        return replace(state, rung=rung, log_evidence=-np.inf), Info(WIDTHS[rung], 0, 0, 0, (), 0)
    weight = np.exp(ratio - peak)
    evidence = state.log_evidence + float(peak + np.log(weight.mean()))
    rows = systematic(weight, weight.size, float(rng.random()))
    resampled = Particles(
        state.x[rows], state.keys[rows], _taken(state.columns, rows), state.family[rows],
        rung, evidence, log_weight[rows],
    )  # fmt: skip
    state, acceptance, swept, tracking = moved(resampled, model, claims, rng, sweeps)
    families = np.unique(state.family).size
    return state, Info(
        WIDTHS[rung], _effective(ratio), acceptance, swept, tuple(tracking), families
    )


def moved(
    state: Particles,
    model: ParticleModel,
    claims: ClaimModel,
    rng: np.random.Generator,
    most: int,
    wanted: float = ACCEPTED,
) -> tuple[Particles, float, int, np.ndarray]:
    """Sweeps of Gibbs (indicators) and Metropolis (particles given them) at one width."""
    accepted, tried, sweeps = 0.0, 0, 0
    transmission = claims.transmission
    tracks = np.zeros((len(claims.claims), state.x.shape[0]), dtype=bool)
    while sweeps < most and accepted < wanted:
        terms = claims.terms(state.columns, state.width)
        tracks = transmission.sampled(terms, rng.random((transmission.draws, tracks.shape[1])))
        group = _groups(tracks, state.x.shape[1])
        for _ in range(MOVES):
            state, terms, share = _metropolis(state, model, claims, tracks, group, terms, rng)
            accepted += share
            tried += 1
        sweeps += 1
    state = replace(state, log_weight=claims.log_weight(state.columns, state.width))
    return state, accepted / max(tried, 1), sweeps, tracks.mean(axis=1)


def _log_tracked(terms: Sequence[np.ndarray], tracks: np.ndarray) -> np.ndarray:
    """Sum of log t over the claims that track; all else is a constant given the indicators."""
    with np.errstate(divide="ignore"):
        parts = [np.where(on, np.log(t), 0.0) for t, on in zip(terms, tracks, strict=True)]
    return np.sum(parts, axis=0) if parts else np.zeros(tracks.shape[1])


def _metropolis(
    state: Particles,
    model: ParticleModel,
    claims: ClaimModel,
    tracks: np.ndarray,
    group: np.ndarray,
    terms: Sequence[np.ndarray],
    rng: np.random.Generator,
) -> tuple[Particles, list[np.ndarray], float]:
    """One move of every particle; see `_proposed`."""
    x, keys = state.x, state.keys
    proposed_x, proposed_keys, walked = _proposed(state, model, group, rng)
    columns = model.simulate(proposed_x, proposed_keys)
    new = claims.terms(columns, state.width)
    # What is drawn anew from the prior has the prior's ratio in its proposal.
    prior = np.where(
        walked, 0.5 * (np.square(x).sum(axis=1) - np.square(proposed_x).sum(axis=1)), 0.0
    )
    with np.errstate(invalid="ignore"):
        ratio = prior + _log_tracked(new, tracks) - _log_tracked(terms, tracks)
    take = np.log(rng.random(x.shape[0])) < ratio
    joined = {
        name: np.where(take, columns[name], np.asarray(values))
        for name, values in state.columns.items()
    }
    there = replace(
        state,
        x=np.where(take[:, None], proposed_x, x),
        keys=np.where(take[:, None], proposed_keys, keys),
        columns=joined,
    )
    kept = [np.where(take, b, a) for a, b in zip(terms, new, strict=True)]
    return there, kept, float(take.mean())


def _proposed(
    state: Particles, model: ParticleModel, group: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where each particle would move, one of three ways; and which ones walk.

    All parameters by a random walk; some parameters drawn anew from the prior (what no claim
    bears on moves freely); or some blocks of keys drawn anew.
    """
    n, d = state.x.shape
    x, keys = state.x.copy(), state.keys.copy()
    way = rng.integers(0, 3 if model.blocks else 2, n)
    walk = _steps(state.x, group, rng)
    fresh = np.where(_some(rng, n, d), rng.standard_normal((n, d)), x)
    x = np.where((way == 0)[:, None], x + walk, np.where((way == 1)[:, None], fresh, x))
    if model.blocks:
        anew = _some(rng, n, model.blocks) & (way == 2)[:, None]
        keys = np.where(anew, _fresh(rng, keys.shape), keys)
    return x, keys, way == 0


def _some(rng: np.random.Generator, n: int, size: int) -> np.ndarray:
    """For each of n particles a random subset of `size` things, of about 1, 2, 4 .. of them."""
    if size == 1:
        return np.ones((n, 1), dtype=bool)
    wanted = 2.0 ** rng.integers(0, int(np.log2(size)) + 1, n)
    return rng.random((n, size)) < (wanted / size)[:, None]


def _groups(tracks: np.ndarray, dimension: int) -> np.ndarray:
    """A number for every set of tracking claims, -1 for sets that few particles share."""
    # A sum of odd multiples of large primes, modulo 2^64: a hash of the set of claims.
    codes = np.arange(1, tracks.shape[0] + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    codes ^= codes >> np.uint64(29)
    with np.errstate(over="ignore"):
        key = (tracks * codes[:, None]).sum(axis=0, dtype=np.uint64)
    _, group, sizes = np.unique(key, return_inverse=True, return_counts=True)
    return np.where(sizes[group] >= 10 * dimension + 20, group, -1)


def _steps(x: np.ndarray, group: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Random-walk steps; particles that track the same claims share a covariance.

    The length varies over a factor of ten, so that a narrow mode and a wide one both move.
    """
    n, d = x.shape
    steps = np.empty_like(x)
    scale = 2.38 / np.sqrt(d) * 10.0 ** -rng.random((n, 1))
    noise = rng.standard_normal((n, d)) * scale
    for value in np.unique(group):
        rows = group == value
        sample = x if value == -1 else x[rows]
        factor = np.linalg.cholesky(covariance_of(sample) + 1e-9 * np.eye(d))
        steps[rows] = linear(factor, noise[rows])
    return steps


def linear(factor: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Rows of x (n, d) through a matrix (d, d).

    By plain sums over the columns: the rounding of a library's matrix product may depend on the
    size and on how many threads it finds.
    """
    return np.einsum("nj,ij->ni", np.ascontiguousarray(x), factor, optimize=False)


def covariance_of(x: np.ndarray) -> np.ndarray:
    """Covariance (d, d) of the rows of x (n, d), element by element as `linear`."""
    centred = x - x.mean(axis=0)
    return np.einsum("ni,nj->ij", centred, centred, optimize=False) / max(x.shape[0] - 1, 1)


def tempered(
    model: ParticleModel,
    claims: ClaimModel,
    *,
    particles: int = 1 << 13,
    seed: int = 1,
    sweeps: int = SWEEPS,
    progress: Callable[[Info], None] | None = None,
    begun: Stage | None = None,
    keep: Callable[[Stage], None] | None = None,
) -> tuple[Particles, tuple[Info, ...]]:
    """A population drawn from the posterior by narrowing from the prior.

    Parameters
    ----------
    model, claims : the worlds and what is claimed of them.
    particles : size of the population.
    seed : of everything random.
    sweeps : most sweeps of moves at each width.
    begun : where an earlier run stopped. keep : called with where this one is, after each step.

    Returns
    -------
    Particles at width 0 (equally weighted; `log_evidence` -inf when none can explain the
    claims) and the steps taken.
    """
    rng = np.random.Generator(np.random.Philox(seed))
    state, rng, infos = begun or (init(model, particles, rng), rng, [])
    while state.rung < len(WIDTHS) - 1 and np.isfinite(state.log_evidence):
        state, info = step(state, model, claims, rng, sweeps=sweeps)
        infos = [*infos, info]
        if keep:
            keep((state, rng, infos))
        if progress:
            progress(info)
    return state, tuple(infos)
