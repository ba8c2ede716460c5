"""The practice articles: exact quotes everywhere, and what the box and the prose must give."""

from __future__ import annotations

import json
import re

import pytest

from inje.document import read_document
from inje.dossier import (
    check_dossier,
    dossier_faults,
    extract_dossier,
    load_dossier,
    save_record,
)

FORMATS = ("cwsac_*.txt", "pasted_*.txt", "simple_*.txt", "wt_*.wikitext")
PAGES = ("html_*.html", "nps_*.html")
#: findings of the most faulty article: an editor would switch more off
MOST_FINDINGS = 10


@pytest.fixture(scope="module")
def dossiers(shared):
    """Name of the file -> the record drafted from it."""
    folder = shared / "articles"
    paths = sorted(path for pattern in FORMATS for path in folder.glob(pattern))
    return {path.name: extract_dossier(read_document(path)) for path in paths}


def anchors(record):
    if isinstance(record, dict):
        for key, value in record.items():
            if key in ("anchor", "cue") and isinstance(value, dict):
                yield value
            yield from anchors(value)
    elif isinstance(record, list | tuple):
        for value in record:
            yield from anchors(value)


def test_every_quote_stands_at_its_span(dossiers):
    assert len(dossiers) >= 20
    for name, dossier in dossiers.items():
        (document,) = dossier.texts
        for anchor in anchors(dossier.model_dump()):
            there = document.original[anchor["start"] : anchor["end"]]
            assert there == anchor["quote"], name


def test_every_record_is_whole_and_has_two_sides(dossiers):
    for name, dossier in dossiers.items():
        assert list(dossier_faults(dossier)) == [], name
        assert len(dossier.battle.sides) >= 2, name
        assert dossier.battle.when is not None, name
        assert len(dossier.questions) <= 15, name
        assert len(check_dossier(dossier)) <= MOST_FINDINGS, name


def assert_written_alike(dossier, place):
    place.mkdir()
    save_record(dossier, place / "dossier.yaml")
    written = (place / "dossier.yaml").read_bytes()
    again = load_dossier(place / "dossier.yaml")
    assert again == dossier, place.name
    assert check_dossier(again) == check_dossier(dossier), place.name
    save_record(again, place / "dossier.yaml")
    assert (place / "dossier.yaml").read_bytes() == written, place.name


@pytest.mark.parametrize("name", ["wt_Battle_of_Abritus.wikitext", "pasted_Karameh_glued.txt"])
def test_what_was_written_reads_back_and_is_written_alike(dossiers, tmp_path, name):
    assert_written_alike(dossiers[name], tmp_path / name)


@pytest.mark.slow
def test_every_record_reads_back_and_is_written_alike(dossiers, shared, tmp_path):
    folder = shared / "articles"
    pages = sorted(path for pattern in PAGES for path in folder.glob(pattern))
    drafted = {**dossiers, **{path.name: extract_dossier(read_document(path)) for path in pages}}
    assert len(drafted) == 35
    for name, dossier in drafted.items():
        assert_written_alike(dossier, tmp_path / name)


def test_losses_dates_and_commanders_of_the_summaries(dossiers, shared):
    gold = json.loads((shared / "gold" / "cwsac.json").read_text(encoding="utf-8"))
    losses, dates, commanders = [], [], []
    for battle in gold:
        name = next(n for n in dossiers if n.startswith(f"cwsac_{battle['cwsac_reference']}_"))
        dossier = dossiers[name]
        when = dossier.battle.when
        dates.append((when.earliest, when.latest) == (battle["start_date"], battle["end_date"]))
        people = {entity.id: entity.name for entity in dossier.entities}
        for side, key in (("us", "US"), ("cs", "Confederate")):
            force = battle["forces"].get(key, {})
            ours = [
                c.value.best
                for c in dossier.claims
                if c.about.startswith(f"losses.{side}.") and c.rule == "box"
            ]
            want = force.get("casualties")
            losses.append(ours == ([want] if want is not None else []))
            (record,) = [s for s in dossier.battle.sides if s.id == side]
            named = " ".join(people[c] for c in record.commanders)
            commanders += [c["last_name"] in named for c in force.get("commanders", [])]
    assert sum(losses) / len(losses) >= 0.95
    assert sum(dates) / len(dates) >= 0.95
    assert sum(commanders) / len(commanders) >= 0.95


def numbers_in(wikitext: str) -> set[int]:
    """The numbers of people at the head of each line of a field, as a naive reader sees them."""
    text = re.sub(r"<ref.*?(?:</ref>|/>)|\{\{(?!formatnum).*?\}\}|\[\[[^\]|]*\|", "", wikitext)
    return {int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*\d|\d", text)}


@pytest.mark.parametrize("field", ["strength", "casualties"])
def test_numbers_of_the_box_come_from_the_box(dossiers, shared, field):
    """No number of a box claim is made up: each stands in the field of its side."""
    gold = json.loads((shared / "gold" / "infobox.json").read_text(encoding="utf-8"))
    quantity = {"strength": "strength", "casualties": "losses"}[field]
    for name, box in gold.items():
        dossier = dossiers[name]
        for column, side in enumerate(dossier.battle.sides, 1):
            told = numbers_in(box.get(f"{field}{column}", ""))
            for claim in dossier.claims:
                if claim.rule == "box" and claim.about.split(".")[:2] == [quantity, side.id]:
                    edges = {claim.value.low, claim.value.best, claim.value.high}
                    assert edges & told, (name, claim.about, claim.anchor.quote)


def test_glued_and_tabled_boxes_give_sides_and_losses(dossiers):
    def losses(name):
        return {
            (c.about, c.value.best)
            for c in dossiers[name].claims
            if c.about.startswith("losses.") and c.rule == "box"
        }

    assert losses("pasted_Kut_table.txt") == {
        ("losses.united_kingdom.killed_or_wounded", 30000),
        ("losses.united_kingdom.captured", 13164),
        ("losses.ottoman_empire.killed_or_wounded", 10000),
    }
    assert ("losses.central_powers.killed_or_wounded", 2000) in losses("pasted_Baku_kv.txt")
    karameh = losses("pasted_Karameh_glued.txt")
    assert ("losses.jaf.captured", 141) in karameh
    assert not any(about.endswith(".total") for about, _ in karameh)
