"""Journals: what a long run has done so far, on disk, so that it can be gone on with.

A journal is a folder beside the file that the run will write, named after it. Each entry is one
file of plain arrays, replaced whole. As every draw has an address, a run that goes on from its
journal ends in the same numbers as one that was never stopped; so a journal that is lost costs
time and nothing else. It is locked while a run uses it, and gone when the run is finished.
"""

from __future__ import annotations

import io
import json
import shutil
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from glob import escape
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inje.dossier import write_atomically
from inje.errors import InputError
from inje.runs._locks import locked
from inje.scenario import Scenario

__all__ = ["Journal", "identity_of", "journal_beside", "opened_journal"]

SCHEMA = "inje-journal/1"
HEADER = "run.json"
#: bytes of the hash that stands before what an entry holds
DIGEST = 32
#: seconds between two entries of one name: what a killed run loses, at most
EVERY = 2.0
Arrays = Mapping[str, NDArray[Any]]


@lru_cache(maxsize=1)
def _code() -> str:
    """A hash of the sources of this package: another code may give other numbers."""
    home = Path(__file__).resolve().parents[1]
    digest = sha256()
    for path in sorted(home.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def identity_of(scenario: Scenario, **options: Any) -> dict[str, str]:
    """What makes a run this run and no other; runs of one identity give the same numbers."""
    record = scenario.dossier
    text = record.model_dump_json(by_alias=True) if record else ""
    return {
        "schema": SCHEMA,
        "version": version("inje"),
        "code": _code(),
        "numpy": np.__version__,
        "scenario": sha256(scenario.model_dump_json(by_alias=True).encode()).hexdigest(),
        "record": sha256(text.encode()).hexdigest(),
        **{name: repr(value) for name, value in options.items()},
    }


@dataclass(frozen=True)
class Journal:
    """What a run has done so far.

    Attributes
    ----------
    folder : where its entries lie.
    resumed : whether it goes on from entries of an earlier run.
    """

    folder: Path
    resumed: bool = False
    _written: dict[str, float] = field(default_factory=dict, repr=False)

    @property
    def entries(self) -> bool:
        """Whether it holds anything that can be gone on from."""
        return any(self.folder.glob("*.part"))

    def due(self, name: str) -> bool:
        """Whether an entry is due: the last of this name is more than two seconds old."""
        now = time.monotonic()
        return now - self._written.setdefault(name, now) >= EVERY

    def write(self, name: str, arrays: Arrays) -> None:
        """Write an entry, whole or not at all.

        Raises
        ------
        InputError : the folder is gone, read-only or full.
        """
        stream = io.BytesIO()
        np.savez(stream, **dict(arrays))
        content = stream.getvalue()
        write_atomically(self._path(name), sha256(content).digest() + content)
        self._written[name] = time.monotonic()

    def read(self, name: str) -> dict[str, NDArray[Any]] | None:
        """An entry of an earlier run; None where there is none, or it is damaged."""
        if not self.resumed:
            return None
        try:
            stored = self._path(name).read_bytes()
            # A damaged list of names would lose an array without a word; hence the hash before it.
            digest, content = stored[:DIGEST], stored[DIGEST:]
            if sha256(content).digest() != digest:
                return None
            with np.load(io.BytesIO(content), allow_pickle=False) as found:
                return {key: found[key] for key in found.files}
        except (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile):
            # A RuntimeError: a foreign header asks for a password, or for a zip of another kind.
            return None

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.part"


def journal_beside(output: Path) -> Path:
    """The folder of the journal of a run that will write `output`."""
    return output.with_name(f"{output.name}.unfinished")


@contextmanager
def opened_journal(
    output: Path, identity: Mapping[str, str], *, resume: bool = False
) -> Iterator[Journal]:
    """The journal of a run that writes `output`; removed when the block ends well.

    Parameters
    ----------
    output : the file that the run will write; its folder is there.
    identity : of the run, see `identity_of`.
    resume : go on from what an interrupted run of the same identity left; without it, or where
        none was left, begin anew.

    Raises
    ------
    InputError : another run uses it, it belongs to another run (with `resume`), or it cannot be
        written.
    """
    folder = journal_beside(output)
    with locked(folder):
        _swept(output, folder)
        left = _header(folder)
        if resume and left is not None and left != dict(identity):
            raise _foreign(folder, left, identity)
        resumed = resume and left is not None
        if not resumed:
            _emptied(folder)
            write_atomically(folder / HEADER, json.dumps(dict(identity), indent=1) + "\n")
        journal = Journal(folder, resumed)
        try:
            yield journal
        except BaseException:
            if not journal.entries:
                shutil.rmtree(folder, ignore_errors=True)
            raise
        shutil.rmtree(folder, ignore_errors=True)


def _swept(output: Path, folder: Path) -> None:
    """Remove what a run that was killed while it wrote had not finished writing."""
    halves = [*output.parent.glob(f".{escape(output.name)}.*"), *folder.glob(".*")]
    for path in halves:
        if path.is_file():
            path.unlink(missing_ok=True)


def _header(folder: Path) -> dict[str, str] | None:
    try:
        found = json.loads((folder / HEADER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _emptied(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _foreign(folder: Path, left: Mapping[str, str], identity: Mapping[str, str]) -> InputError:
    """Why a journal cannot be gone on with: what differs, in the words of the command line."""
    words = {
        "version": "version of inje", "code": "code of inje", "scenario": "scenario",
        "record": "record", "numpy": "version of numpy",
    }  # fmt: skip
    parts = [key for key in {**identity, **left} if left.get(key) != identity.get(key)]
    shown = [
        words.get(key)
        or f"{key.replace('_', '-')} {left.get(key, 'none')}, now {identity.get(key, 'none')}"
        for key in parts
    ]
    return InputError(
        str(folder),
        f"the unfinished run differs from this one: {'; '.join(shown)}",
        "the same input, options and version",
        "call it as it was called, or begin anew without --resume",
    )
