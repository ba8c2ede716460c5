"""The ground: a map where sources locate the places, else a plan of places and roads.

A plan says that it is schematic: only the lengths of its roads mean anything. A place with an
uncertain location, or with none, is a region, never a point: a flag in it says who holds it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from inje.dossier import Dossier
from inje.reporting._data import Shape
from inje.reporting._ground_map import map_parts, sheet_of
from inje.reporting._ledger import format_number
from inje.reporting._locating import Spot, located, median_of
from inje.reporting._wording import listed
from inje.scenario import Place, Scenario

__all__ = ["GroundPlan", "ground_plan"]

_WIDTH, _HEIGHT, _EDGE = 640.0, 400.0, 70.0
_LEAST_HEIGHT = 130.0
_FIELD = 80.0
_ALONE = 40.0, 24.0  # half width and height of the region of a place by itself
_ROWS = 70.0  # height for the rows of forces below a field
_LETTER = 12.0  # width of a letter on a narrow page, in units of the drawing


@dataclass(frozen=True, slots=True)
class GroundPlan:
    """A drawing, what it is, and where each place stands in it (x, y in the SVG's units)."""

    drawing: Markup
    caption: str
    positions: dict[str, tuple[float, float]]
    schematic: bool
    height: float
    unlocated: str = ""


def ground_plan(
    scenario: Scenario,
    colours: dict[str, int],
    dossier: Dossier | None = None,
    shapes: Sequence[Shape] = (),
) -> GroundPlan:
    """Draw the scenario's ground: a map where any place is located, else a schematic plan.

    Parameters
    ----------
    colours : number of each side for the style sheet.
    dossier : whose places may have coordinates. shapes : of the user's own map.
    """
    spots = located(scenario, dossier)
    return _map(scenario, spots, shapes, colours) if spots else _schematic(scenario, colours)


def _map(
    scenario: Scenario, spots: dict[str, Spot], shapes: Sequence[Shape], colours: dict[str, int]
) -> GroundPlan:
    sheet = sheet_of(list(spots.values()), shapes)
    parts, standing, caption = map_parts(scenario, spots, sheet, shapes, colours)
    missing = [p.name for p in scenario.places if p.id not in spots]
    names = listed([p.name for p in scenario.places if p.id in spots])
    drawing = _svg(parts, f"Map of {names}.", sheet.height)
    return GroundPlan(drawing, caption, standing, False, sheet.height, listed(missing))


def _schematic(scenario: Scenario, colours: dict[str, int]) -> GroundPlan:
    places = {p.id: p for p in scenario.places}
    inner = {p.id: p.within for p in scenario.places if p.within in places}
    outer = [name for name in places if name not in inner]
    fields = set(inner.values())
    positions = _fitted(_by_roads(outer, _lengths(scenario)))
    positions = _framed(_with_inner(positions, inner), places, set(inner.values()))
    positions, height = _cropped(positions, set(inner.values()))
    height += _ROWS if inner else 0
    parts = [_roads(scenario, positions)]
    parts += [_field(places[name], positions[name]) for name in sorted(set(inner.values()))]
    parts += [_around(positions[name]) for name in outer if name not in fields]
    parts += [
        _flag(p, positions[p.id], colours, below=23.0 if p.id in inner else _ALONE[1] + 15.0)
        for p in scenario.places
        if p.id not in fields
    ]
    names = listed([p.name for p in scenario.places])
    drawing = _svg(parts, f"Schematic plan of {names}: not a map.", height)
    caption = (
        "A schematic plan, not a map: no source at hand locates these places, so each is a region, "
        "and directions mean nothing."
    )
    if scenario.roads:
        caption += " Roads are as long as the model assumes (median, km)."
    # Forces on the field stand below it: within, they would hide the villages.
    standing = positions | {
        name: (positions[name][0], positions[name][1] + 1.05 * _FIELD + _ROWS)
        for name in set(inner.values())
        if name in positions
    }
    return GroundPlan(drawing, caption, standing, True, height)


def _with_inner(
    positions: dict[str, tuple[float, float]], inner: dict[str, str]
) -> dict[str, tuple[float, float]]:
    """Places that take part in the control of another stand around its middle."""
    placed = dict(positions)
    for parent in set(inner.values()) & set(positions):
        children = [name for name, within in inner.items() if within == parent]
        x, y = positions[parent]
        far = _FIELD if len(children) > 1 else 0.0
        for i, name in enumerate(children):
            turn = math.pi * (2 * i / len(children) - 1)
            placed[name] = (x + far * math.cos(turn), y + 0.6 * far * math.sin(turn))
    return {name: placed.get(name, (_WIDTH / 2, _HEIGHT / 2)) for name in (*positions, *inner)}


def _framed(
    positions: dict[str, tuple[float, float]], places: dict[str, Place], fields: set[str | None]
) -> dict[str, tuple[float, float]]:
    """Draw together what would stand, with its label, beyond the left or right edge."""
    half = {
        name: 1.8 * _FIELD if name in fields else _LETTER / 2 * len(places[name].name) + 8
        for name in positions
    }
    framed = positions
    for _ in range(6):
        left = min(x - half[name] for name, (x, _) in framed.items())
        right = max(x + half[name] for name, (x, _) in framed.items())
        shrink = min(1.0, (_WIDTH - 8) / (right - left))
        middle = (left + right) / 2
        framed = {name: (_WIDTH / 2 + (x - middle) * shrink, y) for name, (x, y) in framed.items()}
    return framed


def _field(place: Place, at: tuple[float, float]) -> Markup:
    x, y = at
    return Markup(
        '<ellipse class="region" cx="{:.1f}" cy="{:.1f}" rx="{:.1f}" ry="{:.1f}"/>'
        '<text class="at-field" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>'
    ).format(x, y, 1.75 * _FIELD, 1.05 * _FIELD, x, y - 1.15 * _FIELD, place.name)


def _lengths(scenario: Scenario) -> dict[tuple[str, str], float]:
    return {road.between: max(median_of(road.distance), 0.1) for road in scenario.roads}


def _by_roads(
    ids: list[str], lengths: dict[tuple[str, str], float]
) -> dict[str, tuple[float, float]]:
    """Classical scaling of the shortest ways (Torgerson 1952); loose places stand in a row."""
    import numpy as np

    count = len(ids)
    index = {name: i for i, name in enumerate(ids)}
    ways = np.full((count, count), np.inf)
    np.fill_diagonal(ways, 0)
    for (a, b), length in lengths.items():
        if a in index and b in index:
            i, j = index[a], index[b]
            ways[i, j] = ways[j, i] = min(ways[i, j], length)
    for k in range(count):
        ways = np.minimum(ways, ways[:, [k]] + ways[[k], :])
    farthest = ways[np.isfinite(ways)].max() or 1.0
    ways[~np.isfinite(ways)] = 1.3 * farthest
    centre = np.eye(count) - 1 / count
    values, vectors = np.linalg.eigh(-0.5 * centre @ ways**2 @ centre)
    axes = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 0)) if count > 1 else np.zeros((1, 2))
    axes = axes * np.where(np.abs(axes).max(0) == axes.max(0), 1, -1)  # one sign for every library
    return {name: (float(axes[i, -1]), float(axes[i, 0])) for name, i in index.items()}


def _fitted(points: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    xs, ys = [p[0] for p in points.values()], [p[1] for p in points.values()]
    wide, high = max(max(xs) - min(xs), 1e-9), max(max(ys) - min(ys), 1e-9)
    scale = min((_WIDTH - 2 * _EDGE) / wide, (_HEIGHT - 2 * _EDGE) / high, 1e6)
    mid_x, mid_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    fitted = {
        name: (_WIDTH / 2 + (x - mid_x) * scale, _HEIGHT / 2 + (y - mid_y) * scale)
        for name, (x, y) in points.items()
    }
    return _apart(fitted)


def _apart(positions: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Move places that fall together a little apart, so that each can be read."""
    names = sorted(positions)
    moved = dict(positions)
    for i, a in enumerate(names):
        for b in names[:i]:
            near = math.dist(moved[a], moved[b])
            if near < 26:
                moved[a] = (moved[a][0], moved[b][1] + 30)
    return moved


def _roads(scenario: Scenario, positions: dict[str, tuple[float, float]]) -> Markup:
    drawn = Markup("")
    for road in scenario.roads:
        if not all(end in positions for end in road.between):
            continue
        (x1, y1), (x2, y2) = (positions[end] for end in road.between)
        drawn += Markup(
            '<line class="road" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>'
            '<text class="road-label" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>'
        ).format(
            x1, y1, x2, y2, (x1 + x2) / 2, (y1 + y2) / 2 - 6,
            f"{format_number(median_of(road.distance), 'km')} km",
        )  # fmt: skip
    return drawn


def _around(at: tuple[float, float]) -> Markup:
    """The region of a place that is no part of another: somewhere there, nobody says where."""
    return Markup(
        '<ellipse class="region alone" cx="{:.1f}" cy="{:.1f}" rx="{:.1f}" ry="{:.1f}"/>'
    ).format(*at, *_ALONE)


def _flag(
    place: Place, at: tuple[float, float], colours: dict[str, int], *, below: float
) -> Markup:
    """A flag for who holds a place, and its name so far below it."""
    x, y = at
    kind = "contested" if place.contested else "quiet-place"
    held = colours.get(place.holder or "")
    return Markup(
        '<rect class="place flag {}{}" data-place="{}" x="{:.1f}" y="{:.1f}" width="9" '
        'height="9"/><text class="vague" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>'
    ).format(
        kind, "" if held is None else f" held-{held}", place.id,
        x - 4.5, y - 4.5, x, y + below, place.name,
    )  # fmt: skip


def _cropped(
    positions: dict[str, tuple[float, float]], fields: set[str | None]
) -> tuple[dict[str, tuple[float, float]], float]:
    """Take away the empty height above and below the places, not the name above a field."""
    reach = {name: (1.4 if name in fields else 0.6) * _FIELD for name in positions}
    top = min(y - reach[name] for name, (_, y) in positions.items())
    bottom = max(y + reach[name] for name, (_, y) in positions.items())
    height = max(bottom - top, _LEAST_HEIGHT)
    up = (top + bottom - height) / 2
    return {name: (x, y - up) for name, (x, y) in positions.items()}, height


def _svg(parts: list[Markup], alternative: str, height: float) -> Markup:
    return Markup(
        '<svg class="map" id="ground" viewBox="0 0 {:.0f} {:.0f}" role="img" '
        'aria-labelledby="ground-title"><title id="ground-title">{}</title>{}</svg>'
    ).format(_WIDTH, height, alternative, Markup("").join(parts))
