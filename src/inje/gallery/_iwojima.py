"""Engel 1954: the square law, with landings, against the record of Iwo Jima.

dU/dt = P(t) - A J, dJ/dt = -B U, with U and J the effectives of the United States
and of Japan, P the landings a day, constant within a day. Solved exactly, day by
day, by the exponential of the system's matrix: no time step.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.linalg import expm

from inje.datasets import iwojima
from inje.gallery._study import Study, near, within

__all__ = ["ENGEL", "effectives"]

_A, _B = 0.0544, 0.0106
_JAPAN = 21_500.0
_LANDED = {0: 54_000.0, 2: 6_000.0, 5: 13_000.0}
_LAST_DAY = 36


def effectives(
    a: float = _A, b: float = _B, japan: float = _JAPAN, days: int = _LAST_DAY
) -> np.ndarray:
    """Effectives of both sides at the end of each day.

    Parameters
    ----------
    a : US losses per Japanese and day.
    b : Japanese losses per American and day.
    japan : Japanese at the start, people.
    days : how many days.

    Returns
    -------
    array of shape (days, 2): United States, Japan.
    """
    state = np.array([0.0, japan, 1.0])
    course = np.empty((days, 2))
    for day in range(days):
        system = np.array([[0.0, -a, _LANDED.get(day, 0.0)], [-b, 0.0, 0.0], [0.0, 0.0, 0.0]])
        state = expm(system) @ state
        course[day] = state[:2]
    return course


def _fit(observed: np.ndarray, model: np.ndarray) -> tuple[float, float]:
    error = observed - model
    spread = ((observed - observed.mean()) ** 2).sum()
    return float(np.sqrt((error**2).mean())), float(1 - (error**2).sum() / spread)


def _engel(_table: Path | None) -> dict[str, float]:
    course = effectives()
    right, printed = iwojima(), iwojima(corrected=False)
    model = course[: len(right), 0]
    rmse, r2 = _fit(right["effectives"].to_numpy(float), model)
    rmse_printed, r2_printed = _fit(printed["effectives"].to_numpy(float), model)
    return {
        "rmse": rmse,
        "r2": r2,
        "us_day_36": float(course[-1, 0]),
        "japan_day_36": float(course[-1, 1]),
        "rmse_uncorrected": rmse_printed,
        "r2_uncorrected": r2_printed,
    }


ENGEL = Study(
    name="engel-1954",
    title="The square law against 35 days of Iwo Jima",
    citation=(
        "Engel, J. H. (1954), A verification of Lanchester's law, Journal of the Operations "
        "Research Society of America 2, 163-171"
    ),
    targets={
        "rmse": within(886.45, 886.55),
        "r2": within(0.94955, 0.94965),
        "us_day_36": near(51_985, 0.5),
        "japan_day_36": near(217, 0.5),
        "rmse_uncorrected": within(927.15, 927.25),
        "r2_uncorrected": within(0.94495, 0.94505),
    },
    compute=_engel,
)
