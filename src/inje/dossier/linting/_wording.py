"""Quantities in the words of an editor: paths are for machines."""

from __future__ import annotations

from collections.abc import Sequence

from inje.dossier._records import Dossier

__all__ = ["in_words", "listed", "name_of"]

_LOSSES = {
    "": "losses of {}",
    "killed": "killed of {}",
    "wounded": "wounded of {}",
    "killed_or_wounded": "killed or wounded of {}",
    "captured": "captured of {}",
    "missing": "missing of {}",
    "captured_or_missing": "captured or missing of {}",
    "lost_unspecified": "losses of {}, not said how",
    "total": "losses of {} in all",
}
_BARE = {
    "start": "the date",
    "end": "the date",
    "winner": "the result",
    "result": "the result",
    "duration": "the length",
    "attacker": "who attacked",
    "instigator": "who was behind it",
}
_NAMED = {
    "strength": "strength of {}",
    "materiel": "materiel of {}",
    "control": "who holds {}",
    "arrival": "the arrival of {}",
}


def name_of(dossier: Dossier, identifier: str) -> str:
    """The name of a side, a person, a group or a place; else the identifier itself."""
    for named in (*dossier.battle.sides, *dossier.entities):
        if named.id == identifier:
            return named.name
    return identifier


def in_words(dossier: Dossier, path: str) -> str:
    """What a path is about, to stand within a sentence: "killed of the Northern Army"."""
    quantity, *parts = path.partition("@")[0].split(".")
    if not parts:
        return _BARE.get(quantity, quantity)
    name = name_of(dossier, parts[0])
    if quantity == "losses":
        return _LOSSES[parts[1] if len(parts) > 1 else ""].format(name)
    if quantity == "materiel" and len(parts) > 1:
        return f"{parts[1].replace('_', ' ')} of {name}"
    return _NAMED[quantity].format(name) if quantity in _NAMED else path


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence does: a, b and c."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
