"""Faults of the process: killed, interrupted, its streams closed or full."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.faults.injecting import Place, environment_with, fault


@fault("the process is killed in the middle of writing", "the old file is whole")
def killed_writing(place: Place) -> None:
    (place / "kept.txt").write_text("old", encoding="utf-8")
    code = (
        "import os, signal\n"
        "from inje.dossier import replaced_whole\n"
        "with replaced_whole('kept.txt') as path:\n"
        "    path.write_text('half of the n')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=place.folder, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (place / "kept.txt").read_text(encoding="utf-8") == "old"


@fault("Ctrl-C", "one sentence, exit 130; nothing half-written, progress kept")
def interrupted(place: Place) -> None:
    before = place.files()
    process = subprocess.Popen(
        [sys.executable, "-m", "inje", "read", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=place.folder,
        text=True,
    )
    time.sleep(3)  # it waits for an article that never comes
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=60)[1]
    assert process.returncode == 130, told
    assert told.startswith("inje: interrupted;")
    assert "Traceback" not in told
    assert place.files() == before


@fault("the reader of the output goes away, as `head` does", "ends quietly, exit 1")
def closed_pipe(place: Place) -> None:
    code, told = place.inje("schema", "dossier", line='{ "$@"; echo $? >code; } | true')
    assert code == 0
    assert told == ""
    assert (place / "code").read_text(encoding="utf-8").strip() in ("0", "1", "141")


@fault("the output goes to a full device", "says so, exit 1")
def full_device(place: Place) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this machine has no /dev/full")
    place.refuses("No space left", "schema", "dossier", code=1, line='exec "$@" >/dev/full')


@fault("standard input, output and error are closed", "does its work")
def closed_streams(place: Place) -> None:
    line = 'exec "$@" <&- >&- 2>&-'
    assert place.inje("extract", "article.md", "-o", "new.yaml", line=line) == (0, "")
    assert (place / "new.yaml").stat().st_size > 1000


@fault("the terminal knows no Unicode", "prints what it can, exit 0")
def no_unicode(place: Place) -> None:
    environment = environment_with(PYTHONIOENCODING="ascii", LC_ALL="C")
    assert place.inje("check", "article.md", env=environment)[0] == 1
    assert place.inje("extract", "article.md", "--json", env=environment)[0] == 0


@fault("no HOME, and TMPDIR names no folder", "does its work")
def no_home(place: Place) -> None:
    environment = environment_with(HOME=None, TMPDIR="/nowhere", XDG_CACHE_HOME=None)
    assert place.inje("extract", "article.md", "-o", "new.yaml", env=environment)[0] == 0
