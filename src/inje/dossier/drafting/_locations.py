"""Where places lie, as the page says: coordinates in the box, at the title, or behind a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from inje.document import Mark
from inje.dossier._records import AnchorRecord, Claim, Coordinates
from inje.dossier.drafting._desk import NARRATOR, Desk
from inje.dossier.drafting._entities import Named

__all__ = ["locate"]

_OF_PAGE = re.compile(r"display\s*=\s*[\w, ]*title", re.I)
#: between a name and its coordinates stand at most a bracket and a blank
_BEHIND = 3


def locate(desk: Desk, places: Sequence[Named]) -> dict[str, Coordinates]:
    """Coordinates by the key of a place; each is a claim at the words that give it.

    Parameters
    ----------
    places : the places of the battle; the coordinates of the page are those of the first one.
    """
    found: dict[str, Coordinates] = {}
    for mark in desk.document.marks:
        if mark.kind != "coordinates":
            continue
        named = _named_before(desk, mark)
        if named is None and places and _of_page(desk, mark):
            named = places[0]
        if named is not None and named.key not in found:
            north, east = (float(part) for part in mark.target.split(","))
            found[named.key] = Coordinates(latitude=north, longitude=east)
            _claim(desk, named, mark, found[named.key])
    return found


def _named_before(desk: Desk, mark: Mark) -> Named | None:
    """The place whose name stands right before the coordinates, in the prose."""
    sentence = desk.passages.at(max(mark.start - 1, 0))
    if sentence is None:
        return None
    for mention, named in reversed(desk.register.within(sentence.start, sentence.end)):
        if named.kind == "place" and 0 <= mark.start - mention.end <= _BEHIND:
            return named
    return None


def _of_page(desk: Desk, mark: Mark) -> bool:
    """Whether coordinates are those of what the page is about: the battle."""
    prose = next((s.start for s in desk.passages.sentences), 0)
    alone = sum(other.kind == "coordinates" for other in desk.document.marks) == 1
    return alone or mark.start <= prose or bool(_OF_PAGE.search(mark.anchor.quote))


def _words(at: Coordinates) -> str:
    """As in "48.6333° N, 10.6333° E"."""
    north, east = "N" if at.latitude >= 0 else "S", "E" if at.longitude >= 0 else "W"
    return f"{abs(at.latitude):g}° {north}, {abs(at.longitude):g}° {east}"


def _claim(desk: Desk, named: Named, mark: Mark, at: Coordinates) -> None:
    anchor = mark.anchor
    desk.claims.append(
        Claim(
            id=desk.fresh(f"c{len(desk.claims) + 1}"),
            kind="fact",
            holders=(NARRATOR,),
            summary=f"{named.name} lies at {_words(at)}",
            anchor=AnchorRecord(start=anchor.start, end=anchor.end, quote=anchor.quote),
            rule="coordinates",
        )
    )
