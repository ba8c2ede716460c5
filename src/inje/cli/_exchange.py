"""Commands that bring records in and take them out: import, export."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from inje.cli._app import app
from inje.cli._output import print_json, say
from inje.cli._reading import Json, Out, extraction_json
from inje.cli._records import record_in
from inje.cli._targets import refuse_target

if TYPE_CHECKING:
    from inje.dossier import Dossier

__all__: list[str] = []

#: events of one table that are written at once
MOST = 100


class TableOf(StrEnum):
    """Whose columns a table has."""

    ucdp = "ucdp"
    wikidata = "wikidata"


@app.command(name="import")
def import_command(
    table: Annotated[str, typer.Argument(help="A CSV or JSON file with a row an event.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder; a folder an event inside.")
    ] = None,
    form: Annotated[
        TableOf | None, typer.Option("--format", help="Whose columns. Default: seen by them.")
    ] = None,
    event: Annotated[
        list[str] | None, typer.Option(help="An event by its id. May be repeated. Default: all.")
    ] = None,
    json: Json = False,
) -> None:
    """Make records of the events in a table of UCDP or Wikidata rows (dossier.yaml)."""
    from inje.dossier import save_record
    from inje.dossier.exchange import import_events
    from inje.errors import OptionError

    made = import_events(table, form=form.value if form else None, events=event or ())
    if len(made) > MOST:
        some = ", ".join(one.id for one in made[:12])
        came = f"{len(made)} events came"
        raise OptionError("--event", came, f"at most {MOST} at once", f"name some: {some}")
    if not made:
        say("inje: no event of this table is a battle of two sides; nothing was written")
    folder = output or Path(Path(table).stem)
    for one in made:
        target = (folder if len(made) == 1 else folder / one.file) / "dossier.yaml"
        if target.exists():
            raise OptionError("-o", f"{target} is there already", "a new folder", "name another")
        target.parent.mkdir(parents=True, exist_ok=True)
        save_record(one.dossier, target)
        say(f"inje: wrote {target}: {one.dossier.battle.title}")
    if json:
        print_json([{"id": one.id, **extraction_json(one.dossier)} for one in made])


class Form(StrEnum):
    """In which form a record goes out."""

    annotations = "annotations"
    csl = "csl"
    bibtex = "bibtex"
    places = "places"
    prov = "prov"
    crate = "crate"


@app.command()
def export(
    source: Annotated[
        Path, typer.Argument(help="A dossier.yaml, or the folder of a reconstruction.")
    ],
    form: Annotated[
        Form,
        typer.Option(
            "--format",
            help="Web Annotations (JSON-LD), CSL-JSON, BibTeX, Linked Places (GeoJSON), PROV-JSON, "
            "RO-Crate.",
        ),
    ],
    output: Out = None,
    licence: Annotated[str, typer.Option(help="For crate: address of a licence.")] = "",
) -> None:
    """Write a record in the form of another program."""
    from inje.dossier import load_dossier, write_atomically
    from inje.dossier.exchange import write_crate

    refuse_target(output, reads=(source,))
    if form is Form.crate:
        folder = source.parent if source.suffix in (".yaml", ".yml") else source
        say(f"inje: wrote {write_crate(folder, licence=licence)}")
        if not licence:
            say(
                "inje: it says that no licence has been named; archives want one: --licence ADDRESS"
            )
        return
    text = _written(form, source)(load_dossier(record_in(source)))
    if output is None:
        sys.stdout.write(text)
        return
    write_atomically(output, text)
    say(f"inje: wrote {output}")


def _written(form: Form, source: Path) -> Callable[[Dossier], str]:
    from inje.dossier import exchange

    run = exchange.manifest_of(source) if source.is_dir() else None

    def as_json(make: Callable[[Dossier], Any]) -> Callable[[Dossier], str]:
        return lambda dossier: json.dumps(make(dossier), ensure_ascii=False, indent=1) + "\n"

    return {
        Form.annotations: as_json(exchange.to_annotations),
        Form.csl: as_json(exchange.to_csl_of),
        Form.bibtex: exchange.to_bibtex_of,
        Form.places: as_json(exchange.to_places),
        Form.prov: as_json(lambda dossier: exchange.to_prov(dossier, run)),
    }[form]
