"""Claims about categories: who holds a place, who attacked, who was behind it, who won.

t is a point mass; q is tilted towards what serves the speaker's interest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from inje.dossier import Claim, ObservablePath
from inje.posterior._invention import invented_category
from inje.posterior._readings import Columns, Reading, Setting

__all__ = ["CATEGORIES", "CategoryReading", "favours"]

#: to be named here serves the other side: blame, not credit
BLAME = frozenset({"attacker", "instigator"})


def favours(quantity: str, labels: Sequence[str], interest: str | None) -> tuple[int, ...]:
    """How much each label serves an interest: credit to one's own side, blame to the other."""
    if interest is None:
        return (0,) * len(labels)
    sign = -1 if quantity in BLAME else 1
    neutral = {"none", "contested", "nobody", ""}
    return tuple(
        0 if label in neutral else sign if label == interest else -sign for label in labels
    )


@dataclass(frozen=True)
class CategoryReading:
    """One of the labels of a column, or any of several."""

    path: str
    quantity: str
    labels: tuple[str, ...]
    said: frozenset[int]
    kappa: float

    @property
    def columns(self) -> tuple[str, ...]:
        """The column of worlds that it reads."""
        return (self.path,)

    @property
    def peak(self) -> float:
        """The largest value t takes in any world."""
        return 1.0

    def tracking(self, worlds: Columns, width: float = 0.0) -> np.ndarray:
        """A point mass; widened, a share min(width, .9) is spread evenly over the labels."""
        codes = np.asarray(worlds[self.path]).astype(np.int64)
        if "none" in self.labels:
            # Worlds may count nobody as -1.
            codes = np.where(codes < 0, self.labels.index("none"), codes)
        hit = np.isin(codes, sorted(self.said)).astype(float)
        spread = min(width, 0.9)
        return (1 - spread) * hit + spread * len(self.said) / len(self.labels)

    def invented(self, interest: str | None) -> float:
        """The q(c) of a speaker with this side at heart, or none."""
        tilt = favours(self.quantity, self.labels, interest)
        return sum(invented_category(tilt, index, self.kappa) for index in self.said)

    def repeats(self, other: Reading) -> bool:
        """Whether both name the same."""
        return isinstance(other, CategoryReading) and (other.path, other.said) == (
            self.path,
            self.said,
        )


class Categories:
    """Control, winner, attacker, instigator, motive, decision, stance."""

    quantities = frozenset(
        {"control", "winner", "result", "attacker", "instigator", "motive", "decision", "stance"}
    )

    def read(
        self,
        claim: Claim,
        path: ObservablePath,
        interest: str | None,  # noqa: ARG002 - a category is named, not estimated
        setting: Setting,
    ) -> Reading | None:
        """A label of a column of worlds; None without a value, a column or a known label."""
        column = _column(path, setting)
        labels = setting.labels.get(column, ())
        if claim.value is None or not labels:
            return None
        said = {str(v) for v in (claim.value.best, claim.value.low, claim.value.high) if v}
        codes = frozenset(i for i, label in enumerate(labels) if label in said)
        if not codes:
            return None
        return CategoryReading(column, path.quantity, labels, codes, setting.kappa)


def _column(path: ObservablePath, setting: Setting) -> str:
    """The column a category is in: `result` is the winner, a dateless control the final one."""
    quantity = "winner" if path.quantity == "result" else path.quantity
    exact = str(ObservablePath(quantity, path.parts, path.date))
    return exact if exact in setting.columns else str(ObservablePath(quantity, path.parts))


CATEGORIES = Categories()
