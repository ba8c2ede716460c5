"""Rows of a box of facts that was pasted as a table with bars, or is a table of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inje.document.readers._labels import field_of, label_at

__all__ = ["SIDED", "Row", "table_rows", "tells_facts"]

_CELL = re.compile(r"[^|]+")
#: a cell of a page's table, and the fields of which a table of facts has some
_PRINTED = re.compile(r"<t[dh]\b[^<>]{0,300}>(?P<words>[^|]{0,120}?)</t[dh]\s*>", re.I)
_FACTS = frozenset("date place result combatant commander strength casualties".split())
_LEAST_FACTS = 3
#: characters in which the first rows of a table stand
_FIRST_ROWS = 3000
#: fields that have a cell for each side
SIDED = ("combatant", "commander", "strength", "casualties", "units")


@dataclass(frozen=True, slots=True)
class Row:
    """A cell that is a value: its field for the next line, its label, its span in the line."""

    field: str
    label: str = ""
    start: int = 0
    end: int = 0


def tells_facts(page: str, start: int) -> bool:
    """Whether the table that opens at a place of a page is a box of facts, by its labels."""
    end = page.find("</table", start, start + _FIRST_ROWS)
    found = set()
    for cell in _PRINTED.finditer(page, start, end if end >= 0 else start + _FIRST_ROWS):
        named = field_of(re.sub(r"<[^<>]*>", "", cell["words"]).strip())
        found |= {named[0]} if named is not None else set()
    return len(found & _FACTS) >= _LEAST_FACTS


def table_rows(line: str, field: str) -> Iterator[Row]:
    """The values in one line of a table; `field` is the label row above it, if any."""
    cells = [m for m in _CELL.finditer(line) if m.group().strip(" -:")]
    if not cells:
        yield Row(field)
        return
    if len(cells) == 1 and (named := field_of(cells[0].group().strip())):
        yield Row(named[0])
        return
    if len(cells) == 2 and (named := field_of(cells[0].group().strip())):
        yield Row("", named[0] + named[1], *_span(cells[1]))
        return
    if len(cells) == 1 and (found := label_at(cells[0].group(), boxed=True)):
        start = cells[0].start() + found[2]
        yield Row("", found[0], start, cells[0].end())
        return
    for column, cell in enumerate(cells, 1):
        label = f"{field}{column}" if field in SIDED else field or "caption"
        yield Row(field, label, *_span(cell))


def _span(cell: re.Match[str]) -> tuple[int, int]:
    text = cell.group()
    first = cell.start() + len(text) - len(text.lstrip())
    return first, cell.end() - (len(text) - len(text.rstrip()))
