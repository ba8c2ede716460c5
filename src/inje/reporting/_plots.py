"""What a figure is: two scales and the marks on them, before anybody draws it.

One description, two hands: `_drawing` turns it into SVG for the page, within a millisecond;
`_vega` into Vega-Lite, for files of their own and for Altair. Everything that either would
otherwise choose by itself (ticks, their words, the order of rows) is said here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["Marks", "Plot", "Rows", "Scale", "linear_ticks", "tick_words"]

Kind = Literal["area", "line", "rule", "bar", "tick", "point", "cell"]
#: spacing of rows whose labels stand beside them, and above them
STEP, STEP_NARROW = 26.0, 42.0


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis of numbers.

    Attributes
    ----------
    low, high : its ends. kind : symlog is the sign of x times log(1 + |x|).
    ticks : where, and the words there. title : empty for none. grid : lines across.
    side : where the axis stands; "" draws none.
    """

    low: float
    high: float
    kind: Literal["linear", "log", "symlog"] = "linear"
    ticks: tuple[tuple[float, str], ...] = ()
    title: str = ""
    grid: bool = False
    side: Literal["bottom", "top", "left", ""] = "bottom"

    def place(self, value: float) -> float:
        """Where a value stands, 0 at the low end and 1 at the high one."""
        low, high, x = (self._bent(v) for v in (self.low, self.high, value))
        return (x - low) / (high - low)

    def _bent(self, value: float) -> float:
        if self.kind == "log":
            return math.log(value)
        if self.kind == "symlog":
            return math.copysign(math.log1p(abs(value)), value)
        return value


@dataclass(frozen=True, slots=True)
class Rows:
    """An axis of names, one row each.

    Attributes
    ----------
    labels : from the top. step : height of a row. above : labels stand above their rows, for
        a narrow page; else beside them, within `room`.
    """

    labels: tuple[str, ...]
    step: float = STEP
    above: bool = False
    room: float = 300.0

    @property
    def height(self) -> float:
        return self.step * max(len(self.labels), 1)


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks of one kind and colour.

    Attributes
    ----------
    kind : area and line join (x, y); rule and cell lie between x and x2, y and y2, and a rule
        without y crosses the whole figure; bar, tick and point stand in a row.
    data : by name x, x2, y, y2, row, and shade (the opacity of a cell).
    colour, opacity, size : size is the width of a line, the height of a bar or a tick, or the
        diameter of a point; dashed : lines only.
    """

    kind: Kind
    data: tuple[dict[str, Any], ...]
    colour: str
    size: float = 1.5
    opacity: float = 1.0
    dashed: bool = False
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """A figure: its frame in pixels, its scales, its marks in the order of drawing."""

    width: float
    height: float
    x: Scale
    y: Scale | Rows
    marks: tuple[Marks, ...] = field(default=())


def linear_ticks(low: float, high: float, count: int = 5) -> tuple[float, ...]:
    """Round values between two ends, about `count` of them: steps of 1, 2 or 5."""
    span = high - low
    if not span > 0:
        return (low,)
    rough = span / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = min((m * power for m in (1, 2, 5, 10)), key=lambda s: abs(math.log(s / rough)))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(i * step for i in range(first, last + 1))


def tick_words(value: float) -> str:
    """A round number in few letters: thousands as 1k."""
    if abs(value) >= 1000:
        return f"{value / 1000:g}k".replace("-", "\u2212")
    return f"{value:.6g}".replace("-", "\u2212")
