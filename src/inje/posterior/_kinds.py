"""The door through which kinds of claims come in: entry point group `inje.claims`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import entry_points

from inje.posterior._categories import CATEGORIES
from inje.posterior._counts import COUNTS
from inje.posterior._intervals import INTERVALS
from inje.posterior._readings import Kind

__all__ = ["kinds"]


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """Kinds by quantity. A third party's kind may replace one of this package."""
    found: dict[str, Kind] = {}
    own: tuple[Kind, ...] = (COUNTS, CATEGORIES, INTERVALS)
    installed = sorted(entry_points(group="inje.claims"), key=lambda point: point.name)
    for kind in (*own, *(point.load() for point in installed)):
        found.update(dict.fromkeys(kind.quantities, kind))
    return found
