"""How to reproduce a report made from a posterior on disk."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from inje.reporting import manifest_of


@pytest.fixture
def weighed(tmp_path: Path) -> Path:
    path = tmp_path / "posterior.nc"
    path.write_bytes(b"worlds")
    return path


def beside(weighed: Path, content: object) -> None:
    (weighed.parent / "manifest.json").write_text(json.dumps(content))


def test_the_manifest_beside_a_posterior_says_how_it_was_made(weighed: Path) -> None:
    digest = sha256(b"worlds").hexdigest()
    files = {"posterior.nc": digest, "scenario.yaml": "12", "report.html": "of another report"}
    beside(weighed, {"command": "inje reconstruct a.txt", "files": files})
    found = manifest_of(weighed, 7, "inje report posterior.nc")
    assert found["command"] == "inje reconstruct a.txt"
    assert found["seed"] == 7
    assert found["files"] == {"posterior.nc": digest, "scenario.yaml": "12"}


@pytest.mark.parametrize(
    "content",
    [
        None,
        {"command": "inje reconstruct a.txt", "files": {"posterior.nc": "of another"}},
        {"files": {}},
        [],
        "no",
        {"command": "x", "files": None},
    ],
)
def test_a_manifest_of_something_else_is_not_believed(weighed: Path, content: object) -> None:
    if content is not None:
        beside(weighed, content)
    found = manifest_of(weighed, 7, "inje report posterior.nc")
    assert found["command"] == "inje report posterior.nc"
    assert found["files"] == {"posterior.nc": sha256(b"worlds").hexdigest()}


def test_a_spoilt_manifest_is_no_obstacle(weighed: Path) -> None:
    (weighed.parent / "manifest.json").write_bytes(b"\xff{")
    assert manifest_of(weighed, 7, "x")["command"] == "x"
