"""Forms of verbs, by the rules of spelling and the list of irregular ones."""

from __future__ import annotations

import pytest

from inje.dossier.drafting._cues import CUES, LEMMAS
from inje.dossier.drafting._verbs import forms_of


@pytest.mark.parametrize(
    ("base", "third", "pasts", "ings"),
    [
        ("say", "says", ("said",), ("saying",)),
        ("deny", "denies", ("denied",), ("denying",)),
        ("beg", "begs", ("begged",), ("begging",)),
        ("argue", "argues", ("argued",), ("arguing",)),
        ("foresee", "foresees", ("foresaw", "foreseen"), ("foreseeing",)),
        ("signal", "signals", ("signalled", "signaled"), ("signalling", "signaling")),
        ("forbid", "forbids", ("forbade", "forbidden"), ("forbidding",)),
        ("guess", "guesses", ("guessed",), ("guessing",)),
    ],
)
def test_forms(base, third, pasts, ings):
    assert forms_of(base) == (base, third, pasts, ings)


def test_every_form_of_a_cue_leads_back_to_its_verb():
    assert LEMMAS["narrated"] == "narrate"
    assert LEMMAS["swore"] == "swear"
    assert all(form in LEMMAS for form in CUES)
    assert "narrates" in CUES
    assert "plans" not in CUES  # a noun where the past is told
    assert "walked" not in CUES
