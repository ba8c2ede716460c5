"""Runs tests again and again in forks of a process that has everything imported but inje.

It reads one request a line from standard input, `{"tests": [...], "options": [...], "seconds": 9,
"told": "FILE"}`, and answers with one line, the exit code of pytest, or -1 where time ran out. With
`told` it also writes which test ran which lines of the package `package`, and how long each took.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

#: what is imported once; everything that tests need and that no mutant touches
READY = (
    "numpy", "scipy.stats", "scipy.optimize", "scipy.integrate", "scipy.special", "numba",
    "pydantic", "ruamel.yaml", "h5netcdf", "xarray", "arviz_stats", "networkx",
)  # fmt: skip


class Recorder:
    """A plug-in of pytest that keeps which test ran which line, and its seconds."""

    def __init__(self, package: Path, target: Path) -> None:
        from coverage import Coverage

        self.package, self.target, self.seconds = package, target, {}
        self.coverage = Coverage(data_file=None, source=[str(package)], config_file=False)
        self.coverage.start()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Give the lines that run to this test."""
        self.coverage.switch_context(item.nodeid)
        begun = time.process_time()
        yield
        self.seconds[item.nodeid] = time.process_time() - begun
        self.coverage.switch_context("")

    def pytest_sessionfinish(self) -> None:
        """Write what was found."""
        self.coverage.stop()
        data = self.coverage.get_data()
        lines = {
            Path(file).name: {
                str(line): [one for one in tests if one]
                for line, tests in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        }
        told = {"seconds": self.seconds, "lines": lines}
        self.target.write_text(json.dumps(told), encoding="utf-8")


class Hasty:
    """A plug-in of pytest: the same examples each time, and a failure is not made smaller."""

    def pytest_configure(self) -> None:
        """Set it before any test is read."""
        from hypothesis import Phase, settings

        phases = [Phase.explicit, Phase.generate]
        settings.register_profile(
            "mutants", deadline=None, database=None, derandomize=True, phases=phases
        )
        settings.load_profile("mutants")


def _tested(request: dict[str, Any]) -> int:
    """In the fork: run the tests and leave."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    if not os.environ.get("TRIALS_TOLD"):
        os.dup2(sink, 2)
    plugins: list[object] = [Hasty()]
    if request.get("told"):
        plugins.append(Recorder(Path(request["package"]), Path(request["told"])))
    return int(pytest.main([*request["options"], *request["tests"]], plugins=plugins))


def _waited(child: int, seconds: float) -> int:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) or 0
        time.sleep(0.02)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return -1


def main() -> None:
    """Answer requests until there are no more."""
    for name in READY:
        __import__(name)
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            code = 3
            try:
                code = _tested(request)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        print(_waited(child, request["seconds"]), flush=True)


if __name__ == "__main__":
    main()
