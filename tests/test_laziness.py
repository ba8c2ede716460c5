"""`import inje` and `inje --help` load nothing heavy: it would cost seconds before any word."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

HEAVY = ("numba", "scipy", "xarray", "arviz_stats", "altair", "networkx", "pandas", "vl_convert")

LOADED = """
import sys
{statement}
print(",".join(name for name in {heavy!r} if name in sys.modules))
"""

HELP = """
import contextlib, io
sys.argv = ["inje", "--help"]
from inje.cli import main
with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.suppress(SystemExit):
    main()
if "reconstruct" not in said.getvalue():
    raise SystemExit("inje --help does not name its main command")
"""


def _loaded_by(statement: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", LOADED.format(statement=statement, heavy=HEAVY)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


@pytest.mark.parametrize(
    "statement",
    ["import inje", "from inje import errors", HELP],
    ids=["inje", "errors", "help"],
)
def test_nothing_heavy_is_loaded_before_a_verb_needs_it(statement: str) -> None:
    assert not _loaded_by(statement)


def test_the_probe_sees_what_is_loaded() -> None:
    assert _loaded_by("import networkx") == "networkx"


@pytest.mark.parametrize(
    "arguments", [["-c", "import inje"], ["-m", "inje", "--help"]], ids=["import", "help"]
)
def test_the_start_is_quick(arguments: list[str]) -> None:
    """Under half a second of work beyond the start of Python itself, warm; the best of three.

    Time of the processor, not of the clock: other work on the machine must not matter.
    """

    def seconds(command: list[str]) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *command], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    bare = min(seconds(["-c", "pass"]) for _ in range(3))
    assert min(seconds(arguments) for _ in range(3)) - bare < 0.5
