"""What `inje reconstruct --each` runs and prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from inje.cli._output import print_json, print_table, say

if TYPE_CHECKING:
    from inje.runs import Batch, BatchRow

__all__ = ["options_of", "print_batch"]

#: exit code when at least one article could not be reconstructed
FAILED = 1


def options_of(**options: Any) -> list[str]:
    """Options as a command line has them; what is not set is left out."""
    return [
        f"--{name.replace('_', '-')}={each}"
        for name, value in options.items()
        if value is not None and value != ""
        for each in (value if isinstance(value, list) else [value])
    ]


def print_batch(
    sources: Sequence[str],
    output: Path | None,
    jobs: int,
    options: Sequence[str],
    *,
    resume: bool,
    json: bool,
) -> None:
    """Reconstruct each article by itself and say what became of it; exit code 1 if one failed."""
    from inje.runs import reconstruct_each

    def tell(done: int, most: int, row: BatchRow) -> None:
        became = f"failed: {row.reason}" if row.code else f"ESS {row.ess:,.0f}"
        say(f"inje: {done} of {most}: {row.source}: {became}")

    batch = reconstruct_each(
        sources, output or Path("battles"), jobs=jobs, options=options, resume=resume,
        progress=tell,
    )  # fmt: skip
    if json:
        print_json(batch.to_json())
    else:
        _print(batch)
    if batch.failed:
        raise typer.Exit(FAILED)


def _print(batch: Batch) -> None:
    rows = [
        (
            row.source,
            row.folder,
            f"failed ({row.code})" if row.code else "done",
            "" if row.ess is None else f"{row.ess:,.0f}",
            row.reason or " / ".join(f"{k} {p:.2f}" for k, p in (row.winner or {}).items()),
        )
        for row in batch.rows
    ]
    header = ("article", "folder", "became", "ESS", "winner, or why it failed")
    print_table(f"{len(batch.rows)} articles, {len(batch.failed)} failed", header, rows)
