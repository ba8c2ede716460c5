"""Weights beside naive twins: tail index, resampling, the bounded sample and its floor."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inje.posterior import effective_size, pareto_k, systematic
from inje.posterior._weights import BLOCK, LEFT, THIN, Kept, WeightSums, truncated, uniforms_of


def pareto_shape(x):
    """Zhang & Stephens (2009), eqs. 5 to 8 as they stand, one number after the other."""
    n = len(x)
    points = 30 + math.isqrt(n)
    quarter = x[math.floor(n / 4 + 0.5) - 1]
    b, profile = [], []
    for j in range(1, points + 1):
        theta = 1 / x[-1] + (1 - math.sqrt(points / (j - 0.5))) / (3 * quarter)
        k = sum(math.log1p(-theta * one) for one in x) / n
        b.append(theta)
        profile.append(n * (math.log(-theta / k) - k - 1))
    share = [1 / sum(math.exp(other - own) for other in profile) for own in profile]
    mean = sum(theta * weight for theta, weight in zip(b, share, strict=True))
    return sum(math.log1p(-mean * one) for one in x) / n


def tail_index(log_weight):
    """What Vehtari and others (2024) print, for more than 225 weights and for fewer."""
    finite = sorted(one for one in log_weight if math.isfinite(one))
    tail = int(3 * math.sqrt(len(finite))) if len(finite) > 225 else len(finite) // 5
    weight = [math.exp(one - finite[-1]) for one in finite]
    excess = [one - weight[-tail - 1] for one in weight[-tail:]]
    return (tail * pareto_shape(excess) + 5) / (tail + 10)


@pytest.mark.parametrize("size", [25, 60, 225, 226, 900])
@pytest.mark.parametrize("heavy", [0.5, 3.0])
def test_the_tail_index_is_that_of_the_papers(size, heavy):
    random = np.random.default_rng(size)
    log_weight = heavy * random.standard_normal(size)
    assert pareto_k(log_weight) == pytest.approx(tail_index(log_weight.tolist()), rel=1e-9)
    with_dead = np.concatenate([log_weight, [-np.inf] * 7])
    assert pareto_k(with_dead) == pareto_k(log_weight)


def test_too_few_weights_have_no_tail_index_and_equal_ones_no_tail():
    assert pareto_k(np.zeros(24)) == np.inf
    assert pareto_k(np.zeros(25)) == 0.0
    almost = np.zeros(1000)
    almost[-1] = 1e-13
    assert pareto_k(almost) == 0.0


def test_sums_of_blocks_are_the_sums_of_all():
    log_weight = np.random.default_rng(3).standard_normal(5 * BLOCK // 2) * 4 + 700
    blocks = [WeightSums.of(log_weight[at : at + BLOCK]) for at in range(0, log_weight.size, BLOCK)]
    whole = WeightSums.tree(blocks)
    weight = [math.exp(one - log_weight.max()) for one in log_weight.tolist()]
    total, squares = math.fsum(weight), math.fsum(one * one for one in weight)
    assert whole.worlds == log_weight.size
    assert whole.peak == log_weight.max()
    assert whole.total == pytest.approx(total, rel=1e-12)
    assert whole.ess == pytest.approx(total**2 / squares, rel=1e-12)
    mean = total / len(weight)
    assert whole.log_evidence == pytest.approx(log_weight.max() + math.log(mean), rel=1e-12)
    variance = math.fsum((one - mean) ** 2 for one in weight) / len(weight) ** 2
    assert whole.evidence_error == pytest.approx(math.sqrt(variance) / mean, rel=1e-9)


def test_sums_of_nothing_and_of_impossible_worlds():
    nothing, dead = WeightSums.tree([]), WeightSums.of(np.full(3, -np.inf))
    assert (nothing.worlds, nothing.ess, nothing.log_evidence) == (0, 0.0, -np.inf)
    assert (dead.worlds, dead.total, dead.squares, dead.evidence_error) == (3, 0.0, 0.0, np.inf)
    both = dead + dead
    assert (both.worlds, both.total, both.squares, both.ess) == (6, 0.0, 0.0, 0.0)
    alive = WeightSums.of(np.zeros(2))
    assert (dead + alive).total == (alive + dead).total == 2.0
    assert alive.evidence_error == 0.0, "equal weights tell their mean exactly"


def test_the_tree_pairs_neighbours_and_carries_the_odd_one_up():
    """((a b) (c d)) e: the order of the sums is part of the promise."""
    five = [WeightSums(0.0, total, 1.0, 1) for total in (1e16, 1.0, -1e16, 1.0, 3.0)]
    a, b, c, d, e = (one.total for one in five)
    assert WeightSums.tree(five).total == ((a + b) + (c + d)) + e


def test_uniforms_are_those_of_splitmix64():
    """Steele, Lea & Flood (2014), fig. 1, on the golden-ratio multiple of the index."""

    def one(index, seed):
        mask = 2**64 - 1
        x = (index * 0x9E3779B97F4A7C15 + seed * 0xD1342543DE82EF95) & mask
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 & mask
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB & mask
        x ^= x >> 31
        return ((x >> 11) + 0.5) / 2**53

    index = [0, 1, 7, 2**40 + 3]
    for seed in (0, 1, 12345):
        found = uniforms_of(np.array(index), seed).tolist()
        assert found == [one(i, seed) for i in index]


@given(st.lists(st.floats(0, 9), min_size=1, max_size=9).filter(lambda w: sum(w) > 1e-3),
       st.integers(1, 20), st.floats(0, 0.999))  # fmt: skip
def test_systematic_rows_are_where_the_teeth_of_the_comb_fall(weights, size, u):
    rows = systematic(np.array(weights), size, u)
    cumulated, total = [], 0.0
    for one in weights:
        total += one
        cumulated.append(total)
    for tooth, row in enumerate(rows.tolist()):
        point = (tooth + u) / size * total
        expected = next((i for i, high in enumerate(cumulated) if high >= point), len(weights) - 1)
        assert row == expected


def kept(size, log_weight, seed=4, floor=-np.inf, start=10):
    return Kept.of(size, start, log_weight, {"x": np.arange(log_weight.size) * 2.0}, seed, floor)


def test_a_sample_is_that_of_the_largest_priorities():
    log_weight = np.random.default_rng(1).standard_normal(200)
    log_weight[5] = -np.inf
    index = np.arange(10, 210)
    priority = log_weight - np.log(uniforms_of(index, 4))
    order = sorted(range(200), key=lambda i: -priority[i])
    merged = Kept.merged([kept(20, log_weight)])
    assert merged.index.tolist() == sorted(10 + i for i in order[:21])
    assert merged.floor == sorted(priority)[-21]
    settled = merged.settled()
    assert settled.index.tolist() == sorted(10 + i for i in order[:20])
    assert settled.columns["x"].tolist() == [2.0 * (i - 10) for i in settled.index]
    for i, weight in zip(settled.index - 10, settled.log_weight, strict=True):
        assert weight == max(log_weight[i], merged.floor)
    assert 15 not in merged.index, "a world that is impossible is never kept"


def test_a_sample_that_is_not_full_is_whole():
    log_weight = np.zeros(20)
    few = kept(20, log_weight)
    assert few.floor == -np.inf
    assert few.settled() is few
    assert Kept.merged([Kept.empty(20), few]).index.tolist() == few.index.tolist()
    assert Kept.merged([Kept.empty(20), Kept.empty(20)]).index.size == 0


def test_what_lies_below_the_floor_is_not_even_a_candidate():
    log_weight = np.random.default_rng(2).standard_normal(100)
    priority = np.sort(kept(5, log_weight).priority)
    assert kept(5, log_weight, floor=priority[60]).index.size == 40


def test_ties_go_to_the_earlier_world_whatever_order_they_came_in():
    flat = {"size": 2, "columns": {}}
    early = Kept(index=np.array([1, 4]), log_weight=np.zeros(2), priority=np.ones(2), **flat)
    late = Kept(index=np.array([2, 9]), log_weight=np.zeros(2), priority=np.ones(2), **flat)
    for parts in ([early, late], [late, early]):
        assert Kept.merged(parts).index.tolist() == [1, 2, 4]


def test_a_sample_is_thinned_to_the_least_power_of_two_that_loses_few():
    """Equal weights: any sample keeps its whole size effective."""
    sample = Kept.merged([kept(8 * THIN, np.zeros(8 * THIN))])
    assert sample.thinned(1.0).index.size == 8 * THIN, "a smaller one would lose more than it may"
    # One world in a hundred carries all the weight: a small sample holds all of these.
    log_weight = np.full(8 * THIN, -40.0)
    log_weight[::100] = 0.0
    sample = Kept.merged([kept(8 * THIN, log_weight)])
    thin = sample.thinned(1.0)
    assert thin.index.size == THIN
    assert effective_size(thin.log_weight) >= LEFT * effective_size(sample.log_weight)
    assert sample.thinned(1e9).index.size == 8 * THIN, "more are wanted than there are"
    middle = np.full(8 * THIN, -40.0)
    middle[:: 8 * 2] = 0.0  # half of the first size that is tried is not enough by a hair
    assert Kept.merged([kept(8 * THIN, middle)]).thinned(1.0).index.size == THIN


def test_no_weight_is_more_than_the_root_of_their_number_above_the_mean():
    weight = np.array([1.0, 1.0, 1.0, 96.0, 1.0, 0.0, 0.0, 0.0, 0.0])
    cut = [1.0, 1.0, 1.0, 100 / 9 * 3, 1.0, 0.0, 0.0, 0.0, 0.0]
    assert truncated(weight, 9).tolist() == pytest.approx(cut)
    assert truncated(weight[:5], 9).tolist() == pytest.approx(cut[:5]), "the others weigh nothing"
