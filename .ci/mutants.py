"""Change the sources in small ways and see whether a test notices: ``.ci/mutants.py [options]``.

A mutant is one changed operator, comparison, number or condition. A sample of all possible ones
is drawn by a seed, each is tried in a copy of the sources, and the tests of its package are run
until one fails. Printed are the survivors, and the share that was killed with its 95 % interval
(Wilson 1927), which is what a sample can tell of all.

The compiled loops run here as compiled; a mutant among them costs a compilation. With
``--interpreted`` the compiler is off (NUMBA_DISABLE_JIT), and tests that need speed are left out.
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
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: what may be mutated, and the tests that should notice
PACKAGES = {
    "exact": ["tests/exact"],
    "posterior": ["tests/posterior"],
    "kernels": ["tests/exact", "tests/ensemble", "tests/kernels", "tests/laws"],
    "runs": ["tests/runs", "tests/posterior/test_resuming.py"],
}
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.And: ast.Or, ast.Or: ast.And,
    ast.USub: ast.UAdd,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """The n-th place of a file that can be changed, and the change in words."""

    path: Path
    place: int
    line: int
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
        node.value = before + 1 if before in (0, 1) or before > 1 else before * 2
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
    for place, node in enumerate(_bodies(tree)):
        if words := _changed(copy.deepcopy(node)):
            yield Mutant(path, place, node.lineno, words)


def _mutated(mutant: Mutant) -> str:
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    _changed(list(_bodies(tree))[mutant.place])
    return ast.unparse(ast.fix_missing_locations(tree))


def _fails(home: Path, tests: list[str], interpreted: bool, seconds: int) -> bool:
    """Whether a test fails, or does not end."""
    environment = {**os.environ, "PYTHONPATH": str(home / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    if interpreted:
        environment["NUMBA_DISABLE_JIT"] = "1"
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", "-m", "not slow"]
    try:
        done = subprocess.run(
            [*command, *tests], cwd=home, env=environment, capture_output=True, check=False,
            timeout=seconds,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return True
    return done.returncode not in (0, 5)


def _killed(mutant: Mutant, home: Path, tests: list[str], interpreted: bool, seconds: int) -> bool:
    target = home / "src" / mutant.path.relative_to(ROOT / "src")
    kept = target.read_text(encoding="utf-8")
    target.write_text(_mutated(mutant), encoding="utf-8")
    try:
        return _fails(home, tests, interpreted, seconds)
    finally:
        target.write_text(kept, encoding="utf-8")


def _interval(killed: int, tried: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    z, share = 1.96, killed / tried
    centre = (share + z * z / (2 * tried)) / (1 + z * z / tried)
    half = z * math.sqrt(share * (1 - share) / tried + z * z / (4 * tried**2)) / (1 + z * z / tried)
    return max(0.0, centre - half), min(1.0, centre + half)


def main() -> None:
    """Draw a sample, try it, print the survivors and the score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="*", default=[*PACKAGES], help=", ".join(PACKAGES))
    parser.add_argument("--sample", type=int, default=40, help="mutants of each package")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=300, help="for the tests of one mutant")
    parser.add_argument("--only", default="", help="files whose name holds this")
    parser.add_argument("--interpreted", action="store_true", help="with the compiler off")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name in ("src", "tests", "examples", "benchmarks", "docs"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, home / name, ignore=ignored)
        for path in (path for path in ROOT.iterdir() if path.is_file()):
            shutil.copy(path, home)
        for package in chosen.packages:
            sources = sorted((ROOT / "src" / "inje" / package).rglob("*.py"))
            possible = [m for p in sources if chosen.only in p.name for m in _possible(p)]
            sample = random.Random(chosen.seed).sample(possible, min(chosen.sample, len(possible)))
            # The first run also compiles, so it may take longer.
            if _fails(home, PACKAGES[package], chosen.interpreted, 4 * chosen.seconds):
                sys.exit(f"the tests of {package} fail as they are: no mutant was tried")
            killed = 0
            for mutant in sample:
                dead = _killed(mutant, home, PACKAGES[package], chosen.interpreted, chosen.seconds)
                killed += dead
                where = f"{mutant.path.relative_to(ROOT)}:{mutant.line}"
                print(f"{'killed  ' if dead else 'SURVIVED'} {where} {mutant.words}", flush=True)
            low, high = _interval(killed, len(sample))
            row = {
                "package": package, "possible": len(possible), "tried": len(sample),
                "killed": killed, "score": killed / len(sample), "interval": [low, high],
            }  # fmt: skip
            print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
