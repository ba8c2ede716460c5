"""What another prior would have made of it: by weights, and by conditioning again."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from tests.posterior.test_calibrating import ASSUMED, _claim, _dossier, _scenario

import inje
from inje.errors import PathError
from inje.posterior import headline_figures, prior_sensitivity
from inje.posterior._sensitivity import _spread
from inje.scenario import Prior, Quantity


@pytest.fixture(name="scenario", scope="module")
def _fixture():
    return _scenario(
        _dossier(
            _claim("c1", "strength.red", "azimi", best=300, vagueness="rounded", to=100),
            _claim("c2", "losses.blue.total", "book", best=15),
        )
    )


@pytest.fixture(name="posterior", scope="module")
def _posterior(scenario):
    return inje.condition(scenario, seed=1, ess=3000, threads=1)


def test_weights_give_what_conditioning_again_gives(scenario, posterior):
    rows = prior_sensitivity(posterior, ["strength.red", "losses.blue.total"])
    found = {(r.parameter, r.change, r.target): r for r in rows}
    changes = {
        "spread x 2": {"median": 200, "sigma": 1.0},
        "one spread down": {"median": 200 * 2.718281828**-0.5, "sigma": 0.5},
    }
    for change, prior in changes.items():
        force = scenario.forces[0].model_copy(
            update={"strength": Quantity(prior=Prior(family="lognormal", **prior), **ASSUMED)}
        )
        other = scenario.model_copy(update={"forces": (force, *scenario.forces[1:])})
        again = inje.condition(other.with_dossier(scenario.dossier), seed=5, ess=3000, threads=1)
        truth = again.summary().row("strength.red").posterior
        row = found["strength.r", change, "strength.red"]
        assert row.after == pytest.approx(truth, rel=0.12)
        assert row.before == pytest.approx(posterior.summary().row("strength.red").posterior)
        assert row.ess > 300


def test_the_largest_shift_comes_first(posterior):
    rows = prior_sensitivity(posterior, ["strength.red"])
    shifts = [abs(row.shift) for row in rows if row.shift is not None]
    assert shifts == sorted(shifts, reverse=True)
    assert rows[0].parameter == "strength.r"
    # What bears on the target through nothing hardly moves it.
    blue = max(abs(r.shift) for r in rows if r.parameter == "strength.b" and r.shift is not None)
    assert blue < shifts[0] / 2


def test_headline_figures_are_those_that_worlds_have(posterior):
    assert headline_figures(posterior) == (
        "strength.red", "strength.blue", "losses.red.total", "losses.blue.total", "duration",
    )  # fmt: skip


def test_only_informed_figures_are_headlines(posterior):
    named = {row.target for row in prior_sensitivity(posterior)}
    assert "losses.blue.total" in named
    assert named == {row.name for row in posterior.summary() if row.informed}


def test_too_large_a_change_is_said_to_be_one(posterior):
    few = posterior.resampled(150)
    small = type(posterior)(
        posterior.scenario, posterior.claims, posterior.prior,
        {name: values[few] for name, values in posterior.draws.items()},
        posterior.labels, posterior.units, posterior.log_weight[few] * 0, posterior.world[few],
        posterior.group[few], posterior.diagnostics,
    )  # fmt: skip
    assert all(r.after is None for r in prior_sensitivity(small, ["strength.red"]))


@pytest.mark.parametrize("target", ["strength.green", "winner"])
def test_what_has_no_quantiles_is_refused(posterior, target):
    with pytest.raises(PathError):
        prior_sensitivity(posterior, [target])


def test_the_product_is_informed_where_its_factors_are_less(posterior):
    table = posterior.summary()
    product = next(row for row in table.products if row.name.endswith("losses of blue"))
    rate = table.row("rate.e.attacker")
    assert product.informed
    assert product.divergence.value > 3 * rate.divergence.value
    assert product.posterior[2] - product.posterior[0] < product.prior[2] - product.prior[0]
    assert "rate x strength x days" in str(table)


def test_the_spread_of_what_happened_and_one_where_there_is_none():
    made = SimpleNamespace(
        weights=np.array([0.1, 0.3, 0.6]),
        draws={
            "x": np.array([1.0, 3.0, np.inf]),
            "flat": np.full(3, 7.0),
            "never": np.full(3, np.inf),
        },
    )
    assert _spread(made, "x") == pytest.approx(np.sqrt(0.25 * 0.75 * 4))
    assert _spread(made, "flat") == 1.0
    assert _spread(made, "never") == 1.0
