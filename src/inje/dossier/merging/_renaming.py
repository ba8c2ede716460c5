"""A record under other identifiers: every reference follows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel

from inje.dossier._records import (
    Alternative,
    AnchorRecord,
    Battle,
    Claim,
    Dossier,
    Entity,
    Event,
    Question,
    SideRecord,
    Source,
    Value,
)

__all__ = ["Renaming", "fresh", "renamed", "tagged"]

R = TypeVar("R", bound=BaseModel)
#: quantities whose values are sides, forces or people
_NAMING = frozenset({"control", "winner", "result", "attacker", "instigator", "decision"})


@dataclass(frozen=True)
class Renaming:
    """Old identifier -> new one, by the kind of record; what is missing keeps its own."""

    entities: Mapping[str, str] = field(default_factory=dict)
    sides: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    gaps: Mapping[str, str] = field(default_factory=dict)

    def who(self, name: str) -> str:
        """A side or an entity under its new name."""
        return self.sides.get(name, self.entities.get(name, name))

    def path(self, about: str) -> str:
        """An observable path, its sides, forces and places renamed."""
        body, at, date = about.partition("@")
        quantity, *parts = body.split(".")
        return ".".join((quantity, *map(self.who, parts))) + at + date

    def side(self, name: str | None) -> str | None:
        """A side under its new name."""
        return self.sides.get(name, name) if name is not None else None


def fresh(key: str, taken: Collection[str]) -> str:
    """The identifier itself, or with the first free number behind it."""
    name, n = key, 2
    while name in taken:
        name, n = f"{key}_{n}", n + 1
    return name


def _each(names: tuple[str, ...], known: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(known.get(name, name) for name in names))


def renamed(dossier: Dossier, by: Renaming) -> Dossier:
    """The record with other identifiers; its texts go with it."""
    update = {
        "battle": _battle(dossier.battle, by),
        "sources": tuple(_source(source, by) for source in dossier.sources),
        "entities": tuple(_entity(entity, by) for entity in dossier.entities),
        "events": tuple(_event(event, by) for event in dossier.events),
        "claims": tuple(_claim(claim, by) for claim in dossier.claims),
        "questions": tuple(_question(question, by) for question in dossier.questions),
        "gaps": tuple(
            gap.model_copy(update={"id": by.gaps.get(gap.id, gap.id), "about": by.path(gap.about)})
            for gap in dossier.gaps
        ),
        "findings": tuple(
            found.model_copy(update={"claims": _each(found.claims, by.claims)})
            for found in dossier.findings
        ),
    }
    return dossier.model_copy(update=update).with_texts(*dossier.texts)


def _battle(battle: Battle, by: Renaming) -> Battle:
    sides = tuple(
        SideRecord(
            id=by.sides.get(side.id, side.id),
            name=side.name,
            entities=_each(side.entities, by.entities),
            commanders=_each(side.commanders, by.entities),
            leaders=_each(side.leaders, by.entities),
        )
        for side in battle.sides
    )
    update = {
        "places": _each(battle.places, by.entities),
        "sides": sides,
        "attacker": by.who(battle.attacker) if battle.attacker else battle.attacker,
    }
    return battle.model_copy(update=update)


def _source(source: Source, by: Renaming) -> Source:
    update = {
        "id": by.sources.get(source.id, source.id),
        "interest": by.side(source.interest),
        "carries": _each(source.carries, by.entities),
        "copies": by.sources.get(source.copies or "", source.copies),
        "same_work": by.sources.get(source.same_work or "", source.same_work),
    }
    return source.model_copy(update=update)


def _entity(entity: Entity, by: Renaming) -> Entity:
    update = {
        "id": by.entities.get(entity.id, entity.id),
        "side": by.side(entity.side),
        "interest": by.side(entity.interest),
        "same_as": _each(entity.same_as, by.entities),
        "maybe_same_as": _each(entity.maybe_same_as, by.entities),
        "part_of": by.entities.get(entity.part_of or "", entity.part_of),
    }
    return entity.model_copy(update=update)


def _event(event: Event, by: Renaming) -> Event:
    update: dict[str, object] = {
        name: _each(getattr(event, name), by.events)
        for name in ("before", "after", "during", "causes")
    }
    update |= {
        "id": by.events.get(event.id, event.id),
        "where": _each(event.where, by.entities),
        "participants": tuple(dict.fromkeys(map(by.who, event.participants))),
        "claims": _each(event.claims, by.claims),
    }
    return event.model_copy(update=update)


def _claim(claim: Claim, by: Renaming) -> Claim:
    links = tuple(
        link.model_copy(update={"source": by.sources.get(link.source, link.source)})
        for link in claim.citations
    )
    update = {
        "id": by.claims.get(claim.id, claim.id),
        "holders": _each(claim.holders, by.entities),
        "about": by.path(claim.about) if claim.about else "",
        "counts": by.path(claim.counts) if claim.counts else "",
        "value": _value(claim, by),
        "addressees": _each(claim.addressees, by.entities),
        "citations": links,
        "restates": by.claims.get(claim.restates or "", claim.restates),
    }
    return claim.model_copy(update=update)


def _value(claim: Claim, by: Renaming) -> Value | None:
    value = claim.value
    if value is None or claim.about.split("@")[0].split(".")[0] not in _NAMING:
        return value
    said = {name: getattr(value, name) for name in ("low", "best", "high")}
    return value.model_copy(
        update={name: by.who(v) if isinstance(v, str) else v for name, v in said.items()}
    )


def _question(question: Question, by: Renaming) -> Question:
    alternatives = tuple(
        Alternative(
            label=alternative.label,
            value=_phrase(alternative.value, by),
            claims=_each(alternative.claims, by.claims),
        )
        for alternative in question.alternatives
    )
    answer = question.answer
    update = {
        "id": by.questions.get(question.id, question.id),
        "about": by.path(question.about) if question.about else "",
        "alternatives": alternatives,
        "answer": _phrase(answer, by) if answer is not None else None,
    }
    return question.model_copy(update=update)


def _phrase(value: str, by: Renaming) -> str:
    """The value of an alternative: a name, or words about names ("a is b")."""
    names = {**by.sources, **by.entities, **by.sides}
    return " ".join(names.get(word, word) for word in value.split(" "))


def tagged(dossier: Dossier, document: str) -> Dossier:
    """The record with this document named in every anchor that names none."""

    def of(record: R) -> R:
        update: dict[str, object] = {}
        for name in type(record).model_fields:
            value = getattr(record, name)
            if isinstance(value, AnchorRecord):
                if not value.document:
                    update[name] = value.model_copy(update={"document": document})
            elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
                update[name] = tuple(map(of, value))
        return record.model_copy(update=update) if update else record

    parts = ("sources", "entities", "events", "claims", "questions", "findings")
    update = {part: tuple(map(of, getattr(dossier, part))) for part in parts}
    return dossier.model_copy(update=update).with_texts(*dossier.texts)
