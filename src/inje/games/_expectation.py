"""What each move is worth where it is made, given how all players behave.

Everything is computed from log-probabilities, so that information sets that
are hardly ever reached keep their beliefs, and on complex numbers too, so that
derivatives can be taken by the complex step (Squire & Trapp 1998: exact to
rounding, with no choice of a step).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inje.games._tree import Chance, Game, InformationSet, Node, Outcome

Array = NDArray[Any]
Index = NDArray[np.int_]


@dataclass(frozen=True)
class Plan:
    """A game made ready for evaluation: its nodes level by level, followers side by side.

    Attributes
    ----------
    information : the information sets.
    first : index of the first move of each information set, and the number of moves at the end.
    levels : (first node, end) of each level of the tree, the root alone on the first.
    parent : (nodes,) index of the node before.
    taken : (nodes,) index of what leads here: a move, or a chance after all moves.
    log_chances : (chances,) log-probabilities of Nature's moves; the last is 0 and leads to
        the root.
    payoffs : (nodes, players) at the ends, else 0.
    decided : (decisions,) nodes where players decide, sorted by information set.
    decided_first : where each information set starts in `decided`.
    made : (moves made,) nodes that a player's move leads to, sorted by move.
    made_first : where each move starts in `made`.
    made_information, made_player : information set and player of each of `made`.
    """

    information: tuple[InformationSet, ...]
    first: tuple[int, ...]
    levels: tuple[tuple[int, int], ...]
    parent: Index
    taken: Index
    log_chances: NDArray[np.float64]
    payoffs: NDArray[np.float64]
    decided: Index
    decided_first: Index
    made: Index
    made_first: Index
    made_information: Index
    made_player: Index

    @property
    def free(self) -> Index:
        """Indices of the moves other than the first of each information set."""
        return np.array([k for k in range(self.first[-1]) if k not in self.first], dtype=int)


def plan_of(game: Game) -> Plan:
    """Return the game ready for evaluation."""
    information = game.information_sets
    index = {i.name: k for k, i in enumerate(information)}
    counts = [len(i.moves) for i in information]
    first = tuple(int(k) for k in np.concatenate([[0], np.cumsum(counts)]))
    layout = _Layout(index, first)
    layout.lay(game.root)
    decisions = np.array(layout.information)
    decided = np.flatnonzero(decisions >= 0)
    decided = decided[np.argsort(decisions[decided], kind="stable")]
    taken = np.array(layout.taken)
    made = np.flatnonzero(taken < first[-1])
    made = made[np.argsort(taken[made], kind="stable")]
    players = np.array([game.players.index(i.player) for i in information], dtype=int)
    parent = np.array(layout.parent)
    ends = [(0.0,) * len(game.players) if p is None else p for p in layout.payoffs]
    return Plan(
        information, first, tuple(layout.levels), parent, taken, np.array(layout.log_chances),
        np.array(ends), decided, _starts(decisions[decided], len(information)), made,
        _starts(taken[made], first[-1]), decisions[parent[made]],
        players[decisions[parent[made]]] if len(made) else made,
    )  # fmt: skip


def _starts(sorted_groups: Index, count: int) -> Index:
    return np.searchsorted(sorted_groups, np.arange(count))


class _Layout:
    """The nodes of a tree in the order of levels."""

    def __init__(self, index: dict[str, int], first: tuple[int, ...]) -> None:
        self._index, self._first = index, first
        self.levels: list[tuple[int, int]] = []
        self.parent: list[int] = []
        self.taken: list[int] = []
        self.information: list[int] = []
        self.payoffs: list[tuple[float, ...] | None] = []
        self.log_chances: list[float] = []

    def lay(self, root: Node) -> None:
        """Lay out all nodes; the root is led to by a certain chance, the last one."""
        level: list[tuple[Node, int, int]] = [(root, 0, -1)]
        while level:
            start = len(self.parent)
            following: list[tuple[Node, int, int]] = []
            for node, parent, taken in level:
                following += self._add(node, parent, taken)
            self.levels.append((start, len(self.parent)))
            level = following
        self.taken[0] = self._first[-1] + len(self.log_chances)
        self.log_chances.append(0.0)

    def _add(self, node: Node, parent: int, taken: int) -> list[tuple[Node, int, int]]:
        here = len(self.parent)
        self.parent.append(parent)
        self.taken.append(taken)
        self.payoffs.append(node.payoffs if isinstance(node, Outcome) else None)
        self.information.append(-1)
        if isinstance(node, Outcome):
            return []
        if isinstance(node, Chance):
            start = self._first[-1] + len(self.log_chances)
            self.log_chances += [math.log(p) for p in node.probabilities]
        else:
            self.information[-1] = self._index[node.information]
            start = self._first[self.information[-1]]
        return [(follower, here, start + k) for k, (_, follower) in enumerate(node.moves)]


def log_strategy(plan: Plan, logits: Array) -> Array:
    """Return log-probabilities of all moves from logits.

    Parameters
    ----------
    logits : (batch, free moves) log-odds of each move against the first of its set.

    Returns
    -------
    (batch, moves)
    """
    full = np.zeros((len(logits), plan.first[-1]), dtype=logits.dtype)
    full[:, plan.free] = logits
    for k in range(len(plan.information)):
        part = full[:, plan.first[k] : plan.first[k + 1]]
        top = np.real(part).max(axis=1, keepdims=True)
        part -= top + np.log(np.exp(part - top).sum(axis=1, keepdims=True))
    return full


def move_values(plan: Plan, log_p: Array) -> Array:
    """Return what each move is worth to the player who may make it.

    Parameters
    ----------
    log_p : (batch, moves) log-probabilities.

    Returns
    -------
    (batch, moves) : expected payoff of the move, given that its information set is reached and
        all others (and the player elsewhere) behave by `log_p`.
    """
    led = np.empty((len(log_p), log_p.shape[1] + len(plan.log_chances)), dtype=log_p.dtype)
    led[:, : log_p.shape[1]] = log_p
    led[:, log_p.shape[1] :] = plan.log_chances
    led = led[:, plan.taken]
    reach, values = _log_reach(plan, led), _node_values(plan, np.exp(led))
    # The most likely node of each set has weight 1: beliefs survive where nobody ever comes.
    top = np.maximum.reduceat(np.real(reach[:, plan.decided]), plan.decided_first, axis=1)
    weight = np.exp(reach[:, plan.parent[plan.made]] - top[:, plan.made_information])
    gained = weight * values[:, plan.made, plan.made_player]
    gained = np.add.reduceat(gained, plan.made_first, axis=1)
    return gained / np.add.reduceat(weight, plan.made_first, axis=1)


def _log_reach(plan: Plan, led: Array) -> Array:
    reach = np.zeros_like(led)
    for start, end in plan.levels[1:]:
        reach[:, start:end] = reach[:, plan.parent[start:end]] + led[:, start:end]
    return reach


def _node_values(plan: Plan, p: Array) -> Array:
    values = np.broadcast_to(plan.payoffs, (len(p), *plan.payoffs.shape)).astype(p.dtype)
    for start, end in reversed(plan.levels[1:]):
        parents, firsts = np.unique(plan.parent[start:end], return_index=True)
        expected = p[:, start:end, None] * values[:, start:end]
        values[:, parents] = np.add.reduceat(expected, firsts, axis=1)
    return values
