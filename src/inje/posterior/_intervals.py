"""Claims about when and how long: an interval of days.

t is one inside the interval and zero outside; q is its share of the scenario's days.
Columns of worlds count days since the start of the scenario's first day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from inje.chronology import parse_edtf
from inje.dossier import Claim, ObservablePath, Value
from inje.posterior._readings import Columns, Reading, Setting

__all__ = ["INTERVALS", "IntervalReading"]


@dataclass(frozen=True)
class IntervalReading:
    """Days from `low` (included) to `high` (excluded) on a column."""

    path: str
    low: float
    high: float
    days: float

    @property
    def columns(self) -> tuple[str, ...]:
        """The column of worlds that it reads."""
        return (self.path,)

    @property
    def peak(self) -> float:
        """The largest value t takes in any world."""
        return 1.0

    def tracking(self, worlds: Columns, width: float = 0.0) -> np.ndarray:
        """One inside, zero outside; widened, both edges blur by `width` of the scenario."""
        x = np.asarray(worlds[self.path], dtype=float)
        if width == 0:
            return ((x >= self.low) & (x < self.high)).astype(float)
        blur = width * self.days
        # An event that did not happen (inf, or nan) matches no interval.
        known = np.isfinite(x)
        x = np.where(known, x, 1e9)
        return special.ndtr((self.high - x) / blur) - special.ndtr((self.low - x) / blur)

    def invented(self, interest: str | None) -> float:  # noqa: ARG002 - days serve nobody
        """Share of the scenario's days that the interval covers, a day at least."""
        covered = min(self.high, self.days) - max(self.low, 0.0)
        return float(np.clip(max(covered, 1.0) / (self.days + 1), 1e-6, 1.0))

    def repeats(self, other: Reading) -> bool:
        """Whether both name the same interval of the same."""
        return isinstance(other, IntervalReading) and other == self


class Intervals:
    """Duration, and the times of start, end, arrivals, reports, orders, breaking off."""

    quantities = frozenset(
        {"duration", "start", "end", "arrival", "report", "order", "breaking_off"}
    )

    def read(
        self,
        claim: Claim,
        path: ObservablePath,
        interest: str | None,  # noqa: ARG002 - days serve nobody
        setting: Setting,
    ) -> Reading | None:
        """An interval of days; None without a value or a column."""
        if claim.value is None or str(path) not in setting.columns:
            return None
        bounds = _bounds(claim.value, setting, duration=path.quantity == "duration")
        if bounds is None:
            return None
        return IntervalReading(str(path), *bounds, setting.days)


def _bounds(value: Value, setting: Setting, *, duration: bool) -> tuple[float, float] | None:
    low = value.low if value.low is not None else value.best
    high = value.high if value.high is not None else value.best
    if low is None and high is None:
        return None
    low, high = (high if low is None else low), (low if high is None else high)
    assert low is not None and high is not None  # noqa: S101, PT018 - one of them was given
    if isinstance(low, str) or isinstance(high, str):
        first, last = parse_edtf(str(low)).earliest, parse_edtf(str(high)).latest
        return (
            -np.inf if first is None else float(first - setting.first_day),
            np.inf if last is None else float(last - setting.first_day + 1),
        )
    match value.vagueness:
        case "at_least":
            return float(low) - 1, np.inf
        case "at_most":
            return -np.inf, float(high) + 1
        case "about":
            return 0.8 * low - 1, 1.25 * high + 1
        case _:
            # "Four days" is said of more than three and less than five; a time is a day.
            return (low - 1.0, high + 1.0) if duration else (float(low), high + 1.0)


INTERVALS = Intervals()
