"""Reading whole written dates: single dates, intervals, their qualifiers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from inje.chronology._endpoint import Endpoint, complete
from inje.chronology._fields import (
    DASH,
    closes,
    counted,
    number_at,
    read_day,
    read_month,
    read_year,
    year_introduced,
)
from inje.chronology._lexicon import CIRCA, DASHES, RANGE_WORDS, TIMES_OF_DAY
from inje.chronology._single import (
    Read,
    after_weekday,
    read_day_month,
    read_single,
    with_written_year,
)
from inje.chronology._tokens import Tokens

_DAY_WORDS = frozenset({"on", "by", "until", "till", "from", "between", "since"})
_EVENT_WORDS = frozenset(
    {"hours", "fighting", "battle", "struggle", "events", "attack", "attacks", "action", "end"}
)


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written.

    Attributes
    ----------
    first, last : its ends (equal for a single date), each completed by the other.
    stop : index of the token after it.
    alternatives : "or" or "/" stands between the ends: one of them, not both.
    """

    first: Endpoint
    last: Endpoint
    stop: int
    alternatives: bool = False


def read_written(tokens: Tokens, i: int) -> Written | None:
    """Read the date that starts at token `i`, as far as it goes."""
    start = _after_circa(tokens, i)
    single = (
        read_single(tokens, start)
        or _read_bare_day_of_range(tokens, start)
        or _read_bare_year_of_range(tokens, start)
    )
    if single is None:
        return None
    first, stop = single
    first = replace(first, about=start > i)
    latest, stop = _listed(tokens, first, stop)
    second = _read_second(tokens, latest, stop, start)
    if second is None:
        stop = single[1]
    if second is None:
        if first.month is None and first.day is not None and not _lone_day(tokens, i, stop):
            return None
        if first.year is not None and _year_alone(first) and not _year_in_place(tokens, i, stop):
            return None
        return Written(first, first, stop)
    last, stop, alternatives = second
    bare = last.month is None and last.day is not None and first.month is None
    if bare and not _lone_day(tokens, i, stop):
        return None
    if _year_alone(first) and not _years_in_place(tokens, i, stop):
        return None
    if last.style and not first.style:
        first = replace(first, style=last.style)
    return Written(*complete(first, last), stop, alternatives)


def _listed(tokens: Tokens, first: Endpoint, i: int) -> Read:
    """Skip the middle of a list of days in a row: "July 1, 2 and 3", "1, 2 and 3 July"."""
    latest, stop = first, i
    for _ in range(6):
        at = stop + 1 + (tokens.lower(stop + 1) == "the")
        day = read_day(tokens, at) if tokens[stop].text == "," else None
        if first.day is None or first.year is not None or day is None:
            break
        if day[0] != (latest.day or 0) + 1 or not _joint_or_comma(tokens, day[1]):
            break
        latest, stop = replace(latest, day=day[0]), day[1]
    if latest is not first and tokens[stop].text == "," and _joint(tokens, stop + 1) == "list":
        stop += 1
    return latest, stop


def _joint_or_comma(tokens: Tokens, i: int) -> bool:
    return tokens[i].text == "," or _joint(tokens, i) == "list"


def _year_alone(end: Endpoint) -> bool:
    return end.month is None and end.day is None and not end.era and not end.part and end.scale == 1


def _year_in_place(tokens: Tokens, i: int, stop: int) -> bool:
    return year_introduced(tokens, i) or (i == 0 and stop == len(tokens)) or stop - i > 1


def _years_in_place(tokens: Tokens, i: int, stop: int) -> bool:
    enclosed = tokens[i - 1].text == "(" and tokens[stop].text in (")", ",", ";")
    return enclosed or year_introduced(tokens, i) or stop == len(tokens)


def _lone_day(tokens: Tokens, i: int, stop: int) -> bool:
    """Return whether "the 17th" stands for a day: "on the 17th," but not "the 17th Infantry"."""
    if tokens.lower(i) != "the" or tokens[stop - 1].kind != "w" or not closes(tokens, stop):
        return False
    before = tokens.lower(i - 1)
    if before == "of":
        return tokens.lower(i - 2) in TIMES_OF_DAY or tokens.lower(i - 2) in _EVENT_WORDS
    return before in _DAY_WORDS or before in TIMES_OF_DAY


def _after_circa(tokens: Tokens, i: int) -> int:
    if tokens.lower(i) not in CIRCA or tokens[i].glued:
        return i
    if tokens.lower(i) == "c" and tokens[i + 1].text != "." and tokens[i + 1].kind != "n":
        return i
    return i + 2 if tokens[i + 1].text == "." and tokens[i + 1].glued else i + 1


def _read_bare_day_of_range(tokens: Tokens, i: int) -> Read | None:
    """Read the "17" of "17-21 April": a day whose month comes with the second."""
    at = after_weekday(tokens, i)
    day = read_day(tokens, at + (tokens.lower(at) == "the"))
    if day is None:
        return None
    stop = _listed(tokens, Endpoint(day=day[0]), day[1])[1]
    if not _joint(tokens, stop):
        return None
    at = stop + 1
    at = after_weekday(tokens, at + (tokens.lower(at) == "the"))
    second = read_day_month(tokens, at)
    return (Endpoint(day=day[0]), day[1]) if second else None


def _read_bare_year_of_range(tokens: Tokens, i: int) -> Read | None:
    """Read the "334" of "334-323 BC": a year whose era comes with the second."""
    if not number_at(tokens, i) or len(tokens[i].text) > 4 or not _joint(tokens, i + 1):
        return None
    second = read_year(tokens, i + 2)
    if second is None or second[1] != "bc" or int(tokens[i].text) < second[0]:
        return None
    return Endpoint(year=int(tokens[i].text), era="bc"), i + 1


def _joint(tokens: Tokens, i: int) -> str:
    """Return what joins two dates at `i`: "range", "list", "or", or "" for nothing."""
    word = tokens.lower(i)
    if not tokens.follows(i):
        return ""
    if word in DASHES or word in RANGE_WORDS:
        return "range"
    return {"and": "list", "&": "list", "or": "or", "/": "or"}.get(word, "")


def _read_second(
    tokens: Tokens, first: Endpoint, i: int, start: int
) -> tuple[Endpoint, int, bool] | None:
    joint = _joint(tokens, i)
    if not joint:
        return None
    word, at = tokens.lower(i), i + 1
    the = tokens.lower(at) == "the"
    read = _read_short_end(tokens, first, i, at + the) or read_single(tokens, at)
    if read is None:
        return None
    last, stop = read
    if joint == "list" and not _lists(tokens, first, last, start):
        return None
    if word in RANGE_WORDS and _year_alone(first) and tokens.lower(start - 1) != "from":
        return None
    if word in RANGE_WORDS and not _alike(first, last):
        return None
    if not _ordered(first, last):
        return None
    return last, stop, joint == "or"


def _alike(first: Endpoint, last: Endpoint) -> bool:
    return (first.day is None) == (last.day is None) or bool(first.month and last.month)


def _lists(tokens: Tokens, first: Endpoint, last: Endpoint, start: int) -> bool:
    """Return whether "and" joins an interval: between A and B, or two days in a row."""
    if tokens.lower(start - 1) == "between":
        return True
    same_month = last.month in (None, first.month) or first.month is None
    if first.day is not None and last.day is not None and same_month:
        return last.day - first.day == 1
    both_months = first.day is None and last.day is None and first.month and last.month
    return bool(both_months) and _follow_on(first, last)


def _follow_on(first: Endpoint, last: Endpoint) -> bool:
    return first.year is None and (last.month or 0) - (first.month or 0) == 1


def _ordered(first: Endpoint, last: Endpoint) -> bool:
    low, high = complete(first, last)
    low_year, high_year = low.astronomical, high.astronomical
    key_low = (low_year or 0, low.month or 0, low.day or 0)
    key_high = (high_year or 0, high.month or 99, high.day or 99)
    if low_year is None and high_year is None and low.month and high.month:
        return low.month != high.month or key_low <= key_high
    return key_low <= key_high


def _read_short_end(tokens: Tokens, first: Endpoint, joint: int, i: int) -> Read | None:
    """Read a second end that leans on the first: "-21, 1946", "to 4", "1861-65"."""
    if first.day is not None and first.month is not None:
        day = read_day(tokens, i)
        if day is None or read_month(tokens, day[1] + (tokens.lower(day[1]) == "of")):
            return None
        if tokens[joint].text == "/" and tokens[day[1]].text.istitle():
            return None  # "13 March 624/17 Ramadan": a day of another calendar
        return with_written_year(tokens, Endpoint(day=day[0]), day[1])
    token = tokens[i]
    if first.era == "ad" and first.month is None and tokens.lower(joint) in ("or", "/", "–", "-"):
        plain = token.kind == "n" and len(token.text) <= 3 and not counted(tokens, i + 1)
        later = plain and first.year is not None and int(token.text) > first.year
        return (Endpoint(year=int(token.text), era="ad"), i + 1) if later else None
    if not _year_alone(first) or first.year is None or first.year < 1000:
        return None
    glued = tokens[joint].glued and token.glued and tokens[joint].text in DASH + "–/"
    if not glued or token.kind != "n" or len(token.text) != 2 or counted(tokens, i + 1):
        return None
    year = first.year - first.year % 100 + int(token.text)
    return (Endpoint(year=year), i + 1) if year > first.year else None
