"""Every law: it compiles, its bound holds, its invariant or published example comes out."""

from __future__ import annotations

import csv
import math

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from inje import laws
from inje.errors import ModelError

RATE_LAWS = [name for name in laws.names() if isinstance(laws.get(name), laws.Law)]
ZERO = (0.0, 0.0, 0.0, 0.0)


def rate_law(name: str) -> laws.Law:
    law = laws.get(name)
    assert isinstance(law, laws.Law)
    return law


@st.composite
def law_and_slots(draw: st.DrawFn) -> tuple[laws.Law, tuple[float, float, float, float]]:
    law = rate_law(draw(st.sampled_from(RATE_LAWS)))
    given_ = {p.name: draw(st.floats(p.low, p.high)) for p in law.parameters}
    return law, law.values(given_)


def fight(
    name: str,
    start: tuple[float, float],
    coefficients: tuple[float, float],
    slots: tuple[tuple[float, ...], tuple[float, ...]] = (ZERO, ZERO),
    days: float = 10.0,
) -> np.ndarray:
    """The deterministic course, by an ODE solver of its own."""
    law = rate_law(name)

    def slope(t: float, state: np.ndarray) -> list[float]:
        x, y = state
        return [
            -coefficients[0] * law.rate(x, y, t, *slots[0]),
            -coefficients[1] * law.rate(y, x, t, *slots[1]),
        ]

    solved = solve_ivp(slope, (0.0, days), start, rtol=1e-11, atol=1e-9)
    return solved.y[:, -1]


@given(law_and_slots(), st.integers(1, 900), st.integers(1, 900), st.data())
def test_the_bound_holds_in_every_reachable_state(law_slots, own, enemy, data):
    law, slots = law_slots
    t0 = data.draw(st.floats(0.0, 50.0))
    t1 = t0 + data.draw(st.floats(0.0, 5.0))
    x = data.draw(st.integers(0, own))
    y = data.draw(st.integers(0, enemy))
    t = data.draw(st.floats(t0, t1))
    bound = law.bound(float(own), float(enemy), t0, t1, *slots)
    assert law.rate(float(x), float(y), t, *slots) <= bound * (1 + 1e-12)


@given(law_and_slots(), st.integers(1, 900), st.integers(1, 900))
def test_nobody_is_lost_where_a_side_is_empty(law_slots, own, enemy):
    law, slots = law_slots
    assert law.rate(0.0, float(enemy), 1.0, *slots) == 0.0
    assert law.rate(float(own), 0.0, 1.0, *slots) == 0.0
    assert law.rate(float(own), float(enemy), 1.0, *slots) > 0.0


@given(law_and_slots(), st.integers(1, 900), st.integers(1, 900), st.floats(0.0, 50.0))
def test_separable_laws_are_products(law_slots, own, enemy, t):
    law, slots = law_slots
    assert law.separable
    x, y = float(own), float(enemy)
    product = law.rate(x, 7.0, 0.0, *slots) * law.rate(5.0, y, t, *slots)
    assert law.rate(x, y, t, *slots) == pytest.approx(
        product / law.rate(5.0, 7.0, 0.0, *slots), rel=1e-9
    )
    if not law.timed:
        assert law.rate(x, y, t, *slots) == law.rate(x, y, 0.0, *slots)


@given(
    law_and_slots(),
    st.lists(st.integers(0, 400), min_size=1, max_size=4),
    st.lists(st.integers(0, 400), min_size=1, max_size=4),
    st.integers(2, 5),
)
def test_splitting_a_force_changes_no_total(law_slots, own, enemy, parts):
    law, slots = law_slots
    whole = laws.losses_by_force(law, [parts * n for n in own], enemy, 1.0, slots)
    split = laws.losses_by_force(law, [n for n in own for _ in range(parts)], enemy, 1.0, slots)
    assert sum(split) == pytest.approx(sum(whole), rel=1e-12, abs=1e-300)
    for force, loss in enumerate(whole):
        piece = split[force * parts : (force + 1) * parts]
        assert sum(piece) == pytest.approx(loss, rel=1e-12, abs=1e-300)
    split_enemy = [n / parts for n in enemy for _ in range(parts)]
    assert laws.losses_by_force(law, own, split_enemy, 1.0, slots) == pytest.approx(
        laws.losses_by_force(law, own, enemy, 1.0, slots), rel=1e-12, abs=1e-300
    )


@pytest.mark.parametrize("name", RATE_LAWS)
def test_the_rate_compiles_for_one_explicit_signature(name):
    law = rate_law(name)
    slots = law.values({})
    compiled = numba.njit("f8(f8,f8,f8,f8,f8,f8,f8)")(law.rate)
    assert compiled(31.0, 17.0, 0.5, *slots) == pytest.approx(
        law.rate(31.0, 17.0, 0.5, *slots), rel=1e-15
    )
    bound = numba.njit("f8(f8,f8,f8,f8,f8,f8,f8,f8)")(law.bound)
    assert bound(31.0, 17.0, 0.5, 1.0, *slots) >= compiled(31.0, 17.0, 0.5, *slots)


def test_square_law_conserves_the_difference_of_squares():
    x, y = fight("square", (800.0, 500.0), (0.01, 0.02), days=30.0)
    assert 0.02 * (800**2 - x**2) == pytest.approx(0.01 * (500**2 - y**2), rel=1e-8)


def test_linear_law_has_a_constant_exchange_ratio():
    x, y = fight("linear", (800.0, 500.0), (1e-4, 2e-4), days=10.0)
    assert 2e-4 * (800 - x) == pytest.approx(1e-4 * (500 - y), rel=1e-8)


def test_logarithmic_law_decays_by_the_ratio_of_coefficients():
    x, y = fight("logarithmic", (800.0, 500.0), (0.03, 0.02), days=10.0)
    assert math.log(800 / x) / math.log(500 / y) == pytest.approx(0.03 / 0.02, rel=1e-8)


def test_deitchman_ambush_is_square_on_one_side_and_linear_on_the_other():
    hidden = (1.0, 0.0, 0.0, 0.0)
    x, y = fight("deitchman", (800.0, 100.0), (0.1, 1e-4), slots=(ZERO, hidden), days=5.0)
    assert 1e-4 * (800**2 - x**2) == pytest.approx(2 * 0.1 * (100 - y), rel=1e-8)


@pytest.mark.parametrize("W", [0.25, 0.5, 1.0, 1.5])
def test_helmbold_law_conserves_powers_of_twice_weiss(W):
    slots = (W, 0.0, 0.0, 0.0)
    x, y = fight("helmbold", (800.0, 500.0), (0.03, 0.02), slots=(slots, slots), days=5.0)
    left = 0.02 * (800 ** (2 * W) - x ** (2 * W))
    assert left == pytest.approx(0.03 * (500 ** (2 * W) - y ** (2 * W)), rel=1e-8)


def test_hartley_law_conserves_powers_of_1_3():
    x, y = fight("hartley", (800.0, 500.0), (0.03, 0.02), days=5.0)
    assert 0.02 * (800**1.3 - x**1.3) == pytest.approx(0.03 * (500**1.3 - y**1.3), rel=1e-8)


def test_fatigue_law_is_the_square_law_on_a_slowing_clock():
    x, y = fight("fatigue", (800.0, 500.0), (0.02, 0.02), days=8.0)
    t = np.linspace(0.0, 8.0, 80_001)
    clock = np.trapezoid(1.0 / np.log(math.e + t), t)
    assert (x, y) == pytest.approx(fight("square", (800.0, 500.0), (0.02, 0.02), days=clock))
    law = rate_law("fatigue")
    assert law.rate(1.0, 100.0, math.e**2 - math.e, *ZERO) == pytest.approx(50.0)


def test_bracken_reproduces_the_ardennes_residuals(data):
    """Bracken 1995: days 1-10, combat forces, SSR 16,327,253 at p = q = 1, d = 1.25."""
    weights = {"tank": 20, "apc": 5, "art": 40}
    people = _rows(data / "ardennes" / "fricker1998_table1_manpower.csv")
    arms = _rows(data / "ardennes" / "fricker1998_table2_equipment.csv")
    law, squares = rate_law("bracken"), 0.0
    for day in range(1, 11):
        force, loss = {}, {}
        for side in ("blue", "red"):
            force[side] = people[day][f"{side}_combat_available"] + sum(
                w * arms[day][f"{side}_{arm}"] for arm, w in weights.items()
            )
            loss[side] = people[day][f"{side}_combat_killed"] + sum(
                w * arms[day][f"{side}_{arm}_killed"] for arm, w in weights.items()
            )
        red_attacks = day <= 5
        for side, other, k in (("blue", "red", 8e-9), ("red", "blue", 1e-8)):
            defends = red_attacks == (side == "blue")
            slots = law.values({"p": 1.0, "q": 1.0, "d": 1.25, "s": 1.0 if defends else -1.0})
            expected = k * law.rate(force[side], force[other], 0.0, *slots)
            squares += (loss[side] - expected) ** 2
    assert squares == pytest.approx(16_327_253, abs=1.0)


def _rows(path) -> dict[int, dict[str, float]]:
    with path.open() as lines:
        return {
            int(row["day"]): {k: float(v) for k, v in row.items()} for row in csv.DictReader(lines)
        }


def test_heterogeneous_law_of_rank_one_is_the_square_law_of_weighted_totals():
    fire_b, fire_r = np.array([1.0, 3.0, 6.0]), np.array([0.5, 2.0, 4.0])
    frail_b, frail_r = np.array([2e-3, 1e-3, 5e-4]), np.array([1e-3, 2e-3, 1e-3])
    on_blue, on_red = np.outer(fire_r, frail_b), np.outer(fire_b, frail_r)

    def slope(_t, state):
        blue, red = state[:3], state[3:]
        loss_b = laws.losses_by_arm(blue, red, on_blue)
        return -np.concatenate([loss_b, laws.losses_by_arm(red, blue, on_red)])

    start = np.array([500.0, 200.0, 100.0, 300.0, 120.0, 80.0])
    end = solve_ivp(slope, (0.0, 20.0), start, rtol=1e-10, atol=1e-8).y[:, -1]
    blue0, red0 = fire_b @ start[:3], fire_r @ start[3:]
    k = (fire_b @ frail_b, fire_r @ frail_r)
    expected = fight("square", (blue0, red0), k, days=20.0)
    assert (fire_b @ end[:3], fire_r @ end[3:]) == pytest.approx(tuple(expected), rel=1e-7)


def test_heterogeneous_law_splits_an_arm_without_changing_totals():
    whole = laws.losses_by_arm([100.0, 50.0], [80.0], [[0.1, 0.2]])
    split = laws.losses_by_arm([100.0, 50.0], [40.0, 40.0], [[0.1, 0.2], [0.1, 0.2]])
    assert split == pytest.approx(whole)
    with pytest.raises(ModelError, match="1 rows"):
        laws.losses_by_arm([1.0, 2.0], [3.0], [[0.1]])


def test_values_fill_defaults_and_refuse_what_the_law_does_not_have():
    bracken = rate_law("bracken")
    assert bracken.values({"q": 0.45}) == (1.0, 0.45, 1.0, 0.0)
    with pytest.raises(ModelError, match="p, q, d, s"):
        bracken.values({"r": 1.0})
    for wrong in (math.nan, 11.0, math.inf):
        with pytest.raises(ModelError, match="-10 to 10"):
            bracken.values({"q": wrong})
