"""A posterior on the example's rival claims alone: quick, since nothing else has to be met."""

from __future__ import annotations

from pathlib import Path

import pytest

from inje.posterior import Posterior, condition_scenario
from inje.scenario import Scenario, load_scenario_and_record

#: who attacked, who was behind it, and the two moves of the game
RIVAL = frozenset({"c16", "c18", "c24", "c33", "r4", "r5", "r6"})


@pytest.fixture(scope="session")
def example(root: Path) -> Scenario:
    """The example's scenario with its record."""
    return load_scenario_and_record(root / "examples" / "inje-1946" / "scenario.yaml")


@pytest.fixture(scope="session")
def disputed(example: Scenario) -> Scenario:
    """The example with only those claims that the accounts dispute."""
    assert example.dossier is not None
    claims = tuple(claim for claim in example.dossier.claims if claim.id in RIVAL)
    dossier = example.dossier.model_copy(update={"claims": claims})
    said = tuple(
        account.model_copy(update={"says": {c: p for c, p in account.says.items() if c in RIVAL}})
        for account in example.accounts
    )
    return example.model_copy(update={"accounts": said}).with_dossier(dossier)


@pytest.fixture(scope="session")
def weighed(disputed: Scenario) -> Posterior:
    """Its posterior."""
    return condition_scenario(disputed, seed=1, ess=500, max_worlds=1 << 12, threads=1)
