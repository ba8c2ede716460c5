"""Clauses in sentences on battles of other wars: a convoy, a ford in Virginia, a Russian city.

`told_elsewhere.txt` has a battle, a sentence or two, and for each clause a word of its holder and
of its cue; `lead_*.wikitext` are the boxes and first sentences that stand before them. They were
written before the rules were tried on them; each must be read as it says, and nothing else.
"""

from __future__ import annotations

import pytest
from tests.dossier.test_unseen_tables import FOLDER, lines, told

LEADS = {
    path.stem.removeprefix("lead_"): path.read_text(encoding="utf-8")
    for path in FOLDER.glob("lead_*.wikitext")
}
TOLD = list(lines("told_elsewhere.txt"))


@pytest.mark.parametrize(("battle", "sentence", "wanted"), TOLD)
def test_each_way_of_telling_elsewhere(battle, sentence, wanted):
    found = list(told(sentence, LEADS[battle]))
    for clause in filter(None, wanted.lower().split(", ")):
        holder, cue = clause.split(": ")
        fitting = [f for f in found if holder in f[0] and (cue in f[1] or f[2] == "quotation")]
        assert fitting, (clause, found)
        found.remove(fitting[0])
    assert not found


def test_there_are_sentences_of_every_battle():
    assert {battle for battle, _, _ in TOLD} == set(LEADS)
    assert len(TOLD) > 250
