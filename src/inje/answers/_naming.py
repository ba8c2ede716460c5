"""What people, works and claims are called in an answer: never by an identifier alone."""

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


def claim_named(dossier: Dossier | None, *, marked: bool = False) -> Callable[[str], str]:
    """A function from a claim to words: whose it is, and what it says.

    Parameters
    ----------
    marked : add the claim's id and date, so that claims of the same words can be told apart.
    """
    if dossier is None:
        return str
    agent = agent_named(dossier)
    claims = {claim.id: claim for claim in dossier.claims}

    def told(name: str) -> str:
        if name == "game":
            return "the political game: that there was an attack"
        claim = claims.get(name)
        if claim is None:
            return name
        words = f"{agent(_speaker(claim))}: {_said(claim)}"
        return f"{words} ({_mark(claim)})" if marked else words

    return told


def _mark(claim: Claim) -> str:
    """The claim's id, and the day that it speaks of."""
    date = claim.about.partition("@")[2] or (claim.when.edtf if claim.when else "")
    return f"{claim.id}, {date}" if date else claim.id


def _speaker(claim: Claim) -> str:
    return claim.holders[-1] if claim.holders else ""


def _said(claim: Claim) -> str:
    words = claim.summary or (claim.anchor.quote if claim.anchor else claim.about)
    words = " ".join(words.split())
    return words if len(words) <= 70 else f"{words[:69].rstrip()}…"
