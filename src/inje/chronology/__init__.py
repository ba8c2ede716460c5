"""Dates: day numbers, EDTF spans, dates in prose, and the temporal network."""

from inje.chronology._calendar import (
    Calendar,
    days_in_month,
    format_civil,
    format_day,
    format_year,
    from_day,
    is_leap_year,
    to_day,
    weekday,
)
from inje.chronology._edtf import DateSpan, parse_edtf, span_of_days
from inje.chronology._network import (
    ORIGIN,
    Constraint,
    Contradiction,
    MinimalNetwork,
    at,
    before,
    solve,
)
from inje.chronology._prose import (
    DateKind,
    FoundDate,
    Resolver,
    calendar_unclear,
    find_dates,
    scan_dates,
)

__all__ = [
    "ORIGIN",
    "Calendar",
    "Constraint",
    "Contradiction",
    "DateKind",
    "DateSpan",
    "FoundDate",
    "MinimalNetwork",
    "Resolver",
    "at",
    "before",
    "calendar_unclear",
    "days_in_month",
    "find_dates",
    "format_civil",
    "format_day",
    "format_year",
    "from_day",
    "is_leap_year",
    "parse_edtf",
    "scan_dates",
    "solve",
    "span_of_days",
    "to_day",
    "weekday",
]
