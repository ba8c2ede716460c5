"""Figures: drawn by us for the page and by Vega for files, from one description."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reporting.made_up import EVIL, report_data

from inje.errors import OptionError
from inje.reporting import Report
from inje.reporting._drawing import PRIOR, draw
from inje.reporting._figures import (
    account_plot,
    density_plot,
    joint_plot,
    reliability_plot,
    timeline_plot,
)
from inje.reporting._plots import Marks, Plot, Rows, Scale, linear_ticks
from inje.reporting._vega import vega_lite

_LINE = re.compile(r'<line x1="([^"]*)" y1="([^"]*)" x2="([^"]*)" y2="([^"]*)"([^>]*)>')
_MOVED = re.compile(r'transform="translate\(([^,]*),([^)]*)\)" x2="([^"]*)" y2="([^"]*)"([^>]*)>')


def plots() -> dict[str, Plot]:
    data = report_data()
    row = next(row for row in data.quantities if row.density is not None)
    assert row.density is not None
    assert data.joint is not None
    assert data.pairs
    labels = [f"{d} May" for d in range(2, 9)]
    times = [t for t in data.times if t.posterior.q50 is not None]
    return {
        "density": density_plot(row.density, [(20, 20), (5, 9)], unit="days"),
        "joint": joint_plot(data.joint),
        "accounts": account_plot(data.pairs),
        "narrow accounts": account_plot(data.pairs, narrow=True, width=340),
        "sources": reliability_plot(data.sources),
        "timeline": timeline_plot([("said", 0, 2)], times, start=-1, end=4, labels=labels),
    }


def drawn_rules(plot: Plot) -> list[tuple[float, ...]]:
    """Ends of our rules: those that have a width of their own."""
    found = []
    for x, y, x2, y2, rest in _LINE.findall(draw(plot, "words")):
        if "stroke-width" in rest:
            found.append(tuple(map(float, (x, y, x2, y2))))
    return sorted(found)


def vega_rules(plot: Plot) -> list[tuple[float, ...]]:
    vl_convert = pytest.importorskip("vl_convert")
    svg = vl_convert.vegalite_to_svg(vega_lite(plot, "words"))
    colours = {marks.colour for marks in plot.marks if marks.kind == "rule"}
    body = svg[svg.index("mark-rule role-mark") :]
    found = []
    for x, y, dx, dy, rest in _MOVED.findall(body):
        if any(f'stroke="{colour}"' in rest for colour in colours):
            a, b = float(x), float(y)
            found.append((a, b, a + float(dx), b + float(dy)))
    return sorted(found)


@pytest.mark.parametrize("name", list(plots()))
def test_both_hands_put_every_rule_in_the_same_place(name: str) -> None:
    plot = plots()[name]
    ours, vegas = drawn_rules(plot), vega_rules(plot)
    assert ours
    assert len(ours) == len(vegas)
    for one, other in zip(ours, vegas, strict=True):
        (x, y, x2, y2), (a, b, a2, b2) = one, other
        assert sorted((x, x2)) == pytest.approx(sorted((a, a2)), abs=0.6)
        assert sorted((y, y2)) == pytest.approx(sorted((b, b2)), abs=0.6)


def test_both_hands_write_the_same_words() -> None:
    vl_convert = pytest.importorskip("vl_convert")
    plot = plots()["joint"]
    words = re.compile(r"<text[^>]*>([^<]*)</text>")
    vegas = set(words.findall(vl_convert.vegalite_to_svg(vega_lite(plot, "words"))))
    assert set(words.findall(draw(plot, "words"))) == vegas


def test_an_area_outlines_what_is_given_and_stands_on_the_foot() -> None:
    plot = Plot(
        100,
        50,
        Scale(0, 10, side=""),
        Scale(0, 2, side=""),
        (Marks("area", ({"x": 0, "y": 1}, {"x": 5, "y": 1}, {"x": 5, "y": 2}), PRIOR),),
    )
    assert 'd="M0 25H50V0V50H0Z"' in draw(plot, "words")


def test_words_in_a_figure_stay_words() -> None:
    rows = Rows((EVIL,), room=4000)
    plot = Plot(100, rows.height, Scale(0, 1), rows, ())
    svg = draw(plot, EVIL)
    assert "<script" not in svg
    assert svg.count("<text") == 1
    assert 'aria-label="&lt;/script&gt;' in svg


def test_words_that_would_touch_are_left_out() -> None:
    ticks = tuple((v / 10, f"a long label {v}") for v in range(11))
    svg = draw(Plot(300, 20, Scale(0, 1, ticks=ticks), Scale(0, 1, side="")), "words")
    assert 1 < svg.count("<text") < 6
    far = draw(Plot(3000, 20, Scale(0, 1, ticks=ticks), Scale(0, 1, side="")), "words")
    assert far.count("<text") == 11


@given(st.floats(-1e3, 1e3), st.floats(0.1, 1e6), st.integers(2, 12))
def test_ticks_are_even_and_within(low: float, span: float, count: int) -> None:
    ticks = linear_ticks(low, low + span, count)
    assert len(ticks) <= 3 * count + 1
    slack = 1e-6 * span + 1e-9 * abs(low)
    assert all(low - slack <= v <= low + span + slack for v in ticks)
    gaps = [b - a for a, b in pairwise(ticks)]
    assert all(gap == pytest.approx(gaps[0], rel=1e-6, abs=1e-9) for gap in gaps)


def test_a_scale_bends_as_it_says() -> None:
    assert Scale(1, 100, "log").place(10) == pytest.approx(0.5)
    assert Scale(-9, 9, "symlog").place(0) == pytest.approx(0.5)
    assert Scale(2, 4).place(3) == pytest.approx(0.5)


def test_every_figure_is_a_file_in_three_forms(tmp_path: Path) -> None:
    report = Report(report_data())
    assert {"timeline", "losses", "accounts", "sources"} <= set(report.figures)
    quantities = [row.name for row in report.data.quantities if row.density is not None]
    assert set(quantities) <= set(report.figures)
    for name, figure in report.figures.items():
        svg = figure.save(tmp_path / f"{name}.svg")
        root = ElementTree.fromstring(svg.read_text())  # noqa: S314  our own file
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.get("aria-label") == figure.words
        spec = json.loads(figure.save(tmp_path / f"{name}.json").read_text())
        assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
        assert spec["layer"]
    png = report.figure("timeline").save(tmp_path / "timeline.png").read_bytes()
    assert png.startswith(b"\x89PNG")
    assert len(png) > 2000


def test_a_figure_is_an_altair_chart() -> None:
    pytest.importorskip("altair")
    chart = Report(report_data()).figure("accounts").chart()
    assert chart.to_dict()["layer"], "and it is valid Vega-Lite"


def test_what_is_no_figure_is_refused(tmp_path: Path) -> None:
    report = Report(report_data())
    with pytest.raises(OptionError, match="timeline"):
        report.figure("moon")
    with pytest.raises(OptionError, match=r"\.svg, \.png"):
        report.figure("timeline").save(tmp_path / "timeline.bmp")
    assert not list(tmp_path.iterdir())
