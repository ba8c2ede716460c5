r"""Who passes on whose words: claims weighed jointly over everybody's reliability.

For a claim held by h and carried outwards by f_1 .. f_m,

.. math:: P_0 = r_h t + (1 - r_h) q_h, \qquad P_j = f_j P_{j-1} + (1 - f_j) q_j,

and a claim that copies another observed one says the same content with probability k:
k [same] + (1 - k) P. Given everybody's reliability each factor is alpha + beta t, with alpha
and beta free of the world; the likelihood is the product, integrated over independent Beta
distributions. It is a polynomial in every reliability, so Gauss-Jacobi nodes integrate it
exactly. Fixing the agent with most claims leaves parts that share nobody; parts multiply,
so the cost adds over books instead of multiplying.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from typing import Any

import numpy as np

from inje.posterior._reliability import nodes

__all__ = ["Attestation", "Transmission"]

#: more factors than this in one part are multiplied with a wider exponent, against underflow
MANY = 100
#: numbers held at once where nodes are met together: few enough for a fast cache
AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class Attestation:
    """One observed claim as words that pass through hands.

    Attributes
    ----------
    claim : its identifier.
    holder : the agent whose claim it is.
    invented : q_h, the probability that the holder says this without tracking.
    carriers : agents that passed it on, innermost first, each with its own q.
    copying : k, the probability that it was copied from another observed claim.
    repeats : whether it says the same as the one it may copy.
    original : the claim that it may copy.
    cut : the claim weighs but does not teach about its agents.
    """

    claim: str
    holder: str
    invented: float
    carriers: tuple[tuple[str, float], ...] = ()
    copying: float = 0.0
    repeats: bool = False
    cut: bool = False
    original: str = ""

    @property
    def agents(self) -> tuple[str, ...]:
        """Everybody through whose hands it went."""
        return (self.holder, *(name for name, _ in self.carriers))


@dataclass(frozen=True)
class _Part:
    """An agent to integrate over, the claims that are then settled, and what remains.

    `degree` counts the agent's claims, `size` those of the part; `width` is how many nodes
    meet where most agents are held at once.
    """

    agent: str
    settled: tuple[int, ...]
    remaining: tuple[_Part, ...]
    degree: int
    size: int

    @property
    def width(self) -> int:
        inner = max((part.width for part in self.remaining), default=1)
        return max(1, (self.degree + 2) // 2) * inner


def _components(claims: Sequence[int], agents: Sequence[frozenset[str]]) -> list[list[int]]:
    """Claims grouped so that no two groups share an agent; order kept."""
    groups: list[tuple[set[str], list[int]]] = []
    for claim in claims:
        touching = [group for group in groups if group[0] & agents[claim]]
        people, members = set(agents[claim]), [claim]
        for group in touching:
            people |= group[0]
            members = group[1] + members
            groups.remove(group)
        groups.append((people, sorted(members)))
    return [members for _, members in sorted(groups, key=lambda group: group[1][0])]


def _plan(claims: Sequence[int], agents: Sequence[frozenset[str]]) -> tuple[_Part, ...]:
    parts = []
    for group in _components(claims, agents):
        names = sorted(set().union(*(agents[claim] for claim in group)))
        chosen = max(names, key=lambda name: sum(name in agents[claim] for claim in group))
        left = [agents[i] - {chosen} if i in group else agents[i] for i in range(len(agents))]
        settled = tuple(claim for claim in group if not left[claim])
        remaining = _plan([claim for claim in group if left[claim]], left)
        degree = sum(chosen in agents[claim] for claim in group)
        parts.append(_Part(chosen, settled, remaining, degree, len(group)))
    return tuple(parts)


@lru_cache(maxsize=512)
def _planned(people: tuple[tuple[str, ...], ...]) -> tuple[_Part, ...]:
    """The parts of claims that went through these hands; letters and contents do not matter."""
    return _plan(range(len(people)), [frozenset(names) for names in people])


@dataclass(frozen=True)
class Transmission:
    """Claims and the agents they went through, ready to be weighed.

    Parameters
    ----------
    attestations : the claims; the order does not matter to the weights.
    reliabilities : Beta parameters (a, b) of every agent.
    """

    attestations: tuple[Attestation, ...]
    reliabilities: Mapping[str, tuple[float, float]]
    _parts: tuple[_Part, ...] = field(init=False, repr=False, compare=False)
    _people: tuple[tuple[str, ...], ...] = field(init=False, repr=False, compare=False)
    _scales: np.ndarray = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        people = tuple(
            tuple(f"{name}\0{item.claim}" if item.cut else name for name in item.agents)
            for item in self.attestations
        )
        object.__setattr__(self, "_people", people)
        object.__setattr__(self, "_parts", _planned(people))
        scales = np.array([1 / _typical(item) for item in self.attestations])
        object.__setattr__(self, "_scales", scales)

    @property
    def agents(self) -> tuple[str, ...]:
        """Every agent that a claim went through, sorted."""
        return tuple(sorted({name for item in self.attestations for name in item.agents}))

    @property
    def keys(self) -> tuple[str, ...]:
        """Every reliability that is integrated: an agent's, and one for each cut claim's agent."""
        return tuple(sorted({name for names in self._people for name in names}))

    def factor(self, claim: int, given: Mapping[str, Any]) -> tuple[Any, Any]:
        """The alpha and beta of a claim, given its agents' reliabilities by key.

        P(claim | world) = alpha + beta t.
        """
        item, people = self.attestations[claim], self._people[claim]
        kept, lost = 1.0, 0.0
        for name, (_, invented) in zip(people[:0:-1], item.carriers[::-1], strict=True):
            lost = lost + kept * (1 - given[name]) * invented
            kept = kept * given[name]
        reliability = given[people[0]]
        alpha = lost + kept * (1 - reliability) * item.invented
        alpha = item.copying * item.repeats + (1 - item.copying) * alpha
        return alpha, (1 - item.copying) * kept * reliability

    def _part(
        self,
        part: _Part,
        t: Sequence[np.ndarray],
        floors: Sequence[np.ndarray],
        given: dict[str, np.ndarray],
        pinned: Mapping[str, float | np.ndarray],
    ) -> np.ndarray:
        """A part of the product, integrated over its agent.

        Nodes are added one after the other, whatever came at once.
        """
        return reduce(operator.add, self._rows(part, t, floors, given, pinned))

    def _rows(
        self,
        part: _Part,
        t: Sequence[np.ndarray],
        floors: Sequence[np.ndarray],
        given: dict[str, np.ndarray],
        pinned: Mapping[str, float | np.ndarray],
    ) -> Iterator[np.ndarray]:
        """A part of the product at every node of its agent, times the node's weight.

        Many nodes at once: every agent on the way has an axis of its own, the innermost first,
        before that of the worlds.
        """
        values, weights = self._law(part, pinned, len(given))
        held = math.prod(len(other) for other in given.values()) * max(t[0].size, 1)
        step = max(1, AT_ONCE // (held * max((inner.width for inner in part.remaining), default=1)))
        for start in range(0, len(values), step):
            given[part.agent] = values[start : start + step]
            product = weights[start : start + step].astype(t[0].dtype)
            for claim in part.settled:
                alpha, beta = self.factor(claim, given)
                scale = self._scales[claim]
                factor = (beta * scale) * t[claim]
                factor += (alpha * scale) * floors[claim]
                same = factor.shape == product.shape or product.size == 1
                product = np.multiply(product, factor, out=factor if same else None)
            for inner in part.remaining:
                product = product * self._part(inner, t, floors, given, pinned)
            del given[part.agent]
            yield from product

    def _law(
        self, part: _Part, pinned: Mapping[str, float | np.ndarray], outer: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """Nodes and weights of a part's agent, on an axis before those of `outer` others."""
        if part.agent in pinned:
            held = np.asarray(pinned[part.agent], dtype=float).reshape(-1)
            return held.reshape(1, *[1] * outer, held.size), np.ones((1,) * (outer + 2))
        shape = (-1, *[1] * (outer + 1))
        values, weights = nodes(*self.reliabilities[part.agent.partition("\0")[0]], part.degree)
        return np.array(values).reshape(shape), np.array(weights).reshape(shape)

    def degree(self, agent: str) -> int:
        """The likelihood's degree as a polynomial in an agent's reliability."""
        return sum(people.count(agent) for people in self._people)

    def log_likelihood(
        self,
        t: Sequence[np.ndarray],
        *,
        pinned: Mapping[str, float | np.ndarray] | None = None,
        floors: Mapping[str, np.ndarray | float] | None = None,
    ) -> np.ndarray:
        """Logarithm of P(claims | world), reliabilities integrated out.

        Parameters
        ----------
        t : per claim, t(c | z) over the worlds; arrays of one shape.
        pinned : agents whose reliability is held instead: a number, or one a world.
        floors : by claim, a factor on everything but tracking: 0 keeps the tracking term
            alone (uncopied, passed on by all, true). Default 1.

        Returns
        -------
        float64 array of the worlds' shape; -inf where impossible.
        """
        shape = np.shape(t[0]) if len(t) else ()
        result = np.zeros(math.prod(shape))
        below = [np.ravel((floors or {}).get(item.claim, 1.0)) for item in self.attestations]
        for part in self._parts:
            dtype = np.longdouble if part.size > MANY else np.float64
            arrays = [np.ravel(values).astype(dtype, copy=False) for values in t]
            value = self._part(part, arrays, below, {}, pinned or {})
            with np.errstate(divide="ignore"):
                result += np.log(value).astype(np.float64)
        return result.reshape(shape) - float(np.log(self._scales).sum())

    @property
    def draws(self) -> int:
        """Uniform numbers that `sampled` takes for a world."""
        return len(self.attestations) + len(self.keys)

    def sampled(self, t: Sequence[np.ndarray], uniforms: np.ndarray) -> np.ndarray:
        """Draw for every world which claims track, given all claims.

        Reliabilities are drawn first, agent by agent, among the nodes that integrate them: the law
        of what tracks is a polynomial in them of no higher degree, so nothing is lost. Given
        them, claims track independently.

        Parameters
        ----------
        t : per claim, t(c | z) over the worlds (n,).
        uniforms : (draws, n), in (0, 1).

        Returns
        -------
        bool array (claims, n).
        """
        terms = [np.asarray(values, dtype=float) for values in t]
        claims, own = len(self.attestations), iter(uniforms[len(self.attestations) :])
        held: dict[str, np.ndarray] = {}
        floors = [np.ones(1)] * claims

        def settle(part: _Part) -> None:
            dtype = np.longdouble if part.size > MANY else np.float64
            arrays = [values.astype(dtype, copy=False) for values in terms]
            given = {agent: r[None, :] for agent, r in held.items()}
            found = [row.ravel() for row in self._rows(part, arrays, floors, given, {})]
            rows = np.cumsum(found, axis=0)
            chosen = (rows < next(own) * rows[-1]).sum(axis=0)
            values, _ = self._law(part, {}, 0)
            held[part.agent] = values.ravel()[np.minimum(chosen, len(rows) - 1)]
            for inner in part.remaining:
                settle(inner)

        for part in self._parts:
            settle(part)
        decided = np.zeros((claims, *np.shape(uniforms)[1:]), dtype=bool)
        for i in range(claims):
            alpha, beta = self.factor(i, held)
            tracked = beta * terms[i]
            decided[i] = uniforms[i] * (alpha + tracked) < tracked
        return decided


def _typical(item: Attestation) -> float:
    """A size between an invented and a tracked factor, to keep products in range."""
    return float(np.sqrt(max(item.invented, *(q for _, q in item.carriers), 1e-12)))
