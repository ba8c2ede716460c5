"""The names of a record for what a new draft of one of its documents speaks of."""

from __future__ import annotations

from inje.dossier._records import Dossier, Source
from inje.dossier.merging._matching import match_entities, match_sides
from inje.dossier.merging._realigning import Realignment
from inje.dossier.merging._renaming import Renaming, fresh, renamed, tagged

__all__ = ["under_names_of", "voice_of"]


def voice_of(dossier: Dossier, document: str) -> str | None:
    """The narrator of a document of the record."""
    voices = [entity.id for entity in dossier.entities if entity.kind == "narrator"]
    infos = [info.id for info in dossier.documents]
    if len(voices) == len(infos) and document in infos:
        return voices[infos.index(document)]
    return voices[0] if voices else None


def under_names_of(
    kept: Dossier, draft: Dossier, document: str, moved: Realignment, *, several: bool
) -> Dossier:
    """A draft under the identifiers of the record into which it goes; claims keep their own.

    Parameters
    ----------
    kept : the record.
    draft : of one document.
    document : how that document is called in the record.
    moved : the way from anchors of the record to anchors of the draft.
    several : whether anchors name their document.
    """
    found = dict(match_entities(kept, draft).same)
    kinds = {entity.id: entity.kind for entity in kept.entities}
    used = set(found.values())
    taken = set(kinds)
    for entity in draft.entities:
        if entity.kind == "narrator":
            found[entity.id] = voice_of(kept, document) or entity.id
        elif entity.id not in found:
            same = kinds.get(entity.id) == entity.kind and entity.id not in used
            found[entity.id] = entity.id if same else fresh(entity.id, taken)
            used.add(found[entity.id])
            taken.add(found[entity.id])
    known = {side.id for side in kept.battle.sides}
    sides = dict(match_sides(kept, draft, match_entities(kept, draft)).same)
    for side in draft.battle.sides:
        if side.id not in sides:
            sides[side.id] = side.id if side.id in known else fresh(side.id, known)
    by = Renaming(entities=found, sides=sides, sources=_sources(kept, draft, document, moved))
    made = renamed(draft, by)
    return tagged(made, document) if several else made


def _sources(kept: Dossier, draft: Dossier, document: str, moved: Realignment) -> dict[str, str]:
    """References by their place, by their words, by their name."""
    own = [s for s in kept.sources if s.anchor is None or s.anchor.document in ("", document)]
    places: dict[tuple[int, int], Source] = {}
    words: dict[str, Source] = {}
    for source in own:
        place = moved.moved(source.anchor) if source.anchor is not None else None
        if place is not None:
            places.setdefault((place.start, place.end), source)
        if source.anchor is not None:
            words.setdefault(source.anchor.quote, source)
    named: dict[str, str] = {}
    taken = {source.id for source in kept.sources}
    used: set[str] = set()
    for source in draft.sources:
        at = source.anchor
        same = (places.get((at.start, at.end)) or words.get(at.quote)) if at is not None else None
        if same is not None and same.id not in used:
            named[source.id] = same.id
        else:
            free = source.id not in taken or (at is None and source.id not in used)
            named[source.id] = source.id if free else fresh(source.id, taken | used)
        used.add(named[source.id])
    return named
