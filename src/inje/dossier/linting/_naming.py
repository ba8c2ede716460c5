"""Rules about names and places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from inje.dossier._records import Claim, Dossier, Entity, Finding
from inje.dossier.linting._rule import Rule, finding, live

__all__ = ["RULES"]


def _identity(dossier: Dossier) -> Iterator[Finding]:
    """Entities that the record asks to be the same."""
    entities = {entity.id: entity for entity in dossier.entities}
    seen: set[frozenset[str]] = set()
    for entity in dossier.entities:
        for key in entity.maybe_same_as:
            pair = frozenset((entity.id, key))
            if key not in entities or pair in seen or key in entity.same_as:
                continue
            seen.add(pair)
            other = entities[key]
            yield finding(
                NAME_VARIANT.id,
                f"{entity.name} and {other.name}: one {entity.kind} or two?",
                NAME_VARIANT.remedy,
                (entity.anchor, other.anchor),
            )


def _spelling(dossier: Dossier) -> Iterator[Finding]:
    """One place in several spellings."""
    for entity in dossier.entities:
        forms = {name.text for name in entity.names}
        if entity.kind == "place" and len(forms) > 1:
            yield finding(
                SPELLING.id,
                f"{entity.name} is spelt {', '.join(sorted(forms))}",
                SPELLING.remedy,
                (name.anchor for name in entity.names),
            )


def _place_set(dossier: Dossier) -> Iterator[Finding]:
    """Places that change hands together in one section and with others in another."""
    groups: dict[tuple[str, int, int], list[Claim]] = defaultdict(list)
    for claim in live(dossier):
        if claim.about.startswith("control.") and claim.anchor is not None:
            groups[(claim.anchor.document, claim.anchor.start, claim.anchor.end)].append(claim)
    names = {entity.id: entity.name for entity in dossier.entities}
    sets = [(_places(claims), claims) for claims in groups.values() if len(claims) > 1]
    for (one, first), (two, second) in pairwise(sets):
        if one != two and one & two:
            more = ", ".join(sorted(names.get(place, place) for place in one ^ two))
            yield finding(
                PLACE_SET.id,
                f"{len(one)} places here, {len(two)} there: {more} only in one",
                PLACE_SET.remedy,
                (first[0].anchor, second[0].anchor),
                (*first, *second),
            )


def _places(claims: list[Claim]) -> frozenset[str]:
    return frozenset(claim.about.removeprefix("control.").split("@")[0] for claim in claims)


def _sideless(dossier: Dossier) -> Iterator[Finding]:
    """A commander in the record whose side nothing tells."""
    known = {key for side in dossier.battle.sides for key in (*side.commanders, *side.leaders)}
    for entity in dossier.entities:
        if (
            entity.kind == "person"
            and _commands(entity)
            and entity.side is None
            and entity.id not in known
        ):
            yield finding(
                SIDELESS_COMMANDER.id,
                f"{entity.name} commands, but on which side?",
                SIDELESS_COMMANDER.remedy,
                (entity.anchor,),
            )


def _commands(entity: Entity) -> bool:
    return any("commander" in role.text.lower() for role in entity.roles)


NAME_VARIANT = Rule(
    "name-variant",
    "Two names that may be one person",
    "Names that differ by an ending may be a variant, a slip or two people. Merged by mistake, "
    "one takes the other's words.",
    "decide with a source: set same_as, or clear maybe_same_as",
    _identity,
)
SPELLING = Rule(
    "spelling",
    "One place in several spellings",
    "A place is written in two or three ways, often from two transliterations.",
    "choose one spelling and give the others once",
    _spelling,
)
PLACE_SET = Rule(
    "place-set",
    "Places that come and go between sections",
    "Two villages are regained in one section and three in another: a place was forgotten, or "
    "added without its source.",
    "say in both sections which places are meant",
    _place_set,
)
SIDELESS_COMMANDER = Rule(
    "sideless-commander",
    "A commander without a side",
    "Somebody is called commander and the text does not say of whom.",
    "name the army or the side at the first mention",
    _sideless,
)
RULES = (NAME_VARIANT, SPELLING, PLACE_SET, SIDELESS_COMMANDER)
