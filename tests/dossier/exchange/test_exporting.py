"""Records go out: what another program needs is there, and comes back as it was."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import example, given, settings
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


#: "Holm, Anna" in a family's place is two names, and told as two
FAMILY = TITLE.filter(lambda name: ", " not in name.strip(", "))


@settings(max_examples=60)
@given(title=TITLE, family=FAMILY, year=st.integers(1, 2030))
@example(title="0", family=", ", year=1)
def test_no_title_breaks_an_entry(title, family, year):
    csl = {"type": "book", "title": title, "author": [{"family": family}], "issued": year}
    dossier = Dossier(sources=(Source(id="w", title=title, csl=csl),))
    text = to_bibtex_of(dossier)
    # BibTeX counts every brace, also behind a backslash
    assert text.count("{") == text.count("}")
    assert list(entries(text)) == ["w"]
    [work] = to_csl_of(dossier)
    assert (work["title"], work["author"][0]["family"]) == (title, family)
    assert work["issued"] == {"date-parts": [[year]]}


@pytest.mark.parametrize(
    ("family", "told"),
    [
        ("Holm, Anna", {"family": "Holm", "given": "Anna"}),
        ("Holm, Anna, Prof.", {"family": "Holm, Anna, Prof."}),
        ("Holm, ", {"family": "Holm, "}),
        (", Anna", {"family": ", Anna"}),
    ],
)
def test_two_names_in_a_familys_place_are_told_as_two(family, told):
    csl = {"type": "book", "title": "T", "author": [{"family": family}]}
    [work] = to_csl_of(Dossier(sources=(Source(id="w", title="T", csl=csl),)))
    assert work["author"] == [told]


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


#: relation of PROV-JSON -> what it joins
RELATIONS = {
    "used": ("activity", "entity"),
    "wasGeneratedBy": ("entity", "activity"),
    "wasDerivedFrom": ("generatedEntity", "usedEntity"),
    "wasAttributedTo": ("entity", "agent"),
    "wasAssociatedWith": ("activity", "agent"),
}


def assert_provenance(prov) -> None:
    """Every relation joins two things that are named, of the kinds that PROV-DM wants."""
    kinds = {"generatedEntity": "entity", "usedEntity": "entity"}
    assert set(prov) - {"prefix", "entity", "agent", "activity"} <= set(RELATIONS)
    for relation, ends in RELATIONS.items():
        for made in prov.get(relation, {}).values():
            for end in ends:
                assert made[f"prov:{end}"] in prov[kinds.get(end, end)]
    for things in (prov["entity"], prov["agent"], prov["activity"]):
        for name, told in things.items():
            assert name.startswith("inje:")
            assert all(key.partition(":")[0] in ("prov", "inje") for key in told)


def test_provenance_refers_only_to_what_it_names(record):
    prov = json.loads(json.dumps(to_prov(record)))
    assert_provenance(prov)
    told = prov["wasAttributedTo"].values()
    assert len(told) == sum(len(claim.holders) for claim in record.claims)
    author = [t for t in told if t["prov:type"]["$"] == "inje:holder"]
    assert [t["prov:agent"] for t in author] == [
        f"inje:entity/{claim.holders[-1]}" for claim in record.claims
    ]
    assert len(prov["used"]) == len(record.documents)


def test_provenance_of_a_run_leads_from_the_report_to_the_text(record):
    files = ("document.json", "dossier.yaml", "scenario.yaml", "posterior.nc", "report.html")
    run = {"command": "inje reconstruct", "seed": 3, "files": dict.fromkeys(files, "00")}
    prov = json.loads(json.dumps(to_prov(record, run)))
    assert_provenance(prov)
    steps = {
        d["prov:generatedEntity"]: d["prov:usedEntity"] for d in prov["wasDerivedFrom"].values()
    }
    way = ["inje:file/report.html"]
    while way[-1] in steps:
        way.append(steps[way[-1]])
    assert way == [f"inje:file/{name}" for name in reversed(files)]
    assert prov["activity"]["inje:run"]["inje:seed"] == "3"


def test_records_of_two_texts_have_no_name_in_common(record):
    other = extract_dossier(
        read_document(record.texts[0].original.replace("1946", "1947").encode())
    )
    for make in (to_annotations, to_places):
        found = [
            set(re.findall(r'"@?id": "(urn:inje:[^"]+)"', json.dumps(make(r))))
            for r in (record, other)
        ]
        assert found[0]
        assert found[0].isdisjoint(found[1])
    assert to_prov(record)["prefix"] != to_prov(other)["prefix"]


def test_a_claim_is_one_value_of_json(record):
    """To a reader of linked data its fields are no terms of annotations (`id` is no address)."""
    ours = to_annotations(record)["@context"][1]
    assert ours["@version"] == 1.1
    assert ours["Claim"]["@context"]["value"]["@type"] == "@json"


def test_links_of_places_are_of_the_kinds_of_the_format(record):
    places = [e for e in record.entities if e.kind == "place"]
    one = places[0].model_copy(
        update={"maybe_same_as": (places[1].id,), "same_as": (places[2].id,)}
    )
    changed = tuple(one if e is places[0] else e for e in record.entities)
    made = to_places(record.model_copy(update={"entities": changed}))
    kinds = {link["type"] for f in made["features"] for link in f.get("links", ())}
    assert kinds == {"closeMatch", "seeAlso"}
    ids = {feature["@id"] for feature in made["features"]}
    assert {link["identifier"] for f in made["features"] for link in f.get("links", ())} <= ids
    assert all(name["citations"] for f in made["features"] for name in f["names"])


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ({"family": "Holm, Anna"}, {"family": "Holm", "given": "Anna"}),
        ({"family": "Holm", "given": ""}, {"family": "Holm"}),
        ({"family": "Holm", "given": "Anna"}, {"family": "Holm", "given": "Anna"}),
        ({"literal": "Ministry of War, Berlin"}, {"literal": "Ministry of War, Berlin"}),
    ],
)
def test_names_have_no_empty_parts(name, parts):
    csl = {"type": "book", "title": "War", "author": [name]}
    [work] = to_csl_of(Dossier(sources=(Source(id="w", title="War", csl=csl),)))
    assert work["author"] == [parts]


@pytest.mark.parametrize(
    ("kind", "field"), [("thesis", "school"), ("report", "institution"), ("book", "publisher")]
)
def test_bibtex_names_who_published_it_by_its_own_word(kind, field):
    csl = {"type": kind, "title": "War", "publisher": "Riga", "editor": [{"family": "Holm"}]}
    text = to_bibtex_of(Dossier(sources=(Source(id="w", title="War", csl=csl),)))
    assert entries(text)["w"][field] == "Riga"
    assert entries(text)["w"]["editor"] == "Holm"


def test_a_crate_names_all_that_it_refers_to(record, tmp_path):
    """RO-Crate 1.1: a flat graph, an entity for every reference, hashes a term of the context."""
    info = record.documents[0].model_copy(
        update={"uri": "https://a.example/w?q=1", "licence": "https://a.example/by-sa"}
    )
    named = record.model_copy(update={"documents": (info,)}).with_texts(*record.texts)
    save_record(named, tmp_path / "dossier.yaml")
    (tmp_path / "report of it.html").write_text("<p>", encoding="utf-8")
    files = {"dossier.yaml": "00", "report of it.html": "00"}
    manifest = {"command": "inje reconstruct a.txt", "seed": 1, "version": "1", "files": files}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    crate = json.loads(write_crate(tmp_path, licence="https://a.example/by").read_text("utf-8"))
    graph = {item["@id"]: item for item in crate["@graph"]}
    assert len(graph) == len(crate["@graph"])
    assert crate["@context"][1] == {"sha256": "http://schema.org/sha256"}
    references = set(re.findall(r'\{"@id": "([^"]+)"\}', json.dumps(crate)))
    assert references - set(graph) == {"https://w3id.org/ro/crate/1.1"}
    assert "report%20of%20it.html" in graph
    assert {part["@id"] for part in graph["#run"]["result"]} == {
        "dossier.yaml", "report%20of%20it.html"
    }  # fmt: skip
    for item in graph.values():
        for value in item.values():
            assert not isinstance(value, dict) or set(value) == {"@id"}  # nothing is nested
            assert not isinstance(value, list) or len(value) > 1  # as compacted JSON-LD is written


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


def test_a_crate_without_a_licence_says_that_none_is_named(record, tmp_path):
    """RO-Crate 1.1 wants a licence of the root, as an entity of the graph."""
    save_record(record, tmp_path / "dossier.yaml")
    graph = {
        item["@id"]: item for item in json.loads(write_crate(tmp_path).read_text("utf-8"))["@graph"]
    }
    named = graph[graph["./"]["license"]["@id"]]
    assert named["@type"] == "CreativeWork"
    assert named["name"] == "no licence has been named"


def test_only_texts_are_called_texts(record, tmp_path):
    save_record(record, tmp_path / "dossier.yaml")
    (tmp_path / "kut.document-2.json").write_text("{}", encoding="utf-8")
    (tmp_path / "works.json").write_text("[]", encoding="utf-8")
    graph = {
        item["@id"]: item for item in json.loads(write_crate(tmp_path).read_text("utf-8"))["@graph"]
    }
    told = {
        name: item.get("description", "") for name, item in graph.items() if name.endswith(".json")
    }
    texts = {name for name, what in told.items() if what == "the text of a document as it was read"}
    assert texts == {"document.json", "kut.document-2.json"}
    assert told["works.json"] == "data"


def test_a_folder_without_a_record_is_no_crate(tmp_path):
    with pytest.raises(InputError, match=re.escape("no dossier.yaml")):
        write_crate(tmp_path)
