"""Quantal response equilibrium of a game, and what it says of paths of play.

McKelvey, R. D. & Palfrey, T. R. (1998), "Quantal response equilibria for
extensive form games", Experimental Economics 1, 9-41: in the logit agent
equilibrium a move is made with probability proportional to exp(L * worth),
its worth computed with the same behaviour of all others. Every path has
positive probability, so a path is a likelihood.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from inje.errors import ModelError, OptionError
from inje.games._branch import Branch, Vector
from inje.games._expectation import Plan, log_strategy, plan_of
from inje.games._tree import Chance, Game, Node, Outcome

Path = tuple[str, ...]


@dataclass(frozen=True)
class Equilibrium:
    """Behaviour of all players at one precision.

    Attributes
    ----------
    game : the game.
    precision : L of the logit choice, per unit of payoff.
    strategies : probability of each move at each information set.
    folded : whether the branch turned back on its way here.
    """

    game: Game
    precision: float
    strategies: Mapping[str, Mapping[str, float]]
    folded: bool = False

    def path_probabilities(self, given: Sequence[str] = ()) -> Mapping[Path, float]:
        """Return the probability of every way the game can go on after the moves `given`.

        Parameters
        ----------
        given : moves from the start, for example the type that Nature draws.

        Returns
        -------
        From each path (the moves after `given`) to its probability, given those moves; the sum
        is 1.

        Raises
        ------
        ModelError : when the moves cannot be made in this order.
        """
        node = self.game.root
        for move in given:
            node = _follow(node, move)
        found: dict[Path, float] = {}
        waiting: list[tuple[Node, Path, float]] = [(node, (), 1.0)]
        while waiting:
            here, path, probability = waiting.pop()
            if isinstance(here, Outcome):
                found[path] = probability
                continue
            chances = self._chances(here)
            for (move, follower), chance in reversed(list(zip(here.moves, chances, strict=True))):
                waiting.append((follower, (*path, move), probability * chance))
        return MappingProxyType(found)

    def likelihood(self, weights: Mapping[Path, float], given: Sequence[str] = ()) -> float:
        """Return the probability of what is claimed about the path.

        Parameters
        ----------
        weights : P(claims | path) for each path; paths left out have weight 0.
        given : moves from the start, as in `path_probabilities`.

        Raises
        ------
        ModelError : when a path does not exist.
        """
        paths = self.path_probabilities(given)
        for path in weights:
            if path not in paths:
                raise ModelError("path", " > ".join(path), "a path of the game", "name its moves")
        return math.fsum(weight * paths[path] for path, weight in weights.items())

    def probability_of(self, moves: Sequence[str], given: Sequence[str] = ()) -> float:
        """Return the probability that all of `moves` are made, in any order, after `given`."""
        wanted = set(moves)
        paths = self.path_probabilities(given)
        return math.fsum(p for path, p in paths.items() if wanted.issubset(path))

    def likelihoods(self, weights: Mapping[Path, float]) -> Mapping[str, float]:
        """Return, for each type that Nature may draw first, the probability of what is claimed.

        Parameters
        ----------
        weights : P(claims | path) for each path after Nature's move, as in `likelihood`.

        Raises
        ------
        ModelError : when the game does not begin with a move of Nature.
        """
        root = self.game.root
        if not isinstance(root, Chance):
            raise ModelError("game", f"{self.game.title!r} begins with a decision",
                             "a game in which Nature draws a type", "use likelihood")  # fmt: skip
        return MappingProxyType({kind: self.likelihood(weights, (kind,)) for kind, _ in root.moves})

    def _chances(self, node: Node) -> Iterable[float]:
        if isinstance(node, Outcome):
            return ()
        if isinstance(node, Chance):
            return node.probabilities
        return [self.strategies[node.information][move] for move, _ in node.moves]


def _follow(node: Node, move: str) -> Node:
    followers = {} if isinstance(node, Outcome) else dict(node.moves)
    if move not in followers:
        raise ModelError("path", repr(move), ", ".join(followers) or "the game is over there",
                         "name one of these moves")  # fmt: skip
    return followers[move]


class PrincipalBranch:
    """The equilibria of a game for all precisions, on the branch from 0.

    Parameters
    ----------
    game : the game; its branch is followed only as far as it is asked for, and kept.
    """

    def __init__(self, game: Game) -> None:
        self.game = game
        self._plan: Plan = plan_of(game)
        self._branch = Branch(self._plan)

    def at(self, precision: float) -> Equilibrium:
        """Return the equilibrium where the branch first reaches a precision.

        Raises
        ------
        OptionError : when the precision is not a finite number of 0 or more.
        ModelError : when the branch cannot be followed so far.
        """
        if not (math.isfinite(precision) and precision >= 0.0):
            raise OptionError("precision", repr(precision), "0 or more", "give a finite precision")
        strategies = _strategies(self._plan, self._branch.at(precision))
        return Equilibrium(self.game, precision, strategies, self._branch.folded(precision))


def quantal_response(game: Game, precision: float) -> Equilibrium:
    """Return the logit agent quantal response equilibrium on the principal branch.

    Parameters
    ----------
    game : the game.
    precision : L of the logit choice; 0 makes all moves alike, infinity the best ones certain.

    Raises
    ------
    OptionError : when the precision is not a finite number of 0 or more.
    ModelError : when the branch cannot be followed so far.
    """
    return PrincipalBranch(game).at(precision)


def _strategies(plan: Plan, logits: Vector) -> Mapping[str, Mapping[str, float]]:
    probabilities = np.exp(log_strategy(plan, logits[None, :])[0])
    return MappingProxyType(
        {
            information.name: MappingProxyType(
                dict(
                    zip(
                        information.moves,
                        (float(p) for p in probabilities[plan.first[k] : plan.first[k + 1]]),
                        strict=True,
                    )
                )
            )
            for k, information in enumerate(plan.information)
        }
    )
