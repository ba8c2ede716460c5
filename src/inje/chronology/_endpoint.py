"""What a written date says: its fields, before the context completes them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from inje.chronology._calendar import Calendar, days_in_month, format_civil, format_year

_THIRDS_OF_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "half1": (1, 6),
                   "half2": (7, 12)}  # fmt: skip
_THIRDS_OF_MONTH = {"early": (1, 10), "mid": (11, 20), "late": (21, 31), "half1": (1, 15),
                    "half2": (16, 31)}  # fmt: skip
_SEASON_MONTHS = {21: (3, 4, 5), 22: (6, 7, 8), 23: (9, 10, 11), 24: (12, 1, 2)}
_THIRD = {"early": 0, "mid": 1, "late": 2, "half1": 0, "half2": 2}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One end of a written date; None where the text does not say.

    Attributes
    ----------
    year : as written, positive; `era` says whether it counts backwards.
    era : "bc", "ad" or "".
    month : 1 to 12, or a season code 21 to 24.
    day : day of the month.
    part : "early", "mid", "late", "half1", "half2" or "".
    scale : years named by `year`: 1, 10 (a decade) or 100 (a century).
    about : the wording says "about".
    either : the wording names alternatives ("June/July").
    style : calendar stated in the text, or None.
    """

    year: int | None = None
    era: str = ""
    month: int | None = None
    day: int | None = None
    part: str = ""
    scale: int = 1
    about: bool = False
    either: bool = False
    style: Calendar | None = None

    @property
    def astronomical(self) -> int | None:
        """The year in astronomical counting (490 BC is -489)."""
        if self.year is None:
            return None
        return 1 - self.year if self.era == "bc" else self.year

    @property
    def precise(self) -> bool:
        """Whether a single day is named."""
        return self.day is not None


def with_year(end: Endpoint, year: int) -> Endpoint:
    """Return the endpoint in an astronomical year."""
    if year > 0:
        return replace(end, year=year, era="")
    return replace(end, year=1 - year, era="bc")


def complete(first: Endpoint, last: Endpoint) -> tuple[Endpoint, Endpoint]:
    """Let each end of an interval lend the other the fields that it lacks."""
    if first.year is not None and last.era == "bc" and not first.era:
        first = replace(first, era="bc")
    if first.month is None and first.day is not None and last.month is not None:
        first = replace(first, month=last.month)
    if last.month is None and last.day is not None and first.month is not None:
        last = replace(last, month=first.month)
    turned = _order(first) > _order(last)
    first_year, last_year = first.astronomical, last.astronomical
    if first_year is None and last_year is not None:
        first = with_year(first, last_year - turned)
    elif last_year is None and first_year is not None:
        last = with_year(last, first_year + turned)
    return first, last


def _order(end: Endpoint) -> int:
    """Rank of an endpoint within its year, by month; 0 where no month is named."""
    if end.month is None:
        return 0
    return _SEASON_MONTHS[end.month][0] if end.month > 12 else end.month


def exists(end: Endpoint, calendar: Calendar) -> bool:
    """Return whether a completed endpoint is a day of the calendar."""
    year = end.astronomical
    if end.day is None or year is None or end.month is None:
        return True
    return 1 <= end.day <= days_in_month(year, end.month, calendar)


def edtf_of(first: Endpoint, last: Endpoint, calendar: Calendar) -> str:
    """Return the EDTF of two completed endpoints (without qualifiers)."""
    low, high = _ends(first, calendar)[0], _ends(last, calendar)[1]
    return low if low == high else f"{low}/{high}"


def _ends(end: Endpoint, calendar: Calendar) -> tuple[str, str]:
    year = end.astronomical
    if year is None:
        raise ValueError("an endpoint without a year has no EDTF")
    if end.scale > 1:
        return _years(end, year)
    if end.month is None:
        if not end.part:
            return format_year(year), format_year(year)
        first, last = _THIRDS_OF_YEAR[end.part]
        return format_civil(year, first), format_civil(year, last)
    if end.month > 12:
        return _season(end, year)
    if end.day is not None or not end.part:
        text = format_civil(year, end.month, end.day)
        return text, text
    first, last = _THIRDS_OF_MONTH[end.part]
    last = min(last, days_in_month(year, end.month, calendar))
    return format_civil(year, end.month, first), format_civil(year, end.month, last)


def _years(end: Endpoint, year: int) -> tuple[str, str]:
    """Years of a decade or century; `year` is its first (astronomical, so the lowest)."""
    if end.part:
        third = end.scale / 3 if not end.part.startswith("half") else end.scale / 2
        step = {"early": 0, "mid": 1, "late": 2, "half1": 0, "half2": 1}[end.part]
        first, last = round(third * step), round(third * (step + 1)) - 1
        return format_year(year + first), format_year(year + last)
    if year >= 0 and year % end.scale == 0:
        digits = f"{year // end.scale:0{2 if end.scale == 100 else 3}d}"
        text = digits + "X" * (2 if end.scale == 100 else 1)
        return text, text
    return format_year(year), format_year(year + end.scale - 1)


def _season(end: Endpoint, year: int) -> tuple[str, str]:
    month = end.month or 0
    if not end.part:
        text = f"{format_year(year)}-{month}"
        return text, text
    number = _SEASON_MONTHS[month][_THIRD[end.part]]
    text = format_civil(year + (month == 24 and number < 3), number)
    return text, text
