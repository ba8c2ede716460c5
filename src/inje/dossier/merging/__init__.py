"""Merging: several documents in one record, a new draft in a corrected one."""

from inje.dossier.merging._answers import settled
from inje.dossier.merging._joining import join_dossiers
from inje.dossier.merging._redrafting import Merged, merge_draft

__all__ = ["Merged", "join_dossiers", "merge_draft", "settled"]
