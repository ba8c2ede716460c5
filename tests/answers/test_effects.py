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


def test_bounds_and_ends_scatter_as_their_errors_say():
    """A hundred samples of 6,000 pairs of Poisson losses; a spread of these is known to 7 %."""
    found = []
    for seed in range(100):
        random = np.random.default_rng(seed)
        ten, more = random.poisson(10, 6000), random.poisson(5, 6000)
        before, after = ten + more >= 15, ten >= 15
        changed = random.normal(0, 1, 6000)
        ends = effect_of("loss", np.zeros(6000), changed, np.ones(6000))
        found.append((causation("loss >= 15", before, after, np.ones(6000), "nested"), ends))
    told = np.array([
        [*c.necessity_bounds, *c.sufficiency_bounds, e.low, e.high] for c, e in found
    ])  # fmt: skip
    errors = np.array([
        [*c.necessity_bounds_errors, *c.sufficiency_bounds_errors, e.low_error, e.high_error]
        for c, e in found
    ])  # fmt: skip
    scatter, claimed = told.std(axis=0, ddof=1), np.sqrt(np.mean(errors**2, axis=0))
    # The upper bound of necessity is 1 in all samples: nearly as many lose at most 14.
    fixed = scatter < 1e-12
    assert (claimed[fixed] < 1e-12).all()
    assert claimed[~fixed][:-2] == pytest.approx(scatter[~fixed][:-2], rel=0.35)
    assert claimed[-2:] == pytest.approx(scatter[-2:], rel=0.6)  # a quantile's jackknife is rough
