"""Where clauses and judgements begin: at the ends of a sentence, of a reach, of a class."""

from __future__ import annotations

import pytest
from tests.dossier.drafting.rows import finds, holds, told

from inje.dossier.drafting import _clausal, _complements, _infinitives, _judging


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("thought ^it was lost", True),
        ("thought ^it lost", True),
        ("held ^it", False),
        ("saw ^the men who fled", False),
        ("saw ^the men and was", False),
        ("saw ^the men, beaten by all, fled", True),
        ("saw ^the men, and fled", False),
        ("saw ^the men and boys fled", True),
        ("saw ^the wounded", False),
        ("saw ^it wounded", True),
        ("saw ^" + "men " * 18 + "fled", True),
        ("saw ^" + "men " * 20 + "fled", False),
        ("saw ^the men, a b c d e f, fled", True),
        ("saw ^the men, a b c d e f g h i, fled", False),
    ],
)
def test_a_clause_with_a_verb_of_its_own(row, is_so):
    holds(_clausal.finite, row, is_so)


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("ordered ^to attack", True),
        ("went ^to the hill", False),
        ("went ^to Brun", False),
        ("^to", False),
        ("ordered ^not to attack", True),
        ("was ^not lost", False),
        ("was ^not", False),
        ("used ^to fled", False),
        ("^to hold", True),
        ("^to cut", True),
        ("^to bring", True),
        ("^to winning", False),
        ("^to wounded", False),
    ],
)
def test_an_infinitive_is_no_place(row, is_so):
    holds(_clausal.infinite, row, is_so)


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("a b ^c", [0]),
        ("a; b ^c", [2, 0]),
        ("a and b ^c", [2, 0]),
        ("a and ^c", [0]),
        ("a; ^c", [2, 0]),
        ("a but b; c ^d", [4, 2, 0]),
        ("^a", [0]),
        ("and b ^c", [0]),
    ],
)
def test_where_clauses_may_begin(text, starts):
    words, asked, _ = told(text)
    assert list(_clausal.clause_starts(words, asked)) == starts


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("^He was", True),
        ("^the men", True),
        ("^Karl", True),
        ("^12 men", True),
        ('^"Fire', True),
        ("^men", False),
        ("^running", False),
    ],
)
def test_a_clause_may_begin(row, is_so):
    holds(_clausal.clause_like, row, is_so)
    words, asked, _ = told(row)
    assert not _clausal.clause_like(words, asked + len(words))


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("He ^thought it hopeless", True),
        ("He ^thought it", False),
        ("He ^thought Brun a fool", True),
        ("He ^found it hopeless", False),
        ("He ^finds it hopeless", True),
        ("He ^finds it difficult to go", False),
        ("He ^found him hopeless", True),
        ("He ^held it hopeless", False),
        ("He ^thought of Brun a fool", False),
        ("He ^thought the position on the hill hopeless", True),
        ("He ^thought the position, hopeless", False),
        ("He ^thought the position, on the hill, hopeless", True),
        ("He ^thought the of a", False),
        ("He ^rated Brun as a fool", True),
        ("He ^rated Brun a fool", False),
        ("He ^called Brun to attack", False),
        ("He ^considered Brun to be lost", True),
        ("He ^thought the charge 'fine", False),
        ('He ^thought the charge "fine"', True),
        ("He ^called the battle the end", True),
        ("He ^called the battle of the end", False),
        ("He ^thought the men a b c d e f hopeless", True),
        ("He ^thought the men a b c d e f g hopeless", True),
        ("He ^thought the men x b c d e f g h hopeless", False),
        ("He ^declared Edward the rightful king", True),
        ("He ^declared edward the rightful king", False),
    ],
)
def test_a_judgement_behind_its_verb(row, is_so):
    holds(_judging.judged_from, row, is_so)


@pytest.mark.parametrize(
    "row",
    [
        "Brun^, of the guard, »lost",
        "Brun^, of the guard",
        "Brun^, , lost",
        "Brun^, of; the guard, lost",
        "Brun^, a b c d e f g h, »lost",
        "Brun^, a b c d e f g h i, lost",
    ],
)
def test_behind_an_apposition(row):
    finds(_judging.past_apposition, row)


@pytest.mark.parametrize(
    ("row", "likened", "compared"),
    [
        ("^saw »him as a fool", True, False),
        ("^saw as a fool", False, False),
        ("^saw him, as a fool", False, False),
        ("^saw him was as a fool", False, False),
        ("^saw him as", False, False),
        ("^likened him to a fool", False, True),
        ("^likened to a fool", False, False),
        ("^likened him, to a fool", False, False),
        ("^likened him with", False, False),
        ("^saw a b c d e f g h i j k as a fool", True, False),
        ("^saw a b c d e f g h i j k l as a fool", False, False),
        ("^set a b c d e f g h i j k to a fool", False, True),
        ("^set a b c d e f g h i j k l to a fool", False, False),
    ],
)
def test_likened_and_compared(row, likened, compared):
    words, asked, _ = told(row)
    assert _judging.likened_from(words, asked) == (asked + 1 if likened else 0)
    assert _judging.compared_from(words, asked) == (asked + 1 if compared else 0)


def test_as_at_once_is_a_likeness_in_a_relative_clause():
    words, asked, _ = told("which he ^saw as a fool")
    assert _judging.likened_from(words, asked, relative=True) == asked + 1


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("the hill, which ^Brun thought", True),
        ("the hill that ^Brun thought", True),
        ("that ^Brun thought", False),
        ("he said that ^Brun thought", False),
        ("the hill, whose ^Brun thought", True),
        ("the hill ^Brun thought", False),
        ("whose , men a ^Brun thought", False),
        ("what the ^Brun thought", True),
        ("^Brun thought", False),
        ("which the old ^Brun thought", False),
    ],
)
def test_a_relative_clause_begins(row, is_so):
    words, asked, _ = told(row)
    assert _judging.relative_before(words, words[asked].start) == is_so
    assert not _judging.relative_before(words, words[-1].end + 1)


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("held it ^and ordered Brun", True),
        ("held it ^and Brun", False),
        ("held it ^and", False),
        ("held it ^but ordered", False),
        ("^and ordered", True),
        ("held ^and hundred", False),
    ],
)
def test_and_leads_to_another_verb(row, is_so):
    holds(_infinitives._next_verb, row, is_so)


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("^believed to be lost", True),
        ("^believed to have fled", True),
        ("^believed to go", False),
        ("^thought himself lost", True),
        ("^thought it was lost", True),
        ("^thought the guns gone", False),
        ("^thought the guns were lost", True),
        ("^thought guns were lost", False),
        ("^thought", False),
        ("^thought there", True),
    ],
)
def test_a_clause_without_that(row, is_so):
    holds(_complements._bare_clause, row, is_so)
