"""The gate accepts the true law and rejects what is off by a hundredth of a sd."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.gate import gate, gate_seed

from inje import exact


@cache
def state() -> exact.LossLaw:
    return exact.transient(exact.TwoCounts((800, 500), (0.01, 0.01)), 4.0)


@cache
def end() -> exact.LossLaw:
    return exact.terminal(exact.TwoCounts((30, 25), (0.01, 0.011)), accuracy=1e-12)


def drawn(law: exact.LossLaw, shift=None):
    """Battles from the law itself, changed by `shift(rng, first, second)`."""
    below = np.cumsum(law.probability)

    def simulate(seed, n):
        rng = np.random.default_rng(seed)
        cell = np.searchsorted(below, rng.random(n) * below[-1], side="right")
        first, second = law.first[cell], law.second[cell]
        return shift(rng, first, second) if shift else (first, second)

    return simulate


@pytest.mark.parametrize("of", [state, end])
def test_the_true_law_passes(of):
    law = of()
    for seed in range(gate_seed(), gate_seed() + 3):
        result = gate(drawn(law), law, seed=seed, size=200_000)
        assert result.passed, str(result)


def test_a_million_true_battles_pass_at_once():
    result = gate(drawn(state()), state(), seed=gate_seed())
    assert result.passed, str(result)
    assert result.size == 1_000_000


def test_a_hundredth_of_a_standard_deviation_is_seen_at_a_million():
    def shift(rng, first, second):
        return first + (rng.random(len(first)) < 0.01 * state().sd[0]), second

    result = gate(drawn(state(), shift), state(), seed=gate_seed(), size=1_000_000)
    assert not result.passed
    assert result.attempts == 2
    assert result.p_values["mean of first"] < 1e-9


def _independent(rng, first, second):
    return first, rng.permutation(second)


def _wider(rng, first, second):
    return first + rng.integers(-1, 2, len(first)), second


def _sides_swapped(rng, first, second):
    return second, first


def _one_in_ten_thousand_lost(rng, first, second):
    return np.where(rng.random(len(first)) < 1e-4, 700, first), second


@pytest.mark.parametrize("shift", [_independent, _wider, _sides_swapped, _one_in_ten_thousand_lost])
def test_other_faults_are_seen(shift):
    result = gate(drawn(state(), shift), state(), seed=gate_seed(), size=100_000)
    assert not result.passed, str(result)


def test_a_wrong_winner_is_seen():
    def shift(rng, first, second):
        flip = (rng.random(len(first)) < 0.01) & (second == 25)
        return np.where(flip, 30, first), np.where(flip, 24, second)

    result = gate(drawn(end(), shift), end(), seed=gate_seed(), size=100_000)
    assert not result.passed
    assert result.p_values["second wins"] < 1e-6


def test_a_failure_is_repeated_at_ten_times_the_size():
    sizes = []
    true = drawn(state())

    def unlucky_once(seed, n):
        sizes.append((seed, n))
        first, second = true(seed, n)
        return (first + 1, second) if len(sizes) == 1 else (first, second)

    result = gate(unlucky_once, state(), seed=7, size=20_000)
    assert result.passed
    assert result.attempts == 2
    assert [n for _, n in sizes] == [20_000, 200_000]
    assert sizes[0][0] != sizes[1][0]


def test_a_law_without_spread_is_met_exactly():
    law = exact.transient(exact.TwoCounts((5, 5), (0.0, 0.0)), 1.0)

    def nobody(_seed, n):
        return np.zeros(n, np.int64), np.zeros(n, np.int64)

    def somebody(_seed, n):
        return np.ones(n, np.int64), np.zeros(n, np.int64)

    assert gate(nobody, law, seed=1, size=100).passed
    assert not gate(somebody, law, seed=1, size=100).passed
