"""Sets text as a printer would: words with places, without a PDF around them."""

from __future__ import annotations

from inje.document.readers._printed_page import Word

__all__ = ["LEADING", "spread", "typeset"]

#: width of a letter, height of a letter, and distance of lines, in letter sizes
LETTER, HEIGHT, LEADING = 0.5, 1.0, 1.25


def typeset(
    lines: list[str], *, x: float = 40, y: float = 100, size: float = 10, bold: bool = False
) -> list[Word]:
    """Lines set flush left from a place on."""
    words = []
    for number, line in enumerate(lines):
        at, top = x, y + number * size * LEADING
        for text in line.split():
            width = len(text) * size * LETTER
            words.append(Word(text, at, at + width, top, top + size * HEIGHT, size, bold))
            at += width + size * 0.3
    return words


def spread(words: list[Word], right: float) -> list[Word]:
    """One line, its words moved apart until it ends at `right`."""
    if len(words) < 2:
        return words
    more = (right - words[-1].x1) / (len(words) - 1)
    return [
        Word(w.text, w.x0 + k * more, w.x1 + k * more, w.top, w.bottom, w.size, w.bold)
        for k, w in enumerate(words)
    ]
