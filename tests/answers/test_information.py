"""Expected information: closed forms of channels."""

from __future__ import annotations

import numpy as np
import pytest

from inje.answers._information import expected_information
from inje.answers._witness import Witness, cells_of, told


def worlds(n: int = 40_000):
    random = np.random.default_rng(4)
    target = (random.random(n) < 0.5).astype(np.int64)
    return target, np.ones(n)


def test_a_perfect_witness_tells_the_whole_entropy():
    target, weights = worlds()
    told = expected_information(target, target, weights, np.eye(2))
    assert told.bits == pytest.approx(told.entropy, abs=1e-6)
    assert told.entropy == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("wrong", [0.05, 0.2, 0.4])
def test_a_noisy_witness_tells_what_a_binary_channel_carries(wrong):
    target, weights = worlds()
    channel = np.array([[1 - wrong, wrong], [wrong, 1 - wrong]])
    told = expected_information(target, target, weights, channel)
    capacity = 1 + wrong * np.log2(wrong) + (1 - wrong) * np.log2(1 - wrong)
    assert told.bits == pytest.approx(capacity, abs=1e-3)
    each = (1 - 2 * wrong) * 10 * np.log10((1 - wrong) / wrong)
    assert told.decibel == pytest.approx(each, rel=0.02)
    assert told.each == pytest.approx((each, each), rel=0.02)
    assert told.decibel_error < 0.02 * each


def test_figures_scatter_over_samples_as_their_errors_say():
    """A skewed target seen through a noisy witness, drawn 60 times."""
    channel = np.array([[0.8, 0.2], [0.3, 0.7]])
    found = []
    for seed in range(60):
        random = np.random.default_rng(seed)
        target = (random.random(2000) < 0.2).astype(np.int64)
        content = np.where(random.random(2000) < 0.9, target, 1 - target)
        found.append(expected_information(content, target, np.ones(2000), channel))
    for name, spread in (
        ("bits", "error"), ("decibel", "decibel_error"), ("entropy", "entropy_error"),
        ("share", "share_error"),
    ):  # fmt: skip
        values = np.array([getattr(each, name) for each in found])
        claimed = np.sqrt(np.mean([getattr(each, spread) ** 2 for each in found]))
        # The spread of 60 values has a relative error of a tenth.
        assert claimed == pytest.approx(values.std(ddof=1), rel=0.35)
    every, spreads = (np.array([getattr(one, n) for one in found]) for n in ("each", "each_errors"))
    assert np.sqrt(np.mean(spreads**2, axis=0)) == pytest.approx(every.std(axis=0, ddof=1), rel=0.4)
    each = every.mean(axis=0)
    assert 0.8 * each[0] + 0.2 * each[1] == pytest.approx(found[0].decibel, rel=0.3)


def test_what_has_nothing_to_do_with_the_target_tells_nothing():
    target, weights = worlds(4000)
    content = np.random.default_rng(9).integers(0, 20, target.size)
    told = expected_information(content, target, weights, np.eye(20))
    # The plug-in estimate would be about (20 - 1) / (2 n ln 2) = .0034 bits.
    assert told.bits < 0.0034
    assert told.bits < 4 * told.error + 1e-3


def test_weights_count():
    target = np.array([0, 0, 1, 1] * 500)
    content = np.array([0, 1, 0, 1] * 500)
    weights = np.where(content == target, 1.0, 1e-12)
    told = expected_information(content, target, weights, np.eye(2))
    assert told.bits == pytest.approx(1, abs=1e-6)


def test_what_never_happens_in_any_world_tells_nothing():
    target, weights = worlds(400)
    never = cells_of(np.full(400, np.inf), weights, "time")
    assert never.centres.tolist() == [np.inf]
    channel = told(never, Witness())
    assert channel.tolist() == [[1.0]]
    assert expected_information(never.index, target, weights, channel).bits == 0.0
