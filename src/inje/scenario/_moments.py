"""Moments of 652 land battles, from which a new battle starts until its record speaks.

Square law: casualties / (opponents x days), days = duration floored at .1 day (elapsed time
where the column is capped), natural logarithm. Computed from CDB90, the data base of battles
of HERO and the US Army Concepts Analysis Agency (1990), 1600-1982. Within an era the two
rates are nearly uncorrelated.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CDB90", "RATIO_ALL", "RATIO_MODERN", "Era", "RatioMoments", "era_of"]

CDB90 = "CDB90 (HERO / US Army Concepts Analysis Agency 1990), moments by era"


@dataclass(frozen=True)
class Era:
    """Mean and sd of the log rates: defenders on attackers, then attackers on defenders.

    Rates are losses per opponent and day; years are inclusive.
    """

    first: int
    last: int
    on_attackers: tuple[float, float]
    on_defenders: tuple[float, float]

    @property
    def name(self) -> str:
        return f"{self.first}-{self.last}"


@dataclass(frozen=True)
class RatioMoments:
    """ln(attacker strength / defender strength): mean, sd, number of battles."""

    mean: float
    sd: float
    battles: int


ERAS = (
    Era(1600, 1799, (-1.01, 1.38), (-0.85, 1.61)),
    Era(1800, 1899, (-1.14, 1.06), (-1.35, 1.30)),
    Era(1900, 1938, (-2.37, 1.69), (-3.04, 1.50)),
    Era(1939, 1990, (-3.48, 1.25), (-3.82, 1.39)),
)
ALL = Era(1600, 1982, (-2.36, 1.71), (-2.66, 1.88))
RATIO_ALL = RatioMoments(0.46, 0.72, 657)
RATIO_MODERN = RatioMoments(0.66, 0.73, 657)


def era_of(year: int | None) -> Era:
    """The era of a year; all battles together where the table has no battle of that time."""
    if year is None:
        return ALL
    return next((era for era in ERAS if era.first <= year <= era.last), ALL)
