"""`document.json`: a document on disk, whole, so that later commands need nothing else."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from inje.document._records import Anchor, Block, Document, Mark, Run
from inje.document._schemas import schema_version
from inje.errors import DocumentError

__all__ = ["document_from_json", "document_to_json"]

SCHEMA = "inje-document/1"


def document_to_json(document: Document) -> str:
    """JSON of a document; `document_from_json` gives an equal one back."""
    record: dict[str, Any] = {
        "schema": SCHEMA,
        "id": document.id,
        "title": document.title,
        "uri": document.uri,
        "media_type": document.media_type,
        "sha256": document.sha256,
        "licence": document.licence,
        "retrieved": document.retrieved,
        "language": document.language,
        "original": document.original,
        "text": document.text,
        "runs": [[run.clean, run.original, run.length] for run in document.runs],
        "blocks": [asdict(block) for block in document.blocks],
        "marks": [asdict(mark) for mark in document.marks],
    }
    return json.dumps(record, ensure_ascii=False)


def document_from_json(content: str, where: str = "document.json") -> Document:
    """The document that `document_to_json` wrote.

    Raises
    ------
    DocumentError : not JSON, not a document, or the text does not have the stated sha256.
    """
    try:
        record = json.loads(content)
        schema_version(record.pop("schema"), SCHEMA, where)
        stated = record.pop("sha256")
        document = Document(
            **{
                **record,
                "runs": tuple(Run(*run) for run in record["runs"]),
                "blocks": tuple(Block(**block) for block in record["blocks"]),
                "marks": tuple(
                    Mark(**{**mark, "anchor": Anchor(**mark["anchor"])}) for mark in record["marks"]
                ),
            }
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise DocumentError(
            where, f"not a document: {fault}", f"what `inje read` writes ({SCHEMA})", "read again"
        ) from None
    if document.sha256 != stated:
        raise DocumentError(
            where, "the text was changed: sha256 differs", "the text as it was read", "read again"
        )
    return document
