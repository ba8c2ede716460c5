"""Lines of a wikitext page: headings, paragraphs, list items, and what is deleted between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from inje.document._parsed import Spot
from inje.document._records import Block, BlockKind
from inje.document.readers._labels import section_kind

__all__ = ["Page", "lines_of", "reference_sections"]

_HEADING = re.compile(r"[ \t]*(={2,6})[ \t]*([^\n]*?)[ \t]*\1[ \t]*\Z")
_LIST = re.compile(r"[*#:;]+[ \t]*")


@dataclass
class Page:
    text: str
    gone: list[tuple[int, int]] = field(default_factory=list)
    swapped: dict[int, str] = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)
    rows: list[Block] = field(default_factory=list)
    quotes: list[tuple[int, int]] = field(default_factory=list)
    covered: list[tuple[int, int]] = field(default_factory=list)
    works: list[tuple[int, int]] = field(default_factory=list)
    #: works that are written as a template, over however many lines
    whole: list[tuple[int, int]] = field(default_factory=list)
    notes: int = 0

    def cut(self, start: int, end: int) -> None:
        if start < end:
            self.gone.append((start, end))

    def sign(self, start: int, end: int, letter: str) -> None:
        """One character in place of a stretch of markup."""
        self.swapped[start] = letter
        self.cut(start + 1, end)


def reference_sections(text: str) -> list[tuple[int, int]]:
    """Spans of the sections that list works or notes."""
    headings = [*re.finditer(r"^(={2,6})[ \t]*([^\n=]+?)[ \t]*\1[ \t]*$", text, re.M)]
    spans = []
    for k, match in enumerate(headings):
        level = len(match[1])
        after = [m.start() for m in headings[k + 1 :] if len(m[1]) <= level]
        end = after[0] if after else len(text)
        if section_kind(match[2]) == "reference" and not _told(text[match.end() : end]):
            spans.append((match.end(), end))
    return spans


def _told(body: str) -> bool:
    """Whether a section named "Sources" tells of them, with notes, and does not list them."""
    prose = [line for line in body.split("\n") if re.match(r"[\w'\[\"(]", line)]
    return sum(len(line) > 200 and "<ref" in line for line in prose) >= 2


def lines_of(page: Page) -> list[Block]:
    """Headings, paragraphs and list items of what is left outside the infobox."""
    covered = _Spans(
        [*page.gone, *((s.start, s.end) for s in page.spots if s.kind == "citation"), *page.covered]
    )
    quotes = _Spans(page.quotes)
    works = reference_sections(page.text)
    whole = _Spans(page.whole)
    blocks: list[Block] = []
    section, kind, under, start = "", "", 9, 0
    for line in page.text.split("\n"):
        end = start + len(line)
        heading = _HEADING.match(line)
        first, last = covered.bare(start, end)
        if heading and first < last and heading[2].strip():
            section = " ".join(
                re.sub(r"<!--.*?-->|\{\{.*?\}\}|'{2,}|<ref.*", "", heading[2]).split()
            )
            level = len(heading[1])
            if level <= under:
                kind = section_kind(section)
                if kind == "reference" and not any(a <= end <= b for a, b in works):
                    kind = ""
                under = level if kind else 9
            a, b = start + heading.start(2), start + heading.end(2)
            page.gone += [(start, a), (b, end)]
            blocks.append(Block("heading", a, b, len(heading[1]), "", section))
        elif first < last and page.text[first:last].strip():
            if kind == "reference" and blocks and whole.crosses(start):
                blocks[-1] = replace(blocks[-1], end=last)
            else:
                _line(page, blocks, quotes, (start, first, last), section, kind)
        start = end + 1
    return blocks


def _line(
    page: Page,
    blocks: list[Block],
    quotes: _Spans,
    span: tuple[int, int, int],
    section: str,
    kind: str,
) -> None:
    start, first, last = span
    marker = _LIST.match(page.text, start)
    if marker and marker.end() > start:
        page.cut(start, marker.end())
        first = max(first, marker.end())
    name: BlockKind = "list_item" if marker and page.text[start] in "*#" else "paragraph"
    if quotes.holds(first) or (
        marker and page.text[start] == ":" and len(page.text[first:last]) > 80
    ):
        name = "quotation"
    if kind:
        name = "reference" if kind == "reference" else "navigation"
    if first >= last:
        return
    previous = blocks[-1] if blocks else None
    if (
        name == "paragraph"
        and previous is not None
        and previous.kind == "paragraph"
        and page.text[previous.end : first].strip("\n") == ""
        and page.text.count("\n", previous.end, first) == 1
    ):
        blocks[-1] = Block("paragraph", previous.start, last, 0, "", section)
    else:
        blocks.append(Block(name, first, last, int(name == "list_item"), "", section))


class _Spans:
    """Which positions are covered; asked in ascending order."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if self._spans and start <= self._spans[-1][1]:
                self._spans[-1] = (self._spans[-1][0], max(end, self._spans[-1][1]))
            else:
                self._spans.append((start, end))
        self._k = 0

    def bare(self, start: int, end: int) -> tuple[int, int]:
        """First and last uncovered place of a line (last exclusive; equal if none)."""
        spans = self._spans
        while self._k < len(spans) and spans[self._k][1] <= start:
            self._k += 1
        k = self._k
        while k < len(spans) and spans[k][0] <= start < spans[k][1]:
            start, k = min(end, spans[k][1]), k + 1
        while k < len(spans) and spans[k][1] <= end:
            k += 1
        for a, b in (spans[j] for j in (k, k - 1) if 0 <= j < len(spans)):
            if a < end <= b:
                end = max(start, a)
        return start, end

    def crosses(self, position: int) -> bool:
        """Whether a position is covered together with the one before it."""
        return self.holds(position) and self._spans[self._k][0] < position

    def holds(self, position: int) -> bool:
        """Whether a position is covered."""
        spans = self._spans
        while self._k < len(spans) and spans[self._k][1] <= position:
            self._k += 1
        return self._k < len(spans) and spans[self._k][0] <= position
