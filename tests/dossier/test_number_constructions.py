"""Numbers of prose, one construction each: what is counted, in what role, of which side."""

from __future__ import annotations

import pytest

from inje.document import read_document
from inje.dossier import extract_dossier

LEAD = """{{Infobox military conflict
|conflict=Battle of Korn Bridge
|date=3 May 1871
|result=Decisive Alvarian victory
|combatant1=[[Alvarian Union]]
|combatant2=[[Dorian League]]
|commander1=[[Karl Weiss]]
|commander2=[[Otto Brandt]]
}}
The '''Battle of Korn Bridge''' was a victory of the Alvarian Union over the Dorian League.

== Battle ==
"""


def counted(sentence, lead=LEAD):
    dossier = extract_dossier(read_document((lead + sentence).encode(), reader="wikitext"))
    return [
        (claim.counts, claim.value.best)
        for claim in dossier.claims
        if claim.rule == "count" and claim.anchor.quote in sentence
    ]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "Weiss led the vanguard of 3,000 horsemen and drew the enemy into the hills.",
            ("strength.alvarian_union", 3000),
        ),
        ("Weiss led 4,000 men against the enemy.", ("strength.alvarian_union", 4000)),
        (
            "Weiss attacked small Dorian detachments with a picked force of 2,000 men.",
            ("strength.alvarian_union", 2000),
        ),
        (
            "Brandt's torpedo boats, 58 in all, attacked at night.",
            ("materiel.dorian_league", 58),
        ),
        (
            "Brandt formally surrendered with the last 400 men.",
            ("losses.dorian_league.captured", 400),
        ),
        ("Brandt posted 4,500 burghers on the ridge.", ("strength.dorian_league", 4500)),
        ("Weiss attacked with 3,000 of his bodyguard.", ("strength.alvarian_union", 3000)),
        ("Weiss left the camp with a guard of 248.", ("strength.alvarian_union", 248)),
        (
            "Of Brandt's men some 1,500 were slain and a further 400 were taken at Holm.",
            ("losses.dorian_league.captured", 400),
        ),
        (
            "Weiss lost three guns, while 583 were wounded.",
            ("losses.alvarian_union.wounded", 583),
        ),
        (
            "The Alvarian cruiser Holm sank at 15:10 with 470 of her crew.",
            ("losses.alvarian_union.killed", 470),
        ),
        (
            "Weiss lost 30 men killed, and 40 others, including Weiss himself, were wounded.",
            ("losses.alvarian_union.wounded", 40),
        ),
        (
            "Weiss had eight guns, 91 topasses and 2,100 sepoys.",
            ("strength.alvarian_union", 91),
        ),
        ("Brandt fled; 35 of the Dorian tribunes died.", ("losses.dorian_league.killed", 35)),
        ("The victors' losses were put at 700 killed.", ("losses.alvarian_union.killed", 700)),
    ],
)
def test_a_number_and_its_side(sentence, found):
    assert found in counted(sentence)


def test_who_fights_the_other_one_in_the_first_sentence():
    lead = LEAD.replace("Dorian League", "Free Republic").replace(
        "was a victory of the Alvarian Union over the Free Republic.",
        "was fought between the Alvarian army and Veld forces.",
    )
    assert counted("The Veld losses were 60 killed.", lead) == [("losses.free_republic.killed", 60)]


def test_what_is_no_list_of_people():
    assert counted("Weiss crossed eight rivers, 91 ditches and 20 hedges.") == []
    assert counted("Weiss burned 91 cottages and 20 of his men were hurt.")[0][1] != 91


FLEET = """{{Infobox military conflict
|conflict=Battle off Korn
|date=3 May 1911
|combatant1={{flag|Sweden}}
|combatant2={{flag|Denmark}}
|commander1=[[Karl Weiss]]
|commander2=[[Otto Brandt]]
}}
The '''Battle off Korn''' was fought between Sweden and Denmark.

== Battle ==
Weiss had two old cruisers, Good Fortune and Marmoth, the light cruiser Glasrow and a
liner. The Danish battleship Kaiserin came up. At 19:04 Scharfenhorst opened fire on Good Fortune.
"""


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("At eight Good Fortune blew up with the loss of 926 men.", ("losses.sweden.killed", 926)),
        ("Marmoth went down with all 734 hands.", ("losses.sweden.killed", 734)),
        ("Glasrow escaped with 25 wounded.", ("losses.sweden.wounded", 25)),
        ("Kaiserin lost 40 men.", ("losses.denmark.lost_unspecified", 40)),
        ("Scharfenhorst lost 60 men.", ("losses.denmark.lost_unspecified", 60)),
    ],
)
def test_a_ship_is_of_him_who_had_her_or_fired_on_the_others(sentence, found):
    assert found in counted(sentence, FLEET)


REVOLT = """{{Infobox military conflict
|conflict=Battle of Korn
|date=3 May 1821
|combatant1={{flag|Sweden}}
|combatant2={{flag|Denmark}}
|commander1=[[Karl Weiss]]
|commander2=[[Otto Brandt]]
}}
The '''Battle of Korn''' was fought in the war of independence. The army under Weiss defeated
the royalist army of Viceroy Otto Brandt.

"""


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The royalists had 1,800 dead.", ("losses.denmark.killed", 1800)),
        ("The patriots lost 310 killed.", ("losses.sweden.killed", 310)),
        ("Weiss's division counted 2,300 men.", ("strength.sweden", 2300)),
        ("Brandt charged and lost 150 of his battalion.", ("losses.denmark.lost_unspecified", 150)),
        (
            "Weiss's army took 700 prisoners for 310 casualties of its own.",
            ("losses.sweden.total", 310),
        ),
        (
            "The 63rd Regiment lost 3,500 men but captured 1,725 Danes.",
            ("losses.sweden.lost_unspecified", 3500),
        ),
    ],
)
def test_parties_are_his_whose_name_stands_beside_them(sentence, found):
    assert found in counted(sentence, REVOLT)


def test_the_besiegers_are_those_by_whom_the_lead_says_it_was_besieged():
    lead = REVOLT.replace(
        "in the war of independence", "after Korn had been besieged by the Danish army"
    )
    assert counted("The besiegers had only 130 guns.", lead) == [("materiel.denmark", 130)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Marmoth was torpedoed twice; 216 of her men died.", ("losses.sweden.killed", 216)),
        (
            "Weiss found the tanker and sank her with 631 of her crew.",
            ("losses.denmark.killed", 631),
        ),
        ("Brandt escaped to a hill with 300 guards but was taken.", ("strength.denmark", 300)),
    ],
)
def test_of_her_men_and_with_her_crew(sentence, found):
    assert found in counted(sentence, FLEET)
