"""Causes ranked: what would have changed the outcome, and what it depends on.

Two rankings, of two questions. Interventions: for each cause that can be taken away, the share
of weighed worlds that would have ended otherwise. Sensitivity: for each uncertain quantity, the
share of the outcome's variance that knowing it would remove (the first-order index of Sobol',
Sensitivity estimates for nonlinear mathematical models, 1993), under the posterior, where
quantities are not independent, so that shares need not add up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inje.answers._causes import questions_of
from inje.answers._refought import KEEP
from inje.answers._what_if import WhatIf, change_causes
from inje.answers._witness import cells_of
from inje.errors import OptionError
from inje.posterior import Posterior, share_of
from inje.scenario import parameters
from inje.tables import in_markdown, shown

__all__ = ["Dependence", "Ranking", "rank_causes"]


@dataclass(frozen=True)
class Dependence:
    """How far an outcome depends on a quantity: share of its variance, with standard error."""

    name: str
    share: float
    error: float


@dataclass(frozen=True)
class Ranking:
    """Causes of an outcome.

    Attributes
    ----------
    outcome : its path. what_ifs : those that flip most worlds first.
    dependences : the quantities on which it depends most first.
    """

    outcome: str
    what_ifs: tuple[WhatIf, ...]
    dependences: tuple[Dependence, ...]

    def _repr_html_(self) -> str:
        said = tuple(answer.sentence for answer in self.what_ifs)
        rows = ((d.name, f"{d.share:.0%} ± {d.error:.0%}") for d in self.dependences)
        head = ("depends on", "share of its variance")
        return shown(f"Causes of the outcome: {self.outcome}", said, head, rows)

    def _repr_markdown_(self) -> str:
        return in_markdown(self._repr_html_())


def rank_causes(posterior: Posterior, outcome: str = "winner", *, worlds: int = KEEP) -> Ranking:
    """Rank the causes of an outcome.

    Parameters
    ----------
    outcome : path of an outcome. worlds : fought again for each intervention.

    Raises
    ------
    OptionError : worlds have no such outcome.
    """
    if outcome not in posterior.draws:
        allowed = ", ".join(sorted(posterior.draws))
        raise OptionError("outcome", f"{outcome!r} is no outcome of these worlds", allowed, "")
    questions = [
        changes for changes in questions_of(posterior.scenario) if _is_a_change(posterior, changes)
    ]
    asked = change_causes(posterior, questions, force=True, worlds=worlds)
    return Ranking(
        outcome,
        tuple(sorted(asked, key=lambda answer: -answer.flipped)),
        _dependences(posterior, outcome),
    )


def _is_a_change(posterior: Posterior, changes: dict[str, float | str]) -> bool:
    """Whether some weighed world is not already as the change would have it."""
    for path, value in changes.items():
        if path in posterior.labels and path in posterior.draws:
            code = posterior.labels[path].index(str(value))
            share = share_of(np.asarray(posterior.draws[path]) == code, posterior.weights)
            return 0.0 < share < 1.0
    return True


def _dependences(posterior: Posterior, outcome: str) -> tuple[Dependence, ...]:
    uncertain = [path for path, q in parameters(posterior.scenario).items() if q.prior]
    causes = [*posterior.scenario.causes, *(["account"] if posterior.scenario.accounts else [])]
    names = [path for path in (*uncertain, *causes) if path in posterior.draws and path != outcome]
    target = _indicators(posterior, outcome)
    found = [_dependence(posterior, name, target) for name in names]
    return tuple(sorted(found, key=lambda item: -item.share))


def _indicators(posterior: Posterior, outcome: str) -> np.ndarray:
    """What is explained, (n, k): an indicator a label; of a number, its rank."""
    values = np.asarray(posterior.draws[outcome], dtype=float)
    if outcome in posterior.labels:
        return np.stack([values == k for k in range(len(posterior.labels[outcome]))], axis=1) * 1.0
    return np.argsort(np.argsort(values, kind="stable"), kind="stable")[:, None] / values.size


def _dependence(posterior: Posterior, name: str, target: np.ndarray) -> Dependence:
    weights, ess = posterior.weights, posterior.diagnostics.ess
    kind = "category" if name in posterior.labels else "count"
    cells = cells_of(np.asarray(posterior.draws[name], dtype=float), weights, kind)
    parts = [
        _explained(cells.index[part::2], target[part::2], weights[part::2], ess / 2)
        for part in (0, 1)
    ]
    whole = _explained(cells.index, target, weights, ess)
    return Dependence(name, whole, abs(parts[0] - parts[1]) / 2)


def _explained(index: np.ndarray, target: np.ndarray, weights: np.ndarray, ess: float) -> float:
    """Variance between cells over the whole variance, less what noise alone would give."""
    share = weights / weights.sum()
    mean = (share[:, None] * target).sum(axis=0)
    whole = float((share[:, None] * (target - mean) ** 2).sum())
    if whole == 0:
        return 0.0
    mass = np.bincount(index, share)
    sums = np.stack([np.bincount(index, share * column) for column in target.T], axis=1)
    inside = mass > 0
    between = (mass[inside, None] * (sums[inside] / mass[inside, None] - mean) ** 2).sum()
    chance = (inside.sum() - 1) / ess
    return float(np.clip((between / whole - chance) / (1 - chance), 0.0, 1.0))
