"""From a document to a drafted record: the rules in their order."""

from __future__ import annotations

from collections import defaultdict

from inje.document import Document
from inje.dossier._records import (
    AnchorRecord,
    Battle,
    Coordinates,
    DocumentInfo,
    Dossier,
    Entity,
    Making,
    Name,
    Role,
    SideRecord,
    Source,
)
from inje.dossier.drafting._attribution import attributed
from inje.dossier.drafting._box import box_hints, box_mentions
from inje.dossier.drafting._boxtallies import box_tallies
from inje.dossier.drafting._dates import Chronicle, when_of
from inje.dossier.drafting._deeds import deed_claims, events_of
from inje.dossier.drafting._desk import NARRATOR, Desk
from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._frame import battle_places, frame_claims, title_of
from inje.dossier.drafting._gaps import gaps_of
from inje.dossier.drafting._locations import locate
from inje.dossier.drafting._mentions import lexis_of, mentions_in
from inje.dossier.drafting._passages import Passages
from inje.dossier.drafting._questions import draft_questions
from inje.dossier.drafting._references import references_of
from inje.dossier.drafting._restated import with_restatements
from inje.dossier.drafting._result import result_claims, result_text
from inje.dossier.drafting._roles import found_roles
from inje.dossier.drafting._said import attributed_claims, role_claims
from inje.dossier.drafting._scope import scoped
from inje.dossier.drafting._side_words import SideWords
from inje.dossier.drafting._sides import find_sides
from inje.dossier.drafting._subjects import Subjects
from inje.dossier.drafting._tallies import prose_tallies
from inje.dossier.drafting._winners import winner_claims

__all__ = ["draft_record"]


def draft_record(document: Document) -> Dossier:
    """Draft the record of the battle that one document tells.

    Rules only: what they cannot decide becomes a question, never a silent choice.

    Raises
    ------
    DocumentError : the document names no armed sides.
    """
    desk = _desk(document)
    frame_claims(desk)
    result_claims(desk)
    role_claims(desk)
    deed_claims(desk)
    words = SideWords(desk)
    winner_claims(desk, words)
    prose_tallies(desk, words)
    box_tallies(desk)
    desk.claims[:] = scoped(desk.claims)
    attributed_claims(desk)
    events_of(desk)
    draft_questions(desk)
    return _dossier(desk)


def _desk(document: Document) -> Desk:
    passages = Passages(document)
    boxed = box_mentions(document)
    lexis = lexis_of(passages.sentences, (m.text for m in boxed if m.kind == "person"))
    mentions = [m for s in passages.sentences for m in mentions_in(s, lexis)]
    mentions += boxed
    hints = box_hints(document)
    register = Register(passages, mentions)
    roles = found_roles(passages, register)
    sides = find_sides(document, passages, register, roles, hints)
    subjects = Subjects(passages, register)
    clauses = attributed(passages, register, subjects)
    chronicle = Chronicle(document, passages)
    return Desk(
        document, passages, register, sides, roles, clauses, chronicle, references_of(document)
    )


def _dossier(desk: Desk) -> Dossier:
    lead_end = next((b.start for b in desk.document.blocks if b.kind == "heading"), 0)
    fought_at = battle_places(desk)
    places = [named.key for named in fought_at]
    located = locate(desk, fought_at)
    claims = with_restatements(desk.claims, desk.document.to_original(lead_end) if lead_end else 0)
    duties = _duties(desk)
    commanders = {side: duties[side, "commander"] for side in desk.sides.by_key}
    dossier = Dossier(
        made=Making.here("rules", {desk.document.uri or "-": desk.document.sha256}),
        documents=(_info(desk.document),),
        battle=_battle(desk, places, duties),
        sources=tuple(_carrying(desk)),
        entities=tuple(_entities(desk, located)),
        events=tuple(desk.events),
        claims=tuple(claims),
        questions=tuple(desk.questions),
        gaps=tuple(gaps_of(desk, commanders, places)),
    )
    return dossier.with_texts(desk.document)


def _info(document: Document) -> DocumentInfo:
    return DocumentInfo(
        id=document.id,
        title=document.title,
        uri=document.uri,
        sha256=document.sha256,
        licence=document.licence,
        retrieved=document.retrieved,
        media_type=document.media_type,
    )


def _duties(desk: Desk) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for role in desk.roles:
        if (
            role.duty
            and role.person.side
            and role.person.key not in found[role.person.side, role.duty]
        ):
            found[role.person.side, role.duty].append(role.person.key)
    for named in desk.register.kind("person"):
        box = next((m for m in named.mentions if m.sentence < 0), None)
        if box is not None and named.side and named.key not in found[named.side, "commander"]:
            found[named.side, "commander"].append(named.key)
    return defaultdict(tuple, {key: tuple(keys) for key, keys in found.items()})


def _battle(
    desk: Desk, places: list[str], duties: dict[tuple[str, str], tuple[str, ...]]
) -> Battle:
    document = desk.document
    rows = {b.label: document.block_text(b).strip() for b in document.blocks if b.kind == "infobox"}
    attackers = {c.value.best for c in desk.claims if c.about == "attacker" and c.value is not None}
    sides = tuple(
        SideRecord(
            id=side.key,
            name=side.name,
            entities=tuple(
                n.key
                for n in desk.register.all.values()
                if n.side == side.key and n.kind == "group"
            ),
            commanders=duties[side.key, "commander"],
            leaders=duties[side.key, "leader"],
        )
        for side in desk.sides.all
    )
    return Battle(
        title=title_of(desk),
        part_of=rows.get("part_of", rows.get("campaign", "")),
        when=when_of(desk.chronicle.battle) if desk.chronicle.battle else None,
        places=tuple(places),
        region=rows.get("place", ""),
        sides=sides,
        attacker=str(attackers.pop()) if len(attackers) == 1 else None,
        result=result_text(desk),
    )


def _carrying(desk: Desk) -> list[Source]:
    """The works, each with the entities whose words it passes on."""
    carried: dict[str, list[str]] = defaultdict(list)
    for claim in desk.claims:
        for link in claim.citations:
            for holder in claim.holders[1:]:
                if holder not in carried[link.source]:
                    carried[link.source].append(holder)
    return [
        reference.source.model_copy(update={"carries": tuple(carried[reference.source.id])})
        for reference in desk.references
    ]


def _entities(desk: Desk, located: dict[str, Coordinates]) -> list[Entity]:
    narrator = Entity(id=NARRATOR, kind="narrator", name=f"the article {desk.document.title!r}")
    named = [
        _entity(desk, n).model_copy(update={"coordinates": located.get(n.key)})
        for n in desk.register.all.values()
    ]
    return [narrator, *named, *(_unnamed(desk, n) for n in desk.made.values())]


def _entity(desk: Desk, named: Named) -> Entity:
    names: dict[str, Name] = {}
    # a name is shown where the box has it, before other places
    for mention in sorted(named.mentions, key=lambda m: (not _in_column(desk, m.start), m.start)):
        anchor = desk.anchor(mention.start, mention.end)
        names.setdefault(mention.text, Name(text=" ".join(mention.text.split()), anchor=anchor))
    roles = tuple(
        Role(text=role.text, anchor=_anchor(desk, role.start, role.end))
        for role in desk.roles
        if role.person is named
    )
    return Entity(
        id=named.key,
        kind=named.kind,
        name=" ".join(named.name.split()),
        names=tuple(names.values()),
        roles=roles,
        side=named.side,
        interest=named.side,
        maybe_same_as=tuple(sorted(named.maybe)),
        part_of=named.owner if named.owner in desk.made else None,
        anchor=_anchor(desk, named.mentions[0].start, named.mentions[0].end),
    )


def _in_column(desk: Desk, position: int) -> bool:
    """Whether a place in the text lies in a row of sides or commanders."""
    return any(start <= position < end for start, end in desk.columns)


def _unnamed(desk: Desk, named: Named) -> Entity:
    return Entity(
        id=named.key, kind="group", name=named.name, anchor=_anchor(desk, *desk.spans[named.key])
    )


def _anchor(desk: Desk, start: int, end: int) -> AnchorRecord:
    return desk.anchor(start, end)
