"""Two records compared, and a record written into its own file."""

from __future__ import annotations

import pytest
from ruamel.yaml import YAML

from inje.document import read_document
from inje.dossier import (
    Claim,
    Dossier,
    blank_dossier,
    check_dossier,
    compare_dossiers,
    dump_dossier,
    extract_dossier,
    load_dossier,
    save_record,
)
from inje.errors import InputError, OptionError
from inje.scenario import draft_scenario

ARTICLE = """Battle of Elm Ford

The Battle of Elm Ford was fought on 3 May 1862 between the Prussian Army and the Saxon Army.
General Anna Holm commanded the Prussian Army. The Saxon Army lost 90 killed.
"""


@pytest.fixture(scope="module")
def record() -> Dossier:
    return extract_dossier(read_document(ARTICLE.encode(), name="ford"))


def changed(dossier: Dossier, **parts: object) -> Dossier:
    return dossier.model_copy(update=parts).with_texts(*dossier.texts)


def test_a_record_does_not_differ_from_itself(record):
    found = compare_dossiers(record, record)
    assert not found
    assert found.to_text() == "no differences\n"
    assert found.to_json()["same"] is True


def test_what_only_moved_or_was_renumbered_is_no_difference(record):
    moved = extract_dossier(read_document(("\n\n" + ARTICLE).encode(), name="ford"))
    names = {c.id: f"x{n}" for n, c in enumerate(moved.claims)}
    claims = tuple(
        c.model_copy(update={"id": names[c.id], "restates": names.get(c.restates or "")})
        for c in moved.claims
    )
    found = compare_dossiers(record, changed(moved, claims=claims))
    assert found.of("claims") == ()


def test_every_kind_of_change_is_told_with_its_field(record):
    claims = list(record.claims)
    lost = next(i for i, c in enumerate(claims) if c.about.startswith("losses."))
    claims[lost] = claims[lost].model_copy(update={"status": "rejected", "about": ""})
    del claims[0]
    claims.append(Claim(id="mine", kind="belief", holders=("narrator",), summary="it rained"))
    entities = tuple(e.model_copy(update={"reliability": "B"}) for e in record.entities)
    battle = record.battle.model_copy(update={"result": "a draw"})
    new = changed(
        record, claims=tuple(claims), entities=entities, battle=battle, gaps=(), ignore=("sum",)
    )
    found = compare_dossiers(record, new)
    [change] = found.of("claims", "changed")
    assert {(f.field, f.before, f.after) for f in change.fields} == {
        ("about", "losses.saxon_army.killed", None), ("status", "drafted", "rejected")
    }  # fmt: skip
    assert [d.id for d in found.of("claims", "added")] == ["mine"]
    assert [d.id for d in found.of("claims", "removed")] == [record.claims[0].id]
    assert len(found.of("entities", "changed")) == len(record.entities)
    assert len(found.of("gaps", "removed")) == len(record.gaps)
    assert found.of("battle")[0].fields[0].after == "a draw"
    text = found.to_text()
    assert "~ claims" in text
    assert "    status: drafted -> rejected" in text
    form = found.to_json()
    assert form["same"] is False
    assert {"change", "id", "label", "fields"} == set(form["claims"][0])


def test_a_difference_is_seen_from_both_ends(record):
    without = changed(record, claims=record.claims[1:])
    assert len(compare_dossiers(record, without).of("claims", "removed")) == 1
    assert len(compare_dossiers(without, record).of("claims", "added")) == 1


# ---- the file


def test_what_did_not_change_keeps_its_lines(record, tmp_path):
    path = tmp_path / "dossier.yaml"
    save_record(record, path)
    lines = path.read_text(encoding="utf-8").splitlines()
    second = next(i for i, line in enumerate(lines) if line == "  - id: c2")
    lines.insert(second, "  # a second look")
    path.write_text("# mine\n" + "\n".join(lines) + "\n", encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    save_record(load_dossier(path), path)
    assert path.read_text(encoding="utf-8") == before
    kept = load_dossier(path)
    claims = (kept.claims[0].model_copy(update={"status": "confirmed"}), *kept.claims[1:])
    save_record(changed(kept, claims=claims), path)
    after = path.read_text(encoding="utf-8")
    assert after.startswith("# mine\n")
    assert "  # a second look\n  - id: c2" in after
    assert load_dossier(path).claims == claims


@pytest.mark.parametrize(
    "reform",
    [
        lambda text: text.replace("claims:\n", "claims: # all\n"),
        lambda text: YAML(typ="safe").load(text) and _flow(text),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text + "\n\n# the end\n",
        lambda text: text.replace("\nclaims:\n", "\n\n\nclaims:\n\n"),
    ],
)
def test_however_the_file_is_laid_out_the_record_in_it_is_right(record, tmp_path, reform):
    path = tmp_path / "dossier.yaml"
    path.write_text(reform(dump_dossier(record)), encoding="utf-8")
    kept = load_dossier(path)
    claims = tuple(c.model_copy(update={"status": "edited"}) for c in kept.claims[1:])
    save_record(changed(kept, claims=claims), path)
    assert load_dossier(path).claims == claims


def _flow(text: str) -> str:
    """The same record as one line of JSON, which is YAML too."""
    import json

    return json.dumps(YAML(typ="safe").load(text)) + "\n"


def test_text_that_looks_like_a_list_is_kept_as_text(record, tmp_path):
    path = tmp_path / "dossier.yaml"
    said = "claims:\n  - id: c1\n- {id: c2}\n# no comment\n"
    claims = (record.claims[0].model_copy(update={"summary": said}), *record.claims[1:])
    odd = changed(record, claims=claims)
    save_record(odd, path)
    assert load_dossier(path).claims == claims
    text = path.read_text(encoding="utf-8")
    block = "summary: |\n      claims:\n        - id: c1\n      - {id: c2}\n      # no comment\n"
    start = text.index("summary: ", text.index("- id: c1"))
    path.write_text(text[:start] + block + text[text.index("    anchor", start) :], "utf-8")
    kept = load_dossier(path)
    assert kept.claims[0].summary == said
    again = changed(kept, claims=kept.claims[1:])
    save_record(again, path)
    assert load_dossier(path).claims == kept.claims[1:]


def test_a_file_that_is_no_dossier_is_not_overwritten(record, tmp_path):
    path = tmp_path / "dossier.yaml"
    path.write_text("shopping: [milk]\n", encoding="utf-8")
    with pytest.raises(InputError):
        save_record(record, path)
    assert [p.name for p in tmp_path.iterdir()] == ["dossier.yaml"]
    assert path.read_text(encoding="utf-8") == "shopping: [milk]\n"


# ---- by hand


def uncommented(text: str) -> str:
    """The template with its examples in force, its explanations still comments."""
    rows = [row[1:] if row[:1] == "#" and row[:2] != "##" else row for row in text.splitlines()]
    return "\n".join(rows) + "\n"


def test_an_empty_record_is_valid_and_says_what_is_lacking(tmp_path):
    path = tmp_path / "dossier.yaml"
    path.write_text(blank_dossier(), encoding="utf-8")
    dossier = load_dossier(path)
    assert check_dossier(dossier) == ()
    with pytest.raises(InputError, match="two or more"):
        draft_scenario(dossier)


def test_the_examples_of_the_empty_record_make_a_model(tmp_path):
    path = tmp_path / "dossier.yaml"
    path.write_text(uncommented(blank_dossier()), encoding="utf-8")
    dossier = load_dossier(path)
    assert len(dossier.claims) == 2
    scenario = draft_scenario(dossier)
    assert [side.id for side in scenario.sides] == ["north", "south"]
    assert "attacker" in scenario.causes


def test_a_record_begun_with_its_frame_can_be_modelled_at_once(tmp_path):
    path = tmp_path / "dossier.yaml"
    text = blank_dossier("Ford: a 'test'", ["The A's", "Ünal"], "-0489-09-12", ["São Ford"])
    for form in (text, uncommented(text)):
        path.write_text(form, encoding="utf-8")
        dossier = load_dossier(path)
        assert dossier.battle.title == "Ford: a 'test'"
        assert [side.name for side in dossier.battle.sides] == ["The A's", "Ünal"]
        assert draft_scenario(dossier).clock.start == "-0489-09-12"


@pytest.mark.parametrize(
    ("sides", "when", "words"),
    [
        (["North"], "", "two sides"),
        (["North", "north"], "", "differ"),
        (["North", " "], "", "differ"),
        ((), "soon", "EDTF"),
    ],
)
def test_a_frame_that_cannot_be_is_refused(sides, when, words):
    with pytest.raises(OptionError, match=words):
        blank_dossier("x", sides, when)
