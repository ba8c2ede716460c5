"""From documents to one drafted record."""

from __future__ import annotations

from inje.document import Document
from inje.dossier._records import Dossier
from inje.dossier.drafting import draft_record
from inje.dossier.merging import join_dossiers

__all__ = ["extract_dossier"]


def extract_dossier(document: Document, *others: Document) -> Dossier:
    """Draft the record of the battle that a document tells, or several documents.

    Rules only: what they cannot decide becomes a question, never a silent choice. Several
    documents come into one record as `join_dossiers` says.

    Raises
    ------
    DocumentError : a document names no armed sides.
    """
    return join_dossiers(*map(draft_record, (document, *others)))
