"""Reconstruct every practice article and write the table of what came of it.

``.ci/practice.py ARTICLES PAGE [FOLDER]``: each article goes the whole way, unattended, in a
process of its own, two at a time with one thread each. PAGE is written anew; nothing in it is typed
by hand. With FOLDER the results are kept there, and those already there are not made again.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from inje.dossier import load_dossier
from inje.posterior import load_posterior
from inje.reporting import machine_form
from inje.runs import BatchRow, reconstruct_each

SUFFIXES = (".txt", ".wikitext", ".html")
#: effective worlds that are asked for
ENOUGH = 1000
HEAD = """# Practice articles

<!-- written by `make practice`; do not edit -->

Every practice article goes from text to report without a hand-written word, by `inje reconstruct`,
two at a time, one thread each, until 1,000 effective worlds are found (`--ess=1000`). Strengths
and losses are medians of the weighed worlds with their 95 % intervals; the outcome is the share of
weighed worlds that each side wins; findings are what `inje check` would tell an editor; seconds are
elapsed time on the machine that built this page.

| article | sides | strengths | losses | outcome | ESS | findings | seconds |
| --- | --- | --- | --- | --- | ---: | ---: | ---: |
"""


def form_of(row: BatchRow) -> dict[str, Any]:
    """The machine form of what an article's run left in its folder."""
    dossier = load_dossier(Path(row.folder) / "dossier.yaml")
    return machine_form(load_posterior(Path(row.folder) / "posterior.nc"), dossier, {})


def interval(quantities: dict[str, Any], path: str) -> str:
    """Median and 95 % interval of a quantity."""
    if path not in quantities:
        return "-"
    low, middle, high = quantities[path]["posterior"]
    return f"{middle:,.0f} ({low:,.0f}-{high:,.0f})"


def cells(row: BatchRow) -> str:
    """One row of the table; what an article says is text, never markup."""
    name, seconds = Path(row.source).name, f"{row.seconds:.0f}"
    if row.code:
        reason = row.reason.replace("|", "/").replace("<", "&lt;")
        return f"| {name} | {reason} | | | | | | {seconds} |"
    form = form_of(row)
    by_name = {each["name"]: each for each in form["quantities"]}
    winner, sides = form["outcome"]["winner"], form["sides"][:2]
    shown = [
        name,
        "<br>".join(side["name"].replace("|", "/").replace("<", "&lt;") for side in sides),
        "<br>".join(interval(by_name, f"strength.{side['id']}") for side in sides),
        "<br>".join(interval(by_name, f"losses.{side['id']}.total") for side in sides),
        "<br>".join(f"{100 * winner.get(side['id'], 0.0):.0f} %" for side in sides),
        f"{form['ess']:,.0f}",
        str(len(form["findings"])),
        seconds,
    ]
    return f"| {' | '.join(shown)} |"


def main(articles: Path, page: Path, folder: Path) -> None:
    """Reconstruct all, then write the page."""
    chosen = sorted(str(each) for each in articles.iterdir() if each.suffix in SUFFIXES)

    def tell(done: int, most: int, row: BatchRow) -> None:
        print(f"{done} of {most}: {row.source}: {row.reason or 'done'}, {row.seconds:.0f} s")

    options = ["--seed=1", "--threads=1", f"--ess={ENOUGH}"]
    batch = reconstruct_each(chosen, folder, jobs=2, options=options, resume=True, progress=tell)
    short = [row for row in batch.rows if row.ess is not None and row.ess < ENOUGH]
    foot = (
        f"\n\n{len(batch.rows)} articles, {len(batch.failed)} refused, {len(short)} with fewer "
        "than 1,000 effective worlds; the slowest took "
        f"{max(row.seconds for row in batch.rows):.0f} s.\n"
    )
    if short:
        foot += "\nWhere there are fewer than 1,000 effective worlds, the posterior says why:\n\n"
        foot += "\n".join(f"- {Path(row.source).name}: {row.sentence}" for row in short)
        foot += "\n"
    page.write_text(HEAD + "\n".join(map(cells, batch.rows)) + foot, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as spare:
        main(Path(sys.argv[1]), Path(sys.argv[2]), Path((sys.argv[3:] or [spare])[0]))
