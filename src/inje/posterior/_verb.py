"""The verb: a scenario, or worlds already fought, conditioned on its record."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from inje.ensemble import Ensemble
from inje.errors import ModelError
from inje.posterior._claims import ClaimModel
from inje.posterior._compilation import compile_claims
from inje.posterior._conditioning import Supply, Wanted, conditioned
from inje.posterior._posterior import Posterior
from inje.posterior._worlds import (
    ScenarioParticles,
    Worlds,
    claimed_paths,
    labels_with_none,
    recoded,
    units_of,
)
from inje.scenario import Scenario

__all__ = ["condition_scenario"]


def condition_scenario(
    model: Scenario | Ensemble,
    *,
    seed: int = 1,
    ess: float = 4000,
    max_worlds: int = 1 << 22,
    threads: int | None = None,
    cut: tuple[str, ...] = (),
    letters: Mapping[str, str] | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Posterior:
    """Weigh worlds by the claims of the record that a scenario carries.

    Parameters
    ----------
    model : a Scenario, whose worlds are fought as needed; or an Ensemble, whose worlds are
        weighed as they are.
    seed : of every draw; that of an Ensemble stays its own.
    ess : effective draws wanted.
    max_worlds : most worlds drawn from the prior.
    threads : cores to use, all by default. No number depends on it.
    cut : claims that weigh, but do not update the reliability of their sources.
    letters : reliability letters for this run, by holder or source.
    progress : called with a sentence and the share done.

    Returns
    -------
    Posterior; one that cannot be relied on is `failed` and says why, and what to do.

    Raises
    ------
    ModelError : the scenario carries no record, or cannot be fought.
    PathError : a claim is about a path that names nothing.
    OptionError : an option or a letter out of range.
    """
    scenario = model if isinstance(model, Scenario) else model.scenario
    chosen = seed if isinstance(model, Scenario) else model.seed
    wanted = Wanted(
        ess=ess,
        max_worlds=max_worlds,
        seed=chosen,
        progress=progress,
        **({} if threads is None else {"threads": threads}),
    )
    if scenario.dossier is None:
        raise ModelError(
            "scenario", "it carries no record", "a scenario with its dossier",
            "load it beside its dossier, or use `with_dossier`",
        )  # fmt: skip
    if isinstance(model, Scenario):
        return _fought(model, wanted, cut, letters or {})
    return _given(model, wanted, cut, letters or {})


def _claims(
    scenario: Scenario,
    columns: tuple[str, ...],
    labels: Mapping[str, tuple[str, ...]],
    cut: tuple[str, ...],
    letters: Mapping[str, str],
) -> ClaimModel:
    assert scenario.dossier is not None  # noqa: S101 - checked at the door
    claims = compile_claims(scenario.dossier, scenario, columns, labels)
    return claims.graded(letters).cut(cut)


def _fought(
    scenario: Scenario, wanted: Wanted, cut: tuple[str, ...], letters: Mapping[str, str]
) -> Posterior:
    assert scenario.dossier is not None  # noqa: S101 - checked at the door
    abouts = claimed_paths(c.about for c in scenario.dossier.claims if c.status != "rejected")
    worlds = Worlds(scenario, wanted.seed, abouts, wanted.threads)
    claims = _claims(scenario, worlds.columns, worlds.labels, cut, letters)
    paths = claims.columns or worlds.columns[:1]
    particles = ScenarioParticles(worlds, paths)
    supply = Supply(
        lambda start, n: worlds.at(np.arange(start, start + n), paths),
        worlds.labels,
        units_of(scenario, worlds.columns),
        particles,
        worlds.at,
        particles.complete,
    )
    return conditioned(scenario, claims, supply, wanted)


def _given(
    ensemble: Ensemble, wanted: Wanted, cut: tuple[str, ...], letters: Mapping[str, str]
) -> Posterior:
    labels = labels_with_none(ensemble.labels)
    columns = recoded(ensemble.columns, labels)
    claims = _claims(ensemble.scenario, tuple(columns), labels, cut, letters)
    limited = Wanted(
        wanted.ess, min(wanted.max_worlds, ensemble.worlds), wanted.seed, wanted.threads,
        wanted.progress,
    )  # fmt: skip
    supply = Supply(
        lambda start, n: {name: values[start : start + n] for name, values in columns.items()},
        labels,
        units_of(ensemble.scenario, columns),
    )
    return conditioned(ensemble.scenario, claims, supply, limited)
