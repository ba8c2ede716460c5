"""The political game of a scenario: how likely each account makes what is told of the moves.

Nature draws the account; then everybody moves by quantal response, so that every course of
events has a probability under every account (McKelvey & Palfrey 1998). The course is claimed,
not observed: the comparison sums over all of them, weighted by the claims. That there was an
attack at all is what every claim presupposes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from inje.dossier import Claim, Dossier, Value
from inje.games import (
    ACCOUNT_TYPES,
    CrisisPayoffs,
    PrincipalBranch,
    coalitions,
    contest,
    crisis_game,
)
from inje.scenario import Crisis, stated_payoffs

__all__ = ["Assumed", "Plays", "plays_of", "punishing", "with_moves"]

#: decisions of the game: one of two moves each
DECISIONS = (
    ("persist", "withdraw"),
    ("reinforce", "hold"),
    ("escalate", "break off"),
    ("punish", "review"),
)
#: terms of a mover's payoff that are costs of fighting; the others are at stake
COSTS = frozenset({"attack", "persist", "escalate"})
#: code of a decision that is never reached
UNREACHED = 2


def _column(decision: tuple[str, str]) -> str:
    return f"decision.crisis-{decision[0]}"


@dataclass(frozen=True)
class Assumed:
    """One setting of what the game assumes; factors on what the scenario states.

    Attributes
    ----------
    level : which precision, an index into those of `Plays`; None is the stated one.
    costs, stakes : factors on what fighting costs, and on what is at stake.
    own : factors on what is at stake for a mover, by type.
    nature : factors on what the players expect, by type. weights : of ministers.
    """

    level: int | None = None
    costs: float = 1.0
    stakes: float = 1.0
    own: Mapping[str, float] = field(default_factory=dict)
    nature: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)

    @property
    def key(self) -> tuple[object, ...]:
        """What decides the branch of equilibria: everything but the precision."""
        parts = (tuple(sorted(part.items())) for part in (self.own, self.nature, self.weights))
        return (self.costs, self.stakes, *parts)


@dataclass(frozen=True)
class Plays:
    """Courses of events as the claims can tell them apart, and their probabilities.

    Attributes
    ----------
    crisis : the game; None without one, when there is a single course, certain under all.
    names : the accounts. decisions : those of which a claim speaks.
    """

    crisis: Crisis | None
    names: tuple[str, ...]
    decisions: tuple[tuple[str, str], ...]
    _branches: dict[tuple[object, ...], PrincipalBranch] = field(
        default_factory=dict, repr=False, compare=False
    )

    @cached_property
    def courses(self) -> tuple[tuple[int, ...], ...]:
        """Which move was made at each decision, for every course that can be told apart."""
        if self.crisis is None:
            return ((),)
        kind = self.crisis.types[self.names[0]]
        paths = self._branch(Assumed()).at(0.0).path_probabilities((kind,))
        return tuple(dict.fromkeys(self._told(path) for path in paths if "attack" in path))

    def _told(self, path: Sequence[str]) -> tuple[int, ...]:
        return tuple(
            next((code for code, move in enumerate(pair) if move in path), UNREACHED)
            for pair in self.decisions
        )

    @cached_property
    def labels(self) -> dict[str, tuple[str, ...]]:
        """Labels of the columns that the courses are written in."""
        return {_column(pair): pair for pair in self.decisions}

    def columns(self, course: int, size: int) -> dict[str, np.ndarray]:
        """A course as columns (size,) of codes."""
        codes = self.courses[course]
        return {
            _column(pair): np.full(size, code)
            for pair, code in zip(self.decisions, codes, strict=True)
        }

    @cached_property
    def precisions(self) -> tuple[float, ...]:
        """Precision at 5, 50 and 95 %, or the one that is stated."""
        if self.crisis is None:
            return ()
        quantity = self.crisis.precision
        if quantity.prior is None:
            return (float(quantity.value or 0.0),)
        return tuple(float(x) for x in quantity.quantile(np.array([0.05, 0.5, 0.95])))

    def log_shares(self, assumed: Assumed | None = None) -> np.ndarray:
        """Logarithm of P(course | account), (accounts, courses), attack included."""
        if self.crisis is None:
            return np.zeros((len(self.names), 1))
        assumed = assumed or Assumed()
        middle = len(self.precisions) // 2
        precision = self.precisions[middle if assumed.level is None else assumed.level]
        equilibrium = self._branch(assumed).at(precision)
        where = {course: i for i, course in enumerate(self.courses)}
        share = np.zeros((len(self.names), len(where)))
        for row, name in enumerate(self.names):
            paths = equilibrium.path_probabilities((self.crisis.types[name],))
            for path, probability in paths.items():
                if "attack" in path:
                    share[row, where[self._told(path)]] += probability
        return np.log(share)

    def _branch(self, assumed: Assumed) -> PrincipalBranch:
        if assumed.key not in self._branches:
            self._branches[assumed.key] = PrincipalBranch(self._game(assumed))
        return self._branches[assumed.key]

    def _game(self, assumed: Assumed) -> object:
        crisis = self.crisis
        assert crisis is not None  # noqa: S101 - callers ask only where there is a game
        stated = {kind: crisis.nature.get(kind, 1.0) for kind in ACCOUNT_TYPES}
        played = {kind for name, kind in crisis.types.items() if name in self.names}
        nature = {k: w * assumed.nature.get(k, 1.0) for k, w in stated.items() if k in played}
        chance = punishing(crisis, assumed.weights) if crisis.cabinet else None
        payoffs = _scaled(stated_payoffs(crisis), assumed)
        informed = frozenset(crisis.informed) & played
        return crisis_game(payoffs, nature, informed=informed, punishing=chance)

    def alternatives(self) -> Iterator[tuple[Assumed, ...]]:
        """One assumption after the other moved to the ends of its range; the stated one left."""
        crisis = self.crisis
        if crisis is None:
            return
        factor, wide = crisis.payoff_range, crisis.nature_range
        kinds = [crisis.types[name] for name in self.names]
        if len(self.precisions) > 1:
            yield Assumed(level=0), Assumed(level=2)
        if factor > 1:
            ends = (1 / factor, factor)
            yield tuple(Assumed(costs=end) for end in ends)
            yield tuple(Assumed(stakes=end) for end in ends)
            for kind in kinds:
                yield tuple(Assumed(own={kind: end}) for end in ends)
            for name in crisis.cabinet:
                yield tuple(Assumed(weights={name: end}) for end in ends)
        if wide > 1:
            for kind in kinds:
                yield Assumed(nature={kind: 1 / wide}), Assumed(nature={kind: wide})

    def said(self, assumed: Assumed) -> str:
        """The setting in words; empty where it is the stated one."""
        words = []
        if assumed.level is not None:
            stated = self.precisions[len(self.precisions) // 2]
            words.append(f"precision {self.precisions[assumed.level]:.2g} instead of {stated:.2g}")
        words += _times("the costs of fighting", assumed.costs)
        words += _times("all stakes", assumed.stakes)
        for kind, end in assumed.own.items():
            words += _times(f"the stakes of {self._account(kind)}", end)
        for kind, end in assumed.nature.items():
            words += _times(f"the players' expectation of {self._account(kind)}", end)
        for name, end in assumed.weights.items():
            words += _times(f"the weight of {name} in the cabinet", end)
        return ", ".join(words)

    def _account(self, kind: str) -> str:
        assert self.crisis is not None  # noqa: S101 - there is a setting only of a game
        return next(name for name, other in self.crisis.types.items() if other == kind)


def _times(what: str, factor: float) -> list[str]:
    if factor == 1:
        return []
    return [f"{what} x {factor:.2g}"]


def joined(settings: Sequence[Assumed]) -> Assumed:
    """Several settings, each of another assumption, at once."""
    whole = Assumed()
    for one in settings:
        whole = replace(
            whole,
            level=whole.level if one.level is None else one.level,
            costs=whole.costs * one.costs,
            stakes=whole.stakes * one.stakes,
            own={**whole.own, **one.own},
            nature={**whole.nature, **one.nature},
            weights={**whole.weights, **one.weights},
        )
    return whole


def _scaled(payoffs: CrisisPayoffs, assumed: Assumed) -> CrisisPayoffs:
    def mover(kind: str, terms: Mapping[str, float]) -> dict[str, float]:
        stakes = assumed.stakes * assumed.own.get(kind, 1.0)
        return {t: w * (assumed.costs if t in COSTS else stakes) for t, w in terms.items()}

    def other(terms: Mapping[str, float]) -> dict[str, float]:
        return {term: worth * assumed.stakes for term, worth in terms.items()}

    return CrisisPayoffs(
        {kind: mover(kind, terms) for kind, terms in payoffs.mover.items()},
        {kind: other(terms) for kind, terms in payoffs.responder.items()},
        {kind: other(terms) for kind, terms in payoffs.cabinet.items()},
    )


def punishing(crisis: Crisis, factors: Mapping[str, float] | None = None) -> float:
    """Probability that the cabinet punishes, by the contest of those who have a voice in it.

    Parameters
    ----------
    factors : on the weights of ministers, by name.
    """
    weights = [m.weight * (factors or {}).get(name, 1.0) for name, m in crisis.cabinet.items()]
    worth = [(minister.punish, minister.review) for minister in crisis.cabinet.values()]
    chance = float(contest(coalitions(weights, worth))[0])
    # Unanimity leaves a contest without doubt; the game needs some.
    return min(max(chance, 1e-6), 1 - 1e-6)


def plays_of(crisis: Crisis | None, names: Sequence[str]) -> Plays:
    """The game of a scenario between these accounts."""
    claimed = set(crisis.moves) if crisis is not None else set()
    return Plays(crisis, tuple(names), tuple(d for d in DECISIONS if claimed & set(d)))


def with_moves(dossier: Dossier, crisis: Crisis | None) -> Dossier:
    """The record in which claims on moves of the game say which move was made."""
    if crisis is None:
        return dossier
    move_of = {claim: move for move, claims in crisis.moves.items() for claim in claims}
    changed = tuple(
        _on_move(claim, move_of[claim.id]) if claim.id in move_of else claim
        for claim in dossier.claims
    )
    return dossier.model_copy(update={"claims": changed}).with_texts(*dossier.texts)


def _on_move(claim: Claim, move: str) -> Claim:
    decision = next((pair for pair in DECISIONS if move in pair), None)
    if decision is None:
        return claim  # that there was an attack is presupposed
    said = {"kind": "fact", "about": _column(decision), "value": Value(best=move)}
    return claim.model_copy(update=said)
