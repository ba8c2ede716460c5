"""The whole way: from articles, a dossier or a scenario to a report, with files between."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inje.dossier import Dossier, make_folder, save_record, with_letters, write_atomically
from inje.reporting._beginning import beginning
from inje.reporting._machine import machine_form
from inje.scenario import Scenario, save_scenario

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from inje.posterior import Posterior
    from inje.reporting._report import Report
    from inje.runs import Journal

__all__ = ["Plan", "Reconstruction", "folder_of", "manifest_of", "reconstruct_battle", "silent"]

MANIFEST = "inje-manifest/1"


def silent(_sentence: str, _share: float) -> None:
    """Progress that nobody wants to see."""


@dataclass(frozen=True)
class Plan:
    """How much work to do, and how.

    Attributes
    ----------
    seed, threads : of every draw; threads change no number (None: all cores).
    ess, max_worlds : effective worlds wanted; what bounds the worlds that are fought, see
        `inje.condition`.
    letters : Admiralty letters for this run, by source or entity.
    cut : claims that weigh, but teach nothing of their sources.
    command : how the run was started, for the manifest.
    progress : called with a sentence and the share done, between 0 and 1.
    resume : go on from where an interrupted run of the same plan stopped.
    dask : address of a cluster that fights the worlds; none fights them here.
    """

    seed: int = 1
    threads: int | None = None
    ess: float = 4000
    max_worlds: int = 1 << 22
    letters: Mapping[str, str] | None = None
    command: str = ""
    progress: Callable[[str, float], None] = silent
    resume: bool = False
    dask: str = ""
    cut: tuple[str, ...] = ()

    def weigh(
        self,
        scenario: Scenario,
        journal: Journal | None,
        executor: Executor | None,
        progress: Callable[[str, float], None],
    ) -> Posterior:
        """Condition a graded scenario as this plan says."""
        from inje.posterior import condition_scenario

        return condition_scenario(
            scenario,
            seed=self.seed,
            ess=self.ess,
            max_worlds=self.max_worlds,
            threads=self.threads,
            cut=self.cut,
            progress=progress,
            executor=executor,
            journal=journal,
        )

    def identity(self, scenario: Scenario) -> dict[str, str]:
        """What makes a run of this plan this run: all that its numbers depend on."""
        from inje.runs import identity_of

        return identity_of(
            scenario, seed=self.seed, ess=self.ess, max_worlds=self.max_worlds, cut=self.cut
        )


@dataclass(frozen=True)
class Reconstruction:
    """What a run made: the nouns, the files they were written to by name, and notes on them."""

    dossier: Dossier
    scenario: Scenario
    posterior: Posterior
    report: Report
    files: Mapping[str, Path]
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The machine form of `inje reconstruct --json`."""
        files = {name: str(path) for name, path in self.files.items()}
        return machine_form(self.posterior, self.dossier, files)


def reconstruct_battle(source: str | Sequence[str], folder: Path, plan: Plan) -> Reconstruction:
    """Go the whole way.

    Parameters
    ----------
    source : articles (paths, addresses, "-") on one battle and dossier.yaml files, joined in one
        record; or a scenario.yaml.
    folder : where the files go; made when missing. Each is written whole or not at all. A
        corrected record in it is gone on from, never overwritten.
    plan : how much work to do.

    Raises
    ------
    InputError : the source cannot be used, or the folder cannot be written.
    """
    from inje.posterior import save_posterior
    from inje.runs import cluster_at, opened_journal

    plan.progress("reading", 0.0)
    start = beginning([source] if isinstance(source, str) else source, folder)
    dossier, scenario = start.dossier, start.scenario
    make_folder(folder)
    graded = scenario.with_dossier(with_letters(dossier, plan.letters or {}))
    goal = folder / "posterior.nc"
    with (
        opened_journal(goal, plan.identity(graded), resume=plan.resume) as journal,
        cluster_at(plan.dask) as executor,
    ):
        files = _written(dossier, scenario, folder)
        plan.progress("fighting", 0.05)
        posterior = plan.weigh(
            graded,
            journal,
            executor,
            lambda sentence, share: plan.progress(sentence, 0.05 + 0.75 * share),
        )
        files["posterior"] = save_posterior(posterior, goal)
        report = _reported(posterior, files, folder, plan)
    plan.progress("done", 1.0)
    return Reconstruction(dossier, scenario, posterior, report, files, start.notes)


def _reported(posterior: Posterior, files: dict[str, Path], folder: Path, plan: Plan) -> Report:
    """The report, written with the manifest of everything that was made."""
    from inje.reporting._building import build_report

    plan.progress("reporting", 0.85)
    manifest = _manifest(files, plan)
    report = build_report(posterior, manifest=manifest)
    files["report"] = folder / "report.html"
    report.save(files["report"])
    manifest["files"][files["report"].name] = _sha256(files["report"])
    files["manifest"] = folder / "manifest.json"
    write_atomically(files["manifest"], json.dumps(manifest, indent=1) + "\n")
    return report


def _written(dossier: Dossier, scenario: Scenario, folder: Path) -> dict[str, Path]:
    files = {"dossier": folder / "dossier.yaml", "scenario": folder / "scenario.yaml"}
    files |= save_record(dossier, files["dossier"])
    save_scenario(scenario, files["scenario"])
    return files


def _manifest(files: Mapping[str, Path], plan: Plan) -> dict[str, Any]:
    """Version, seed, command, and the hash of every file written so far."""
    return {
        "schema": MANIFEST,
        "version": version("inje"),
        "seed": plan.seed,
        "command": plan.command,
        "files": {path.name: _sha256(path) for path in files.values()},
    }


def manifest_of(posterior: Path, seed: int, command: str) -> dict[str, Any]:
    """What reproduces a posterior on disk: the manifest beside it where it names this very file.

    Parameters
    ----------
    posterior : the file. seed : of its draws. command : how it is being reported, in case no
        manifest tells how it was made.
    """
    digest = _sha256(posterior)
    made = {
        "version": version("inje"),
        "seed": seed,
        "command": command,
        "files": {posterior.name: digest},
    }
    try:
        beside = json.loads((posterior.parent / "manifest.json").read_text(encoding="utf-8"))
        if beside["files"][posterior.name] == digest:
            files = {str(name): str(each) for name, each in beside["files"].items()}
            files.pop("report.html", None)
            return made | {"command": str(beside["command"]), "files": files}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass  # no manifest, or one of another hand: the file speaks for itself
    return made


def _sha256(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def folder_of(sources: Sequence[str]) -> Path:
    """The folder of a run that names none: after the article."""
    first = sources[0]
    stem = "battle" if first == "-" else Path(first.rstrip("/").rpartition("/")[2]).stem
    return Path(stem.strip(". ") or "battle")
