"""What the political game says beside the comparison: the cabinet, and what was worth a deal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inje.answers._politics import Plays, punishing
from inje.games import bargaining_range
from inje.posterior import Posterior, Weighted

__all__ = ["Settlement", "Statecraft", "statecraft_of"]


@dataclass(frozen=True)
class Settlement:
    """Divisions of what was disputed that both sides prefer to fighting (Fearon 1995).

    Attributes
    ----------
    side : whose share it is, by name.
    wins, error : its chance to win by fighting, undecided ends left out, and its Monte-Carlo
        standard error, which is that of the shares, too.
    low, high : the shares.
    """

    side: str
    wins: float
    error: float
    low: float
    high: float


@dataclass(frozen=True)
class Statecraft:
    """The game under what is stated.

    Attributes
    ----------
    precision : of the quantal response. attack : by account, how probable the attack was.
    told : by account, how probable the moves are that the record tells, an attack given.
    punishing : probability that the contest in the cabinet ends in punishment; None without one.
    settlement : None where no costs are given.
    """

    precision: float
    attack: dict[str, float]
    told: dict[str, float]
    punishing: float | None
    settlement: Settlement | None


def statecraft_of(posterior: Posterior, plays: Plays) -> Statecraft | None:
    """What the game says; None for a question without one."""
    crisis = plays.crisis
    if crisis is None:
        return None
    share = np.exp(plays.log_shares())
    attack = share.sum(axis=1)
    told = share[:, _told(plays)] / attack
    return Statecraft(
        precision=plays.precisions[len(plays.precisions) // 2],
        attack=dict(zip(plays.names, attack.tolist(), strict=True)),
        told=dict(zip(plays.names, told.tolist(), strict=True)),
        punishing=punishing(crisis) if crisis.cabinet else None,
        settlement=_settlement(posterior),
    )


def _told(plays: Plays) -> int:
    """The course in which every claimed move was made."""
    assert plays.crisis is not None  # noqa: S101 - asked only of a game
    claimed = {move for move, claims in plays.crisis.moves.items() if claims}
    made = tuple(
        next(code for code, move in enumerate(pair) if move in claimed) for pair in plays.decisions
    )
    return plays.courses.index(made) if made in plays.courses else 0


def _settlement(posterior: Posterior) -> Settlement | None:
    crisis = posterior.scenario.crisis
    if crisis is None or crisis.bargain is None or "winner" not in posterior.draws:
        return None
    (first, cost), (second, other) = crisis.bargain.costs.items()
    labels = posterior.labels["winner"]
    codes = [labels.index(name) if name in labels else -9 for name in (first, second)]
    winner = np.asarray(posterior.draws["winner"])
    # Undecided ends left out.
    decided = np.where(np.isin(winner, codes), posterior.log_weight, -np.inf)
    if not np.isfinite(decided).any():
        return None
    chance = Weighted.of(decided, posterior.group).mean(winner == codes[0])
    costs = [float(q.quantile(np.array([0.5]))[0]) for q in (cost, other)]
    found = bargaining_range(chance.value, *costs)
    side = next((s.name for s in posterior.scenario.sides if s.id == first), first)
    return Settlement(side, chance.value, float(chance.error), found.low, found.high)
