"""The crisis game: an account is what Nature draws, and nobody else may know it.

Nature draws why the battle begins. Then one side attacks or not, persists or
not; the other side, which sees the attack but not its reason, reinforces or
holds; the attacker escalates or breaks off; the cabinet punishes or reviews.
Five types, each with its own mover:

=====================  ====================================================
probe                  the government tests the defence: information is worth
                       something to it, whatever the ground
spoiler                courtiers want blame on the prime minister and broken
                       talks (Kydd & Walter 2002)
punish                 the government wants the ground and the submission
local initiative       a commander on the spot wants the ground
other side first       the other side attacks; the roles are exchanged
=====================  ====================================================

A payoff is a sum of terms; a term such as "persist+hold" counts where the path
has all of its moves. All payoffs are assumptions, to be varied.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from inje.errors import ModelError
from inje.games._tree import Chance, Decision, Game, Node, Outcome

Terms = Mapping[str, float]

ACCOUNT_TYPES = ("probe", "spoiler", "punish", "local initiative", "other side first")
MOVES = (
    "attack", "refrain", "persist", "withdraw", "reinforce", "hold", "escalate", "break off",
    "punish", "review",
)  # fmt: skip
PLAYERS = ("attacker", "defender", "cabinet")


def _frozen(table: Mapping[str, Terms]) -> Mapping[str, Terms]:
    return MappingProxyType({who: MappingProxyType(dict(terms)) for who, terms in table.items()})


_FIGHTING: Terms = {"attack": -0.2, "persist": -0.3, "escalate": -0.6}

ASSUMED_MOVER = _frozen(
    {
        "probe": {**_FIGHTING, "attack+persist": 0.8, "reinforce": -0.3, "escalate": -1.0},
        "spoiler": {**_FIGHTING, "escalate": 0.2, "attack+punish": 0.8, "attack+review": 0.3},
        "punish": {**_FIGHTING, "persist+hold": 1.0, "persist+reinforce": -0.2, "punish": 0.5},
        "local initiative": {**_FIGHTING, "persist+hold": 0.6, "punish": 0.2, "review": -0.2},
        "other side first": {**_FIGHTING, "persist+hold": 0.7, "punish": -0.5},
    }
)
ASSUMED_RESPONDER = _frozen(
    {
        "probe": {"reinforce": -0.2, "hold": -0.1},
        "spoiler": {"reinforce": -0.2, "hold": -0.2},
        "punish": {"reinforce": -0.2, "hold": -0.5, "escalate+hold": -0.8},
        "local initiative": {"reinforce": -0.2, "hold": -0.4, "escalate+hold": -0.4},
        "other side first": {"reinforce": -0.2, "hold": -0.4, "escalate+hold": -0.4},
    }
)
ASSUMED_CABINET = _frozen(
    {
        "probe": {"punish": -0.5},
        "spoiler": {"punish": -0.5},
        "punish": {"punish": 0.4},
        "local initiative": {"punish": -0.2},
        "other side first": {"punish": 0.2},
    }
)


@dataclass(frozen=True)
class CrisisPayoffs:
    """What the moves of the crisis are worth, by type; every figure is `assumed`.

    Attributes
    ----------
    mover : to the side that attacks (or refrains, which is worth 0).
    responder : to the side attacked.
    cabinet : to the government that decides to punish or to review.
    scale : factor on all of them; a sensitivity.
    """

    mover: Mapping[str, Terms] = field(default_factory=lambda: ASSUMED_MOVER)
    responder: Mapping[str, Terms] = field(default_factory=lambda: ASSUMED_RESPONDER)
    cabinet: Mapping[str, Terms] = field(default_factory=lambda: ASSUMED_CABINET)
    scale: float = 1.0

    def __post_init__(self) -> None:
        for name, table in (
            ("mover", self.mover), ("responder", self.responder), ("cabinet", self.cabinet),
        ):  # fmt: skip
            for kind, terms in table.items():
                _checked_terms(f"{name} payoffs of {kind!r}", terms)
        if not math.isfinite(self.scale):
            raise ModelError("payoffs", f"scale {self.scale}", "a finite number", "correct it")

    def scaled(self, factor: float) -> CrisisPayoffs:
        """Return the payoffs with all differences multiplied."""
        return replace(self, scale=self.scale * factor)


def _checked_terms(where: str, terms: Terms) -> None:
    for term, worth in terms.items():
        unknown = [move for move in term.split("+") if move not in MOVES]
        if unknown:
            raise ModelError(where, f"no move {unknown[0]!r}", ", ".join(MOVES),
                             "name moves, joined by +")  # fmt: skip
        if not math.isfinite(worth):
            raise ModelError(where, f"{term} is worth {worth}", "a finite number", "correct it")


def crisis_game(
    payoffs: CrisisPayoffs | None = None,
    nature: Mapping[str, float] | None = None,
    *,
    informed: frozenset[str] = frozenset({"probe", "punish"}),
    punishing: float | None = None,
) -> Game:
    """Return the crisis game.

    Parameters
    ----------
    payoffs : what the moves are worth; the assumed ones by default.
    nature : positive weights of the types; all alike by default. This is what the players
        believe of each other, apart from the prior of whoever weighs the accounts.
    informed : types of which the cabinet itself knows, because it gave the order.
    punishing : probability that the cabinet punishes, above 0 and below 1, where a contest
        decides it (see `contest`); by default the cabinet is a player.

    Raises
    ------
    ModelError : when a type, a move or a payoff is unknown or missing.
    """
    told = CrisisPayoffs() if payoffs is None else payoffs
    weights = dict.fromkeys(ACCOUNT_TYPES, 1.0) if nature is None else dict(nature)
    for kind in (*weights, *informed):
        if kind not in ACCOUNT_TYPES:
            raise ModelError("types", repr(kind), ", ".join(ACCOUNT_TYPES), "name one of these")
    for name, table in (("mover", told.mover), ("responder", told.responder),
                        ("cabinet", told.cabinet)):  # fmt: skip
        missing = [kind for kind in weights if kind not in table]
        if missing:
            came = f"none for {missing[0]!r}"
            raise ModelError(f"{name} payoffs", came, "payoffs for every type", "add them")
    if punishing is not None and not 0.0 < punishing < 1.0:
        raise ModelError("cabinet", f"it punishes with probability {punishing:g}",
                         "above 0 and below 1", "leave some weight to either")  # fmt: skip
    total = math.fsum(weights.values())
    if not total > 0.0:
        raise ModelError("types", "no type with a weight above 0", "positive weights", "add one")
    branches = tuple(
        (kind, _Side(kind, told, kind in informed, punishing).root()) for kind in weights
    )
    chances = tuple(weight / total for weight in weights.values())
    return Game("crisis", PLAYERS, Chance(branches, chances, "account"))


@dataclass(frozen=True)
class _Side:
    """The game under one type."""

    kind: str
    payoffs: CrisisPayoffs
    informed: bool
    punishing: float | None = None

    @property
    def mover(self) -> str:
        return "defender" if self.kind == "other side first" else "attacker"

    @property
    def responder(self) -> str:
        return "attacker" if self.kind == "other side first" else "defender"

    def root(self) -> Node:
        refrain = self._end(("refrain",))
        return self._move("begin", (), (("attack", self._persist()), ("refrain", refrain)))

    def _persist(self) -> Node:
        path = ("attack",)
        withdrawn = self._cabinet((*path, "withdraw"))
        follow = self._reply((*path, "persist"))
        return self._move("persist", path, (("persist", follow), ("withdraw", withdrawn)))

    def _reply(self, path: tuple[str, ...]) -> Node:
        moves = tuple((move, self._escalate((*path, move))) for move in ("reinforce", "hold"))
        # Who is attacked does not know why: one information set for all types of one mover.
        return Decision(self.responder, f"reply of the {self.responder}", moves)

    def _escalate(self, path: tuple[str, ...]) -> Node:
        moves = tuple((move, self._cabinet((*path, move))) for move in ("escalate", "break off"))
        return self._move("escalate", path, moves)

    def _cabinet(self, path: tuple[str, ...]) -> Node:
        moves = tuple((move, self._end((*path, move))) for move in ("punish", "review"))
        if self.punishing is not None:
            return Chance(moves, (self.punishing, 1.0 - self.punishing), "cabinet")
        knows = f" ({self.kind})" if self.informed else ""
        return Decision("cabinet", f"cabinet after {', '.join(path)}{knows}", moves)

    def _move(
        self, name: str, path: tuple[str, ...], moves: tuple[tuple[str, Node], ...]
    ) -> Decision:
        after = f" after {', '.join(path)}" if path else ""
        return Decision(self.mover, f"{name}{after} ({self.kind})", moves)

    def _end(self, path: tuple[str, ...]) -> Outcome:
        made = set(path)
        worth = {
            self.mover: self._sum(self.payoffs.mover[self.kind], made),
            self.responder: self._sum(self.payoffs.responder[self.kind], made),
            "cabinet": self._sum(self.payoffs.cabinet[self.kind], made),
        }
        return Outcome(
            tuple(worth[player] for player in PLAYERS), f"{self.kind}: {', '.join(path)}"
        )

    def _sum(self, terms: Terms, made: set[str]) -> float:
        parts = (worth for term, worth in terms.items() if made.issuperset(term.split("+")))
        return self.payoffs.scale * math.fsum(parts)
