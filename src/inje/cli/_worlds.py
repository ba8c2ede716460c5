"""Commands on scenarios and worlds: condition, replay, report, trace."""

from __future__ import annotations

import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from inje.cli._app import app
from inje.cli._output import print_json, print_table, say
from inje.cli._reading import Json, Out
from inje.cli._reconstruct import (
    Dask,
    Ess,
    Reliability,
    Resume,
    Seed,
    Threads,
    Worlds,
    letters_of,
    print_summary,
    progress_bar,
)
from inje.cli._targets import refuse_target
from inje.errors import OptionError

__all__ = ["Weighed"]

Model = Annotated[Path, typer.Argument(help="A scenario.yaml, with its dossier.yaml beside it.")]
Weighed = Annotated[Path, typer.Argument(help="A posterior.nc.")]


Cut = Annotated[
    list[str] | None,
    typer.Option(
        "--cut",
        metavar="CLAIM",
        help="A claim by id that weighs, but neither raises nor lowers its sources' reliability. "
        "May be repeated.",
    ),
]


@app.command()
def condition(
    source: Annotated[
        Path, typer.Argument(help="A scenario.yaml beside its dossier.yaml, or an ensemble.nc.")
    ],
    output: Out = None,
    seed: Seed = 1,
    threads: Threads = None,
    ess: Ess = 4000,
    max_worlds: Worlds = 1 << 22,
    reliability: Reliability = None,
    cut: Cut = None,
    resume: Resume = False,
    dask: Dask = "",
    json: Json = False,
) -> None:
    """Fight a scenario's worlds and weigh them by its record (posterior.nc)."""
    from inje.reporting import Plan, condition_file, machine_form
    from inje.scenario import said_of_dates

    if resume and output is None:
        raise OptionError("--resume", "it came without -o", "-o FILE", "name what was being made")
    refuse_target(output, ".nc", reads=(source,))
    with progress_bar() as progress:
        plan = Plan(
            seed=seed, threads=threads, ess=ess, max_worlds=max_worlds,
            letters=letters_of(reliability or []), progress=progress, resume=resume, dask=dask,
            cut=tuple(cut or ()),
        )  # fmt: skip
        posterior = condition_file(source, output, plan)
    if conflict := said_of_dates(posterior.scenario):
        say(f"inje: {conflict}")
    files = {}
    if output:
        say(f"inje: wrote {output}")
        files["posterior"] = str(output)
    form = machine_form(posterior, posterior.scenario.dossier, files)
    if json:
        print_json(form)
    else:
        print_summary(form)


@app.command()
def replay(
    source: Model,
    world: Annotated[int, typer.Option(min=0, help="Number of the world.")] = 0,
    seed: Seed = 1,
    json: Json = False,
) -> None:
    """Fight one world again and tell everything that happens in it."""
    from inje.ensemble import replay_world
    from inje.scenario import load_scenario

    told = replay_world(load_scenario(source), world=world, seed=seed).as_json()
    if json:
        print_json(told)
        return
    keys = ("day", "kind", "what")
    rows = [
        (
            f"{event.get('day', event.get('time', 0.0)):.3f}",
            ", ".join(f"{k}={v}" for k, v in event.items() if k not in keys[:1] and v is not None),
        )
        for event in told["events"]
    ]
    print_table(f"world {world} of seed {seed}", ("day", "what happens"), rows)


#: endings of a report by its form; .html, .md and .json decide the form themselves
_ENDINGS = {"html": (".html", ".md", ".json"), "md": (".md", ".txt"), "json": (".json",)}


class Form(StrEnum):
    """How a report is written."""

    html = "html"
    md = "md"
    json = "json"


@app.command()
def report(
    source: Weighed,
    output: Out = None,
    form: Annotated[Form, typer.Option("--format", help="Page, Markdown or JSON.")] = Form.html,
    figure: Annotated[
        str,
        typer.Option(
            help="Write one figure alone (map, timeline, accounts, losses.SIDE.total ...) as "
            ".svg, .png, or .json for Vega-Lite; the map also as .geojson."
        ),
    ] = "",
    ground: Annotated[
        Path | None, typer.Option(help="A GeoJSON file of your own, drawn into the map.")
    ] = None,
) -> None:
    """Write the report of a posterior (report.html); compare, what-if and seek go into it."""
    from inje.dossier import write_atomically
    from inje.posterior import load_posterior
    from inje.reporting import build_report, manifest_of

    refuse_target(output, *_endings(form, figure), reads=(source, ground or source))
    posterior = load_posterior(source)
    manifest = manifest_of(source, posterior.diagnostics.seed, f"inje report {source.name}")
    made = build_report(posterior, manifest=manifest, ground=ground)
    if figure:
        path = made.figure(figure).save(output or source.with_name(f"{figure}.svg"))
    elif form is Form.html:
        path = output or source.with_name("report.html")
        made.save(path)
    else:
        content = made.markdown() if form is Form.md else _json_text(made.json())
        if output is None:
            sys.stdout.write(content)
            return
        path = output
        write_atomically(path, content)
    say(f"inje: wrote {path}")


def _endings(form: Form, figure: str) -> tuple[str, ...]:
    """Endings that the file of a report, or of one of its figures, may have."""
    if not figure:
        return _ENDINGS[form.value]
    return (".svg", ".png", ".geojson", ".json") if figure == "map" else (".svg", ".png", ".json")


def _json_text(value: object) -> str:
    from json import dumps

    return value if isinstance(value, str) else dumps(value, ensure_ascii=False) + "\n"


def _quoted(claim: dict[str, Any]) -> str:
    """A claim with its words, and who passed them on."""
    said = f"{claim['id']}: “{claim.get('quote', '')}”"
    cited = ", ".join(claim.get("citations", ()))
    return f"{said} ({cited})" if cited else said


def _founded(prior: dict[str, Any]) -> str:
    """A number of the model, what is assumed of it, and from where."""
    drafted = f"drafted from {', '.join(prior['claims'])}" if prior["claims"] else ""
    said = f"{prior['label']}: {prior['prior']}"
    return "; ".join(filter(None, (said, prior["why"], drafted)))


@app.command()
def trace(
    page: Annotated[Path, typer.Argument(help="A report.html.")],
    number: Annotated[str, typer.Argument(help="The id of a number in it, n-...")],
    json: Json = False,
) -> None:
    """Follow a number of a report back to quotes, priors, code version and seed."""
    from inje.reporting import trace as follow

    found = asdict(follow(page, number))
    if json:
        print_json(found)
        return
    nested = ("claims", "weighed", "priors", "manifest")
    rows = [(key, str(value)) for key, value in found.items() if key not in nested]
    rows += [("claim", _quoted(claim)) for claim in found["claims"]]
    about = {claim["id"] for claim in found["claims"]}
    rows += [("weighed by", _quoted(c)) for c in found["weighed"] if c["id"] not in about]
    rows += [("prior", _founded(prior)) for prior in found["priors"]]
    rows += [(key, str(value)) for key, value in found["manifest"].items() if key != "files"]
    print_table(number, ("what", "is"), rows)
