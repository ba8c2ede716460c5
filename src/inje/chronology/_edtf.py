"""Spans of days, read from and written as EDTF (ISO 8601-2:2019).

The bounds are strict: the first and last day that the expression names. An
approximate date keeps its nominal bounds and says that it is approximate; how
far a source may be off is a matter of the claim, not of the calendar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from inje.chronology._calendar import Calendar, days_in_month, format_civil, from_day, to_day
from inje.errors import OptionError

_DATE = re.compile(r"(Y?-?\d[\dX]{0,9}|-?X[\dX]{3})(?:-([\dX]{2}))?(?:-([\dX]{2}))?\Z")
_QUALIFIERS = str.maketrans("", "", "?~%")

# First and last month, and years added to the last, of the divisions of a year.
# Seasons are the northern meteorological ones; winter ends in the next year.
_DIVISIONS: dict[int, tuple[int, int, int]] = {
    21: (3, 5, 0), 22: (6, 8, 0), 23: (9, 11, 0), 24: (12, 2, 1),
    25: (3, 5, 0), 26: (6, 8, 0), 27: (9, 11, 0), 28: (12, 2, 1),
    29: (9, 11, 0), 30: (12, 2, 1), 31: (3, 5, 0), 32: (6, 8, 0),
    33: (1, 3, 0), 34: (4, 6, 0), 35: (7, 9, 0), 36: (10, 12, 0),
    37: (1, 4, 0), 38: (5, 8, 0), 39: (9, 12, 0), 40: (1, 6, 0), 41: (7, 12, 0),
}  # fmt: skip


@dataclass(frozen=True)
class DateSpan:
    """The days that a date names.

    Attributes
    ----------
    edtf : the date as EDTF, with astronomical years, digits as written in `calendar`.
    earliest, latest : first and last day number (inclusive); None where the interval is open.
    approximate : whether the source or the wording is approximate.
    inherited : the fields taken from the context, of "year", "month", "day".
    calendar : the calendar of the digits.
    """

    edtf: str
    earliest: int | None
    latest: int | None
    approximate: bool = False
    inherited: tuple[str, ...] = ()
    calendar: Calendar = "gregorian"

    def __post_init__(self) -> None:
        if self.earliest is not None and self.latest is not None and self.latest < self.earliest:
            raise OptionError(f"date {self.edtf}", "ends before it starts", "start/end in order",
                              "exchange or correct the two dates")  # fmt: skip

    @property
    def days(self) -> int | None:
        """Number of days in the span, None where it is open."""
        if self.earliest is None or self.latest is None:
            return None
        return self.latest - self.earliest + 1

    def contains(self, day: int) -> bool:
        """Return whether a day number lies in the span."""
        after = self.earliest is None or day >= self.earliest
        return after and (self.latest is None or day <= self.latest)

    def overlaps(self, other: DateSpan) -> bool:
        """Return whether the two spans share a day."""
        return _not_after(self.earliest, other.latest) and _not_after(other.earliest, self.latest)


def _not_after(start: int | None, end: int | None) -> bool:
    return start is None or end is None or start <= end


def parse_edtf(text: str, *, calendar: Calendar = "gregorian") -> DateSpan:
    """Read an EDTF date or interval.

    Parameters
    ----------
    text : for example ``1946-04-17/1946-04-21``, ``1944~``, ``-0489``, ``../1946-04-17``.
    calendar : the calendar of the digits (ISO 8601 writes Gregorian dates).

    Raises
    ------
    OptionError : when the text is not EDTF or names no day.
    """
    expression = text.strip()
    approximate = any(mark in expression for mark in "?~%")
    start, slash, end = expression.partition("/")
    earliest = _bounds(start, calendar)[0] if start not in ("", "..") else None
    if not slash:
        return DateSpan(expression, earliest, _bounds(start, calendar)[1], approximate,
                        (), calendar)  # fmt: skip
    latest = _bounds(end, calendar)[1] if end not in ("", "..") else None
    if earliest is None and latest is None:
        raise _not_edtf(text)
    return DateSpan(expression, earliest, latest, approximate, (), calendar)


def span_of_days(earliest: int, latest: int, *, calendar: Calendar = "gregorian") -> DateSpan:
    """Return the span between two day numbers, in the shortest EDTF that names it."""
    first, last = from_day(earliest, calendar=calendar), from_day(latest, calendar=calendar)
    last_of_month = last[2] == days_in_month(last[0], last[1], calendar)
    cut = 3
    if first[2] == 1 and last_of_month:
        cut = 1 if first[1] == 1 and last[1] == 12 else 2
    start, end = format_civil(*first[:cut]), format_civil(*last[:cut])
    edtf = start if start == end else f"{start}/{end}"
    return DateSpan(edtf, earliest, latest, calendar=calendar)


def _bounds(text: str, calendar: Calendar) -> tuple[int, int]:
    match = _DATE.match(text.translate(_QUALIFIERS))
    if match is None:
        return _library_bounds(text, calendar)
    year_text, month_text, day_text = match.groups()
    first_year, last_year = _year_bounds(year_text, text)
    if month_text is None:
        return _month_bounds(first_year, 1, last_year, 12, calendar)
    if month_text.isdigit() and int(month_text) in _DIVISIONS and day_text is None:
        first, last, carried = _DIVISIONS[int(month_text)]
        return _month_bounds(first_year, first, last_year + carried, last, calendar)
    first, last = _digits(month_text, 1, 12, text)
    if day_text is None:
        return _month_bounds(first_year, first, last_year, last, calendar)
    length = days_in_month(last_year, last, calendar)
    day_low, day_high = _digits(day_text, 1, 31 if "X" in day_text else length, text)
    return (
        to_day(first_year, first, day_low, calendar=calendar),
        to_day(last_year, last, min(day_high, length), calendar=calendar),
    )


def _year_bounds(text: str, expression: str) -> tuple[int, int]:
    digits = text.lstrip("Y")
    if not text.startswith("Y") and len(digits.lstrip("-")) != 4:
        raise _not_edtf(expression)
    low, high = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    return min(low, high), max(low, high)


def _digits(text: str, least: int, most: int, expression: str) -> tuple[int, int]:
    low, high = int(text.replace("X", "0")), int(text.replace("X", "9"))
    if "X" in text:
        low, high = max(low, least), min(high, most)
    if not least <= low <= high <= most:
        raise _not_edtf(expression)
    return low, high


def _month_bounds(
    first_year: int, first: int, last_year: int, last: int, calendar: Calendar
) -> tuple[int, int]:
    length = days_in_month(last_year, last, calendar)
    return (
        to_day(first_year, first, 1, calendar=calendar),
        to_day(last_year, last, length, calendar=calendar),
    )


def _library_bounds(text: str, calendar: Calendar) -> tuple[int, int]:
    """Bounds of the rarer level 2 forms (sets, exponents), by the edtf library."""
    import edtf

    try:
        parsed: Any = edtf.parse_edtf(text)
        low, high = parsed.lower_strict(), parsed.upper_strict()
    except (edtf.EDTFParseException, AttributeError, TypeError, ValueError) as error:
        raise _not_edtf(text) from error
    return (
        to_day(low.tm_year, low.tm_mon, low.tm_mday, calendar=calendar),
        to_day(high.tm_year, high.tm_mon, high.tm_mday, calendar=calendar),
    )


def _not_edtf(text: str) -> OptionError:
    return OptionError(
        "date",
        f"{text!r} is not an EDTF date",
        "1946-04-17, 1946-04, 1946, -0489, 1946~, 1946-04-17/1946-04-21, ../1946-04-17",
        "write the date as EDTF (ISO 8601-2) with astronomical years",
    )
