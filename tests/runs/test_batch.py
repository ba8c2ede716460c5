"""A batch of articles survives the bad ones, lists them, and is gone on with."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from inje.errors import InputError, OptionError
from inje.runs import BatchRow, reconstruct_each


@pytest.fixture
def made(monkeypatch):
    """Reconstructions that do not take a minute: one that is bad, one that is killed."""
    begun = []

    def run(source, folder, options):
        begun.append((source, tuple(options)))
        if "bad" in source:
            return BatchRow(source, str(folder), 2, "it names no armed sides")
        if "heavy" in source:
            return BatchRow(source, str(folder), -9, "ended by signal 9")
        folder.mkdir(exist_ok=True)
        (folder / "report.html").write_text(source, encoding="utf-8")
        files = {"report.html": sha256(source.encode()).hexdigest()}
        (folder / "manifest.json").write_text(json.dumps({"files": files}), encoding="utf-8")
        return BatchRow(source, str(folder), 0, "", 4000.0, "enough", {"red": 1.0})

    monkeypatch.setattr("inje.runs._batch._run", run)
    return begun


@pytest.mark.parametrize("jobs", [1, 3])
def test_bad_articles_are_listed_and_the_others_made(made, tmp_path, jobs):
    sources = ["a.txt", "bad.txt", "heavy.txt", "b.md", "a.txt"]
    batch = reconstruct_each(sources, tmp_path / "out", jobs=jobs, options=["--seed=2"])
    assert [row.source for row in batch.rows] == ["a.txt", "bad.txt", "heavy.txt", "b.md"]
    assert [row.code for row in batch.rows] == [0, 2, -9, 0]
    assert {row.source for row in batch.failed} == {"bad.txt", "heavy.txt"}
    said = json.loads((tmp_path / "out" / "batch.json").read_text(encoding="utf-8"))
    assert (said["done"], said["failed"]) == (2, 2)
    assert said == batch.to_json()
    assert ("a.txt", ("--seed=2",)) in made


def test_what_is_done_is_not_done_again(made, tmp_path):
    sources = ["a.txt", "bad.txt", "b.txt"]
    reconstruct_each(sources, tmp_path)
    (tmp_path / "b" / "report.html").write_text("spoiled", encoding="utf-8")
    made.clear()
    batch = reconstruct_each(sources, tmp_path, resume=True)
    assert sorted(source for source, _ in made) == ["b.txt", "bad.txt"]
    assert all(options == ("--resume",) for _, options in made)
    assert [row.code for row in batch.rows] == [0, 2, 0]


def test_articles_of_one_name_have_folders_of_their_own(made, tmp_path):
    batch = reconstruct_each(
        ["x/battle.txt", "y/battle.html", "https://z.example/battle"], tmp_path
    )
    assert [Path(row.folder).name for row in batch.rows] == ["battle", "battle-2", "battle-3"]


@pytest.mark.parametrize("source", ["../../etc/x.txt", "..", "/", "a/../.."])
def test_no_article_gets_a_folder_outside(made, tmp_path, source):
    batch = reconstruct_each([source], tmp_path / "out")
    place = Path(batch.rows[0].folder).resolve()
    assert place.parent == (tmp_path / "out").resolve()


def test_wrong_calls_are_refused(tmp_path):
    with pytest.raises(OptionError, match="no article, or -"):
        reconstruct_each(["-"], tmp_path)
    with pytest.raises(OptionError, match="--jobs"):
        reconstruct_each(["a"], tmp_path, jobs=0)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be made"):
        reconstruct_each(["a"], tmp_path / "file")
