"""Where to dig, and what another letter changes."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from inje.answers import Witness, change_letters, seek_evidence
from inje.errors import OptionError


def test_leads_are_ranked_and_said_without_identifiers(weighed):
    found = seek_evidence(weighed)
    assert found.target == "account"
    assert found.question == "which account is true"
    assert len(found.leads) >= 5
    bits = [lead.bits for lead in found.leads]
    assert bits == sorted(bits, reverse=True)
    assert found.leads[0].label == "an order or a letter of whoever was behind it"
    known = {*weighed.draws, *weighed.claims.letters}
    for lead in found.leads[:5]:
        words = re.findall(r"[\w.\-]+", lead.sentence)
        assert not {w for w in words if w in known and ("_" in w or "." in w)}, lead.sentence
    assert found.leads[0].sentence.startswith("Look for an order or a letter of whoever")


def test_one_casualty_return_is_one_document(weighed):
    labels = [lead.label for lead in seek_evidence(weighed, "winner").leads]
    assert len(labels) == len(set(labels))
    assert sum("casualty return of the Iranian army" in label for label in labels) == 1
    # The army has one force there: its roll is the side's.
    assert sum("muster roll of the Iranian" in label for label in labels) == 1


@pytest.mark.parametrize("target", ["winner", "attacker", "strength.volunteers", "end"])
def test_any_target_may_be_asked_about(weighed, target):
    found = seek_evidence(weighed, target)
    assert found.leads
    assert all(lead.error >= 0 and lead.bits <= found.entropy + 1e-9 for lead in found.leads)


def test_a_worse_witness_tells_less(weighed):
    def told(letter):
        leads = seek_evidence(weighed, "attacker", witness=Witness(letter)).leads
        return next(lead.bits for lead in leads if lead.name == "attacker")

    assert told("D") < told("A") / 3


def test_what_cannot_be_answered_says_so(weighed):
    few = replace(weighed, diagnostics=replace(weighed.diagnostics, ess=50.0))
    found = seek_evidence(few)
    assert found.leads == ()
    assert "fewer than 200" in found.refused
    with pytest.raises(OptionError, match=r"no outcome of these worlds.*strength\.volunteers"):
        seek_evidence(weighed, "glory")


def test_a_book_graded_worse_tells_less(weighed):
    worse = change_letters(weighed, {"book": "C"})
    better = change_letters(weighed, {"Hasanli 2006": "A"})
    assert dict(worse.letters) == {"r2_hasanli_2006": ("B", "C")}
    assert dict(worse.names) == {"r2_hasanli_2006": "Hasanli 2006"}

    def local(found):
        return next(c for c in found.chances if (c.name, c.label) == ("instigator", "local"))

    # Nobody says that it was a local commander: the less the book weighs, the likelier.
    assert local(worse).after > local(worse).before > local(better).after
    assert not worse.refused
    assert worse.effective > 200


def test_weights_under_other_letters_are_those_of_a_record_graded_so(weighed):
    found = change_letters(weighed, {"r2_hasanli_2006": "C"}).posterior
    change = found.log_weight - weighed.log_weight
    graded = weighed.claims.graded({"r2_hasanli_2006": "C"})
    expected = graded.log_weight(weighed.draws) - weighed.claims.log_weight(weighed.draws)
    assert np.allclose(change, expected)
    assert found.claims.letters["r2_hasanli_2006"] == "C"


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        ({"Herodotus": "A"}, "passed on no claim.*Hasanli 2006"),
        ({"book": "Z"}, "A"),
        ({"book": "B"}, "graded B already"),
    ],
)
def test_letters_that_cannot_be(weighed, letters, said):
    with pytest.raises(OptionError, match=said):
        change_letters(weighed, letters)
