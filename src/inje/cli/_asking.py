"""Commands that ask a posterior: compare, what-if, seek."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from inje.cli._app import app
from inje.cli._output import print_json, print_table
from inje.cli._reading import Json
from inje.cli._worlds import Weighed

__all__ = ["changes_of"]


@app.command()
def compare(source: Weighed, json: Json = False) -> None:
    """Compare rival accounts: Bayes factors in dB, with error and range."""
    from inje.answers import compare_accounts
    from inje.posterior import load_posterior

    found = compare_accounts(load_posterior(source))
    if json:
        print_json([{**asdict(item), "sentences": _sentences(item)} for item in found])
        return
    for item in found:
        rows = [
            (
                f"{pair.first} : {pair.second}",
                f"{pair.decibel:+.2f} ± {pair.error:.2f}",
                f"{pair.low.decibel:+.1f} … {pair.high.decibel:+.1f}",
                pair.sentence,
                pair.tipping,
            )
            for pair in item.pairs
        ]
        header = ("pair", "dB", "range", "answer", "what would decide")
        print_table(item.question, header, rows)


def _sentences(item: object) -> list[str]:
    return [pair.sentence for pair in getattr(item, "pairs", ())]


def changes_of(options: list[str]) -> dict[str, float | str]:
    """PATH=VALUE options as changes: numbers where they are numbers."""
    from inje.errors import OptionError

    found: dict[str, float | str] = {}
    for option in options:
        path, equals, value = option.partition("=")
        if not equals or not path or not value:
            raise OptionError("change", f"{option!r} came", "PATH=VALUE", "like strength.x=0")
        try:
            found[path] = float(value)
        except ValueError:
            found[path] = value
    return found


@app.command(name="what-if")
def what_if(
    source: Weighed,
    change: Annotated[list[str], typer.Argument(help="PATH=VALUE, e.g. attacker=ang.")],
    force: Annotated[bool, typer.Option("--force", help="Also outside the support.")] = False,
    json: Json = False,
) -> None:
    """Change causes in the weighed worlds, their fortunes kept, and tell what differs."""
    from inje.answers import change_cause
    from inje.posterior import load_posterior

    found = change_cause(load_posterior(source), changes_of(change), force=force)
    if json:
        print_json(asdict(found))
        return
    rows = [
        (e.name, f"{e.before:.4g}", f"{e.after:.4g}", f"{e.difference:+.3g} ± {e.error:.2g}")
        for e in found.effects
    ]
    print_table("effects", ("quantity", "before", "after", "paired difference"), rows)
    rows = [
        (
            c.outcome,
            f"{c.before:.3f}",
            f"{c.after:.3f}",
            _share(c.necessity, c.necessity_bounds),
            _share(c.sufficiency, c.sufficiency_bounds),
        )
        for c in found.outcomes
    ]
    header = ("outcome", "before", "after", "necessity [bounds]", "sufficiency [bounds]")
    print_table("outcomes", header, rows)
    if found.outcomes:
        print_table("assumption", ("coupling",), [(found.outcomes[0].coupling,)])


def _share(value: float | None, bounds: tuple[float, float] | None) -> str:
    if value is None or bounds is None:
        return ""
    return f"{value:.2f} [{bounds[0]:.2f}, {bounds[1]:.2f}]"


@app.command()
def seek(
    source: Weighed,
    target: Annotated[str, typer.Option(help="A cause or an outcome; default: the account.")] = "",
    letter: Annotated[str, typer.Option(help="Admiralty letter of the document sought.")] = "B",
    json: Json = False,
) -> None:
    """Rank evidence not yet found by what it would be expected to tell."""
    from inje.answers import Witness, seek_evidence
    from inje.posterior import load_posterior

    found = seek_evidence(load_posterior(source), target, witness=Witness(letter))
    if json:
        print_json(asdict(found))
        return
    rows = [
        (lead.label, f"{lead.bits:.4f} ± {lead.error:.4f}", f"{lead.decibel:.2f}")
        for lead in found.leads
    ]
    title = f"{found.target}: {found.entropy:.2f} bits to learn {found.refused}".strip()
    print_table(title, ("document", "expected bits, if found", "expected dB"), rows)
