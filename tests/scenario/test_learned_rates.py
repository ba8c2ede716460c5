"""Loss rates of a drafted battle: what the learned table forecasts, and no more."""

from __future__ import annotations

import math

import numpy as np
import pytest

from inje.document import read_document
from inje.dossier import extract_dossier
from inje.ensemble import simulate_worlds
from inje.scenario import draft_scenario
from inje.scenario._draft_combat import (
    ORDER_OF_MAGNITUDE,
    SMALL,
    WIDENED,
    learned_from,
    learned_rates,
)
from inje.scenario._learned import learned_era

ARTICLE = """The Battle of Old Ford

The Battle of Old Ford was fought on 3 May 1863 between the Northern Army and the Southern Army.
The Northern Army attacked with 5,000 men. The Southern Army lost 300 men killed and wounded.
"""
SPREAD = (ORDER_OF_MAGNITUDE, ORDER_OF_MAGNITUDE)


@pytest.mark.parametrize("year", [1650, 1863, 1916, 1946, None])
@pytest.mark.parametrize(("attackers", "defenders"), [(500.0, 800.0), (80_000.0, 60_000.0)])
def test_the_draft_states_the_forecast_of_the_table(year, attackers, defenders):
    era = learned_era(year)
    rates, joint = learned_rates(era, attackers, defenders, 3.0, "clash")
    expected = era.rates(attackers, defenders, 3.0, SPREAD)
    wider = WIDENED if min(attackers, defenders) < SMALL else 1.0
    sds = np.sqrt(np.diag(expected.covariance))
    for i, role in enumerate(("attacker", "defender")):
        prior = rates[role].prior
        assert math.log(prior.median) == pytest.approx(expected.mean[i], abs=1e-3)
        assert prior.sigma == pytest.approx(sds[i] * wider, abs=1e-4)
        assert ("extrapolates" in rates[role].assumed) == (wider > 1.0)
        assert learned_from(era) in rates[role].source
    assert joint.correlation[0][1] == pytest.approx(
        expected.covariance[0, 1] / sds.prod(), abs=1e-4
    )


def test_a_drafted_battle_draws_both_rates_together():
    scenario = draft_scenario(extract_dossier(read_document(ARTICLE.encode())))
    (joint,) = scenario.joint
    worlds = simulate_worlds(scenario, worlds=20_000, seed=5, paths=list(joint.quantities))
    logs = np.log(np.array([worlds[path] for path in joint.quantities]))
    wanted = joint.correlation[0][1]
    assert np.corrcoef(logs)[0, 1] == pytest.approx(wanted, abs=5 * (1 - wanted**2) / 141)
