"""A folder of a reconstruction as an RO-Crate (1.1): what lies in it, for archives and people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from inje.dossier._files import write_atomically
from inje.dossier._records import DocumentInfo, Dossier
from inje.dossier._store import load_dossier
from inje.errors import InputError

__all__ = ["CRATE", "manifest_of", "write_crate"]

CRATE = "ro-crate-metadata.json"
MANIFEST = "manifest.json"
_PROFILE = "https://w3id.org/ro/crate/1.1"
#: a term that the context of RO-Crate 1.1 lacks
_FURTHER = {"sha256": "http://schema.org/sha256"}
_BATTLE = "#battle"
_NO_LICENCE = "#no-licence"
_WHAT = {
    ".yaml": ("application/yaml", "a record or a model, to be read and corrected"),
    ".json": ("application/json", "data"),
    ".nc": ("application/x-hdf5", "the weighed worlds, an xarray DataTree"),
    ".html": ("text/html", "the report"),
}


def write_crate(folder: Path, *, licence: str = "") -> Path:
    """Write `ro-crate-metadata.json` into the folder of a reconstruction.

    Parameters
    ----------
    folder : with a dossier.yaml in it.
    licence : address of a licence, as the archive wants it; where empty, the crate says that none
        has been named, as RO-Crate 1.1 wants a licence of every crate.

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
    run = _run(folder, files)
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{title}: a reconstruction from the record",
        "description": f"What the record says of {title}, a model of it, and the weighed worlds.",
        "datePublished": datetime.fromtimestamp(newest, UTC).date().isoformat(),
        "hasPart": [{"@id": _reference(path)} for path in files],
        "about": {"@id": _BATTLE},
        "citation": [{"@id": info.uri} for info in dossier.documents if "://" in info.uri],
        "mentions": [{"@id": item["@id"]} for item in run[:1]],
    }
    root["license"] = {"@id": licence or _NO_LICENCE}
    graph = [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "conformsTo": {"@id": _PROFILE},
            "about": {"@id": "./"},
        },
        root,
        *(_file(path) for path in files),
        _battle(dossier, title),
        *run,
        *_cited(dossier.documents),
        *_licences(dossier.documents, licence),
    ]
    target = folder / CRATE
    plain = [_compacted(entity) for entity in graph]
    crate = {"@context": [f"{_PROFILE}/context", _FURTHER], "@graph": plain}
    write_atomically(target, json.dumps(crate, ensure_ascii=False, indent=1) + "\n")
    return target


def _compacted(entity: dict[str, Any]) -> dict[str, Any]:
    """As compacted JSON-LD is written: no list of nothing, and none of one thing alone."""
    kept = {name: value for name, value in entity.items() if value != []}
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in kept.items()
    }


def _reference(path: Path) -> str:
    """The name of a file as a reference (RFC 3986), as the identifiers of a crate are."""
    return quote(path.name)


def _battle(dossier: Dossier, title: str) -> dict[str, Any]:
    when = dossier.battle.when
    made: dict[str, Any] = {"@id": _BATTLE, "@type": "Event", "name": title}
    if when is not None and when.earliest:
        made |= {"startDate": when.earliest, "endDate": when.latest or when.earliest}
    return made


def manifest_of(folder: Path) -> dict[str, Any] | None:
    """The manifest of a run, where the folder has a sound one."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def _run(folder: Path, files: Sequence[Path]) -> list[dict[str, Any]]:
    """What made the files: the run with its command and seed, and the program."""
    told = manifest_of(folder)
    if told is None:
        return []
    named = told.get("files")
    made = set(named) if isinstance(named, dict) else set()
    return [
        {
            "@id": "#run",
            "@type": "CreateAction",
            "name": str(told.get("command") or "inje reconstruct"),
            "description": f"seed {told.get('seed', 'unknown')}",
            "instrument": {"@id": "#inje"},
            "result": [{"@id": _reference(path)} for path in files if path.name in made],
        },
        {
            "@id": "#inje",
            "@type": "SoftwareApplication",
            "name": "inje",
            "softwareVersion": str(told.get("version", "")),
        },
    ]


def _licences(documents: Sequence[DocumentInfo], licence: str) -> Iterator[dict[str, Any]]:
    """A crate names what it refers to, licences too, and the want of one."""
    if not licence:
        yield {
            "@id": _NO_LICENCE,
            "@type": "CreativeWork",
            "name": "no licence has been named",
            "description": "Whoever made these files has not said what others may do with them.",
        }
    named = [licence, *(info.licence for info in documents)]
    for address in dict.fromkeys(name for name in named if "://" in name):
        yield {"@id": address, "@type": "CreativeWork", "name": address}


_BY_NAME = {
    "dossier.yaml": "the record: who says what, and where it stands",
    "scenario.yaml": "the model: sides, forces, places, priors",
    MANIFEST: "version, seed, command and hashes of the run",
}
#: as a record calls its texts, alone in the folder or beside others
_TEXTS = ("document*.json", "*.document*.json")


def _file(path: Path) -> dict[str, Any]:
    media, what = _WHAT[path.suffix]
    if any(path.match(pattern) for pattern in _TEXTS):
        what = "the text of a document as it was read"
    raw = path.read_bytes()
    return {
        "@id": _reference(path),
        "@type": "File",
        "name": path.name,
        "description": _BY_NAME.get(path.name, what),
        "encodingFormat": media,
        "contentSize": str(len(raw)),
        "sha256": sha256(raw).hexdigest(),
    }


def _cited(documents: Sequence[DocumentInfo]) -> list[dict[str, Any]]:
    found = []
    for info in documents:
        if "://" in info.uri:
            made = {"@id": info.uri, "@type": "CreativeWork", "name": info.title}
            if info.licence:
                named = "://" in info.licence
                made["license"] = {"@id": info.licence} if named else info.licence
            found.append(made)
    return found
