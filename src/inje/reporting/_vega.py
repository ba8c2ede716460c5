"""A figure as Vega-Lite: for files of their own, for Altair, for other programs."""

from __future__ import annotations

import json
from typing import Any

from inje.reporting._drawing import FONT, MUTED, RULE
from inje.reporting._plots import Marks, Plot, Rows, Scale

__all__ = ["vega_lite"]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
CONFIG: dict[str, Any] = {
    "background": "white",
    "font": FONT,
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
        "tickSize": 4,
        "labelPadding": 5,
        "titlePadding": 8,
    },
    "text": {"fontSize": 12.5, "color": MUTED},
}


def vega_lite(plot: Plot, title: str) -> dict[str, Any]:
    """The specification of a figure, complete with its data; `title` is its text alternative."""
    layers = [_layer(marks, plot) for marks in plot.marks if marks.data]
    if isinstance(plot.y, Rows) and plot.y.above:
        layers.append(_labels_above(plot.y, plot))
    return {
        "$schema": SCHEMA,
        "description": title,
        "width": plot.width,
        "height": plot.height,
        "layer": layers,
        "config": CONFIG,
    }


def _layer(marks: Marks, plot: Plot) -> dict[str, Any]:
    encoding: dict[str, Any] = {"x": _number("x", plot.x)}
    given = marks.data[0]
    if "x2" in given:
        encoding["x2"] = {"field": "x2"}
    if "row" in given and isinstance(plot.y, Rows):
        encoding["y"] = _row(plot.y)
    elif "y" in given and isinstance(plot.y, Scale):
        encoding["y"] = _number("y", plot.y)
        if "y2" in given:
            encoding["y2"] = {"field": "y2"}
    if "shade" in given:
        encoding["opacity"] = {"field": "shade", "type": "quantitative", "scale": None}
    return {"data": {"values": list(marks.data)}, "mark": _mark(marks), "encoding": encoding}


def _mark(marks: Marks) -> dict[str, Any]:
    kinds: dict[str, dict[str, Any]] = {
        "area": {"type": "area"},
        "line": {"type": "line", "strokeWidth": marks.size},
        "rule": {
            "type": "rule",
            "strokeWidth": marks.size,
            "strokeDash": [3, 3] if marks.dashed else [],
            "strokeCap": "round" if marks.rounded else "butt",
        },
        "bar": {"type": "bar", "height": marks.size, "stroke": None},
        "tick": {"type": "tick", "thickness": 2, "size": marks.size},
        "point": {"type": "point", "filled": True, "size": marks.size**2},
        "cell": {"type": "rect", "stroke": None},
    }
    return {**kinds[marks.kind], "color": marks.colour, "opacity": marks.opacity}


def _number(name: str, scale: Scale) -> dict[str, Any]:
    kind = {"type": scale.kind} | ({"constant": 1} if scale.kind == "symlog" else {})
    return {
        "field": name,
        "type": "quantitative",
        "scale": {**kind, "domain": [scale.low, scale.high], "nice": False, "zero": False},
        "stack": False,
        "axis": _axis(scale),
        "title": scale.title or None,
    }


def _axis(scale: Scale) -> dict[str, Any] | None:
    if not scale.side:
        return None
    words = {f"{value:.9g}": text for value, text in scale.ticks}
    return {
        "orient": scale.side,
        "grid": scale.grid,
        "values": [value for value, _ in scale.ticks],
        "labelExpr": f"{json.dumps(words)}[format(datum.value, '.9~g')]",
        "labelFlush": True,
        "domain": bool(scale.title) or scale.side != "top",
    }


def _row(rows: Rows) -> dict[str, Any]:
    beside = {"title": None, "labelLimit": rows.room, "domain": False, "ticks": False}
    return {
        "field": "row",
        "type": "nominal",
        "sort": list(rows.labels),
        "scale": {"type": "point", "padding": 0.5, "domain": list(rows.labels)},
        "axis": None if rows.above else beside,
    }


def _labels_above(rows: Rows, plot: Plot) -> dict[str, Any]:
    return {
        "data": {"values": [{"row": label, "x": plot.x.low} for label in rows.labels]},
        "mark": {"type": "text", "align": "left", "dy": -15, "limit": plot.width},
        "encoding": {"x": _number("x", plot.x), "y": _row(rows), "text": {"field": "row"}},
    }
