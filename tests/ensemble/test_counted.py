"""Losses that are counted, not fought one by one: against exact laws, twins and addresses.

Battles of thousands are slow to check sharply, so most tests let small battles be counted.
"""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks._battles import arms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import stats
from tests.ensemble.battles import chain, duel, number, two_fields
from tests.gate import gate, gate_seed

from inje.ensemble import replay_world, simulate_twins, simulate_worlds
from inje.exact import TwoCounts, terminal, transient
from inje.kernels import _layout, _naive_counted

LOSSES = ("losses.blue.total", "losses.red.total")
HAZARD = {"h0": number(0.6), "a": number(0.8), "c": number(0.9)}
# The fixture changes nothing from one example to the next.
SHARED = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """From 20 people and 2 expected losses on, losses are counted."""
    monkeypatch.setattr(_layout, "CROWDED", 20)
    monkeypatch.setattr(_layout, "WORTH_COUNTING", 2)


def _losses(scenario, worlds: int, seed: int):
    # With the winner asked for, no world is fought side by side with others.
    ensemble = simulate_worlds(scenario, worlds=worlds, seed=seed, paths=[*LOSSES, "winner"])
    return ensemble[LOSSES[0]], ensemble[LOSSES[1]]


def _stopped(blue: int, red: int, *floors: int, rate: float = 1.0, days: int = 4):
    sides = zip(("blue", "red"), floors, strict=True)
    rules = {side: {"at_strength": number(floor)} for side, floor in sides}
    return duel(blue, red, b=rate, r=rate, days=days, breaking_off=rules)


@pytest.mark.usefixtures("counted")
def test_a_counted_battle_passes_the_gate() -> None:
    # inje design, P1: 800 v 500, .01 a day each way, four days.
    law = transient(TwoCounts((800, 500), (0.01, 0.01)), 4.0)
    scenario = duel()
    result = gate(lambda seed, worlds: _losses(scenario, worlds, seed), law, seed=gate_seed())
    assert result.passed, str(result)


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("rates", [(0.9, 0.2), (0.2, 0.9), (0.5, 0.5)])
def test_a_counted_battle_to_the_end_passes_the_gate(rates: tuple[float, float]) -> None:
    # Small groups end their pieces often, and the last of them are fought one by one.
    law = transient(TwoCounts((90, 70), rates), 3.0)
    scenario = duel(90, 70, b=rates[1], r=rates[0], days=3)
    result = gate(
        lambda seed, worlds: _losses(scenario, worlds, seed), law, seed=gate_seed(), size=400_000
    )
    assert result.passed, str(result)


@pytest.mark.usefixtures("counted")
def test_a_counted_battle_ends_at_its_breakpoints() -> None:
    law = terminal(TwoCounts((400, 300), (1.0, 1.0), breakpoints=(330, 240)))
    scenario = _stopped(400, 300, 330, 240)
    result = gate(
        lambda seed, worlds: _losses(scenario, worlds, seed), law, seed=gate_seed(), size=400_000
    )
    assert result.passed, str(result)


def _large(seed: int, worlds: int):
    return _losses(_stopped(80_000, 50_000, 56_000, 25_000), worlds, seed)


def test_a_large_battle_passes_the_gate() -> None:
    # inje design/3: 80,000 v 50,000, b = r, stopped at 56,000 or 25,000.
    law = terminal(TwoCounts((80_000, 50_000), (1.0, 1.0), breakpoints=(56_000, 25_000)))
    result = gate(_large, law, seed=gate_seed(), size=30_000)
    assert result.passed, str(result)
    blue, _ = _large(gate_seed() + 1, 30_000)
    assert abs(blue.mean() - 12_732.14) < 5 * 152.81 / np.sqrt(len(blue))
    assert abs(blue.std(ddof=1) / 152.81 - 1) < 5 / np.sqrt(2 * len(blue))


@pytest.mark.slow
def test_a_million_large_battles_pass_the_gate() -> None:
    law = terminal(TwoCounts((80_000, 50_000), (1.0, 1.0), breakpoints=(56_000, 25_000)))
    result = gate(_large, law, seed=gate_seed())
    assert result.passed, str(result)


@pytest.mark.usefixtures("counted")
def test_arms_are_counted_as_they_are_fought(monkeypatch: pytest.MonkeyPatch) -> None:
    worlds, paths = 60_000, [*LOSSES, "winner"]
    counts = simulate_worlds(arms(), worlds=worlds, seed=gate_seed(), paths=paths)
    monkeypatch.undo()
    fought = simulate_worlds(arms(), worlds=worlds, seed=gate_seed() + 1, paths=paths)
    for path in LOSSES:
        one, other = counts[path], fought[path]
        assert not np.array_equal(one, other)
        error = np.sqrt((one.var() + other.var()) / worlds)
        assert abs(one.mean() - other.mean()) < 5 * error
        assert stats.ks_2samp(one, other).pvalue > 1e-5


@pytest.mark.usefixtures("counted")
def test_a_constant_hazard_is_an_exponential_clock_where_losses_are_counted() -> None:
    hazard = {"h0": number(0.5), "a": number(0.0), "c": number(0.0)}
    scenario = duel(b=0.02, r=0.02, breaking_off={"blue": hazard})
    column = simulate_worlds(scenario, worlds=40_000, seed=gate_seed(), paths=["breaking_off.blue"])
    times = column["breaking_off.blue"]
    gone = np.isfinite(times)
    assert stats.binomtest(int(gone.sum()), len(times), 1 - np.exp(-2)).pvalue > 1e-5
    assert stats.kstest(times[gone], stats.truncexpon(b=2.0, scale=2.0).cdf).pvalue > 1e-5


def test_hazards_act_alike_on_counted_and_on_single_losses(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario, worlds = (
        duel(600, 500, b=0.2, r=0.2, breaking_off={"blue": HAZARD, "red": HAZARD}),
        40_000,
    )
    paths = [*LOSSES, "breaking_off.blue", "breaking_off.red"]
    fought = simulate_worlds(scenario, worlds=worlds, seed=gate_seed(), paths=paths)
    monkeypatch.setattr(_layout, "CROWDED", 20)
    monkeypatch.setattr(_layout, "WORTH_COUNTING", 2)
    counts = simulate_worlds(scenario, worlds=worlds, seed=gate_seed() + 1, paths=paths)
    for path in paths:
        one, other = (np.minimum(each[path], 1e6) for each in (counts, fought))
        assert stats.ks_2samp(one, other).pvalue > 1e-5


# ---- the naive twin ----


def _same_as_the_twin(scenario, world: int, seed: int) -> None:
    # replay_world raises where the twin's losses are not the kernel's.
    told = replay_world(scenario, world=world, seed=seed)
    for side in ("blue", "red"):
        fell = [e.time for e in told.events if e.kind == "loss" and e.side == side]
        left = [e.time for e in told.events if e.kind == "breaking_off" and e.side == side]
        assert min(left, default=np.inf) == told.values.get(f"breaking_off.{side}", np.inf)
        for path, value in told.values.items():
            if path.startswith(f"losses.{side}.total@"):
                day = int(path[-2:])
                assert value == sum(time <= day for time in fell)


@pytest.mark.usefixtures("counted")
@SHARED
@given(
    people=st.tuples(*[st.integers(0, 900)] * 3),
    rate=st.floats(0.01, 1.5),
    seed=st.integers(0, 2**40),
    world=st.integers(0, 2**40),
)
def test_the_naive_twin_counts_the_same_losses(people, rate: float, seed: int, world: int) -> None:
    _same_as_the_twin(chain(*people, rate), world, seed)


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(
    "scenario",
    [
        arms(),
        two_fields(),
        _stopped(600, 500, 420, 380, rate=0.2),
        duel(600, 500, b=0.2, r=0.2, breaking_off={"blue": HAZARD, "red": HAZARD}),
    ],
    ids=["arms", "fields", "breakpoints", "hazards"],
)
def test_the_naive_twin_counts_every_kind_of_battle(scenario, monkeypatch) -> None:
    pieces = []
    fight = _naive_counted.NaiveCounted.fight
    monkeypatch.setattr(
        _naive_counted.NaiveCounted, "fight", lambda *given: pieces.append(fight(*given))
    )
    for world in range(25):
        _same_as_the_twin(scenario, world, 5)
    assert pieces


def test_a_large_battle_is_told_loss_by_loss() -> None:
    told = replay_world(_stopped(8_000, 5_000, 7_600, 4_500), world=3, seed=8)
    fell = [event.time for event in told.events if event.kind == "loss"]
    assert fell == sorted(fell)
    assert 500 < len(fell) <= 900


# ---- addresses ----


@pytest.mark.usefixtures("counted")
@SHARED
@given(seed=st.integers(0, 2**30), rate=st.floats(0.02, 0.6))
def test_a_what_if_that_changes_nothing_changes_no_counted_loss(seed: int, rate: float) -> None:
    scenario = chain(160, 140, 150, rate=rate)
    was, now = simulate_twins(scenario, {"strength.b": 160}, worlds=60, seed=seed)
    for path, column in was.columns.items():
        assert np.array_equal(column, now.columns[path], equal_nan=True), path


@pytest.mark.usefixtures("counted")
@SHARED
@given(seed=st.integers(0, 2**30), change=st.floats(0.0, 3.0))
def test_a_cause_of_the_third_day_leaves_the_counted_first_two(seed: int, change: float) -> None:
    phases = [
        {"id": "early", "begins": 0, "ends": 2, "intensity": number(1.0)},
        {"id": "late", "begins": 2, "ends": 5, "intensity": number(1.0)},
    ]
    paths = [f"{path}@1900-01-02" for path in LOSSES]
    was, now = simulate_twins(
        chain(160, 140, 150, phases=phases),
        {"intensity.battle.late": change},
        worlds=60,
        seed=seed,
        paths=paths,
    )
    for path in paths:
        assert np.array_equal(was[path], now[path])


@pytest.mark.usefixtures("counted")
def test_a_change_to_one_field_leaves_the_counted_losses_of_the_other() -> None:
    there = [f"losses.{force}.total" for force in ("blue-field", "red-field")]
    here = ["losses.blue-hill.total"]
    was, now = simulate_twins(
        two_fields(), {"rate.assault.blue": 0.5}, worlds=2_000, seed=4, paths=there + here
    )
    for path in there:
        assert np.array_equal(was[path], now[path])
    assert not np.array_equal(was[here[0]], now[here[0]])


def test_large_twins_keep_their_fortunes() -> None:
    was, now = simulate_twins(
        duel(80_000, 50_000, b=0.1, r=0.1),
        {"strength.r": 50_500},
        worlds=4_000,
        seed=4,
        paths=LOSSES,
    )
    for path in LOSSES:
        paired = (now[path] - was[path]).std()
        assert paired < 0.6 * np.sqrt(2) * was[path].std()


def test_threads_and_starts_change_no_counted_loss() -> None:
    scenario = duel(80_000, 50_000, b=0.1, r=0.1, breaking_off={"blue": HAZARD})
    one = simulate_worlds(scenario, worlds=3_000, seed=3, threads=1)
    other = simulate_worlds(scenario, worlds=3_000, seed=3, threads=2)
    part = simulate_worlds(scenario, worlds=7, seed=3, start=2_100)
    for path, column in one.columns.items():
        assert np.array_equal(column, other.columns[path], equal_nan=True), path
        assert np.array_equal(column[2_100:2_107], part.columns[path], equal_nan=True), path
