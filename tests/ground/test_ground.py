"""March rates, distances and routes."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from inje.errors import ModelError, OptionError
from inje.ground import (
    MARCH_RATES,
    Ground,
    Place,
    Road,
    distance_between,
    great_circle,
    march_rate,
    march_time,
    walking_speed,
)


def test_the_rates() -> None:
    rates = {mode: (rate.km_per_day, rate.gsd) for mode, rate in MARCH_RATES.items()}
    assert rates == {
        "foot": (27, 1.3), "cavalry": (45, 1.3), "truck": (160, 1.5),
        "courier": (80, 1.5)}  # fmt: skip
    assert all(rate.source for rate in MARCH_RATES.values())


def test_time_of_a_march() -> None:
    time = march_time(54.0)
    assert (time.median, time.gsd) == (2.0, 1.3)
    assert time.log_mean == math.log(2.0)
    assert time.log_sd == math.log(1.3)
    assert march_time(54.0, night=True).median == pytest.approx(2.5)
    assert march_time(54.0, cross_country=True).median == pytest.approx(2.0 / 0.6)
    assert march_time(80.0, "courier").median == 1.0
    assert march_time(0.0).log_mean == -math.inf


@pytest.mark.parametrize("kilometres", [-1.0, math.nan, math.inf])
def test_a_distance_that_is_none(kilometres: float) -> None:
    with pytest.raises(OptionError, match="0 km or more"):
        march_time(kilometres)


def test_a_mode_that_is_none() -> None:
    with pytest.raises(OptionError, match="allowed: foot, cavalry, truck, courier"):
        march_rate("elephant")


# Tobler (1993), in the design's numbers.
@pytest.mark.parametrize(("slope", "speed"), [(-0.05, 6.000), (0.0, 5.0367), (0.10, 3.5493)])
def test_walking_on_a_slope(slope: float, speed: float) -> None:
    assert walking_speed(slope) == pytest.approx(speed, abs=5e-5)


def test_great_circle_distances() -> None:
    # A quarter of the equator and of a meridian; antipodes; no distance.
    quarter = math.pi / 2 * 6371.0088
    assert great_circle(0, 0, 0, 90) == pytest.approx(quarter)
    assert great_circle(0, 30, 90, 75) == pytest.approx(quarter)
    assert great_circle(10, 20, -10, -160) == pytest.approx(2 * quarter)
    assert great_circle(52, 13, 52, 13) == 0.0
    # Tehran to Tabriz, about 530 km.
    assert great_circle(35.689, 51.389, 38.080, 46.292) == pytest.approx(527, abs=3)


TRIANGLE = Ground(
    (Place("a"), Place("b"), Place("c"), Place("island")),
    (Road("a", "b", 20.0), Road("b", "c", 20.0), Road("a", "c", 30.0, cross_country=True)),
)


def test_the_quickest_is_not_the_shortest() -> None:
    quick, short = TRIANGLE.route("a", "c"), TRIANGLE.shortest("a", "c")
    assert (quick.places, quick.kilometres) == (("a", "b", "c"), 40.0)
    assert (short.places, short.kilometres) == (("a", "c"), 30.0)
    assert quick.time.median == pytest.approx(40 / 27)
    assert short.time.median == pytest.approx(30 / (27 * 0.6))
    assert quick.time.gsd == 1.3
    assert TRIANGLE.route("a", "c", "truck", night=True).time.median == pytest.approx(40 / 128)
    assert TRIANGLE.route("a", "a").kilometres == 0.0


def test_a_place_out_of_reach_names_both() -> None:
    with pytest.raises(ModelError, match="'a' to 'island'"):
        TRIANGLE.route("a", "island")
    with pytest.raises(ModelError, match="no place 'd'"):
        TRIANGLE.route("a", "d")


def test_a_road_between_known_coordinates_has_a_length() -> None:
    tabriz, tehran = Place("tabriz", 38.080, 46.292), Place("tehran", 35.689, 51.389)
    ground = Ground((tabriz, tehran), (Road("tabriz", "tehran"),))
    assert ground.route("tehran", "tabriz").kilometres == distance_between(tabriz, tehran)


@pytest.mark.parametrize(
    ("places", "roads", "said"),
    [
        ((Place("a"), Place("b")), (Road("a", "b"),), "no length"),
        ((Place("a"),), (Road("a", "b", 3.0),), "no place 'b'"),
        ((Place("a"), Place("a")), (), "two places bear one identifier"),
    ],
)
def test_faults_of_the_ground(places, roads, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        Ground(places, roads)


@pytest.mark.parametrize(
    "build",
    [
        lambda: Place("x", 91.0, 0.0),
        lambda: Place("x", 0.0, 181.0),
        lambda: Place("x", 1.0),
        lambda: Road("a", "b", -1.0),
        lambda: Road("a", "b", math.nan),
    ],
)
def test_impossible_places_and_roads(build) -> None:
    with pytest.raises(ModelError):
        build()


@pytest.mark.parametrize("seed", range(10))
def test_routes_against_every_path(seed: int) -> None:
    rng = np.random.default_rng(seed)
    names = "abcde"
    pairs = list(itertools.combinations(names, 2))
    # Two ways between some places: the better one counts.
    pairs += [pairs[int(k)] for k in rng.integers(0, len(pairs), 3)]
    roads = tuple(
        Road(a, b, float(rng.integers(1, 60)), cross_country=bool(rng.integers(2)))
        for a, b in pairs
    )
    ground = Ground(tuple(Place(name) for name in names), roads)
    best = min(
        sum(_days(roads, stops[k], stops[k + 1]) for k in range(len(stops) - 1))
        for count in range(4)
        for inner in itertools.permutations("bcd", count)
        for stops in [("a", *inner, "e")]
    )
    assert ground.route("a", "e").time.median == pytest.approx(best)


def _days(roads: tuple[Road, ...], start: str, end: str) -> float:
    return min(
        march_time(road.kilometres or 0.0, cross_country=road.cross_country).median
        for road in roads
        if {road.start, road.end} == {start, end}
    )
