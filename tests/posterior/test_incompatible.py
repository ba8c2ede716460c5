"""Claims that cannot all be true: the smallest set is named, by dates and by worlds."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from inje.dossier import Claim, ObservablePath, Value
from inje.errors import OptionError
from inje.posterior import (
    ClaimModel,
    Setting,
    Supply,
    Wanted,
    WeighedClaim,
    beta_of,
    conditioned,
)
from inje.posterior._dates import clash_of_dates
from inje.posterior._intervals import INTERVALS
from inje.posterior._reach import _smallest_unreached
from inje.posterior._transmission import Attestation
from inje.scenario import load_scenario

SETTING = Setting(
    limit=1000, days=5.0, columns=frozenset({"start", "end", "duration", "arrival.reserve"})
)


def _said(id_, about, low=None, high=None, **more):
    claim = Claim(
        id=id_, kind="fact", holders=("n",), about=about, value=Value(low=low, high=high, **more)
    )
    reading = INTERVALS.read(claim, ObservablePath.parse(about), None, SETTING)
    return WeighedClaim(id_, about, reading, Attestation(id_, "n", reading.invented(None)))


def _model(*claims):
    return ClaimModel(claims, {"n": "B"}, {})


def test_dates_that_prove_each_other_wrong_are_named_without_a_world():
    model = _model(
        _said("c1", "arrival.reserve", 1, 2),
        _said("c2", "start", 3, 4),
        _said("c3", "end", 0, 1),
        _said("c4", "duration", 1, 5),
    )
    assert set(clash_of_dates(model)) == {"c2", "c3"}


def test_a_duration_that_does_not_fit_between_start_and_end_is_named():
    model = _model(
        _said("c1", "start", 1, 1), _said("c2", "end", 2, 2), _said("c3", "duration", 4, 5)
    )
    assert set(clash_of_dates(model)) == {"c1", "c2", "c3"}
    assert clash_of_dates(_model(*model.claims[:2])) == ()


def test_dates_that_fit_are_no_contradiction():
    model = _model(_said("c1", "start", 0, 1), _said("c2", "end", 2, 4))
    assert clash_of_dates(model) == ()
    assert clash_of_dates(_model()) == ()


def test_the_answer_names_them_whatever_the_weights(root):
    scenario = load_scenario(root / "examples" / "inje-1946" / "scenario.yaml")
    model = _model(_said("c1", "start", 3, 4), _said("c2", "end", 0, 1), _said("c3", "start", 0, 4))

    def simulate(start, n):
        x = np.random.default_rng([1, start]).uniform(0, 5, (2, n))
        return {"start": x.min(axis=0), "end": x.max(axis=0)}

    made = conditioned(scenario, model, Supply(simulate, {}, {}), Wanted(ess=100, threads=1))
    assert not made.failed
    assert set(made.diagnostics.reach.incompatible) == {"c1", "c2"}
    assert "cannot all be true: c1 (start), c2 (end)" in made.diagnostics.sentence


def test_the_smallest_set_has_no_claim_too_many():
    # Any four of five claims are seen together, all five never: only five together are a set.
    rows = np.array([[i != j for i in range(5)] for j in range(5)])
    assert _smallest_unreached(rows) == (0, 1, 2, 3, 4)
    assert _smallest_unreached(np.array([[True, True, False], [False, True, True]])) == (0, 2)
    assert _smallest_unreached(np.ones((1, 5), dtype=bool)) == ()
    wider = np.hstack([rows, np.ones((5, 1), dtype=bool)])
    assert _smallest_unreached(wider) == (0, 1, 2, 3, 4)
    for size in range(1, 5):
        for members in itertools.combinations(range(5), size):
            assert rows[:, members].all(axis=1).any()


@pytest.mark.parametrize("letter", ["G", "a", "", "AB"])
def test_a_letter_out_of_range_is_refused(letter):
    with pytest.raises(OptionError, match="an Admiralty letter"):
        beta_of(letter)
