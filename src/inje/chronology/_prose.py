"""Finding dates in English battle prose and completing them from their context.

The search walks the words once; at each it tries a written date, then a
phrase. The resolver walks what was found in reading order and lends missing
years and months, recording which fields were lent. Nothing is guessed beyond
that: a date whose year the context does not give keeps no span.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from inje.chronology._calendar import Calendar, format_civil, from_day
from inje.chronology._edtf import DateSpan, parse_edtf, span_of_days
from inje.chronology._endpoint import Endpoint, edtf_of, exists, with_year
from inje.chronology._lexicon import STARTERS, TIMES_OF_DAY
from inje.chronology._phrases import Phrase, read_phrase
from inje.chronology._tokens import Tokens, tokenise
from inje.chronology._written import Written, read_written
from inje.errors import OptionError

DateKind = Literal["absolute", "partial", "year", "relative", "duration", "time_of_day"]
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_NARROW_YEARS = 3
_ROLL_MONTHS = 6


@dataclass(frozen=True)
class FoundDate:
    """A date, duration or time of day found in a text.

    Attributes
    ----------
    start, end : offsets in the text (code points, end exclusive).
    text : the words.
    kind : "absolute", "partial" (fields are missing), "year" (a bare year), "relative",
        "duration" or "time_of_day".
    span : the days it names; None until the context gives what is missing, and for a day
        that the calendar does not have (31 April).
    anchor : for relative dates, "previous" (the date before), "event" (the battle told) or
        "other" (something named).
    offset_days : least and most days from the anchor; None where only the order is told.
    days : length of a duration (days), None where vague ("several days").
    hours : hours of the local day, more than 24 on the next day.
    unit, count : "month" or "year", and how many of them from the anchor, where a relative
        date is counted in these; else "" and 0.
    ends : the fields as written, before the context completes them.
    moves : whether later dates may take their year from it.
    """

    start: int
    end: int
    text: str
    kind: DateKind
    span: DateSpan | None = None
    anchor: str = ""
    offset_days: tuple[int, int] | None = None
    days: float | None = None
    hours: tuple[float, float] | None = None
    unit: str = ""
    count: int = 0
    ends: tuple[Endpoint, Endpoint] | None = None
    moves: bool = True

    @property
    def calendar_stated(self) -> bool:
        """Whether the text itself says Old Style, New Style, Julian or Gregorian."""
        return self.ends is not None and any(end.style for end in self.ends)


def find_dates(
    text: str, year: int | None = None, month: int | None = None
) -> tuple[FoundDate, ...]:
    """Return the dates of a text in reading order, completed from their context.

    Parameters
    ----------
    text : prose, or the value of a field of an infobox.
    year, month : astronomical year and month (1 to 12) that hold before the first date.

    Bare years are taken only between 1000 and 2100 and only where the words
    before them call for a date; references and titles are for the caller to
    leave out.
    """
    resolver = Resolver(default_year=year, default_month=month)
    found: list[FoundDate] = []
    breaks = [match.start() for match in _BLANK_LINE.finditer(text)]
    for _, paragraph in groupby(scan_dates(text), lambda date: bisect(breaks, date.start)):
        found += resolver.resolve(paragraph)
    return tuple(found)


def scan_dates(text: str) -> tuple[FoundDate, ...]:
    """Return the dates of a text as they stand, nothing lent from the context.

    Time is linear in the length of the text.
    """
    tokens = tokenise(text)
    found: list[FoundDate] = []
    i = 0
    while i < len(tokens):
        read = _read(tokens, i) if _may_start(tokens, i) else None
        if read is None:
            i += 1
            continue
        date, i = read
        found.append(date)
    return tuple(found)


def calendar_unclear(span: DateSpan) -> bool:
    """Return whether to ask if a date is Old or New Style.

    It is unclear between the Gregorian reform (October 1582) and its last
    adoption in Europe (Greece, March 1923) only where both were in use; a
    historian writing in English states 1582-1752 in either.
    """
    if span.earliest is None or span.latest is None or span.latest - span.earliest > 31:
        return False
    reform, british = parse_edtf("1582-10-15"), parse_edtf("1752-09-13")
    return (reform.earliest or 0) <= span.earliest <= (british.latest or 0)


def _may_start(tokens: Tokens, i: int) -> bool:
    return tokens[i].kind == "n" or tokens.lower(i) in STARTERS


def _read(tokens: Tokens, i: int) -> tuple[FoundDate, int] | None:
    written = read_written(tokens, i)
    if written is not None:
        return _found_written(tokens, i, written), written.stop
    phrase = read_phrase(tokens, i)
    if phrase is not None:
        return _found_phrase(tokens, i, phrase), phrase.stop
    return None


def _place(tokens: Tokens, i: int, stop: int) -> tuple[int, int, str]:
    start, end = tokens[i].start, tokens[stop - 1].end
    return start, end, tokens.text[start:end]


def _found_written(tokens: Tokens, i: int, written: Written) -> FoundDate:
    first, last = written.first, written.last
    if written.alternatives and first.month != last.month:
        first = replace(first, either=True)
    kind: DateKind = "absolute"
    if first.year is None or last.year is None:
        kind = "partial"
    elif all(end == Endpoint(year=end.year) for end in (first, last)):
        kind = "year"
    place = _place(tokens, i, written.stop)
    return FoundDate(*place, kind, _span(first, last, ()), hours=_hours_of(tokens, i),
                     ends=(first, last), moves=tokens.lower(i - 1) != "of")  # fmt: skip


def _hours_of(tokens: Tokens, i: int) -> tuple[float, float] | None:
    """Return the hours of "the night of" before a date."""
    i -= tokens.lower(i - 1) == "the"
    if tokens.lower(i - 1) not in ("of", "on"):
        return None
    return TIMES_OF_DAY.get(tokens.lower(i - 2))


def _found_phrase(tokens: Tokens, i: int, phrase: Phrase) -> FoundDate:
    place = _place(tokens, i, phrase.stop)
    kind: DateKind = phrase.kind  # type: ignore[assignment]
    return FoundDate(*place, kind, None, phrase.anchor, phrase.offset, phrase.days, phrase.hours,
                     phrase.unit, phrase.count)  # fmt: skip


def _span(first: Endpoint, last: Endpoint, inherited: tuple[str, ...]) -> DateSpan | None:
    if first.year is None or last.year is None:
        return None
    if (first.day is not None and first.month is None) or (last.day and last.month is None):
        return None
    calendar: Calendar = first.style or last.style or "gregorian"
    if not (exists(first, calendar) and exists(last, calendar)):
        return None
    edtf = edtf_of(first, last, calendar)
    if first.about:
        edtf = "/".join(f"{part}~" for part in edtf.split("/"))
    try:
        span = parse_edtf(edtf, calendar=calendar)
    except OptionError:
        return None
    approximate = span.approximate or first.either or bool(first.part or last.part)
    approximate = approximate or first.scale > 1
    return replace(span, approximate=approximate, inherited=inherited)


def _span_of_unit(unit: str, count: int, day: int, calendar: Calendar) -> DateSpan:
    """Return the month or year that lies `count` of them from a day."""
    year, month, _ = from_day(day, calendar=calendar)
    if unit == "year":
        span = parse_edtf(format_civil(year + count), calendar=calendar)
        return replace(span, approximate=True, inherited=("year",))
    turned, month = divmod(month - 1 + count, 12)
    span = parse_edtf(format_civil(year + turned, month + 1), calendar=calendar)
    return replace(span, approximate=True, inherited=("year", "month"))


class Resolver:
    """Lends missing years and months to dates, in reading order.

    Parameters
    ----------
    default_year : astronomical year of the battle; holds until the text names another.
    default_month : month of the battle, 1 to 12.

    A date without a year takes that of the date before it; if its month lies
    six months or more before that date's month, the year may have turned: it
    has where the battle's own date is unknown, or nearer that way. Bare years
    in names ("the crisis of 1946") and far from the battle do not count. A
    relative date counts from the last date known to the day.
    """

    def __init__(self, default_year: int | None = None, default_month: int | None = None) -> None:
        self._default_year = default_year
        self._default_month = default_month
        self._year = default_year
        self._month = default_month
        self._told = False
        self._last: DateSpan | None = None
        self._aside: tuple[int | None, int | None, bool] | None = None

    def start_section(self) -> None:
        """Return to the battle's own year and month, as at a heading; keep the last day."""
        if self._default_year is not None:
            self._year, self._month, self._told = self._default_year, self._default_month, False
            self._aside = None

    def resolve(self, dates: Iterable[FoundDate]) -> tuple[FoundDate, ...]:
        """Return the dates of a paragraph with spans, as far as the context gives them.

        A bare year holds to the end of its paragraph; then the year before it holds again.
        """
        if self._aside is not None:
            self._year, self._month, self._told = self._aside
            self._aside = None
        return tuple(self._resolve(date) for date in dates)

    def _resolve(self, date: FoundDate) -> FoundDate:
        if date.kind == "relative":
            return self._count_from_last(date)
        if date.ends is None:
            return date
        first, last, inherited = self._lend(*date.ends)
        span = _span(first, last, inherited)
        if span is None:
            return date
        self._remember(date, first, last, span)
        return replace(date, span=span)

    def _lend(self, first: Endpoint, last: Endpoint) -> tuple[Endpoint, Endpoint, tuple[str, ...]]:
        inherited: list[str] = []
        if first.month is None and first.day is not None and self._month is not None:
            first, last = replace(first, month=self._month), replace(last, month=self._month)
            inherited.append("month")
        if first.year is None and self._year is not None and first.month is not None:
            year = self._year_for(first.month)
            turned = last.month is not None and last.month < first.month
            first, last = with_year(first, year), with_year(last, year + turned)
            inherited.insert(0, "year")
        return first, last, tuple(inherited)

    def _year_for(self, month: int) -> int:
        year = self._year or 0
        if not self._told or self._month is None or month > 12:
            return year
        if self._month - month < _ROLL_MONTHS:
            return year
        if self._default_year is None:
            return year + 1
        # Of the two years the one that brings the date nearer to the battle.
        battle = 12 * self._default_year + (self._default_month or 7)
        return min((year, year + 1), key=lambda y: abs(12 * y + month - battle))

    def _remember(self, date: FoundDate, first: Endpoint, last: Endpoint, span: DateSpan) -> None:
        year = last.astronomical
        if year is None or first.scale > 1:
            return
        base = self._default_year
        if date.kind == "year" and (
            not date.moves or (base is not None and abs(year - base) > _NARROW_YEARS)
        ):
            return
        if date.kind == "absolute":
            self._aside = None
        elif date.kind == "year" and self._aside is None and self._year is not None:
            self._aside = (self._year, self._month, self._told)
        self._year, self._told = year, True
        self._month = last.month if last.month is not None and last.month <= 12 else None
        if first.precise and last.precise:
            self._last = span

    def _count_from_last(self, date: FoundDate) -> FoundDate:
        last, offset = self._last, date.offset_days
        if last is None or offset is None or date.anchor != "previous":
            return date
        base = last.latest if offset[0] >= 0 else last.earliest
        if base is None:
            return date
        if date.unit in ("month", "year"):
            span = _span_of_unit(date.unit, date.count, base, last.calendar)
            return replace(date, span=span)
        span = span_of_days(base + offset[0], base + offset[1], calendar=last.calendar)
        span = replace(span, inherited=("year", "month", "day"))
        if offset[0] == offset[1]:
            self._last = span
        return replace(date, span=span)
