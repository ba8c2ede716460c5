"""Bad input: one clear message a fault, exit code 2, no traceback, nothing written."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def inje(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "inje", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def complaint(*arguments: str | Path, stdin: bytes = b"") -> str:
    done = inje(*arguments, stdin=stdin)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    return done.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ("empty",)),
        (b"   \n\n", ("blank",)),
        (b"\x7fELF\x02" + bytes(range(256)) * 40, ("binary",)),
        (b"The battle of X was fought \xff\xfe in 1812.\n" * 5, ("UTF-8", "offset 27")),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path, content, words):
    path = tmp_path / "article.txt"
    path.write_bytes(content)
    said = complaint("extract", path, "-o", tmp_path / "dossier.yaml")
    assert all(word in said for word in words), said
    assert "article.txt" in said
    assert [p.name for p in tmp_path.iterdir()] == ["article.txt"]


def test_fifty_megabytes_are_refused_at_once(tmp_path):
    path = tmp_path / "long.txt"
    path.write_bytes(b"The battle went on. " * 2_600_000)
    assert "more than inje reads" in complaint("read", path)


def test_a_document_without_armed_sides_is_refused(tmp_path):
    path = tmp_path / "cake.txt"
    path.write_text(
        "Lemon cake\n\nMix the flour with the sugar and the eggs. Bake the cake for an hour and "
        "let it cool. Serve it with tea in the garden when the weather is fine.\n" * 3,
        encoding="utf-8",
    )
    said = complaint("extract", path)
    assert "names no armed sides: nothing to reconstruct" in said


def test_a_missing_file_is_named(tmp_path):
    assert "nowhere.txt" in complaint("read", tmp_path / "nowhere.txt")


def test_a_dossier_with_faults_names_each_with_line_and_column(tmp_path):
    path = tmp_path / "dossier.yaml"
    path.write_text(
        "schema: inje-dossier/1\n"
        "battle:\n  titel: X\n  when: {edtf: 1946}\n"
        "sources:\n  - {id: s, title: S, reliability: Q}\n",
        encoding="utf-8",
    )
    rows = complaint("model", path).splitlines()
    assert [row.split("dossier.yaml:")[1].split(":")[0] for row in rows[:3]] == ["3", "4", "6"]


def test_a_claim_about_a_path_that_names_nothing_is_an_error(tmp_path):
    path = tmp_path / "dossier.yaml"
    path.write_text(
        "schema: inje-dossier/1\n"
        "entities:\n  - {id: narrator, kind: narrator, name: N}\n"
        "claims:\n  - {id: c, kind: fact, holders: [narrator], about: strenght.x}\n",
        encoding="utf-8",
    )
    said = complaint("model", path)
    assert "dossier.yaml:5" in said
    assert "'strenght'" in said


def test_a_wrong_option_is_told(tmp_path):
    done = inje("read", "--colour", "x")
    assert done.returncode == 2
    assert "--colour" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--cut", "c16", "--cut", "zzz"), ("'zzz' is no claim", "c16")),
        (("--reliability", "nobody=B"), ("'nobody' is no source", "azimi", "narrator")),
    ],
)
def test_what_would_change_nothing_is_refused(tmp_path, options, words):
    scenario = ROOT / "examples/inje-1946/scenario.yaml"
    said = complaint("condition", scenario, "-o", tmp_path / "posterior.nc", *options)
    assert all(word in said for word in words), said
    assert not list(tmp_path.iterdir())


def test_standard_input_is_read():
    text = (ROOT / "examples/inje-1946/article.md").read_bytes()
    done = inje("read", "-", "--json", stdin=text)
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("report none.nc -o x.pdf", r"x\.pdf came; allowed: \.html, \.md or \.json"),
        ("report none.nc --format json -o x.html", r"x\.html came; allowed: \.json"),
        ("report none.nc --figure map -o x.gif", r"allowed: \.svg, \.png, \.geojson or \.json"),
        ("report none.nc --figure losses -o x.geojson", r"allowed: \.svg, \.png or \.json"),
        ("condition none.yaml -o x.json", r"x\.json came; allowed: \.nc"),
        ("simulate none.yaml -o x", r"x came, without an ending; allowed: \.nc"),
        ("read none.txt -o none.txt", r"none\.txt came; allowed: \.json"),
        ("extract none.txt -o x.json", r"x\.json came; allowed: \.yaml or \.yml"),
        ("extract none.txt --into none.txt", r"none\.txt came; allowed: \.yaml or \.yml"),
        ("model none.yaml -o nowhere/x.yaml", r"nowhere is no folder"),
        ("export none.yaml --format csl -o .", r"\. is a folder"),
        ("new -o x.txt", r"x\.txt came; allowed: \.yaml or \.yml"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_done(
    tmp_path, monkeypatch, command, words
):
    """Before the source is opened even, which is not there."""
    monkeypatch.chdir(tmp_path)
    assert re.search(words, complaint(*command.split()))
    assert list(tmp_path.iterdir()) == []
