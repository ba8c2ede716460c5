"""From the description of a figure to an SVG element that may stand inside the page.

Colours stay literal in the SVG, so that an exported figure is complete; inside the page the
style sheet repaints them by attribute selectors, in light and in dark.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from inje.reporting._plots import Marks, Plot, Rows, Scale

__all__ = [
    "CLAIM",
    "FONT",
    "INK",
    "MUTED",
    "PAPER",
    "POSTERIOR",
    "PRIOR",
    "RULE",
    "SIDES",
    "Drawn",
    "draw",
]

INK = "#24211c"
MUTED = "#6b655b"
RULE = "#dcd6ca"
PAPER = "#fcfbf8"
PRIOR = "#9b9486"
POSTERIOR = "#1c5d63"
CLAIM = "#8a1f3c"
#: colours of the sides, in the order of the scenario
SIDES = ("#2f5d8a", "#a8571f", "#5b7a2f", "#77508f")
FONT = "Charter, 'Iowan Old Style', Georgia, 'Times New Roman', serif"
#: mean width of a letter, as a share of the size of the letters: the widest serif that a system is
#: likely to put in for the named ones (DejaVu Serif)
_LETTER = 0.6
_SIZE = 12.0


class Drawn:
    """A figure for the page: one SVG, or a wide and a narrow one."""

    def __init__(self, alternative: str, wide: Markup, narrow: Markup | None = None) -> None:
        self.alternative = alternative
        self.wide = wide
        self.narrow = narrow

    def __html__(self) -> str:
        if self.narrow is None:
            return self.wide
        return Markup('<div class="at-wide">{}</div><div class="at-narrow">{}</div>').format(
            self.wide, self.narrow
        )


def draw(plot: Plot, alternative: str, *, ground: str = "") -> Markup:
    """An SVG element of a figure, with its text alternative, on a ground of some colour."""
    left, top, right, bottom = _margins(plot)
    width, height = left + plot.width + right, top + plot.height + bottom
    parts = [_rect(-left, -top, width, height, ground, "")] if ground else []
    parts += _axis(plot.x, plot)
    parts += [shape for marks in plot.marks for shape in _shapes(marks, plot)]
    parts += _names(plot)  # last: above their rows they would stand behind the marks
    return Markup(  # noqa: S704  numbers, our own colours, and words that are escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{_n(-left)} {_n(-top)} {_n(width)} '
        f'{_n(height)}" width="{_n(width)}" class="figure" role="img" '
        f'aria-label="{escape(alternative)}" font-family="{escape(FONT)}" font-size="{_SIZE:g}">'
        f"{''.join(parts)}</svg>"
    )


def _n(value: float) -> str:
    """A coordinate in a tenth of a pixel."""
    text = f"{value:.1f}"
    return text.removesuffix(".0") if text != "-0.0" else "0"


def _wide(text: str) -> float:
    return _LETTER * _SIZE * len(text)


def _margins(plot: Plot) -> tuple[float, float, float, float]:
    """Room for axes and names: left, top, right, bottom."""
    top = 22.0 if plot.x.side == "top" else 4.0
    bottom = (22.0 + 18.0 * bool(plot.x.title)) if plot.x.side == "bottom" else 4.0
    left = 4.0
    if isinstance(plot.y, Rows) and not plot.y.above:
        left = 12 + min(plot.y.room, max((_wide(name) for name in plot.y.labels), default=0.0))
    elif isinstance(plot.y, Scale) and plot.y.side:
        left = 12 + max((_wide(words) for _, words in plot.y.ticks), default=0.0)
        top += 20.0 * bool(plot.y.title)
    return left, top, 8.0, bottom


def _axis(scale: Scale, plot: Plot) -> Iterator[str]:
    """The horizontal axis: its line, ticks, words, and lines across."""
    if not scale.side:
        return
    base = plot.height if scale.side == "bottom" else 0.0
    away = 1 if scale.side == "bottom" else -1
    if scale.side == "bottom":
        yield _line(0, base, plot.width, base, RULE)
    shown = _apart(scale, plot.width)
    for value, words in scale.ticks:
        x = scale.place(value) * plot.width
        far = plot.height if scale.grid else base
        yield _line(x, base + 4 * away, x, far if scale.grid else base, RULE)
        if (value, words) in shown:
            anchor = _anchor(x, _wide(words) / 2, plot.width)
            yield _text(x, base + (17 if away > 0 else -8), words, anchor)
    if scale.title:
        anchor = _anchor(plot.width / 2, _wide(scale.title) / 2, plot.width)
        x = {"start": 0.0, "middle": plot.width / 2}.get(anchor, plot.width)
        yield _text(x, base + 35 * away, _cut(scale.title, plot.width), anchor)


def _anchor(x: float, half: float, width: float) -> str:
    """How words stand at a tick: in its middle, unless they would reach beyond the margins."""
    if x < 1 or x - half < -4:
        return "start"
    return "end" if x > width - 1 or x + half > width + 8 else "middle"


def _apart(scale: Scale, width: float) -> list[tuple[float, str]]:
    """Ticks whose words have room, from the low end."""
    shown: list[tuple[float, str]] = []
    free = -1e9
    for value, words in scale.ticks:
        x, half = scale.place(value) * width, _wide(words) / 2
        start = x - half * {"start": 0, "middle": 1, "end": 2}[_anchor(x, half, width)]
        if start >= free:
            shown.append((value, words))
            free = start + 2 * half + 6
    return shown


def _names(plot: Plot) -> Iterator[str]:
    """What stands at the vertical axis: names of rows, or numbers."""
    if isinstance(plot.y, Rows):
        for i, name in enumerate(plot.y.labels):
            middle = (i + 0.5) * plot.y.step
            if plot.y.above:
                yield _text(0, middle - 11, _cut(name, plot.width), "start")
            else:
                yield _text(-8, middle + 4, _cut(name, plot.y.room), "end")
        return
    if not plot.y.side:
        return
    yield _line(0, 0, 0, plot.height, RULE)
    for value, words in plot.y.ticks:
        y = plot.height * (1 - plot.y.place(value))
        yield _line(-4, y, 0, y, RULE)
        yield _text(-8, y + 4, words, "end")
    if plot.y.title:  # above, not turned: it may be longer than the figure is high
        left, top, _, _ = _margins(plot)
        yield _text(4 - left, 14 - top, _cut(plot.y.title, plot.width + left), "start")


def _cut(name: str, room: float) -> str:
    most = int(room / (_LETTER * _SIZE))
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _text(x: float, y: float, words: str, anchor: str, more: str = "") -> str:
    aligned = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{_n(x)}" y="{_n(y)}"{aligned} fill="{MUTED}"{more}>{escape(words)}</text>'


def _line(x: float, y: float, x2: float, y2: float, colour: str, more: str = "") -> str:
    ends = f'x1="{_n(x)}" y1="{_n(y)}" x2="{_n(x2)}" y2="{_n(y2)}"'
    return f'<line {ends} stroke="{colour}"{more}/>'


def _shapes(marks: Marks, plot: Plot) -> Iterator[str]:
    if not marks.data:
        return
    if marks.kind in ("area", "line"):
        yield _joined(marks, plot)
        return
    style = "" if marks.opacity == 1 else f' opacity="{marks.opacity:g}"'
    for datum in marks.data:
        yield _SHAPES[marks.kind](_Frame(datum, plot), marks, style)


class _Frame:
    """Where a datum stands, in pixels."""

    def __init__(self, datum: dict[str, Any], plot: Plot) -> None:
        self.x = plot.x.place(datum["x"]) * plot.width
        self.x2 = plot.x.place(datum["x2"]) * plot.width if "x2" in datum else self.x
        self.y, self.y2 = 0.0, plot.height
        self.shade = datum.get("shade", 1.0)
        if isinstance(plot.y, Rows):
            if "row" in datum:
                self.y = self.y2 = (plot.y.labels.index(datum["row"]) + 0.5) * plot.y.step
        elif "y" in datum:
            self.y = plot.height * (1 - plot.y.place(datum["y"]))
            self.y2 = plot.height * (1 - plot.y.place(datum["y2"])) if "y2" in datum else self.y


def _rule(at: _Frame, marks: Marks, style: str) -> str:
    more = f' stroke-width="{marks.size:g}"{style}'
    more += ' stroke-dasharray="3 3"' if marks.dashed else ""
    more += ' stroke-linecap="round"' if marks.rounded else ""
    return _line(at.x, at.y, at.x2, at.y2, marks.colour, more)


def _bar(at: _Frame, marks: Marks, style: str) -> str:
    return _rect(at.x, at.y - marks.size / 2, at.x2 - at.x, marks.size, marks.colour, style)


def _tick(at: _Frame, marks: Marks, style: str) -> str:
    return _rect(at.x - 1, at.y - marks.size / 2, 2, marks.size, marks.colour, style)


def _point(at: _Frame, marks: Marks, style: str) -> str:
    r = _n(marks.size / 2)
    return f'<circle cx="{_n(at.x)}" cy="{_n(at.y)}" r="{r}" fill="{marks.colour}"{style}/>'


def _cell(at: _Frame, marks: Marks, _style: str) -> str:
    shade = f' opacity="{at.shade:.2g}"'
    return _rect(at.x, at.y2, at.x2 - at.x, at.y - at.y2, marks.colour, shade)


def _rect(x: float, y: float, width: float, height: float, colour: str, style: str) -> str:
    size = f'width="{_n(max(width, 0))}" height="{_n(max(height, 0))}"'
    return f'<rect x="{_n(x)}" y="{_n(y)}" {size} fill="{colour}"{style}/>'


_SHAPES = {"rule": _rule, "bar": _bar, "tick": _tick, "point": _point, "cell": _cell}


def _joined(marks: Marks, plot: Plot) -> str:
    """A path through points; an area is closed along the foot of the figure."""
    points = [(_n(at.x), _n(at.y)) for at in (_Frame(datum, plot) for datum in marks.data)]
    steps = [f"M{points[0][0]} {points[0][1]}"]
    for (x, y), (x2, y2) in pairwise(points):
        if (x, y) != (x2, y2):
            steps.append(f"V{y2}" if x == x2 else f"H{x2}" if y == y2 else f"L{x2} {y2}")
    faded = "" if marks.opacity == 1 else f' opacity="{marks.opacity:g}"'
    if marks.kind == "area":
        foot = f"V{_n(plot.height)}H{points[0][0]}Z"
        return f'<path d="{"".join(steps)}{foot}" fill="{marks.colour}"{faded}/>'
    drawn = f'fill="none" stroke="{marks.colour}" stroke-width="{marks.size:g}"'
    return f'<path d="{"".join(steps)}" {drawn}{faded}/>'
