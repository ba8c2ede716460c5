"""Claims on strengths and losses from the rows of the box of facts."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from inje.document import Block
from inje.dossier._paths import LOSS_CATEGORIES
from inje.dossier._records import Value
from inje.dossier.drafting._counted import Counted, counted_after, is_thing
from inje.dossier.drafting._desk import Desk
from inje.dossier.drafting._lexicon import DEMONYM, FIGHTERS
from inje.dossier.drafting._losses import category_of
from inje.dossier.drafting._numbers import Number, numbers_in
from inje.dossier.drafting._tallies import UNKNOWN

__all__ = ["box_tallies"]

#: whose the losses of a row are that tells of no side
CIVILIANS = "civilians"
_CIVIL = re.compile(r"\b(?:civilians?|non-?combatants?|inhabitants|townspeople|villagers)\b", re.I)
#: the rest of what was counted before, on the same line: "27 ships of the line and six others"
_OTHERS = re.compile(r"\s*others?\b(?!\s+\w)")
#: categories that only people fall into; "2 captured" after "28 tanks damaged" are tanks
_OF_PEOPLE = ("killed", "wounded", "killed_or_wounded", "missing")


def box_tallies(desk: Desk) -> None:
    """Write the strengths and losses of the box of facts."""
    current: str | None = None
    for block in desk.document.blocks:
        if block.kind != "infobox":
            continue
        name = re.match(r"(strength|casualties)(\d?)", block.label)
        if name is None:
            current = None
            continue
        text = desk.document.text[block.start : block.end]
        if _tagged(desk, block, name[1], text):
            continue
        side = _column(desk, name[2]) if name[2] else _led_by(desk, text) or current
        current = side
        if side is None and name[2]:  # a third column, of no side of its own, is of all
            _details(desk, block, name[1], CIVILIANS if _CIVIL.search(text) else UNKNOWN)
        if not name[2] and (parts := _parted(desk, block)):
            for part, led in parts:
                _cells(desk, part, name[1], led)
                _details(desk, part, name[1], led)
        elif side is not None:
            _cells(desk, block, name[1], side)
            _details(desk, block, name[1], side)


def _parted(desk: Desk, block: Block) -> list[tuple[Block, str]]:
    """As in "Northerners about 5,000; Southerners 800": one cell that tells of both sides."""
    text = desk.document.text[block.start : block.end]
    parts = []
    for match in re.finditer(r"[^;\n]+", text):
        led = _led_by(desk, match.group())
        if led is None or led in (key for _, key in parts):
            return []
        start, end = block.start + match.start(), block.start + match.end()
        parts.append((replace(block, start=start, end=end), led))
    return parts if len(parts) > 1 else []


def _details(desk: Desk, block: Block, what: str, side: str) -> None:
    """Every other number of the row: parts, rival estimates, guns and ships. They weigh nothing."""
    said = {desk.spans[c.id] for c in desk.claims if c.rule == "box"}
    text = desk.document.text[block.start : block.end]
    numbers = list(numbers_in(text, block.start))
    before: tuple[int, Counted] | None = None
    for k, number in enumerate(numbers):
        stop = numbers[k + 1].phrase if k + 1 < len(numbers) else block.end
        at = number.start - block.start
        if (number.phrase, number.end) in said:
            continue
        after = re.split(r"[;\n]", desk.document.text[number.end : stop])[0]
        counted = counted_after(after.replace(")", " "), _best(number))
        if before is not None and _OTHERS.match(after) and "\n" not in text[before[0] : at]:
            counted = before[1]
        before = (at, counted)
        if counted.sort == "things":
            counts = f"losses.{side}.materiel" if what == "casualties" else f"materiel.{side}"
        elif counted.sort == "units":
            counts = f"units.{side}"
        elif what == "casualties":
            counts = f"losses.{side}.{category_of(after) or 'total'}"
        else:
            counts = f"strength.{side}"
        people = counts.startswith("strength") or counts.split(".")[-1] in LOSS_CATEGORIES
        unit = "people" if people else counted.noun
        desk.claim(
            "fact",
            number.phrase,
            number.end,
            rule="box-part",
            counts=counts,
            value=number.value.model_copy(update={"unit": unit}),
            summary=f"{counts}: {desk.words(number.phrase, number.end)} {after.strip()}"[:160],
            citations=desk.cited_within(block.start, block.end),
        )


def _column(desk: Desk, column: str) -> str | None:
    return next((side.key for side in desk.sides.all if side.column == column), None)


def _led_by(desk: Desk, text: str) -> str | None:
    """As in "Jordan: 40-84 dead": the side that opens a line."""
    head = re.match(r"\s*([^\d:~]{2,60})", text)
    return desk.sides.of_words(head[1]) if head else None


def _tagged(desk: Desk, block: Block, what: str, text: str) -> bool:
    """The forms "88 total (US 23; CS 65)" and "Armies [US]; 7,000 [CS]"."""
    done = False
    for side in desk.sides.all:
        if not side.column.isalpha():
            continue
        tag = re.escape(side.column)
        if re.match(r"\s*\[\w+\]", text):
            match = re.search(rf"\[{tag}\](?P<told>[^\[]+)", text)
        else:
            match = re.search(rf"\b{tag}\s+(?P<told>[^;()\[\]]+)", text) or re.search(
                rf"(?P<told>[^;\[\]]+)\[{tag}\]", text
            )
        done = done or match is not None
        if match is None:
            continue
        start = block.start + match.start("told")
        told = match["told"]
        for number in numbers_in(told, start):
            rest = told[number.end - start :]
            if what == "casualties" or _people(rest):
                category = category_of(rest) or "total"
                about = f"losses.{side.key}.{category}"
                _claim(
                    desk, block, about if what == "casualties" else f"strength.{side.key}", number
                )
                break
    return done or any(side.column.isalpha() for side in desk.sides.all)


def _people(rest: str) -> bool:
    words = re.findall(r"[a-z]+", rest.lower())[:3]
    return not is_thing(rest) and (not words or any(word in FIGHTERS for word in words))


def _cells(desk: Desk, block: Block, what: str, side: str) -> None:
    people = _people_in(desk, block, what)
    if what == "strength":
        _strengths(desk, block, side, people)
        return
    by_category: dict[str, list[Number]] = defaultdict(list)
    for number, after in people:
        category = category_of(re.split(r"[;\n]", after)[0]) or "total"
        by_category[category].append(number)
    for category, numbers in by_category.items():
        _losses(desk, block, f"losses.{side}.{category}", numbers)


def _people_in(desk: Desk, block: Block, what: str) -> list[tuple[Number, str]]:
    """The numbers of a row that count people, each with the words after it."""
    text = desk.document.text[block.start : block.end]
    numbers = list(numbers_in(text, block.start))
    people: list[tuple[Number, str]] = []
    things = False
    for k, number in enumerate(numbers):
        stop = numbers[k + 1].phrase if k + 1 < len(numbers) else block.end
        after = desk.document.text[number.end : stop]
        category = category_of(after)
        if what == "strength":
            if _counts_people(text, number, after, block.start):
                people.append((number, after))
            continue
        thing = is_thing(after)
        things = things or thing
        if thing or (things and category not in _OF_PEOPLE):
            continue
        if what == "casualties" and not _of_people(after):
            continue
        if category is None and _bracketed(text, number.start - block.start):
            continue  # "202 captured (183 labourers, 19 soldiers)": a part of what was said
        people.append((number, after))
    return people


def _counts_people(text: str, number: Number, after: str, offset: int) -> bool:
    """Whether a number of a strength row counts people, and none of those in brackets."""
    at = number.start - offset
    if _bracketed(text, at):
        return False
    line = re.split(r"[;\n]", after)[0]
    sort = counted_after(line, _best(number)).sort
    if sort or is_thing(line):
        return sort == "people"
    opens = text[text.rfind("\n", 0, at) + 1 : number.phrase - offset].strip(" *~'^≈")
    words = re.findall(r"[^\W\d_]+", re.split(r"[,(]", line)[0])
    return not opens or opens.endswith(":") or not words


def _bracketed(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at)


def _strengths(desk: Desk, block: Block, side: str, people: list[tuple[Number, str]]) -> None:
    about = f"strength.{side}"
    arms = [number for number, after in people if _ARM.match(after)]
    numbers = [number for number, _ in people]
    lines = desk.document.text[block.start : block.end].split("\n")
    counted = [line for line in lines if re.match(r"[ *~]*[\d,]{2,}", line)]
    alone = len(numbers) == 2 and len(counted) >= 2 and not _ALTERNATIVE.search("".join(lines))
    phases = sum(bool(re.fullmatch(r"[^\d]{3,80}:\W*", line.strip())) for line in lines) > 1
    total = [number for number, after in people if _IN_ALL.match(after)]
    if total:
        _claim(desk, block, about, total[0])
    elif phases and numbers:
        _claim(desk, block, about, max(numbers, key=_best))
    elif (len(arms) > 1 and len(arms) == len(numbers)) or (alone and not _makes_up(numbers)):
        _sum(desk, block, about, numbers)
    elif numbers:
        _claim(desk, block, about, numbers[0])


def _losses(desk: Desk, block: Block, about: str, numbers: list[Number]) -> None:
    """One number is a claim; several are rivals, a total with its parts, or parts to be added."""
    text = desk.document.text[block.start : block.end]
    named = [n for n in numbers if _TOTAL.search(text[: n.phrase - block.start])]
    if named:
        numbers = named[:1]
    if len(numbers) == 1 or _ALTERNATIVE.search(text):
        for number in numbers:
            _claim(desk, block, about, number)
    elif _makes_up(numbers):
        _claim(desk, block, about, max(numbers, key=_best))
    else:
        _sum(desk, block, about, numbers)


def _makes_up(numbers: list[Number]) -> bool:
    """Whether the largest number is the sum of the others, within a twentieth."""
    largest = max(map(_best, numbers))
    rest = sum(map(_best, numbers)) - largest
    return abs(largest - rest) <= largest / 20


def _best(number: Number) -> int:
    value = number.value
    return int(value.best or value.high or value.low or 0)


#: words that set one estimate against another
_ALTERNATIVE = re.compile(
    r"\b(?:estimates?|estimated|modern|according|claims?|sources?|or|vs)\b", re.I
)
_TOTAL = re.compile(r"\btotal\W{0,5}\Z", re.I)
#: "1,837 men total", "7,000 in all"
_IN_ALL = re.compile(r"\s*(?:men |troops |soldiers )?(?:in )?(?:total|all|overall)\b")
_ARM = re.compile(r"\s*(?:infantry|cavalry|horse\b|foot\b|horsemen)")


def _of_people(after: str) -> bool:
    """Whether nothing after a number in a casualties row says that it counts something else."""
    piece = re.split(r"[;,(\n]", after)[0]
    words = re.findall(r"[^\W\d_]+", piece)
    known = category_of(piece) is not None or not words
    return known or any(w.lower() in FIGHTERS or w in DEMONYM or w in _TOTALS for w in words[:3])


_TOTALS = frozenset("total casualties men in overall est estimated approx to or".split())


def _claim(desk: Desk, block: Block, about: str, number: Number) -> None:
    desk.claim(
        "fact",
        number.phrase,
        number.end,
        rule="box",
        about=about,
        counts=about,
        value=number.value.model_copy(update={"unit": "people"}),
        summary=f"{about}: {desk.words(number.phrase, number.end)}",
        citations=desk.cited_within(block.start, block.end),
    )


def _sum(desk: Desk, block: Block, about: str, numbers: list[Number]) -> None:
    """A claim on what the parts in a row make together."""
    best = sum(map(_best, numbers))
    low = sum(_bound(n, n.value.low) for n in numbers)
    high = sum(_bound(n, n.value.high) for n in numbers)
    exact = all(n.value.vagueness == "exact" for n in numbers)
    desk.claim(
        "fact",
        numbers[0].phrase,
        numbers[-1].end,
        rule="box-sum",
        about=about,
        counts=about,
        value=Value(
            low=low, best=best, high=high, vagueness="exact" if exact else "between", unit="people"
        ),
        citations=desk.cited_within(block.start, block.end),
        summary=f"{about}: {best}, the sum of {len(numbers)} parts",
    )


def _bound(number: Number, bound: object) -> int:
    return bound if isinstance(bound, int) else _best(number)
