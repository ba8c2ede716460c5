"""Two documents of which one copies the other are one witness, not two."""

from __future__ import annotations

import pytest

from inje.document import read_document
from inje.dossier import Dossier, extract_dossier, load_dossier, save_record
from inje.posterior import compile_claims
from inje.scenario import draft_scenario

FORD = """Battle of Elm Ford

The Battle of Elm Ford was fought on 3 May 1862 between the Prussian Army and the Saxon Army.
General Anna Holm commanded the Prussian Army with great care through the whole of that long day.

The Saxon Army lost 90 killed.{} The bridge stood until the evening and was then burnt down.

References
1. Brandt, Karl (1901). The War on the Elbe. Leipzig: Insel. p. 12.
"""
COLUMNS = ("losses.saxon_army.killed", "losses.prussian_army.killed")


def joined(first: str, second: str) -> Dossier:
    return extract_dossier(
        read_document(first.encode(), name="first"), read_document(second.encode(), name="second")
    )


def copying(dossier: Dossier) -> dict[str, tuple[float, bool, str]]:
    """By document: probability of copying, whether it repeats, the original's document."""
    model = compile_claims(dossier, draft_scenario(dossier), COLUMNS, {})
    place = {claim.id: claim.anchor.document for claim in dossier.claims}
    return {
        place[item.id]: (
            item.attestation.copying,
            item.attestation.repeats,
            place.get(item.attestation.original, ""),
        )
        for item in model.claims
        if item.about == COLUMNS[0]
    }


@pytest.mark.parametrize(("cited", "again"), [("", ""), ("[1]", "[1]"), ("", "[1]"), ("[1]", "")])
def test_a_copied_claim_leans_on_its_original_whoever_cites(cited, again):
    found = copying(joined(FORD.format(cited), FORD.format(again) + "It rained.\n"))
    assert found["first"][0] == 0.0
    assert found["second"] == (0.8, True, "first")


def test_a_copy_that_says_something_else_does_not_repeat():
    other = FORD.format("").replace("90", "95")
    assert copying(joined(FORD.format(""), other))["second"] == (0.8, False, "first")


def test_documents_in_their_own_words_are_two_witnesses():
    own = (
        "Elm Ford\n\nThe Battle of Elm Ford was fought between the Saxon Army and the Prussian "
        "Army on 3 May 1862. Of its men the Saxon Army lost 90 killed.\n"
    )
    found = copying(joined(FORD.format(""), own))
    assert found["first"][0] == found["second"][0] == 0.0


def test_whoever_denies_it_makes_two_witnesses_of_them(tmp_path):
    both = joined(FORD.format(""), FORD.format("") + "It rained.\n")
    questions = tuple(
        q.model_copy(update={"answer": "narrator_2 does not copy narrator"})
        if q.topic == "copying"
        else q
        for q in both.questions
    )
    path = tmp_path / "dossier.yaml"
    save_record(both.model_copy(update={"questions": questions}).with_texts(*both.texts), path)
    found = copying(load_dossier(path))
    assert found["first"][0] == found["second"][0] == 0.0
