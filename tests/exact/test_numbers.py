"""Published and independently computed numbers of two-count battles."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import binom

from inje import exact


def equal(first: int, second: int) -> exact.TwoCounts:
    return exact.TwoCounts((first, second), (1.0, 1.0))


@pytest.mark.parametrize(
    ("first", "second", "wins"),
    [(2, 1, 5 / 6), (3, 1, 23 / 24), (3, 2, 31 / 40), (4, 2, 331 / 360), (4, 3, 233 / 315)],
)
def test_chance_of_the_larger_side(first, second, wins):
    law = exact.terminal(equal(first, second), accuracy=1e-12)
    assert law.first_wins == pytest.approx(wins, rel=1e-12)
    assert law.second_wins == pytest.approx(1 - wins, rel=1e-10)
    assert law.undecided == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize(("n", "survivors"), [(10, 5.7151), (100, 32.9632), (400, 93.6895)])
def test_survivors_of_an_even_fight(n, survivors):
    law = exact.terminal(equal(n, n))
    left = law.probability @ (2 * n - law.first - law.second)
    assert left == pytest.approx(survivors, abs=5e-5)


@pytest.mark.parametrize("days", [0.5, 4.0, 20.0])
def test_total_losses_are_binomial_at_equal_rates(days):
    """For b = r everybody falls at rate r per head while nobody is annihilated."""
    law = exact.transient(exact.TwoCounts((800, 500), (0.01, 0.01)), days)
    total = np.bincount(law.first + law.second, weights=law.probability)
    expected = binom.pmf(np.arange(len(total)), 1300, 1 - math.exp(-0.01 * days))
    assert np.abs(total - expected).max() < 1e-8
    assert law.truncated < 1e-8


def test_large_battle_to_a_breakpoint():
    battle = exact.TwoCounts((80_000, 50_000), (0.01, 0.01), breakpoints=(56_000, 25_000))
    law = exact.terminal(battle)
    assert law.mean[0] == pytest.approx(12_732.14, abs=0.006)
    assert law.sd[0] == pytest.approx(152.81, abs=0.006)
    assert law.first_wins == pytest.approx(1.0, abs=2e-8)


@pytest.mark.parametrize(
    ("name", "power"),
    [("square", 2.0), ("linear", 1.0), ("hartley", 1.3)],
)
def test_deterministic_limit(name, power):
    """b (x0^g - x^g) = a (y0^g - y^g) where the mean of a large battle must lie."""
    a, b, x0, y0 = 0.01, 0.014, 40_000, 30_000
    law = exact.terminal(exact.TwoCounts((x0, y0), (a, b), law=name, breakpoints=(0, 20_000)))
    y = 20_000.0
    x = (x0**power - a / b * (y0**power - y**power)) ** (1 / power)
    assert x0 - law.mean[0] == pytest.approx(x, rel=2e-4)
    assert law.second[law.first < x0].min() == 10_000


def test_five_exponential_stages():
    """A side of five that falls one by one at .5 an hour: 95 % gone by 18.3070 hours."""
    battle = exact.TwoCounts((5, 1), (0.5, 0.0))
    assert exact.transient(battle, 18.3070).second_wins == pytest.approx(0.95, abs=1e-6)


def test_fatigue_is_a_change_of_time():
    t = np.linspace(0.0, 6.0, 60_001)
    clock = float(np.trapezoid(1 / np.log(math.e + t), t))
    tired = exact.transient(exact.TwoCounts((60, 40), (0.05, 0.04), law="fatigue"), 6.0)
    fresh = exact.transient(exact.TwoCounts((60, 40), (0.05, 0.04)), clock)
    shape = (61, 41)
    assert np.abs(tired.table(shape) - fresh.table(shape)).max() < 1e-8
