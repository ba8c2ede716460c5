"""Numbers of people in prose, with the vagueness of their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from text_to_num import text2num

from inje.dossier._records import Value
from inje.dossier.drafting._counted import counted_after

__all__ = ["Number", "numbers_in"]

_UNITS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
#: up to 99, up to 999, and any number in words: "twenty-five", "three hundred and ten"
_SMALL = rf"(?:(?:{_TENS})(?:[ -](?:{_UNITS}))?|(?:{_UNITS}))"
_MIDDLE = rf"(?:(?:a |(?:{_SMALL})[ -])hundred(?:(?: and)?[ -]{_SMALL})?|{_SMALL})"
_WORDED = (
    rf"(?:(?:a |{_MIDDLE}[ -])(?:thousand|million)(?:,?(?: and)?[ -]{_MIDDLE})?|half a million|"
    rf"{_MIDDLE})"
)
_DIGITS = (
    r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3}|\x20000)+(?!\d)|"
    r"\d+(?:\.\d+)?(?=(?:\s?(?:–|-|to)\s?\d+(?:\.\d+)?)?\s+(?:million|thousand)\b)|\d+"
)
_ONE = rf"(?:{_DIGITS})(?:\s+(?:million|thousand))?"
_STRONG = (
    r"-strong|-man(?= (?:\w+ )?(?:garrison|force|army|detachment|contingent|column|unit|crew|"
    r"company|battalion|brigade|division|regiment|corps|guard|expedition|party|patrol|team|squad|"
    r"platoon|command|group|militia))"
)
_NUMBER = re.compile(
    rf"(?:(?<![\w.,/$£€#:°′″-])|(?<=[a-z ]/)|(?<=\bc\.)|(?<=\bca\.))(?P<a>{_ONE})"
    rf"(?:\s?(?:–|—|-|\bto\b|\bor\b)\s?(?P<b>{_ONE}))?(?P<plus>\+)?"
    rf"(?:-odd)?(?P<strong>{_STRONG})?(?![\w/%°′″]|[.,:]\d|-(?:year|pound|inch|mm|gun|mile|"
    rf"hour|day))"
)
_WORDS = re.compile(
    rf"\b(?P<w>{_WORDED})(?:(?: to | or |-to-|–)(?P<b>{_WORDED}))?(?:-odd)?(?P<strong>{_STRONG})?\b",
    re.I,
)
_DOZENS = re.compile(
    r"\b(?P<w>(?:half )?an?|two|three|four|five|six|seven|eight|ten|twelve) (?P<of>dozen|score)\b",
    re.I,
)
_CROWD = re.compile(
    r"\b(?:(?:several|many|few|some) (?P<one>hundred|dozen|thousand)s?|"
    r"(?P<many>hundreds of thousands|hundreds|dozens|tens of thousands|thousands))\b"
    r"(?! (?:and )?\d)",
    re.I,
)
_RANGE = re.compile(
    rf"\bbetween\s+(?:about\s+)?(?P<a>{_ONE}|{_WORDED})\s+(?:and|to)\s+(?P<b>{_ONE}|{_WORDED})"
    r"(?![\w/%])(?P<plus>)",
    re.I,
)
_BEFORE = re.compile(
    r"(?:(?P<about>about|around|approximately|roughly|some|circa|c\.|ca\.|approx\.?|estimated|"
    r"an estimated|perhaps|possibly|probably|maybe|in the region of|in the order of|"
    r"nearly|almost|~|≈|close to|an average of)|(?P<least>(?:cannot|could not|can hardly|hardly) (?:be|have been) (?:less|fewer) than|more than|over|at least|no (?:less|"
    r"fewer) than|not (?:less|fewer) than|upwards of|"
    r"above|exceeding|in excess of|minimum of)|(?P<most>up to|at most|no more than|fewer than|"
    r"less than|under|not more than|as many as|maximum of|below)|(?P<between>between|"
    r"from))\s?(?:the |a )?$",
    re.I,
)
_NOT_PEOPLE_AFTER = re.compile(
    r"\s?(?:km|kilomet|mi\b|miles?\b|m\b|met(?:re|er)s?\b|feet\b|ft\b|yards?\b|inch|lb|kg|tons?\b|"
    r"tonnes?\b|percent|per cent|%|°|am\b|pm\b|a\.m|p\.m|o'clock|hours?\b|minutes?\b|days?\b|"
    r"weeks?\b|"
    r"months?\b|years?\b|hectares|acres|square|knots|degrees|cm\b|mm\b|th\b|st\b|nd\b|rd\b|"
    r"leagues|paces)",
    re.I,
)
_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?\s*$"
)
_MONTH_AFTER = re.compile(
    r"\s*(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|BC|AD|CE)\b"
)
_MANY = {
    "hundreds of thousands": (200_000, 999_999),
    "hundred": (200, 999),
    "dozen": (24, 99),
    "thousand": (2_000, 9_999),
    "tens of thousands": (20_000, 99_999),
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the clean text.

    Attributes
    ----------
    start, end : span of the number itself.
    phrase : where the words of vagueness before it begin.
    value : the value with its vagueness.
    strong : whether it is of the form "800-strong".
    """

    start: int
    end: int
    phrase: int
    value: Value
    strong: bool = False


def numbers_in(
    text: str, offset: int = 0, taken: tuple[tuple[int, int], ...] = ()
) -> Iterator[Number]:
    """Numbers that may count people, in reading order; `taken` spans (dates) are left out."""
    for match in _all(text):
        start, end = offset + match.start(), offset + match.end()
        if any(a < end and start < b for a, b in taken) or _other(text, match):
            continue
        number = _number(text, match, offset)
        if number is not None:
            yield number


def _all(text: str) -> Iterator[re.Match[str]]:
    """Matches in reading order; what lies in an earlier, longer one is left out."""
    patterns = (_RANGE, _NUMBER, _CROWD, _DOZENS, _WORDS)
    found = [m for pattern in patterns for m in pattern.finditer(text)]
    end = 0
    for match in sorted(found, key=lambda m: (m.start(), -m.end())):
        if match.start() < end or match.group().lower() in _SCALES:
            continue
        end = match.end()
        yield from _two_numbers(text, match) or (match,)


def _two_numbers(text: str, match: re.Match[str]) -> tuple[re.Match[str], ...]:
    """As in "15,000 - 3 legions": a dash between blanks that joins no range."""
    if match.re is not _NUMBER or not match["b"] or not _APART.search(match.group()):
        return ()
    first, second = _digits(match["a"]), _digits(match["b"])
    if first is None or second is None or second * 10 >= first:
        return ()
    found = (_NUMBER.match(text, *match.span("a")), _NUMBER.match(text, match.start("b")))
    return tuple(number for number in found if number is not None)


_APART = re.compile(r"\s[–—-]\s")


_SCALES = ("hundred", "thousand", "million")


def _other(text: str, match: re.Match[str]) -> bool:
    """Dates, measures, ordinals and years are not numbers of people."""
    if match.re in (_CROWD, _DOZENS):
        return False
    after = text[match.end() : match.end() + 16]
    if _NOT_PEOPLE_AFTER.match(after) or re.match(r"-\w", after):
        return True
    before = text[max(0, match.start() - 14) : match.start()]
    if match.re is _WORDS:
        return match["b"] is None and bool(_CALLED.search(before))
    named = _CALLED.search(before) or _ACRONYM.search(before) or _UNIT_NAME.match(after)
    if named and "," not in match["a"]:
        return True
    dated = _MONTH.search(before) and "," not in match["a"]
    if (dated and not _counts(text, match)) or _MONTH_AFTER.match(after):
        return True
    bare = match["a"]
    year = bare.isdigit() and len(bare) == 4 and 1000 <= int(bare) <= 2100
    counting = re.search(r"(?:\b(?:of|and|with|to|from)\s*|^)$", before) and _counts(text, match)
    counting = counting and not after.startswith((" the ", " a "))
    return (
        year
        and not _peopled(after)
        and not counting
        and bool(re.search(r"(?:in|of|by|since|until|from|to|and|early|late|,)\s*$|^$", before))
    )


#: words that a number names, not counts: "Model 91", "Task Force 38"
_CALLED = re.compile(
    r"\b(?:Models?|Mark|Mk\.?|Types?|Hills?|Heights?|Points?|Routes?|Highway|Orders?|Directive|Phase|"
    r"Chapter|Article|[Ee]pisode|[Ss]eason|[Cc]hapter|Apollo|Channel|Windows|Formula|Force|Redoubts?|Fort|Nos?\.|Number|Plate|Figure|Table|Map|Page|pages?|pp?\.|"
    r"Battery|Company|Squadron|Panzer|Group|Sector|Beach|Class|Part|Book|Volume|vol\.|Tiger|"
    r"Bf|Ju|He|Fw|Do|Stuka)\s$"
)


#: "ONS 5", "SC 128"; "206 Squadron", "45 Commando"
_ACRONYM = re.compile(r"(?<![A-Za-z.])(?!US\b|UK\b|CS\b|RAF\b|AD\b|BC\b)[A-Z]{2,5}\s$")
_UNIT_NAME = re.compile(
    r" (?:(?:Infantry|Panzer|Armou?red|Parachute|Cavalry|Guards|Field|Rifle|Marine) )?(?:Squadron|Commando|"
    r"Division|Brigade|Battalion|Regiment|Company|Corps|Group|Wing|Army|Troop|Battery)\b"
)


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether a number behind a month counts something: "on 25 September 160 volunteers"."""
    sort = counted_after(text[match.end() : match.end() + 80], 20).sort
    return sort in ("people", "units", "things")


def _peopled(after: str) -> bool:
    return bool(
        re.match(
            r"\s+(?:men|soldiers|troops|killed|wounded|infantry|cavalry|prisoners|casualties)",
            after,
        )
    )


def _number(text: str, match: re.Match[str], offset: int) -> Number | None:
    start, end = offset + match.start(), offset + match.end()
    if match.re is _CROWD:
        return Number(start, end, start, _crowd((match["one"] or match["many"]).lower()))
    best, high = _read(match)
    if best is None:
        return None
    if high is not None and high < best:
        best, high = (best, None) if high * 10 < best else (high, best)
    before = _BEFORE.search(text, max(0, match.start() - 36), match.start())
    phrase = offset + (before.start() if before else match.start())
    alone = before and before["between"] and high is None
    if before and (alone or text[before.start() - 1 : before.start()].isalnum()):
        before, phrase = None, start
    plus = match.re is _NUMBER and match["plus"] is not None
    strong = match.re in (_NUMBER, _WORDS) and match["strong"] is not None
    value = _value(best, high, before, plus)
    if match.re is _DOZENS and value.vagueness in ("exact", "rounded"):
        value = Value(low=best * 4 // 5, best=best, high=best * 5 // 4, vagueness="about")
    return Number(start, end, phrase, value, strong)


def _read(match: re.Match[str]) -> tuple[int | None, int | None]:
    """The number, and the second one of a range; "two or three thousand" shares the thousand."""
    if match.re is _DOZENS:
        each = 12 if match["of"].lower() == "dozen" else 20
        many = match["w"].lower()
        return (each // 2 if many == "half a" else each * (_any(many) or 1)), None
    first, second = match["w" if match.re is _WORDS else "a"], match["b"]
    best, high = _any(first), _any(second) if second else None
    if best is None or high is None or best >= 100:
        return best, high
    for scale in (1_000_000, 1000, 100):
        whole = high % scale == 0 and best < high // scale < 1000
        said = not re.search("hundred|thousand|million", first, re.I)
        if whole and said and (scale != 100 or "hundred" in second.lower()):
            return best * scale, high
    return best, high


def _any(text: str) -> int | None:
    return _digits(text) if text[0].isdigit() else _worded(text)


def _crowd(words: str) -> Value:
    low, high = _MANY[words if " of " in words else words.rstrip("s")]
    vagueness = "hundreds" if (low, high) == _MANY["hundred"] else "between"
    return Value(low=low, best=None, high=high, vagueness=vagueness)


def _value(best: int, high: int | None, before: re.Match[str] | None, plus: bool) -> Value:
    if high is not None:
        return Value(low=best, best=(best + high) // 2, high=high, vagueness="between")
    if plus or (before and before["least"]):
        return Value(low=best, best=best, vagueness="at_least")
    if before and before["most"]:
        return Value(best=best, high=best, vagueness="at_most")
    if before and before["about"]:
        return Value(low=best * 4 // 5, best=best, high=best * 5 // 4, vagueness="about")
    grid = _grid(best)
    if grid:
        low, high = best - grid // 2, best + (grid + 1) // 2 - 1
        return Value(low=low, best=best, high=high, vagueness="rounded", to=grid)
    return Value(low=best, best=best, high=best)


def _grid(n: int) -> int:
    """To what a number was rounded: 800 to hundreds, 650 to fifties; 0 if it looks counted.

    A number of at most three significant digits that ends in two noughts, or a multiple of
    fifty from 150 on, is taken as rounded.
    """
    grid = 1
    while n and n % (grid * 10) == 0:
        grid *= 10
    if grid >= 100 and n // grid < 1000:
        return grid
    return 50 if n >= 150 and n % 50 == 0 and n < 10_000 else 0


def _digits(text: str) -> int | None:
    words = re.sub(r"(?<=\d)[,\x20\u00a0\u2009\u202f](?=\d{3})", "", text).split()
    factor = {"million": 1_000_000, "thousand": 1000}.get(words[-1], 1)
    try:
        return round(float(words[0]) * factor)
    except ValueError:
        return None


def _worded(text: str) -> int | None:
    plain = text.lower().replace("-", " ").replace(",", " ").strip()
    if plain == "half a million":
        return 500_000
    words = re.sub(r"^an?(?:\s+|$)", "one ", plain).strip()
    try:
        return int(text2num(words, "en"))
    except ValueError:
        return None
