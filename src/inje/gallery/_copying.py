"""What a source that is not seen will say: it copies, or it says something of its own.

Given the log figures x_1 .. x_k of the others, the hidden figure y is, with probability
c, one of them (value v with weight by how many say it), else t distributed about a
robust centre of them. The scale grows with how far they lie apart, falls with their
number and with the size of the figure. The parameters are learned from sources that
can be seen, each in turn taken as hidden.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.optimize import minimize
from scipy.special import expit, log_expit

from inje.gallery._testimony import Targets

__all__ = ["Copying", "Summary", "Voice", "summarise"]

_SAME = 1e-9
# Robust sd and degrees of freedom of the figures of ten sources about the truth: the
# kernel of a claim's count in the package (a third agree, the rest differ by .15).
_SD, _FREEDOM = 0.15, 4.0
_SIZE = np.log(1_000.0)


@dataclass(frozen=True)
class Summary:
    """What the model reads of the evidence of m targets.

    `centre`, `mean`, `median` (m,) of the log figures; `features` (m, f) of the scale;
    `votes` (m, k) how many others say the same, 0 where silent; `agreement` (m,)
    whether two or more agree.
    """

    centre: np.ndarray
    mean: np.ndarray
    median: np.ndarray
    features: np.ndarray
    votes: np.ndarray
    agreement: np.ndarray


def summarise(evidence: np.ndarray) -> Summary:
    """Read the evidence, shape (m, k), NaN where silent."""
    told = ~np.isnan(evidence)
    count = told.sum(axis=1)
    mean, median = np.nanmean(evidence, axis=1), np.nanmedian(evidence, axis=1)
    x = np.where(told, evidence, 0.0)
    centre = median.copy()
    for _ in range(20):
        gap = (x - centre[:, None]) / _SD
        weight = np.where(told, (_FREEDOM + 1) / (_FREEDOM + gap**2), 0.0)
        centre = (weight * x).sum(axis=1) / weight.sum(axis=1)
    deviation = np.where(told, np.abs(x - centre[:, None]), 0.0).sum(axis=1) / count
    same = np.abs(evidence[:, :, None] - evidence[:, None, :]) < _SAME
    votes = np.where(told, same.sum(axis=2), 0)
    features = np.column_stack(
        [np.ones(len(x)), np.log(deviation + 0.02), np.log(count), median - _SIZE]
    )
    return Summary(centre, mean, median, features, votes, (votes > 1).any(axis=1))


@dataclass(frozen=True)
class Voice:
    """The forecast of m hidden figures: atoms and a t for the rest.

    `atoms` and `masses` (m, k): log figures that may be copied and their
    probabilities (each voice of a value has its part); `own` (m,) the probability of
    a figure of its own; `centre`, `scale` (m,) and `freedom` of its t.
    """

    atoms: np.ndarray
    masses: np.ndarray
    own: np.ndarray
    centre: np.ndarray
    scale: np.ndarray
    freedom: float

    def copied(self, y: np.ndarray) -> np.ndarray:
        """Whether each of y (m,) is one of the atoms."""
        return (np.abs(self.atoms - y[:, None]) < _SAME).any(axis=1)

    def log_score(self, y: np.ndarray) -> np.ndarray:
        """Log of the atom's mass where y is copied, else of the density, shape (m,)."""
        hit = np.abs(self.atoms - y[:, None]) < _SAME
        mass = np.where(hit, self.masses, 0.0).sum(axis=1)
        density = stats.t.logpdf(y, self.freedom, self.centre, self.scale)
        own = np.log(self.own) + density
        return np.where(mass > 0, np.log(np.where(mass > 0, mass, 1.0)), own)

    def reached(self, y: np.ndarray) -> np.ndarray:
        """Where y falls in the distribution of a figure of its own, shape (m,)."""
        return stats.t.cdf(y, self.freedom, self.centre, self.scale)

    def crps(self, y: np.ndarray, nodes: int = 200) -> np.ndarray:
        """Continuous ranked probability score of y (Gneiting & Raftery 2007, JASA 102).

        E|Y - y| - E|Y - Y'| / 2 with the t at `nodes` equally likely quantiles.
        """
        middles = stats.t.ppf((np.arange(nodes) + 0.5) / nodes, self.freedom)
        own = self.centre[:, None] + self.scale[:, None] * middles
        atoms = np.where(np.isnan(self.atoms), 0.0, self.atoms)
        points = np.concatenate([atoms, own], axis=1)
        share = np.repeat(self.own[:, None] / nodes, nodes, axis=1)
        weights = np.concatenate([self.masses, share], axis=1)
        order = np.argsort(points, axis=1)
        points = np.take_along_axis(points, order, axis=1)
        weights = np.take_along_axis(weights, order, axis=1)
        below = np.cumsum(weights, axis=1)[:, :-1]
        # E|Y - Y'| / 2 is the integral of F (1 - F).
        spread = (below * (1 - below) * np.diff(points, axis=1)).sum(axis=1)
        return (weights * np.abs(points - y[:, None])).sum(axis=1) - spread


@dataclass(frozen=True)
class Copying:
    """The learned model. `about` says what the t is centred on: centre, mean, median.

    `scale` (f,) are the coefficients of the log scale, `copy` (3,) of the logit of
    copying (constant, agreement, log number of others), `crowd` the power of votes.
    """

    about: str
    scale: np.ndarray
    copy: np.ndarray
    crowd: float
    freedom: float

    @classmethod
    def learn(cls, known: Targets, about: str = "centre", *, plain: bool = False) -> Copying:
        """Fit by penalised likelihood; `plain` keeps the scale constant."""
        summary = summarise(known.evidence)
        width = 1 if plain else summary.features.shape[1]
        start = np.concatenate([[np.log(0.2)], np.zeros(width - 1), [-1.0, 0, 0, 0.5, 1.0]])
        # Weak normal prior about the start, sd 2: some sources leave few to learn from.

        def loss(at: np.ndarray) -> float:
            model = cls._unpack(at, about, width, summary.features.shape[1])
            score = model.voice(known.evidence, summary).log_score(known.truth)
            return float(-score.sum() + 0.125 * ((at - start) ** 2).sum())

        found = minimize(loss, start, method="L-BFGS-B").x
        return cls._unpack(found, about, width, summary.features.shape[1])

    @classmethod
    def _unpack(cls, at: np.ndarray, about: str, width: int, features: int) -> Copying:
        scale = np.zeros(features)
        scale[:width] = at[:width]
        freedom = 1.0 + float(np.exp(np.clip(at[width + 4], -4, 4)))
        return cls(about, scale, at[width : width + 3], float(at[width + 3]), freedom)

    def voice(self, evidence: np.ndarray, summary: Summary | None = None) -> Voice:
        """Forecasts from evidence, shape (m, k), whose summary may be at hand."""
        summary = summarise(evidence) if summary is None else summary
        log_count = summary.features[:, 2]
        odds = self.copy[0] + self.copy[1] * summary.agreement + self.copy[2] * log_count
        told = summary.votes > 0
        # A value that v voices say gets v parts of v^(crowd - 1): v^crowd in all.
        pull = np.where(told, np.where(told, summary.votes, 1.0) ** (self.crowd - 1), 0.0)
        masses = expit(odds)[:, None] * pull / pull.sum(axis=1, keepdims=True)
        centre = {"centre": summary.centre, "mean": summary.mean, "median": summary.median}
        return Voice(
            evidence,
            masses,
            np.exp(log_expit(-odds)),
            centre[self.about],
            np.exp(summary.features @ self.scale),
            self.freedom,
        )
