"""The verb: a scenario, or worlds already fought, conditioned on its record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor

from inje.ensemble import Ensemble
from inje.errors import ModelError, OptionError
from inje.posterior._assembly import assembled, claims_of
from inje.posterior._claims import ClaimModel
from inje.posterior._conditioning import Supply, Wanted, conditioned
from inje.posterior._duel import duel_of
from inje.posterior._orders import dealt, order_of
from inje.posterior._posterior import Posterior
from inje.posterior._worlds import labels_with_none, recoded, units_of
from inje.runs import Journal
from inje.scenario import Scenario, refuse_idle_accounts, refuse_lost_claims

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
    executor: Executor | None = None,
    journal: Journal | None = None,
) -> Posterior:
    """Weigh worlds by the claims of the record that a scenario carries.

    Parameters
    ----------
    model : a Scenario, whose worlds are fought as needed; or an Ensemble, whose worlds are
        weighed as they are.
    seed : of every draw; that of an Ensemble stays its own.
    ess : effective draws wanted.
    max_worlds : what bounds the worlds that are fought: each way to the claims may fight a quarter
        of it, and no run more than 1.5 times as many and 740,000 more (scouts and rounds that lead
        there). At least 1. An Ensemble has no more than it holds.
    threads : cores to use, all by default. No number depends on it.
    cut : ids of claims that weigh, but do not update the reliability of their sources.
    letters : reliability letters for this run, by holder or source of a claim that weighs.
    progress : called with a sentence and the share done.
    executor : where worlds are fought and weighed, in shards of ten million, instead of here:
        any `concurrent.futures.Executor`, that of a dask cluster too. No number depends on it.
    journal : where progress is written, so that a run which is stopped can be gone on with.

    Returns
    -------
    Posterior; one that cannot be relied on is `failed` and says why, and what to do.

    Raises
    ------
    ModelError : the scenario carries no record, or cannot be fought; an account changes nothing,
        sets the same as another, or speaks of a claim that the record does not have.
    PathError : a claim is about a path that names nothing.
    OptionError : an option or a letter out of range; a cut claim, or somebody graded, that does
        not weigh.
    """
    scenario = model if isinstance(model, Scenario) else model.scenario
    chosen = seed if isinstance(model, Scenario) else model.seed
    wanted = Wanted(
        ess=ess,
        max_worlds=max_worlds,
        seed=chosen,
        progress=progress,
        journal=journal,
        **({} if threads is None else {"threads": threads}),
    )
    _refuse_unready(scenario, cut)
    if isinstance(model, Scenario):
        return _fought(model, wanted, cut, letters or {}, executor)
    return _given(model, wanted, cut, letters or {})


def _fought(
    scenario: Scenario,
    wanted: Wanted,
    cut: tuple[str, ...],
    letters: Mapping[str, str],
    executor: Executor | None,
) -> Posterior:
    made = assembled(scenario, seed=wanted.seed, threads=wanted.threads, cut=cut, letters=letters)
    _refuse_unknown(made.claims, cut, letters)
    order = order_of(scenario, seed=wanted.seed, cut=cut, letters=letters)
    supply = Supply(
        made,
        made.worlds.labels,
        units_of(scenario, made.worlds.columns),
        made.particles,
        made.worlds.at,
        made.particles.complete,
        executor and (lambda proposed, scale: dealt(executor, order(proposed, scale))),
        duel_of(made),
        made.worlds.burden,
    )
    return conditioned(scenario, made.claims, supply, wanted)


def _given(
    ensemble: Ensemble, wanted: Wanted, cut: tuple[str, ...], letters: Mapping[str, str]
) -> Posterior:
    labels = labels_with_none(ensemble.labels)
    columns = recoded(ensemble.columns, labels)
    claims = claims_of(ensemble.scenario, tuple(columns), labels, cut, letters)
    _refuse_unknown(claims, cut, letters)
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


def _refuse_unready(scenario: Scenario, cut: Collection[str]) -> None:
    """What can be told before a world is drawn."""
    if scenario.dossier is None:
        raise ModelError(
            "scenario", "it carries no record", "a scenario with its dossier",
            "load it beside its dossier, or use `with_dossier`",
        )  # fmt: skip
    refuse_idle_accounts(scenario)
    refuse_lost_claims(scenario)
    if isinstance(cut, str):
        raise OptionError(
            "cut", f"one word came, {cut!r}", "claims by id, in a tuple or a list",
            f"write cut=({cut!r},)",
        )  # fmt: skip


def _refuse_unknown(claims: ClaimModel, cut: Collection[str], letters: Mapping[str, str]) -> None:
    """What is asked of claims and of people that do not weigh would change nothing."""
    weighing = [claim.id for claim in claims.claims]
    for name in cut:
        if name not in weighing:
            idle = claims.idle.get(name)
            raise OptionError(
                "cut",
                f"claim {name!r} does not weigh: {idle}" if idle else f"{name!r} is no claim",
                f"claims that weigh: {', '.join(weighing) or 'there are none'}",
                "correct the id, or leave it out",
            )
    for name in letters:
        if name not in claims.letters:
            raise OptionError(
                "reliability",
                f"no claim that weighs came through {name!r}",
                "holders and sources: " + (", ".join(claims.letters) or "there are none"),
                "correct the id, or leave it out",
            )
