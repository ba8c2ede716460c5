"""Drafting: the rules that turn a document into a record."""

from inje.dossier.drafting._draft import extract_dossier

__all__ = ["extract_dossier"]
