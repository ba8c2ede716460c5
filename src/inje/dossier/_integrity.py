"""Faults between the parts of a dossier: references that point nowhere, quotes off their span."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from inje.chronology import parse_edtf
from inje.dossier._faults import RecordFault
from inje.dossier._paths import ObservablePath
from inje.dossier._records import Claim, Dossier, Source, Value, When
from inje.errors import InputError, PathError

__all__ = ["dossier_faults"]


def dossier_faults(dossier: Dossier) -> Iterator[RecordFault]:
    """Everything that is wrong between records that are valid one by one."""
    yield from _duplicates(dossier)
    yield from _date_faults(dossier)
    entities = {entity.id for entity in dossier.entities}
    sources = {source.id for source in dossier.sources}
    claims = {claim.id for claim in dossier.claims}
    for i, claim in enumerate(dossier.claims):
        yield from _claim_faults(("claims", i), claim, entities, sources, claims)
        yield from _about_faults(("claims", i), claim, dossier)
        yield from _value_faults(("claims", i, "value"), claim.value)
    yield from _circles(dossier.claims, "claims", "restates")
    yield from _circles(dossier.sources, "sources", "copies")
    yield from _circles(dossier.sources, "sources", "same_work")
    for i, question in enumerate(dossier.questions):
        for j, alternative in enumerate(question.alternatives):
            for k, claim in enumerate(alternative.claims):
                if claim not in claims:
                    yield _unknown(("questions", i, "alternatives", j, "claims", k), claim, "claim")


def _unknown(location: tuple[str | int, ...], name: str, kind: str) -> RecordFault:
    return (
        location,
        f"{name!r} is no {kind} of this dossier",
        f"the id of a {kind}",
        f"correct it, or add the {kind}",
    )


def _duplicates(dossier: Dossier) -> Iterator[RecordFault]:
    for part in ("sources", "entities", "events", "claims", "questions", "gaps"):
        records = getattr(dossier, part)
        counts = Counter(record.id for record in records)
        seen: set[str] = set()
        for i, record in enumerate(records):
            if counts[record.id] > 1 and record.id in seen:
                what = f"the id {record.id!r} is used {counts[record.id]} times"
                yield ((part, i, "id"), what, "an id of its own", "rename one")
            seen.add(record.id)


def _claim_faults(
    at: tuple[str | int, ...], claim: Claim, entities: set[str], sources: set[str], claims: set[str]
) -> Iterator[RecordFault]:
    for j, holder in enumerate(claim.holders):
        if holder not in entities:
            yield _unknown((*at, "holders", j), holder, "entity")
    for j, link in enumerate(claim.citations):
        if link.source not in sources:
            yield _unknown((*at, "citations", j, "source"), link.source, "source")
    if claim.restates is not None and claim.restates not in claims:
        yield _unknown((*at, "restates"), claim.restates, "claim")


def _about_faults(
    at: tuple[str | int, ...], claim: Claim, dossier: Dossier
) -> Iterator[RecordFault]:
    if not claim.about:
        return
    try:
        path = ObservablePath.parse(claim.about)
    except PathError as error:
        fault = error.faults[0]
        yield ((*at, "about"), fault.what, fault.allowed, fault.remedy)
        return
    known = {entity.id for entity in dossier.entities} | {s.id for s in dossier.battle.sides}
    free = path.quantity in ("arrival", "report", "order", "rate")
    if path.parts and not free and path.parts[0] not in known:
        yield (
            (*at, "about"),
            f"{claim.about!r} names nothing: {path.parts[0]!r} is no side or entity",
            ", ".join(sorted(known)[:12]),
            "correct the path, or leave `about` empty",
        )


def _date_faults(dossier: Dossier) -> Iterator[RecordFault]:
    """Dates that are no dates."""
    dated: list[tuple[tuple[str | int, ...], When | None]] = [(("battle",), dossier.battle.when)]
    dated += [(("events", i), event.when) for i, event in enumerate(dossier.events)]
    dated += [(("claims", i), claim.when) for i, claim in enumerate(dossier.claims)]
    for at, when in dated:
        for field in ("edtf", "earliest", "latest") if when else ():
            said = getattr(when, field)
            try:
                if said or field == "edtf":
                    parse_edtf(said)
            except InputError as error:
                fault = error.faults[0]
                yield ((*at, "when", field), fault.what, fault.allowed, fault.remedy)


def _value_faults(at: tuple[str | int, ...], value: Value | None) -> Iterator[RecordFault]:
    """Bounds in the wrong order, as far as they are numbers."""
    ends = (value.low, value.high) if value else ()
    numbers = [end for end in ends if isinstance(end, int | float)]
    if len(numbers) == 2 and numbers[0] > numbers[1]:
        what = f"low {numbers[0]:g} is above high {numbers[1]:g}"
        yield ((*at, "low"), what, "low at most high", "exchange or correct them")


def _circles(
    records: tuple[Claim, ...] | tuple[Source, ...], part: str, field: str
) -> Iterator[RecordFault]:
    """Chains of one link each that come back to where they began."""
    link = {record.id: getattr(record, field) for record in records}
    reported: set[str] = set()
    for i, record in enumerate(records):
        chain, here = [record.id], link[record.id]
        while here is not None and here in link and here not in chain:
            chain.append(here)
            here = link[here]
        if here == record.id and record.id not in reported:
            reported.update(chain)
            circle = " -> ".join((*chain, record.id))
            yield (
                (part, i, field),
                f"{field} goes in a circle: {circle}",
                "a chain that ends",
                "remove one of these links",
            )
