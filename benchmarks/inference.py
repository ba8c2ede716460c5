"""The three-parameter test: effective draws a second under the exact likelihood.

Square law, B0 = 800, R0 unknown, four days; losses of B reported as 8 +- 2, of R as 15 +- 4.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import stats

from inje import exact
from inje.posterior import adapted

NAMES = ("inference",)
CENTRE = np.array([np.log(0.01), np.log(0.01), np.log(500)])
SPREAD = np.array([0.7, 0.7, 0.2])
#: effective draws asked for
WANTED = 200_000


def reported() -> np.ndarray:
    """Chance of the reports given the losses, cut where it is below 1e-8 of its peak."""
    first = stats.norm(8, 2).pdf(np.arange(21))
    second = stats.norm(15, 4).pdf(np.arange(40))
    return first[:, None] * second


def log_likelihood(x: np.ndarray, weights: np.ndarray, threads: int) -> np.ndarray:
    """Exact, at standard-normal coordinates of log b, log r and log R0 (n, 3)."""
    log_b, log_r, log_strength = (CENTRE + SPREAD * x).T
    strengths = np.stack([np.full(len(x), 800), np.rint(np.exp(log_strength))], axis=1)
    return exact.log_likelihood(
        strengths.astype(np.int64),
        np.exp(np.stack([log_r, log_b], axis=1)),
        4.0,
        weights,
        accuracy=1e-6,
        threads=threads,
    )


def inje_row(threads: int = 2) -> dict[str, Any]:
    """Seconds per 1,000 effective draws, compiled beforehand; posterior and evidence."""
    weights = reported()
    adapted(lambda x: log_likelihood(x, weights, threads), 3, ess=1000)
    begun = time.perf_counter()
    found = adapted(lambda x: log_likelihood(x, weights, threads), 3, ess=WANTED)
    took = time.perf_counter() - begun
    weight = np.exp(found.log_weight - found.log_weight.max())
    weight /= weight.sum()
    values = CENTRE + SPREAD * found.x
    values[:, 2] = np.log(np.rint(np.exp(values[:, 2])))
    mean = weight @ values
    return {
        "method": "inje",
        "seconds_per_1000_ess": took * 1000 / found.ess,
        "effective_draws_per_second": found.ess / took,
        "mean": mean.tolist(),
        "sd": np.sqrt(weight @ np.square(values - mean)).tolist(),
        "log_evidence": found.log_evidence,
        "ess": found.ess,
        "k_hat": found.k_hat,
    }


def measure(name: str) -> Iterator[dict[str, Any]]:  # noqa: ARG001 - there is one
    """One row a method."""
    yield inje_row()
