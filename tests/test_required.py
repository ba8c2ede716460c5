"""What a bare machine skips with a sentence, CI may not skip."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NEEDY = """
import pytest

@pytest.mark.browser
def test_browser():
    pass

@pytest.mark.peers
def test_peers():
    pass

@pytest.mark.browser
def test_skips_by_itself():
    pytest.skip("for a reason of its own")

def test_plain():
    pytest.skip("may be skipped anywhere")
"""


def _run(tmp_path: Path, root: Path, ci: str) -> str:
    (tmp_path / "tests").mkdir()
    shutil.copy(root / "tests" / "conftest.py", tmp_path / "tests")
    shutil.copy(root / "pyproject.toml", tmp_path)
    (tmp_path / "tests" / "test_needy.py").write_text(NEEDY, encoding="utf-8")
    environment = {**os.environ, "CI": ci, "PATH": str(tmp_path)}
    environment.pop("INJE_CHROMIUM", None)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--color=no"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    ).stdout


def test_a_bare_machine_skips_with_a_sentence(tmp_path: Path, root: Path) -> None:
    said = _run(tmp_path, root, ci="")
    assert re.search(r"= 4 skipped in [\d.]+s =+\s*$", said)
    assert "no Chromium on the path" in said
    assert "`make peers` builds .venv-peers" in said


def test_in_ci_such_a_skip_is_a_failure(tmp_path: Path, root: Path) -> None:
    said = _run(tmp_path, root, ci="true")
    assert re.search(r"= 1 skipped, 3 errors in [\d.]+s =+\s*$", said)
    assert said.count("CI=true, so this test may not be skipped") >= 3


@pytest.mark.browser
def test_the_browser_shows_a_page(page) -> None:
    page.set_content("<title>Inje</title><p id=p>")
    page.evaluate("document.getElementById('p').textContent = 1 + 1")
    assert (page.title(), page.inner_text("#p")) == ("Inje", "2")


@pytest.mark.peers
def test_the_rivals_can_be_called(peers: Path) -> None:
    said = subprocess.run(
        [peers, "-W", "ignore", "-c", "import gillespy2, mesa, pyabc, pymc; print('here')"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "here"


BLESSED = """
import pytest

@pytest.mark.golden
def test_number(golden):
    golden("made-up", {"pi": NUMBER})
"""


def test_golden_numbers_change_only_when_blessed(tmp_path: Path, root: Path) -> None:
    (tmp_path / "tests").mkdir()
    shutil.copy(root / "tests" / "conftest.py", tmp_path / "tests")
    shutil.copy(root / "pyproject.toml", tmp_path)
    environment = {**os.environ, "CI": ""}

    def run(number: float, *options: str) -> str:
        code = BLESSED.replace("NUMBER", repr(number))
        (tmp_path / "tests" / "test_blessed.py").write_text(code, encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-B", "-m", "pytest", "-p", "no:cacheprovider", *options],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        ).stdout

    assert "pi: absent -> 3.14" in run(3.14, "--bless")
    said = run(3.15)
    assert "pi: 3.14 -> 3.15" in said
    assert "1 failed" in said
    assert "1 passed" in run(3.14)
