"""`inje.calibrate`: a scenario's own record drawn again and again, and the truth's rank."""

from __future__ import annotations

import numpy as np
import pytest

import inje
from inje.dossier import Claim, Dossier, Entity, Source, Value
from inje.errors import ModelError, OptionError
from inje.posterior import _calibration
from inje.scenario import (
    Choice,
    Clock,
    Engagement,
    Force,
    Place,
    Prior,
    Quantity,
    Scenario,
    Side,
)

ASSUMED = {"assumed": "a test"}


def _prior(median, sigma):
    return Quantity(prior=Prior(family="lognormal", median=median, sigma=sigma), **ASSUMED)


def _claim(id_, about, holder, **value):
    return Claim(
        id=id_, kind="report", holders=("narrator", holder), about=about, value=Value(**value)
    )


def _dossier(*claims):
    return Dossier(
        sources=(Source(id="book", title="A book", reliability="B"),),
        entities=(
            Entity(id="narrator", kind="narrator", name="the article"),
            Entity(id="azimi", kind="person", name="General Azimi", side="blue", reliability="C"),
        ),
        claims=claims,
    )


def _scenario(dossier):
    return Scenario(
        title="a test",
        clock=Clock(start="1946-04-17", end="1946-04-20"),
        sides=(Side(id="red", name="Red"), Side(id="blue", name="Blue")),
        places=(Place(id="hill", name="Hill", contested=True),),
        forces=(
            Force(id="r", side="red", strength=_prior(200, 0.5), place="hill"),
            Force(id="b", side="blue", strength=_prior(150, 0.5), place="hill"),
        ),
        engagements=(
            Engagement(
                id="e", place="hill", sides=("red", "blue"), attacker="attacker",
                rates={"attacker": _prior(0.01, 0.7), "defender": _prior(0.02, 0.7)},
            ),
        ),
        causes={"attacker": Choice(options={"red": 1, "blue": 1}, **ASSUMED)},
    ).with_dossier(dossier)  # fmt: skip


@pytest.fixture(name="scenario", scope="module")
def _fixture():
    return _scenario(
        _dossier(
            _claim("c1", "strength.red", "azimi", best=300, vagueness="rounded", to=100),
            _claim("c2", "losses.blue.total", "book", best=15),
            _claim("c3", "losses.red.total", "azimi", best=9),
            _claim("c4", "attacker", "azimi", best="red"),
            _claim("c5", "duration", "book", low=2, high=3, vagueness="between"),
        )
    )


def test_a_scenario_is_calibrated(scenario):
    found = inje.calibrate(scenario, battles=200, worlds=1 << 13, seed=2, threads=1)
    assert found.holds, found.p_values
    assert found.left_out == ("c5",)
    assert {
        "strength.red", "rate.e.attacker", "winner", "log likelihood", "reliability of azimi",
        "rate x strength x days: e, losses of blue", "attacker", "losses.red.total",
    } <= set(found.ranks)  # fmt: skip
    assert found.weakest > 10
    assert all(ranks.shape == (200,) for ranks in found.ranks.values())


@pytest.mark.slow
def test_a_scenario_is_calibrated_at_full_size(scenario):
    found = inje.calibrate(scenario, battles=2000, worlds=1 << 15, seed=3)
    assert found.holds, found.p_values


def test_weights_that_are_too_sure_are_caught(scenario, monkeypatch):
    honest = _calibration.effective_size
    spoiled = inje.posterior.ClaimModel.log_weight
    monkeypatch.setattr(
        inje.posterior.ClaimModel, "log_weight", lambda self, worlds: 2.5 * spoiled(self, worlds)
    )
    found = inje.calibrate(scenario, battles=200, worlds=1 << 13, seed=2, threads=1)
    assert honest is _calibration.effective_size
    assert not found.holds


def test_no_number_depends_on_the_threads(scenario):
    one, two = (inje.calibrate(scenario, battles=8, worlds=1 << 14, threads=n) for n in (1, 2))
    assert one.p_values == two.p_values
    assert all(np.array_equal(one.ranks[name], two.ranks[name]) for name in one.ranks)


def test_what_cannot_be_calibrated_is_refused(scenario):
    bare = _scenario(_dossier(_claim("c5", "duration", "book", low=2, high=3)))
    with pytest.raises(ModelError, match="none of them can be drawn anew"):
        inje.calibrate(bare, battles=5, worlds=1 << 10)
    with pytest.raises(ModelError, match="carries no record"):
        inje.calibrate(Scenario.model_validate(scenario.model_dump(by_alias=True)), battles=5)
    with pytest.raises(OptionError, match="battles"):
        inje.calibrate(scenario, battles=0)
