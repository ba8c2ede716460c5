"""Importance sampling under an exact likelihood: parameters alone, no worlds.

Where the law of what was reported is computed instead of simulated (`inje.exact`), weights
carry no simulation noise, and normal distributions fitted to a first weighted sample from
the prior, then to their own, are nearly the posterior. They are mixed with the prior as a defence,
and their fit is judged by effective size and tail index.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from inje.posterior._proposal import DEFENCE, WIDER, Mixture
from inje.posterior._tempering import covariance_of
from inje.posterior._weights import WeightSums, effective_size, pareto_k

__all__ = ["Adapted", "adapted", "refitted"]

_Part = tuple[np.ndarray, np.ndarray]

#: draws to fit from, in each of this many rounds
FIT, ROUNDS = 1 << 12, 2
#: draws that one thread takes at a time
CHUNK = 1 << 12
#: draws between tests of the effective size
BATCH = 1 << 13
#: by how much the wide component's variances exceed the sample's
TAIL = 2.5


@dataclass(frozen=True)
class Adapted:
    """Weighted parameters.

    Attributes
    ----------
    x : (n, d) in standard-normal coordinates. log_weight : (n,).
    ess, k_hat : effective draws, and tail index of the weights.
    log_evidence, evidence_error : logarithm of the mean weight, and its error.
    evaluations : likelihoods computed, fitting included.
    """

    x: np.ndarray
    log_weight: np.ndarray
    ess: float
    k_hat: float
    log_evidence: float
    evidence_error: float
    evaluations: int


def adapted(
    log_likelihood: Callable[[np.ndarray], np.ndarray],
    dimension: int,
    *,
    ess: float = 4000,
    most: int = 1 << 22,
    seed: int = 1,
    threads: int = 1,
) -> Adapted:
    """Draw parameters from their posterior under an exact likelihood.

    Parameters
    ----------
    log_likelihood : coordinates (n, dimension) in, logarithms (n,) out. A priori the
        coordinates are standard normal.
    dimension : number of parameters.
    ess : effective draws wanted; tested where the number of draws is a power of two.
    most : likelihoods at most.
    seed : of the draws.
    threads : cores to use, each on draws of its own; changes no number.
    """
    mixture = Mixture(np.ones(1), np.zeros((1, dimension)), np.eye(dimension)[None])
    with ThreadPoolExecutor(max(threads, 1)) as pool:

        def weighed(mixture: Mixture, own: int, start: int, stop: int) -> _Part:
            def part(at: int) -> _Part:
                x = mixture.draw(np.arange(at, min(at + CHUNK, stop)), own)
                return x, log_likelihood(x) + mixture.log_ratio(x)

            parts = list(pool.map(part, range(start, stop, CHUNK)))
            return np.concatenate([x for x, _ in parts]), np.concatenate([w for _, w in parts])

        for turn in range(ROUNDS):
            mixture = refitted(*weighed(mixture, seed + 1 + turn, 0, FIT))
        x, log_weight = weighed(mixture, seed, 0, BATCH)
        while effective_size(log_weight) < ess and len(x) * 2 + ROUNDS * FIT <= most:
            more, weights = weighed(mixture, seed, len(x), 2 * len(x))
            x, log_weight = np.concatenate([x, more]), np.concatenate([log_weight, weights])
    sums = WeightSums.of(log_weight)
    return Adapted(
        x,
        log_weight,
        sums.ess,
        pareto_k(log_weight),
        sums.log_evidence,
        sums.evidence_error,
        len(x) + ROUNDS * FIT,
    )


def refitted(x: np.ndarray, log_weight: np.ndarray, defence: float = DEFENCE / 2) -> Mixture:
    """The prior, and normals with the weighted sample's moments: one close, one wide."""
    dimension = x.shape[1]
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    mean = (weight[:, None] * x).sum(axis=0)
    scaled = np.sqrt(weight * len(x))[:, None] * (x - mean)
    covariance = covariance_of(np.concatenate([scaled, -scaled])) + 1e-9 * np.eye(dimension)
    factor = np.linalg.cholesky(covariance)
    return Mixture(
        np.array([defence, 0.7, 0.3 - defence]),
        np.stack([np.zeros(dimension), mean, mean]),
        np.stack([np.eye(dimension), np.sqrt(WIDER) * factor, np.sqrt(TAIL) * factor]),
    )
