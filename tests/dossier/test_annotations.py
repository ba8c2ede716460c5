"""The hand-made annotations: each place stands in its article, and there are enough of them."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from pathlib import Path

import pytest
from ruamel.yaml import YAML

FOLDER = Path(__file__).parent / "annotations"
ROLES = {
    "strength", "killed", "wounded", "killed_or_wounded", "captured", "missing",
    "captured_or_missing", "lost_unspecified", "total", "units", "materiel", "materiel_lost",
}  # fmt: skip


def annotations():
    return [YAML(typ="safe").load(path) for path in sorted(FOLDER.glob("*.yaml"))]


def named(annotation):
    return annotation["article"] + (":clauses" if "clauses_until" in annotation else "")


@pytest.mark.parametrize("annotation", annotations(), ids=named)
def test_every_anchor_stands_in_its_article(annotation, shared):
    path = shared / "articles" / annotation["article"]
    content = path.read_bytes()
    assert hashlib.sha256(content).hexdigest() == annotation["sha256"]
    text = content.decode("utf-8")
    places = [(n["start"], n["end"], n["quote"]) for n in annotation.get("numbers", [])]
    places += [place for c in annotation["clauses"] for place in (c["cue"], c["opens"])]
    for start, end, quote in places:
        assert text[start:end] == quote
        assert len(quote) <= 24  # a place to be found again, not a copy of the article


@pytest.mark.parametrize("annotation", annotations(), ids=named)
def test_every_annotation_is_well_formed(annotation):
    assert ("numbers" in annotation) is ("numbers_until" in annotation)
    for number in annotation.get("numbers", []):
        roles = number["role"] if isinstance(number["role"], list) else [number["role"]]
        assert set(roles) <= ROLES
        assert number.get("side") in {None, *annotation["sides"]}
        assert {"best", "low", "high"} & set(number)
        assert annotation.get("numbers_from", 0) <= number["start"] < annotation["numbers_until"]
    for clause in annotation["clauses"]:
        assert clause["holder"] or clause.get("optional")
        assert clause["cue"][0] < annotation.get("clauses_until", clause["cue"][1])


def test_clauses_of_one_article_are_annotated_once():
    articles = [
        named(annotation) for annotation in annotations() if annotation["clauses_annotated"]
    ]
    assert len(articles) == len(set(articles))


def test_no_stretch_of_an_article_has_its_numbers_annotated_twice():
    stretches = sorted(
        (named(annotation), annotation.get("numbers_from", 0), annotation["numbers_until"])
        for annotation in annotations()
        if annotation["numbers_until"]
    )
    assert all(begins < ends for _, begins, ends in stretches)
    for (article, _, ends), (following, begins, _) in pairwise(stretches):
        assert article != following or ends <= begins


def test_there_are_enough_in_articles_of_many_forms():
    found = annotations()
    for kind, least in (("tuning", 20), ("held-out", 3)):
        assert sum(annotation["set"] == kind for annotation in found) >= least
    asked = [n for a in found for n in a.get("numbers", []) if not n.get("optional")]
    clauses = [c for a in found for c in a["clauses"] if not c.get("optional")]
    assert len(asked) >= 300
    assert len(clauses) >= 150
    forms = {annotation["article"].split("_")[0] for annotation in found}
    assert forms == {"wt", "nps", "simple", "pasted", "cwsac", "html"}
