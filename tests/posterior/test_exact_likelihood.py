"""The three-parameter test: exact likelihood of two losses, against the truth by grid."""

from __future__ import annotations

import time

import numpy as np
import pytest
from scipy import stats

from inje import exact
from inje.posterior import adapted

MEANS, SDS, EVIDENCE = (-5.2815, -5.3093, 6.1560), (0.3128, 0.3747, 0.1940), -7.478


def _reported():
    """Chance of the reports given the losses: 8 +- 2 of the first, 15 +- 4 of the second."""
    first = stats.norm(8, 2).pdf(np.arange(21))
    second = stats.norm(15, 4).pdf(np.arange(40))
    return first[:, None] * second


def coordinates(x):
    """Logarithms of b, r and R0 at standard-normal coordinates."""
    return np.array([np.log(0.01), np.log(0.01), np.log(500)]) + x * np.array([0.7, 0.7, 0.2])


def log_likelihood(x, threads=1):
    log_b, log_r, log_strength = coordinates(x).T
    strengths = np.stack([np.full(len(x), 800), np.rint(np.exp(log_strength))], axis=1)
    coefficients = np.exp(np.stack([log_r, log_b], axis=1))
    return exact.log_likelihood(
        strengths.astype(np.int64), coefficients, 4.0, _reported(), accuracy=1e-6, threads=threads
    )


def test_three_parameters_by_exact_likelihood():
    adapted(log_likelihood, 3, ess=100)  # compiles
    begun = time.perf_counter()
    found = adapted(log_likelihood, 3, ess=20_000, threads=2)
    took = time.perf_counter() - begun
    weight = np.exp(found.log_weight - found.log_weight.max())
    weight /= weight.sum()
    values = coordinates(found.x)
    values[:, 2] = np.log(np.rint(np.exp(values[:, 2])))
    mean = weight @ values
    sd = np.sqrt(weight @ np.square(values - mean))
    print(f"{found.ess / took:,.0f} effective draws/s, {took * 1000 / found.ess:.4f} s per 1,000")
    print(mean, sd, found.log_evidence, found.ess / len(weight), found.k_hat)
    assert mean == pytest.approx(MEANS, abs=0.02)
    assert sd == pytest.approx(SDS, rel=0.03)
    assert found.log_evidence == pytest.approx(EVIDENCE, abs=0.03)
    assert found.k_hat < 0.7
    assert found.ess / len(weight) > 0.5


def test_no_number_depends_on_how_many_threads_there_are():
    one = adapted(log_likelihood, 3, ess=12_000)
    two = adapted(log_likelihood, 3, ess=12_000, threads=2)
    assert np.array_equal(one.log_weight, two.log_weight)
    assert np.array_equal(one.x, two.x)
    assert one.evaluations == two.evaluations
