"""Paired effects of a changed cause: differences, necessity and sufficiency, with bounds.

Probabilities of causation count worlds under the stated coupling, which is an assumption; the
bounds of Tian & Pearl, Probabilities of causation (2000), hold under any coupling with the same
margins. For a cause that is changed from factual to counterfactual, with x the outcome in the
world as it was and y the outcome under the change:

    necessity    P(not y | x)     how often the outcome needed the cause
    sufficiency  P(y' ...)        read from the other direction: P(x | not y)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["Causation", "Effect", "causation", "effect_of"]


@dataclass(frozen=True)
class Effect:
    """A quantity before and after, and the paired difference.

    Attributes
    ----------
    before, after, difference : weighted means. error : standard error of the difference.
    low, high : 5 % and 95 % quantiles of the paired differences.
    """

    name: str
    before: float
    after: float
    difference: float
    error: float
    low: float
    high: float


@dataclass(frozen=True)
class Causation:
    """Necessity and sufficiency of the cause for an outcome, with Tian-Pearl bounds.

    Attributes
    ----------
    necessity : P(the outcome fails under the change | it happened). None where it never happened.
    sufficiency : P(it happened | it fails under the change). None where it never fails then.
    coupling : the assumption under which both were counted.
    """

    outcome: str
    before: float
    after: float
    necessity: float | None
    necessity_bounds: tuple[float, float] | None
    sufficiency: float | None
    sufficiency_bounds: tuple[float, float] | None
    coupling: str


def effect_of(name: str, before: np.ndarray, after: np.ndarray, weights: np.ndarray) -> Effect:
    """The paired effect on a number.

    Parameters
    ----------
    before, after : the same worlds, (n,). weights : posterior weights (n,).
    """
    share = weights / weights.sum()
    change = after - before
    mean = float(share @ change)
    error = float(np.sqrt((share**2) @ (change - mean) ** 2))
    order = np.argsort(change, kind="stable")
    cumulated = np.cumsum(share[order])
    at = np.minimum(np.searchsorted(cumulated, [0.05, 0.95]), change.size - 1)
    low, high = change[order][at]
    return Effect(
        name, float(share @ before), float(share @ after), mean, error, float(low), float(high)
    )


def causation(
    outcome: str, before: np.ndarray, after: np.ndarray, weights: np.ndarray, coupling: str
) -> Causation:
    """Necessity and sufficiency of the changed cause for an outcome.

    Parameters
    ----------
    before, after : whether the outcome happens, as it was and under the change, bool (n,).
    weights : posterior weights (n,). coupling : how the two worlds share their fortunes.
    """
    share = weights / weights.sum()
    x, y = float(share @ before), float(share @ after)
    lost = float(share @ (before & ~after))
    # Frechet: P(before and not after) lies between max(0, x - y) and min(x, 1 - y).
    least, most = max(0.0, x - y), min(x, 1 - y)
    return Causation(
        outcome=outcome,
        before=x,
        after=y,
        necessity=lost / x if x > 0 else None,
        necessity_bounds=(least / x, most / x) if x > 0 else None,
        sufficiency=lost / (1 - y) if y < 1 else None,
        sufficiency_bounds=(least / (1 - y), most / (1 - y)) if y < 1 else None,
        coupling=coupling,
    )
