"""The ground: places, roads, routes and march rates, and towns for orientation."""

from inje.ground._graph import (
    EARTH_RADIUS,
    Ground,
    Place,
    Road,
    Route,
    distance_between,
    great_circle,
)
from inje.ground._march import (
    CROSS_COUNTRY_FACTOR,
    FACTORS_SOURCE,
    MARCH_RATES,
    NIGHT_FACTOR,
    MarchRate,
    MarchTime,
    march_rate,
    march_time,
    walking_speed,
)
from inje.ground._towns import GAZETTEER, Town, towns_within

__all__ = [
    "CROSS_COUNTRY_FACTOR",
    "EARTH_RADIUS",
    "FACTORS_SOURCE",
    "GAZETTEER",
    "MARCH_RATES",
    "NIGHT_FACTOR",
    "Ground",
    "MarchRate",
    "MarchTime",
    "Place",
    "Road",
    "Route",
    "Town",
    "distance_between",
    "great_circle",
    "march_rate",
    "march_time",
    "towns_within",
    "walking_speed",
]
