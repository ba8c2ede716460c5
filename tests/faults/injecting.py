"""A folder for faults to be injected into, and the list of them.

Every fault is a function that `fault` enters into the list; the table in `docs/faults.md` is made
of what they say they do, module by module.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from inje.cli import main

EXAMPLE = Path(__file__).parents[2] / "examples" / "inje-1946"
#: name, what is done, what inje does, the function
FAULTS: dict[str, tuple[str, str, Callable[[Place], None]]] = {}


class Place:
    """A folder with an article, a dossier and a scenario, and the command line in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("article.md", "dossier.yaml", "scenario.yaml"):
            shutil.copy(EXAMPLE / name, folder / name)

    def __truediv__(self, name: str) -> Path:
        return self.folder / name

    def inje(self, *arguments: object, line: str = "", **options: object) -> tuple[int, str]:
        """Exit code and standard error of a command; a traceback in it fails the test."""
        if not line and not options:
            return self._here(*map(str, arguments))
        command = [sys.executable, "-m", "inje", *map(str, arguments)]
        if line:
            command = ["sh", "-c", line, "sh", *command]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, check=False, timeout=300, **options
        )
        told = done.stderr.decode("utf-8", "replace")
        assert "Traceback" not in told, told
        self.said = done.stdout.decode("utf-8", "replace")
        return done.returncode, told

    def _here(self, *arguments: str) -> tuple[int, str]:
        """A command in this process: nothing about the process is part of the fault."""
        said, told, code = StringIO(), StringIO(), 0
        with pytest.MonkeyPatch.context() as patched, redirect_stdout(said), redirect_stderr(told):
            patched.chdir(self.folder)
            patched.setattr(sys, "argv", ["inje", *arguments])
            try:
                main()
            except SystemExit as leaving:
                code = int(leaving.code or 0)
        assert "Traceback" not in told.getvalue(), told.getvalue()
        self.said = said.getvalue()
        return code, told.getvalue()

    def refuses(self, words: str, *arguments: object, code: int = 2, **options: object) -> None:
        """A command that ends with this code and these words, and leaves nothing half-written."""
        before = self.files()
        found, told = self.inje(*arguments, **options)
        assert (found, bool(re.search(words, told))) == (code, True), told
        assert told.startswith("inje: ")
        assert self.files() == before

    def files(self) -> dict[str, bytes]:
        """Every file below the folder that can be read, and what it holds."""
        found = {}
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and os.access(path, os.R_OK):
                found[str(path.relative_to(self.folder))] = path.read_bytes()
        return found


def fault(done: str, does: str) -> Callable[[Callable[[Place], None]], None]:
    def enter(function: Callable[[Place], None]) -> None:
        FAULTS[function.__name__] = (done, does, function)

    return enter


def without_rights(place: Place) -> dict[str, str]:
    """Options for a process that may do no more than the permissions of files allow it.

    Root may do everything; so where we are root the process gives that right up.
    """
    if os.geteuid():
        return {"line": 'exec "$@"'}
    dropped = "-dac_override,-dac_read_search"
    line = f"exec setpriv --bounding-set={dropped} --inh-caps={dropped}"
    tried = subprocess.run(["sh", "-c", f"{line} true"], capture_output=True, check=False)
    if tried.returncode:
        pytest.skip("we are root, and cannot give up its rights")
    return {"line": f'{line} "$@"'}


def environment_with(**changes: str | None) -> dict[str, str]:
    found = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **changes}
    return {name: value for name, value in found.items() if value is not None}


def mounted(place: Place, mount: str) -> str:
    """A shell line that runs a command in a mount of its own; skips where that is forbidden."""
    tried = subprocess.run(
        [
            "unshare",
            "--mount",
            "--map-root-user",
            "sh",
            "-c",
            mount.replace('exec "$@"', "true").replace('"$@"', "true"),
        ],
        cwd=place.folder,
        capture_output=True,
        check=False,
    )
    if tried.returncode:
        pytest.skip("this machine lets nobody mount anything")
    return f"exec unshare --mount --map-root-user sh -c '{mount}' sh \"$@\""
