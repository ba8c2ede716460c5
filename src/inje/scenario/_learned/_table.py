"""Reading the learned table, and what it says of a battle that has not been seen."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

__all__ = ["LearnedEra", "LearnedRates", "LearnedTable", "learned_era", "learned_table"]

_REFERENCE = math.log(16_000.0)


@dataclass(frozen=True)
class LearnedRates:
    """A bivariate normal for two log rates: on attackers, on defenders.

    `mean` (2,) and `covariance` (2, 2); the covariance is the sum of `parameters`
    (how sure the table is), `war` (wars differ), `battle` (battles of a war differ)
    and `inputs` (strengths and days that are themselves uncertain).
    """

    mean: np.ndarray
    parameters: np.ndarray
    war: np.ndarray
    battle: np.ndarray
    inputs: np.ndarray

    @property
    def covariance(self) -> np.ndarray:
        return self.parameters + self.war + self.battle + self.inputs


@dataclass(frozen=True)
class LearnedEra:
    """What the table knows of an era.

    Attributes
    ----------
    name : "1600-1799" and so on, or "any" outside the table.
    battles : number learned from.
    mean, covariance : moments of the 8 parameters: for each rate intercept, and
        slopes on log own strength, log opponents (both over 16,000) and log days.
    war, battle : covariances (2, 2) between wars, and between battles of a war.
    days_mean, days_covariance, days_sd : log days given (1, size, ratio), with the
        spread between battles and wars together.
    ratio_mean, ratio_mean_sd, ratio_sd : ln(attackers / defenders).
    winning_mean, winning_covariance : log odds that the attacker wins given
        (1, log force ratio, log ratio of loss fractions).
    """

    name: str
    battles: int
    mean: np.ndarray
    covariance: np.ndarray
    war: np.ndarray
    battle: np.ndarray
    days_mean: np.ndarray
    days_covariance: np.ndarray
    days_sd: float
    ratio_mean: float
    ratio_mean_sd: float
    ratio_sd: float
    winning_mean: np.ndarray
    winning_covariance: np.ndarray

    @property
    def slopes(self) -> np.ndarray:
        """Shape (2, 3): for each rate the powers of own strength, opponents, days."""
        return self.mean.reshape(2, 4)[:, 1:]

    def log_days(self, attackers: float, defenders: float) -> tuple[float, float]:
        """Mean and sd of log days in contact for strengths in people."""
        a, d = math.log(attackers), math.log(defenders)
        inputs = np.array([1.0, (a + d) / 2 - _REFERENCE, a - d])
        variance = self.days_sd**2 + inputs @ self.days_covariance @ inputs
        return float(inputs @ self.days_mean), math.sqrt(variance)

    def rates(
        self,
        attackers: float,
        defenders: float,
        days: float | None = None,
        log_strength_sd: tuple[float, float] = (0.0, 0.0),
    ) -> LearnedRates:
        """Both log rates of a battle of a war that has not been seen.

        Parameters
        ----------
        attackers, defenders : strengths (or their medians), people.
        days : days in contact; forecast by the table if None.
        log_strength_sd : sd of the log of the two strengths, taken as independent.
        """
        mean_days, sd_days = self.log_days(attackers, defenders)
        log_days, spread_days = (mean_days, sd_days) if days is None else (math.log(days), 0.0)
        a, d = math.log(attackers) - _REFERENCE, math.log(defenders) - _REFERENCE
        inputs = np.zeros((2, 8))
        inputs[0, :4], inputs[1, 4:] = (1.0, a, d, log_days), (1.0, d, a, log_days)
        own, opponents, per_day = self.slopes.T
        # Effects of log attackers, log defenders and log days on the two rates.
        effects = np.array([[own[0], opponents[0], per_day[0]], [opponents[1], own[1], per_day[1]]])
        spreads = np.array([*log_strength_sd, spread_days]) ** 2
        return LearnedRates(
            mean=inputs @ self.mean,
            parameters=inputs @ self.covariance @ inputs.T,
            war=self.war,
            battle=self.battle,
            inputs=effects @ np.diag(spreads) @ effects.T,
        )


@dataclass(frozen=True)
class LearnedTable:
    """The shipped table: version, source, and the eras by name.

    `posture` and `ground` give what is added to the two log rates, as pairs of mean
    and sd, each (2,), relative to the mix of all battles.
    """

    version: int
    source: str
    eras: dict[str, LearnedEra]
    years: dict[str, tuple[int, int]]
    posture: dict[str, tuple[np.ndarray, np.ndarray]]
    ground: dict[str, tuple[np.ndarray, np.ndarray]]


def _era(name: str, table: dict[str, Any]) -> LearnedEra:
    each = table["eras"][name]
    days, ratio, winning = each["days_in_contact"], each["ratio"], each["winning"]
    return LearnedEra(
        name=name,
        battles=each["battles"],
        mean=np.array(each["mean"]),
        covariance=np.array(each["covariance"]),
        war=np.array(table["war_covariance"]),
        battle=np.array(each["residual_covariance"]),
        days_mean=np.array(days["mean"]),
        days_covariance=np.array(days["covariance"]),
        days_sd=math.hypot(days["sd"], table["days_war_sd"]),
        ratio_mean=ratio["mean"],
        ratio_mean_sd=ratio["mean_sd"],
        ratio_sd=ratio["sd"],
        winning_mean=np.array(winning["mean"]),
        winning_covariance=np.array(winning["covariance"]),
    )


@cache
def learned_table() -> LearnedTable:
    """The table as shipped."""
    text = (files("inje.scenario._learned") / "cdb90.json").read_text(encoding="utf-8")
    table = json.loads(text)

    def effects(kind: str) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        return {
            name: (np.array(each["mean"]), np.array(each["sd"]))
            for name, each in table[kind].items()
        }

    return LearnedTable(
        version=table["version"],
        source=table["source"],
        eras={name: _era(name, table) for name in table["eras"]},
        years={
            name: (each["first"], each["last"])
            for name, each in table["eras"].items()
            if each["first"] is not None
        },
        posture=effects("posture"),
        ground=effects("ground"),
    )


def learned_era(year: int | None) -> LearnedEra:
    """The era of a year; "any" where the year is unknown or outside 1600 to 1990."""
    table = learned_table()
    for name, (first, last) in table.years.items():
        if year is not None and first <= year <= last:
            return table.eras[name]
    return table.eras["any"]
