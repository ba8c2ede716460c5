"""Every exception that inje raises, in one tree.

::

    InjeError
    ├── InputError              what came from outside cannot be used (exit code 2)
    │   ├── DocumentError       a document cannot be read
    │   ├── FileFaults          a dossier or scenario file: all its faults at once
    │   ├── ModelError          a scenario contradicts itself or names nothing
    │   ├── PathError           an observable path names nothing
    │   ├── OptionError         an option or argument out of its range
    │   └── DataError           a data set is missing or not what it should be
    ├── MissingExtra            an optional part is not installed
    └── Interrupted             stopped by the user; what was written can be resumed

A failed *run* (too few effective worlds, claims that no world explains) is a
value with a reason, never an exception.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "DataError",
    "DocumentError",
    "Fault",
    "FileFaults",
    "InjeError",
    "InputError",
    "Interrupted",
    "MissingExtra",
    "ModelError",
    "OptionError",
    "PathError",
]


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input, in four parts.

    Attributes
    ----------
    where : file, line and column, or the name of the argument.
    what : what came.
    allowed : what is allowed there.
    remedy : what to do.
    """

    where: str
    what: str
    allowed: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.what}"]
        if self.allowed:
            parts.append(f"allowed: {self.allowed}")
        if self.remedy:
            parts.append(self.remedy)
        return "; ".join(parts)


class InjeError(Exception):
    """Root of the tree."""


class InputError(InjeError):
    """What came from outside cannot be used.

    Parameters
    ----------
    where, what, allowed, remedy : the four parts of the message, see `Fault`.
    """

    def __init__(self, where: str, what: str, allowed: str = "", remedy: str = "") -> None:
        self.faults: tuple[Fault, ...] = (Fault(where, what, allowed, remedy),)
        super().__init__(str(self.faults[0]))


class DocumentError(InputError):
    """A document cannot be read, or holds nothing to reconstruct."""


class FileFaults(InputError):
    """A file has faults; all of them are reported at once.

    Parameters
    ----------
    faults : at least one fault, in the order of the file.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].where, faults[0].what)
        self.faults: tuple[Fault, ...] = tuple(faults)
        self.args: tuple[str, ...] = ("\n".join(str(fault) for fault in faults),)


class ModelError(InputError):
    """A scenario contradicts itself or names something that does not exist."""


class PathError(InputError):
    """An observable path names nothing."""


class OptionError(InputError):
    """An option or an argument is out of its range."""


class DataError(InputError):
    """A data set is missing, or is not what it should be."""


class MissingExtra(InjeError):
    """An optional part is needed and not installed."""


class Interrupted(InjeError):
    """The user stopped the work; what was finished is kept."""
