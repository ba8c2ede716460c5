"""The tool that counts changes which no test notices, on a package of one function."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

SOURCE = """
from functools import lru_cache

@lru_cache(maxsize=None)
def bounded(x, most=3):
    if x > most:
        return most
    return x * 1
"""
TESTS = """
from small.bounds import bounded

def test_a_small_number_stays():
    assert bounded(2) == 2

def test_a_large_number_is_bounded():
    assert bounded(7) == 3

def test_a_thing_of_its_own():
    assert 1 + 1 == 2
"""


@pytest.fixture
def answer(root, tmp_path):
    """What the process that tries changes answers to a request."""
    pytest.importorskip("coverage", reason="coverage is not installed: `make setup` does it")
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "__init__.py").touch()
    (tmp_path / "small" / "bounds.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "test_bounds.py").write_text(TESTS, encoding="utf-8")
    process = subprocess.Popen(
        [
            *(sys.executable, root / ".ci" / "trials.py", "-q", "-p", "no:randomly"),
            *("-p", "no:cacheprovider", "-W", "error", "test_bounds.py"),
        ],
        cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip

    def asked(**request):
        print(json.dumps(request), file=process.stdin, flush=True)
        return json.loads(process.stdout.readline())

    with process:
        yield asked


def test_a_change_is_met_by_the_tests_of_its_line_and_leaves_nothing_behind(
    root, tmp_path, answer, monkeypatch
):
    monkeypatch.syspath_prepend(str(root / ".ci"))
    from changes import possible  # pyright: ignore[reportMissingImports]

    file = tmp_path / "small" / "bounds.py"
    told = answer(learn=str(tmp_path / "small"), patience=0.0)
    _, small, large = sorted(told["seconds"], reverse=True)
    assert told["failed"] == []
    assert told["lines"][str(file)]["8"] == [small]
    found = {}
    for mutant in possible(tmp_path, file.relative_to(tmp_path)):
        told = answer(file=str(file), place=mutant.place, tests=[small, large], seconds=30.0)
        assert told["changed"] == 1
        assert told["ended"]
        found[mutant.words] = told["failed"]
    assert found == {
        "condition -> not": small,
        "Gt -> GtE": "",  # no test asks for a number at the bound
        "Mult -> Div": "",  # nothing can tell: dividing by one is multiplying by it
        "1 -> 2": small,
    }
    assert answer(file="", place=0, tests=[small, large], seconds=30.0)["failed"] == ""
