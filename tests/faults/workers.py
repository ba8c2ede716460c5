"""Faults of those who work at once: several runs, executors that break, workers that die."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest
from tests.faults.injecting import Place, fault

# ---- several at once ----


@fault("two runs write into one folder", "the second is refused, exit 2; the first goes on")
def two_runs(place: Place) -> None:
    (place / "out").mkdir()
    folder = place / "out" / "posterior.nc.unfinished"
    code = (
        "from pathlib import Path; from inje.runs import locked\n"
        f"with locked(Path({str(folder)!r})): print('held', flush=True); input()"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        place.refuses("another inje is at work here", "reconstruct", "article.md", "-o", "out")
    finally:
        first.communicate("\n", timeout=60)
    assert first.returncode == 0


@fault("several processes write one file at once", "it is always one of theirs, and whole")
def many_writers(place: Place) -> None:
    code = (
        "import sys\nfrom inje.dossier import write_atomically\n"
        "for _ in range(60): write_atomically('shared.txt', sys.argv[1] * 200_000)\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", code, letter], cwd=place.folder) for letter in "abc"
    ]
    seen = set()
    while any(writer.poll() is None for writer in writers):
        if (place / "shared.txt").exists():
            text = (place / "shared.txt").read_text(encoding="utf-8")
            assert len(text) == 200_000
            assert len(set(text)) == 1
            seen.add(text[0])
        time.sleep(0.002)
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    assert seen <= set("abc")
    assert sorted(p.name for p in place.folder.iterdir() if p.name.startswith(".")) == []


@fault("a process that died left its lock", "goes to work")
def stale_lock(place: Place) -> None:
    (place / "out").mkdir()
    folder = place / "out" / "posterior.nc.unfinished"
    code = (
        "import os, signal\nfrom pathlib import Path\nfrom inje.runs import locked\n"
        f"with locked(Path({str(folder)!r})): os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == -signal.SIGKILL
    assert any((place / "out").iterdir()), "something was left"
    assert place.inje("condition", "scenario.yaml", "--ess", 1, "-o", "out/posterior.nc")[0] == 0
    assert [path.name for path in (place / "out").iterdir()] == ["posterior.nc"]


# ---- workers elsewhere ----


class Breaking(Executor):
    """An executor that breaks in one of the ways that executors break."""

    def __init__(self, way: str) -> None:
        self.way, self.asked = way, 0

    def submit(self, function: Callable[..., Any], *task: Any, **named: Any) -> Future[Any]:
        self.asked += 1
        if self.way == "refuses" or (self.way == "tires" and self.asked > 2):
            raise RuntimeError("cannot schedule new futures after shutdown")
        future: Future[Any] = Future()
        if self.way == "loses" or (self.way == "stumbles" and self.asked % 2):
            future.set_exception(BrokenProcessPool("a worker died"))
        elif self.way == "cancels":
            future.cancel()
        else:
            future.set_result(function(*task, **named))
        return future


@fault("an executor refuses work, loses it or tires of it", "fights it here; the same numbers")
def bad_executor(place: Place) -> None:
    from inje.runs import survey_worlds
    from inje.scenario import load_scenario_and_record

    scenario = load_scenario_and_record(place / "scenario.yaml")
    wanted: dict[str, Any] = {"worlds": 600, "paths": ("winner",), "seed": 2}
    alone = survey_worlds(scenario, threads=1, **wanted).to_json()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("inje.runs._survey.BLOCK", 200)  # shards are so many at least
        for way in ("refuses", "tires", "loses", "stumbles", "cancels"):
            executor = Breaking(way)
            spread = survey_worlds(scenario, executor=executor, shard=200, **wanted)
            assert spread.to_json() == alone, way
            assert executor.asked >= 3, way


@fault("the worker of a pool is killed at work", "its part is fought again; the same numbers")
def worker_killed(place: Place) -> None:
    code = (
        "import os, signal, sys\n"
        "from concurrent.futures import ProcessPoolExecutor\n"
        "from inje.runs import _survey, survey_worlds\n"
        "from inje.scenario import load_scenario_and_record\n"
        "def dying(): os.kill(os.getpid(), signal.SIGKILL)\n"
        "scenario = load_scenario_and_record('scenario.yaml')\n"
        "wanted = dict(worlds=600, paths=('winner',), seed=2)\n"
        "alone = survey_worlds(scenario, threads=1, **wanted).to_json()\n"
        "_survey.BLOCK = 200\n"
        "with ProcessPoolExecutor(1) as pool:\n"
        "    pool.submit(dying)\n"
        "    spread = survey_worlds(scenario, executor=pool, shard=200, **wanted)\n"
        "assert spread.to_json() == alone\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=place.folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


@fault("no scheduler answers at the address of `--dask`", "says so, exit 2")
def no_scheduler(place: Place) -> None:
    pytest.importorskip("distributed", reason="the extra inje[dask] is not installed")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("inje.runs._clusters.PATIENCE", 1)
        place.refuses(
            "no dask scheduler answers", "simulate", "scenario.yaml", "--worlds", 100,
            "--dask", "tcp://127.0.0.1:9",
        )  # fmt: skip
