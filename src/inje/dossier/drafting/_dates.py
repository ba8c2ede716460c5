"""The dates of the prose and of the box, completed from the date of the battle."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from inje.chronology import FoundDate, Resolver, format_day, parse_edtf, scan_dates
from inje.document import Block, Document
from inje.dossier._records import When
from inje.dossier.drafting._passages import Passages, Sentence

__all__ = ["Chronicle", "when_of"]


@dataclass(frozen=True)
class _Placed:
    date: FoundDate
    start: int
    end: int


def when_of(date: FoundDate) -> When | None:
    """The record of a date; None where the context gives no days."""
    span = date.span
    if span is None:
        return None
    return When(
        edtf=span.edtf,
        earliest="" if span.earliest is None else format_day(span.earliest),
        latest="" if span.latest is None else format_day(span.latest),
        approximate=span.approximate,
        inherited=tuple(part for part in span.inherited if part in ("year", "month", "day")),  # type: ignore[misc]
        calendar=span.calendar,
    )


class Chronicle:
    """All dates of a document, in reading order.

    Attributes
    ----------
    dates : found dates with positions in the clean text (`start`, `end`).
    battle : the date of the battle, from the box or the first sentences, if any.
    """

    def __init__(self, document: Document, passages: Passages) -> None:
        self.battle = _battle_date(document, passages)
        year, month = _year_month(self.battle)
        self.dates: tuple[FoundDate, ...] = tuple(_all(document, year, month))
        self._by_start = {date.start: date for date in self.dates}

    def within(self, start: int, end: int) -> list[FoundDate]:
        """Dates that lie in a span of the clean text."""
        first = bisect_left(self.dates, start, key=lambda date: date.start)
        stop = bisect_left(self.dates, end, key=lambda date: date.start)
        return [date for date in self.dates[first:stop] if date.end <= end]

    def spans(self, sentence: Sentence) -> tuple[tuple[int, int], ...]:
        """Spans of the dates of a sentence."""
        return tuple((d.start, d.end) for d in self.of(sentence))

    def of(self, sentence: Sentence) -> list[FoundDate]:
        """Dates of a sentence."""
        if not hasattr(self, "_index"):
            self._index: dict[int, list[FoundDate]] = {}
        if sentence.index not in self._index:
            self._index[sentence.index] = self.within(sentence.start, sentence.end)
        return self._index[sentence.index]


def _moved(date: FoundDate, offset: int) -> FoundDate:
    return replace(date, start=date.start + offset, end=date.end + offset)


def _all(document: Document, year: int | None, month: int | None) -> list[FoundDate]:
    resolver = Resolver(default_year=year, default_month=month)
    found: list[FoundDate] = []
    for block in document.blocks:
        if block.kind == "heading":
            resolver.start_section()
        if not _dated(block):
            continue
        scanned = [_moved(date, block.start) for date in scan_dates(document.block_text(block))]
        found += resolver.resolve(scanned)
    return found


def _dated(block: Block) -> bool:
    if block.kind == "infobox":
        return block.label in ("date", "part_of", "campaign")
    return block.kind in ("paragraph", "list_item", "quotation")


def _battle_date(document: Document, passages: Passages) -> FoundDate | None:
    """The date in the box, else in a title, else where the prose says when it was fought."""
    for kinds, labels in ((("infobox",), ("date",)), (("title", "heading"), None)):
        blocks = [b for b in document.blocks if b.kind in kinds][:40]
        for block in blocks:
            if labels is not None and block.label not in labels:
                continue
            text = document.block_text(block)
            dates = _resolved(text, block.start)
            if labels is None:
                if dates and dates[0].kind == "absolute":
                    return dates[0]
                continue
            if dates:
                dates = _lent(text, block.start, dates)
            dates = dates or _bare_year(text, block.start)
            if dates:
                return _joined(text, block.start, dates)
    lead = passages.sentences[:4]
    fought = [s for s in passages.sentences[:60] if _FOUGHT.search(s.text)]
    for sentences, exact in ((lead[:1], True), (fought, True), (lead, True), (lead, False)):
        for sentence in sentences:
            for date in _resolved(sentence.text, sentence.start):
                if not exact or (date.kind in ("absolute", "partial") and _short(date)):
                    return date
    return None


#: words that say when a war or a battle was fought
_FOUGHT = re.compile(
    r"\b(?:battle|war|siege|fighting|campaign|revolution|conflict|"
    r"clash\w*)\b.{0,80}?\b(?:lasted|was "
    r"fought|took place|occurred|began|ran|raged)\b|\b(?:fought|besieged)\b.{0,60}?\b(?:on|"
    r"from|between)\b",
    re.I,
)


#: what joins two dates of a box: "late 48 BC - early or mid 47 BC", "20 August or 8-10 September"
_JOINT = re.compile(
    r"[ ,]*(?:–|—|-|/|\bto\b|\buntil\b|\bor\b|\band\b)[ ]*(?:(?:early|mid|late|c\.)\W+(?:or|to)\W+)?"
)
_APPOSED = re.compile(r"[ ,(]*")


def _joined(text: str, offset: int, dates: list[FoundDate]) -> FoundDate:
    """The first date of a box, with the ones that its line joins to it or narrows it by."""
    first = dates[0]
    for date in dates[1:]:
        between = text[first.end - offset : date.start - offset]
        one, two = first.span, date.span
        if one is None or two is None or one.earliest is None or two.latest is None:
            break
        within = one.latest is not None and two.earliest is not None
        within = within and one.earliest <= two.earliest and two.latest <= one.latest  # type: ignore[operator]
        if within and _APPOSED.fullmatch(between):
            first = replace(date, start=first.start)  # "217 BC, June 21", "334 BC (May)"
        elif one.earliest < two.latest and _JOINT.fullmatch(between):
            edtf = f"{one.edtf.split('/')[0]}/{two.edtf.split('/')[-1]}"
            span = replace(parse_edtf(edtf, calendar=one.calendar), approximate=one.approximate)
            first = replace(first, end=date.end, span=span)
        else:
            break
    return first


def _lent(text: str, offset: int, dates: list[FoundDate]) -> list[FoundDate]:
    """The dates of a box, the year of the last lent to the first: "19 May and 7 June, 1777"."""
    scanned = scan_dates(text)
    if not scanned or scanned[0].start + offset >= dates[0].start or scanned[0].ends is None:
        return dates
    year, _ = _year_month(dates[0])
    return [_moved(d, offset) for d in Resolver(default_year=year).resolve(scanned) if d.span]


def _bare_year(text: str, offset: int) -> list[FoundDate]:
    """A box that says no more than "c. 451"."""
    match = re.fullmatch(r"\s*(?:(?:c|ca)\.\s*|circa\s+)?(\d{3,4})\s*", text)
    if match is None:
        return []
    dates = Resolver().resolve(scan_dates(f"AD {match[1]}"))
    start = offset + match.start(1)
    return [replace(date, start=start, end=start + len(match[1])) for date in dates if date.span]


def _resolved(text: str, offset: int) -> list[FoundDate]:
    dates = Resolver().resolve(scan_dates(text))
    return [_moved(date, offset) for date in dates if date.span is not None]


def _short(date: FoundDate) -> bool:
    """Whether a date is a day, a month or a stretch of at most three years."""
    days = date.span.days if date.span is not None else None
    return days is not None and days <= 1100


def _year_month(date: FoundDate | None) -> tuple[int | None, int | None]:
    if date is None or date.span is None or date.span.earliest is None:
        return None, None
    match = re.match(r"(-?\d{4,})-?(\d{2})?", format_day(date.span.earliest))
    if match is None:
        return None, None
    return int(match[1]), int(match[2]) if match[2] else None
