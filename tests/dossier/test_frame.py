"""Sides, places, dates, control and sources of battles that no article tells."""

from __future__ import annotations

import pytest

from inje.document import read_document
from inje.dossier import extract_dossier
from inje.errors import DocumentError


def extract(text):
    return extract_dossier(read_document(text.encode(), reader="text"))


def test_sides_from_between_with_their_abbreviations():
    dossier = extract(
        "The Battle of Testfield was fought in May 1901 between the Northern Army (NA) and the "
        "Southern Republic (SR) near Testfield."
    )
    assert [(s.id, s.name) for s in dossier.battle.sides] == [
        ("na", "Northern Army"),
        ("sr", "Southern Republic"),
    ]


def test_sides_from_who_fought_whom():
    dossier = extract(
        "The Battle of Testfield was a clash in 1704. French forces attacked Bavarian forces at "
        "the river. The French army lost 300 men. The Bavarian army lost 200 men."
    )
    assert {s.id for s in dossier.battle.sides} == {"france", "bavaria"}


@pytest.mark.parametrize(
    "text",
    [
        "The recipe for the cake is simple and it was written by the cook of the house in 1901.",
        "The Congress met in Paris in 1901 and was attended by Britain and by France and Spain.",
    ],
)
def test_a_text_without_armed_sides_is_refused(text):
    with pytest.raises(DocumentError, match="names no armed sides"):
        extract(text)


def test_places_of_the_battle_and_control_over_them():
    dossier = extract(
        "Battle of Testfield\n\nThe Battle of Testfield was fought on 3 May 1901 between the "
        "Northern Army (NA) and the Southern Republic (SR) in the villages of Testfield and "
        "Milltown. As a result of the fighting, control over Testfield and Milltown was restored "
        "to the Northern Army."
    )
    assert set(dossier.battle.places) == {"testfield", "milltown"}
    control = {(c.about, c.value.best) for c in dossier.claims if c.about.startswith("control")}
    assert control == {
        ("control.testfield@1901-05-03", "na"),
        ("control.milltown@1901-05-03", "na"),
    }


def test_old_or_new_style_is_asked_where_both_were_in_use():
    lead = (
        "The Battle of Testfield was fought on 2 August {} between the Northern Army (NA) and the "
        "Southern Republic (SR)."
    )
    topics = [q.topic for q in extract(lead.format(1704)).questions]
    assert "calendar" in topics
    assert "calendar" not in [q.topic for q in extract(lead.format(1946)).questions]
    stated = lead.format(1704) + " All dates are in the Gregorian calendar."
    assert "calendar" not in [q.topic for q in extract(stated).questions]


def test_a_marker_whose_reference_was_not_pasted_is_still_a_source():
    dossier = extract(
        "The Battle of Testfield was fought in May 1901 between the Northern Army (NA) and the "
        "Southern Republic (SR).[4] The Northern Army lost 8 men.[7]"
    )
    assert [source.title for source in dossier.sources] == [
        "reference 4, not in this text",
        "reference 7, not in this text",
    ]
    (loss,) = [c for c in dossier.claims if c.about.startswith("losses.")]
    assert [link.source for link in loss.citations] == [dossier.sources[1].id]


def test_the_box_that_repeats_the_body_restates_it():
    dossier = extract(
        "Battle of Testfield\n\nBattle of Testfield\nDate3 May 1901\nBelligerents\n"
        "Northern Army\n\nSouthern Republic\nCasualties and losses\nNorthern Army: 8 killed\n\n"
        "== Battle ==\n\nThe Battle of Testfield was fought between the Northern Army and the "
        "Southern Republic in the fields around the town. The Northern Army lost 8 killed.\n"
    )
    box = [c for c in dossier.claims if c.rule == "box" and c.about.startswith("losses.")]
    body = [c for c in dossier.claims if c.rule == "count" and c.about.startswith("losses.")]
    assert [c.restates for c in box] == [body[0].id]
