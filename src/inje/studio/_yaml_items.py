"""One record of a YAML file replaced in its text: everything else, comments included, stays.

A historian's comments and order are part of the record, and writing the whole file anew would
take longer than a key press may. So the lines of one item of a top-level list are found by their
indentation and exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inje.dossier import Claim, Dossier, Entity, Question, dump_record

__all__ = ["appended", "replaced"]

_KEY = re.compile(r"[A-Za-z_]+:")
_ID = re.compile(r"(?:id|'id'|\"id\"):\s*(?P<id>'[^']*'|\"[^\"]*\"|[^\s#,}]+)")
_PARTS = {Claim: "claims", Entity: "entities", Question: "questions"}
Item = Claim | Entity | Question


@dataclass(frozen=True, slots=True)
class _Span:
    """Lines of an item, and how far its dash is indented."""

    start: int
    end: int
    indent: int


def _section(lines: list[str], key: str) -> tuple[int, int]:
    """Lines of a top-level list, without the line of its key."""
    start = next((i for i, line in enumerate(lines) if line.rstrip() == f"{key}:"), None)
    if start is None:
        raise LookupError(key)
    end = next((i for i in range(start + 1, len(lines)) if _KEY.match(lines[i])), len(lines))
    return start + 1, end


def _blank(line: str) -> bool:
    stripped = line.strip()
    return not stripped or stripped.startswith("#")


def _spans(lines: list[str], key: str) -> Iterator[_Span]:
    start, end = _section(lines, key)
    first = next((i for i in range(start, end) if not _blank(lines[i])), None)
    if first is None or not lines[first].lstrip().startswith("- "):
        raise LookupError(key)
    indent = len(lines[first]) - len(lines[first].lstrip())
    dash = " " * indent + "- "
    heads = [i for i in range(first, end) if lines[i].startswith(dash)]
    for head, following in zip(heads, [*heads[1:], end], strict=True):
        stop = following
        while stop > head + 1 and _blank(lines[stop - 1]):
            stop -= 1  # comments above an item belong to it, not to the one before
        yield _Span(head, stop, indent)


def _id_of(lines: list[str], span: _Span) -> str:
    field = " " * (span.indent + 2)
    for line in (lines[span.start], *lines[span.start + 1 : span.end]):
        if line.startswith((field + "id:", " " * span.indent + "- ")):
            found = _ID.search(line)
            if found:
                return found["id"].strip("'\"")
    return ""


def _written(item: Item, indent: int) -> list[str]:
    """Lines of one item, as the dossier writer sets them."""
    key = _PARTS[type(item)]
    lines = dump_record(Dossier.model_construct(**{key: (item,)}), "x").splitlines()
    start, end = _section(lines, key)
    written = next(_spans(lines, key)).indent
    shift = " " * max(0, indent - written)
    drop = max(0, written - indent)
    return [shift + line[drop:] for line in lines[start:end]]


def replaced(text: str, item: Item) -> str:
    """The text with the item of the same id exchanged; comments inside it are kept above it.

    Raises
    ------
    LookupError : no such item in block style.
    """
    lines = text.splitlines()
    for span in _spans(lines, _PARTS[type(item)]):
        if _id_of(lines, span) == item.id:
            inside = lines[span.start + 1 : span.end]
            comments = [line for line in inside if line.strip().startswith("#")]
            new = comments + _written(item, span.indent)
            return "\n".join([*lines[: span.start], *new, *lines[span.end :]]) + "\n"
    raise LookupError(item.id)


def appended(text: str, item: Item) -> str:
    """The text with an item after the last one of its list.

    Raises
    ------
    LookupError : the list is empty or not in block style.
    """
    lines = text.splitlines()
    last = list(_spans(lines, _PARTS[type(item)]))[-1]
    new = _written(item, last.indent)
    return "\n".join([*lines[: last.end], *new, *lines[last.end :]]) + "\n"
