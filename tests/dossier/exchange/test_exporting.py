"""Records go out: what another program needs is there, and comes back as it was."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inje.document import read_document
from inje.dossier import Coordinates, Dossier, Source, extract_dossier, save_record
from inje.dossier.exchange import (
    CRATE,
    claims_of_annotations,
    to_annotations,
    to_bibtex_of,
    to_csl_of,
    to_places,
    to_prov,
    write_crate,
)
from inje.errors import InputError


@pytest.fixture(scope="module")
def record(root) -> Dossier:
    article = read_document(root / "examples" / "inje-1946" / "article.md")
    return extract_dossier(article)


def test_annotations_point_at_the_words_and_come_back_as_claims(record):
    page = json.loads(json.dumps(to_annotations(record)))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    text = record.texts[0].original
    for item, claim in zip(page["items"], record.claims, strict=True):
        position, quote = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"] == claim.anchor.quote
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert around in text
    assert claims_of_annotations(page) == record.claims


def test_annotations_of_several_documents_name_each_its_own(record):
    other = record.texts[0].original.replace("April", "May")
    both = extract_dossier(record.texts[0], read_document(other.encode(), name="other"))
    sources = {item["target"]["source"] for item in to_annotations(both)["items"]}
    assert len(sources) == 2
    assert claims_of_annotations(to_annotations(both)) == both.claims


def test_the_works_go_out_once_and_without_pages(record):
    works = to_csl_of(record)
    assert len(works) == len({work["id"] for work in works}) < len(record.sources)
    for work in works:
        assert "locator" not in work
        assert work["issued"]["date-parts"][0][0] in (1993, 2006, 1946)
        assert work["title"]


def entries(text: str) -> dict[str, dict[str, str]]:
    """A small reader of BibTeX: entries by key, fields by name, braces balanced."""
    found = {}
    for head in re.finditer(r"@(\w+)\{([\w:-]+),\n", text):
        body = text[head.end() : text.index("\n}\n", head.end())]
        fields = dict(re.findall(r"^  (\w+) = \{(.*)\},$", body, re.M))
        assert len(fields) == body.count("\n") + 1
        found[head[2]] = {"type": head[1], **fields}
    return found


def test_the_works_go_out_as_bibtex(record):
    found = entries(to_bibtex_of(record))
    assert set(found) == {work["id"] for work in to_csl_of(record)}
    book = next(entry for entry in found.values() if entry.get("year") == "2006")
    assert book["type"] == "book"
    assert book["author"] == "Hasanli, Jamil"


TITLE = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=30
)


@settings(max_examples=60)
@given(title=TITLE, family=TITLE, year=st.integers(1, 2030))
def test_no_title_breaks_an_entry(title, family, year):
    csl = {"type": "book", "title": title, "author": [{"family": family}], "issued": year}
    dossier = Dossier(sources=(Source(id="w", title=title, csl=csl),))
    text = to_bibtex_of(dossier)
    plain = text.replace("\\{", "").replace("\\}", "")
    assert plain.count("{") == plain.count("}")
    assert list(entries(text)) == ["w"]
    [work] = to_csl_of(dossier)
    assert (work["title"], work["author"][0]["family"]) == (title, family)
    assert work["issued"] == {"date-parts": [[year]]}


def test_places_are_geojson_located_or_not(record):
    place = next(e for e in record.entities if e.kind == "place")
    located = place.model_copy(update={"coordinates": Coordinates(latitude=36.4, longitude=47.1)})
    entities = tuple(located if e is place else e for e in record.entities)
    features = to_places(record.model_copy(update={"entities": entities}))["features"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [47.1, 36.4]}
    assert {feature["type"] for feature in features} == {"Feature"}
    assert any(feature["geometry"] is None for feature in features)
    fought = [f for f in features if f["properties"]["fought_for"]]
    assert fought
    assert fought[0]["when"]["timespans"][0]["start"] == {"in": "1946-04-17"}


def test_provenance_refers_only_to_what_it_names(record):
    prov = to_prov(record)
    known = {*prov["entity"], *prov["agent"], *prov["activity"]}
    relations = ("wasGeneratedBy", "wasDerivedFrom", "wasAttributedTo")
    for relation in relations:
        for made in prov[relation].values():
            assert set(made.values()) <= known
    assert len(prov["wasAttributedTo"]) == len(record.claims)


def test_a_folder_becomes_a_crate(record, tmp_path):
    save_record(record, tmp_path / "dossier.yaml")
    (tmp_path / "notes.txt").write_text("not of the run", encoding="utf-8")
    path = write_crate(tmp_path, licence="https://creativecommons.org/licenses/by/4.0/")
    graph = {item["@id"]: item for item in json.loads(path.read_text("utf-8"))["@graph"]}
    assert graph[CRATE]["about"] == {"@id": "./"}
    parts = {part["@id"] for part in graph["./"]["hasPart"]}
    assert parts == {"dossier.yaml", "document.json"}
    assert parts <= set(graph)
    assert graph["./"]["license"]["@id"].endswith("/by/4.0/")
    assert write_crate(tmp_path) == path
    assert CRATE not in {
        p["@id"] for p in json.loads(path.read_text("utf-8"))["@graph"][1]["hasPart"]
    }


def test_a_folder_without_a_record_is_no_crate(tmp_path):
    with pytest.raises(InputError, match=re.escape("no dossier.yaml")):
        write_crate(tmp_path)
