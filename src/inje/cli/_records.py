"""Commands on records: new, diff."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from inje.cli._app import app
from inje.cli._output import print_json, say
from inje.cli._reading import Json, Out
from inje.cli._targets import refuse_target

__all__ = ["record_in"]

#: exit code when two records differ
DIFFER = 1

Either = Annotated[Path, typer.Argument(help="A dossier.yaml, its folder, or a posterior.nc.")]


def record_in(path: Path) -> Path:
    """The dossier.yaml of a folder, or the path itself."""
    return path / "dossier.yaml" if path.is_dir() else path


@app.command()
def new(
    output: Out = None,
    title: Annotated[str, typer.Option(help="Of the battle.")] = "",
    side: Annotated[list[str] | None, typer.Option(help="A side. Given twice or more.")] = None,
    when: Annotated[str, typer.Option(help="EDTF: 1946-04-17/1946-04-21.")] = "",
    place: Annotated[list[str] | None, typer.Option(help="A place that was fought for.")] = None,
) -> None:
    """Begin a record by hand: an empty dossier that says how to fill it."""
    from inje.dossier import blank_dossier, write_atomically
    from inje.errors import OptionError

    refuse_target(output, ".yaml", ".yml")
    text = blank_dossier(title, side or (), when, place or ())
    if output is None:
        sys.stdout.write(text)
        return
    if output.exists():
        raise OptionError("-o", f"{output} is there already", "a new file", "give another name")
    write_atomically(output, text)
    say(f"inje: wrote {output}")


@app.command()
def diff(old: Either, new: Either, json: Json = False) -> None:
    """Compare two records, or two posteriors; exit code 1 where they differ, 0 where they do not.

    Printed are claims, sources, people, places, events, questions and gaps that were added (+),
    removed (-) or changed (~), and for posteriors the quantities whose intervals moved.
    """
    from inje.errors import OptionError

    weighed = [path.suffix == ".nc" for path in (old, new)]
    if weighed[0] != weighed[1]:
        raise OptionError(
            "diff", "a record and a posterior came", "two of one kind", "name two dossiers"
        )
    if all(weighed):
        from inje.posterior import load_posterior
        from inje.reporting import compare_posteriors

        found = compare_posteriors(load_posterior(old), load_posterior(new))
    else:
        from inje.dossier import compare_dossiers, load_dossier

        found = compare_dossiers(load_dossier(record_in(old)), load_dossier(record_in(new)))
    if json:
        print_json(found.to_json())
    else:
        sys.stdout.write(found.to_text())
    if found:
        raise typer.Exit(DIFFER)
