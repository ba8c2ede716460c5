"""The documentation cannot drift: its code runs, its pages are all in the table of contents."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WRITTEN = ROOT / "docs" / "reference"  # by `make docs`, from the package itself
PAGES = [
    ROOT / "README.md",
    *(page for page in sorted((ROOT / "docs").rglob("*.md")) if WRITTEN not in page.parents),
]
FENCE = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _blocks(page: Path, *languages: str) -> list[str]:
    found = FENCE.findall(page.read_text(encoding="utf-8"))
    return [code for language, code in found if language in languages]


def _commands(page: Path) -> list[str]:
    """Lines of shell blocks that call inje; a prompt before them and output below is left aside."""
    shell = "\n".join(_blocks(page, "sh", "bash", "console")).replace("\\\n", " ")
    said = [line.strip().removeprefix("$ ") for line in shell.splitlines()]
    return [line for line in said if line.startswith("inje ")]


def _with(pages: list[Path], what: object) -> list[Path]:
    return [page for page in pages if what(page)]


def _workplace(folder: Path) -> Path:
    """A folder as a reader might have it: the examples, and an article.txt of their own."""
    shutil.copy(ROOT / "examples" / "inje-1946" / "article.md", folder / "article.txt")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


@pytest.mark.parametrize("page", _with(PAGES, lambda p: _blocks(p, "python")), ids=_name)
def test_the_python_of_a_page_runs(page: Path, tmp_path: Path) -> None:
    """All blocks of a page, in order, in one namespace."""
    code = "\n".join(_blocks(page, "python"))
    done = subprocess.run(
        [sys.executable, "-"],
        input=code,
        cwd=_workplace(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{code}\n{done.stderr}"


@pytest.mark.parametrize("page", _with(PAGES, _commands), ids=_name)
def test_the_commands_of_a_page_run(page: Path, tmp_path: Path) -> None:
    """In order, in one folder; 1 is the exit code of a check with findings."""
    place = _workplace(tmp_path)
    for command in _commands(page):
        done = subprocess.run(
            [sys.executable, "-m", *shlex.split(command, comments=True)],
            cwd=place,
            capture_output=True,
            text=True,
            check=False,
        )
        allowed = {0, 1} if command.startswith("inje check") else {0}
        assert done.returncode in allowed, f"{command}\n{done.stdout}\n{done.stderr}"


def _in_contents(part: object) -> set[str]:
    if isinstance(part, str):
        return {part}
    below = part.values() if isinstance(part, dict) else part
    return set().union(*map(_in_contents, below))


def test_every_page_is_in_the_table_of_contents() -> None:
    contents = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]["nav"]
    pages = {page.relative_to(ROOT / "docs").as_posix() for page in PAGES[1:]}
    listed = {page for page in _in_contents(contents) if not page.startswith("reference/")}
    assert listed == pages


def test_every_lock_is_described() -> None:
    page = (ROOT / "docs" / "decisions" / "hashed-locks.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `(\w+\.lock)`", page, re.MULTILINE))
    assert described == {lock.name for lock in (ROOT / "requirements").glob("*.lock")}


def test_every_extra_is_described() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "installing.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `inje\[(\w+)\]`", page, re.MULTILINE))
    assert described == set(project["optional-dependencies"])


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(rf"^version: {re.escape(project['version'])}$", citation, re.MULTILINE)


@pytest.mark.slow
def test_the_site_builds_strictly(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("reference"))
    for name in ("zensical.toml", "CONTRIBUTING.md", "README.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path)
    for command in (
        [str(ROOT / ".ci" / "reference.py"), "docs/reference"],
        ["-m", "zensical", "build", "--clean", "--strict"],
    ):
        done = subprocess.run(
            [sys.executable, *command], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    page = (tmp_path / "site" / "working-on-inje" / "index.html").read_text(encoding="utf-8")
    assert "The house style" in page
    page = (tmp_path / "site" / "reference" / "command-line" / "index.html").read_text("utf-8")
    assert "inje reconstruct" in page
