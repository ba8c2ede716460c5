"""Numbers in sentences that no article holds: value, role and side, in wars of many times.

They were written before the rules were tried on them.
"""

from __future__ import annotations

import pytest

from inje.document import read_document
from inje.dossier import extract_dossier

BOX = (
    "{{{{Infobox military conflict\n| conflict = {0}\n| date = {1}\n| place = Somewhere\n"
    "| combatant1 = {2}\n| combatant2 = {3}\n| commander1 = {4}\n| commander2 = {5}\n}}}}\n{6}\n\n"
)
BATTLES = {
    "testfield": (
        "Battle of Testfield", "3 May 1809",
        "[[First French Empire|French Empire]]<br>[[Kingdom of Bavaria|Bavaria]]",
        "[[Austrian Empire]]<br>[[Kingdom of Prussia|Prussia]]",
        "[[Jean Brun|Marshal Brun]]<br>[[Louis Petit]]", "[[Archduke Karl]]<br>[[Franz Korn]]",
        "The '''Battle of Testfield''' was fought on 3 May 1809 between the French under Marshal "
        "Jean Brun and the Austrians under Archduke Karl and General Franz Korn.",
    ),
    "krasny": (
        "Battle of Krasny", "3 May 1943", "{{flag|Nazi Germany}}<br>{{flag|Kingdom of Romania}}",
        "{{flag|Soviet Union}}", "[[Hans Brandt]]", "[[Ivan Orlov]]",
        "The '''Battle of Krasny''' was fought in May 1943 between German and Romanian troops and "
        "the Soviet 70th Army.",
    ),
    "rio_seco": (
        "Battle of Rio Seco", "3 May 1343", "[[Kingdom of Castile]]", "[[Emirate of Granada]]",
        "[[Alfonso XI]]", "[[Yusuf I]]",
        "The '''Battle of Rio Seco''' was a battle between the Christian army of Alfonso XI of "
        "Castile and the Moors under Yusuf I.",
    ),
    "grey_bank": (
        "Battle of Grey Bank", "3 May 1915", "{{flag|United Kingdom}}", "{{flag|German Empire}}",
        "[[John Harper]]", "[[Otto Lang]]",
        "The '''Battle of Grey Bank''' was a naval action between the Royal Navy and the German "
        "Imperial Navy.",
    ),
    "aufa": (
        "Battle of Aufa", "3 May 216 BC", "[[Roman Republic]]", "[[Carthage]]", "[[Gaius Varro]]",
        "[[Hanno]]",
        "The '''Battle of Aufa''' was fought between a Roman army and the Carthaginians.",
    ),
    "harts_mill": (
        "Battle of Hart's Mill", "3 May 1863", "{{flag|United States}}",
        "{{flag|Confederate States of America}}", "[[James Steele]]", "[[William Cobb]]",
        "The '''Battle of Hart's Mill''' was fought during the American Civil War.",
    ),
}  # fmt: skip
#: for each battle sentences with the numbers that they state: role, side (first or second of the
#: box, "-" where the sentence does not say it), best value ("?" where a bound is said)
SAID = {
    "testfield": [
        (
            "Brun's army numbered 24,000 men, of whom 3,500 were cavalry.",
            "strength 1 24000, strength 1 3500",
        ),
        (
            "Korn had 12,000 infantry and 2,400 horse, supported by forty-two guns.",
            "strength 2 12000, strength 2 2400, materiel 2 42",
        ),
        (
            "The Austrians left 1,900 dead on the field and another 4,000 were taken prisoner.",
            "killed 2 1900, captured 2 4000",
        ),
        (
            "French losses amounted to 600 killed and 2,100 wounded.",
            "killed 1 600, wounded 1 2100",
        ),
        (
            "Petit's division, some 5,000 strong, was attacked by eight battalions of Prussian "
            "grenadiers.",
            "strength 1 5000, units 2 8",
        ),
        (
            "The French captured 15 guns, three standards and over 2,000 prisoners.",
            "materiel_lost 2 15, materiel_lost 2 3, captured 2 ?",
        ),
        (
            "Against them stood 30,000 Austrians with 80 cannon.",
            "strength 2 30000, materiel 2 80",
        ),
        ("He lost two thirds of his men, or about 1,400.", "lost_unspecified - 1400"),
        ("Archduke Karl sent two regiments of cuirassiers to the left.", "units 2 2"),
        ("Of the 800 men in the garrison only 130 survived.", "strength - 800, strength - 130"),
        ("Estimates of Austrian strength vary between 28,000 and 33,000.", "strength 2 30500"),
        (
            "The French had five killed and eleven wounded, the Austrians nearly two hundred.",
            "killed 1 5, wounded 1 11, wounded 2 200",
        ),
        ("Marshal Brun committed his reserve of 4,000 to the fight.", "strength 1 4000"),
        ("Some 300 Bavarians were cut off and surrendered.", "captured 1 300"),
        ("The attack cost the Austrians 1,200 casualties.", "total 2 1200"),
        (
            "The French suffered 3,000 casualties, including 700 dead.",
            "total 1 3000, killed 1 700",
        ),
        (
            "Korn's six battalions were opposed by only two French battalions.",
            "units 2 6, units 1 2",
        ),
        (
            "With 9,000 men and 24 guns, Petit marched on the bridge.",
            "strength 1 9000, materiel 1 24",
        ),
        (
            "General Korn was reinforced by 2,000 Prussians under Colonel Falk.",
            "strength 2 2000",
        ),
        (
            "The Austrian fleet of twelve frigates and four sloops lay at anchor.",
            "materiel 2 12, materiel 2 4",
        ),
        (
            "The French sank three frigates and took two more.",
            "materiel_lost 2 3, materiel_lost 2 2",
        ),
        (
            "Total casualties were 5,000 French and 7,500 Austrian.",
            "total 1 5000, total 2 7500",
        ),
        (
            "The Austrians deployed thirty squadrons on the right and twelve on the left.",
            "units 2 30, units 2 12",
        ),
        ("Brun faced an enemy of at least 20,000.", "strength 2 ?"),
        (
            "The garrison, 1,100 men with nine guns, held out for three days.",
            "strength - 1100, materiel - 9",
        ),
        ("About 450 of his soldiers drowned in the river.", "killed - 450"),
        (
            "The French advanced in two columns, one of 6,000 men under Petit and one of 4,500 "
            "under Brun.",
            "strength 1 6000, strength 1 4500",
        ),
        ("The Austrians had 1,000 fewer men.", ""),
        ("Prussian losses were put at 2,310.", "lost_unspecified 2 2310"),
        ("Petit was wounded and 21 of his officers were killed.", "killed 1 21"),
        ("Four French generals were killed.", "killed 1 4"),
        ("The Austrians abandoned 47 wagons and all their baggage.", "materiel_lost 2 47"),
        ("Between them the two armies fielded 300 guns.", "materiel - 300"),
        (
            "A force of 200 cavalry under Falk raided the French camp, burning forty wagons.",
            "strength 2 200, materiel_lost 1 40",
        ),
        (
            "By nightfall the French had lost 90 men, the Prussians 340.",
            "lost_unspecified 1 90, lost_unspecified 2 340",
        ),
        ("Modern historians put the French army at 22,000 to 25,000 men.", "strength 1 23500"),
        (
            "The brigade entered the battle with 1,850 men and came out with 912.",
            "strength - 1850, strength - 912",
        ),
        ("More than 400 Austrian prisoners were marched to the rear.", "captured 2 ?"),
        ("The French killed and wounded numbered 1,650.", "killed_or_wounded 1 1650"),
        (
            "Archduke Karl ordered three brigades forward, while Brun had only one division left.",
            "units 2 3",
        ),
        ("The dead included 14 officers.", "killed - 14"),
        (
            "Two Austrian battalions and a battery of eight guns defended the village.",
            "units 2 2, materiel 2 8",
        ),
        (
            "Fifty-three tanks were destroyed and 19 aircraft shot down.",
            "materiel_lost - 53, materiel_lost - 19",
        ),
        (
            "The French army comprised three corps totalling 65,000 men.",
            "units 1 3, strength 1 65000",
        ),
        ("Of the French force, 8,000 were conscripts.", "strength 1 8000"),
        (
            "The Austrian infantry lost 38 officers and 1,120 other ranks.",
            "lost_unspecified 2 38, lost_unspecified 2 1120",
        ),
        ("A chronicler gives the number of the slain as 11,000.", "killed - 11000"),
        ("The number of Austrian troops has been estimated at 18,500.", "strength 2 18500"),
        (
            "Brun reached the field with a mere 700 men and two light guns.",
            "strength 1 700, materiel 1 2",
        ),
        ("Only 60 escaped.", "strength - 60"),
        ("Korn brought up a further six guns.", "materiel 2 6"),
        ("The 12,000-man Austrian corps crossed the river.", "strength 2 12000"),
        (
            "The fort mounted 26 guns and was held by 500 Austrians.",
            "materiel 2 26, strength 2 500",
        ),
        (
            "Brun's losses were 1,013 (149 killed, 789 wounded and 75 missing).",
            "lost_unspecified 1 1013, killed 1 149, wounded 1 789, missing 1 75",
        ),
        ("The battle involved 120,000 soldiers.", "strength - 120000"),
        (
            "On 5 May Petit pursued with 3,000 horsemen, killing 600 and taking 1,500 prisoners.",
            "strength 1 3000, killed 2 600, captured 2 1500",
        ),
        ("The column was 6,000 yards long and had 340 carts.", "materiel - 340"),
        ("Rain fell for 10 hours; the river rose 5 feet.", ""),
        ("The French cavalry, numbering 2,800 sabres, charged 14 times.", "strength 1 2800"),
    ],
    "krasny": [
        (
            "The Soviets massed 1.2 million men, 3,300 tanks and 2,400 aircraft for the offensive.",
            "strength 2 1200000, materiel 2 3300, materiel 2 2400",
        ),
        (
            "Orlov's 70th Army had been reduced to 46,000 men and 90 operational tanks.",
            "strength 2 46000, materiel 2 90",
        ),
        (
            "The Romanian division lost 80% of its strength, some 9,000 men.",
            "lost_unspecified 1 9000",
        ),
        (
            "On the first day the Luftwaffe flew 1,200 sorties and shot down 56 Soviet aircraft "
            "for the loss of 11.",
            "materiel_lost 2 56, materiel_lost 1 11",
        ),
        (
            "Of the 91,000 prisoners only 5,000 ever returned.",
            "captured - 91000, strength - 5000",
        ),
        (
            "German casualties for the month came to 21,317, of whom 3,800 were killed.",
            "total 1 21317, killed 1 3800",
        ),
        ("The 12th Panzer Division, with just 47 tanks left, withdrew.", "materiel 1 47"),
        (
            "Soviet records list 7,600 dead, 18,200 wounded and 2,150 missing.",
            "killed 2 7600, wounded 2 18200, missing 2 2150",
        ),
        ("Two rifle divisions and a tank brigade were encircled.", "units - 2"),
        (
            "The pocket held 22,000 Germans and 3,000 Romanians.",
            "strength 1 22000, strength 1 3000",
        ),
        ("Brandt claimed that 200 Soviet tanks had been destroyed.", "materiel_lost 2 200"),
        ("By evening, the regiment was down to 150 men.", "strength - 150"),
        ("More than 40,000 civilians died in the bombing.", "killed - ?"),
        ("The Germans outnumbered the defenders three to one.", ""),
        (
            "The Soviets lost 500 tanks, against 60 for the Germans.",
            "materiel_lost 2 500, materiel_lost 1 60",
        ),
    ],
    "rio_seco": [
        (
            "The Castilian host consisted of 8,000 horsemen and 12,000 foot soldiers.",
            "strength 1 8000, strength 1 12000",
        ),
        (
            "Yusuf gathered as many as 60,000 men, among them 7,000 light cavalry.",
            "strength 2 ?, strength 2 7000",
        ),
        ("Alfonso lost only twenty knights.", "lost_unspecified 1 20"),
        (
            "The chronicle says that 400,000 Moors were slain, which is certainly exaggerated.",
            "killed 2 400000",
        ),
        (
            "A contingent of 1,000 Portuguese lances arrived under the king's uncle.",
            "strength - 1000",
        ),
        (
            "The Christians took 3,000 captives and thirteen banners.",
            "captured - 3000, materiel_lost - 13",
        ),
    ],
    "grey_bank": [
        (
            "Harper commanded six battlecruisers, four light cruisers and twenty-two destroyers.",
            "materiel 1 6, materiel 1 4, materiel 1 22",
        ),
        (
            "The British lost three destroyers and 412 men; another 85 were wounded.",
            "materiel_lost 1 3, lost_unspecified 1 412, wounded 1 85",
        ),
        ("Lang's flagship went down with 790 of her crew.", "killed 2 790"),
        ("Only nine survivors were picked up.", "strength - 9"),
        ("The German torpedo boats fired 23 torpedoes and scored two hits.", ""),
        (
            "HMS Valiant was struck by four 11-inch shells, killing 26 of her crew.",
            "killed 1 26",
        ),
        (
            "German losses were one battlecruiser, two light cruisers and 1,150 sailors.",
            "materiel_lost 2 2, lost_unspecified 2 1150",
        ),
    ],
    "aufa": [
        (
            "The Romans fielded eight legions, about 40,000 infantry, and 2,400 cavalry.",
            "units 1 8, strength 1 40000, strength 1 2400",
        ),
        (
            "According to Livy, 45,500 foot and 2,700 horse were killed; Polybius gives 70,000.",
            "killed - 45500, killed - 2700, killed - 70000",
        ),
        (
            "Hanno had 37 elephants and perhaps 10,000 Numidian horse.",
            "materiel 2 37, strength 2 10000",
        ),
        ("Varro escaped with fifty horsemen.", "strength 1 50"),
        ("The fleet of 120 quinqueremes was lost in a storm.", "materiel_lost - 120"),
        ("Twenty-nine senators were among the dead.", "killed - 29"),
    ],
    "harts_mill": [
        (
            "Steele's command of 4,400 effectives faced 6,200 Confederates.",
            "strength 1 4400, strength 2 6200",
        ),
        ("The 5th Iowa lost 217 of its 482 men.", "lost_unspecified - 217, strength - 482"),
        (
            "Union losses were 96 killed, 412 wounded, and 31 missing, for a total of 539.",
            "killed 1 96, wounded 1 412, missing 1 31, total 1 539",
        ),
        (
            "Cobb's men captured two 12-pounder Napoleons and 60 horses.",
            "materiel_lost 1 2, materiel_lost 1 60",
        ),
        ("Cobb reported losing 22 killed and 91 wounded.", "killed 2 22, wounded 2 91"),
        ("A third brigade, 1,300 strong, was in reserve.", "strength - 1300"),
        (
            "The Confederates advanced with 2,500 men, of which 600 were mounted.",
            "strength 2 2500, strength 2 600",
        ),
        ("In less than an hour over 300 Federals fell.", "killed 1 ?"),
        ("About a hundred of the rebels were bayoneted.", "killed 2 100"),
    ],
}


def counted(tmp_path, battle, sentence):
    page = tmp_path / "wt_battle.wikitext"
    page.write_text(BOX.format(*BATTLES[battle]) + sentence, encoding="utf-8")
    dossier = extract_dossier(read_document(page))
    number = {side.id: str(k + 1) for k, side in enumerate(dossier.battle.sides)}
    for claim in dossier.claims:
        if claim.rule == "count" and claim.anchor.quote in sentence:
            role, side, *category = claim.counts.split(".")
            if role == "losses":
                role = "materiel_lost" if category[0] == "materiel" else category[0]
            yield role, number.get(side, ""), str(claim.value.best)


@pytest.mark.parametrize(
    ("battle", "sentence", "expected"),
    [(battle, *said) for battle, sentences in SAID.items() for said in sentences],
)
def test_every_number_has_its_value_role_and_side(tmp_path, battle, sentence, expected):
    found = list(counted(tmp_path, battle, sentence))
    for wanted in filter(None, expected.split(", ")):
        role, side, best = wanted.split()
        fitting = [
            one
            for one in found
            if one[0] == role and side in ("-", one[1]) and best in ("?", one[2])
        ]
        assert fitting, (wanted, found)
        found.remove(fitting[0])
    assert not found
