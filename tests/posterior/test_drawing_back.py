"""Losses drawn back, beside the matrix exponential of the whole battle."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from inje.posterior._duel_paths import drawn_back, reaching
from scipy import linalg

from inje.exact import TwoCounts

BATTLE = TwoCounts((4, 3), coefficients=(0.3, 0.5))
CELLS = [(i, j) for i in range(5) for j in range(4)]


def carried(days):
    """P(losses after so many days | losses before), all cells: the square law's generator."""
    rate = np.zeros((len(CELLS), len(CELLS)))
    for here, (i, j) in enumerate(CELLS):
        if i < 4 and j < 3:
            for there, pace in (((i + 1, j), 0.3 * (3 - j)), ((i, j + 1), 0.5 * (4 - i))):
                rate[here, CELLS.index(there)] += pace
                rate[here, here] -= pace
    return linalg.expm(rate * days)


@pytest.mark.parametrize("days", [0.0, 0.3, 2.0, 40.0])
@pytest.mark.parametrize(("low", "target"), [((0, 0), (2, 1)), ((1, 0), (4, 2)), ((2, 2), (2, 2))])
def test_the_chance_to_reach_a_cell_from_every_other(days, low, target):
    table, exact = reaching(BATTLE, days, low, target), carried(days)
    assert table.shape == (target[0] - low[0] + 1, target[1] - low[1] + 1)
    for i in range(low[0], target[0] + 1):
        for j in range(low[1], target[1] + 1):
            expected = exact[CELLS.index((i, j)), CELLS.index(target)]
            assert table[i - low[0], j - low[1]] == pytest.approx(expected, abs=1e-9)


class Given:
    """Random numbers that were chosen."""

    def __init__(self, *numbers):
        self.numbers = list(numbers)

    def random(self):
        return self.numbers.pop(0)


def law_of(chances):
    first, second = np.array(CELLS).T
    keep = chances > 0
    return SimpleNamespace(first=first[keep], second=second[keep], probability=chances[keep])


def test_each_date_is_drawn_given_the_next():
    start = np.zeros(len(CELLS))
    start[0] = 1.0
    one, two = start @ carried(1.0), start @ carried(1.5)
    told = two * np.where([i + j == 3 for i, j in CELLS], 1.0, 0.1)  # weighed by a report
    laws = [law_of(one), law_of(told / told.sum())]
    step = carried(0.5)
    for u in (0.001, 0.2, 0.47, 0.8, 0.999999):
        for v in (0.0, 0.31, 0.5, 0.77, 0.999999):
            found = drawn_back(BATTLE, (1.0, 1.5), laws, Given(u, v))
            share = np.cumsum(laws[1].probability)
            last = int(np.flatnonzero(share > u * share[-1])[0])
            target = int(laws[1].first[last]), int(laws[1].second[last])
            before = zip(laws[0].first.tolist(), laws[0].second.tolist(), strict=True)
            chances = [step[CELLS.index(cell), CELLS.index(target)] for cell in before]
            share = np.cumsum(laws[0].probability * np.array(chances))
            row = int(np.flatnonzero(share > v * share[-1])[0])
            assert found.tolist() == [
                [int(laws[0].first[row]), int(laws[0].second[row])],
                list(target),
            ]
