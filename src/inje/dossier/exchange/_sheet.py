"""The record of one event of a table, while it is written."""

from __future__ import annotations

from dataclasses import dataclass, field

from inje.chronology import parse_edtf
from inje.document import Block, Document, Run
from inje.dossier._records import (
    AnchorRecord,
    Battle,
    CitationLink,
    Claim,
    ClaimKind,
    Coordinates,
    DocumentInfo,
    Dossier,
    Entity,
    Making,
    Question,
    SideRecord,
    Source,
    Value,
    When,
)
from inje.dossier.drafting._entities import slug
from inje.dossier.exchange._rows import Cell, Row
from inje.dossier.merging._renaming import fresh
from inje.errors import DocumentError, InputError

__all__ = ["Sheet", "day_of", "document_of", "refuse_reversed"]

NARRATOR = "narrator"


def document_of(text: str, rows: list[Row], uri: str, name: str, media_type: str) -> Document:
    """A table as a document: its text unchanged, a block a row."""
    blocks = []
    for row in rows:
        cells = sorted(row.values(), key=lambda cell: cell.start)
        if not blocks or cells[0].start >= blocks[-1].end:
            end = max(cell.end for cell in cells)
            blocks.append(Block("table", cells[0].start, end))
    return Document(
        id=slug(name).replace("_", "-"),
        title=name,
        uri=uri,
        media_type=media_type,
        original=text,
        text=text,
        runs=(Run(0, 0, len(text)),),
        blocks=tuple(blocks),
    )


def day_of(day: str, cell: Cell, sheet: Sheet, like: str) -> str:
    """A day, if the calendar has it.

    Raises
    ------
    DocumentError : it does not.
    """
    try:
        parse_edtf(day)
    except InputError:
        came = f"{cell.text!r} is no date"
        raise DocumentError(sheet.at(cell), came, f"like {like}", "mend the row") from None
    return day


def refuse_reversed(start: tuple[Cell, str], end: tuple[Cell, str], sheet: Sheet) -> None:
    """Refuse a last day, in EDTF and with its cell, that lies before the first one.

    Raises
    ------
    DocumentError : it does.
    """
    (begun, first), (ended, last) = start, end
    if parse_edtf(last).latest < parse_edtf(first).earliest:
        came = f"{ended.text!r} lies before {begun.text!r}"
        raise DocumentError(sheet.at(ended), came, "an end after the start", "mend the row")


@dataclass
class Sheet:
    """One event: entities, sources and claims as they are found in the cells of its rows."""

    document: Document
    title: str
    teller: str
    entities: list[Entity] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    sides: list[SideRecord] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    when: When | None = None
    citations: tuple[CitationLink, ...] = ()
    holders: tuple[str, ...] = (NARRATOR,)

    def anchor(self, cell: Cell) -> AnchorRecord:
        """Where a cell stands."""
        quote = self.document.original[cell.start : cell.end]
        return AnchorRecord(start=cell.start, end=cell.end, quote=quote)

    def at(self, cell: Cell) -> str:
        """File and line of a cell, for a complaint."""
        line = self.document.original.count("\n", 0, cell.start) + 1
        return f"{self.document.uri}:{line}"

    def entity(self, kind: str, cell: Cell, side: str | None = None) -> str:
        """A person, group or place that a cell names; a name is one entity."""
        name = " ".join(cell.text.split())
        for known in self.entities:
            if (known.kind, known.name) == (kind, name):
                return known.id
        key = fresh(slug(name), {e.id for e in self.entities} | {NARRATOR})
        self.entities.append(
            Entity.model_validate(
                {
                    "id": key, "kind": kind, "name": name, "side": side, "interest": side,
                    "anchor": self.anchor(cell),
                }
            )
        )  # fmt: skip
        return key

    def place(self, cell: Cell, coordinates: Coordinates | None) -> str:
        """A place of the battle that a cell names."""
        key = self.entity("place", cell)
        self.entities = [
            e.model_copy(update={"coordinates": coordinates}) if e.id == key else e
            for e in self.entities
        ]
        if key not in self.places:
            self.places.append(key)
        return key

    def side(self, cell: Cell) -> str:
        """A side that a cell names, with the group that bears its name."""
        name = " ".join(cell.text.split())
        for known in self.sides:
            if known.name == name:
                return known.id
        key = fresh(slug(name), {side.id for side in self.sides})
        group = self.entity("group", cell, key)
        self.sides.append(SideRecord(id=key, name=name, entities=(group,)))
        return key

    def claim(
        self,
        cell: Cell,
        rule: str,
        about: str = "",
        value: Value | None = None,
        *,
        summary: str = "",
        when: When | None = None,
        kind: ClaimKind = "fact",
    ) -> str:
        """A claim that stands in a cell."""
        key = f"c{len(self.claims) + 1}"
        self.claims.append(
            Claim(
                id=key, kind=kind, holders=self.holders, about=about, value=value, when=when,
                summary=summary or cell.text[:200], anchor=self.anchor(cell), rule=rule,
                citations=self.citations,
            )
        )  # fmt: skip
        return key

    def dossier(self, made_by: str) -> Dossier:
        """The record."""
        text = self.document
        info = DocumentInfo(
            id=text.id, title=text.title, uri=text.uri, sha256=text.sha256,
            media_type=text.media_type,
        )  # fmt: skip
        narrator = Entity(id=NARRATOR, kind="narrator", name=self.teller)
        battle = Battle(
            title=self.title, when=self.when, places=tuple(self.places), sides=tuple(self.sides)
        )
        made = Dossier(
            made=Making.here(made_by, {text.uri or text.id: text.sha256}),
            documents=(info,),
            battle=battle,
            sources=tuple(self.sources),
            entities=(narrator, *self.entities),
            claims=tuple(self.claims),
            questions=tuple(self.questions),
        )
        return made.with_texts(text)
