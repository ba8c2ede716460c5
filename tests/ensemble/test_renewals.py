"""Fortunes renewed on the way: the same worlds by leg, the same law, the same twin."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from tests.ensemble.battles import chain, duel, number, two_fields

from inje.ensemble import replay_world, simulate_twins, simulate_worlds
from inje.errors import OptionError
from inje.exact import TwoCounts, transient

MANY = duel(blue=30_000, red=25_000, b=0.02, r=0.03)


def _keys(rng: np.random.Generator, worlds: int, renewals: int) -> np.ndarray:
    return rng.integers(0, 2**63, (worlds, 3 + renewals)).astype(np.uint64)


@pytest.mark.parametrize(
    ("scenario", "worlds"), [(chain(), 300), (two_fields(), 300), (chain(night=number(0.5)), 300)]
)
def test_the_same_fortunes_in_every_leg_are_fortunes_not_renewed(scenario, worlds) -> None:
    """Days are ticks in these scenarios, so that a renewal at a day's end moves no address."""
    own = np.arange(worlds, dtype=np.uint64)
    plain = simulate_worlds(scenario, worlds=worlds, seed=4, keys=own)
    legs = simulate_worlds(
        scenario, worlds=worlds, seed=4, keys=np.repeat(own[:, None], 5, axis=1), renewals=(1, 3)
    )
    for path, column in plain.columns.items():
        assert np.array_equal(column, legs[path], equal_nan=True), path


@settings(max_examples=20)
@given(
    blue=st.integers(0, 120),
    red=st.integers(0, 120),
    rate=st.floats(0.01, 1.5),
    keys=st.lists(st.integers(0, 2**63 - 1), min_size=6, max_size=6),
    days=st.lists(st.floats(0.01, 4.99), min_size=3, max_size=3, unique=True).map(sorted),
)
def test_the_naive_twin_fights_the_same_renewed_world(blue, red, rate, keys, days) -> None:
    # replay_world raises when the naive twin's losses are not the kernel's.
    scenario = chain(blue, red, 50, rate)
    told = replay_world(scenario, world=3, seed=9, key=keys, renewals=days)
    block = np.array([keys], np.uint64)
    fought = simulate_worlds(
        scenario, worlds=1, seed=9, keys=block, renewals=days, indices=np.array([3], np.uint64)
    )
    for path, value in told.values.items():
        assert np.array_equal(fought[path], [value], equal_nan=True), path


def test_counted_losses_are_renewed_as_others_are() -> None:
    rng = np.random.default_rng(2)
    keys = _keys(rng, 2, 2)
    for row in keys:
        replay_world(MANY, world=1, seed=2, key=row.tolist(), renewals=(0.7, 2.0))


def test_other_fortunes_of_the_last_leg_leave_the_days_before() -> None:
    scenario, rng = chain(blue=200, red=150), np.random.default_rng(1)
    keys = _keys(rng, 400, 2)
    other = keys.copy()
    other[:, -1] = _keys(rng, 400, 2)[:, -1]
    paths = [f"losses.red.total@1900-01-0{day}" for day in range(1, 6)]
    one, two = (
        simulate_worlds(scenario, worlds=400, seed=5, keys=k, renewals=(1.0, 3.0), paths=paths)
        for k in (keys, other)
    )
    for path in paths[:3]:
        assert np.array_equal(one[path], two[path])
    assert not np.array_equal(one[paths[4]], two[paths[4]])


def test_renewed_worlds_have_the_law_of_a_battle() -> None:
    """Chi-square against the exact law; fails by chance once in 10,000 runs of other seeds."""
    worlds, scenario = 100_000, duel(blue=40, red=30, b=0.15, r=0.1, days=2)
    keys = _keys(np.random.default_rng(8), worlds, 3)
    fought = simulate_worlds(
        scenario, worlds=worlds, seed=3, keys=keys, renewals=(0.25, 0.8, 1.4),
        paths=("losses.blue.total", "losses.red.total"),
    )  # fmt: skip
    law = transient(TwoCounts((40, 30), (0.1, 0.15)), 2.0)
    seen = np.zeros((41, 31))
    lost = (np.asarray(fought[path]) for path in fought.columns)
    np.add.at(seen, tuple(lost), 1)
    expected = np.zeros_like(seen)
    expected[law.first, law.second] = law.probability * worlds
    big = expected >= 5
    observed = np.append(seen[big], seen[~big].sum())
    assert (
        stats.chisquare(observed, np.append(expected[big], worlds - expected[big].sum())).pvalue
        > 1e-4
    )


def test_a_twin_is_coupled_leg_by_leg() -> None:
    scenario, rng = duel(blue=300, red=200, b=0.05, r=0.05), np.random.default_rng(3)
    keys, days = _keys(rng, 2_000, 3), (1.0, 2.0, 3.0)
    same = simulate_twins(scenario, {}, worlds=2_000, keys=keys, renewals=days)
    for path, column in same[0].columns.items():
        assert np.array_equal(column, same[1][path], equal_nan=True), path
    one, two = simulate_twins(
        scenario, {"rate.battle.red": 0.055}, worlds=2_000, keys=keys, renewals=days
    )
    lost = [np.asarray(e["losses.red.total"], float) for e in (one, two)]
    assert np.corrcoef(lost)[0, 1] > 0.8


@pytest.mark.parametrize(
    ("keys", "renewals", "said"),
    [
        (np.zeros((2, 5), np.uint64), (2.0, 1.0), "ascending days between 0 and 5"),
        (np.zeros((2, 4), np.uint64), (5.0,), "ascending days between 0 and 5"),
        (np.zeros((2, 3), np.uint64), (1.0,), r"uint64 \(2, 4\)"),
        (np.zeros(2, np.uint64), (1.0,), r"uint64 \(2, 4\)"),
        (None, (1.0,), "no keys came"),
    ],
)
def test_addresses_that_fit_no_renewals_are_refused(keys, renewals, said) -> None:
    with pytest.raises(OptionError, match=said):
        simulate_worlds(chain(), worlds=2, keys=keys, renewals=renewals)


@pytest.mark.parametrize("key", [5, [1, 2, 3]])
def test_a_replay_needs_an_address_for_each_block(key) -> None:
    with pytest.raises(OptionError, match="4; one for each block"):
        replay_world(chain(), world=0, key=key, renewals=(1.0,))
