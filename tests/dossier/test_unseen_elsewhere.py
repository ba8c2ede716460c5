"""Clauses in sentences on battles of other wars: a convoy, a ford in Virginia, a Russian city.

`told_elsewhere.txt` has a battle, a sentence or two, and for each clause a word of its holder and
of its cue; `lead_*.wikitext` are the boxes and first sentences that stand before them. They were
written before the rules were tried on them; each must be read as it says, and nothing else.
"""

from __future__ import annotations

import re

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


#: what may stand before a sentence that a name opens, and between that name and its verb
BEFORE = (
    "At 1000 hours, ", "On 3 May 1862, at about four in the afternoon, ", "Meanwhile, ",
    "Although the fog had not lifted, ", "Unknown to the men at the mill, ",
    "The guns were silent; ", "When the guns fell silent ",
    "The column came to the mill, where ", "Even ",
    "Phase One. US Advance (3 May): ", "Daum was ill, but ",
)  # fmt: skip
WITHIN = (
    " once more", " two days later", " that same evening", " in a message to Richmond",
    " with his usual caution", ", who had marched all night,", ", to the surprise of his staff,",
    " – a stern man – ", " (who was ill)", " halted and", " and his officers",
    " rode up to the mill. He", " was at the mill. At noon he",
)  # fmt: skip
OPENED = re.compile(r"(?:Jackson|Shields|Garnett|Tyler|Kimball)(?= [a-z]+ed\b)")


def varied():
    """Sentences that a name and its verb open, each with what may stand before or within it."""
    opened = [(s, w) for b, s, w in TOLD if b == "ford" and OPENED.match(s) and w]
    for k, (sentence, wanted) in enumerate(opened):
        name = OPENED.match(sentence).group()
        yield BEFORE[k % len(BEFORE)] + sentence, wanted
        yield name + WITHIN[k % len(WITHIN)] + sentence.removeprefix(name), wanted


def test_what_stands_before_or_within_a_sentence_changes_nothing():
    expected, missed = 0, []
    for sentence, wanted in varied():
        found = list(told(sentence, LEADS["ford"]))
        for clause in wanted.lower().split(", "):
            holder, cue = clause.split(": ")
            expected += 1
            if not any(holder in f[0] and cue in f[1] for f in found):
                missed.append((sentence, clause))
    assert expected > 60
    assert len(missed) <= 0.03 * expected, missed


def broken(sentence):
    """A sentence with a break of the line at every fourth blank."""
    words = sentence.split(" ")
    return "".join(w + ("\n" if k % 4 == 3 else " ") for k, w in enumerate(words)).rstrip()


@pytest.mark.parametrize(("battle", "sentence", "wanted"), TOLD[::7])
def test_a_sentence_broken_over_lines_is_read_the_same(battle, sentence, wanted):
    on_one_line = {(holder, kind) for holder, _, kind in told(sentence, LEADS[battle])}
    assert {(holder, kind) for holder, _, kind in told(broken(sentence), LEADS[battle])} == (
        on_one_line
    )
    assert bool(on_one_line) == bool(wanted)
