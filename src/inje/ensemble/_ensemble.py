"""Many worlds as columns of outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from inje.errors import PathError
from inje.scenario import Scenario
from inje.tables import in_markdown, shown, triple

__all__ = ["Ensemble"]


@dataclass(frozen=True)
class Ensemble:
    """Worlds and what came of them.

    Attributes
    ----------
    scenario : the model. seed, start, worlds : their addresses are start .. start + worlds - 1.
    columns : by path, each (worlds,): parameters as drawn, causes as codes, observables; counts
        are people, times days since the start (inf for never), sides codes (-1 for none).
    labels : names of the codes of a column, by path.
    unfinished : worlds cut short because they would have taken too many steps.
    """

    scenario: Scenario = field(repr=False)
    seed: int
    start: int
    worlds: int
    columns: Mapping[str, NDArray[np.generic]] = field(repr=False)
    labels: Mapping[str, tuple[str, ...]] = field(repr=False)
    unfinished: int = 0

    def __getitem__(self, path: str) -> NDArray[np.generic]:
        """The column of a path.

        Raises
        ------
        PathError : there is no such column.
        """
        if path not in self.columns:
            allowed = ", ".join(sorted(self.columns))
            raise PathError(path, "is no column of this ensemble", allowed, "ask for it in `paths`")
        return self.columns[path]

    def _repr_html_(self) -> str:
        rows = []
        for path, column in self.columns.items():
            values = np.asarray(column, dtype=float)
            if path in self.labels or values.ndim > 1 or not values.size:
                continue
            low, middle, high = np.quantile(values, (0.05, 0.5, 0.95), method="inverted_cdf")
            rows.append(
                (path, triple([v if np.isfinite(v) else None for v in (low, middle, high)]))
            )
        size = f"{self.worlds:,} worlds from number {self.start} of seed {self.seed}, unweighted"
        return shown(self.scenario.title, (size,), ("column", "median (5 to 95 %)"), rows)

    def _repr_markdown_(self) -> str:
        return in_markdown(self._repr_html_())
