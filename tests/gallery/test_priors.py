"""The learned table: it says what the battles say, and how it was made is known."""

from __future__ import annotations

import json

import numpy as np
import pytest

from inje.datasets import cdb90
from inje.gallery import priors
from inje.gallery._battles import ERAS, battles
from inje.gallery._prior_model import design
from inje.scenario._learned import learned_era, learned_table


@pytest.fixture
def data_design(data, monkeypatch):
    monkeypatch.setenv("INJE_DATA", str(data))
    return design(battles(cdb90()))


def test_the_shipped_table_converged_and_is_small():
    text = priors.TABLE.read_text(encoding="utf-8")
    shipped = json.loads(text)
    assert len(text) < 200_000
    assert shipped["version"] == 1
    assert shipped["battles"] == 652
    assert shipped["sampler"]["divergences"] == 0
    assert shipped["sampler"]["r_hat_max"] < 1.02
    assert shipped["sampler"]["ess_bulk_min"] > 200
    assert "NaN" not in text


@pytest.mark.parametrize("year", [1650, 1866, 1916, 1944, 1990])
def test_eras_by_year(year):
    first = max(start for start in ERAS.values() if start <= year)
    assert learned_era(year).name.startswith(str(first))


@pytest.mark.parametrize("year", [None, -490, 1599, 1991])
def test_outside_the_table_any_era_is_wider(year):
    era = learned_era(year)
    assert era.name == "any"
    inside = learned_era(1944).rates(9000, 6000, 1.0)
    assert np.trace(era.rates(9000, 6000, 1.0).parameters) > np.trace(inside.parameters)


@pytest.mark.parametrize("place", range(4))
def test_mean_rates_of_an_era_are_those_of_its_battles(data_design, place):
    era = learned_table().eras[list(ERAS)[place]]
    rows = data_design.era == place
    inputs = np.concatenate([np.ones((rows.sum(), 2, 1)), data_design.predictors[rows]], axis=2)
    fitted = (inputs * era.mean.reshape(2, 4)).sum(axis=2)
    gap = data_design.rates[rows].mean(axis=0) - fitted.mean(axis=0)
    # What is left is the wars of the era, of which a few hold most battles.
    assert np.abs(gap).max() < 2 * np.sqrt(era.war.diagonal()).max()


def test_spread_covers_the_battles(data_design):
    inside = []
    for place, name in enumerate(ERAS):
        era = learned_table().eras[name]
        for row in np.flatnonzero(data_design.era == place):
            own, opponents, days = data_design.predictors[row, 0]
            said = era.rates(16_000 * np.exp(own), 16_000 * np.exp(opponents), np.exp(days))
            sd = np.sqrt(said.covariance.diagonal())
            inside.append(np.abs(data_design.rates[row] - said.mean) < 1.645 * sd)
    assert np.mean(inside) == pytest.approx(0.9, abs=0.04)


def test_rates_of_the_second_world_war_depend_on_strength():
    """Attackers on defenders: less per log of opponents, more per log of own strength."""
    own, opponents, days = learned_era(1944).slopes[1]
    assert 0.3 < own < 0.8
    assert -1.0 < opponents < -0.4
    assert days < 0


def test_unknown_days_and_strengths_widen():
    era = learned_era(1862)
    known = era.rates(20_000, 15_000, 0.5)
    unknown_days = era.rates(20_000, 15_000)
    unsure = era.rates(20_000, 15_000, 0.5, log_strength_sd=(0.5, 0.3))
    assert (np.linalg.eigvalsh(unknown_days.covariance - unknown_days.inputs) > 0).all()
    assert np.trace(unknown_days.inputs) > 0
    assert (known.inputs == 0).all()
    own, opponents, _ = era.slopes.T
    assert unsure.inputs[0, 0] == pytest.approx((0.5 * own[0]) ** 2 + (0.3 * opponents[0]) ** 2)
    assert unsure.inputs[1, 1] == pytest.approx((0.3 * own[1]) ** 2 + (0.5 * opponents[1]) ** 2)
    assert known.mean == pytest.approx(unsure.mean)


def test_larger_forces_fight_longer():
    era = learned_era(1944)
    small, _ = era.log_days(2_000, 1_500)
    large, spread = era.log_days(200_000, 150_000)
    assert large > small
    assert spread > 0.3


def test_force_ratio_is_that_of_the_battles(data_design):
    rows = data_design.era == 3
    era = learned_era(1944)
    assert era.ratio_mean == pytest.approx(data_design.ratio[rows].mean(), abs=0.05)
    assert era.ratio_sd == pytest.approx(data_design.ratio[rows].std(), abs=0.05)


def test_losing_more_goes_with_losing():
    for era in learned_table().eras.values():
        assert era.winning_mean[2] < 0


def made_draws(count=40):
    rng = np.random.default_rng(2)
    shapes = {
        "intercept": (4, 2), "slope": (4, 2, 3), "intercept_centre": (2,), "slope_centre": (2, 3),
        "days_slope": (4, 3), "days_centre": (3,), "win_slope": (4, 3), "win_centre": (3,),
        "ratio_mean": (4,), "ratio_centre": (), "posture": (4, 2), "ground": (7, 2),
    }  # fmt: skip
    positive = {
        "intercept_pool": (), "slope_pool": (3,), "days_pool": (3,), "win_pool": (3,),
        "ratio_pool": (), "ratio_sd": (4,), "days_sd": (4,), "days_war_sd": (), "war_sd": (2,),
        "residual_scale": (4, 2),
    }  # fmt: skip
    made = {name: rng.normal(size=(count, *shape)) for name, shape in shapes.items()}
    made |= {name: rng.uniform(0.5, 1, (count, *shape)) for name, shape in positive.items()}
    made["freedom"] = rng.uniform(5, 9, count)
    made["war_correlation"] = np.full(count, 0.5)
    made["residual_correlation"] = rng.uniform(-0.5, 0.5, (count, 4))
    return made


def test_table_holds_the_moments_of_the_draws(data_design):
    draws = made_draws()
    made = priors.table(draws, data_design, {"name": "made up"})
    era = made["eras"]["1800-1899"]
    expected = np.concatenate([draws["intercept"][:, 1, :1], draws["slope"][:, 1, 0]], axis=1).mean(
        axis=0
    )
    assert era["mean"][:4] == pytest.approx(expected, abs=1e-5)
    assert np.linalg.eigvalsh(era["covariance"]).min() > -1e-4
    war = np.array(made["war_covariance"])
    assert war[0, 1] == pytest.approx(0.5 * draws["war_sd"].prod(axis=1).mean(), abs=1e-5)
    assert made["eras"]["any"]["battles"] == 652
    assert (made["eras"]["1939-1990"]["first"], made["eras"]["1939-1990"]["last"]) == (1939, 1990)
    json.dumps(made, allow_nan=False)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_short_run_writes_a_table(data_design, tmp_path):
    pytest.importorskip("pymc")
    output = tmp_path / "table.json"
    arguments = ["--draws", "30", "--tune", "60", "--chains", "1", "--output", str(output)]
    assert priors.main(arguments) == 0
    assert json.loads(output.read_text())["battles"] == 652
