"""Commands on documents and dossiers: read, extract, check, model, schema."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from inje.cli._app import app
from inje.cli._output import print_json, print_table, say

if TYPE_CHECKING:
    from inje.document import Document
    from inje.dossier import Dossier

__all__ = ["dossier_from", "extraction_json"]

Article = Annotated[
    str, typer.Argument(help="An article: a path, an http(s) address, or - for standard input.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON value on standard output.")]
Out = Annotated[Path | None, typer.Option("-o", "--output", help="File to write.")]


def _document_from(source: str) -> Document:
    """A document, read from an article or loaded from a document.json."""
    from inje.document import read_document
    from inje.dossier import load_document

    return load_document(source) if source.endswith("document.json") else read_document(source)


def dossier_from(source: str) -> Dossier:
    """A dossier: loaded from YAML, or extracted from an article."""
    from inje.dossier import extract_dossier, load_dossier

    if source.endswith((".yaml", ".yml")):
        return load_dossier(source)
    return extract_dossier(_document_from(source))


def extraction_json(dossier: Dossier) -> dict[str, Any]:
    """The machine form of a dossier: its documents as `document` (the first) and `documents`."""
    data = dossier.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {"document": data["documents"][0] if data["documents"] else None, **data}


@app.command()
def read(source: Article, output: Out = None, json: Json = False) -> None:
    """Read an article into a document: clean text, blocks, exact offsets (document.json)."""
    from json import loads

    from inje.document import document_to_json
    from inje.dossier import save_document

    document = _document_from(source)
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
def extract(source: Article, output: Out = None, json: Json = False) -> None:
    """Extract the record of a battle from an article (dossier.yaml)."""
    from inje.dossier import save_document, save_dossier

    dossier = dossier_from(source)
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
        for text in dossier.texts:
            save_document(text, output.parent / "document.json")
        save_dossier(dossier, output)
        say(f"inje: wrote {output}")
    if json:
        print_json(extraction_json(dossier))
    elif not output:
        _print_claims(dossier)


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
    import sys

    from inje.scenario import draft_scenario, dump_scenario, save_scenario

    scenario = draft_scenario(dossier_from(source))
    if output:
        save_scenario(scenario, output)
        say(f"inje: wrote {output}")
    if json:
        print_json(scenario.model_dump(mode="json", by_alias=True, exclude_none=True))
    elif not output:
        sys.stdout.write(dump_scenario(scenario))
