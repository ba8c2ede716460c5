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
from inje.scenario import Clock, Engagement, Force, Place, Quantity, Scenario, Side

__all__ = ["ENGEL", "effectives", "fought"]

_A, _B = 0.0544, 0.0106
_JAPAN = 21_500.0
_LANDED = {0: 54_000.0, 2: 6_000.0, 5: 13_000.0}
_LAST_DAY = 36
# The engine fights on from the last landing, and stops while Japan is far from
# annihilation: until then the mean of the square law obeys the differential equation.
_ENGINE_FROM, _ENGINE_TO, _WORLDS = 6, 30, 1024


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


def fought(worlds: int = _WORLDS, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Losses between day 6 and day 30 in simulated worlds.

    Returns
    -------
    losses of the United States and of Japan, each shape (worlds,), people.
    """
    # The compiled loops behind this are wanted only when the study runs.
    from inje.ensemble import simulate_worlds

    found = simulate_worlds(
        _from_last_landing(), worlds=worlds, seed=seed, paths=("losses.us", "losses.japan")
    )
    return found["losses.us"].astype(float), found["losses.japan"].astype(float)


def _from_last_landing() -> Scenario:
    us, japan = np.rint(effectives(days=_ENGINE_FROM)[-1])
    engel = "Engel 1954"
    return Scenario(
        title="Iwo Jima after the last landing",
        clock=Clock(start="1945-02-25", end="1945-03-20"),
        sides=(Side(id="us", name="United States"), Side(id="japan", name="Japan")),
        places=(Place(id="iwo-jima", name="Iwo Jima"),),
        forces=(
            Force(
                id="landed", side="us", place="iwo-jima", strength=Quantity(value=us, source=engel)
            ),
            Force(
                id="garrison",
                side="japan",
                place="iwo-jima",
                strength=Quantity(value=japan, source=engel),
            ),
        ),
        engagements=(
            Engagement(
                id="battle",
                place="iwo-jima",
                sides=("us", "japan"),
                rates={
                    "us": Quantity(value=_A, source=engel),
                    "japan": Quantity(value=_B, source=engel),
                },
            ),
        ),
    )


def _engine() -> dict[str, float]:
    start, end = effectives(days=_ENGINE_FROM)[-1], effectives(days=_ENGINE_TO)[-1]
    figures: dict[str, float] = {}
    for name, losses, equation in zip(("us", "japan"), fought(), np.rint(start) - end, strict=True):
        error = losses.std(ddof=1) / np.sqrt(len(losses))
        figures[f"{name}_loss_by_equation"] = float(equation)
        figures[f"{name}_loss_by_engine"] = float(losses.mean())
        figures[f"{name}_loss_gap_in_errors"] = float((losses.mean() - equation) / error)
    return figures


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
        **_engine(),
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
        # A false alarm once in 8,000 seeds.
        "us_loss_gap_in_errors": within(-4.0, 4.0),
        "japan_loss_gap_in_errors": within(-4.0, 4.0),
    },
    compute=_engel,
)
