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


@dataclass(frozen=True)
class Step:
    """One node in the order of the tree.

    Attributes
    ----------
    parent : its index, -1 for the root.
    move : index of the move (over all information sets) that leads here, -1 for chance.
    log_chance : log-probability of the chance move that leads here, else 0.
    information : index of the information set decided here, -1 for none.
    payoffs : at an end, else None.
    """

    parent: int
    move: int
    log_chance: float
    information: int
    payoffs: tuple[float, ...] | None


@dataclass(frozen=True)
class Plan:
    """A game made ready for evaluation.

    Attributes
    ----------
    steps : nodes, each before what follows it.
    information : the information sets.
    first : index of the first move of each information set, and the number of moves at the end.
    players : index of the player who decides at each information set.
    """

    steps: tuple[Step, ...]
    information: tuple[InformationSet, ...]
    first: tuple[int, ...]
    players: tuple[int, ...]

    @property
    def free(self) -> Array:
        """Indices of the moves other than the first of each information set."""
        return np.array([k for k in range(self.first[-1]) if k not in self.first], dtype=int)


def plan_of(game: Game) -> Plan:
    """Return the game ready for evaluation."""
    information = game.information_sets
    counts = [len(i.moves) for i in information]
    first = tuple(int(k) for k in np.concatenate([[0], np.cumsum(counts)]))
    index = {i.name: k for k, i in enumerate(information)}
    steps: list[Step] = []
    waiting: list[tuple[Node, int, int, float]] = [(game.root, -1, -1, 0.0)]
    while waiting:
        node, parent, move, log_chance = waiting.pop()
        here = len(steps)
        if isinstance(node, Outcome):
            steps.append(Step(parent, move, log_chance, -1, node.payoffs))
            continue
        if isinstance(node, Chance):
            steps.append(Step(parent, move, log_chance, -1, None))
            chances = [math.log(p) for p in node.probabilities]
            followers = [(f, here, -1, c) for (_, f), c in zip(node.moves, chances, strict=True)]
        else:
            k = index[node.information]
            steps.append(Step(parent, move, log_chance, k, None))
            followers = [(f, here, first[k] + a, 0.0) for a, (_, f) in enumerate(node.moves)]
        waiting.extend(reversed(followers))
    players = tuple(game.players.index(i.player) for i in information)
    return Plan(tuple(steps), information, first, players)


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
    reach = _log_reach(plan, log_p)
    values = _node_values(plan, log_p)
    worth = np.zeros_like(log_p)
    total = np.zeros((len(log_p), len(plan.information)), dtype=log_p.dtype)
    top = np.full((len(log_p), len(plan.information)), -np.inf)
    for n, step in enumerate(plan.steps):
        if step.information >= 0:
            k = step.information
            top[:, k] = np.maximum(top[:, k], np.real(reach[n]))
    for n, step in enumerate(plan.steps):
        if step.information >= 0:
            total[:, step.information] += np.exp(reach[n] - top[:, step.information])
        parent = plan.steps[step.parent].information if step.parent >= 0 else -1
        if parent >= 0:
            weight = np.exp(reach[step.parent] - top[:, parent])
            worth[:, step.move] += weight * values[n][:, plan.players[parent]]
    for k in range(len(plan.information)):
        worth[:, plan.first[k] : plan.first[k + 1]] /= total[:, k : k + 1]
    return worth


def _log_reach(plan: Plan, log_p: Array) -> list[Array]:
    reach: list[Array] = []
    for step in plan.steps:
        if step.parent < 0:
            reach.append(np.zeros(len(log_p), dtype=log_p.dtype))
            continue
        taken = log_p[:, step.move] if step.move >= 0 else step.log_chance
        reach.append(reach[step.parent] + taken)
    return reach


def _node_values(plan: Plan, log_p: Array) -> list[Array]:
    ends = (step.payoffs for step in plan.steps if step.payoffs is not None)
    count = len(next(ends))
    values = [np.zeros((len(log_p), count), dtype=log_p.dtype) for _ in plan.steps]
    for n in range(len(plan.steps) - 1, -1, -1):
        step = plan.steps[n]
        if step.payoffs is not None:
            values[n] += np.array(step.payoffs)
        if step.parent >= 0:
            p = np.exp(log_p[:, step.move]) if step.move >= 0 else math.exp(step.log_chance)
            values[step.parent] += np.reshape(p, (-1, 1)) * values[n]
    return values
