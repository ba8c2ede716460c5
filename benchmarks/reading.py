"""Reading: what the rules draft from articles, beside gold and hand-made annotations.

One row for each set and kind. `set` is `practice` (all articles), `tuning` and `held-out` (the
annotated ones, see tests/dossier/annotations), `seed`, or `other` for a folder that is named.
`expected` counts what the gold has, `found` what is right of it, `drafted` what the rules wrote
of that kind; `recall` = found / expected, `precision` the share of what was drafted that the
gold has, null where the gold does not say all. `interval` is Wilson's 95 % interval of the
recall. `target` is the least (for `number-side-asked` the greatest) share that is aimed at.
"""

from __future__ import annotations

import json
import math
import os
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from benchmarks import _annotated, _fields, _seed
from benchmarks._annotated import Tally
from inje.document import read_document
from inje.dossier import Dossier, extract_dossier

NAMES = ("reading",)
TARGETS = {
    "infobox": 0.98, "dates": 0.98, "markers": 0.99, "losses-cwsac": 0.95, "number-value": 0.95,
    "number-role": 0.88, "number-side": 0.80, "number-side-asked": 0.15, "clauses": 0.85,
    "must_find": 1.0, "should_find": 0.80,
}  # fmt: skip
_ROOT = Path(__file__).resolve().parents[1]


def _shared() -> Path:
    return (_ROOT / os.environ.get("INJE_SHARED", "../shared")).resolve()


class _Reader:
    """Drafts each article once, and keeps the time."""

    def __init__(self) -> None:
        self._read: dict[Path, Dossier] = {}
        self.seconds: dict[Path, float] = {}

    def dossier(self, path: Path) -> Dossier:
        """The record drafted from an article."""
        if path not in self._read:
            begin = time.process_time()
            self._read[path] = extract_dossier(read_document(path))
            self.seconds[path] = time.process_time() - begin
        return self._read[path]

    def pace(self, paths: set[Path]) -> float | None:
        """Seconds for 100 kB of these articles."""
        size = sum(path.stat().st_size for path in paths)
        return sum(self.seconds[path] for path in paths) * 1e5 / size if size else None


def measure(_name: str) -> Iterator[dict[str, Any]]:
    """Rows for the practice articles, the annotated ones and the seed."""
    yield from measured()


def measured(
    gold: Path | None = None, articles: Path | None = None, details: Path | None = None
) -> Iterator[dict[str, Any]]:
    """Rows; of another folder of articles if `gold` names a file of the form of ours.

    Parameters
    ----------
    gold : JSON in the form of `gold/infobox.json` or `gold/cwsac.json`.
    articles : folder of the articles that it is about.
    details : a file to which every miss is written.
    """
    reader = _Reader()
    sets: dict[str, tuple[dict[str, Tally], set[Path]]] = {}
    if gold is not None:
        sets["other"] = _golden(reader, gold, articles or gold.parent)
    else:
        shared = _shared()
        sets["practice"] = _practice(reader, shared)
        for name in ("tuning", "held-out"):
            sets[name] = _annotated_set(reader, shared / "articles", name)
        sets["seed"] = _seeded(reader, shared)
    rows = [
        row for name, (tallies, read) in sets.items() for row in _rows(reader, name, tallies, read)
    ]
    if details is not None:
        said = [f"{name} {kind} {what}" for name, (tallies, _) in sets.items()
                for kind, tally in tallies.items() for what in tally.missed if what]  # fmt: skip
        details.write_text("\n".join(said) + "\n", encoding="utf-8")
    yield from rows


def _golden(reader: _Reader, gold: Path, articles: Path) -> tuple[dict[str, Tally], set[Path]]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    said = json.loads(gold.read_text(encoding="utf-8"))
    read: set[Path] = set()
    if isinstance(said, dict):
        for name, fields in said.items():
            read.add(articles / name)
            _fields.box(name, fields, reader.dossier(articles / name), tallies)
    else:
        for battle in said:
            for path in sorted(articles.glob(f"*{battle['cwsac_reference']}_*")):
                read.add(path)
                _fields.summary(battle, reader.dossier(path), tallies)
    return tallies, read


def _practice(reader: _Reader, shared: Path) -> tuple[dict[str, Tally], set[Path]]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    read: set[Path] = set()
    for name in ("infobox.json", "cwsac.json"):
        found, paths = _golden(reader, shared / "gold" / name, shared / "articles")
        read |= paths
        for kind, tally in found.items():
            known = tallies[kind]
            known.right, known.expected = known.right + tally.right, known.expected + tally.expected
            known.missed += tally.missed
    for path in sorted((shared / "articles").glob("*_*")):
        read.add(path)
        _fields.markers(path.name, reader.dossier(path), tallies)
    return tallies, read


def _annotated_set(
    reader: _Reader, articles: Path, which: str
) -> tuple[dict[str, Tally], set[Path]]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    read: set[Path] = set()
    for annotation in _annotated.annotated():
        if annotation["set"] == which:
            path = articles / annotation["article"]
            read.add(path)
            _annotated.numbers(annotation, reader.dossier(path), tallies)
            _annotated.clauses(annotation, reader.dossier(path), tallies)
    return tallies, read


def _seeded(reader: _Reader, shared: Path) -> tuple[dict[str, Tally], set[Path]]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    gold = YAML(typ="safe").load(shared / "gold" / "seed.yaml")
    path = shared / gold["source"]["path"]
    _seed.items(gold, reader.dossier(path), tallies)
    return tallies, {path}


def _rows(
    reader: _Reader, name: str, tallies: dict[str, Tally], read: set[Path]
) -> Iterator[dict[str, Any]]:
    pace = reader.pace(read)
    for kind, tally in sorted(tallies.items()):
        yield {
            "set": name,
            "kind": kind,
            "found": tally.right,
            "expected": tally.expected,
            "drafted": tally.drafted or None,
            "precision": tally.fitting / tally.drafted if tally.drafted else None,
            "recall": tally.right / tally.expected if tally.expected else None,
            "interval": _wilson(tally.right, tally.expected),
            "target": TARGETS.get(kind),
            "seconds_per_100kb": pace,
        }


def _wilson(right: int, n: int) -> list[float] | None:
    """95 % interval of a share (Wilson 1927)."""
    if not n:
        return None
    z, p = 1.959964, right / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return [max(0.0, middle - half), min(1.0, middle + half) if right < n else 1.0]
