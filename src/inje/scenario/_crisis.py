"""The political game behind the accounts, as a part of the model.

All of it is assumed: who believes what of whom, what the moves are worth, how sharply people
choose. So every number has a range, and the comparison of accounts shows what the range does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from inje.dossier import Record, RecordFault
from inje.errors import InputError
from inje.games import ACCOUNT_TYPES, MOVES, CrisisPayoffs
from inje.scenario._quantity import Quantity

if TYPE_CHECKING:
    from inje.scenario._records import Scenario

__all__ = ["Bargain", "Crisis", "Minister", "crisis_faults", "stated_payoffs"]

#: who has payoffs in the game
PAID = ("mover", "responder", "cabinet")

Positive = Annotated[float, Field(gt=0)]
Terms = dict[str, float]


class Minister(Record):
    """Somebody with a voice in the cabinet: weight, and what each outcome is worth to him."""

    weight: Positive
    punish: float
    review: float
    claims: tuple[str, ...] = ()
    assumed: str = ""


class Bargain(Record):
    """What fighting costs each side, in parts of what is disputed (Fearon 1995)."""

    costs: dict[str, Quantity] = Field(min_length=2, max_length=2, description="by side")


class Crisis(Record):
    """The crisis game: Nature draws the account, then the moves follow.

    Attributes
    ----------
    types : for each account, the type of the game that it is.
    precision : of the quantal response; its prior's 5 % and 95 % quantiles are the range.
    nature : what the players believe of each other, as weights of the types (default: alike).
        It is apart from the weights of the accounts, which are the analyst's.
    nature_range : each of these weights may be so many times larger or smaller.
    payoffs : replaces assumed payoffs, by `mover`, `responder` or `cabinet`, type and term.
    payoff_range : what is at stake, and what fighting costs, may be so many times more or less.
    informed : types of which the cabinet knows, because it gave the order.
    moves : for each move, the claims that say it was made; other moves are summed over.
    cabinet : who contends over punishing or reviewing; without them the cabinet is one player.
    bargain : what fighting costs, for the range of settlements.
    """

    types: dict[str, str] = Field(min_length=2)
    precision: Quantity
    nature: dict[str, Positive] = Field(default_factory=dict)
    nature_range: Annotated[float, Field(ge=1)] = 3.0
    payoffs: dict[str, dict[str, Terms]] = Field(default_factory=dict)
    payoff_range: Annotated[float, Field(ge=1)] = 2.0
    informed: tuple[str, ...] = ("probe", "punish")
    moves: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    cabinet: dict[str, Minister] = Field(default_factory=dict)
    bargain: Bargain | None = None
    assumed: Annotated[str, Field(min_length=1)]


def stated_payoffs(crisis: Crisis) -> CrisisPayoffs:
    """The payoffs that a game is played with: the assumed ones, and those that replace them."""
    usual = CrisisPayoffs()
    tables = {
        player: {**getattr(usual, player), **crisis.payoffs.get(player, {})} for player in PAID
    }
    return CrisisPayoffs(**tables)


def crisis_faults(scenario: Scenario) -> Iterator[RecordFault]:
    """Names in the game that point nowhere, and numbers that no game has."""
    crisis = scenario.crisis
    if crisis is None:
        return
    accounts = [account.id for account in scenario.accounts]
    kinds = ", ".join(ACCOUNT_TYPES)
    for name, kind in crisis.types.items():
        at = ("crisis", "types", name)
        if name not in accounts:
            yield (at, f"{name!r} is no account", ", ".join(accounts), "correct it")
        if kind not in ACCOUNT_TYPES:
            yield (at, f"{kind!r} is no type of the game", kinds, "name one of these")
    for name in (name for name in accounts if name not in crisis.types):
        at = ("crisis", "types")
        yield (at, f"account {name!r} has no type in the game", kinds, "give it one")
    for name in (name for name in (*crisis.nature, *crisis.informed) if name not in ACCOUNT_TYPES):
        yield (("crisis", "nature"), f"{name!r} is no type of the game", kinds, "name one of these")
    for move in (move for move in crisis.moves if move not in MOVES):
        at = ("crisis", "moves", move)
        yield (at, f"{move!r} is no move of the game", ", ".join(MOVES), "name one of these")
    yield from _payoff_faults(crisis)
    sides = [side.id for side in scenario.sides]
    for side in crisis.bargain.costs if crisis.bargain else ():
        if side not in sides:
            at = ("crisis", "bargain", "costs", side)
            yield (at, f"{side!r} is no side", ", ".join(sides), "correct it")


def _payoff_faults(crisis: Crisis) -> Iterator[RecordFault]:
    for player in (name for name in crisis.payoffs if name not in PAID):
        at = ("crisis", "payoffs", player)
        yield (at, f"{player!r} has no payoffs here", ", ".join(PAID), "name one of these")
    given = {name: table for name, table in crisis.payoffs.items() if name in PAID}
    try:
        CrisisPayoffs(**given)
    except InputError as error:
        fault = error.faults[0]
        yield (("crisis", "payoffs"), f"{fault.where}: {fault.what}", fault.allowed, fault.remedy)
