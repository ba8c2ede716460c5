"""The seed beside its gold: items found, each by a record of its own."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks._annotated import Tally
from inje.dossier import AnchorRecord, Dossier

__all__ = ["items"]

#: a place in the original, the names of who says it, whether it is a claim
Held = tuple[AnchorRecord, str, bool]


def items(gold: dict[str, Any], dossier: Dossier, tallies: dict[str, Tally]) -> None:
    """Count the items of `must_find` and `should_find` that the record holds."""
    pool = _pool(dossier)
    said = {item["id"]: item for item in gold["items"]}
    for level in ("must_find", "should_find"):
        wanted = gold["acceptance"][level]["items"]
        scores = np.array([[_fit(said[i], held, gold) for held in pool] for i in wanted])
        rows, columns = linear_sum_assignment(-scores)
        hit = {wanted[r] for r, c in zip(rows, columns, strict=True) if scores[r, c] > 0}
        for item in wanted:
            tallies[level].add(item in hit, f"seed: {item} not found")


def _pool(dossier: Dossier) -> list[Held]:
    names = {entity.id: entity.name for entity in dossier.entities}
    held: list[Held] = []
    for claim in dossier.claims:
        if claim.anchor is not None:
            holders = " ".join(names.get(h, h) for h in claim.holders).lower()
            held.append((claim.anchor, holders, True))
    for entity in dossier.entities:
        anchors = [
            entity.anchor,
            *(n.anchor for n in entity.names),
            *(r.anchor for r in entity.roles),
        ]
        held += [(anchor, "", False) for anchor in anchors if anchor is not None]
    for record in (*dossier.events, *dossier.questions):
        if record.anchor is not None:
            held.append((record.anchor, "", False))
    return held


def _fit(item: dict[str, Any], held: Held, gold: dict[str, Any]) -> float:
    """Overlap of the two spans, nothing outside the sentence or with another holder."""
    (start, end), (first, last) = item["span"], item["sentence_span"]
    anchor, holders, is_claim = held
    inside = first - 1 <= anchor.start and anchor.end <= last + 1
    if not inside or anchor.start >= end or start >= anchor.end:
        return 0.0
    if item["kind"] != "fact" and not (is_claim and _asserted(item, holders, gold)):
        return 0.0
    union = max(end, anchor.end) - min(start, anchor.start)
    return (min(end, anchor.end) - max(start, anchor.start)) / union


def _asserted(item: dict[str, Any], holders: str, gold: dict[str, Any]) -> bool:
    who = item["asserter"] if isinstance(item["asserter"], list) else [item["asserter"]]
    named = [gold["entities"][w]["name"].lower().split() for w in who if w in gold["entities"]]
    return all(any(part in holders for part in parts if len(part) > 4) for parts in named)
