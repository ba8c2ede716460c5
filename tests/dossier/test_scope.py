"""Which losses of the prose count a whole side: those that the box does not contradict."""

from __future__ import annotations

import pytest

from inje.document import read_document
from inje.dossier import extract_dossier

BOX = (
    "{{Infobox military conflict\n| conflict = Battle of Oakton\n| date = 3 May 1809\n"
    "| combatant1 = [[First French Empire|French Empire]]\n| combatant2 = [[Austrian Empire]]\n"
    "| casualties1 = 4,000 killed<br>8,000 wounded\n| casualties2 = 900 casualties\n}}\n"
    "The '''Battle of Oakton''' was fought on 3 May 1809 between the French and the Austrians.\n\n"
)


@pytest.mark.parametrize(
    ("sentence", "about"),
    [
        ("The French suffered 11,500 casualties.", "losses.french_empire.total"),
        ("The French lost 9,000 men.", "losses.french_empire.lost_unspecified"),
        ("The Austrians captured 700 Frenchmen.", "losses.french_empire.captured"),
        ("The Austrians lost 850 men.", "losses.austrian_empire.lost_unspecified"),
        ("The French suffered 300 casualties at the bridge.", ""),
        ("A French regiment lost 416 men.", ""),
        ("The Austrians captured 12 French soldiers.", ""),
    ],
)
def test_a_loss_weighs_when_it_can_be_that_of_the_whole_side(sentence, about):
    dossier = extract_dossier(read_document((BOX + sentence).encode(), reader="wikitext"))
    (claim,) = [c for c in dossier.claims if c.rule == "count"]
    assert claim.about == about
    assert claim.counts.startswith("losses.")
