"""From an Altair chart to an SVG element that may stand inside the page.

Colours stay literal in the SVG, so that an exported figure is complete; inside the page the
style sheet repaints them by attribute selectors, in light and in dark.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    import altair as alt

__all__ = [
    "CLAIM",
    "INK",
    "MUTED",
    "PAPER",
    "POSTERIOR",
    "PRIOR",
    "RULE",
    "SIDES",
    "Drawn",
    "draw",
    "svg_of",
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
_FONT = "Charter, 'Iowan Old Style', Georgia, 'Times New Roman', serif"
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r'(?<=\bid=")|(?<=url\(#)|(?<=href="#)')
_DROPPED = re.compile(
    r' (?:role|aria-[a-z]+|style|xmlns:xlink|version|class)="[^"]*"| pointer-events="none"'
)
_HEAD = re.compile(r'<svg[^>]*?viewBox="([^"]*)"[^>]*>')
_serial = itertools.count(1)

CONFIG = {
    "aria": False,
    "background": None,
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {
        "domainColor": RULE,
        "gridColor": RULE,
        "tickColor": RULE,
        "labelColor": MUTED,
        "titleColor": MUTED,
        "labelFontSize": 12,
        "titleFontSize": 12.5,
        "titleFontWeight": "normal",
        "labelFont": _FONT,
        "titleFont": _FONT,
        "tickSize": 4,
        "labelPadding": 5,
        "titlePadding": 8,
    },
    "text": {"font": _FONT, "fontSize": 12, "color": INK},
}


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


def svg_of(chart: alt.Chart | alt.LayerChart) -> str:
    """A complete SVG document of a chart, for a file of its own."""
    import vl_convert

    return vl_convert.vegalite_to_svg(chart.to_dict(validate=False), config=CONFIG)


def draw(chart: alt.Chart | alt.LayerChart, alternative: str) -> Markup:
    """An SVG element of a chart, with its text alternative and ids of its own."""
    serial = f"f{next(_serial)}-"
    drawn = _TAG.sub(lambda tag: _ID.sub(serial, _DROPPED.sub("", tag[0])), svg_of(chart))
    name = f"{serial}title"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="\\1" class="figure" role="img" '
        f'aria-labelledby="{name}">'
    )
    drawn, count = _HEAD.subn(head, drawn, count=1)
    if not count:
        msg = "the figure has no viewBox"
        raise ValueError(msg)
    title = f'<title id="{name}">{escape(alternative)}</title>'
    end = drawn.index(">", drawn.index("<svg")) + 1
    width = drawn[: drawn.index('"', drawn.index('viewBox="') + 9)].split()[-2]
    drawn = drawn[: end - 1] + f' width="{width}">' + title + drawn[end:]
    return Markup(drawn)  # noqa: S704  written by vl-convert, which escapes the words in it
