"""What a run begins with, and what of a person's work lies in its folder."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from inje.dossier import load_dossier, save_record
from inje.errors import InputError, OptionError
from inje.reporting._beginning import Beginning, beginning
from inje.scenario import save_scenario

FORD = """Battle of Elm Ford

The Battle of Elm Ford was fought on 3 May 1862 between the Prussian Army and the Saxon Army.
General Anna Holm commanded the Prussian Army. The Saxon Army lost 90 killed.
"""
OTHER = """Battle of Long Hill

The Battle of Long Hill was fought on 9 June 1870 between the Danish Army and the Swedish Army.
The Danish Army lost 12 killed.
"""


@pytest.fixture
def place(tmp_path) -> Path:
    (tmp_path / "ford.txt").write_text(FORD, encoding="utf-8")
    (tmp_path / "hill.txt").write_text(OTHER, encoding="utf-8")
    (tmp_path / "out").mkdir()
    return tmp_path


def run(place: Path, *names: str) -> Beginning:
    """What a run would write before it fights, with the manifest of a run that ended."""
    start = beginning([str(place / name) for name in names], place / "out")
    save_record(start.dossier, place / "out" / "dossier.yaml")
    save_scenario(start.scenario, place / "out" / "scenario.yaml")
    files = {
        path.name: sha256(path.read_bytes()).hexdigest() for path in (place / "out").glob("*.yaml")
    }
    (place / "out" / "manifest.json").write_text(json.dumps({"files": files}), encoding="utf-8")
    return start


def confirm(place: Path) -> None:
    path = place / "out" / "dossier.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("- id: c1\n", "- id: c1\n    status: confirmed\n", 1), "utf-8")


def test_a_new_folder_takes_the_draft(place):
    start = run(place, "ford.txt")
    assert start.notes == ()
    assert start.scenario.dossier is not None


def test_an_untouched_record_gives_way_to_the_next(place):
    run(place, "ford.txt")
    start = run(place, "hill.txt")
    assert start.notes == ()
    assert [info.id for info in start.dossier.documents] == ["hill"]


def test_a_corrected_record_is_gone_on_from(place):
    run(place, "ford.txt")
    confirm(place)
    (place / "ford.txt").write_text(FORD.replace("90", "95"), encoding="utf-8")
    start = run(place, "ford.txt")
    assert start.dossier.claims[0].status == "confirmed"
    assert any("95 killed" in c.anchor.quote for c in start.dossier.claims if c.anchor)
    assert "its decisions are kept" in start.notes[0]


def test_an_edit_without_a_status_is_seen_by_the_hash(place):
    run(place, "ford.txt")
    path = place / "out" / "dossier.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: Battle of Elm Ford\n", "title: The ford\n", 2), "utf-8")
    start = run(place, "ford.txt")
    assert start.dossier.battle.title == "The ford"


def test_a_corrected_record_of_another_text_is_refused(place):
    run(place, "ford.txt")
    confirm(place)
    before = (place / "out" / "dossier.yaml").read_bytes()
    with pytest.raises(InputError, match="other texts"):
        run(place, "hill.txt")
    assert (place / "out" / "dossier.yaml").read_bytes() == before


def test_a_corrected_record_named_first_takes_further_texts(place):
    run(place, "ford.txt")
    confirm(place)
    again = FORD.replace("Battle of Elm Ford\n", "The day\n", 1).replace("90", "240")
    (place / "again.txt").write_text(again, encoding="utf-8")
    start = run(place, "out/dossier.yaml", "again.txt")
    assert [info.id for info in start.dossier.documents] == ["ford", "again"]
    assert start.dossier.claims[0].status == "confirmed"
    assert load_dossier(place / "out" / "dossier.yaml").claims == start.dossier.claims


def test_two_corrected_texts_are_gone_on_from(place):
    again = FORD.replace("Battle of Elm Ford\n", "The day\n", 1).replace("90", "240")
    (place / "again.txt").write_text(again, encoding="utf-8")
    run(place, "ford.txt", "again.txt")
    confirm(place)
    start = run(place, "ford.txt", "again.txt")
    assert start.dossier.claims[0].status == "confirmed"
    assert len(start.dossier.documents) == 2
    (place / "again.txt").write_text(again.replace("240", "250"), encoding="utf-8")
    start = run(place, "again.txt", "ford.txt")
    assert start.dossier.claims[0].status == "confirmed"
    assert [info.id for info in start.dossier.documents] == ["ford", "again"]
    assert any("250 killed" in c.anchor.quote for c in start.dossier.claims if c.anchor)


def test_an_edited_model_is_set_aside(place):
    run(place, "ford.txt")
    model = place / "out" / "scenario.yaml"
    edited = model.read_text(encoding="utf-8") + "# mine\n"
    model.write_text(edited, encoding="utf-8")
    start = run(place, "ford.txt")
    assert "kept as scenario-edited-1.yaml" in start.notes[-1]
    assert (place / "out" / "scenario-edited-1.yaml").read_text(encoding="utf-8") == edited
    assert run(place, "ford.txt").notes == ()


def test_a_model_goes_on_alone(place):
    run(place, "ford.txt")
    model = str(place / "out" / "scenario.yaml")
    assert beginning([model], place / "out").scenario.title == "Battle of Elm Ford"
    with pytest.raises(OptionError, match="not alone"):
        beginning([model, str(place / "ford.txt")], place / "out")
