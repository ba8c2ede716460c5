"""The figures of a report by name: for the page, for files of their own, for notebooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inje.reporting._data import Interval, QuantityRow, ReportData
from inje.reporting._drawing import PAPER, RULE, SIDES, Drawn, draw
from inje.reporting._figures import (
    account_plot,
    control_plot,
    density_plot,
    joint_plot,
    reliability_plot,
    timeline_plot,
)
from inje.reporting._ledger import format_number, spoken
from inje.reporting._plots import Plot
from inje.reporting._saving import picture_of, save_as, to_text
from inje.reporting._timeline import MOST_DAYS, brief_day, clock_days, dated_rows, day_labels
from inje.reporting._vega import vega_lite
from inje.reporting._wording import claimed_bounds, words_of_day
from inje.tables import in_markdown, shown

if TYPE_CHECKING:
    import altair as alt

__all__ = ["Figure", "density_figure", "figures_of"]

#: widths in pixels: of a page, and of a phone
_WIDE, _NARROW = 700.0, 340.0


@dataclass(frozen=True)
class Figure:
    """A figure of a report.

    Attributes
    ----------
    name : what it is asked for by ("timeline", "losses.iran.total").
    words : its text alternative.
    plot : what it shows. narrow : the same for a phone, where it differs.
    """

    name: str
    words: str
    plot: Plot
    narrow: Plot | None = None

    @cached_property
    def drawn(self) -> Drawn:
        """The figure as it stands in the page."""
        narrow = draw(self.narrow, self.words) if self.narrow else None
        return Drawn(self.words, draw(self.plot, self.words), narrow)

    def svg(self) -> str:
        """An SVG document."""
        drawn = draw(self.plot, self.words, ground=PAPER)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn}\n'

    def png(self, scale: float = 2.0) -> bytes:
        """A PNG picture, `scale` pixels to a unit of the drawing."""
        return picture_of(self.svg(), scale)

    def vega_lite(self) -> dict[str, Any]:
        """The figure as a Vega-Lite specification, complete with its data."""
        return vega_lite(self.plot, self.words)

    def chart(self) -> alt.LayerChart:
        """The figure as an Altair chart, to be worked on further."""
        import altair as alt

        return alt.LayerChart.from_dict(self.vega_lite())

    def save(self, path: str | Path) -> Path:
        """Write the figure; the ending decides the form: .svg, .png, or .json for Vega-Lite.

        Raises
        ------
        OptionError : another ending.
        """
        forms = {".svg": self.svg, ".png": self.png, ".json": lambda: to_text(self.vega_lite())}
        return save_as(path, forms, "a figure", ".svg, .png, .json (Vega-Lite)")

    def _repr_svg_(self) -> str:
        return draw(self.plot, self.words)

    def _repr_markdown_(self) -> str:
        return in_markdown(shown(self.name, (self.words,)))


def figures_of(data: ReportData) -> dict[str, Figure]:
    """Every figure that a report can show, by name."""
    found = [make(data) for make in (_timeline, _control, _joint, _accounts, _sources)]
    found += [density_figure(row, data) for row in data.quantities]
    return {figure.name: figure for figure in found if figure is not None}


def density_figure(row: QuantityRow, data: ReportData) -> Figure | None:
    """A quantity before and after, with what claims say of it."""
    if row.density is None:
        return None
    said = [
        bounds
        for claim in data.dossier.claims
        if claim.about == row.name and claim.status != "rejected"
        if (bounds := claimed_bounds(claim.value)) is not None
    ]
    words = (
        f"{row.label}: before {_spoken(row.prior, row.unit)}, after "
        f"{_spoken(row.posterior, row.unit)}."
    )
    unit = "" if row.unit == "people" else row.unit
    return Figure(row.name, words, density_plot(row.density, said, unit=unit))


def _spoken(interval: Interval, unit: str) -> str:
    low, middle, high = (spoken(v, unit) for v in (interval.q05, interval.q50, interval.q95))
    return f"{middle} ({low} to {high})"


def _both(
    name: str,
    words: str,
    plot: Callable[..., Plot],
    wide: float = _WIDE,
    narrow: float = _NARROW,
) -> Figure:
    return Figure(name, words, plot(width=wide, narrow=False), plot(width=narrow, narrow=True))


def _timeline(data: ReportData) -> Figure | None:
    dated = dated_rows(data.dossier, data.scenario)
    if not dated and not data.times:
        return None
    _, days = clock_days(data.scenario)
    labels = day_labels(data.scenario)
    told = [f"{label}" for label, _, _ in dated] + [
        f"{row.label}: day {_spoken(row.posterior, 'days')}" for row in data.times
    ]

    def plot(*, width: float, narrow: bool) -> Plot:
        return timeline_plot(
            dated, data.times, start=-1, end=days + 1, labels=labels, width=width, narrow=narrow
        )

    return _both("timeline", f"Days of the battle. {'. '.join(told)}.", plot)


def _control(data: ReportData) -> Figure | None:
    rows = [row for row in data.control if row.day]
    if not rows:
        return None
    days = list(dict.fromkeys(row.day for row in rows))[:MOST_DAYS]
    places = list(dict.fromkeys(row.label for row in rows))
    short = {day: brief_day(day) for day in days}
    names = {side: name for row in rows for side, name, _ in row.sides}
    colours = {
        names[s.id]: SIDES[i % len(SIDES)]
        for i, s in enumerate(data.scenario.sides)
        if s.id in names
    }
    cells = list(_shares_held(data, short))
    words = "Control: " + "; ".join(
        f"{row.label} at the end of {words_of_day(row.day)}: "
        + ", ".join(f"{name} {format_number(share, '%')}" for _, name, share in row.sides)
        for row in rows
        if row.day == days[-1]
    )

    def plot(*, width: float, narrow: bool) -> Plot:
        order = [short[day] for day in days]
        return control_plot(
            places, order, cells, {**colours, "nobody": RULE}, width=width, narrow=narrow
        )

    return _both("control", words, plot)


def _shares_held(data: ReportData, short: dict[str, str]) -> Iterator[tuple[str, str, str, float]]:
    """Place, day, side and probability; nobody holds the rest."""
    for row in data.control:
        if row.day not in short:
            continue
        for _, name, share in row.sides:
            yield row.label, short[row.day], name, share
        nobody = 1 - sum(share for _, _, share in row.sides)
        if nobody > 0.001:
            yield row.label, short[row.day], "nobody", nobody


def _joint(data: ReportData) -> Figure | None:
    joint = data.joint
    if joint is None:
        return None
    words = f"Joint density of {joint.x_label} and {joint.y_label}; " + "; ".join(
        claim.label for claim in joint.claims
    )

    def plot(*, width: float, narrow: bool) -> Plot:
        return joint_plot(joint, width=width, height=240 if narrow else 320)

    return _both("losses", words, plot, 440, 260)


def _accounts(data: ReportData) -> Figure | None:
    pairs = data.pairs
    if not pairs:
        return None
    words = "Accounts compared: " + "; ".join(
        f"{p.first_label} over {p.second_label} {format_number(p.db, 'dB')} dB, from "
        f"{format_number(p.low, 'dB')} to {format_number(p.high, 'dB')}"
        for p in pairs
    )

    def plot(*, width: float, narrow: bool) -> Plot:
        return account_plot(pairs, width=width, narrow=narrow)

    return _both("accounts", words, plot)


def _sources(data: ReportData) -> Figure | None:
    rows = [row for row in data.sources if not row.conflict]
    if not rows:
        return None
    words = "Reliability of the sources: " + "; ".join(
        f"{r.label} {_spoken(r.posterior, '%')}" for r in rows
    )

    def plot(*, width: float, narrow: bool) -> Plot:
        return reliability_plot(rows, width=width, narrow=narrow)

    return _both("sources", words, plot)
