"""The cabinet contest and the compromise, in the published numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inje.errors import OptionError
from inje.games import (
    coalitions,
    contest,
    tullock,
    victory_probabilities,
    weighted_mean,
    weighted_median,
)

VARIANTS = ("conditional", "markov_uniform", "markov_incentive")
TWO = [[0, 51.212], [19.714, 0]]
THREE = [[0, 12.099, 54.921], [10.333, 0, 27.079], [5.007, 55.047, 0]]
# Emission standards in the European Community: capability, position, salience.
EMISSIONS = {
    "NL": (0.08, 4, 0.8), "BE": (0.08, 7, 0.4), "LU": (0.03, 4, 0.2), "DE": (0.16, 4, 0.8),
    "FR": (0.16, 10, 0.6), "IT": (0.16, 10, 0.6), "UK": (0.16, 10, 0.9), "IE": (0.05, 7, 0.1),
    "DK": (0.05, 4, 1.0), "GR": (0.08, 7, 0.7),
}  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS)
def test_two_options_are_a_tullock_contest(variant) -> None:
    assert contest(TWO, variant=variant) == pytest.approx([0.8709, 0.1291], abs=5e-5)
    assert tullock(51.212, 19.714) == pytest.approx(contest(TWO, variant=variant)[0], abs=1e-12)


def test_victories_between_three_options() -> None:
    victory = victory_probabilities(THREE)
    assert victory[0, 1] == pytest.approx(0.5782, abs=5e-5)
    assert victory[0, 2] == pytest.approx(0.9918, abs=5e-5)
    assert victory[1, 2] == pytest.approx(0.1948, abs=5e-5)


@pytest.mark.parametrize(
    ("variant", "expected"),
    [
        ("conditional", (0.8659, 0.1241, 0.0100)),
        ("markov_uniform", (0.6351, 0.2148, 0.1501)),
        ("markov_incentive", (0.5094, 0.2796, 0.2110)),
    ],
)
def test_three_options(variant, expected: tuple[float, ...]) -> None:
    assert contest(THREE, variant=variant) == pytest.approx(expected, abs=5e-5)


def test_compromise_on_emissions() -> None:
    positions = [position for _, position, _ in EMISSIONS.values()]
    weights = [capability * salience for capability, _, salience in EMISSIONS.values()]
    assert weighted_mean(positions, weights) == pytest.approx(7.389956, abs=5e-7)
    assert weighted_median(positions, weights) == 7.0


def test_a_median_between_two_positions() -> None:
    assert weighted_median([3.0, 1.0], [1.0, 1.0]) == 2.0
    assert weighted_median([3.0, 1.0], [1.0, 1.1]) == 1.0


def test_coalitions_add_the_votes() -> None:
    strengths = coalitions([2.0, 3.0], [[1.0, 0.0, 0.5], [0.2, 0.8, 0.0]])
    assert strengths == pytest.approx(
        np.array([[0.0, 2.0, 1.0 + 0.6], [1.8, 0.0, 2.4], [0.0, 1.0, 0.0]])
    )


@given(
    st.lists(st.floats(0.1, 10), min_size=2, max_size=4),
    st.integers(2, 4),
    st.sampled_from(VARIANTS),
    st.sampled_from([1.0, 2.0, 4.0]),
    st.data(),
)
def test_probabilities_sum_to_1_and_do_not_know_the_scale(
    weights, options, variant, exponent, data
) -> None:
    row = st.lists(st.floats(0, 1), min_size=options, max_size=options)
    utilities = [data.draw(row) for _ in weights]
    strengths = coalitions(weights, utilities) + 1e-3 * (1 - np.eye(options))
    p = contest(strengths, exponent, variant)
    assert p.sum() == pytest.approx(1.0)
    assert np.all(p >= 0.0)
    assert contest(7.0 * strengths, exponent, variant) == pytest.approx(p, abs=1e-9)
    order = data.draw(st.permutations(range(options)))
    permuted = contest(strengths[np.ix_(order, order)], exponent, variant)
    assert permuted == pytest.approx(p[list(order)], abs=1e-9)


@pytest.mark.parametrize("variant", ["markov_uniform", "markov_incentive"])
@pytest.mark.parametrize("seed", range(3))
def test_the_lead_against_its_naive_twin(variant, seed: int) -> None:
    """The published iteration: the new chance of i sums over all pairs in which i takes part."""
    strengths = np.random.default_rng(seed).uniform(1, 20, (4, 4))
    np.fill_diagonal(strengths, 0.0)
    v = victory_probabilities(strengths)
    incentive = strengths * v if variant == "markov_incentive" else np.ones((4, 4))
    challenge = incentive / incentive.sum(axis=0)
    p = np.full(4, 0.25)
    for _ in range(2000):
        q = np.zeros(4)
        for i in range(4):
            for j in range(4):
                q[i] += v[i, j] * (p[i] * challenge[j, i] + p[j] * challenge[i, j])
        p = (p + q) / 2.0
    assert contest(strengths, variant=variant) == pytest.approx(p, abs=1e-9)


def test_unanimity_is_certain() -> None:
    strengths = coalitions([1.0, 2.0], [[1.0, 0.0], [1.0, 0.0]])
    for variant in VARIANTS:
        assert contest(strengths, variant=variant) == pytest.approx([1.0, 0.0])
    undecided = np.zeros((2, 2))
    for variant in VARIANTS:
        assert contest(undecided, variant=variant) == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(
    "misuse",
    [
        lambda: coalitions([1.0], [[1.0], [2.0]]),
        lambda: coalitions([0.0], [[1.0, 2.0]]),
        lambda: contest([[0.0, 1.0]]),
        lambda: contest([[0.0, -1.0], [1.0, 0.0]]),
        lambda: contest(TWO, exponent=0.0),
        lambda: contest(TWO, variant="coin"),  # type: ignore[arg-type]
        lambda: weighted_mean([1.0], [1.0, 2.0]),
        lambda: weighted_median([1.0], [0.0]),
    ],
)
def test_misuse(misuse) -> None:
    with pytest.raises(OptionError):
        misuse()
