"""The list of references: CSL fields, locators, and which of them are one work."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from inje.document import Block, Document
from inje.dossier._records import AnchorRecord, Source
from inje.dossier.drafting._entities import folded, slug

__all__ = ["Reference", "references_of"]

_AUTHOR_YEAR = re.compile(
    r"^(?P<authors>[^()]{2,160}?)\s*\((?:\w+ )?(?:\d{1,2} \w+ )?(?P<year>\d{4})[a-z]?(?:,? \w+ "
    r"?\d*)?\)\.?,?\s*"
)
_SHORT = re.compile(
    r"^(?P<authors>[A-Z][^\d(),.;]{1,50}),?\s+\(?(?P<year>1[0-9]{3}|20\d\d)\)?[a-z]?(?:,|\.|:|$)\s*"
)
_PAGES = re.compile(
    r"\b(?:pp?|pages?|pg)\b\.?\s*(?P<pages>\d+(?:\s*[–—-]\s*\d+)?(?:,\s*\d+(?:[–-]\d+)?)*)"
)
_BARE_PAGES = re.compile(r",\s*(?P<pages>\d{1,4}(?:\s*[–-]\s*\d{1,4})?)\.?$")
_ISBN = re.compile(r"\bISBN[\s:]*([\dXx-]{10,17})")


@dataclass(frozen=True)
class Reference:
    """A reference of the document.

    Attributes
    ----------
    label : its number, or empty in a list of works.
    source : the record made of it.
    locator : pages as printed, or empty.
    page : span of the page words in the clean text, or None.
    author : span of the author as printed, or None.
    """

    label: str
    source: Source
    locator: str
    page: tuple[int, int] | None
    author: tuple[int, int] | None


def references_of(document: Document) -> tuple[Reference, ...]:
    """The references in the order of the list; the same work is recognised."""
    found: list[Reference] = []
    works: dict[str, str] = {}
    for index, block in enumerate((b for b in document.blocks if b.kind == "reference"), 1):
        found.append(_reference(document, block, index, works))
    return tuple(found)


def _reference(document: Document, block: Block, index: int, works: dict[str, str]) -> Reference:
    text = document.block_text(block)
    csl = _csl(text)
    label = block.label
    name = _family(csl) or "anonymous"
    key = slug(f"r{label or index}_{name}_{csl.get('issued', '')}".strip("_"))
    work = _work(csl)
    same = works.get(work) if work else None
    if work and same is None:
        works[work] = key
    pages = _PAGES.search(text) or _BARE_PAGES.search(text)
    authors = _AUTHOR_YEAR.match(text) or _SHORT.match(text)
    anchor = document.anchor(block.start, block.end)
    source = Source(
        id=key,
        title=str(csl.get("title") or text[:120]),
        csl=csl,
        same_work=same,
        anchor=AnchorRecord(start=anchor.start, end=anchor.end, quote=anchor.quote),
    )
    return Reference(
        label,
        source,
        pages["pages"] if pages else "",
        (block.start + pages.start(), block.start + pages.end()) if pages else None,
        (block.start, block.start + authors.end("authors")) if authors else None,
    )


def _csl(text: str) -> dict[str, Any]:
    """CSL fields of a reference in the usual styles of encyclopaedias."""
    csl: dict[str, Any] = {"type": "webpage" if "http" in text or "Retrieved" in text else "book"}
    match = _AUTHOR_YEAR.match(text) or _SHORT.match(text)
    if match is None:
        csl["title"] = _title(text)
        return {key: value for key, value in csl.items() if value}
    csl["author"] = _authors(match["authors"])
    csl["issued"] = int(match["year"])
    rest = text[match.end() :]
    csl["title"] = _title(rest)
    place = re.search(r"\.\s+(?P<place>[A-Z][\w ,]{1,40}):\s*(?P<publisher>[^.]{3,80})\.", rest)
    if place:
        csl["publisher-place"] = place["place"].split(", ")[-1]
        csl["publisher"] = place["publisher"].strip()
    pages = _PAGES.search(rest) or _BARE_PAGES.search(rest)
    if pages:
        csl["locator"] = pages["pages"]
        csl["label"] = "page"
    isbn = _ISBN.search(rest)
    if isbn:
        csl["ISBN"] = isbn[1]
    return {key: value for key, value in csl.items() if value}


def _title(rest: str) -> str:
    rest = rest.strip(' "“”')
    if _PAGES.match(rest):
        return ""
    match = re.match(r"(?:[^.]|\.(?=\S))+", rest)
    return match.group().strip(' "“”,') if match else ""


def _authors(text: str) -> list[dict[str, str]]:
    authors = []
    for part in re.split(r"\s*;\s*|\s+(?:and|&)\s+", text.strip(" .,")):
        family, comma, given = part.partition(", ")
        if not comma and " " in part:
            given, _, family = part.rpartition(" ")
        if family:
            authors.append({"family": family.strip(), "given": given.strip()})
    return authors


def _family(csl: dict[str, Any]) -> str:
    authors = csl.get("author") or []
    return authors[0]["family"] if authors else ""


def _work(csl: dict[str, Any]) -> str:
    """The key under which two references are the same work."""
    family = _family(csl)
    if not family:
        return ""
    title = folded(str(csl.get("title", "")))[:40]
    return f"{folded(family)}|{csl.get('issued', '')}|{title}"
