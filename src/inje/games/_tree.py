"""Games in extensive form: chance, decisions in information sets, payoffs.

A game is a tree of frozen nodes. Decisions that a player cannot tell apart
bear one information set, and offer the same moves in the same order. A game in
strategic form is the tree in which each player moves without knowing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from inje.errors import ModelError


@dataclass(frozen=True)
class Outcome:
    """An end of the game.

    Attributes
    ----------
    payoffs : one for each player, in the order of `Game.players`.
    label : what happened.
    """

    payoffs: tuple[float, ...]
    label: str = ""


@dataclass(frozen=True)
class Chance:
    """A move of Nature.

    Attributes
    ----------
    moves : move and what follows.
    probabilities : positive, one a move, with sum 1.
    label : what Nature decides.
    """

    moves: tuple[tuple[str, Node], ...]
    probabilities: tuple[float, ...]
    label: str = "Nature"


@dataclass(frozen=True)
class Decision:
    """A decision of a player.

    Attributes
    ----------
    player : name of the player.
    information : name of the information set.
    moves : move and what follows.
    """

    player: str
    information: str
    moves: tuple[tuple[str, Node], ...]


Node = Outcome | Chance | Decision


@dataclass(frozen=True)
class InformationSet:
    """What a player knows when deciding.

    Attributes
    ----------
    name, player : of the information set.
    moves : what can be done there.
    """

    name: str
    player: str
    moves: tuple[str, ...]


@dataclass(frozen=True)
class Game:
    """A finite game with named players.

    Raises
    ------
    ModelError : when a payoff or a probability is missing or impossible, an unknown player
        moves, or decisions of one information set differ in player or moves.
    """

    title: str
    players: tuple[str, ...]
    root: Node

    def __post_init__(self) -> None:
        known: dict[str, InformationSet] = {}
        for node in walk(self.root):
            if isinstance(node, Outcome):
                self._check_outcome(node)
            elif isinstance(node, Chance):
                self._check_chance(node)
            else:
                self._check_decision(node, known)

    def _check_outcome(self, node: Outcome) -> None:
        if len(node.payoffs) != len(self.players) or not all(map(math.isfinite, node.payoffs)):
            allowed = f"{len(self.players)} finite numbers"
            came = f"payoffs {node.payoffs}"
            raise ModelError(f"outcome {node.label!r}", came, allowed, "give each player one")

    def _check_chance(self, node: Chance) -> None:
        total = math.fsum(node.probabilities)
        positive = all(p > 0.0 for p in node.probabilities)
        if len(node.probabilities) != len(node.moves) or not positive or abs(total - 1.0) > 1e-9:
            raise ModelError(f"chance {node.label!r}", f"probabilities {node.probabilities}",
                             "positive, one a move, with sum 1",
                             "leave out moves that cannot happen")  # fmt: skip

    def _check_decision(self, node: Decision, known: dict[str, InformationSet]) -> None:
        here = InformationSet(node.information, node.player, tuple(m for m, _ in node.moves))
        where = f"information set {node.information!r}"
        if node.player not in self.players:
            raise ModelError(where, f"player {node.player!r}", ", ".join(self.players), "name one")
        if len(here.moves) < 2 or len(set(here.moves)) < len(here.moves):
            raise ModelError(
                where, f"moves {here.moves}", "two or more, all different", "correct them"
            )
        first = known.setdefault(node.information, here)
        if first != here:
            came, allowed = (f"{i.player} with {', '.join(i.moves)}" for i in (here, first))
            raise ModelError(where, came, allowed, "give it one player and the same moves")

    @property
    def information_sets(self) -> tuple[InformationSet, ...]:
        """The information sets in the order of the tree."""
        found: dict[str, InformationSet] = {}
        for node in walk(self.root):
            if isinstance(node, Decision) and node.information not in found:
                moves = tuple(move for move, _ in node.moves)
                found[node.information] = InformationSet(node.information, node.player, moves)
        return tuple(found.values())


def walk(root: Node) -> Iterator[Node]:
    """Yield the nodes, each before what follows it."""
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, Outcome):
            waiting.extend(follower for _, follower in reversed(node.moves))


def strategic_game(
    payoffs: Mapping[str, Sequence[Sequence[float]]],
    moves: Sequence[Sequence[str]] | None = None,
    title: str = "strategic form",
) -> Game:
    """Return the game of two players who move without knowing of each other.

    Parameters
    ----------
    payoffs : for each of two players, a matrix (moves of the first, moves of the second).
    moves : names of the moves of each; "1", "2", ... by default.
    title : of the game.

    Raises
    ------
    ModelError : when there are not two players, or the matrices differ in shape.
    """
    players = tuple(payoffs)
    shapes = {(len(m), *{len(row) for row in m}) for m in payoffs.values()}
    if len(players) != 2 or len(shapes) != 1 or len(next(iter(shapes))) != 2:
        came = f"{len(players)} matrices of shapes {sorted(shapes)}"
        allowed = "two players, two matrices of one shape"
        raise ModelError("strategic form", came, allowed, "correct the matrices")
    rows, columns = next(iter(shapes))
    if moves is None:
        moves = [[str(k + 1) for k in range(count)] for count in (rows, columns)]
    first, second = (payoffs[name] for name in players)

    def reply(i: int) -> Decision:
        ends = (
            (moves[1][j], Outcome((float(first[i][j]), float(second[i][j]))))
            for j in range(columns)
        )
        return Decision(players[1], players[1], tuple(ends))

    root = Decision(players[0], players[0], tuple((moves[0][i], reply(i)) for i in range(rows)))
    return Game(title, players, root)
