"""The ground as GeoJSON (RFC 7946), out for other maps and in from the user's own."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from inje.errors import InputError
from inje.reporting._data import ReportData, Shape
from inje.reporting._locating import KM_PER_DEGREE, Spot, located, median_of

__all__ = ["ground_features", "read_shapes"]

#: corners of a circle
_CORNERS = 48
#: points of the user's own shapes beyond which a page would be slow
MOST_POINTS = 20_000


def read_shapes(path: str | Path) -> tuple[Shape, ...]:
    """The points, lines and areas of a GeoJSON file; a feature's `name` is its label.

    Raises
    ------
    InputError : not GeoJSON, a place off the globe, or too many points for a page.
    """
    where = str(path)
    try:
        value = json.loads(Path(path).read_text(encoding="utf-8-sig"))
        shapes = tuple(_shapes(value, ""))
    except OSError as fault:
        raise InputError(
            where, f"cannot be read: {fault.strerror}", "a .geojson file", ""
        ) from None
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        raise InputError(
            where,
            "is no GeoJSON with longitude and latitude in degrees",
            "a Feature, FeatureCollection or geometry of RFC 7946",
            "export it again from the map program, in WGS 84",
        ) from None
    count = sum(len(shape.points) for shape in shapes)
    if count > MOST_POINTS:
        raise InputError(
            where, f"{count} points", f"at most {MOST_POINTS}", "simplify the lines of the map"
        )
    return shapes


def _shapes(value: Mapping[str, Any], name: str) -> Iterator[Shape]:
    kind = value["type"]
    if kind == "FeatureCollection":
        for feature in value["features"]:
            yield from _shapes(feature, "")
    elif kind == "Feature":
        called = str((value.get("properties") or {}).get("name") or "")
        if value["geometry"] is not None:
            yield from _shapes(value["geometry"], called)
    elif kind == "GeometryCollection":
        for geometry in value["geometries"]:
            yield from _shapes(geometry, name)
    else:
        shape, parts = _GEOMETRIES[kind]
        yield from (Shape(shape, _points(part), name) for part in parts(value["coordinates"]))


#: kind of shape, and its lists of points; holes of an area are left out
_GEOMETRIES: dict[str, tuple[str, Callable[[Any], list[Any]]]] = {
    "Point": ("point", lambda at: [[at]]),
    "MultiPoint": ("point", lambda places: [[at] for at in places]),
    "LineString": ("line", lambda line: [line]),
    "MultiLineString": ("line", list),
    "Polygon": ("area", lambda rings: rings[:1]),
    "MultiPolygon": ("area", lambda areas: [rings[0] for rings in areas]),
}


def _points(pairs: Any) -> tuple[tuple[float, float], ...]:
    points = tuple((float(pair[0]), float(pair[1])) for pair in pairs)
    if not points or not all(abs(x) <= 180 and abs(y) <= 90 for x, y in points):
        raise ValueError(points)
    return points


def ground_features(data: ReportData) -> dict[str, Any]:
    """Places and roads of a report as a FeatureCollection; uncertain places are polygons.

    Every place says who locates it, and who holds it at the end, with which probability. Places
    that nobody locates stand there without a geometry.
    """
    spots = located(data.scenario, data.dossier)
    held = {row.place: row.sides for row in data.control if not row.day}
    features = []
    for place in data.scenario.places:
        spot = spots.get(place.id)
        told: dict[str, Any] = {
            "id": place.id,
            "name": place.name,
            "contested": place.contested,
            "located": bool(spot and spot.known),
            "uncertainty_km": round(spot.radius, 3) if spot else None,
            "source": spot.source if spot else None,
        }
        told |= {f"held by {side}": round(share, 4) for side, _, share in held.get(place.id, ())}
        features.append(_feature(_geometry(spot) if spot else None, told))
    for road in data.scenario.roads:
        ends = [spots.get(end) for end in road.between]
        if all(end is not None and not end.region for end in ends):
            line = [[round(e.longitude, 5), round(e.latitude, 5)] for e in ends if e]
            told = {"id": road.id, "between": list(road.between), "km": median_of(road.distance)}
            features.append(_feature({"type": "LineString", "coordinates": line}, told))
    return {"type": "FeatureCollection", "name": data.title, "features": features}


def _feature(geometry: dict[str, Any] | None, told: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "id": told["id"], "geometry": geometry, "properties": told}


def _geometry(spot: Spot) -> dict[str, Any]:
    if not spot.region:
        at = [round(spot.longitude, 5), round(spot.latitude, 5)]
        return {"type": "Point", "coordinates": at}
    north = spot.radius / KM_PER_DEGREE
    east = north / max(math.cos(math.radians(spot.latitude)), 1e-3)
    turns = [2 * math.pi * i / _CORNERS for i in range(_CORNERS)]
    ring = [
        [
            round(spot.longitude + east * math.cos(t), 5),
            round(spot.latitude + north * math.sin(t), 5),
        ]
        for t in turns
    ]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
