"""How fast people move: march rates by mode, and walking on a slope.

A march's time is log-normal: its median is the distance over the rate, its
geometric standard deviation (gsd) the factor by which one march in three goes
beyond the median either way. One march has one clock: the legs of a route are
slow or quick together, so a route has the gsd of its mode.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from inje.citations import Citation, citation, cite
from inje.errors import OptionError

NIGHT_FACTOR = 0.8
CROSS_COUNTRY_FACTOR = 0.6


@dataclass(frozen=True)
class MarchRate:
    """The rate of one mode of marching.

    Attributes
    ----------
    mode : "foot", "cavalry", "truck" or "courier".
    km_per_day : median distance of a day on a road (km).
    gsd : geometric standard deviation of the time, at least 1.
    source : where the median comes from, or "assumed"; the gsd is assumed throughout.
    """

    mode: str
    km_per_day: float
    gsd: float
    source: str


# By night .8 and across country .6 of the rate on a road by day: 3.2 and 2.4 of 4.0 km/h.
FACTORS_SOURCE: Citation = citation("fm21-18")
_MANUAL = cite("cole1917")

MARCH_RATES: Mapping[str, MarchRate] = MappingProxyType(
    {
        rate.mode: rate
        for rate in (
            MarchRate("foot", 27.0, 1.3, f"15 to 20 miles a day for infantry: {_MANUAL}"),
            MarchRate("cavalry", 45.0, 1.3, f"25 miles a day, and more when pressed: {_MANUAL}"),
            MarchRate("truck", 160.0, 1.5, "assumed: four hours' driving on country roads"),
            MarchRate("courier", 80.0, 1.5, "assumed: a rider with one change of horses"),
        )
    }
)


def march_rate(mode: str) -> MarchRate:
    """Return the rate of a mode.

    Raises
    ------
    OptionError : when there is no such mode.
    """
    if mode not in MARCH_RATES:
        allowed = ", ".join(MARCH_RATES)
        raise OptionError("mode", f"no march rate for {mode!r}", allowed, "name one of these modes")
    return MARCH_RATES[mode]


@dataclass(frozen=True)
class MarchTime:
    """The log-normal time of a march.

    Attributes
    ----------
    median : days.
    gsd : geometric standard deviation, at least 1.
    """

    median: float
    gsd: float

    @property
    def log_mean(self) -> float:
        """Mean of the logarithm of the time in days; minus infinity at distance 0."""
        return math.log(self.median) if self.median > 0.0 else -math.inf

    @property
    def log_sd(self) -> float:
        """Standard deviation of the logarithm of the time."""
        return math.log(self.gsd)


def march_time(
    kilometres: float, mode: str = "foot", *, night: bool = False, cross_country: bool = False
) -> MarchTime:
    """Return the time of a march of `kilometres`.

    Raises
    ------
    OptionError : when the distance is negative or not finite, or the mode unknown.
    """
    if not (math.isfinite(kilometres) and kilometres >= 0.0):
        raise OptionError("kilometres", repr(kilometres), "a distance of 0 km or more",
                          "give the length of the road")  # fmt: skip
    rate = march_rate(mode)
    speed = rate.km_per_day * (NIGHT_FACTOR if night else 1.0)
    speed *= CROSS_COUNTRY_FACTOR if cross_country else 1.0
    return MarchTime(kilometres / speed, rate.gsd)


def walking_speed(slope: float) -> float:
    """Return the walking speed on a slope (km/h), Tobler (1993).

    Parameters
    ----------
    slope : rise over run, positive uphill; the fastest walk is on -0.05.
    """
    return 6.0 * math.exp(-3.5 * abs(slope + 0.05))
