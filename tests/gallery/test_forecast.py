"""The blind forecast: it is blind, its scores are what they say, its parts are right."""

from __future__ import annotations

import dataclasses
from itertools import takewhile

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, optimize, stats

from inje import gallery
from inje.datasets import cdb90
from inje.errors import DataError
from inje.gallery import _process, _rolling, _scores, _winner
from inje.gallery._battles import battles, era_of
from inje.gallery._mixture import Mixture, t_nodes


@pytest.fixture
def known(data, monkeypatch):
    monkeypatch.setenv("INJE_DATA", str(data))
    return battles(cdb90())


def with_noise_from(known, start):
    """Every outcome that was not known before `start`, replaced by noise."""
    rng = np.random.default_rng(7)
    later = known.end >= start
    noise = rng.lognormal(6, 2, size=(len(known), 3))
    return dataclasses.replace(
        known,
        attackers_lost=np.where(later, noise[:, 0], known.attackers_lost),
        defenders_lost=np.where(later, noise[:, 1], known.defenders_lost),
        log_days=np.where(later, np.log(noise[:, 2]), known.log_days),
        end=np.where(later, np.maximum(known.start, start) + noise[:, 2], known.end),
        won=np.where(later, rng.choice([-1.0, 1.0], len(known)), known.won),
    )


@pytest.mark.parametrize("place", [75, 190])
def test_noise_from_the_targets_date_on_changes_no_bit(known, place):
    start = known.start[place]
    blurred = with_noise_from(known, start)
    assert (blurred.attackers_lost != known.attackers_lost).sum() > 400

    def said(which):
        def before_or_at(each):
            return which.start[each.row] <= start

        losses = list(takewhile(before_or_at, _rolling.forecasts(which)))
        winners = list(takewhile(before_or_at, _winner.winner_forecasts(which)))
        return losses, winners

    (losses, winners), (losses_noise, winners_noise) = said(known), said(blurred)
    target = losses[-1]
    assert known.start[target.row] == start
    assert len(losses) == len(losses_noise)
    for one, other in zip(losses, losses_noise, strict=True):
        assert one.row == other.row
        for name in ("weights", "means", "covariances"):
            for part in ("log_days", "log_fractions"):
                ours, theirs = (getattr(getattr(x, part), name) for x in (one, other))
                assert ours.tobytes() == theirs.tobytes()
    ours = {each.row: each for each in winners if known.start[each.row] < start}
    theirs = {each.row: each for each in winners_noise if known.start[each.row] < start}
    assert ours == theirs
    # At the target itself a draw may become decided: compare what both forecast.
    both = {each.row: each for each in winners}.keys() & {each.row for each in winners_noise}
    for row in both:
        one = next(each for each in winners if each.row == row)
        other = next(each for each in winners_noise if each.row == row)
        assert one == other


def test_noise_before_the_target_does_change_the_forecast(known):
    start = known.start[75]
    blurred = with_noise_from(known, known.start[40])

    def last(which):
        upto = takewhile(lambda each: which.start[each.row] <= start, _rolling.forecasts(which, 20))
        return list(upto)[-1]

    assert not np.array_equal(last(known).log_fractions.means, last(blurred).log_fractions.means)


def test_only_battles_that_ended_teach(known):
    for place in (100, 400):
        past = _rolling.past_of(known, known.start[place])
        assert (known.end[past] < known.start[place]).all()
        assert known.scored[past].all()


def small_process(seed=5, n=60):
    rng = np.random.default_rng(seed)
    levels = _process.Levels(
        fixed={"x": rng.normal(size=(n, 1))},
        groups={"g": rng.integers(0, 6, n)},
        drifting={"x": rng.normal(size=(n, 1))},
        year=np.sort(rng.uniform(1600, 1900, n)),
        size=rng.normal(size=n),
    )
    return _process.Process(levels, rng.normal(size=(n, 2)), np.array([0.1, -0.2]))


def test_slope_of_the_evidence_is_its_difference_quotient():
    process = small_process()
    theta = _process.start_values(process.levels) + 0.2
    evidence = _process._Evidence(process, np.linspace(0.5, 1.5, 60))
    slope = optimize.approx_fprime(theta, lambda at: evidence(at)[0], 1e-6)
    assert evidence(theta)[1] == pytest.approx(slope, abs=2e-4)


def test_forecast_of_the_process_is_the_conditional_normal():
    process = small_process()
    theta = _process.start_values(process.levels)
    weights = np.full(50, 0.8)
    part, rest = process.take(np.arange(50)), process.levels.take(np.arange(50, 60))
    mean, variance = part.condition(theta, weights).forecast(rest)
    k = _process.covariance(theta, part.levels, part.levels)
    k += np.diag(_process.noise(theta, part.levels) / weights)
    cross = _process.covariance(theta, part.levels, rest)
    solved = np.linalg.solve(k, cross)
    expected = process.centre + solved.T @ (part.outcomes - process.centre)
    own = _process.covariance(theta, rest, rest) - cross.T @ solved
    assert mean == pytest.approx(expected)
    assert variance == pytest.approx(np.diag(own))


def test_learning_finds_the_level_that_matters():
    rng = np.random.default_rng(11)
    n = 300
    groups = {"real": rng.integers(0, 30, n), "idle": rng.integers(0, 30, n)}
    effect = rng.normal(size=(30, 2))
    y = effect[groups["real"]] + rng.normal(size=(n, 2)) * 0.7
    none = np.zeros((n, 1))
    levels = _process.Levels({"none": none}, groups, {"none": none}, np.zeros(n), np.zeros(n))
    process = _process.Process(levels, y, np.zeros(2))
    theta, weights = process.learn(_process.start_values(levels), np.ones(n), 30)
    found = dict(zip(levels.names, np.exp(theta), strict=True))
    assert found["real"] == pytest.approx(2.0, rel=0.6)
    assert found["idle"] < 0.1
    assert weights.mean() == pytest.approx(1.0, abs=0.1)


def two_normals():
    means = np.array([[-3.0, -2.0], [-1.5, -2.5]])
    covariances = np.array([[[0.5, 0.2], [0.2, 0.4]], [[0.3, -0.1], [-0.1, 0.6]]])
    return Mixture(np.array([0.3, 0.7]), means, covariances)


def test_mixture_agrees_with_scipy():
    mixture = two_normals()
    parts = [
        stats.multivariate_normal(m, c)
        for m, c in zip(mixture.means, mixture.covariances, strict=True)
    ]
    points = np.array([[-2.0, -2.0], [-4.0, 0.5]])
    dense = sum(w * part.pdf(points) for w, part in zip(mixture.weights, parts, strict=True))
    assert mixture.log_density(points) == pytest.approx(np.log(dense))
    below = sum(w * part.cdf([-1, -1]) for w, part in zip(mixture.weights, parts, strict=True))
    assert mixture.mass_below(-1.0) == pytest.approx(below, abs=2e-5)
    levels = np.array([0.05, 0.5, 0.95])
    assert mixture.cdf(1, mixture.quantiles(1, levels)) == pytest.approx(levels, abs=1e-8)


def test_nodes_of_the_t_give_the_t():
    precision, weights = t_nodes(6.0, 24)
    x = np.linspace(-4, 4, 9)
    dense = stats.norm.pdf(x[:, None], scale=1 / np.sqrt(precision)) @ weights
    assert dense == pytest.approx(stats.t.pdf(x, 6.0), rel=2e-3)


@pytest.mark.parametrize("ratio", [-0.7, 0.4])
def test_density_of_hartleys_scalar_is_a_density_and_agrees_with_draws(ratio):
    mixture = two_normals()

    def density(at):
        return np.exp(_scores.scalar_log_density(mixture, ratio, at))

    grid = np.linspace(-12, 12, 1201)
    values = np.array([density(at) for at in grid])
    assert integrate.trapezoid(values, grid) == pytest.approx(1.0, abs=0.01)
    rng = np.random.default_rng(2)
    which = rng.random(200_000) < mixture.weights[0]
    first, second = (
        rng.multivariate_normal(m, c, 200_000)
        for m, c in zip(mixture.means, mixture.covariances, strict=True)
    )
    draws = np.where(which[:, None], first, second)
    draws = draws[(draws < 0).all(axis=1)]
    h = draws + np.log(2 - np.exp(draws))
    scalar = 2 * ratio + h[:, 0] - h[:, 1]
    share = ((scalar > 0) & (scalar < 1)).mean()
    inside = (grid >= 0) & (grid <= 1)
    assert integrate.trapezoid(values[inside], grid[inside]) == pytest.approx(share, abs=0.008)


def test_clustered_error_knows_that_copies_teach_nothing():
    rng = np.random.default_rng(4)
    values = rng.normal(size=40)
    alone = _scores.clustered_mean(values, np.arange(40))
    assert alone.error == pytest.approx(values.std(ddof=1) / np.sqrt(40))
    assert alone.effective == pytest.approx(40)
    copied = _scores.clustered_mean(np.repeat(values, 9), np.repeat(np.arange(40), 9))
    assert copied.error == pytest.approx(alone.error)
    assert copied.half_width == pytest.approx(alone.half_width)
    uneven = _scores.clustered_mean(values, np.where(np.arange(40) < 30, 0, np.arange(40)))
    assert uneven.effective < 3
    assert np.isnan(_scores.clustered_mean(values, np.zeros(40)).half_width)


def test_eras():
    assert list(era_of(np.array([1600, 1799, 1800, 1899, 1900, 1938, 1939, 1990]))) == [
        0, 0, 1, 1, 2, 2, 3, 3,
    ]  # fmt: skip


def test_winner_model_beats_a_coin_where_nations_decide(known):
    rng = np.random.default_rng(8)
    strength = rng.normal(scale=2, size=int(max(known.attacker.max(), known.defender.max())) + 1)
    edge = strength[known.attacker] - strength[known.defender]
    won = np.where(rng.random(len(known)) < 1 / (1 + np.exp(-edge)), 1.0, -1.0)
    made = dataclasses.replace(known, won=won)
    said = list(_winner.winner_forecasts(made))
    truth = np.array([won[each.row] == 1 for each in said])
    ours = np.mean((np.array([each.probability for each in said]) - truth) ** 2)
    rival = np.mean((np.array([each.rival for each in said]) - truth) ** 2)
    assert ours < rival - 0.03


def test_too_few_battles_are_refused(known, data, tmp_path):
    path = tmp_path / "few.csv"
    pd.read_csv(data / "cdb90" / "cdb90_clean.csv").head(50).to_csv(path, index=False)
    with pytest.raises(DataError, match="none after the first 60"):
        gallery.validate(["forecast"], data=path)


@pytest.mark.slow
def test_the_forecast_holds(known):
    found = {row.quantity: row for row in gallery.validate(["forecast"])}
    assert [row for row in found.values() if not row.holds] == []
    assert 550 <= found["battles"].ours <= 660
