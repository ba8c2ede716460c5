"""Commands on documents and dossiers: read, extract, check, model, schema."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from inje.cli._app import app
from inje.cli._output import print_json, print_table, say
from inje.cli._targets import refuse_target

if TYPE_CHECKING:
    from inje.dossier import Dossier, Endpoint

__all__ = ["Articles", "dossier_from", "extraction_json"]

Article = Annotated[
    str, typer.Argument(help="An article: a path, an http(s) address, or - for standard input.")
]
Articles = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="Articles on one battle: paths, http(s) addresses, - for standard input; or records.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON value on standard output.")]
_YAML = (".yaml", ".yml")
Out = Annotated[Path | None, typer.Option("-o", "--output", help="File to write.")]


def dossier_from(*sources: str) -> Dossier:
    """A dossier: loaded from YAML, extracted from articles, or both joined."""
    from inje.dossier import gather_record

    gathered = gather_record(sources)
    for note in gathered.notes:
        say(f"inje: {note}")
    return gathered.dossier


def extraction_json(dossier: Dossier) -> dict[str, Any]:
    """The machine form of a dossier: its documents as `document` (the first) and `documents`."""
    data = dossier.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {"document": data["documents"][0] if data["documents"] else None, **data}


@app.command()
def read(source: Article, output: Out = None, json: Json = False) -> None:
    """Read an article into a document: clean text, blocks, exact offsets (document.json)."""
    from json import loads

    from inje.document import document_to_json
    from inje.dossier import document_of, save_document

    refuse_target(output, ".json", reads=(source,))
    document = document_of(source)
    if output:
        save_document(document, output)
        say(f"inje: wrote {output}")
    if json:
        print_json(loads(document_to_json(document)))
    elif not output:
        rows = [
            (block.kind, block.label or block.section, document.block_text(block)[:90])
            for block in document.blocks
        ]
        print_table(document.title, ("block", "label or section", "text"), rows)


@app.command()
def extract(
    sources: Articles = None,
    output: Out = None,
    into: Annotated[
        Path | None, typer.Option(help="A corrected dossier.yaml; its decisions are kept.")
    ] = None,
    propose: Annotated[
        str, typer.Option(help="Let a model at this address propose claims; env: INJE_LLM_URL.")
    ] = "",
    model: Annotated[
        str, typer.Option("--propose-model", help="Its name; default: INJE_LLM_MODEL.")
    ] = "",
    json: Json = False,
) -> None:
    """Extract the record of a battle from articles (dossier.yaml)."""
    from inje.dossier import (
        compare_dossiers,
        endpoint_from,
        gather_record,
        load_dossier,
        merge_sources,
        save_record,
    )

    refuse_target(output, *_YAML, makes_folder=True)
    refuse_target(into, *_YAML)
    endpoint = endpoint_from(propose, model=model) if propose else None
    was = load_dossier(into) if into is not None else None
    gathered = gather_record(sources or ()) if was is None else merge_sources(was, sources or ())
    dossier = gathered.dossier
    for note in gathered.notes:
        say(f"inje: {note}")
    if endpoint is not None:
        dossier = _with_proposals(dossier, endpoint)
    target = output or into
    if target:
        target.parent.mkdir(parents=True, exist_ok=True)
        save_record(dossier, target, like=into)
        say(f"inje: wrote {target}")
    if json:
        print_json(extraction_json(dossier))
    elif was is not None:
        sys.stdout.write(compare_dossiers(was, dossier).to_text())
    elif not target:
        _print_claims(dossier)


def _with_proposals(dossier: Dossier, endpoint: Endpoint) -> Dossier:
    """The record with a model's proposals; says what is sent before it is sent, and what came."""
    from inje.dossier import propose_claims

    def asking(number: int, of: int) -> None:
        if number == 1:
            passages = "1 passage" if of == 1 else f"{of} passages"
            say(
                f"inje: sending the text in {passages}, with the names of sides, people and "
                f"places, to {endpoint.name}; nothing else leaves this machine"
            )

    found = propose_claims(dossier, endpoint, asking=asking)
    for sentence in found.sentences:
        say(f"inje: {sentence}")
    return found.dossier


def _print_claims(dossier: Dossier) -> None:
    names = {entity.id: entity.name for entity in dossier.entities}
    rows = []
    for claim in dossier.claims:
        value = claim.value
        said = "" if value is None else f"{value.best if value.best is not None else ''}"
        holders = " > ".join(names.get(holder, holder) for holder in claim.holders)
        quote = " ".join(claim.anchor.quote.split())[:60] if claim.anchor else ""
        rows.append((claim.id, claim.kind, holders, claim.about, said, quote))
    header = ("claim", "kind", "holders", "about", "value", "quote")
    print_table(dossier.battle.title or "claims", header, rows)


class Noun(StrEnum):
    """The nouns that have files in YAML."""

    dossier = "dossier"
    scenario = "scenario"


@app.command()
def schema(noun: Annotated[Noun, typer.Argument(help="Which file.")]) -> None:
    """Print the JSON Schema of a dossier or a scenario, for editors."""
    from inje.dossier import Dossier
    from inje.scenario import Scenario

    record = Dossier if noun is Noun.dossier else Scenario
    draft = "https://json-schema.org/draft/2020-12/schema"
    print_json({"$schema": draft, **record.model_json_schema(by_alias=True)})


@app.command(name="model")
def model_command(source: Article, output: Out = None, json: Json = False) -> None:
    """Draft the model of a battle from its dossier (scenario.yaml)."""
    from inje.scenario import draft_scenario, dump_scenario, save_scenario

    refuse_target(output, *_YAML, reads=(source,))
    scenario = draft_scenario(dossier_from(source))
    if output:
        save_scenario(scenario, output)
        say(f"inje: wrote {output}")
    if json:
        print_json(scenario.model_dump(mode="json", by_alias=True, exclude_none=True))
    elif not output:
        sys.stdout.write(dump_scenario(scenario))
