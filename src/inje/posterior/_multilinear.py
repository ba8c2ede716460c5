r"""Many worlds weighed by weighing few: the likelihood is linear in what each claim says.

Given everybody's reliability every claim is a factor alpha + beta t, so that P(claims | t_1 .. t_m)
is linear in every t, and stays so when the reliabilities are integrated out. Between t = 0 and the
greatest t of a claim it is therefore the mean of its values at both ends, weighed by how near the
world is to either:

.. math:: P(t) = \sum_{e \in \{0, 1\}^m} P(e \cdot \hat t) \prod_j s_j^{e_j} (1 - s_j)^{1 - e_j},
   \quad s_j = t_j / \hat t_j.

All terms are positive, so nothing cancels. Most claims say one of a few things of a world (who
attacked, who won): worlds that agree on those share their ends, and only claims on numbers have
two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from inje.posterior._transmission import Transmission

__all__ = ["Lattice", "lattice_of"]

#: a claim that says at most so many different things of the worlds is not interpolated
FEW = 8
#: interpolation must weigh at most this share of the worlds to be worth its own work
WORTH = 0.5


@dataclass(frozen=True)
class Lattice:
    """What claims say of worlds, as few patterns and places between ends.

    Attributes
    ----------
    terms : t(c | z), (claims, n).
    pattern : which pattern a world shows, (n,).
    shown : what each pattern says, (claims, patterns); 0 where a claim has two ends.
    peaks : the greatest t of claims with two ends, by row.
    """

    terms: np.ndarray = field(repr=False)
    pattern: np.ndarray = field(repr=False)
    shown: np.ndarray = field(repr=False)
    peaks: dict[int, float]

    def log_likelihood(
        self,
        transmission: Transmission,
        rows: Sequence[int],
        *,
        pinned: Mapping[str, float] | None = None,
        floors: Mapping[str, float] | None = None,
    ) -> np.ndarray:
        """Log of P(claims | world), (n,).

        Parameters
        ----------
        rows : which claims are weighed, in the order of `transmission`.
        pinned, floors : as of `Transmission.log_likelihood`, the same in every world.
        """
        between = [row for row in rows if row in self.peaks]
        ends = 1 << len(between)
        if ends * self.shown.shape[1] > WORTH * self.pattern.size:
            direct = [self.terms[row] for row in rows]
            return transmission.log_likelihood(direct, pinned=pinned, floors=floors)
        at = np.repeat(self.shown, ends, axis=1)
        for bit, row in enumerate(between):
            high = (np.arange(at.shape[1]) >> bit) & 1
            at[row] = high * self.peaks[row]
        held = [at[row] for row in rows]
        logs = transmission.log_likelihood(held, pinned=pinned, floors=floors).reshape(-1, ends)
        top = logs.max(axis=1, keepdims=True)
        top = np.where(np.isfinite(top), top, 0.0)
        values = np.exp(logs - top)[self.pattern]
        for row in reversed(between):
            values = self._folded(values, row)
        with np.errstate(divide="ignore"):
            return np.log(values[:, 0]) + top[self.pattern, 0]

    def _folded(self, values: np.ndarray, row: int) -> np.ndarray:
        """The two ends of a claim made one, (n, half as many)."""
        half = values.shape[1] // 2
        share = (self.terms[row] / self.peaks[row])[:, None]
        return values[:, :half] * (1 - share) + values[:, half:] * share


def lattice_of(terms: np.ndarray) -> Lattice:
    """Find the patterns of what claims say of worlds.

    Parameters
    ----------
    terms : t(c | z), (claims, n); none negative.
    """
    peaks: dict[int, float] = {}
    pattern = np.zeros(terms.shape[1], dtype=np.int64)
    for row, values in enumerate(terms):
        said, which = np.unique(values, return_inverse=True)
        if said.size > FEW:
            peaks[row] = float(said[-1])
        else:
            _, pattern = np.unique(pattern * said.size + which, return_inverse=True)
    first = np.unique(pattern, return_index=True)[1]
    shown = terms[:, first]
    shown[list(peaks)] = 0.0
    return Lattice(terms, pattern, shown, peaks)
