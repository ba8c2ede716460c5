"""Whether the model, before the claims or after them, could have produced what is claimed.

For each claim, the tail probability of its content among those that a tracking source would
give in worlds of the prior; for each pair, that of one given worlds in which the other
tracks. Below .01 model and record conflict: a posterior reliability would then tell of the
model, not of the source. In worlds of the posterior, which have seen the claim, a small tail says
that the others and the model outweigh it (Gelman, Meng & Stern 1996).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inje.posterior._counts import CountReading
from inje.posterior._forms import Span
from inje.posterior._posterior import Posterior
from inje.posterior._readings import Columns, Reading
from inje.posterior._statistics import Estimate, Weighted
from inje.posterior._tracking import EXACT, tracking_table

__all__ = ["Conflict", "posterior_checks", "predictive_checks"]

#: below this, model and record conflict
CONFLICT = 0.01


@dataclass(frozen=True, slots=True)
class Conflict:
    """A claim, or a pair of them, and how far out it lies in the worlds of the prior.

    Attributes
    ----------
    claims : one or two identifiers; of two, the second given that the first tracks.
    tail : predictive tail probability; two-sided for numbers.
    error : its Monte-Carlo standard error.
    """

    claims: tuple[str, ...]
    tail: float
    error: float = 0.0

    @property
    def conflicts(self) -> bool:
        """Whether reliability is not interpretable here."""
        return self.tail < CONFLICT


def posterior_checks(posterior: Posterior) -> tuple[Conflict, ...]:
    """Posterior-predictive tail probabilities of every claim, the smallest first."""
    worlds, weights = posterior.draws, posterior.weighted
    found = [
        _conflict((claim.id,), _tail(claim.reading, worlds, weights))
        for claim in posterior.claims.claims
    ]
    return tuple(sorted(found, key=lambda conflict: (conflict.tail, conflict.claims)))


def predictive_checks(posterior: Posterior) -> tuple[Conflict, ...]:
    """Prior-predictive tail probabilities of every claim and of pairs, the smallest first.

    Of pairs only those are listed that conflict though neither claim does by itself.
    """
    claims, prior = posterior.claims.claims, posterior.prior
    size = len(next(iter(prior.values()), ()))
    equal = Weighted.equal(size)
    alone = {claim.id: _tail(claim.reading, prior, equal) for claim in claims}
    found = [_conflict((claim,), tail) for claim, tail in alone.items()]
    for first in claims:
        weight = first.reading.tracking(prior)
        if not weight.sum() > 0:
            continue
        tracked = Weighted(weight / weight.sum(), equal.group)
        for second in claims:
            if second.id == first.id:
                continue
            if min(alone[first.id].value, alone[second.id].value) < CONFLICT:
                continue
            tail = _tail(second.reading, prior, tracked)
            if tail.value < CONFLICT:
                found.append(_conflict((first.id, second.id), tail))
    return tuple(sorted(found, key=lambda conflict: (conflict.tail, conflict.claims)))


def _conflict(claims: tuple[str, ...], tail: Estimate) -> Conflict:
    return Conflict(claims, tail.value, tail.error)


def _tail(reading: Reading, worlds: Columns, weights: Weighted) -> Estimate:
    """Tail probability of a content over weighted worlds (n,)."""
    if not isinstance(reading, CountReading):
        return weights.mean(reading.tracking(worlds))
    below = weights.mean(_within(reading, Span(0, reading.span.high), worlds))
    top = max(reading.setting.limit, reading.span.low)
    above = weights.mean(_within(reading, Span(reading.span.low, top), worlds))
    least = min(below, above, key=lambda found: found.value)
    if 2 * least.value >= 1:  # more than half of the contents lie on either side
        return Estimate(1.0, 0.0)
    return Estimate(2 * least.value, 2 * least.error)


def _within(reading: CountReading, span: Span, worlds: Columns) -> np.ndarray:
    """Chance that a tracking source says a number in a span, in each world (n,)."""
    setting = reading.setting
    error = setting.exaggeration if reading.exaggerated else EXACT
    table = tracking_table(span, setting.limit, setting.perception, error)
    parts = [
        share * table.at(np.sum([np.asarray(worlds[name]) for name in names], axis=0))
        for share, names in reading.senses
    ]
    return np.sum(parts, axis=0)
