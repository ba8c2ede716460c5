"""How sources and claims were weighed, and how far the weighing can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

import numpy as np

from inje.dossier import Dossier
from inje.posterior import (
    Posterior,
    PriorChange,
    beta_of,
    predictive_checks,
    prior_sensitivity,
    with_errors,
)
from inje.reporting._data import (
    ClaimWeight,
    Diagnostics,
    Interval,
    QuantityRow,
    ReachRow,
    SourceRow,
)
from inje.reporting._doubt import ConflictRow, PriorMove
from inje.reporting._ledger import regrouped
from inje.reporting._wording import Wording

__all__ = [
    "SEEN",
    "agent_name",
    "claim_weights",
    "conflict_rows",
    "diagnostics_of",
    "prior_moves",
    "source_rows",
]

#: least shift of a median that is told, in posterior standard deviations
SEEN = 0.1


def source_rows(
    posterior: Posterior, wording: Wording, dossier: Dossier, conflicts: Sequence[ConflictRow] = ()
) -> tuple[SourceRow, ...]:
    """Reliability of everybody who held or carried a weighed claim."""
    from scipy import special

    held: dict[str, list[str]] = {}
    carried: dict[str, list[str]] = {}
    for claim in posterior.claims.claims:
        agents = claim.attestation.agents
        for agent in agents:
            home = held if agent == claim.attestation.holder else carried
            home.setdefault(agent, []).append(claim.id)
    rows = []
    beyond = _in_conflict(posterior, conflicts)
    for found in posterior.reliabilities():
        given = _graded(dossier, found.agent)
        a, b = beta_of(found.letter)
        prior = Interval(*(float(special.betaincinv(a, b, level)) for level in (0.05, 0.5, 0.95)))
        mine, passed = held.get(found.agent, []), carried.get(found.agent, [])
        rows.append(
            SourceRow(
                id=found.agent,
                label=wording.agent(found.agent),
                role="both" if mine and passed else "holder" if mine else "carrier",
                letter=found.letter or "F",
                letter_is_default=given is None,
                prior=prior,
                posterior=Interval(found.q05, found.q50, found.q95, found.errors[1:]),
                mean=found.mean,
                interest=_interest(dossier, wording, found.agent),
                claims=tuple(dict.fromkeys((*mine, *passed))),
                conflict=found.agent in beyond,
            )
        )
    return tuple(rows)


def _record(dossier: Dossier, agent: str) -> object | None:
    return next((r for r in (*dossier.entities, *dossier.sources) if r.id == agent), None)


def _graded(dossier: Dossier, agent: str) -> str | None:
    return getattr(_record(dossier, agent), "reliability", None)


def _interest(dossier: Dossier, wording: Wording, agent: str) -> str:
    record = _record(dossier, agent)
    interest = getattr(record, "interest", None) or getattr(record, "side", None)
    return wording.name(interest) if interest and interest != "none" else ""


def agent_name(_: Dossier, wording: Wording, agent: str) -> str:
    """A work by author and year, anybody else by name."""
    return wording.agent(agent)


def claim_weights(posterior: Posterior) -> tuple[ClaimWeight, ...]:
    """How each claim weighed, or why it did not."""
    judged = tuple(
        ClaimWeight(truth.claim, truth.probability, truth.digit, mcse=truth.error)
        for truth in posterior.truths()
    )
    idle = tuple(
        ClaimWeight(claim, reason=reason) for claim, reason in posterior.claims.idle.items()
    )
    return judged + idle


def conflict_rows(posterior: Posterior) -> tuple[ConflictRow, ...]:
    """How far out every claim lies in the worlds of the prior, the farthest first."""
    return tuple(
        ConflictRow(found.claims, found.tail, found.conflicts, found.error)
        for found in predictive_checks(posterior)
    )


def _in_conflict(posterior: Posterior, conflicts: Sequence[ConflictRow]) -> set[str]:
    """Holders whose own words the model could hardly have produced.

    Of two claims only those of one holder count: two holders may well exclude each other.
    """
    holder = {claim.id: claim.attestation.holder for claim in posterior.claims.claims}
    found = (row for row in conflicts if row.conflicts)
    return {
        holder[row.claims[0]] for row in found if len({holder[claim] for claim in row.claims}) == 1
    }


def prior_moves(
    posterior: Posterior, wording: Wording, rows: Sequence[QuantityRow]
) -> tuple[PriorMove, ...]:
    """How the figures that are asked first move with the priors, the largest shift first."""
    asked = {row.name: row for row in rows if _is_asked_first(row)}
    return tuple(
        PriorMove(
            parameter=move.parameter,
            parameter_label=wording.path(move.parameter),
            change=move.change,
            target=move.target,
            target_label=asked[move.target].label,
            unit=asked[move.target].unit,
            before=_finite(move.before),
            after=None if move.after is None else _finite(move.after),
            shift=move.shift,
            ess=move.ess,
            before_errors=move.before_errors,
            errors=move.after_errors or (None, None, None),
            shift_error=move.shift_error,
        )
        for move in _with_errors_shown(posterior, prior_sensitivity(posterior, asked))
    )


def _with_errors_shown(
    posterior: Posterior, moves: Sequence[PriorChange]
) -> tuple[PriorChange, ...]:
    """Errors for the changes that may be shown: those that are seen, and the first that is not."""
    judged = [move for move in moves if move.shift is not None]
    seen = sum(abs(move.shift or 0.0) >= SEEN for move in judged)
    some = judged[: seen + 1]
    return (*with_errors(posterior, some), *(move for move in moves if move not in some))


def _is_asked_first(row: QuantityRow) -> bool:
    """How many fought, how many were lost, and for how long."""
    quantity, _, rest = row.name.partition(".")
    whole = quantity == "strength" or (quantity == "losses" and rest.endswith(".total"))
    return row.observable and row.informed and (whole or quantity == "duration")


def _finite(values: tuple[float, ...]) -> tuple[float | None, float | None, float | None]:
    low, middle, high = (value if np.isfinite(value) else None for value in values)
    return low, middle, high


def diagnostics_of(posterior: Posterior) -> Diagnostics:
    """Diagnostics of the posterior as the page prints them."""
    known = posterior.diagnostics
    reach = known.reach
    rows = [
        ReachRow((claim,), worlds, worlds / max(reach.worlds, 1))
        for claim, worlds in reach.matched.items()
    ]
    if reach.unmatched:
        omitted = reach.omitted if np.isfinite(reach.omitted) else None
        rows.append(ReachRow(reach.unmatched, 0, 0.0, omitted))
    return Diagnostics(
        ess=known.ess,
        worlds=known.worlds,
        k_hat=known.k_hat or None,  # whole populations of particles have no tail to fit
        seed=known.seed,
        version=version("inje"),
        method=known.method,
        sentence=regrouped(known.sentence),
        log_evidence=known.log_evidence,
        reach=tuple(rows),
        sentences=(regrouped(known.remedy),) if known.remedy else (),
    )
