"""From a scenario or worlds on disk to a posterior on disk, gone on with where it was stopped."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from inje.dossier import with_letters
from inje.errors import ModelError
from inje.reporting._reconstruction import Plan
from inje.scenario import load_scenario_and_record

if TYPE_CHECKING:
    from inje.posterior import Posterior

__all__ = ["condition_file"]


def condition_file(source: Path, output: Path | None, plan: Plan) -> Posterior:
    """Condition what a file holds, and write the posterior where it is wanted.

    Parameters
    ----------
    source : a scenario.yaml beside its dossier, or an ensemble.nc.
    output : posterior.nc, written whole or not at all; progress is kept beside it. None: neither.
    plan : how much work to do.

    Raises
    ------
    InputError : the source cannot be used, or the output cannot be written.
    """
    from inje.posterior import condition_scenario, save_posterior
    from inje.runs import cluster_at, load_ensemble, opened_journal

    if source.suffix == ".nc":
        ensemble = load_ensemble(source)
        letters = dict(plan.letters or {})
        posterior = condition_scenario(
            ensemble, ess=plan.ess, threads=plan.threads, cut=plan.cut, letters=letters,
            progress=plan.progress,
        )  # fmt: skip
        if output:
            save_posterior(posterior, output)
        return posterior
    scenario = load_scenario_and_record(source)
    if scenario.dossier is None:
        raise ModelError(str(source), "it carries no record", "a scenario beside its dossier", "")
    graded = scenario.with_dossier(with_letters(scenario.dossier, plan.letters or {}))
    kept = (
        opened_journal(output, plan.identity(graded), resume=plan.resume)
        if output
        else nullcontext()
    )
    with kept as journal, cluster_at(plan.dask) as executor:
        posterior = plan.weigh(graded, journal, executor, plan.progress)
        if output:
            save_posterior(posterior, output)
    return posterior
