"""Small parts of the posterior, each by itself: bounds of days, effective draws, moving on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from inje.dossier import Claim, ObservablePath, Value
from inje.posterior import Setting
from inje.posterior import _settling as settling
from inje.posterior._intervals import INTERVALS, IntervalReading
from inje.posterior._tempering import Particles

SETTING = Setting(limit=100, days=10.0, columns=frozenset({"duration", "end"}))


def interval(path, **value):
    claim = Claim(id="c1", kind="fact", holders=("h",), about=path, value=Value(**value))
    return INTERVALS.read(claim, ObservablePath.parse(path), None, SETTING)


@pytest.mark.parametrize(
    ("path", "value", "bounds"),
    [
        ("duration", {"best": 4}, (3.0, 5.0)),
        ("duration", {"low": 3, "high": 5}, (2.0, 6.0)),
        ("end", {"best": 4}, (4.0, 5.0)),
        ("duration", {"best": 3, "vagueness": "at_least"}, (2.0, np.inf)),
        ("duration", {"best": 3, "vagueness": "at_most"}, (-np.inf, 4.0)),
        ("duration", {"best": 10, "vagueness": "about"}, (7.0, 13.5)),
        ("duration", {"low": 3}, (2.0, 4.0)),
        ("duration", {"high": 3}, (2.0, 4.0)),
    ],
)
def test_what_is_said_of_days_is_an_interval(path, value, bounds):
    found = interval(path, **value)
    assert (found.low, found.high) == bounds
    assert found.columns == (path,)


def test_what_no_column_holds_is_not_read():
    assert interval("start", best=1) is None
    claim = Claim(id="c1", kind="fact", holders=("h",), about="duration")
    assert INTERVALS.read(claim, ObservablePath.parse("duration"), None, SETTING) is None


def test_an_interval_holds_its_first_moment_and_not_its_last():
    reading = IntervalReading("end", 2.0, 4.0, 10.0)
    worlds = {"end": np.array([1.999, 2.0, 3.999, 4.0, np.inf, np.nan])}
    assert reading.tracking(worlds).tolist() == [0.0, 1.0, 1.0, 0.0, 0.0, 0.0]
    wide = reading.tracking(worlds, 0.1)
    # a day of blur: the middle of an interval two days long is within one deviation
    middle = reading.tracking({"end": np.array([3.0])}, 0.1)
    assert middle[0] == pytest.approx(0.682689492, abs=1e-8)
    assert wide[0] == pytest.approx(wide[3], abs=2e-3)
    assert wide[4:].tolist() == [0.0, 0.0]
    assert reading.peak == 1.0


@pytest.mark.parametrize(
    ("low", "high", "share"),
    [(2.0, 4.0, 2 / 11), (2.0, 2.5, 1 / 11), (-5.0, 3.0, 3 / 11), (8.0, 99.0, 2 / 11)],
)
def test_who_invents_days_hits_an_interval_by_its_share(low, high, share):
    assert IntervalReading("end", low, high, 10.0).invented(None) == pytest.approx(share)


def test_the_same_interval_is_a_repetition_and_another_is_none():
    one = IntervalReading("end", 2.0, 4.0, 10.0)
    assert one.repeats(IntervalReading("end", 2.0, 4.0, 10.0))
    assert not one.repeats(IntervalReading("end", 2.0, 5.0, 10.0))
    assert not one.repeats(IntervalReading("start", 2.0, 4.0, 10.0))


# ---- how many draws are effective (Lee & Whiteley 2018) ----


def test_families_of_one_are_independent_draws():
    values = np.random.default_rng(1).normal(size=500)
    assert settling.family_size(values, np.arange(500)) == pytest.approx(500)


def test_families_of_copies_count_once():
    values = np.repeat(np.random.default_rng(2).normal(size=50), 10)
    assert settling.family_size(values, np.repeat(np.arange(50), 10)) == pytest.approx(50)


def test_families_whose_sums_do_not_differ_count_in_full():
    values, family = np.array([1.0, -1.0, 1.0, -1.0]), np.array([0, 0, 1, 1])
    assert settling.family_size(values, family) == 4.0
    assert settling.family_size(np.ones(7), np.arange(7)) == 7.0
    assert settling.family_size(np.array([0.0, 1.0, 0.0, 3.0]), family) == pytest.approx(
        # centred: -1, 0, -1, 2; spread 6 / 4; family sums -1 and 1, variance 2 / 16
        min(1.5 / 0.125, 4.0)
    )


def population(families=6, size=12):
    rng = np.random.default_rng(3)
    family = np.arange(size) % families
    return Particles(
        x=rng.normal(size=(families, 2))[family],
        keys=np.zeros((size, 1), np.uint64),
        columns={"a": rng.normal(size=families)[family], "never": np.full(size, np.inf)},
        family=family,
        rung=0,
        log_evidence=0.0,
        log_weight=np.zeros(size),
    )


def test_the_worst_of_all_numbers_counts():
    state = population()
    assert settling.worst_size(state) == pytest.approx(6.0)
    assert settling.worst_size(replace(state, family=np.arange(12))) == pytest.approx(12.0)
    still = replace(state, x=np.zeros((12, 2)), columns={})
    assert settling.worst_size(still) == 12.0, "what does not vary is known by any draw"


@pytest.fixture
def moves(monkeypatch):
    """Each move takes one sweep and lets two families more be told apart."""
    told = []

    def moved(state, _model, _claims, rng, most, wanted):
        told.append((most, wanted, rng.random()))
        families = len(np.unique(state.family)) + 2
        return population(min(families, 12)), 1.0, 1, None

    monkeypatch.setattr(settling, "moved", moved)
    return told


def test_a_population_moves_on_until_its_draws_are_effective(moves):
    kept = []
    found = settling.settled(
        population(), None, None, ess=11.5, seed=4, keep=lambda _, done: kept.append(done)
    )
    sizes = [settling.worst_size(population(families)) for families in (6, 8, 10, 12)]
    assert max(sizes[:3]) < 11.5 <= sizes[3], "all families have to be told apart"
    assert settling.worst_size(found) == pytest.approx(sizes[3])
    assert kept == [1, 2, 3]
    begun = np.random.Generator(np.random.Philox(4))
    assert moves == [(8, np.inf, begun.random()) for _ in range(3)]


def test_a_population_that_is_effective_does_not_move(moves):
    state = population()
    assert settling.settled(state, None, None, ess=6.0 - 1e-9, seed=4) is state
    assert moves == []


def test_it_gives_up_after_so_many_sweeps(moves):
    settling.settled(population(), None, None, ess=1e9, seed=4, most=3)
    assert len(moves) == 3


def test_it_goes_on_from_where_an_earlier_run_stopped(moves):
    rng = np.random.default_rng(8)
    stopped = population(10)
    settling.settled(
        population(), None, None, ess=1e9, seed=4, most=5, begun=((stopped, rng, []), 3)
    )
    assert len(moves) == 2, "three sweeps of five were done"
    again = np.random.default_rng(8)
    assert [move[2] for move in moves] == [again.random(), again.random()]
