"""Importance sampling from where narrowed kernels lead.

A small population is narrowed to the claims; normal distributions are fitted to its particles,
one for each set of claims that they track, and mixed with the prior; worlds drawn from that
mixture are weighed by claims times prior over mixture. The fit need not be good for the
weights to be right: effective size, tail index and reach judge them as they judge any.

Mixtures of fitted components with the prior as a defence: Hesterberg (1995).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy import special

from inje.posterior._claims import ClaimModel
from inje.posterior._readings import Columns
from inje.posterior._tempering import ParticleModel, Particles, covariance_of, linear
from inje.posterior._weights import effective_size, systematic, uniforms_of

__all__ = [
    "LOG_RATIO",
    "Mixture",
    "Proposed",
    "Remembered",
    "divided",
    "fitted",
    "mixed",
    "prior_of",
    "scouted",
]

#: column under which a simulator may hand over log(prior / proposal)
LOG_RATIO = "log prior over proposal"
#: share of the prior in the mixture, and by how much fitted spreads are widened
DEFENCE, WIDER = 0.1, 1.1
#: least share of particles for a component of its own
LEAST = 0.03
#: share of a component for all particles together, and how many claims divide them
COMMON, DIVIDE = 0.2, 4
#: by how much the variances of a wider component exceed those of few particles
WIDE = 1.5
#: standard errors that a mean or a spread, and a correlation, must differ from the prior's
PLAIN, LINKED = 3.0, 4.0
#: of narrowed particles, which share ancestors, one in so many counts as independent
SHARED = 5
#: scouts that are fought together
SCOUTS_AT_A_TIME = 1 << 14
#: numbers of worlds drawn from a proposal begin here, apart from those drawn from the prior
FIRST_KEY = 1 << 62


@dataclass(frozen=True)
class Mixture:
    """Normal components in standard-normal coordinates; the first is the prior.

    Attributes
    ----------
    shares : (k,). means : (k, d). factors : (k, d, d) lower Cholesky factors.
    """

    shares: np.ndarray
    means: np.ndarray
    factors: np.ndarray

    @property
    def dimension(self) -> int:
        """Number of coordinates."""
        return self.means.shape[1]

    @cached_property
    def moved(self) -> np.ndarray:
        """Coordinates in which a component differs from the prior: the others are its own."""
        apart = (self.factors != np.eye(self.dimension)).any(axis=0)
        return np.flatnonzero((self.means != 0).any(axis=0) | apart.any(axis=0) | apart.any(axis=1))

    def draw(self, index: np.ndarray, seed: int) -> np.ndarray:
        """Coordinates (n, d) of the draws with these numbers, a pure function of both."""
        own = index.astype(np.uint64) * np.uint64(self.dimension + 1)
        component = np.searchsorted(
            np.cumsum(self.shares)[:-1], uniforms_of(own, seed), side="right"
        )
        normal = np.stack(
            [
                special.ndtri(uniforms_of(own + np.uint64(j + 1), seed))
                for j in range(self.dimension)
            ],
            axis=1,
        )
        own = normal[:, self.moved]
        for k in np.unique(component):
            rows = component == k
            own[rows] = self._means[k] + linear(self._factors[k], own[rows])
        normal[:, self.moved] = own
        return normal

    def log_ratio(self, x: np.ndarray) -> np.ndarray:
        """Logarithm of prior over mixture density (n,)."""
        own = np.ascontiguousarray(x[:, self.moved])
        prior = -0.5 * np.square(own).sum(axis=1)
        parts = [
            np.log(share) - _log_determinant(factor) - 0.5 * _distance(factor, own - mean)
            for share, mean, factor in zip(self.shares, self._means, self._factors, strict=True)
        ]
        return prior - special.logsumexp(parts, axis=0)

    @cached_property
    def _means(self) -> np.ndarray:
        return self.means[:, self.moved]

    @cached_property
    def _factors(self) -> np.ndarray:
        return np.ascontiguousarray(self.factors[:, self.moved[:, None], self.moved])


def _distance(factor: np.ndarray, centred: np.ndarray) -> np.ndarray:
    inverse = np.linalg.inv(factor)
    return np.square(linear(inverse, centred)).sum(axis=1)


def _log_determinant(factor: np.ndarray) -> float:
    return float(np.log(np.diag(factor)).sum())


def fitted(state: Particles, claims: ClaimModel, seed: int) -> Mixture:
    """A mixture fitted to equally weighted particles.

    Narrowed particles are grouped by whether the few claims that divide them most are tracked:
    each group has a place of its own, and what it says of a cause is a group's, too. Scouts are
    drawn by weight from the prior, and too few of them are independent to be divided.
    """
    narrowed = state.rung >= 0
    group = divided(_tracking(state, claims, seed), state.x) if narrowed else np.zeros(len(state.x))
    return mixed(state.x, group, _independent(state))


def mixed(x: np.ndarray, group: np.ndarray, independent: float, *, sparse: bool = False) -> Mixture:
    """The prior, a component for all particles together, and one for each group of them.

    Parameters
    ----------
    x : equally weighted particles (n, d). group : numbers (n,).
    independent : draws that they are worth.
    sparse : these are few: the least group is counted in them, and the component for all is wider.
    """
    size, dimension = x.shape
    counts = np.bincount(group.astype(np.int64))
    worth = independent / size if sparse else 1.0
    least = max(LEAST * size, 2 * dimension / worth)
    own = [k for k in range(counts.size) if counts[k] >= least]
    rows = [np.ones(size, dtype=bool), *(group == k for k in own if counts[k] < 0.95 * size)]
    # A mode that few particles hold is still covered: by all of them, and by the prior.
    weights = np.array([COMMON, *(row.mean() for row in rows[1:])])
    fits = [_component(x[row], independent * row.mean()) for row in rows]
    if sparse:
        fits.append(_wider(*fits[0]))
        weights = np.append(weights, COMMON * weights.sum())
    shares = np.concatenate([[DEFENCE], (1 - DEFENCE) * weights / weights.sum()])
    means = np.stack([np.zeros(dimension), *(mean for mean, _ in fits)])
    factors = np.stack([np.eye(dimension), *(factor for _, factor in fits)])
    return Mixture(shares, means, factors)


def _wider(mean: np.ndarray, factor: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The component, wider where it is not the prior."""
    unit = np.eye(mean.size)
    apart = (mean != 0) | (factor != unit).any(axis=0) | (factor != unit).any(axis=1)
    return mean, np.where(apart[:, None], np.sqrt(WIDE) * factor, unit)


def _tracking(state: Particles, claims: ClaimModel, seed: int) -> np.ndarray:
    """Which claims track (claims, n), drawn given the particles."""
    told = claims.transmission
    rng = np.random.Generator(np.random.Philox(seed))
    return told.sampled(claims.terms(state.columns), rng.random((told.draws, state.x.shape[0])))


def _independent(state: Particles) -> float:
    """How many independent draws the particles are worth."""
    size = state.x.shape[0]
    if state.rung >= 0:
        return size / SHARED
    repeats = np.unique(state.family, return_counts=True)[1]
    return float(size**2 / np.square(repeats.astype(float)).sum())


def divided(tracks: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Groups (n,) by the claims whose tracking divides the particles most.

    A claim divides by the share that track it, and by how much they lie apart: in place, or
    in how closely they lie.
    """
    power = [_apart(on, x) for on in tracks]
    group = np.zeros(x.shape[0], dtype=np.int64)
    for i in np.argsort(-np.array(power), kind="stable")[:DIVIDE]:
        if power[i] > 0:
            group = 2 * group + tracks[i]
    return np.unique(group, return_inverse=True)[1].ravel()


def _apart(on: np.ndarray, x: np.ndarray) -> float:
    """How much particles that are `on` (n,) lie apart from the others, by their share."""
    if min(on.sum(), (~on).sum()) < LEAST * on.size:
        return 0.0
    apart = np.square(x[on].mean(axis=0) - x[~on].mean(axis=0)).sum()
    closer = np.square(np.log(x[on].var(axis=0) / x[~on].var(axis=0))).sum()
    return float(on.mean() * (1 - on.mean()) * (apart + closer))


def _component(x: np.ndarray, independent: float) -> tuple[np.ndarray, np.ndarray]:
    """Mean and Cholesky factor; what few particles cannot tell from the prior is the prior."""
    mean, covariance = x.mean(axis=0), covariance_of(x)
    variance = np.maximum(np.diag(covariance), 1e-6)
    error = 1 / max(independent, 1.0)
    related = np.square(covariance) / (variance * variance[:, None]) > LINKED**2 * error
    np.fill_diagonal(related, val=False)
    sure = PLAIN**2 * error
    plain = (np.square(mean) < sure) & (np.square(np.log(variance)) < 2 * sure)
    plain &= ~related.any(axis=0)
    spread = np.where(plain, 1.0, WIDER * variance)
    scale = np.sqrt(spread / variance)
    kept = 1 / (1 + 4 * (~plain).sum() * error)
    off = kept * covariance * scale * scale[:, None]
    off[plain] = off[:, plain] = 0
    np.fill_diagonal(off, spread)
    factor = np.linalg.cholesky(off + 1e-9 * np.diag(np.where(plain, 0.0, 1.0)))
    return np.where(plain, 0.0, mean), factor


@dataclass(frozen=True)
class Proposed:
    """Worlds drawn from a mixture instead of the prior.

    Attributes
    ----------
    model : fights particles. mixture : where they are drawn. seed : of the draws.
    """

    model: ParticleModel
    mixture: Mixture
    seed: int

    def particles(self, index: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Coordinates (n, d) and keys (n, blocks) of the draws with these numbers."""
        x = self.mixture.draw(index, self.seed)
        blocks = max(self.model.blocks, 1)
        # One address for all blocks: what was drawn from a proposal is a world like any other.
        own = FIRST_KEY + index.astype(np.uint64)[:, None]
        return x, np.repeat(own, blocks, axis=1)[:, : self.model.blocks]

    def __call__(self, start: int, worlds: int) -> Columns:
        """Columns of draws start .. start + worlds - 1, and log(prior / proposal)."""
        x, keys = self.particles(np.arange(start, start + worlds))
        columns = self.model.simulate(x, keys)
        return {**columns, LOG_RATIO: self.mixture.log_ratio(x)}


@dataclass(frozen=True)
class Remembered:
    """A proposal whose worlds are fought once, however often they are weighed.

    Attributes
    ----------
    proposed : the proposal. room : numbers that are kept at most; worlds beyond are fought again.
    """

    proposed: Proposed
    room: int = 1 << 24
    _kept: dict[tuple[int, int], Columns] = field(default_factory=dict, init=False)

    def __call__(self, start: int, worlds: int) -> Columns:
        """Columns as `proposed` gives them."""
        found = self._kept.get((start, worlds))
        if found is None:
            found = self.proposed(start, worlds)
            held = sum(size * len(columns) for (_, size), columns in self._kept.items())
            if held + worlds * len(found) <= self.room:
                self._kept[start, worlds] = found
        return found


def prior_of(model: ParticleModel, seed: int) -> Proposed:
    """Worlds drawn from the prior, as a proposal."""
    d = model.dimension
    return Proposed(model, Mixture(np.ones(1), np.zeros((1, d)), np.eye(d)[None]), seed)


def scouted(
    proposed: Proposed, claims: ClaimModel, *, worlds: int, size: int, seed: int
) -> tuple[Particles, float]:
    """Particles drawn by weight from the worlds of a proposal: where the claims are met.

    Parameters
    ----------
    proposed : where worlds are drawn. worlds : how many are fought and weighed.
    size : particles, equally weighted, drawn systematically.
    seed : of that draw.

    Returns
    -------
    The particles, and how many of the worlds were effective.
    """
    parts = []
    for start in range(0, worlds, SCOUTS_AT_A_TIME):
        columns = proposed(start, min(SCOUTS_AT_A_TIME, worlds - start))
        parts.append(claims.log_weight(columns) + columns[LOG_RATIO])
    log_weight = np.concatenate(parts)
    weights = np.exp(log_weight - log_weight.max())
    index = systematic(weights, size, float(uniforms_of(np.zeros(1, np.uint64), seed)[0]))
    x, keys = proposed.particles(index)
    evidence = float(log_weight.max() + np.log(weights.mean()))
    columns = proposed.model.simulate(x, keys)
    particles = Particles(x, keys, columns, index, -1, evidence, claims.log_weight(columns))
    return particles, effective_size(log_weight)
