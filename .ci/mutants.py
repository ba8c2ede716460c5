"""Change the sources in small ways and see whether a test notices: ``.ci/mutants.py [options]``.

A mutant is one changed operator, comparison, number or condition. A sample of all possible ones
is drawn by a seed, each is tried in a copy of the sources, and the tests of its package are run
until one fails. Printed are the survivors, and the share that was killed with its 95 % interval
(Wilson 1927), which is what a sample can tell of all.

A change that alters nothing cannot be killed. Those that were looked at and found to be such stand
in ``.ci/equivalent.toml``, each with its reason; they are counted apart, and only their number
enters the score.

Most of the kernels run with the compiler off (``.ci/interpreted.py``), against their naive twin;
what is written as vectors, and the exact laws, need the compiler, which costs a mutant a minute.
"""

from __future__ import annotations

import argparse
import ast
import copy
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Suite:
    """The tests that should notice a change in modules whose name holds one of some words."""

    modules: str
    tests: tuple[str, ...]
    interpreted: bool = False
    #: whether its lines run as Python, so that it shows which test runs which
    followed: bool = True


_EXACT = (
    "numbers", "losses", "salvos", "chain", "filtering", "gate", "likelihood", "third_party",
)  # fmt: skip
_WEIGHED = (
    "weights", "statistics", "readings", "tracking", "moves", "particles", "counts", "transmission",
    "incompatible", "sensitivity", "resuming", "conditioning", "copied_documents",
    "exact_likelihood", "parts", "what_is_asked",
)  # fmt: skip


def _of(package: str, *names: str) -> tuple[str, ...]:
    return tuple(f"tests/{package}/test_{name}.py" for name in names)


#: what may be mutated, and the suites: the first that fits; quick tests first
PACKAGES = {
    "exact": (Suite("", _of("exact", *_EXACT)),),
    "posterior": (
        Suite("_calibrati", _of("posterior", "calibration", "calibrating")),
        Suite(
            "_duel _exactly _redrawing _adapted",
            _of("posterior", "particles", "exact_likelihood", "parts", "two_counts"),
        ),
        Suite("", _of("posterior", *_WEIGHED)),
    ),
    "kernels": (
        Suite("_exact", _of("exact", *_EXACT), followed=False),
        Suite(
            "_lanes _batch _vectors _compiler",
            ("tests/ensemble/test_side_by_side.py", "tests/kernels", "tests/ensemble"),
            followed=False,
        ),
        Suite("", ("tests/kernels", "tests/ensemble/test_addresses.py"), interpreted=True),
    ),
    "runs": (Suite("", ("tests/runs", "tests/posterior/test_resuming.py")),),
}
#: tests that fight too many worlds for the interpreter
CROWDED = (
    "threads_and_starts or the_changed_twin or twins_are_close or stay_away or "
    "one_engagement_leaves or raises_without_measure or what_if_that_changes or third_day or "
    "uniforms_are_uniform"
)
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.And: ast.Or, ast.Or: ast.And,
    ast.USub: ast.UAdd,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """The n-th place of a file that can be changed, its statement's lines, the change in words."""

    path: Path
    place: int
    line: int
    last: int
    words: str


def _changed(node: ast.AST) -> str:
    """Change a node in place; the change in words, or nothing where there is none."""
    operator = getattr(node, "op", None)
    if isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp | ast.UnaryOp):
        swap = SWAPS.get(type(operator))
        if swap is None:
            return ""
        node.op = swap()
        return f"{type(operator).__name__} -> {swap.__name__}"
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        before = type(node.ops[0])
        node.ops[0] = SWAPS[before]()
        return f"{before.__name__} -> {SWAPS[before].__name__}"
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        before = node.value
        # beyond 2^53 a float has no neighbour at a distance of one
        node.value = before + 1 if before in (0, 1) or 1 < before < 2**53 else before * 2
        return f"{before!r} -> {node.value!r}"
    if isinstance(node, ast.If | ast.IfExp | ast.While) and not isinstance(node.test, ast.Constant):
        node.test = ast.UnaryOp(ast.Not(), node.test)
        return "condition -> not"
    return ""


def _bodies(tree: ast.Module) -> Iterator[ast.AST]:
    """Every node inside a function, but not annotations."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                for node in ast.walk(statement):
                    if not isinstance(node, ast.FunctionDef):
                        yield node


def _possible(path: Path) -> Iterator[Mutant]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spans: dict[ast.AST, tuple[int, int]] = {}
    for statement in ast.walk(tree):
        if isinstance(statement, ast.stmt):
            inside = getattr(statement, "body", None)
            end = inside[0].lineno - 1 if inside else statement.end_lineno or statement.lineno
            # those inside come later, and take what is theirs
            span = statement.lineno, max(end, statement.lineno)
            spans.update(dict.fromkeys(ast.walk(statement), span))
    for place, node in enumerate(_bodies(tree)):
        if words := _changed(copy.deepcopy(node)):
            yield Mutant(path, place, *spans[node], words)


def _mutated(mutant: Mutant) -> str:
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    _changed(list(_bodies(tree))[mutant.place])
    return ast.unparse(ast.fix_missing_locations(tree))


def _suite(package: str, path: Path) -> Suite:
    """The suite of a module."""
    return next(
        suite
        for suite in PACKAGES[package]
        if not suite.modules or any(word in path.name for word in suite.modules.split())
    )


class Trials:
    """A process that runs the tests of a suite over and over, each time on the sources as they are.

    Where the lines of Python can be followed, a change is shown only to the tests that run its
    line, the quickest first.
    """

    def __init__(self, home: Path, suite: Suite, package: str, seconds: int) -> None:
        self.home, self.suite, self.seconds = home, suite, seconds
        self.package = home / "src" / "inje" / package
        self.told: dict[str, Any] = {}
        path = [str(home / "src"), str(home), str(home / ".ci")]
        environment = {
            **os.environ, "PYTHONPATH": os.pathsep.join(path), "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        self.options = ["-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-m", "not slow"]
        if suite.interpreted:
            environment["NUMBA_DISABLE_JIT"] = "1"
            # numbers wrap around and divide by zero without a word where they are compiled
            self.options += ["-p", "interpreted", "-W", "ignore::RuntimeWarning"]
            self.options += ["-k", f"not ({CROWDED})"]
        self.process = subprocess.Popen(
            [sys.executable, str(home / ".ci" / "trials.py")], cwd=home, env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def begun(self) -> bool:
        """Whether all tests pass as things are; which lines each runs is learned on the way."""
        told = self.home / "told.json"
        tests = [test for test in self.suite.tests if (self.home / test).exists()]
        # The first run also compiles, so it may take longer.
        if self._code(tests, 8 * self.seconds, told=str(told), package=str(self.package)) != 0:
            return False
        self.told = json.loads(told.read_text(encoding="utf-8"))
        return True

    def notice(self, mutant: Mutant) -> bool:
        """Whether a test fails, or does not end."""
        seconds = self.told["seconds"]
        lines = self.told["lines"].get(mutant.path.name, {})
        tests = {t for n in range(mutant.line, mutant.last + 1) for t in lines.get(str(n), ())}
        if self.suite.followed:
            chosen = sorted(tests, key=lambda test: seconds.get(test, 0.0))
        else:
            chosen = [test for test in self.suite.tests if (self.home / test).exists()]
        return bool(chosen) and self._code(chosen, self.seconds) not in (0, 5)

    def _code(self, tests: list[str], seconds: int, **more: str) -> int:
        request = {"tests": tests, "options": self.options, "seconds": seconds, **more}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline() or 3)

    def ended(self) -> None:
        """Let the process go."""
        self.process.terminate()
        self.process.wait()


def _killed(mutant: Mutant, home: Path, trials: Trials) -> bool:
    target = home / "src" / mutant.path.relative_to(ROOT / "src")
    kept = target.read_text(encoding="utf-8")
    target.write_text(_mutated(mutant), encoding="utf-8")
    try:
        return trials.notice(mutant)
    finally:
        target.write_text(kept, encoding="utf-8")


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
    line = mutant.path.read_text(encoding="utf-8").splitlines()[mutant.line - 1].strip()
    return str(mutant.path.relative_to(ROOT)), line, mutant.words


def _interval(killed: int, tried: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    z, share = 1.96, killed / tried
    centre = (share + z * z / (2 * tried)) / (1 + z * z / tried)
    half = z * math.sqrt(share * (1 - share) / tried + z * z / (4 * tried**2)) / (1 + z * z / tried)
    return max(0.0, centre - half), min(1.0, centre + half)


def _tried(package: str, sample: list[Mutant], home: Path, seconds: int) -> dict[str, object]:
    """Try a sample and print each; the score, with what was found to change nothing left out."""
    found = dict.fromkeys(("killed", "same", "SURVIVED"), 0)
    same = _equivalent()
    running: dict[Suite, Trials] = {}
    # those that cost no compilation come first
    for mutant in sorted(sample, key=lambda one: not _suite(package, one.path).followed):
        suite = _suite(package, mutant.path)
        if _signed(mutant) in same:
            verdict = "same"
        else:
            if suite not in running:
                running[suite] = Trials(home, suite, package, seconds)
                if not running[suite].begun():
                    sys.exit(f"the tests fail as they are: {' '.join(suite.tests)}")
            verdict = "killed" if _killed(mutant, home, running[suite]) else "SURVIVED"
        found[verdict] += 1
        where = f"{mutant.path.relative_to(ROOT)}:{mutant.line}"
        print(f"{verdict:8} {where} {mutant.words}", flush=True)
    for trials in running.values():
        trials.ended()
    tried = max(1, found["killed"] + found["SURVIVED"])
    return {
        "tried": len(sample), "killed": found["killed"], "equivalent": found["same"],
        "survived": found["SURVIVED"], "score": found["killed"] / tried,
        "interval": _interval(found["killed"], tried),
    }  # fmt: skip


def main() -> None:
    """Draw a sample, try it, print the survivors and the score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="*", default=[*PACKAGES], help=", ".join(PACKAGES))
    parser.add_argument("--sample", type=int, default=40, help="mutants of each package")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=300, help="for the tests of one mutant")
    parser.add_argument("--only", default="", help="files whose name holds this")
    parser.add_argument("--skip", type=int, default=0, help="mutants of the sample not to try")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name in ("src", "tests", "examples", "benchmarks", "docs", ".ci"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, home / name, ignore=ignored)
        for path in (path for path in ROOT.iterdir() if path.is_file()):
            shutil.copy(path, home)
        for package in chosen.packages:
            sources = sorted((ROOT / "src" / "inje" / package).rglob("*.py"))
            possible = [m for p in sources if chosen.only in p.name for m in _possible(p)]
            sample = random.Random(chosen.seed).sample(possible, min(chosen.sample, len(possible)))
            row = _tried(package, sample[chosen.skip :], home, chosen.seconds)
            print(json.dumps({"package": package, "possible": len(possible), **row}), flush=True)


if __name__ == "__main__":
    main()
