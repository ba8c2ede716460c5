"""Rules of extraction one by one, at their bounds: what they take, and what only looks like it."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from inje.dossier.drafting._counted import _inhabitants
from inje.dossier.drafting._entities import _same_persons
from inje.dossier.drafting._insertions import before_phrase
from inje.dossier.drafting._judging import _ends
from inje.dossier.drafting._lexicon import FORCE_NOUNS, FORCE_QUALIFIERS
from inje.dossier.drafting._locations import _of_page
from inje.dossier.drafting._mentions import _force_after, _initial
from inje.dossier.drafting._passages import Word


def words_of(text: str) -> list[Word]:
    return [Word(m[0], *m.span()) for m in re.finditer(r"[\w,]+|[^\w\s]", text)]


@pytest.mark.parametrize(
    "phrase", ["at last", "in the end", "on the other hand", "in 1855", "in 44 BC", "by May 1855"]
)
def test_a_phrase_between_subject_and_verb_is_passed_over(phrase):
    words = words_of(f"General Lee {phrase}")
    assert before_phrase(words, len(words) - 1) == 1


@pytest.mark.parametrize("told", ["his men", "the end", "other hand", "May 1855"])
def test_what_is_no_such_phrase_stays(told):
    words = words_of(f"General Lee {told}")
    assert before_phrase(words, len(words) - 1) == len(words) - 1


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Jubal A. Early", True), ("Jubal A Early", False), ("Jubal Ab. Early", False),
        ("Jubal A . Early", False), ("Jubal A. early", False), ("Jubal A", False),
        ("Jubal A! Early", False),
    ],
)  # fmt: skip
def test_a_letter_and_a_full_stop_before_a_name_abbreviate_one(text, is_one):
    assert _initial(words_of(text), 1) == is_one


@pytest.mark.parametrize(
    ("word", "are_people"),
    [("Crees", True), ("Utes", False), ("crees", False), ("Hours", False), ("Gondorians", True)],
)
def test_a_plural_like_a_name_are_inhabitants(word, are_people):
    assert _inhabitants(word) == are_people


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("George Meade", "George Gordon Meade", True), ("George G Meade", "George Meade", True),
        ("George G Meade", "George Gordon Meade", True),
        ("George Gordon Meade", "George Gordon Meade", True),
        ("George Henry Meade", "George Gordon Meade", False),
        ("George Gilbert Meade", "George Gordon Meade", False),
        ("George H Meade", "George Gordon Meade", False), ("Paul Meade", "George Meade", False),
    ],
)  # fmt: skip
def test_a_middle_name_may_be_missing_or_cut_but_not_another(one, two, same):
    by_form = {f"{name} ({k})": [SimpleNamespace(text=name)] for k, name in enumerate((one, two))}
    kinds = dict.fromkeys(by_form, "person")
    assert (len(list(_same_persons(by_form, kinds))) == 1) == same


@pytest.mark.parametrize(("qualifiers", "taken"), [(0, True), (1, True), (3, True), (4, False)])
def test_up_to_three_words_qualify_a_force(qualifiers, taken):
    qualifier = min(FORCE_QUALIFIERS - FORCE_NOUNS)
    words = words_of(f"Saxon {f'{qualifier} ' * qualifiers}{min(FORCE_NOUNS)} came")
    assert _force_after(words, 1) == (qualifiers + 2 if taken else 0)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("it was impregnable", True), ("an impregnable fortress", False),
        ("it was impregnable .", True), ("it was impregnable by night", True),
    ],
)  # fmt: skip
def test_a_judgement_ends_its_phrase_or_is_an_attribute(text, ends):
    words = words_of(text)
    at = [word.text for word in words].index("impregnable")
    assert _ends(words, at) == ends


@pytest.mark.parametrize(
    ("start", "quote", "others", "of_page"),
    [
        (500, "{{coord|1|2}}", 0, True), (500, "{{coord|1|2}}", 1, False),
        (40, "{{coord|1|2}}", 1, True), (41, "{{coord|1|2}}", 1, False),
        (500, "{{coord|1|2|display=title}}", 1, True),
    ],
)  # fmt: skip
def test_coordinates_alone_before_the_prose_or_marked_so_are_the_battles(
    start, quote, others, of_page
):
    marks = [
        SimpleNamespace(kind="coordinates", start=at, anchor=SimpleNamespace(quote=quote))
        for at in (start, *[900] * others)
    ]
    sentences = [SimpleNamespace(start=40), SimpleNamespace(start=90)]
    desk = SimpleNamespace(
        document=SimpleNamespace(marks=[*marks, SimpleNamespace(kind="link", start=1)]),
        passages=SimpleNamespace(sentences=sentences),
    )
    assert _of_page(desk, marks[0]) == of_page
