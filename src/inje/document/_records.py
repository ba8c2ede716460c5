"""The document: immutable text with blocks and exact offsets into the original.

A reader may only delete characters of the original or replace them one for one
(design: record and claims). The clean text therefore maps back to the original
by a list of runs, and every quote can be checked: it equals the original text at
its span.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Literal

from inje.errors import DocumentError
from inje.tables import in_markdown, shown

__all__ = ["Anchor", "Block", "BlockKind", "Document", "Mark", "MarkKind", "Run"]

BlockKind = Literal[
    "title",
    "heading",
    "paragraph",
    "infobox",
    "list_item",
    "quotation",
    "caption",
    "table",
    "reference",
    "navigation",
]
MarkKind = Literal["citation", "link", "emphasis", "quotation", "coordinates"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span of the original text and the words that stand there.

    Attributes
    ----------
    start, end : code points of the original, start inclusive, end exclusive.
    quote : the original text at that span, always.
    document : identifier of the document, empty while there is only one.

    Source: W3C Web Annotation Data Model (2017), TextPositionSelector and
    TextQuoteSelector.
    """

    start: int
    end: int
    quote: str
    document: str = ""

    def overlaps(self, other: Anchor) -> bool:
        """Whether the two spans share a character of the same document."""
        return self.document == other.document and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of clean text that maps one for one onto the original.

    Attributes
    ----------
    clean : first position in the clean text.
    original : first position in the original text.
    length : code points, at least 1.
    """

    clean: int
    original: int
    length: int


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the document with one function.

    Attributes
    ----------
    kind : what it is; an `infobox` block is one row of the box of facts.
    start, end : span in the clean text.
    level : heading level (1 = title), list depth, or 0.
    label : name of an infobox field, or the number of a reference.
    section : heading under which it stands, empty in the lead.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    label: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something attached to a place in the clean text.

    Attributes
    ----------
    kind : a citation marker is deleted from the clean text, so its span is empty there, and so
        are coordinates.
    start, end : span in the clean text; equal for a citation.
    target : reference label for a citation, link target for a link, degrees north and east
        with a comma between for coordinates ("48.6333,10.6333").
    anchor : the marker itself in the original.
    """

    kind: MarkKind
    start: int
    end: int
    target: str
    anchor: Anchor


@dataclass(frozen=True)
class Document:
    """A text about a battle, with the way back to every character of the original.

    Attributes
    ----------
    id : short name, made from the file name.
    title : title of the article, or the file name.
    uri : where it came from (path or address; "-" for standard input).
    media_type : text/plain, text/html, text/x-wiki, application/pdf, ...
    original : the text as it came, decoded.
    text : the clean text.
    runs : how clean positions map to original ones, ascending in both.
    blocks, marks : in reading order, positions in the clean text.
    licence, retrieved, language : as far as known, else empty.
    """

    id: str
    title: str
    uri: str
    media_type: str
    original: str = field(repr=False)
    text: str = field(repr=False)
    runs: tuple[Run, ...] = field(repr=False)
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    marks: tuple[Mark, ...] = field(default=(), repr=False)
    licence: str = ""
    retrieved: str = ""
    language: str = "en"

    def __post_init__(self) -> None:
        covered, last = 0, 0
        for run in self.runs:
            if run.clean != covered or run.length < 1 or run.original < last:
                raise DocumentError(
                    self.uri, f"run {run} does not continue the map", "ascending runs", "fix reader"
                )
            covered, last = run.clean + run.length, run.original + run.length
        if covered != len(self.text) or last > len(self.original):
            raise DocumentError(
                self.uri,
                f"the map covers {covered} of {len(self.text)} characters",
                "every clean character has a place in the original",
                "fix reader",
            )

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the original text in UTF-8, hexadecimal."""
        return sha256(self.original.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def _starts(self) -> list[int]:
        return [run.clean for run in self.runs]

    def to_original(self, position: int) -> int:
        """Place in the original of a clean character (0 <= position < len(text))."""
        run = self.runs[bisect_right(self._starts, position) - 1]
        return run.original + position - run.clean

    def anchor(self, start: int, end: int) -> Anchor:
        """Anchor of a span of the clean text; at least one character.

        Raises
        ------
        DocumentError : the span is empty or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise DocumentError(self.uri, f"span {start}:{end}", f"0..{len(self.text)}", "")
        first, last = self.to_original(start), self.to_original(end - 1) + 1
        return Anchor(first, last, self.original[first:last])

    def block_text(self, block: Block) -> str:
        """Clean text of a block."""
        return self.text[block.start : block.end]

    def _repr_html_(self) -> str:
        first = next((b for b in self.blocks if b.kind == "paragraph"), None)
        began = self.block_text(first) if first else self.text
        lead = f"{began[:300].rstrip()}{'…' if len(began) > 300 else ''}"
        size = f"{len(self.text.split()):,} words in {len(self.blocks)} blocks, from {self.uri}"
        return shown(self.title, (size, lead))

    def _repr_markdown_(self) -> str:
        return in_markdown(self._repr_html_())
