"""The figures of the report, as Altair charts. One function a figure: records in, chart out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import copysign, log, log1p
from typing import Any

import altair as alt

from inje.reporting._data import AccountPair, Density, Interval, JointLosses, SourceRow, TimeRow
from inje.reporting._drawing import CLAIM, INK, MUTED, POSTERIOR, PRIOR, RULE

__all__ = [
    "account_chart",
    "control_chart",
    "density_chart",
    "joint_chart",
    "reliability_chart",
    "timeline_chart",
]


def _values(rows: list[dict[str, Any]]) -> alt.InlineData:
    return alt.InlineData(values=rows)


def _steps(density: Density, mass: tuple[float, ...]) -> list[dict[str, float]]:
    """Outline of a histogram: heights by width of the bin, on the scale that is drawn."""
    place = _scaled(density)
    widths = [place(b) - place(a) for a, b in pairwise(density.edges)]
    heights = [m / w for m, w in zip(mass, widths, strict=True)]
    rows = []
    for left, right, height in zip(density.edges[:-1], density.edges[1:], heights, strict=True):
        rows += [{"x": left, "y": height}, {"x": right, "y": height}]
    return rows


def _scaled(density: Density) -> Callable[[float], float]:
    """The scale of the axis as a function; counts with a long tail begin at zero."""
    if not density.logarithmic:
        return float
    return log if density.edges[0] > 0 else lambda x: copysign(log1p(abs(x)), x)


def _kind(edges: Sequence[float], *, logarithmic: bool) -> dict[str, Any]:
    """Settings of a scale, and of the ticks that it needs."""
    if not logarithmic:
        return {"type": "linear"}
    return {"type": "log"} if edges[0] > 0 else {"type": "symlog", "constant": 1}


def _ticks(edges: Sequence[float], *, logarithmic: bool) -> dict[str, Any]:
    if not logarithmic:
        return {"tickCount": 5}
    narrow = edges[0] > 0 and edges[-1] < 100 * edges[0]
    decades = [0.0, *(m * 10.0**k for k in range(-6, 9) for m in ((1, 2, 5) if narrow else (1,)))]
    shown = [v for v in decades if edges[0] <= v <= edges[-1]]
    return {"values": shown if edges[0] > 0 else [v for v in shown if v == 0 or v >= 1]}


def density_chart(
    density: Density,
    claims: Sequence[tuple[float, float]] = (),
    *,
    unit: str = "",
    width: int = 300,
    height: int = 96,
) -> alt.LayerChart:
    """Prior (grey) and posterior (green) of one quantity, claims as marks under the axis."""
    prior, posterior = _steps(density, density.prior), _steps(density, density.posterior)
    top = max((row["y"] for row in prior + posterior), default=1.0) or 1.0
    scale = alt.Scale(
        **_kind(density.edges, logarithmic=density.logarithmic),
        domain=[density.edges[0], density.edges[-1]],
        nice=False,
    )
    ticks = _ticks(density.edges, logarithmic=density.logarithmic)
    if density.edges[-1] >= 1000:
        ticks |= {"labelExpr": "datum.value < 1000 ? datum.label : datum.value / 1000 + 'k'"}
    axis = alt.Axis(grid=False, title=unit or None, labelFlush=True, **ticks)
    x = alt.X("x:Q", scale=scale, axis=axis)
    y = alt.Y("y:Q", axis=None, stack=False, scale=alt.Scale(domain=[0, top * 1.06]))
    layers = [
        alt.Chart(_values(prior)).mark_area(color=PRIOR, opacity=0.38).encode(x=x, y=y),
        alt.Chart(_values(posterior)).mark_area(color=POSTERIOR, opacity=0.3).encode(x=x, y=y),
        alt.Chart(_values(posterior)).mark_line(color=POSTERIOR, strokeWidth=1.6).encode(x=x, y=y),
    ]
    layers += _claim_marks(claims, density, top, scale)
    return alt.layer(*layers).properties(width=width, height=height)


def _claim_marks(
    claims: Sequence[tuple[float, float]], density: Density, top: float, scale: alt.Scale
) -> list[alt.Chart]:
    low, high = density.edges[0], density.edges[-1]
    inside = [(max(a, low), min(b, high)) for a, b in claims if b >= low and a <= high]
    points = [{"x": a, "y": 0, "y2": top * 1.06} for a, b in inside if a == b]
    spans = [{"x": a, "x2": b, "y": top * 1.04} for a, b in inside if a < b]
    x, y = alt.X("x:Q", scale=scale), alt.Y("y:Q")
    marks = []
    if points:
        rule = alt.Chart(_values(points)).mark_rule(color=CLAIM, strokeWidth=1.5)
        marks.append(rule.encode(x=x, y=y, y2="y2:Q"))
    if spans:
        bar = alt.Chart(_values(spans)).mark_rule(color=CLAIM, strokeWidth=3)
        marks.append(bar.encode(x=x, x2="x2:Q", y=y))
    return marks


def _day_axis(start: float, end: float, labels: Sequence[str], *, few: bool) -> alt.Axis:
    """Ticks at the start of each day; `labels` are in the order of the days."""
    count = round(end - start) + 1
    every = max(1, -(-count // (6 if few else 12)))
    texts = json.dumps(list(labels))
    return alt.Axis(
        values=[start + i for i in range(0, count, every)],
        labelExpr=f"{texts}[datum.value - ({start})]",
        title=None,
        grid=True,
        orient="top",
    )


def timeline_chart(
    dated: Sequence[tuple[str, float, float]],
    times: Sequence[TimeRow],
    *,
    start: float,
    end: float,
    labels: Sequence[str],
    width: int = 620,
    narrow: bool = False,
) -> alt.LayerChart:
    """Dated claims (red) above simulated times (prior grey, posterior green), one row each.

    `dated` gives label, first and last moment; all in days since the start of the scenario.
    """
    order = [row[0] for row in dated] + [row.label for row in times]
    scale = alt.Scale(domain=[start, end], nice=False, clamp=True)
    x = alt.X("a:Q", scale=scale, axis=_day_axis(start, end, labels, few=narrow))
    y = _rows(order, narrow=narrow, limit=260)
    said = [{"row": label, "a": a, "b": b} for label, a, b in dated]
    prior = _spans({r.label: r.prior for r in times}, end)
    posterior = _spans({r.label: r.posterior for r in times}, end)
    middle = [{"row": r.label, "a": r.posterior.q50} for r in times if r.posterior.q50 is not None]
    layers = []
    for rows, color, size in ((said, CLAIM, 9), (prior, PRIOR, 3), (posterior, POSTERIOR, 9)):
        bar = alt.Chart(_values(rows)).mark_rule(color=color, strokeWidth=size, opacity=0.85)
        layers.append(bar.encode(x=x, x2="b:Q", y=y))
    tick = alt.Chart(_values(middle)).mark_tick(color=INK, thickness=2, size=15)
    layers.append(tick.encode(x=x, y=y))
    layers += [_above(order, y, start)] if narrow else []
    shown = width - (20 if narrow else 270)
    step = _STEP_NARROW if narrow else _STEP
    return alt.layer(*layers).properties(width=shown, height=step * max(len(order), 1))


def _spans(intervals: dict[str, Interval], end: float) -> list[dict[str, Any]]:
    """Bars of intervals; one that may never end reaches the edge of the picture."""
    return [
        {"row": label, "a": i.q05, "b": end if i.q95 is None else i.q95}
        for label, i in intervals.items()
        if i.q05 is not None
    ]


def _rows(labels: Sequence[str], *, narrow: bool, limit: int) -> alt.Y:
    """One row each; on a narrow page the labels stand above their rows (`_above`)."""
    axis = alt.Axis(title=None, labelLimit=limit, domain=False, ticks=False)
    return alt.Y(
        "row:N",
        sort=list(labels),
        scale=alt.Scale(domain=list(labels), paddingInner=0.35),
        axis=None if narrow else axis,
    )


def _above(labels: Sequence[str], y: alt.Y, x: float) -> alt.Chart:
    """Labels above their rows, from the left edge, for a narrow page."""
    rows = [{"row": label, "a": x} for label in labels]
    text = alt.Chart(_values(rows)).mark_text(
        align="left", dy=-15, color=MUTED, limit=330, fontSize=12.5
    )
    return text.encode(x=alt.X("a:Q"), y=y, text="row:N")


_STEP, _STEP_NARROW = 26, 42


def joint_chart(joint: JointLosses, *, width: int = 420, height: int = 320) -> alt.LayerChart:
    """Joint density of two losses as shaded cells; claims as red lines, or crosses."""
    top = max((cell for row in joint.mass for cell in row), default=1.0) or 1.0
    cells = [
        {
            "x": joint.x_edges[i],
            "x2": joint.x_edges[i + 1],
            "y": joint.y_edges[j],
            "y2": joint.y_edges[j + 1],
            "m": (cell / top) ** 0.5,
        }
        for j, row in enumerate(joint.mass)
        for i, cell in enumerate(row)
        if cell > 0.002 * top
    ]
    x = alt.X(
        "x:Q",
        title=joint.x_label,
        scale=alt.Scale(
            domain=[joint.x_edges[0], joint.x_edges[-1]],
            nice=False,
            **_kind(joint.x_edges, logarithmic=joint.logarithmic),
        ),
        axis=alt.Axis(grid=False, **_ticks(joint.x_edges, logarithmic=joint.logarithmic)),
    )
    y = alt.Y(
        "y:Q",
        title=joint.y_label,
        scale=alt.Scale(
            domain=[joint.y_edges[0], joint.y_edges[-1]],
            nice=False,
            **_kind(joint.y_edges, logarithmic=joint.logarithmic),
        ),
        axis=alt.Axis(grid=False, **_ticks(joint.y_edges, logarithmic=joint.logarithmic)),
    )
    shade = alt.Opacity("m:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=[0.04, 0.95]))
    base = alt.Chart(_values(cells)).mark_rect(color=POSTERIOR, stroke=None)
    layers: list[Any] = [base.encode(x=x, x2="x2:Q", y=y, y2="y2:Q", opacity=shade)]
    layers += _joint_claims(joint, x, y)
    return alt.layer(*layers).properties(width=width, height=height)


def _joint_claims(joint: JointLosses, x: alt.X, y: alt.Y) -> list[Any]:
    low_x, high_x = joint.x_edges[0], joint.x_edges[-1]
    low_y, high_y = joint.y_edges[0], joint.y_edges[-1]
    lines = []
    for claim in joint.claims:
        if claim.x is not None:
            lines += [{"x": v, "x2": v, "y": low_y, "y2": high_y} for v in sorted(set(claim.x))]
        if claim.y is not None:
            lines += [{"x": low_x, "x2": high_x, "y": v, "y2": v} for v in sorted(set(claim.y))]
    lines = [r for r in lines if low_x <= r["x"] <= high_x and low_y <= r["y"] <= high_y]
    if not lines:
        return []
    rule = alt.Chart(_values(lines)).mark_rule(color=CLAIM, strokeWidth=1.4)
    return [rule.encode(x=x, x2="x2:Q", y=y, y2="y2:Q")]


def account_chart(
    pairs: Sequence[AccountPair], *, width: int = 620, narrow: bool = False
) -> alt.LayerChart:
    """Bayes factors in dB: thin bar = joint range of the assumptions, point = as assumed.

    Dashed lines at 5 dB either way: a range that crosses one is not decided.
    """
    rows = [
        {
            "row": f"{p.second_label}  |  {p.first_label}",
            "db": p.db,
            "low": p.low,
            "high": p.high,
            "a": p.db - 2 * p.mcse,
            "b": p.db + 2 * p.mcse,
        }
        for p in pairs
    ]
    reach = max([6.0, *(abs(r[k]) for r in rows for k in ("low", "high", "a", "b"))]) * 1.08
    x = alt.X(
        "low:Q",
        title="dB: left for the one, right for the other",
        scale=alt.Scale(domain=[-reach, reach], nice=False),
        axis=alt.Axis(grid=False, tickCount=5 if narrow else 9),
    )
    names = [r["row"] for r in rows]
    y = _rows(names, narrow=narrow, limit=330)
    marks = [{"low": -5}, {"low": 5}]
    zero = alt.Chart(_values([{"low": 0}])).mark_rule(color=MUTED).encode(x=x)
    lines = alt.Chart(_values(marks)).mark_rule(color=MUTED, strokeDash=[3, 3]).encode(x=x)
    base = alt.Chart(_values(rows))
    span = base.mark_rule(color=PRIOR, strokeWidth=4, strokeCap="round")
    error = base.mark_rule(color=POSTERIOR, strokeWidth=9)
    point = base.mark_point(color=INK, filled=True, size=46, opacity=1)
    layers = [
        zero,
        lines,
        span.encode(x=x, x2="high:Q", y=y),
        error.encode(x=alt.X("a:Q"), x2="b:Q", y=y),
        point.encode(x=alt.X("db:Q"), y=y),
    ]
    layers += [_above(names, y, -reach)] if narrow else []
    step = _STEP_NARROW if narrow else 30
    return alt.layer(*layers).properties(
        width=width - (20 if narrow else 330), height=step * max(len(rows), 1)
    )


def reliability_chart(
    rows: Sequence[SourceRow], *, width: int = 620, narrow: bool = False
) -> alt.LayerChart:
    """Reliability of each source: prior by letter (grey), posterior (green), median (ink)."""
    data = [
        {
            "row": f"{r.label} ({r.letter})",
            "p0": r.prior.q05,
            "p1": r.prior.q95,
            "a": r.posterior.q05,
            "m": r.posterior.q50,
            "b": r.posterior.q95,
        }
        for r in rows
    ]
    scale = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X("p0:Q", scale=scale, axis=alt.Axis(format="%", tickCount=5, title=None))
    names = [r["row"] for r in data]
    y = _rows(names, narrow=narrow, limit=260)
    base = alt.Chart(_values(data))
    layers = [
        base.mark_rule(color=PRIOR, strokeWidth=3).encode(x=x, x2="p1:Q", y=y),
        base.mark_rule(color=POSTERIOR, strokeWidth=9, opacity=0.85).encode(
            x=alt.X("a:Q"), x2="b:Q", y=y
        ),
        base.mark_tick(color=INK, thickness=2, size=15).encode(x=alt.X("m:Q"), y=y),
    ]
    layers += [_above(names, y, 0)] if narrow else []
    step = _STEP_NARROW if narrow else _STEP
    return alt.layer(*layers).properties(
        width=width - (20 if narrow else 270), height=step * max(len(data), 1)
    )


def control_chart(
    places: Sequence[str],
    days: Sequence[str],
    cells: Sequence[tuple[str, str, str, float]],
    colours: dict[str, str],
    *,
    width: int = 620,
    narrow: bool = False,
) -> alt.LayerChart:
    """Who holds each place at the end of each day: a bar per place and day, filled by share.

    `cells` are place, day, side, probability; `colours` name the colour of each side.
    """
    rows, reached = [], {}
    for place, day, side, share in cells:
        base = reached.get((place, day), 0.0)
        reached[place, day] = base + share
        rows.append({"place": place, "day": day, "side": side, "a": base, "b": base + share})
    step = (width - (110 if narrow else 170)) / max(len(days), 1)
    index = {day: i for i, day in enumerate(days)}
    for row in rows:
        at = index[row["day"]]
        row["a"], row["b"] = at + 0.06 + 0.88 * row["a"], at + 0.06 + 0.88 * row["b"]
    axis = alt.Axis(
        values=[i + 0.5 for i in range(len(days))],
        labelExpr=f"{json.dumps(list(days))}[floor(datum.value)]",
        grid=False,
        ticks=False,
        domain=False,
        title=None,
        orient="top",
    )
    chart = alt.Chart(_values(rows)).mark_bar(height=16, stroke=None)
    drawn = chart.encode(
        x=alt.X("a:Q", scale=alt.Scale(domain=[0, len(days)], nice=False), axis=axis),
        x2="b:Q",
        y=alt.Y(
            "place:N",
            sort=list(places),
            axis=alt.Axis(title=None, labelLimit=160, domain=False, ticks=False),
        ),
        color=alt.Color(
            "side:N",
            legend=None,
            scale=alt.Scale(domain=list(colours), range=list(colours.values())),
        ),
    )
    frame = alt.Chart(_values([{"a": 0}])).mark_rule(color=RULE, opacity=0).encode(x="a:Q")
    return alt.layer(drawn, frame).properties(
        width=step * len(days), height=28 * max(len(places), 1)
    )
