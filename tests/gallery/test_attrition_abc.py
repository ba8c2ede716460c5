"""Rubio-Campillo's runs: the table equals the slow battle, the leak is where we say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.stats import norm

from inje import gallery
from inje.datasets import bodart
from inje.gallery import _attrition_abc as abc
from inje.gallery import _attrition_study as study


@pytest.fixture
def local(data, monkeypatch):
    monkeypatch.setenv("INJE_DATA", str(data))


def fought_slowly(law, ratio, r0, rc, b0, bc):
    """One battle, soldier counts cut to whole people at every step."""
    r, b, step = r0, b0, 0
    power = 100 / (b0 * r0) if law == 0 else 100 / max(b0, r0)
    while r > r0 - rc and b > b0 - bc:
        if law == 0:
            lost_r, lost_b = power * b * r, power * ratio * r * b
        elif law == 1:
            lost_r, lost_b = power * b, power * ratio * r
        else:
            tired = math.log(math.e + step) if law == 3 else 1
            lost_r, lost_b = power * r / tired, power * ratio * b / tired
        r, b, step = int(r - lost_r), int(b - lost_b), step + 1
    return abs(r0 - r - rc) / rc + abs(b0 - b - bc) / bc


SMALL = abc.Period(
    *(np.array(x, float) for x in ([9000, 2500], [700, 120], [4000, 6000], [900, 480]))
)


@pytest.mark.parametrize("law", range(4))
def test_table_equals_the_slow_battle(law):
    table = abc.stepped_table(SMALL, law)
    ratios = abc._ratios()
    for place in (150, 700, 900, 980, 1300):
        for k, battle in enumerate([(9000, 700, 4000, 900), (2500, 120, 6000, 480)]):
            slow = fought_slowly(law, ratios[place], *battle)
            assert table[k, place] == pytest.approx(slow, abs=0.003)


@pytest.mark.parametrize("law", range(4))
def test_without_overshoot_the_run_stops_on_the_curve(law):
    ratio = 1.6
    place = int(np.argmin(np.abs(abc._ratios() - ratio)))
    ratio = abc._ratios()[place]

    def rates(t, state):
        r, b = state
        if law == 0:
            return [-r * b / 1e4, -ratio * r * b / 1e4]
        if law == 1:
            return [-b, -ratio * r]
        tired = math.log(math.e + t) if law == 3 else 1.0
        return [-r / tired, -ratio * b / tired]

    def first(_t, state):
        return state[0] - (9000 - 700)

    def second(_t, state):
        return state[1] - (4000 - 900)

    first.terminal = second.terminal = True
    end = solve_ivp(rates, (0, 50), [9000, 4000], events=[first, second], rtol=1e-10, atol=1e-8)
    r, b = end.y[:, -1]
    expected = abs(9000 - r - 700) / 700 + abs(4000 - b - 900) / 900
    assert abc.continuous_table(SMALL, law)[0, place] == pytest.approx(expected, abs=1e-6)


def test_giving_up_early_accepts_the_same_runs():
    tables = np.stack([abc.stepped_table(SMALL, law) for law in range(4)])
    tables = np.tile(tables, (1, 20, 1))
    all_runs = abc._chunk(tables, 4000, np.inf, np.random.default_rng(1))
    assert len(all_runs) == 4000
    best = np.sort(all_runs[:, 3])[:10]
    found = abc.accepted(tables, 4000, 10 / 4000, 1)
    assert found.distance == pytest.approx(best)
    bounded = abc._chunk(tables, 4000, best[-1], np.random.default_rng(1))
    assert (bounded[:, 3] <= best[-1]).all()


def test_evidence_agrees_with_a_plain_sum():
    log_ratio_free = 0.0
    for law in ("linear", "square", "logarithmic"):
        x, _ = study._coordinate(law, SMALL.first, SMALL.first_lost)
        y, slope = study._coordinate(law, SMALL.second, SMALL.second_lost)
        total = 0.0
        for centre in study._CENTRES:
            for spread in study._SPREADS:
                total += np.prod(norm.pdf(y - x, centre, spread) * slope)
        total /= len(study._CENTRES) * len(study._SPREADS)
        assert study._given_first(law, SMALL) == pytest.approx(np.log(total))
        log_ratio_free += total
    assert log_ratio_free > 0


@pytest.mark.parametrize("law", ["linear", "square", "logarithmic"])
def test_slope_of_the_coordinate(law):
    strength, lost = np.array([5000.0]), np.array([800.0])
    up, _ = study._coordinate(law, strength, lost + 0.01)
    down, _ = study._coordinate(law, strength, lost - 0.01)
    _, slope = study._coordinate(law, strength, lost)
    assert slope == pytest.approx((up - down) / 0.02, rel=1e-5)


def test_order_of_the_rows_does_not_matter():
    turned = abc.Period(SMALL.second, SMALL.second_lost, SMALL.first, SMALL.first_lost)
    for law in abc.LAWS:
        assert study.log_evidence(law, SMALL) == study.log_evidence(law, turned)


def test_the_right_law_is_found():
    rng = np.random.default_rng(3)
    first, second = rng.uniform(2e4, 6e4, (2, 300))
    first_lost = first * rng.uniform(0.2, 0.6, 300)
    ratio = rng.lognormal(0, 0.3, 300)
    second_lost = second * -np.expm1(ratio * np.log1p(-first_lost / first))
    made = abc.Period(first, first_lost, second, second_lost)
    evidence = {law: study.log_evidence(law, made) for law in abc.LAWS}
    assert evidence["fatigue"] == evidence["logarithmic"]
    assert evidence["logarithmic"] > max(evidence["linear"], evidence["square"]) + 5


@pytest.mark.slow
def test_the_study_holds(local):
    found = {row.quantity: row for row in gallery.validate(["rubio-campillo-2016"])}
    assert [row for row in found.values() if not row.holds] == []


def test_periods_of_bodart(local):
    sizes = [len(study.period_of(bodart(), name)) for name in ("1620", "1701", "1793", "1861")]
    assert sizes == [112, 251, 556, 160]
