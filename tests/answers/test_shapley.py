"""Shapley values: a published game, additivity, exact against sampled."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inje.answers._shapley import EXACT, shapley


def test_the_glove_game_comes_out():
    # Two left gloves, one right one (Shapley & Shubik 1969): (1/6, 1/6, 2/3).
    def worth(coalition):
        return np.array(float("right" in coalition and len(coalition) > 1))

    values, errors = shapley(worth, ["left", "links", "right"], seed=1)
    assert [float(values[p]) for p in ("left", "links", "right")] == pytest.approx(
        [1 / 6, 1 / 6, 2 / 3]
    )
    assert all(error == 0 for error in errors.values())


@given(st.lists(st.floats(-5, 5), min_size=16, max_size=16))
def test_contributions_add_up_to_the_whole(worths):
    players = ["a", "b", "c", "d"]

    def worth(coalition):
        return np.array(worths[sum(2**i for i, p in enumerate(players) if p in coalition)])

    values, _ = shapley(worth, players, seed=1)
    assert sum(map(float, values.values())) == pytest.approx(worths[15] - worths[0], abs=1e-9)


def test_many_players_are_sampled_with_an_error_that_covers_the_truth():
    players = [f"p{i}" for i in range(EXACT + 3)]

    def worth(coalition):
        size = len(coalition)
        return np.array(float(size * size + 12 * ({"p0", "p1", "p2"} <= coalition)))

    values, errors = shapley(worth, players, seed=3)
    n = len(players)
    truth = {p: n + (4.0 if p in ("p0", "p1", "p2") else 0.0) for p in players}
    assert sum(map(float, values.values())) == pytest.approx(n * n + 12)
    for player in players:
        assert abs(values[player] - truth[player]) <= 4.5 * errors[player] + 1e-9
        assert errors[player] < 2
    assert errors["p0"] > 0.1
    assert errors["p9"] < 1e-9, "an order and its reverse settle what only two can settle"
