"""Weighted means, quantiles and divergences beside naive twins that leave groups out one by one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from inje.posterior import weighted_quantiles
from inje.posterior._statistics import (
    CELLS,
    GROUPS,
    QUANTILES,
    Weighted,
    divergence,
    sorted_quantiles,
)


def quantile(pairs, level):
    """The first value whose cumulated weight reaches the level."""
    pairs = sorted(pairs)
    aim, total = level * math.fsum(w for _, w in pairs) * (1 - 1e-12), 0.0
    for value, weight in pairs:
        total += weight
        if total >= aim:
            return value
    return pairs[-1][0]


def jackknife(values):
    finite = [one for one in values if math.isfinite(one)]
    if len(finite) < 2:
        return 0.0
    mean = math.fsum(finite) / len(finite)
    return math.sqrt((len(finite) - 1) / len(finite) * sum((one - mean) ** 2 for one in finite))


def drawn(size, seed, groups=GROUPS):
    random = np.random.default_rng(seed)
    weighted = Weighted.of(random.standard_normal(size), random.integers(0, groups, size))
    return weighted, random.standard_normal(size)


def left_out(weighted, statistic):
    found = []
    for g in range(GROUPS):
        rows = weighted.group != g
        if weighted.weight[~rows].sum() > 0 and weighted.weight[rows].sum() > 0:
            found.append(statistic(rows))
    return found


@pytest.mark.parametrize(("size", "groups"), [(5, 2), (300, 32), (700, 3), (1500, 32)])
def test_a_mean_and_its_error(size, groups):
    weighted, values = drawn(size, size, groups)
    found = weighted.mean(values)
    assert found.value == pytest.approx(float(weighted.weight @ values), rel=1e-12)
    without = left_out(
        weighted, lambda rows: np.average(values[rows], weights=weighted.weight[rows])
    )
    assert found.error == pytest.approx(jackknife(without), rel=1e-9)


@pytest.mark.parametrize(("size", "groups"), [(5, 2), (256, 32), (257, 32), (700, 3), (1500, 32)])
def test_quantiles_and_their_errors(size, groups):
    weighted, values = drawn(size, size + 1, groups)
    values = np.round(values, 2)  # with ties
    values[::50] = np.nan
    never = np.where(np.isnan(values), np.inf, values)
    pairs = list(zip(never.tolist(), weighted.weight.tolist(), strict=True))
    for level, found in zip(QUANTILES, weighted.quantiles(values), strict=True):
        assert found.value == quantile(pairs, level)
        without = [
            quantile([p for p, on in zip(pairs, rows, strict=True) if on], level)
            for rows in (
                weighted.group != g
                for g in range(GROUPS)
                if weighted.weight[weighted.group != g].sum() > 0
            )
        ]
        assert found.error == pytest.approx(jackknife(without), abs=1e-12)
    assert weighted_quantiles(values, weighted.weight).tolist() == [
        quantile(pairs, level) for level in QUANTILES
    ]
    assert sorted_quantiles(values, (0.5,))(weighted.weight) == (quantile(pairs, 0.5),)


def test_a_level_that_is_met_exactly_is_met():
    """Four equal weights: the first holds a quarter, though sums of floats may fall short."""
    tenth = np.full(10, 0.1)
    levels = tuple((i + 1) / 10 for i in range(10))
    assert weighted_quantiles(np.arange(10.0), tenth, levels).tolist() == list(range(10))


def test_weights_sum_to_one_whatever_their_size_and_dead_ones_are_nothing():
    weighted = Weighted.of(np.array([-800.0, -801.0, -np.inf]), np.array([0, 33, 5]))
    e = math.exp(-1)
    assert weighted.weight.tolist() == pytest.approx([1 / (1 + e), e / (1 + e), 0.0])
    assert weighted.group.tolist() == [0, 1, 5]
    dead = Weighted.of(np.full(3, -np.inf), np.arange(3))
    assert dead.weight.tolist() == [0, 0, 0]
    assert dead.mean(np.ones(3)).value == 0.0
    equal = Weighted.equal(40)
    assert equal.weight.tolist() == [1 / 40] * 40
    assert equal.group.tolist() == [i % GROUPS for i in range(40)]
    assert Weighted.equal(0).weight.size == 0
    assert Weighted.equal(1).weight.tolist() == [1.0]


def test_one_group_alone_has_no_error():
    weighted = Weighted(np.array([0.5, 0.5]), np.array([3, 3]))
    assert weighted.mean(np.array([1.0, 3.0])).error == 0.0
    assert weighted.mean(np.array([1.0, 3.0])).value == 2.0


def bits(p, q):
    p, q = [x / sum(p) for x in p], [x / sum(q) for x in q]
    total = 0.0
    for a, b in zip(p, q, strict=True):
        middle = (a + b) / 2
        total += a * math.log2(a / middle) if a else 0.0
        total += b * math.log2(b / middle) if b else 0.0
    return total / 2


def counted(cells, weight, size, group=None, without=None):
    found = [0.0] * size
    for i, cell in enumerate(cells):
        if without is None or group[i] != without:
            found[int(cell)] += float(weight[i])
    return found


def test_the_divergence_of_categories_and_its_error():
    random = np.random.default_rng(6)
    prior, posterior = random.integers(0, 3, 400), random.integers(0, 2, 300)
    weighted = Weighted.of(random.standard_normal(300), random.integers(0, GROUPS, 300))
    found = divergence(prior, posterior, weighted, labels=3)
    equal = Weighted.equal(400)
    before, after = counted(prior, equal.weight, 3), counted(posterior, weighted.weight, 3)
    assert found.value == pytest.approx(bits(before, after), rel=1e-9)
    without = [
        bits(
            counted(prior, equal.weight, 3, equal.group, g),
            counted(posterior, weighted.weight, 3, weighted.group, g),
        )
        for g in range(GROUPS)
    ]
    assert found.error == pytest.approx(jackknife(without), rel=1e-9)


def test_the_divergence_of_numbers_goes_by_cells_of_equal_share():
    prior = np.arange(240.0)
    weighted = Weighted.equal(240)
    assert divergence(prior, prior, weighted).value == 0.0
    # All of the posterior in one of the 24 cells: the divergence has a closed form.
    inside = np.full(240, 5.0)
    p = [1 / CELLS] * CELLS
    q = [1.0] + [0.0] * (CELLS - 1)
    assert divergence(prior, inside, weighted).value == pytest.approx(bits(p, q), abs=0.01)
    never = np.full(240, np.inf)
    assert divergence(prior, never, weighted).value == pytest.approx(1.0)
    assert divergence(never, never, weighted).value == 0.0
