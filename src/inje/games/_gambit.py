"""Writing a game as a Gambit ``.efg`` file (plain text, format version 2)."""

from __future__ import annotations

from fractions import Fraction

from inje.games._tree import Chance, Decision, Game, Outcome, walk


def to_efg(game: Game) -> str:
    """Return the game in Gambit's extensive-form format.

    Nodes stand in the order of the tree, each before what follows it. Probabilities of
    Nature are fractions with sum exactly 1, as the format requires.
    """
    numbers = _information_numbers(game)
    players = " ".join(_quoted(name) for name in game.players)
    lines = [f"EFG 2 R {_quoted(game.title)} {{ {players} }}", '""', ""]
    chances = outcomes = 0
    for node in walk(game.root):
        if isinstance(node, Chance):
            chances += 1
            lines.append(_chance_line(node, chances))
        elif isinstance(node, Decision):
            player = game.players.index(node.player) + 1
            moves = " ".join(_quoted(move) for move, _ in node.moves)
            lines.append(
                f'p "" {player} {numbers[node.information]} {_quoted(node.information)} '
                f"{{ {moves} }} 0"
            )
        else:
            outcomes += 1
            lines.append(_outcome_line(node, outcomes))
    return "\n".join(lines) + "\n"


def _information_numbers(game: Game) -> dict[str, int]:
    """Information sets count from 1 for each player."""
    counts = dict.fromkeys(game.players, 0)
    numbers: dict[str, int] = {}
    for information in game.information_sets:
        counts[information.player] += 1
        numbers[information.name] = counts[information.player]
    return numbers


def _chance_line(node: Chance, number: int) -> str:
    fractions = [Fraction(p).limit_denominator(10**9) for p in node.probabilities]
    fractions[-1] = 1 - sum(fractions[:-1])
    moves = " ".join(
        f"{_quoted(move)} {fraction}"
        for (move, _), fraction in zip(node.moves, fractions, strict=True)
    )
    return f'c "" {number} {_quoted(node.label)} {{ {moves} }} 0'


def _outcome_line(node: Outcome, number: int) -> str:
    payoffs = ", ".join(f"{payoff:.12g}" for payoff in node.payoffs)
    return f't "" {number} {_quoted(node.label)} {{ {payoffs} }}'


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
