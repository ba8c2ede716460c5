"""Claims on strengths and losses: from the prose and from the rows of the box."""

from __future__ import annotations

import re
from collections import Counter

from inje.document import Block
from inje.dossier._records import Value
from inje.dossier.drafting._desk import Desk
from inje.dossier.drafting._lexicon import DEMONYM, FIGHTERS
from inje.dossier.drafting._numbers import Number, numbers_in
from inje.dossier.drafting._passages import Sentence
from inje.dossier.drafting._quantities import Count, category_of, counts_in, is_thing

__all__ = ["box_tallies", "prose_tallies"]

_UNIT = re.compile(
    r"\b(?:divisions?|brigades?|regiments?|battalions?|compan(?:y|ies)|squadrons?|platoons?|"
    r"battery)\b",
    re.I,
)
#: categories that only people fall into; "2 captured" after "28 tanks damaged" are tanks
_OF_PEOPLE = ("killed", "wounded", "killed_or_wounded", "missing")
_COMMON = frozenset(
    [
        "men",
        "people",
        "army",
        "forces",
        "force",
        "troops",
        "soldiers",
        "strong",
        "units",
        "personnel",
        "prisoners",
    ]
)


def prose_tallies(desk: Desk) -> None:
    """Write the strengths and losses that the prose states."""
    nouns = _bound_nouns(desk)
    for sentence in desk.passages.sentences:
        if not any(ch.isdigit() for ch in sentence.text) and not re.search(
            r"hundred|thousand|dozen|teen\b|ty\b|\b(?:two|three|four|five|six|seven|eight|nine|"
            r"ten|eleven|twelve)\b",
            sentence.text,
        ):
            continue
        for count in counts_in(sentence, desk.chronicle.spans(sentence)):
            side = _side_of(desk, sentence, count, nouns)
            _write(desk, sentence, count, side)


def _write(desk: Desk, sentence: Sentence, count: Count, side: str | None) -> None:
    around = desk.document.text[count.start : min(count.end + 40, sentence.end)]
    counted = side is not None and not desk.background(sentence)
    if count.role == "strength":
        counted = counted and not _UNIT.search(around.split(",")[0])
    about = ""
    if counted:
        about = (
            f"strength.{side}" if count.role == "strength" else f"losses.{side}.{count.category}"
        )
    covering = [
        c for c in desk.clauses_of(sentence) if c.owned and c.covers(count.start, count.end)
    ]
    inner = min(covering, key=lambda c: c.end - c.start) if covering else None
    kind = "fact"
    if inner is not None:
        kind = "report" if inner.kind in ("report", "statement", "quotation") else inner.kind
    end = _phrase_end(desk, sentence, count)
    desk.claim(
        kind,
        count.start,
        end,
        rule="count",
        about=about,
        value=count.value,
        sentence=sentence,
        cue=inner.cue if inner else None,
        addressees=tuple(n.key for n in inner.addressees) if inner else (),
    )


def _phrase_end(desk: Desk, sentence: Sentence, count: Count) -> int:
    """As in "800-strong Iranian military detachment": the group belongs to the phrase."""
    if count.role != "strength":
        return count.end
    for mention, _ in desk.register.within(count.end, sentence.end)[:1]:
        if mention.start - count.end <= 2:
            return mention.end
    return count.end


def _bound_nouns(desk: Desk) -> dict[str, str]:
    """Nouns that only one side's forces bear: "volunteers"."""
    seen: dict[str, Counter[str]] = {}
    for named in desk.register.kind("group"):
        if named.side is None or not named.owner:
            continue
        for form in named.forms:
            head = form.split()[-1].lower()
            if head not in _COMMON:
                seen.setdefault(head, Counter())[named.side] += 1
    return {head: next(iter(sides)) for head, sides in seen.items() if len(sides) == 1}


def _side_of(desk: Desk, sentence: Sentence, count: Count, nouns: dict[str, str]) -> str | None:
    text = desk.document.text
    after = text[count.number.end : min(count.end + 60, sentence.body_end)]
    phrase = re.split(r"[,;.]|\bwere\b|\bwas\b|\bunder\b|\bagainst\b|\bfrom\b", after)[0]
    if count.subject_before:
        side = _subject_side(desk, sentence, count.start)
        if count.object_of:
            named = desk.sides.of_words(phrase)
            return named or (desk.sides.other(side) if side else None)
        named = side or desk.sides.of_words(phrase)
        return named or desk.sides.only_one_in(text[sentence.start : count.number.phrase])
    side = desk.sides.of_words(phrase)
    if side is not None:
        return side
    for word in re.findall(r"[a-z]+", phrase):
        if word in nouns:
            return nouns[word]
    owner = re.search(r"\b(?:of|by|under|from)\s+(?:the\s+)?([A-Z][^,.;]{1,50})", after)
    if owner and (side := desk.sides.of_words(owner[1])):
        return side
    near = _subject_side(desk, sentence, count.start, near=70)
    return near or desk.sides.only_one_in(text[sentence.start : count.number.phrase])


def _subject_side(desk: Desk, sentence: Sentence, before: int, near: int = 400) -> str | None:
    """Side of the last group or person named before a verb."""
    found = [
        (m, n)
        for m, n in desk.register.within(sentence.start, before)
        if n.kind != "place" and n.side
    ]
    if found and before - found[-1][0].end <= near:
        return found[-1][1].side
    lead = desk.document.text[max(sentence.start, before - near) : before]
    return desk.sides.of_words(re.split(r"[,;]", lead)[-1]) if lead.strip() else None


# -- the box


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
        if side is not None:
            _cells(desk, block, name[1], side)


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
                _number_claim(desk, block, what, side.key, number, category)
                break
    return done or any(side.column.isalpha() for side in desk.sides.all)


def _people(rest: str) -> bool:
    words = re.findall(r"[a-z]+", rest.lower())[:3]
    return not is_thing(rest) and (not words or any(word in FIGHTERS for word in words))


def _cells(desk: Desk, block: Block, what: str, side: str) -> None:
    text = desk.document.text[block.start : block.end]
    numbers = list(numbers_in(text, block.start))
    people: list[tuple[Number, str]] = []
    things = False
    for k, number in enumerate(numbers):
        stop = numbers[k + 1].phrase if k + 1 < len(numbers) else block.end
        after = desk.document.text[number.end : stop]
        thing = is_thing(after)
        things = things or thing
        if thing or (things and category_of(after) not in _OF_PEOPLE):
            continue
        if what == "casualties" and not _of_people(after):
            continue
        people.append((number, after))
    if what == "casualties":
        for number, after in people:
            category = category_of(re.split(r"[;\n]", after)[0]) or "total"
            _number_claim(desk, block, what, side, number, category)
        return
    arms = [
        (n, a) for n, a in people if re.match(r"\s*(?:infantry|cavalry|horse\b|foot\b|horsemen)", a)
    ]
    if len(arms) > 1 and len(arms) == len(people):
        _sum_of_arms(desk, block, side, [number for number, _ in arms])
    elif people:
        _number_claim(desk, block, what, side, people[0][0], "")


def _of_people(after: str) -> bool:
    """Whether nothing after a number in a casualties row says that it counts something else."""
    piece = re.split(r"[;,(\n]", after)[0]
    words = re.findall(r"[^\W\d_]+", piece)
    known = category_of(piece) is not None or not words
    return known or any(w.lower() in FIGHTERS or w in DEMONYM or w in _TOTALS for w in words[:3])


_TOTALS = frozenset("total casualties men in overall est estimated approx to or".split())


def _number_claim(
    desk: Desk, block: Block, what: str, side: str, number: Number, category: str
) -> None:
    about = f"strength.{side}" if what == "strength" else f"losses.{side}.{category}"
    desk.claim(
        "fact",
        number.phrase,
        number.end,
        rule="box",
        about=about,
        value=number.value.model_copy(update={"unit": "people"}),
        summary=f"{about}: {desk.words(number.phrase, number.end)}",
        citations=desk.cited_within(block.start, block.end),
    )


def _sum_of_arms(desk: Desk, block: Block, side: str, numbers: list[Number]) -> None:
    best = sum(int(n.value.best or 0) for n in numbers)
    low = sum(int(n.value.low if n.value.low is not None else n.value.best or 0) for n in numbers)
    high = sum(
        int(n.value.high if n.value.high is not None else n.value.best or 0) for n in numbers
    )
    desk.claim(
        "fact",
        numbers[0].phrase,
        numbers[-1].end,
        rule="box-sum-of-arms",
        about=f"strength.{side}",
        value=Value(low=low, best=best, high=high, vagueness="between", unit="people"),
        citations=desk.cited_within(block.start, block.end),
        summary=f"strength.{side}: {best}, summed over arms",
    )
