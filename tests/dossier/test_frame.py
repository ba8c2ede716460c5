"""Sides, places, dates, control and sources of battles that no article tells."""

from __future__ import annotations

import pytest

from inje.document import read_document
from inje.dossier import dossier_faults, extract_dossier
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


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("9,000 Romans\n1,000 Gauls", {("strength", 10000)}),
        ("Total: 7,000\n5,600 infantry\n1,400 cavalry", {("strength", 7000)}),
        ("14,000 infantry, 500 cavalry, 40 guns", {("strength", 14500)}),
        ("7,500–12,000", {("strength", 9750)}),
        ("unknown", set()),
    ],
)
def test_a_strength_row_gives_one_strength(row, told):
    assert _row("strength1", row) == told


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("6,400 dead", {("killed", 6400)}),
        (
            "12,484\n4,542 killed\n7,942 wounded",
            {("total", 12484), ("killed", 4542), ("wounded", 7942)},
        ),
        ("3,500 killed in the north\n1,200 killed in the south", {("killed", 4700)}),
        ("6,400 dead\n4,000–5,000 dead (modern estimates)", {("killed", 6400), ("killed", 4500)}),
        ("Total: 41,000\n24,000 casualties", {("total", 41000)}),
        ("202 captured (183 labourers, 19 soldiers)\n17 tanks lost", {("captured", 202)}),
        ("28 tanks damaged, 2 captured", set()),
        ("heavy", set()),
    ],
)
def test_a_casualties_row_keeps_its_categories(row, told):
    assert _row("casualties1", row) == told


def _row(label, row):
    """(category or quantity, number) of the claims that a row of a wikitext box gives."""
    page = (
        "{{Infobox military conflict|conflict=Battle of X|date=1 May 1900|combatant1=[[North]]"
        "|combatant2=[[South]]|" + label + "=" + row.replace("\n", "<br>") + "}}\n"
        "The battle was fought in the hills by the army of the North against that of the South."
    )
    dossier = extract_dossier(read_document(page.encode(), reader="wikitext"))
    return {
        (c.about.split(".")[-1] if "losses" in c.about else "strength", c.value.best)
        for c in dossier.claims
        if c.rule.startswith("box") and c.about
    }


def test_a_number_given_twice_in_the_list_is_two_references():
    text = (
        "Battle of Elm Ford\n\nThe Battle of Elm Ford was fought on 3 May 1862 between the "
        "Prussian Army and the Saxon Army.[1]\n\nReferences\n"
        + "1. Brandt, Karl (1901). The War on the Elbe. Leipzig: Insel. p. 12.\n"
        * 2
    )
    dossier = extract_dossier(read_document(text.encode()))
    assert [source.same_work for source in dossier.sources] == [None, dossier.sources[0].id]
    assert list(dossier_faults(dossier)) == []


@pytest.mark.parametrize(
    ("lead", "sides"),
    [
        ("The Ruritanians defeated the Bordurians at Testfield in 1901.",
         ["Ruritanians", "Bordurians"]),
        ("On 3 May 1901 the Ruritanian army attacked the Bordurian army near Testfield.",
         ["Ruritanian army", "Bordurian army"]),
        ("The Battle of Testfield was fought on 3 May 1901 between Ruritania and Borduria.",
         ["Ruritania", "Borduria"]),
        ("The Battle of Testfield took place in 1050, when King Harald fought Earl Svein.",
         ["King Harald", "Earl Svein"]),
        ("A Ruritanian force under General Oak was defeated by Bordurian troops in 1901.",
         ["Ruritanian force", "Bordurian troops"]),
        ("In the Battle of Testfield (1500), the Kingdom of Aland defeated the Duchy of Borland.",
         ["Kingdom of Aland", "Duchy of Borland"]),
        ("French troops under General Oak clashed with Spanish troops in 1901.",
         ["France", "Spain"]),
        ("The Battle of Testfield, in 1901, was a victory of the Scots over the English.",
         ["Scotland", "England"]),
        ("The battle saw the forces of the Northern League defeat those of the Southern Union.",
         ["Northern League", "Southern Union"]),
    ],
)  # fmt: skip
def test_the_lead_says_who_fought_whom(lead, sides):
    dossier = extract(lead)
    assert [side.name for side in dossier.battle.sides] == sides
