"""``python -m benchmarks [NAME ...] [--json]``: one row for each number of threads."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
from collections.abc import Callable, Iterator
from typing import Any

import benchmarks

Measure = Callable[[str], Iterator[dict[str, Any]]]


def _catalogue() -> dict[str, Measure]:
    """Every public module of this package offers NAMES and measure(name)."""
    found: dict[str, Measure] = {}
    for info in pkgutil.iter_modules(benchmarks.__path__):
        if info.name.startswith("_") or info.name == "peer_battles":
            continue
        module = importlib.import_module(f"benchmarks.{info.name}")
        found.update(dict.fromkeys(getattr(module, "NAMES", ()), getattr(module, "measure", None)))
    return found


def _line(row: dict[str, Any]) -> str:
    return "  ".join(
        f"{key} {value:.4g}" if isinstance(value, float) else f"{key} {value}"
        for key, value in row.items()
    )


def main() -> None:
    """Run the benchmarks named, or all."""
    catalogue = _catalogue()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(catalogue))
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    chosen = parser.parse_args()
    unknown = [name for name in chosen.names if name not in catalogue]
    if unknown:
        parser.error(f"no benchmark {unknown[0]!r}; there are {', '.join(catalogue)}")
    for name in chosen.names or catalogue:
        for row in catalogue[name](name):
            print(json.dumps(row) if chosen.json else _line(row), flush=True)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
