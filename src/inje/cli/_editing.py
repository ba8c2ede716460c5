"""Commands for editors and for the library: check, laws, cite, validate."""

from __future__ import annotations

import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from inje.cli._app import app
from inje.cli._output import print_json, print_table, say
from inje.cli._reading import Articles, Json, dossier_from

#: exit code when a linter has findings, or a study does not hold
FOUND = 1


class Format(StrEnum):
    """How findings are printed."""

    text = "text"
    json = "json"
    sarif = "sarif"


@app.command()
def check(
    sources: Articles = None,
    json: Json = False,
    form: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.text,
    ignore: Annotated[
        list[str] | None, typer.Option(help="A rule to leave out. May be repeated.")
    ] = None,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules and stop.")] = False,
) -> None:
    """Lint articles or a dossier as a good editor would; exit code 1 with findings."""
    from inje.dossier import (
        LINT_RULES,
        check_dossier,
        findings_to_json,
        findings_to_sarif,
        findings_to_text,
        help_uri,
    )

    if rules and (json or form is not Format.text):
        told = ("id", "title", "why", "remedy")
        print_json([{name: getattr(rule, name) for name in told} for rule in LINT_RULES])
        return
    if rules:
        print_table("rules", ("rule", "what it notices"), [(r.id, r.title) for r in LINT_RULES])
        sys.stdout.write(f"Why each exists, and what to do: {help_uri(LINT_RULES[0])}\n")
        return
    dossier = dossier_from(*(sources or ()))
    findings = check_dossier(dossier, ignore=ignore or ())
    if json or form is Format.json:
        sys.stdout.write(findings_to_json(findings) + "\n")
    elif form is Format.sarif:
        sys.stdout.write(findings_to_sarif(findings, LINT_RULES, dossier) + "\n")
    else:
        sys.stdout.write(findings_to_text(findings, dossier))
    if findings:
        raise typer.Exit(FOUND)


@app.command()
def laws(json: Json = False) -> None:
    """List the laws of attrition at hand, with formula and source."""
    from inje.laws import get, names

    found = [get(name) for name in names()]
    if json:
        print_json(
            [{"name": law.name, "formula": law.formula, "source": law.source} for law in found]
        )
        return
    print_table(
        "laws", ("law", "formula", "source"), [(law.name, law.formula, law.source) for law in found]
    )


class Style(StrEnum):
    """How references are printed."""

    bibtex = "bibtex"
    csl = "csl"


@app.command()
def cite(
    keys: Annotated[list[str] | None, typer.Argument(help="Works; all without a key.")] = None,
    style: Annotated[Style, typer.Option(help="BibTeX or CSL-JSON.")] = Style.bibtex,
) -> None:
    """Print the literature that the laws, rates and tests rest on."""
    from inje.citations import registry, to_bibtex, to_csl_json

    chosen = keys or sorted(registry())
    printed = to_bibtex(chosen) if style is Style.bibtex else to_csl_json(chosen)
    sys.stdout.write(printed.rstrip("\n") + "\n")


@app.command()
def validate(
    studies: Annotated[list[str] | None, typer.Argument(help="Studies; all without one.")] = None,
    data: Annotated[
        Path | None, typer.Option(help="A table with the columns of cdb90_clean.csv to score.")
    ] = None,
    json: Json = False,
) -> None:
    """Reproduce known battles and forecast them blind; exit code 1 if a quantity does not hold."""
    from inje.gallery import validate as run

    rows = run(studies, data=data, progress=lambda name: say(f"inje: {name}"))
    if json:
        print_json([asdict(row) for row in rows])
    else:
        cells = [
            (row.study, row.quantity, _number(row.published), _number(row.ours), _mark(row.holds))
            for row in rows
        ]
        print_table("known battles", ("study", "quantity", "published", "ours", "holds"), cells)
    if not all(row.holds for row in rows):
        raise typer.Exit(FOUND)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"


def _mark(holds: bool) -> str:
    return "yes" if holds else "no"
