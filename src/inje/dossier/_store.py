"""Dossier files: YAML beside the `document.json` of the text they speak of."""

from __future__ import annotations

import os
from pathlib import Path

from inje.document import Document, document_from_json, document_to_json
from inje.dossier._files import dump_record, load_record, record_from_json, write_atomically
from inje.dossier._integrity import dossier_faults
from inje.dossier._records import SCHEMA, Dossier, Making
from inje.errors import DocumentError

__all__ = [
    "dossier_from_json",
    "dump_dossier",
    "load_document",
    "load_dossier",
    "save_document",
    "save_dossier",
]

_HEADER = """The record of a battle: who says what, where it stands, and what it is about.
Correct it freely: set `status: confirmed`, `edited` or `rejected`, answer a question with
`answer:`, give a source its `reliability: A..F`. `inje schema dossier` prints the fields."""


_STEPS = {1: Making.named}


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
    """Load and check a dossier, with the text beside it when it is the one it speaks of.

    Raises
    ------
    FileFaults : the file has faults; all of them, with line and column.
    """
    dossier = load_record(path, Dossier, dossier_faults, schema=SCHEMA, steps=_STEPS)
    known = {info.sha256 for info in dossier.documents}
    beside = sorted(Path(path).resolve().parent.glob("document*.json"))
    texts = [load_document(file) for file in beside]
    return dossier.with_texts(*(text for text in texts if text.sha256 in known))


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


def load_document(path: str | os.PathLike[str]) -> Document:
    """Load a `document.json`.

    Raises
    ------
    DocumentError : unreadable, or not such a file.
    """
    try:
        content = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(os.fspath(path), str(error), "a document.json of inje", "") from None
    return document_from_json(content, os.fspath(path))
