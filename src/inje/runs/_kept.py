"""Worlds block by block: read again where an interrupted run left them, fought where not.

An entry of the journal holds whole blocks, and is named after the number of its first world. Where
one is missing or damaged its worlds are fought again, and what follows it is still used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inje.ensemble import Ensemble, iterate_blocks
from inje.runs._journal import Journal
from inje.runs._survey import BLOCK
from inje.scenario import Scenario

__all__ = ["Wanted", "kept_blocks"]

#: what stands before the name of a column of which one value is kept, for all worlds have it
SAME = "same:"
UNFINISHED, SIZES = "unfinished", "sizes"


@dataclass(frozen=True)
class Wanted:
    """Worlds start .. start + worlds - 1 of a scenario, and the names of their coded columns."""

    scenario: Scenario
    worlds: int
    seed: int
    start: int
    threads: int | None
    paths: Sequence[str] | None
    labels: Mapping[str, tuple[str, ...]]

    def fought(self, done: int) -> Iterator[Ensemble]:
        """The blocks after this many worlds."""
        return iterate_blocks(
            self.scenario,
            worlds=self.worlds - done,
            seed=self.seed,
            start=self.start + done,
            threads=self.threads,
            paths=self.paths,
            block=BLOCK,
        )


def kept_blocks(wanted: Wanted, journal: Journal) -> Iterator[Ensemble]:
    """The worlds in blocks of `BLOCK`; what is fought is entered into the journal.

    An entry is written every two seconds: that, and the block at work, is what a killed run loses.
    """
    done = 0
    fought: Iterator[Ensemble] | None = None
    waiting: list[Ensemble] = []
    while done < wanted.worlds:
        found = [] if waiting else _read(wanted, journal, done)
        if not found:
            fought = fought or wanted.fought(done)
            found = [next(fought)]
            waiting += found
            if journal.due(_name(waiting[0].start)):
                _write(journal, waiting)
                waiting = []
        else:
            fought = None
        for block in found:
            yield block
            done += block.worlds


def _name(first: int) -> str:
    return f"worlds-{first}"


def _write(journal: Journal, blocks: Sequence[Ensemble]) -> None:
    """Enter blocks that follow each other, under the number of their first world."""
    arrays: dict[str, NDArray[np.generic]] = {
        UNFINISHED: np.array([block.unfinished for block in blocks], np.int64),
        SIZES: np.array([block.worlds for block in blocks], np.int64),
    }
    for number, block in enumerate(blocks):
        for name, column in block.columns.items():
            same = column.size > 1 and column.strides == (0,)
            arrays[f"{number}:{SAME if same else ''}{name}"] = column[:1] if same else column
    journal.write(_name(blocks[0].start), arrays)


def _read(wanted: Wanted, journal: Journal, done: int) -> list[Ensemble]:
    """The blocks of the entry that begins after these worlds; none where there is no sound one."""
    first = wanted.start + done
    arrays = journal.read(_name(first))
    if arrays is None or not {UNFINISHED, SIZES} <= arrays.keys():
        return []
    sizes, cut = arrays[SIZES].tolist(), arrays[UNFINISHED].tolist()
    if sum(sizes) > wanted.worlds - done:
        return []
    found, at = [], first
    for number, (size, unfinished) in enumerate(zip(sizes, cut, strict=True)):
        columns = _columns(arrays, f"{number}:", size)
        found.append(
            Ensemble(wanted.scenario, wanted.seed, at, size, columns, wanted.labels, unfinished)
        )
        at += size
    return found


def _columns(
    arrays: Mapping[str, NDArray[np.generic]], prefix: str, size: int
) -> dict[str, NDArray[np.generic]]:
    columns: dict[str, NDArray[np.generic]] = {}
    for key, values in arrays.items():
        if key.startswith(prefix + SAME):
            columns[key.removeprefix(prefix + SAME)] = np.broadcast_to(values, (size,))
        elif key.startswith(prefix):
            columns[key.removeprefix(prefix)] = values
    return columns
