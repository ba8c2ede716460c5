"""What a law of losses says of itself, against plain sums over its cells."""

from __future__ import annotations

import numpy as np
import pytest

from inje import exact


@pytest.fixture
def law() -> exact.LossLaw:
    return exact.LossLaw(
        first=np.array([0, 1, 3, 2, 3]),
        second=np.array([0, 2, 1, 2, 2]),
        probability=np.array([0.1, 0.2, 0.3, 0.25, 0.05]),
        spans=(3, 2),
        truncated=0.1,
    )


def test_who_wins(law):
    assert law.total == pytest.approx(0.9)
    assert law.first_wins == pytest.approx(0.45)
    assert law.second_wins == pytest.approx(0.3)
    assert law.undecided == pytest.approx(0.15)  # the first cell, and both down in the last


def test_moments_are_those_of_the_mass_that_was_kept(law):
    p = law.probability / 0.9
    assert law.mean == pytest.approx((p @ law.first, p @ law.second))
    plain = np.cov(np.stack([law.first, law.second]), aweights=p, ddof=0)
    assert law.covariance == pytest.approx(plain)
    assert law.sd == pytest.approx(np.sqrt(np.diag(plain)))


def test_marginals_and_table_hold_the_same_mass(law):
    table = law.table()
    assert table.shape == (4, 3)
    assert table[3, 1] == 0.3
    assert law.marginal(0) == pytest.approx(table.sum(axis=1))
    assert law.marginal(1) == pytest.approx(table.sum(axis=0))
    assert law.table((2, 5)).tolist() == [[0.1, 0, 0, 0, 0], [0, 0, 0.2, 0, 0]]


def test_a_report_weighs_cell_by_cell(law):
    weights = np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 0.5], [4.0, 4.0, 4.0]])
    weighed = law.weighed(weights)
    assert weighed.first.tolist() == [0, 1, 2]
    assert weighed.probability == pytest.approx([0.1, 0.1, 1.0])
    assert weighed.truncated == pytest.approx(0.4)
    assert weighed.spans == law.spans
    assert law.weighed(np.zeros((4, 3))).total == 0.0
    # what was left out weighs at most what the heaviest cell weighs, also where that is less than 1
    assert law.weighed(np.full((4, 3), 0.5)).truncated == pytest.approx(0.05)
