"""The command that fights worlds and weighs none: simulate."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from inje.cli._app import app
from inje.cli._output import print_json, print_table, say
from inje.cli._reading import Json
from inje.cli._reconstruct import Dask, Resume, Seed, Threads, progress_bar
from inje.cli._targets import refuse_target
from inje.cli._worlds import Model
from inje.errors import OptionError

if TYPE_CHECKING:
    from inje.runs import Survey
    from inje.scenario import Scenario

__all__: list[str] = []


@app.command()
def simulate(
    source: Model,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="ensemble.nc to write; without it worlds are counted."),
    ] = None,
    worlds: Annotated[int, typer.Option(min=1, help="Worlds to fight.")] = 100_000,
    seed: Seed = 1,
    start: Annotated[int, typer.Option(min=0, help="Number of the first world.")] = 0,
    threads: Threads = None,
    paths: Annotated[
        list[str] | None,
        typer.Option("--path", help="A column wanted; all of the usual ones without. Repeatable."),
    ] = None,
    dask: Dask = "",
    resume: Resume = False,
    json: Json = False,
) -> None:
    """Fight worlds of a scenario and say what comes of them (with -o: ensemble.nc).

    Memory does not grow with the worlds. With -o they all go into a file, which does grow, and
    which `inje condition` takes in place of a scenario; a run that was interrupted goes on with
    --resume from where it was.
    """
    if resume and output is None:
        raise OptionError("--resume", "it came without -o", "-o FILE", "name what was being made")
    refuse_target(output, ".nc", reads=(source,))
    scenario = _loaded(source)
    with progress_bar() as bar:
        wanted = {
            "worlds": worlds, "seed": seed, "start": start, "threads": threads,
            "paths": paths or None, "progress": _told(bar),
        }  # fmt: skip
        survey = _surveyed(scenario, source, output, dask, wanted, resume=resume)
    files = {"ensemble": str(output)} if output else {}
    if output:
        say(f"inje: wrote {output}")
    if json:
        from importlib.metadata import version

        form = {"scenario": scenario.title, **survey.to_json(), "files": files}
        print_json({**form, "version": version("inje")})
    else:
        _print_survey(scenario.title, survey)


def _loaded(source: Path) -> Scenario:
    """The scenario, with its record where that lies beside it."""
    from inje.scenario import load_scenario, load_scenario_and_record

    scenario = load_scenario(source)
    beside = source.parent / (scenario.dossier_file or "dossier.yaml")
    return load_scenario_and_record(source) if beside.exists() else scenario


def _told(bar: Callable[[str, float], None]) -> Callable[[int, int], None]:
    return lambda done, most: bar(f"{done:,} of {most:,} worlds", done / most)


def _surveyed(
    scenario: Scenario,
    source: Path,
    output: Path | None,
    dask: str,
    wanted: dict[str, Any],
    *,
    resume: bool,
) -> Survey:
    from inje.runs import cluster_at, store_worlds, survey_worlds

    if output is None:
        with cluster_at(dask) as executor:
            return survey_worlds(scenario, executor=executor, **wanted)
    if dask:
        raise OptionError(
            "--dask", "it came with -o", "one of them", "leave out -o: a cluster counts worlds"
        )
    parents = {source.name: sha256(source.read_bytes()).hexdigest()}
    return store_worlds(scenario, output, parents=parents, resume=resume, **wanted)


def _print_survey(title: str, survey: Survey) -> None:
    form = survey.to_json()
    rows = [
        (
            row["name"],
            _figure(row["mean"]),
            _figure(row["sd"]),
            " / ".join(_figure(value) for value in row["quantiles"]),
            f"{row['never']:.3f}" if row["never"] else "",
        )
        for row in form["quantities"]
    ]
    header = ("quantity", "mean", "sd", "5 / 50 / 95 %", "never")
    print_table(f"{title}: {form['worlds']:,} worlds", header, rows)
    chances = [
        (name, label, f"{share:.4f}")
        for name, options in form["shares"].items()
        for label, share in options.items()
    ]
    print_table("", ("cause or outcome", "is", "share"), chances)
    if form["unfinished"]:
        say(f"inje: {form['unfinished']:,} worlds were cut short: they would take too many steps")


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
