"""After the last width: moving on until draws are effective, and counting how many are.

Particles of one family descend from one particle of the prior. Where they have moved on until
they no longer resemble each other, a family's sum is as small as chance makes it; so the
spread of families' sums tells the variance of the whole run (Lee & Whiteley 2018).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from inje.posterior._claims import ClaimModel
from inje.posterior._tempering import ParticleModel, Particles, Stage, moved

__all__ = ["SETTLING", "family_size", "settled", "worst_size"]

#: sweeps at most, until draws are effective
SETTLING = 64


def settled(
    state: Particles,
    model: ParticleModel,
    claims: ClaimModel,
    *,
    ess: float,
    seed: int,
    most: int = SETTLING,
    begun: tuple[Stage, int] | None = None,
    keep: Callable[[Stage, int], None] | None = None,
) -> Particles:
    """Move a population at its width until its draws are effective enough.

    Parameters
    ----------
    state : a population, at width 0 as a rule.
    ess : effective draws wanted; `most` sweeps of moves at most.
    seed : of the moves.
    begun : where an earlier run stopped, and after how many sweeps. keep : called with where
        this one is.
    """
    rng, done = np.random.Generator(np.random.Philox(seed)), 0
    if begun is not None:
        (state, rng, _), done = begun
    while done < most and worst_size(state) < ess:
        state, _, sweeps, _ = moved(state, model, claims, rng, 8, np.inf)
        done += sweeps
        if keep:
            keep((state, rng, []), done)
    return state


def worst_size(state: Particles) -> float:
    """Effective draws for the parameter, outcome or weight that has the fewest."""
    outcomes = (np.asarray(values, dtype=float) for values in state.columns.values())
    numbers = [*state.x.T, state.log_weight, *outcomes]
    sizes = [
        family_size(values, state.family)
        for values in numbers
        if np.isfinite(values).all() and np.ptp(values) > 0
    ]
    return min(sizes, default=float(state.x.shape[0]))


def family_size(values: np.ndarray, family: np.ndarray) -> float:
    """Effective draws for the mean of `values` (n,), by the spread over families."""
    centred = np.asarray(values, dtype=float) - np.mean(values)
    spread = np.square(centred).mean()
    if spread <= 0:
        return float(values.size)
    totals = np.bincount(np.unique(family, return_inverse=True)[1].ravel(), weights=centred)
    variance = np.square(totals).sum() / values.size**2
    return float(min(spread / variance, values.size)) if variance > 0 else float(values.size)
