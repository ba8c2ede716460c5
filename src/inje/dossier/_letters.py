"""Reliability letters for one run: another grading of the same record."""

from __future__ import annotations

from collections.abc import Mapping

from inje.dossier._records import Dossier
from inje.errors import OptionError

__all__ = ["with_letters"]


def with_letters(dossier: Dossier, letters: Mapping[str, str]) -> Dossier:
    """The record with other reliability letters, for one run.

    Raises
    ------
    OptionError : a letter out of range, or somebody who is neither a source nor holds a claim.
    """
    if not letters:
        return dossier
    sources = [source.id for source in dossier.sources]
    spoken = {holder for claim in dossier.claims for holder in claim.holders}
    holders = [entity.id for entity in dossier.entities if entity.id in spoken]
    known = dict.fromkeys((*sources, *holders))
    for name, letter in letters.items():
        if name not in known:
            raise OptionError(
                "--reliability",
                f"{name!r} is no source and holds no claim",
                f"sources: {', '.join(sources) or 'none'}; holders: {', '.join(holders) or 'none'}",
                "correct it",
            )
        if letter not in tuple("ABCDEF"):
            raise OptionError(
                "--reliability",
                f"{letter!r} is no letter",
                "A, B, C, D, E, F",
                "write one of these",
            )
    graded = tuple(
        source.model_copy(update={"reliability": letters.get(source.id, source.reliability)})
        for source in dossier.sources
    )
    entities = tuple(
        entity.model_copy(update={"reliability": letters.get(entity.id, entity.reliability)})
        for entity in dossier.entities
    )
    copy = dossier.model_copy(update={"sources": graded, "entities": entities})
    return copy.with_texts(*dossier.texts)
