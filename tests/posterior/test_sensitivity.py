"""What another prior would have made of it: by weights, and by conditioning again."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from scipy import stats
from tests.posterior.test_calibrating import ASSUMED, _claim, _dossier, _scenario

import inje
from inje.errors import PathError
from inje.posterior import headline_figures, prior_sensitivity
from inje.posterior._sensitivity import _judged, _spread, with_errors
from inje.posterior._statistics import GROUPS, QUANTILES, Weighted
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


# ---- beside naive twins: draws that no battle made ----


def made_up(family, size=3000, *, dead=0, groups=32):
    """Draws of one strength from its own prior, weighed by nothing in particular."""
    rng = np.random.default_rng(12)
    if family == "normal":
        prior, x = Prior(family="normal", mean=200.0, sd=20.0), rng.normal(200, 20, size)
    else:
        prior = Prior(family="lognormal", median=200.0, sigma=0.3)
        x = 200 * np.exp(0.3 * rng.standard_normal(size))
    scenario = _scenario(_dossier())
    force = scenario.forces[0].model_copy(update={"strength": Quantity(prior=prior, **ASSUMED)})
    log_weight = 0.3 * rng.standard_normal(size)
    log_weight[:dead] = -np.inf
    group = rng.integers(0, groups, size)
    weighted = Weighted.of(log_weight, group)
    return SimpleNamespace(
        scenario=scenario.model_copy(update={"forces": (force, *scenario.forces[1:])}),
        draws={"strength.r": x, "half": x / 2}, labels={}, column=lambda name: name,
        log_weight=log_weight, weights=weighted.weight, group=group, weighted=weighted,
    )  # fmt: skip


def density(family, x, **changed):
    """Of the prior of `made_up`, or of another."""
    if family == "normal":
        own = {"mean": 200.0, "sd": 20.0, **changed}
        return stats.norm.pdf(x, own["mean"], own["sd"])
    own = {"median": 200.0, "sigma": 0.3, **changed}
    return stats.lognorm.pdf(x, own["sigma"], scale=own["median"])


CHANGED = {
    "normal": {
        "spread x 2": {"sd": 40.0}, "one spread up": {"mean": 220.0},
        "one spread down": {"mean": 180.0},
    },
    "lognormal": {
        "spread x 2": {"sigma": 0.6}, "one spread up": {"median": 200 * np.exp(0.3)},
        "one spread down": {"median": 200 * np.exp(-0.3)},
    },
}  # fmt: skip


def naive_quantile(x, weight, level):
    order = np.argsort(x)
    total = np.cumsum(weight[order])
    return x[order][np.searchsorted(total, level * total[-1] * (1 - 1e-12))]


def naive_errors(x, weight, group):
    """Errors of three quantiles, and the median without each group."""
    without = np.array(
        [
            [naive_quantile(x[group != g], weight[group != g], level) for level in QUANTILES]
            for g in range(GROUPS)
        ]
    )
    n = len(without)
    return np.sqrt((n - 1) * without.var(axis=0)), without[:, 1]


@pytest.mark.parametrize("family", ["normal", "lognormal"])
def test_every_changed_prior_weighs_by_the_ratio_of_densities(family):
    made = made_up(family)
    x = made.draws["strength.r"]
    rows = with_errors(made, prior_sensitivity(made, ["strength.r", "half"]))
    found = {(row.change, row.target): row for row in rows}
    assert len(found) == len(rows) == 6
    spread = float(np.sqrt(np.average((x - np.average(x, weights=made.weights)) ** 2,
                                      weights=made.weights)))  # fmt: skip
    then, medians = naive_errors(x, made.weights, made.group)
    for change, other in CHANGED[family].items():
        ratio = density(family, x, **other) / density(family, x)
        weight = made.weights * ratio
        row = found[change, "strength.r"]
        assert row.parameter == "strength.r"
        assert row.ess == pytest.approx(weight.sum() ** 2 / np.square(weight).sum())
        assert row.before == tuple(naive_quantile(x, made.weights, level) for level in QUANTILES)
        assert row.after == tuple(naive_quantile(x, weight, level) for level in QUANTILES)
        assert row.shift == pytest.approx((row.after[1] - row.before[1]) / spread)
        assert found[change, "half"].shift == pytest.approx(row.shift), "in its own spreads"
        now, other_medians = naive_errors(x, weight, made.group)
        assert row.before_errors == pytest.approx(then)
        assert row.after_errors == pytest.approx(now)
        moved = other_medians - medians
        expected = np.sqrt((len(moved) - 1) * moved.var()) / spread
        assert row.shift_error == pytest.approx(expected)
    assert found["one spread up", "half"].shift > 0 > found["one spread down", "half"].shift
    assert abs(rows[0].shift) >= abs(rows[-1].shift)


def test_what_cannot_be_judged_comes_last_and_has_errors_of_before_alone():
    """Three hundred draws: two hundred stay effective with twice the spread, not one spread off."""
    made = made_up("normal", 300)
    rows = with_errors(made, prior_sensitivity(made, ["half"]))
    judged = [row.after is not None for row in rows]
    assert judged == sorted(judged, reverse=True)
    assert not all(judged)
    last = rows[-1]
    assert last.ess < 200
    assert (last.shift, last.after_errors, last.shift_error) == (None, None, None)
    assert last.before_errors == pytest.approx(
        naive_errors(made.draws["half"], made.weights, made.group)[0]
    )


def test_draws_that_are_impossible_stay_so():
    made = made_up("lognormal", 2000, dead=700)
    for row in prior_sensitivity(made, ["strength.r"]):
        x = made.draws["strength.r"][700:]
        weight = made.weights[700:] * density("lognormal", x, **CHANGED["lognormal"][row.change])
        weight = weight / density("lognormal", x)
        assert row.ess == pytest.approx(weight.sum() ** 2 / np.square(weight).sum())


def test_where_one_group_has_all_the_weight_the_medians_have_their_own_errors():
    """Without that group nothing is left after the change, so that there is nothing to pair."""
    made = made_up("normal", 2000, groups=2)
    row = prior_sensitivity(made, ["half"])[0]
    before = np.array([[1.0, 2.0, 3.0], [1.5, 2.5, 3.5], [1.0, 2.2, 3.0]])
    found = _judged(row, before, made, Weighted.of(made.log_weight, made.group))
    after = naive_errors(made.draws["half"], made.weights, made.group)[0]
    spread = _spread(made, "half")
    expected = np.hypot(np.sqrt(2 * before[:, 1].var()), after[1]) / spread
    assert found.shift_error == pytest.approx(expected)
