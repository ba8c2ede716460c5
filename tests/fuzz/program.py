"""A fuzz target as a program: under Hypothesis, or under atheris where that is installed.

A finding does not end the run: what led to it is kept, once for each place in the sources, so
that one fault does not hide the next.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

Target = Callable[[bytes], object]
#: processor seconds after which an input is a finding: it hangs
PATIENCE = 60.0


class Hanging(Exception):
    """An input took more processor time than any file may."""


def _give_up(*_: object) -> None:
    raise Hanging(f"more than {PATIENCE:.0f} s of processor time")


class _Keeping:
    """A target whose findings are kept in a folder."""

    def __init__(self, name: str, target: Target, folder: Path) -> None:
        self.name, self.target, self.folder = name, target, folder
        self.runs = 0
        self.found: set[str] = set()
        self.ignored: list[BaseException] = []

    def __call__(self, data: bytes) -> None:
        self.runs += 1
        # And again: what a parser does as it closes a file may hang, too.
        signal.setitimer(signal.ITIMER_PROF, PATIENCE, PATIENCE / 10)
        try:
            self.target(data)
        except Exception as fault:
            self._keep(fault, data)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0.0)
        if self.ignored:
            self._keep(self.ignored.pop(), data)
            self.ignored.clear()

    def _keep(self, fault: BaseException, data: bytes) -> None:
        frames = traceback.extract_tb(fault.__traceback__)
        ours = [frame for frame in frames if "inje" in Path(frame.filename).parts] or frames
        place = f"{type(fault).__name__} {ours[-1].filename}:{ours[-1].lineno}"
        if place not in self.found:
            self.found.add(place)
            path = self.folder / f"{self.name}-{sha256(place.encode()).hexdigest()[:10]}"
            path.write_bytes(data)
            told = "".join(traceback.format_exception(fault))
            path.with_suffix(".txt").write_text(told, encoding="utf-8")
            print(f"FOUND {place}: {path}", flush=True)

    def hear(self, ignored: sys.UnraisableHookArgs) -> None:
        """An exception that Python would only print: a user must not see that either."""
        if ignored.exc_value is not None:
            self.ignored.append(ignored.exc_value)


def _by_hypothesis(
    target: _Keeping, inputs: st.SearchStrategy[bytes], seconds: float, first: int
) -> None:
    """Rounds of some hundred inputs; each has the next seed."""
    end = time.process_time() + seconds
    while time.process_time() < end:

        @seed(first)
        @settings(
            max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(inputs)
        def attempt(data: bytes) -> None:
            if time.process_time() < end:
                target(data)

        attempt()
        first += 1


def _by_atheris(target: _Keeping, seconds: int, corpus: Path | None) -> None:
    """Led by the lines that run; libFuzzer ends the process by itself, after wall time."""
    import atheris

    atheris.instrument_all()
    options = [f"-max_total_time={seconds}", "-timeout=120", "-rss_limit_mb=4000", "-max_len=20000"]
    places = [] if corpus is None else [tempfile.mkdtemp(prefix="inje-fuzz-new-"), str(corpus)]
    atheris.Setup([sys.argv[0], *options, *places], target)
    atheris.Fuzz()


def fuzz(
    targets: Mapping[str, Target],
    inputs: st.SearchStrategy[bytes] | Mapping[str, st.SearchStrategy[bytes]],
    corpus: Path | None = None,
) -> None:
    """Fuzz the targets that the command line names, for some seconds each.

    Parameters
    ----------
    targets : by name; each takes bytes and raises where a fault of ours was found.
    inputs : what Hypothesis makes of them, one way or one a target.
    corpus : a folder of inputs that atheris begins with.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("target", nargs="*", help=f"of {', '.join(targets)}; without, all")
    parser.add_argument("--seconds", type=int, default=120, help="of processor time, for each")
    parser.add_argument(
        "--seed", type=int, default=1, help="of Hypothesis; the next for each round"
    )
    parser.add_argument("--keep", type=Path, default=None, help="folder for what was found")
    parser.add_argument("--atheris", action="store_true", help="led by coverage; one target only")
    chosen = parser.parse_args()
    kept = chosen.keep or Path(tempfile.mkdtemp(prefix="inje-fuzz-found-"))
    kept.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGPROF, _give_up)
    for name in chosen.target or targets:
        target, begun = _Keeping(name, targets[name], kept), time.process_time()
        sys.unraisablehook = target.hear
        if chosen.atheris:
            _by_atheris(target, chosen.seconds, corpus)
        inputs_of = inputs[name] if isinstance(inputs, Mapping) else inputs
        _by_hypothesis(target, inputs_of, chosen.seconds, chosen.seed)
        used = time.process_time() - begun
        said = f"{len(target.found)} found in {kept}" if target.found else "nothing found"
        print(
            f"{name}: {target.runs:,} inputs in {used:.0f} s of processor time, {said}", flush=True
        )
