"""Articles on small forces: who brings whom, whose losses they are, and what is no figure."""

from __future__ import annotations

import pytest

from inje.document import read_document
from inje.dossier import extract_dossier

TEXT = """\
Battle of Umfolo

The Battle of Umfolo was fought on 22 January 1878 between the British Empire and the Zulu Kingdom.
A Zulu force of 12,000 men under Ntobela attacked a British camp of 900 men.

Battle

Tarrant divided his column at 4 a.m., taking 1,500 men and three guns to look for the main Zulu
army. Anders Kolb arrived at 10:30 a.m. with 300 men. On 3 March Tarrant had sent terms which,
according to the historian Ivo Brand, King Temba could not accept.

Aftermath

The Zulus lost around 700 killed, although Zulu elders put the number at 1,400.
"""


@pytest.fixture(scope="module")
def dossier():
    return extract_dossier(read_document(TEXT.encode(), reader="text"))


def told(dossier, quote):
    return next(c for c in dossier.claims if c.anchor and quote in c.anchor.quote and c.counts)


VIS = (
    "Battle of Vis\n\nThe Battle of Vis was fought on 20 July 1867 between the Austrian Empire "
    "and the Kingdom of Italy.\n"
)


def read(sentences: str, lead: str = VIS):
    text = f"{lead}\nBattle\n\n{sentences}\n"
    return extract_dossier(read_document(text.encode(), reader="text"))


@pytest.mark.parametrize("quote", ["1,500 men", "three guns"])
def test_what_is_taken_to_look_for_an_army_is_not_of_that_army(dossier, quote):
    assert told(dossier, quote).counts.split(".")[1] == "british_empire"


def test_a_time_of_the_day_is_no_figure_that_somebody_gives(dossier):
    assert not [c for c in dossier.claims if c.anchor and c.anchor.quote.startswith("at 10:30")]
    assert told(dossier, "300 men").holders == ("narrator",)


def test_a_number_put_at_another_one_is_of_the_same(dossier):
    claim = told(dossier, "1,400")
    assert claim.counts == "losses.zulu_kingdom.killed"
    assert len(claim.holders) == 2


def test_what_a_king_could_not_accept_is_no_role(dossier):
    assert not [c for c in dossier.claims if c.rule == "role" and "accept" in c.anchor.quote]


#: a sentence, a number in it, and the count it is
COUNTED = {
    "a ship that is rammed": (
        "The Austrian flagship Donau rammed Re Carlo, which sank in two minutes with the loss of "
        "400 men.",
        "400 men", "losses.kingdom_of_italy.lost_unspecified",
    ),
    "those of one clause, and of the next": (
        "By midnight 500 legionnaires had been killed, and the Austrians had lost 60 men.",
        "500 legionnaires", "losses.kingdom_of_italy.killed",
    ),
    "a part of the prisoners": (
        "The Italians lost 2,000 prisoners and 300 dead. Of the prisoners only 740 came home.",
        "740", "losses.kingdom_of_italy.captured",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "quote", "counts"), COUNTED.values(), ids=COUNTED)
def test_whose_and_what_a_number_is(sentence, quote, counts):
    fleets = "The Austrian fleet had 2,700 men, the Italian fleet 3,900 men.\n"
    assert told(read(sentence, VIS + fleets), quote).counts == counts


def test_who_is_summoned_is_not_who_begs():
    lead = (
        "Battle of Ramtek\n\nThe Battle of Ramtek was fought on 23 June 1757 between the Nawab of "
        "Berar and the Maratha Empire.\n"
    )
    begging = "The Nawab summoned Daulat Khan and begged him to save the guns."
    found = read(f"{begging} Ivo Brand doubts this story.", lead).claims
    begged = next(c for c in found if c.anchor and "save the guns" in c.anchor.quote)
    assert begged.holders[-1].startswith("nawab")
    doubted = next(c for c in found if c.anchor and "this story" in c.anchor.quote)
    assert doubted.holders[-1] == "ivo_brand"


#: sentences, a number in them, and who gives it
GIVEN = {
    "a verb of loss before what is said": (
        "Sievers puts the Italian dead at 4,550 foot and 270 horse.", "4,550 foot", "sievers",
    ),
    "the first of two, each with his source": (
        "The Austrians lost 570 men according to Sievers and 800 according to Marn.",
        "570 men", "sievers",
    ),
    "the second of two": (
        "The Austrians lost 570 men according to Sievers and 800 according to Marn.", "800", "marn",
    ),
    "a passive with a figure": (
        "Austrian losses were put by Marn at 58 killed and 140 wounded.", "140 wounded", "marn",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sentences", "quote", "holder"), GIVEN.values(), ids=GIVEN)
def test_who_gives_a_number(sentences, quote, holder):
    claim = told(read(sentences), quote)
    assert claim.holders == ("narrator", holder)
    assert claim.counts.startswith("losses.")


def test_a_figure_of_another_one_is_of_the_same_losses():
    claims = read("The Austrians lost 570 men according to Sievers and 800 according to Marn.")
    assert told(claims, "800").counts == told(claims, "570 men").counts


def test_the_men_of_one_whose_side_is_not_known_are_asked_for():
    found = read(
        "The Austrians held the ridge with 600 men. At night 1,700 men under Edvard Wood came up."
    )
    assert told(found, "600 men").counts == "strength.austrian_empire"
    assert told(found, "1,700 men").counts == "strength.unknown"


def test_who_is_given_troops_is_of_those_who_give_them():
    found = read(
        "General Redmond Bull, commander of the Austrian army, gave General Carl Warn 1,100 foot."
    )
    sides = {entity.name: entity.side for entity in found.entities}
    assert sides["General Carl Warn"] == "austrian_empire"


def test_a_force_with_a_letter_is_its_peoples_and_not_its_commanders():
    lead = (
        "Battle of Tunga\n\nThe Battle of Tunga was the failed attack by the British Indian "
        'Expeditionary Force "B" under Major General A.E. Aiken to capture German East Africa.\n'
    )
    found = read("The British casualties totalled 847.", lead)
    assert [side.name for side in found.battle.sides] == ["United Kingdom", "German East Africa"]


def test_what_somebody_does_is_no_role():
    found = read("Colonel Paul Lett, ignoring the governor's orders, moved his men by rail.")
    assert not [c for c in found.claims if c.rule == "role" and "ignoring" in c.anchor.quote]


def test_a_corps_is_of_the_party_of_him_who_owns_it():
    lead = (
        "Battle of Chester Gap\n\nAt Chester Gap on July 23, 1863, Union Maj. Gen. William H. "
        "Frost's III Corps tried to cut off the retreating Confederate columns. Frost drove "
        "Walker's Confederate brigade back.\n"
    )
    found = read("Frost reported 103 casualties.", lead)
    assert [side.name for side in found.battle.sides] == ["Union", "Confederate States"]


def test_a_name_in_quotes_stands_within_a_name():
    found = read("The Austrians were led by Colonel Herbert 'Hal' Jonas. Jonas fell at dawn.")
    assert "Colonel Herbert 'Hal' Jonas" in {e.name for e in found.entities}


def test_losses_recorded_as_two_kinds_of_troops_are_losses_both():
    found = read("Guiscar recorded the Italian losses as 100 cavalry and 5,000 infantry killed.")
    for quote in ("100 cavalry", "5,000 infantry"):
        claim = told(found, quote)
        assert claim.counts.startswith("losses.kingdom_of_italy.")
        assert claim.holders[-1] == "guiscar"


def test_a_landing_that_nobody_would_oppose_is_no_opinion_on_it():
    found = read("Sievers believed that the Italians would not oppose a landing.").claims
    assert [c.anchor.quote for c in found if c.rule == "attribution"] == [
        "the Italians would not oppose a landing"
    ]


def test_a_raid_from_the_air_is_not_the_attack_on_the_field():
    found = read("The Italian air force attacked with bombs but hit nobody.").claims
    assert not [c for c in found if c.about == "attacker"]


def test_an_army_has_its_name_without_who_led_it():
    lead = (
        "Battle of Adrianth\n\nThe Battle of Adrianth (9 August 378) was fought between an Eastern "
        "Roman army led by the Emperor Valor and Gothic rebels led by Fritan.\n"
    )
    found = read("Valor had 9,000 men.", lead)
    assert [side.name for side in found.battle.sides] == ["Eastern Roman army", "Gothic rebels"]


def test_what_somebody_had_warned_of_is_only_the_reason():
    found = read("They besieged Vis in vain, since, as a deserter had warned, its walls were new.")
    warned = next(c for c in found.claims if c.holders[-1] == "deserter")
    assert warned.anchor.quote == "its walls were new"


AFTERMATH = (
    "Battle of Vis\n\nThe Battle of Vis was fought on 20 July 1867 between the Austrian Empire "
    "and the Kingdom of Italy. The fleets met at dawn off the island, and the fight was over by "
    "noon, when the last of the ironclads turned away.\n"
)


def test_a_siege_after_the_battle_is_not_its_attack():
    later = "Aftermath\n\nThe Austrians besieged Vis in the year after the battle, and took it."
    found = read(f"The Italians attacked Vis at dawn.\n\n{later}", AFTERMATH)
    told_of = [c.value.best for c in found.claims if c.about == "attacker"]
    assert told_of == ["kingdom_of_italy"]


#: a sentence, who holds what it says, and the beginning of that
HELD = {
    "a paper that somebody makes": (
        "Tegel issued an order prohibiting his captains from steaming south.", "karl_tegel", "",
    ),
    "a paper of which nobody is told": (
        "Persa was misled by an Admiralty report advising that the fleet was in port.",
        "admiralty_report", "the fleet was in port",
    ),
    "two participles before their subject": (
        "Meanwhile, at noon, having seen the smoke and knowing that it was late, Persa turned.",
        "carlo_persa", "it was late",
    ),
    "what somebody seems to have done": (
        "Persa seems to have quickly realised that the day was lost.", "carlo_persa",
        "the day was lost",
    ),
    "what was known to some": (
        "It was known to the staff that Persa used another call sign.", "staff",
        "Persa used another call sign",
    ),
    "what is made clear to some": (
        "Tegel made it clear to his captains that there was no retreat.", "karl_tegel",
        "there was no retreat",
    ),
    "an estimate": (
        "Marn's estimate is that the crews were tired.", "marn", "the crews were tired",
    ),
    "a state behind what one does": (
        "Tegel rejoined the fleet convinced he had scored a hit.", "karl_tegel",
        "convinced he had scored",
    ),
    "a quotation of an expert": (
        'A naval expert, writing about Vis, commented, "Our losses were severe."', "expert",
        '"Our losses',
    ),
}  # fmt: skip
LED = (
    "Battle of Vis\n\nThe Battle of Vis was fought on 20 July 1867 between the Austrian Empire, "
    "led by Admiral Karl Tegel, and the Kingdom of Italy, led by Count Carlo Persa.\n"
)


@pytest.mark.parametrize(("sentence", "holder", "content"), HELD.values(), ids=HELD)
def test_who_holds_what_a_sentence_says(sentence, holder, content):
    found = read(sentence, LED).claims
    held = [c for c in found if c.holders[-1] == holder and c.anchor.quote.startswith(content)]
    assert held, [(c.holders, c.anchor.quote) for c in found if len(c.holders) > 1]


def test_what_somebody_is_determined_to_do_is_his_intention():
    claims = read("Tegel headed south, determined to keep the Italians west.", LED).claims
    assert [c.about for c in claims if c.kind == "intention"] == ["motive.karl_tegel"]
