"""The application: one command per verb, no logic."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from inje.cli._output import BAD_INPUT, complain, say
from inje.errors import InjeError

__all__ = ["app", "main"]

app: typer.Typer = typer.Typer(
    name="inje",
    help="Reconstruct a battle from what its sources say.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        sys.stdout.write(f"inje {version('inje')}\n")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Reconstruct a battle from what its sources say.

    source --read--> Document --extract--> Dossier --model--> Scenario
    --simulate--> Ensemble --condition--> Posterior --report--> Report
    """


def main() -> None:
    """Run the command line; bad input ends with one line an error and exit code 2."""
    try:
        app()
    except InjeError as error:
        complain(error)
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        say(
            "inje: interrupted; finished files are whole, unfinished ones were not written; "
            "where a run keeps its progress, --resume goes on from it"
        )
        sys.exit(130)
    except BrokenPipeError:
        # The reader went away (`| head`): nothing to say, and no second error at shutdown.
        sys.stderr.close()
        sys.exit(141)
    except MemoryError:
        say("inje: out of memory; fewer --max-worlds or a smaller document would need less")
        sys.exit(1)
