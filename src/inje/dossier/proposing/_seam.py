"""The seam behind which a proposer of claims stands, and what crosses it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from inje.document import Document
from inje.dossier._records import Dossier

__all__ = ["Passage", "Proposer", "ProposerFault", "Request", "passages_of", "request_for"]

#: characters of text in one request
LONGEST = 6000
#: names of people, groups and places that go with it
_MOST_NAMES = 80
_SENTENCE = re.compile(r"[.!?][\"'”’)]*\s+")
_READ = ("paragraph", "list_item", "quotation", "infobox")


@dataclass(frozen=True)
class Passage:
    """A stretch of the clean text of a document: `start` and `end` are positions in it."""

    document: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words."""
        return self.document.text[self.start : self.end]


@dataclass(frozen=True)
class Request:
    """All that a proposer is told.

    Attributes
    ----------
    text : the passage.
    sides : id -> name of the sides.
    names : names of people and groups that may hold a claim.
    places : id -> name.
    """

    text: str
    sides: Mapping[str, str]
    names: Sequence[str]
    places: Mapping[str, str]


@dataclass(frozen=True)
class ProposerFault:
    """Why a proposer gave no answer, in a sentence; a value, for the record stands without it."""

    sentence: str


class Proposer(Protocol):
    """Proposes claims of a passage.

    `name` says who proposes, as it will stand in the record ("model at host"). `propose` gives
    plain objects, unchecked, or a fault. It must keep bounds of size and time by itself.
    """

    @property
    def name(self) -> str:
        """Who proposes."""
        ...

    def propose(self, request: Request) -> Sequence[Mapping[str, Any]] | ProposerFault:
        """Claims of the passage as plain objects: quote, kind, holder, about, number, value."""
        ...


def passages_of(document: Document) -> Iterator[Passage]:
    """The prose and the box of a document, whole blocks together as far as they fit."""
    start = end = -1
    for first, last in _stretches(document):
        if start >= 0 and last - start > LONGEST:
            yield Passage(document, start, end)
            start = -1
        if start < 0:
            start = first
        end = last
    if start >= 0:
        yield Passage(document, start, end)


def _stretches(document: Document) -> Iterator[tuple[int, int]]:
    """Blocks that are read; one that is too long in pieces, each of whole sentences if it can."""
    for block in document.blocks:
        if block.kind not in _READ:
            continue
        at = block.start
        while block.end - at > LONGEST:
            ends = [m.end() for m in _SENTENCE.finditer(document.text, at + 1, at + LONGEST)]
            cut = ends[-1] if ends else at + LONGEST
            yield at, cut
            at = cut
        yield at, block.end


def request_for(passage: Passage, dossier: Dossier) -> Request:
    """What is said to a proposer about a passage."""
    holders = [e.name for e in dossier.entities if e.kind in ("person", "group")]
    places = {e.id: e.name for e in dossier.entities if e.kind == "place"}
    return Request(
        text=passage.text,
        sides={side.id: side.name for side in dossier.battle.sides},
        names=holders[:_MOST_NAMES],
        places=dict(list(places.items())[:_MOST_NAMES]),
    )
