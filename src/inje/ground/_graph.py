"""Places and the roads between them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inje.errors import ModelError, OptionError
from inje.ground._march import MarchTime, march_rate, march_time

if TYPE_CHECKING:
    import networkx as nx

# Mean radius R1 = (2a + b)/3 of the WGS 84 ellipsoid (km), Moritz (2000), Geodetic
# Reference System 1980, Journal of Geodesy 74, 128-133.
EARTH_RADIUS = 6371.0088


@dataclass(frozen=True)
class Place:
    """A place on the ground.

    Attributes
    ----------
    id : its name in the scenario.
    latitude, longitude : degrees north and east (WGS 84), or None where unknown.
    """

    id: str
    latitude: float | None = None
    longitude: float | None = None

    def __post_init__(self) -> None:
        if (self.latitude is None) != (self.longitude is None):
            raise ModelError(f"place {self.id}", "one coordinate without the other",
                             "latitude and longitude, or neither", "add or remove one")  # fmt: skip
        if self.latitude is not None and not -90.0 <= self.latitude <= 90.0:
            raise ModelError(f"place {self.id}", f"latitude {self.latitude}", "-90 to 90",
                             "give degrees north")  # fmt: skip
        if self.longitude is not None and not -180.0 <= self.longitude <= 180.0:
            raise ModelError(f"place {self.id}", f"longitude {self.longitude}", "-180 to 180",
                             "give degrees east")  # fmt: skip


@dataclass(frozen=True)
class Road:
    """A way between two places, passable both ways.

    Attributes
    ----------
    start, end : identifiers of places.
    kilometres : its length; None takes the great circle between the places.
    cross_country : whether there is no road, only ground.
    """

    start: str
    end: str
    kilometres: float | None = None
    cross_country: bool = False

    def __post_init__(self) -> None:
        if self.kilometres is not None and not (
            math.isfinite(self.kilometres) and self.kilometres >= 0.0
        ):
            raise ModelError(f"road {self.start}-{self.end}", f"length {self.kilometres}",
                             "0 km or more", "give the length of the road")  # fmt: skip


@dataclass(frozen=True)
class Route:
    """The way that a march takes.

    Attributes
    ----------
    places : identifiers in the order of the march.
    legs : kilometres from each place to the next.
    time : how long the march takes.
    """

    places: tuple[str, ...]
    legs: tuple[float, ...]
    time: MarchTime

    @property
    def kilometres(self) -> float:
        """The whole length of the way (km)."""
        return math.fsum(self.legs)


@dataclass(frozen=True)
class Ground:
    """The graph of places and roads.

    Raises
    ------
    ModelError : when a road names no place, or its length is neither given nor computable,
        or two places bear one identifier.
    """

    places: tuple[Place, ...] = ()
    roads: tuple[Road, ...] = ()

    def __post_init__(self) -> None:
        known = {place.id for place in self.places}
        if len(known) < len(self.places):
            raise ModelError("places", "two places bear one identifier", "one each", "rename one")
        for road in self.roads:
            for name in (road.start, road.end):
                self._known(name, f"road {road.start}-{road.end}", known)
            self.length(road)

    def _known(self, name: str, where: str, known: Iterable[str]) -> None:
        if name not in known:
            allowed = ", ".join(sorted(known)) or "no place is declared"
            raise ModelError(where, f"no place {name!r}", allowed, "add the place or correct it")

    def length(self, road: Road) -> float:
        """Return the length of a road (km)."""
        if road.kilometres is not None:
            return road.kilometres
        by_id = {place.id: place for place in self.places}
        try:
            return distance_between(by_id[road.start], by_id[road.end])
        except OptionError as error:
            raise ModelError(f"road {road.start}-{road.end}", "no length, and no coordinates",
                             "kilometres, or coordinates of both places",
                             "add `kilometres`") from error  # fmt: skip

    def route(self, start: str, end: str, mode: str = "foot", *, night: bool = False) -> Route:
        """Return the quickest route between two places.

        Parameters
        ----------
        start, end : identifiers of places.
        mode : a mode of `MARCH_RATES`.
        night : whether the march is by night.

        Raises
        ------
        ModelError : when a place is unknown, or no road leads from one to the other.
        OptionError : when the mode is unknown.
        """
        return self._best(start, end, mode, night=night, weight="days")

    def shortest(self, start: str, end: str, mode: str = "foot", *, night: bool = False) -> Route:
        """Return the shortest route between two places, as `route` does the quickest."""
        return self._best(start, end, mode, night=night, weight="kilometres")

    def _best(self, start: str, end: str, mode: str, *, night: bool, weight: str) -> Route:
        import networkx as nx

        known = {place.id for place in self.places}
        for name in (start, end):
            self._known(name, f"route {start}-{end}", known)
        graph = self._graph(mode, night=night, weight=weight)
        try:
            stops = nx.shortest_path(graph, start, end, weight=weight)
        except nx.NetworkXNoPath as error:
            raise ModelError("route", f"no road leads from {start!r} to {end!r}",
                             "places joined by roads",
                             f"add a road between {start} and {end}") from error  # fmt: skip
        pairs = list(itertools.pairwise(stops))
        legs = tuple(float(graph.edges[pair]["kilometres"]) for pair in pairs)
        days = math.fsum(graph.edges[pair]["days"] for pair in pairs)
        return Route(tuple(stops), legs, MarchTime(days, march_rate(mode).gsd))

    def _graph(self, mode: str, *, night: bool, weight: str) -> nx.Graph[str]:
        import networkx as nx

        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(place.id for place in self.places)
        for road in self.roads:
            length = self.length(road)
            days = march_time(length, mode, night=night, cross_country=road.cross_country).median
            edge = {"kilometres": length, "days": days}
            # Of two ways between the same places a march takes the better one.
            old = graph.get_edge_data(road.start, road.end)
            if old is None or edge[weight] < old[weight]:
                graph.add_edge(road.start, road.end, **edge)
        return graph


def great_circle(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """Return the great-circle distance of two points given in degrees (km).

    By the haversine on a sphere of the mean radius of WGS 84; within 0.6 % of the ellipsoid.
    """
    phi, other_phi = math.radians(latitude), math.radians(other_latitude)
    half_lambda = math.radians(other_longitude - longitude) / 2.0
    haversine = math.sin((other_phi - phi) / 2.0) ** 2
    haversine += math.cos(phi) * math.cos(other_phi) * math.sin(half_lambda) ** 2
    return 2.0 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(haversine)))


def distance_between(place: Place, other: Place) -> float:
    """Return the great-circle distance of two places (km).

    Raises
    ------
    OptionError : when a place has no coordinates.
    """
    for end in (place, other):
        if end.latitude is None or end.longitude is None:
            raise OptionError(f"place {end.id}", "no coordinates", "degrees north and east",
                              "add latitude and longitude, or the length of the road")  # fmt: skip
    return great_circle(
        place.latitude or 0.0, place.longitude or 0.0, other.latitude or 0.0, other.longitude or 0.0
    )
