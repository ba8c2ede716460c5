"""Reading times that lean on another time: relative dates, durations, times of day."""

from __future__ import annotations

from dataclasses import dataclass

from inje.chronology._fields import DASH, counted, number_at
from inje.chronology._lexicon import (
    AFTER,
    BEFORE,
    NEXT,
    NUMBER_WORDS,
    ORDINAL_WORDS,
    PREVIOUS,
    TIME_PREPOSITIONS,
    TIMES_OF_DAY,
    UNIT_DAYS,
    VAGUE_NUMBERS,
)
from inje.chronology._tokens import Tokens

_CLAUSE_WORDS = frozenset({"and", "but", "they", "he", "she", "it", "on", "in", "at"})
_BATTLE_WORDS = frozenset(
    {"battle", "battles", "clash", "clashes", "fighting", "engagement", "attack", "assault",
     "siege", "action", "invasion", "landing", "landings"}
)  # fmt: skip
_LENGTH_WORDS = frozenset(
    {"for", "lasted", "lasting", "after", "over", "during", "within", "about", "some", "nearly",
     "almost", "the", "another", "only", "than", "took", "of", "in"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """A time told by another time.

    Attributes
    ----------
    kind : "relative", "duration" or "time_of_day".
    stop : index of the token after it.
    anchor : "previous" (the date before it in the text) or "event" (the event told), or "".
    offset : least and most days from the anchor; None where only the order is told.
    days : length of a duration in days, None where vague.
    hours : hours of the local day.
    unit : "month" or "year" where the offset is counted in these, else "".
    count : number of such units from the anchor.
    """

    kind: str
    stop: int
    anchor: str = ""
    offset: tuple[int, int] | None = None
    days: float | None = None
    hours: tuple[float, float] | None = None
    unit: str = ""
    count: int = 0


def read_phrase(tokens: Tokens, i: int) -> Phrase | None:
    """Read the relative date, duration or time of day that starts at token `i`."""
    return (
        _at_the_time(tokens, i)
        or _next_day(tokens, i)
        or _same_day(tokens, i)
        or _amount(tokens, i)
        or _nth_day(tokens, i)
        or _clock(tokens, i)
        or _time_of_day(tokens, i)
    )


def _words(tokens: Tokens, i: int, *words: str) -> bool:
    return all(tokens.lower(i + k) == word for k, word in enumerate(words)) and all(
        tokens.follows(i + k) for k in range(1, len(words))
    )


def _at_the_time(tokens: Tokens, i: int) -> Phrase | None:
    if tokens.lower(i) in ("simultaneously", "meanwhile"):
        return Phrase("relative", i + 1, "previous")
    for phrase in (("at", "the", "same", "time"), ("at", "this", "time"), ("at", "that", "time")):
        if _words(tokens, i, *phrase):
            return Phrase("relative", i + len(phrase), "previous")
    if _words(tokens, i, "at", "the", "time"):
        return Phrase("relative", i + 3, "event")
    return None


def _next_day(tokens: Tokens, i: int) -> Phrase | None:
    at = i + (tokens.lower(i) == "the")
    word = tokens.lower(at)
    if word == "day" and at > i:
        return _day_after(tokens, i)
    if word not in NEXT and word not in PREVIOUS:
        return None
    sign, unit = (1 if word in NEXT else -1), tokens.lower(at + 1)
    if unit in UNIT_DAYS and unit not in ("hour", "minute", "fortnight"):
        low, high = UNIT_DAYS[unit]
        offset = (sign * int(low), sign * int(high))
        hours = TIMES_OF_DAY.get(unit)
        return Phrase("relative", at + 2, "previous", _sorted(offset), hours=hours,
                      unit=unit if high > low else "", count=sign)  # fmt: skip
    if unit in TIMES_OF_DAY:
        return Phrase("relative", at + 2, "previous", (sign, sign), hours=TIMES_OF_DAY[unit])
    number = _number(tokens, at + 1)
    if number is None or at == i:
        return None
    days = _days(tokens, number[1])
    if days is None or number[0] is None:
        return None
    length = number[0] * days[0]
    if length < 1:
        return Phrase("duration", days[2], days=length)
    # "over the next three days": one to three days on.
    offset = (1, int(number[0] * days[1])) if sign > 0 else (-int(number[0] * days[1]), -1)
    return Phrase("relative", days[2], "previous", offset)


def _day_after(tokens: Tokens, i: int) -> Phrase | None:
    if tokens.lower(i + 2) not in ("after", "before"):
        return None
    sign = 1 if tokens.lower(i + 2) == "after" else -1
    return Phrase("relative", i + 3, "previous", (sign, sign))


def _same_day(tokens: Tokens, i: int) -> Phrase | None:
    if tokens.lower(i) not in ("that", "same", "the"):
        return None
    at = i + 1 + (tokens.lower(i + 1) == "same") if tokens.lower(i) != "same" else i + 1
    if tokens.lower(i) == "the" and at == i + 1:
        return None
    word = tokens.lower(at)
    if word == "day" or word in TIMES_OF_DAY:
        hours = TIMES_OF_DAY.get(word)
        return Phrase("relative", at + 1, "previous", (0, 0), hours=hours)
    return None


def _amount(tokens: Tokens, i: int) -> Phrase | None:
    """Read "two days later", "four-day", "for three weeks", "within a week"."""
    number = _number(tokens, i)
    if number is None:
        return None
    count, at = number
    joined = tokens[at].text in DASH and tokens[at].kind == "p"
    days = _days(tokens, at + joined)
    if days is None:
        return None
    low, high, stop = days
    length = None if count is None else count * low
    if joined and _is_age(tokens, stop):
        return None
    if joined:
        if tokens[stop].text in DASH and tokens.lower(stop + 1) == "long":
            stop += 2
        singular = tokens.lower(at + 1) in UNIT_DAYS
        return Phrase("duration", stop, days=length) if singular else None
    if _is_age(tokens, stop):
        return None
    after = tokens.lower(stop)
    sign = 1 if after in AFTER else -1 if after in BEFORE else 0
    if sign:
        offset = None
        if count is not None and high >= 1:
            offset = _sorted((sign * int(count * low), sign * int(count * high)))
        elif count is not None:
            offset = _sorted((0, sign * int(count * high)))
        whole = high > low and count is not None and count == int(count)
        return Phrase("relative", stop + 1, _anchor(tokens, stop), offset,
                      unit=_unit(tokens, at) if whole else "",
                      count=sign * int(count or 0))  # fmt: skip
    long = tokens[stop].text in DASH and tokens.lower(stop + 1) == "long"
    article = tokens.lower(i) in ("a", "an")
    if article and not (long or tokens.lower(i - 1) in ("for", "lasted", "within")):
        return None
    told = tokens.lower(i - 1) in _LENGTH_WORDS or after in ("of", "'", "’", "long") or long
    return Phrase("duration", stop + 2 * long, days=length) if told else None


def _is_age(tokens: Tokens, i: int) -> bool:
    """Return whether "old" or "of age" follows a number of years."""
    at = i + (tokens[i].text in DASH and tokens[i].kind == "p")
    return tokens.lower(at) == "old" or _words(tokens, at, "of", "age")


def _anchor(tokens: Tokens, i: int) -> str:
    """Say from what "three days before ..." counts: the last date, the battle, another event."""
    if tokens.lower(i) in ("later", "earlier", "afterwards", "afterward", "thereafter"):
        return "previous"
    follower = tokens[i + 1]
    if follower.kind != "w" or follower.broken or follower.lower in _CLAUSE_WORDS:
        return "previous"
    at = i + 1 + (follower.lower in ("the", "this", "these"))
    return "event" if tokens.lower(at) in _BATTLE_WORDS else "other"


def _unit(tokens: Tokens, i: int) -> str:
    return tokens.lower(i).removesuffix("s")


def _sorted(offset: tuple[int, int]) -> tuple[int, int]:
    return (min(offset), max(offset))


def _number(tokens: Tokens, i: int) -> tuple[float | None, int] | None:
    """Read a count as (number, next); the number is None for "several"."""
    word = tokens.lower(i)
    if tokens[i].kind == "n":
        return (float(tokens[i].text), i + 1) if (
            number_at(tokens, i) and len(tokens[i].text) <= 3) else None  # fmt: skip
    if word == "a" and tokens.lower(i + 1) == "few":
        return None, i + 2
    if word in VAGUE_NUMBERS:
        return None, i + 1
    if word not in NUMBER_WORDS:
        return None
    value, at = float(NUMBER_WORDS[word]), i + 1
    if value >= 20 and tokens[at].text in DASH and tokens[at].kind == "p":
        ones = NUMBER_WORDS.get(tokens.lower(at + 1), 10)
        if ones < 10:
            value, at = value + ones, at + 2
    if _words(tokens, at, "and", "a", "half"):
        value, at = value + 0.5, at + 3
    elif [tokens.lower(at + k) for k in (1, 3, 5)] == ["and", "a", "half"]:
        value, at = value + 0.5, at + 6
    return value, at


def _days(tokens: Tokens, i: int) -> tuple[float, float, int] | None:
    """Read a unit of time as (least days, most days, next)."""
    word = tokens.lower(i)
    singular = word if word in UNIT_DAYS else word[:-1] if word.endswith("s") else ""
    if singular not in UNIT_DAYS or not tokens.follows(i):
        return None
    return (*UNIT_DAYS[singular], i + 1)


def _nth_day(tokens: Tokens, i: int) -> Phrase | None:
    """Read "on the second day": days of the event told, its first day being 0."""
    if not _words(tokens, i, "the") or tokens.lower(i + 2) not in ("day", "night"):
        return None
    number = ORDINAL_WORDS.get(tokens.lower(i + 1))
    if number is None:
        return None
    hours = TIMES_OF_DAY.get(tokens.lower(i + 2))
    return Phrase("relative", i + 3, "event", (number - 1, number - 1), hours=hours)


def _clock(tokens: Tokens, i: int) -> Phrase | None:
    """Read "05:30", "5 a.m.", "5:30 pm", "0530 hours"."""
    if not number_at(tokens, i) or len(tokens[i].text) > 4:
        return None
    hour, at = float(tokens[i].text), i + 1
    told = False
    if len(tokens[i].text) == 4:
        told = tokens.lower(i - 1) == "at" and hour % 100 < 60 and not counted(tokens, at)
        hour = hour // 100 + hour % 100 / 60
    elif tokens[at].text in (":", ".") and tokens[at + 1].kind == "n" and tokens[at + 1].glued:
        if len(tokens[at + 1].text) != 2 or int(tokens[at + 1].text) > 59:
            return None
        told = tokens[at].text == ":" and len(tokens[i].text) <= 2
        hour, at = hour + int(tokens[at + 1].text) / 60, at + 2
    half = tokens.lower(at)
    if half == "o" and tokens.lower(at + 2) == "clock" and tokens[at + 1].glued:
        return _at_hour(hour, at + 3)
    if half in ("am", "pm"):
        at += 1
    elif half in ("a", "p") and tokens.lower(at + 2) == "m" and tokens[at + 1].text == ".":
        at += 4 if tokens[at + 3].text == "." else 3
    elif half in ("hours", "hrs") and len(tokens[i].text) == 4:
        return _at_hour(hour, at + 1)
    else:
        return _at_hour(hour, at) if told else None
    return _at_hour(hour % 12 + (12 if half.startswith("p") else 0), at) if hour < 13 else None


def _at_hour(hour: float, stop: int) -> Phrase | None:
    return Phrase("time_of_day", stop, hours=(hour, hour)) if hour <= 24 else None


def _time_of_day(tokens: Tokens, i: int) -> Phrase | None:
    if tokens.lower(i) == "overnight":
        return Phrase("time_of_day", i + 1, hours=TIMES_OF_DAY["night"])
    if tokens.lower(i) not in TIME_PREPOSITIONS:
        return None
    at = i + 1 + (tokens.lower(i + 1) in ("the", "late", "early", "mid"))
    at += tokens.lower(at) in ("early", "late")
    at += tokens[at].text in DASH and tokens[at].kind == "p"
    word = tokens.lower(at)
    if word == "first" and tokens.lower(at + 1) == "light":
        return Phrase("time_of_day", at + 2, hours=TIMES_OF_DAY["dawn"])
    if word not in TIMES_OF_DAY or not tokens.follows(at):
        return None
    return Phrase("time_of_day", at + 1, hours=TIMES_OF_DAY[word])
