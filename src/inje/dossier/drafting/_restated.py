"""Which claims only repeat another one of the same document."""

from __future__ import annotations

from inje.dossier._records import Claim

__all__ = ["with_restatements"]

_BOX = ("box", "box-sum", "result", "date-row", "lead-date", "part-of")


def with_restatements(claims: list[Claim], lead_end: int) -> list[Claim]:
    """Mark claims of the box and the lead that restate a claim of the body, value for value."""
    body: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        if claim.about and claim.value is not None and not _summary(claim, lead_end):
            body.setdefault(_key(claim), claim)
    first: dict[tuple[str, str], Claim] = {}
    marked = []
    for claim in claims:
        told = None
        if claim.about and claim.value is not None and _summary(claim, lead_end):
            told = body.get(_key(claim)) or first.get(_key(claim))
            first.setdefault(_key(claim), claim)
        if told is not None and told.id != claim.id:
            marked.append(claim.model_copy(update={"restates": told.id}))
        else:
            marked.append(claim)
    return marked


def _summary(claim: Claim, lead_end: int) -> bool:
    return claim.rule in _BOX or (claim.anchor is not None and claim.anchor.end <= lead_end)


def _key(claim: Claim) -> tuple[str, str]:
    value = claim.value
    about = claim.about.split("@")[0]
    if value is None:
        return about, ""
    return about, f"{value.best}" if value.best is not None else f"{value.low}/{value.high}"
