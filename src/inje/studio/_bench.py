"""The bench: weighed worlds whose sources, claims and causes may be changed, with results at once.

Sources and claims only weigh: the same worlds get other weights. A cause acts: a sample of the
weighed worlds is fought again with the same fortunes and that cause changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from inje.dossier import ObservablePath
from inje.ensemble import simulate_worlds
from inje.errors import PathError
from inje.posterior import (
    ClaimModel,
    Posterior,
    Weighted,
    effective_size,
    share_of,
    systematic,
)
from inje.reporting import Wording, drawn_paths
from inje.scenario import parameters

__all__ = ["Bench", "Changes", "Row", "Shares"]

#: worlds that are fought again when a cause changes
SAMPLE = 2048
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

        self._sorted: dict[str, _Sorted] = {}
        self._told: dict[str, tuple[float | None, ...]] = {}

    @cached_property
    def _terms(self) -> dict[str, np.ndarray]:
        """How every claim tracks the draws: letters and other claims do not change it."""
        claims = self.posterior.claims
        terms = claims.terms(self.posterior.draws)
        return {claim.id: term for claim, term in zip(claims.claims, terms, strict=True)}

    def _log_weight(self, model: ClaimModel) -> np.ndarray:
        if not model.claims:
            return np.zeros(self.posterior.log_weight.size)
        return model.transmission.log_likelihood([self._terms[c.id] for c in model.claims])

    @cached_property
    def _base_weight(self) -> np.ndarray:
        return self._log_weight(self.posterior.claims)

    def weights(self, changes: Changes) -> np.ndarray:
        """Weights of the draws under other letters and without some claims (n,), normalised."""
        posterior = self.posterior
        if not (changes.letters or changes.without):
            return posterior.weights
        model = posterior.claims.graded(changes.letters).without(changes.without)
        moved = posterior.log_weight + self._log_weight(model) - self._base_weight
        return Weighted.of(moved, posterior.group).weight

    def warm(self) -> None:
        """Do beforehand what the first changed letter or cause would wait for."""
        _ = self._base_weight
        self.fought(self.posterior.weights, {})

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
        told = [name for name in self._categories() if name in after]
        # A cause that nobody set is no consequence of those that were: all worlds tell of it.
        free = {"account", *posterior.scenario.causes} - set(changes.causes)
        whole = {name: (posterior.draws[name], weights) for name in told if name in free}
        shares = (self._shares(name, *whole.get(name, (after[name], share))) for name in told)
        return Result(rows, _joined(shares), float(ess), len(share))

    def fought(
        self, weights: np.ndarray, causes: Mapping[str, float | str]
    ) -> tuple[Mapping[str, np.ndarray], np.ndarray]:
        """A weighed sample fought again with causes set: columns, and equal weights."""
        posterior = self.posterior
        rows = systematic(weights, SAMPLE, 0.5)
        keys = posterior.addresses[rows]
        given = {
            path: np.asarray(posterior.draws[path], dtype=float)[rows]
            for path in drawn_paths(posterior)
        }
        known = {*self._numbers(), *self._categories()} & set(self._own_paths)
        fought = simulate_worlds(
            posterior.scenario,
            worlds=SAMPLE,
            seed=posterior.diagnostics.seed,
            indices=keys if keys.ndim == 1 else keys[:, 0],
            keys=keys,
            renewals=posterior.renewals,
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
        """Who won and who holds what, then the rival explanations."""
        labels = self.posterior.labels
        control = [n for n in labels if n.startswith("control.") and "@" not in n]
        causes = ["account", *self.posterior.scenario.causes]
        told = [name for name in ("winner", *control, *causes) if name in labels]
        return [name for name in told if name in self.posterior.draws]

    def quantiles(self, name: str) -> tuple[float | None, ...]:
        """5 %, 50 % and 95 % quantiles of a column as weighed."""
        if name not in self._told:
            self._told[name] = self._order(name).quantiles(self.posterior.weights)
        return self._told[name]

    def _order(self, name: str) -> _Sorted:
        if name not in self._sorted:
            self._sorted[name] = _Sorted.of(self.posterior.draws[name])
        return self._sorted[name]

    def _row(self, name: str, after: np.ndarray, share: np.ndarray) -> Row:
        posterior = self.posterior
        before = self.quantiles(name)
        same = after is posterior.draws[name]
        now = (self._order(name) if same else _Sorted.of(after)).quantiles(share)
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
        choice = posterior.scenario.causes.get(name)
        accounts = {account.id: account.label for account in posterior.scenario.accounts}
        known = choice.labels if choice else accounts if name == "account" else {}
        sides = {side.id for side in posterior.scenario.sides}  # called alike in every table
        options = tuple(
            (
                "nobody"
                if label == "none"
                else (label not in sides and known.get(label)) or self.wording.name(label),
                share_of(before == code, posterior.weights),
                share_of(np.asarray(after) == code, share),
            )
            for code, label in enumerate(labels)
        )
        return Shares(name, self.wording.path(name), options)


def _joined(found: Iterable[Shares]) -> tuple[Shares, ...]:
    """Places that are held alike in one table: a position is fought for as one."""
    joined: list[Shares] = []
    for one in found:
        last = joined[-1] if joined else one
        both = all(each.name.startswith("control.") for each in (last, one))
        if joined and both and last.options == one.options:
            place = one.label.removeprefix("Control of ")
            joined[-1] = Shares(last.name, f"{last.label}, {place}", last.options)
            continue
        joined.append(one)
    return tuple(joined)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """A column in ascending order, so that other weights need no other sorting.

    Attributes
    ----------
    values : ascending; what does not exist (inf, nan) stands last, as inf. order : rows (n,).
    """

    values: np.ndarray
    order: np.ndarray

    @classmethod
    def of(cls, column: np.ndarray) -> _Sorted:
        values = np.asarray(column, dtype=float)
        values = np.where(np.isnan(values), np.inf, values)
        order = np.argsort(values)
        return cls(values[order], order)

    def quantiles(self, share: np.ndarray) -> tuple[float | None, ...]:
        """5 %, 50 % and 95 % quantiles under weights (n,); None where it never comes."""
        total = np.cumsum(share[self.order])
        rows = np.searchsorted(total, np.array([0.05, 0.5, 0.95]) * total[-1] * (1 - 1e-12))
        found = self.values[np.minimum(rows, self.values.size - 1)]
        return tuple(float(v) if np.isfinite(v) else None for v in found)
