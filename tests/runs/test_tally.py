"""Counting many worlds in flat memory: right, and the same however they are dealt out."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inje.runs import Tally

VALUES = st.lists(
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: round(x, 3)) | st.just(math.inf),
    min_size=1,
    max_size=60,
)


def test_small_whole_numbers_are_exact():
    column = np.random.default_rng(1).integers(0, 8000, 20_001)
    tally = Tally.of(column)
    assert tally.quantiles((0.05, 0.5, 0.95)) == tuple(
        np.quantile(column, (0.05, 0.5, 0.95), method="inverted_cdf")
    )
    assert tally.mean == pytest.approx(column.mean(), rel=1e-15)
    assert tally.sd == pytest.approx(column.std(ddof=1), rel=1e-12)


def test_other_numbers_are_known_to_one_part_in_4096():
    column = np.random.default_rng(2).lognormal(3, 4, 20_001)
    ours = np.array(Tally.of(column).quantiles((0.01, 0.5, 0.99)))
    exact = np.quantile(column, (0.01, 0.5, 0.99), method="inverted_cdf")
    assert np.abs(ours / exact - 1).max() < 1 / 4096
    assert (ours != exact).all(), "they are bins, and say so"


def test_what_never_happens_stands_last():
    tally = Tally.of(np.array([1.0, 2.0, math.inf, math.inf]))
    assert tally.never == 2
    assert tally.quantiles((0.25, 0.5, 0.75)) == (1.0, 2.0, math.inf)
    assert tally.mean == 1.5


@given(VALUES, st.integers(0, 60))
def test_the_order_and_the_cut_change_nothing(values, cut):
    x = np.array(values)
    blocks = [Tally.of(x[:cut]), Tally.of(x[cut:])]
    first, second = blocks[0] + blocks[1], blocks[1] + blocks[0]
    whole = Tally.of(x)
    for tally in (first, second):
        assert tally.keys.tolist() == whole.keys.tolist()
        assert tally.counts.tolist() == whole.counts.tolist()
        assert (tally.never, tally.missing) == (whole.never, whole.missing)
    assert first.total == second.total
    assert first.squares == second.squares


@given(VALUES)
def test_a_quantile_lies_in_the_bin_of_the_true_one(values):
    x = np.array(values)
    for level, ours in zip((0.1, 0.5), Tally.of(x).quantiles((0.1, 0.5)), strict=True):
        true = np.sort(x)[max(0, math.ceil(level * x.size) - 1)]
        assert ours == true or abs(ours - true) <= abs(true) / 4096 + 2.0**-30


def test_a_constant_column_costs_nothing_and_counts_all():
    column = np.broadcast_to(np.float64(7), 10**12)
    tally = Tally.of(column)
    assert (tally.finite, tally.mean, tally.quantiles((0.5,))) == (10**12, 7.0, (7.0,))


def test_codes_become_shares():
    tally = Tally.of(np.array([0, 1, 1, -1], np.int8))
    assert tally.shares(("red", "blue")) == {"red": 0.25, "blue": 0.5, "none": 0.25}
