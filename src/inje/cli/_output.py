"""What the command line prints: one JSON value for machines, tables for people, one-line errors.

Everything but the result goes to standard error, so that `--json` can be piped.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from inje.errors import InjeError, InputError

__all__ = ["BAD_INPUT", "complain", "print_json", "print_table", "say"]

#: exit code of bad input
BAD_INPUT = 2
_NUMERIC = re.compile(r"[-+−±\d.,%/\[\]() …–eE]*\Z")


def _finite(value: Any) -> Any:
    """NaN and infinities as null: JSON has neither."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value


def print_json(value: Any) -> None:
    """Print exactly one JSON value on standard output."""
    sys.stdout.write(json.dumps(_finite(value), ensure_ascii=False, allow_nan=False) + "\n")
    sys.stdout.flush()


def say(message: str) -> None:
    """Say something on standard error."""
    sys.stderr.write(message + "\n")


def complain(error: InjeError) -> None:
    """Print an error, one line a fault."""
    faults = error.faults if isinstance(error, InputError) else (error,)
    for fault in faults:
        line = " ".join(str(fault).split())
        say(f"inje: {line}")
    if len(faults) > 1:
        say(f"inje: {len(faults)} faults")


def print_table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; plain text when standard output is no terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    terminal = sys.stdout.isatty()
    table = Table(
        title=Text(title),
        box=box.SIMPLE_HEAD if terminal else box.ASCII2,
        title_justify="left",
        title_style="bold",
    )
    cells = [list(row) for row in rows]
    for i, name in enumerate(header):
        numeric = bool(cells) and all(_NUMERIC.match(row[i]) for row in cells)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in cells:
        # Text, never markup: the cells hold words of documents.
        table.add_row(*(Text(cell) for cell in row))
    console = Console(width=None if terminal else 132, highlight=False, soft_wrap=False)
    console.print(table)
