"""What a reader hands back, and how it becomes a document.

A reader works on a normalised text and says, in positions of that text, which spans go,
which characters are replaced, where blocks and marks lie. It never builds text itself:
that is how every quote stays exact.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from inje.document._normal import Sheet, cut
from inje.document._records import Anchor, Block, Document, Mark, MarkKind

__all__ = ["Origin", "Parsed", "Reader", "Spot", "assemble"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark in the positions of the text that the reader saw.

    `start`, `end` span the marker of a citation (it will be deleted) or the marked words.
    """

    kind: MarkKind
    start: int
    end: int
    target: str


@dataclass(frozen=True)
class Parsed:
    """What a reader found in a text.

    Attributes
    ----------
    title : title of the article, or empty.
    gone : spans to delete, half-open, in any order; they may overlap.
    swapped : position -> the one character to stand there instead.
    blocks : in reading order, positions in the text that the reader saw.
    spots : marks, in reading order.
    licence : as stated in the text, else empty.
    """

    title: str = ""
    gone: Sequence[Span] = ()
    swapped: dict[int, str] = field(default_factory=dict)
    blocks: Sequence[Block] = ()
    spots: Sequence[Spot] = ()
    licence: str = ""


@dataclass(frozen=True)
class Reader:
    """A reader of one format; the plug-in group `inje.readers` yields objects of this kind.

    Attributes
    ----------
    name : what `reader=` accepts.
    media_type : of the documents it makes.
    suffixes : file suffixes that it takes, with the dot, lower case.
    likeness : how much the beginning of a text looks like the format, 0 to 1.
    parse : the text to what was found in it; every tab is a space where `tabs` is not set.
    decode : bytes to text, for formats that are not text; None for UTF-8.
    magic : first bytes of a file of a format that is not text.
    """

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    likeness: Callable[[str], float]
    parse: Callable[[str], Parsed]
    decode: Callable[[bytes, str], str] | None = None
    magic: bytes = b""
    tabs: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from."""

    id: str
    name: str
    uri: str
    media_type: str
    retrieved: str = ""


def assemble(original: str, sheet: Sheet, parsed: Parsed, origin: Origin) -> Document:
    """Build the document: clean text, map, blocks and marks in clean positions."""
    letters = list(sheet.text) if parsed.swapped else None
    if letters is not None:
        for position, letter in parsed.swapped.items():
            letters[position] = letter
    text = (sheet.text if letters is None else "".join(letters)).replace("\t", " ")
    marked = [(s.start, s.end) for s in parsed.spots if s.kind == "citation"]
    gone = _merged([*parsed.gone, *marked])
    clean = cut(Sheet(text, sheet.runs), gone)
    place = _Places(gone)
    blocks = tuple(moved for b in parsed.blocks if (moved := _moved(b, place, clean.text)))
    return Document(
        id=origin.id,
        title=parsed.title or origin.name,
        uri=origin.uri,
        media_type=origin.media_type,
        original=original,
        text=clean.text,
        runs=clean.runs,
        blocks=blocks,
        marks=tuple(_mark(spot, place, sheet, original) for spot in parsed.spots),
        licence=parsed.licence,
        retrieved=origin.retrieved,
    )


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


class _Places:
    """Position before the deletions -> position after them."""

    def __init__(self, gone: list[Span]) -> None:
        self._starts = [start for start, _ in gone]
        self._ends = [end for _, end in gone]
        self._lost = [0]
        for start, end in gone:
            self._lost.append(self._lost[-1] + end - start)

    def __call__(self, position: int) -> int:
        k = bisect_right(self._starts, position)
        if k and position < self._ends[k - 1]:
            return self._starts[k - 1] - self._lost[k - 1]
        return position - self._lost[k]


def _moved(block: Block, place: _Places, text: str) -> Block | None:
    start, end = place(block.start), place(block.end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    return Block(block.kind, start, end, block.level, block.label, block.section)


def _mark(spot: Spot, place: _Places, sheet: Sheet, original: str) -> Mark:
    first = _original(sheet, spot.start)
    last = _original(sheet, spot.end - 1) + 1
    anchor = Anchor(first, last, original[first:last])
    return Mark(spot.kind, place(spot.start), place(spot.end), spot.target, anchor)


def _original(sheet: Sheet, position: int) -> int:
    run = sheet.runs[bisect_right(sheet.runs, position, key=lambda run: run.clean) - 1]
    return run.original + position - run.clean
