"""Change the sources in small ways and see whether a test notices: ``.ci/mutants.py [options]``.

A mutant is one changed operator, comparison, number or condition (``.ci/changes.py``). A sample of
all possible ones is drawn by a seed, and each is shown to the tests that run its line, the quickest
first, until one fails. Printed are the survivors, and the share that was killed with its 95 %
interval (Wilson 1927), which is what a sample can tell of all.

The tests are collected once, and the changed function is put in place in a fork of that process
(``.ci/trials.py``): a mutant costs no start and no compilation. That a test fails counts only if it
passes in a fork without a change. A change that no test noticed within `--patience` seconds of
processor time counts as a survivor, whatever the slower tests would have said: the share can only
be too low by that. Sources and tests are copied to ``.cache/mutants`` first, so work
may go on meanwhile; what is compiled there stays for the next time.

A change that alters nothing cannot be killed. Those that were looked at and found to be such stand
in ``.ci/equivalent.toml``, each with its reason; they are counted apart, and only their number
enters the score.

Kernels run with the compiler off (``.ci/interpreted.py``), against their naive twins; tests that
fight too much for the interpreter are left out, and their number is printed. What is written as
vectors needs the compiler, which costs a mutant minutes: it is tried only with ``--compiled``.
"""

from __future__ import annotations

import argparse
import ast
import itertools
import json
import math
import os
import random
import shutil
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from changes import Mutant, changed_tree, possible

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".cache" / "mutants"
OPTIONS = (
    *("-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--timeout=0"),
    *("-m", "not slow and not browser and not peers"),
)


@dataclass(frozen=True)
class Suite:
    """The tests that should notice a change in modules whose name holds one of some words."""

    modules: str
    tests: tuple[str, ...]
    #: with the compiler off, each test for so many seconds at most
    interpreted: float = 0.0
    #: whether its lines run as Python, so that they can be followed and exchanged
    followed: bool = True

    def fits(self, path: Path) -> bool:
        """Whether a module is its own."""
        return not self.modules or any(word in path.name for word in self.modules.split())


@dataclass(frozen=True)
class Package:
    """What is mutated: files below a folder of the package, and the suites, the first that fits."""

    folder: str
    suites: tuple[Suite, ...]


_FOUGHT = ("tests/kernels", "tests/ensemble")
PACKAGES = {
    "exact": Package("exact", (Suite("", ("tests/exact",)),)),
    "posterior": Package("posterior", (Suite("", ("tests/posterior",)),)),
    "kernels": Package(
        "kernels",
        (
            Suite("_lanes _batch _vectors _compiler _memory", _FOUGHT, followed=False),
            Suite("", ("tests/kernels", "tests/exact"), interpreted=2.0),
        ),
    ),
    "extraction": Package("dossier/drafting", (Suite("", ("tests/dossier",)),)),
    "runs": Package("runs", (Suite("", ("tests/runs", "tests/posterior/test_resuming.py")),)),
}  # fmt: skip


class Trials:
    """The process that tries changes on one suite."""

    def __init__(self, suite: Suite, patience: float) -> None:
        path = [str(HOME / "src"), str(HOME), str(HOME / ".ci")]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path)}
        options = [*OPTIONS, *suite.tests]
        if suite.interpreted:
            environment["NUMBA_DISABLE_JIT"] = "1"
            # numbers wrap around and divide by zero without a word where they are compiled
            options += ["-p", "interpreted", "-W", "ignore::RuntimeWarning"]
        self.process = subprocess.Popen(
            [sys.executable, str(HOME / ".ci" / "trials.py"), *options], cwd=HOME, env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.interpreted, self.patience = suite.interpreted, patience
        self.sound: dict[str, bool] = {}

    def begin(self, package: Path) -> None:
        """Learn which test runs which line; leave where one fails that should not."""
        told = self._answer(learn=str(package), patience=self.interpreted)
        self.seconds, self.lines = told["seconds"], told["lines"]
        self.left_out = set(told["failed"])
        if self.left_out and not self.interpreted:
            sys.exit("the tests fail as they are: " + ", ".join(sorted(self.left_out)))
        print(
            f"{len(self.seconds) - len(self.left_out)} tests, {len(self.left_out)} left out, "
            f"{sum(self.seconds.values()):.0f} s of processor time", flush=True,
        )  # fmt: skip

    def notice(self, mutant: Mutant) -> str:
        """The test that fails, "time" where they do not end, or nothing."""
        lines = self.lines.get(str(HOME / mutant.path), {})
        met = {t for n in range(mutant.line, mutant.last + 1) for t in lines.get(str(n), ())}
        tests = self._within(self._ordered(met - self.left_out))
        while tests:
            spent = sum(self.seconds[test] for test in tests)
            told = self._answer(
                file=str(HOME / mutant.path), place=mutant.place, tests=tests,
                seconds=5.0 + 4.0 * spent,
            )  # fmt: skip
            if told["changed"] < 1:
                sys.exit(f"nothing was changed: {mutant} {told}")
            if not told["failed"]:
                return "" if told["ended"] else "time"
            if self._is_sound(told["failed"]):
                return str(told["failed"])
            tests.remove(told["failed"])
        return ""

    def _is_sound(self, test: str) -> bool:
        """Whether a test passes in a fork without a change."""
        if test not in self.sound:
            told = self._answer(file="", place=0, tests=[test], seconds=600.0)
            self.sound[test] = told["ended"] and not told["failed"]
        return self.sound[test]

    def _ordered(self, tests: set[str]) -> list[str]:
        """The quick ones first, but those of a module together: they share what is set up."""

        def module(test: str) -> str:
            return test.partition("::")[0]

        first: dict[str, float] = {}
        for test in tests:
            first[module(test)] = min(first.get(module(test), math.inf), self.seconds[test])
        return sorted(
            tests,
            key=lambda t: (self.seconds[t] > 0.5, first[module(t)], module(t), self.seconds[t]),
        )

    def _within(self, tests: list[str]) -> list[str]:
        """Those of the tests that are done before patience ends; one at least."""
        used = itertools.accumulate(self.seconds[test] for test in tests)
        many = sum(1 for seconds in used if seconds <= self.patience)
        return tests[: max(many, 1)]

    def _answer(self, **request: Any) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        return json.loads(line) if line else sys.exit("the tests cannot be collected")

    def end(self) -> None:
        """Let the process go."""
        self.process.terminate()
        self.process.wait()


def _noticed_compiled(mutant: Mutant, suite: Suite) -> str:
    """A test that fails on sources that are compiled anew, or nothing."""
    target = HOME / mutant.path
    kept = target.read_text(encoding="utf-8")
    target.write_text(ast.unparse(changed_tree(target, mutant.place)), encoding="utf-8")
    known = set((target.parent / "__pycache__").glob("*/"))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", *OPTIONS, *suite.tests], cwd=HOME, check=False,
            env={**os.environ, "PYTHONPATH": f"{HOME / 'src'}{os.pathsep}{HOME}"},
            capture_output=True, text=True,
        )  # fmt: skip
    finally:
        target.write_text(kept, encoding="utf-8")
        for folder in set((target.parent / "__pycache__").glob("*/")) - known:
            shutil.rmtree(folder)
    return "" if done.returncode == 0 else (done.stdout.strip().splitlines() or ["a crash"])[-1]


def _brought() -> None:
    """The tree in the cache, as it is now: what is the same stays, and what was compiled of it."""
    wanted = [path for path in ROOT.iterdir() if path.is_file()]
    for name in ("src", "tests", "examples", "benchmarks", "docs", ".ci"):
        wanted += [p for p in (ROOT / name).rglob("*") if p.is_file() and p.suffix != ".pyc"]
    wanted = [path for path in wanted if "__pycache__" not in path.parts]
    names = {path.relative_to(ROOT) for path in wanted}
    for path in list(HOME.rglob("*")) if HOME.exists() else []:
        if (
            path.is_file()
            and "__pycache__" not in path.parts
            and path.relative_to(HOME) not in names
        ):
            path.unlink()
    for name in names:
        source, target = ROOT / name, HOME / name
        if not target.exists() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)


def _equivalent() -> set[tuple[str, str, str]]:
    """Changes that change nothing: file, source line and change in words; each has its reason."""
    listed = tomllib.loads((ROOT / ".ci" / "equivalent.toml").read_text(encoding="utf-8"))
    return {
        (one["file"], one["line"], change)
        for one in listed.get("same", ())
        for change in one["changes"]
        if one["why"]
    }


def _signed(mutant: Mutant) -> tuple[str, str, str]:
    line = (HOME / mutant.path).read_text(encoding="utf-8").splitlines()[mutant.line - 1].strip()
    return str(mutant.path), line, mutant.words


def _interval(killed: int, tried: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    z, share = 1.96, killed / tried
    centre = (share + z * z / (2 * tried)) / (1 + z * z / tried)
    half = z * math.sqrt(share * (1 - share) / tried + z * z / (4 * tried**2)) / (1 + z * z / tried)
    return max(0.0, centre - half), min(1.0, centre + half)


def _tried(
    package: Package, sample: list[Mutant], compiled: bool, patience: float
) -> dict[str, object]:
    """Try a sample and print each; the score, with what was found to change nothing left out."""
    found = dict.fromkeys(("killed", "same", "SURVIVED", "needs the compiler"), 0)
    same = _equivalent()
    running: dict[Suite, Trials] = {}
    for mutant in sample:
        suite = next(suite for suite in package.suites if suite.fits(mutant.path))
        begun, by = time.monotonic(), ""
        if _signed(mutant) in same:
            verdict = "same"
        elif not suite.followed and not compiled:
            verdict = "needs the compiler"
        else:
            if suite.followed and suite not in running:
                running[suite] = Trials(suite, patience)
                running[suite].begin(HOME / "src" / "inje" / package.folder)
            by = (
                running[suite].notice(mutant)
                if suite.followed
                else _noticed_compiled(mutant, suite)
            )
            verdict = "killed" if by else "SURVIVED"
        found[verdict] += 1
        where = f"{mutant.path}:{mutant.line}:{mutant.column} {mutant.words}"
        print(f"{verdict:8} {where}  {time.monotonic() - begun:.1f} s  {by}", flush=True)
    for trials in running.values():
        trials.end()
    tried = max(1, found["killed"] + found["SURVIVED"])
    return {
        "tried": tried, **found, "score": round(found["killed"] / tried, 3),
        "interval": [round(end, 3) for end in _interval(found["killed"], tried)],
    }  # fmt: skip


def main() -> None:
    """Draw a sample, try it, print the survivors and the score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="*", default=[*PACKAGES], help=", ".join(PACKAGES))
    parser.add_argument("--sample", type=int, default=60, help="mutants of each package")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="files whose name holds one of these words")
    parser.add_argument("--skip", type=int, default=0, help="mutants of the sample not to try")
    parser.add_argument(
        "--patience", type=float, default=60.0, help="seconds of tests that a change is shown"
    )
    parser.add_argument("--compiled", action="store_true", help="also what needs the compiler")
    chosen = parser.parse_args()
    os.environ["INJE_SHARED"] = str((ROOT / os.environ.get("INJE_SHARED", "../shared")).resolve())
    _brought()
    for name in chosen.packages:
        package = PACKAGES[name]
        files = sorted((HOME / "src" / "inje" / package.folder).rglob("*.py"))
        words = chosen.only.split() or [""]
        files = [p.relative_to(HOME) for p in files if any(word in p.name for word in words)]
        all_of = [m for file in files for m in possible(HOME, file)]
        sample = random.Random(chosen.seed).sample(all_of, min(chosen.sample, len(all_of)))
        print(f"{name}: {len(sample)} of {len(all_of):,} mutants, seed {chosen.seed}", flush=True)
        row = _tried(package, sample[chosen.skip :], chosen.compiled, chosen.patience)
        print(
            json.dumps({"package": name, "seed": chosen.seed, "possible": len(all_of), **row}),
            flush=True,
        )


if __name__ == "__main__":
    main()
