"""Several records of one battle in one: every claim stays, with its own document and holder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inje.chronology import parse_edtf
from inje.dossier._records import (
    Alternative,
    Battle,
    Dossier,
    Entity,
    Gap,
    Making,
    Question,
    SideRecord,
    Source,
    When,
)
from inje.dossier.merging._doubts import cross_questions
from inje.dossier.merging._matching import Match, match_entities, match_sides, match_sources
from inje.dossier.merging._renaming import Renaming, fresh, renamed
from inje.dossier.merging._voices import told_apart, with_documents
from inje.errors import InputError

__all__ = ["join_dossiers"]


@dataclass(frozen=True)
class _Pairs:
    """What was matched, in the identifiers of the joined record."""

    entities: tuple[tuple[str, str], ...]
    sides: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]


def join_dossiers(first: Dossier, *others: Dossier) -> Dossier:
    """One record of one battle from several.

    No claim is dropped: what two documents both say is said twice, each with its own anchor,
    holders and citations. Works cited by both are linked (`same_work`), people, groups, places
    and sides of equal names become one, alike names are asked; where the wording agrees, the
    later document is marked as a copy of the earlier one (`copies`), and that is asked too.

    Parameters
    ----------
    first : its identifiers stay as they are.
    others : joined to it one after the other.
    """
    for other in others:
        first = _joined(first, other)
    return first


def _joined(first: Dossier, second: Dossier) -> Dossier:
    first, second = with_documents(first, second)
    found = _Found.of(first, second)
    second = renamed(second, found.renaming)
    battle = _battle(first.battle, second.battle)
    entities = _entities(first, second, found.pairs)
    sources = _sources(first, second, found)
    joined = first.model_copy(
        update={
            "documents": (*first.documents, *second.documents),
            "made": _making(first.made, second.made),
            "battle": battle,
            "sources": sources,
            "entities": entities,
            "events": (*first.events, *second.events),
            "claims": (*first.claims, *second.claims),
            "questions": (*first.questions, *_labelled(first, second)),
            "gaps": _gaps(first, second),
            "findings": (),
            "ignore": tuple(dict.fromkeys((*first.ignore, *second.ignore))),
        }
    ).with_texts(*first.texts, *second.texts)
    pairs = found.pairs
    return cross_questions(told_apart(joined), second, pairs.entities, pairs.sides, pairs.sources)


def _making(one: Making, two: Making) -> Making:
    by = "; ".join(dict.fromkeys(filter(None, (one.by, two.by))))
    return Making.here(by, {**two.parents, **one.parents})


# ---- identifiers


@dataclass(frozen=True)
class _Found:
    """The renaming of the second record, and the pairs left to ask."""

    renaming: Renaming
    pairs: _Pairs
    same_work: dict[str, str]

    @classmethod
    def of(cls, first: Dossier, second: Dossier) -> _Found:
        entities = match_entities(first, second)
        sides = match_sides(first, second, entities)
        works = match_sources(_cited(first), _cited(second))
        taken = {part: {r.id for r in getattr(first, part)} for part in _PARTS}
        # A path names sides and entities alike: a new side must not take an entity's name.
        names = {side.id for side in first.battle.sides}
        side_map = dict(sides.same)
        for side in second.battle.sides:
            if side.id not in side_map:
                side_map[side.id] = fresh(side.id, names | set(side_map.values()))
        by = {part: _free(getattr(second, part), taken[part], part) for part in _PARTS}
        by["entities"] = _free(second.entities, taken["entities"], "entities", entities.same)
        renaming = Renaming(
            entities=by["entities"], sides=side_map, sources=by["sources"], claims=by["claims"],
            events=by["events"], questions=by["questions"], gaps=by["gaps"],
        )  # fmt: skip
        pairs = _Pairs(
            _moved(entities, by["entities"]), _moved(sides, side_map), _moved(works, by["sources"])
        )
        return cls(renaming, pairs, {by["sources"].get(b, b): a for b, a in works.same.items()})


_PARTS = ("entities", "sources", "claims", "events", "questions", "gaps")


def _moved(match: Match, names: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((names.get(b, b), a) for b, a in match.asked)


def _free(
    records: Iterable[object], taken: set[str], part: str, same: dict[str, str] | None = None
) -> dict[str, str]:
    """New identifiers for those of a part; numbered ones are numbered on."""
    same = dict(same or {})
    names = dict(same)
    used = set(taken)
    count = len(taken)
    for record in records:
        key = str(getattr(record, "id"))  # noqa: B009 - records of six kinds, all with an id
        if key in names:
            continue
        if key in used and part in ("claims", "gaps") and key[1:].isdigit():
            while f"{key[0]}{count}" in used or count == 0:
                count += 1
            names[key] = f"{key[0]}{count}"
        else:
            names[key] = fresh(key, used)
        used.add(names[key])
    return names


def _cited(dossier: Dossier) -> Dossier:
    """The record without its documents among the sources: they are not works that are cited."""
    voices = {entity.id for entity in dossier.entities if entity.kind == "narrator"}
    sources = tuple(source for source in dossier.sources if source.id not in voices)
    return dossier.model_copy(update={"sources": sources})


# ---- parts


def _entities(first: Dossier, second: Dossier, pairs: _Pairs) -> tuple[Entity, ...]:
    """One entity for those of one name, with the names and roles of both."""
    others = {entity.id: entity for entity in second.entities}
    asked: dict[str, list[str]] = {}
    for one, two in pairs.entities:
        asked.setdefault(one, []).append(two)
        asked.setdefault(two, []).append(one)
    made = [
        _one(entity, others.pop(entity.id)) if entity.id in others else entity
        for entity in first.entities
    ]
    made += list(others.values())
    return tuple(
        entity.model_copy(
            update={"maybe_same_as": tuple(dict.fromkeys((*entity.maybe_same_as, *more)))}
        )
        if (more := asked.get(entity.id))
        else entity
        for entity in made
    )


def _one(one: Entity, two: Entity) -> Entity:
    forms = {name.text for name in one.names}
    said = {role.text for role in one.roles}
    return one.model_copy(
        update={
            "names": (*one.names, *(n for n in two.names if n.text not in forms)),
            "roles": (*one.roles, *(r for r in two.roles if r.text not in said)),
            "side": one.side or two.side,
            "interest": one.interest or two.interest,
            "reliability": one.reliability or two.reliability,
            "same_as": tuple(dict.fromkeys((*one.same_as, *two.same_as))),
            "maybe_same_as": tuple(
                name for name in dict.fromkeys((*one.maybe_same_as, *two.maybe_same_as))
                if name != one.id
            ),
            "coordinates": one.coordinates or two.coordinates,
            "anchor": one.anchor or two.anchor,
        }
    )  # fmt: skip


def _sources(first: Dossier, second: Dossier, found: _Found) -> tuple[Source, ...]:
    """The works of both; one that the first record has already points to it."""
    same = found.same_work
    linked = tuple(
        source.model_copy(update={"same_work": same[source.id]}) if source.id in same else source
        for source in second.sources
    )
    # What pointed to a work that is itself one of the first record's points there directly.
    again = tuple(
        source.model_copy(update={"same_work": same[source.same_work]})
        if source.same_work in same and source.id not in same
        else source
        for source in linked
    )
    return (*first.sources, *again)


def _battle(one: Battle, two: Battle) -> Battle:
    sides = {side.id: side for side in one.sides}
    for side in two.sides:
        sides[side.id] = _side(sides[side.id], side) if side.id in sides else side
    attacker = one.attacker or two.attacker
    if one.attacker and two.attacker and one.attacker != two.attacker:
        attacker = None  # the claims say both; a question asks
    return one.model_copy(
        update={
            "title": one.title or two.title,
            "part_of": one.part_of or two.part_of,
            "when": _when(one.when, two.when),
            "places": tuple(dict.fromkeys((*one.places, *two.places))),
            "region": one.region or two.region,
            "sides": tuple(sides.values()),
            "attacker": attacker,
            "result": one.result or two.result,
        }
    )


def _side(one: SideRecord, two: SideRecord) -> SideRecord:
    return one.model_copy(
        update={
            name: tuple(dict.fromkeys((*getattr(one, name), *getattr(two, name))))
            for name in ("entities", "commanders", "leaders")
        }
    )


def _when(one: When | None, two: When | None) -> When | None:
    """The first date, or the second where it is more precise and lies within the first."""
    if one is None or two is None:
        return one or two
    try:
        a, b = parse_edtf(one.edtf), parse_edtf(two.edtf)
    except InputError:
        return one
    bounds = (a.earliest, a.latest, b.earliest, b.latest)
    if any(bound is None for bound in bounds) or (a.earliest, a.latest) == (b.earliest, b.latest):
        return one
    within = a.earliest <= b.earliest and b.latest <= a.latest  # type: ignore[operator]
    by_month = len(one.edtf.split("/")[0].lstrip("-").split("-")) < 3
    return two if within and by_month else one


def _labelled(first: Dossier, second: Dossier) -> tuple[Question, ...]:
    """The questions of the second record; a side that is called otherwise bears both names."""
    names = {side.id: side.name for side in first.battle.sides}

    def of(choice: Alternative) -> Alternative:
        name = names.get(choice.value, choice.label)
        if name == choice.label:
            return choice
        return choice.model_copy(update={"label": f"{choice.label} ({name})"})

    return tuple(
        question.model_copy(update={"alternatives": tuple(map(of, question.alternatives))})
        for question in second.questions
    )


def _gaps(first: Dossier, second: Dossier) -> tuple[Gap, ...]:
    """What neither document says: a gap of one that the other closes is none."""
    names = {side.id: side.name for side in first.battle.sides}
    called = {side.name: names[side.id] for side in second.battle.sides if side.id in names}
    theirs = []
    for gap in second.gaps:
        text = gap.text
        for old, new in called.items():
            text = text.replace(old, new)
        theirs.append(gap.model_copy(update={"text": text}))
    left = [gap for gap in first.gaps if not _closed(gap, second, theirs)]
    known = {(gap.about, gap.text) for gap in left}
    left += [
        gap
        for gap in theirs
        if (gap.about, gap.text) not in known and not _closed(gap, first, first.gaps)
    ]
    return tuple(left)


def _closed(gap: Gap, other: Dossier, others: Sequence[Gap]) -> bool:
    """Whether the other record says what is lacking here."""
    if any((more.about, more.text) == (gap.about, gap.text) for more in others):
        return False
    if not gap.about:
        led = {side.name for side in other.battle.sides if side.commanders}
        return any(gap.text == f"commander of {name}: not named" for name in led)
    paths = {claim.about.split("@")[0] for claim in other.claims if claim.about}
    lacking = any(more.about == gap.about for more in others)
    return not lacking and any(p == gap.about or p.startswith(gap.about + ".") for p in paths)
