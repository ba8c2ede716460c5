"""The command that goes the whole way."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import starmap
from math import inf
from pathlib import Path
from typing import Annotated, Any

import typer

from inje.cli._app import app
from inje.cli._batch import options_of, print_batch
from inje.cli._output import print_json, print_table, say
from inje.tables import rough

__all__ = ["letters_of", "print_summary", "progress_bar"]

Seed = Annotated[int, typer.Option(help="Of every draw; the same seed gives the same numbers.")]
Threads = Annotated[int | None, typer.Option(min=1, help="Default: all cores. Changes no number.")]
Worlds = Annotated[
    int,
    typer.Option(
        "--max-worlds",
        min=1024,
        help="Bounds the work: each way to the claims may fight a quarter of so many worlds. More "
        "lets hard records be met more closely.",
    ),
]
Reliability = Annotated[
    list[str] | None,
    typer.Option(
        help="SOURCE=LETTER: grade a source, or a holder of claims, A to F for this run. "
        "May be repeated."
    ),
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on from where an interrupted run stopped.")
]
Dask = Annotated[
    str, typer.Option(metavar="ADDRESS", help="Fight worlds on the dask cluster at this address.")
]
Ess = Annotated[float, typer.Option(min=1, help="Effective worlds wanted.")]


@contextmanager
def progress_bar() -> Iterator[Callable[[str, float], None]]:
    """A bar on standard error where that is a terminal; silence where it is not."""
    if not sys.stderr.isatty():
        from inje.reporting import silent

        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda sentence, share: bar.update(task, description=sentence, completed=share)


def letters_of(options: list[str]) -> dict[str, str]:
    """SOURCE=LETTER options as a mapping."""
    from inje.errors import OptionError

    found = {}
    for option in options:
        name, equals, letter = option.rpartition("=")
        if not equals or not name:
            raise OptionError("--reliability", f"{option!r} came", "SOURCE=LETTER", "like book=C")
        found[name] = letter
    return found


@app.command()
def reconstruct(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help="Articles on one battle (paths, addresses, -), a dossier.yaml, a scenario.yaml.",
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder. Default: the article's name.")
    ] = None,
    seed: Seed = 1,
    threads: Threads = None,
    ess: Ess = 4000,
    max_worlds: Worlds = 1 << 22,
    reliability: Reliability = None,
    resume: Resume = False,
    dask: Dask = "",
    each: Annotated[
        bool, typer.Option("--each", help="One reconstruction an article, in folders of -o.")
    ] = False,
    jobs: Annotated[int, typer.Option(min=1, help="With --each: so many at a time.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Go the whole way: from articles to a report."""
    from inje.reporting import Plan, folder_of, reconstruct_battle

    if each:
        from inje.ensemble import cores_of

        options = options_of(
            seed=seed, ess=ess, max_worlds=max_worlds, reliability=reliability, dask=dask,
            threads=threads or max(1, cores_of(None) // jobs),
        )  # fmt: skip
        print_batch(sources, output, jobs, options, resume=resume, json=json)
        return
    folder = output or folder_of(sources)
    with progress_bar() as progress:
        plan = Plan(
            seed=seed,
            threads=threads,
            ess=ess,
            max_worlds=max_worlds,
            letters=letters_of(reliability or []),
            command=shlex.join(["inje", *sys.argv[1:]]),
            progress=progress,
            resume=resume,
            dask=dask,
        )
        made = reconstruct_battle(sources, folder, plan)
    for note in made.notes:
        say(f"inje: {note}")
    if json:
        print_json(made.to_json())
        return
    print_summary(made.to_json())
    say(f"inje: the report is {made.files['report']}")


def print_summary(form: dict[str, Any]) -> None:
    """Print the machine form of a posterior as tables for people, what is informed first."""
    rows = [
        (
            row["name"],
            _interval(row, "prior"),
            _interval(row, "posterior"),
            "yes" if row["informed"] else "no",
            f"{form['ess']:,.0f}",
        )
        for row in sorted(form["quantities"], key=lambda row: not row["informed"])
        if row["prior"][:1] != row["prior"][-1:] or row["prior"] != row["posterior"]
    ]
    header = (
        "quantity",
        "prior 5 / 50 / 95 %",
        "posterior 5 / 50 / 95 %",
        "informed by the record?",
        "ESS",
    )
    print_table(form["battle"], header, rows)
    fixed = len(form["quantities"]) - len(rows)
    if fixed:
        say(f"inje: {fixed} quantities are the same in every world, and not shown")
    chances = [
        (
            f"{name} = {label}",
            _chance(p["prior"], p["prior_mcse"]),
            _chance(p["posterior"], p["mcse"]),
        )
        for name, options in form["causes"].items()
        for label, p in options.items()
    ]
    if chances:
        print_table("", ("cause", "prior", "posterior"), chances)
    if form["outcome"]["winner"]:
        print_table("", *_winners(form["outcome"]))
    say(f"inje: {form['sentence']}")
    if form["remedy"]:
        say(f"inje: {form['remedy']}")


def _winners(outcome: dict[str, Any]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Who won: before, after, and between them without the claims that say it."""
    rest = outcome["winner_without_outcome_claims"]
    stages = ["winner_prior", *(["winner_without_outcome_claims"] if rest else []), "winner"]
    rows = [
        (
            f"winner = {label}",
            *(
                _chance(outcome[stage].get(label, 0.0), outcome["mcse"][stage].get(label, 0.0))
                for stage in stages
            ),
        )
        for label in outcome["winner"]
    ]
    if not rest:
        return ("outcome", "prior", "posterior"), rows
    return ("outcome", "prior", "without the claims that tell it", "with them"), rows


def _interval(row: dict[str, Any], stage: str) -> str:
    """Three quantiles with errors; of what may never happen, given that it does, and how often."""
    values, happens = row[stage], row.get("happens")
    errors = row["mcse" if stage == "posterior" else "prior_mcse"]
    told = " / ".join(starmap(_with_error, zip(values, errors, strict=True))) or "never"
    if happens is None or not values or happens[stage] == 1:
        return told
    share, error = happens[stage], row["happens_mcse"][stage]
    return f"{told} (if at all: {_percent(share)}{_percent_error(share, error)})"


def _with_error(value: float, error: float) -> str:
    """A quantile, with its error where there is one."""
    return f"{_figure(value)} ± {rough(error)}" if 0 < error < inf else _figure(value)


def _percent_error(share: float, error: float) -> str:
    """The error of a share that is told in figures."""
    return f" ± {rough(100 * error)}" if 0.01 <= share <= 0.99 and error > 0 else ""


def _chance(share: float, error: float) -> str:
    return f"{share:.3f} ± {error:.3f}"


def _percent(share: float) -> str:
    if share < 0.01:
        return "under 1 %"
    return "over 99 %" if share > 0.99 else f"{100 * share:.0f} %"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
