"""Who attacked, how long it lasted, who told it to whom, who fought whom: told in many ways."""

from __future__ import annotations

import pytest

from inje.document import read_document
from inje.dossier import extract_dossier
from inje.errors import DocumentError

LEAD = (
    "The Battle of Oakton was fought in May 1901 between the Iranian army and the Turkish army "
    "near Oakton.\n\n"
)


def drafted(text):
    return extract_dossier(read_document(text.encode()))


def said(text, rule):
    return [c for c in drafted(LEAD + text).claims if c.rule == rule]


@pytest.mark.parametrize(
    ("sentence", "side"),
    [
        ("An Iranian detachment of 800 men had attacked the village.", "iranian_army"),
        ("An Iranian force, 800 strong, attacked the village.", "iranian_army"),
        ("The village had been attacked by the Turkish army.", "turkish_army"),
        ("Oakton was assaulted by 600 Turkish troops.", "turkish_army"),
        ("Turkish forces numbering 900, attacked at dawn.", "turkish_army"),
    ],
)
def test_the_attacker_stands_before_or_behind_the_verb(sentence, side):
    assert [c.value.best for c in said(sentence, "attacker")] == [side]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Iranian army of 800 men feared an attack.",
        "The Iranian army was to be attacked at dawn.",
        "The Turkish army marched by the village.",
    ],
)
def test_nobody_attacked(sentence):
    assert not said(sentence, "attacker")


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("The clashes lasted four days.", 4),
        ("The fighting around the village raged for two days.", 2),
        ("The siege dragged on for three weeks.", 21),
        ("After five days of heavy fighting the village fell.", 5),
    ],
)
def test_how_long_it_lasted(sentence, days):
    assert [c.value.best for c in said(sentence, "duration")] == [days]


@pytest.mark.parametrize(
    "sentence",
    ["The march lasted four days.", "The truce held for two days.", "Rain fell for three days."],
)
def test_what_is_no_fight_gives_no_duration(sentence):
    assert not said(sentence, "duration")


def test_what_is_reported_to_somebody_has_a_holder_and_an_addressee():
    text = "It was reported to General Oak in the capital that the bridge was lost."
    dossier = drafted(LEAD + text + " General Oak, a Turkish commander, rode on.")
    names = {entity.id: entity.name for entity in dossier.entities}
    (claim,) = [c for c in dossier.claims if c.rule == "passive"]
    assert claim.kind == "report"
    assert [names[h] for h in claim.holders][1:] == ["somebody unnamed"]
    assert [names[a] for a in claim.addressees] == ["General Oak"]
    assert claim.anchor.quote == "the bridge was lost"


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            "In May 1901 the Northern Army and the Southern Army fought the Battle of Oakton.",
            ["Northern Army", "Southern Army"],
        ),
        ("The Union army and the Confederate army met at Oakton.",
         ["Union army", "Confederate army"]),
    ],
)  # fmt: skip
def test_two_who_fought_a_battle_are_its_sides(text, sides):
    found = [side.name for side in drafted(text + " The battle lasted a day.").battle.sides]
    assert [name.removeprefix("The ") for name in found] == sides


def test_two_who_did_not_fight_are_no_sides():
    with pytest.raises(DocumentError, match="names no armed sides"):
        drafted("The Northern Club and the Southern Club met at Oakton. They sang a song.")
