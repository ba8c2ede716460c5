"""The naive twin of the worth of moves: every path, written out."""

from __future__ import annotations

import math

from inje.games import Chance, Decision, Equilibrium, Game, Node, Outcome


def paths(node: Node, made=()):
    """Yield (steps, outcome), a step being (node, move)."""
    if isinstance(node, Outcome):
        yield made, node
        return
    for move, follower in node.moves:
        yield from paths(follower, (*made, (node, move)))


def probability(node: Node, move: str, equilibrium: Equilibrium) -> float:
    if isinstance(node, Chance):
        return dict(zip((m for m, _ in node.moves), node.probabilities, strict=True))[move]
    assert isinstance(node, Decision)
    return equilibrium.strategies[node.information][move]


def worth_of_moves(game: Game, equilibrium: Equilibrium) -> dict[tuple[str, str], float]:
    """Expected payoff of each move to its player, given that its information set is reached."""
    gained: dict[tuple[str, str], float] = {}
    reached: dict[tuple[str, str], float] = {}
    for steps, outcome in paths(game.root):
        for k, (node, move) in enumerate(steps):
            if not isinstance(node, Decision):
                continue
            others = [probability(*s, equilibrium) for j, s in enumerate(steps) if j != k]
            weight = math.prod(others)
            key = (node.information, move)
            payoff = outcome.payoffs[game.players.index(node.player)]
            gained[key] = gained.get(key, 0.0) + weight * payoff
            reached[key] = reached.get(key, 0.0) + weight
    return {key: gained[key] / reached[key] for key in gained}
