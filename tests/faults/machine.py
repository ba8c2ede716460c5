"""Faults of the machine: one core, little memory, a cache of compiled code that is not ours."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.faults.injecting import Place, environment_with, fault, mounted


def _simulated(place: Place, **options: object) -> str:
    code, told = place.inje(
        "simulate", "scenario.yaml", "--worlds", 500, "--path", "winner", "--json", **options
    )
    assert code == 0, told
    return place.said


@fault("one core", "the same numbers")
def one_core(place: Place) -> None:
    if not hasattr(os, "sched_setaffinity"):
        pytest.skip("this system binds no process to a core")
    core = min(os.sched_getaffinity(0))
    alone = _simulated(place, preexec_fn=lambda: os.sched_setaffinity(0, {core}))
    assert alone == _simulated(place)


@fault("1 GB of memory", "does its work")
def little_memory(place: Place) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))

    assert _simulated(place, preexec_fn=limited) == _simulated(place)
    assert place.inje("extract", "article.md", "-o", "new.yaml", preexec_fn=limited)[0] == 0


def _cache(place: Place) -> Path:
    """A copy of the cache of compiled code, for a fault to work on."""
    from inje import kernels

    ours = os.environ.get("NUMBA_CACHE_DIR") or str(Path(kernels.__file__).parent / "__pycache__")
    _simulated(place)  # whoever comes first compiles
    return Path(shutil.copytree(ours, place / "cache"))


@fault("the cache of compiled code is damaged", "is made anew; the same numbers")
def damaged_cache(place: Place) -> None:
    """Cut short, garbage, or empty, in the index and in what was compiled."""
    cache, before = _cache(place), _simulated(place)
    damages = (b"garbage", b"", b"\x80\x04\x95")
    for number, path in enumerate(sorted(cache.rglob("*.nb[ic]"))):
        path.write_bytes(damages[number % 3])
    assert _simulated(place, env=environment_with(NUMBA_CACHE_DIR=str(cache))) == before


DRAWN = """
import numpy as np
from inje.kernels import name_key, uniforms
out = np.empty(4)
found = uniforms(1, np.arange(4, dtype=np.uint64), name_key("x"), out)
print((out if found is None else found).tolist())
"""


def _drawn(cache: object, **changes: str) -> str:
    """A few draws of a compiled function, with a cache of compiled code of its own."""
    environment = environment_with(NUMBA_CACHE_DIR=str(cache), **changes)
    return subprocess.run(
        [sys.executable, "-c", DRAWN], env=environment, capture_output=True, text=True, check=True
    ).stdout


@fault("the cache of compiled code comes from another machine", "is not used; the same numbers")
def foreign_cache(place: Place) -> None:
    """Numba asks for the processor by name: for another one there is nothing in the cache."""
    first = _drawn(place / "cache", NUMBA_CPU_NAME="generic", NUMBA_CPU_FEATURES="")
    before = {path: path.stat().st_mtime_ns for path in place.folder.rglob("*.nbc")}
    assert before
    assert _drawn(place / "cache") == first == _drawn(place / "cache")
    after = {path: path.stat().st_mtime_ns for path in place.folder.rglob("*.nbc")}
    assert after.items() > before.items(), "compiled anew beside what was there"


@fault("the folder of the cache is missing, or no folder", "does its work; the same numbers")
def no_cache(place: Place) -> None:
    found = {_drawn(place / "not" / "there"), _drawn("/proc/nowhere"), _drawn(place / "article.md")}
    assert len(found) == 1


@fault("the cache of compiled code has no room", "compiles each time; the same numbers")
def full_cache(place: Place) -> None:
    (place / "small").mkdir()
    line = mounted(place, 'mount -t tmpfs -o size=4k none small && exec "$@"')
    done = subprocess.run(
        ["sh", "-c", line, "sh", sys.executable, "-c", DRAWN], cwd=place.folder,
        env=environment_with(NUMBA_CACHE_DIR="small"), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == _drawn(place / "cache")


@fault("files from long ago or far ahead, as a wrong clock leaves them", "does its work")
def wrong_clock(place: Place) -> None:
    for seconds in (0, -(10**9), 4 * 10**9, 10**14):
        os.utime(place / "dossier.yaml", (seconds, seconds))
        assert place.inje("model", "dossier.yaml", "-o", "new.yaml")[0] == 0
        assert place.inje("export", ".", "--format", "crate")[0] == 0
        assert '"datePublished"' in (place / "ro-crate-metadata.json").read_text("utf-8")


@fault("memory runs out", "says so, exit 1 or 2; nothing half-written")
def no_memory(place: Place) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (200_000_000, 200_000_000))

    text = (place / "article.md").read_text(encoding="utf-8")
    (place / "long.md").write_text(text * 3000, encoding="utf-8")
    before = place.files()
    code, told = place.inje("read", "long.md", "-o", "new.json", preexec_fn=limited)
    assert code in (1, 2), told
    assert told.startswith("inje: ")
    assert place.files() == before
