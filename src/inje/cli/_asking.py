"""Commands that ask a posterior: compare, what-if, seek."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from inje.cli._app import app
from inje.cli._changing import claim_words, print_ranking, print_what_if, print_what_ifs
from inje.cli._comparing import print_comparison, print_regraded, regraded_json
from inje.cli._output import print_json, print_table, say
from inje.cli._reading import Json
from inje.cli._worlds import Weighed
from inje.tables import give_or_take

if TYPE_CHECKING:
    from inje.answers import Comparison
    from inje.scenario import Scenario

__all__ = ["changes_of"]


Letters = Annotated[
    list[str] | None,
    typer.Option(
        "--reliability",
        help="SOURCE=LETTER: grade a source or holder otherwise; `book` is the work behind most "
        "claims. May be repeated.",
    ),
]


@app.command()
def compare(
    source: Weighed,
    reliability: Letters = None,
    pair: Annotated[
        str, typer.Option(help="FIRST:SECOND: show what each claim contributes to this pair.")
    ] = "",
    json: Json = False,
) -> None:
    """Compare rival accounts: Bayes factors in dB, with error, range and contributions."""
    from inje.answers import change_letters, claim_named, compare_accounts
    from inje.cli._reconstruct import letters_of, progress_bar
    from inje.posterior import load_posterior

    posterior = load_posterior(source)
    letters = letters_of(reliability or [])
    regraded = change_letters(posterior, letters) if letters else None
    if regraded is not None and not regraded.refused:
        posterior = regraded.posterior
    wanted = _pair_of(posterior.scenario, pair) if pair else None
    with progress_bar() as progress:
        found = compare_accounts(posterior, progress=progress)
    if json:
        forms = [
            {**asdict(item), "assumes": item.assumes, "sentences": _sentences(item)}
            for item in found
        ]
        print_json(forms if regraded is None else [regraded_json(regraded), *forms])
        return
    if regraded is not None:
        print_regraded(regraded)
    if not found:
        say("inje: nothing to compare: the model has no rival accounts and no disputed question")
    named = claim_named(posterior.scenario.dossier, marked=True)
    chosen = {wanted} if wanted else _likeliest(found)
    for item in found:
        print_comparison(item, named, chosen)


def _sentences(item: object) -> list[str]:
    return [pair.sentence for pair in getattr(item, "pairs", ())]


def _likeliest(found: Sequence[Comparison]) -> set[tuple[str, str]]:
    """The two most probable answers to each question."""
    ranked = (sorted(c.posterior, key=lambda name: -c.posterior[name]) for c in found)
    return {(names[0], names[1]) for names in ranked if len(names) > 1}


def _pair_of(scenario: Scenario, wanted: str) -> tuple[str, str]:
    """Two answers to one question, as FIRST:SECOND."""
    from inje.errors import OptionError

    answers = [[account.id for account in scenario.accounts]]
    if not scenario.accounts:
        answers = [list(choice.options) for choice in scenario.causes.values()]
    first, _, second = wanted.partition(":")
    if first == second or not any(first in each and second in each for each in answers):
        allowed = "; ".join(", ".join(each) for each in answers)
        raise OptionError("--pair", repr(wanted), f"two of {allowed}, as FIRST:SECOND", "")
    return first, second


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
    change: Annotated[
        list[str] | None,
        typer.Argument(
            help="PATH=VALUE, e.g. strength.reinforcements=0, march.reinforcements=foot, "
            "renewal.clash=none, decision.order=hold, attacker=ang."
        ),
    ] = None,
    each: Annotated[
        bool, typer.Option("--each", help="Each change by itself, in one table.")
    ] = False,
    rank: Annotated[bool, typer.Option("--rank", help="Rank the causes of the outcome.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Also outside the support.")] = False,
    json: Json = False,
) -> None:
    """Change causes in the weighed worlds, their fortunes kept, and tell what differs."""
    from inje.answers import change_causes, rank_causes
    from inje.posterior import load_posterior

    posterior = load_posterior(source)
    if rank:
        ranking = rank_causes(posterior)
        print_json(asdict(ranking)) if json else print_ranking(ranking)
        return
    changes = change or []
    several = [changes_of([one]) for one in changes] if each else [changes_of(changes)]
    found = change_causes(posterior, several, force=force)
    if json:
        print_json([asdict(item) for item in found] if each else asdict(found[0]))
    elif each:
        print_what_ifs(found)
    else:
        print_what_if(found[0], claim_words(posterior, found[0].conditioned_on))


@app.command()
def seek(
    source: Weighed,
    target: Annotated[
        str,
        typer.Option(
            help="A cause or an outcome; default: the account, else the first disputed cause."
        ),
    ] = "",
    letter: Annotated[str, typer.Option(help="Admiralty letter of the document sought.")] = "B",
    first: Annotated[int, typer.Option(min=0, help="How many to put into sentences.")] = 5,
    json: Json = False,
) -> None:
    """Rank evidence not yet found by what it would be expected to tell."""
    from inje.answers import Witness, seek_evidence
    from inje.posterior import load_posterior

    found = seek_evidence(load_posterior(source), target, witness=Witness(letter))
    if json:
        leads = [{**asdict(lead), "sentence": lead.sentence} for lead in found.leads]
        print_json({**asdict(found), "leads": leads})
        return
    if found.refused:
        print_table(found.question, ("no answer",), [(found.refused,)])
        return
    rows = [
        (
            lead.label,
            f"{lead.bits:.4f} ± {lead.error:.4f}",
            f"{lead.share:.1%}{give_or_take(lead.share_error, 100)}",
            f"{lead.decibel:.2f} ± {lead.decibel_error:.2f}",
        )
        for lead in found.leads
    ]
    title = f"{found.question}: {found.entropy:.2f} ± {found.entropy_error:.2f} bits are open"
    header = ("document", "expected bits, if found", "of what is open", "expected dB")
    print_table(title, header, rows)
    for number, lead in enumerate(found.leads[:first], start=1):
        print(f"{number}. {lead.sentence}")  # noqa: T201 - the sentence is the answer
    if found.others and not target:
        others = ", ".join(f"--target {name} ({words})" for name, words in found.others.items())
        print(f"Other questions: {others}.")  # noqa: T201 - it belongs to the answer
