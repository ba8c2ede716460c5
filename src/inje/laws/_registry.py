"""Finding laws by name: the built-in ones and those of other distributions alike.

Every law comes through the entry-point group ``inje.laws``; an entry names a `Law`
or a `SalvoLaw` object.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points

from inje.errors import ModelError
from inje.laws._law import Law
from inje.laws._salvo import SalvoLaw

__all__ = ["GROUP", "get", "names"]

GROUP = "inje.laws"
"""The entry-point group."""


@lru_cache(maxsize=8)
def _entries(path: tuple[str, ...]) -> dict[str, EntryPoint]:
    """The entries on this search path; `path` is the key, since metadata does not change alone."""
    entries: dict[str, EntryPoint] = {}
    for entry in entry_points(group=GROUP):
        other = entries.setdefault(entry.name, entry)
        if other.value != entry.value:
            raise ModelError(
                f"law {entry.name}",
                f"named by {other.value} and by {entry.value}",
                "one distribution for each name",
                "uninstall one of them",
            )
    return entries


def names() -> tuple[str, ...]:
    """Names of all laws, sorted."""
    return tuple(sorted(_entries(tuple(sys.path))))


def get(name: str) -> Law | SalvoLaw:
    """The law of that name.

    Raises
    ------
    ModelError : there is none, or the distribution that offers it is faulty.
    """
    entries = _entries(tuple(sys.path))
    if name not in entries:
        raise ModelError("law", repr(name), ", ".join(names()), "choose one of these laws")
    return _load(entries[name])


@lru_cache(maxsize=256)
def _load(entry: EntryPoint) -> Law | SalvoLaw:
    try:
        law = entry.load()
    except (ImportError, AttributeError) as error:
        raise ModelError(
            f"law {entry.name}",
            f"{entry.value} does not load ({error})",
            "an importable object",
            "repair or uninstall the distribution that offers it",
        ) from error
    if not isinstance(law, Law | SalvoLaw) or law.name != entry.name:
        raise ModelError(
            f"law {entry.name}",
            f"{entry.value} is {getattr(law, 'name', law)!r}",
            "a Law or SalvoLaw of the same name",
            "correct the entry point",
        )
    return law
