"""``python -m benchmarks [NAME ...] [--json]``: one row a line."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import benchmarks

Measure = Callable[[str], Iterator[dict[str, Any]]]


def _catalogue() -> dict[str, Measure]:
    """Every public module of this package offers NAMES and measure(name)."""
    found: dict[str, Measure] = {}
    for info in pkgutil.iter_modules(benchmarks.__path__):
        if info.name.startswith("_") or info.name.startswith("peer_"):
            continue
        module = importlib.import_module(f"benchmarks.{info.name}")
        found.update(dict.fromkeys(getattr(module, "NAMES", ()), getattr(module, "measure", None)))
    return found


def _line(row: dict[str, Any]) -> str:
    return "  ".join(
        f"{key} {value:.4g}" if isinstance(value, float) else f"{key} {value}"
        for key, value in row.items()
    )


def _of_articles(chosen: argparse.Namespace) -> Callable[[], Iterator[dict[str, Any]]]:
    measured = importlib.import_module("benchmarks.reading").measured
    return partial(measured, chosen.gold, chosen.articles, chosen.details)


def main() -> None:
    """Run the benchmarks named, or all."""
    catalogue = _catalogue()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(catalogue))
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    reading = parser.add_argument_group("reading", "measure other articles than the practice ones")
    reading.add_argument("--gold", type=Path, metavar="FILE", help="gold of boxes or summaries")
    reading.add_argument("--articles", type=Path, metavar="DIR", help="the articles it is about")
    reading.add_argument("--details", type=Path, metavar="FILE", help="where to write every miss")
    chosen = parser.parse_args()
    unknown = [name for name in chosen.names if name not in catalogue]
    if unknown:
        parser.error(f"no benchmark {unknown[0]!r}; there are {', '.join(catalogue)}")
    for name in chosen.names or catalogue:
        measure = _of_articles(chosen) if name == "reading" else partial(catalogue[name], name)
        for row in measure():
            print(json.dumps(row) if chosen.json else _line(row), flush=True)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
