"""Boxes of facts as editors write them: how dates, lists and figures may stand in wikitext."""

from __future__ import annotations

import pytest

from inje.document import read_document
from inje.dossier import extract_dossier

BOX = """{{{{{head}
|conflict=Battle of Korn Bridge
|date={date}
|place=[[Korn Bridge]]
|result=Northern victory
|combatant1={one}
|combatant2=[[Southern League (1870)|Southern League]]
|commander1={commander}
|commander2=[[Otto Brandt]]
|strength1={strength}
|strength2=4,000
|casualties1={losses}
|casualties2=300 killed
{more}}}}}
The '''Battle of Korn Bridge''' was fought between the Northern Union and the Southern League.
"""
PLAIN = {
    "head": "Infobox military conflict", "date": "3 May 1871", "one": "[[Northern Union]]",
    "commander": "[[Karl Weiss]]", "strength": "5,000", "losses": "200 killed", "more": "",
}  # fmt: skip


def drafted(**fields):
    text = BOX.format(**{**PLAIN, **fields})
    return extract_dossier(read_document(text.encode(), reader="wikitext"))


def counted(dossier, quantity, side=None):
    """Figures of the box as (path without the side, lowest, highest)."""
    key = side or dossier.battle.sides[0].id
    found = set()
    for claim in dossier.claims:
        parts = claim.counts.split(".")
        if claim.rule in ("box", "box-part") and parts[0] == quantity and parts[1] == key:
            value = claim.value
            best = value.best if value.vagueness != "between" else None
            found.add((parts[-1], *((best, best) if best else (value.low, value.high))))
    return found


def names_of(dossier, label):
    document = dossier.texts[0]
    row = next(b for b in document.blocks if b.kind == "infobox" and b.label == label)
    anchor = document.anchor(row.start, row.end)
    return {
        name.text
        for entity in dossier.entities
        for name in entity.names
        if name.anchor and anchor.start <= name.anchor.start < anchor.end
    }


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("{{start date|1871|05|03}}", "1871-05-03", "1871-05-03"),
        ("{{Start date|1871|5|3|df=y}} – {{end date|1871|5|14|df=y}}", "1871-05-03", "1871-05-14"),
        ("{{Start and end dates|1871|05|03|1871|06|02|df=yes}}", "1871-05-03", "1871-06-02"),
        ("{{OldStyleDate|8 July|1709|27 June}}", "1709-07-08", "1709-07-08"),
        ("{{circa|451}}", "0451-01-01", "0451-12-31"),
        ("c. 451", "0451-01-01", "0451-12-31"),
        ("September 19 and October 7, 1777", "1777-09-19", "1777-10-07"),
        ("AD 60 or 61", "0060-01-01", "0061-12-31"),
        ("15 July/August 717 - 15 August 718", "0717-07-15", "0718-08-15"),
        ("Late 48 BC - early or mid 47 BC", "-0047-09-01", "-0046-08-31"),
        ("217 BC, June 21", "-0216-06-21", "-0216-06-21"),
        ("13 March 624 CE/17 Ramadan, 2 AH", "0624-03-13", "0624-03-13"),
        ("3 May 1871<br />(first day)<br>Siege: 4–20 June 1871", "1871-05-03", "1871-05-03"),
    ],
)
def test_dates_in_templates_and_in_several_pieces(written, first, last):
    when = drafted(date=written).battle.when
    assert (when.earliest, when.latest) == (first, last)


def test_a_box_that_a_module_writes():
    dossier = drafted(head="#invoke:Infobox military conflict|main")
    assert [side.name for side in dossier.battle.sides] == ["Northern Union", "Southern League"]


def test_a_box_of_a_civil_conflict():
    text = """{{Infobox civil conflict
|title=Riot at Korn Mill
|date=3 May 1871
|side1=[[Weavers' Union]]
|side2=[[Mill Guards]]
|leadfigures1=[[Karl Weiss]]
|howmany1=600
|howmany2=80 guards
|casualties1=12 killed
}}
The '''riot at Korn Mill''' was a fight.
"""
    dossier = extract_dossier(read_document(text.encode(), reader="wikitext"))
    assert [side.name for side in dossier.battle.sides] == ["Weavers' Union", "Mill Guards"]
    assert counted(dossier, "strength") == {("weavers_union", 600, 600)}
    assert counted(dossier, "losses") == {("killed", 12, 12)}


@pytest.mark.parametrize(
    "listed",
    [
        "{{bulletedlist|200 killed|300–400 captured}}",
        "{{Bulleted list |1=200 killed |2=300–400 captured}}",
        "{{unbulletedlist|200 killed|300–400 captured}}",
        "{{nowrap|1=200 killed}}<br/ >300–400 captured",
        "200 killed</br>300–400 captured",
        "{{hidden|200 killed|300–400 captured}}",
        "200 killed{{ubl|300–400 captured}}'''",
    ],
)
def test_lists_and_breaks_in_every_spelling(listed):
    assert counted(drafted(losses=listed), "losses") == {
        ("killed", 200, 200),
        ("captured", 300, 400),
    }


def test_what_follows_a_list_is_a_line_of_its_own():
    losses = "'''Day one:'''{{ubl|200 killed|c. 40 guns}}'''Day two:'''{{ubl|9 wounded}}"
    dossier = drafted(losses=losses)
    assert ("materiel", 40, 40) in counted(dossier, "losses")


def test_about_keeps_what_it_is_said_of():
    dossier = drafted(strength="{{circa|1,800 men}}")
    claim = next(c for c in dossier.claims if c.about.startswith("strength.northern"))
    assert (claim.anchor.quote, claim.value.best, claim.value.vagueness) == (
        "{{circa|1,800",
        1800,
        "about",
    )


def test_names_with_a_particle_and_breaks_between_names():
    commander = "[[al-Qa'im ibn Zayd]]<br  />[[de Korn]]<br/ >supported by the [[Weiss]]"
    assert names_of(drafted(commander=commander), "commander1") == {"al-Qa'im ibn Zayd", "de Korn"}
    assert names_of(drafted(commander="[[Arthur Roth]], USN<br>Karl Weiss"), "commander1") == {
        "Arthur Roth",
        "Karl Weiss",
    }
    one = "{{Flagicon image|Flag of X.jpg}} [[al-Fath Front]]<br>[[Northern Union]]"
    assert names_of(drafted(one=one), "combatant1") == {"al-Fath Front", "Northern Union"}


@pytest.mark.parametrize(
    ("strength", "found"),
    [
        ("2 [[brig-sloop]]s<br>600 men", {("materiel", 2), ("strength", 600)}),
        ("15,000 - 3 Korn legions (I, II)", {("strength", 15000), ("units", 3)}),
        ("1700 regulars<br>30 guns", {("strength", 1700), ("materiel", 30)}),
        (
            "33 ships<br>(27 [[ships of the line]] and six others)<br>900 men",
            {("materiel", 33), ("materiel", 27), ("materiel", 6), ("strength", 900)},
        ),
    ],
)
def test_what_a_row_of_strength_counts(strength, found):
    dossier = drafted(strength=strength)
    key = dossier.battle.sides[0].id
    drawn = {
        (claim.counts.split(".")[0], claim.value.best)
        for claim in dossier.claims
        if claim.rule in ("box", "box-part") and claim.counts.split(".")[1] == key
        if claim.counts.split(".")[0] != "losses"
    }
    assert drawn == found


def test_prisoners_who_were_drowned_were_killed():
    losses = "200 killed<br>c. 3,000 prisoners drowned in a storm<br>1 standard"
    found = counted(drafted(losses=losses), "losses")
    assert {("killed", 3000, 3000), ("materiel", 1, 1)} <= found


def test_a_third_column_without_a_side_is_of_civilians_or_asked():
    dossier = drafted(more="|casualties3='''Civilian casualties:'''<br>42–50 killed\n")
    assert counted(dossier, "losses", "civilians") == {("killed", 42, 50)}
    dossier = drafted(more="|casualties3=70 killed in all\n")
    assert counted(dossier, "losses", "unknown") == {("killed", 70, 70)}


def test_a_title_over_two_lines_has_a_blank_between_them():
    name = "Korn Bridge<br /><small>the Ford</small>\n|date"
    text = BOX.format(**PLAIN).replace("Korn Bridge\n|date", name)
    document = read_document(text.encode(), reader="wikitext")
    assert document.title == "Battle of Korn Bridge the Ford"


def test_a_number_that_is_said_to_be_all_is_not_added_to_its_parts():
    dossier = drafted(strength="1,837 men total<br>14 officers<br>2 guns")
    told = [c.value.best for c in dossier.claims if c.about == "strength.northern_union"]
    assert told == [1837]
