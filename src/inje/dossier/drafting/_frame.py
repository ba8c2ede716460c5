"""Title, larger event, sides, places and dates of the battle: its frame."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inje.chronology import FoundDate
from inje.document import Block
from inje.dossier._records import Value
from inje.dossier.drafting._dates import when_of
from inje.dossier.drafting._desk import Desk
from inje.dossier.drafting._entities import Named
from inje.dossier.drafting._lexicon import SETTLEMENTS
from inje.dossier.drafting._passages import Sentence

__all__ = ["battle_places", "frame_claims", "title_of"]

_ROADS = re.compile(r"between the .{2,60}? and .{2,60}? roads?\b")


def title_of(desk: Desk) -> str:
    """The title without the name of the site."""
    return re.sub(r"\s+[-–|]\s+Wikipedia.*$", "", desk.document.title).strip()


def frame_claims(desk: Desk) -> None:
    """Write the claims that frame the battle."""
    for block in desk.document.blocks:
        if block.kind == "title":
            desk.claim(
                "fact", block.start, block.end, rule="title", summary=f"title: {title_of(desk)}"
            )
        elif block.kind == "infobox" and block.label in ("part_of", "campaign"):
            _row(desk, block, "part-of", f"part of {desk.words(block.start, block.end)}")
        elif block.kind == "infobox" and block.label == "place":
            _row(desk, block, "place", f"place: {desk.words(block.start, block.end)}")
        elif block.kind == "infobox" and block.label == "date":
            _date_row(desk, block)
    _sides(desk)
    _lead_dates(desk)
    _lead_places(desk)


def _row(desk: Desk, block: Block, rule: str, summary: str) -> None:
    desk.claim(
        "fact",
        block.start,
        block.end,
        rule=rule,
        summary=summary,
        citations=desk.cited_within(block.start, block.end),
    )


def _date_row(desk: Desk, block: Block) -> None:
    for date in desk.chronicle.within(block.start, block.end)[:1]:
        _bounds(desk, date, None, "date-row", desk.cited_within(block.start, block.end))


def _bounds(
    desk: Desk,
    date: FoundDate,
    sentence: Sentence | None,
    rule: str,
    citations: tuple | None = None,
) -> None:
    """A claim on the start and, for a range of days, one on the end."""
    when = when_of(date)
    if when is None or not when.earliest:
        return
    day = date.span is not None and date.span.days is not None and "/" in when.edtf
    single = when.earliest == when.latest
    start = date.start
    before = desk.document.text[max(0, start - 3) : start]
    if sentence is not None and before.lower() in ("in ", "on "):
        start -= 3
    if day or single:
        first = Value(low=when.earliest, best=when.earliest, high=when.earliest)
        last = Value(low=when.latest, best=when.latest, high=when.latest)
    else:
        first = Value(low=when.earliest, high=when.latest, vagueness="between")
        last = first
    for about, value in (("start", first), ("end", last)):
        desk.claim(
            "fact",
            start,
            date.end,
            rule=rule,
            about=about,
            value=value,
            sentence=sentence,
            when=when,
            summary=f"{about}: {when.edtf}",
            citations=citations,
        )


def _sides(desk: Desk) -> None:
    first, second = desk.sides.all[:2]
    if first.start >= 0 and second.end > first.start and second.end - first.start < 300:
        names = " and ".join(side.name for side in desk.sides.all)
        desk.claim("fact", first.start, second.end, rule="sides", summary=f"sides: {names}")


def _lead(desk: Desk) -> Iterator[Sentence]:
    for sentence in desk.passages.sentences[:3]:
        if not sentence.block.section:
            yield sentence


def _lead_dates(desk: Desk) -> None:
    for sentence in _lead(desk):
        for date in desk.chronicle.of(sentence):
            if date.kind in ("absolute", "partial", "year") and _same_time(desk, date):
                _bounds(desk, date, sentence, "lead-date")
                return


def _same_time(desk: Desk, date: FoundDate) -> bool:
    battle = desk.chronicle.battle
    return bool(battle and battle.span and date.span and battle.span.overlaps(date.span))


def _lead_places(desk: Desk) -> None:
    for sentence in _lead(desk):
        roads = _ROADS.search(sentence.text)
        if roads:
            start = sentence.start + roads.start()
            desk.claim(
                "fact", start, sentence.start + roads.end(), rule="between-roads", sentence=sentence
            )
        for start, end, names in _place_runs(desk, sentence):
            if roads and sentence.start + roads.start() <= start < sentence.start + roads.end():
                continue
            desk.claim(
                "fact", start, end, rule="lead-place", sentence=sentence, summary=f"place: {names}"
            )
            return


def _place_runs(desk: Desk, sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Names of places in a row, with the words "in the villages of" before them."""
    found = [
        (m, n) for m, n in desk.register.within(sentence.start, sentence.end) if n.kind == "place"
    ]
    k = 0
    while k < len(found):
        last = k
        while last + 1 < len(found) and found[last + 1][0].start - found[last][0].end <= 6:
            last += 1
        before = desk.document.text[sentence.start : found[k][0].start]
        match = re.search(
            r"\b(?:in|at|near|around|outside)\s+(?:the\s+)?(?:\w+\s+)?(?:of\s+)?(?:the\s+)?$",
            before,
        )
        if match:
            names = ", ".join(named.name for _, named in found[k : last + 1])
            yield sentence.start + match.start(), found[last][0].end, names
        k = last + 1


def battle_places(desk: Desk) -> list[Named]:
    """The places for which the battle was fought: of the title, the box and the lead."""
    register = desk.register
    places: dict[str, Named] = {}
    title = title_of(desk)
    for named in register.kind("place"):
        if any(re.search(rf"\b{re.escape(form)}\b", title) for form in named.forms):
            places[named.key] = named
    for sentence in _lead(desk):
        for start, end, _ in _place_runs(desk, sentence):
            before = desk.document.text[start:end].split()
            if places and not any(word in SETTLEMENTS for word in before):
                continue
            for _, named in register.within(start, end):
                if named.kind == "place":
                    places.setdefault(named.key, named)
    for claim in desk.claims:
        if claim.about.startswith("control."):
            key = claim.about.removeprefix("control.").split("@")[0]
            if key in register.all and register.all[key].kind == "place" and len(places) < 6:
                places.setdefault(key, register.all[key])
    return list(places.values())
