"""What people, works and claims are called in an answer: never by an identifier."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inje.dossier import Claim, Dossier

__all__ = ["agent_named", "claim_named"]


def agent_named(dossier: Dossier | None) -> Callable[[str], str]:
    """A function from an agent to a name: a work by author and year, anybody else by name."""
    if dossier is None:
        return str
    names = {entity.id: entity.name for entity in dossier.entities}
    names |= {entity.id: "the article" for entity in dossier.entities if entity.kind == "narrator"}
    names |= {source.id: _work(source.csl, source.title) for source in dossier.sources}
    return lambda agent: names.get(agent) or agent


def _work(csl: Any, title: str) -> str:
    authors = csl.get("author") or [{}] if isinstance(csl, dict) else [{}]
    who = authors[0].get("family") or authors[0].get("literal")
    year = csl.get("issued") if isinstance(csl, dict) else None
    if isinstance(year, dict):
        parts = year.get("date-parts") or [[None]]
        year = parts[0][0]
    return " ".join(str(part) for part in (who, year) if part) or title


def claim_named(dossier: Dossier | None) -> Callable[[str], str]:
    """A function from a claim to words: whose it is, and what it says."""
    if dossier is None:
        return str
    agent = agent_named(dossier)
    claims = {claim.id: claim for claim in dossier.claims}

    def told(name: str) -> str:
        if name == "game":
            return "the political game: that there was an attack"
        claim = claims.get(name)
        return name if claim is None else f"{agent(_speaker(claim))}: {_said(claim)}"

    return told


def _speaker(claim: Claim) -> str:
    return claim.holders[-1] if claim.holders else ""


def _said(claim: Claim) -> str:
    words = claim.summary or (claim.anchor.quote if claim.anchor else claim.about)
    words = " ".join(words.split())
    return words if len(words) <= 70 else f"{words[:69].rstrip()}…"
