"""Tables of events, CSV or JSON, with the place of every cell in the file.

A cell keeps the span of its own characters, so that a claim made of a row quotes the file exactly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from json.decoder import scanstring
from typing import Any

from inje.errors import DocumentError

__all__ = ["Cell", "Row", "rows_of"]

_BLANK = re.compile(r"[ \t\r\n]*")
_SCALAR = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null")
_DEEPEST = 40
_MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and where its characters stand: `start`, `end` in the text of the file."""

    text: str
    start: int
    end: int


Row = Mapping[str, Cell]


def rows_of(text: str, where: str) -> list[Row]:
    """The rows of a table by the names of its columns; empty cells are left out.

    JSON may be a list of objects, an object a line, or the results of a SPARQL query.

    Raises
    ------
    DocumentError : neither CSV with a head nor JSON of objects.
    """
    if text.lstrip("\ufeff \t\r\n")[:1] in ("[", "{"):
        found = list(_json_rows(text, where))
    else:
        found = list(_csv_rows(text, where))
    if not found:
        raise DocumentError(where, "no rows came", "a table with a row of names above", "")
    return found


# ---- CSV (RFC 4180), comma, semicolon or tab


def _csv_rows(text: str, where: str) -> Iterator[Row]:
    head_line = text.lstrip("\ufeff").partition("\n")[0]
    separator = max(",;\t", key=head_line.count)
    if separator not in head_line:
        raise DocumentError(where, "no table came", "CSV with names above, or JSON", "")
    names: list[str] | None = None
    for number, cells in enumerate(_csv_cells(text, separator, where)):
        if names is None:
            names = [cell.text.strip().lstrip("\ufeff") for cell in cells]
            continue
        if number > _MOST_ROWS:
            raise DocumentError(where, f"more than {_MOST_ROWS:,} rows", "fewer", "cut some out")
        if len(cells) > len(names):
            line = text.count("\n", 0, cells[-1].start) + 1
            came = f"{len(cells)} cells under {len(names)} names"
            raise DocumentError(f"{where}:{line}", came, "no more than names", "quote commas")
        row = {n: c for n, c in zip(names, cells, strict=False) if n and c.text.strip()}
        if row:
            yield row


def _csv_cells(text: str, separator: str, where: str) -> Iterator[list[Cell]]:
    row: list[Cell] = []
    at, size = 0, len(text)
    while at < size:
        if text[at] == '"':
            cell, at = _quoted(text, at, where)
        else:
            end = at
            while end < size and text[end] not in (separator, "\n", "\r"):
                end += 1
            cell, at = Cell(text[at:end], at, end), end
        row.append(cell)
        if at < size and text[at] == separator:
            at += 1
            if at == size or text[at] in "\r\n":
                row.append(Cell("", at, at))
            else:
                continue
        while at < size and text[at] in "\r\n":
            at += 1
        yield row
        row = []
    if row:
        yield row


def _quoted(text: str, at: int, where: str) -> tuple[Cell, int]:
    """A cell between quotation marks; its span is what stands between them."""
    end = at + 1
    while True:
        end = text.find('"', end)
        if end < 0:
            line = text.count("\n", 0, at) + 1
            raise DocumentError(f"{where}:{line}", "a quotation mark is not closed", "CSV", "")
        if text[end + 1 : end + 2] != '"':
            break
        end += 2
    return Cell(text[at + 1 : end].replace('""', '"'), at + 1, end), end + 1


# ---- JSON with positions


def _json_rows(text: str, where: str) -> Iterator[Row]:
    at = 1 if text.startswith("\ufeff") else 0
    try:
        values = []
        while (at := _skipped(text, at)) < len(text):
            value, at = _value(text, at, 0)
            values.append(value)
    except (ValueError, IndexError, json.JSONDecodeError):
        line = text.count("\n", 0, at) + 1
        raise DocumentError(f"{where}:{line}", "not JSON", "JSON of objects, or CSV", "") from None
    top = values[0] if len(values) == 1 else values
    if isinstance(top, dict) and isinstance(top.get("results"), dict):
        top = top["results"].get("bindings")
    rows = top if isinstance(top, list) else [top]
    for row in rows:
        if not isinstance(row, dict):
            raise DocumentError(where, "a row is no object", "objects with names", "")
        cells = {name: _cell(value) for name, value in row.items()}
        found = {name: cell for name, cell in cells.items() if cell is not None and cell.text}
        if found:
            yield found


def _cell(value: Any) -> Cell | None:
    """A scalar, or the `value` of a SPARQL binding."""
    if isinstance(value, dict):
        value = value.get("value")
    return value if isinstance(value, Cell) else None


def _skipped(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int, depth: int) -> tuple[Any, int]:
    """A JSON value whose scalars are cells; a recursive descent with a floor."""
    at = _skipped(text, at)
    if depth > _DEEPEST:
        raise ValueError(at)
    sign = text[at]
    if sign == '"':
        words, end = scanstring(text, at + 1, True)
        return Cell(words, at + 1, end - 1), end
    if sign in "{[":
        return _container(text, at, depth, sign)
    found = _SCALAR.match(text, at)
    if found is None:
        raise ValueError(at)
    words = "" if found.group() == "null" else found.group()
    return Cell(words, at, found.end()), found.end()


def _container(text: str, at: int, depth: int, sign: str) -> tuple[Any, int]:
    close = "}" if sign == "{" else "]"
    items: dict[str, Any] = {}
    listed: list[Any] = []
    at = _skipped(text, at + 1)
    while text[at] != close:
        name = ""
        if sign == "{":
            if text[at] != '"':
                raise ValueError(at)
            name, at = scanstring(text, at + 1, True)
            at = _skipped(text, at)
            if text[at] != ":":
                raise ValueError(at)
            at += 1
        value, at = _value(text, at, depth + 1)
        items[name] = value
        listed.append(value)
        at = _skipped(text, at)
        if text[at] == ",":
            at = _skipped(text, at + 1)
        elif text[at] != close:
            raise ValueError(at)
    return (items if sign == "{" else listed), at + 1
