"""A few plain sentences without box, headings or notes: who fought whom, who attacked, who won."""

from __future__ import annotations

import pytest

from inje.document import read_document
from inje.dossier import extract_dossier
from inje.errors import DocumentError

#: text, the names of both sides, who attacked and who won by the place of the side
TOLD = {
    "forces by their peoples": (
        "On 3 May 1811 some 900 French soldiers under General Marlot attacked the Portuguese "
        "at Foo. The Portuguese, 1,200 strong, lost 200 men. The Portuguese retreated.",
        ("France", "Portugal"), 0, 0,
    ),
    "an adjective before what is no force": (
        "Union cavalry (about 250 men) surprised a Confederate camp of 400. 12 Confederates "
        "were killed. One Union trooper was wounded.",
        ("Union", "Confederate States"), 0, None,
    ),
    "a unit whose people is told elsewhere": (
        "At dawn two battalions of the 4th Brigade stormed the German trenches on Kestrel "
        "Hill. British losses were 43 killed; 120 Germans were taken prisoner.",
        ("United Kingdom", "Germany"), 0, None,
    ),
    "an adjective before a numbered unit": (
        "The Soviet 33rd Army attacked the German 4th Corps at Gorki on 5 January 1942. The "
        "Germans held out.",
        ("Soviet Union", "Germany"), 0, None,
    ),
    "rebels without a name": (
        "The Grand Duchy of Fenwick met the rebels near Foo in May 1811. The rebels had 300 "
        "men. The rebels were beaten with the loss of 80 men.",
        ("Grand Duchy of Fenwick", "rebels"), None, 0,
    ),
    "fighters of a movement": (
        "Government troops and fighters of the Popular Front clashed at Dara on 9 August 1982. "
        "The army lost four soldiers.",
        ("government troops", "Popular Front"), None, None,
    ),
    "two who met": (
        "Polish and Cossack troops met near Pyliava from 11 to 13 September 1648. The Polish "
        "army fled.",
        ("Poland", "Cossacks"), None, 1,
    ),
    "a commander and a people": (
        "In 1402 Temir defeated the Ottoman sultan Yildirim near Ankara. Temir's army is put "
        "at 140,000 men.",
        ("Temir", "Ottoman Empire"), None, 0,
    ),
    "an aside before the verb": (
        "The Zulu impi, 4,000 strong, overwhelmed the small British camp at Ntobe on 12 March "
        "1879.",
        ("Zulu Kingdom", "United Kingdom"), None, 0,
    ),
    "parties of a civil war": (
        "The Yorkist earl of Marl, with 5,000 men, beat the Lancastrians of Lord Tern at Carn "
        "Ddu in 1461.",
        ("York", "Lancaster"), None, 0,
    ),
    "two peoples on one side": (
        "The Chilean army under Barros defeated the Peruvian and Bolivian forces at Tarna on "
        "26 May 1880.",
        ("Chile", "Peru and Bolivia"), None, 0,
    ),
    "a word before those who fight": (
        "Vietcong guerrillas ambushed a South Vietnamese convoy on Route 14 in March 1964, "
        "killing 19 soldiers.",
        ("Vietcong", "South Vietnam"), None, None,
    ),
    "peoples without a verb between them": (
        "Polybius puts the Carthaginian strength at 40,000 foot; the Romans had 80,000 foot.",
        ("Carthage", "Rome"), None, None,
    ),
    "a place beside those who attack it": (
        "On August 13 the insurgents, numbering about 3,000, attacked Manvil. The garrison "
        "repulsed three assaults. American losses were two dead and nine wounded.",
        ("insurgents", "United States"), None, None,
    ),
    "a garrison that gave up": (
        "The siege of Port Lazar in 1744 ended with the surrender of the Spanish garrison to a "
        "British squadron under Commodore Hale. The British lost 96 men.",
        ("Spain", "United Kingdom"), None, 1,
    ),
}  # fmt: skip


def extract(text):
    return extract_dossier(read_document(text.encode(), reader="text"))


@pytest.mark.parametrize(("text", "names", "attacker", "winner"), TOLD.values(), ids=TOLD)
def test_who_fought_whom_attacked_and_won(text, names, attacker, winner):
    dossier = extract(text)
    sides = {side.name: side.id for side in dossier.battle.sides}
    assert set(sides) == set(names)
    for about, expected in (("attacker", attacker), ("winner", winner)):
        told = [c.value.best for c in dossier.claims if c.about == about]
        assert told == ([] if expected is None else [sides[names[expected]]])


@pytest.mark.parametrize(
    "sentence",
    [
        "The French failed to defeat the Bavarians.",
        "The French nearly routed the Bavarians.",
        "The French retreated to the second line and held it.",
        "A company of the French was destroyed.",
        "The French had defeated the Bavarians a year before.",
        "The French hoped to win a victory over the Bavarians.",
    ],
)
def test_what_was_not_won_is_no_victory(sentence):
    dossier = extract(
        f"The Battle of Testfield was fought between France and Bavaria in 1704. {sentence}"
    )
    assert not [c for c in dossier.claims if c.about == "winner"]


@pytest.mark.parametrize(
    ("sentence", "winner"),
    [
        ("The Bavarians surrendered at noon.", "france"),
        ("The French won the day.", "france"),
        ("It ended in a French victory.", "france"),
        ("It was a victory for the Bavarians.", "bavaria"),
        ("The French were decisively defeated by the Bavarians.", "bavaria"),
        ("According to Weber, the French defeated the Bavarians.", "france"),
    ],
)
def test_a_victory_is_told_in_many_ways(sentence, winner):
    dossier = extract(
        f"The Battle of Testfield was fought between France and Bavaria in 1704. {sentence}"
    )
    (claim,) = [c for c in dossier.claims if c.about == "winner"]
    assert claim.value.best == winner
    assert (len(claim.holders) == 2) == ("Weber" in sentence)


def test_a_box_that_tells_the_result_goes_before_the_prose():
    dossier = extract_dossier(
        read_document(
            b"{{Infobox military conflict\n| conflict = Battle of Testfield\n| date = 3 May 1704\n"
            b"| result = Bavarian victory\n| combatant1 = France\n| combatant2 = Bavaria\n}}\n"
            b"The Battle of Testfield was fought in 1704. The French defeated the Bavarians.",
            reader="wikitext",
        )
    )
    assert [c.value.best for c in dossier.claims if c.about == "winner"] == ["bavaria"]


def test_a_congress_is_no_battle():
    with pytest.raises(DocumentError):
        extract("The Congress of 1815 brought French, Prussian and Austrian ministers together.")


#: sentences behind "A British column commanded by Brigadier Tarn met Afghan tribesmen at Lang in
#: 1879.", and whose number the last one is
NUMBERS = {
    "The column of 1,350 men marched on.": "strength.united_kingdom",
    "The column lost 12 killed.": "losses.united_kingdom.killed",
    "The tribesmen left 30 dead on the field.": "losses.afghanistan.killed",
    "Tarn reported 400 enemy dead.": "losses.afghanistan.killed",
    "Afghan losses: 1,130 men.": "losses.afghanistan.lost_unspecified",
    "British casualties: 64.": "losses.united_kingdom.total",
    "They surprised an Afghan camp of 400.": "strength.afghanistan",
    "After a day of fighting the British fell back with a loss of 90 men.": (
        "losses.united_kingdom.lost_unspecified"
    ),
    "The British said that they had lost four men.": "losses.united_kingdom.lost_unspecified",
    "Of the British, 40 were killed and 25 taken.": "losses.united_kingdom.captured",
    "The British attacked a party of tribesmen, killing 45 of them.": "losses.afghanistan.killed",
}


@pytest.mark.parametrize(("sentence", "counts"), NUMBERS.items(), ids=NUMBERS)
def test_a_noun_that_one_side_brought_in_tells_the_side(sentence, counts):
    dossier = extract(
        "A British column commanded by Brigadier Tarn met Afghan tribesmen at Lang in 1879. "
        f"The Afghan tribesmen fought on foot. {sentence}"
    )
    assert [c.counts for c in dossier.claims if c.counts][-1] == counts


def test_a_year_before_a_number_is_none():
    dossier = extract("On 3 May 1811 some 900 French soldiers attacked the Portuguese at Foo.")
    assert [c.value.best for c in dossier.claims if c.counts] == [900]


def test_according_to_one_and_others_without_a_comma():
    dossier = extract(
        "The Ottomans attacked the Venetians at Foo in 1501. According to Contari the Ottomans "
        "lost 2,000 men, but Ottoman sources speak of 300."
    )
    told = [c for c in dossier.claims if c.kind == "report" and not c.counts]
    assert [(c.holders[-1], c.anchor.quote) for c in told] == [
        ("contari", "the Ottomans lost 2,000 men")
    ]


@pytest.mark.parametrize(
    ("sentence", "led"),
    [
        ("A British column commanded by Brigadier Tarn met Afghan tribesmen.", True),
        ("A British column under Brigadier Tarn met Afghan tribesmen.", True),
        ("A British column met Afghan tribesmen, and Brigadier Tarn fell.", False),
    ],
)
def test_who_leads_a_force_is_its_commander(sentence, led):
    dossier = extract(f"{sentence} The British lost 12 men at Lang in 1879. Tarn was dead.")
    (found,) = [s.commanders for s in dossier.battle.sides if s.id == "united_kingdom"]
    assert any(who.endswith("tarn") for who in found) == led
