"""The same claims read under other assumptions: of speakers, and of who is who."""

from __future__ import annotations

from inje.answers._politics import Plays, with_moves
from inje.dossier import Dossier
from inje.errors import ModelError
from inje.posterior import Assumptions, ClaimModel, Posterior, compile_claims
from inje.scenario import Crisis

__all__ = ["differs", "readings_of"]

#: strengths of interest, ranges of contents and weights of what "lost" means that are tried: none
#: and twice the interest, half and twice the range, and most of the weight on either end
ALTERNATIVES = {
    "interest counts for nothing": Assumptions(kappa=0.0),
    "interest counts 2 times as much": Assumptions(kappa=2 * Assumptions().kappa),
    "counts go half as far": Assumptions(contents=Assumptions().contents / 2),
    "counts go twice as far": Assumptions(contents=2 * Assumptions().contents),
    "lost mostly means killed": Assumptions(
        senses={"killed": 0.6, "killed_or_wounded": 0.25, "total": 0.15}
    ),
    "lost mostly means captured and missing too": Assumptions(
        senses={"killed": 0.15, "killed_or_wounded": 0.25, "total": 0.6}
    ),
}


def readings_of(posterior: Posterior, plays: Plays) -> dict[str, ClaimModel]:
    """Claim models by what differs in them, in words; "" is the one as stated.

    Where the scenario has a game, the claims on its moves are among them.

    Raises
    ------
    ModelError : a claim on a move is unknown, or weighs on the worlds already.
    """
    dossier = posterior.scenario.dossier
    if dossier is None:
        return {"": posterior.claims}
    if plays.crisis is not None:
        _refuse_misused(plays.crisis, dossier, posterior.claims)
    moved = with_moves(dossier, plays.crisis)
    stated = _read(posterior, moved, plays, Assumptions())
    found = {"": stated}
    for label, assumed in ALTERNATIVES.items():
        found[label] = _read(posterior, moved, plays, assumed)
    for label, forked in _forks(moved):
        found[label] = _read(posterior, forked, plays, Assumptions())
    return found


def differs(one: ClaimModel, other: ClaimModel) -> bool:
    """Whether the words went through other hands, or hands of another reliability."""
    hands = ([claim.attestation for claim in model.claims] for model in (one, other))
    return one.letters != other.letters or next(hands) != next(hands)


def _read(posterior: Posterior, dossier: Dossier, plays: Plays, assumed: Assumptions) -> ClaimModel:
    """The claims compiled as the posterior's were, with its letters and cuts."""
    columns = (*posterior.draws, *plays.labels)
    labels = {**posterior.labels, **plays.labels}
    model = compile_claims(dossier, posterior.scenario, columns, labels, assumed)
    weighed = {claim.id for claim in posterior.claims.claims}
    moves = {claim.id for claim in model.claims if claim.about in plays.labels}
    extra = [claim.id for claim in model.claims if claim.id not in weighed | moves]
    cut = [claim.id for claim in posterior.claims.claims if claim.attestation.cut]
    model = model.without(extra).graded(posterior.claims.letters).cut(cut)
    return model.coarsened(posterior.claims.grain)


def _refuse_misused(crisis: Crisis, dossier: Dossier, weighed: ClaimModel) -> None:
    known = {claim.id for claim in dossier.claims if claim.status != "rejected"}
    used = {claim.id for claim in weighed.claims}
    for move, claims in crisis.moves.items():
        for claim in claims:
            where = f"crisis.moves.{move}"
            if claim not in known:
                raise ModelError(where, f"{claim!r} is no claim of the record",
                                 "claims by id", "correct it")  # fmt: skip
            if claim in used:
                raise ModelError(
                    where, f"claim {claim!r} weighs on the worlds already",
                    "claims that say only which move was made",
                    "leave it out here: nothing is weighed twice",
                )  # fmt: skip


def _forks(dossier: Dossier) -> list[tuple[str, Dossier]]:
    """The record with two people taken for one, for each such open question."""
    found = []
    seen: set[frozenset[str]] = set()
    names = {entity.id: entity.name for entity in dossier.entities}
    for entity in dossier.entities:
        for other in entity.maybe_same_as:
            pair = frozenset((entity.id, other))
            if len(pair) < 2 or pair in seen or other in entity.same_as or other not in names:
                continue
            seen.add(pair)
            label = f"{entity.name} and {names[other]} are one person"
            found.append((label, _joined(dossier, entity.id, other)))
    return found


def _joined(dossier: Dossier, one: str, other: str) -> Dossier:
    both = {one, other}
    entities = tuple(
        entity.model_copy(update={"same_as": (*entity.same_as, *sorted(both - {entity.id}))})
        if entity.id in both
        else entity
        for entity in dossier.entities
    )
    return dossier.model_copy(update={"entities": entities})
