"""The political game stands among the assumptions of a report."""

from __future__ import annotations

from pathlib import Path

from inje.reporting._views import assumptions
from inje.reporting._wording import Wording
from inje.scenario import Scenario, load_scenario_and_record


def example(root: Path) -> Scenario:
    return load_scenario_and_record(root / "examples" / "inje-1946" / "scenario.yaml")


def test_every_number_of_the_game_is_listed_with_its_range(root):
    scenario = example(root)
    found = {item.path: item for item in assumptions(scenario, Wording(scenario, scenario.dossier))}
    assert {"crisis.precision", "crisis.bargain.costs.ang", "crisis.cabinet.ahmad"} <= set(found)
    probe = found["crisis.payoffs.mover.probe"]
    assert "attack and persist +0.8" in probe.prior
    assert "between 1/2 and 2 times" in probe.prior
    assert all(item.why for item in found.values())
    # The cabinet is a contest here, not a player.
    assert not any(path.startswith("crisis.payoffs.cabinet") for path in found)


def test_without_a_game_nothing_is_said_of_one(root):
    scenario = example(root)
    bare = scenario.model_copy(update={"crisis": None}).with_dossier(scenario.dossier)
    paths = [item.path for item in assumptions(bare, Wording(bare, scenario.dossier))]
    assert paths
    assert not any(path.startswith("crisis") for path in paths)
