"""What a lint rule is, and small tools that all rules share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from inje.document import Document
from inje.dossier._records import AnchorRecord, Claim, Dossier, Finding, Value

__all__ = [
    "LONGEST_QUOTE",
    "Rule",
    "best",
    "clipped",
    "finding",
    "live",
    "loosely",
    "low_high",
    "part",
    "quoted",
    "text_of",
]

LONGEST_QUOTE = 400


@dataclass(frozen=True)
class Rule:
    """A lint rule.

    Attributes
    ----------
    id : identifier, as in `ignore`.
    title : one line.
    why : why an editor minds; a page of the documentation is made of it.
    remedy : what to do.
    find : what it finds in a dossier, as (message, claims, anchors).
    """

    id: str
    title: str
    why: str
    remedy: str
    find: Callable[[Dossier], Iterable[Finding]]


def finding(
    rule: str,
    message: str,
    remedy: str,
    anchors: Iterable[AnchorRecord | None],
    claims: Iterable[Claim] = (),
) -> Finding:
    """A finding with its anchors clipped to a sentence's length, each place once."""
    places: dict[tuple[int, int, str], AnchorRecord] = {}
    for anchor in anchors:
        if anchor is not None:
            short = clipped(anchor)
            places.setdefault((short.start, short.end, short.document), short)
    return Finding(
        rule=rule,
        message=message,
        remedy=remedy,
        claims=tuple(dict.fromkeys(claim.id for claim in claims)),
        anchors=tuple(places.values()),
    )


def clipped(anchor: AnchorRecord) -> AnchorRecord:
    """The anchor, cut after `LONGEST_QUOTE` characters."""
    if len(anchor.quote) <= LONGEST_QUOTE:
        return anchor
    return AnchorRecord(
        start=anchor.start,
        end=anchor.start + LONGEST_QUOTE,
        quote=anchor.quote[:LONGEST_QUOTE],
        document=anchor.document,
    )


def part(anchor: AnchorRecord, words: str) -> AnchorRecord:
    """The part of an anchor where words stand, or the whole anchor."""
    at = anchor.quote.find(words)
    if at < 0 or not words:
        return clipped(anchor)
    return AnchorRecord(
        start=anchor.start + at,
        end=anchor.start + at + len(words),
        quote=words,
        document=anchor.document,
    )


def text_of(dossier: Dossier, anchor: AnchorRecord) -> Document | None:
    """The text in which an anchor stands, if it is at hand."""
    return next((text for text in dossier.texts if anchor.document in ("", text.id)), None)


def live(dossier: Dossier) -> list[Claim]:
    """Claims that were not rejected."""
    return [claim for claim in dossier.claims if claim.status != "rejected"]


def best(value: Value | None) -> float | None:
    """The number that a value says, or None."""
    if value is None:
        return None
    for number in (value.best, value.low, value.high):
        if isinstance(number, int | float):
            return float(number)
    return None


def low_high(value: Value | None) -> tuple[float, float] | None:
    """The range that a value allows; None for what is no number."""
    if value is None:
        return None
    numbers = [n for n in (value.low, value.best, value.high) if isinstance(n, int | float)]
    if not numbers:
        return None
    low, high = float(min(numbers)), float(max(numbers))
    if value.vagueness == "at_least":
        high = float("inf")
    if value.vagueness == "at_most":
        low = 0.0
    return low, high


def loosely(value: Value | None) -> tuple[float, float] | None:
    """The range that a careful editor would grant: "14,000" may be 14,531 rounded down."""
    span = low_high(value)
    if span is None or value is None or value.vagueness != "rounded" or not value.to:
        return span
    number = best(value)
    return span if number is None else (number - value.to + 1, number + value.to - 1)


def quoted(anchor: AnchorRecord) -> str:
    """The words of an anchor on one line, between quotation marks."""
    return f"“{' '.join(anchor.quote.split())}”"
