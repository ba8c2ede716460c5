"""Day numbers and civil dates."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inje.chronology import (
    days_in_month,
    format_day,
    format_year,
    from_day,
    is_leap_year,
    to_day,
    weekday,
)
from inje.errors import OptionError

CALENDARS = ("gregorian", "julian")


@given(st.integers(-20_000_000, 20_000_000), st.sampled_from(CALENDARS))
def test_there_and_back(day: int, calendar) -> None:
    assert to_day(*from_day(day, calendar=calendar), calendar=calendar) == day


@given(st.dates())
def test_gregorian_days_follow_each_other_as_in_the_standard_library(date: dt.date) -> None:
    # Day 1 of the library is 1 January of year 1, day number 1721426.
    assert to_day(date.year, date.month, date.day) == date.toordinal() + 1_721_425


@pytest.mark.parametrize(
    ("civil", "calendar", "day"),
    [
        ((2000, 1, 1), "gregorian", 2_451_545),
        ((-4712, 1, 1), "julian", 0),
        ((1582, 10, 15), "gregorian", 2_299_161),
        ((1582, 10, 4), "julian", 2_299_160),
        # Meeus, Astronomical Algorithms (1998), table of chapter 7.
        ((837, 4, 10), "julian", 2_026_872),
        ((-1000, 7, 12), "julian", 1_356_001),
        ((-1001, 8, 17), "julian", 1_355_671),
        ((1858, 11, 17), "gregorian", 2_400_001),
    ],
)
def test_published_day_numbers(civil: tuple[int, int, int], calendar, day: int) -> None:
    assert to_day(*civil, calendar=calendar) == day
    assert from_day(day, calendar=calendar) == civil


def test_weekdays() -> None:
    assert weekday(to_day(1815, 6, 18)) == "Sunday"
    assert weekday(to_day(1946, 4, 17)) == "Wednesday"


def test_leap_years() -> None:
    assert is_leap_year(0)
    assert not is_leap_year(1900)
    assert is_leap_year(1900, "julian")
    assert days_in_month(1900, 2) == 28


@pytest.mark.parametrize("date", [(1946, 13, 1), (1946, 4, 31), (1946, 2, 29), (1946, 1, 0)])
def test_dates_that_do_not_exist_are_refused(date: tuple[int, int, int]) -> None:
    with pytest.raises(OptionError, match="allowed: 1 to"):
        to_day(*date)


def test_years_print_as_edtf() -> None:
    assert [format_year(y) for y in (-489, 0, 251, 1946, -12000)] == [
        "-0489", "0000", "0251", "1946", "Y-12000"]  # fmt: skip
    assert format_day(to_day(-489, 9, 12)) == "-0489-09-12"
