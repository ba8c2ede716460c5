"""Where each place of a scenario lies, as far as any source says.

A place with coordinates is a point, or a region where they are uncertain. One without lies in
the region of what it belongs to, or within the length of a road from a place that is located.
Nothing is guessed from a name.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from inje.dossier import Dossier
from inje.ground import EARTH_RADIUS, great_circle
from inje.scenario import Place, Quantity, Scenario

__all__ = ["KM_PER_DEGREE", "Spot", "located", "median_of"]

KM_PER_DEGREE = EARTH_RADIUS * math.pi / 180
#: a village is no mathematical point: an uncertainty up to this many kilometres is drawn as one
_POINT = 0.5


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a place lies: degrees, the radius of its region (km), and who says so.

    `known` tells a place that a source locates from one that only lies near it.
    """

    latitude: float
    longitude: float
    radius: float
    source: str
    known: bool

    @property
    def region(self) -> bool:
        """Whether it is drawn as a region, not as a point."""
        return self.radius > _POINT

    def shares(self, other: Spot) -> bool:
        """Whether both are regions around one point."""
        at, there = (self.latitude, self.longitude), (other.latitude, other.longitude)
        return self.region and other.region and at == there


def median_of(quantity: Quantity) -> float:
    """Median of a quantity, its fixed value where it has no prior."""
    return _quantile(quantity, 0.5)


def _quantile(quantity: Quantity, level: float) -> float:
    import numpy as np

    if quantity.value is not None:
        return quantity.value
    if quantity.prior is not None and quantity.prior.derives_from:
        return quantity.prior.median or 1.0
    return float(quantity.quantile(np.asarray([level]))[0])


def located(scenario: Scenario, dossier: Dossier | None) -> dict[str, Spot]:
    """The places that can be put on a map, by id; empty where no source locates any."""
    spots = {p.id: spot for p in scenario.places if (spot := _said(p, dossier)) is not None}
    before = -1
    while spots and len(spots) != before:
        before = len(spots)
        for place in scenario.places:
            if place.id not in spots:
                near = _with_parent(place, spots) or _around_children(place, scenario, spots)
                near = near or _by_road(place, scenario, spots)
                if near is not None:
                    spots[place.id] = near
    return spots


def _said(place: Place, dossier: Dossier | None) -> Spot | None:
    """A place's own coordinates, or those of the record's entity."""
    if place.latitude is not None and place.longitude is not None:
        radius = place.uncertainty_km or 0.0
        return Spot(place.latitude, place.longitude, radius, place.source, known=True)
    entities = dossier.entities if dossier else ()
    entity = next((e for e in entities if e.id in (place.entity, place.id)), None)
    if entity is None or entity.coordinates is None:
        return None
    at = entity.coordinates
    return Spot(at.latitude, at.longitude, place.uncertainty_km or 0.0, "the record", known=True)


def _with_parent(place: Place, spots: dict[str, Spot]) -> Spot | None:
    """Somewhere in the region of what the place is a part of."""
    parent = spots.get(place.within or "")
    if parent is None:
        return None
    radius = max(parent.radius, 2 * _POINT)
    return Spot(parent.latitude, parent.longitude, radius, parent.source, known=False)


def _around_children(place: Place, scenario: Scenario, spots: dict[str, Spot]) -> Spot | None:
    """A position reaches as far as its parts."""
    parts = [spots[p.id] for p in scenario.places if p.within == place.id and p.id in spots]
    if not parts:
        return None
    latitude = sum(part.latitude for part in parts) / len(parts)
    longitude = sum(part.longitude for part in parts) / len(parts)
    reach = max(
        great_circle(latitude, longitude, part.latitude, part.longitude) + part.radius
        for part in parts
    )
    return Spot(latitude, longitude, max(reach, 2 * _POINT), parts[0].source, known=False)


def _by_road(place: Place, scenario: Scenario, spots: dict[str, Spot]) -> Spot | None:
    """Within a road's length (its 95 % quantile) of a place that is located; the nearest one."""
    found = []
    for road in scenario.roads:
        if place.id in road.between:
            other = spots.get(next((end for end in road.between if end != place.id), ""))
            if other is not None:
                reach = other.radius + _quantile(road.distance, 0.95)
                found.append(
                    Spot(other.latitude, other.longitude, reach, other.source, known=False)
                )
    return min(found, key=lambda spot: spot.radius, default=None)
