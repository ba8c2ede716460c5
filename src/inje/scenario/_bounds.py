"""Numbers that a kind of quantity can have at all, whatever a scenario or a question gives it."""

from __future__ import annotations

from math import inf

__all__ = ["MAX_PEOPLE", "kind_bounds"]

MAX_PEOPLE = 2_000_000_000
#: quantities that cannot be below zero, by the first word of their path
_NOT_NEGATIVE = frozenset(
    "strength rate distance going march begins ends night intensity share delay precision "
    "evidence belief day".split()
)
#: quantities that are probabilities or shares
_AT_MOST_ONE = frozenset(("share", "belief", "evidence"))


def kind_bounds(path: str) -> tuple[float, float]:
    """Least and greatest number of the quantities whose paths begin like this one."""
    word = path.partition(".")[0]
    if word == "strength":
        return 0.0, float(MAX_PEOPLE)
    if word in _AT_MOST_ONE:
        return 0.0, 1.0
    return (0.0 if word in _NOT_NEGATIVE else -inf), inf
