"""Two posteriors compared: their records, and the quantities whose intervals moved."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from inje.dossier import Differences, Dossier, compare_dossiers
from inje.reporting._machine import machine_form

if TYPE_CHECKING:
    from inje.posterior import Posterior

__all__ = ["PosteriorDifferences", "Shift", "compare_posteriors"]

#: combined Monte-Carlo errors that a quantile must move by to count
ERRORS = 3.0


@dataclass(frozen=True)
class Shift:
    """A quantity, or the probability of an outcome, that differs.

    Attributes
    ----------
    name : observable path, or "winner = side".
    unit : of the values; "probability" for an outcome.
    before, after : quantiles at 5, 50 and 95 %, one probability, or None where it is absent.
    """

    name: str
    unit: str
    before: tuple[float | None, ...] | None
    after: tuple[float | None, ...] | None


@dataclass(frozen=True)
class PosteriorDifferences:
    """What differs between two posteriors; false where nothing does.

    Attributes
    ----------
    record : differences of the dossiers that they carry.
    shifts : quantities that moved by more than three combined Monte-Carlo errors.
    """

    record: Differences
    shifts: tuple[Shift, ...]

    def __bool__(self) -> bool:
        return bool(self.record) or bool(self.shifts)

    def to_json(self) -> dict[str, Any]:
        """`{same, record{...}, quantities[{name, unit, before, after}]}`."""
        return {
            "same": not self,
            "record": self.record.to_json(),
            "quantities": [asdict(shift) for shift in self.shifts],
        }

    def to_text(self) -> str:
        """The differences of the records, then a line a quantity."""
        lines = [
            f"~ {s.name} ({s.unit or 'no unit'}): {_told(s.before)} -> {_told(s.after)}"
            for s in self.shifts
        ]
        moved = f"{len(self.shifts)} quantities moved" if self.shifts else "no quantity moved"
        record = self.record.to_text() if self.record else "the records do not differ\n"
        return record + "\n".join([*lines, moved]) + "\n"


def _told(values: Sequence[float | None] | None) -> str:
    if values is None:
        return "absent"
    return " / ".join("never" if v is None else f"{v:.3g}" for v in values)


def compare_posteriors(old: Posterior, new: Posterior) -> PosteriorDifferences:
    """What differs between two posteriors: records first, then quantities and the outcome.

    A quantity counts where one of its quantiles moved by more than three times the Monte-Carlo
    errors of both together, so that another seed alone is no difference.
    """
    a, b = old.scenario.dossier, new.scenario.dossier
    record = compare_dossiers(a or Dossier(), b or Dossier())
    before = machine_form(old, a or Dossier(), {})
    after = machine_form(new, b or Dossier(), {})
    shifts = [*_quantities(before["quantities"], after["quantities"])]
    shifts += _outcomes(before, after)
    return PosteriorDifferences(record, tuple(shifts))


def _quantities(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> Iterator[Shift]:
    there = {row["name"]: row for row in new}
    for row in old:
        other = there.pop(row["name"], None)
        if other is None or _moved(row, other):
            yield Shift(row["name"], row["unit"], _values(row), _values(other))
    for row in there.values():
        yield Shift(row["name"], row["unit"], None, _values(row))


def _values(row: Mapping[str, Any] | None) -> tuple[float | None, ...] | None:
    return tuple(row["posterior"]) if row is not None else None


def _moved(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    a, b = one["posterior"], two["posterior"]
    if len(a) != len(b):
        return True
    errors = [one["mcse"] or (), two["mcse"] or ()]
    for i, (x, y) in enumerate(zip(a, b, strict=True)):
        if x is None or y is None or not (math.isfinite(x) and math.isfinite(y)):
            if x != y:
                return True
            continue
        known = [e[i] for e in errors if i < len(e) and e[i] is not None]
        # Without errors (a time that may never come): a fiftieth of its size.
        margin = ERRORS * math.hypot(*known) if known else 0.02 * max(abs(x), abs(y))
        if abs(x - y) > margin:
            return True
    return False


def _outcomes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Shift]:
    one, two = old["outcome"]["winner"], new["outcome"]["winner"]
    for side in dict.fromkeys((*one, *two)):
        a, b = one.get(side, 0.0), two.get(side, 0.0)
        spread = math.hypot(
            *(
                math.sqrt(max(p * (1 - p), 0.0) / max(f["ess"], 1.0))
                for p, f in ((a, old), (b, new))
            )
        )
        if abs(a - b) > ERRORS * spread:
            yield Shift(f"winner = {side}", "probability", (a,), (b,))
