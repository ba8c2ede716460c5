"""The desk on which a record is drafted: what was found, and the claims written so far."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from inje.document import Document, Mark
from inje.dossier._records import (
    AnchorRecord,
    CitationLink,
    Claim,
    ClaimKind,
    Event,
    Question,
    Value,
    When,
)
from inje.dossier.drafting._attribution import Clause
from inje.dossier.drafting._dates import Chronicle
from inje.dossier.drafting._entities import Named, Register, slug
from inje.dossier.drafting._passages import Passages, Sentence
from inje.dossier.drafting._references import Reference
from inje.dossier.drafting._roles import FoundRole
from inje.dossier.drafting._sides import Sides
from inje.dossier.drafting._voices import Subject

__all__ = ["NARRATOR", "Desk"]

NARRATOR = "narrator"
_NOT_DONE = ("belief", "fear", "intention", "order")
_BACKGROUND = re.compile(
    r"background|prelude|origins?|causes|context|history|legacy|aftermath|commemorat|in "
    r"(?:popular )?"
    r"culture|etymology|historiography|memorial",
    re.I,
)


@dataclass
class Desk:
    """Everything that the rules read and write.

    The first nine fields are findings of earlier steps; the last ones are the record
    that grows: claims, events, questions.
    """

    document: Document
    passages: Passages
    register: Register
    sides: Sides
    roles: list[FoundRole]
    clauses: tuple[Clause, ...]
    chronicle: Chronicle
    references: tuple[Reference, ...]
    claims: list[Claim] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    made: dict[str, Named] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._clauses_of: dict[int, list[Clause]] = defaultdict(list)
        for clause in self.clauses:
            self._clauses_of[clause.sentence].append(clause)
        self._by_label = {r.label: r for r in self.references if r.label}
        self._marks_of: dict[int, list[Mark]] = defaultdict(list)
        for mark in self.document.marks:
            if mark.kind == "citation" and (s := self.passages.at(max(mark.start - 1, 0))):
                self._marks_of[s.index].append(mark)
        self._ids: set[str] = set()
        self.columns = tuple(
            (b.start, b.end)
            for b in self.document.blocks
            if b.kind == "infobox" and b.label.startswith(("combatant", "commander"))
        )

    # -- text

    def anchor(self, start: int, end: int) -> AnchorRecord:
        """Anchor of a span of the clean text, blanks at its ends left out."""
        text = self.document.text
        while start < end - 1 and text[start].isspace():
            start += 1
        while end > start + 1 and text[end - 1].isspace():
            end -= 1
        anchor = self.document.anchor(start, end)
        return AnchorRecord(start=anchor.start, end=anchor.end, quote=anchor.quote)

    def words(self, start: int, end: int) -> str:
        """Words of a span on one line."""
        return " ".join(self.document.text[start:end].split())

    def background(self, sentence: Sentence | None) -> bool:
        """Whether a sentence stands in a section about before or after."""
        return sentence is not None and bool(_BACKGROUND.search(sentence.block.section))

    # -- holders

    def clauses_of(self, sentence: Sentence) -> list[Clause]:
        """Attributed clauses of a sentence."""
        return self._clauses_of[sentence.index]

    def clause_over(self, sentence: Sentence, start: int, end: int) -> Clause | None:
        """The first owned clause of a sentence that holds a span."""
        owned = (clause for clause in self.clauses_of(sentence) if clause.owned)
        return next((clause for clause in owned if clause.covers(start, end)), None)

    def chain(
        self, start: int, end: int, sentence: Sentence | None, besides: Clause | None = None
    ) -> tuple[str, ...]:
        """Holders of a span: the narrator, then whoever says the clauses around it."""
        holders = [NARRATOR]
        if sentence is not None:
            around = [
                c
                for c in self._clauses_of[sentence.index]
                if c is not besides
                and c.owned
                and c.covers(start, end)
                and (besides is None or c.end - c.start > besides.end - besides.start)
            ]
            for clause in sorted(around, key=lambda c: (c.start - c.end, c.cue)):
                holder = self.holder(clause.subject)
                if holder and holder not in holders:
                    holders.append(holder)
        return tuple(holders)

    def holder(self, subject: Subject) -> str | None:
        """Identifier of the entity that a subject names; several become one joint voice."""
        if len(subject.holders) == 1:
            return subject.holders[0].key
        if subject.holders:
            name = " and ".join(named.name for named in subject.holders)
            return self.group(name, subject.start, subject.end).key
        if subject.voice:
            return self.group(subject.voice, subject.start, subject.end).key
        return None

    def group(self, name: str, start: int, end: int) -> Named:
        """A group that has no name of its own, anchored where it is first mentioned."""
        key = slug(name)
        if key in self.register.all:
            return self.register.all[key]
        if key not in self.made:
            named = Named(key, "group", name)
            self.made[key] = named
            self.spans[key] = (start, end)
        return self.made[key]

    # -- citations

    def citations(self, sentence: Sentence | None) -> tuple[CitationLink, ...]:
        """What is cited for a place in the prose: at the sentence, else at the paragraph."""
        if sentence is None:
            return ()
        own = self._marks_of[sentence.index]
        if own:
            return self._links(own, "sentence")
        paragraph = self.passages.paragraph(sentence)
        later = [s for s in paragraph if s.index > sentence.index and self._marks_of[s.index]]
        if later:
            return self._links(self._marks_of[later[0].index], "paragraph")
        before = self.passages.sentences[paragraph[0].index - 1] if paragraph[0].index else None
        if before is not None and before.text.endswith(":") and self._marks_of[before.index]:
            return self._links(self._marks_of[before.index], "paragraph")
        return ()

    def cited_within(self, start: int, end: int) -> tuple[CitationLink, ...]:
        """What is cited inside a row of the box."""
        marks = [m for m in self.document.marks if m.kind == "citation" and start < m.start <= end]
        return self._links(marks, "sentence")

    def _links(self, marks: list[Mark], scope: str) -> tuple[CitationLink, ...]:
        links: dict[str, CitationLink] = {}
        for mark in marks:
            reference = self._by_label.get(mark.target)
            if reference is not None:
                links[reference.source.id] = CitationLink(
                    source=reference.source.id,
                    locator=reference.locator,
                    scope=scope,  # type: ignore[arg-type]
                )
        return tuple(links.values())

    # -- claims

    def claim(
        self,
        kind: ClaimKind,
        start: int,
        end: int,
        *,
        rule: str,
        about: str = "",
        counts: str = "",
        value: Value | None = None,
        summary: str = "",
        sentence: Sentence | None = None,
        holders: tuple[str, ...] | None = None,
        cue: tuple[int, int] | None = None,
        addressees: tuple[str, ...] = (),
        when: When | None = None,
        citations: tuple[CitationLink, ...] | None = None,
    ) -> str:
        """Write a claim and return its identifier."""
        found = sentence or self.passages.at(start)
        links = self.citations(found) if citations is None else citations
        key = self.fresh(f"c{len(self.claims) + 1}")
        self.claims.append(
            Claim(
                id=key,
                kind=kind,
                holders=holders or self.chain(start, end, found),
                summary=summary or self.words(start, end)[:200],
                about=about,
                counts=counts,
                value=value,
                anchor=self.anchor(start, end),
                cue=self.anchor(*cue) if cue else None,
                addressees=addressees,
                citations=links,
                when=when,
                background=self.background(found),
                rule=rule,
            )
        )
        self.spans[key] = (start, end)
        return key

    def deed(
        self,
        sentence: Sentence,
        clause: Clause | None,
        *,
        about: str,
        side: str | None,
        summary: str,
    ) -> bool:
        """Write a claim on what a side did, as the clause says it that tells of it, if one does.

        What is only believed, feared, intended or ordered was not done: nothing is written then.
        """
        if clause is not None and clause.kind in _NOT_DONE:
            return False
        span = (clause.start, clause.end) if clause else (sentence.start, sentence.body_end)
        self.claim(
            clause.kind if clause else "fact",
            *span,
            rule=about,
            about=about,
            sentence=sentence,
            value=Value(best=side),
            summary=summary,
            cue=clause.cue if clause else None,
            addressees=tuple(named.key for named in clause.addressees) if clause else (),
        )
        return True

    def fresh(self, key: str) -> str:
        """An identifier that is not taken."""
        base, n = key, 2
        while key in self._ids:
            key, n = f"{base}_{n}", n + 1
        self._ids.add(key)
        return key
