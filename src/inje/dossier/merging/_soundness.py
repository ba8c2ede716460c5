"""A merged record without loose ends: what is referred to is there."""

from __future__ import annotations

from collections.abc import Iterator

from inje.dossier._records import Claim, Dossier

__all__ = ["sound"]


def sound(made: Dossier, draft: Dossier) -> Dossier:
    """The record with whom its claims name, and without links to claims that are gone.

    Parameters
    ----------
    made : the merged record.
    draft : gives entities and sources that a person had deleted but a new claim needs.
    """
    claims = {claim.id for claim in made.claims}
    known = {entity.id for entity in made.entities}
    named = {name for claim in made.claims for name in _named(claim)}
    works = {source.id for source in made.sources}
    cited = {link.source for claim in made.claims for link in claim.citations}
    update = {
        "entities": (
            *made.entities,
            *(e for e in draft.entities if e.id in named and e.id not in known),
        ),
        "sources": (
            *made.sources,
            *(s for s in draft.sources if s.id in cited and s.id not in works),
        ),
        "claims": tuple(
            claim if claim.restates is None or claim.restates in claims
            else claim.model_copy(update={"restates": None})
            for claim in made.claims
        ),
        "questions": tuple(
            question.model_copy(
                update={
                    "alternatives": tuple(
                        a.model_copy(update={"claims": tuple(c for c in a.claims if c in claims)})
                        for a in question.alternatives
                    )
                }
            )
            for question in made.questions
        ),
        "events": tuple(
            event.model_copy(update={"claims": tuple(c for c in event.claims if c in claims)})
            for event in made.events
        ),
    }  # fmt: skip
    return made.model_copy(update=update).with_texts(*made.texts)


def _named(claim: Claim) -> Iterator[str]:
    yield from claim.holders
    yield from claim.addressees
    yield from claim.about.split("@")[0].split(".")[1:]
