"""Reconstruct every practice article and write the table of what came of it.

``.ci/practice.py ARTICLES PAGE [FOLDER]``: each article goes the whole way, unattended, in a
process of its own with two threads, one after the other. PAGE is written anew; nothing in it is
typed by hand. With FOLDER the results are kept there, and those already there are not made again.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from pathlib import Path
from typing import Any

from inje.posterior import load_posterior
from inje.reporting import machine_form
from inje.runs import Batch, BatchRow, reconstruct_each

SUFFIXES = (".txt", ".wikitext", ".html")
#: effective worlds that are asked for
ENOUGH = 1000
HEAD = """# Practice articles

<!-- written by `make practice`; do not edit -->

These articles served to make and to try the rules that read. Each goes from text to report without
a hand-written word, by `inje reconstruct --ess 1000 --threads 2`, one after the other. Strengths
and losses are medians of the weighed worlds with their 90 % intervals; the outcome is the share of
weighed worlds that each side wins; findings are what `inje check` would tell an editor. "Read to"
is how closely exact figures were read, where no world met them to the last person
([why](decisions/cheapest-sampler-first.md)). Seconds are elapsed time on the machine that wrote
this page, from article to report, and processor time of all threads; other work on that machine
makes both longer. A reconstruction that is not to be relied on says so below.

| article | sides | strengths | losses | outcome | ESS | read to | findings | seconds | processor |
| --- | --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: |
"""
#: the processor seconds of articles that are already there
TIMES = "processor.json"


def form_of(row: BatchRow) -> dict[str, Any]:
    """The machine form of what an article's run left in its folder, and how figures were read."""
    posterior = load_posterior(Path(row.folder) / "posterior.nc")
    form = machine_form(posterior, posterior.scenario.dossier, {})
    return {**form, "grain": posterior.claims.grain}


def plain(text: str) -> str:
    """What an article says, as text that is no markup."""
    return text.replace("|", "/").replace("<", "&lt;").replace("[", "&#91;")


def interval(quantities: dict[str, Any], path: str) -> str:
    """Median and 95 % interval of a quantity."""
    if path not in quantities:
        return "-"
    low, middle, high = quantities[path]["posterior"]
    return f"{middle:,.0f} ({low:,.0f}-{high:,.0f})"


def cells(row: BatchRow, form: dict[str, Any] | None, processor: float) -> str:
    """One row of the table."""
    name, seconds = Path(row.source).name, f"{row.seconds:.0f} | {processor:.0f}"
    if form is None:
        return f"| {name} | {plain(row.reason)} | | | | | | | {seconds} |"
    by_name = {each["name"]: each for each in form["quantities"]}
    winner, sides = form["outcome"]["winner"], form["sides"][:2]
    shown = [
        name,
        "<br>".join(plain(side["name"]) for side in sides),
        "<br>".join(interval(by_name, f"strength.{side['id']}") for side in sides),
        "<br>".join(interval(by_name, f"losses.{side['id']}.total") for side in sides),
        "<br>".join(f"{100 * winner.get(side['id'], 0.0):.0f} %" for side in sides),
        f"{form['ess']:,.0f}",
        f"{100 * form['grain']:g} %" if form["grain"] else "",
        str(len(form["findings"])),
        seconds,
    ]
    return f"| {' | '.join(shown)} |"


def foot(batch: Batch, forms: dict[str, dict[str, Any]]) -> str:
    """What is to be said of all, and why some are not to be relied on."""
    done = {row.source: row for row in batch.rows if row.source in forms}
    short = [row for source, row in done.items() if forms[source]["remedy"]]
    few = [row for source, row in done.items() if forms[source]["ess"] < ENOUGH]
    told = (
        f"\n\n{len(batch.rows)} articles, {len(batch.failed)} refused, {len(short)} not to be "
        f"relied on, {len(few)} with fewer than 1,000 effective worlds; the slowest took "
        f"{max(row.seconds for row in batch.rows):.0f} s.\n"
    )
    if short:
        told += "\n## Not to be relied on, and why\n\n" + "\n".join(
            f"- {Path(row.source).name}: {plain(row.sentence)} To do: "
            f"{plain(forms[row.source]['remedy'])}."
            for row in short
        )
    return told.rstrip("\n") + "\n"


def main(articles: Path, page: Path, folder: Path) -> None:
    """Reconstruct all, then write the page."""
    chosen = sorted(str(each) for each in articles.iterdir() if each.suffix in SUFFIXES)
    times = folder / TIMES
    spent: dict[str, float] = json.loads(times.read_text()) if times.exists() else {}
    before = processor_time()

    def tell(done: int, most: int, row: BatchRow) -> None:
        nonlocal before
        now = processor_time()
        spent[Path(row.source).name], before = now - before, now
        times.write_text(json.dumps(spent))
        print(
            f"{done} of {most}: {row.source}: {row.reason or 'done'}, {row.seconds:.0f} s",
            flush=True,
        )

    options = ["--seed=1", "--threads=2", f"--ess={ENOUGH}"]
    batch = reconstruct_each(chosen, folder, jobs=1, options=options, resume=True, progress=tell)
    forms = {row.source: form_of(row) for row in batch.rows if not row.code}
    lines = [cells(row, forms.get(row.source), spent[Path(row.source).name]) for row in batch.rows]
    page.write_text(HEAD + "\n".join(lines) + foot(batch, forms), encoding="utf-8")


def processor_time() -> float:
    """Processor seconds of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as spare:
        main(Path(sys.argv[1]), Path(sys.argv[2]), Path((sys.argv[3:] or [spare])[0]))
