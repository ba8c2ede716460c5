"""Worlds are addresses: nothing but the address decides what happens in them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ensemble.battles import chain, duel, number, two_fields

from inje.ensemble import iterate_blocks, replay_world, simulate_twins, simulate_worlds


def _same(first, second) -> None:
    assert first.columns.keys() == second.columns.keys()
    for path, column in first.columns.items():
        assert np.array_equal(column, second.columns[path], equal_nan=True), path


def test_threads_and_starts_change_no_bit() -> None:
    scenario = chain()
    one = simulate_worlds(scenario, worlds=20_000, seed=3, threads=1)
    _same(one, simulate_worlds(scenario, worlds=20_000, seed=3, threads=2))
    part = simulate_worlds(scenario, worlds=7, seed=3, start=8_190)
    for path, column in part.columns.items():
        assert np.array_equal(column, one.columns[path][8_190:8_197], equal_nan=True), path
    blocks = list(iterate_blocks(scenario, worlds=20_000, seed=3, block=7_777))
    for path in one.columns:
        joined = np.concatenate([block.columns[path] for block in blocks])
        assert np.array_equal(joined, one.columns[path], equal_nan=True), path


def test_indices_name_worlds() -> None:
    scenario = chain()
    whole = simulate_worlds(scenario, worlds=50, seed=2)
    chosen = np.array([41, 7, 7, 13], np.uint64)
    some = simulate_worlds(scenario, worlds=4, seed=2, indices=chosen)
    for path, column in some.columns.items():
        assert np.array_equal(column, whole.columns[path][chosen.astype(int)], equal_nan=True), path


def test_given_parameters_and_keys_move_apart() -> None:
    scenario = chain()
    drawn = simulate_worlds(scenario, worlds=40, seed=5)
    own = {path: np.asarray(drawn[path]) for path in ("belief.send", "delay.word.ride")}
    _same(drawn, simulate_worlds(scenario, worlds=40, seed=5, parameters=own))
    others = np.arange(1000, 1040, dtype=np.uint64)
    moved = simulate_worlds(scenario, worlds=40, seed=5, keys=others)
    assert np.array_equal(moved["belief.send"], drawn["belief.send"])
    assert not np.array_equal(moved["losses.blue.total"], drawn["losses.blue.total"])


@settings(max_examples=15)
@given(
    blue=st.integers(0, 120),
    red=st.integers(0, 120),
    more=st.integers(0, 80),
    rate=st.floats(0.01, 1.5),
    seed=st.integers(0, 2**40),
    world=st.integers(0, 2**40),
)
def test_the_naive_twin_fights_the_same_world(
    blue: int, red: int, more: int, rate: float, seed: int, world: int
) -> None:
    # replay_world raises when the naive twin's losses are not the kernel's.
    told = replay_world(chain(blue, red, more, rate), world=world, seed=seed)
    last = max((e.time for e in told.events if e.kind == "loss"), default=0.0)
    assert last <= 5.0
    broke = [e.time for e in told.events if e.kind == "breaking_off" and e.side == "blue"]
    assert min(broke, default=np.inf) == told.values["breaking_off.blue"]
    came = [e.time for e in told.events if e.kind == "arrival"]
    assert came in ([], [told.values["arrival.help"]])


def test_a_hazard_that_one_loss_raises_without_measure_is_fought_to_its_end() -> None:
    hazard = {"h0": number(0.3), "a": number(0.16), "c": number(5.5)}
    scenario = duel(blue=4700, red=74, b=0.0016, r=0.03, breaking_off={"red": hazard})
    fought = simulate_worlds(scenario, worlds=2_000, seed=1)
    assert fought.unfinished == 0
    # Red stands until its first loss, and not a moment longer.
    assert set(np.unique(fought["losses.red.total"])) <= {0, 1}
    first = fought["breaking_off.red"]
    rate = 0.0016 * 4700
    left = np.isfinite(first)
    assert left.mean() == pytest.approx(1.0, abs=1e-3)
    assert first[left].mean() == pytest.approx(1 / rate, abs=5 / rate / np.sqrt(2_000))
    for world in range(8):
        told = replay_world(scenario, world=world, seed=1)
        assert told.values["breaking_off.red"] == first[world]


@pytest.mark.parametrize("law", ["linear", "logarithmic", "hartley", "fatigue", "helmbold"])
def test_the_naive_twin_knows_every_law(law: str) -> None:
    scenario = chain(30, 25, 10, rate=0.02, law=law)
    for world in range(20):
        replay_world(scenario, world=world)


@settings(max_examples=10)
@given(seed=st.integers(0, 2**30), rate=st.floats(0.02, 0.6))
def test_a_what_if_that_changes_nothing_changes_no_bit(seed: int, rate: float) -> None:
    scenario = chain(rate=rate)
    factual, changed = simulate_twins(scenario, {"strength.b": 60}, worlds=60, seed=seed)
    _same(factual, changed)


@settings(max_examples=10)
@given(seed=st.integers(0, 2**30), change=st.floats(0.0, 3.0))
def test_a_cause_of_the_third_day_leaves_the_first_two(seed: int, change: float) -> None:
    phases = [
        {"id": "early", "begins": 0, "ends": 2, "intensity": number(1.0)},
        {"id": "late", "begins": 2, "ends": 5, "intensity": number(1.0)},
    ]
    paths = ["losses.blue.total@1900-01-02", "losses.red.total@1900-01-02", "losses.red.total"]
    twins = simulate_twins(
        chain(phases=phases),
        {"intensity.battle.late": change},
        worlds=60,
        seed=seed,
        paths=paths,
    )
    for path in paths[:2]:
        assert np.array_equal(twins[0][path], twins[1][path])


@settings(max_examples=10)
@given(seed=st.integers(0, 2**30), rate=st.floats(0.02, 0.9), change=st.floats(0.0, 3.0))
def test_a_change_to_one_engagement_leaves_the_other(seed: int, rate: float, change: float) -> None:
    scenario = two_fields(rate)
    there = [f"losses.{force}.total" for force in ("blue-field", "red-field")]
    here = [f"losses.{force}.total" for force in ("blue-hill", "red-hill")]
    was, now = simulate_twins(
        scenario, {"rate.assault.blue": change}, worlds=200, seed=seed, paths=there + here
    )
    for path in there:
        assert np.array_equal(was[path], now[path])
    if abs(change - rate) > 0.2:
        assert not np.array_equal(was[here[0]], now[here[0]])


def test_reinforcements_that_stay_away_change_nothing_before_they_would_come() -> None:
    scenario = chain()
    paths = ["arrival.help", *(f"losses.red.total@1900-01-0{day}" for day in range(1, 6))]
    was, without = simulate_twins(scenario, {"strength.help": 0}, worlds=4000, seed=9, paths=paths)
    came = was["arrival.help"]
    for day in range(1, 6):
        path = f"losses.red.total@1900-01-0{day}"
        before = came > day
        assert np.array_equal(was[path][before], without[path][before])
    assert not np.array_equal(was[paths[-1]], without[paths[-1]])


def test_the_changed_twin_alone_has_the_law_of_the_changed_cause() -> None:
    from scipy import stats

    scenario, worlds = chain(), 20_000
    paths = ["losses.red.total", "losses.blue.total"]
    _, changed = simulate_twins(scenario, {"strength.help": 0}, worlds=worlds, seed=21, paths=paths)
    other = simulate_worlds(chain(more=0), worlds=worlds, seed=22, paths=paths)
    for path in paths:
        assert stats.ks_2samp(changed[path], other[path]).pvalue > 1e-5


def test_twins_are_close_where_the_change_is_small() -> None:
    paths = ["losses.blue.total"]
    was, now = simulate_twins(
        duel(blue=800, red=500), {"strength.r": 510}, worlds=20_000, seed=4, paths=paths
    )
    paired = (now[paths[0]] - was[paths[0]]).std()
    apart = np.sqrt(2) * was[paths[0]].std()
    assert paired < 0.6 * apart
