"""Files to write: refused before anything is computed, not after."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from inje.errors import OptionError

__all__ = ["refuse_target"]


def refuse_target(
    output: Path | None,
    *endings: str,
    makes_folder: bool = False,
    reads: Iterable[str | Path] = (),
) -> None:
    """Raise where a file cannot be written, or where its ending is of another form.

    Parameters
    ----------
    output : the file of `-o`; None asks nothing.
    endings : that are allowed, as ".yaml"; none allows any.
    makes_folder : whether the command makes the folder of the file.
    reads : files, or folders of records, that it reads, which what it makes must not replace.

    Raises
    ------
    OptionError : another ending, a folder in its place, no folder to write into, or the file that
        is read.
    """
    if output is None:
        return
    if endings and output.suffix.lower() not in endings:
        came = f"{output} came" if output.suffix else f"{output} came, without an ending"
        raise OptionError("-o", came, listed(endings), "give the file one of these endings")
    if output.is_dir():
        raise OptionError("-o", f"{output} is a folder", "a file", "name a file in it")
    if any(_same(output, source) for source in reads):
        raise OptionError("-o", f"{output} is what is read", "another file", "give another name")
    folder = output.parent
    if makes_folder and not folder.exists():
        return
    if not folder.is_dir():
        remedy = "make the folder, or name another"
        raise OptionError("-o", f"{folder} is no folder", "a folder that is there", remedy)
    if not os.access(folder, os.W_OK):
        remedy = "choose another folder"
        raise OptionError("-o", f"{folder} cannot be written to", "a writable folder", remedy)


def _same(output: Path, source: str | Path) -> bool:
    """Whether both are one file, or the folder's record; what is not there is none."""
    read = Path(source)
    try:
        return output.samefile(read / "dossier.yaml" if read.is_dir() else read)
    except OSError:
        return False


def listed(endings: tuple[str, ...]) -> str:
    """Endings in words: ".svg, .png or .json"."""
    *most, last = endings
    return f"{', '.join(most)} or {last}" if most else last
