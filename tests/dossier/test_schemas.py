"""Files say what they are: older ones are brought up to date, newer and foreign ones refused."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

import inje
from inje.document import upgraded
from inje.dossier import (
    document_of,
    dossier_from_json,
    gather_record,
    load_document,
    load_dossier,
    save_document,
)
from inje.errors import DocumentError, FileFaults, InputError
from inje.posterior import load_posterior, save_posterior
from inje.scenario import dump_scenario, load_scenario, load_scenario_and_record

OLD_DOSSIER = """\
schema: inje-dossier/1
made_by: rules, then reviewed by hand
entities:
  - {id: narrator, kind: narrator, name: N}
"""


def test_a_dossier_of_version_1_is_brought_up_to_date(tmp_path):
    path = tmp_path / "dossier.yaml"
    path.write_text(OLD_DOSSIER, encoding="utf-8")
    dossier = load_dossier(path)
    assert dossier.made.by == "rules, then reviewed by hand"
    assert dossier.made.version == ""


def test_a_field_of_version_1_is_unknown_in_version_2(tmp_path):
    path = tmp_path / "dossier.yaml"
    path.write_text(OLD_DOSSIER.replace("dossier/1", "dossier/2"), encoding="utf-8")
    with pytest.raises(FileFaults, match="unknown field 'made_by'"):
        load_dossier(path)


def test_a_scenario_of_version_1_is_brought_up_to_date(root, tmp_path):
    scenario = load_scenario(root / "examples" / "inje-1946" / "scenario.yaml")
    text = dump_scenario(scenario.model_copy(update={"made": type(scenario.made)(by="a hand")}))
    old = re.sub(r"made:\s*\{by: a hand\}", "made_by: a hand", text).replace(
        "inje-scenario/2", "inje-scenario/1"
    )
    assert "made_by: a hand" in old
    (tmp_path / "scenario.yaml").write_text(old, encoding="utf-8")
    again = load_scenario(tmp_path / "scenario.yaml")
    assert again.made.by == "a hand"
    assert again.forces == scenario.forces


@pytest.mark.parametrize("said", ["inje-dossier/3", "inje-dossier/999"])
def test_a_newer_dossier_is_refused_with_a_sentence(tmp_path, said):
    path = tmp_path / "dossier.yaml"
    path.write_text(f"schema: {said}\nwhat_nobody_knows_yet: 1\n", encoding="utf-8")
    with pytest.raises(InputError, match=rf"written by a newer inje, in schema {said}.*up to date"):
        load_dossier(path)


@pytest.mark.parametrize("said", ["inje-scenario/1", "dossier", "inje-dossier/0", "inje-dossier/x"])
def test_another_schema_is_refused(tmp_path, said):
    path = tmp_path / "dossier.yaml"
    path.write_text(f"schema: {said}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"its schema is .*inje-dossier/1 to inje-dossier/2"):
        load_dossier(path)


def test_steps_are_taken_one_by_one():
    steps = {1: lambda f: {**f, "a": 1}, 2: lambda f: {**f, "b": f["a"] + 1}}
    assert upgraded({"schema": "x/1"}, "x/3", steps, "x") == {"schema": "x/3", "a": 1, "b": 2}
    assert upgraded({"schema": "x/3"}, "x/3", steps, "x") == {"schema": "x/3"}
    assert upgraded({}, "x/3", steps, "x") == {}


def test_a_newer_document_is_refused(root, tmp_path):
    document = inje.read(root / "examples" / "inje-1946" / "article.md")
    path = save_document(document, tmp_path / "document.json")
    assert load_document(path).sha256 == document.sha256
    record = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**record, "schema": "inje-document/2"}), encoding="utf-8")
    with pytest.raises(InputError, match="written by a newer inje"):
        load_document(path)
    path.write_text(json.dumps({**record, "sha256": "0" * 64}), encoding="utf-8")
    with pytest.raises(DocumentError, match="sha256"):
        load_document(path)


@pytest.mark.parametrize("name", ["document.json", "battle.json"])
def test_a_document_is_known_by_what_it_is_not_by_its_name(root, tmp_path, name):
    document = inje.read(root / "examples" / "inje-1946" / "article.md")
    path = str(save_document(document, tmp_path / name))
    assert document_of(path) == document
    assert gather_record([path]).dossier.battle.title == "Battles of Inje and Qalaburun"
    (tmp_path / "other.json").write_text('{"a": "The battle of Jena, 14 October 1806."}')
    assert "Jena" in document_of(str(tmp_path / "other.json")).text


def test_a_draft_says_who_made_it_and_from_what(root):
    document = inje.read(root / "examples" / "inje-1946" / "article.md")
    made = inje.extract(document).made
    assert made.by == "rules"
    assert made.version == inje.__version__
    assert list(made.parents.values()) == [document.sha256]


def test_a_record_in_another_file_is_checked_too():
    with pytest.raises(InputError, match="it carries no inje-dossier/2"):
        dossier_from_json('{"claims": 7}')
    with pytest.raises(InputError, match="written by a newer inje"):
        dossier_from_json('{"schema": "inje-dossier/7"}')


@pytest.fixture(scope="module")
def saved(root, tmp_path_factory):
    scenario = load_scenario_and_record(root / "examples" / "inje-1946" / "scenario.yaml")
    record = scenario.dossier
    first = next(claim for claim in record.claims if claim.about.startswith("control"))
    claims = tuple(
        claim if claim is first else claim.model_copy(update={"status": "rejected"})
        for claim in record.claims
    )
    easy = scenario.with_dossier(record.model_copy(update={"claims": claims}))
    posterior = inje.condition(easy, ess=50, max_worlds=1 << 13)
    return posterior, save_posterior(posterior, tmp_path_factory.mktemp("p") / "posterior.nc")


def _changed(path, target, change):
    import h5netcdf

    target.write_bytes(path.read_bytes())
    with h5netcdf.File(target, "a") as file:
        change(file.attrs)
    return target


def test_a_posterior_of_version_1_is_brought_up_to_date(saved, tmp_path):
    """Version 1 had neither version nor parents, and its scenario and dossier were of version 1."""

    def older(attrs):
        for name in ("scenario", "dossier"):
            record = json.loads(attrs[name])
            record["made_by"] = record.pop("made")["by"]
            attrs[name] = json.dumps({**record, "schema": f"inje-{name}/1"})
        attrs["schema"] = "inje-posterior/1"
        del attrs["version"]
        del attrs["parents"]
        del attrs["renewals"]

    posterior, path = saved
    loaded = load_posterior(_changed(path, tmp_path / "old.nc", older))
    assert loaded.log_weight.tobytes() == posterior.log_weight.tobytes()
    assert loaded.scenario.forces == posterior.scenario.forces
    assert np.isfinite(loaded.diagnostics.ess)


def test_a_posterior_of_version_2_has_fortunes_that_are_not_renewed(saved, tmp_path):
    def older(attrs):
        attrs["schema"] = "inje-posterior/2"
        del attrs["renewals"]

    loaded = load_posterior(_changed(saved[1], tmp_path / "two.nc", older))
    assert loaded.renewals == ()
    assert np.array_equal(loaded.addresses, saved[0].addresses)


@pytest.mark.parametrize("days", ["[1.0]", "[2.0, 1.0]", "[0.0]", '["soon"]', "7"])
def test_renewals_that_fit_no_addresses_are_refused(saved, tmp_path, days):
    spoilt = _changed(saved[1], tmp_path / "r.nc", lambda a: a.update(renewals=days))
    with pytest.raises(InputError, match="cannot be read"):
        load_posterior(spoilt)


def test_a_newer_posterior_is_refused(saved, tmp_path):
    newer = _changed(saved[1], tmp_path / "n.nc", lambda a: a.update(schema="inje-posterior/9"))
    with pytest.raises(InputError, match="written by a newer inje"):
        load_posterior(newer)


def test_a_posterior_whose_record_was_changed_is_refused(saved, tmp_path):
    def forged(attrs):
        attrs["dossier"] = attrs["dossier"].replace("Azimi", "Azami")

    with pytest.raises(InputError, match="its dossier: changed since it was written"):
        load_posterior(_changed(saved[1], tmp_path / "f.nc", forged))
