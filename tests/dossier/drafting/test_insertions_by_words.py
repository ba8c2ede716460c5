"""What belongs to a name or stands between words that belong together: at ends and bounds."""

from __future__ import annotations

import pytest
from tests.dossier.drafting.rows import finds, holds, told

from inje.dossier.drafting import _insertions, _late_clauses, _mentions, _ordinals


@pytest.mark.parametrize(
    "row",
    [
        "Karl »^went",
        "»Karl two days ^later",
        "»Karl that same ^evening",
        "»Karl the next ^day",
        "»Karl some forty years ^ago",
        "days ^later",
        "two ^days",
        "»one two ^days later",
        "Karl same ^evening",
        "^later",
        "^evening",
        "»the that ^evening",
        "Karl ^evening",
        "Karl days ^ago",
        "»Karl three ^days earlier",
        "Karl three ^days after",
    ],
)
def test_a_time_between_a_subject_and_its_verb(row):
    finds(_insertions._before_time, row, nothing=None)


@pytest.mark.parametrize(
    "row",
    [
        "»Moll, of the guard^, says",
        "»Moll, of the guard, who brought the order^, says",
        "Moll, Karl and Brun^, says",
        "Karl, and »Moll, who fell^, says",
        "Moll^, says",
        "Moll; »Karl, who fell^, says",
        "Moll, who fell: who lost^, says",
        "^, says",
        "Moll, »Karl, leading them^, says",
        "Moll, beaten and »wounded, leading^, says",
    ],
)
def test_the_subject_before_several_insertions(row):
    words, asked, wanted = told(row)
    assert _insertions.before_insertions(words, asked) == (-1 if wanted is None else wanted)


@pytest.mark.parametrize(
    "row",
    [
        "Karl », of the guard^, said",
        "Karl »(of the guard^) said",
        "»Karl of the guard^, said",
        "Karl and »with Brun beside him^, said",
        "»(all^) said",
        "Karl »[all^] said",
        "Karl and with Brun beside him and »all the men^, said",
    ],
)
def test_where_an_insertion_opens(row):
    finds(_insertions.opening_of, row)


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("( 1815 ) said", "said"),
        (", of the guard , said", "said"),
        ("now also said", "said"),
        ("RN said", "said"),
        ("( 1815 said", "1815 said"),
        (", said", "said"),
        ("said", "said"),
        ("", ""),
    ],
)
def test_what_stands_behind_a_name_and_before_its_verb(words, rest):
    assert _insertions.past_insertion(words.split()) == rest.split()


@pytest.mark.parametrize(
    "row",
    [
        "Karl ^noted, however, »that it",
        "Karl ^noted, however, it",
        "Karl ^noted that it",
        "Karl ^noted, in a b c d e f g h, that it",
        "Karl ^noted, in a b c d e f g, »that it",
    ],
)
def test_that_behind_an_insertion(row):
    words, asked, wanted = told(row)
    assert _late_clauses._behind_insertion(words, asked) == (wanted + 1 if wanted else 0)


@pytest.mark.parametrize(
    "row",
    [
        "all that Karl ^asked was that »guns",
        "What Karl ^asked is that »guns",
        "Karl ^asked was that guns",
        "all that Karl ^asked was that",
        "all that he and his old Karl ^asked was that guns",
        "all that he and old Karl ^asked was that »guns",
        "all ^asked it that guns",
    ],
)
def test_what_is_asked_behind_the_verb_of_being(row):
    finds(_late_clauses._behind_wish, row)


@pytest.mark.parametrize(
    "row",
    [
        'Karl ^said as he did so: »"Fire',
        'Karl ^wrote to Brun, »"Fire',
        'Karl ^wrote often, "Fire',
        'Karl ^wrote to Brun; "Fire',
        "Karl ^wrote to Brun: Fire",
        "Karl ^wrote",
        "Karl ^wrote:",
        'Karl ^wrote Brun, »"Fire',
        'Karl ^wrote to Brun and went, "Fire',
        'Karl ^wrote to a b c d e f g h i j k: »"Fire',
        'Karl ^wrote to a b c d e f g h i j k l m: "Fire',
    ],
)
def test_a_quotation_behind_those_who_are_told(row):
    finds(_late_clauses._before_quote, row)


@pytest.mark.parametrize(
    "row",
    [
        "^said »Thursday",
        "^said on »Monday that",
        "^said on 4 »May that",
        "^said »yesterday that",
        "^said late »Monday",
        "^said the men",
        "^said 400",
        "^said on the next",
        "^said late last »night the men",
        "^said",
        "^said on »4",
    ],
)
def test_a_time_behind_a_verb_of_saying(row):
    finds(_late_clauses.past_time, row, nothing=None)


@pytest.mark.parametrize(
    "row",
    [
        "^stated in his report that »it",
        "^wrote two years later that »it",
        "^wrote how",
        "^wrote it that it",
        "^stated in 1820 so that it",
        "^stated in 1820, that it",
        "^wrote two men of it that it",
        "^wrote two of all years that »it",
        "^wrote two of all the years that it",
        "^stated in that",
        "^told later that evening that »it",
        "^asked in vain »how it was lost",
        "^asked in vain how",
        "^said in a b c d e f g h i j that »it",
        "^said in a b c d e f g h i j k l that it",
        "^said in a b c d e f g h i j k that »it",
        "^said quickly that »it",
        "^said 12 times that »it",
        "^said",
    ],
)
def test_that_behind_a_phrase(row):
    finds(_late_clauses._behind_phrase, row)


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("^testifies, that the bridge was lost", True),
        ("^testifies, that the bridge", False),
        ("^testifies, that, as all", True),
        ("^testifies, that", False),
        ("^testifies, and the bridge was", False),
    ],
)
def test_that_behind_the_comma_of_old_prose(row, is_so):
    holds(_late_clauses._comma_that, row, is_so)


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("^Early in the day", True),
        ("^Long May", True),
        ("^Early led", False),
        ("the ^Early", False),
        ("^Early", False),
    ],
)
def test_a_word_that_tells_a_time_is_no_surname(row, is_so):
    holds(_mentions._timed, row, is_so)


@pytest.mark.parametrize(
    "row",
    [
        "Karl ^von »Moll",
        "Karl ^von der »Moll",
        "Karl ^von der den Moll",
        "Karl ^von",
        "Karl ^von moll",
        "Kingdom ^of »Moll",
        "hill ^of Moll",
        "Karl ^von May",
        "William ^the »Breton",
        "William ^the »Great",
        "King ^the Bold",
        "William ^the",
        "William ^the Bold Moll",
        "William ^the »Bold",
    ],
)
def test_a_name_goes_on_behind_a_connector(row):
    words, asked, wanted = told(row)
    found = _mentions._after_connector(words, asked)
    assert found == (wanted + 1 if wanted is not None else 0)


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ('Herbert ^"H" Jones', True),
        ('Herbert ^"h" Jones', False),
        ('Herbert ^"H" jones', False),
        ('Herbert ^"H" May', False),
        ('Herbert ^" H" Jones', False),
        ('Herbert ^"H "Jones', False),
        ('Herbert ^"H"', False),
        ("Herbert ^(H) Jones", False),
    ],
)
def test_a_nickname_in_quotes_is_part_of_a_name(row, is_so):
    words, asked, _ = told(row)
    assert _mentions._after_nickname(words, asked) == (asked + 4 if is_so else 0)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("the 6th ^Army", 4),
        ("6th ^Army", 0),
        ("the 6 th ^Army", None),
        ("the 6th  ^Army", None),
        ("the nth ^Army", None),
        ("the sixth ^Army", None),
        ("^Army", None),
        ("th ^Army", None),
    ],
)
def test_an_ordinal_before_a_unit(text, start):
    words, asked, _ = told(text)
    assert _ordinals.ordinal_before(words, words[asked]) == start


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("Philipp ^August Oak", True),
        ("Philipp ^August oak", False),
        ("philipp ^August Oak", False),
        ("^August Oak", False),
        ("Philipp ^August", False),
        ("May ^August Oak", False),
        ("Philipp ^August May", False),
    ],
)
def test_a_month_is_a_name_between_names(row, is_so):
    holds(_ordinals.forename, row, is_so)
