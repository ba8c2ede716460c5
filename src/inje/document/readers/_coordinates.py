"""Degrees as encyclopaedia pages write them: {{coord|48|38|0|N|10|38|0|E|...}}, "48.63; 10.63"."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["degrees_of", "degrees_of_words"]

_NUMBER = re.compile(r"[+\-−]?\d{1,3}(?:\.\d{1,12})?\Z")
_WORDS = re.compile(
    r"\s*([+\-−]?\d{1,3}(?:\.\d{1,12})?)\s*[;,]\s*([+\-−]?\d{1,3}(?:\.\d{1,12})?)\s*\Z"
)
_SIGNS = {"N": 1, "S": -1, "E": 1, "W": -1}
#: an arc has at most degrees, minutes and seconds
_PARTS = 3


def degrees_of(arguments: Sequence[str]) -> str | None:
    """The arguments of a coord template as "north,east" in degrees, or None.

    Decimal degrees, with or without a hemisphere, and degrees, minutes and seconds; what
    follows them (region, scale, display) is left out.
    """
    numbers: list[float] = []
    found: list[float] = []
    for argument in arguments:
        text = argument.strip()
        if _NUMBER.fullmatch(text):
            numbers.append(float(text.replace("−", "-")))
        elif text.upper() in _SIGNS and 0 < len(numbers) <= _PARTS:
            found.append(_SIGNS[text.upper()] * _arc(numbers))
            numbers = []
        else:
            break
        if len(found) == 2:
            break
    if not found and len(numbers) == 2:
        found = numbers
    return _checked(found)


def degrees_of_words(text: str) -> str | None:
    """Degrees as the geo microformat has them, "50.680; 4.412"."""
    match = _WORDS.match(text)
    if match is None:
        return None
    return _checked([float(part.replace("−", "-")) for part in match.groups()])


def _arc(numbers: Sequence[float]) -> float:
    return sum(number / 60**k for k, number in enumerate(numbers))


def _checked(found: Sequence[float]) -> str | None:
    if len(found) != 2 or abs(found[0]) > 90 or abs(found[1]) > 180:
        return None
    return f"{found[0]:.7g},{found[1]:.7g}"
