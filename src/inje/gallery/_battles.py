"""The battles of CDB90 as arrays: what was known at the start, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

__all__ = ["ERAS", "Battles", "battles", "era_of"]

#: First years of the eras; the last runs on to the present (1990 in the data).
ERAS = {"1600-1799": 1600, "1800-1899": 1800, "1900-1938": 1900, "1939-1990": 1939}

_POSTURES = ("HD", "PD", "FD", "DL")  # hasty, prepared, fortified, delay
_RELIEF = "RGF"  # rolling, rugged, flat
_COVER = "MBWD"  # mixed, bare, wooded, desert
_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Battles:
    """n battles in the order of their first hours.

    Known at the start: `start` (days since 1600), `year`, `era` (0..3), `war` and
    `campaign` (codes), `attacker` and `defender` (codes of nations), `log_attackers`
    and `log_defenders` (log people), `posture` and `terrain` (indicators, shape
    (n, k)). Outcomes: `end` (days since 1600), `log_days`, `attackers_lost` and
    `defenders_lost` (people, NaN unknown), `won` (1 the attacker, -1 the defender, 0
    a draw, NaN unknown). `number` is the number in the data base.
    """

    number: np.ndarray
    start: np.ndarray
    year: np.ndarray
    era: np.ndarray
    war: np.ndarray
    campaign: np.ndarray
    attacker: np.ndarray
    defender: np.ndarray
    log_attackers: np.ndarray
    log_defenders: np.ndarray
    posture: np.ndarray
    terrain: np.ndarray
    end: np.ndarray
    log_days: np.ndarray
    attackers_lost: np.ndarray
    defenders_lost: np.ndarray
    won: np.ndarray

    def __len__(self) -> int:
        return len(self.number)

    @property
    def size(self) -> np.ndarray:
        """Mean log strength of the two sides, about 16,000 people."""
        return (self.log_attackers + self.log_defenders) / 2 - np.log(16_000.0)

    @property
    def ratio(self) -> np.ndarray:
        """Log of attackers over defenders."""
        return self.log_attackers - self.log_defenders

    @property
    def log_fractions(self) -> np.ndarray:
        """Log losses over own strength, shape (n, 2): attackers, defenders."""
        attackers = np.log(self.attackers_lost) - self.log_attackers
        return np.column_stack([attackers, np.log(self.defenders_lost) - self.log_defenders])

    @property
    def scored(self) -> np.ndarray:
        """Rows with both losses known and positive."""
        with np.errstate(invalid="ignore"):
            return (self.attackers_lost > 0) & (self.defenders_lost > 0)


def era_of(year: np.ndarray | float) -> np.ndarray:
    """The era of a year, 0..3; years before 1600 count as the first."""
    return np.clip(np.digitize(year, list(ERAS.values())) - 1, 0, None)


def _indicators(values: pd.Series, letters: tuple[str, ...] | str) -> np.ndarray:
    return np.column_stack([(values == letter).to_numpy(float) for letter in letters])


def battles(frame: pd.DataFrame) -> Battles:
    """The dated battles of a frame of `inje.datasets.cdb90`, by first hour.

    Rows without dates or without both strengths cannot be forecast and are left out.
    """
    first = pd.to_datetime(frame["datetime_min"], errors="coerce").astype("datetime64[s]")
    last = pd.to_datetime(frame["datetime_max"], errors="coerce").astype("datetime64[s]")
    known = first.notna() & last.notna() & (frame["stra"] > 0) & (frame["strd"] > 0)
    order = frame[known].assign(_first=first, _last=last).sort_values(["_first", "isqno"])
    origin = np.datetime64("1600-01-01T00:00:00")
    start = (order["_first"].to_numpy() - origin) / _DAY
    year = 1600 + start / 365.2425
    nations = pd.factorize(pd.concat([order["actors_a"], order["actors_d"]]))[0]
    terrain = order["terra1"].fillna("").astype(str)
    return Battles(
        number=order["isqno"].to_numpy(),
        start=start,
        year=year,
        era=era_of(order["_first"].dt.year.to_numpy()),
        war=pd.factorize(order["war4"].fillna(order["war"]))[0],
        campaign=pd.factorize(order["campgn"])[0],
        attacker=nations[: len(order)],
        defender=nations[len(order) :],
        log_attackers=np.log(order["stra"].to_numpy(float)),
        log_defenders=np.log(order["strd"].to_numpy(float)),
        posture=_indicators(order["post1"], _POSTURES),
        terrain=np.column_stack(
            [_indicators(terrain.str[:1], _RELIEF), _indicators(terrain.str[1:2], _COVER)]
        ),
        end=(order["_last"].to_numpy() - origin) / _DAY,
        log_days=np.log(order["contact_days"].to_numpy(float)),
        attackers_lost=order["casa"].to_numpy(float),
        defenders_lost=order["casd"].to_numpy(float),
        won=order["wina"].to_numpy(float),
    )
