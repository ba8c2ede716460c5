"""Rules about citations and references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from inje.document import Anchor
from inje.dossier._records import AnchorRecord, Claim, Dossier, Finding, Source
from inje.dossier.linting._given_names import GIVEN_NAMES, looks_like_family
from inje.dossier.linting._rule import Rule, finding, live, part
from inje.dossier.linting._wording import in_words

__all__ = ["RULES"]

_LONGEST_BOOK = 1999
_YEARS = range(2000, 2100)
_BOX_RULES = ("result", "date-row", "box", "box-sum")


def _uncited(dossier: Dossier) -> Iterator[Finding]:
    """Rows of the box that state the result, the date or numbers and cite nothing."""
    # A document that cites nothing at all cannot be asked why it does not cite this.
    voices = {entity.id for entity in dossier.entities if entity.kind == "narrator"}
    works = [source for source in dossier.sources if source.id not in voices]
    citing = {source.anchor.document if source.anchor is not None else "" for source in works}
    cited = {claim.id for claim in live(dossier) if claim.citations}
    rows: dict[tuple[str, str], list[Claim]] = {}
    for claim in live(dossier):
        if claim.rule not in _BOX_RULES or claim.citations or claim.anchor is None:
            continue
        if claim.anchor.document in citing and claim.restates not in cited:
            rows.setdefault((claim.anchor.document, _row(dossier, claim)), []).append(claim)
    for (_, row), claims in rows.items():
        yield finding(
            UNCITED.id,
            f"the box states {row} without a citation",
            UNCITED.remedy,
            (claim.anchor for claim in claims),
            claims,
        )


def _row(dossier: Dossier, claim: Claim) -> str:
    """The row of the box in which a claim stands, in words: all losses of a side are one row."""
    path = (
        ".".join(claim.about.split(".")[:2]) if claim.about.startswith("losses.") else claim.about
    )
    words = in_words(dossier, path or claim.rule)
    return words if words.startswith(("the ", "who ")) else f"the {words}"


def _single_work(dossier: Dossier) -> Iterator[Finding]:
    """Everything told of the battle itself rests on one work."""
    sources = {source.id: source for source in dossier.sources}
    told = [c for c in live(dossier) if c.citations and not c.background]
    links = [link for claim in told for link in claim.citations if link.source in sources]
    works = {_work(sources, link.source) for link in links}
    if len(told) < 4 or len(works) != 1:
        return
    work = next(iter(works))
    used = [source.id for source in dossier.sources if _work(sources, source.id) == work]
    title = sources[work].title
    yield finding(
        SINGLE_WORK.id,
        f"all {len(told)} cited claims on the battle rest on one work: {title}",
        SINGLE_WORK.remedy,
        (sources[key].anchor for key in used),
        told,
    )


def _work(sources: dict[str, Source], key: str) -> str:
    return sources[key].same_work or key


def _pages(dossier: Dossier) -> Iterator[Finding]:
    for source in dossier.sources:
        locator = str(source.csl.get("locator", ""))
        if source.csl.get("type") != "book" or source.anchor is None:
            continue
        for fault in _page_faults(locator):
            printed = re.search(r"\bpp?\.?\s*" + re.escape(locator[:12]), source.anchor.quote)
            words = printed.group() if printed else locator
            yield finding(
                IMPOSSIBLE_PAGE.id,
                f"page {locator}: {fault}",
                IMPOSSIBLE_PAGE.remedy,
                (part(source.anchor, words),),
            )


def _page_faults(locator: str) -> Iterator[str]:
    for piece in re.split(r",\s*", locator):
        numbers = [int(n) for n in re.findall(r"\d+", piece)]
        if any(n > _LONGEST_BOOK for n in numbers):
            year = "; it looks like a year" if any(n in _YEARS for n in numbers) else ""
            yield f"no book has so many pages{year}"
        elif len(numbers) == 2 and _full(numbers) < numbers[0]:
            yield "the range runs backwards"


def _full(numbers: list[int]) -> int:
    """The end of a range written short: 281-2 is 281-282."""
    first, last = str(numbers[0]), str(numbers[1])
    return int(first[: len(first) - len(last)] + last) if len(last) < len(first) else numbers[1]


def _authors(dossier: Dossier) -> Iterator[Finding]:
    for source in dossier.sources:
        for author in _listed(source):
            family, given = str(author.get("family", "")), str(author.get("given", ""))
            if source.anchor is None or not _swapped(family, given):
                continue
            yield finding(
                SWAPPED_AUTHOR.id,
                f"family and given name seem exchanged: {family}, {given}",
                SWAPPED_AUTHOR.remedy,
                (part(source.anchor, f"{family}, {given}"),),
            )


def _listed(source: Source) -> list[dict[str, Any]]:
    authors = source.csl.get("author", [])
    return [author for author in authors if isinstance(author, dict)]


def _swapped(family: str, given: str) -> bool:
    """Whether the family name is a usual given name or the given name has a family's ending."""
    names = (family.strip(), given.strip())
    # Initials, or a name of several words, may stand on either side.
    if not given or any(" " in name or "." in name for name in names):
        return False
    if family in GIVEN_NAMES:
        return given not in GIVEN_NAMES
    return looks_like_family(given) and given not in GIVEN_NAMES and not looks_like_family(family)


def _unused(dossier: Dossier) -> Iterator[Finding]:
    """A citation to a reference that is not in the list."""
    labels = set()
    for document in dossier.texts:
        listed = {
            block.label for block in document.blocks if block.kind == "reference" and block.label
        }
        if not listed:
            continue
        for mark in document.marks:
            lost = mark.kind == "citation" and mark.target.isdigit() and mark.target not in listed
            if lost and mark.target not in labels:
                labels.add(mark.target)
                record = part(_record(mark.anchor), mark.anchor.quote)
                yield finding(
                    DEAD_CITATION.id,
                    f"reference {mark.target} is not in the list",
                    DEAD_CITATION.remedy,
                    (record,),
                )


def _record(anchor: Anchor) -> AnchorRecord:
    return AnchorRecord(start=anchor.start, end=anchor.end, quote=anchor.quote)


def _holder_is_author(dossier: Dossier) -> Iterator[Finding]:
    """What somebody who took part says, cited from his own work."""
    took_part = _participants(dossier)
    sources = {source.id: source for source in dossier.sources}
    authored: dict[tuple[str, str], list[Claim]] = {}
    for claim in live(dossier):
        holder = took_part.get(claim.holders[-1], "")
        for link in claim.citations:
            source = sources.get(link.source)
            families = {str(a.get("family")) for a in _listed(source)} if source else set()
            if holder.split()[-1:] and holder.split()[-1] in families:
                key = (claim.holders[-1], _work(sources, link.source))
                authored.setdefault(key, []).append(claim)
    for (holder, work), claims in authored.items():
        name = took_part[holder]
        several = "" if len(claims) == 1 else f", in {len(claims)} places"
        yield finding(
            SELF_CITATION.id,
            f"{name} took part, and is cited from a work of {name}{several}",
            SELF_CITATION.remedy,
            (*(claim.anchor for claim in claims), sources[work].anchor),
            claims,
        )


def _participants(dossier: Dossier) -> dict[str, str]:
    """People who fought or decided: identifier -> name."""
    leading = {key for side in dossier.battle.sides for key in (*side.commanders, *side.leaders)}
    return {
        entity.id: entity.name
        for entity in dossier.entities
        if entity.kind == "person" and (entity.side or entity.interest or entity.id in leading)
    }


UNCITED = Rule(
    "uncited",
    "A row of the box without a citation",
    "Result, date and numbers in the box are what readers and other sites copy. The body does "
    "not repeat this one with a citation either.",
    "cite a source in the row, or state it in the text with one",
    _uncited,
)
SINGLE_WORK = Rule(
    "single-work",
    "One work behind the whole battle",
    "Several footnotes can be one book. Then nothing in the article is confirmed by a second "
    "witness, however many voices it quotes.",
    "look for an independent work, or say that there is none",
    _single_work,
)
IMPOSSIBLE_PAGE = Rule(
    "impossible-page",
    "A page number that cannot be",
    "A page above any book's length, or a range that runs backwards, cannot be checked.",
    "look the page up again",
    _pages,
)
SWAPPED_AUTHOR = Rule(
    "swapped-author",
    "Family and given name exchanged",
    "An author under the given name is not found in a catalogue, and two references to one book "
    "look like two books.",
    "exchange the names, or ignore the finding if they are right",
    _authors,
)
DEAD_CITATION = Rule(
    "dead-citation",
    "A citation without its reference",
    "The number in the text is not in the list of references.",
    "add the reference or correct the number",
    _unused,
)
SELF_CITATION = Rule(
    "self-citation",
    "A participant's claim, cited from the participant's own work",
    "A general's memoir is the word of one who took part, however many footnotes lead to it. (A "
    "historian cited for the historian's own judgement is no such case, and is not named here.)",
    "say in the text that it is the participant's own account, and look for one from outside",
    _holder_is_author,
)
RULES = (UNCITED, SINGLE_WORK, IMPOSSIBLE_PAGE, SWAPPED_AUTHOR, DEAD_CITATION, SELF_CITATION)
