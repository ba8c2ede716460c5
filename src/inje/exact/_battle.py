"""A battle of two counts, as far as its outcome has an exact law."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inje import laws
from inje.errors import ModelError, OptionError
from inje.kernels import address_of

__all__ = ["Period", "TwoCounts", "checked_accuracy"]

MOST_PEOPLE = 1_000_000_000

Slots = tuple[float, float, float, float]


@dataclass(frozen=True)
class Period:
    """A stretch of time with factors of its own (night, posture, ground).

    Attributes
    ----------
    days : how long it lasts.
    first, second : factors of the loss rates of the first and of the second side.
    """

    days: float
    first: float
    second: float

    def __post_init__(self) -> None:
        for name, value in (("days", self.days), ("first", self.first), ("second", self.second)):
            if not 0.0 <= value < math.inf:
                raise ModelError(f"period, {name}", f"{value:g}", "a finite number, 0 or more")


@dataclass(frozen=True)
class TwoCounts:
    """Two forces that fight until one is down to its breakpoint.

    Attributes
    ----------
    strengths : people of the first and of the second side at the start.
    coefficients : of the losses of the first and of the second side, in the unit of the law
        (square law: losses per enemy and day).
    law : name of the law, or the law itself.
    parameters : of the law, by name, for the first and for the second side.
    breakpoints : a side ends the battle when its count is this or less.
    periods : factors by time from the start; none means 1 throughout.

    Raises
    ------
    ModelError : a number out of its range, an unknown law, or a law without a rate.
    """

    strengths: tuple[int, int]
    coefficients: tuple[float, float]
    law: str | laws.Law = "square"
    parameters: tuple[Mapping[str, float], Mapping[str, float]] = ({}, {})
    breakpoints: tuple[int, int] = (0, 0)
    periods: tuple[Period, ...] = ()

    def __post_init__(self) -> None:
        _check_counts("strengths", self.strengths)
        _check_counts("breakpoints", self.breakpoints)
        for value in self.coefficients:
            if not 0.0 <= value < math.inf:
                raise ModelError("coefficients", f"{value:g}", "finite numbers, 0 or more")
        law = self.attrition
        for given in self.parameters:
            law.values(given)

    @cached_property
    def attrition(self) -> laws.Law:
        """The law itself."""
        law = laws.get(self.law) if isinstance(self.law, str) else self.law
        if not isinstance(law, laws.Law):
            raise ModelError(
                "law",
                f"{law.name!r} acts in single salvos",
                "a law with a rate in continuous time",
                "take the table of the salvo law instead",
            )
        return law

    @cached_property
    def slots(self) -> tuple[Slots, Slots]:
        """p0 .. p3 of the law for both sides."""
        law = self.attrition
        return law.values(self.parameters[0]), law.values(self.parameters[1])

    @property
    def spans(self) -> tuple[int, int]:
        """Losses at which the first and the second side end the battle."""
        first, second = self.strengths
        return max(first - self.breakpoints[0], 0), max(second - self.breakpoints[1], 0)

    def arguments(self) -> tuple[Any, NDArray[np.float64], NDArray[np.float64], int, int, int, int]:
        """What every compiled loop of this package wants to know of the battle."""
        return (
            address_of(self.attrition.rate),
            np.array(self.slots),
            np.array(self.coefficients, dtype=np.float64),
            *self.strengths,
            *self.spans,
        )


def checked_accuracy(accuracy: float) -> float:
    """The accuracy, if it is one.

    Raises
    ------
    OptionError : not between 1e-14 and .1.
    """
    if not 1e-14 <= accuracy <= 0.1:
        raise OptionError("accuracy", f"{accuracy:g}", "1e-14 to .1", "1e-8 is the default")
    return accuracy


def _check_counts(name: str, counts: tuple[int, int]) -> None:
    for count in counts:
        if isinstance(count, bool) or not isinstance(count, int | np.integer):
            raise ModelError(name, repr(count), "whole numbers")
        if not 0 <= count <= MOST_PEOPLE:
            raise ModelError(name, str(count), f"0 to {MOST_PEOPLE:,}")
