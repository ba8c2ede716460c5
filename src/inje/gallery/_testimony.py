"""Civil War casualties as ten sources give them: who copies whom, who is hidden.

A target is one source's figure for one battle and side; its evidence are the figures
of the sources outside its copying family, where at least two of them disagree.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

__all__ = ["Figures", "Targets", "families", "figures", "targets"]

# Sources that agree to the person in half of their common figures copy one another.
_COPYING, _LEAST_COMMON = 0.5, 20


@dataclass(frozen=True)
class Figures:
    """Casualties by battle side and source, NaN where a source is silent.

    `value` (n, sources) in people, the middle where a source gives a range; `battle`
    (n,) codes; `sources` their names; `year` when each source appeared.
    """

    value: np.ndarray
    battle: np.ndarray
    sources: tuple[str, ...]
    year: np.ndarray


@dataclass(frozen=True)
class Targets:
    """m hidden figures with the evidence for each.

    `truth` (m,) the hidden log figure; `evidence` (m, k) log figures of the others,
    NaN where silent or of the family; `battle` and `source` (m,) codes.
    """

    truth: np.ndarray
    evidence: np.ndarray
    battle: np.ndarray
    source: np.ndarray

    def __len__(self) -> int:
        return len(self.truth)

    def take(self, rows: np.ndarray) -> Targets:
        """Some of the targets."""
        return Targets(*(each[rows] for each in self._arrays()))

    def _arrays(self) -> tuple[np.ndarray, ...]:
        return self.truth, self.evidence, self.battle, self.source


def figures(frame: pd.DataFrame) -> Figures:
    """The casualties of a frame of `inje.datasets.acw`."""
    middle = frame[["casualties_lo", "casualties_hi"]].mean(axis=1)
    known = frame.assign(middle=middle)[middle > 0]
    table = known.pivot_table(
        index=["cwsac_id", "side"], columns="source", values="middle", aggfunc="first"
    )
    years = frame.groupby("source")["source_year"].first()
    return Figures(
        value=table.to_numpy(float),
        battle=pd.factorize(table.index.get_level_values("cwsac_id"))[0],
        sources=tuple(table.columns),
        year=years.loc[list(table.columns)].to_numpy(),
    )


def families(known: Figures) -> np.ndarray:
    """Code of each source's copying family, shape (sources,).

    Two sources are of one family if at least half of their common figures (20 or
    more) are the same to the person; families are closed under this relation.
    """
    count = len(known.sources)
    family = np.arange(count)
    for i in range(count):
        for j in range(i):
            both = ~np.isnan(known.value[:, i]) & ~np.isnan(known.value[:, j])
            same = known.value[both, i] == known.value[both, j]
            if both.sum() >= _LEAST_COMMON and same.mean() >= _COPYING:
                family[family == family[i]] = family[j]
    return family


def targets(known: Figures, source: int, allowed: np.ndarray) -> Targets:
    """The figures of one source as targets, from the sources that are `allowed`.

    Parameters
    ----------
    known : all figures.
    source : the hidden source.
    allowed : shape (sources,), true for the sources that may serve as evidence.
    """
    evidence = np.where(allowed, np.log(known.value), np.nan)
    told = ~np.isnan(evidence)
    top = np.where(told, evidence, -np.inf).max(axis=1)
    bottom = np.where(told, evidence, np.inf).min(axis=1)
    rows = np.flatnonzero(~np.isnan(known.value[:, source]) & (top > bottom))
    return Targets(
        truth=np.log(known.value[rows, source]),
        evidence=evidence[rows],
        battle=known.battle[rows],
        source=np.full(len(rows), source),
    )
