"""Values that a cause can have at all, whatever the record supports.

The support of a posterior can be left by force; what a cause is cannot. A category has its
options and no numbers, a count of people is never below zero, a belief never above one.
"""

from __future__ import annotations

from math import inf, isfinite
from numbers import Real

from inje.errors import OptionError
from inje.scenario import Scenario, kind_bounds, parameters

__all__ = ["refuse_impossible"]

#: hazards of breaking off that can be fought out, by the last word of their path: per day, and
#: exponents of losses and odds; beyond them a world takes without end to be fought
_HAZARDS = {"h0": (0.0, 1e6), "a": (-10.0, 10.0), "c": (-10.0, 10.0)}


def refuse_impossible(scenario: Scenario, path: str, value: object) -> None:
    """Refuse a value that a cause of this scenario cannot have, in any world.

    Raises
    ------
    OptionError : a number or an unknown name for a category; a name for a number; a number
        that is not finite or out of the bounds of its kind.
    """
    options = _options(scenario, path)
    if options:
        if value not in options:
            number = isinstance(value, Real)
            what = "is a number, and this cause has names" if number else "is no option"
            raise OptionError(path, f"{value!r} {what}", ", ".join(options), "choose one")
    elif path in parameters(scenario):
        _refuse_number(path, value)


def _options(scenario: Scenario, path: str) -> tuple[str, ...]:
    """Names that a category can have; none where the path is no category."""
    if path == "account":
        return tuple(account.id for account in scenario.accounts)
    return tuple(scenario.causes[path].options) if path in scenario.causes else ()


def _refuse_number(path: str, value: object) -> None:
    least, most = _bounds(path)
    allowed = _said(least, most)
    if not isinstance(value, Real):
        raise OptionError(path, f"{value!r} is no number", allowed, "give a number")
    number = float(value)
    if not isfinite(number):
        raise OptionError(path, f"{number!r} is not finite", allowed, "give such a number")
    if not least <= number <= most:
        raise OptionError(
            path, f"{number:g} lies outside what any world can have", allowed, "give such a number"
        )


def _bounds(path: str) -> tuple[float, float]:
    """Least and greatest number of a kind of quantity."""
    words = path.split(".")
    kind, last = words[0], words[-1]
    if kind == "hazard" and last in _HAZARDS:
        return _HAZARDS[last]
    return kind_bounds("strength" if last == "at_strength" else path)


def _said(least: float, most: float) -> str:
    """Bounds in words."""
    if isfinite(most):
        return f"a number from {least:,.0f} to {most:,.0f}"
    return "a finite number" if least == -inf else "a finite number, 0 or more"
