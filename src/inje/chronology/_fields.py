"""Reading the fields of a date: day, month, year, era, century, style.

Every reader takes the tokens and an index and returns what it read with the
index after it, or None. Each looks only a fixed number of tokens ahead, so
that the whole search is linear in the text.
"""

from __future__ import annotations

from inje.chronology._calendar import Calendar
from inje.chronology._endpoint import Endpoint
from inje.chronology._lexicon import (
    ABBREVIATED_MONTHS,
    AMOUNT_WORDS,
    FIELD_LABELS,
    FUNCTION_WORDS,
    MONTHS,
    ORDINAL_SUFFIXES,
    ORDINAL_WORDS,
    SEASONS,
    UNIT_WORDS,
    YEAR_CONTEXT,
)
from inje.chronology._tokens import Tokens

DASH = "-‐‑"
_ERAS = {"bc": "bc", "bce": "bc", "ad": "ad", "ce": "ad"}
_INITIALS = (("b", "c", "e"), ("b", "c"), ("a", "d"), ("c", "e"))
FIRST_PLAIN_YEAR, LAST_PLAIN_YEAR = 1000, 2100


def number_at(tokens: Tokens, i: int) -> bool:
    """Return whether a whole number, and not a piece of one, starts at `i`."""
    if tokens[i].kind != "n":
        return False
    if not tokens[i].glued:
        return True
    before = tokens[i - 1]
    if before.kind == "w":
        return before.lower in FIELD_LABELS
    if before.text in "$£€#§":
        return False
    # "3.5" and "12,000" are one number.
    return not (before.text in ".,:" and before.glued and tokens[i - 2].kind == "n")


def counted(tokens: Tokens, j: int) -> bool:
    """Return whether what follows a number makes it a count: ",000", "%", "men"."""
    after, next_after = tokens[j], tokens[j + 1]
    if after.glued and next_after.glued and next_after.kind == "n" and after.text in ".,:":
        return True
    if after.text in "%°" and after.text:
        return True
    if after.glued and after.kind == "w" and after.lower not in ORDINAL_SUFFIXES:
        return after.lower not in MONTHS
    if after.text in "-‐‑" and after.text and after.glued:
        return next_after.lower in UNIT_WORDS or next_after.lower == "strong"
    return after.lower in UNIT_WORDS


def read_month(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Read a month's name, or its abbreviation with an optional point."""
    token = tokens[i]
    if token.kind != "w" or token.text.islower():
        return None
    if token.lower in MONTHS:
        return MONTHS[token.lower], i + 1
    if token.lower not in ABBREVIATED_MONTHS:
        return None
    dotted = tokens[i + 1].text == "." and tokens[i + 1].glued
    return ABBREVIATED_MONTHS[token.lower], i + 2 if dotted else i + 1


def abbreviated(tokens: Tokens, i: int) -> bool:
    """Return whether the month at `i` is abbreviated (too weak a sign alone)."""
    return tokens[i].lower not in MONTHS


def read_day(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Read a day of the month, 1 to 31, with an optional ordinal suffix."""
    if not number_at(tokens, i) or len(tokens[i].text) > 2:
        return None
    day = int(tokens[i].text)
    if not 1 <= day <= 31:
        return None
    if tokens[i + 1].lower in ORDINAL_SUFFIXES and tokens[i + 1].glued:
        return day, i + 2
    return None if counted(tokens, i + 1) else (day, i + 1)


def read_era(tokens: Tokens, i: int) -> tuple[str, int] | None:
    """Read BC, BCE, AD, CE, with or without points."""
    word = tokens[i]
    if word.lower in _ERAS and (word.text.isupper() or word.glued):
        return _ERAS[word.lower], i + 1
    for letters in _INITIALS:
        at = range(i, i + 2 * len(letters), 2)
        if all(
            tokens[k].lower == letter and tokens[k + 1].text == "." and tokens[k + 1].glued
            for k, letter in zip(at, letters, strict=True)
        ) and tokens[i].text.isupper():  # fmt: skip
            return _ERAS["".join(letters)], i + 2 * len(letters)
    return None


def read_year(tokens: Tokens, i: int, *, short: bool = False) -> tuple[int, str, int] | None:
    """Read a year as (number, era, next): plain 1000 to 2100, or any with its era.

    `short` allows three digits without an era where the words after it show
    that it is no count ("July 251 at Abritus").
    """
    before = read_era(tokens, i)
    at = before[1] if before else i
    if not number_at(tokens, at) or len(tokens[at].text) > 4:
        return None
    year, after = int(tokens[at].text), read_era(tokens, at + 1)
    if year == 0 or (before and before[0] == "bc"):
        return None
    if after:
        return year, after[0], after[1]
    if counted(tokens, at + 1):
        return None
    if before:
        return year, before[0], at + 1
    plain = len(tokens[at].text) == 4 and FIRST_PLAIN_YEAR <= year <= LAST_PLAIN_YEAR
    if plain or (short and year >= 100 and closes(tokens, at + 1)):
        return year, "", at + 1
    return None


def closes(tokens: Tokens, i: int) -> bool:
    """Return whether a number before `i` stands alone: a mark, the end, a function word."""
    token = tokens[i]
    return token.kind in ("", "p") or token.broken or token.lower in FUNCTION_WORDS


def read_century(tokens: Tokens, i: int) -> tuple[Endpoint, int] | None:
    """Read "1940s", "19th century", "third century BC"."""
    token, after = tokens[i], tokens[i + 1]
    if token.kind == "n" and after.lower == "s" and after.glued and len(token.text) in (3, 4):
        year = int(token.text)
        if number_at(tokens, i) and year % 10 == 0 and year > 0:
            era = read_era(tokens, i + 2)
            if era and era[0] == "bc":
                return Endpoint(year=year + 9, era="bc", scale=10), era[1]
            # "The 1800s" are a century, "the 1900s" too often a decade to say.
            scale = 100 if year % 100 == 0 and year < 1900 else 10
            return Endpoint(year=year, scale=scale), era[1] if era else i + 2
        return None
    number, at = _ordinal(tokens, i)
    if number is None or not 1 <= number <= 21:
        return None
    at += tokens[at].text in DASH and tokens[at].text != ""
    if tokens.lower(at) not in ("century", "centuries"):
        return None
    era = read_era(tokens, at + 1)
    if era and era[0] == "bc":
        return Endpoint(year=100 * number, era="bc", scale=100), era[1]
    first = 100 * (number - 1)
    # Year 0 is 1 BC: the first century AD is written as starting there.
    end = Endpoint(year=first, scale=100) if first else Endpoint(year=1, era="bc", scale=100)
    return end, era[1] if era else at + 1


def _ordinal(tokens: Tokens, i: int) -> tuple[int | None, int]:
    token = tokens[i]
    if token.kind == "n" and len(token.text) <= 2 and tokens[i + 1].lower in ORDINAL_SUFFIXES:
        return int(token.text), i + 2
    return ORDINAL_WORDS.get(token.lower), i + 1


def read_style(tokens: Tokens, i: int) -> tuple[Calendar, int] | None:
    """Read a stated calendar after a date: (O.S.), N.S., [Julian], Old Style."""
    opened = tokens[i].text in ("(", "[")
    at = i + opened
    style = _style_words(tokens, at)
    if style is None:
        return None
    calendar, at = style
    if opened:
        if tokens[at].text not in (")", "]"):
            return None
        at += 1
    return calendar, at


def _style_words(tokens: Tokens, i: int) -> tuple[Calendar, int] | None:
    word, after = tokens[i], tokens[i + 1].lower
    if word.lower in ("old", "new") and after == "style":
        return "julian" if word.lower == "old" else "gregorian", i + 2
    if word.lower in ("julian", "gregorian") and word.text.istitle():
        return "julian" if word.lower == "julian" else "gregorian", i + 1
    if word.text in ("OS", "NS"):
        return "julian" if word.text == "OS" else "gregorian", i + 1
    initials = [tokens[k].text for k in range(i, i + 4)]
    if initials[0] in ("O", "N") and initials[1:] == [".", "S", "."]:
        return "julian" if initials[0] == "O" else "gregorian", i + 4
    return None


def skip_other_style(tokens: Tokens, i: int) -> int:
    """Skip a bracket that gives the same date in the other style: [O.S. 25 October]."""
    if tokens[i].text not in ("[", "(") or _style_words(tokens, i + 1) is None:
        return i
    for k in range(i + 1, i + 12):
        if tokens[k].text in ("]", ")"):
            return k + 1
    return i


def read_season(tokens: Tokens, i: int) -> tuple[Endpoint, int] | None:
    """Read a season with its year: "spring 1946", "winter of 1944-45"."""
    word = tokens[i].lower
    if word not in SEASONS:
        return None
    of = tokens.lower(i + 1) == "of"
    comma = tokens.lower(i + 1) == ","
    year = read_year(tokens, i + 1 + (of or comma))
    if year is None:
        return Endpoint(month=SEASONS[word]), i + 1
    number, era, at = year
    end = Endpoint(year=number, era=era, month=SEASONS[word])
    second, ahead = tokens[at + 1], (number + 1) % 100
    joined = tokens[at].kind == "p" and tokens[at].text in DASH + "–/"
    if word == "winter" and joined and second.kind == "n" and len(second.text) in (2, 4):
        at += 2 * (int(second.text) % 100 == ahead)
    return end, at


def read_old_year(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Read a year of three digits without era, as in "In 251, the Goths"."""
    digits = tokens[i].text
    if not number_at(tokens, i) or len(digits) != 3 or tokens[i - 1].text != "In":
        return None
    after = i + 1
    if counted(tokens, after) or not (tokens[after].text == "," or _opens_clause(tokens, after)):
        return None
    return int(digits), after


def _opens_clause(tokens: Tokens, i: int) -> bool:
    return tokens.lower(i) in ("the", "he", "she", "they", "it", "a", "an", "at", "when", "after")


def year_introduced(tokens: Tokens, i: int) -> bool:
    """Return whether the words before `i` make a bare year a date."""
    before = tokens[i - 1]
    if i == 0 or before.lower not in YEAR_CONTEXT or tokens[i].broken:
        return False
    return not (before.lower in ("of", "by", "from") and tokens.lower(i - 2) in AMOUNT_WORDS)
