"""Characters that no reader wants to meet, removed or replaced one for one.

Zero-width and control characters and direction marks are deleted, no-break spaces and
their kin become a space (a tab, which parts the cells of a pasted table, does only when the
reader is done), every line end becomes a line feed, and a letter followed by
combining marks becomes its composed form where Unicode has one (normal form C). Nothing
is inserted, so every remaining character keeps a place in the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from inje.document._records import Run

__all__ = ["Sheet", "cut", "normal"]

_DROP = (
    *range(0x09),
    *range(0x0E, 0x20),
    0x7F,
    0xAD,
    0x61C,
    0x180E,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
    0xFFFC,
)
_SPACES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_LINES = (0x0B, 0x0C, 0x85, 0x2028, 0x2029)
_ONE_FOR_ONE = {**dict.fromkeys(_SPACES, " "), **dict.fromkeys(_LINES, "\n")}
_DROPPED = re.compile("[" + "".join(map(re.escape, map(chr, _DROP))) + "]+|\r(?=\n)")
_MARKED = re.compile("[^\u0300-\u036f\\s][\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text with the map of its characters to the original, as runs."""

    text: str
    runs: tuple[Run, ...]


def normal(original: str) -> Sheet:
    """The text that readers see, and its map to the original."""
    text = original.translate(_ONE_FOR_ONE)
    gone = [match.span() for match in _DROPPED.finditer(text)]
    text = text.replace("\r", "\n")
    if _MARKED.search(text):
        text, more = _compose(text)
        gone = sorted(gone + more)
    return cut(Sheet(text, (Run(0, 0, len(text)),) if text else ()), gone)


def _compose(text: str) -> tuple[str, list[tuple[int, int]]]:
    pieces, gone, last = [], [], 0
    for match in _MARKED.finditer(text):
        composed = unicodedata.normalize("NFC", match.group())
        if len(composed) >= len(match.group()):
            continue
        pieces += [text[last : match.start()], composed.ljust(len(match.group()))]
        gone.append((match.start() + len(composed), match.end()))
        last = match.end()
    return "".join([*pieces, text[last:]]), gone


def cut(sheet: Sheet, gone: list[tuple[int, int]]) -> Sheet:
    """The sheet without the given spans (half-open, in its own text, in any order)."""
    pieces: list[str] = []
    runs: list[Run] = []
    length, at, k = 0, 0, 0
    for start, end in [*sorted(gone), (len(sheet.text), len(sheet.text))]:
        if start > at:
            pieces.append(sheet.text[at:start])
            length, k = _append(runs, sheet.runs, at, start, length, k)
        at = max(at, end)
    return Sheet("".join(pieces), tuple(runs))


def _append(
    runs: list[Run], below: tuple[Run, ...], start: int, end: int, length: int, k: int
) -> tuple[int, int]:
    while below[k].clean + below[k].length <= start:
        k += 1
    while start < end:
        run = below[k]
        upto = min(end, run.clean + run.length)
        original = run.original + start - run.clean
        if runs and runs[-1].original + runs[-1].length == original:
            runs[-1] = Run(runs[-1].clean, runs[-1].original, runs[-1].length + upto - start)
        else:
            runs.append(Run(length, original, upto - start))
        length += upto - start
        start = upto
        k += start == run.clean + run.length and start < end
    return length, k
