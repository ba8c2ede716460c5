"""Dossier files: YAML beside the `document.json` of the text they speak of."""

from __future__ import annotations

import os
from dataclasses import replace
from glob import escape
from pathlib import Path

from inje.document import Document, document_from_json, document_to_json, read_document
from inje.dossier._files import (
    dump_record,
    load_record,
    record_from_json,
    record_of,
    write_atomically,
)
from inje.dossier._integrity import dossier_faults
from inje.dossier._records import SCHEMA, Dossier, Making
from inje.dossier.merging import rewritten, settled
from inje.errors import DocumentError, InputError

__all__ = [
    "document_of",
    "dossier_from_json",
    "dump_dossier",
    "load_document",
    "load_dossier",
    "save_document",
    "save_dossier",
    "save_record",
]

_HEADER = """The record of a battle: who says what, where it stands, and what it is about.
Correct it freely: set `status: confirmed`, `edited` or `rejected`, answer a question with
`answer:`, give a source its `reliability: A..F`. `inje schema dossier` prints the fields."""


_STEPS = {1: Making.named}
#: name of the file of a dossier that stands alone in its folder
_USUAL = "dossier"
#: the schema of a document, and how much of a file is looked at for it
DOCUMENT, BEGINNING = "inje-document", 1024


def dump_dossier(dossier: Dossier) -> str:
    """The dossier as YAML text."""
    return dump_record(dossier, SCHEMA, _HEADER)


def save_dossier(dossier: Dossier, path: str | os.PathLike[str]) -> Path:
    """Write the dossier whole or not at all; returns the path.

    Raises
    ------
    InputError : the folder is missing, read-only or full.
    """
    write_atomically(path, dump_dossier(dossier))
    return Path(path)


def load_dossier(path: str | os.PathLike[str]) -> Dossier:
    """Load and check a dossier, with the texts beside it that it speaks of.

    Answers to its questions take effect: `dokuchaev is georgy_dokuchaev` makes one person of two.

    Raises
    ------
    FileFaults : the file has faults; all of them, with line and column.
    """
    dossier = _loaded(path)
    target = Path(path).resolve()
    names = ("document*.json", f"{escape(target.stem)}.document*.json")
    beside = sorted(found for name in names for found in target.parent.glob(name))
    texts = {text.sha256: text for text in map(load_document, beside)}
    found = [
        replace(texts[info.sha256], id=info.id)
        for info in dossier.documents
        if info.sha256 in texts
    ]
    return settled(dossier).with_texts(*found)


def _loaded(path: str | os.PathLike[str]) -> Dossier:
    return load_record(path, Dossier, dossier_faults, schema=SCHEMA, steps=_STEPS)


def save_record(
    dossier: Dossier,
    path: str | os.PathLike[str],
    *,
    like: str | os.PathLike[str] | None = None,
) -> dict[str, Path]:
    """Write the dossier with its texts beside it; returns the files by name.

    Where the file holds a dossier already, what did not change keeps its lines, comments and
    order. The texts come first, so that at no moment a record stands there without them.

    Parameters
    ----------
    path : of the dossier; its texts come beside it.
    like : a dossier file whose lines and comments are kept where `path` is a new file.

    Raises
    ------
    InputError : the folder is missing, read-only or full.
    FileFaults : the file that is there is no dossier.
    """
    target = Path(path)
    written = dump_dossier(dossier)
    model = target if target.exists() or like is None else Path(like)
    if model.exists():
        was = _loaded(model)
        kept = rewritten(model.read_text(encoding="utf-8-sig"), was, dossier, written)
        written = kept if _holds(kept, dossier) else written
    files = _save_texts(dossier, target)
    write_atomically(target, written)
    return {"dossier": target, **files}


def _holds(text: str, dossier: Dossier) -> bool:
    """Whether the text of a file, put together from lines, is this record and no other."""
    try:
        found = record_of(text, "", Dossier, dossier_faults, schema=SCHEMA, steps=_STEPS)
    except InputError:
        return False
    return found.model_dump(mode="json") == dossier.model_dump(mode="json")


def _save_texts(dossier: Dossier, target: Path) -> dict[str, Path]:
    """Write the texts of a dossier: `document.json`, or `document-1.json` and so on.

    Beside a dossier of another name (`kut.yaml`) they bear that name too (`kut.document.json`), so
    that several dossiers of one folder keep their texts apart.
    """
    several = len(dossier.texts) > 1
    names = [f"document-{n}" if several else "document" for n in range(1, len(dossier.texts) + 1)]
    owner = "" if target.stem == _USUAL else f"{target.stem}."
    files = {}
    for name, text in zip(names, dossier.texts, strict=True):
        files[name] = save_document(text, target.parent / f"{owner}{name}.json")
    return files


def dossier_from_json(text: str, where: str = "dossier") -> Dossier:
    """The dossier that another file carries as JSON.

    Raises
    ------
    InputError : not a dossier, or one of a newer version.
    """
    return record_from_json(text, Dossier, where, schema=SCHEMA, steps=_STEPS)


def save_document(document: Document, path: str | os.PathLike[str]) -> Path:
    """Write `document.json` whole or not at all; returns the path."""
    write_atomically(path, document_to_json(document))
    return Path(path)


def document_of(name: str) -> Document:
    """A document: loaded where inje wrote it, whatever its file is called; else read.

    Raises
    ------
    InputError : it can be neither.
    """
    return load_document(name) if _is_document(name) else read_document(name)


def _is_document(name: str) -> bool:
    if name.endswith("document.json"):
        return True
    if not name.endswith(".json") or not Path(name).is_file():
        return False
    with Path(name).open(encoding="utf-8", errors="replace") as file:
        return f'"{DOCUMENT}/' in file.read(BEGINNING)


def load_document(path: str | os.PathLike[str]) -> Document:
    """Load a `document.json`.

    Raises
    ------
    DocumentError : unreadable, or not such a file.
    """
    try:
        content = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", "") or str(error)
        raise DocumentError(
            os.fspath(path),
            f"cannot be opened: {reason}",
            "a document.json of inje",
            "write it with `inje read ARTICLE -o document.json`",
        ) from None
    return document_from_json(content, os.fspath(path))
