"""What the record drafted from an article says, field by field, beside the gold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks._annotated import Tally
from benchmarks._boxes import bounds_of, items_of, numbers_of, text_of, words_of
from inje.document import Block, Document
from inje.dossier import Claim, Dossier
from inje.dossier.drafting._references import references_of  # what a marker leads to

__all__ = ["box", "markers", "summary"]

_MARKER = re.compile(
    r"<ref\b(?P<attributes>[^<>]*?)(?P<empty>/?)>|\{\{\s*(?:sfn|sfnp|harvnb)\s*\|", re.I
)
_EMPTY = re.compile(r"<ref\b[^<>]*/>", re.I)
_PRINTED = re.compile(r"\[(?:\d{1,3}|[a-z])\]")


def box(article: str, gold: dict[str, str], dossier: Dossier, tallies: dict[str, Tally]) -> None:
    """Compare every field of a box."""
    document = dossier.texts[0]
    for name, raw in sorted(gold.items()):
        kind = re.sub(r"\d\w*$", "", name)
        compare = _COMPARE.get(kind)
        if compare is None or not raw.strip():
            continue
        wanted, found = compare(raw, name, document, dossier)
        if wanted is None:
            continue
        right = wanted == found if not callable(wanted) else wanted(found)
        said = "" if right else f"{article}: {name}: drafted {found!r}, gold {text_of(raw)!r}"
        for key in ("dates",) if kind == "date" else (f"box-{kind}", "infobox"):
            tallies[key].add(bool(right), said)


def _rows(document: Document, name: str) -> Iterator[Block]:
    label = {"partof": "part_of", "conflict": "title"}.get(name, name)
    return (b for b in document.blocks if b.kind == "infobox" and b.label == label)


def _span(document: Document, name: str) -> tuple[int, int]:
    for block in _rows(document, name):
        anchor = document.anchor(block.start, block.end)
        return anchor.start, anchor.end
    return 0, 0


def _names(raw: str, name: str, document: Document, dossier: Dossier) -> tuple[Any, Any]:
    start, end = _span(document, name)
    found = {
        words_of(re.sub(r"\(.*?\)", "", form.text))
        for entity in dossier.entities
        for form in entity.names
        if form.anchor is not None and start <= form.anchor.start < end
    }
    items = items_of(raw)

    def same(names: set[str]) -> bool:
        told = all(item & names for item, optional in items if not optional)
        return told and all(any(one in item for item, _ in items) for one in names)

    return same, found


def _numbers(raw: str, name: str, document: Document, dossier: Dossier) -> tuple[Any, Any]:
    start, end = _span(document, name)
    found = set()
    for claim in dossier.claims:
        anchor = claim.anchor
        figures = anchor is not None and re.search(r"\d", anchor.quote)  # the gold's are digits
        within = anchor is not None and start <= anchor.start < end
        if claim.rule in ("box", "box-part") and figures and within:
            found.add((*_edges(claim), _category(claim)))
    return numbers_of(raw, name.startswith("casualties")), found


def _edges(claim: Claim) -> tuple[int, int]:
    value = claim.value
    if value is None:
        return 0, 0
    if value.vagueness == "between" and isinstance(value.low, int) and isinstance(value.high, int):
        return value.low, value.high
    best = int(value.best or 0)
    return best, best


def _category(claim: Claim) -> str:
    parts = (claim.counts or claim.about).split(".")
    if parts[0] in ("materiel", "units") or parts[-1] == "materiel":
        return "things"
    return "people" if parts[0] == "strength" else parts[-1]


def _date(raw: str, _name: str, _document: Document, dossier: Dossier) -> tuple[Any, Any]:
    when = dossier.battle.when
    return bounds_of(raw), (when.earliest, when.latest) if when is not None else None


def _said(rule: str) -> Callable[..., tuple[Any, Any]]:
    def compare(raw: str, _name: str, _document: Document, dossier: Dossier) -> tuple[Any, Any]:
        texts = [c.summary.split(": ", 1)[-1] for c in dossier.claims if c.rule == rule]
        texts = [text.removeprefix("part of ") for text in texts]
        return words_of(text_of(raw)), words_of(texts[0]) if texts else None

    return compare


def _title(raw: str, _name: str, _document: Document, dossier: Dossier) -> tuple[Any, Any]:
    return words_of(text_of(raw)), words_of(dossier.battle.title)


_COMPARE: dict[str, Callable[..., tuple[Any, Any]]] = {
    "combatant": _names,
    "commander": _names,
    "strength": _numbers,
    "casualties": _numbers,
    "date": _date,
    "place": _said("place"),
    "result": _said("result"),
    "partof": _said("part-of"),
    "conflict": _title,
}


def summary(battle: dict[str, Any], dossier: Dossier, tallies: dict[str, Tally]) -> None:
    """Losses a side and the dates of one summary in the form of `gold/cwsac.json`."""
    article, when = battle["cwsac_reference"], dossier.battle.when
    told = (when.earliest, when.latest) if when is not None else None
    wanted = (battle["start_date"], battle["end_date"])
    tallies["dates"].add(told == wanted, f"{article}: date {told}, gold {wanted}")
    boxed = [
        c for c in dossier.claims if c.rule.startswith("box") and c.about.startswith("losses.")
    ]
    total = battle.get("casualties")
    for side, key in (("us", "US"), ("cs", "Confederate")):
        losses = battle["forces"].get(key, {}).get("casualties")
        ours = [c.value.best for c in boxed if c.about.split(".")[1] == side and c.value]
        right = ours == ([losses] if losses is not None else [])
        if losses is None and total in ours:
            right = False
        what = f"{article}: losses of {side}: drafted {ours}, gold {losses} of {total}"
        tallies["losses-cwsac"].add(right, what)


def markers(article: str, dossier: Dossier, tallies: dict[str, Tally]) -> None:
    """Citation markers, counted in the raw text, that lead to a source of the record."""
    document = dossier.texts[0]
    if document.media_type == "text/html":
        expected = len(re.findall(r"<sup[^>]*class=\"[^\"]*\breference\b", document.original))
    elif document.media_type == "text/x-wiki":
        expected = _wiki_markers(document.original)
    else:
        prose = [b for b in document.blocks if b.kind != "reference"]
        first = min((b.start for b in document.blocks if b.kind == "reference"), default=None)
        upto = document.to_original(first) if first is not None else len(document.original)
        expected = len(_PRINTED.findall(document.original[:upto])) if prose else 0
    if not expected:
        return
    known = _labels(document)
    linked = sum(m.kind == "citation" and m.target in known for m in document.marks)
    tally = tallies["markers"]
    tally.expected += expected
    tally.right += min(linked, expected)
    if linked < expected:
        tally.missed.append(f"{article}: {linked} of {expected} markers linked")


def _labels(document: Document) -> set[str]:
    """Labels under which the record has a source with words in it, not only a name."""
    return {
        reference.label
        for reference in references_of(document)
        if reference.source.anchor and not _EMPTY.fullmatch(reference.source.anchor.quote)
    }


def _wiki_markers(text: str) -> int:
    """Opening tags and short citations outside comments and lists of references."""
    text = re.sub(r"<!--.*?-->|<nowiki>.*?</nowiki>", "", text, flags=re.S)
    text = re.sub(r"<references\b[^>/]*>.*?</references>", "", text, flags=re.S)
    text = re.sub(
        r"\{\{\s*reflist\s*\|(?:[^{}]|\{\{(?:[^{}]|\{\{[^{}]*\}\})*\}\})*\}\}", "", text, flags=re.I
    )
    bare = re.sub(r"<ref\b[^<>/]*>.*?</ref>", "<ref/>", text, flags=re.S | re.I)
    return len(_MARKER.findall(bare))
