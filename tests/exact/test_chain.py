"""The fast sweeps against the plain Markov chain, by matrix exponentials."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm
from scipy.special import expi

from inje import exact, laws
from inje.errors import ModelError, OptionError
from inje.exact._transient import _faster, clock
from inje.laws._law import Law

NAMES = [n for n in laws.names() if isinstance(laws.get(n), Law) and not laws.get(n).timed]


def crowded_rate(own, enemy, t, p0, p1, p2, p3):
    """Not a product: only so many fit into the front."""
    return 0.0 if own <= 0.0 or enemy <= 0.0 else min(enemy, 0.5 * own + 1.0)


def crowded_bound(own, enemy, t0, t1, p0, p1, p2, p3):
    return enemy


CROWDED = Law("crowded", "", "", "", (), "this test", crowded_rate, crowded_bound, separable=False)


@st.composite
def battles(draw: st.DrawFn, periods: bool = True) -> exact.TwoCounts:
    name = draw(st.sampled_from([*NAMES, "crowded"]))
    law = CROWDED if name == "crowded" else laws.get(name)
    strengths = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    tame = {"d": st.floats(0.5, 2.0)}
    exponent = st.floats(-1.5, 1.5)
    given_ = [
        {p.name: min(max(draw(tame.get(p.name, exponent)), p.low), p.high) for p in law.parameters}
        for _ in range(2)
    ]
    factor = st.sampled_from([0.0, 0.3, 1.0, 2.0])
    cut = [exact.Period(draw(st.floats(0.1, 2.0)), draw(factor), draw(factor)) for _ in range(3)]
    return exact.TwoCounts(
        strengths,
        (draw(st.floats(0.01, 2.0)), draw(st.floats(0.01, 2.0))),
        law=law,
        parameters=(given_[0], given_[1]),
        breakpoints=(draw(st.integers(0, strengths[0])), draw(st.integers(0, strengths[1]))),
        periods=(*cut, exact.Period(50.0, 1.0, 1.0)) if periods and draw(st.booleans()) else (),
    )


def generator(battle: exact.TwoCounts, first: float, second: float) -> np.ndarray:
    """The plain generator over (losses of the first, losses of the second)."""
    I, J = battle.spans
    law, (p, q) = battle.attrition, battle.slots
    Q = np.zeros((I + 1, J + 1, I + 1, J + 1))
    for i in range(I):
        for j in range(J):
            x, y = float(battle.strengths[0] - i), float(battle.strengths[1] - j)
            a = first * battle.coefficients[0] * law.rate(x, y, 0.0, *p)
            b = second * battle.coefficients[1] * law.rate(y, x, 0.0, *q)
            Q[i, j, i + 1, j], Q[i, j, i, j + 1], Q[i, j, i, j] = a, b, -a - b
    return Q.reshape((I + 1) * (J + 1), -1)


def plain(battle: exact.TwoCounts, days: float) -> np.ndarray:
    I, J = battle.spans
    mass = np.zeros((I + 1) * (J + 1))
    mass[0] = 1.0
    for period in battle.periods or (exact.Period(days, 1.0, 1.0),):
        length = min(period.days, days)
        mass = mass @ expm(length * generator(battle, period.first, period.second))
        days -= length
    return mass.reshape(I + 1, J + 1)


@settings(max_examples=150)
@given(battles(), st.floats(0.0, 8.0))
def test_transient_law_is_that_of_the_chain(battle, days):
    law = exact.transient(battle, days)
    I, J = battle.spans
    assert np.abs(law.table((I + 1, J + 1)) - plain(battle, days)).max() < 2e-8
    assert law.truncated < 1e-8
    assert law.probability.min() >= 0.0


def where_it_stops(battle: exact.TwoCounts) -> np.ndarray:
    """Where the chain of losses ends: a plain sum over all ways there."""
    I, J = battle.spans
    ends, mass = np.zeros((I + 1, J + 1)), np.zeros((I + 1, J + 1))
    mass[0, 0] = 1.0
    rates = generator(battle, 1.0, 1.0).reshape(I + 1, J + 1, I + 1, J + 1)
    for i in range(I + 1):
        for j in range(J + 1):
            if i == I or j == J:
                ends[i, j] = mass[i, j]
                continue
            a, b = rates[i, j, i + 1, j], rates[i, j, i, j + 1]
            mass[i + 1, j] += mass[i, j] * a / (a + b)
            mass[i, j + 1] += mass[i, j] * b / (a + b)
    return ends


@given(battles(periods=False))
def test_terminal_law_is_where_the_chain_stops(battle):
    law = exact.terminal(battle, accuracy=1e-12)
    I, J = battle.spans
    assert np.abs(law.table((I + 1, J + 1)) - where_it_stops(battle)).max() < 1e-11
    assert law.first_wins + law.second_wins + law.undecided == pytest.approx(1.0)
    assert law.total + law.truncated == pytest.approx(1.0, abs=1e-14)
    assert law.truncated < 1e-12


@pytest.mark.parametrize("law", ["square", CROWDED], ids=["product", "no product"])
@pytest.mark.parametrize("breakpoints", [(0, 0), (2, 0), (0, 3)])
def test_a_few_against_a_few_stop_where_the_chain_does(law, breakpoints):
    battle = exact.TwoCounts((5, 4), (0.3, 0.2), law=law, breakpoints=breakpoints)
    found, (I, J) = exact.terminal(battle, accuracy=1e-12), battle.spans
    assert found.table((I + 1, J + 1)) == pytest.approx(where_it_stops(battle), abs=1e-12)


@settings(max_examples=10)
@given(st.floats(0.5, 60.0), st.floats(0.1, 3.0))
def test_a_common_factor_is_a_change_of_time(days, factor):
    base = exact.TwoCounts((40, 30), (0.05, 0.03))
    slowed = exact.TwoCounts((40, 30), (0.05, 0.03), periods=(exact.Period(200, factor, factor),))
    shape = (41, 31)
    left = exact.transient(slowed, days).table(shape)
    assert np.abs(left - exact.transient(base, days * factor).table(shape)).max() < 2e-8


def test_a_long_battle_takes_several_pieces_and_meets_the_terminal_law():
    battle = exact.TwoCounts((300, 250), (0.02, 0.02), breakpoints=(20, 0))
    late, end = exact.transient(battle, 1e6), exact.terminal(battle)
    assert np.abs(late.table((281, 251)) - end.table((281, 251))).max() < 1e-8
    early = exact.transient(battle, 30.0)
    assert early.truncated < 1e-8
    total = early.first + early.second
    assert early.probability @ total < late.probability @ (late.first + late.second)


def test_periods_without_fighting_end_nothing():
    quiet = exact.TwoCounts((5, 4), (1.0, 1.0), periods=(exact.Period(3.0, 0.0, 0.0),))
    for law in (exact.terminal(quiet), exact.transient(quiet, 2.0)):
        assert law.table().tolist() == [[1.0]]
        assert law.undecided == 1.0


def test_one_ratio_in_all_periods_is_no_obstacle_to_the_end():
    base = exact.terminal(exact.TwoCounts((30, 20), (1.0, 0.6)))
    cut = (exact.Period(1.0, 0.0, 0.0), exact.Period(1.0, 1.0, 2.0), exact.Period(9.0, 0.2, 0.4))
    law = exact.terminal(exact.TwoCounts((30, 20), (1.0, 0.3), periods=cut))
    assert law.first_wins == pytest.approx(base.first_wins, abs=1e-12)


def test_only_one_side_that_fires_wins():
    law = exact.terminal(exact.TwoCounts((5, 4), (0.0, 1.0)))
    assert law.table().tolist() == [[0.0, 0.0, 0.0, 0.0, 1.0]]
    assert law.first_wins == 1.0
    law = exact.terminal(exact.TwoCounts((5, 4), (1.0, 0.0)))
    assert law.second_wins == 1.0


def test_accuracy_bounds_what_is_dropped():
    battle = exact.TwoCounts((300, 250), (0.02, 0.02))
    dropped = [exact.transient(battle, 20.0, accuracy=a).truncated for a in (1e-3, 1e-6, 1e-10)]
    assert dropped[0] < 1e-3
    assert dropped[1] < 1e-6
    assert dropped[2] < 1e-10
    assert dropped[0] > dropped[1] > dropped[2]


def test_nobody_to_fight_is_an_end_without_losses():
    for battle in (
        exact.TwoCounts((0, 10), (1.0, 1.0)),
        exact.TwoCounts((10, 10), (1.0, 1.0), breakpoints=(10, 0)),
        exact.TwoCounts((10, 10), (0.0, 0.0)),
    ):
        for law in (exact.terminal(battle), exact.transient(battle, 3.0)):
            assert law.table().tolist() == [[1.0]]
    assert exact.transient(exact.TwoCounts((0, 10), (1.0, 1.0)), 1.0).second_wins == 1.0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"strengths": (-1, 5)}, "strengths"),
        ({"strengths": (2.5, 5)}, "whole numbers"),
        ({"strengths": (2_000_000_000, 5)}, "1,000,000,000"),
        ({"coefficients": (-1.0, 1.0)}, "coefficients"),
        ({"coefficients": (float("nan"), 1.0)}, "coefficients"),
        ({"law": "salvo"}, "single salvos"),
        ({"law": "cube"}, "square"),
        ({"parameters": ({"p": 1.0}, {})}, "none"),
    ],
)
def test_what_is_no_battle_is_refused(changed, said):
    words = {"strengths": (3, 2), "coefficients": (1.0, 1.0)} | changed
    with pytest.raises(ModelError, match=said):
        exact.TwoCounts(**words)


def test_what_has_no_exact_law_is_refused():
    battle = exact.TwoCounts((3, 2), (1.0, 1.0), periods=(exact.Period(1, 1, 1),))
    with pytest.raises(OptionError, match="beyond the last period"):
        exact.transient(battle, 2.0)
    for days in (-1.0, float("inf"), float("nan")):
        with pytest.raises(OptionError, match="days"):
            exact.transient(battle, days)
    with pytest.raises(OptionError, match="accuracy"):
        exact.terminal(battle, accuracy=0.0)
    huge = exact.TwoCounts((10**9, 10**9), (0.01, 0.01))
    with pytest.raises(OptionError, match="at most"):
        exact.terminal(huge)
    uneven = exact.TwoCounts(
        (3, 2), (1.0, 1.0), periods=(exact.Period(1, 1, 2), exact.Period(1, 2, 1))
    )
    with pytest.raises(ModelError, match="favour"):
        exact.terminal(uneven)
    with pytest.raises(ModelError, match="finite"):
        exact.Period(-1.0, 1.0, 1.0)


def test_a_huge_battle_over_time_is_refused_in_no_time():
    huge = exact.TwoCounts((10**9, 10**9), (1e-12, 1e-12))
    with pytest.raises(OptionError, match="losses"):
        exact.transient(huge, 10.0)
    busy = exact.TwoCounts((10**6, 10**6), (0.01, 0.01))
    with pytest.raises(OptionError, match="losses"):
        exact.transient(busy, 10.0)


def test_a_refusal_tells_how_many_losses_it_would_take():
    """Losses a day: of the first W = 1, .01 a head of 10^6; of the second W = 0, .002 a head."""
    battle = exact.TwoCounts(
        (4 * 10**6, 10**6), (0.01, 0.002), "helmbold", ({"W": 1.0}, {"W": 0.0}),
        periods=(exact.Period(2.0, 1.0, 0.5), exact.Period(3.0, 2.0, 0.0)),
    )  # fmt: skip
    with pytest.raises(OptionError, match=r"about 82,000 losses among 5,000,000 people"):
        exact.transient(battle, 5.0)
    # No more can fall than there are.
    with pytest.raises(OptionError, match=r"about 50,000 losses among 50,000 people"):
        exact.transient(exact.TwoCounts((20_000, 30_000), (9.0, 9.0)), 5.0)


@given(st.floats(1e-300, 1e300))
def test_no_step_is_likelier_than_one(rate):
    """Steps come at a pace that no rate reaches, so the chance to stay is never negative."""
    assert 1.0 - rate / _faster(rate) >= 0.0
    assert _faster(rate) == pytest.approx(rate, rel=1e-8)


@settings(max_examples=50)
@given(battles(), st.floats(0.0, 4.0), st.floats(0.0, 4.0))
def test_a_law_goes_on_from_where_it_stood(battle, early, more):
    shape = battle.spans[0] + 1, battle.spans[1] + 1
    half = exact.transient(battle, early)
    whole = exact.transient(battle, early + more, start=half, since=early)
    direct = exact.transient(battle, early + more)
    assert np.abs(whole.table(shape) - direct.table(shape)).max() < 3e-8
    assert whole.total + whole.truncated == pytest.approx(1.0)


def test_a_record_of_days_is_filtered_day_by_day():
    """Exact reports of three days, against a product of chances from known strengths."""
    reports = [(3, 5), (2, 9), (4, 7)]
    battle = exact.TwoCounts((200, 150), (0.02, 0.03))
    law, product = None, 0.0
    x, y, fallen = 200, 150, np.zeros(2, int)
    for day, report in enumerate(reports):
        fallen += report
        weights = np.zeros(fallen + 1)
        weights[tuple(fallen)] = 1.0
        later = exact.transient(battle, day + 1.0, start=law, since=float(day), accuracy=1e-12)
        law = later.weighed(weights)
        alone = np.zeros((report[0] + 1, report[1] + 1))
        alone[report] = 1.0
        product += exact.log_likelihood((x, y), (0.02, 0.03), 1.0, alone)[0]
        x, y = x - report[0], y - report[1]
    assert np.log(law.total) == pytest.approx(product, abs=1e-7)


def test_a_law_of_another_battle_is_refused():
    other = exact.transient(exact.TwoCounts((5, 5), (1.0, 1.0)), 1.0)
    with pytest.raises(OptionError, match="start"):
        exact.transient(exact.TwoCounts((6, 5), (1.0, 1.0)), 2.0, start=other, since=1.0)
    with pytest.raises(OptionError, match="days"):
        exact.transient(exact.TwoCounts((5, 5), (1.0, 1.0)), 0.5, start=other, since=1.0)


def test_a_period_in_which_only_one_side_fires_is_a_battle():
    duel = {"strengths": (5, 4), "coefficients": (1.0, 1.0)}
    law = exact.terminal(exact.TwoCounts(**duel, periods=(exact.Period(9.0, 1.0, 0.0),)))
    assert law.second_wins == 1.0
    law = exact.terminal(exact.TwoCounts(**duel, periods=(exact.Period(9.0, 0.0, 1.0),)))
    assert law.first_wins == 1.0


def test_the_clock_of_a_tired_army_is_the_logarithmic_integral():
    """The pace is 1 / ln(e + t), so the clock shows li(e + t) - li(e), after a million days too."""
    battle = exact.TwoCounts((60, 40), (0.05, 0.04), law="fatigue")
    shown = expi(np.log(np.e + 1e6)) - expi(1.0)
    assert clock(battle, 0.0, 1e6) == pytest.approx(shown, rel=1e-10)


def test_the_whole_time_of_the_periods_can_be_asked_for():
    cut = tuple(exact.Period(0.1, 1.0, 1.0) for _ in range(3))
    battle = exact.TwoCounts((5, 4), (1.0, 1.0), periods=cut)
    whole = exact.transient(battle, sum(period.days for period in cut))
    alone = exact.transient(exact.TwoCounts((5, 4), (1.0, 1.0)), 0.3)
    assert np.abs(whole.table() - alone.table()).max() < 1e-10


def test_a_period_of_no_days_ends_nothing():
    instant = exact.TwoCounts((5, 4), (1.0, 1.0), periods=(exact.Period(0.0, 1.0, 1.0),))
    assert exact.terminal(instant).table().tolist() == [[1.0]]


@pytest.mark.parametrize(
    ("separable", "slots", "refused"),
    [
        (True, ((1.0,), (1.0,)), False),
        (True, ((1.0,), (2.0,)), True),  # each side tires at a pace of its own
        (False, ((1.0,), (1.0,)), True),
    ],
)
def test_a_pace_that_is_not_one_has_no_clock(separable, slots, refused):
    law = SimpleNamespace(
        name="tiring",
        timed=True,
        separable=separable,
        rate=lambda _own, enemy, t, pace: enemy / (1.0 + pace * t),
    )
    battle = SimpleNamespace(attrition=law, strengths=(5, 4), slots=slots)
    if refused:
        with pytest.raises(ModelError, match="tiring"):
            clock(battle, 0.0, 2.0)
    else:
        assert clock(battle, 0.0, 2.0) == pytest.approx(np.log(3.0))
        assert clock(battle, 1.0, 2.0) == pytest.approx(np.log(1.5))


def test_a_law_that_tires_alike_ends_as_the_one_that_does_not():
    """The end of a battle does not ask how fast it came."""
    plain, tired = (
        exact.terminal(exact.TwoCounts((30, 20), (0.05, 0.04), law=law)).first_wins
        for law in ("square", "fatigue")
    )
    assert tired == pytest.approx(plain, abs=1e-12)
