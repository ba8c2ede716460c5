"""Who of one record is who of another: works, people, groups, places, sides.

Equal names decide; names that are only alike are asked. A surname alone is never enough across
two documents: two brothers fought in more than one battle.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from inje.chronology import parse_edtf
from inje.dossier._records import Dossier, Entity, SideRecord, Source
from inje.dossier.drafting._entities import folded
from inje.dossier.drafting._lexicon import DEMONYM, POLITIES, RANKS, SAME_STATE
from inje.errors import InputError

__all__ = ["Match", "match_entities", "match_sides", "match_sources", "one_battle"]

#: likeness of two names, in percent, from which one may be a variant of the other
ALIKE = 86
_IDENTIFIERS = ("DOI", "ISBN", "URL")


@dataclass(frozen=True)
class Match:
    """Pairs of the second record with the first.

    Attributes
    ----------
    same : identifier in the second record -> identifier in the first.
    asked : pairs (second, first) that a person must decide.
    """

    same: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[tuple[str, str], ...] = ()


# ---- people, groups, places


def match_entities(first: Dossier, second: Dossier) -> Match:
    """Entities of one name and kind are the same; alike names are asked."""
    known = [entity for entity in first.entities if entity.kind != "narrator"]
    by_name: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for entity in known:
        for name in _names(entity):
            by_name[entity.kind, name].append(entity)
    same: dict[str, str] = {}
    asked: list[tuple[str, str]] = []
    others = [entity for entity in second.entities if entity.kind != "narrator"]
    for entity in others:
        found = {e.id for name in _names(entity) for e in by_name.get((entity.kind, name), ())}
        if len(found) == 1:
            same[entity.id] = found.pop()
        else:
            asked += [(entity.id, other) for other in sorted(found)]
    taken = {*same.values(), *(one for one, _ in asked)}
    for entity in others:
        if entity.id not in same and entity.id not in taken:
            asked += [
                (entity.id, e.id) for e in known if e.kind == entity.kind and _may_be(e, entity)
            ]
    return Match(same, tuple(asked[:60]))


def _names(entity: Entity) -> set[str]:
    """Its names in plain letters; of a person only those of two words or the only one there is."""
    forms = {_bare(name) for name in (entity.name, *(n.text for n in entity.names))} - {""}
    if entity.kind == "person":
        full = {name for name in forms if " " in name}
        return full or forms
    if entity.kind == "group":
        return {
            " ".join(sorted(w for w in name.split() if w not in ("of", "the"))) for name in forms
        }
    return forms


def _bare(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[0].rstrip(".") in RANKS:
        words = words[1:]
    return folded(" ".join(words)).removeprefix("the ")


def _may_be(one: Entity, two: Entity) -> bool:
    return any(_alike(a, b, one.kind) for a in _names(one) for b in _names(two))


def _alike(one: str, two: str, kind: str) -> bool:
    if min(len(one), len(two)) < 4:
        return False
    if kind == "person":
        short, long = sorted((one.split(), two.split()), key=len)
        if len(short) == 1 and len(long) > 1:
            return short[0] in (long[-1], long[0])
        initials = len(short) > 1 and short[-1] == long[-1] and short[0][0] == long[0][0]
        if initials and min(len(short[0]), len(long[0])) == 1:
            return True
    if kind == "group" and min(len(one.split()), len(two.split())) > 1:
        shared, every = set(one.split()) & set(two.split()), set(one.split()) | set(two.split())
        if len(shared) >= 2 and 2 * len(shared) >= len(every):
            return True
    return fuzz.ratio(one, two) >= ALIKE


# ---- sides


def match_sides(first: Dossier, second: Dossier, entities: Match) -> Match:
    """Sides by name, state, and who fights on them; with two on each, the last by elimination."""
    ours, theirs = first.battle.sides, second.battle.sides
    scores = {
        two.id: {one.id: _score(one, two, first, second, entities.same) for one in ours}
        for two in theirs
    }
    same: dict[str, str] = {}
    for key, row in scores.items():
        ranked = sorted(row.items(), key=lambda item: -item[1])
        if ranked and ranked[0][1] > 0 and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            same[key] = ranked[0][0]
    left = [side.id for side in ours if side.id not in same.values()]
    open_ = [side.id for side in theirs if side.id not in same]
    if len(ours) == len(theirs) == 2 and len(left) == len(open_) == 1:
        same[open_[0]] = left[0]
    asked = [(key, one.id) for key in scores if key not in same for one in ours]
    return Match(same, tuple(asked))


def _score(
    one: SideRecord, two: SideRecord, first: Dossier, second: Dossier, same: Mapping[str, str]
) -> int:
    score = 0
    a, b = folded(one.name), folded(two.name)
    if a == b or one.id == two.id:
        score += 6
    elif min(len(a), len(b)) > 3 and (f" {a} " in f" {b} " or f" {b} " in f" {a} "):
        score += 4
    states = _states(one, first) & _states(two, second)
    score += 3 * len(states)
    members = {*one.entities, *one.commanders, *one.leaders}
    theirs = {*two.entities, *two.commanders, *two.leaders}
    return score + sum(2 for name in theirs if same.get(name) in members)


def _states(side: SideRecord, dossier: Dossier) -> set[str]:
    """States that the names of a side and of its groups mean."""
    names = {entity.id: entity.name for entity in dossier.entities}
    words = {w for n in (side.name, *(names.get(e, "") for e in side.entities)) for w in _terms(n)}
    states = {DEMONYM.get(word, word) for word in words if word in DEMONYM or word in POLITIES}
    return {SAME_STATE.get(state, state) for state in states}


def _terms(name: str) -> Iterator[str]:
    yield name
    yield from re.split(r"[\s–—/-]+", name)


# ---- the battle itself


def one_battle(first: Dossier, second: Dossier) -> bool:
    """Whether two records may tell of one battle.

    They may not where their dates lie more than a month apart, no place is fought for in both, and
    the titles have nothing in common: a wrong year alone makes no other battle.
    """
    spans = [_days(dossier) for dossier in (first, second)]
    if spans[0] is None or spans[1] is None:
        return True
    gap = max(spans[0][0] - spans[1][1], spans[1][0] - spans[0][1])
    if gap <= _APART:
        return True
    same = match_entities(first, second).same
    ours = set(first.battle.places)
    shared = any(same.get(place) in ours for place in second.battle.places)
    titles = [set(folded(d.battle.title).split()) - _TITLE_WORDS for d in (first, second)]
    return shared or bool(titles[0] & titles[1])


_APART = 31
_TITLE_WORDS = frozenset(
    "battle battles of the siege action at and in first second third fight war campaign st fort "
    "convoy raid".split()
)


def _days(dossier: Dossier) -> tuple[int, int] | None:
    """First and last day of the battle, where the record has both."""
    if dossier.battle.when is None:
        return None
    try:
        span = parse_edtf(dossier.battle.when.edtf)
    except InputError:
        return None
    if span.earliest is None or span.latest is None:
        return None
    return span.earliest, span.latest


# ---- works


def match_sources(first: Dossier, second: Dossier) -> Match:
    """References to one work: by identifier, or by author, year and title; the rest is asked."""
    same: dict[str, str] = {}
    asked: list[tuple[str, str]] = []
    for two in second.sources:
        doubtful = []
        for one in first.sources:
            verdict = _one_work(one, two)
            if verdict == "same":
                same[two.id] = one.same_work or one.id
                break
            if verdict == "asked":
                doubtful.append((two.id, one.same_work or one.id))
        else:
            if two.same_work is None:
                asked += doubtful[:1]
    return Match(same, tuple(asked[:20]))


def _one_work(one: Source, two: Source) -> str:
    """ "same", "asked" or "" for two references."""
    for key in _IDENTIFIERS:
        a, b = _identifier(one.csl, key), _identifier(two.csl, key)
        if a and a == b:
            return "same"
    family = _family(one.csl), _family(two.csl)
    title = _title(one), _title(two)
    if family[0] != family[1] and _author(one.csl) == _author(two.csl) and _one_title(*title):
        return "same"  # family and given name exchanged in one of the two
    year = _year(one.csl), _year(two.csl)
    if family[0] and family[0] == family[1]:
        titled = title[0] and title[1]
        close = titled and _one_title(*title)
        if year[0] == year[1]:
            return "same" if close else "" if titled else "asked"
        return "asked" if close else ""
    lacking = not family[0] or not family[1]
    if lacking and min(map(len, title)) >= 20 and _one_title(*title):
        return "asked" if family[0] or family[1] or year[0] != year[1] else "same"
    return ""


def _identifier(csl: Mapping[str, Any], key: str) -> str:
    value = re.sub(r"[\s-]", "", str(csl.get(key, ""))).lower()
    if key == "URL":
        value = re.sub(r"^https?://(?:www\.)?|[#?].*$|/+$", "", value)
        return value if "/" in value else ""
    return value


def _family(csl: Mapping[str, Any]) -> str:
    authors = csl.get("author") or []
    first = authors[0] if authors and isinstance(authors[0], Mapping) else {}
    return folded(str(first.get("family") or first.get("literal") or ""))


def _author(csl: Mapping[str, Any]) -> frozenset[str]:
    """All names of the first author."""
    authors = csl.get("author") or []
    first = authors[0] if authors and isinstance(authors[0], Mapping) else {}
    return frozenset(folded(" ".join(map(str, first.values()))).split())


def _year(csl: Mapping[str, Any]) -> str:
    issued = csl.get("issued", "")
    if isinstance(issued, Mapping):
        parts = issued.get("date-parts") or [[""]]
        return str(parts[0][0])
    return str(issued)[:4]


def _title(source: Source) -> str:
    """The title in plain letters; empty for a marker whose reference is not in the text."""
    return folded(str(source.csl.get("title", "")))


def _one_title(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    return fuzz.ratio(one, two) >= 90 or (len(short) >= 12 and long.startswith(short))
