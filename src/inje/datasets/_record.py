"""What a data set says about itself: title, licence, citation, columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

__all__ = ["Column", "Dataset", "attach", "columns", "record"]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : the column's name in the frame.
    unit : its unit ("people", "days", "km"), or "" where it has none.
    meaning : what it holds, in a sentence.
    """

    name: str
    unit: str
    meaning: str


@dataclass(frozen=True)
class Dataset:
    """A public data set: where it comes from and what its columns mean.

    Attributes
    ----------
    name : the name of the loader, e.g. "cdb90".
    title : what it is, in a few words.
    licence : the licence under which it may be used.
    citation : author, year, place of publication.
    origin : where the originals are published.
    columns : the documented columns, in the order of the frame.
    """

    name: str
    title: str
    licence: str
    citation: str
    origin: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The documentation of one column; `KeyError` if it has none."""
        for entry in self.columns:
            if entry.name == name:
                return entry
        raise KeyError(name)


def columns(table: Mapping[str, tuple[str, str]]) -> tuple[Column, ...]:
    """Columns from a table ``{name: (unit, meaning)}``."""
    return tuple(Column(name, unit, meaning) for name, (unit, meaning) in table.items())


def attach(frame: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """The frame with its record in ``frame.attrs["dataset"]``."""
    frame.attrs["dataset"] = dataset
    return frame


def record(frame: pd.DataFrame) -> Dataset:
    """The record of a frame that a loader of this package returned.

    Raises
    ------
    KeyError
        the frame was made elsewhere and carries no record.
    """
    found = frame.attrs["dataset"]
    if not isinstance(found, Dataset):
        raise KeyError("dataset")
    return found
