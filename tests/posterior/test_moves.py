"""How a population is narrowed and where worlds are drawn from, beside naive twins."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import stats

from inje.posterior._proposal import (
    COMMON,
    DEFENCE,
    FIRST_KEY,
    LEAST,
    LOG_RATIO,
    SCOUTS_AT_A_TIME,
    SHARED,
    WIDER,
    Mixture,
    Proposed,
    _component,
    _independent,
    divided,
    fitted,
    prior_of,
    scouted,
)
from inje.posterior._tempering import (
    FINE,
    KEEP,
    RUNGS,
    WIDTHS,
    Particles,
    _effective,
    _groups,
    _log_tracked,
    _next_rung,
    _some,
    _steps,
    covariance_of,
    linear,
)
from inje.posterior._weights import effective_size, systematic, uniforms_of


def population(x, rung=-1, family=None, log_weight=None, columns=None):
    size = len(x)
    return Particles(
        np.asarray(x, float),
        np.zeros((size, 1), np.uint64),
        columns or {},
        np.arange(size) if family is None else np.asarray(family),
        rung,
        0.0,
        np.zeros(size) if log_weight is None else log_weight,
    )


# ---- narrowing ----


def test_widths_go_from_nearly_flat_to_none():
    assert len(WIDTHS) == 50
    assert WIDTHS[0] == pytest.approx(2.5)
    assert WIDTHS[-2] == pytest.approx(0.01)
    assert WIDTHS[-1] == 0.0
    assert list(WIDTHS) == sorted(WIDTHS, reverse=True)
    assert population(np.zeros((2, 1))).width == np.inf
    assert population(np.zeros((2, 1)), 3).width == WIDTHS[3]


def test_the_effective_share():
    weights = [1.0, 0.5, 0.25]
    share = sum(weights) ** 2 / sum(w * w for w in weights) / 3
    assert _effective(np.log(weights) + 900) == pytest.approx(share)
    assert _effective(np.full(3, -np.inf)) == 0.0


class Spike:
    """A claim that only a share of the particles meets, the fewer the narrower it is."""

    def __init__(self, sharp):
        self.sharp = sharp

    def log_weight(self, columns, width):
        return -self.sharp * np.asarray(columns["far"]) / (width + 1e-3)


@pytest.mark.parametrize("sharp", [1e-6, 0.01, 0.05, 0.3, 2.0, 50.0])
@pytest.mark.parametrize("rung", [-1, 0, 7, 27, 31, 47, 48])
def test_the_next_width_is_the_narrowest_that_leaves_enough(sharp, rung):
    claims, far = Spike(sharp), np.linspace(0, 3, 200)
    state = population(np.zeros((200, 1)), rung, columns={"far": far})
    if rung >= 0:
        state = population(
            np.zeros((200, 1)), rung, None,
            claims.log_weight({"far": far}, WIDTHS[rung]), {"far": far},
        )  # fmt: skip
    highest = len(WIDTHS) - 1
    if state.width > FINE:
        highest = min(rung + RUNGS, highest)
    expected = rung + 1
    for candidate in range(rung + 2, highest + 1):
        weight = claims.log_weight({"far": far}, WIDTHS[candidate]) - state.log_weight
        if _effective(weight) >= KEEP:
            expected = candidate
    found, weight = _next_rung(state, claims)
    assert found == expected
    assert weight.tolist() == claims.log_weight({"far": far}, WIDTHS[expected]).tolist()


def test_subsets_are_of_about_one_two_four_of_the_things():
    rng = np.random.default_rng(5)
    assert _some(rng, 7, 1).tolist() == [[True]] * 7
    chosen = _some(rng, 40_000, 9).sum(axis=1)
    # 1, 2, 4 or 8 of nine are wanted, each as often: the mean is 15 / 4, by chance 1 in 10^6 off
    assert chosen.mean() == pytest.approx(15 / 4, abs=0.07)
    law = sum(stats.binom.pmf(np.arange(10), 9, w / 9) for w in (1, 2, 4, 8)) / 4
    seen = np.bincount(chosen, minlength=10)
    assert stats.chisquare(seen, law * 40_000).pvalue > 1e-6


def test_particles_that_track_the_same_claims_are_a_group_if_there_are_enough():
    tracks = np.zeros((3, 100), dtype=bool)
    tracks[0, :30] = True
    tracks[1, 30:60] = True
    tracks[2, 60:] = True
    tracks[0, 60:] = True
    group = _groups(tracks, 1)  # thirty are needed in one dimension
    assert len(set(group[:30])) == len(set(group[30:60])) == len(set(group[60:])) == 1
    assert len(set(group)) == 3
    assert -1 not in group
    tracks[0, 29] = False
    assert set(_groups(tracks, 1)[:29]) == {-1}
    assert set(_groups(tracks, 2)) == {-1, max(_groups(tracks, 2))} or set(
        _groups(tracks, 2)[60:]
    ) != {-1}


def test_only_what_tracks_counts_given_what_tracks():
    terms = [np.array([0.5, 0.25]), np.array([0.1, 0.0])]
    tracks = np.array([[True, True], [False, True]])
    assert _log_tracked(terms, tracks).tolist() == [math.log(0.5), -np.inf]
    assert _log_tracked([], np.zeros((0, 2), bool)).tolist() == [0.0, 0.0]


def test_steps_have_the_spread_of_their_group_over_a_factor_of_ten():
    rng = np.random.default_rng(2)
    x = np.concatenate([rng.normal(0, 1, (3000, 2)), rng.normal(0, 0.01, (3000, 2))])
    group = np.repeat([0, 1], 3000)
    steps = _steps(x, group, np.random.default_rng(7))
    # lengths go as 10^-u: the mean square is 2.38^2 / d (1 - .01) / (2 ln 10)
    square = 2.38**2 / 2 * 0.99 / (2 * math.log(10))
    assert np.square(steps[:3000]).mean() == pytest.approx(square, rel=0.15)
    assert np.square(steps[3000:]).mean() == pytest.approx(square * 1e-4, rel=0.15)


def test_covariances_and_products_are_those_of_loops():
    rng = np.random.default_rng(0)
    x = rng.standard_normal((50, 3))
    assert covariance_of(x) == pytest.approx(np.cov(x.T))
    factor = rng.standard_normal((3, 3))
    assert linear(factor, x) == pytest.approx(x @ factor.T)


# ---- proposals ----


def mixture():
    factor = np.array([[0.5, 0.0, 0.0], [0.3, 0.8, 0.0], [0.0, 0.0, 1.0]])
    means = np.array([[0.0, 0.0, 0.0], [1.0, -2.0, 0.0]])
    return Mixture(np.array([0.25, 0.75]), means, np.stack([np.eye(3), factor]))


def test_the_ratio_is_prior_over_mixture_density():
    mixed = mixture()
    assert mixed.moved.tolist() == [0, 1], "the third is the prior's in every component"
    x = np.random.default_rng(3).standard_normal((40, 3)) * 2
    normal = stats.multivariate_normal
    density = sum(
        share * normal(mean, factor @ factor.T).pdf(x)
        for share, mean, factor in zip(mixed.shares, mixed.means, mixed.factors, strict=True)
    )
    assert mixed.log_ratio(x) == pytest.approx(np.log(normal(np.zeros(3)).pdf(x) / density))


def test_draws_are_a_function_of_seed_and_number():
    mixed = mixture()
    index = np.array([0, 5, 10**12])
    found = mixed.draw(index, 9)
    for row, i in zip(found, index.tolist(), strict=True):
        own = [uniforms_of(np.array([4 * i + j], np.uint64), 9)[0] for j in range(4)]
        normal = stats.norm.ppf(own[1:])
        k = int(own[0] >= 0.25)
        expected = mixed.means[k] + mixed.factors[k] @ normal
        assert row == pytest.approx(expected)
    assert (mixed.draw(index, 10) != found).all()


def test_draws_have_the_moments_of_the_mixture():
    x = mixture().draw(np.arange(40_000), 1)
    assert x.mean(axis=0) == pytest.approx([0.75, -1.5, 0.0], abs=0.05)
    weights = np.exp(mixture().log_ratio(x))
    assert weights.mean() == pytest.approx(1.0, abs=0.05)
    assert (weights[:, None] * x).mean(axis=0) == pytest.approx([0, 0, 0], abs=0.05)


def test_what_few_particles_cannot_tell_from_the_prior_is_the_prior():
    rng = np.random.default_rng(8)
    x = rng.standard_normal((2000, 2))
    x[:, 1] = 0.2 * x[:, 1] + 3.0
    mean, factor = _component(x, 2000.0)
    assert mean[0] == 0.0
    assert factor[0].tolist() == [1.0, 0.0]
    assert mean[1] == pytest.approx(x[:, 1].mean())
    assert factor[1, 0] == 0.0
    assert factor[1, 1] ** 2 == pytest.approx(WIDER * x[:, 1].var(ddof=1), rel=1e-6)
    # The same spread of two dozen tells nothing of a mean that is off by .3.
    few = rng.standard_normal((24, 1))
    few += 0.3 - few.mean()
    few = 0.3 + (few - 0.3) / few.std(ddof=1)
    assert _component(few, 24.0)[0].tolist() == [0.0]
    assert _component(few, 2400.0)[0].tolist() == [pytest.approx(0.3)]


def test_coordinates_that_go_together_stay_together_shrunk_by_how_few_tell_it():
    rng = np.random.default_rng(1)
    one = rng.standard_normal(4000)
    x = np.stack([one, 0.9 * one + math.sqrt(1 - 0.81) * rng.standard_normal(4000)], axis=1)
    _, factor = _component(x, 4000.0)
    found = factor @ factor.T
    covariance = np.cov(x.T)
    kept = 1 / (1 + 4 * 2 / 4000)
    assert found[0, 1] == pytest.approx(WIDER * kept * covariance[0, 1], rel=1e-6)


def test_groups_divide_where_a_claim_moves_or_narrows_the_particles():
    rng = np.random.default_rng(4)
    x = rng.standard_normal((400, 2))
    on = np.arange(400) < 150
    x[on, 0] += 6
    idle = rng.random(400) < 0.5
    rare = np.arange(400) < LEAST * 400 - 2
    found = divided(np.stack([idle, on, rare]), x)
    assert len(set(found.tolist())) <= 4
    assert set(found[on]).isdisjoint(found[~on])
    assert divided(np.stack([rare]), x).tolist() == [0] * 400


def test_scouts_that_repeat_count_once_and_narrowed_ones_share_ancestors():
    x = np.zeros((6, 1))
    assert _independent(population(x, family=[1, 1, 1, 2, 3, 4])) == 36 / (9 + 3)
    assert _independent(population(x, rung=2)) == 6 / SHARED


class Model:
    dimension, blocks = 2, 3

    def __init__(self):
        self.calls = []

    def simulate(self, x, keys):
        self.calls.append(len(x))
        return {"x": x[:, 0].copy(), "key": keys[:, 0].astype(float)}


class Near:
    """Claims that like worlds whose x is near 1."""

    claims = ()

    def log_weight(self, columns):
        return -8.0 * np.square(np.asarray(columns["x"]) - 1.0)


def test_scouts_are_drawn_by_weight_from_the_worlds_of_the_proposal():
    model, worlds = Model(), SCOUTS_AT_A_TIME + 4000
    proposed = prior_of(model, 3)
    particles, effective = scouted(proposed, Near(), worlds=worlds, size=500, seed=6)
    assert model.calls == [SCOUTS_AT_A_TIME, 4000, 500]
    x = proposed.mixture.draw(np.arange(worlds), 3)
    log_weight = Near().log_weight({"x": x[:, 0]})
    assert effective == pytest.approx(effective_size(log_weight))
    u = float(uniforms_of(np.zeros(1, np.uint64), 6)[0])
    rows = systematic(np.exp(log_weight - log_weight.max()), 500, u)
    assert particles.family.tolist() == rows.tolist()
    assert particles.x == pytest.approx(x[rows])
    mean = np.exp(log_weight).mean()
    assert particles.log_evidence == pytest.approx(math.log(mean))
    # the integral of a normal prior times exp(-8 (x - 1)^2), with its error at this many worlds
    exact = math.exp(-8 / 17) / math.sqrt(17)
    assert mean == pytest.approx(exact, rel=0.05)
    assert particles.rung == -1
    assert particles.log_weight == pytest.approx(log_weight[rows])


def test_what_is_drawn_from_a_proposal_has_keys_of_its_own():
    proposed = Proposed(Model(), mixture_of_two(), 5)
    x, keys = proposed.particles(np.array([0, 7]))
    assert keys.tolist() == [[FIRST_KEY] * 3, [FIRST_KEY + 7] * 3]
    columns = proposed(7, 1)
    assert columns["x"].tolist() == [x[1, 0]]
    assert columns[LOG_RATIO] == pytest.approx(proposed.mixture.log_ratio(x[1:]))


def mixture_of_two():
    return Mixture(np.array([0.1, 0.9]), np.array([[0.0, 0.0], [1.0, 0.0]]),
                   np.stack([np.eye(2), 0.5 * np.eye(2)]))  # fmt: skip


def test_a_fit_to_scouts_has_the_prior_as_a_defence():
    rng = np.random.default_rng(11)
    x = rng.standard_normal((1000, 2)) * 0.1 + 2.0
    found = fitted(population(x), SimpleNamespace(), 1)
    assert found.shares == pytest.approx([DEFENCE, 1 - DEFENCE])
    assert found.means[0].tolist() == [0.0, 0.0]
    assert found.means[1] == pytest.approx(x.mean(axis=0))
    assert found.factors[0].tolist() == np.eye(2).tolist()


def test_a_fit_to_narrowed_particles_has_a_component_for_each_group():
    rng = np.random.default_rng(12)
    x = rng.standard_normal((1000, 1)) * 0.1
    x[:300] += 5.0
    tracks = np.zeros((1, 1000), dtype=bool)
    tracks[0, :300] = True
    told = SimpleNamespace(draws=2, sampled=lambda _terms, _uniforms: tracks)
    claims = SimpleNamespace(transmission=told, terms=lambda _columns: [])
    found = fitted(population(x, rung=4), claims, 1)
    weights = np.array([COMMON, 0.7, 0.3])
    assert found.shares == pytest.approx([DEFENCE, *(1 - DEFENCE) * weights / weights.sum()])
    assert found.means[1:, 0] == pytest.approx([1.5, 0.0, 5.0], abs=0.05)
