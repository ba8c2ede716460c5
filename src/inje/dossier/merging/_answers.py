"""Answers that take effect: a question between documents, once answered, changes the record.

The value of an alternative is a short sentence about identifiers, the same that a person reads
in the file: `a is b`, `a is not b`, `a fights for b` (of sides), `a copies b`, `a does not copy b`.
"""

from __future__ import annotations

from collections import defaultdict

from inje.dossier._records import Dossier, Entity, SideRecord, Source
from inje.dossier.merging._renaming import Renaming, renamed

__all__ = ["copies", "does_not_copy", "fights_for", "is_not_same", "is_same", "settled"]


def is_same(one: str, two: str) -> str:
    """The answer that two identifiers name one thing."""
    return f"{one} is {two}"


def is_not_same(one: str, two: str) -> str:
    """The answer that they do not."""
    return f"{one} is not {two}"


def fights_for(one: str, two: str) -> str:
    """The answer that a side of one document is a side of another."""
    return f"{one} fights for {two}"


def copies(one: str, two: str) -> str:
    """The answer that the first document copies the second."""
    return f"{one} copies {two}"


def does_not_copy(one: str, two: str) -> str:
    """The answer that the two documents do not depend on each other."""
    return f"{one} does not copy {two}"


def settled(dossier: Dossier) -> Dossier:
    """The record with the answers of its questions in force; said twice, it changes nothing.

    Also a decided identity becomes mutual: where one entity names another in `same_as`, the other
    names the one.
    """
    for question in dossier.questions:
        words = (question.answer or "").split(" ")
        dossier = _applied(dossier, words)
    return _mutual(dossier)


def _applied(dossier: Dossier, words: list[str]) -> Dossier:
    if len(words) == 3 and words[1] == "is":
        return _identified(dossier, words[0], words[2])
    if len(words) == 4 and words[1:3] == ["is", "not"]:
        return _parted(dossier, words[0], words[3])
    if len(words) == 4 and words[1:3] == ["fights", "for"]:
        sides = {side.id for side in dossier.battle.sides}
        both = {words[0], words[3]} <= sides and words[0] != words[3]
        return _one_side(dossier, words[0], words[3]) if both else dossier
    if len(words) == 3 and words[1] == "copies":
        return _source(dossier, words[0], copies=words[2])
    if len(words) == 5 and words[1:4] == ["does", "not", "copy"]:
        freed = _source(dossier, words[0], copies=None)
        return _source(freed, words[4], copies=None)
    return dossier


def _identified(dossier: Dossier, one: str, two: str) -> Dossier:
    if {one, two} <= {source.id for source in dossier.sources}:
        return _source(dossier, one, same_work=two)
    return _entities(dossier, one, two, same=True)


def _parted(dossier: Dossier, one: str, two: str) -> Dossier:
    if {one, two} <= {source.id for source in dossier.sources}:
        return _source(dossier, one, same_work=None)
    return _entities(dossier, one, two, same=False)


def _one_side(dossier: Dossier, one: str, two: str) -> Dossier:
    """Side `one` becomes side `two`, everywhere."""
    known = {side.id: side for side in dossier.battle.sides}
    a, b = known[one], known[two]
    joined = SideRecord(
        id=b.id,
        name=b.name,
        entities=tuple(dict.fromkeys((*b.entities, *a.entities))),
        commanders=tuple(dict.fromkeys((*b.commanders, *a.commanders))),
        leaders=tuple(dict.fromkeys((*b.leaders, *a.leaders))),
    )
    sides = tuple(joined if s.id == two else s for s in dossier.battle.sides if s.id != one)
    battle = dossier.battle.model_copy(update={"sides": sides})
    without = dossier.model_copy(update={"battle": battle}).with_texts(*dossier.texts)
    # The question keeps its own words, so that the answer still says what was decided.
    made = renamed(without, Renaming(sides={one: two}))
    return made.model_copy(update={"questions": dossier.questions}).with_texts(*dossier.texts)


def _source(dossier: Dossier, key: str, **update: str | None) -> Dossier:
    others = {source.id for source in dossier.sources}
    if any(
        value is not None and (value not in others or value == key) for value in update.values()
    ):
        return dossier
    sources = tuple(
        source.model_copy(update=update) if source.id == key else source
        for source in dossier.sources
    )
    back = {source.id: source for source in sources}
    for field, value in update.items():
        if value is not None and getattr(back[value], field) == key:
            # The other way round before: the newer answer stands, and no circle remains.
            sources = tuple(
                s.model_copy(update={field: None}) if s.id == value else s for s in sources
            )
    return _with(dossier, sources=sources)


def _entities(dossier: Dossier, one: str, two: str, *, same: bool) -> Dossier:
    def of(entity: Entity) -> Entity:
        other = {one: two, two: one}.get(entity.id)
        if other is None:
            return entity
        known = tuple(name for name in entity.same_as if name != other)
        asked = tuple(name for name in entity.maybe_same_as if name != other)
        decided = (*known, other) if same else known
        return entity.model_copy(update={"same_as": decided, "maybe_same_as": asked})

    if not {one, two} <= {entity.id for entity in dossier.entities}:
        return dossier
    return _with(dossier, entities=tuple(map(of, dossier.entities)))


def _mutual(dossier: Dossier) -> Dossier:
    named: dict[str, set[str]] = defaultdict(set)
    known = {entity.id for entity in dossier.entities}
    for entity in dossier.entities:
        for other in entity.same_as:
            if other in known and other != entity.id:
                named[other].add(entity.id)
    lacking = {key: names for key, names in named.items() if names}
    if not lacking:
        return dossier
    entities = tuple(
        entity.model_copy(
            update={
                "same_as": tuple(
                    dict.fromkeys((*entity.same_as, *sorted(lacking.get(entity.id, ()))))
                )
            }
        )
        for entity in dossier.entities
    )
    return _with(dossier, entities=entities)


def _with(
    dossier: Dossier,
    sources: tuple[Source, ...] | None = None,
    entities: tuple[Entity, ...] | None = None,
) -> Dossier:
    update: dict[str, object] = {}
    if sources is not None:
        update["sources"] = sources
    if entities is not None:
        update["entities"] = entities
    return dossier.model_copy(update=update).with_texts(*dossier.texts)
