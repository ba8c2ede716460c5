"""What each claim contributes to a log Bayes factor: Shapley values, which add up.

Source: Shapley, A value for n-person games (1953). Exact over all subsets while the number of
claims that can differ is small; over random orders and their reverses beyond, with the
standard error. Of a pair of reversed orders one takes a claim early and one late, so that
their mean varies less (Mitchell, Cooper, Frank and Holmes, Sampling permutations for Shapley
value estimation, 2022).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import factorial

import numpy as np

__all__ = ["EXACT", "shapley"]

#: players up to which all subsets are visited (2^8 = 256)
EXACT = 8
#: random orders beyond, each with its reverse
ORDERS = 12


def shapley(
    value: Callable[[frozenset[str]], np.ndarray], players: Sequence[str], seed: int
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Shapley values of players.

    Parameters
    ----------
    value : what a coalition is worth, any shape; visited once each.
    players : names.
    seed : of the random orders, when there are more than `EXACT` players.

    Returns
    -------
    By player: the value, and its standard error (zero where exact).
    """
    known: dict[frozenset[str], np.ndarray] = {}

    def worth(coalition: frozenset[str]) -> np.ndarray:
        if coalition not in known:
            known[coalition] = np.asarray(value(coalition), dtype=float)
        return known[coalition]

    if len(players) <= EXACT:
        return _exact(worth, players)
    return _sampled(worth, players, seed)


def _exact(
    worth: Callable[[frozenset[str]], np.ndarray], players: Sequence[str]
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    n = len(players)
    values = {}
    for player in players:
        others = [other for other in players if other != player]
        total = np.zeros_like(worth(frozenset()))
        for size in range(n):
            share = factorial(size) * factorial(n - size - 1) / factorial(n)
            for chosen in combinations(others, size):
                without = frozenset(chosen)
                total = total + share * (worth(without | {player}) - worth(without))
        values[player] = total
    return values, {player: np.zeros_like(total) for player, total in values.items()}


def _sampled(
    worth: Callable[[frozenset[str]], np.ndarray], players: Sequence[str], seed: int
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    random = np.random.default_rng([seed, 0x5A9])
    steps: dict[str, list[np.ndarray]] = {player: [] for player in players}
    for _ in range(ORDERS):
        order = [players[i] for i in random.permutation(len(players))]
        there, back = _steps(worth, order), _steps(worth, order[::-1])
        for player in players:
            steps[player].append((there[player] + back[player]) / 2)
    values = {player: np.mean(rows, axis=0) for player, rows in steps.items()}
    errors = {p: np.std(rows, axis=0, ddof=1) / np.sqrt(ORDERS) for p, rows in steps.items()}
    return values, errors


def _steps(
    worth: Callable[[frozenset[str]], np.ndarray], order: Sequence[str]
) -> dict[str, np.ndarray]:
    """What each player adds to those who came before."""
    before, coalition, added = worth(frozenset()), frozenset[str](), {}
    for player in order:
        coalition |= {player}
        after = worth(coalition)
        added[player], before = after - before, after
    return added
