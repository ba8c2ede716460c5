"""How to cite a reconstruction: in words, as BibTeX, as CSL-JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from inje.reporting._data import ReportData
from inje.reporting._ledger import slug

__all__ = ["Citation", "citation_of"]

_BIBTEX = re.compile(r"[\\{}$&#_%~^]")


@dataclass(frozen=True, slots=True)
class Citation:
    """One work in three forms."""

    text: str
    bibtex: str
    csl: str


def citation_of(data: ReportData) -> Citation:
    """The reconstruction as a citable work; seed and version belong to it."""
    manifest = data.manifest
    title = f"{data.title}: a reconstruction from the record"
    note = f"inje {manifest.version}, seed {manifest.seed}"
    digest = next((d for name, d in manifest.files if name.startswith("posterior")), "")
    mark = f", posterior sha256 {digest[:12]}" if digest else ""
    bibtex = (
        f"@misc{{inje-{slug(data.title)[:60]},\n"
        f"  title = {{{_BIBTEX.sub(' ', title)}}},\n"
        f"  note = {{Computed with {note}{mark}}}\n}}"
    )
    csl = {
        "id": f"inje-{slug(data.title)[:60]}",
        "type": "dataset",
        "title": title,
        "version": manifest.version,
        "note": f"seed: {manifest.seed}{mark}",
    }
    text = f"{title}. Computed with {note}{mark}."
    return Citation(text, bibtex, json.dumps(csl, indent=1, ensure_ascii=False))
