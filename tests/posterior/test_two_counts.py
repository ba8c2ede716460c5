"""Two counts by their exact likelihood, beside a dense matrix exponential and a grid."""

from __future__ import annotations

import time
from itertools import product

import numpy as np
import pytest
from scipy import linalg, sparse, special, stats
from tests.posterior.duels import (
    MANY,
    fixed,
    hard_case,
    lost,
    rate,
    reported_daily,
    small,
    two_counts,
)

import inje
from inje.errors import ModelError, OptionError
from inje.posterior import (
    condition_two_counts,
    importance,
)
from inje.posterior._assembly import assembled
from inje.posterior._duel import duel_of
from inje.posterior._exactly import exact_draws
from inje.posterior._reliability import nodes


def _dense(x, y, a, b):
    """Generator of the chain of losses (i, j), row to column."""
    cells = list(product(range(x + 1), range(y + 1)))
    at = {cell: k for k, cell in enumerate(cells)}
    out = np.zeros((len(cells), len(cells)))
    for (i, j), k in at.items():
        if i < x and j < y:
            out[k, at[i + 1, j]] = a * (y - j)
            out[k, at[i, j + 1]] = b * (x - i)
            out[k, k] = -out[k].sum()
    return np.array(cells), out


def _factors(duel, trust, date, cells):
    """Product of the factors of the reports on a date, for every cell."""
    found = np.ones(len(cells))
    for report in duel.reports:
        if report.date == date:
            claim = duel.claims.claims[report.claim]
            t = claim.reading.tracking({claim.about: cells[:, report.side]})
            r = trust[claim.attestation.holder]
            q = claim.attestation.invented
            found = found * (r * t + (1 - r) * q)
    return found


def _smoothed(duel, a, b, trust):
    """Evidence, and laws of the losses at every date given all reports."""
    cells, generator = _dense(12, 9, a, b)
    steps = [linalg.expm(generator * d) for d in np.diff([0.0, *duel.days])]
    ahead = [np.eye(len(cells))[0]]
    for date, step in enumerate(steps):
        ahead.append(ahead[-1] @ step * _factors(duel, trust, date, cells))
    back = [np.ones(len(cells))]
    for date in range(len(steps) - 1, 0, -1):
        back.append(steps[date] @ (_factors(duel, trust, date, cells) * back[-1]))
    laws = [f * g / (f @ g) for f, g in zip(ahead[1:], back[::-1], strict=True)]
    return ahead[-1].sum(), laws, cells


def test_the_likelihood_is_that_of_a_matrix_exponential():
    duel = duel_of(assembled(small(), seed=1, threads=1))
    assert duel.days == (1.0, 3.0)
    x = np.random.default_rng(3).normal(size=(6, duel.dimension))
    given, trust = duel.parameters(x), duel.reliabilities(x)
    for row, found in enumerate(duel.log_likelihood(x)):
        own = {agent: values[row] for agent, values in trust.items()}
        rates = given["rate.e.red"][row], given["rate.e.blue"][row]
        truth, _, _ = _smoothed(duel, *rates, own)
        assert found == pytest.approx(np.log(truth), abs=5e-4)


def test_losses_are_drawn_back_from_their_law_given_all_reports():
    duel = duel_of(assembled(small(), seed=1, threads=1))
    x = np.zeros((1, duel.dimension))
    uniforms = np.random.default_rng(5).random((1200, len(duel.days)))
    _, paths = duel.weighed(np.repeat(x, 1200, axis=0), uniforms)
    own = {agent: values[0] for agent, values in duel.reliabilities(x).items()}
    _, laws, cells = _smoothed(duel, 0.12, 0.15, own)
    for date, law in enumerate(laws):
        code = paths[:, date, 0] * 10 + paths[:, date, 1]
        seen = np.bincount(code, minlength=130)[cells[:, 0] * 10 + cells[:, 1]]
        big = law * 1200 >= 5
        expected = np.append(law[big], law[~big].sum()) * 1200
        observed = np.append(seen[big], seen[~big].sum())
        assert stats.chisquare(observed, expected * observed.sum() / expected.sum()).pvalue > 1e-3


def test_parameters_agree_with_a_grid():
    scenario = small()
    found = condition_two_counts(scenario, ess=1500, threads=1, paths=16)
    duel = duel_of(assembled(scenario, seed=1, threads=1))
    grid = np.linspace(-3.5, 3.5, 15)
    log_a, log_b = np.log(0.12) + 0.7 * grid, np.log(0.15) + 0.7 * grid
    r, share = map(np.array, nodes(8, 2, 2))
    joint = np.zeros((15, 15))
    for (i, a), (j, b) in product(enumerate(np.exp(log_a)), enumerate(np.exp(log_b))):
        cells, generator = _dense(12, 9, a, b)
        trust = {"log-red": np.repeat(r, r.size)[:, None], "log-blue": np.tile(r, r.size)[:, None]}
        joint[i, j] = np.outer(share, share).ravel() @ _forward(duel, cells, generator, trust)
    joint *= stats.norm.pdf(grid)[:, None] * stats.norm.pdf(grid) * (grid[1] - grid[0]) ** 2
    weight = np.exp(found.log_weight - found.log_weight.max())
    weight /= weight.sum()
    assert found.enough
    assert found.k_hat < 0.7
    assert found.log_evidence == pytest.approx(np.log(joint.sum()), abs=0.08)
    for axis, path, logs in ((1, "rate.e.red", log_a), (0, "rate.e.blue", log_b)):
        share = joint.sum(axis=axis) / joint.sum()
        mean = share @ logs
        got = weight @ np.log(found.parameters[path])
        sd = np.sqrt(share @ (logs - mean) ** 2)
        assert got == pytest.approx(mean, abs=4 * sd / np.sqrt(found.ess))
    assert set(found.losses) == {
        "losses.red.total@1946-04-01", "losses.blue.total@1946-04-01",
        "losses.red.total@1946-04-03", "losses.red.total", "losses.blue.total",
    }  # fmt: skip


def _forward(duel, cells, generator, trust):
    """Chance of the reports, one for each of many reliabilities."""
    law, transposed = np.eye(len(cells))[:1].T, sparse.csc_matrix(generator.T)
    for date, days in enumerate(np.diff([0.0, *duel.days])):
        law = sparse.linalg.expm_multiply(transposed * days, law)
        law = law * _factors(duel, trust, date, cells).T
    return law.sum(axis=0)


def test_no_number_depends_on_the_threads_and_more_than_two_counts_are_refused():
    one, two = (condition_two_counts(small(), ess=100, threads=n, paths=20) for n in (1, 2))
    assert np.array_equal(one.log_weight, two.log_weight)
    assert np.array_equal(one.losses["losses.red.total"], two.losses["losses.red.total"])
    people = (fixed(12), fixed(9))
    night = two_counts([lost("red", 1, 2)], people, (rate(0.1), rate(0.1)), 3, night=fixed(0.5))
    with pytest.raises(ModelError, match="more than two counts"):
        condition_two_counts(night)


@pytest.fixture(name="found", scope="module")
def _found():
    return inje.condition(reported_daily(), seed=1, ess=100, threads=1, max_worlds=1 << 14)


def test_what_no_world_meets_is_conditioned_by_the_exact_likelihood(found):
    known = found.diagnostics
    assert known.method == "exact"
    assert "exact likelihood of two counts" in known.sentence
    assert not found.failed
    assert known.ess >= 100
    apart = condition_two_counts(reported_daily(), seed=7, ess=200, threads=1, paths=0)
    weight = np.exp(apart.log_weight - apart.log_weight.max())
    for path in ("rate.e.red", "rate.e.blue"):
        one, two = np.log(found.draws[path]), np.log(apart.parameters[path])
        mean = weight @ two / weight.sum()
        sd = np.sqrt(weight @ (two - mean) ** 2 / weight.sum())
        assert found.weights @ one == pytest.approx(mean, abs=5 * sd * np.sqrt(1 / 100 + 1 / 200))
    assert known.log_evidence == pytest.approx(apart.log_evidence, abs=0.4)
    # What is drawn back is near what was reported, day after day.
    for day in range(1, 7):
        path = f"losses.red.total@1946-04-{day:02d}"
        said = next(claim.value.best for claim in MANY if claim.about == path)
        assert found.weights @ np.abs(found.draws[path] - said) < 3


def test_where_exact_laws_would_take_hours_they_are_passed_by():
    claims = [lost("red", 2, 9000), lost("blue", 2, 7000)]
    strengths = (fixed(60_000), fixed(60_000))
    scenario = two_counts(claims, strengths, (rate(0.08), rate(0.06)), days=2)
    with pytest.raises(OptionError, match=r"15,9\d\d losses; allowed: at most 3,000"):
        exact_draws(duel_of(assembled(scenario, seed=1, threads=1)), seed=1, ess=100)


@pytest.mark.slow
def test_twelve_daily_reports_of_both_sides():
    """What importance sampling gives up by itself; two counts against a grid in two rates."""
    scenario = hard_case()
    made = assembled(scenario, seed=1, threads=2)
    assert importance(made, made.claims, ess=1000, patience=1 << 17).verdict.name == "HOPELESS"

    begun = time.process_time()
    found = condition_two_counts(scenario, ess=1000, threads=2)
    took = time.process_time() - begun
    print(f"ESS {found.ess:.0f} of {found.evaluations}, k-hat {found.k_hat:.2f}, {took:.0f} s")
    assert took < 60  # of both threads: 10 s on an AMD EPYC of 2026
    assert found.enough
    assert found.k_hat < 0.7
    weight = np.exp(found.log_weight - found.log_weight.max())
    weight /= weight.sum()
    duel = duel_of(assembled(scenario, seed=1, threads=1))
    # A grid in the two rates at the reliabilities' posterior mean: their shape hardly matters.
    x = _coordinates(duel, found, weight)
    _grid_agrees(duel, found, weight, x)


def _coordinates(duel, found, weight):
    """Posterior means of the reliabilities, as coordinates of the duel."""
    own = np.zeros(duel.dimension)
    for k, agent in enumerate(duel.agents):
        r = weight @ found.reliabilities[agent]
        a, b = duel.claims.transmission.reliabilities[agent]
        own[duel.particles.dimension + k] = special.ndtri(special.betainc(a, b, r))
    return own


def _grid_agrees(duel, found, weight, centre):
    logs = {path: np.log(values) for path, values in found.parameters.items() if "rate" in path}
    means = {path: weight @ values for path, values in logs.items()}
    sds = {path: np.sqrt(weight @ (logs[path] - means[path]) ** 2) for path in logs}
    steps = np.linspace(-3.5, 3.5, 13)
    medians = {"rate.e.red": 0.005, "rate.e.blue": 0.014}
    axes = {p: (means[p] + sds[p] * steps - np.log(medians[p])) / 0.7 for p in medians}
    at = [duel.particles.names.index(path) for path in medians]
    x = np.repeat(centre[None], steps.size**2, axis=0)
    x[:, at] = np.array(list(product(*axes.values())))
    log = duel.log_likelihood(x) - 0.5 * np.square(x[:, at]).sum(axis=1)
    joint = np.exp(log - log.max()).reshape(steps.size, steps.size)
    joint /= joint.sum()
    for axis, path in ((1, "rate.e.red"), (0, "rate.e.blue")):
        share = joint.sum(axis=axis)
        mean = share @ steps
        print(path, mean, np.sqrt(share @ (steps - mean) ** 2))
        assert abs(mean) < 4 / np.sqrt(found.ess) + 0.05
        assert np.sqrt(share @ (steps - mean) ** 2) == pytest.approx(1, abs=0.1)
