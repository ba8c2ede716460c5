"""The text of a .docx: paragraphs and tables in their order, with headings, lists and notes.

Written as pasted text has them: `== heading ==`, `- item`, `| cell | cell |`, `[1]` where a note is
called, and the notes as a numbered list at the end. What was struck out is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

__all__ = ["lines_of_docx"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: parts of a paragraph that stand for a character
_SIGNS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
#: what holds no text of its own, or the same text once more
_SKIPPED = (
    f"{_W}pPr", f"{_W}rPr", f"{_W}del", f"{_W}moveFrom",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)  # fmt: skip
_CALLS = {f"{_W}footnoteReference": "footnote", f"{_W}endnoteReference": "endnote"}


class _Notes:
    """The notes of a document: numbered in the order in which they are called."""

    def __init__(self, document: WordDocument) -> None:
        from docx.oxml import parse_xml

        self._texts: dict[tuple[str, str], Any] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        for relation in document.part.rels.values():
            kind = relation.reltype.rpartition("/")[2].removesuffix("s")
            if kind in _CALLS.values() and not relation.is_external:
                for note in parse_xml(relation.target_part.blob).iter(f"{_W}{kind}"):
                    self._texts[kind, note.get(f"{_W}id", "")] = note

    def call(self, kind: str, name: str) -> str:
        """The mark of a note, `[1]`; nothing for one that is not there."""
        if (kind, name) not in self._texts:
            return ""
        return f"[{self._numbers.setdefault((kind, name), len(self._numbers) + 1)}]"

    def lines(self) -> Iterator[str]:
        """The notes that were called."""
        for key, number in list(self._numbers.items()):
            words = " ".join(_text(self._texts[key], None).split())
            yield f"{number}. {words}"


def lines_of_docx(document: WordDocument) -> Iterator[str]:
    """The paragraphs, a table's rows as one of several lines, then the notes."""
    notes = _Notes(document)
    names = {style.style_id: style.name or "" for style in document.styles}
    first = True
    for element in document.element.body.iterchildren():
        line = ""
        if element.tag == f"{_W}p":
            line = _paragraph(element, names, notes, first=first)
        elif element.tag == f"{_W}tbl":
            line = "\n".join(_rows(element, notes))
        elif element.tag == f"{_W}sdt":
            line = "\n\n".join(filter(None, _within(element, names, notes)))
        if line.strip():
            yield line
            first = False
    listed = list(notes.lines())
    if listed:
        yield "\n".join(["== Notes ==", *listed])


def _within(element: Any, names: dict[str, str], notes: _Notes) -> Iterator[str]:
    """The paragraphs of a box of content, such as a generated table of contents."""
    for paragraph in element.iter(f"{_W}p"):
        yield _paragraph(paragraph, names, notes, first=False)


def _paragraph(element: Any, names: dict[str, str], notes: _Notes, *, first: bool) -> str:
    text = _text(element, notes).strip()
    if not text:
        return ""
    style = names.get(_value(element, "pPr/pStyle"), "")
    level = re.fullmatch(r"heading (\d)", style, re.I)
    if style == "Title" or (first and level and level[1] == "1"):
        return f"= {' '.join(text.split())} ="
    # an outline level of 9 is that of plain text
    if level or _value(element, "pPr/outlineLvl") not in ("", "9"):
        return f"== {' '.join(text.split())} =="
    listed = element.find(f"{_W}pPr/{_W}numPr") is not None or style.startswith("List ")
    return f"- {text}" if listed else text


def _value(element: Any, path: str) -> str:
    found = element.find("/".join(f"{_W}{name}" for name in path.split("/")))
    return "" if found is None else found.get(f"{_W}val", "")


def _rows(table: Any, notes: _Notes) -> Iterator[str]:
    """A line for every row; a table within a cell is read as words of the cell."""
    for row in table.iterchildren(f"{_W}tr"):
        cells = [" ".join(_text(cell, notes).split()) for cell in row.iterchildren(f"{_W}tc")]
        if any(cells):
            yield "| " + " | ".join(cells) + " |"


def _text(element: Any, notes: _Notes | None) -> str:
    """The text below an element, without what was struck out."""
    pieces: list[str] = []
    for child in element.iterchildren():
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in _SIGNS:
            pieces.append(_SIGNS[child.tag])
        elif child.tag in _CALLS and notes is not None:
            pieces.append(notes.call(_CALLS[child.tag], child.get(f"{_W}id", "")))
        else:
            pieces.append(_text(child, notes))
            if child.tag == f"{_W}p":
                pieces.append("\n")
    return "".join(pieces)
