"""Exact likelihoods in lanes, against the transient law and against the grid truth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inje import exact, laws
from inje.errors import InputError

NAMES = [n for n in laws.names() if isinstance(laws.get(n), laws.Law)]


@st.composite
def worlds(draw: st.DrawFn) -> dict:
    law = laws.get(draw(st.sampled_from(NAMES)))
    n = draw(st.integers(1, 11))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    strengths = rng.integers(1, draw(st.sampled_from([12, 900])), (n, 2))
    slots = [
        {
            p.name: rng.uniform(max(p.low, -1.5), min(p.high, 1.5))
            for p in law.parameters
            if p.name != "d"
        }
        for _ in range(2)
    ]
    start = strengths.astype(float)
    first = [law.rate(x, y, 0.0, *law.values(slots[0])) for x, y in start]
    second = [law.rate(y, x, 0.0, *law.values(slots[1])) for x, y in start]
    losses = rng.uniform(0.0, 30.0, (n, 2))  # the coefficients follow from the losses wanted
    return {
        "strengths": strengths,
        "coefficients": losses / np.stack([first, second], 1),
        "days": rng.uniform(0.5, 1.5, n),
        "law": law.name,
        "parameters": (slots[0], slots[1]),
        "breakpoints": (strengths * rng.choice([0.0, 0.5], (n, 1))).astype(int),
    }


def one_by_one(world: dict, weights: np.ndarray) -> np.ndarray:
    out = []
    for k in range(len(world["days"])):
        battle = exact.TwoCounts(
            tuple(world["strengths"][k].tolist()),
            tuple(world["coefficients"][k].tolist()),
            law=world["law"],
            parameters=world["parameters"],
            breakpoints=tuple(world["breakpoints"][k].tolist()),
        )
        law = exact.transient(battle, world["days"][k], accuracy=1e-13)
        out.append((law.table(weights.shape) * weights).sum())
    return np.array(out)


@settings(max_examples=60)
@given(worlds(), st.integers(1, 14), st.integers(1, 14))
def test_lanes_agree_with_the_transient_law(world, rows, columns):
    weights = np.random.default_rng(rows * 100 + columns).uniform(size=(rows, columns))
    ours = np.exp(exact.log_likelihood(**world, weights=weights))
    assert np.abs(ours - one_by_one(world, weights)).max() < 1e-8


@settings(max_examples=20)
@given(worlds())
def test_every_single_pair_of_losses_is_weighed(world):
    pairs = np.eye(42).reshape(42, 7, 6)
    together = exact.log_likelihood(**world, weights=pairs)
    assert together.shape == (len(world["days"]), 42)
    for pair in (0, 5, 23, 41):
        alone = exact.log_likelihood(**world, weights=pairs[pair])
        assert alone == pytest.approx(together[:, pair], rel=1e-8, abs=1e-8)
    assert np.exp(together).sum(axis=1).max() <= 1 + 1e-8


def random_worlds(n: int) -> dict:
    rng = np.random.default_rng(19460417)
    second = np.round(np.exp(rng.normal(np.log(500), 0.2, n)))
    return {
        "strengths": np.stack([np.full(n, 800), second], 1),
        "coefficients": np.exp(rng.normal(np.log(0.01), 0.7, (n, 2))),
        "days": 4.0,
    }


def test_a_world_does_not_depend_on_its_company_or_on_threads():
    world, weights = random_worlds(203), np.ones((9, 16))
    together = exact.log_likelihood(**world, weights=weights)
    assert np.array_equal(exact.log_likelihood(**world, weights=weights, threads=2), together)
    for part in (slice(0, 1), slice(7, 100), slice(100, 203, 3)):
        some = {k: v[part] for k, v in world.items() if k != "days"}
        alone = exact.log_likelihood(**some, days=4.0, weights=weights)
        assert np.array_equal(alone, together[part])


def test_far_from_the_window_the_logarithm_stays_finite():
    """Importance weights of hopeless worlds must order them, not vanish."""
    found = exact.log_likelihood(
        (800, 500), np.array([[1e-6, 1e-6], [0.05, 0.05]]), 4.0, np.eye(9)[:, -1:]
    )
    assert np.isfinite(found).all()
    assert found.max() < -20.0


def test_the_three_parameter_posterior_of_the_grid():
    """design/2: means, sds and log evidence of (log b, log r, log R0), by a grid of our own."""
    x = np.linspace(-7.2, -3.2, 41)
    z = np.linspace(np.log(500) - 0.9, np.log(500) + 0.9, 31)
    b, r, s = (a.ravel() for a in np.meshgrid(x, x, z, indexing="ij"))
    strengths = np.stack([np.full(len(s), 800), np.round(np.exp(s))], 1)
    i, j = np.arange(20), np.arange(37)
    report = np.outer(
        np.exp(-0.5 * ((i - 8) / 2) ** 2) / (2 * np.sqrt(2 * np.pi)),
        np.exp(-0.5 * ((j - 15) / 4) ** 2) / (4 * np.sqrt(2 * np.pi)),
    )
    log = exact.log_likelihood(strengths, np.exp(np.stack([r, b], 1)), 4.0, report, threads=2)
    for value, mean, sd in ((b, np.log(0.01), 0.7), (r, np.log(0.01), 0.7), (s, np.log(500), 0.2)):
        log = log - 0.5 * ((value - mean) / sd) ** 2 - np.log(sd * np.sqrt(2 * np.pi))
    weight = np.exp(log)
    cell = (x[1] - x[0]) ** 2 * (z[1] - z[0])
    assert np.log(weight.sum() * cell) == pytest.approx(-7.478, abs=0.002)
    weight /= weight.sum()
    means = [weight @ value for value in (b, r, s)]
    assert means == pytest.approx([-5.2815, -5.3093, 6.1560], abs=0.002)
    sds = [(weight @ (v - m) ** 2) ** 0.5 for v, m in zip((b, r, s), means, strict=True)]
    assert sds == pytest.approx([0.3128, 0.3747, 0.1940], abs=0.001)


def crowded_rate(own, enemy, t, p0, p1, p2, p3):
    return 0.0 if own <= 0.0 or enemy <= 0.0 else min(enemy, 0.5 * own + 1.0)


def crowded_bound(own, enemy, t0, t1, p0, p1, p2, p3):
    return enemy


CROWDED = laws.Law(
    "crowded", "", "", "", (), "this test", crowded_rate, crowded_bound, separable=False
)


def test_a_law_that_is_no_product_goes_the_general_way():
    weights = np.random.default_rng(5).uniform(size=(4, 3))
    words = {"coefficients": (0.05, 0.1), "law": CROWDED}
    found = exact.log_likelihood((9, 12), days=[1.0, 3.0], weights=weights, **words)
    for k, days in enumerate((1.0, 3.0)):
        law = exact.transient(exact.TwoCounts((9, 12), **words), days, accuracy=1e-12)
        assert found[k] == pytest.approx(np.log(law.weighed(weights).total), abs=1e-7)


def test_a_battle_long_over_goes_the_general_way():
    battle = exact.TwoCounts((3, 2), (1.0, 1.5))
    found = exact.log_likelihood((3, 2), (1.0, 1.5), [1.0, 500.0], np.eye(4, 3, -1))
    end = exact.terminal(battle, accuracy=1e-12)
    assert np.exp(found[1]) == pytest.approx(end.weighed(np.eye(4, 3, -1)).total, abs=1e-8)
    assert found[0] != found[1]


def test_no_weight_is_no_chance():
    assert exact.log_likelihood((3, 2), (1.0, 1.0), 1.0, np.zeros((2, 2)))[0] == -np.inf
    over = exact.log_likelihood((3, 2), (1.0, 1.0), 1.0, np.eye(2), breakpoints=(3, 0))
    assert over[0] == 0.0


def test_breakpoints_are_a_pair_for_every_world():
    points, words = np.array([[0, 3], [2, 0], [4, 1]]), ((6, 6), (0.2, 0.1), 1.0, np.eye(7))
    together = exact.log_likelihood(
        np.full((3, 2), 6), (0.2, 0.1), 1.0, np.eye(7), breakpoints=points
    )
    alone = [exact.log_likelihood(*words, breakpoints=tuple(pair.tolist()))[0] for pair in points]
    assert together == pytest.approx(alone, rel=1e-12)
    assert len(set(alone)) == 3


def test_parameters_may_differ_between_worlds():
    power, strengths = np.array([0.2, 0.7, 1.0]), np.full((3, 2), 40)
    words = {"coefficients": (0.01, 0.01), "days": 2.0, "weights": np.ones((4, 5))}
    found = exact.log_likelihood(
        strengths, **words, law="helmbold", parameters=({"W": power}, {"W": 1.0})
    )
    for k, W in enumerate(power):
        alone = exact.log_likelihood(
            strengths[:1], **words, law="helmbold", parameters=({"W": W}, {"W": 1.0})
        )
        assert alone[0] == found[k]


def tired_rate(own, enemy, t, p0, p1, p2, p3):
    """The square law, slower from day to day."""
    return 0.0 if own <= 0.0 or enemy <= 0.0 else enemy / (1.0 + p0 * t)


def tired_bound(own, enemy, t0, t1, p0, p1, p2, p3):
    return tired_rate(own, enemy, t0, p0, p1, p2, p3)


TIRED = laws.Law(
    "tired", "", "", "", (laws.Parameter("p", "1/day", 1.0, 0.0, 9.0, ""),), "this test",
    tired_rate, tired_bound, timed=True,
)  # fmt: skip


@pytest.mark.parametrize("law", ["fatigue", TIRED])
def test_worlds_whose_rates_change_with_time_go_by_its_clock(law):
    """Days come in any order, and more than once."""
    world = {
        "strengths": np.array([[60, 40], [30, 50], [60, 40], [9, 7]]),
        "coefficients": np.array([[0.05, 0.04], [0.02, 0.03], [0.05, 0.04], [0.1, 0.2]]),
        "days": np.array([6.0, 0.5, 2.0, 6.0]),
        "breakpoints": np.zeros((4, 2), int),
        "law": law,
        "parameters": ({}, {}),
    }
    weights = np.random.default_rng(4).random((9, 12))
    found = exact.log_likelihood(weights=weights, **world)
    assert np.exp(found) == pytest.approx(one_by_one(world, weights), rel=1e-6)
    assert found[0] != found[2]


def test_a_clock_for_every_world_is_refused():
    words = {"strengths": (8, 5), "coefficients": (0.1, 0.1), "days": 1.0}
    one = ({"p": np.full(1, 2.0)}, {"p": 2.0})
    assert np.isfinite(exact.log_likelihood(weights=[[1]], law=TIRED, parameters=one, **words))
    two = ({"p": np.full(2, 2.0)}, {"p": 2.0})
    with pytest.raises(InputError, match="its parameters differ between worlds"):
        exact.log_likelihood(
            weights=[[1]], law=TIRED, parameters=two, **words | {"days": np.ones(2)}
        )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"weights": np.ones(3)}, "weights"),
        ({"weights": -np.ones((2, 2))}, "weights"),
        ({"weights": np.full((2, 2), np.nan)}, "weights"),
        ({"strengths": (2.5, 1)}, "strengths"),
        ({"strengths": (-1, 1)}, "strengths"),
        ({"coefficients": (-1.0, 1.0)}, "coefficients"),
        ({"coefficients": np.ones((3, 2)), "days": np.ones(2)}, "shapes"),
        ({"days": np.inf}, "days"),
        ({"law": "cube"}, "square"),
        ({"law": "salvo"}, "single salvos"),
        ({"accuracy": 0.0}, "accuracy"),
        ({"law": "helmbold", "parameters": ({"W": np.ones(2)}, {})}, "parameters"),
        ({"law": "bracken", "parameters": ({"q": np.array([0.0, 99.0])}, {})}, "-10 to 10"),
    ],
)
def test_what_cannot_be_weighed_is_refused(changed, said):
    words = {
        "strengths": (8, 5),
        "coefficients": (0.1, 0.1),
        "days": 1.0,
        "weights": np.ones((2, 2)),
    }
    with pytest.raises(InputError, match=said):
        exact.log_likelihood(**(words | changed))
