"""Faults injected into runs of the command line: none loses data, none prints a traceback."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults import disk, files, machine, process, workers
from tests.faults.injecting import FAULTS, Place

#: they enter their faults into the list; this is the order of the page
ENTERED = (disk, process, files, workers, machine)

PAGE = Path(__file__).parents[2] / "docs" / "faults.md"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    yield Place(tmp_path)
    for path in tmp_path.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)


#: these start worlds or wait for seconds: `make slow` runs them
LONG = {
    "closed_streams",
    "damaged_cache",
    "foreign_cache",
    "few_files", "full_cache", "no_folder_here", "no_locale", "terminated",
    "no_cache", "deep_yaml", "full_device", "interrupted", "little_memory",
    "many_writers", "no_memory", "no_unicode",
    "one_core", "stale_lock", "worker_killed", "yaml_bomb",
}  # fmt: skip


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.slow] * (n in LONG)) for n in sorted(FAULTS)]
)
def test_a_fault_loses_nothing_and_prints_no_traceback(name: str, place: Place) -> None:
    FAULTS[name][2](place)


def test_there_are_at_least_24_and_the_page_lists_them() -> None:
    assert len(FAULTS) >= 24
    page = PAGE.read_text(encoding="utf-8").partition("## Exit")[0]
    listed = re.findall(r"^\| (.+?) \| (.+?) \|$", page, re.MULTILINE)[1:]
    ordered = sorted(FAULTS.values(), key=lambda one: ENTERED.index(sys.modules[one[2].__module__]))
    assert listed == [(done, does) for done, does, _ in ordered]
