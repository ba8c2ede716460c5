"""The order in which the words of a printed page are read: columns, lines, tables.

A PDF knows where letters stand, not what belongs together. Columns are told by a strip of paper
that no word of several lines crosses, with filled lines on both sides of it; cells of a table
leave such strips too, but do not fill them. Lengths are in points, from the upper left corner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

__all__ = ["Line", "Word", "lines_of", "regions"]

#: a gap between columns is at least so many letter sizes wide, one between cells of a table so many
_GUTTER, _CELL = 0.9, 1.8
#: a column has so many lines, of so many words, which fill this share of its width
_LINES, _WORDS, _FILLED = 3, 2.5, 0.55
#: a gap half as wide parts columns of so many lines: blanks do not lie under one another so often
_NARROW, _MANY_LINES = 0.45, 8
#: share of the width at each side in which no column ends
_MARGIN = 0.12
#: gaps of a line that differ by less than this share were made by spreading it out
_EVEN = 0.2
#: prose beside a box takes this share of the width
_PROSE = 0.35
#: columns are looked for within columns so often
_DEEPEST = 3
#: what stands higher and is smaller than its line is a mark of a note
_RAISED, _SMALL = 0.12, 0.87
_MARK = re.compile(r"\[?(\d{1,3}|[*†‡])\]?")
#: a mark, between signs that no text has, until all notes are known
MARK_OPEN, MARK_CLOSE = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands; `table` holds the rows of a table that stands in its place."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    table: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column; `row` says that it is one of a table."""

    text: str
    x0: float
    x1: float
    top: float
    size: float
    bold: bool
    row: bool = False


def regions(words: Sequence[Word], depth: int = 0) -> Iterator[list[Word]]:
    """Stretches of a page, each of one column, in reading order."""
    bands = _bands(words)
    at = 0
    plain: list[Word] = []
    while at < len(bands):
        found = _section(bands, at) if depth < _DEEPEST else None
        if found is None:
            plain += bands[at]
            at += 1
            continue
        if plain:
            yield plain
            plain = []
        first, last, gutter = found
        for band in bands[at:first]:
            plain += band
        if plain:
            yield plain
            plain = []
        within = [word for band in bands[first:last] for word in band]
        yield from regions([w for w in within if (w.x0 + w.x1) / 2 < gutter], depth + 1)
        yield from regions([w for w in within if (w.x0 + w.x1) / 2 >= gutter], depth + 1)
        at = last
    if plain:
        yield plain


def _bands(words: Iterable[Word]) -> list[list[Word]]:
    """Words whose middles overlap in height, from above to below."""
    bands: list[list[Word]] = []
    floor = float("-inf")
    for word in sorted(words, key=lambda w: w.top):
        inset = (word.bottom - word.top) * 0.2
        if word.top + inset >= floor:
            bands.append([])
            floor = word.bottom - inset
        bands[-1].append(word)
        floor = max(floor, word.bottom - inset)
    return bands


Span = tuple[float, float]


def _free(band: Sequence[Word], left: float, right: float) -> list[Span]:
    """What no word of a band covers of the width."""
    free, at = [], left
    for word in sorted(band, key=lambda w: w.x0):
        if word.x0 > at:
            free.append((at, min(word.x0, right)))
        at = max(at, word.x1)
    return [*free, (at, right)] if at < right else free


def _meeting(one: Sequence[Span], two: Sequence[Span], least: float) -> list[Span]:
    met = [(max(a, c), min(b, d)) for a, b in one for c, d in two]
    return [(a, b) for a, b in met if b - a >= least]


def _section(bands: Sequence[Sequence[Word]], start: int) -> tuple[int, int, float] | None:
    """The bands from one on that stand in two columns: first, one past the last, the gutter."""
    words = [word for band in bands for word in band]
    left, right = min(w.x0 for w in words), max(w.x1 for w in words)
    inset = (right - left) * _MARGIN
    size = median(w.size for w in words)
    free: list[Span] = [(left + inset, right - inset)]
    end = start
    while end < len(bands):
        met = _meeting(free, _free(bands[end], left, right), _NARROW * size)
        if not met:
            break
        free, end = met, end + 1
    for a, b in sorted(free, key=lambda span: span[0] - span[1]):
        gutter = (a + b) / 2
        trimmed = _two_sided(bands, start, end, gutter)
        lines = _LINES if b - a >= _GUTTER * size else _MANY_LINES
        if trimmed is not None and _is_columned(bands[slice(*trimmed)], gutter, lines):
            return (*trimmed, gutter)
    return None


def _sides(band: Sequence[Word], gutter: float) -> tuple[bool, bool]:
    return any(w.x1 <= gutter for w in band), any(w.x0 >= gutter for w in band)


def _two_sided(
    bands: Sequence[Sequence[Word]], start: int, end: int, gutter: float
) -> tuple[int, int] | None:
    """The run without the bands above its columns, and without a heading of what follows it."""
    while start < end and not all(sides := _sides(bands[start], gutter)):
        # The right column may begin a little above the left one.
        if sides[1] and start + 1 < end and not _apart(bands[start], bands[start + 1]):
            break
        start += 1
    if start == end:
        return None
    crossed = end < len(bands)
    while crossed and end - 1 > start and not all(_sides(bands[end - 1], gutter)):
        if not _apart(bands[end - 2], bands[end - 1]):
            break
        end -= 1
    return start, end


def _apart(above: Sequence[Word], below: Sequence[Word]) -> bool:
    """Whether more than the usual distance of lines lies between two bands."""
    gap = min(w.top for w in below) - max(w.bottom for w in above)
    return gap >= 0.4 * median(w.size for w in below)


def _is_columned(bands: Iterable[Sequence[Word]], gutter: float, least: int) -> bool:
    """Whether both sides are text, or one is prose beside a box of facts."""
    words = [word for band in bands for word in band]
    sides = ([w for w in words if w.x1 <= gutter], [w for w in words if w.x0 >= gutter])
    lines = [_bands(side) for side in sides]
    if min(map(len, lines)) < least:
        return False
    whole = max(w.x1 for w in words) - min(w.x0 for w in words)
    return all(map(_is_text, lines)) or any(_is_prose(own, whole) for own in lines)


def _widths(lines: Sequence[Sequence[Word]]) -> list[float]:
    """How much of the widest line each line fills."""
    found = [max(w.x1 for w in line) - min(w.x0 for w in line) for line in lines]
    return [width / (max(found) or 1.0) for width in found]


def _is_text(lines: Sequence[Sequence[Word]]) -> bool:
    """Whether lines are of words enough, and most of them fill the width."""
    counted = sum(map(len, lines)) / len(lines)
    return counted >= _WORDS and median(_widths(lines)) >= _FILLED


def _is_prose(lines: Sequence[Sequence[Word]], whole: float) -> bool:
    """Whether many lines are long, in words and on the page, as no cells of a table are."""
    long = [
        line
        for line, width in zip(lines, _widths(lines), strict=True)
        if len(line) >= 2 * _WORDS and width >= _FILLED
    ]
    across = max(w.x1 for line in lines for w in line) - min(w.x0 for line in lines for w in line)
    return len(long) > _LINES and across > _PROSE * whole


def lines_of(words: Sequence[Word]) -> list[Line]:
    """The lines of a region; rows of a table have bars between their cells."""
    bands = [sorted(band, key=lambda w: w.x0) for band in _bands(words)]
    gaps = _columns_of_tables([_cell_gaps(band) for band in bands])
    return [line for band, cut in zip(bands, gaps, strict=True) for line in _line(band, cut)]


def _cell_gaps(band: Sequence[Word]) -> list[Span]:
    """Gaps as wide as between cells; none where a line was spread out to fill its width."""
    size = median(w.size for w in band)
    every = [(a.x1, b.x0) for a, b in pairwise(band)]
    widths = [b - a for a, b in every]
    if len(widths) > 1 and max(widths) - min(widths) < _EVEN * max(widths):
        return []
    return [(a, b) for a, b in every if b - a > _CELL * size]


def _columns_of_tables(gaps: Sequence[list[Span]]) -> list[list[Span]]:
    """The gaps that lie under one another in two lines, or in three where each has but one."""
    kept: list[list[Span]] = []
    for k, own in enumerate(gaps):
        cut = []
        for gap in own:
            run = 1
            for step in (-1, 1):
                j = k + step
                while 0 <= j < len(gaps) and any(_overlap(gap, other) > 0 for other in gaps[j]):
                    run, j = run + 1, j + step
            if run >= (2 if len(own) > 1 else 3):
                cut.append(gap)
        kept.append(cut)
    return kept


def _overlap(one: Span, two: Span) -> float:
    return min(one[1], two[1]) - max(one[0], two[0])


def _line(band: Sequence[Word], cut: Sequence[Span]) -> Iterator[Line]:
    """A line, or the rows of a table that stands in a line's place."""
    for word in band:
        for row in word.table:
            yield Line(row, word.x0, word.x1, word.top, word.size, False, True)
    plain = [word for word in band if not word.table]
    if not plain:
        return
    size = max(w.size for w in plain)
    floor = median(w.bottom for w in plain if w.size >= _SMALL * size)
    text, last = "", None
    for word in plain:
        glue = " "
        if last is not None and any(a <= last.x1 and word.x0 <= b for a, b in cut):
            glue = " | "
        elif last is None or word.x0 - last.x1 < 0.1 * size:
            glue = ""
        mark = _MARK.fullmatch(word.text)
        raised = word.size < _SMALL * size and word.bottom < floor - _RAISED * size
        said = f"{MARK_OPEN}{mark[1]}{MARK_CLOSE}" if mark and raised else word.text
        text, last = text + glue + said, word
    bold = all(w.bold for w in plain)
    top = min(w.top for w in plain)
    said = f"| {text} |" if cut else text
    yield Line(said, plain[0].x0, plain[-1].x1, top, size, bold, bool(cut))
