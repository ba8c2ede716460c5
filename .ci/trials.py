"""Tries changed functions in forks of a process that has collected the tests once.

Started as `trials.py [options of pytest] TESTS`, it reads one request a line from standard input
and answers each with one line of JSON.

`{"learn": PACKAGE, "patience": S}` runs every test as things are and tells how long each took,
which ran which lines of the files below the folder, and which failed or took longer than S seconds
of processor time.

`{"file": FILE, "place": N, "tests": [...], "seconds": S}` makes the change N of `changes.py` in a
fork, by giving the functions of that file their changed code, runs the tests there until one fails,
and tells its name; also whether time ran out, and how many functions were changed. A change costs
so no more than the tests that meet it.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import resource
import signal
import sys
import tempfile
import time
import types
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from changes import changed_tree

#: wall seconds after which a fork is given up, however little it worked
STUCK = 600.0
#: functions that keep their results
REMEMBERING = type(functools.lru_cache(lambda: None))


def _forget() -> None:
    """Empty what functions of this tree remember: it must not outlive a change."""
    here = str(Path.cwd())
    for one in gc.get_objects():
        if type(one) is REMEMBERING:
            code = getattr(one.__wrapped__, "__code__", None)
            if code is not None and code.co_filename.startswith(here):
                one.cache_clear()


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for inside in code.co_consts:
        if isinstance(inside, types.CodeType):
            yield from _codes(inside)


def exchanged(file: Path, place: int) -> int:
    """Give the functions of a file the code of the changed file; how many there were."""
    made = compile(changed_tree(file, place), str(file), "exec")
    fresh = {(code.co_qualname, code.co_firstlineno): code for code in _codes(made)}
    found = 0
    for one in gc.get_objects():
        if type(one) is types.FunctionType and one.__code__.co_filename == str(file):
            code = fresh.get((one.__code__.co_qualname, one.__code__.co_firstlineno))
            if code is not None and code != one.__code__:
                one.__code__ = code
                found += 1
    return found


class Trials:
    """The plug-in of pytest: in place of running the tests it answers requests."""

    def __init__(self, asked: Any, answers: Any) -> None:
        self.asked, self.answers = asked, answers
        self.items: dict[str, pytest.Item] = {}

    def pytest_configure(self) -> None:
        """The same examples of Hypothesis each time, and a failure is not made smaller."""
        from hypothesis import Phase, settings

        phases = [Phase.explicit, Phase.generate]
        settings.register_profile(
            "mutants", deadline=None, database=None, derandomize=True, phases=phases
        )
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Answer until there are no more requests."""
        self.items = {item.nodeid: item for item in session.items}
        for line in self.asked:
            request = json.loads(line)
            if "learn" in request:
                told = self._learnt(session, Path(request["learn"]), request["patience"])
            else:
                told = self._tried(session, request)
            self.answers.write(json.dumps(told) + "\n")
            self.answers.flush()
        return True

    def _learnt(self, session: pytest.Session, package: Path, patience: float) -> dict[str, Any]:
        """Run all tests: here, or each in a fork that may be ended where patience does."""
        seconds, failed = {}, []
        lines: dict[str, dict[str, list[str]]] = {}
        items = list(self.items.values())
        pairs = zip(items, [None] * len(items), strict=True) if patience else _pairs(items)
        for item, following in pairs:
            look = functools.partial(_looked, session, package, item, following)
            told = _forked(look, patience) if patience else look()
            seconds[item.nodeid] = told.get("seconds", patience)
            if told.get("failed", True):
                failed.append(item.nodeid)
            for file, found in told.get("lines", {}).items():
                for line in found:
                    lines.setdefault(file, {}).setdefault(str(line), []).append(item.nodeid)
        _forget()
        session.testsfailed, session.shouldfail = 0, False
        gc.collect()
        gc.freeze()
        return {"seconds": seconds, "lines": lines, "failed": failed}

    def _tried(self, session: pytest.Session, request: dict[str, Any]) -> dict[str, Any]:
        heard, says = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(heard)
            code = 3
            try:
                code = self._in_fork(session, request, says)
            except BaseException as fault:
                os.write(says, f"-1\n{fault!r}\n".encode())
            finally:
                os._exit(code)
        os.close(says)
        status = _waited(child)
        with os.fdopen(heard, encoding="utf-8") as told:
            lines = told.read().splitlines()
        return {
            "changed": int(lines[0]) if lines else 0,
            "failed": lines[1] if len(lines) > 1 else "",
            "ended": status in (0, 1),
        }

    def _in_fork(self, session: pytest.Session, request: dict[str, Any], says: int) -> int:
        used = int(time.process_time() + request["seconds"]) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (used, used + 5))
        gc.unfreeze()
        changed = exchanged(Path(request["file"]), request["place"]) if request["file"] else 0
        # What was there before stays out of collections: to look at all of it would copy it.
        gc.freeze()
        os.write(says, f"{changed}\n".encode())
        session.testsfailed, session.shouldfail = 0, False
        for item, following in _pairs([self.items[name] for name in request["tests"]]):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                os.write(says, f"{item.nodeid}\n".encode())
                return 1
        return 0


def _looked(
    session: pytest.Session, package: Path, item: pytest.Item, following: pytest.Item | None
) -> dict[str, Any]:
    """Run one test: its seconds, whether it failed, and which lines of the package it ran."""
    from coverage import Coverage

    coverage = Coverage(data_file=None, source=[str(package)], config_file=False)
    # a test may run no line of the package
    coverage.set_option("run:disable_warnings", ["no-data-collected", "module-not-measured"])
    session.testsfailed, begun = 0, time.process_time()
    coverage.start()
    try:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
    finally:
        coverage.stop()
    seconds, data = time.process_time() - begun, coverage.get_data()
    lines = {file: data.lines(file) or [] for file in data.measured_files()}
    return {"seconds": seconds, "failed": bool(session.testsfailed), "lines": lines}


def _forked(look: Callable[[], dict[str, Any]], patience: float) -> dict[str, Any]:
    """What a fork tells; nothing where it used more processor seconds than patience allows."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        child = os.fork()
        if child == 0:
            used = int(time.process_time() + patience) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (used, used + 5))
            try:
                json.dump(look(), told)
                told.flush()
            finally:
                os._exit(0)
        _waited(child)
        told.seek(0)
        text = told.read()
    try:
        return json.loads(text)
    except ValueError:
        return {}


def _pairs(items: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    return zip(items, [*items[1:], None], strict=True)


def _waited(child: int) -> int:
    """The exit code of a fork; -9 where it was stuck."""
    end = time.monotonic() + STUCK
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -signal.SIGKILL


def main() -> None:
    """Collect the tests and answer."""
    asked, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1) if os.environ.get("TRIALS_TOLD") else (0, 1, 2):
        os.dup2(silence, stream)
    sys.exit(int(pytest.main(sys.argv[1:], plugins=[Trials(asked, answers)])))


if __name__ == "__main__":
    main()
