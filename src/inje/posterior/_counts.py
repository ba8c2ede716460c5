"""Claims about counts: strengths, losses by category, reserves, materiel.

A category of loss is never split: "killed or wounded" constrains the sum; "lost", without a
word of how, is a mixture over declared senses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from inje.dossier import Claim, ObservablePath
from inje.posterior._forms import Span, span_of
from inje.posterior._invention import invented_count
from inje.posterior._readings import Columns, Reading, Setting
from inje.posterior._tracking import EXACT, Table, tracking_table

__all__ = ["COUNTS", "CountReading", "loss_columns"]

#: a figure is exact where its span is at most so many grains, and the grain half a person or more
EXACTLY, HALF = 4.0, 0.5
KINDS_IN = {
    "killed_or_wounded": ("killed", "wounded"),
    "captured_or_missing": ("captured", "missing"),
    "total": ("killed", "wounded", "captured", "missing"),
}


def loss_columns(path: ObservablePath, columns: frozenset[str]) -> tuple[str, ...]:
    """Columns whose sum is this count; empty where worlds do not have it.

    A total column stands for its parts when they are not columns themselves.
    """
    if str(path) in columns:
        return (str(path),)
    if path.quantity != "losses":
        return ()
    category = path.parts[1] if len(path.parts) == 2 else "total"
    names = [
        str(ObservablePath("losses", (path.parts[0], kind), path.date))
        for kind in KINDS_IN.get(category, ())
    ]
    return tuple(names) if names and set(names) <= columns else ()


def _senses(path: ObservablePath, setting: Setting) -> list[tuple[float, tuple[str, ...]]]:
    """Weighted meanings of a count, each a sum of columns."""
    if path.quantity != "losses" or path.parts[-1] != "lost_unspecified":
        return [(1.0, loss_columns(path, setting.columns))]
    return [
        (weight, loss_columns(ObservablePath("losses", (path.parts[0], sense), path.date), known))
        for known in (setting.columns,)
        for sense, weight in setting.senses.items()
    ]


@dataclass(frozen=True)
class CountReading:
    """A count in a form of words, about the sum of columns, or a mixture of such sums.

    Attributes
    ----------
    span : what the words allow. senses : weighted sums of columns that may be meant.
    setting, side, loss : of the record, of the claim, and whether people were lost.
    table : t by count. exaggerated : whether it is about the other side.
    grain : relative width by which an exact figure is read, see `coarsened`.
    """

    span: Span
    senses: tuple[tuple[float, tuple[str, ...]], ...]
    setting: Setting
    side: str | None
    loss: bool
    table: Table
    exaggerated: bool
    grain: float = 0.0

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of worlds that it reads."""
        return tuple(dict.fromkeys(name for _, names in self.senses for name in names))

    @property
    def peak(self) -> float:
        """The largest value t takes in any world."""
        return self.table.peak

    def _table(self, width: float) -> Table:
        if width <= self.grain:
            return self.table
        error = self.setting.exaggeration if self.exaggerated else EXACT
        return tracking_table(self.span, self.setting.limit, self.setting.perception, error, width)

    def coarsened(self, grain: float) -> CountReading:
        """The same figure, read to a relative width: who is exact is exact to within it.

        What is no exact figure, or is so small that the width is less than half a person, stays.
        """
        wide = self.span.high - self.span.low > EXACTLY * grain * self.span.low
        if wide or grain * self.span.low < HALF or self.exaggerated:
            return self
        return replace(self, table=self._table(grain), grain=grain)

    def tracking(self, worlds: Columns, width: float = 0.0) -> np.ndarray:
        """Values of t by look-up; a mixture over senses where the category is not said."""
        table = self._table(width)
        parts = (
            weight * table.at(sum(np.asarray(worlds[name]) for name in names))
            for weight, names in self.senses
        )
        return sum(parts, start=np.zeros(()))

    def favour(self, interest: str | None) -> int:
        """How a larger number serves this interest: +1 the enemy's, -1 one's own losses."""
        if interest is None or self.side is None:
            return 0
        if interest != self.side:
            return 1
        return -1 if self.loss else 0

    def invented(self, interest: str | None) -> float:
        """The q(c) of a speaker with this side at heart, or none."""
        return invented_count(
            self.span, self.setting.limit, self.favour(interest), self.setting.kappa
        )

    def repeats(self, other: Reading) -> bool:
        """Whether both allow the same numbers."""
        return isinstance(other, CountReading) and other.span == self.span


class Counts:
    """Strengths, losses, reserves, materiel."""

    quantities = frozenset({"strength", "losses", "reserves", "materiel"})

    def read(
        self, claim: Claim, path: ObservablePath, interest: str | None, setting: Setting
    ) -> Reading | None:
        """A count in its form of words; None without a value or a column."""
        senses = [(weight, names) for weight, names in _senses(path, setting) if names]
        if claim.value is None or not senses:
            return None
        total = sum(weight for weight, _ in senses)
        side = path.parts[0]
        span = span_of(claim.value, setting.limit)
        # Only the other side's numbers are exaggerated; without interest there is no other.
        other = interest is not None and interest != side
        error = setting.exaggeration if other else EXACT
        return CountReading(
            span,
            tuple((weight / total, names) for weight, names in senses),
            setting,
            side,
            path.quantity == "losses",
            tracking_table(span, setting.limit, setting.perception, error),
            other,
        )


COUNTS = Counts()
