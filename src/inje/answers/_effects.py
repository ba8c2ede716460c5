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

from inje.posterior import Weighted

__all__ = ["Causation", "Effect", "causation", "effect_of"]


@dataclass(frozen=True)
class Effect:
    """A quantity before and after, and the paired difference.

    Attributes
    ----------
    before, after, difference : weighted means. before_error, after_error, error : their
        Monte-Carlo standard errors; pairing makes the last the smallest.
    low, high : 5 % and 95 % quantiles of the paired differences; low_error, high_error, theirs.
    """

    name: str
    before: float
    after: float
    difference: float
    error: float
    low: float
    high: float
    before_error: float = 0.0
    after_error: float = 0.0
    low_error: float = 0.0
    high_error: float = 0.0


@dataclass(frozen=True)
class Causation:
    """Necessity and sufficiency of the cause for an outcome, with Tian-Pearl bounds.

    Attributes
    ----------
    necessity : P(the outcome fails under the change | it happened). None where it never happened.
    sufficiency : P(it happened | it fails under the change). None where it never fails then.
    necessity_error, sufficiency_error, before_error, after_error : Monte-Carlo standard errors.
    necessity_bounds_errors, sufficiency_bounds_errors : those of both bounds.
        change_error : that of the paired difference of `after` and `before`.
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
    necessity_error: float | None = None
    sufficiency_error: float | None = None
    change_error: float = 0.0
    before_error: float = 0.0
    after_error: float = 0.0
    necessity_bounds_errors: tuple[float, float] | None = None
    sufficiency_bounds_errors: tuple[float, float] | None = None


def effect_of(
    name: str,
    before: np.ndarray,
    after: np.ndarray,
    weights: np.ndarray,
    independent: float = 1.0,
) -> Effect:
    """The paired effect on a number.

    Parameters
    ----------
    before, after : the same worlds, (n,). weights : posterior weights (n,).
    independent : share of the worlds that are independent ones.
    """
    share = weights / weights.sum()
    change = after - before
    mean = float(share @ change)
    errors = [_error_of_mean(column, share, independent) for column in (change, before, after)]
    dealt = Weighted(share, Weighted.equal(change.size).group)
    low, high = dealt.quantiles(change, (0.05, 0.95))
    # Worlds that are drawn twice are in several groups.
    wider = 1 / np.sqrt(independent)
    return Effect(
        name, float(share @ before), float(share @ after), mean, errors[0], low.value, high.value,
        before_error=errors[1], after_error=errors[2], low_error=wider * low.error,
        high_error=wider * high.error,
    )  # fmt: skip


def _error_of_mean(values: np.ndarray, share: np.ndarray, independent: float) -> float:
    return float(np.sqrt((share**2) @ (values - share @ values) ** 2 / independent))


def causation(
    outcome: str,
    before: np.ndarray,
    after: np.ndarray,
    weights: np.ndarray,
    coupling: str,
    independent: float = 1.0,
) -> Causation:
    """Necessity and sufficiency of the changed cause for an outcome.

    Parameters
    ----------
    before, after : whether the outcome happens, as it was and under the change, bool (n,).
    weights : posterior weights (n,). coupling : how the two worlds share their fortunes.
    independent : share of the worlds that are independent ones.
    """
    share = weights / weights.sum()
    effective = independent / float(share @ share)
    x, y = float(share @ before), float(share @ after)
    lost = float(share @ (before & ~after))
    # Frechet: P(before and not after) lies between max(0, x - y) and min(x, 1 - y).
    least, most = max(0.0, x - y), min(x, 1 - y)
    # What each world adds to both ends, before they are taken over those that it concerns.
    ends = [(before * 1.0 - after if x > y else 0.0 * before), (before if x < 1 - y else ~after)]
    needed, other = (
        tuple(_error_of_ratio(end, of, share, independent) for end in ends)
        for of in (before, ~after)
    )
    return Causation(
        outcome=outcome,
        before=x,
        after=y,
        necessity=lost / x if x > 0 else None,
        necessity_bounds=(least / x, most / x) if x > 0 else None,
        sufficiency=lost / (1 - y) if y < 1 else None,
        sufficiency_bounds=(least / (1 - y), most / (1 - y)) if y < 1 else None,
        coupling=coupling,
        necessity_error=_error(lost / x, effective * x) if x > 0 else None,
        sufficiency_error=_error(lost / (1 - y), effective * (1 - y)) if y < 1 else None,
        change_error=float(
            np.sqrt(max(_flips(before, after, share) - (x - y) ** 2, 0) / effective)
        ),
        before_error=_error(x, effective),
        after_error=_error(y, effective),
        necessity_bounds_errors=(needed[0], needed[1]) if x > 0 else None,
        sufficiency_bounds_errors=(other[0], other[1]) if y < 1 else None,
    )


def _error_of_ratio(
    above: np.ndarray, below: np.ndarray, share: np.ndarray, independent: float
) -> float:
    """Standard error of the ratio of two means, by what each world adds to it (delta method)."""
    mean = float(share @ below)
    if not mean > 0:
        return 0.0
    around = above - float(share @ above) / mean * below
    return float(np.sqrt((share**2) @ around**2 / independent)) / mean


def _error(share: float, worlds: float) -> float:
    """Standard error of a share of so many worlds, never 0: none was seen, or all."""
    inside = min(max(share, 0.5 / worlds), 1 - 0.5 / worlds) if worlds > 1 else 0.5
    return float(np.sqrt(inside * (1 - inside) / max(worlds, 1.0)))


def _flips(before: np.ndarray, after: np.ndarray, share: np.ndarray) -> float:
    return float(share @ (before != after))
