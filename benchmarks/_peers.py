"""The same battles by the peers, each in the peers' own environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv-peers" / "bin" / "python"


def _ready() -> None:
    if not (ROOT / ".venv-peers" / ".done").exists():
        subprocess.run(["make", "peers"], cwd=ROOT, check=True, stdout=sys.stderr)


@lru_cache
def rates(name: str) -> dict[str, float | None]:
    """Battles a second of each peer on a reference battle, one thread."""
    _ready()
    site = subprocess.run(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    # SCons runs through the base interpreter, which finds its modules by this alone.
    environment = {**os.environ, "PYTHONPATH": site}
    run = subprocess.run(
        [PYTHON, ROOT / "benchmarks" / "peer_battles.py", name],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    if run.returncode:
        print(run.stderr, file=sys.stderr)
        raise SystemExit(f"the peers could not fight {name}: see above")
    return json.loads(run.stdout.splitlines()[-1])


def draws(method: str, seed: int) -> dict[str, Any]:
    """Weighted draws of the three-parameter problem by one of the peers' methods."""
    _ready()
    run = subprocess.run(
        [PYTHON, ROOT / "benchmarks" / "peer_inference.py", method, str(seed)],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        print(run.stderr, file=sys.stderr)
        raise SystemExit(f"{method} did not end: see above")
    return json.loads(run.stdout.splitlines()[-1])
