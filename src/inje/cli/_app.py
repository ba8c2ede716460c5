"""The application: one command per verb, no logic."""

from __future__ import annotations

import errno
import gc
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from inje.cli._output import BAD_INPUT, complain, say
from inje.errors import InjeError, InputError

__all__ = ["app", "main"]

#: after so many searches for young circles, the collector looks through everything that lives;
#: most of that are the modules imported, and every look at them cost a tenth of a second
RARELY = 1000
#: exit codes of Ctrl-C, and of a fault of inje itself
INTERRUPTED, FAULT = 130, 70

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
    gc.set_threshold(*gc.get_threshold()[:2], RARELY)
    _mend_streams()
    try:
        app()
        sys.stdout.flush()
    except InjeError as error:
        complain(error)
        sys.exit(BAD_INPUT)
    except SystemExit as leaving:
        # Typer turns Ctrl-C into this code, without a word.
        if leaving.code == INTERRUPTED:
            _say_interrupted()
        raise
    except KeyboardInterrupt:
        _say_interrupted()
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader went away (`| head`): nothing to say, and no second error at shutdown.
        _drop_output()
        sys.exit(141)
    except MemoryError:
        say("inje: out of memory; fewer --worlds, --max-worlds or a smaller document need less")
        sys.exit(1)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            why = "the name is longer than the disk allows"
            complain(InputError(str(error.filename), why, "a shorter one", "give another name"))
            sys.exit(BAD_INPUT)
        _drop_output()
        where = f"{error.filename}: " if error.filename else ""
        say(f"inje: {where}{error.strerror or error}; allowed: files and a terminal with room")
        sys.exit(1)
    except Exception as error:
        if os.environ.get("INJE_TRACEBACK"):
            raise
        _say_fault(error)
        sys.exit(FAULT)


def _mend_streams() -> None:
    """Give what was closed (`>&-`) a place that swallows it, and print what a terminal cannot."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, _nowhere(mode))
        elif mode == "w" and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _nowhere(mode: str) -> Any:
    """A stream that holds nothing and keeps nothing, for as long as the process lives."""
    return Path(os.devnull).open(mode, encoding="utf-8")


def _drop_output() -> None:
    """Let nothing more be written to standard output, not even at shutdown."""
    sys.stdout = _nowhere("w")


def _say_interrupted() -> None:
    say(
        "inje: interrupted; finished files are whole, unfinished ones were not written; "
        "where a run keeps its progress, --resume goes on from it"
    )


def _say_fault(error: Exception) -> None:
    """A fault of inje itself, in one line: what, and where in its sources."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "inje" in Path(frame.filename).parts] or frames
    where = f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "?"
    words = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    say(f"inje: a fault of inje at {where}: {words}; INJE_TRACEBACK=1 shows more; please report it")
