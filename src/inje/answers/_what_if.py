"""What would have changed: the same weighted worlds, the same fortunes, one cause changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from inje.answers._effects import Causation, Effect, causation, effect_of
from inje.answers._refought import KEEP, Drawn, drawn_from
from inje.ensemble import COUPLING, simulate_twins
from inje.errors import OptionError
from inje.posterior import Posterior, recoded
from inje.scenario import Scenario, parameters

__all__ = ["WhatIf", "change_cause"]

Change = float | str


@dataclass(frozen=True)
class WhatIf:
    """One cause changed.

    Attributes
    ----------
    changes : what was set.
    effects : on numbers, paired.
    outcomes : on who wins and who holds what: before, after, necessity, sufficiency.
    beyond : share of the posterior on the far side of what is set (the least of both tails);
        0 means that the change leaves the support.
    conditioned_on : claims about the outcome that shaped the worlds; they cannot be unmade.
    worlds : equally weighted worlds that were fought again.
    """

    changes: Mapping[str, Change]
    effects: tuple[Effect, ...]
    outcomes: tuple[Causation, ...]
    beyond: Mapping[str, float]
    conditioned_on: tuple[str, ...]
    worlds: int


def change_cause(
    posterior: Posterior,
    changes: Mapping[str, Change],
    *,
    force: bool = False,
    worlds: int = KEEP,
) -> WhatIf:
    """Change causes in the worlds of a posterior and fight them again beside themselves.

    Parameters
    ----------
    changes : numbers for parameters ("strength.reinforcements": 0), names for causes
        ("attacker": "ang"), "send" or "hold" for "decision.<id>".
    force : also outside the support of the posterior.
    worlds : how many worlds.

    Raises
    ------
    OptionError : an unknown cause, or a change that leaves the support and is not forced.
    """
    _refuse_unknown(posterior.scenario, changes)
    beyond = {path: _support(posterior, path, value) for path, value in changes.items()}
    far = [path for path, share in beyond.items() if share == 0 and changes[path] != 0]
    if far and not force:
        raise OptionError(
            far[0],
            f"{changes[far[0]]!r} lies outside everything that the posterior allows",
            "a value that some weighed world has, or 0 for the absence of the cause",
            "give force=True (--force) to ask all the same",
        )
    drawn = drawn_from(posterior, worlds)
    before, after, coupling = _paired(posterior, drawn, changes)
    numbers, categories = _split(before, posterior.labels, changes)
    about = ("winner", "result", "control")
    return WhatIf(
        changes=dict(changes),
        effects=tuple(effect_of(p, *_finite(before[p], after[p])) for p in numbers),
        outcomes=tuple(
            item
            for path in categories
            for item in _outcomes(path, before, after, posterior.labels[path], coupling)
        ),
        beyond=beyond,
        conditioned_on=tuple(
            claim.id for claim in posterior.claims.claims if claim.about.split(".")[0] in about
        ),
        worlds=len(drawn.keys),
    )


Columns = Mapping[str, np.ndarray]


def _paired(
    posterior: Posterior, drawn: Drawn, changes: Mapping[str, Change]
) -> tuple[Columns, Columns, str]:
    """Columns of the worlds as they were and under the change, and the coupling's name."""
    rest = {path: column for path, column in drawn.given.items() if path not in changes}
    decided = any(path.startswith("decision.") for path in changes)
    if not drawn.addressed and not decided:
        after = drawn.worlds.at(drawn.keys, None, {**rest, **drawn.set_to(changes)})
        return drawn.fought({}), after, "the same addresses, each fought on its own"
    factual, changed = simulate_twins(
        posterior.scenario,
        changes,
        worlds=len(drawn.keys),
        seed=posterior.diagnostics.seed,
        indices=drawn.keys[:, 0].copy(),
        keys=drawn.keys[:, 1].copy(),
        parameters=rest,
    )
    labels = drawn.worlds.labels
    return recoded(factual.columns, labels), recoded(changed.columns, labels), COUPLING


def _outcomes(
    path: str, before: Columns, after: Columns, labels: tuple[str, ...], coupling: str
) -> list[Causation]:
    weights = np.ones(len(before[path]))
    return [
        causation(f"{path} = {label}", before[path] == code, after[path] == code, weights, coupling)
        for code, label in enumerate(labels)
    ]


def _refuse_unknown(scenario: Scenario, changes: Mapping[str, Change]) -> None:
    known = {
        *parameters(scenario),
        *scenario.causes,
        *(f"decision.{decision.id}" for decision in scenario.decisions),
        *(["account"] if scenario.accounts else []),
    }
    for path in changes:
        if path not in known:
            raise OptionError(
                path, "no such cause in this scenario", ", ".join(sorted(known)), "name one"
            )
    if not changes:
        raise OptionError("changes", "nothing is changed", "PATH=VALUE", "name a cause")


def _support(posterior: Posterior, path: str, value: Change) -> float:
    """The lesser posterior mass on either side of a value; of an option, its probability."""
    if path not in posterior.draws:
        return 1.0
    draws = np.asarray(posterior.draws[path], dtype=float)
    if isinstance(value, str):
        labels = posterior.labels.get(path, ())
        code = labels.index(value) if value in labels else -1
        return float(posterior.weights @ (draws == code))
    return float(min(posterior.weights @ (draws <= value), posterior.weights @ (draws >= value)))


def _split(
    columns: Mapping[str, np.ndarray],
    labels: Mapping[str, tuple[str, ...]],
    changes: Mapping[str, Change],
) -> tuple[list[str], list[str]]:
    """Paths of outcomes that are numbers, and of those that are categories."""
    outcome = ("losses", "duration", "end", "reserves")
    numbers = [path for path in columns if path.split(".")[0] in outcome and "@" not in path]
    categories = [
        path
        for path in columns
        if path in labels and path.split(".")[0] in ("winner", "control") and "@" not in path
    ]
    return [p for p in numbers if p not in changes], categories


def _finite(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs in which both happen; a time that never comes has no difference."""
    before, after = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    both = np.isfinite(before) & np.isfinite(after)
    if not both.any():
        return np.zeros(1), np.zeros(1), np.ones(1)
    return before[both], after[both], np.ones(int(both.sum()))
