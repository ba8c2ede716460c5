"""Dated reports against the plain Markov chain: their chance, and the courses drawn back."""

from __future__ import annotations

import inspect
import types

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.linalg import expm
from tests.exact.test_chain import battles, generator

from inje import exact
from inje.errors import ModelError, OptionError
from inje.kernels import _exact_filter


class Record:
    """Reports on both sides, with tables of what they say."""

    def __init__(self, days, rng, reports=4):
        self.days = days
        self.date = rng.integers(0, len(days), reports)
        self.side = rng.integers(0, 2, reports)
        self.says = rng.random((reports, 4096)) ** 4
        self.factors = rng.random(reports) * 0.2, rng.random(reports)

    def told(self, length):
        return self.says[:, :length]

    def arguments(self):
        return self.days, self.date, self.side, self.told, self.factors

    def weights(self, shape, date):
        """What all reports of a date weigh in every cell."""
        out = np.ones(shape)
        for k in np.flatnonzero(self.date == date):
            row = self.factors[0][k] + self.factors[1][k] * self.says[k]
            out *= row[: shape[0], None] if self.side[k] == 0 else row[None, : shape[1]]
        return out


def forwards(battle, record):
    """Laws at every date given the reports up to it, not normalised, and the steps between."""
    shape = battle.spans[0] + 1, battle.spans[1] + 1
    Q, laws_, steps = generator(battle, 1.0, 1.0), [], []
    mass = np.zeros(shape[0] * shape[1])
    mass[0] = 1.0
    for date, days in enumerate(np.diff([0.0, *record.days])):
        steps.append(expm(days * Q))
        mass = mass @ steps[-1] * record.weights(shape, date).ravel()
        laws_.append(mass)
    return laws_, steps


@settings(max_examples=120)
@given(battles(periods=False), st.integers(0, 2**32 - 1))
def test_the_chance_of_reports_is_that_of_the_chain(battle, seed):
    rng = np.random.default_rng(seed)
    record = Record(np.cumsum(rng.random(3) + 0.01), rng)
    if not battle.attrition.separable:
        with pytest.raises(ModelError, match="no product"):
            exact.filtered(battle, *record.arguments())
        return
    found, course = exact.filtered(battle, *record.arguments(), accuracy=1e-10)
    assert found == pytest.approx(np.log(forwards(battle, record)[0][-1].sum()), abs=1e-7)
    assert course.shape == (0, 2)
    again, course = exact.filtered(battle, *record.arguments(), uniforms=rng.random(3))
    assert again == pytest.approx(found, abs=1e-4)
    assert (np.diff(course, axis=0, prepend=[[0, 0]]) >= 0).all()
    assert (course[-1] <= battle.spans).all()


@pytest.mark.parametrize("accuracy", [1e-4, 1e-6, 1e-9])
def test_what_is_dropped_is_less_than_asked(accuracy):
    """Many losses, several stretches of time, an end within reach; beside the general way."""
    battle = exact.TwoCounts((700, 400), (0.2, 0.15), breakpoints=(100, 20))
    rng = np.random.default_rng(4)
    record = Record(np.array([0.4, 2.5, 2.6, 6.0]), rng, reports=6)
    record.says = stats.norm.pdf(np.arange(4096), rng.integers(60, 300, (6, 1)), 60) * 100
    law, before = None, 0.0
    for date, day in enumerate(record.days):
        law = exact.transient(battle, day, start=law, since=before, accuracy=1e-12)
        law, before = law.weighed(record.weights((601, 381), date)), day
    found, _ = exact.filtered(battle, *record.arguments(), accuracy=accuracy)
    assert law.total > 0
    # What is dropped at a date may be made more of by the reports of later ones.
    assert abs(found - np.log(law.total)) < 50 * accuracy


def test_courses_have_their_law_given_all_reports():
    battle = exact.TwoCounts((9, 12), (0.15, 0.12))
    rng = np.random.default_rng(8)
    record = Record(np.array([0.5, 1.5, 4.0]), rng, reports=5)
    laws_, steps = forwards(battle, record)
    n, shape = 4000, (10, 13)
    drawn = np.array(
        [exact.filtered(battle, *record.arguments(), uniforms=u)[1] for u in rng.random((n, 3))]
    )
    code = drawn[:, :, 0] * shape[1] + drawn[:, :, 1]
    after = np.ones(shape[0] * shape[1])
    for date in (2, 1, 0):
        law = laws_[date] * after / (laws_[date] @ after)
        seen = np.bincount(code[:, date], minlength=len(law))
        assert _fits(seen, law * n)
        if date:
            # Two dates together: the pairs as well as each alone.
            later = record.weights(shape, date).ravel() * after
            pair = laws_[date - 1][:, None] * steps[date] * later
            pair /= pair.sum()
            both = np.bincount(code[:, date - 1] * len(law) + code[:, date], minlength=pair.size)
            assert _fits(both, pair.ravel() * n)
            after = steps[date] @ later


def _fits(seen, expected):
    """Chi-square of counts, rare ones together; fails once in a thousand."""
    big = expected >= 5
    observed = np.append(seen[big], seen[~big].sum())
    wanted = np.append(expected[big], expected[~big].sum())
    return stats.chisquare(observed, wanted * observed.sum() / wanted.sum()).pvalue > 1e-3


def test_a_way_back_that_all_were_too_light_for_is_found_again():
    """A report so late and so exact that every way to it weighs less than what is dropped."""
    battle = exact.TwoCounts((400, 400), (0.001, 0.001))
    record = Record(np.array([1.0, 1.5]), np.random.default_rng(1), reports=2)
    record.date, record.side = np.array([0, 1]), np.array([0, 0])
    record.says = np.zeros((2, 4096))
    record.says[0, 0] = record.says[1, 9] = 1.0  # none on the first day, nine in half a day
    record.factors = np.full(2, 1e-30), np.ones(2)
    found, course = exact.filtered(battle, *record.arguments(), uniforms=(0.5, 0.5), accuracy=1e-14)
    assert course[:, 0].tolist() == [0, 9]
    plain = stats.poisson(0.4).logpmf(0) + stats.poisson(0.2).logpmf(9)
    assert found == pytest.approx(plain, abs=0.05)


def test_more_losses_than_the_tables_know_at_first():
    battle = exact.TwoCounts((6000, 6000), (0.3, 0.3))
    asked = []

    def told(length):
        asked.append(length)
        return stats.norm.pdf(np.arange(length), 1600, 50)[None]

    found, _ = exact.filtered(battle, (1.0,), (0,), (0,), told, (np.zeros(1), np.ones(1)))
    assert asked == [1024, 2048]
    marginal = exact.transient(battle, 1.0).marginal(0)
    said = stats.norm.pdf(np.arange(len(marginal)), 1600, 50)
    assert found == pytest.approx(np.log(marginal @ said), abs=1e-5)


def test_a_battle_that_is_over_at_the_start_stays_so():
    none = exact.TwoCounts((0, 5), (0.1, 0.1))
    record = Record(np.array([1.0, 2.0]), np.random.default_rng(3))
    found, course = exact.filtered(none, *record.arguments(), uniforms=(0.1, 0.9))
    assert found == pytest.approx(sum(np.log(record.weights((1, 1), d)[0, 0]) for d in (0, 1)))
    assert course.tolist() == [[0, 0], [0, 0]]


def test_reports_without_a_chance():
    battle = exact.TwoCounts((5, 5), (0.1, 0.1))
    record = Record(np.array([1.0]), np.random.default_rng(3), reports=1)
    record.factors = np.zeros(1), np.zeros(1)
    assert exact.filtered(battle, *record.arguments())[0] == -np.inf


def test_what_cannot_be_filtered_is_refused():
    record = Record(np.array([1.0, 2.0]), np.random.default_rng(3)).arguments()
    battle = exact.TwoCounts((5, 5), (0.1, 0.1))
    with pytest.raises(OptionError, match="one a date"):
        exact.filtered(battle, *record, uniforms=(0.5,))
    with pytest.raises(OptionError, match="accuracy"):
        exact.filtered(battle, *record, accuracy=0)
    with pytest.raises(OptionError, match="losses among"):
        exact.filtered(exact.TwoCounts((90_000, 90_000), (9.0, 9.0)), *record)
    night = exact.TwoCounts((5, 5), (0.1, 0.1), periods=(exact.Period(9.0, 1.0, 0.5),))
    tired = exact.TwoCounts((5, 5), (0.1, 0.1), law="fatigue")
    for other in (night, tired):
        with pytest.raises(ModelError, match="transient"):
            exact.filtered(other, *record)


def test_the_compiled_loop_is_the_plain_one(monkeypatch):
    """The same source without the compiler gives the same bits."""
    source = inspect.getsource(_exact_filter)
    plain = types.ModuleType("plain")
    for word in ("@compiled\n", "@inner\n"):
        source = source.replace(word, "")
    exec(compile(source, "plain", "exec"), plain.__dict__)  # noqa: S102 - our own source
    battle = exact.TwoCounts((20, 14), (0.06, 0.09), breakpoints=(2, 3))
    record = Record(np.array([0.5, 1.25]), np.random.default_rng(6))
    draws = (0.3, 0.8)
    compiled = exact.filtered(battle, *record.arguments(), uniforms=draws)
    monkeypatch.setattr(_exact_filter, "filtered", plain.filtered)
    slow = exact.filtered(battle, *record.arguments(), uniforms=draws)
    assert slow[0] == compiled[0]
    assert np.array_equal(slow[1], compiled[1])
