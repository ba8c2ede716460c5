"""What claims can say together: worlds of the few columns that they read, gone through one by one.

Two claims that name different attackers cannot both track, whatever is simulated; so the bound on
what an unmatched set of claims could weigh asks first what its claims allow one another.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from inje.posterior._attitudes import StatedReading
from inje.posterior._categories import CategoryReading
from inje.posterior._claims import ClaimModel
from inje.posterior._counts import CountReading
from inje.posterior._intervals import IntervalReading
from inje.posterior._readings import Reading

__all__ = ["Attainable"]

#: values of a column of which nothing is known but that they are small whole numbers
FEW = 64
#: worlds of a group that are gone through; a larger group is taken to be free of constraints
MOST = 1 << 14


@dataclass(frozen=True)
class Attainable:
    """The t that claims can have together.

    Attributes
    ----------
    peaks : the largest t of each claim by itself.
    groups : claims that share columns, and their t (claims, worlds) in worlds of these columns.
    """

    peaks: tuple[float, ...]
    groups: tuple[tuple[tuple[int, ...], np.ndarray], ...]

    @classmethod
    def of(cls, model: ClaimModel) -> Attainable:
        """What the claims of a model can say together."""
        readings = [claim.reading for claim in model.claims]
        groups = []
        for members in _sharing(readings):
            terms = _terms([readings[i] for i in members])
            if terms is not None:
                groups.append((members, terms))
        return cls(tuple(reading.peak for reading in readings), tuple(groups))

    @cached_property
    def together(self) -> list[float]:
        """The t of each claim in the world that suits all best."""
        return self.best()

    def best(self, wanted: Collection[int] | None = None) -> list[float]:
        """The t of each claim in the world that suits the `wanted` ones best, all by default.

        What is not wanted is as large as it can be by itself: a bound.
        """
        found = list(self.peaks)
        for members, terms in self.groups:
            own = [k for k, i in enumerate(members) if wanted is None or i in wanted]
            with np.errstate(divide="ignore"):
                chosen = int(np.argmax(np.log(terms[own]).sum(axis=0)))
            for k in own:
                found[members[k]] = float(terms[k, chosen])
        return found


def _sharing(readings: Sequence[Reading]) -> list[tuple[int, ...]]:
    """Claims that share columns, at least two together; those that can be gone through."""
    groups: list[tuple[set[str], list[int]]] = []
    for i, reading in enumerate(readings):
        if len(reading.columns) > 1 and not isinstance(reading, StatedReading):
            continue
        columns, members = set(reading.columns), [i]
        for group in [g for g in groups if g[0] & columns]:
            groups.remove(group)
            columns |= group[0]
            members = group[1] + members
        groups.append((columns, members))
    return [tuple(sorted(members)) for _, members in groups if len(members) > 1]


def _terms(readings: Sequence[Reading]) -> np.ndarray | None:
    """The t (claims, worlds) of claims in every world of their columns; None of too many."""
    values: dict[str, list[float]] = {}
    for reading in readings:
        for column, own in _values(reading).items():
            values.setdefault(column, []).extend(own)
    axes = [_with_between(np.array(own)) for own in values.values()]
    if np.prod([float(axis.size) for axis in axes]) > MOST:
        return None
    worlds = np.array(list(itertools.product(*axes))).T
    columns = dict(zip(values, worlds, strict=True))
    return np.array([reading.tracking(columns) for reading in readings])


def _values(reading: Reading) -> dict[str, list[float]]:
    """By column, the values among which a reading changes."""
    match reading:
        case CategoryReading(path=path, labels=labels):
            return {path: list(map(float, range(len(labels))))}
        case CountReading(columns=(path,), span=span):
            return {path: [span.low, np.sqrt(max(span.low, 1) * span.high), span.high]}
        case IntervalReading(columns=(path,), low=low, high=high):
            return {path: [low, np.nextafter(high, low)]}
        case StatedReading(causes=causes, shared=shared):
            found = dict(_values(shared)) if shared else {}
            # Worlds that name their account have no other; those that only show causes may.
            named = {path for cause in causes for path, _ in cause} == {"account"}
            for path, code in itertools.chain.from_iterable(causes):
                others = () if named else (code + 1.0,)
                found[path] = sorted({*found.get(path, ()), float(code), *others})
            return found
        case _:
            return {path: list(map(float, range(FEW))) for path in reading.columns}


def _with_between(values: np.ndarray) -> np.ndarray:
    """Distinct finite values, and the geometric means of neighbours."""
    found = np.unique(values[np.isfinite(values)])
    whole = np.array_equal(found, np.arange(found.size))
    between = np.sqrt(np.maximum(found[:-1], 0) * np.maximum(found[1:], 0))
    return found if whole else np.unique(np.concatenate([found, between]))
