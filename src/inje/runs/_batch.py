"""Batches: many articles, one reconstruction each, in processes of their own.

One that fails, runs out of memory or is killed takes no other with it; it is listed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from inje.dossier import make_folder, write_atomically
from inje.errors import OptionError

__all__ = ["Batch", "BatchRow", "reconstruct_each"]

SCHEMA = "inje-batch/1"
LIST = "batch.json"
#: what a child may say before its last line is taken for its reason
LAST = 400


@dataclass(frozen=True)
class BatchRow:
    """What became of one article.

    Attributes
    ----------
    source, folder : the article, and where its files lie.
    code : exit code of its run; 0 is well, negative is the signal that ended it.
    reason : why it failed, empty where it did not.
    ess : effective worlds. sentence : how the sampling ended. winner : chances by side.
    seconds : elapsed time of its run.
    """

    source: str
    folder: str
    code: int
    reason: str = ""
    ess: float | None = None
    sentence: str = ""
    winner: dict[str, float] | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Batch:
    """What became of every article, in the order they were named."""

    rows: tuple[BatchRow, ...]

    @property
    def failed(self) -> tuple[BatchRow, ...]:
        """Those that failed."""
        return tuple(row for row in self.rows if row.code)

    def to_json(self) -> dict[str, Any]:
        """The machine form, also written to batch.json."""
        return {
            "schema": SCHEMA,
            "version": version("inje"),
            "done": len(self.rows) - len(self.failed),
            "failed": len(self.failed),
            "articles": [asdict(row) for row in self.rows],
        }


def reconstruct_each(
    sources: Sequence[str],
    folder: Path,
    *,
    jobs: int = 1,
    options: Sequence[str] = (),
    resume: bool = False,
    progress: Callable[[int, int, BatchRow], None] | None = None,
) -> Batch:
    """Reconstruct every article in a folder of its own.

    Parameters
    ----------
    sources : articles: paths or addresses.
    folder : holds a folder for each, and batch.json, written anew after each.
    jobs : reconstructions at one time, each in its own process.
    options : of `inje reconstruct`, for each.
    resume : leave out what batch.json calls done, and go on from what was interrupted.
    progress : called with how many are done, how many there are, and the newest row.

    Raises
    ------
    OptionError : no article, or jobs below one.
    InputError : the folder cannot be made or written.
    """
    if not sources or "-" in sources:
        raise OptionError("--each", "no article, or -", "paths or addresses", "name the articles")
    if jobs < 1:
        raise OptionError("--jobs", str(jobs), "1 or more", "leave it out for one at a time")
    make_folder(folder)
    places = dict(zip(dict.fromkeys(sources), _places(dict.fromkeys(sources), folder), strict=True))
    found = _done(folder, places) if resume else {}
    stopped = threading.Event()

    def run(source: str) -> BatchRow:
        if stopped.is_set():
            return BatchRow(source, str(places[source]), 130, "not begun")
        return _run(source, places[source], [*options, *(["--resume"] if resume else [])])

    with ThreadPoolExecutor(jobs) as pool:
        waiting = [pool.submit(run, source) for source in places if source not in found]
        try:
            for job in as_completed(waiting):
                row = job.result()
                found[row.source] = row
                _write(folder, places, found)
                if progress:
                    progress(len(found), len(places), row)
        except BaseException:
            stopped.set()
            pool.shutdown(cancel_futures=True)
            raise
    _write(folder, places, found)
    return Batch(tuple(found[source] for source in places))


def _run(source: str, folder: Path, options: Sequence[str]) -> BatchRow:
    """One reconstruction, in a process of its own."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "inje", "reconstruct", "--json", "-o", str(folder)]
    done = subprocess.run(  # noqa: S603 - our own command; what is named goes after `--`
        [*command, *options, "--", source],
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    seconds = round(time.perf_counter() - begun, 1)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = said[-1] if done.returncode < 0 and said else next(iter(said), "")
        reason = why.removeprefix("inje: ")[:LAST] or f"ended by signal {-done.returncode}"
        return BatchRow(source, str(folder), done.returncode, reason, seconds=seconds)
    form = json.loads(done.stdout)
    return BatchRow(
        source, str(folder), 0, "", form["ess"], form["sentence"], form["outcome"]["winner"],
        seconds,
    )  # fmt: skip


def _places(sources: Sequence[str] | dict[str, None], folder: Path) -> Iterator[Path]:
    """A folder for each article, after its name; what bears the same name is numbered."""
    taken: dict[str, int] = {}
    for source in sources:
        stem = Path(source.rstrip("/").rpartition("/")[2]).stem.strip(". ") or "battle"
        taken[stem] = taken.get(stem, 0) + 1
        yield folder / (stem if taken[stem] == 1 else f"{stem}-{taken[stem]}")


def _done(folder: Path, places: dict[str, Path]) -> dict[str, BatchRow]:
    """What an earlier run of the same batch finished, and whose files are still as it left them."""
    try:
        said = json.loads((folder / LIST).read_text(encoding="utf-8"))
        rows = [BatchRow(**row) for row in said["articles"]]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {
        row.source: row
        for row in rows
        if row.code == 0
        and row.source in places
        and row.folder == str(places[row.source])
        and _whole(places[row.source])
    }


def _whole(folder: Path) -> bool:
    """Whether a folder holds every file that its manifest names, unchanged."""
    try:
        files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
        return all(
            sha256((folder / Path(name).name).read_bytes()).hexdigest() == stated
            for name, stated in files.items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _write(folder: Path, places: dict[str, Path], found: dict[str, BatchRow]) -> None:
    batch = Batch(tuple(found[source] for source in places if source in found))
    write_atomically(folder / LIST, json.dumps(batch.to_json(), indent=1) + "\n")
