"""The simple temporal network."""

from __future__ import annotations

import math

import numpy as np
import pytest

from inje.chronology import (
    ORIGIN,
    Constraint,
    Contradiction,
    MinimalNetwork,
    at,
    before,
    parse_edtf,
    solve,
    to_day,
)
from inje.errors import ModelError, OptionError

# Dechter, Meiri & Pearl (1991), the journeys of John and Fred.
JOURNEYS = (
    Constraint("x0", "x1", 10, 20, "John's way"),
    Constraint("x1", "x2", 30, 40, "John's car"),
    Constraint("x3", "x2", 10, 20, "arrivals"),
    Constraint("x3", "x4", 40, 50, "Fred's car pool"),
    Constraint("x0", "x4", 60, 70, "Fred's arrival"),
    Constraint(ORIGIN, "x0", 0, 0, "start"),
)


def test_the_published_domains() -> None:
    solution = solve(JOURNEYS)
    assert isinstance(solution, MinimalNetwork)
    assert solution.domains == {
        "x0": (0, 0), "x1": (10, 20), "x2": (40, 50), "x3": (20, 30), "x4": (60, 70)}  # fmt: skip
    assert solution.bounds("x1", "x4") == (50, 60)  # 50, not 40: a minimal network is tight


def test_a_contradiction_names_the_claims_on_the_cycle() -> None:
    found = solve((*JOURNEYS, before("x4", "x1", "Fred was first")))
    assert isinstance(found, Contradiction)
    assert set(found.labels) == {"Fred was first", "John's way", "Fred's arrival"}
    assert found.excess == 40


def test_dates_and_order() -> None:
    order = [
        at("report", parse_edtf("1946-04-17"), "c7"),
        at("restored", parse_edtf("../1946-04-21"), "box"),
        before("attack", "report", "c7"),
        before("report", "relief", "c9"),
        before("relief", "restored", "c10", gap=1),
    ]
    solution = solve(order)
    assert isinstance(solution, MinimalNetwork)
    assert solution.domains["attack"] == (-math.inf, to_day(1946, 4, 17))
    assert solution.domains["relief"] == (to_day(1946, 4, 17), to_day(1946, 4, 20))
    found = solve([*order, at("relief", parse_edtf("1946-04-22"), "c11")])
    assert isinstance(found, Contradiction)
    assert set(found.labels) == {"c11", "c10", "box"}


@pytest.mark.parametrize("seed", range(40))
def test_against_a_naive_twin(seed: int) -> None:
    """All pairs by Floyd and Warshall, and minimal contradictions by leaving each label out."""
    rng = np.random.default_rng(seed)
    names = [ORIGIN, "a", "b", "c", "d"]
    constraints = []
    for k in range(int(rng.integers(4, 10))):
        i, j = rng.choice(5, size=2, replace=False)
        low = int(rng.integers(-20, 20))
        constraints.append(
            Constraint(names[i], names[j], low, low + int(rng.integers(0, 15)), f"k{k}")
        )
    found = solve(constraints)
    matrix = _floyd_warshall(names, constraints)
    if isinstance(found, MinimalNetwork):
        assert np.all(np.diag(matrix) >= 0)
        for name, (low, high) in found.domains.items():
            assert (low, high) == (-matrix[names.index(name), 0], matrix[0, names.index(name)])
        return
    assert np.any(np.diag(matrix) < 0)
    told = [c for c in constraints if c.label in found.labels]
    assert np.any(np.diag(_floyd_warshall(names, told)) < 0)
    for label in found.labels:
        rest = [c for c in told if c.label != label]
        assert np.all(np.diag(_floyd_warshall(names, rest)) >= 0)


def _floyd_warshall(names: list[str], constraints: list[Constraint]) -> np.ndarray:
    matrix = np.full((len(names), len(names)), math.inf)
    np.fill_diagonal(matrix, 0.0)
    for c in constraints:
        i, j = names.index(c.start), names.index(c.end)
        matrix[i, j] = min(matrix[i, j], c.most)
        matrix[j, i] = min(matrix[j, i], -c.least)
    for k in range(len(names)):
        matrix = np.minimum(matrix, matrix[:, k, None] + matrix[None, k, :])
    return matrix


def test_one_constraint_can_contradict_itself() -> None:
    found = solve([Constraint("a", "b", 5, 3, "impossible")])
    assert found == Contradiction(("impossible",), found.events, 2)


def test_misuse_is_an_error() -> None:
    with pytest.raises(OptionError, match="not a number"):
        Constraint("a", "b", math.nan, 3)
    solution = solve([])
    assert isinstance(solution, MinimalNetwork)
    with pytest.raises(ModelError, match="no event 'a'"):
        solution.bounds("a", "b")
