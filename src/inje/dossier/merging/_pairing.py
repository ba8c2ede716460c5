"""Which claim of one draft is which claim of another: by the words on which both stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from inje.dossier._records import AnchorRecord, Claim

__all__ = ["paired"]

#: spans that begin farther apart are not compared
_NEAR = 400
_SAME_SPAN, _OVERLAP = 8, 3


def paired(
    kept: Sequence[Claim], places: Sequence[AnchorRecord | None], others: Sequence[Claim]
) -> dict[str, str]:
    """Claims of one record and their counterparts in another, each used once.

    Parameters
    ----------
    kept : claims of the record that goes on.
    places : where the words of each stand in the text of `others`; None where they are gone.
    others : claims of a draft of that text.

    Returns
    -------
    Identifier in `kept` -> identifier in `others`.
    """
    ordered = sorted(
        (j for j, other in enumerate(others) if other.anchor is not None),
        key=lambda j: _start(others[j]),
    )
    starts = [_start(others[j]) for j in ordered]
    scored = []
    for i, (claim, place) in enumerate(zip(kept, places, strict=True)):
        if place is None:
            continue
        first = bisect_left(starts, place.start - _NEAR)
        last = bisect_left(starts, place.end + 1)
        for j in ordered[first:last]:
            score = _score(claim, place, others[j])
            if score:
                scored.append((-score, i, j))
    found: dict[str, str] = {}
    used: set[int] = set()
    for _, i, j in sorted(scored):
        if kept[i].id not in found and j not in used:
            found[kept[i].id] = others[j].id
            used.add(j)
    return found


def _start(claim: Claim) -> int:
    return claim.anchor.start if claim.anchor is not None else -1


def _score(claim: Claim, place: AnchorRecord, other: Claim) -> int:
    """How much speaks for one claim; 0 where their words do not meet, or nothing else agrees."""
    there = other.anchor
    if there is None:
        return 0
    if (place.start, place.end) == (there.start, there.end):
        span = _SAME_SPAN
    else:
        shared = min(place.end, there.end) - max(place.start, there.start)
        if 2 * shared <= max(place.end, there.end) - min(place.start, there.start):
            return 0
        span = _OVERLAP
    agrees = (
        4 * (claim.about == other.about)
        + 2 * (claim.rule == other.rule)
        + 2 * (claim.value == other.value)
        + (claim.kind == other.kind)
        + (claim.holders == other.holders)
    )
    return span + agrees if span == _SAME_SPAN or agrees >= 5 else 0
