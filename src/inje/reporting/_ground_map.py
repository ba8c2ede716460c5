"""A map of the ground, where sources locate at least one place of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from inje.ground import GAZETTEER, Town, great_circle, towns_within
from inje.reporting._data import Shape
from inje.reporting._locating import KM_PER_DEGREE, Spot
from inje.reporting._wording import listed
from inje.scenario import Place, Scenario

__all__ = ["Sheet", "map_parts", "sheet_of"]

_WIDTH, _EDGE = 640.0, 46.0
_LEAST_HEIGHT, _MOST_HEIGHT = 260.0, 520.0
#: kilometres that a map shows at least, from side to side
_LEAST_KM = 12.0
#: towns shown at most, and units of the drawing between them
_TOWNS, _BETWEEN = 7, 64.0
#: width of a letter, and height of a line
_LETTER, _LINE = 6.8, 20.0


@dataclass(frozen=True)
class Sheet:
    """A sheet of the map: how degrees become units of the drawing.

    Attributes
    ----------
    west, north : degrees at its left upper corner. per_km : units a kilometre.
    height : units; east : kilometres a degree of longitude.
    """

    west: float
    north: float
    per_km: float
    height: float
    east: float

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a point stands, from the left and from the top."""
        x = (longitude - self.west) * self.east * self.per_km
        return x, (self.north - latitude) * KM_PER_DEGREE * self.per_km

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """South, west, north, east in degrees."""
        south = self.north - self.height / (KM_PER_DEGREE * self.per_km)
        return south, self.west, self.north, self.west + _WIDTH / (self.east * self.per_km)


def sheet_of(spots: Sequence[Spot], shapes: Sequence[Shape]) -> Sheet:
    """The sheet that shows every place with its region, and the user's own points and lines."""
    corners = [(s.latitude, s.longitude, s.radius) for s in spots]
    middle = sum(corner[0] for corner in corners) / len(corners)
    east = KM_PER_DEGREE * max(math.cos(math.radians(middle)), 0.02)
    near = [p for shape in shapes for p in shape.points if _near(p, spots)]
    corners += [(y, x, 0.0) for x, y in near]
    low_x = min(x - r / east for _, x, r in corners)
    high_x = max(x + r / east for _, x, r in corners)
    low_y = min(y - r / KM_PER_DEGREE for y, _, r in corners)
    high_y = max(y + r / KM_PER_DEGREE for y, _, r in corners)
    wide = max((high_x - low_x) * east, _LEAST_KM)
    high = max((high_y - low_y) * KM_PER_DEGREE, _LEAST_KM * 0.4)
    room = (_WIDTH - 2 * _EDGE, _MOST_HEIGHT - 2 * _EDGE)
    per_km = min(room[0] / wide, room[1] / high)
    height = max(high * per_km + 2 * _EDGE, _LEAST_HEIGHT)
    return Sheet(
        (low_x + high_x) / 2 - _WIDTH / 2 / (east * per_km),
        (low_y + high_y) / 2 + height / 2 / (KM_PER_DEGREE * per_km),
        per_km,
        height,
        east,
    )


def _near(point: tuple[float, float], spots: Sequence[Spot]) -> bool:
    """Whether a point of the user's is of this ground: a map of a country keeps its scale."""
    return any(great_circle(s.latitude, s.longitude, point[1], point[0]) < 60 for s in spots)


def map_parts(
    scenario: Scenario,
    spots: dict[str, Spot],
    sheet: Sheet,
    shapes: Sequence[Shape],
    colours: dict[str, int],
) -> tuple[list[Markup], dict[str, tuple[float, float]], str]:
    """The parts of the drawing, where each place stands, and the caption."""
    places = {p.id: p for p in scenario.places if p.id in spots}
    standing = {name: sheet.at(s.latitude, s.longitude) for name, s in spots.items()}
    towns = _towns(sheet, spots, places)
    parts = [_own(shape, sheet) for shape in shapes]
    parts += [_town(town, sheet) for town in towns]
    parts += list(_regions(spots, sheet))
    parts += list(_roads(scenario, spots, standing))
    parts += [_point(p, standing[n], colours) for n, p in places.items() if not spots[n].region]
    for spot in _centres(spots):
        inside = [place for name, place in places.items() if spots[name].shares(spot)]
        parts.append(_listed(inside, spot, sheet, colours))
        # Forces stand below a region: within, they would hide the names.
        below = min(standing[inside[0].id][1] + spot.radius * sheet.per_km + 52, sheet.height - 34)
        standing |= {place.id: (standing[place.id][0], below) for place in inside}
    parts.append(_scale_bar(sheet))
    return parts, standing, _caption(scenario, spots, towns, shapes)


def _caption(
    scenario: Scenario, spots: dict[str, Spot], towns: Sequence[Town], shapes: Sequence[Shape]
) -> str:
    words = ["North is up."]
    if any(spot.region for spot in spots.values()):
        words.append(
            "A dashed circle is the region in which a place lies; names within it stand in no "
            "order."
        )
    nearby = [p.name for p in scenario.places if p.id in spots and not spots[p.id].known]
    if nearby:
        words.append(f"No source locates {listed(nearby)}: only what they belong to is known.")
    sources = sorted({s.source for s in spots.values() if s.source and s.known})
    if sources:
        words.append(f"Locations: {'; '.join(sources)}.")
    if towns:
        words.append(f"Towns of today, for orientation: {GAZETTEER}.")
    if shapes:
        words.append("Thin lines and shapes are the map that was given.")
    return " ".join(words)


def _towns(sheet: Sheet, spots: dict[str, Spot], places: dict[str, Place]) -> list[Town]:
    """The largest towns on the sheet that leave room for each other and for the places."""
    taken = [sheet.at(s.latitude, s.longitude) for s in spots.values() if not s.region]
    names = {place.name.casefold() for place in places.values()}
    chosen: list[Town] = []
    for town in towns_within(*sheet.bounds):
        x, y = sheet.at(town.latitude, town.longitude)
        half = 3.2 * len(town.name)
        inside = half < x < _WIDTH - half and 12 < y < sheet.height - 30
        free = all(abs(x - a) > _BETWEEN + half or abs(y - b) > 30 for a, b in taken)
        if inside and free and town.name.casefold() not in names:
            chosen.append(town)
            taken.append((x, y))
        if len(chosen) == _TOWNS:
            break
    return chosen


def _town(town: Town, sheet: Sheet) -> Markup:
    x, y = sheet.at(town.latitude, town.longitude)
    return Markup(
        '<rect class="town" x="{:.1f}" y="{:.1f}" width="5" height="5"/>'
        '<text class="town-label" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>'
    ).format(x - 2.5, y - 2.5, x, y + 15, town.name)


def _own(shape: Shape, sheet: Sheet) -> Markup:
    """A shape of the user's own map."""
    points = [sheet.at(y, x) for x, y in shape.points]
    x, y = points[len(points) // 2]
    label = Markup('<text class="own-label" x="{:.1f}" y="{:.1f}">{}</text>').format(
        x + 6, y - 4, shape.name
    )
    if shape.kind == "point":
        drawn = Markup('<circle class="own" cx="{:.1f}" cy="{:.1f}" r="3"/>').format(x, y)
    else:
        path = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points)
        close = "Z" if shape.kind == "area" else ""
        drawn = Markup('<path class="own own-{}" d="{}{}"/>').format(shape.kind, path, close)
    return drawn + (label if shape.name else Markup(""))


def _centres(spots: dict[str, Spot]) -> list[Spot]:
    """The largest region of each centre: the names of all that share it stand in one list."""
    largest: dict[tuple[float, float], Spot] = {}
    for spot in sorted(spots.values(), key=lambda spot: spot.radius):
        if spot.region:
            largest[spot.latitude, spot.longitude] = spot
    return list(largest.values())


def _regions(spots: dict[str, Spot], sheet: Sheet) -> Iterator[Markup]:
    """A circle for each region, once where several places share it, the largest below."""
    seen = {(s.radius, s.latitude, s.longitude) for s in spots.values() if s.region}
    for radius, latitude, longitude in sorted(seen, reverse=True):
        x, y = sheet.at(latitude, longitude)
        yield Markup('<circle class="region" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>').format(
            x, y, radius * sheet.per_km
        )


def _roads(
    scenario: Scenario, spots: dict[str, Spot], standing: dict[str, tuple[float, float]]
) -> Iterator[Markup]:
    for road in scenario.roads:
        if not all(end in standing for end in road.between):
            continue
        (x1, y1), (x2, y2) = (standing[end] for end in road.between)
        if math.dist((x1, y1), (x2, y2)) < 1:
            continue
        vague = any(spots[end].region for end in road.between)
        yield Markup(
            '<line class="road{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>'
        ).format(" vague" if vague else "", x1, y1, x2, y2)


def _kind(place: Place, colours: dict[str, int]) -> str:
    held = colours.get(place.holder or "")
    kind = "contested" if place.contested else "quiet-place"
    return kind if held is None else f"{kind} held-{held}"


def _point(place: Place, at: tuple[float, float], colours: dict[str, int]) -> Markup:
    """A located place; its name stays on the sheet."""
    x, y = at
    half = 5.2 * len(place.name)  # as wide as on a phone, where letters are larger
    middle = min(max(x, half + 4), _WIDTH - half - 4)
    return Markup(
        '<circle class="place {}" data-place="{}" cx="{:.1f}" cy="{:.1f}" r="6"/>'
        '<text x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>'
    ).format(_kind(place, colours), place.id, x, y, middle, y + 23, place.name)


def _listed(inside: Sequence[Place], spot: Spot, sheet: Sheet, colours: dict[str, int]) -> Markup:
    """The names of the places of a region, each with a flag for who holds it: never a point.

    What the others are parts of stands above the region.
    """
    x, y = sheet.at(spot.latitude, spot.longitude)
    within = {place.within for place in inside}
    names = [place for place in inside if place.id not in within] or list(inside)
    drawn = Markup("")
    for whole in (place for place in inside if place not in names):
        drawn += Markup(
            '<text class="at-field" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>'
        ).format(x, max(y - spot.radius * sheet.per_km - 8, 14), whole.name)
    left = x - _LETTER / 2 * max(len(place.name) for place in names) + 7
    for i, place in enumerate(names):
        line = y + _LINE * (i - (len(names) - 1) / 2)
        drawn += Markup(
            '<rect class="place flag {}" data-place="{}" x="{:.1f}" y="{:.1f}" width="9" '
            'height="9"/><text class="vague" x="{:.1f}" y="{:.1f}">{}</text>'
        ).format(_kind(place, colours), place.id, left - 15, line - 5, left, line + 4, place.name)
    return drawn


def _scale_bar(sheet: Sheet) -> Markup:
    longest = 150 / sheet.per_km
    step = 10 ** math.floor(math.log10(longest))
    km = max(k * step for k in (1, 2, 5) if k * step <= longest)
    long = km * sheet.per_km
    return Markup(
        '<path class="scale" d="M20,{y:.0f} v-6 m0,3 h{long:.1f} m0,-3 v6"/>'
        '<text x="{end:.1f}" y="{y:.0f}">{km:g} km</text>'
    ).format(y=sheet.height - 14, long=long, end=28 + long, km=km)
