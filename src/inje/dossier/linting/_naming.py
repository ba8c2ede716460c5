"""Rules about names and places."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

from inje.dossier._records import Claim, Dossier, Entity, Finding
from inje.dossier.linting._rule import Rule, finding, live
from inje.dossier.linting._telling import Telling
from inje.dossier.linting._wording import listed

__all__ = ["RULES"]

#: letters of a name for each that a spelling of it may change
_LETTERS = 5


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
    """One place in several spellings, not a short form of its name nor one in another script."""
    for entity in dossier.entities:
        if entity.kind != "place":
            continue
        forms = {" ".join(name.text.split()): name.anchor for name in reversed(entity.names)}
        varied = {form for pair in combinations(forms, 2) if _respelt(*pair) for form in pair}
        if varied:
            yield finding(
                SPELLING.id,
                f"{entity.name} is spelt {listed(sorted(varied))}",
                SPELLING.remedy,
                (forms[form] for form in sorted(varied)),
            )


def _respelt(one: str, two: str) -> bool:
    """Whether two forms are one name spelt in two ways: by accents, signs, or a letter or two."""
    if not (_is_latin(one) and _is_latin(two)) or _plain_dashes(one) == _plain_dashes(two):
        return False
    folds = [re.sub(r"[^a-z0-9]", "", anyascii(form).lower()) for form in (one, two)]
    if folds[0] == folds[1]:
        return True
    if len(one.split()) != len(two.split()) or _singular(folds[0]) == _singular(folds[1]):
        return False
    return Levenshtein.distance(*folds) <= max(1, min(map(len, folds)) // _LETTERS)


def _singular(fold: str) -> str:
    return re.sub(r"men\Z", "man", fold.removesuffix("s"))


def _is_latin(form: str) -> bool:
    letters = [sign for sign in form if sign.isalpha()]
    return all("LATIN" in unicodedata.name(sign, "") for sign in letters)


def _plain_dashes(form: str) -> str:
    return re.sub(r"[‐-―]", "-", form).replace("’", "'")


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
    telling = Telling(dossier)
    for entity in dossier.entities:
        if (
            entity.kind == "person"
            and entity.side is None
            and entity.id not in known
            and _commands_nobody_named(entity)
            and not telling.tells_side_of(entity.name)
        ):
            yield finding(
                SIDELESS_COMMANDER.id,
                f"{entity.name} commands, but on which side?",
                SIDELESS_COMMANDER.remedy,
                (entity.anchor,),
            )


def _commands_nobody_named(entity: Entity) -> bool:
    """Whether somebody is called commander, and no army by its name ("of the Japanese fleet")."""
    roles = [role.text for role in entity.roles if "commander" in role.text.lower()]
    return bool(roles) and not any(re.search(r"\bof\b.*\b[A-Z]", role) for role in roles)


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
