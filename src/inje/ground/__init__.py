"""The ground: places, roads, routes and march rates."""

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

__all__ = [
    "CROSS_COUNTRY_FACTOR",
    "EARTH_RADIUS",
    "FACTORS_SOURCE",
    "MARCH_RATES",
    "NIGHT_FACTOR",
    "Ground",
    "MarchRate",
    "MarchTime",
    "Place",
    "Road",
    "Route",
    "distance_between",
    "great_circle",
    "march_rate",
    "march_time",
    "walking_speed",
]
