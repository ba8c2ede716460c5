"""A folder of a reconstruction as an RO-Crate (1.1): what lies in it, for archives and people."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from inje.dossier._files import write_atomically
from inje.dossier._store import load_dossier
from inje.errors import InputError

__all__ = ["CRATE", "write_crate"]

CRATE = "ro-crate-metadata.json"
_PROFILE = "https://w3id.org/ro/crate/1.1"
_WHAT = {
    ".yaml": ("application/yaml", "a record or a model, to be read and corrected"),
    ".json": ("application/json", "a text as it was read, or the manifest of the run"),
    ".nc": ("application/x-hdf5", "the weighed worlds, an xarray DataTree"),
    ".html": ("text/html", "the report"),
}


def write_crate(folder: Path, *, licence: str = "") -> Path:
    """Write `ro-crate-metadata.json` into the folder of a reconstruction.

    Parameters
    ----------
    folder : with a dossier.yaml in it.
    licence : address of a licence, as the archive wants it; left out where empty.

    Raises
    ------
    InputError : no dossier.yaml there, or it has faults.
    """
    record = folder / "dossier.yaml"
    if not record.exists():
        raise InputError(
            str(folder), "no dossier.yaml lies there", "the folder of a reconstruction",
            "reconstruct, or extract, first",
        )  # fmt: skip
    dossier = load_dossier(record)
    files = sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and path.suffix in _WHAT and path.name != CRATE
    )
    title = dossier.battle.title or folder.name
    newest = max(path.stat().st_mtime for path in files)
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{title}: a reconstruction from the record",
        "description": f"What the record says of {title}, a model of it, and the weighed worlds.",
        "datePublished": datetime.fromtimestamp(newest, UTC).date().isoformat(),
        "hasPart": [{"@id": path.name} for path in files],
        "about": title,
        "citation": [{"@id": info.uri} for info in dossier.documents if "://" in info.uri],
    }
    if licence:
        root["license"] = {"@id": licence}
    graph = [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "conformsTo": {"@id": _PROFILE},
            "about": {"@id": "./"},
        },
        {name: value for name, value in root.items() if value != []},
        *(_file(path) for path in files),
        *_cited(dossier.documents),
    ]
    target = folder / CRATE
    crate = {"@context": f"{_PROFILE}/context", "@graph": graph}
    write_atomically(target, json.dumps(crate, ensure_ascii=False, indent=1) + "\n")
    return target


def _file(path: Path) -> dict[str, Any]:
    media, what = _WHAT[path.suffix]
    raw = path.read_bytes()
    return {
        "@id": path.name,
        "@type": "File",
        "name": path.name,
        "description": what,
        "encodingFormat": media,
        "contentSize": str(len(raw)),
        "sha256": sha256(raw).hexdigest(),
    }


def _cited(documents: tuple[Any, ...]) -> list[dict[str, Any]]:
    found = []
    for info in documents:
        if "://" in info.uri:
            made = {"@id": info.uri, "@type": "CreativeWork", "name": info.title}
            if info.licence:
                made["license"] = info.licence
            found.append(made)
    return found
