"""What is asked of conditioning and would change nothing is refused, never passed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import inje
from inje.dossier import with_letters
from inje.ensemble import Ensemble, simulate_worlds
from inje.errors import InputError, OptionError
from inje.posterior import condition_scenario
from inje.scenario import Account, Scenario, load_scenario_and_record, refuse_lost_claims

EXAMPLE = Path(__file__).parents[2] / "examples/inje-1946/scenario.yaml"
MANY = 512


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario_and_record(EXAMPLE)


@pytest.fixture(scope="module")
def ensemble(scenario: Scenario) -> Ensemble:
    return simulate_worlds(scenario, worlds=MANY, seed=5)


def refused(words: Iterable[str], *arguments: object, **options: object) -> None:
    with pytest.raises(InputError) as caught:
        condition_scenario(*arguments, **options)  # pyright: ignore[reportArgumentType]
    fault = caught.value.faults[0]
    said = str(fault)
    assert all(word in said for word in words), said
    assert all((fault.where, fault.what, fault.allowed, fault.remedy))


def test_a_cut_claim_weighs_and_teaches_nothing(ensemble):
    whole = condition_scenario(ensemble)
    for cut in (("c16",), ["c16"]):
        found = condition_scenario(ensemble, cut=cut)
        assert [c.id for c in found.claims.claims if c.attestation.cut] == ["c16"]
        model, draws = found.claims, found.draws
        assert not np.allclose(model.log_weight(draws), model.without(cut).log_weight(draws))
    assert not any(claim.attestation.cut for claim in whole.claims.claims)


@pytest.mark.parametrize(
    ("cut", "words"),
    [
        (("c16", "zzz"), ("cut", "'zzz' is no claim", "c16")),
        ("c16", ("one word came, 'c16'", "cut=('c16',)")),
    ],
)
def test_cuts_of_nothing_are_refused(scenario, ensemble, cut, words):
    refused(words, ensemble, cut=cut)
    refused(words, scenario, cut=cut)


def with_accounts(scenario: Scenario, *accounts: Account) -> Scenario:
    assert scenario.dossier is not None
    changed = scenario.model_copy(update={"accounts": accounts, "crisis": None})
    return changed.with_dossier(scenario.dossier)


def test_accounts_that_no_world_tells_apart_are_refused(scenario, ensemble):
    first, *others = scenario.accounts
    idle = first.model_copy(update={"id": "idle", "sets": {}})
    twin = first.model_copy(update={"id": "twin"})
    for more, words in (
        (idle, ("account idle", "changes nothing")),
        (twin, ("account twin", f"sets the same as account {first.id}")),
    ):
        asked = with_accounts(scenario, first, *others, more)
        refused(words, asked)
        refused(words, replace(ensemble, scenario=asked))


def test_an_account_speaks_of_claims_that_were_made(scenario):
    lost = [a.model_copy(update={"says": {**a.says, "c999": 1.0}}) for a in scenario.accounts]
    refused(("'c999' is no claim of the record", "c16"), with_accounts(scenario, *lost))
    made = [a.model_copy(update={"says": {**a.says, "c1": 1.0}}) for a in scenario.accounts]
    assert with_accounts(scenario, *made).dossier
    refuse_lost_claims(with_accounts(scenario, *made))


def test_a_cut_claim_without_weight_says_why_it_has_none(ensemble):
    name, why = next(iter(condition_scenario(ensemble).claims.idle.items()))
    refused((f"claim {name!r} does not weigh: {why}",), ensemble, cut=(name,))


def test_the_most_worlds_bound_those_drawn(ensemble):
    for most, drawn in ((100, 100), (MANY, MANY), (10 * MANY, MANY)):
        assert condition_scenario(ensemble, max_worlds=most).diagnostics.worlds == drawn
    assert inje.condition(ensemble, max_worlds=1).diagnostics.worlds == 1
    refused(("max_worlds", "0", "above 0"), ensemble, max_worlds=0)


def test_grades_of_nobody_are_refused(scenario, ensemble):
    words = ("'nobody'", "azimi", "narrator")
    refused(words, ensemble, letters={"nobody": "A"})
    refused(words, scenario, letters={"nobody": "A"})
    graded = inje.condition(ensemble, letters={"azimi": "A", "narrator": "C"}).claims.letters
    assert (graded["azimi"], graded["narrator"]) == ("A", "C")


def test_the_command_line_names_sources_and_holders(scenario):
    record = scenario.dossier
    for stranger in ("nobody", "ang"):
        with pytest.raises(OptionError) as caught:
            with_letters(record, {stranger: "B"})
        allowed = caught.value.faults[0].allowed
        assert "azimi" in allowed
        assert "narrator" in allowed
        assert all(source.id in allowed for source in record.sources)
    graded = with_letters(record, {"azimi": "B"})
    assert {e.id: e.reliability for e in graded.entities}["azimi"] == "B"
