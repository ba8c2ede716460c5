"""Which names are one: short and long forms, spellings, whom a bare surname means."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from inje.dossier.drafting._entities import (
    _chief,
    _partners,
    _same_spelling,
    _short_groups,
    _short_persons,
)


def forms(*names: str, times: int = 1) -> dict[str, list[SimpleNamespace]]:
    """Every name by its form, each in sentences of its own."""
    return {
        name.lower(): [SimpleNamespace(text=name, sentence=10 * k + n) for n in range(times)]
        for k, name in enumerate(names)
    }


@pytest.mark.parametrize(
    ("short", "longer", "one"),
    [
        ("National Government", ["Azerbaijan National Government"], True),
        ("National Government", ["A B National Government"], True),
        ("National Government", ["A B C National Government"], False),
        ("National Government", ["A National Government", "B National Government"], False),
        ("Government", ["National Government"], False),
        ("II Corps", ["II Army Corps"], False),
        ("2nd Corps", ["2nd Army Corps"], False),
        ("National Government", ["National Committee"], False),
    ],
)
def test_a_short_group_is_the_one_longer_that_has_its_words(short, longer, one):
    by_form = forms(short, *longer)
    found = list(_short_groups(by_form, dict.fromkeys(by_form, "group")))
    assert found == ([(short.lower(), longer[0].lower())] if one else [])


@pytest.mark.parametrize(
    ("short", "longer", "meant"),
    [
        ("Weber", ["Anna Weber"], "anna weber"), ("Anna", ["Anna Weber"], "anna weber"),
        ("Weber", ["Anna Weber", "Karl Weber"], None), ("Weber", ["Anna Holm"], None),
        ("Weber", ["Weber Holm", "Anna Weber"], "anna weber"),
        ("Maria", ["Anna Maria Weber"], "anna maria weber"),
        ("Weber", ["A B C D Weber"], "a b c d weber"), ("Weber", ["A B C D E Weber"], None),
    ],
)  # fmt: skip
def test_a_bare_name_is_the_one_person_with_it(short, longer, meant):
    by_form = forms(short, *longer)
    found = dict(_short_persons(by_form, dict.fromkeys(by_form, "person")))
    assert found.get(short.lower()) == meant


@pytest.mark.parametrize(
    ("often", "seldom", "chief"),
    [(3, 1, True), (2, 0, False), (3, 2, False), (6, 2, True), (5, 2, False), (2, 1, False)],
)
def test_a_bare_surname_means_who_is_named_three_times_as_often(often, seldom, chief):
    by_form = {
        name: [SimpleNamespace(sentence=n) for n in range(many)]
        for name, many in (("anna weber", often), ("karl weber", seldom))
    }
    assert _chief(by_form, list(by_form)) == ("anna weber" if chief else None)


def test_a_bare_surname_means_the_one_of_the_box():
    by_form = {
        "anna weber": [SimpleNamespace(sentence=1)] * 9,
        "karl weber": [SimpleNamespace(sentence=-1)],
    }
    assert _chief(by_form, list(by_form)) == "karl weber"
    by_form["anna weber"].append(SimpleNamespace(sentence=-1))
    assert _chief(by_form, list(by_form)) == "anna weber"  # both are there: the one named most
    by_form["berta weber"] = [SimpleNamespace(sentence=0)]
    assert _chief({"anna weber": [SimpleNamespace(sentence=0)]}, ["anna weber"]) is None


@pytest.mark.parametrize(
    ("one", "two", "paired", "same"),
    [
        ("abcdef", "abcdeg", False, False), ("abcdefgh", "abcdefgi", False, True),
        ("abcdefg", "abcdefh", False, True), ("abcde", "abcdf", False, False),
        ("abcdefgh", "abcdefghi", False, False), ("abcdefgh", "abcdefghij", False, False),
        ("abcd", "abxy", True, True), ("abcd", "axyz", True, False), ("abc", "abd", True, False),
        ("abcd", "abcde", True, False), ("abcd", "abxy", False, False),
    ],
)  # fmt: skip
def test_spellings_of_one_place(one, two, paired, same):
    partner = {one: {"other"}, two: {"other"} if paired else {"another"}}
    apart = {one: [SimpleNamespace(sentence=1)], two: [SimpleNamespace(sentence=2)]}
    assert _same_spelling(one, two, apart, partner) == same
    together = {one: apart[one], two: [SimpleNamespace(sentence=1)]}
    assert not _same_spelling(one, two, together, partner)


@pytest.mark.parametrize(("gap", "joined"), [(0, False), (1, True), (6, True), (7, False)])
def test_places_named_side_by_side_are_partners(gap, joined):
    by_form = {
        "inje": [SimpleNamespace(start=0, end=4)],
        "kara": [SimpleNamespace(start=4 + gap, end=8 + gap)],
    }
    found = _partners(by_form)
    assert (found["inje"], found["kara"]) == (({"kara"}, {"inje"}) if joined else (set(), set()))
