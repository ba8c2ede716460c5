"""Counts: forms of words, the tracking kernel, invented numbers, and the spike's law."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from inje.dossier import Claim, ObservablePath, Value
from inje.errors import ModelError
from inje.posterior import (
    Exaggeration,
    Perception,
    Setting,
    Span,
    Transmission,
    invented_count,
    span_of,
    tracking,
    tracking_table,
)
from inje.posterior._counts import COUNTS
from inje.posterior._transmission import Attestation

LIMIT = 1000


@pytest.mark.parametrize(
    ("value", "span"),
    [
        (Value(best=800), (800, 800)),
        (Value(best=800, vagueness="rounded", to=100), (750, 849)),
        (Value(best=0, vagueness="rounded", to=10), (0, 4)),
        (Value(best=15, vagueness="rounded", to=5), (13, 17)),
        (Value(best=100, vagueness="about"), (80, 125)),
        (Value(low=40, vagueness="at_least"), (40, LIMIT)),
        (Value(high=40, vagueness="at_most"), (0, 40)),
        (Value(low=3, high=9, vagueness="between"), (3, 9)),
        (Value(vagueness="hundreds"), (200, 999)),
        (Value(vagueness="none"), (0, 0)),
    ],
)
def test_a_form_of_words_is_a_set_of_integers(value, span):
    assert span_of(value, LIMIT) == Span(*span)


def test_a_word_is_no_count():
    with pytest.raises(ModelError, match="number of people"):
        span_of(Value(best="many"), LIMIT)


@given(st.integers(2, 60))
def test_the_cells_of_a_rounded_number_partition_the_range(grid):
    covered = np.zeros(LIMIT + grid + 1, dtype=int)
    for n in range(0, LIMIT + 1, grid):
        span = span_of(Value(best=n, vagueness="rounded", to=grid), LIMIT)
        covered[span.low : span.high + 1] += 1
    assert (covered[: LIMIT - grid] == 1).all()


errors = st.sampled_from([Exaggeration(0, 0), Exaggeration(), Exaggeration(-0.1, 0.05)])
kernels = st.sampled_from([Perception(), Perception(0, 0.02, heavy=False), Perception(0.5, 0.4)])


@given(kernels, errors, st.sampled_from([0.0, 0.01, 0.3, 2.0]), st.integers(300, 9000))
@settings(max_examples=40, deadline=None)
def test_contents_sum_to_one_given_the_form(kernel, error, width, limit):
    cuts = [0, 1, 7, 40, 199, 230, limit + 1]
    z = np.array([0, 1, 2, 6, 7, 39, 199, 215, 250])
    spans = [Span(low, high - 1) for low, high in itertools.pairwise(cuts)]
    total = sum(tracking_table(span, limit, kernel, error, width).at(z) for span in spans)
    assert total == pytest.approx(np.ones(z.size), abs=1e-9)
    for interest in (-1, 0, 1):
        assert sum(invented_count(span, limit, interest) for span in spans) == pytest.approx(1)


def _naive(z, span, limit):
    """K written out number by number."""
    contents = np.arange(limit + 1)
    with np.errstate(divide="ignore"):
        high = (np.log(contents + 0.5) - np.log(z)) / 0.15
        low = (np.log(np.maximum(contents - 0.5, 0)) - np.log(z)) / 0.15
    mass = stats.t(4).cdf(high) - stats.t(4).cdf(low)
    mass = 2 / 3 * mass / mass.sum()
    mass[z] += 1 / 3
    return mass[span.low : span.high + 1].sum()


@given(st.integers(1, 900), st.integers(0, 900), st.integers(0, 100))
@settings(max_examples=60, deadline=None)
def test_the_kernel_equals_its_naive_twin(z, low, length):
    span = Span(low, low + length)
    assert tracking(np.array([z]), span, LIMIT)[0] == pytest.approx(
        _naive(z, span, LIMIT), rel=1e-9, abs=1e-13
    )


@given(st.integers(0, 200_000), st.integers(0, 150_000), st.sampled_from([0, 10, 5000]), errors)
@settings(max_examples=40, deadline=None)
def test_a_table_equals_the_kernel(z, low, length, error):
    span = Span(low, low + length)
    table = tracking_table(span, 200_000, None, error)
    exact = tracking(np.array([z]), span, 200_000, None, error)
    assert table.at(np.array([z])) == pytest.approx(exact, rel=2e-2, abs=1e-5)
    assert table.peak >= exact[0] - 1e-5


def test_nobody_tracks_an_absence_as_a_presence():
    assert tracking(np.array([0]), Span(0, 0), LIMIT)[0] == 1
    assert tracking(np.array([0]), Span(1, LIMIT), LIMIT)[0] == 0


def test_the_other_side_is_seen_larger_than_it_is():
    z = np.array([600, 800])
    toward = tracking(z, Span(750, 849), 8000, None, Exaggeration())
    assert toward[0] > tracking(z, Span(750, 849), 8000)[0]


@given(st.integers(0, 30))
@settings(max_examples=20, deadline=None)
def test_a_widened_kernel_narrows_back_to_the_claimed_one(n):
    z, span = np.arange(1, 60), Span(n, n)
    claimed = tracking(z, span, LIMIT)
    for width, bound in ((1e-3, 2e-3), (1e-5, 1e-6)):
        assert np.abs(tracking(z, span, LIMIT, width=width) - claimed).max() < bound


def _spike(claims, perception):
    z = np.arange(1, LIMIT + 1)
    edges = stats.norm.cdf(np.log(np.arange(0.5, LIMIT + 1)), np.log(30), 0.5)
    prior = np.diff(edges) / (edges[-1] - edges[0])
    spans = [Span(n, n) for n in claims]
    model = Transmission(
        tuple(
            Attestation(str(i), "h", invented_count(span, LIMIT, 0, 0.0))
            for i, span in enumerate(spans)
        ),
        {"h": (8, 2)},
    )
    log = model.log_likelihood([tracking_table(s, LIMIT, perception).at(z) for s in spans])
    joint = prior * np.exp(log)
    return z @ joint / joint.sum(), joint[z > 100].sum() / joint.sum(), np.log(joint.sum())


@pytest.mark.parametrize(
    ("claims", "mean", "above", "evidence"),
    [((220, 215, 225), 200.83, 0.9195, -23.479), ((200, 210), 95.24, 0.3861, -16.936)],
)
def test_the_spike_by_grid(claims, mean, above, evidence):
    got = _spike(claims, Perception())
    assert got[0] == pytest.approx(mean, abs=0.005)
    assert got[1] == pytest.approx(above, abs=5e-5)
    assert got[2] == pytest.approx(evidence, abs=5e-4)


SETTING = Setting(
    limit=8000,
    columns=frozenset({"losses.ang.killed", "losses.ang.wounded", "strength.ang"}),
)


def _claim(about, **value):
    return Claim(id="c", kind="fact", holders=("n",), about=about, value=Value(**value))


def _read(about, interest=None, **value):
    return COUNTS.read(_claim(about, **value), ObservablePath.parse(about), interest, SETTING)


def test_killed_or_wounded_constrains_the_sum():
    reading = _read("losses.ang.killed_or_wounded", best=15)
    worlds = {"losses.ang.killed": np.array([5, 10]), "losses.ang.wounded": np.array([10, 10])}
    t = reading.tracking(worlds)
    assert t == pytest.approx(tracking(np.array([15, 20]), Span(15, 15), 8000))


def test_lost_without_a_word_of_how_is_a_mixture_of_senses():
    reading = _read("losses.ang.lost_unspecified", best=8)
    worlds = {"losses.ang.killed": np.array([8, 3]), "losses.ang.wounded": np.array([40, 5])}
    t = reading.tracking(worlds)
    parts = tracking(np.array([8, 3, 48, 8]), Span(8, 8), 8000)
    # "total" is no column of these worlds: its weight goes to the other senses.
    assert t == pytest.approx((0.25 * parts[:2] + 0.45 * parts[2:]) / 0.7)


def test_interest_tilts_what_is_invented():
    own = _read("losses.ang.killed", interest="ang", best=500).invented("ang")
    none = _read("losses.ang.killed", best=500).invented(None)
    enemy = _read("losses.ang.killed", interest="iran", best=500).invented("iran")
    assert own < none < enemy


def test_a_count_that_worlds_do_not_have_is_not_read():
    assert _read("losses.iran.killed", best=3) is None
