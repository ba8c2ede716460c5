"""The record: sources, entities, events, claims, questions, gaps, findings.

Frozen pydantic models; unknown fields are refused. The dossier on disk is YAML,
meant to be read and corrected by a person (see `_files`).
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, model_validator

from inje.document import Document
from inje.tables import in_markdown, shown

__all__ = [
    "Alternative",
    "AnchorRecord",
    "Battle",
    "CitationLink",
    "Claim",
    "ClaimKind",
    "Coordinates",
    "DocumentInfo",
    "Dossier",
    "Entity",
    "Event",
    "Finding",
    "Gap",
    "Letter",
    "Making",
    "Name",
    "Question",
    "Record",
    "Role",
    "SideRecord",
    "Source",
    "Status",
    "Vagueness",
    "Value",
    "When",
]

SCHEMA = "inje-dossier/2"
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_\-]*$", max_length=120)]
Letter = Literal["A", "B", "C", "D", "E", "F"]
ClaimKind = Literal[
    "fact",
    "report",
    "statement",
    "belief",
    "fear",
    "order",
    "proposal",
    "presentation",
    "intention",
    "inference",
    "quotation",
]
Vagueness = Literal[
    "exact", "rounded", "about", "at_least", "at_most", "between", "hundreds", "none"
]
Status = Literal["drafted", "confirmed", "edited", "rejected"]


class Record(BaseModel):
    """Base of every record: frozen, unknown fields refused."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=False
    )


class AnchorRecord(Record):
    """Web Annotation selectors: position (code points of the original) and exact quote."""

    start: int = Field(ge=0)
    end: int = Field(ge=1)
    quote: str = Field(min_length=1)
    document: str = ""

    @model_validator(mode="after")
    def _spans_its_quote(self) -> AnchorRecord:
        if self.end - self.start != len(self.quote):
            msg = (
                f"the quote has {len(self.quote)} characters, the span {self.end - self.start}; "
                "allowed: the text from `start` to `end`, word for word; correct one of them"
            )
            raise ValueError(msg)
        return self


class Making(Record):
    """How a file came to be.

    `by`: what drafted it, and who corrected it. `version`: of inje. `parents`: sha256 of what it
    was made from, by name.
    """

    by: str = ""
    version: str = ""
    parents: dict[str, str] = Field(default_factory=dict)

    @classmethod
    def here(cls, by: str, parents: Mapping[str, str] | None = None) -> Making:
        """What this version of inje makes, from these parents."""
        return cls(by=by, version=version("inje"), parents=dict(parents or {}))

    @staticmethod
    def named(fields: dict[str, Any]) -> dict[str, Any]:
        """Fields of a file of version 1, which had `made_by`, as version 2 has them."""
        by = fields.pop("made_by", "")
        return {**fields, "made": {"by": by}} if by else fields


class DocumentInfo(Record):
    """What the dossier keeps of a document: not its text."""

    id: str
    title: str
    uri: str = ""
    sha256: str = ""
    licence: str = ""
    retrieved: str = ""
    media_type: str = "text/plain"


class When(Record):
    """A date: EDTF as said, with the first and last day it allows (EDTF days, inclusive).

    `inherited` names the parts taken from the context ("year", "month").
    `calendar` is gregorian unless the document says otherwise.
    """

    edtf: str
    earliest: str = ""
    latest: str = ""
    approximate: bool = False
    inherited: tuple[Literal["year", "month", "day"], ...] = ()
    calendar: Literal["gregorian", "julian"] = "gregorian"


class Source(Record):
    """A work or a voice that is cited.

    `reliability` is an Admiralty letter or unset; `interest` the side it would favour;
    `carries` entities whose words it passes on; `copies` another observed document;
    `same_work` another source of this dossier that is the same work.
    """

    id: Identifier
    title: str
    csl: dict[str, Any] = Field(default_factory=dict)
    reliability: Letter | None = None
    interest: str | None = None
    carries: tuple[str, ...] = ()
    copies: str | None = None
    same_work: str | None = None
    anchor: AnchorRecord | None = None


class Name(Record):
    """A form of a name as it stands in the text."""

    text: str
    language: str = ""
    anchor: AnchorRecord | None = None


class Role(Record):
    """What an entity is said to be ("commander of the People's Army")."""

    text: str
    anchor: AnchorRecord | None = None


class Coordinates(Record):
    """Where a place lies: degrees of WGS 84, north and east positive."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class Entity(Record):
    """A person, a group or a place; also the narrator of a document.

    `side` is the id of a `SideRecord`; `same_as` is decided, `maybe_same_as` asked.
    `reliability` and `interest` describe a holder of claims as they do a source.
    """

    id: Identifier
    kind: Literal["person", "group", "place", "narrator"]
    name: str
    names: tuple[Name, ...] = ()
    roles: tuple[Role, ...] = ()
    side: str | None = None
    reliability: Letter | None = None
    interest: str | None = None
    same_as: tuple[str, ...] = ()
    maybe_same_as: tuple[str, ...] = ()
    part_of: str | None = None
    coordinates: Coordinates | None = None
    anchor: AnchorRecord | None = None


class Event(Record):
    """Something that happened, with its order among the others."""

    id: Identifier
    label: str
    when: When | None = None
    where: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    during: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    background: bool = False
    anchor: AnchorRecord | None = None


class Value(Record):
    """What a claim says of its observable.

    Counts and durations are numbers; control, attacker and the like are identifiers; dates
    are EDTF strings. `low` and `high` bound it; `vagueness` is the form of words; `to` is the
    grid of a rounded number. Unknown is not zero: an unknown value is no `Value` at all.
    """

    low: int | float | str | None = None
    best: int | float | str | None = None
    high: int | float | str | None = None
    vagueness: Vagueness = "exact"
    to: int | None = Field(default=None, ge=1)
    unit: str = ""


class CitationLink(Record):
    """A source cited for a claim: where in it, and whether for the sentence or the paragraph."""

    source: Identifier
    locator: str = ""
    scope: Literal["sentence", "paragraph", "section"] = "sentence"


class Claim(Record):
    """One thing somebody says.

    `holders` is a chain, innermost last; the narrator of a document is a holder.
    `about` is an observable path, empty when the claim bears on nothing the model has.
    `restates` is a claim of the same document that this one repeats.
    `cue` is the word that attributes it ("informed", "feared").
    `counts` is what a number counts, also where it counts only a part, a day or things and so
    has no `about`: "losses.us.killed", "units.us", "materiel.us", "losses.unknown.total".
    """

    id: Identifier
    kind: ClaimKind
    holders: tuple[str, ...] = Field(min_length=1)
    summary: str = ""
    about: str = ""
    counts: str = ""
    value: Value | None = None
    anchor: AnchorRecord | None = None
    cue: AnchorRecord | None = None
    addressees: tuple[str, ...] = ()
    citations: tuple[CitationLink, ...] = ()
    restates: str | None = None
    when: When | None = None
    background: bool = False
    status: Status = "drafted"
    rule: str = ""


class Alternative(Record):
    """One answer to a question, with the claims that give it."""

    label: str
    value: str = ""
    claims: tuple[str, ...] = ()


class Question(Record):
    """Alternatives that cannot all be true, or something the rules could not decide."""

    id: Identifier
    topic: str
    text: str
    about: str = ""
    alternatives: tuple[Alternative, ...] = Field(min_length=1)
    answer: str | None = None
    anchor: AnchorRecord | None = None


class Gap(Record):
    """What the document does not say and the model needs."""

    id: Identifier
    about: str
    text: str


class Finding(Record):
    """What the linter noticed: rule, message, remedy, and the places in the text."""

    rule: str
    message: str
    remedy: str = ""
    claims: tuple[str, ...] = ()
    anchors: tuple[AnchorRecord, ...] = ()


class SideRecord(Record):
    """A side of the battle: its id in observable paths, and the groups that form it."""

    id: Identifier
    name: str
    entities: tuple[str, ...] = ()
    commanders: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()


class Battle(Record):
    """What the record says the battle is."""

    title: str = ""
    part_of: str = ""
    when: When | None = None
    places: tuple[str, ...] = ()
    region: str = ""
    sides: tuple[SideRecord, ...] = ()
    attacker: str | None = None
    result: str = ""


class Dossier(Record):
    """The record of one battle. Carries its documents in memory, not on disk."""

    schema_: str = Field(default=SCHEMA, alias="schema")
    made: Making = Making()
    documents: tuple[DocumentInfo, ...] = ()
    battle: Battle = Battle()
    sources: tuple[Source, ...] = ()
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    questions: tuple[Question, ...] = ()
    gaps: tuple[Gap, ...] = ()
    findings: tuple[Finding, ...] = ()
    ignore: tuple[str, ...] = Field(default=(), description="lint rules switched off")
    _texts: tuple[Document, ...] = PrivateAttr(default=())

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True
    )

    @property
    def texts(self) -> tuple[Document, ...]:
        """The documents themselves, as far as they are at hand."""
        return self._texts

    def with_texts(self, *documents: Document) -> Dossier:
        """A copy that carries these documents."""
        copy = self.model_copy()
        copy._texts = tuple(documents)  # noqa: SLF001 - of a copy of itself
        return copy

    def _repr_html_(self) -> str:
        open_ = sum(not question.answer for question in self.questions)
        counts = (
            f"{len(self.claims)} claims, {len(self.sources)} works, {len(self.questions)} "
            f"questions ({open_} open), {len(self.gaps)} gaps, {len(self.findings)} findings"
        )
        names = {entity.id: entity.name for entity in self.entities}
        rows = (
            (c.kind, c.status, c.about, c.anchor.quote if c.anchor else c.summary,
             " ← ".join(names.get(holder, holder) for holder in reversed(c.holders)))
            for c in self.claims
        )  # fmt: skip
        head = ("kind", "status", "about", "words", "held by")
        return shown(self.battle.title or "A record", (counts,), head, rows)

    def _repr_markdown_(self) -> str:
        return in_markdown(self._repr_html_())
