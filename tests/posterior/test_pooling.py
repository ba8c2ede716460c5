"""Populations pooled by their evidence, and how many of them are narrowed or moved on."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from inje.posterior import _populations as populations
from inje.posterior._populations import (
    AT_WORST,
    FAMILIES,
    FEWEST,
    LEAST,
    MOST,
    SETTLED,
    SPARE,
    TRIAL,
    _groups,
    _Growth,
    _joined,
    _needed,
    _Work,
    pooled,
)
from inje.posterior._settling import SETTLING, worst_size
from inje.posterior._statistics import GROUPS
from inje.posterior._tempering import MOVES, SWEEPS, WIDTHS, Info, Particles, fought_each


def info(sweeps=1, families=FAMILIES):
    return Info(0.0, 0.5, 0.2, sweeps, (), families)


def population(seed, evidence, size=40, families=20):
    rng = np.random.default_rng(seed)
    family = np.arange(size) % families
    x = rng.normal(size=(families, 2))[family]
    return Particles(
        x, rng.integers(0, 99, (size, 1)).astype(np.uint64), {"a": x[:, 0] + 1}, family, 0,
        evidence, np.zeros(size),
    )  # fmt: skip


# ---- together ----


def test_populations_weigh_by_their_evidence():
    states = [population(1, -900.0, 40, 20), population(2, -901.0, 60, 30)]
    pool = _joined([(state, (info(),)) for state in states])
    assert np.array_equal(pool.x, np.concatenate([state.x for state in states]))
    assert np.array_equal(pool.keys, np.concatenate([state.keys for state in states]))
    assert np.array_equal(pool.columns["a"], pool.x[:, 0] + 1)
    assert pool.log_weight.tolist() == [-900.0] * 40 + [-901.0] * 60
    shares = np.array([1.0, np.exp(-1)])
    assert pool.log_evidence == pytest.approx(-900 + np.log(shares.mean()))
    spread = abs(shares[0] - shares[1]) / np.sqrt(2)
    assert pool.evidence_error == pytest.approx(spread / shares.mean() / np.sqrt(2))
    sizes = np.array([worst_size(state) for state in states])
    own = shares / shares.sum()
    assert pool.ess == pytest.approx(1 / (own**2 / sizes).sum())
    # twenty families and thirty others: none in two groups, and the groups as even as may be
    family = np.concatenate([states[0].family, states[1].family + 1000])
    groups = {one: set(pool.group[family == one].tolist()) for one in np.unique(family)}
    assert {len(group) for group in groups.values()} == {1}
    assert np.bincount(pool.group, minlength=GROUPS).max() <= 4
    assert pool.alive


def test_a_population_that_explains_nothing_weighs_nothing():
    states = [population(1, -5.0), population(2, -np.inf)]
    pool = _joined([(state, (info(),)) for state in states])
    assert pool.log_evidence == pytest.approx(-5 + np.log(0.5))
    assert pool.ess == pytest.approx(worst_size(states[0]))
    dead = _joined([(population(3, -np.inf), ()), (population(4, -np.inf), ())])
    assert (dead.ess, dead.log_evidence, dead.evidence_error) == (0.0, -np.inf, np.inf)
    assert not dead.alive


@pytest.mark.parametrize(("families", "alive"), [(FAMILIES, True), (FAMILIES - 1, False)])
def test_too_few_ancestors_left_cannot_be_judged(families, alive):
    found = [
        (population(1, -5.0), (info(families=1), info(families=FAMILIES + 5))),
        (population(2, -5.0), (info(families=99), info(families=families))),
    ]
    assert _joined(found).alive is alive


def test_heavy_families_are_dealt_evenly():
    """Forty families, the first two of fifty particles each: they share no group."""
    family = np.concatenate([np.repeat([0, 1], 50), np.arange(2, 40)])
    group = _groups(family)
    assert set(group[:50]) == {0}
    assert set(group[50:100]) == {1}
    assert sorted(group[100:].tolist()) == sorted(i % GROUPS for i in range(2, 40))


# ---- how many ----


@pytest.mark.parametrize(
    ("ess", "there", "wanted", "needed"),
    [
        (100.0, 2, 1000.0, 22),  # with a tenth to spare
        (100.0, 4, 150.0, 7),
        (999.0, 2, 1000.0, 3),
        (0.0, 2, 10.0, 22),
    ],
)
def test_as_many_are_needed_as_the_first_are_worth(ess, there, wanted, needed):
    assert SPARE == 1.1
    assert _needed(SimpleNamespace(ess=ess), there, wanted) == needed


def growth(*, settles, limit=np.inf, each=100.0, spent=500.0, particles=10):
    """What it asks for, and populations that are numbers."""
    asked = []

    def narrowed(found, wanted):
        asked.append(("narrowed", wanted))
        return [*found, *range(len(found), wanted)]

    class Work:
        def settled(self, found, ess, entry, most):
            asked.append(("settled", len(found), ess, entry, most))
            return found

    return _Growth(Work(), narrowed, limit, particles, settles, each, spent), asked


def test_costs_are_those_of_narrowing_and_of_moving_all_on():
    plain, _ = growth(settles=False)
    assert plain.costs([0, 1], 5) == 300
    settling, _ = growth(settles=True)
    assert settling.costs([0, 1], 5) == 300 + 5 * 10 * SETTLING * MOVES


@pytest.fixture
def worth(monkeypatch):
    """Each population is worth as many draws as are said."""
    told = {"each": 10.0}
    monkeypatch.setattr(
        populations, "_joined", lambda found: SimpleNamespace(ess=told["each"] * len(found))
    )
    return told


def test_more_are_narrowed_until_they_suffice(worth):
    own, asked = growth(settles=False)
    found = own.until(95.0, [0, 1], SimpleNamespace(ess=20.0))
    assert found.ess == 110.0
    assert asked == [("narrowed", 11)]
    assert own.spent == 500 + 9 * 100
    assert worth["each"] == 10.0


def test_where_moving_on_pays_their_number_is_doubled_and_all_are_moved(worth):
    own, asked = growth(settles=True)
    worth["each"] = 30.0
    found = own.until(100.0, [0, 1], SimpleNamespace(ess=20.0))
    assert found.ess == 120.0
    assert asked == [("narrowed", 4), ("settled", 4, pytest.approx(30.0), "settled", SETTLING)]


def test_no_more_are_begun_than_are_allowed_to_be_fought(worth):
    cost = (11 - 2) * 100.0
    for room, begun in ((cost, [("narrowed", 11)]), (cost - 1, [])):
        own, asked = growth(settles=False, limit=500 + room)
        found = own.until(95.0, [0, 1], SimpleNamespace(ess=20.0))
        assert asked == begun
        assert found.ess == (110.0 if begun else 20.0)
    assert worth["each"] == 10.0


def test_where_narrowing_would_take_too_many_what_is_there_is_moved_on(worth):
    """More than 32 would be needed: eight are moved on, and the pool is what they are worth."""
    assert (MOST, SETTLED) == (32, 8)
    own, asked = growth(settles=False)
    worth["each"] = 10.0
    found = own.until(400.0, [0, 1], SimpleNamespace(ess=20.0))
    assert asked == [("narrowed", 8), ("settled", 8, pytest.approx(60.0), "settled", SETTLING)]
    assert found.ess == 80.0
    own, asked = growth(settles=False, limit=500 + 600 + 8 * 10 * SETTLING * MOVES - 1)
    assert own.until(400.0, [0, 1], SimpleNamespace(ess=20.0)).ess == 20.0
    assert asked == []


def test_moving_on_ends_at_eight(worth):
    own, asked = growth(settles=True)
    worth["each"] = 1.0
    found = own.until(400.0, [0, 1], SimpleNamespace(ess=20.0))
    assert [step[1] for step in asked] == [4, 4, 8, 8]
    assert found.ess == 8.0


# ---- from the first two on ----


@pytest.fixture
def run(monkeypatch):
    """What `pooled` asks for; two populations are worth `first`, moved on `moved`."""
    told = SimpleNamespace(first=10.0, moved=20.0, sweeps=3, asked=[], alive=True)

    def narrowed(_model, _claims, numbers, *, particles, **_more):
        told.asked.append(("narrowed", list(numbers), particles))
        return [(f"state {n}", (info(told.sweeps),)) for n in numbers]

    def joined(found):
        moved = any(str(state).startswith("moved") for state, _ in found)
        each = told.moved if moved else told.first
        return SimpleNamespace(
            ess=each / 2 * len(found), log_evidence=0.0 if told.alive else -np.inf, of=found
        )

    def settled(_self, found, ess, entry, most):
        told.asked.append(("settled", len(found), ess, entry, most))
        return [(f"moved {state}", infos) for state, infos in found]

    monkeypatch.setattr(populations, "populations", narrowed)
    monkeypatch.setattr(populations, "_joined", joined)
    monkeypatch.setattr(_Work, "settled", settled)
    return told


def test_two_populations_that_suffice_are_all(run):
    pool = pooled(None, None, ess=10.0, particles=512)
    assert pool.ess == 10.0
    assert run.asked == [("narrowed", [0, 1], 512)]
    run.alive = False
    assert pooled(None, None, ess=1e6, particles=512).ess == 10.0, "nothing explains the claims"


def test_populations_are_moved_on_for_a_while_and_the_better_way_is_taken(run):
    """Narrowing took 2 (1 + 3 moves a sweep) worlds a particle, the trial 2 x 8 sweeps.

    Moving on is worth it where it gains more draws a world than narrowing did.
    """
    moves = 2 * fought_each((info(3),))
    trial = 2 * TRIAL * MOVES
    even = 10.0 * (1 + trial / moves)
    for gained, settles in ((even * 1.001, True), (even * 0.999, False)):
        run.asked.clear()
        run.moved = gained
        pooled(None, None, ess=even * 1.2, particles=512)
        assert run.asked[:2] == [
            ("narrowed", [0, 1], 512), ("settled", 2, np.inf, "tried", TRIAL)
        ]  # fmt: skip
        number = run.asked[2][1]
        assert number == ([2, 3] if settles else [2]), "their number is doubled, or what is needed"


@pytest.mark.parametrize(
    ("most", "particles"),
    [
        (None, 1 << 12),
        (2 * (1 << 12) * (AT_WORST + TRIAL * MOVES), 1 << 12),
        (2 * (1 << 12) * (AT_WORST + TRIAL * MOVES) - 1, 1 << 11),
        (FEWEST, LEAST),
        (1, LEAST),
    ],
)
def test_populations_are_as_large_as_two_of_them_may_be(run, most, particles):
    assert len(WIDTHS) * (1 + MOVES * SWEEPS) == AT_WORST
    pooled(None, None, ess=1.0, most=most)
    assert run.asked == [("narrowed", [0, 1], particles)]
    assert LEAST == 256
