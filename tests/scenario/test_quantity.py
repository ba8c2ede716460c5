"""Priors by inversion, against scipy's distributions and against their own densities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy import integrate, stats

from inje.scenario import Choice, Prior, Quantity, log_density, quantile

GRID = np.linspace(0.001, 0.999, 199)
PAIRS = [
    (Prior(family="normal", mean=1, sd=2), stats.norm(1, 2)),
    (Prior(family="lognormal", median=3, sigma=0.7), stats.lognorm(0.7, scale=3)),
    (Prior(family="uniform", low=-1, high=4), stats.uniform(-1, 5)),
    (Prior(family="loguniform", low=0.5, high=80), stats.loguniform(0.5, 80)),
    (Prior(family="beta", a=2, b=5), stats.beta(2, 5)),
    (Prior(family="gamma", shape=0.7, mean=0.1), stats.gamma(0.7, scale=0.1 / 0.7)),
    (Prior(family="exponential", mean=3), stats.expon(scale=3)),
]


def said(prior: Prior, **kind: object) -> Quantity:
    return Quantity(prior=prior, assumed="for the test", **kind)


@pytest.mark.parametrize(("prior", "law"), PAIRS, ids=lambda x: getattr(x, "family", ""))
def test_quantiles_and_densities_are_those_of_the_family(prior, law):
    assert np.allclose(quantile(said(prior), GRID, {}), law.ppf(GRID))
    x = law.ppf(GRID)
    assert np.allclose(log_density(said(prior), x), law.logpdf(x))


@pytest.mark.parametrize(
    "prior",
    [
        Prior(family="normal", mean=1, sd=2, low=0, high=5),
        Prior(family="lognormal", median=800, sigma=1.1, low=15, high=1e5),
        Prior(family="gamma", shape=4, mean=0.7, high=1),
        Prior(family="exponential", mean=2, low=1),
    ],
    ids=lambda prior: prior.family,
)
def test_truncated_priors_stay_inside_and_integrate_to_one(prior):
    draws = quantile(said(prior), GRID, {})
    least = -np.inf if prior.low is None else prior.low
    most = np.inf if prior.high is None else prior.high
    assert (draws >= least).all()
    assert (draws <= most).all()
    mass, _ = integrate.quad(
        lambda x: float(np.exp(log_density(said(prior), np.array([x]))[0])),
        max(least, 0),
        min(most, 1e5 if prior.family == "lognormal" else 100),
        limit=500,
        points=[max(least, 0) + 1, 100] if prior.family == "lognormal" else None,
    )
    assert mass == pytest.approx(1, abs=2e-3)


@given(u=st.floats(0.001, 0.999), other=st.floats(1, 1e6), power=st.floats(-2, 2))
def test_a_derived_median_moves_with_the_other_quantity(u, other, power):
    plain = Prior(family="lognormal", median=3, sigma=0.5)
    derived = Prior(
        family="lognormal", median=3, sigma=0.5, derives_from={"x": power}, at={"x": 10.0}
    )
    factor = (other / 10) ** power
    got = quantile(said(derived), np.array([u]), {"x": np.array([other])})
    assert np.allclose(got, factor * quantile(said(plain), np.array([u]), {}), rtol=1e-9)


def test_whole_quantities_are_whole():
    draws = said(Prior(family="lognormal", median=8, sigma=1), whole=True).quantile(GRID)
    assert np.array_equal(draws, np.rint(draws))


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"family": "normal", "mean": 1}, "needs"),
        ({"family": "uniform", "low": 2, "high": 1}, "not below"),
        ({"family": "lognormal", "median": 3, "sigma": 1, "low": 9, "high": 9}, "not below"),
        ({"family": "lognormal", "median": -3, "sigma": 1}, "greater than 0"),
        ({"family": "loguniform", "low": 0, "high": 1}, "above 0"),
        ({"family": "normal", "mean": float("nan"), "sd": 1}, "finite"),
        ({"family": "beta", "a": 1, "b": 1, "derives_from": {"x": 1}}, "only a lognormal"),
        ({"family": "gauss", "mean": 1, "sd": 1}, "normal"),
    ],
)
def test_what_is_no_distribution_is_refused(fields, word):
    with pytest.raises(ValidationError, match=word):
        Prior(**fields)


def test_a_number_needs_a_reason_and_exactly_one_of_value_and_prior():
    with pytest.raises(ValidationError, match="assumed"):
        Quantity(value=3)
    with pytest.raises(ValidationError, match="either"):
        Quantity(assumed="why")
    with pytest.raises(ValidationError, match="needs"):
        Choice(options={"a": 1.0})
