"""The Ardennes studies: Bracken 1995 on days 1 to 10, Fricker 1998 on days 1 to 32.

Both weigh a force as people + 20 tanks + 5 carriers + 40 guns, losses alike, and
fit loss of X = (d if X defends, 1/d if X attacks) * a * Y^p * X^q.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from inje.datasets import ardennes
from inje.gallery._study import Study, near, within

__all__ = ["BRACKEN", "FRICKER", "Campaign", "campaign"]

_WEIGHTS = {"tank": 20.0, "apc": 5.0, "art": 40.0}
_LAST_GERMAN_ATTACK = 5
_D = 1.25

#: Bracken's grid: a and b, the exponents p and q, the tactical factor d.
_RATES = np.array([4e-9, 6e-9, 8e-9, 1e-8, 1.2e-8])
_EXPONENTS = np.arange(5, 16) / 10
_FACTORS = (0.8, 1.0, 1.25)

#: Members of the family whose continuous fits the study shows, as (p, q).
_MEMBERS = {"log": (0.0, 1.0), "hartley": (0.45, 0.75), "square": (1.0, 0.0), "linear": (1.0, 1.0)}


@dataclass(frozen=True)
class Campaign:
    """Weighted daily series, each of shape (days,): forces, losses, who attacks."""

    blue: np.ndarray
    red: np.ndarray
    blue_loss: np.ndarray
    red_loss: np.ndarray
    red_attacks: np.ndarray

    def factors(self, d: float) -> tuple[np.ndarray, np.ndarray]:
        """The tactical factor of the blue and of the red loss, day by day."""
        return np.where(self.red_attacks, d, 1 / d), np.where(self.red_attacks, 1 / d, d)

    def terms(self, p: float, q: float, d: float) -> tuple[np.ndarray, np.ndarray]:
        """Blue and red loss per unit of a and of b."""
        on_blue, on_red = self.factors(d)
        return on_blue * self.red**p * self.blue**q, on_red * self.blue**p * self.red**q


def campaign(frame: pd.DataFrame, days: range, kind: str = "combat") -> Campaign:
    """Bracken's weighted series from a frame of `inje.datasets.ardennes`."""
    rows = frame.set_index("day").loc[list(days)]

    def weighted(side: str, people: str, suffix: str) -> np.ndarray:
        arms = sum(weight * rows[f"{side}_{arm}{suffix}"] for arm, weight in _WEIGHTS.items())
        return (rows[f"{side}_{kind}_{people}"] + arms).to_numpy(float)

    return Campaign(
        weighted("blue", "available", ""),
        weighted("red", "available", ""),
        weighted("blue", "killed", "_killed"),
        weighted("red", "killed", "_killed"),
        rows.index.to_numpy() <= _LAST_GERMAN_ATTACK,
    )


def _grid_fit(series: Campaign) -> dict[str, float]:
    best = (np.inf, 0.0, 0.0, 0.0, 0.0, 0.0)
    for d, p, q in product(_FACTORS, _EXPONENTS, _EXPONENTS):
        on_blue, on_red = series.terms(p, q, d)
        # The two sides' errors add, so a and b are found apart.
        blue = ((series.blue_loss - np.outer(_RATES, on_blue)) ** 2).sum(axis=1)
        red = ((series.red_loss - np.outer(_RATES, on_red)) ** 2).sum(axis=1)
        i, j = int(blue.argmin()), int(red.argmin())
        best = min(best, (float(blue[i] + red[j]), _RATES[i], _RATES[j], p, q, d))
    return dict(zip(("ssr", "a", "b", "p", "q", "d"), map(float, best), strict=True))


def _continuous_ssr(series: Campaign, p: float, q: float) -> float:
    total = 0.0
    for term, loss in zip(series.terms(p, q, _D), (series.blue_loss, series.red_loss), strict=True):
        rate = (term @ loss) / (term @ term)
        total += float(((loss - rate * term) ** 2).sum())
    return total


def _bracken(_table: Path | None) -> dict[str, float]:
    series = campaign(ardennes(), range(1, 11))
    continuous = {
        f"ssr_{name}_continuous": _continuous_ssr(series, p, q) for name, (p, q) in _MEMBERS.items()
    }
    return {**_grid_fit(series), **continuous}


BRACKEN = Study(
    name="bracken-1995",
    title="The published linear law of the Ardennes depends on the grid",
    citation=(
        "Bracken, J. (1995), Lanchester models of the Ardennes campaign, Naval Research "
        "Logistics 42, 559-577"
    ),
    targets={
        "ssr": near(16_327_253, 0.5),
        "a": near(8e-9, 1e-15),
        "b": near(1e-8, 1e-15),
        "p": near(1.0, 1e-9),
        "q": near(1.0, 1e-9),
        "d": near(1.25, 1e-9),
        "ssr_log_continuous": within(1.4595e7, 1.4605e7),
        "ssr_hartley_continuous": within(1.4765e7, 1.4775e7),
        "ssr_square_continuous": within(1.5670e7, 1.5680e7),
        "ssr_linear_continuous": within(1.6085e7, 1.6095e7),
    },
    compute=_bracken,
)


def _fricker(_table: Path | None) -> dict[str, float]:
    series = campaign(ardennes("reformatted"), range(1, 33))
    days = len(series.blue)
    here, none = np.ones(days), np.zeros(days)
    sign = np.where(series.red_attacks, 1.0, -1.0)
    design = np.column_stack(
        [
            np.concatenate([here, none]),
            np.concatenate([none, here]),
            np.log(np.concatenate([series.red, series.blue])),
            np.log(np.concatenate([series.blue, series.red])),
            np.concatenate([sign, -sign]),
        ]
    )
    losses = np.log(np.concatenate([series.blue_loss, series.red_loss]))
    solution = np.linalg.lstsq(design, losses, rcond=None)[0]
    residual = losses - design @ solution
    explained = 1 - (residual @ residual) / ((losses - losses.mean()) ** 2).sum()
    return {
        "p": float(solution[2]),
        "q": float(solution[3]),
        "d": float(np.exp(solution[4])),
        "r2": float(explained),
        "log_a": float(solution[0]),
        "log_b": float(solution[1]),
    }


FRICKER = Study(
    name="fricker-1998",
    title="All 32 days of the Ardennes, log-linear, free exponents",
    citation=(
        "Fricker, R. D. (1998), Attrition models of the Ardennes campaign, Naval Research "
        "Logistics 45, 1-22"
    ),
    targets={
        "p": near(-0.329, 5e-4),
        "q": near(5.234, 5e-4),
        "d": near(1.238, 5e-4),
        "r2": near(0.650, 5e-4),
    },
    compute=_fricker,
)
