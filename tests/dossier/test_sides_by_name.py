"""Whose a force is by its name alone, and whom a bare surname means."""

from __future__ import annotations

import pytest

from inje.document import read_document
from inje.dossier import extract_dossier


def drafted(one, two, prose, commanders=("", "")):
    box = (
        "{{Infobox military conflict\n| conflict = Battle of Oakton\n| date = 3 May 1863\n"
        f"| combatant1 = {one}\n| combatant2 = {two}\n"
        f"| commander1 = {commanders[0]}\n| commander2 = {commanders[1]}\n}}}}\n"
    )
    lead = "The '''Battle of Oakton''' was fought on 3 May 1863 near Oakton.\n\n"
    return extract_dossier(read_document((box + lead + prose).encode(), reader="wikitext"))


@pytest.mark.parametrize(
    ("one", "two", "force", "side"),
    [
        ("{{flag|USA|1861}}", "{{flag|CSA|1863}}", "The Union cavalry", 0),
        ("{{flag|USA|1861}}", "{{flag|CSA|1863}}", "The Confederate army", 1),
        ("{{flag|USA|1861}}", "{{flag|CSA|1863}}", "The Army of Northern Virginia", 1),
        ("{{flag|Nazi Germany}}", "{{flag|Soviet Union}}", "The Red Army", 1),
        ("{{flag|Nazi Germany}}", "{{flag|Soviet Union}}", "The Wehrmacht", 0),
        ("{{flag|United Kingdom}}", "{{flag|France}}", "The Scottish brigade", 0),
        ("{{flag|Ottoman Empire}}", "{{flag|Russia}}", "The Turkish garrison", 0),
    ],
)
def test_a_force_is_its_partys(one, two, force, side):
    dossier = drafted(one, two, f"{force} attacked at dawn with 900 men. {force} withdrew.")
    (claim,) = [c for c in dossier.claims if c.rule == "count"]
    assert claim.counts.split(".")[1] == dossier.battle.sides[side].id


def test_a_bare_surname_is_the_commander_of_the_box():
    prose = (
        "Lee had 9,000 men. Fitzhugh Lee led the horse. The historian Douglas Lee doubts it. "
        "General Robert Lee attacked."
    )
    dossier = drafted(
        "{{flag|USA}}", "{{flag|CSA}}", prose, ("[[George Oak]]", "[[Robert E. Lee]]")
    )
    (lee,) = [e for e in dossier.entities if "Robert E. Lee" in {n.text for n in e.names}]
    assert {"Lee", "General Robert Lee"} <= {name.text for name in lee.names}
    assert lee.side == dossier.battle.sides[1].id
    assert any(e.name == "Fitzhugh Lee" and e is not lee for e in dossier.entities)


def test_a_surname_of_two_who_are_named_alike_often_is_asked():
    prose = "Otto Elm wrote. Karl Elm fought. Elm died. Otto Elm left. Karl Elm came."
    dossier = drafted("{{flag|USA}}", "{{flag|CSA}}", prose)
    known = {n.text for e in dossier.entities for n in e.names if len(e.names) > 1}
    assert "Elm" not in known


def test_a_corps_with_a_roman_numeral_is_a_union_one_and_leaves_the_union_its_name():
    text = (
        "{{Infobox military conflict\n| conflict = Battle of Oak Ford\n| date = 3 May 1863\n"
        "| combatant1 = [[United States]] ([[Union (American Civil War)|Union]])\n"
        "| combatant2 = [[Confederate States of America|Confederate States]]\n}}\n"
        "The Battle of Oak Ford was fought on 3 May 1863. The XXII Corps and the XXV Corps held "
        "the ford for the Union. The Third Corps attacked."
    )
    dossier = extract_dossier(read_document(text.encode(), reader="wikitext"))
    sides = {entity.name: entity.side for entity in dossier.entities}
    union = dossier.battle.sides[0].id
    assert sides["XXII Corps"] == sides["XXV Corps"] == sides["Union"] == union
    assert sides.get("Third Corps") != union
