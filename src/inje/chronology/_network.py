"""The simple temporal network: differences between dates, and their contradictions.

Dechter, R., Meiri, I. & Pearl, J. (1991), "Temporal constraint networks",
Artificial Intelligence 49, 61-95. Each constraint ``least <= end - start <=
most`` is a pair of edges of a distance graph; the network is consistent if
and only if that graph has no negative cycle, and its shortest paths are the
minimal network. A contradiction is told by the labels of the constraints on a
negative cycle, so that a person can see which claims cannot stand together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from inje.chronology._edtf import DateSpan
from inje.errors import ModelError, OptionError

ORIGIN = "origin"
_Edges = dict[tuple[str, str], tuple[float, str]]


@dataclass(frozen=True)
class Constraint:
    """A bound on the time between two events, ``least <= end - start <= most``.

    Attributes
    ----------
    start, end : names of the events (variables).
    least, most : days; infinite where there is no bound.
    label : what states it, for example the identifier of a claim.
    """

    start: str
    end: str
    least: float = -math.inf
    most: float = math.inf
    label: str = ""

    def __post_init__(self) -> None:
        if math.isnan(self.least) or math.isnan(self.most):
            raise OptionError(f"constraint {self.label or self.start + '..' + self.end}",
                              "a bound is not a number", "days", "give the bounds")  # fmt: skip


def at(event: str, span: DateSpan, label: str = "") -> Constraint:
    """Return the constraint that an event falls in a span (in day numbers from the origin)."""
    least = -math.inf if span.earliest is None else span.earliest
    most = math.inf if span.latest is None else span.latest
    return Constraint(ORIGIN, event, least, most, label)


def before(first: str, second: str, label: str = "", *, gap: float = 0.0) -> Constraint:
    """Return the constraint that `first` comes at least `gap` days before `second`."""
    return Constraint(first, second, gap, math.inf, label)


@dataclass(frozen=True)
class MinimalNetwork:
    """A consistent network.

    Attributes
    ----------
    domains : for each event, first and last possible time from the origin (days).
    """

    domains: Mapping[str, tuple[float, float]]
    _edges: Mapping[tuple[str, str], tuple[float, str]] = field(repr=False)

    def bounds(self, start: str, end: str) -> tuple[float, float]:
        """Return the tightest bounds on ``end - start`` (days).

        Raises
        ------
        ModelError : when an event is not in the network.
        """
        for name in (start, end):
            if name != ORIGIN and name not in self.domains:
                known = ", ".join(self.domains)
                raise ModelError("dates", f"no event {name!r}", known, "name one of these events")
        edges = dict(self._edges)
        names = [ORIGIN, *self.domains]
        return -_distances(names, edges, end)[start], _distances(names, edges, start)[end]


@dataclass(frozen=True)
class Contradiction:
    """Constraints that cannot all be true.

    Attributes
    ----------
    labels : the labels on the negative cycle, in its order, each once; without any one of
        them the rest of these can hold together.
    events : the events on the cycle.
    excess : by how many days the cycle fails.
    """

    labels: tuple[str, ...]
    events: tuple[str, ...]
    excess: float


def solve(constraints: Iterable[Constraint]) -> MinimalNetwork | Contradiction:
    """Return the minimal domains of the events, or why there are none.

    The time is O(variables x constraints). Events that no chain of bounds ties
    to the origin have infinite domains.
    """
    constraints = tuple(constraints)
    names = _names(constraints)
    edges = _edges(constraints)
    cycle = _negative_cycle(names, edges)
    if cycle is not None:
        return _smallest(constraints, cycle)
    latest = _distances(names, edges, ORIGIN)
    backward = {(b, a): weight for (a, b), weight in edges.items()}
    earliest = _distances(names, backward, ORIGIN)
    # Adding 0.0 turns -0.0 into 0.0, which prints better.
    domains = {n: (0.0 - earliest[n], latest[n] + 0.0) for n in names if n != ORIGIN}
    return MinimalNetwork(domains, edges)


def _names(constraints: tuple[Constraint, ...]) -> list[str]:
    names = dict.fromkeys([ORIGIN])
    for c in constraints:
        names.update({c.start: None, c.end: None})
    return list(names)


def _edges(constraints: Iterable[Constraint]) -> _Edges:
    """The distance graph: an edge a -> b of weight w says time(b) - time(a) <= w."""
    edges: _Edges = {}
    for c in constraints:
        for key, weight in (((c.start, c.end), c.most), ((c.end, c.start), -c.least)):
            if weight < edges.get(key, (math.inf, ""))[0]:
                edges[key] = (weight, c.label)
    return edges


def _distances(names: list[str], edges: _Edges, source: str) -> dict[str, float]:
    distance = dict.fromkeys(names, math.inf)
    distance[source] = 0.0
    for _ in names:
        changed = False
        for (a, b), (weight, _label) in edges.items():
            if distance[a] + weight < distance[b]:
                distance[b] = distance[a] + weight
                changed = True
        if not changed:
            break
    return distance


def _negative_cycle(names: list[str], edges: _Edges) -> list[tuple[str, str]] | None:
    distance = dict.fromkeys(names, 0.0)  # as from a virtual source tied to every event
    parent: dict[str, str] = {}
    touched = ""
    for _ in names:
        touched = ""
        for (a, b), (weight, _label) in edges.items():
            # The slack keeps rounding from inventing contradictions.
            if distance[a] + weight < distance[b] - 1e-9:
                distance[b], parent[b], touched = distance[a] + weight, a, b
        if touched == "":
            return None
    node = touched
    for _ in names:
        node = parent[node]
    cycle = [(parent[node], node)]
    while cycle[-1][0] != node:
        cycle.append((parent[cycle[-1][0]], cycle[-1][0]))
    return cycle[::-1]


def _smallest(constraints: tuple[Constraint, ...], cycle: list[tuple[str, str]]) -> Contradiction:
    """Drop constraints while what is left still has a negative cycle."""
    edges = _edges(constraints)
    labels = {edges[edge][1] for edge in cycle}
    for label in sorted(labels):
        rest = [c for c in constraints if c.label in labels - {label}]
        if _negative_cycle(_names(tuple(rest)), _edges(rest)) is not None:
            labels = labels - {label}
    kept = tuple(c for c in constraints if c.label in labels)
    edges = _edges(kept)
    found = _negative_cycle(_names(kept), edges) or cycle
    told = tuple(dict.fromkeys(edges[edge][1] for edge in found))
    excess = -sum(edges[edge][0] for edge in found)
    return Contradiction(told, tuple(a for a, _ in found), excess)
