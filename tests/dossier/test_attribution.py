"""Attributed clauses: kind, holder and content, in sentences that no article holds."""

from __future__ import annotations

import pytest

from inje.document import read_document
from inje.dossier import extract_dossier

LEAD = (
    "The Battle of Testfield was fought in May 1901 between the Northern Army (NA) and the "
    "Southern Republic (SR) near Testfield. General Oak, the commander of the Northern Army, met "
    "Colonel Elm, the commander of the Southern Republic.\n\n"
)


def claims(text):
    dossier = extract_dossier(read_document((LEAD + text).encode()))
    names = {entity.id: entity.name for entity in dossier.entities}
    return [
        (c.kind, names[c.holders[-1]], c.anchor.quote)
        for c in dossier.claims
        if c.cue is not None and c.rule != "instigator"
    ]


@pytest.mark.parametrize(
    ("text", "kind", "holder", "content"),
    [
        (
            "General Oak said that the hill was empty.",
            "statement",
            "General Oak",
            "the hill was empty",
        ),
        ("According to John Ash, the hill was empty.", "report", "John Ash", "the hill was empty"),
        ("The hill was empty, according to John Ash.", "report", "John Ash", "The hill was empty"),
        (
            "General Oak believed that the hill was empty.",
            "belief",
            "General Oak",
            "the hill was empty",
        ),
        ("General Oak feared that the hill was lost.", "fear", "General Oak", "the hill was lost"),
        (
            "General Oak ordered an attack on the hill.",
            "order",
            "General Oak",
            "an attack on the hill",
        ),
        (
            "General Oak ordered Colonel Elm to leave the hill.",
            "order",
            "General Oak",
            "Colonel Elm to leave the hill",
        ),
        ("General Oak proposed a truce.", "proposal", "General Oak", "a truce"),
        ("General Oak was against the truce.", "belief", "General Oak", "was against the truce"),
        (
            "General Oak presented the raid as a victory.",
            "presentation",
            "General Oak",
            "the raid as a victory",
        ),
        (
            "General Oak informed Colonel Elm that the hill was empty.",
            "report",
            "General Oak",
            "the hill was empty",
        ),
        (
            "The retreat was ordered by General Oak.",
            "order",
            "General Oak",
            "The retreat was ordered by General Oak",
        ),
        (
            'General Oak wrote, "The hill is ours."',
            "quotation",
            "General Oak",
            '"The hill is ours."',
        ),
        (
            "Some historians believe that the hill was empty.",
            "belief",
            "Some historians",
            "the hill was empty",
        ),
        (
            "General Oak ordered a halt. He said that the hill was empty.",
            "statement",
            "General Oak",
            "the hill was empty",
        ),
    ],
)
def test_kind_holder_and_content(text, kind, holder, content):
    assert (kind, holder, content) in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "The brigade commanded by General Oak stood on the hill.",
        "General Oak was a noted writer.",
        "The order of the day was read.",
        "General Oak thought.",
        "The Northern Army attempted to cross the river.",
    ],
)
def test_no_claim_where_nobody_says_anything(text):
    assert claims(text) == []


def test_an_intention_is_the_narrators_claim_about_a_motive():
    dossier = extract_dossier(
        read_document((LEAD + "General Oak wanted to punish the Southern Republic.").encode())
    )
    (claim,) = [c for c in dossier.claims if c.kind == "intention"]
    assert claim.holders == ("narrator",)
    assert claim.about == "motive.oak"


def test_a_clause_inside_a_clause_is_held_through_it():
    text = "According to John Ash, General Oak feared that the hill was lost."
    dossier = extract_dossier(read_document((LEAD + text).encode()))
    (fear,) = [c for c in dossier.claims if c.kind == "fear"]
    assert fear.holders == ("narrator", "john_ash", "oak")


def test_a_pronoun_that_could_mean_two_is_asked():
    text = LEAD + "General Oak met Colonel Elm. He said that the hill was empty."
    dossier = extract_dossier(read_document(text.encode()))
    (question,) = [q for q in dossier.questions if q.topic == "pronoun"]
    assert [a.value for a in question.alternatives] == ["oak", "elm"]


def test_a_pronoun_without_a_safe_antecedent_names_nobody():
    text = "The hill was steep. He said that it was empty."
    assert [holder for _, holder, _ in claims(text)] == ["the article 'document'"]
