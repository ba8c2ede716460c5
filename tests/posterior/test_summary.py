"""The table of before and after, and products of what losses cannot tell apart."""

from __future__ import annotations

import numpy as np
import pytest

from inje.posterior._products import products_of
from inje.posterior._statistics import Estimate, Weighted, divergence
from inje.posterior._summary import informed, summarise
from inje.scenario import Clock, Engagement, Force, Place, Quantity, Scenario, Side

ASSUMED = {"assumed": "a test"}
LABELS = {"attacker": ("red", "blue"), "winner": ("red", "blue", "none")}


@pytest.mark.parametrize(
    ("value", "error", "expected"),
    [(0.021, 0.001, True), (0.02, 0.001, False), (0.09, 0.03, False), (0.0901, 0.03, True)],
)
def test_informed_is_what_moved_and_more_than_by_chance(value, error, expected):
    assert informed(Estimate(value, error)) is expected


@pytest.fixture(name="drawn", scope="module")
def _drawn():
    rng = np.random.default_rng(4)
    prior = {"x": rng.normal(0, 1, 800), "winner": rng.integers(0, 3, 800), "never": np.ones(800)}
    x = rng.normal(1, 1, 500)
    draws = {
        "x": x, "winner": rng.integers(0, 2, 500), "never": np.full(500, np.nan),
        "unknown": np.ones(500),
    }  # fmt: skip
    return prior, draws, Weighted.of(0.2 * x, np.arange(500))


@pytest.fixture(name="table", scope="module")
def _table(drawn):
    prior, draws, weights = drawn
    products = {"p": prior["x"] * 2}, {"p": draws["x"] * 2}
    return summarise(prior, draws, weights, LABELS, {"x": "people"}, 77.0, products)


def test_a_row_is_quantiles_before_and_after_with_errors(drawn, table):
    prior, draws, weights = drawn
    row = table.row("x")
    then, now = Weighted.equal(800).quantiles(prior["x"]), weights.quantiles(draws["x"])
    assert row.unit == "people"
    assert row.prior == tuple(q.value for q in then)
    assert row.prior_errors == tuple(q.error for q in then)
    assert row.posterior == tuple(q.value for q in now)
    assert row.errors == tuple(q.error for q in now)
    assert row.prior[1] == pytest.approx(0, abs=5 * 1.2533 / np.sqrt(800))
    assert row.divergence == divergence(prior["x"], draws["x"], weights)
    assert row.informed
    assert row.ess == 77.0
    assert [row.name for row in table] == ["x", "never"]
    assert table[0] is table.rows[0]
    assert len(table) == 2
    assert "unknown" not in {row.name for row in table.rows}, "it was not there before"


def test_what_never_comes_has_no_quantile(table):
    row = table.row("never")
    assert row.posterior == (None, None, None)
    assert row.to_json()["posterior"] == [None, None, None]
    assert row.prior == (1.0, 1.0, 1.0)
    line = next(line for line in str(table).splitlines() if line.startswith("never"))
    assert line.split()[1:7] == ["1", "1", "1", "never", "never", "never"]


def test_the_printed_table_says_what_is_informed(table):
    said = {line.split()[0]: line.split()[-2] for line in str(table).splitlines()[1:4]}
    rows = (*table.rows, *table.products)
    assert said == {row.name: "yes" if row.informed else "no" for row in rows}


def test_a_label_has_its_share_before_and_after(drawn, table):
    prior, draws, weights = drawn
    found = {item.label: item for item in table.probabilities}
    assert set(found) == set(LABELS["winner"])
    for code, label in enumerate(LABELS["winner"]):
        share = np.mean(prior["winner"] == code)
        item = found[label]
        assert item.prior == pytest.approx(share)
        # the jackknife of a share is near its binomial error
        assert item.prior_error == pytest.approx(np.sqrt(share * (1 - share) / 800), rel=0.5)
        assert item.posterior.value == pytest.approx(weights.weight[draws["winner"] == code].sum())
        assert item.informed, "one of three is gone"
        assert item.divergence == divergence(prior["winner"], draws["winner"], weights, labels=3)
    assert found["none"].posterior.value == 0
    assert sum(item.prior for item in found.values()) == pytest.approx(1)


def test_a_product_has_a_row_of_its_own(table):
    (row,) = table.products
    assert (row.name, row.unit, row.ess) == ("p", "people", 77.0)
    assert row.prior == tuple(2 * value for value in table.row("x").prior)
    assert row.posterior == tuple(2 * value for value in table.row("x").posterior)


def test_the_page_gives_percent_of_labels_and_words_for_informed(drawn):
    prior, draws, weights = drawn
    kept = {name: prior[name] for name in ("x", "winner")}
    html = summarise(kept, draws, weights, LABELS, {}, 1.0)._repr_html_()
    share = float(np.mean(prior["winner"] == 0))
    assert f"winner = red</td><td></td><td>{share:.0%}" in html.replace(' class="number"', "")
    assert html.count(">yes<") == 4


# ---- products ----


def scenario(attacker="attacker", law="square"):
    one = Quantity(value=1, **ASSUMED)
    sides = ("red", "blue")
    return Scenario(
        title="a test",
        clock=Clock(start="1946-04-17", end="1946-04-21"),
        sides=tuple(Side(id=side, name=side) for side in sides),
        places=(Place(id="hill", name="Hill", contested=True),),
        forces=tuple(Force(id=side, side=side, strength=one, place="hill") for side in sides),
        engagements=(
            Engagement(id="e", place="hill", sides=sides, law=law, attacker=attacker,
                       rates={"attacker": one, "defender": one}),
        ),
        causes={"attacker": {"options": {"red": 1, "blue": 1}, **ASSUMED}},
    )  # fmt: skip


WORLDS = {
    "strength.red": np.array([100, 200]), "strength.blue": np.array([30, 40]),
    "rate.e.attacker": np.array([0.5, 0.25]), "rate.e.defender": np.array([2.0, 4.0]),
    "duration": np.array([3.0, 1.0]), "attacker": np.array([0, 1]),
}  # fmt: skip
OF = "rate x strength x days: e, losses of "


def test_a_side_loses_by_its_role_its_enemy_and_the_days():
    """Red attacks in the first world, blue in the second."""
    found = products_of(scenario(), WORLDS, LABELS)
    assert {name: values.tolist() for name, values in found.items()} == {
        OF + "red": [0.5 * 30 * 3, 4.0 * 40 * 1],
        OF + "blue": [2.0 * 100 * 3, 0.25 * 200 * 1],
    }


def test_where_a_named_side_attacks_it_is_the_attacker_in_every_world():
    found = products_of(scenario("blue"), WORLDS, LABELS)
    assert found[OF + "blue"].tolist() == [0.5 * 100 * 3, 0.25 * 200 * 1]
    assert found[OF + "red"].tolist() == [2.0 * 30 * 3, 4.0 * 40 * 1]


def test_rates_by_side_need_no_role():
    worlds = {**WORLDS, "rate.e.red": np.array([1.0, 1.0])}
    found = products_of(scenario(), worlds, LABELS)
    assert found[OF + "red"].tolist() == [30 * 3, 40 * 1]
    assert found[OF + "blue"].tolist() == [2.0 * 100 * 3, 0.25 * 200 * 1]


@pytest.mark.parametrize(
    "missing", ["duration", "strength.red", "rate.e.attacker", "rate.e.defender", "attacker"]
)
def test_where_a_factor_is_not_there_there_is_no_product(missing):
    worlds = {name: values for name, values in WORLDS.items() if name != missing}
    expected = {OF + "red"} if missing == "strength.red" else set()
    assert set(products_of(scenario(), worlds, LABELS)) == expected


def test_other_laws_and_unknown_attackers_have_no_product():
    assert products_of(scenario(law="linear"), WORLDS, LABELS) == {}
    assert products_of(scenario(), WORLDS, {"attacker": ("green",)}) == {}
