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


@fault("the folder it stands in is removed", "does its work on paths that are whole")
def no_folder_here(place: Place) -> None:
    line = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"'
    article, target = place / "article.md", place / "new.yaml"
    assert place.inje("extract", article, "-o", target, line=line)[0] == 0
    assert target.stat().st_size > 1000


@fault("only twelve files may be open", "does its work")
def few_files(place: Place) -> None:
    line = 'ulimit -n 12 && exec "$@"'
    assert place.inje("extract", "article.md", "-o", "new.yaml", line=line)[0] == 0


@fault("a language, a time zone and a width of the terminal that do not exist", "does its work")
def no_locale(place: Place) -> None:
    environment = environment_with(
        LC_ALL="xx_YY.UTF-9", TZ="Nowhere/Land", COLUMNS="0", PYTHONUTF8="0", TERM="none"
    )
    assert place.inje("check", "article.md", env=environment)[0] == 1
    assert place.inje("--help", env=environment_with(COLUMNS="1"))[0] == 0


@fault(
    "the process is told to end, or its terminal is closed", "ends; progress is kept, files whole"
)
def terminated(place: Place) -> None:
    """By default a signal ends it where it is: what is written is never half a file."""
    wanted = ("simulate", "scenario.yaml", "--worlds", "4000000", "--threads", "1", "-o", "e.nc")
    before = place.files()
    for ending in (signal.SIGTERM, signal.SIGHUP):
        process = subprocess.Popen(
            [sys.executable, "-m", "inje", *wanted], cwd=place.folder, stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        kept = place / "e.nc.unfinished"
        while process.poll() is None and not kept.exists():
            time.sleep(0.05)
        time.sleep(1)
        process.send_signal(ending)
        told = process.communicate(timeout=60)[1]
        assert process.returncode == -ending, told
        assert "Traceback" not in told
        assert not (place / "e.nc").exists()
        assert before.items() <= place.files().items()


@fault("no HOME, and TMPDIR names no folder", "does its work")
def no_home(place: Place) -> None:
    environment = environment_with(HOME=None, TMPDIR="/nowhere", XDG_CACHE_HOME=None)
    assert place.inje("extract", "article.md", "-o", "new.yaml", env=environment)[0] == 0
