"""Where a battle of two counts stands after so many days."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from inje.errors import ModelError, OptionError
from inje.exact._battle import Period, TwoCounts, checked_accuracy
from inje.exact._losses import LossLaw
from inje.kernels import _exact_band, _exact_law

__all__ = ["clock", "refuse_endless", "transient"]

Ends: TypeAlias = tuple[NDArray[np.float64], NDArray[np.float64]]
Table: TypeAlias = tuple[NDArray[np.float64], NDArray[np.float64], float]

STEPS = 256.0
"""Mean steps of one stretch: enough to spread the cost of its tails, few enough that the
rate of the steps stays close to the rates that remain."""
MOST_EVENTS = 20_000
"""Losses in all; about two minutes of work."""
MOST_PEOPLE = 20_000_000
"""Of both sides above their breakpoints; a gigabyte of factors."""


@dataclass(frozen=True, eq=False)
class _Band:
    """Mass still fighting: rows n0, n0 + 1, ... losses in all, columns i0, ... of the first."""

    mass: NDArray[np.float64]
    n0: int
    i0: int


def transient(
    battle: TwoCounts,
    days: float,
    *,
    start: LossLaw | None = None,
    since: float = 0.0,
    accuracy: float = 1e-8,
) -> LossLaw:
    """The law of the losses after `days`, by uniformisation inside a moving band.

    A common factor of both rates is a change of time; where the ratio of the factors changes,
    a new stretch begins. With `start` it goes on from a law that was found before, and weighed
    by what was reported meanwhile: so a record of several days is filtered day by day.

    Parameters
    ----------
    battle : two counts.
    days : since the beginning, not before `since`; its periods, where it has any, must reach
        that far.
    start : law of the losses at `since`; nobody lost unless given. Its total need not be 1.
    since : days since the beginning to which `start` belongs.
    accuracy : mass that may be dropped, at most, of the total of `start`; what was dropped is
        `LossLaw.truncated`.

    Returns
    -------
    LossLaw : all cells that were kept, those where a side has reached its breakpoint among them.

    Raises
    ------
    ModelError : the rates depend on time and counts together.
    OptionError : days out of range, or too many losses for about two minutes of work.
    """
    checked_accuracy(accuracy)
    if not 0.0 <= since <= days < math.inf:
        raise OptionError("days", f"{since:g} to {days:g}", "finite numbers, 0 or more, in order")
    stretches = _stretches(battle, since, days)
    refuse_endless(battle, stretches)
    start = start or _beginning(battle)
    band, ends = _begun(start, battle.spans)
    spare = accuracy * start.total
    for stretch in stretches if band.mass.size else []:
        rates = _Rates(battle, stretch)
        band = _through(rates, stretch.days, band, ends, spare / len(stretches))
    return _collected(band, ends, start)


def _beginning(battle: TwoCounts) -> LossLaw:
    nothing = np.zeros(1, np.int64)
    return LossLaw(nothing, nothing, np.ones(1), battle.spans, 0.0)


def _begun(start: LossLaw, spans: tuple[int, int]) -> tuple[_Band, Ends]:
    """The cells still fighting as a band, the others as they ended."""
    if start.spans != spans:
        raise OptionError(
            "start", f"a law of {start.spans} losses", str(spans), "give a law of this battle"
        )
    first, second, mass = start.first, start.second, start.probability
    ends = np.zeros(spans[1]), np.zeros(spans[0])
    fallen, won = (first == spans[0]) & (second < spans[1]), (second == spans[1])
    won &= first < spans[0]
    ends[0][second[fallen]] = mass[fallen]
    ends[1][first[won]] = mass[won]
    on = (first < spans[0]) & (second < spans[1]) & (mass > 0.0)
    if not on.any():
        return _Band(np.zeros((0, 0)), 0, 0), ends
    n, i = first[on] + second[on], first[on]
    box = np.zeros((int(np.ptp(n)) + 1, int(np.ptp(i)) + 1))
    box[n - n.min(), i - i.min()] = mass[on]
    return _Band(box, int(n.min()), int(i.min())), ends


class _Rates:
    """Both loss rates over boxes of (n, i), in one stretch of time."""

    def __init__(self, battle: TwoCounts, stretch: Period) -> None:
        self._arguments = battle.arguments()
        self._arguments[2][:] *= (stretch.first, stretch.second)
        self._factors = _exact_law.factors(*self._arguments) if battle.attrition.separable else None

    def over(self, n0: int, i0: int, rows: int, columns: int) -> Table:
        """Rates of the first, rates of the second, and the largest sum."""
        if self._factors is None:
            return _exact_band.filled_by(*self._arguments, n0, i0, rows, columns)
        return _exact_band.filled(*self._factors, n0, i0, rows, columns)


def _through(rates: _Rates, days: float, band: _Band, ends: Ends, spare: float) -> _Band:
    """The band after one stretch of time, in pieces of about `STEPS` steps each."""
    left, pace = days, _faster(rates.over(band.n0, band.i0, *band.mass.shape)[2])
    while left > 0.0 and band.mass.size and pace > 0.0:
        planned = min(pace * left, STEPS)
        part = spare * 0.02  # the least that a piece may drop
        steps = len(_exact_band.poisson(planned, part / 4.0)[0]) + 2
        rows, columns = band.mass.shape[0] + steps, band.mass.shape[1] + steps
        a, b, most = rates.over(band.n0, band.i0, rows, columns)
        pace = _faster(most)
        # a pace that rises inside the box cuts the piece short; one that falls lengthens it
        piece = min(planned / pace, left) if pace * left > planned * (1 + 1e-12) else left
        part = max(part, spare * piece / left)
        spare -= part
        weights, survival = _exact_band.poisson(pace * piece, part / 4.0)
        mass = np.zeros((rows, columns))
        mass[: band.mass.shape[0], : band.mass.shape[1]] = band.mass
        later = _exact_band.advance(
            mass, a, b, 1.0 / pace, band.n0, band.i0, weights, survival, part / 2.0, *ends
        )
        band = _shrunk(later, band.n0, band.i0)
        left -= piece
    return band


def _faster(pace: float) -> float:
    """A hair above the largest rate, so that the chance to stay is never negative."""
    return pace * (1.0 + 1e-9)


def _shrunk(mass: NDArray[np.float64], n0: int, i0: int) -> _Band:
    """The box without its empty rim."""
    rows, columns = np.flatnonzero(mass.any(axis=1)), np.flatnonzero(mass.any(axis=0))
    if not len(rows):
        return _Band(np.zeros((0, 0)), n0, i0)
    inner = mass[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return _Band(np.ascontiguousarray(inner), n0 + int(rows[0]), i0 + int(columns[0]))


def _collected(band: _Band, ends: Ends, start: LossLaw) -> LossLaw:
    if 0 in start.spans:
        return start
    cells = _exact_band.gathered(band.mass, band.n0, band.i0, *ends)
    missing = start.total + start.truncated - float(cells[2].sum())
    return LossLaw(*cells, start.spans, max(missing, 0.0))


def _stretches(battle: TwoCounts, since: float, days: float) -> list[Period]:
    """Periods within the time asked for, on the law's own clock, those of one ratio joined."""
    cut: list[Period] = []
    begun = 0.0
    for period in _covering(battle, days):
        start, end = max(begun, since), min(begun + period.days, days)
        most = max(period.first, period.second)
        if end > start and most > 0.0:
            effective = clock(battle, start, end) * most
            _join(cut, Period(effective, period.first / most, period.second / most))
        begun += period.days
    return cut


def _covering(battle: TwoCounts, days: float) -> tuple[Period, ...]:
    if not battle.periods:
        return (Period(days, 1.0, 1.0),)
    reach = math.fsum(period.days for period in battle.periods)
    if days > reach * (1 + 1e-12):
        raise OptionError(
            "days",
            f"{days:g}, beyond the last period",
            f"at most {reach:g}",
            "add a period that lasts as long as the battle",
        )
    return battle.periods


def _join(cut: list[Period], period: Period) -> None:
    last = cut[-1] if cut else None
    if last and np.allclose((last.first, last.second), (period.first, period.second), 1e-12, 0.0):
        cut[-1] = Period(last.days + period.days, period.first, period.second)
    else:
        cut.append(period)


def clock(battle: TwoCounts, start: float, end: float) -> float:
    """Days at the pace of the first instant that are worth as much as start to end."""
    law = battle.attrition
    if not law.timed:
        return end - start
    first, second = (float(n) for n in battle.strengths)
    paces = [
        lambda t, own=own, enemy=enemy, slots=slots: (
            law.rate(own, enemy, t, *slots) / law.rate(own, enemy, 0.0, *slots)
        )
        for own, enemy, slots in (
            (first, second, battle.slots[0]),
            (second, first, battle.slots[1]),
        )
    ]
    alike = all(math.isclose(paces[0](t), paces[1](t)) for t in np.linspace(start, end, 7))
    if not law.separable or not alike:
        raise ModelError(
            f"law {law.name}",
            "its rates depend on time and counts together, or on time in two ways",
            "a law whose pace is the same for both sides in every state",
            "simulate instead",
        )
    from scipy.integrate import quad  # half a second that few battles need

    return float(quad(paces[0], start, end, epsabs=0.0, epsrel=1e-12)[0])


def refuse_endless(battle: TwoCounts, stretches: list[Period]) -> None:
    """Refuse what would take more than about two minutes, or more memory than there is."""
    law, (first, second) = battle.attrition, battle.strengths
    rates = (
        battle.coefficients[0] * law.rate(float(first), float(second), 0.0, *battle.slots[0]),
        battle.coefficients[1] * law.rate(float(second), float(first), 0.0, *battle.slots[1]),
    )
    people = sum(battle.spans)
    days = [(rates[0] * s.first + rates[1] * s.second) * s.days for s in stretches]
    expected = min(math.fsum(days), float(people))
    if expected > MOST_EVENTS or people > MOST_PEOPLE:
        raise OptionError(
            "days",
            f"about {expected:,.0f} losses among {people:,} people",
            f"at most {MOST_EVENTS:,} among {MOST_PEOPLE:,}",
            "ask for the end instead (terminal), or simulate",
        )
