r"""What is said by one who does not track the truth.

A number n is invented with probability proportional to

.. math:: w(n) \propto \log\frac{n + 2}{n + 1}\,(n + 1)^{\kappa f}, \quad n = 0 .. limit

(Benford's weights, tilted by interest f: +1 for the enemy's strength and losses, -1 for one's
own losses, 0 without interest); a category c with probability proportional to
exp(kappa favours(c)). kappa = .5 is `assumed` and belongs to the sensitivities.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from inje.posterior._forms import Span

__all__ = ["KAPPA", "invented_category", "invented_count"]

KAPPA = 0.5


@lru_cache(maxsize=16)
def _cumulated(limit: int, tilt: float) -> np.ndarray:
    n = np.arange(limit + 1, dtype=float)
    weight = np.log1p(1 / (n + 1)) * (n + 1) ** tilt
    total = np.concatenate([[0.0], np.cumsum(weight)])
    total /= total[-1]
    total.setflags(write=False)
    return total


def invented_count(span: Span, limit: int, interest: int = 0, kappa: float = KAPPA) -> float:
    """q: the probability of inventing a number in the span.

    Parameters
    ----------
    span : what the claim allows.
    limit : largest content of the declared range 0..limit.
    interest : f, in -1, 0, +1.
    kappa : strength of interest.
    """
    total = _cumulated(limit, kappa * interest)
    low, high = min(span.low, limit + 1), min(span.high, limit)
    return float(total[high + 1] - total[low]) if high >= low else 0.0


def invented_category(favours: Sequence[float], index: int, kappa: float = KAPPA) -> float:
    """q: the probability of inventing category `index`.

    Parameters
    ----------
    favours : how much each category favours the speaker's interest (-1, 0, +1).
    index : the category that was said.
    """
    weight = np.exp(kappa * np.asarray(favours, dtype=float))
    return float(weight[index] / weight.sum())
