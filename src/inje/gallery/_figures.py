"""The figures of the validation page, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import vl_convert

from inje.datasets import iwojima
from inje.gallery._battles import Battles
from inje.gallery._forecast import ForecastScores
from inje.gallery._hidden_source import HiddenScores
from inje.gallery._iwojima import effectives
from inje.gallery._study import Row
from inje.gallery._testimony import Figures

__all__ = ["Charts", "campaign_charts", "forecast_charts", "hidden_charts"]

#: Figures by name: (text for who cannot see it, SVG).
Charts = dict[str, tuple[str, str]]

_OURS, _OTHER, _GREY = "#1b6ca8", "#c8553d", "#9aa0a6"
_WIDTH, _HEIGHT = 560, 240


def _svg(chart: Any) -> str:
    styled = chart.properties(width=_WIDTH, height=_HEIGHT).configure(
        background="white", font="sans-serif"
    )
    return vl_convert.vegalite_to_svg(styled.to_json())


def _bars(frame: pd.DataFrame, x: str, y: str, color: str, names: dict[str, str]) -> Any:
    scale = alt.Scale(domain=list(names), range=list(names.values()))
    return (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=alt.X(f"{x}:N", sort=None, title=None, axis=alt.Axis(labelAngle=0)),
            xOffset=alt.XOffset(f"{color}:N", sort=list(names)),
            y=alt.Y(f"{y}:Q", title=y),
            color=alt.Color(f"{color}:N", scale=scale, title=None),
        )
    )


def campaign_charts(found: Sequence[Row]) -> dict[str, Charts]:
    """Figures of the published studies from their rows."""
    value = {(row.study, row.quantity): row.ours for row in found}
    return {
        "engel-1954": {"iwo-jima": _iwo_jima()},
        "rubio-campillo-2016": {"fatigue": _fatigue(value)},
    }


def _iwo_jima() -> tuple[str, str]:
    course, record = effectives(), iwojima()
    model = pd.DataFrame({"day": np.arange(1, len(course) + 1), "effectives": course[:, 0]})
    line = (
        alt.Chart(model)
        .mark_line(color=_OURS)
        .encode(
            x=alt.X("day:Q", title="day of the battle"),
            y=alt.Y("effectives:Q", title="US effectives", scale=alt.Scale(zero=False)),
        )
    )
    points = (
        alt.Chart(record).mark_point(color=_OTHER, filled=True).encode(x="day:Q", y="effectives:Q")
    )
    return "US effectives at Iwo Jima by day: record (points) and square law (line)", _svg(
        line + points
    )


def _fatigue(value: dict[tuple[str, str], float | None]) -> tuple[str, str]:
    table = []
    for period in ("1620", "1701", "1793", "1861"):
        for words, quantity in (
            ("their steps", f"fatigue_accepted_{period}"),
            ("no overshoot", f"fatigue_accepted_without_overshoot_{period}"),
        ):
            table.append((period, words, value["rubio-campillo-2016", quantity]))
    frame = pd.DataFrame(table, columns=["period", "steps", "fatigue law, of 1,000 accepted"])
    names = {"their steps": _OTHER, "no overshoot": _OURS}
    return (
        "Runs of the fatigue law among 1,000 accepted, by period, with and without overshoot",
        _svg(_bars(frame, "period", "fatigue law, of 1,000 accepted", "steps", names)),
    )


def forecast_charts(known: Battles, scores: ForecastScores) -> Charts:
    """Calibration, and where the gain on the base rate was made."""
    return {"calibration": _calibration(scores), "gain": _gain(known, scores)}


def _calibration(scores: ForecastScores) -> tuple[str, str]:
    nominal = np.arange(0.05, 1.0, 0.05)
    table = [
        (level, float((np.abs(scores.reached[:, column] - 0.5) <= level / 2).mean()), name)
        for column, name in enumerate(("days", "attackers' losses", "defenders' losses"))
        for level in nominal
    ]
    frame = pd.DataFrame(table, columns=["nominal", "reached", "outcome"])
    colors = alt.Scale(range=[_OURS, _GREY, _OTHER])
    lines = (
        alt.Chart(frame)
        .mark_line(point=True)
        .encode(
            x=alt.X("nominal:Q", title="nominal coverage of the central interval"),
            y=alt.Y("reached:Q", title="share of battles inside"),
            color=alt.Color("outcome:N", title=None, scale=colors),
        )
    )
    ends = pd.DataFrame({"nominal": [0, 1], "reached": [0, 1]})
    diagonal = (
        alt.Chart(ends)
        .mark_line(strokeDash=[4, 4], color="black")
        .encode(x="nominal:Q", y="reached:Q")
    )
    return "Coverage of forecast intervals against nominal; the diagonal is exact", _svg(
        diagonal + lines
    )


def _gain(known: Battles, scores: ForecastScores) -> tuple[str, str]:
    frame = pd.DataFrame(
        {
            "year": known.year[scores.rows],
            "cumulated gain": np.cumsum(scores.ours - scores.base_rate),
        }
    )
    chart = (
        alt.Chart(frame)
        .mark_line(color=_OURS, interpolate="step-after")
        .encode(
            x=alt.X(
                "year:Q",
                title="year of the battle",
                axis=alt.Axis(format="d"),
                scale=alt.Scale(zero=False),
            ),
            y=alt.Y("cumulated gain:Q", title="log score gained on the base rate (nats)"),
        )
    )
    return "Log score gained on the base rate of the era, cumulated over the battles", _svg(chart)


def hidden_charts(known: Figures, scores: HiddenScores) -> Charts:
    """Scores by hidden source."""
    table = []
    for code, name in enumerate(known.sources):
        mine = scores.source == code
        if mine.any():
            table.append((name, "ours", float(scores.crps[mine].mean())))
            table.append((name, "median of the others", float(scores.crps_median[mine].mean())))
    frame = pd.DataFrame(table, columns=["source", "forecast", "mean CRPS, log scale"])
    chart = _bars(
        frame,
        "source",
        "mean CRPS, log scale",
        "forecast",
        {"ours": _OURS, "median of the others": _OTHER},
    ).encode(x=alt.X("source:N", sort=None, title=None, axis=alt.Axis(labelAngle=-35)))
    return {
        "hidden-source": (
            "Mean CRPS by hidden source: ours and the median of the others; less is better",
            _svg(chart),
        )
    }
