"""The figures of the report: records in, the description of a figure out. One function each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from inje.reporting._data import Density, Interval, JointLosses, SourceRow, TimeRow
from inje.reporting._doubt import AccountPair
from inje.reporting._drawing import CLAIM, INK, MUTED, POSTERIOR, PRIOR
from inje.reporting._plots import (
    STEP,
    STEP_NARROW,
    Marks,
    Plot,
    Rows,
    Scale,
    linear_ticks,
    tick_words,
)

__all__ = [
    "account_plot",
    "control_plot",
    "density_plot",
    "joint_plot",
    "reliability_plot",
    "timeline_plot",
]

Datum = dict[str, Any]


def _scale(edges: Sequence[float], *, logarithmic: bool, **words: Any) -> Scale:
    """A scale over bin edges; counts with a long tail begin at zero."""
    low, high = edges[0], edges[-1]
    if not logarithmic:
        ticks = linear_ticks(low, high)
        return Scale(low, high, "linear", tuple((v, tick_words(v)) for v in ticks), **words)
    narrow = low > 0 and high < 100 * low
    decades = [0.0, *(m * 10.0**k for k in range(-6, 9) for m in ((1, 2, 5) if narrow else (1,)))]
    shown = [v for v in decades if low <= v <= high and (low > 0 or v == 0 or v >= 1)]
    ticks = tuple((v, tick_words(v)) for v in shown)
    return Scale(low, high, "log" if low > 0 else "symlog", ticks, **words)


def _steps(mass: Sequence[float], edges: Sequence[float], scale: Scale) -> list[Datum]:
    """Outline of a histogram: heights by width of the bin, on the scale that is drawn."""
    rows = []
    for (left, right), share in zip(pairwise(edges), mass, strict=True):
        height = share / (scale.place(right) - scale.place(left))
        rows += [{"x": left, "y": height}, {"x": right, "y": height}]
    return rows


def density_plot(
    density: Density,
    claims: Sequence[tuple[float, float]] = (),
    *,
    unit: str = "",
    width: float = 300,
    height: float = 96,
) -> Plot:
    """Prior (grey) and posterior (green) of one quantity, claims as red marks."""
    x = _scale(density.edges, logarithmic=density.logarithmic, title=unit)
    prior = _steps(density.prior, density.edges, x)
    posterior = _steps(density.posterior, density.edges, x)
    top = 1.06 * (max((row["y"] for row in prior + posterior), default=1.0) or 1.0)
    marks = [
        Marks("area", tuple(prior), PRIOR, opacity=0.38),
        Marks("area", tuple(posterior), POSTERIOR, opacity=0.3),
        Marks("line", tuple(posterior), POSTERIOR, size=1.6),
        *_claim_marks(claims, x, top, width),
    ]
    return Plot(width, height, x, Scale(0, top, side=""), tuple(marks))


def _claim_marks(
    claims: Sequence[tuple[float, float]], x: Scale, top: float, width: float
) -> list[Marks]:
    """What claims say; of those that would be drawn on the same half pixels only the first."""
    told = [(max(a, x.low), min(b, x.high)) for a, b in claims if b >= x.low and a <= x.high]
    seen = {tuple(round(2 * width * x.place(v)) for v in ends): ends for ends in reversed(told)}
    inside = list(reversed(seen.values()))
    points = tuple({"x": a, "x2": a, "y": 0, "y2": top} for a, b in inside if a == b)
    spans = tuple({"x": a, "x2": b, "y": top * 0.98, "y2": top * 0.98} for a, b in inside if a < b)
    return [Marks("rule", points, CLAIM, size=1.5), Marks("rule", spans, CLAIM, size=3)]


def _days(start: float, end: float, labels: Sequence[str], *, few: bool) -> Scale:
    """A scale of days with ticks at their starts; `labels` are in the order of the days."""
    count = round(end - start) + 1
    every = max(1, -(-count // (6 if few else 12)))
    ticks = tuple((start + i, labels[i]) for i in range(0, min(count, len(labels)), every))
    return Scale(start, end, ticks=ticks, grid=True, side="top")


def timeline_plot(
    dated: Sequence[tuple[str, float, float]],
    times: Sequence[TimeRow],
    *,
    start: float,
    end: float,
    labels: Sequence[str],
    width: float = 620,
    narrow: bool = False,
) -> Plot:
    """Dated claims (red) above simulated times (prior grey, posterior green), one row each.

    `dated` gives label, first and last moment; all in days since the start of the scenario.
    """

    def within(value: float) -> float:
        return min(max(value, start), end)

    def spans(intervals: Mapping[str, Interval]) -> tuple[Datum, ...]:
        """Bars of intervals; one that may never end reaches the edge of the picture."""
        return tuple(
            {"row": label, "x": within(i.q05), "x2": end if i.q95 is None else within(i.q95)}
            for label, i in intervals.items()
            if i.q05 is not None
        )

    said = tuple({"row": label, "x": within(a), "x2": within(b)} for label, a, b in dated)
    middle = tuple(
        {"row": r.label, "x": within(r.posterior.q50)} for r in times if r.posterior.q50 is not None
    )
    marks = (
        Marks("rule", said, CLAIM, size=9, opacity=0.85),
        Marks("rule", spans({r.label: r.posterior for r in times}), POSTERIOR, 9, 0.85),
        Marks("rule", spans({r.label: r.prior for r in times}), PRIOR, size=3),
        Marks("tick", middle, INK, size=15),
    )
    names = [row[0] for row in dated] + [row.label for row in times]
    return _in_rows(names, _days(start, end, labels, few=narrow), marks, width, narrow=narrow)


def _in_rows(
    names: Sequence[str],
    x: Scale,
    marks: tuple[Marks, ...],
    width: float,
    *,
    narrow: bool,
    step: float = STEP,
    room: float = 300,
) -> Plot:
    """A figure with one row a name; on a narrow page the names stand above their rows."""
    rows = Rows(tuple(names), STEP_NARROW if narrow else step, above=narrow, room=room)
    return Plot(width - (20 if narrow else room + 20), rows.height, x, rows, marks)


def joint_plot(joint: JointLosses, *, width: float = 420, height: float = 320) -> Plot:
    """Joint density of two losses as shaded cells; claims as red lines."""
    top = max((cell for row in joint.mass for cell in row), default=1.0) or 1.0
    xs, ys = joint.x_edges, joint.y_edges
    cells = tuple(
        {
            "x": xs[i],
            "x2": xs[i + 1],
            "y": ys[j],
            "y2": ys[j + 1],
            "shade": round(0.04 + 0.91 * (cell / top) ** 0.5, 3),
        }
        for j, row in enumerate(joint.mass)
        for i, cell in enumerate(row)
        if cell > 0.002 * top
    )
    x = _scale(xs, logarithmic=joint.logarithmic, title=joint.x_label)
    y = _scale(ys, logarithmic=joint.logarithmic, title=joint.y_label, side="left")
    lines = tuple(_joint_claims(joint))
    marks = (Marks("cell", cells, POSTERIOR), Marks("rule", lines, CLAIM, size=1.4))
    return Plot(width, height, x, y, marks)


def _joint_claims(joint: JointLosses) -> list[Datum]:
    low_x, high_x = joint.x_edges[0], joint.x_edges[-1]
    low_y, high_y = joint.y_edges[0], joint.y_edges[-1]
    across = [v for claim in joint.claims for v in sorted(set(claim.x or ()))]
    along = [v for claim in joint.claims for v in sorted(set(claim.y or ()))]
    lines = [{"x": v, "x2": v, "y": low_y, "y2": high_y} for v in across]
    lines += [{"x": low_x, "x2": high_x, "y": v, "y2": v} for v in along]
    return [r for r in lines if low_x <= r["x"] <= high_x and low_y <= r["y"] <= high_y]


def account_plot(pairs: Sequence[AccountPair], *, width: float = 620, narrow: bool = False) -> Plot:
    """Bayes factors in dB: thin bar = joint range of the assumptions, point = as assumed.

    Dashed lines at 5 dB either way: a range that crosses one is not decided.
    """
    names = [f"{p.second_label}  |  {p.first_label}" for p in pairs]
    told = list(zip(names, pairs, strict=True))
    errors = [(name, p.db - 2 * p.mcse, p.db + 2 * p.mcse) for name, p in told]
    ends = [v for p in pairs for v in (p.low, p.high)] + [v for e in errors for v in e[1:]]
    reach = max([6.0, *map(abs, ends)]) * 1.08
    ticks = linear_ticks(-reach, reach, 5 if narrow else 9)
    x = Scale(
        -reach,
        reach,
        ticks=tuple((v, tick_words(v)) for v in ticks),
        title="dB: left for the one, right for the other",
    )
    marks = (
        Marks("rule", ({"x": 0},), MUTED, size=1),
        Marks("rule", ({"x": -5}, {"x": 5}), MUTED, size=1, dashed=True),
        Marks(
            "rule",
            tuple({"row": name, "x": p.low, "x2": p.high} for name, p in told),
            PRIOR,
            size=4,
            rounded=True,
        ),
        Marks("rule", tuple({"row": n, "x": a, "x2": b} for n, a, b in errors), POSTERIOR, size=9),
        Marks("point", tuple({"row": name, "x": p.db} for name, p in told), INK, size=7),
    )
    return _in_rows(names, x, marks, width, narrow=narrow, step=30, room=310)


def reliability_plot(
    rows: Sequence[SourceRow], *, width: float = 620, narrow: bool = False
) -> Plot:
    """Reliability of each source: prior by letter (grey), posterior (green), median (ink)."""
    named = [(f"{r.label} ({r.letter})", r) for r in rows]
    percent = tuple((v / 5, f"{20 * v} %") for v in range(6))
    marks = (
        Marks("rule", _shares({name: r.posterior for name, r in named}), POSTERIOR, 9, 0.85),
        Marks("rule", _shares({name: r.prior for name, r in named}), PRIOR, size=3),
        Marks(
            "tick",
            tuple(
                {"row": n, "x": r.posterior.q50} for n, r in named if r.posterior.q50 is not None
            ),
            INK,
            size=15,
        ),
    )
    x = Scale(0, 1, ticks=percent, grid=True)
    return _in_rows([name for name, _ in named], x, marks, width, narrow=narrow)


def _shares(intervals: Mapping[str, Interval]) -> tuple[Datum, ...]:
    return tuple(
        {"row": name, "x": i.q05, "x2": i.q95}
        for name, i in intervals.items()
        if i.q05 is not None and i.q95 is not None
    )


def control_plot(
    places: Sequence[str],
    days: Sequence[str],
    cells: Sequence[tuple[str, str, str, float]],
    colours: Mapping[str, str],
    *,
    width: float = 620,
    narrow: bool = False,
) -> Plot:
    """Who holds each place at the end of each day: a bar per place and day, filled by share.

    `cells` are place, day, side, probability; `colours` name the colour of each side.
    """
    index = {day: i for i, day in enumerate(days)}
    bars: dict[str, list[Datum]] = {side: [] for side in colours}
    reached: dict[tuple[str, str], float] = {}
    for place, day, side, share in cells:
        base = reached.get((place, day), 0.0)
        reached[place, day] = base + share
        left = index[day] + 0.06
        bars[side].append(
            {"row": place, "x": left + 0.88 * base, "x2": left + 0.88 * (base + share)}
        )
    marks = tuple(Marks("bar", tuple(bars[side]), colours[side], size=16) for side in colours)
    count = max(len(days), 1)
    ticks = tuple((i + 0.5, day) for i, day in enumerate(days))
    x = Scale(0, count, ticks=ticks, side="top")
    room = 100.0 if narrow else 160.0
    rows = Rows(tuple(places), 28, room=room)
    return Plot(width - room - 10, rows.height, x, rows, marks)
