"""Questions that arise between documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from inje.dossier._records import Alternative, Dossier, Question
from inje.dossier.merging._answers import copies, does_not_copy, fights_for, is_not_same, is_same
from inje.dossier.merging._copying import Agreement, agreement
from inje.dossier.merging._renaming import fresh

__all__ = ["cross_questions"]

_RIVAL = {"attacker": "Who attacked?", "instigator": "Who was behind it?", "winner": "Who won?"}
#: questions on certain words: in other words of the same kind another is asked
_OF_WORDS = frozenset({"pronoun", "voice", "category", "side", "number"})
#: more doubts of one kind than this are left to `maybe_same_as`, where `check` shows them all
_MOST = 8
Pairs = Sequence[tuple[str, str]]


def cross_questions(
    dossier: Dossier, added: Dossier, entities: Pairs, sides: Pairs, sources: Pairs
) -> Dossier:
    """The joined record with what its documents leave open between them.

    Parameters
    ----------
    dossier : the joined record.
    added : the record that was joined last, under its new identifiers.
    entities, sides, sources : pairs (of the added record, of the earlier one) to be asked.
    """
    dossier = _with_copying(dossier, added)
    questions = _rivals(dossier, _joined_questions(dossier.questions))
    taken = {question.id for question in questions}
    for question in (
        *_sides(dossier, sides),
        *_copying(dossier, added),
        *_identities(dossier, entities),
        *_works(dossier, sources),
    ):
        key = fresh(question.id, taken)
        taken.add(key)
        questions.append(question.model_copy(update={"id": key}))
    return _updated(dossier, questions=tuple(questions))


def _updated(dossier: Dossier, **parts: object) -> Dossier:
    return dossier.model_copy(update=parts).with_texts(*dossier.texts)


# ---- one question where both documents ask


def _joined_questions(questions: Iterable[Question]) -> list[Question]:
    """What both documents leave open as one question, with the alternatives of both."""
    found: list[Question] = []
    for question in questions:
        at = next(
            (i for i, other in enumerate(found) if _one_matter(other, question)),
            None,
        )
        if at is None:
            found.append(question)
        else:
            found[at] = _one_question(found[at], question)
    return found


def _one_matter(one: Question, two: Question) -> bool:
    """Whether two questions are one: on a cause, or in the same words."""
    if (one.topic, one.about) != (two.topic, two.about) or one.topic in _OF_WORDS:
        return False
    return two.about in _RIVAL or one.text == two.text


def _one_question(one: Question, two: Question) -> Question:
    alternatives = {a.value or a.label: a for a in one.alternatives}
    for more in two.alternatives:
        key = more.value or more.label
        known = alternatives.get(key)
        if known is None:
            alternatives[key] = more
        else:
            claims = tuple(dict.fromkeys((*known.claims, *more.claims)))
            alternatives[key] = known.model_copy(update={"claims": claims})
    answer = one.answer if one.answer is not None else two.answer
    return one.model_copy(update={"alternatives": tuple(alternatives.values()), "answer": answer})


def _rivals(dossier: Dossier, questions: list[Question]) -> list[Question]:
    """Ask where two documents name different attackers, instigators or winners."""
    names = _names(dossier)
    for about, text in _RIVAL.items():
        values: dict[str, list[str]] = defaultdict(list)
        for claim in dossier.claims:
            said = claim.value.best if claim.value is not None else None
            if claim.about == about and said is not None and claim.status != "rejected":
                values[str(said)].append(claim.id)
        if len(values) < 2:
            continue
        alternatives = tuple(
            Alternative(label=names.get(value, value), value=value, claims=tuple(claims))
            for value, claims in values.items()
        )
        asked = Question(
            id=fresh(f"q_{about}", {q.id for q in questions}),
            topic=about,
            text=text,
            about=about,
            alternatives=alternatives,
        )
        at = next((i for i, q in enumerate(questions) if q.about == about), None)
        if at is None:
            questions.append(asked)
        else:
            questions[at] = _one_question(questions[at], asked)
    return questions


def _names(dossier: Dossier) -> dict[str, str]:
    names = {entity.id: entity.name for entity in dossier.entities}
    return names | {side.id: side.name for side in dossier.battle.sides}


# ---- who is who


def _sides(dossier: Dossier, pairs: Pairs) -> Iterator[Question]:
    names = _names(dossier)
    by_side: dict[str, list[str]] = defaultdict(list)
    for one, two in pairs:
        by_side[one].append(two)
    for one, several in by_side.items():
        own = Alternative(label="a side of its own", value=is_not_same(one, several[0]))
        yield Question(
            id=f"q_side_{one}"[:110],
            topic="side",
            text=f"On which side does {names.get(one, one)} fight?",
            alternatives=(
                *(Alternative(label=names.get(t, t), value=fights_for(one, t)) for t in several),
                own,
            ),
        )


def _identities(dossier: Dossier, pairs: Pairs) -> Iterator[Question]:
    entities = {entity.id: entity for entity in dossier.entities}
    for one, two in pairs[:_MOST]:
        a, b = entities[one], entities[two]
        yield Question(
            id="q_identity",
            topic="identity",
            text=f"Are {b.name} and {a.name} the same {a.kind}?",
            alternatives=(
                Alternative(label="two different ones", value=is_not_same(one, two)),
                Alternative(label="the same", value=is_same(one, two)),
            ),
            anchor=a.anchor,
        )


def _works(dossier: Dossier, pairs: Pairs) -> Iterator[Question]:
    sources = {source.id: source for source in dossier.sources}
    for one, two in pairs[:_MOST]:
        a, b = sources[one], sources[two]
        yield Question(
            id="q_same_work",
            topic="same-work",
            text=f"Is “{a.title[:90]}” the same work as “{b.title[:90]}”?",
            alternatives=(
                Alternative(label="the same work", value=is_same(one, two)),
                Alternative(label="two works", value=is_not_same(one, two)),
            ),
            anchor=a.anchor,
        )


# ---- copying


def _agreements(dossier: Dossier, added: Dossier) -> Iterator[tuple[str, str, Agreement]]:
    """(voice of the added document, voice of an earlier one, how far they agree)."""
    new = {info.id for info in added.documents}
    voice = _voices(dossier)
    for later in dossier.texts:
        for earlier in dossier.texts:
            if later.id in new and earlier.id not in new and {later.id, earlier.id} <= set(voice):
                yield voice[later.id], voice[earlier.id], agreement(earlier, later)


def _voices(dossier: Dossier) -> dict[str, str]:
    """The narrator of every document, where each has one."""
    voices = [entity.id for entity in dossier.entities if entity.kind == "narrator"]
    documents = [info.id for info in dossier.documents]
    return dict(zip(documents, voices, strict=True)) if len(voices) == len(documents) else {}


def _with_copying(dossier: Dossier, added: Dossier) -> Dossier:
    """Mark a document that shares much of its wording with an earlier one as a copy of it.

    To count one text twice would be the graver mistake, so this holds until it is answered.
    """
    copied: dict[str, tuple[float, str]] = {}
    for later, earlier, found in _agreements(dossier, added):
        if found.copied:
            copied[later] = max(copied.get(later, (0.0, "")), (found.share, earlier))
    sources = tuple(
        source.model_copy(update={"copies": copied[source.id][1]})
        if source.id in copied and source.copies is None
        else source
        for source in dossier.sources
    )
    return _updated(dossier, sources=sources)


def _copying(dossier: Dossier, added: Dossier) -> Iterator[Question]:
    titles = {source.id: source.title for source in dossier.sources}
    for later, earlier, found in _agreements(dossier, added):
        if not found.asked:
            continue
        until = " Until this is answered it counts as a copy." if found.copied else ""
        yield Question(
            id="q_copying",
            topic="copying",
            text=(
                f"{found.words} words of “{titles.get(later, later)}” ({later}) stand in the same "
                f"order in “{titles.get(earlier, earlier)}” ({earlier}), {found.share:.0%} of the "
                f"shorter text. Who copied whom?{until}"
            ),
            alternatives=(
                Alternative(label=f"{later} copies {earlier}", value=copies(later, earlier)),
                Alternative(label=f"{earlier} copies {later}", value=copies(earlier, later)),
                Alternative(label="neither", value=does_not_copy(later, earlier)),
            ),
            anchor=found.passage,
        )
