"""The ground: a map where sources locate the places, else a plan of places and roads.

A plan says that it is schematic: only the lengths of its roads mean anything. A place with an
uncertain location is a region, never a point.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from markupsafe import Markup

from inje.reporting._ledger import format_number
from inje.reporting._wording import listed
from inje.scenario import Place, Quantity, Scenario

__all__ = ["GroundPlan", "ground_plan"]

_WIDTH, _HEIGHT, _EDGE = 640.0, 400.0, 70.0
_LEAST_HEIGHT = 130.0
_FIELD = 80.0
_ROWS = 70.0  # height for the rows of forces below a field
_LETTER = 9.5  # width of a letter on a narrow page, in units of the drawing
_KM_PER_DEGREE = 111.19  # mean radius 6371 km


@dataclass(frozen=True, slots=True)
class GroundPlan:
    """A drawing, what it is, and where each place stands in it (x, y in the SVG's units)."""

    drawing: Markup
    caption: str
    positions: dict[str, tuple[float, float]]
    schematic: bool
    height: float
    unlocated: str = ""


def ground_plan(scenario: Scenario, colours: dict[str, int]) -> GroundPlan:
    """Draw the scenario's ground; `colours` number the sides for the style sheet."""
    located = [p for p in scenario.places if p.latitude is not None and p.longitude is not None]
    contested = [p for p in scenario.places if p.contested]
    if len(located) >= 2 and all(p in located for p in contested):
        return _map(scenario, located, colours)
    return _schematic(scenario, colours)


def _map(scenario: Scenario, located: list[Place], colours: dict[str, int]) -> GroundPlan:
    middle = sum(p.latitude or 0 for p in located) / len(located)
    east = _KM_PER_DEGREE * math.cos(math.radians(middle))
    km = {p.id: ((p.longitude or 0) * east, -(p.latitude or 0) * _KM_PER_DEGREE) for p in located}
    positions, per_km = _fitted(km, max((p.uncertainty_km or 0 for p in located), default=0))
    parts = [_roads(scenario, positions, lengths=False)]
    parts += [_place(p, positions[p.id], per_km, colours) for p in located]
    parts.append(_scale_bar(per_km))
    missing = [p.name for p in scenario.places if p not in located]
    sources = sorted({p.source for p in located if p.source})
    caption = "A dashed circle is the region in which a place lies. North is up."
    if sources:
        caption += f" Locations: {'; '.join(sources)}."
    names = listed([p.name for p in located])
    drawing = _svg(parts, f"Map of {names}.", _HEIGHT)
    return GroundPlan(drawing, caption, positions, False, _HEIGHT, listed(missing))


def _schematic(scenario: Scenario, colours: dict[str, int]) -> GroundPlan:
    places = {p.id: p for p in scenario.places}
    inner = {p.id: p.within for p in scenario.places if p.within in places}
    outer = [name for name in places if name not in inner]
    positions, _ = _fitted(_by_roads(outer, _lengths(scenario)), 0)
    positions = _framed(_with_inner(positions, inner), places, set(inner.values()))
    positions, height = _cropped(positions)
    height += _ROWS if inner else 0
    parts = [_field(places[name], positions[name]) for name in sorted(set(inner.values()))]
    parts.append(_roads(scenario, positions, lengths=True))
    parts += [
        _place(p, positions[p.id], 0, colours)
        for p in scenario.places
        if p.id not in inner.values()
    ]
    names = listed([p.name for p in scenario.places])
    drawing = _svg(parts, f"Schematic plan of {names}: not a map.", height)
    caption = (
        "A schematic plan, not a map: no source at hand locates these places, and directions mean "
        "nothing."
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
        for i, name in enumerate(children):
            turn = math.pi * (2 * i / len(children) - 1)
            placed[name] = (x + _FIELD * math.cos(turn), y + 0.5 * _FIELD * math.sin(turn))
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


def median_of(quantity: Quantity) -> float:
    """Median of a quantity, its fixed value where it has no prior."""
    import numpy as np

    if quantity.value is not None:
        return quantity.value
    if quantity.prior is not None and quantity.prior.derives_from:
        return quantity.prior.median or 1.0
    return float(quantity.quantile(np.asarray([0.5]))[0])


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


def _fitted(
    points: dict[str, tuple[float, float]], around: float
) -> tuple[dict[str, tuple[float, float]], float]:
    xs, ys = [p[0] for p in points.values()], [p[1] for p in points.values()]
    wide = max(max(xs) - min(xs) + 2 * around, 1e-9)
    high = max(max(ys) - min(ys) + 2 * around, 1e-9)
    scale = min((_WIDTH - 2 * _EDGE) / wide, (_HEIGHT - 2 * _EDGE) / high, 1e6)
    mid_x, mid_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    fitted = {
        name: (_WIDTH / 2 + (x - mid_x) * scale, _HEIGHT / 2 + (y - mid_y) * scale)
        for name, (x, y) in points.items()
    }
    return _apart(fitted), scale


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


def _roads(
    scenario: Scenario, positions: dict[str, tuple[float, float]], *, lengths: bool
) -> Markup:
    drawn = Markup("")
    for road in scenario.roads:
        if not all(end in positions for end in road.between):
            continue
        (x1, y1), (x2, y2) = (positions[end] for end in road.between)
        drawn += Markup(
            '<line class="road" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>'
        ).format(x1, y1, x2, y2)
        if lengths:
            text = f"{format_number(median_of(road.distance), 'km')} km"
            drawn += Markup(
                '<text class="road-label" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>'
            ).format((x1 + x2) / 2, (y1 + y2) / 2 - 6, text)
    return drawn


def _place(place: Place, at: tuple[float, float], per_km: float, colours: dict[str, int]) -> Markup:
    x, y = at
    kind = "contested" if place.contested else "quiet-place"
    held = colours.get(place.holder or "")
    drawn = Markup("")
    radius = (place.uncertainty_km or 0) * per_km
    if radius > 7:
        drawn += Markup('<circle class="region" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>').format(
            x, y, radius
        )
    else:
        drawn += Markup(
            '<circle class="place {}{}" data-place="{}" cx="{:.1f}" cy="{:.1f}" r="6"/>'
        ).format(kind, "" if held is None else f" held-{held}", place.id, x, y)
    label = Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>')
    return drawn + label.format(x, y + 23, place.name)


def _scale_bar(per_km: float) -> Markup:
    longest = 150 / per_km
    step = 10 ** math.floor(math.log10(longest))
    km = max(k * step for k in (1, 2, 5) if k * step <= longest)
    long = km * per_km
    return Markup(
        '<path class="scale" d="M20,{y} v-6 m0,3 h{long:.1f} m0,-3 v6"/>'
        '<text x="{end:.1f}" y="{y}">{km:g} km</text>'
    ).format(y=_HEIGHT - 14, long=long, end=28 + long, km=km)


def _cropped(
    positions: dict[str, tuple[float, float]],
) -> tuple[dict[str, tuple[float, float]], float]:
    """Take away the empty height above and below the places."""
    ys = [y for _, y in positions.values()]
    used = max(ys) - min(ys) + 2.2 * _EDGE
    height = max(used, _LEAST_HEIGHT)
    up = min(ys) - (height - used) / 2 - 1.1 * _EDGE
    return {name: (x, y - up) for name, (x, y) in positions.items()}, height


def _svg(parts: list[Markup], alternative: str, height: float) -> Markup:
    return Markup(
        '<svg class="map" id="ground" viewBox="0 0 {:.0f} {:.0f}" role="img" '
        'aria-labelledby="ground-title"><title id="ground-title">{}</title>{}</svg>'
    ).format(_WIDTH, height, alternative, Markup("").join(parts))
