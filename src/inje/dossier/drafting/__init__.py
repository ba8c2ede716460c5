"""Drafting: the rules that turn a document into a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inje.document import Document
    from inje.dossier._records import Dossier

__all__ = ["draft_record"]


def draft_record(document: Document) -> Dossier:
    """Draft the record of the battle that a document tells.

    Raises
    ------
    DocumentError : the document names no armed sides.
    """
    # Its patterns take half a second to compile, and most commands read no document.
    from inje.dossier.drafting import _draft

    return _draft.draft_record(document)
