"""Spans read from EDTF."""

from __future__ import annotations

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inje.chronology import DateSpan, format_day, parse_edtf, span_of_days, to_day
from inje.errors import OptionError


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1946-04-17/1946-04-21", "1946-04-17", "1946-04-21"),
        ("1944-09/1944-12", "1944-09-01", "1944-12-31"),
        ("1946", "1946-01-01", "1946-12-31"),
        ("1944~", "1944-01-01", "1944-12-31"),
        ("1944-02?", "1944-02-01", "1944-02-29"),
        ("-0489", "-0489-01-01", "-0489-12-31"),
        ("0000", "0000-01-01", "0000-12-31"),
        ("194X", "1940-01-01", "1949-12-31"),
        ("18XX", "1800-01-01", "1899-12-31"),
        ("-04XX", "-0499-01-01", "-0400-12-31"),
        ("1946-21", "1946-03-01", "1946-05-31"),
        ("1946-24", "1946-12-01", "1947-02-28"),
        ("1946-34", "1946-04-01", "1946-06-30"),
        ("1946-04-XX", "1946-04-01", "1946-04-30"),
        ("1946-XX", "1946-01-01", "1946-12-31"),
        ("../1946-04-17", None, "1946-04-17"),
        ("1946-04-17/..", "1946-04-17", None),
        ("/1946-04-17", None, "1946-04-17"),
        ("[1946,1948]", "1946-01-01", "1948-12-31"),
        ("Y-12000", "Y-12000-01-01", "Y-12000-12-31"),
    ],
)
def test_bounds(text: str, earliest: str | None, latest: str | None) -> None:
    span = parse_edtf(text)
    bounds = [None if day is None else format_day(day) for day in (span.earliest, span.latest)]
    assert bounds == [earliest, latest]
    assert span.edtf == text
    assert span.approximate == any(mark in text for mark in "?~%")


@pytest.mark.parametrize(
    "text",
    ["", "foo", "1946-13", "1946-04-31", "-0010-02-29", "46", "../..", "1946-04-17-18",
     "17/04/1946", "April 1946", "1946-4-1"],
)  # fmt: skip
def test_what_is_not_edtf_is_refused(text: str) -> None:
    with pytest.raises(OptionError, match="EDTF"):
        parse_edtf(text)


def test_an_interval_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(OptionError, match="ends before"):
        parse_edtf("1946-04-21/1946-04-17")


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28), st.sampled_from([1, 2, 3]))
def test_bounds_agree_with_the_edtf_library(year: int, month: int, day: int, cut: int) -> None:
    text = "-".join((f"{year:04d}", f"{month:02d}", f"{day:02d}")[:cut])
    theirs = edtf.parse_edtf(text)
    low, high = theirs.lower_strict(), theirs.upper_strict()
    span = parse_edtf(text)
    assert span.earliest == to_day(low.tm_year, low.tm_mon, low.tm_mday)
    assert span.latest == to_day(high.tm_year, high.tm_mon, high.tm_mday)


@given(st.integers(-500_000, 4_000_000), st.integers(0, 2000))
def test_a_span_of_days_is_read_back(earliest: int, days: int) -> None:
    span = span_of_days(earliest, earliest + days)
    assert parse_edtf(span.edtf) == span
    assert span.days == days + 1


def test_a_julian_date_is_eleven_days_later_in_1704() -> None:
    old = parse_edtf("1704-08-02", calendar="julian")
    assert old.earliest == parse_edtf("1704-08-13").earliest
    assert old.calendar == "julian"


def test_containing_and_overlapping() -> None:
    open_start = parse_edtf("../1946-04-17")
    april = parse_edtf("1946-04")
    assert open_start.contains(to_day(-489))
    assert not open_start.contains(to_day(1946, 4, 18))
    assert open_start.overlaps(april)
    assert april.overlaps(open_start)
    assert not april.overlaps(parse_edtf("1946-05/.."))
    assert open_start.days is None
    assert april.days == 30


def test_spans_are_values() -> None:
    assert parse_edtf("1946") == DateSpan("1946", to_day(1946), to_day(1946, 12, 31))
