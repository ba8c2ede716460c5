"""The list of references: CSL fields, locators, and which of them are one work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from inje.document import Block, Document, Mark
from inje.dossier._records import AnchorRecord, Source
from inje.dossier.drafting._csl import (
    AUTHOR_YEAR,
    BARE_PAGES,
    PAGES,
    SHORT,
    csl_of_markup,
    csl_of_text,
    plain,
)
from inje.dossier.drafting._entities import folded, slug

__all__ = ["Reference", "references_of"]


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
    works: dict[str, str] = {}
    listed = [block for block in document.blocks if block.kind == "reference"]
    found = [_reference(document, block, k, works) for k, block in enumerate(listed, 1)]
    known = {reference.label for reference in found if reference.label}
    for mark in _noted(document, known):
        found.append(_from_mark(mark, len(found) + 1, works))
    return tuple(_distinct(found))


def _distinct(found: list[Reference]) -> Iterator[Reference]:
    """References with an identifier each, also where a list gives one number twice."""
    taken: set[str] = set()
    for reference in found:
        source, n = reference.source, 2
        while source.id in taken:
            source = reference.source.model_copy(update={"id": f"{reference.source.id}_{n}"})
            n += 1
        taken.add(source.id)
        yield reference if source is reference.source else replace(reference, source=source)


def _noted(document: Document, known: set[str]) -> Iterator[Mark]:
    """For every citation whose note stands in the text, the mark that holds the note."""
    notes: dict[str, Mark] = {}
    for mark in document.marks:
        if mark.kind != "citation" or mark.target in known:
            continue
        if mark.anchor.quote.startswith("[") and (known or not mark.target.isdigit()):
            continue  # a number that the list lacks: for the linter to say
        held = notes.get(mark.target)
        if held is None or (len(held.anchor.quote) < len(mark.anchor.quote) and _empty(held)):
            notes[mark.target] = mark
    yield from notes.values()


def _empty(mark: Mark) -> bool:
    return mark.anchor.quote.rstrip().endswith("/>")


def _from_mark(mark: Mark, index: int, works: dict[str, str]) -> Reference:
    """The reference in a `<ref>`, an `{{sfn}}` or the like."""
    quote = mark.anchor.quote
    bare = quote.startswith("[")
    csl = {} if bare else csl_of_markup(quote)
    title = f"reference {mark.target}, not in this text" if bare else csl.get("title")
    key, same = _key(csl, mark.target if bare else str(index), works)
    source = Source(
        id=key,
        title=str(title or plain(quote) or mark.target)[:200],
        csl=csl,
        same_work=same,
        anchor=AnchorRecord(start=mark.anchor.start, end=mark.anchor.end, quote=quote),
    )
    return Reference(mark.target, source, str(csl.get("locator", "")), None, None)


def _key(csl: dict[str, Any], label: str, works: dict[str, str]) -> tuple[str, str | None]:
    """Identifier of a reference, and of the first reference to the same work."""
    name = _family(csl) or "anonymous"
    key = slug(f"r{label}_{name}_{csl.get('issued', '')}".strip("_"))
    work = _work(csl)
    same = works.get(work) if work else None
    if same is None:
        same = works.get(work.rpartition("|")[0]) if work.endswith("|") else None
    if work and same is None:
        works[work] = key
        works.setdefault(work.rpartition("|")[0], key)
    return key, same


def _reference(document: Document, block: Block, index: int, works: dict[str, str]) -> Reference:
    text = document.block_text(block)
    csl = csl_of_markup(text) if "{{" in text else csl_of_text(text)
    label = block.label
    key, same = _key(csl, label or str(index), works)
    pages = PAGES.search(text) or BARE_PAGES.search(text)
    authors = AUTHOR_YEAR.match(text) or SHORT.match(text)
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
