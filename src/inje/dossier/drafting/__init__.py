"""Drafting: the rules that turn a document into a record."""

from inje.dossier.drafting._draft import draft_record

__all__ = ["draft_record"]
