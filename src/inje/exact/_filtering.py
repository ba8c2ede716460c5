"""The losses of two sides from report to report: how probable, and how they may have gone."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from inje.errors import ModelError, OptionError
from inje.exact._battle import Period, TwoCounts, checked_accuracy
from inje.exact._transient import refuse_endless
from inje.kernels import _exact_filter, _exact_law

__all__ = ["filtered"]

Floats = NDArray[np.float64]
#: losses that tables of reports know at first; twice as many wherever more may be lost
KNOWN = 1024


def filtered(
    battle: TwoCounts,
    days: Sequence[float],
    date: Sequence[int],
    side: Sequence[int],
    told: Callable[[int], Floats],
    factors: tuple[ArrayLike, ArrayLike],
    *,
    uniforms: ArrayLike = (),
    accuracy: float = 1e-6,
) -> tuple[float, NDArray[np.int64]]:
    """Logarithm of the chance of dated reports, and one course of the losses drawn given them.

    The law of the losses is carried from date to date as in `transient`, weighed by the reports,
    and drawn back from the last (forward filtering, backward sampling; Carter & Kohn 1994).

    Parameters
    ----------
    battle : two counts without periods.
    days : (D,), of the dates, ascending, since the start.
    date, side : (R,), index of the date of each report, and whose losses (0 or 1) it tells.
    told : gives (R, L) for a number L: what each report says of 0 .. L - 1 losses.
    factors : alpha and beta (R,); a report weighs alpha + beta told.
    uniforms : (D,), in [0, 1): what draws a course; none unless given.
    accuracy : share of the mass that may be dropped at each date.

    Returns
    -------
    The logarithm (-inf: no chance), and losses of both sides by date (D, 2), if a course is wanted.

    Raises
    ------
    ModelError : periods, or rates that are no products or change with time.
    OptionError : an accuracy out of range, or too many losses for about two minutes of work.
    """
    checked_accuracy(accuracy)
    law = battle.attrition
    if battle.periods or law.timed or not law.separable:
        raise ModelError(
            "battle", f"periods, or rates of {law.name} that are no product of both counts",
            "a law that is one, without periods", "carry on date by date with `transient`",
        )  # fmt: skip
    refuse_endless(battle, [Period(float(days[-1]), 1.0, 1.0)])
    rates = [np.append(own, 0.0) for own in _exact_law.factors(*battle.arguments())]
    alpha, beta = (np.ascontiguousarray(part, np.float64) for part in factors)
    drawn = np.ascontiguousarray(uniforms, np.float64)
    if drawn.shape not in {(0,), (len(days),)}:
        raise OptionError("uniforms", f"shape {drawn.shape}", f"({len(days)},), one a date", "")
    losses = np.zeros((len(drawn), 2), np.int64)
    when, whose, most = np.asarray(date, np.int64), np.asarray(side, np.int64), max(battle.spans)
    log, known = math.nan, KNOWN
    while math.isnan(log) and known <= 2 * max(most + 1, KNOWN):
        table = np.ascontiguousarray(told(known), np.float64)
        log = _exact_filter.filtered(
            *rates, np.asarray(days, np.float64), when, whose, table, alpha, beta, drawn,
            accuracy, losses,
        )  # fmt: skip
        known *= 2
    return log, losses
