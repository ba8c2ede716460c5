"""Losses by date drawn back from the last one, each given the next."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import special

from inje.exact import LossLaw, TwoCounts

__all__ = ["drawn_back", "reaching"]

#: chance of more steps than are counted
LEFT = 1e-10


def drawn_back(
    battle: TwoCounts, days: Sequence[float], laws: Sequence[LossLaw], rng: np.random.Generator
) -> np.ndarray:
    """Losses of both sides by date (dates, 2), drawn given all reports.

    Parameters
    ----------
    battle : two counts that fight by the square law.
    days : of the dates. laws : of the losses at each, weighed by the reports up to it.
    rng : what draws.
    """
    found = np.empty((len(days), 2), dtype=np.int64)
    for date in range(len(days) - 1, -1, -1):
        law = laws[date]
        mass = law.probability
        if date + 1 < len(days):
            mass = mass * _chances(battle, days[date + 1] - days[date], law, found[date + 1])
        share = np.cumsum(mass)
        row = int(np.searchsorted(share, rng.random() * share[-1], side="right"))
        row = min(row, len(mass) - 1)
        found[date] = law.first[row], law.second[row]
    return found


def _chances(battle: TwoCounts, days: float, law: LossLaw, target: np.ndarray) -> np.ndarray:
    """Chance to go from each cell of a law to the target in so many days."""
    before = (law.first <= target[0]) & (law.second <= target[1])
    chances = np.zeros(len(law.first))
    if before.any():
        low = int(law.first[before].min()), int(law.second[before].min())
        table = reaching(battle, days, low, (int(target[0]), int(target[1])))
        chances[before] = table[law.first[before] - low[0], law.second[before] - low[1]]
    return chances


def reaching(
    battle: TwoCounts, days: float, low: tuple[int, int], target: tuple[int, int]
) -> np.ndarray:
    """Chance to be at `target` after `days`, from every cell between `low` and it.

    The backward equation by uniformisation: the transpose of the step that carries a law on.
    """
    i = np.arange(low[0], target[0] + 1)[:, None]
    j = np.arange(low[1], target[1] + 1)[None, :]
    x, y = battle.strengths
    a, b = battle.coefficients
    fighting = (i < x) & (j < y)
    first = np.where(fighting, a * (y - j), 0.0)
    second = np.where(fighting, b * (x - i), 0.0)
    pace = float((first + second).max()) or 1.0
    first, second = first / pace, second / pace
    stay = 1.0 - first - second
    mean = pace * days
    most = int(mean + 10 * np.sqrt(mean) + 20)
    left = special.pdtrc(np.arange(most), mean)
    steps = np.arange(int(np.argmax(left < LEFT)) + 2)
    weights = np.exp(special.xlogy(steps, mean) - mean - special.gammaln(steps + 1))
    chance = np.zeros(stay.shape)
    chance[-1, -1] = 1.0
    total = weights[0] * chance
    for weight in weights[1:]:
        later = stay * chance
        later[:-1] += first[:-1] * chance[1:]
        later[:, :-1] += second[:, :-1] * chance[:, 1:]
        chance = later
        total += weight * chance
    return total
