"""What claims say of worlds, beside closed forms: categories, intervals, letters, settings."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import stats

from inje.dossier import Claim, ObservablePath, Value
from inje.errors import OptionError
from inje.posterior import (
    Assumptions,
    Setting,
    beta_of,
    claimed_paths,
    digit,
    invented_category,
    setting_of,
)
from inje.posterior._attainable import FEW, _values
from inje.posterior._attitudes import StatedReading
from inje.posterior._categories import CATEGORIES, CategoryReading, favours
from inje.posterior._compilation import _read
from inje.posterior._derived import _sense_chances
from inje.posterior._intervals import INTERVALS, IntervalReading
from inje.posterior._reliability import nodes
from inje.scenario import load_scenario

LABELS = ("north", "south", "none")


# ---- categories ----


@pytest.mark.parametrize(
    ("quantity", "interest", "expected"),
    [
        ("winner", None, (0, 0, 0)),
        ("winner", "north", (1, -1, 0)),  # credit to one's own side
        ("attacker", "north", (-1, 1, 0)),  # blame to the other
        ("instigator", "south", (1, -1, 0)),
    ],
)
def test_whom_a_category_favours(quantity, interest, expected):
    assert favours(quantity, LABELS, interest) == expected
    assert favours(quantity, ("contested", "nobody", ""), "north") == (0, 0, 0)


def category(said=(0,), quantity="winner", labels=LABELS):
    return CategoryReading("winner", quantity, labels, frozenset(said), 0.5)


def test_a_category_tracks_where_it_is_so_and_widened_a_little_elsewhere():
    worlds = {"winner": np.array([0.0, 1.0, 2.0, -1.0])}  # -1: nobody
    assert category().tracking(worlds).tolist() == [1, 0, 0, 0]
    assert category((2,)).tracking(worlds).tolist() == [0, 0, 1, 1]
    assert category((0, 1)).tracking(worlds, 0.3) == pytest.approx([0.9, 0.9, 0.2, 0.2])
    assert category().tracking(worlds, 5.0) == pytest.approx([0.4, 0.3, 0.3, 0.3])


def test_a_category_is_invented_by_interest():
    whole = math.exp(0.5) + math.exp(-0.5) + 1
    assert category().invented("north") == pytest.approx(math.exp(0.5) / whole)
    assert category((0, 2)).invented("south") == pytest.approx((math.exp(-0.5) + 1) / whole)
    assert category().invented(None) == pytest.approx(1 / 3)
    assert invented_category([1, -1, 0], 1, 2.0) == pytest.approx(
        math.exp(-2) / (math.exp(2) + math.exp(-2) + 1)
    )


def test_a_category_is_read_from_its_column_by_its_label():
    setting = Setting(10, labels={"winner": LABELS}, columns=frozenset({"winner"}))

    def read(best, about="result"):
        value = None if best is None else Value(best=best)
        claim = Claim(id="c", kind="fact", holders=("n",), about=about, value=value)
        return CATEGORIES.read(claim, ObservablePath.parse(about), None, setting)

    found = read("south")
    assert isinstance(found, CategoryReading)
    assert (found.path, found.said, found.peak) == ("winner", frozenset({1}), 1.0)
    assert read("west") is None
    assert read(None) is None
    assert read("north", "attacker") is None
    assert category().repeats(category())
    assert not category().repeats(category((1,)))


# ---- intervals ----


def interval(low=1.0, high=3.0):
    return IntervalReading("end", low, high, 4.0)


def test_an_interval_holds_its_first_moment_and_not_its_last():
    worlds = {"end": np.array([0.999, 1.0, 2.9, 3.0, np.inf, np.nan])}
    assert interval().tracking(worlds).tolist() == [0, 1, 1, 0, 0, 0]
    assert interval().peak == 1.0


def test_a_widened_interval_blurs_both_edges():
    worlds = {"end": np.array([0.0, 2.0, 3.5, np.inf])}
    blur = 0.25 * 4.0
    expected = [
        stats.norm.cdf((3 - x) / blur) - stats.norm.cdf((1 - x) / blur) for x in (0, 2, 3.5)
    ]
    assert interval().tracking(worlds, 0.25) == pytest.approx([*expected, 0.0], abs=1e-12)


@pytest.mark.parametrize(
    ("low", "high", "share"),
    [(1, 3, 2 / 5), (1, 1.2, 1 / 5), (-3, 9, 4 / 5), (-np.inf, np.inf, 4 / 5), (6, 7, 1 / 5)],
)
def test_an_interval_is_invented_by_its_share_of_the_days(low, high, share):
    assert interval(low, high).invented(None) == pytest.approx(share)


@pytest.mark.parametrize(
    ("about", "value", "bounds"),
    [
        ("duration", Value(best=4), (3, 5)),
        ("end", Value(best=4), (4, 5)),
        ("duration", Value(low=2, high=4, vagueness="between"), (1, 5)),
        ("duration", Value(best=4, vagueness="at_least"), (3, np.inf)),
        ("duration", Value(best=4, vagueness="at_most"), (-np.inf, 5)),
        ("duration", Value(low=4), (3, 5)),
        ("duration", Value(high=4), (3, 5)),
        ("end", Value(best="1970-01-04"), (1, 2)),
        ("end", Value(low="1970-01-03", high="1970-01-05"), (0, 3)),
    ],
)
def test_words_of_time_are_bounds_of_days(about, value, bounds):
    setting = Setting(10, days=9.0, first_day=_day("1970-01-03"), columns=frozenset({about}))
    claim = Claim(id="c", kind="fact", holders=("n",), about=about, value=value)
    found = INTERVALS.read(claim, ObservablePath.parse(about), None, setting)
    assert isinstance(found, IntervalReading)
    assert (found.low, found.high, found.days) == (*bounds, 9.0)


def test_about_so_many_days_is_a_factor_each_way_and_a_day():
    setting = Setting(10, columns=frozenset({"duration"}))
    claim = Claim(id="c", kind="fact", holders=("n",), about="duration",
                  value=Value(best=10, vagueness="about"))  # fmt: skip
    found = INTERVALS.read(claim, ObservablePath.parse("duration"), None, setting)
    assert isinstance(found, IntervalReading)
    assert (found.low, found.high) == pytest.approx((7, 13.5))
    empty = claim.model_copy(update={"value": Value()})
    assert INTERVALS.read(empty, ObservablePath.parse("duration"), None, setting) is None
    assert INTERVALS.read(claim, ObservablePath.parse("start"), None, setting) is None


def _day(edtf):
    from inje.chronology import parse_edtf

    return parse_edtf(edtf).earliest


# ---- reliabilities ----


@pytest.mark.parametrize(("a", "b"), [(18, 2), (8, 2), (1, 1), (2, 8), (0.8, 0.2), (0.5, 0.5)])
@pytest.mark.parametrize("degree", [0, 1, 2, 5, 12])
def test_nodes_integrate_powers_of_a_beta_exactly(a, b, degree):
    x, weight = nodes(a, b, degree)
    assert len(x) == max(1, (degree + 2) // 2), "no more nodes than it takes"
    assert all(0 < one < 1 for one in x)
    assert all(one > 0 for one in weight)
    moment = 1.0
    for power in range(degree + 1):
        found = sum(w * one**power for one, w in zip(x, weight, strict=True))
        assert found == pytest.approx(moment, rel=1e-10)
        moment *= (a + power) / (a + b + power)


@pytest.mark.parametrize(
    ("probability", "expected"),
    [(1.0, 1), (0.95, 1), (0.94, 2), (0.8, 2), (0.79, 3), (0.5, 3), (0.49, 4), (0.2, 4), (0.19, 5)],
)
def test_the_digit_of_a_claim(probability, expected):
    assert digit(probability) == expected
    assert digit(probability, judged=False) == 6


def test_letters_and_what_is_none():
    assert beta_of(None) == beta_of("F") == (1, 1)
    assert beta_of("C") == (6, 4)
    with pytest.raises(OptionError, match="'G'"):
        beta_of("G")


# ---- what a record's claims share ----


def test_paths_that_claims_are_about():
    about = [
        "result",
        "losses.a.killed",
        "",
        "losses.a.killed",
        "no such path",
        "control.x@1901-05-03",
    ]
    assert claimed_paths(about) == ("winner", "losses.a.killed", "control.x@1901-05-03")


@pytest.fixture(scope="module")
def scenario(root):
    return load_scenario(root / "examples" / "inje-1946" / "scenario.yaml")


def test_the_declared_range_is_ten_times_the_largest_side(scenario):
    found = setting_of(scenario, ["winner"], {"winner": LABELS}, assumed=Assumptions(kappa=0.7))
    # 350 volunteers at the median, and .6 of them come later: the detachment of 700 is larger
    assert found.limit == 7000
    twice = setting_of(scenario, [], {}, assumed=Assumptions(contents=20))
    assert twice.limit == 14_000
    assert (found.days, found.kappa) == (5.0, 0.7)
    assert found.first_day == _day("1946-04-17")
    assert found.columns == frozenset({"winner"})
    assert found.labels == {"winner": LABELS}


@pytest.mark.parametrize(
    ("value", "limit"),
    [
        (Value(best=3500), 7000),
        (Value(best=3501), 7002),
        (Value(low=10, high=90_000, vagueness="between"), 180_000),
        (Value(low=40_000, vagueness="at_least"), 80_000),
        (Value(best="many"), 7000),
        (None, 7000),
    ],
)
def test_a_larger_claim_stretches_it_to_twice_what_it_says(scenario, value, limit):
    claim = Claim(id="c", kind="fact", holders=("n",), about="", value=value)
    assert setting_of(scenario, [], {}, [claim]).limit == limit


# ---- what claims allow one another ----


def test_the_values_among_which_a_reading_changes():
    assert _values(category()) == {"winner": [0.0, 1.0, 2.0]}
    assert _values(interval(1.0, 3.0)) == {"end": [1.0, np.nextafter(3.0, 1.0)]}

    class Unknown:
        columns = ("a", "b")

    few = [float(i) for i in range(FEW)]
    assert _values(Unknown()) == {"a": few, "b": few}


def stated(*causes):
    names = StatedReading.__dataclass_fields__
    given = dict.fromkeys(names)
    return StatedReading(**{**given, "causes": causes})


def test_worlds_that_name_their_account_have_no_other_and_those_that_show_causes_may():
    assert _values(stated((("account", 0),), (("account", 2),))) == {"account": [0.0, 2.0]}
    assert _values(stated((("attacker", 0),))) == {"attacker": [0.0, 1.0]}
    mixed = _values(stated((("attacker", 1), ("instigator", 3))))
    assert mixed == {"attacker": [1.0, 2.0], "instigator": [3.0, 4.0]}


# ---- the senses of a count, and faults of a kind ----


@pytest.mark.parametrize("far", [0.0, -2000.0, 600.0])
def test_the_chance_of_a_sense_holds_however_small_the_likelihoods(monkeypatch, far):
    """Weights .25 and .75 and likelihoods e^far and 3 e^far: chances .1 and .9."""
    monkeypatch.setattr(
        "inje.posterior._derived.CountReading",
        lambda _span, senses, *_rest: SimpleNamespace(tracking=lambda _: senses[0][1]),
    )
    claims = SimpleNamespace(
        terms=lambda _: ("a", "b"),
        transmission=SimpleNamespace(
            log_likelihood=lambda terms: np.array([far + math.log({"x": 1, "y": 3}[terms[1]])])
        ),
    )
    kept = dict.fromkeys(("span", "setting", "side", "loss", "table", "exaggerated"))
    reading = SimpleNamespace(senses=((0.25, "x"), (0.75, "y")), **kept)
    assert _sense_chances(claims, 1, reading, {})[:, 0] == pytest.approx([0.1, 0.9])


def test_a_fault_of_a_kind_is_told_with_the_name_of_its_claim():
    def faulty(*_asked):
        raise OptionError("value", "nothing came", "a number", "give one")

    kind, claim = SimpleNamespace(read=faulty), SimpleNamespace(id="c7")
    with pytest.raises(OptionError, match=r"claim c7: value nothing came; allowed: a number"):
        _read(kind, claim, None, None, None)
