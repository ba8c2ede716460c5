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


BARE = ["-c", "pass"]
#: what any command line of this kind loads before its first word
FRAME = ["-c", "import typer, typer.rich_utils"]


def _work(command: list[str]) -> float:
    """Seconds of the processor that one start of Python takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _share_of_the_frame(*commands: list[str]) -> list[float]:
    """Work of each command beyond a bare Python, over that of the frame; each at its best of four.

    All take turns, so a machine that is busy or slow is so for all of them alike.
    """
    rounds = [[_work(command) for command in (BARE, FRAME, *commands)] for _ in range(4)]
    bare, frame, *others = (min(column) for column in zip(*rounds, strict=True))
    return [(other - bare) / (frame - bare) for other in others]


def test_the_start_is_quick() -> None:
    """`import inje` costs a tenth of what typer and rich do, `inje --help` half as much again.

    That much was measured; the bounds leave room, and pydantic or numpy alone would exceed them.
    """
    imported, helped, spoiled = _share_of_the_frame(
        ["-c", "import inje"], ["-m", "inje", "--help"], ["-c", "import inje, pydantic.main"]
    )
    assert imported < 0.3
    assert helped < 2.2
    assert spoiled > 0.3, "the measure sees a heavy part"
