"""Who held a place: claims on control from sentences of the prose."""

from __future__ import annotations

import pytest

from inje.document import read_document
from inje.dossier import extract_dossier

LEAD = (
    "The Battle of Testfield was fought in May 1901 between the Northern Army (NA) and the "
    "Southern Republic (SR) in the villages of Testfield and Oakham. General Oak, the commander of "
    "the Northern Army, met Colonel Elm, the commander of the Southern Republic.\n\n"
)


def control(text):
    dossier = extract_dossier(read_document((LEAD + text).encode()))
    return [(c.about, c.value.best) for c in dossier.claims if c.rule == "control"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The Northern Army captured Oakham.", ("control.oakham", "na")),
        ("The Northern Army later retook the village of Oakham.", ("control.oakham", "na")),
        ("General Oak seized Oakham.", ("control.oakham", "na")),
        ("Oakham fell to the Southern Republic.", ("control.oakham", "sr")),
        ("Oakham was recaptured by the Northern Army.", ("control.oakham", "na")),
        ("The Northern Army was driven out of Oakham.", ("control.oakham", "sr")),
        ("The Northern Army abandoned Oakham.", ("control.oakham", "sr")),
        ("The Northern Army drove the Southern Republic out of Oakham.", ("control.oakham", "na")),
        (
            "Oakham lay on the hill. The Southern Republic occupied the village.",
            ("control.oakham", "sr"),
        ),
    ],
)
def test_who_takes_a_place_holds_it(text, told):
    assert control(text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "The Northern Army attempted to capture Oakham.",
        "General Oak ordered that the Northern Army captured Oakham.",
        "General Oak believed that the Northern Army captured Oakham.",
        "The Northern Army marched past Oakham.",
        "The purge of those who fought for General Oak occupied Oakham's first years.",
        "The Northern Army occupied the village.",  # of two: nobody says which
    ],
)
def test_what_was_only_wanted_or_thought_is_no_control(text):
    assert control(text) == []
