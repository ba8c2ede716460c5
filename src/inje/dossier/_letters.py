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
    OptionError : a letter out of range, or nobody of that name.
    """
    if not letters:
        return dossier
    known = {record.id for record in (*dossier.sources, *dossier.entities)}
    for name, letter in letters.items():
        if name not in known:
            allowed = ", ".join(source.id for source in dossier.sources)
            raise OptionError("--reliability", f"{name!r} is no source", allowed, "correct it")
        if letter not in tuple("ABCDEF"):
            raise OptionError(
                "--reliability",
                f"{letter!r} is no letter",
                "A, B, C, D, E, F",
                "write one of these",
            )
    sources = tuple(
        source.model_copy(update={"reliability": letters.get(source.id, source.reliability)})
        for source in dossier.sources
    )
    entities = tuple(
        entity.model_copy(update={"reliability": letters.get(entity.id, entity.reliability)})
        for entity in dossier.entities
    )
    copy = dossier.model_copy(update={"sources": sources, "entities": entities})
    return copy.with_texts(*dossier.texts)
