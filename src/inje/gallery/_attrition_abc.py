"""Rubio-Campillo 2016 by their own rules: four laws, approximate Bayesian computation.

Each run draws a law, and the mean and sd of a gamma distribution of power ratios; each
battle of the period then draws its ratio and is fought in steps until either side
has lost what it lost in history. The distance sums |lost - record| / record over
both sides of all battles; the nearest thousandth of the runs is accepted.

A battle's distance depends on law and ratio alone, so it is tabulated once; a run
looks its battles up, and is given up as soon as its sum exceeds what would be
accepted. Both are exact savings, up to the grid of ratios.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["LAWS", "Accepted", "Period", "accepted", "continuous_table", "stepped_table"]

#: In the order of the article; the last is the fatigue law.
LAWS = ("linear", "square", "logarithmic", "fatigue")

# Ratios from e^-9 to e^5 at 1 % intervals: beyond, the nearest end is taken.
_LOG_LOW, _LOG_HIGH, _GRID = -9.0, 5.0, 1401
_HIGHEST = 5.0  # mean and sd of the ratios are uniform on (0, 5)
_STEP = 100.0
_CHUNK = 20_000
_BLOCK = 12


@dataclass(frozen=True)
class Period:
    """The battles of a period: strengths and losses, each shape (n,), in people."""

    first: np.ndarray
    first_lost: np.ndarray
    second: np.ndarray
    second_lost: np.ndarray

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True)
class Accepted:
    """Accepted runs: law (index into `LAWS`), mean and sd of ratios, distance."""

    law: np.ndarray
    mean: np.ndarray
    sd: np.ndarray
    distance: np.ndarray


def _ratios() -> np.ndarray:
    return np.exp(np.linspace(_LOG_LOW, _LOG_HIGH, _GRID))


def stepped_table(period: Period, law: int) -> np.ndarray:
    """Distance of every battle at every ratio of the grid, shape (n, grid)."""
    n, ratios = len(period), _ratios()
    table = np.empty(n * _GRID)
    lane = np.arange(n * _GRID)
    battle = lane // _GRID
    r0, b0 = period.first[battle], period.second[battle]
    floor_r, floor_b = r0 - period.first_lost[battle], b0 - period.second_lost[battle]
    power = _STEP / (b0 * r0 if law == 0 else np.maximum(b0, r0))
    ratio = np.tile(ratios, n)
    r, b, step = r0.copy(), b0.copy(), 0
    while len(lane):
        lost_r, lost_b = _losses(law, r, b, power, step)
        # Whole people are left: what remains is cut towards zero.
        r, b, step = np.trunc(r - lost_r), np.trunc(b - ratio * lost_b), step + 1
        over = (r <= floor_r) | (b <= floor_b)
        if over.any():
            k = battle[over]
            gone = np.abs(period.first[k] - r[over] - period.first_lost[k]) / period.first_lost[k]
            gone += (
                np.abs(period.second[k] - b[over] - period.second_lost[k]) / period.second_lost[k]
            )
            table[lane[over]] = gone
            on = ~over
            lane, battle, ratio, power = lane[on], battle[on], ratio[on], power[on]
            r, b, floor_r, floor_b = r[on], b[on], floor_r[on], floor_b[on]
    return table.reshape(n, _GRID)


def _losses(
    law: int, r: np.ndarray, b: np.ndarray, power: np.ndarray, step: int
) -> tuple[np.ndarray, np.ndarray]:
    """What each side loses in a step, the second side's before its ratio."""
    if law == 0:
        return power * b * r, power * r * b
    if law == 1:
        return power * b, power * r
    tired = np.log(np.e + step) if law == 3 else 1.0
    return power * r / tired, power * b / tired


def continuous_table(period: Period, law: int) -> np.ndarray:
    """The same with steps so small that no side loses more than the record.

    The run stops on the curve that the two losses follow, exactly where the first
    of them reaches the record. The fatigue law divides both rates by the same
    function of time: its curve is that of the logarithmic law.
    """
    ratio = _ratios()
    r0, b0 = period.first[:, None], period.second[:, None]
    rc, bc = period.first_lost[:, None], period.second_lost[:, None]
    # Losses in the coordinates in which the law's curve is a line of slope `ratio`.
    if law == 0:
        wanted_b, wanted_r = rc * ratio, bc / ratio
    elif law == 1:
        left_b = b0**2 - ratio * (2 * r0 * rc - rc**2)
        left_r = r0**2 - (2 * b0 * bc - bc**2) / ratio
        wanted_b = b0 - np.sqrt(np.maximum(left_b, 0))
        wanted_r = r0 - np.sqrt(np.maximum(left_r, 0))
    else:
        with np.errstate(divide="ignore"):
            wanted_b = b0 * -np.expm1(ratio * np.log1p(-rc / r0))
            wanted_r = r0 * -np.expm1(np.log1p(-bc / b0) / ratio)
    first_stops = wanted_b <= bc
    return np.where(first_stops, np.abs(wanted_b - bc) / bc, np.abs(wanted_r - rc) / rc)


def accepted(tables: np.ndarray, runs: int, tolerance: float, seed: int) -> Accepted:
    """The nearest `tolerance` of `runs` runs.

    Parameters
    ----------
    tables : distances, shape (laws, battles, grid).
    runs : number of runs.
    tolerance : share of them that is accepted.
    seed : of the draws.
    """
    rng = np.random.default_rng(seed)
    count = round(runs * tolerance)
    kept = np.empty((0, 4))
    for begin in range(0, runs, _CHUNK):
        size = min(_CHUNK, runs - begin)
        bound = kept[-1, 3] if len(kept) == count else np.inf
        kept = np.vstack([kept, _chunk(tables, size, bound, rng)])
        kept = kept[np.argsort(kept[:, 3], kind="stable")][:count]
    return Accepted(kept[:, 0].astype(int), kept[:, 1], kept[:, 2], kept[:, 3])


def _chunk(tables: np.ndarray, size: int, bound: float, rng: np.random.Generator) -> np.ndarray:
    """Runs whose distance stays within `bound`: law, mean, sd, distance."""
    laws, battles, grid = tables.shape
    law = rng.integers(0, laws, size)
    mean, sd = (np.maximum(rng.uniform(0, _HIGHEST, size), 1e-6) for _ in range(2))
    distance = np.zeros(size)
    alive = np.arange(size)
    per_unit = (grid - 1) / (_LOG_HIGH - _LOG_LOW)
    for begin in range(0, battles, _BLOCK):
        width = min(_BLOCK, battles - begin)
        shape, scale = (mean[alive] / sd[alive]) ** 2, sd[alive] ** 2 / mean[alive]
        ratio = rng.standard_gamma(shape[:, None], (len(alive), width)) * scale[:, None]
        place = (np.log(np.maximum(ratio, 1e-300)) - _LOG_LOW) * per_unit
        index = np.clip(np.rint(place), 0, grid - 1).astype(int)
        columns = np.arange(begin, begin + width)
        distance[alive] += tables[law[alive][:, None], columns, index].sum(axis=1)
        alive = alive[distance[alive] <= bound]
    return np.column_stack([law, mean, sd, distance])[alive]
