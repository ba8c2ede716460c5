"""Merging: several documents in one record, a new draft in a corrected one, two compared."""

from inje.dossier.merging._answers import settled
from inje.dossier.merging._differences import (
    Difference,
    Differences,
    FieldChange,
    compare_dossiers,
)
from inje.dossier.merging._joining import join_dossiers
from inje.dossier.merging._matching import one_battle
from inje.dossier.merging._redrafting import Merged, is_version_of, merge_draft
from inje.dossier.merging._writing import rewritten

__all__ = [
    "Difference",
    "Differences",
    "FieldChange",
    "Merged",
    "compare_dossiers",
    "is_version_of",
    "join_dossiers",
    "merge_draft",
    "one_battle",
    "rewritten",
    "settled",
]
