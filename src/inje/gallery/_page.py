"""Write docs/validation.md and its figures: ``python -m inje.gallery._page``.

Every number of the page comes from the runs; only the sentences are written here.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from inje.datasets import acw, cdb90
from inje.gallery._battles import battles
from inje.gallery._catalogue import studies, validate
from inje.gallery._figures import Charts, campaign_charts, forecast_charts, hidden_charts
from inje.gallery._forecast import FORECAST, forecast_scores, summary
from inje.gallery._hidden_source import HIDDEN_SOURCE, hidden_scores, summary_of
from inje.gallery._study import Row, Study, rows
from inje.gallery._testimony import figures

__all__ = ["main", "page"]

_INTRODUCTION = """\
# Known battles

What the models are worth on battles whose course is known: published numbers beside ours,
forecasts made blind, and sources hidden to be reconstructed. `inje validate` runs all of it,
`inje validate NAME` one study, `--json` gives the rows. This page and its figures are written by
`python -m inje.gallery._page`; no number on it was typed.
"""

_TEXTS = {
    "bracken-1995": """\
Bracken fitted loss of X = (d if X defends, 1/d if X attacks) a Y^p X^q to the first ten days on a
grid of a, b, p, q and d, and found the linear law (p = q = 1). With a and b continuous, at
d = 1.25, the logarithmic law fits best and the linear law worst of the four named members: the
published finding depends on the grid.""",
    "fricker-1998": """\
The same form on all days, fitted freely on the log scale. The exponents have no reading as a law of
attrition; that they come out to the digit shows that data and weights are the same.""",
    "engel-1954": """\
The square law with landings, solved exactly by the matrix exponential, against the
daily effectives. The printed table has a misprint on day 19, which the fit shows: both fits are
given. The simulated worlds of the stochastic engine, fought on from the last landing, lose on the
mean what the equation says; the gap is counted in standard errors.""",
    "small-battles": """\
Where two counts fight, the law of the outcome is computed, not sampled: known chances of small
gunfights, the survivors of even fights, the binomial total at equal rates (the largest difference
of any probability is shown), and a battle of armies to a breakpoint.""",
    "rubio-campillo-2016": """\
Rerun by their rules, nearly every accepted run obeys the fatigue law. Their runs stop where the
first side reaches its recorded loss, so what is compared is how far the last step overshoots, and
the fatigue law's steps shrink. With steps so small that nothing overshoots, the fatigue law and the
logarithmic law are the same curve (both rates are divided by one function of time) and share the
runs. The exact likelihood orders the sides by strength, not by who won: between fatigue and
logarithmic it cannot decide (log Bayes factor 0), the square law loses in every period, and the
linear law does better or worse from period to period. What remains is a verdict against the square
law.""",
    "hartley-cdb90": """\
Hartley's scalar ln[(x0^2 - x^2)/(y0^2 - y^2)] on the log force ratio, refitted to the table in
which the attackers' defeats are not lost.""",
    "helmbold-cdb90": """\
The losses tell who won; the force ratio hardly does better than "always the attacker".""",
    "forecast": """\
Every battle is forecast from those that ended before it began, after 60 that only teach. Known at
the start: strengths, posture, ground, time, war, campaign, who fights. Days in contact are
forecast too, and the losses integrate over them. The model is a hierarchical regression of both
sides' loss fractions and of the days, with levels for size, force ratio, posture, ground, nation,
campaign, war and a trend in time, refitted at every start without the shipped table. Intervals and
errors are clustered by war; two world wars hold half of the battles, so the effective number of
wars is small, and the degrees of freedom follow it. The rivals (base rate of the era, Hartley's
regression, logit on the force ratio) learn from the same past.""",
    "hidden-source": """\
Sources that agree to the person in half of their common figures are one family. A source is hidden
with its family; the model of copying and error is learned from the rest, and forecasts the hidden
casualties of all battle sides on which the rest disagree. Scores are on the log scale, clustered
by battle; coverage is that of figures that are not copies.""",
}

_AFTER = {
    "forecast": """\
What does not work: the middle of the days in contact is too narrow (coverage of 50 %
intervals {coverage_50_days:.3f} +- {coverage_50_days_half_width:.3f}), because published durations
pile up on a few values. And the winner cannot be forecast from strengths, posture and ground
alone: without knowing who fights, the Brier score gains {brier_gain_without_nations:.4f}
+- {brier_gain_without_nations_error:.4f} (standard error) on the force ratio, which is nothing;
the gain above comes from the nations' records.""",
}


def _number(value: float | None) -> str:
    if value is None:
        return ""
    if value and abs(value) < 1e-4:
        return f"{value:.3g}"
    if float(value).is_integer() and abs(value) < 1e9:
        return f"{value:,.0f}"
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.1f}"


def _table(found: Sequence[Row]) -> str:
    lines = ["| quantity | published | ours | difference | holds |", "|---|---:|---:|---:|:-:|"]
    for row in found:
        cells = [f"`{row.quantity}`", *map(_number, (row.published, row.ours, row.difference))]
        lines.append(f"| {' | '.join(cells)} | {'yes' if row.holds else '**no**'} |")
    return "\n".join(lines)


def _section(study: Study, found: Sequence[Row], charts: Charts) -> str:
    figures_of = {row.quantity: row.ours for row in found if row.ours is not None}
    parts = [f"## {study.name}", f"{study.title}. {study.citation}.", _TEXTS[study.name]]
    parts += [f"![{alt}](figures/{name}.svg)" for name, (alt, _svg) in charts.items()]
    parts.append(_table(found))
    if study.name in _AFTER:
        parts.append(_AFTER[study.name].format(**figures_of))
    return "\n\n".join(parts)


def page(found: Sequence[Row], charts: dict[str, Charts]) -> str:
    """The page in Markdown.

    Parameters
    ----------
    found : rows of every study.
    charts : figures by study: name to (text for who cannot see it, SVG).
    """
    held = sum(row.holds for row in found)
    parts = [_INTRODUCTION + f"\n{held} of {len(found)} quantities hold."]
    for name, study in studies().items():
        mine = [row for row in found if row.study == name]
        if mine:
            parts.append(_section(study, mine, charts.get(name, {})))
    return "\n\n".join(parts) + "\n"


def _run() -> tuple[list[Row], dict[str, Charts]]:
    known = battles(cdb90())
    scores = forecast_scores(known)
    told = figures(acw())
    hidden = hidden_scores(told)
    computed = {
        FORECAST.name: replace(FORECAST, compute=lambda _table: summary(known, scores)),
        HIDDEN_SOURCE.name: replace(HIDDEN_SOURCE, compute=lambda _table: summary_of(told, hidden)),
    }
    found: list[Row] = []
    for name in studies():
        found += rows(computed[name]) if name in computed else validate([name])
    charts = campaign_charts(found)
    charts[FORECAST.name] = forecast_charts(known, scores)
    charts[HIDDEN_SOURCE.name] = hidden_charts(told, hidden)
    return found, charts


def main(arguments: list[str] | None = None) -> int:
    """Run every study and write the page; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m inje.gallery._page", description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("docs/validation.md"))
    chosen = parser.parse_args(arguments)
    found, charts = _run()
    folder = chosen.output.parent / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    for of_study in charts.values():
        for name, (_alt, svg) in of_study.items():
            (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
    chosen.output.write_text(page(found, charts), encoding="utf-8")
    return 0 if all(row.holds for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
