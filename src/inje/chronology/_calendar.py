"""Day numbers and civil dates in the Gregorian and Julian calendars.

A *day number* is the chronological Julian day number: day 0 is 1 January of
the Julian year -4712 (4713 BC), and 1 January 2000 (Gregorian) is 2451545.
Years are astronomical: 1 BC is year 0, 490 BC is year -489. Both calendars
are proleptic, that is, carried back before their introduction.

Source: the conversion counts days in whole cycles of the calendars (146,097
days in 400 Gregorian years, 1,461 days in 4 Julian years), as in Richards,
E. G. (2013), "Calendars", in Explanatory Supplement to the Astronomical
Almanac, 3rd ed., section 15.11.
"""

from __future__ import annotations

from typing import Literal

from inje.errors import OptionError

Calendar = Literal["gregorian", "julian"]

# Days from day number 0 to 1 March of year 0, where the shifted year begins.
_GREGORIAN_MARCH_0 = 1_721_120
_JULIAN_MARCH_0 = 1_721_118
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def is_leap_year(year: int, calendar: Calendar = "gregorian") -> bool:
    """Return whether the astronomical `year` has a 29 February."""
    if calendar == "julian":
        return year % 4 == 0
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int, calendar: Calendar = "gregorian") -> int:
    """Return the number of days of a month, 28 to 31."""
    if month == 2 and is_leap_year(year, calendar):
        return 29
    return _MONTH_DAYS[month - 1]


def to_day(year: int, month: int = 1, day: int = 1, *, calendar: Calendar = "gregorian") -> int:
    """Return the day number of a civil date.

    Parameters
    ----------
    year : astronomical year (490 BC is -489).
    month, day : 1 to 12, 1 to the length of the month.
    calendar : the calendar in which the date is written.

    Raises
    ------
    OptionError : when the date does not exist.
    """
    if not 1 <= month <= 12:
        raise OptionError("date", f"month {month}", "1 to 12", "correct the month")
    length = days_in_month(year, month, calendar)
    if not 1 <= day <= length:
        where = f"date {format_civil(year, month)}"
        raise OptionError(where, f"day {day}", f"1 to {length}", "correct the day of the month")
    shifted_year, shifted_month = (year, month - 3) if month > 2 else (year - 1, month + 9)
    days = 365 * shifted_year + shifted_year // 4 + (153 * shifted_month + 2) // 5 + day - 1
    if calendar == "julian":
        return _JULIAN_MARCH_0 + days
    return _GREGORIAN_MARCH_0 + days - shifted_year // 100 + shifted_year // 400


def from_day(day: int, *, calendar: Calendar = "gregorian") -> tuple[int, int, int]:
    """Return (astronomical year, month, day of month) of a day number."""
    if calendar == "julian":
        shifted_year, day_of_year = _julian_year(day - _JULIAN_MARCH_0)
    else:
        shifted_year, day_of_year = _gregorian_year(day - _GREGORIAN_MARCH_0)
    shifted_month = (5 * day_of_year + 2) // 153
    day_of_month = day_of_year - (153 * shifted_month + 2) // 5 + 1
    if shifted_month < 10:
        return shifted_year, shifted_month + 3, day_of_month
    return shifted_year + 1, shifted_month - 9, day_of_month


def _julian_year(days: int) -> tuple[int, int]:
    cycle, rest = divmod(days, 1461)
    # The leap day is the last of the cycle of March years.
    year = min(rest // 365, 3)
    return 4 * cycle + year, rest - 365 * year


def _gregorian_year(days: int) -> tuple[int, int]:
    era, rest = divmod(days, 146_097)
    century = min(rest // 36_524, 3)
    rest -= 36_524 * century
    cycle, rest = divmod(rest, 1461)
    year = min(rest // 365, 3)
    return 400 * era + 100 * century + 4 * cycle + year, rest - 365 * year


def weekday(day: int) -> str:
    """Return the English name of the day of the week of a day number."""
    return _WEEKDAYS[day % 7]


def format_year(year: int) -> str:
    """Return an astronomical year as EDTF: four digits, signed when negative, Y when longer."""
    if abs(year) > 9999:
        return f"Y{year}"
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def format_civil(year: int, month: int | None = None, day: int | None = None) -> str:
    """Return a civil date as EDTF with the precision given."""
    parts = [format_year(year)]
    if month is not None:
        parts.append(f"{month:02d}")
        if day is not None:
            parts.append(f"{day:02d}")
    return "-".join(parts)


def format_day(day: int, *, calendar: Calendar = "gregorian") -> str:
    """Return a day number as an EDTF date, written in `calendar`."""
    return format_civil(*from_day(day, calendar=calendar))
