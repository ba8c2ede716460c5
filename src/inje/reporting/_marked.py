"""The text of a document cut into pieces, each with the claims that stand over it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from inje.document import Block, Document
from inje.dossier import Claim

__all__ = ["MarkedBlock", "Piece", "marked_blocks"]


#: label of text outside every block: names of fields, separators
LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same claims.

    Attributes
    ----------
    text : the words, as they stand.
    claims : ids, the shortest claim (innermost) first.
    begins : claims whose first piece this is.
    note : label of a citation marker that stands here; then `text` is empty.
    start : place of its first character in the clean text.
    """

    text: str
    claims: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    note: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A block of the document with its pieces."""

    kind: str
    level: int
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    claim: str


def _to_clean(document: Document, starts: list[int], position: int) -> int:
    """First clean position whose character stands at or after an original position."""
    i = bisect_right(starts, position) - 1
    if i < 0:
        return 0
    run = document.runs[i]
    return run.clean + min(position - run.original, run.length)


def marked_blocks(document: Document, claims: Sequence[Claim]) -> list[MarkedBlock]:
    """Cut a document into blocks of pieces.

    Claims may nest and overlap in any way. Text outside every block is kept as a paragraph, so
    that the whole document is shown.
    """
    spans = sorted(_spans(document, claims), key=lambda s: (s.start, s.end))
    notes = sorted((m.start, m.target) for m in document.marks if m.kind == "citation")
    cutter = _Cutter(document.text, spans, notes)
    return [
        MarkedBlock(block.kind, block.level, block.label, tuple(cutter.pieces(block)))
        for block in _all_blocks(document)
    ]


def _spans(document: Document, claims: Iterable[Claim]) -> Iterator[_Span]:
    starts = [run.original for run in document.runs]
    for claim in claims:
        anchor = claim.anchor
        if anchor is None or anchor.document not in ("", document.id):
            continue
        if document.original[anchor.start : anchor.end] != anchor.quote:
            continue  # the claim stands in another version of the text: never mark wrong words
        start = _to_clean(document, starts, anchor.start)
        end = _to_clean(document, starts, anchor.end)
        if start < end:
            yield _Span(start, end, claim.id)


def _all_blocks(document: Document) -> list[Block]:
    blocks: list[Block] = []
    reached = 0
    for block in sorted(document.blocks, key=lambda b: (b.start, b.end)):
        start = max(block.start, reached)
        if block.end <= start:
            continue  # inside a block that is shown already
        blocks += _loose(document.text, reached, start)
        blocks.append(Block(block.kind, start, block.end, block.level, block.label))
        reached = block.end
    return blocks + _loose(document.text, reached, len(document.text))


def _loose(text: str, start: int, end: int) -> list[Block]:
    words = text[start:end].strip()
    if not words:
        return []
    first = start + text[start:end].index(words)
    return [Block("paragraph", first, first + len(words), label=LOOSE)]


class _Cutter:
    """Walks the spans once, from the first block to the last."""

    def __init__(self, text: str, spans: list[_Span], notes: list[tuple[int, str]]) -> None:
        self.text = text
        self.spans = spans
        self.notes = notes
        self.next = 0
        self.noted = 0
        self.active: list[_Span] = []
        self.begun: set[str] = set()

    def pieces(self, block: Block) -> Iterator[Piece]:
        notes = self._notes_of(block)
        inside = self._enter(block)
        cuts = {block.start, block.end, *(n[0] for n in notes)}
        for span in inside:
            cuts |= {max(span.start, block.start), min(span.end, block.end)}
        ordered = sorted(cuts)
        for start, end in zip(ordered, [*ordered[1:], block.end], strict=True):
            yield from (Piece("", note=label) for place, label in notes if place == start)
            if start < end:
                yield self._piece(start, end, inside)

    def _notes_of(self, block: Block) -> list[tuple[int, str]]:
        first = max(bisect_left(self.notes, (block.start, "")), self.noted)
        self.noted = max(first, bisect_right(self.notes, (block.end, "\U0010ffff")))
        return self.notes[first : self.noted]

    def _enter(self, block: Block) -> list[_Span]:
        while self.next < len(self.spans) and self.spans[self.next].start < block.end:
            self.active.append(self.spans[self.next])
            self.next += 1
        self.active = [span for span in self.active if span.end > block.start]
        return list(self.active)

    def _piece(self, start: int, end: int, inside: list[_Span]) -> Piece:
        over = [span for span in inside if span.start <= start and span.end >= end]
        over.sort(key=lambda span: (span.end - span.start, span.start))
        claims = tuple(span.claim for span in over)
        begins = tuple(claim for claim in claims if claim not in self.begun)
        self.begun.update(begins)
        return Piece(self.text[start:end], claims, begins, start=start)
