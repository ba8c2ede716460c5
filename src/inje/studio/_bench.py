"""The bench: weighed worlds whose sources, claims and causes may be changed, with results at once.

Sources and claims only weigh: the same worlds get other weights. A cause acts: a sample of the
weighed worlds is fought again with the same fortunes and that cause changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from inje.dossier import ObservablePath
from inje.ensemble import simulate_worlds
from inje.errors import PathError
from inje.posterior import (
    Posterior,
    Weighted,
    effective_size,
    systematic,
    weighted_quantiles,
)
from inje.reporting import Wording, address_of, drawn_paths
from inje.scenario import parameters

__all__ = ["Bench", "Changes", "Row", "Shares"]

#: worlds that are fought again when a cause changes
SAMPLE = 1024
_TOLD = ("losses", "strength", "duration", "arrival", "breaking_off")


@dataclass(frozen=True)
class Changes:
    """What is changed: letters of sources, claims left out, causes set."""

    letters: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    causes: Mapping[str, float | str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything is changed at all."""
        return bool(self.letters or self.without or self.causes)


@dataclass(frozen=True, slots=True)
class Row:
    """A number as it was and changed: 5 %, 50 % and 95 % quantiles, and the picture's bounds."""

    name: str
    label: str
    unit: str
    before: tuple[float | None, ...]
    after: tuple[float | None, ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Shares:
    """Probabilities of a category: label, as it was, changed."""

    name: str
    label: str
    options: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True)
class Result:
    """What changes; `ess` says how many worlds still speak."""

    rows: tuple[Row, ...]
    shares: tuple[Shares, ...]
    ess: float
    sample: int


class Bench:
    """A posterior that answers changed questions.

    Parameters
    ----------
    posterior : weighed worlds with their scenario and dossier.
    """

    def __init__(self, posterior: Posterior) -> None:
        self.posterior = posterior
        dossier = posterior.scenario.dossier
        assert dossier is not None  # noqa: S101  a posterior is made from a record
        self.wording = Wording(posterior.scenario, dossier)

    @cached_property
    def _base_weight(self) -> np.ndarray:
        return self.posterior.claims.log_weight(self.posterior.draws)

    def weights(self, changes: Changes) -> np.ndarray:
        """Weights of the draws under other letters and without some claims (n,), normalised."""
        posterior = self.posterior
        if not (changes.letters or changes.without):
            return posterior.weights
        model = posterior.claims.graded(changes.letters).without(changes.without)
        moved = posterior.log_weight + model.log_weight(posterior.draws) - self._base_weight
        return Weighted.of(moved, posterior.group).weight

    def result(self, changes: Changes) -> Result:
        """As it was, and changed."""
        posterior = self.posterior
        weights = self.weights(changes)
        ess = effective_size(np.log(np.maximum(weights, 1e-300)))
        if changes.causes:
            after, share = self.fought(weights, changes.causes)
        else:
            after, share = posterior.draws, weights
        rows = tuple(
            self._row(name, after[name], share) for name in self._numbers() if name in after
        )
        shares = tuple(
            self._shares(name, after[name], share) for name in self._categories() if name in after
        )
        return Result(rows, shares, float(ess), len(share))

    def fought(
        self, weights: np.ndarray, causes: Mapping[str, float | str]
    ) -> tuple[Mapping[str, np.ndarray], np.ndarray]:
        """A weighed sample fought again with causes set: columns, and equal weights."""
        posterior = self.posterior
        rows = systematic(weights, SAMPLE, 0.5)
        keys = np.array([address_of(posterior, int(row)) or 0 for row in rows], np.uint64)
        given = {
            path: np.asarray(posterior.draws[path], dtype=float)[rows]
            for path in drawn_paths(posterior)
        }
        known = {*self._numbers(), *self._categories()} & set(self._own_paths)
        fought = simulate_worlds(
            posterior.scenario,
            worlds=SAMPLE,
            seed=posterior.diagnostics.seed,
            indices=keys,
            keys=keys,
            parameters=given,
            overrides=dict(causes),
            paths=sorted(known),
        )
        columns = {}
        for name in known:
            column = np.asarray(fought[name])
            if name in posterior.labels:
                last = len(posterior.labels[name]) - 1
                column = np.where(column < 0, last, column)
            columns[name] = column
        return columns, np.full(SAMPLE, 1 / SAMPLE)

    @cached_property
    def _own_paths(self) -> tuple[str, ...]:
        from inje.packing import default_paths

        return default_paths(self.posterior.scenario)

    def _numbers(self) -> list[str]:
        own = parameters(self.posterior.scenario)
        found = []
        for name in self.posterior.draws:
            if name in self.posterior.labels or name in own:
                continue
            try:
                if ObservablePath.parse(name).quantity in _TOLD:
                    found.append(name)
            except PathError:
                continue
        return found

    def _categories(self) -> list[str]:
        control = [n for n in self.posterior.labels if n.startswith("control.") and "@" not in n]
        return [name for name in ("winner", *control) if name in self.posterior.draws]

    def quantiles(self, name: str) -> tuple[float | None, ...]:
        """5 %, 50 % and 95 % quantiles of a column as weighed."""
        return _quantiles(self.posterior.draws[name], self.posterior.weights)

    def _row(self, name: str, after: np.ndarray, share: np.ndarray) -> Row:
        posterior = self.posterior
        before = self.quantiles(name)
        now = _quantiles(after, share)
        numbers = [v for v in (*before, *now) if v is not None]
        return Row(
            name,
            self.wording.path(name),
            posterior.units.get(name) or self.wording.unit(name),
            before,
            now,
            min([0.0, *numbers]),
            max([1e-9, *numbers]),
        )

    def _shares(self, name: str, after: np.ndarray, share: np.ndarray) -> Shares:
        posterior = self.posterior
        labels = posterior.labels[name]
        before = np.asarray(posterior.draws[name])
        options = tuple(
            (
                "nobody" if label == "none" else self.wording.name(label),
                float(posterior.weights @ (before == code)),
                float(share @ (np.asarray(after) == code)),
            )
            for code, label in enumerate(labels)
        )
        return Shares(name, self.wording.path(name), options)


def _quantiles(values: np.ndarray, share: np.ndarray) -> tuple[float | None, ...]:
    found = weighted_quantiles(values, share)
    return tuple(float(v) if np.isfinite(v) else None for v in found)
