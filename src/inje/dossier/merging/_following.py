"""The parts of a record besides its claims, when a new draft goes into it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from pydantic import BaseModel

from inje.dossier._records import (
    AnchorRecord,
    Battle,
    Dossier,
    Entity,
    Event,
    Question,
    SideRecord,
    Source,
)
from inje.dossier.merging._realigning import Realignment

__all__ = ["followed_parts"]

R = TypeVar("R", bound=BaseModel)


def followed_parts(
    kept: Dossier, base: Dossier | None, draft: Dossier, document: str, moved: Realignment
) -> dict[str, Any]:
    """Battle, sources, entities, events, questions and gaps of the merged record.

    What a person changed stays; what nobody touched is what the new draft says; what only the
    new draft has comes behind.

    Parameters
    ----------
    kept : the corrected record.
    base : what the rules draft from its text, under its names; None where the text is lost.
    draft : what they draft from the new text, under its names.
    document : of which this is a draft.
    moved : the way of the anchors.
    """
    follow = _Follow(document, moved)
    old: dict[str, Any] = {
        part: {r.id: r for r in getattr(base, part)} if base is not None else None
        for part in ("sources", "entities")
    }
    return {
        "battle": _battle(kept.battle, base.battle if base else None, draft.battle),
        "sources": _merged(
            kept.sources, old["sources"], draft.sources, lambda s: s.id, _one_source, follow
        ),
        "entities": _merged(
            kept.entities, old["entities"], draft.entities, lambda e: e.id, _one_entity, follow
        ),
        "events": _listed(kept.events, base and base.events, draft.events, _event_key, follow),
        "questions": _listed(
            kept.questions, base and base.questions, draft.questions, _question_key, follow
        ),
        "gaps": _listed(
            kept.gaps, base and base.gaps, draft.gaps, lambda g: (g.about, g.text), follow
        ),
        "findings": (),
    }


class _Follow:
    """Moves the anchors of a record; those of other documents stay."""

    def __init__(self, document: str, moved: Realignment) -> None:
        self._document = document
        self._moved = moved

    def anchor(self, anchor: AnchorRecord | None) -> AnchorRecord | None:
        """The anchor in the new text; None where its words are gone."""
        if anchor is None or anchor.document not in ("", self._document):
            return anchor
        return self._moved.moved(anchor)

    def __call__(self, record: R) -> R:
        """A record with its own anchors moved."""
        update: dict[str, Any] = {}
        for name in type(record).model_fields:
            value = getattr(record, name)
            if isinstance(value, AnchorRecord):
                update[name] = self.anchor(value)
            elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
                update[name] = tuple(self(item) for item in value)
        return record.model_copy(update=update) if update else record


def _merged(
    kept: Iterable[R],
    old: dict[str, R] | None,
    draft: Iterable[R],
    key: Callable[[R], str],
    one: Callable[[R, R | None, R, _Follow], R],
    follow: _Follow,
) -> tuple[R, ...]:
    """Records with an identifier: none of a person is lost, none deleted by hand comes again."""
    new = {key(record): record for record in draft}
    found: list[R] = []
    for record in kept:
        name = key(record)
        there = new.pop(name, None)
        found.append(
            follow(record) if there is None else one(record, (old or {}).get(name), there, follow)
        )
    found += [record for name, record in new.items() if name not in (old or {})]
    return tuple(found)


def _chosen(
    kept: BaseModel, old: BaseModel | None, new: BaseModel, fields: Iterable[str]
) -> dict[str, Any]:
    """Field by field: a person's where it differs from the former draft, else the new draft's."""
    update = {}
    for name in fields:
        mine, theirs = getattr(kept, name), getattr(new, name)
        untouched = not mine if old is None else getattr(old, name) == mine
        update[name] = theirs if untouched else mine
    return update


def _one_source(kept: Source, old: Source | None, new: Source, follow: _Follow) -> Source:
    fields = ("title", "csl", "reliability", "interest", "copies", "same_work")
    update = _chosen(kept, old, new, fields)
    update["carries"] = tuple(dict.fromkeys((*kept.carries, *new.carries)))
    update["anchor"] = new.anchor or follow.anchor(kept.anchor)
    return kept.model_copy(update=update)


_OF_ENTITY = ("kind", "name", "side", "interest", "part_of", "reliability", "coordinates")


def _one_entity(kept: Entity, old: Entity | None, new: Entity, follow: _Follow) -> Entity:
    update = _chosen(kept, old, new, _OF_ENTITY)
    asked = () if old is None else old.maybe_same_as
    update |= {
        "names": _forms(kept.names, new.names, follow),
        "roles": _forms(kept.roles, new.roles, follow),
        # A pair that was asked before and is asked no longer was decided by a person.
        "maybe_same_as": tuple(
            dict.fromkeys((*kept.maybe_same_as, *(n for n in new.maybe_same_as if n not in asked)))
        ),
        "anchor": new.anchor or follow.anchor(kept.anchor),
    }
    decided = set(kept.same_as)
    update["maybe_same_as"] = tuple(n for n in update["maybe_same_as"] if n not in decided)
    return kept.model_copy(update=update)


def _forms(kept: tuple[Any, ...], new: tuple[Any, ...], follow: _Follow) -> tuple[Any, ...]:
    """Names or roles of both; one whose words are gone stays as a name without a place."""
    waiting = _by_key(new, lambda item: item.text)
    mine = [_taken(waiting, item.text) or follow(item) for item in kept]
    return (*mine, *(item for left in waiting.values() for item in left))


def _by_key(records: Iterable[R], key: Callable[[R], Hashable]) -> dict[Hashable, list[R]]:
    """Records by what they say, in order; several may say the same."""
    found: dict[Hashable, list[R]] = {}
    for record in records:
        found.setdefault(key(record), []).append(record)
    return found


def _taken(waiting: dict[Hashable, list[R]], name: Hashable) -> R | None:
    """The next record that says this, if one is left."""
    left = waiting.get(name)
    return left.pop(0) if left else None


def _battle(kept: Battle, old: Battle | None, new: Battle) -> Battle:
    fields = ("title", "part_of", "when", "places", "region", "attacker", "result")
    update = _chosen(kept, old, new, fields)
    former = {side.id: side for side in old.sides} if old is not None else {}
    theirs = {side.id: side for side in new.sides}
    sides = [_one_side(side, former.get(side.id), theirs.pop(side.id, None)) for side in kept.sides]
    update["sides"] = (*sides, *(s for key, s in theirs.items() if key not in former))
    return kept.model_copy(update=update)


def _one_side(kept: SideRecord, old: SideRecord | None, new: SideRecord | None) -> SideRecord:
    if new is None:
        return kept
    fields = ("name", "entities", "commanders", "leaders")
    return kept.model_copy(update=_chosen(kept, old, new, fields))


def _event_key(event: Event) -> Hashable:
    return event.label, event.when.edtf if event.when else ""


def _question_key(question: Question) -> Hashable:
    chosen = tuple(choice.value or choice.label for choice in question.alternatives)
    return question.topic, question.about, question.text, chosen


def _listed(
    kept: Iterable[Any],
    old: Iterable[Any] | None,
    draft: Iterable[Any],
    key: Callable[[Any], Hashable],
    follow: _Follow,
) -> tuple[Any, ...]:
    """Records known by what they say: a person's stay, the drafted ones follow the draft."""
    former = {key(record) for record in old} if old is not None else None
    new = _by_key(draft, key)
    found = []
    for record in kept:
        name = key(record)
        there = _taken(new, name)
        drafted = former is not None and name in former
        answered = getattr(record, "answer", None) is not None
        if there is not None:
            found.append(_going_on(record, there))
        elif not drafted or answered:
            found.append(follow(record))
    taken = {record.id for record in found}
    for name, left in new.items():
        if former is not None and name in former:
            continue  # deleted by hand
        for record in left:
            free = record.id if record.id not in taken else _numbered(record.id, taken)
            taken.add(free)
            found.append(record.model_copy(update={"id": free}))
    return tuple(found)


def _going_on(kept: Any, new: Any) -> Any:
    """The new draft of a record under its old identifier, with the answer that it has."""
    update: dict[str, Any] = {"id": kept.id}
    if isinstance(kept, Question):
        update["answer"] = kept.answer
        if kept.answer is not None:
            update["alternatives"] = kept.alternatives
    return new.model_copy(update=update)


def _numbered(key: str, taken: set[str]) -> str:
    stem = key.rstrip("0123456789") or key
    numbers = [
        int(n[len(stem) :]) for n in taken if n.startswith(stem) and n[len(stem) :].isdigit()
    ]
    return f"{stem}{max(numbers, default=1) + 1}"
