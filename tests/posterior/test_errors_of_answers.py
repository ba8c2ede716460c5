"""Monte-Carlo errors of reliabilities, tails and other priors, beside what parts of the draws say.

The draws of eight groups, put together, are a posterior of its own; the spread of eight such
posteriors, over the root of eight, is what the error of the whole has to be. Of eight numbers a
spread is known to a quarter, so that a factor of two is four of its standard deviations off.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.posterior.test_calibrating import _claim, _dossier, _scenario

import inje
from inje.posterior import (
    posterior_checks,
    predictive_checks,
    prior_sensitivity,
    with_errors,
)

PARTS = 8


def _conditioned(ess):
    dossier = _dossier(
        _claim("c1", "strength.red", "azimi", best=600, vagueness="rounded", to=100),
        _claim("c2", "losses.blue.total", "book", best=31),
        _claim("c3", "losses.red.total", "azimi", best=9),
    )
    return inje.condition(_scenario(dossier), seed=1, ess=ess, threads=1)


@pytest.fixture(name="posterior", scope="module")
def _posterior():
    # Few enough that reliabilities are computed from all draws.
    return _conditioned(1500)


def _part(posterior, number):
    """The draws, and the worlds of the prior, of some of the groups."""
    rows = posterior.weighted.group % PARTS == number
    before = np.arange(len(next(iter(posterior.prior.values())))) % PARTS == number
    return replace(
        posterior,
        draws={path: np.asarray(column)[rows] for path, column in posterior.draws.items()},
        prior={path: np.asarray(column)[before] for path, column in posterior.prior.items()},
        log_weight=posterior.log_weight[rows],
        world=posterior.world[rows],
        group=posterior.group[rows],
    )


def _compared(posterior, values_of, errors_of):
    """Errors as told (k,), and as the parts have them (k,)."""
    apart = np.array([values_of(_part(posterior, number)) for number in range(PARTS)])
    return np.array(errors_of(posterior)), apart.std(axis=0, ddof=1) / np.sqrt(PARTS)


def _tails(found):
    """By claim, so that parts in which the order is another compare."""
    return [row.tail for row in sorted(found, key=lambda row: row.claims) if len(row.claims) == 1]


def _tail_errors(found):
    return [row.error for row in sorted(found, key=lambda row: row.claims) if len(row.claims) == 1]


ASKED = {
    "reliability": (
        lambda p: [row.mean for row in p.reliabilities()],
        lambda p: [row.errors[0] for row in p.reliabilities()],
    ),
    "median of reliability": (
        lambda p: [row.q50 for row in p.reliabilities()],
        lambda p: [row.errors[2] for row in p.reliabilities()],
    ),
    "truth": (
        lambda p: [row.probability for row in p.truths()],
        lambda p: [row.error for row in p.truths()],
    ),
    "tails before": (
        lambda p: _tails(predictive_checks(p)), lambda p: _tail_errors(predictive_checks(p)),
    ),
    "tails after": (
        lambda p: _tails(posterior_checks(p)), lambda p: _tail_errors(posterior_checks(p)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ASKED)
def test_errors_are_what_parts_of_the_draws_differ_by(posterior, what):
    told, apart = _compared(posterior, *ASKED[what])
    big = apart > 1e-6
    assert big.any()
    ratio = np.sqrt(np.mean(np.square(told[big] / apart[big])))
    assert 0.5 < ratio < 2


def _changes(posterior, targets=("strength.red",)):
    rows = with_errors(posterior, prior_sensitivity(posterior, targets))
    return sorted(rows, key=lambda row: (row.parameter, row.change))


def test_other_priors_have_errors_too():
    posterior = _conditioned(12_000)
    rows = _changes(posterior)
    parts = [_changes(_part(posterior, number)) for number in range(PARTS)]
    judged = [i for i, row in enumerate(rows) if row.after and all(p[i].after for p in parts)]
    apart = np.array([[[*p[i].after, p[i].shift] for i in judged] for p in parts], dtype=float)
    spread = apart.std(axis=0, ddof=1) / np.sqrt(PARTS)
    told = np.array([[*rows[i].after_errors, rows[i].shift_error] for i in judged])
    assert len(judged) >= 3
    # The ends of an interval rest on few draws of a part, and differ by more than their errors.
    for column in (1, 3):
        ratio = np.sqrt(np.mean(np.square(told[:, column])) / np.mean(spread[:, column] ** 2))
        assert 0.4 < ratio < 2.5, column
    for row in rows:
        assert (row.after is None) == (row.after_errors is None) == (row.shift_error is None)
        assert len(row.before_errors) == 3
