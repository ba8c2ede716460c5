"""Plain HTML from words and numbers; every word is escaped, for it may come from a document."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["give_or_take", "rough", "shown", "triple"]

#: rows of a table before it is cut
MOST = 40
Cell = str | float | None


def shown(
    title: str,
    sentences: Iterable[str] = (),
    head: Sequence[str] = (),
    rows: Iterable[Sequence[Cell]] = (),
) -> str:
    """A heading, sentences below it, and a table, as HTML.

    Parameters
    ----------
    title : of the noun. sentences : each a paragraph.
    head, rows : of the table; beyond `MOST` rows it says how many are left out.
    """
    parts = [f"<h3>{escape(title)}</h3>"]
    parts += [f"<p>{escape(sentence)}</p>" for sentence in sentences if sentence]
    listed = list(rows)
    if listed:
        parts.append(f"<table><thead>{_row(head, 'th')}</thead><tbody>")
        parts += [_row(row, "td") for row in listed[:MOST]]
        parts.append("</tbody></table>")
    if len(listed) > MOST:
        parts.append(f"<p>and {len(listed) - MOST} more</p>")
    return "".join(parts)


def _row(cells: Sequence[Cell], tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{_cell(cell)}</{tag}>' for cell in cells)}</tr>"


def _cell(cell: Cell) -> str:
    if cell is None:
        return "never"
    if isinstance(cell, str):
        return escape(cell)
    return f"{cell:,.4g}" if math.isfinite(cell) and abs(cell) < 1e4 else f"{cell:,.0f}"


def rough(error: float) -> str:
    """A standard error to one digit, in plain figures."""
    return f"{float(f'{error:.1g}'):g}"


def give_or_take(error: float | None, scale: float = 1.0) -> str:
    """A standard error behind its number, " ± 0.3"; nothing where there is none."""
    if error is None or not 0 < error < math.inf:
        return ""
    return f" ± {rough(scale * error)}"


def triple(values: Sequence[float | None], errors: Sequence[float | None] = ()) -> str:
    """Median and interval of 5 %, 50 % and 95 % quantiles: "15 ± 0.3 (1 to 143 ± 4)"."""
    known = [*errors, None, None, None]
    told = (f"{_cell(v)}{give_or_take(known[i])}" for i, v in enumerate(values))
    low, middle, high = told
    return f"{middle} ({low} to {high})"
