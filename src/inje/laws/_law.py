"""What an attrition law is: a rate, a bound of it, its parameters and its source.

A law says how fast a side loses people, given how many it has and how many it
faces. The scenario multiplies it by a coefficient, by posture, ground and light.
The functions have one scalar signature for every law, so that the kernels can
compile them ahead of time; laws themselves import no compiler.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import FunctionType

from inje.errors import ModelError

__all__ = ["SLOTS", "Law", "Parameter", "Rate", "losses_by_force"]

SLOTS = 4
"""Places for a law's parameters in the signature of `Law.rate`."""

Rate = Callable[[float, float, float, float, float, float, float], float]
"""(own, enemy, t, p0, p1, p2, p3) -> float; all floats, times in days."""

Bound = Callable[[float, float, float, float, float, float, float, float], float]
"""(own, enemy, t0, t1, p0, p1, p2, p3) -> float; all floats, times in days."""

_NAME = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a law.

    Attributes
    ----------
    name : as written in a scenario.
    unit : "1" for a pure number.
    default : value where the scenario says nothing.
    low, high : the smallest and the largest value allowed.
    meaning : one sentence.
    """

    name: str
    unit: str
    default: float
    low: float
    high: float
    meaning: str

    def __post_init__(self) -> None:
        if not self.low <= self.default <= self.high:
            raise ModelError(
                f"parameter {self.name}",
                f"default {self.default:g}",
                f"{self.low:g} to {self.high:g}",
                "put the default inside its own range",
            )


@dataclass(frozen=True)
class Law:
    """An attrition law in continuous time.

    Attributes
    ----------
    name : as written in a scenario, lower case with hyphens.
    title : as printed in a report.
    formula : in words of the field, x the side that loses, y its enemy, k the coefficient.
    coefficient : unit of the coefficient k.
    parameters : at most four, in the order of p0 .. p3.
    source : author, year, title, place.
    rate : losses of the own side per unit of coefficient and day; (own, enemy, t, p0, p1, p2, p3),
        counts of people, t in days since the engagement began. Zero where either side is empty.
        Plain arithmetic and `math` only, no defaults, no closure.
    bound : at least the rate in every state with counts from 1 (or 0) to (own, enemy) and at every
        time from t0 to t1; (own, enemy, t0, t1, p0, p1, p2, p3).
    separable : the rate is a product of a function of own, one of enemy and one of t.
    timed : the rate depends on t.
    arms : the coefficient is a matrix over the arms of both sides.
    """

    name: str
    title: str
    formula: str
    coefficient: str
    parameters: tuple[Parameter, ...]
    source: str
    rate: Rate
    bound: Bound
    separable: bool = True
    timed: bool = False
    arms: bool = False

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ModelError("law", repr(self.name), "lower-case letters, digits and hyphens")
        if len(self.parameters) > SLOTS:
            raise ModelError(
                f"law {self.name}",
                f"{len(self.parameters)} parameters",
                f"at most {SLOTS}",
                "fold constants into the rate",
            )
        _check_function(self.name, "rate", self.rate, 3 + SLOTS)
        _check_function(self.name, "bound", self.bound, 4 + SLOTS)

    def values(self, given: Mapping[str, float]) -> tuple[float, float, float, float]:
        """The four slots p0 .. p3 for named parameters, defaults filled in.

        Raises
        ------
        ModelError : an unknown name, or a value out of its range.
        """
        allowed = {parameter.name: parameter for parameter in self.parameters}
        for name, value in given.items():
            _check_value(self.name, allowed, name, value)
        slots = [float(given.get(p.name, p.default)) for p in self.parameters]
        p0, p1, p2, p3 = slots + [0.0] * (SLOTS - len(slots))
        return p0, p1, p2, p3


def losses_by_force(
    law: Law,
    own: Sequence[float],
    enemy: Sequence[float],
    t: float,
    slots: tuple[float, float, float, float],
) -> tuple[float, ...]:
    """Loss rate of each force of one side, per unit of coefficient and day.

    The law acts on the totals; the loss falls on the forces by their share. A force
    split in two therefore loses what it lost whole.

    Parameters
    ----------
    own, enemy : people exposed in each force of the two sides.
    t : days since the engagement began.
    slots : p0 .. p3, see `Law.values`.
    """
    total = float(sum(own))
    if total <= 0.0:
        return tuple(0.0 for _ in own)
    rate = law.rate(total, float(sum(enemy)), t, *slots)
    return tuple(rate * force / total for force in own)


def _check_value(law: str, allowed: Mapping[str, Parameter], name: str, value: float) -> None:
    if name not in allowed:
        raise ModelError(
            f"law {law}",
            f"parameter {name!r}",
            ", ".join(allowed) or "none",
            "correct the name or choose another law",
        )
    parameter = allowed[name]
    if not parameter.low <= value <= parameter.high:  # false for NaN too
        raise ModelError(
            f"law {law}, parameter {name}",
            f"{value:g}",
            f"{parameter.low:g} to {parameter.high:g}",
            parameter.meaning,
        )


def _check_function(law: str, role: str, function: object, arguments: int) -> None:
    """Refuse what an ahead-of-time signature of plain floats cannot serve."""
    if not isinstance(function, FunctionType):
        raise ModelError(f"law {law}, {role}", repr(function), "a plain Python function")
    kinds = [p.kind for p in inspect.signature(function).parameters.values()]
    plain = all(kind is inspect.Parameter.POSITIONAL_OR_KEYWORD for kind in kinds)
    if len(kinds) != arguments or not plain or function.__defaults__ or function.__closure__:
        raise ModelError(
            f"law {law}, {role}",
            f"{function.__qualname__}{inspect.signature(function)}",
            f"{arguments} positional arguments, no defaults, no closure",
            "see the built-in square law for the signature",
        )
