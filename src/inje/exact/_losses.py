"""The joint law of the losses of both sides, as a list of cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["LossLaw"]

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LossLaw:
    """Probabilities of the losses of two sides.

    Attributes
    ----------
    first, second : (n,), losses of the first and of the second side in each cell.
    probability : (n,), probability of each cell; cells that are absent have none.
    spans : losses at which the first and the second side end the battle.
    truncated : mass that was dropped on the way; the sum is 1 less this.
    """

    first: Counts
    second: Counts
    probability: Floats
    spans: tuple[int, int]
    truncated: float

    @property
    def total(self) -> float:
        """Mass in all: 1 less what was truncated, or the likelihood of what it was weighed by."""
        return float(self.probability.sum())

    @property
    def first_wins(self) -> float:
        """Probability that the second side is down to its breakpoint and the first is not."""
        won = (self.second >= self.spans[1]) & (self.first < self.spans[0])
        return float(self.probability[won].sum())

    @property
    def second_wins(self) -> float:
        """Probability that the first side is down to its breakpoint and the second is not."""
        won = (self.first >= self.spans[0]) & (self.second < self.spans[1])
        return float(self.probability[won].sum())

    @property
    def undecided(self) -> float:
        """Probability that neither side, or both, are down to their breakpoints."""
        return self.total - self.first_wins - self.second_wins

    @property
    def mean(self) -> tuple[float, float]:
        """Mean losses of the two sides, given the mass that was kept."""
        weight = self.probability / self.probability.sum()
        return float(weight @ self.first), float(weight @ self.second)

    @property
    def covariance(self) -> Floats:
        """(2, 2), covariance of the losses, given the mass that was kept."""
        weight = self.probability / self.probability.sum()
        centred = np.stack([self.first - self.mean[0], self.second - self.mean[1]])
        return (centred * weight) @ centred.T

    @property
    def sd(self) -> tuple[float, float]:
        """Standard deviations of the losses."""
        spread = np.sqrt(np.diag(self.covariance))
        return float(spread[0]), float(spread[1])

    def weighed(self, weights: Floats) -> LossLaw:
        """The law times weights[losses of the first, losses of the second], not normalised.

        Cells beyond the table have no weight. The new total is the likelihood of a report
        with these chances.
        """
        inside = (self.first < weights.shape[0]) & (self.second < weights.shape[1])
        first, second = self.first[inside], self.second[inside]
        mass = self.probability[inside] * weights[first, second]
        kept = mass > 0.0
        truncated = self.truncated * float(weights.max(initial=0.0))
        return LossLaw(first[kept], second[kept], mass[kept], self.spans, truncated)

    def marginal(self, side: int) -> Floats:
        """Probabilities of 0, 1, ... losses of side 0 (the first) or 1 (the second)."""
        losses = (self.first, self.second)[side]
        return np.bincount(losses, weights=self.probability).astype(np.float64)

    def table(self, shape: tuple[int, int] | None = None) -> Floats:
        """Dense probabilities, [losses of the first, losses of the second].

        Parameters
        ----------
        shape : rows and columns; cells beyond are left out. The smallest that holds all
            cells unless given.
        """
        if shape is None:
            shape = int(self.first.max(initial=0)) + 1, int(self.second.max(initial=0)) + 1
        dense = np.zeros(shape)
        inside = (self.first < shape[0]) & (self.second < shape[1])
        dense[self.first[inside], self.second[inside]] = self.probability[inside]
        return dense
