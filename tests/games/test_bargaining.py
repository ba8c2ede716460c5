"""Bargaining before war, and statistical deterrence."""

from __future__ import annotations

import math

import numpy as np
import pytest

from inje.errors import OptionError
from inje.games import (
    DeterrenceUtilities,
    bargaining_range,
    best_demand,
    deterrence_probabilities,
    fit_deterrence,
)


def test_fearons_example() -> None:
    best = best_demand(0.5, 0.1, 0.4)
    assert best.demand == pytest.approx(0.65)
    assert best.war == pytest.approx(0.375)
    assert best.interior


@pytest.mark.parametrize("p", [0.0, 0.2, 0.5, 0.8])
def test_war_does_not_depend_on_p_while_the_demand_is_interior(p: float) -> None:
    assert best_demand(p, 0.1, 0.4).interior
    assert best_demand(p, 0.1, 0.4).war == pytest.approx(0.375)


def test_the_demand_is_best_among_all() -> None:
    for p, cost, highest in [(0.5, 0.1, 0.4), (0.9, 0.1, 0.6), (0.3, 0.5, 0.4), (0.97, 0.02, 1.5)]:
        asked = np.linspace(0.0, 1.0, 10_001)
        war = np.clip((asked - p) / highest, 0.0, 1.0)
        worth = (1 - war) * asked + war * (p - cost)
        best = best_demand(p, cost, highest)
        assert best.demand == pytest.approx(asked[int(np.argmax(worth))], abs=1e-4)
        assert best.war == pytest.approx(war[int(np.argmax(worth))], abs=1e-3)


def test_the_range_moves_with_the_chance_of_winning() -> None:
    before, after = bargaining_range(0.5, 0.1, 0.2), bargaining_range(0.6, 0.1, 0.2)
    assert (before.low, before.high) == pytest.approx((0.4, 0.7))
    assert before.width == pytest.approx(0.3)
    assert after.low - before.low == pytest.approx(0.1)
    assert bargaining_range(0.05, 0.1, 0.2).low == 0.0


@pytest.mark.parametrize("args", [(1.1, 0.1, 0.4), (0.5, -0.1, 0.4), (math.nan, 0.1, 0.4)])
def test_impossible_bargains(args: tuple[float, float, float]) -> None:
    with pytest.raises(OptionError):
        bargaining_range(*args)
    with pytest.raises(OptionError):
        best_demand(*args)


def test_statistical_deterrence() -> None:
    fit = fit_deterrence((7152, 42, 46))
    assert fit.log_sigma == pytest.approx(-1.0513, abs=5e-5)
    assert fit.standard_error == pytest.approx(0.0199, abs=5e-5)
    assert fit.log_likelihood == pytest.approx(-646.54, abs=6e-3)
    assert sum(fit.probabilities) == pytest.approx(1.0, abs=1e-12)
    assert fit.probabilities == deterrence_probabilities(
        DeterrenceUtilities(), math.exp(fit.log_sigma)
    )


def test_deterrence_by_simulation() -> None:
    """Draw the private terms and let both states choose."""
    rng, sigma, draws = np.random.default_rng(3), 0.6, 400_000
    u = DeterrenceUtilities(0.5, 1.2, -0.7, 0.3)
    own = rng.normal(0.0, sigma, (draws, 3))
    other = rng.normal(0.0, sigma, (draws, 2))
    resists = u.u24 + other[:, 1] > other[:, 0]
    p4 = np.mean(resists)
    attack = (1 - p4) * (u.u13 + own[:, 1]) + p4 * (u.u14 + own[:, 2]) > u.u11 + own[:, 0]
    simulated = (np.mean(~attack), np.mean(attack & ~resists), np.mean(attack & resists))
    assert deterrence_probabilities(u, sigma) == pytest.approx(simulated, abs=0.004)


@pytest.mark.parametrize("counts", [(1, 2), (0, 0, 0), (1, -1, 1)])
def test_counts_that_are_none(counts: tuple[int, ...]) -> None:
    with pytest.raises(OptionError):
        fit_deterrence(counts)
    with pytest.raises(OptionError):
        deterrence_probabilities(DeterrenceUtilities(), 0.0)
