"""The tracking kernel with exaggeration and width, beside sums over what is perceived."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import integrate, stats

from inje.posterior import Exaggeration, Perception, Span, tracking, tracking_table
from inje.posterior._tracking import DENSE, NEARLY_NONE, PER_OCTAVE, _student4

LIMIT = 3000


def between(low, high, scale, shift, sd, *, heavy):
    """P(low < shift + scale T + sd N <= high), by quadrature over N."""
    law = (stats.t(4) if heavy else stats.norm).cdf

    def given(n):
        at = shift + sd * n
        return stats.norm.pdf(n) * (law((high - at) / scale) - law((low - at) / scale))

    if sd == 0:
        return law((high - shift) / scale) - law((low - shift) / scale)
    return integrate.quad(given, -9, 9, limit=300, epsabs=1e-12)[0]


def perceived(z, span, limit, kernel, error, width=0.0):
    sd, centre = math.hypot(error.sd, width), math.log(z)

    def smooth(part):
        low = math.log(part.low - 0.5) - centre if part.low else -np.inf
        high = math.log(part.high + 0.5) - centre
        return between(low, high, kernel.scale, error.mean, sd, heavy=kernel.heavy)

    def atom(part):
        if sd == 0:
            return float(part.low <= round(z * math.exp(error.mean)) <= part.high)
        low = math.log(part.low - 0.5) - centre - error.mean if part.low else -np.inf
        high = math.log(part.high + 0.5) - centre - error.mean
        return stats.norm.cdf(high / sd) - stats.norm.cdf(low / sd)

    whole = Span(0, limit)
    return kernel.atom * atom(span) / atom(whole) + (1 - kernel.atom) * smooth(span) / smooth(whole)


@pytest.mark.parametrize("error", [Exaggeration(0, 0), Exaggeration(), Exaggeration(-0.3, 0.0)])
@pytest.mark.parametrize("width", [0.0, 0.4])
@pytest.mark.parametrize("kernel", [Perception(), Perception(0.2, 0.3, heavy=False)])
@pytest.mark.parametrize("span", [Span(0, 40), Span(90, 110), Span(800, LIMIT)])
def test_the_kernel_is_a_sum_over_what_is_perceived(error, width, kernel, span):
    for z in (1, 30, 100, 1500):
        found = tracking(np.array([z]), span, LIMIT, kernel, error, width)[0]
        assert found == pytest.approx(perceived(z, span, LIMIT, kernel, error, width), abs=2e-7)


def test_none_is_seen_as_none_until_the_kernel_is_widened():
    nothing = np.array([0])
    assert tracking(nothing, Span(0, 5), LIMIT, None, Exaggeration())[0] == 1.0
    assert tracking(nothing, Span(1, 5), LIMIT, None, Exaggeration())[0] == 0.0
    widened = tracking(nothing, Span(1, 5), LIMIT, width=0.4)[0]
    expected = perceived(NEARLY_NONE, Span(1, 5), LIMIT, Perception(), Exaggeration(0, 0), 0.4)
    assert widened == pytest.approx(expected, abs=2e-7)


def test_what_lies_beyond_the_declared_range_cannot_be_said():
    assert tracking(np.array([LIMIT]), Span(LIMIT + 1, LIMIT + 5), LIMIT)[0] == 0.0
    reaching = tracking(np.array([LIMIT]), Span(LIMIT, LIMIT + 5), LIMIT)[0]
    assert reaching == pytest.approx(tracking(np.array([LIMIT]), Span(LIMIT, LIMIT), LIMIT)[0])


def test_students_t_in_closed_form_far_into_both_tails():
    x = np.array([-1e6, -40.0, -3.0, -1e-9, 0.0, 0.7, 5.0, 1e3])
    assert _student4(x) == pytest.approx(stats.t(4).cdf(x), rel=1e-10)
    assert _student4(np.array([-np.inf, np.inf])).tolist() == [0.0, 1.0]


# ---- tables ----


def test_a_table_has_a_row_for_each_count_and_then_so_many_an_octave():
    small = tracking_table(Span(3, 9), 100)
    assert small.rows == pytest.approx(tracking(np.arange(101), Span(3, 9), 100))
    assert small.at(np.array([-4, 0, 7.4, 100, 900])) == pytest.approx(
        tracking(np.array([0, 0, 7, 100, 100]), Span(3, 9), 100)
    )
    assert small.peak == small.rows.max()
    large = tracking_table(Span(3, 9), 8 * DENSE)
    assert large.rows.size == DENSE + 3 * PER_OCTAVE + 2
    edge = tracking_table(Span(3, 9), DENSE - 1)
    assert edge.rows.size == DENSE


@pytest.mark.parametrize("error", [Exaggeration(0, 0), Exaggeration()])
def test_rows_of_an_octave_are_where_they_say(error):
    span, limit = Span(9000, 11_000), 8 * DENSE
    table = tracking_table(span, limit, None, error)
    for octave in (0.0, 0.5, 1.0, 1.75, 3.0):
        z = round(DENSE * 2**octave)
        exact = tracking(np.array([z]), span, limit, None, error)[0]
        assert table.at(np.array([z]))[0] == pytest.approx(exact, rel=1e-3, abs=1e-6)
    # the largest count, and what is larger, has the last row's value and no other
    last = table.at(np.array([limit, 2 * limit]))
    assert last[1] == pytest.approx(last[0], rel=1e-3, abs=1e-9)


def test_an_atom_that_is_a_step_stays_one():
    table = tracking_table(Span(9000, 9001), 8 * DENSE)
    inside, outside = table.at(np.array([9000, 8999]))
    assert inside - outside == pytest.approx(1 / 3, rel=1e-3)
    assert table.at(np.array([9001]))[0] > 1 / 3 > table.at(np.array([9002]))[0]
    assert table.peak == pytest.approx(inside, rel=1e-3)
    dense = tracking_table(Span(100, 100), 8 * DENSE)
    assert dense.peak == pytest.approx(tracking(np.array([100]), Span(100, 100), 8 * DENSE)[0])


def test_a_widened_table_is_the_widened_kernel_between_its_rows_too():
    z = np.arange(0, 500)
    for width in (0.05, 0.4, 2.5):
        table = tracking_table(Span(40, 60), LIMIT, None, Exaggeration(0, 0), width)
        exact = tracking(z, Span(40, 60), LIMIT, width=width)
        assert np.abs(table.at(z) - exact).max() < 2e-4
    blurred = tracking_table(Span(0, 60), LIMIT, None, Exaggeration())
    assert blurred.at(np.array([0]))[0] == 1.0
    assert tracking_table(Span(1, 60), LIMIT, None, Exaggeration()).at(np.array([0]))[0] == 0.0
