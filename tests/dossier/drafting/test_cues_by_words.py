"""Cues of several words and their agents: at the ends of a sentence, of a reach, of a class."""

from __future__ import annotations

import pytest
from tests.dossier.drafting.rows import finds, holds, told

from inje.dossier.drafting import _cue_phrases, _figures, _idioms, _passive, _prompted, _states
from inje.dossier.drafting._cues import LEMMAS


@pytest.mark.parametrize(
    "row",
    [
        "Karl »began to ^worry",
        "»began to ^worry",
        "Karl »seemed to have ^thought",
        "»seems to have ^thought",
        "Karl »was forced to ^admit",
        "»was forced to ^admit",
        "He then »felt obliged to ^order",
        "Karl wished to ^worry",
        "to ^worry",
        "Began and ^worry",
        "Karl wanted to have ^thought",
        "to have ^thought",
        "forced to ^admit",
        "Karl wanted forced to ^admit",
        "^Worry",
    ],
)
def test_the_verb_that_has_the_subject(row):
    finds(_cue_phrases.aspect, row, nothing=None)


@pytest.mark.parametrize(
    "row",
    [
        "^»that",
        "^to his men »that",
        "^to his very brave young »that",
        "^to us",
        "^to his very brave young gunners that",
        "^to his men, that",
        "^for his men that",
        "^to »that",
    ],
)
def test_those_who_are_told_stand_before_that(row):
    words, asked, wanted = told(f"made clear {row} it was lost")
    assert _cue_phrases._told_to(words, asked) == (wanted or 0)


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("the returns ^list", True),
        ("the returns still ^list", True),
        ("Returns ^list", True),
        ("the clerk ^list", False),
        ("^list", False),
        ("still ^list", False),
        ("Adams and Horrox ^list", True),
        ("Horrox ^list", False),
        ("Horrox and his old young friend Adams ^list", False),
        ("sources who ^list", True),
        ("stones who ^list", False),
        ("who ^list", False),
        ("the press ^list", False),
        ("the politics ^list", False),
        ("the Germans ^list", True),
    ],
)
def test_a_subject_of_several(row, is_so):
    holds(_cue_phrases._several, row, is_so)


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("nor did Karl ^believe", True),
        ("not until noon did Brun ^realise", True),
        ("did not ^believe", False),
        ("did ^believe", False),
        ("did Karl, ^believe", False),
        ("nor did Karl of the old fort ^believe", False),
        ("nor did Karl of the fort ^believe", True),
        ("nor did J. Karl ^believe", True),
        ("nor did he would ^believe", False),
        ("not does Karl ^believe", False),
    ],
)
def test_a_subject_between_an_auxiliary_and_its_verb(row, is_so):
    holds(_cue_phrases._asked_back, row, is_so)


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("officers of the ^garrison", True),
        ("stones of the ^garrison", False),
        ("of the ^garrison", False),
        ("the officers ^garrison", False),
        ("officers , the ^garrison", False),
        ("officers from the far old big ^garrison", True),
        ("officers from the far old big red ^garrison", False),
    ],
)
def test_several_with_a_phrase_behind_them(row, is_so):
    holds(_cue_phrases._heads_several, row, is_so)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("Karl ^gave strict »orders that it be", "order"),
        ("Karl ^gave Petit »orders to go", "order"),
        ("Karl ^was of the »opinion that it", "belief"),
        ("Karl ^took the »decision to go", "intention"),
        ("Karl ^made it »clear that it was", "statement"),
        ("Karl ^made it clear to »Brun that it", "statement"),
        ("Karl ^had no »idea his camp was", "belief"),
        ("Karl ^sent word »for Brun to", "order"),
        ("Karl ^took orders that", ""),
        ("Karl ^gave blue orders that", ""),
        ("Karl ^gave orders", ""),
        ("Karl ^was of the opinion, that it", ""),
        ("Karl ^made it clear, to", ""),
        ("Karl ^gave the his her their own strict orders that", ""),
        ("Karl ^gave the his her their own »orders that", "order"),
        ("Karl ^had an idea his camp", ""),
        ("Karl ^was Petit opinion that it", ""),
    ],
)
def test_a_light_verb_attributes_by_its_noun(row, kind):
    words, asked, wanted = told(row)
    found = _cue_phrases._by_noun(words, asked)
    assert (found is not None) == bool(kind)
    if found is not None:
        cue, last = found
        assert cue.kind == kind
        assert last == wanted


@pytest.mark.parametrize(
    ("row", "complement"),
    [
        ("He ^appealed to the emperor »for help", "object"),
        ("He ^called »on Brun to yield", "infinitive"),
        ("He ^called on to yield", ""),
        ("He ^appealed to for help", ""),
        ("He ^called on Brun, to yield", ""),
        ("He ^called on Brun that to yield", ""),
        ("He ^called on Brun to", ""),
        ("He ^called »on the old one of his men to yield", "infinitive"),
        ("He ^called on the very old one of his men to yield", ""),
    ],
)
def test_one_who_is_called_on(row, complement):
    words, asked, wanted = told(row)
    cue, last = _cue_phrases._addressed(words, asked)
    assert last == (asked if wanted is None else wanted)
    assert (complement in cue.complements) if cue is not None else complement == ""


@pytest.mark.parametrize(
    "row",
    [
        "was ^ordered »by Karl",
        "was ^ordered again »by Karl",
        "was ^ordered twice later »by Karl",
        "was ^ordered twice later again by Karl",
        "was ^ordered to hold »by Karl",
        "was ^ordered to hold, by Karl",
        "was ^ordered to by Karl",
        "was ^ordered by",
        "was ^opposed »in Karl",
        "was ^ordered in Karl",
        "was ^called a hero »by Karl",
        "was ^called brown by Karl",
        "was ^seen as a hero »by Karl",
        "was ^seen a hero by Karl",
        "was ^called a hero and by Karl",
        "was ^called a b c d e f g h i j »by Karl",
        "was ^called a b c d e f g h i j k by Karl",
        "was ^called the one »by Karl",
        "was ^ordered to hold b c d e f g h i j »by Karl",
        "was ^ordered to hold b c d e f g h i j k by Karl",
    ],
)
def test_the_agent_of_a_passive(row):
    words, asked, wanted = told(row)
    found = _passive._agent_at(words, asked, LEMMAS[words[asked].text])
    assert found == (wanted or 0)


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("^Ordered by Karl to retire", True),
        ("was ^ordered by Karl", True),
        ("plan ^proposed by Karl", True),
        ("Karl , ^proposed by Brun", True),
        ("Karl ^proposed by Brun", False),
        ("men ^ordered by Karl", True),
        ("men ^told by Karl", False),
        ("was one of his very ^told by", True),
        ("was one of his very old ^told by", False),
        ("was ^directed by Karl to go", True),
        ("was ^directed by Karl himself", False),
        ("was ^directed by a b c d e f g to go", True),
        ("was ^directed by a b c d e f g h to go", False),
    ],
)
def test_a_passive(row, is_so):
    words, asked, _ = told(row)
    verb = LEMMAS[words[asked].text.lower()]
    assert _passive._passive(words, asked, verb) == is_so


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("^held Brun responsible", True),
        ("^held Brun alone responsible", True),
        ("^held responsible", False),
        ("^held Brun, responsible", False),
        ("^told Brun responsible", False),
        ("^held Brun", False),
        ("^held Brun of the old guard responsible", True),
        ("^held Brun of the very old guard responsible", False),
    ],
)
def test_whom_one_holds_responsible(row, is_so):
    holds(_idioms._blames, row, is_so)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("He ^made up his »mind to go", "intention"),
        ("He ^made up his bed to go", ""),
        ("He ^laid the blame »on Brun", "statement"),
        ("He ^laid the blame of it", ""),
        ("He ^laid the blame for the loss »on Brun", "statement"),
        ("He ^laid the blame for on Brun", ""),
        ("He ^laid the blame for the loss, on Brun", ""),
        ("He ^laid the guns on Brun", ""),
        ("He ^laid, the blame on Brun", ""),
        ("He ^laid all of the very bad old blame on Brun", ""),
        ("He ^laid all the very bad old blame »on Brun", "statement"),
        ("He ^laid blame »on Brun", "statement"),
        ("He ^held Brun »responsible", "statement"),
        ("He ^laid the blame for a b c d »on Brun", "statement"),
        ("He ^laid the blame for a b c d e f on Brun", ""),
    ],
)
def test_a_verb_and_its_noun(row, kind):
    words, asked, wanted = told(row)
    found = _idioms.idiom_at(words, asked)
    assert (found is not None) == bool(kind)
    if found is not None:
        assert found[0].kind == kind
        assert found[1] == (asked if "responsible" in row else wanted)


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("^put the dead at 400", True),
        ("^placed the dead at no more than 400", True),
        ("^placed at 400", False),
        ("^arrived at 400", True),
        ("^put the dead, at 400", False),
        ("^put the dead and hurt at 400", True),
        ("^put the dead at 400 yards", False),
        ("^put the dead at 10:30", False),
        ("^put the dead at", False),
        ("^put the dead at forty-two", True),
        ("^put a b c d e f g h i j k at 400", True),
        ("^put a b c d e f g h i j k l m at 400", False),
        ("^put the dead for 400", False),
    ],
)
def test_a_loss_is_put_at_a_number(row, is_so):
    holds(_figures._placed, row, is_so)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("^gives 400", "report"),
        ("^gives about 400", "report"),
        ("^gives some 400", "report"),
        ("^gives it 400", ""),
        ("^gives", ""),
        ("^gives about some only over under 400", "report"),
        ("^gives about some only over under nearly 400", ""),
        ("^runs 400", ""),
    ],
)
def test_a_verb_gives_a_number(row, kind):
    words, asked, _ = told(row)
    cue = _figures.figure_cue(words, asked)
    assert (cue.kind if cue is not None else "") == kind


@pytest.mark.parametrize(
    "row",
    [
        "He »led Brun ^to believe",
        "He was led Brun ^to believe",
        "He led ^to believe",
        "He »led old Brun ^to believe",
        "He led, old Brun ^to believe",
        "led Brun ^to believe",
        "He »led a b c d e f ^to believe",
        "He led a b c d e f g h ^to believe",
        "He »led a b c d e f g ^to believe",
    ],
)
def test_the_verb_that_brings_somebody_to_it(row):
    finds(_prompted._bringing, row)


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("^Convinced that it was lost", True),
        ("Brun, ^convinced that it", True),
        ("Brun was ^convinced that it", True),
        ("Brun was firmly ^convinced that it", True),
        ("Brun ^convinced that it", False),
        ("Brun was ^convinced by it", False),
        ("Brun may be ^convinced that it", False),
        ("Brun may be a b c ^certain that it", False),
        ("Brun was ^certain men", False),
        ("Brun had ^certain that", False),
        ("Brun was ^intent on it", True),
        ("Brun was ^intent to it", False),
        ("^Convinced he was lost", True),
        ("Brun, ^convinced he was lost", False),
        ("^Determined to go", True),
        ("Brun, ^determined to go", True),
        ("Brun, ^eager to go", True),
        ("^Opposed to it", False),
        ("Brun was ^opposed it", True),
        ("Brun ^against it", False),
        ("Convinced that it was lost and ^eager to go, A fled", True),
        ("Brun was lost and ^eager to go, A fled", True),
        ("Convinced that it was lost and ^eager to go", True),
        ("Brun fled ^convinced he had won", True),
        ("Brun fled ^convinced men", False),
        ("fled ^convinced that it", False),
    ],
)
def test_a_state_of_mind_with_what_it_is_about(row, is_so):
    words, asked, _ = told(row)
    found = _states._complemented(words, asked, words[asked].text.lower())
    assert bool(found) == is_so
