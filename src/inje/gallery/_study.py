"""A study: what was published, what inje computes, and whether the two agree.

Studies are data (quantities with their published values and tolerances, and a
citation) plus one function that computes ours.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Row", "Study", "Target", "above", "covers", "near", "rows", "within"]

Figures = Mapping[str, float]


@dataclass(frozen=True)
class Row:
    """One quantity of one study.

    Attributes
    ----------
    study, quantity : names.
    published : the published value, None where there is none.
    ours : what inje computes, None where it could not be computed.
    difference : ours less published, None where nothing was published.
    holds : whether ours is where it should be; True for a quantity that is only
        shown.
    """

    study: str
    quantity: str
    published: float | None
    ours: float | None
    difference: float | None
    holds: bool


@dataclass(frozen=True)
class Target:
    """What a quantity should be: a published value, or a condition on ours."""

    published: float | None
    agrees: Callable[[float, Figures], bool]


@dataclass(frozen=True)
class Study:
    """A worked study.

    Attributes
    ----------
    name : as `inje validate NAME` takes it.
    title : what it shows, in a sentence.
    citation : author, year, place of publication.
    targets : by quantity; a quantity without a target is only shown.
    compute : ours, by quantity, in the order in which they are shown; it takes
        the path of a table to use instead of the study's own, or None.
    takes_table : whether `compute` can use another table.
    """

    name: str
    title: str
    citation: str
    targets: Mapping[str, Target]
    compute: Callable[[Path | None], Figures]
    takes_table: bool = False


def near(value: float, tolerance: float) -> Target:
    """A published value, to be met within `tolerance`."""
    return Target(value, lambda ours, _all: abs(ours - value) <= tolerance)


def within(low: float, high: float) -> Target:
    """Nothing published to the digit: ours must lie in [low, high]."""
    return Target(None, lambda ours, _all: low <= ours <= high)


def above(low: float) -> Target:
    """Ours must exceed `low`: a gain over a rival, for one."""
    return Target(None, lambda ours, _all: ours > low)


def covers(level: float, half_width: str) -> Target:
    """A coverage whose interval, of the half-width so named, includes `level`."""
    return Target(None, lambda ours, figures: abs(ours - level) <= figures[half_width])


def rows(study: Study, table: Path | None = None) -> list[Row]:
    """Run the study: one row per quantity."""
    figures = study.compute(table)
    missing = [name for name in study.targets if name not in figures]
    return [_row(study, name, figures) for name in (*figures, *missing)]


def _row(study: Study, quantity: str, figures: Figures) -> Row:
    target = study.targets.get(quantity)
    published = None if target is None else target.published
    ours = figures.get(quantity)
    if ours is None or not math.isfinite(ours):
        return Row(study.name, quantity, published, None, None, holds=target is None)
    difference = None if published is None else ours - published
    holds = target is None or bool(target.agrees(ours, figures))
    return Row(study.name, quantity, published, ours, difference, holds)
