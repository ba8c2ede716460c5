"""The text of printed pages: paragraphs, headings, notes; without running heads and page numbers.

What a printer broke is joined again: words at the end of a line, paragraphs at the end of a
column or page. What he added is left out: the line above and below every page. Nothing else is
lost. Headings are written as `== so ==`, notes as a numbered list at the end, as pasted text has
them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from inje.document.readers._labels import label_at, section_kind
from inje.document.readers._printed_page import Line, Word, lines_of, regions

__all__ = ["text_of_pages"]

#: letters that printers cast together
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
#: letter sizes, beside that of the text: of a heading, of the title, of a note
_HEADING, _TITLE, _NOTE = 1.12, 1.45, 0.92
_LONGEST_HEADING = 120
#: titles that programs give to files whose author gave none
_FILE_NAME = re.compile(r"\.\w{2,5}\Z|^(?:microsoft word|untitled|document)\b", re.I)
#: lines that begin with a label, as many as make a box of facts
_LABELS = 3
#: a distance so many times the usual one between lines parts paragraphs
_PARTED = 1.35
#: a distance of lines is usual that occurs so often, beside the commonest
_USUAL = 0.35
_PAGE_NUMBER = re.compile(
    r"[-–—\s\[]*(?:page\s+|p\.\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?[-–—\s\]]*",
    re.I,
)
#: what browsers print above and below a page: the time, the address
_FURNITURE = re.compile(
    r"\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d{2}\b.*|(?:https?|file)://\S+(?: \d+/\d+)?"
)
#: share of the pages on which a line at the edge is a running head (left and right ones differ)
_RUNNING = 0.4
#: lines at the edge of a page that may be one
_EDGE = 2
_HYPHEN = re.compile(r"[^\W\d_][-‐\xad]\Z")
_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*(?:\x02[^\x03]*\x03|\[\d+\])*\Z")
_NUMBERED = re.compile(r"(?:\[\d{1,3}\]|\d{1,3}\.)\s")
_NOTED = re.compile(
    r"\x02\d+:(\d{1,3})\x03\s*(?=\S)|\[?(\d{1,3})(?:[\]).]\s*(?=[^\W\d])|\s+(?=[“\"A-Z]))"
)
#: a mark as a line has it, and with the page on which it stands
_MARK = re.compile(r"\x02([^\x03:]*)\x03")
_MARKED = re.compile(r"\x02(\d+):([^\x03]*)\x03")
#: first parts of compounds that keep their hyphen at the end of a line
_KEEPS = frozenset(
    "all anti co cross double ex half high light long low mid multi non one pro quasi self semi "
    "short single so south north sub three two ultra vice well anglo austro franco russo".split()
)


@dataclass(frozen=True)
class _Piece:
    """A paragraph, heading, row of a table or note, while the text is put together."""

    text: str
    kind: str
    size: float
    page: int
    top: float = 0.0  # of its first line
    last: float = 0.0  # top of its last line
    full: bool = False  # its last line fills the column


def text_of_pages(pages: Sequence[Sequence[Word]], named: str = "") -> str:
    """The text of all pages, a blank line between two paragraphs.

    Parameters
    ----------
    pages : the words of each page.
    named : the title that the file gives itself, for pages that have none.
    """
    kept = _without_running_heads([[_cast(word) for word in page] for page in pages])
    spelt = _spelt(kept)
    set_in = [[lines_of(region) for region in regions(words)] for words in kept]
    body = _body_size(kept)
    leading = _leading([lines for page in set_in for lines in page], body)
    pieces: list[_Piece] = []
    for number, page in enumerate(set_in):
        for lines in page:
            _take(pieces, _pieces(lines, (body, leading), number, spelt), spelt)
    return "\n\n".join(_written(_titled(pieces, named)))


def _cast(word: Word) -> Word:
    return replace(word, text=word.text.translate(_LIGATURES))


def _body_size(pages: Sequence[Sequence[Word]]) -> float:
    """The size of most letters, in halves of a point."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for word in page:
            sizes[round(word.size * 2) / 2] += len(word.text)
    return max(sizes, key=lambda size: sizes[size], default=10.0)


def _leading(regions: Sequence[Sequence[Line]], body: float) -> float:
    """The distance of lines within paragraphs: the least that is usual, in halves of a point."""
    counted: Counter[float] = Counter()
    for lines in regions:
        for one, two in pairwise(lines):
            if two.top - one.top >= 0.9 * body and not (one.row or two.row):
                counted[round((two.top - one.top) * 2) / 2] += 1
    usual = [gap for gap, n in counted.items() if n >= _USUAL * max(counted.values())]
    return min(usual, default=1.3 * body)


def _spelt(pages: Sequence[Sequence[Word]]) -> frozenset[str]:
    """Every word of the pages that stands whole, small."""
    whole = {word.text.lower().strip(".,;:()\"'“”’") for page in pages for word in page}
    return frozenset(word for word in whole if not word.endswith(("-", "‐", "\xad")))


# ---- running heads and page numbers


def _without_running_heads(pages: Sequence[Sequence[Word]]) -> list[list[Word]]:
    edges = [_edges(page) for page in pages]
    counted = Counter(key for edge in edges for key in {_unnumbered(line) for line, _ in edge})
    least = max(2.0, _RUNNING * len(pages))
    kept = []
    for page, edge in zip(pages, edges, strict=True):
        gone = {
            id(word)
            for line, words in edge
            if counted[_unnumbered(line)] >= least
            or _PAGE_NUMBER.fullmatch(line)
            or _FURNITURE.fullmatch(line)
            for word in words
        }
        rest = [word for word in page if id(word) not in gone]
        kept.append(rest or list(page))
    return kept


def _edges(page: Sequence[Word]) -> list[tuple[str, list[Word]]]:
    """The lines at the edges of a page that stand apart from its text, whatever its columns."""
    rows: list[list[Word]] = []
    for word in sorted(page, key=lambda w: (w.top, w.x0)):
        if rows and word.top < rows[-1][0].top + word.size * 0.5:
            rows[-1].append(word)
        else:
            rows.append([word])
    picked = []
    for side in (rows, rows[::-1]):
        for row, within in pairwise(side[: _EDGE + 1]):
            if any(word.table for word in row) or not _stands_apart(row, within):
                break
            picked.append(row)
    return [(" ".join(w.text for w in sorted(row, key=lambda w: w.x0)), row) for row in picked]


def _stands_apart(row: Sequence[Word], within: Sequence[Word]) -> bool:
    """Whether a line is set off from the next one of the page, by a distance or its letters."""
    upper, lower = sorted((row, within), key=lambda words: words[0].top)
    gap = min(w.top for w in lower) - max(w.bottom for w in upper)
    one, two = (median(w.size for w in words) for words in (row, within))
    return gap > 0.8 * two or abs(one - two) > 0.08 * two


def _unnumbered(line: str) -> str:
    return re.sub(r"\d+", "#", line.lower())


# ---- paragraphs


def _pieces(
    lines: Sequence[Line], sizes: tuple[float, float], page: int, spelt: frozenset[str]
) -> Iterator[_Piece]:
    if not lines:
        return
    if _is_box(lines):
        yield from (_Piece(line.text, "row", line.size, page) for line in lines)
        return
    left = _common([line.x0 for line in lines])
    right = max(line.x1 for line in lines)
    body, pitch = sizes
    group: list[Line] = []
    for line in lines:
        numbered = bool(group and _NUMBERED.match(group[0].text) and _NUMBERED.match(line.text))
        if group and (numbered or _begins(line, group[-1], left, right, pitch)):
            yield _piece(group, body, page, right, spelt)
            group = []
        group.append(line)
    yield _piece(group, body, page, right, spelt)


def _is_box(lines: Sequence[Line]) -> bool:
    """Whether a region is a box of facts: several of its lines begin with the label of one."""
    return sum(label_at(line.text, boxed=True) is not None for line in lines) >= _LABELS


def _common(places: Sequence[float]) -> float:
    counted = Counter(round(place) for place in places)
    most = max(counted.values())
    return min(place for place, n in counted.items() if n == most)


def _begins(line: Line, last: Line, left: float, right: float, pitch: float) -> bool:
    """Whether a line begins a paragraph."""
    if line.row or last.row or abs(line.size - last.size) > 0.08 * last.size:
        return True
    if line.bold != last.bold or line.top - last.top > _PARTED * max(pitch, line.size):
        return True
    indent = 0.8 * line.size
    if line.x0 - left > indent >= last.x0 - left:
        # a hanging indent goes on
        return not _NUMBERED.match(last.text) and bool(_ENDED.search(last.text))
    ended = bool(_ENDED.search(last.text))
    return ended and (bool(_NUMBERED.match(line.text)) or last.x1 - left < 0.75 * (right - left))


def _piece(
    group: Sequence[Line], body: float, page: int, right: float, spelt: frozenset[str]
) -> _Piece:
    text = ""
    for line in group:
        text = _joined(text, line.text, spelt)
    text = _MARK.sub(lambda found: f"\x02{page}:{found[1]}\x03", text)
    size = max(line.size for line in group)
    full = group[-1].x1 > right - 2 * size
    kind = "text"
    if group[0].row:
        kind = "row"
    elif size <= _NOTE * body and _NOTED.match(text):
        kind = "note"
    elif len(text) <= _LONGEST_HEADING and not _ENDED.search(text) and text[:1].isalnum():
        if size >= _HEADING * body:
            kind = "title" if size >= _TITLE * body else "heading"
        elif all(line.bold for line in group) and len(group) == 1:
            kind = "heading"
    return _Piece(text, kind, size, page, group[0].top, group[-1].top, full)


def _joined(text: str, more: str, spelt: frozenset[str]) -> str:
    """Two lines as one: a broken word is whole again, a compound keeps its hyphen."""
    if not text:
        return more
    if not _HYPHEN.search(text) or not more[:1].islower():
        return f"{text} {more}"
    first = re.split(r"[\s(“\"—–]", text[:-1])[-1].lower()
    second = re.split(r"[\s.,;:)”\"—–\x02\[]", more)[0].lower()
    if text[-1] == "\xad" or first + second in spelt:
        return text[:-1] + more
    keeps = first in _KEEPS or f"{first}-{second}" in spelt or "-" in first
    return text[:-1] + "-" + more if keeps else text[:-1] + more


def _take(pieces: list[_Piece], more: Iterator[_Piece], spelt: frozenset[str]) -> None:
    """Append; a paragraph that the end of a column or page broke goes on."""
    for number, piece in enumerate(more):
        last = next((p for p in reversed(pieces) if p.kind != "note"), None)
        if number == 0 and last is not None and _goes_on(last, piece):
            at = len(pieces) - 1 - pieces[::-1].index(last)
            text = _joined(last.text, piece.text, spelt)
            pieces[at] = replace(last, text=text, page=piece.page, last=piece.last, full=piece.full)
        elif (
            piece.kind == "text"
            and pieces
            and pieces[-1].kind == "note"
            and (piece.size <= pieces[-1].size * 1.02 and piece.page == pieces[-1].page)
        ):
            text = _joined(pieces[-1].text, piece.text, spelt)
            pieces[-1] = replace(pieces[-1], text=text)
        else:
            pieces.append(piece)


def _goes_on(last: _Piece, piece: _Piece) -> bool:
    if last.kind != "text" or piece.kind != "text" or abs(last.size - piece.size) > 1:
        return False
    if _HYPHEN.search(last.text):
        return True
    if _ENDED.search(last.text):
        return False
    below = piece.page == last.page and piece.top - last.last > 2 * piece.size
    return piece.text[:1].islower() or (last.full and not below)


# ---- title, notes, and the whole


def _titled(pieces: Sequence[_Piece], named: str) -> list[_Piece]:
    """The title first: the one largest heading of the first page, else the name of the file.

    Where several headings share the largest size, they are headings of sections; then a heading
    that opens the first page is the title, or what the file says of itself.
    """
    heads = [p for p in pieces if p.kind in ("title", "heading")]
    largest = max((p.size for p in heads), default=0.0)
    found = [p for p in heads if p.size >= 0.98 * largest]
    title = found[0] if len(found) == 1 and found[0].kind == "title" else None
    if title is None and heads and heads[0] is pieces[0] and not section_kind(heads[0].text):
        title = heads[0]
    if title is not None and title.page == 0:
        return [replace(title, kind="title"), *(p for p in pieces if p is not title)]
    if named and not _FILE_NAME.search(named):
        return [_Piece(" ".join(named.split()), "title", largest, 0), *pieces]
    return list(pieces)


def _written(pieces: Sequence[_Piece]) -> Iterator[str]:
    notes = [piece for piece in pieces if piece.kind == "note"]
    numbers = _numbers(notes)
    rows: list[str] = []
    for number, piece in enumerate(pieces):
        if piece.kind != "row" and rows:
            yield "\n".join(rows)
            rows = []
        if piece.kind == "row":
            rows.append(_marked(piece, numbers))
        elif piece.kind == "title" and number == 0:
            yield f"= {_marked(piece, numbers)} ="
        elif piece.kind in ("title", "heading"):
            yield f"== {_marked(piece, numbers)} =="
        elif piece.kind == "text":
            yield _marked(piece, numbers)
    if rows:
        yield "\n".join(rows)
    if notes:
        yield "== Notes =="
    for note in notes:
        found = _NOTED.match(note.text)
        label = (found[1] or found[2]) if found else ""
        words = note.text[found.end() :] if found else note.text
        plain = _MARKED.sub(r"[\2]", words)
        yield f"{numbers[note.page, label]}. {plain}"


def _numbers(notes: Sequence[_Piece]) -> dict[tuple[int, str], str]:
    """Page and mark -> number: as printed, or counted through where every page begins anew."""
    marks = []
    for note in notes:
        found = _NOTED.match(note.text)
        marks.append((note.page, (found[1] or found[2]) if found else ""))
    if len({mark for _, mark in marks}) == len(marks):
        return {mark: mark[1] for mark in marks}
    return {mark: str(number) for number, mark in enumerate(marks, 1)}


def _marked(piece: _Piece, numbers: dict[tuple[int, str], str]) -> str:
    """The text, with the marks of notes as pasted text has them."""

    def number(found: re.Match[str]) -> str:
        return f"[{numbers.get((int(found[1]), found[2]), found[2])}]"

    return _MARKED.sub(number, piece.text)
