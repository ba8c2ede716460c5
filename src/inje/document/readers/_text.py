"""Plain text, as pasted from a web page or exported from one.

What pasting leaves behind is undone by deletion: "edit" links after headings, markers of
citations, numbers and back-links before references. Labels glued to their values
("DateApril 17-21") are recognised; their row of the box of facts becomes a block that
holds the value only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from inje.document._parsed import Parsed, Reader, Spot
from inje.document._records import Block, BlockKind
from inje.document.readers._labels import is_byline, label_at, section_kind
from inje.document.readers._table import SIDED, Row, table_rows

__all__ = ["TEXT", "parse"]

_LINE = re.compile(r"[^\n]*")
_EDIT = re.compile(r"\s*\[?\s*edit(?:\s*\|\s*edit source)?\s*\]?\s*$")
_WIKI_HEADING = re.compile(r"\s*(={1,6}|#{1,6})\s+(\S[^\n]{0,200}?)\s*\1?\s*$")
_MARKER = re.compile(
    r"\[(?:(\d{1,3}|[a-z]{1,2}|(?:note|nb|n|fn|Note|N)\s?\d{1,3})|citation needed|clarification"
    r" needed|better source needed|page needed|who\?|when\?|"
    r"dubious[^\]\n]{0,20})\](?::\s?\d[\d–-]*)?"
)
_REFERENCE = re.compile(r"\s*(?:(\d{1,3})\.?\s+)?\^\s*(?:[a-z]{1,2}\b\s+)*")
_NUMBERED = re.compile(r"\s*(?:\[(\d{1,3})\]|(\d{1,3})\.)\s+")
_BULLET = re.compile(r"\s*[-*•·]\s+")
_NAVIGATION = re.compile(
    r"\s*(?:From Wikipedia, the free encyclopedia|Jump to\b|Coordinates:|Main article|Further "
    r"information|See also:|\(Redirected from|This article |Contents\b|Retrieved from)"
)
#: a few words without an end of a sentence, and a line of prose behind a blank one
_HEADING = re.compile(r"[^\W\d_a-z][^\n.!?;:,\[\]|]{2,58}[^\n.!?;:,\[\]|\s]\s*")
_BELOW = re.compile(r"\n[ \t]*\n\s*([^\n]{1,400})")
#: words of a line of prose, and how many such a line has
_PLAIN, _SOME = re.compile(r"\b[a-z]{2,}\b"), 7
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)]*(?:\[[^\]\n]{1,12}\])*\s*$")
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|svg|tiff?)\b", re.I)
_PROSE = 120
_LONGEST_TITLE = 110
_LONGEST_HEADING = 240


@dataclass
class _Page:
    """What has been found so far."""

    text: str
    title: str = ""
    section: str = ""
    kind: str = ""
    boxed: bool = False
    row: str = ""
    column: int = 0
    row_from: int = 0
    tabbed: bool = False
    blank: bool = True
    references: int = 0
    prose: int = 0
    gone: list[tuple[int, int]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)

    def add(self, kind: BlockKind, start: int, end: int, level: int = 0, label: str = "") -> None:
        self.prose += end - start if kind == "paragraph" else 0
        self.blocks.append(Block(kind, start, end, level, label, self.section))


def parse(text: str) -> Parsed:
    """Blocks, marks and deletions of a plain text."""
    page = _Page(text)
    for start, end in _lines(text):
        line = text[start:end]
        if not line.strip():
            page.blank = True
            continue
        _line(page, line, start, end)
        page.blank = False
    _join_wrapped(page)
    return Parsed(page.title, page.gone, {}, tuple(page.blocks), tuple(page.spots))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _line(page: _Page, line: str, start: int, end: int) -> None:
    for take in (_heading, _title, _navigation, _reference, _table, _box, _list_item):
        if take(page, line, start, end):
            return
    page.boxed = False
    _markers(page, line, start)
    page.add("paragraph", start, end)


def _heading(page: _Page, line: str, start: int, end: int) -> bool:
    if len(line) > _LONGEST_HEADING:
        return False
    wiki, edit = _WIKI_HEADING.match(line), _EDIT.search(line)
    if wiki:
        first, last, level = wiki.start(2), wiki.end(2), len(wiki[1])
    elif edit and 0 < edit.start() <= _LONGEST_TITLE and line[: edit.start()].strip():
        first, last, level = 0, edit.start(), 2
    elif page.blank and (section_kind(line) or _stands_alone(page, line, end)):
        first, last, level = 0, len(line), 2
    else:
        return False
    page.gone += [(start, start + first), (start + last, end)]
    name = line[first:last].strip()
    if not page.title and level == 1:
        page.title = name
        page.add("title", start + first, start + last, 1)
        return True
    page.boxed, page.section, page.kind = False, name, section_kind(name)
    page.add("heading", start + first, start + last, max(level, 2))
    return True


def _stands_alone(page: _Page, line: str, end: int) -> bool:
    """Whether a short line between blank ones heads the prose below, as prose stands above."""
    if page.boxed or page.kind == "reference" or not _HEADING.fullmatch(line):
        return False
    if page.prose < _PROSE:
        return False
    below = _BELOW.match(page.text, end)
    return below is not None and len(_PLAIN.findall(below[1])) >= _SOME


def _title(page: _Page, line: str, start: int, end: int) -> bool:
    if page.blocks or page.title or len(line) > _LONGEST_TITLE:
        return False
    if _ends_sentence(line) or label_at(line, boxed=False):
        return False
    page.title = line.strip()
    page.add("title", start, end, 1)
    return True


def _navigation(page: _Page, line: str, start: int, end: int) -> bool:
    told = (_NAVIGATION.match(line) and len(line) < _PROSE) or is_byline(line)
    if page.kind != "navigation" and not told:
        return False
    page.add("navigation", start, end)
    return True


def _reference(page: _Page, line: str, start: int, end: int) -> bool:
    marked = _REFERENCE.match(line)
    if page.kind != "reference" and not (marked and page.section):
        return False
    match = marked or _NUMBERED.match(line) or _BULLET.match(line)
    label = next(filter(None, match.groups()), "") if match else ""
    if match:
        page.gone.append((start, start + match.end()))
    if marked and not label:
        label = str(page.references + 1)
    page.references += bool(label)
    page.add("reference", start + (match.end() if match else 0), end, 0, label)
    return True


def _table(page: _Page, line: str, start: int, _end: int) -> bool:
    if not line.lstrip().startswith("|"):
        return False
    page.boxed = True
    for row in table_rows(line, page.row):
        _row(page, row, start)
    return True


def _row(page: _Page, row: Row, start: int) -> None:
    page.row = row.field
    if row.label:
        _markers(page, page.text[start + row.start : start + row.end], start + row.start)
        page.add("infobox", start + row.start, start + row.end, 0, row.label)


def _box(page: _Page, line: str, start: int, end: int) -> bool:
    if re.fullmatch(r"\s*Infobox\b.{0,60}", line):
        page.boxed, page.row = True, ""
        page.add("navigation", start, end)
        return True
    found = None if _is_prose(line) else label_at(line, boxed=page.boxed or not page.section)
    if found is None:
        found = label_at(line, boxed=False)
    if found is not None:
        return _labelled(page, line, start, end, *found)
    if not page.section and page.title and _same_title(line, page.title):
        page.boxed, page.row = True, ""
        page.add("infobox", start, end, 0, "title")
        return True
    told = page.tabbed and _ends_sentence(line) and len(_PLAIN.findall(line)) >= _SOME
    if not page.boxed or told or _is_prose(line) or (not page.row and page.section):
        return False
    return _unlabelled(page, line, start, end)


def _labelled(
    page: _Page, line: str, start: int, end: int, name: str, column: str, value: int
) -> bool:
    if name == "description":
        page.gone.append((start, start + value))
        _markers(page, line[value:], start + value)
        page.add("paragraph", start + value, end)
        return True
    page.boxed, page.row, page.column = True, name, 1 if name == "combatant" else 0
    page.row_from, page.tabbed = len(page.blocks), False
    if value < len(line):
        label = name + (column or ("1" if name == "combatant" and not column else ""))
        _markers(page, line[value:], start + value)
        page.add("infobox", start + value, end, 0, label)
        if name == "result":
            page.row, page.column = "combatant", 1
    return True


def _unlabelled(page: _Page, line: str, start: int, end: int) -> bool:
    """A line inside the box that bears no label: it continues the field above it."""
    if _IMAGE.search(line) and not page.row:
        page.add("caption", start, end)
        return True
    if page.row in ("", "part_of", "title", "date", "coordinates", "caption"):
        page.add("caption", start, end)
        return True
    if page.row in SIDED and ("\t" in line.strip() or page.tabbed):
        _tabbed(page, line, start)
        return True
    blocks = [b for b in page.blocks if b.kind == "infobox" and b.label.startswith(page.row)]
    if page.row == "combatant" and page.blank and blocks:
        page.column += 1
    label = page.row + (str(page.column) if page.row == "combatant" else "")
    _markers(page, line, start)
    page.add("infobox", start, end, 0, label)
    if page.row == "result":
        page.row, page.column = "combatant", 1
    return True


def _tabbed(page: _Page, line: str, start: int) -> None:
    """As browsers copy a table: cells stand apart by a tab, a cell may go over several lines."""
    if not page.tabbed:
        page.tabbed, page.column = True, 1
        above, page.blocks = page.blocks[page.row_from :], page.blocks[: page.row_from]
        if above:
            label = f"{page.row}1"
            page.blocks.append(replace(above[0], end=above[-1].end, label=label))
    for k, cell in enumerate(re.finditer(r"[^\t]*", line.strip("\n"))):
        page.column += k > 0 and cell.start() > 0 and line[cell.start() - 1] == "\t"
        if cell.group().strip():
            _markers(page, cell.group(), start + cell.start())
            label, end = f"{page.row}{page.column}", start + cell.end()
            if page.blocks and page.blocks[-1].label == label:
                page.blocks[-1] = replace(page.blocks[-1], end=end)
            else:
                page.add("infobox", start + cell.start(), end, 0, label)


def _list_item(page: _Page, line: str, start: int, end: int) -> bool:
    bullet = _BULLET.match(line)
    if not bullet:
        return False
    page.gone.append((start, start + bullet.end()))
    _markers(page, line, start)
    page.add("list_item", start + bullet.end(), end, 1)
    return True


def _markers(page: _Page, line: str, start: int) -> None:
    for match in _MARKER.finditer(line):
        target = match[1] or match.group().strip("[]")
        page.spots.append(Spot("citation", start + match.start(), start + match.end(), target))


def _ends_sentence(line: str) -> bool:
    return bool(_SENTENCE_END.search(line))


def _is_prose(line: str) -> bool:
    return len(line) >= _PROSE and _ends_sentence(line[-60:])


def _same_title(line: str, title: str) -> bool:
    def bare(words: str) -> str:
        return re.sub(r"^the\s+", "", " ".join(words.lower().split()))

    return bare(line) == bare(title)


def _join_wrapped(page: _Page) -> None:
    """Lines that were wrapped at a column become one paragraph again."""
    joined: list[Block] = []
    for block in page.blocks:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.kind == block.kind == "paragraph"
            and page.text[last.end : block.start] == "\n"
            and not _ends_sentence(page.text[max(last.start, last.end - 60) : last.end])
        ):
            joined[-1] = Block("paragraph", last.start, block.end, 0, "", last.section)
        else:
            joined.append(block)
    page.blocks = joined


def _likeness(head: str) -> float:
    return 0.3 if head.strip() else 0.0


TEXT = Reader("text", "text/plain", (".txt", ".text", ".md"), _likeness, parse, tabs=True)
