"""Necessity and sufficiency under couplings whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from inje.answers._effects import causation, effect_of

N = 400_000


def losses(nested: bool) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(11)
    ten = random.poisson(10, N)
    fifteen = ten + random.poisson(5, N) if nested else random.poisson(15, N)
    return fifteen, ten


@pytest.mark.parametrize(("nested", "necessity"), [(True, 0.844), (False, 0.917)])
def test_the_coupling_matters(nested, necessity):
    # Poisson 15 and 10, loss >= 15 (design of the engine): .844 nested, .917 independent.
    before, after = losses(nested)
    found = causation("loss >= 15", before >= 15, after >= 15, np.ones(N), "nested")
    assert found.necessity == pytest.approx(necessity, abs=0.003)
    least, most = found.necessity_bounds
    assert least - 1e-9 <= found.necessity <= most + 1e-9
    truth = 1 - stats.poisson.sf(14, 10) / stats.poisson.sf(14, 15)
    assert found.necessity_bounds[0] == pytest.approx(truth, abs=0.004)


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.floats(0.01, 1)), min_size=1))
def test_counts_lie_within_the_bounds(rows):
    before, after, weights = (np.array(column) for column in zip(*rows, strict=True))
    found = causation("x", before, after, weights, "any")
    for value, bounds in (
        (found.necessity, found.necessity_bounds),
        (found.sufficiency, found.sufficiency_bounds),
    ):
        assert (value is None) == (bounds is None)
        if value is not None:
            assert bounds[0] - 1e-9 <= value <= bounds[1] + 1e-9


def test_pairing_takes_the_common_noise_out():
    random = np.random.default_rng(2)
    noise = random.normal(0, 100, 1000)
    found = effect_of("x", noise, noise + 1, np.ones(1000))
    assert found.difference == pytest.approx(1)
    assert found.error < 1e-9
    assert (found.low, found.high) == pytest.approx((1, 1))


def test_each_number_has_the_error_of_its_own_mean():
    random = np.random.default_rng(2)
    noise = random.normal(0, 100, 1000)
    found = effect_of("x", noise, 2 * noise + 1, np.ones(1000), 0.25)
    assert found.before_error == pytest.approx(noise.std() / np.sqrt(250))
    assert found.after_error == pytest.approx(2 * found.before_error)
    assert found.error == pytest.approx(found.before_error)
