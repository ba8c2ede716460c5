"""Reading a single written date: a day, a month, a season, a year, a part of one."""

from __future__ import annotations

from dataclasses import replace

from inje.chronology._endpoint import Endpoint
from inje.chronology._fields import (
    abbreviated,
    closes,
    counted,
    number_at,
    read_century,
    read_day,
    read_month,
    read_old_year,
    read_season,
    read_style,
    read_year,
    skip_other_style,
)
from inje.chronology._lexicon import (
    DASHES,
    DOUBTFUL_MONTHS,
    MONTH_CONTEXT,
    PARTS,
    PARTS_OF,
    SEASONS,
    STRETCH_PARTS,
    STRETCHES,
    WEEKDAYS,
)
from inje.chronology._tokens import Tokens

Read = tuple[Endpoint, int]


def after_weekday(tokens: Tokens, i: int) -> int:
    if tokens.lower(i) not in WEEKDAYS or tokens[i].text.islower():
        return i
    after = i + 1
    while tokens.lower(after) in (".", ",", "the", "on") and after < i + 4:
        after += 1
    return after


def read_single(tokens: Tokens, i: int) -> Read | None:
    i = after_weekday(tokens, i)
    read = (
        _read_iso(tokens, i)
        or _read_numeric(tokens, i)
        or read_day_month(tokens, i)
        or _read_month_day(tokens, i)
        or _read_part(tokens, i)
        or _read_whole_season(tokens, i)
        or _read_whole_century(tokens, i)
        or _read_bare_year(tokens, i)
        or _read_the_day(tokens, i)
    )
    if read is None:
        return None
    style = read_style(tokens, read[1])
    return read if style is None else (replace(read[0], style=style[0]), style[1])


def _read_iso(tokens: Tokens, i: int) -> Read | None:
    parts = [tokens[i + k] for k in range(5)]
    if [p.kind for p in parts] != ["n", "p", "n", "p", "n"] or not number_at(tokens, i):
        return None
    if not all(p.glued for p in parts[1:]) or parts[1].text != "-" or parts[3].text != "-":
        return None
    lengths = [len(parts[k].text) for k in (0, 2, 4)]
    if lengths[0] != 4 or max(lengths[1:]) > 2 or counted(tokens, i + 5):  # "1862-4-6" too
        return None
    year, month, day = (int(parts[k].text) for k in (0, 2, 4))
    if not 1 <= month <= 12 or not 1 <= day <= 31 or year == 0:
        return None
    return Endpoint(year=year, month=month, day=day), i + 5


def _read_numeric(tokens: Tokens, i: int) -> Read | None:
    """Read "17.04.1946" and "17/04/1946", the latter only where no other order is possible."""
    parts = [tokens[i + k] for k in range(5)]
    if [p.kind for p in parts] != ["n", "p", "n", "p", "n"] or not number_at(tokens, i):
        return None
    mark = parts[1].text
    if not all(p.glued for p in parts[1:]) or mark != parts[3].text or mark not in "./":
        return None
    if len(parts[4].text) != 4 or max(len(parts[0].text), len(parts[2].text)) > 2:
        return None
    first, second, year = (int(parts[k].text) for k in (0, 2, 4))
    if mark == "/" and first <= 12 and second <= 12 and first != second:
        return None
    day, month = (second, first) if mark == "/" and second > 12 else (first, second)
    if not (1 <= month <= 12 and 1 <= day <= 31 and year > 0):
        return None
    return Endpoint(year=year, month=month, day=day), i + 5


def read_day_month(tokens: Tokens, i: int) -> Read | None:
    at = i + (tokens.lower(i) == "the")
    day = read_day(tokens, at)
    if day is None:
        return None
    ordinal = day[1] > at + 1
    at = day[1] + (tokens.lower(day[1]) == "of" and (ordinal or at > i))
    month = read_month(tokens, at) if tokens.follows(at) else None
    if month is None:
        return None
    return with_written_year(tokens, Endpoint(month=month[0], day=day[0]), month[1])


def _read_month_day(tokens: Tokens, i: int) -> Read | None:
    month = read_month(tokens, i)
    if month is None:
        return None
    at = month[1] + (tokens.lower(month[1]) == "the")
    day = read_day(tokens, at) if tokens.follows(at) else None
    if day is not None:
        return with_written_year(tokens, Endpoint(month=month[0], day=day[0]), day[1])
    read = with_written_year(tokens, Endpoint(month=month[0]), month[1])
    if read[0].year is None and not _month_in_place(tokens, i, month[1]):
        return None
    return read


def _month_in_place(tokens: Tokens, i: int, stop: int) -> bool:
    before = tokens.lower(i - 1) if i and not tokens[i].broken else ""
    if before in DASHES or before == "/":
        before = "and"
    if abbreviated(tokens, i):
        return _range_follows(tokens, stop)
    if before in ("the", "to"):
        return tokens.lower(i) not in DOUBTFUL_MONTHS
    doubtful = tokens.lower(i) in DOUBTFUL_MONTHS
    if before == "of" and tokens.lower(i) in ("march", "may"):
        # "The Isle of May", but "the month of May".
        return tokens.lower(i - 2) in ("month", "rest", "most", "whole", "remainder", "course")
    if before in MONTH_CONTEXT:
        return not (doubtful and before in ("on", "and", "or", "after", "before", "this")
                    ) or _range_follows(tokens, stop)  # fmt: skip
    return not doubtful or _range_follows(tokens, stop)


def _range_follows(tokens: Tokens, i: int) -> bool:
    joint = tokens.lower(i)
    at = i + 1
    if joint not in DASHES and joint not in ("to", "or", "/", "and", "until", "through"):
        return False
    return read_month(tokens, at) is not None or (
        joint not in ("to", "and", "or") and tokens[at].kind == "n" and not counted(tokens, at + 1)
    )  # fmt: skip


def with_written_year(tokens: Tokens, end: Endpoint, i: int) -> Read:
    """Read an optional year after a day or month: ", 1946", "1946", "of 1946", "30 BC"."""
    at = skip_other_style(tokens, i)
    style = read_style(tokens, at)
    if style is not None:
        end, at = replace(end, style=style[0]), style[1]
    at = _after_aside(tokens, at)
    after = at
    if tokens.lower(at) in (",", "of"):
        after = at + 1
    if not tokens.follows(at) or not tokens.follows(after):
        return end, at
    year = read_year(tokens, after, short=True)
    if year is None:
        return end, at
    return replace(end, year=year[0], era=year[1]), year[2]


def _after_aside(tokens: Tokens, i: int) -> int:
    """Skip a bracket before a year: "September (Metageitnion), 490 BC"."""
    if tokens[i].text != "(":
        return i
    for k in range(i + 1, i + 12):
        if tokens[k].text == ")":
            after = k + 1 + (tokens[k + 1].text == ",")
            return k + 1 if read_year(tokens, after, short=True) else i
    return i


def _read_part(tokens: Tokens, i: int) -> Read | None:
    """Read "late 1944", "mid-April", "the end of November", "the second half of 1944"."""
    at = i + (tokens.lower(i) == "the")
    word = tokens.lower(at)
    if word in PARTS and tokens.lower(at + 1) not in ("of", *STRETCHES):
        part, at = PARTS[word], at + 1
        at += tokens[at].text in DASHES
    elif word in STRETCH_PARTS and tokens.lower(at + 1) in STRETCHES and _of(tokens, at + 2):
        part, at = STRETCH_PARTS[word], at + 2
    elif word in ("first", "second", "latter") and tokens.lower(at + 1) == "half":
        part, at = f"half{1 + (word != 'first')}", at + 2
    elif word in PARTS_OF and word != "half":
        part, at = PARTS_OF[word], at + 1
    else:
        return None
    at += tokens.lower(at) in ("of", "in")
    at += tokens.lower(at) in ("the", "that")
    inner = _read_part_of(tokens, at)
    if inner is None:
        return None
    return replace(inner[0], part=part), inner[1]


def _of(tokens: Tokens, i: int) -> bool:
    return tokens.lower(i) == "of"


def _read_part_of(tokens: Tokens, i: int) -> Read | None:
    month = read_month(tokens, i)
    if month is not None:
        return with_written_year(tokens, Endpoint(month=month[0]), month[1])
    if tokens.lower(i) in SEASONS:
        return read_season(tokens, i)
    century = read_century(tokens, i)
    if century is not None:
        return century
    year = read_year(tokens, i)
    return None if year is None else (Endpoint(year=year[0], era=year[1]), year[2])


def _read_whole_season(tokens: Tokens, i: int) -> Read | None:
    the = tokens.lower(i) == "the"
    read = read_season(tokens, i + the)
    if read is None or read[0].year is not None:
        return read
    before = tokens.lower(i - 1)
    spoken = {"in", "during", "by", "throughout", "until", "since"} if the else {"that", "in"}
    if before not in spoken or tokens.lower(i + the) == "fall":
        return None
    return read if closes(tokens, read[1]) and tokens.lower(read[1]) != "of" else None


def _read_whole_century(tokens: Tokens, i: int) -> Read | None:
    return read_century(tokens, i + (tokens.lower(i) == "the"))


def _read_bare_year(tokens: Tokens, i: int) -> Read | None:
    old = read_old_year(tokens, i)
    if old is not None:
        return Endpoint(year=old[0]), old[1]
    year = read_year(tokens, i)
    return None if year is None else (Endpoint(year=year[0], era=year[1]), year[2])


def _read_the_day(tokens: Tokens, i: int) -> Read | None:
    if tokens.lower(i) != "the":
        return None
    day = read_day(tokens, i + 1)
    if day is None or day[1] == i + 2:
        return None
    return Endpoint(day=day[0]), day[1]
