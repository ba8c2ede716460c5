"""What a release holds; `make release` also installs it and starts it."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest


def _build(root: Path, target: str, folder: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    (built,) = folder.iterdir()
    return built


def _sources(root: Path) -> set[str]:
    source = root / "src"
    return {
        path.relative_to(source).as_posix()
        for path in (source / "inje").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix not in {".tmp"}
    }


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return zipfile.ZipFile(_build(root, "wheel", tmp_path_factory.mktemp("wheel")))


def test_the_wheel_holds_every_source_and_nothing_else(wheel: zipfile.ZipFile, root: Path) -> None:
    held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == _sources(root)
    assert "inje/py.typed" in held


def test_the_wheel_says_what_it_is(wheel: zipfile.ZipFile) -> None:
    (metadata,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    text = wheel.read(metadata).decode()
    assert "License-Expression: Apache-2.0" in text
    assert "Requires-Python: >=3.11" in text
    assert "pymc" not in text.lower(), "a build-time tool is nobody's dependency"
    (licence,) = (name for name in wheel.namelist() if name.endswith("licenses/LICENSE"))
    assert "Version 2.0, January 2004" in wheel.read(licence).decode()


def test_the_sdist_can_be_built_and_tested_again(root: Path, tmp_path: Path) -> None:
    with tarfile.open(_build(root, "sdist", tmp_path)) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "LICENSE", "README.md", "CITATION.cff", "CHANGELOG.md"} <= held
    assert {f"src/{name}" for name in _sources(root)} <= held
    assert "tests/conftest.py" in held
    assert not any(name.startswith((".venv", "out/", "dist/")) for name in held)
