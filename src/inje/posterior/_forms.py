"""The form of a count: which integers its words allow.

A claim's likelihood is conditional on its form; given the form, the contents that the form
could have had partition one declared range, zero included, the same under every account.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from inje.dossier import Value
from inje.errors import ModelError

__all__ = ["Span", "span_of"]

#: "about n" covers .8 n to 1.25 n, a factor 1.25 each way
ABOUT = (0.8, 1.25)
#: "hundreds": at least two of them, and not a thousand
HUNDREDS = (200, 999)


@dataclass(frozen=True, slots=True)
class Span:
    """The integers low..high, both included.

    Attributes
    ----------
    low, high : people; 0 <= low <= high.
    """

    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise ModelError(
                "a claimed count",
                f"{self.low} to {self.high}",
                "0 <= low <= high",
                "correct the claim's value",
            )


def _whole(number: int | float | str | None, fallback: int | float | str | None) -> int:
    chosen = fallback if number is None else number
    if isinstance(chosen, str) or chosen is None:
        raise ModelError(
            "a claimed count", repr(chosen), "a number of people", "correct the claim's value"
        )
    return round(chosen)


def span_of(value: Value, limit: int) -> Span:
    """The integers that a count's form of words allows.

    Parameters
    ----------
    value : low, best, high and the vagueness of the claim.
    limit : largest content of the declared range.

    Raises
    ------
    ModelError : a value that is no number, or bounds in the wrong order.
    """
    best = value.best if value.best is not None else value.low
    best = best if best is not None else value.high
    match value.vagueness:
        case "none":
            return Span(0, 0)
        case "hundreds":
            return Span(HUNDREDS[0], HUNDREDS[1])
        case "exact":
            return Span(_whole(best, None), _whole(best, None))
        case "rounded":
            n, grid = _whole(best, None), value.to or 1
            # The cells [n - grid/2, n + grid/2) partition the integers.
            return Span(max(0, math.ceil(n - grid / 2)), math.ceil(n + grid / 2) - 1)
        case "about":
            n = _whole(best, None)
            return Span(math.ceil(ABOUT[0] * n - 1e-9), math.floor(ABOUT[1] * n + 1e-9))
        case "at_least":
            n = _whole(value.low, best)
            return Span(n, max(n, limit))
        case "at_most":
            return Span(0, _whole(value.high, best))
        case "between":
            return Span(_whole(value.low, best), _whole(value.high, best))
