"""Importance sampling from where narrowed kernels lead.

A small population is narrowed to the claims; normal distributions are fitted to its particles,
one for each set of claims that they track, and mixed with the prior; worlds drawn from that
mixture are weighed by claims times prior over mixture. The fit need not be good for the
weights to be right: effective size, tail index and reach judge them as they judge any.

Mixtures of fitted components with the prior as a defence: Hesterberg (1995).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from inje.posterior._claims import ClaimModel
from inje.posterior._readings import Columns
from inje.posterior._tempering import ParticleModel, Particles, covariance_of, linear
from inje.posterior._weights import uniforms_of

__all__ = ["LOG_RATIO", "Mixture", "Proposed", "fitted"]

#: column under which a simulator may hand over log(prior / proposal)
LOG_RATIO = "log prior over proposal"
#: share of the prior in the mixture, and by how much fitted spreads are widened
DEFENCE, WIDER = 0.1, 1.1
#: least share of particles for a component of its own
LEAST = 0.04
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
        x = np.empty_like(normal)
        for k in np.unique(component):
            rows = component == k
            x[rows] = self.means[k] + linear(self.factors[k], normal[rows])
        return x

    def log_ratio(self, x: np.ndarray) -> np.ndarray:
        """Logarithm of prior over mixture density (n,)."""
        prior = -0.5 * np.square(x).sum(axis=1)
        parts = [
            np.log(share) - _log_determinant(factor) - 0.5 * _distance(factor, x - mean)
            for share, mean, factor in zip(self.shares, self.means, self.factors, strict=True)
        ]
        return prior - special.logsumexp(parts, axis=0)


def _distance(factor: np.ndarray, centred: np.ndarray) -> np.ndarray:
    inverse = np.linalg.inv(factor)
    return np.square(linear(inverse, centred)).sum(axis=1)


def _log_determinant(factor: np.ndarray) -> float:
    return float(np.log(np.diag(factor)).sum())


def fitted(state: Particles, claims: ClaimModel, seed: int) -> Mixture:
    """A mixture fitted to equally weighted particles, grouped by the claims that they track."""
    size, dimension = state.x.shape
    uniforms = np.random.Generator(np.random.Philox(seed)).random((len(claims.claims), size))
    tracks = claims.transmission.sampled(claims.terms(state.columns), uniforms)
    _, group, counts = np.unique(tracks, axis=1, return_inverse=True, return_counts=True)
    group = group.ravel()
    # A mode that few particles hold is still covered: by all of them, and by the prior.
    own = [k for k in np.argsort(-counts, kind="stable") if counts[k] >= max(LEAST * size, 40)]
    rows = [np.ones(size, dtype=bool), *(group == k for k in own[:8] if counts[k] < 0.9 * size)]
    weights = np.array([0.5, *(0.5 * row.mean() / max(len(rows) - 1, 1) for row in rows[1:])])
    fits = [_component(state.x[row]) for row in rows]
    shares = np.concatenate([[DEFENCE], (1 - DEFENCE) * weights / weights.sum()])
    means = np.stack([np.zeros(dimension), *(mean for mean, _ in fits)])
    factors = np.stack([np.eye(dimension), *(factor for _, factor in fits)])
    return Mixture(shares, means, factors)


def _component(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and Cholesky factor; correlations shrunk by what few particles cannot tell."""
    size, dimension = x.shape
    covariance = covariance_of(x)
    kept = size / (size + 4 * dimension)
    diagonal = np.diag(np.maximum(np.diag(covariance), 1e-6))
    shrunk = kept * covariance + (1 - kept) * diagonal + 1e-9 * np.eye(dimension)
    return x.mean(axis=0), np.linalg.cholesky(WIDER * shrunk)


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
        own = FIRST_KEY + index.astype(np.uint64)[:, None] * np.uint64(blocks)
        return x, (own + np.arange(blocks, dtype=np.uint64))[:, : self.model.blocks]

    def __call__(self, start: int, worlds: int) -> Columns:
        """Columns of draws start .. start + worlds - 1, and log(prior / proposal)."""
        x, keys = self.particles(np.arange(start, start + worlds))
        columns = self.model.simulate(x, keys)
        return {**columns, LOG_RATIO: self.mixture.log_ratio(x)}
