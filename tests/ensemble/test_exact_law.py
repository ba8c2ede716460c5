"""The simulator against exact laws and closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from tests.ensemble.battles import duel, number
from tests.gate import gate, gate_seed

from inje.ensemble import simulate_worlds
from inje.exact import TwoCounts, transient

LOSSES = ("losses.blue.total", "losses.red.total")


def _losses(scenario, worlds: int, seed: int):
    ensemble = simulate_worlds(scenario, worlds=worlds, seed=seed, paths=LOSSES)
    return ensemble[LOSSES[0]], ensemble[LOSSES[1]]


def test_square_law_passes_the_gate() -> None:
    # inje design, P1: 800 v 500, .01 a day each way, four days.
    law = transient(TwoCounts((800, 500), (0.01, 0.01)), 4.0)
    scenario = duel()
    result = gate(lambda seed, worlds: _losses(scenario, worlds, seed), law, seed=gate_seed())
    assert result.passed, str(result)


def test_equal_rates_lose_a_binomial_share() -> None:
    # With b = r every soldier falls at rate r whoever he faces: Binomial(B0 + R0, 1 - exp(-rt)).
    worlds, p = 100_000, 1 - np.exp(-0.04)
    blue, red = _losses(duel(), worlds, gate_seed())
    total = blue + red
    assert abs(total.mean() - 1300 * p) < 5 * np.sqrt(1300 * p * (1 - p) / worlds)
    assert abs(total.var() / (1300 * p * (1 - p)) - 1) < 5 * np.sqrt(2 / worlds)


@pytest.mark.parametrize(
    ("blue", "red", "wins"),
    [(2, 1, 5 / 6), (3, 1, 23 / 24), (3, 2, 31 / 40), (4, 2, 331 / 360), (4, 3, 233 / 315)],
)
def test_small_duels_to_the_end(blue: int, red: int, wins: float) -> None:
    # inje design/3, square law with equal rates, to annihilation.
    scenario, worlds = duel(blue, red, b=1.0, r=1.0, days=200), 40_000
    winner = simulate_worlds(scenario, worlds=worlds, seed=gate_seed(), paths=["winner"])["winner"]
    assert (winner >= 0).all()
    found = int((winner == 0).sum())
    assert stats.binomtest(found, worlds, wins).pvalue > 1e-5


def test_survivors_of_a_hundred_against_a_hundred() -> None:
    # inje design/3: expected survivors from (100, 100) are 32.9632.
    scenario, worlds = duel(100, 100, b=1.0, r=1.0, days=200), 20_000
    blue, red = _losses(scenario, worlds, gate_seed())
    left = 200 - blue - red
    assert abs(left.mean() - 32.9632) < 5 * left.std() / np.sqrt(worlds)


def test_linear_law_keeps_its_exchange_ratio() -> None:
    # b (x0 - x) = a (y0 - y) in the mean: with equal coefficients both sides lose alike.
    scenario = duel(600, 300, b=0.0004, r=0.0004, law="linear")
    blue, red = _losses(scenario, 40_000, gate_seed())
    difference = blue - red
    assert abs(difference.mean()) < 5 * difference.std() / np.sqrt(len(difference))
    assert blue.mean() > 50


def test_large_battle_stopped_at_its_breakpoints() -> None:
    # inje design/3: 80,000 v 50,000, b = r, stopped at 56,000 or 25,000.
    rules = {"blue": {"at_strength": number(56_000)}, "red": {"at_strength": number(25_000)}}
    scenario = duel(80_000, 50_000, b=1.0, r=1.0, days=4, breaking_off=rules)
    worlds = 400
    blue, _ = _losses(scenario, worlds, gate_seed())
    assert abs(blue.mean() - 12_732.14) < 5 * 152.81 / np.sqrt(worlds)
    assert abs(blue.std(ddof=1) / 152.81 - 1) < 5 / np.sqrt(2 * worlds)


def test_fatigue_slows_the_square_law() -> None:
    # Rubio-Campillo 2016: the rate is divided by ln(e + t). For b = r the hazard of each soldier is
    # r times the integral of that.
    from scipy.integrate import quad

    scenario, worlds = duel(800, 500, b=0.02, r=0.02, law="fatigue"), 30_000
    p = 1 - np.exp(-0.02 * quad(lambda t: 1 / np.log(np.e + t), 0, 4)[0])
    blue, red = _losses(scenario, worlds, gate_seed())
    total = blue + red
    assert abs(total.mean() - 1300 * p) < 5 * np.sqrt(1300 * p * (1 - p) / worlds)


def test_breaking_off_at_a_constant_hazard() -> None:
    # a = c = 0: an exponential clock, whatever is lost.
    hazard = {"h0": number(0.5), "a": number(0.0), "c": number(0.0)}
    scenario = duel(b=0.001, r=0.001, breaking_off={"blue": hazard})
    column = simulate_worlds(scenario, worlds=40_000, seed=gate_seed(), paths=["breaking_off.blue"])
    times = column["breaking_off.blue"]
    gone = np.isfinite(times)
    assert stats.binomtest(int(gone.sum()), len(times), 1 - np.exp(-2)).pvalue > 1e-5
    within = stats.truncexpon(b=2.0, scale=2.0)
    assert stats.kstest(times[gone], within.cdf).pvalue > 1e-5
