"""Attributed clauses in sentences that no article holds: who says, thinks, orders, wants what.

They were written before the rules were tried on them. The second list uses the same verbs for
what nobody says.
"""

from __future__ import annotations

import pytest

from inje.document import read_document
from inje.dossier import extract_dossier

LEAD = (
    "{{Infobox military conflict\n| conflict = Battle of Testfield\n| date = 3 May 1809\n"
    "| place = Testfield\n| combatant1 = [[First French Empire|French Empire]]\n"
    "| combatant2 = [[Austrian Empire]]\n| commander1 = [[Jean Brun|Marshal Brun]]\n"
    "| commander2 = [[Archduke Karl]]<br>[[Franz Korn]]\n}}\n"
    "The '''Battle of Testfield''' was fought on 3 May 1809 between the French under Marshal Jean "
    "Brun and the Austrians under Archduke Karl and General Franz Korn.\n\n"
)
RULES = (
    "attribution", "according-to", "state-of-mind", "passive", "quoted-paragraph", "quoted-by",
)  # fmt: skip
#: sentence, and for each clause a word of its holder and of its cue
SAID = [
    (
        "Brun told his officers that the bridge must be held.",
        "Brun: told",
    ),
    (
        "The French commander hoped to cut the road to the capital.",
        "commander: hoped",
    ),
    (
        "Korn was convinced that the French would not attack before noon.",
        "Korn: convinced",
    ),
    (
        "Historian Anna Weber argues that the Austrians could have won.",
        "Weber: argues",
    ),
    (
        '"We shall hold this hill or die on it," said Korn.',
        "Korn: said",
    ),
    (
        "Karl instructed Korn to cover the retreat of the guns.",
        "Karl: instructed",
    ),
    (
        "The prisoners claimed that they had not been fed for two days.",
        "prisoners: claimed",
    ),
    (
        "In his memoirs, Brun wrote that the battle was lost in the first hour.",
        "Brun: wrote",
    ),
    (
        "Believing the village to be empty, Korn sent only one company.",
        "Korn: Believing",
    ),
    (
        "It was Karl who suggested that the left wing be withdrawn.",
        "Karl: suggested",
    ),
    (
        "Some historians dispute this, noting that no guns were found.",
        "historians: noting",
    ),
    (
        "A deserter reported that the French were low on powder.",
        "deserter: reported",
    ),
    (
        "The Austrian government demanded the return of the prisoners.",
        "government: demanded",
    ),
    (
        "Korn later complained that he had received no support.",
        "Korn: complained",
    ),
    (
        "Brun decided to attack the Austrian left before help could arrive.",
        "Brun: decided",
    ),
    (
        "Fearing encirclement, Karl ordered a general retreat.",
        "Karl: Fearing, Karl: ordered",
    ),
    (
        "According to one eyewitness, the river ran red.",
        "eyewitness: According",
    ),
    (
        "Military writers have described the attack as reckless.",
        "writers: described",
    ),
    (
        "Karl did not believe that the French would cross the river.",
        "Karl: believe",
    ),
    (
        'The king wrote to his brother: "All is lost save honour."',
        "king: wrote",
    ),
    (
        "Brun asked whether the bridge could be blown up.",
        "Brun: asked",
    ),
    (
        "Weber points out that neither army had maps.",
        "Weber: points",
    ),
    (
        "Korn warned Karl that his flank was open.",
        "Korn: warned",
    ),
    (
        "Scouts informed Brun that the Austrians were retiring.",
        "Scouts: informed",
    ),
    (
        "The council of war agreed that an assault was impossible.",
        "council: agreed",
    ),
    (
        "Karl, meanwhile, planned to renew the battle the next day.",
        "Karl: planned",
    ),
    (
        "The French intended that Petit should strike first.",
        "French: intended",
    ),
    (
        "Karl's staff estimated that the French had 30,000 men.",
        "staff: estimated",
    ),
    (
        'As one French officer put it, "We were walking into a sack."',
        "officer: put it",
    ),
    (
        "Brun sought to force a crossing; Korn tried to prevent it.",
        "Brun: sought",
    ),
    (
        "The Austrians expected the French to attack from the south.",
        "Austrians: expected",
    ),
    (
        "The report stated that 200 men had deserted.",
        "report: stated",
    ),
    (
        "Brun gave orders that no prisoners were to be taken.",
        "Brun: orders",
    ),
    (
        'Korn called the defeat "the blackest day of my life".',
        "Korn: called",
    ),
    (
        "The emperor insisted that the fortress be held at all costs.",
        "emperor: insisted",
    ),
    (
        "Modern scholars generally agree that the figures are exaggerated.",
        "scholars: agree",
    ),
    (
        "Contemporary accounts say that the snow was knee-deep.",
        "accounts: say",
    ),
    (
        "Karl promised the garrison that help would come within three days.",
        "Karl: promised",
    ),
    (
        "Korn did not know that Petit had already crossed.",
        "Korn: know",
    ),
    (
        "The mayor begged Brun to spare the town.",
        "mayor: begged",
    ),
    (
        "Jomini considered the manoeuvre a masterpiece.",
        "Jomini: considered",
    ),
    (
        '"The enemy," Korn reported, "is in full retreat."',
        "Korn: reported",
    ),
    (
        "Weber has suggested that the date is wrong.",
        "Weber: suggested",
    ),
    (
        "In the opinion of Jomini, the pursuit was too slow.",
        "Jomini: opinion",
    ),
    (
        "Karl proposed that the two armies should unite at Brod.",
        "Karl: proposed",
    ),
    (
        "The soldiers swore to avenge their colonel.",
        "soldiers: swore",
    ),
    (
        "Brun saw that the Austrian centre was weak and realised he could break it.",
        "Brun: realised",
    ),
    (
        "Having learned of the defeat, Karl decided that he must retire.",
        "Karl: decided",
    ),
    (
        "The French believed themselves to be facing the whole Austrian army.",
        "French: believed",
    ),
    (
        "The villagers said they had seen no soldiers.",
        "villagers: said",
    ),
    (
        "Brun announced his intention of attacking at dawn.",
        "Brun: announced",
    ),
    (
        "Petit maintained that he had never received the order.",
        "Petit: maintained",
    ),
    (
        "The chronicler Arnulf records that the king wept.",
        "Arnulf: records",
    ),
    (
        "Karl denied having ordered the retreat.",
        "Karl: denied",
    ),
    (
        "Brun then directed Petit's division to the left, intending to turn the flank.",
        "Brun: directed, Brun: intending",
    ),
    (
        "The Prussian envoy advised against a battle.",
        "envoy: advised",
    ),
    (
        "The staff recommended withdrawal, but Korn would not hear of it.",
        "staff: recommended",
    ),
    (
        'Writing in 1850, the veteran Hans Moll remembered the cold: "We could not feel our '
        'hands."',
        "Moll: remembered",
    ),
    (
        "Karl's chief of staff, Baron Traun, objected that the ground was too soft.",
        "Traun: objected",
    ),
    (
        "Traun feared for the safety of the baggage.",
        "Traun: feared",
    ),
    (
        "Both Karl and Korn believed that the French were beaten.",
        "Karl: believed",
    ),
    (
        'Brun exclaimed "They are mad!" when he saw the charge.',
        "Brun: exclaimed",
    ),
    (
        'The battle, Moll wrote, was "a butcher\'s work".',
        "Moll: wrote",
    ),
    (
        "Karl's letter to the emperor states that he had 40,000 men.",
        "letter: states",
    ),
    (
        "Although Karl had been warned by his scouts that the French were near, he did nothing.",
        "scouts: warned",
    ),
    (
        "Napoleon, on hearing of the battle, declared that Brun deserved a dukedom.",
        "Napoleon: declared",
    ),
    (
        "Not all historians accept this; Weber doubts that the marsh existed.",
        "Weber: doubts",
    ),
    (
        "The Prussian king was determined to continue the war.",
        "king: determined",
    ),
    (
        "Petit would later claim that the order had never reached him.",
        "Petit: claim",
    ),
    (
        "Karl was told by Korn that the bridge had been destroyed.",
        "Korn: told",
    ),
    (
        "The French were confident of victory.",
        "French: confident",
    ),
    (
        "The garrison was anxious to surrender.",
        "garrison: anxious",
    ),
    (
        'The official history says the regiment "behaved with the greatest gallantry".',
        "history: says",
    ),
    (
        "Arguing that the men were exhausted, Traun opposed a pursuit.",
        "Traun: Arguing, Traun: opposed",
    ),
    (
        'Asked about the defeat, Karl replied: "I was deceived."',
        "Karl: replied",
    ),
    (
        "Brun, fearing a trap, halted.",
        "Brun: fearing",
    ),
    (
        "Weber, writing in 1990, estimates Austrian losses at 9,000.",
        "Weber: estimates",
    ),
    (
        "Others believe the number was lower.",
        "Others: believe",
    ),
    (
        "Most sources put the French army at 25,000 men.",
        "sources: put",
    ),
    (
        "Korn ordered his men to hold their fire, hoping to surprise the French.",
        "Korn: ordered, Korn: hoping",
    ),
    (
        "Korn was ordered by Karl to hold the bridge.",
        "Karl: ordered",
    ),
    (
        "The plan was criticised by Jomini.",
        "Jomini: criticised",
    ),
    (
        "Petit realised too late that he was surrounded.",
        "Petit: realised",
    ),
    (
        "Brun reasoned that a night march would be safer.",
        "Brun: reasoned",
    ),
    (
        "Karl argued for an immediate attack.",
        "Karl: argued",
    ),
    ("Petit thought the hill undefended and advanced at once.", "Petit: thought"),
    ("Petit asked for reinforcements.", "Petit: asked"),
]
#: nobody says, thinks or wants it, or the sentence does not name who
UNSAID = [
    "Korn, who had expected an attack at dawn, was surprised.",
    "Petit refused to retreat without written orders.",
    "The order to advance was given by Korn.",
    "The general was reported to have said that he preferred death to surrender.",
    "Korn's plan called for a night attack.",
    "It is said that Karl fainted.",
    "The Austrians were said to be demoralised.",
    "The war began in 1808, when the emperor declared war on Prussia.",
    "The hill commanded the road and the river.",
    "Korn's guns supported the attack of the Prussians.",
    "The losses were felt for years.",
    "Brun held the bridge until dark.",
    "Petit's cavalry observed the crossing from a ridge.",
    "A plan to burn the bridge was rejected as too risky.",
    "The Austrians maintained a heavy fire on the village.",
    "Orders arrived at noon; the march began at once.",
    "The records of the regiment were lost.",
    "Reports of the victory reached Paris on 9 May.",
    "The thought of defeat never left him.",
    "The battle is considered a turning point of the war.",
    "It is not known how many died.",
    "The French suspected nothing.",
    "The guns were ordered forward.",
    "Korn added two battalions to the reserve.",
    "Brun assumed command of the army in April.",
    "The treaty recognised the independence of Prussia.",
    "Austria declared war on France.",
    "The general understood the value of the hills.",
    "Karl agreed to a truce.",
    "The town was called Oldham.",
    "The peace was concluded in June.",
    "The Austrian plan was to draw the French into the marsh.",
    "Contrary to what Moll says, there was no snow.",
    "Moll's claim that there was snow is disputed.",
    "The emperor's instructions were to avoid battle.",
]


def clauses(tmp_path, sentence):
    page = tmp_path / "wt_battle.wikitext"
    page.write_text(LEAD + sentence, encoding="utf-8")
    dossier = extract_dossier(read_document(page))
    names = {entity.id: entity.name for entity in dossier.entities}
    for claim in dossier.claims:
        if claim.rule in RULES:
            holder = claim.holders[-1]
            if claim.kind == "intention" and claim.about.startswith("motive."):
                holder = claim.about.removeprefix("motive.")
            cue = claim.cue.quote if claim.cue is not None else ""
            yield names.get(holder, holder).lower(), cue.lower(), claim.kind


@pytest.mark.parametrize(("sentence", "expected"), SAID)
def test_every_clause_has_its_holder(tmp_path, sentence, expected):
    found = list(clauses(tmp_path, sentence))
    for wanted in expected.lower().split(", "):
        holder, word = wanted.split(": ")
        fitting = [
            one for one in found if holder in one[0] and (word in one[1] or one[2] == "quotation")
        ]
        assert fitting, (wanted, found)
        found.remove(fitting[0])
    assert all(kind == "quotation" for *_, kind in found)  # its second half


@pytest.mark.parametrize("sentence", UNSAID)
def test_verbs_in_another_sense_attribute_nothing(tmp_path, sentence):
    assert not list(clauses(tmp_path, sentence))


SIGNED = [
    "{{blockquote|The bridge was lost before the first gun was fired.|Franz Korn|''Memoirs''}}",
    "{{quote|The bridge was lost before the first gun was fired.|sign=Franz Korn|source=a letter}}",
    "{{cquote|The bridge was lost before the first gun was fired.|author=[[Franz Korn]]}}",
    '{{Quote box|quote="The bridge was lost before the first gun was fired."|source=— Korn, 1820}}',
    "<blockquote>The bridge was lost before the first gun was fired.\n— Franz Korn</blockquote>",
]


@pytest.mark.parametrize("quotation", SIGNED)
def test_a_quotation_set_apart_is_of_him_whose_name_stands_below(tmp_path, quotation):
    found = list(clauses(tmp_path, f"The field lay still.\n\n{quotation}\n\nNight fell."))
    assert [(holder.split()[-1], kind) for holder, _, kind in found] == [("korn", "quotation")]


def test_a_quotation_without_a_name_below_is_nobodys(tmp_path):
    page = "The field lay still.\n\n{{quote|The bridge was lost before noon.}}\n\nKorn rode off."
    assert not list(clauses(tmp_path, page))
