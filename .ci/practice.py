"""Reconstruct every practice article and write the table of what came of it.

``.ci/practice.py ARTICLES PAGE [FOLDER]``: each article goes the whole way, unattended, in a
process of its own, two at a time with one thread each. PAGE is written anew; nothing in it is typed
by hand. With FOLDER the results are kept there, and those already there are not made again.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

SUFFIXES = (".txt", ".wikitext", ".html")
HEAD = """# Practice articles

<!-- written by `make practice`; do not edit -->

Every practice article goes from text to report without a hand-written word, by `inje reconstruct`,
two at a time, one thread each. Strengths and losses are medians of the weighed worlds with their
95 % intervals; the outcome is the share of weighed worlds that each side wins; findings are what
`inje check` would tell an editor; seconds are elapsed time on the machine that built this page.

| article | sides | strengths | losses | outcome | ESS | findings | seconds |
| --- | --- | --- | --- | --- | ---: | ---: | ---: |
"""


def reconstruct(article: Path, folder: Path) -> dict[str, Any]:
    """The machine form of one article's reconstruction, with its seconds, or why there is none."""
    kept = folder / f"{article.stem}.json"
    if kept.exists():
        return json.loads(kept.read_text(encoding="utf-8"))
    begun = time.perf_counter()
    command = [sys.executable, "-m", "inje", "reconstruct", str(article), "--json"]
    command += ["--seed", "1", "--threads", "1", "-o", str(folder / article.stem)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found: dict[str, Any] = {"code": done.returncode, "seconds": time.perf_counter() - begun}
    if done.returncode == 0:
        found |= json.loads(done.stdout)
    else:
        found["reason"] = done.stderr.strip().splitlines()[0].removeprefix("inje: ")
    kept.write_text(json.dumps(found), encoding="utf-8")
    print(f"{article.name}: {found['seconds']:.0f} s, {found.get('reason', 'done')}", flush=True)
    return found


def interval(quantities: dict[str, Any], path: str) -> str:
    """Median and 95 % interval of a quantity."""
    if path not in quantities:
        return "-"
    low, middle, high = quantities[path]["posterior"]
    return f"{middle:,.0f} ({low:,.0f}-{high:,.0f})"


def row(article: Path, found: dict[str, Any]) -> str:
    """One row of the table; what an article says is text, never markup."""
    if found["code"]:
        reason = found["reason"].replace("|", "/").replace("<", "&lt;")
        return f"| {article.name} | {reason} | | | | | | {found['seconds']:.0f} |"
    by_name = {each["name"]: each for each in found["quantities"]}
    winner, sides = found["outcome"]["winner"], found["sides"][:2]
    names = [side["name"].replace("|", "/").replace("<", "&lt;") for side in sides]
    cells = [
        article.name,
        "<br>".join(names),
        "<br>".join(interval(by_name, f"strength.{side['id']}") for side in sides),
        "<br>".join(interval(by_name, f"losses.{side['id']}.total") for side in sides),
        "<br>".join(f"{100 * winner.get(side['id'], 0.0):.0f} %" for side in sides),
        f"{found['ess']:,.0f}",
        str(len(found["findings"])),
        f"{found['seconds']:.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def main(articles: Path, page: Path, folder: Path) -> None:
    """Reconstruct all, then write the page."""
    chosen = sorted(each for each in articles.iterdir() if each.suffix in SUFFIXES)
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda article: reconstruct(article, folder), chosen))
    pairs = list(zip(chosen, results, strict=True))
    table = "\n".join(row(article, found) for article, found in pairs)
    short = [pair for pair in pairs if not pair[1]["code"] and pair[1]["ess"] < 1000]
    refused = sum(1 for found in results if found["code"])
    slowest = max(found["seconds"] for found in results)
    foot = (
        f"\n\n{len(pairs)} articles, {refused} refused, {len(short)} with fewer than 1,000 "
        f"effective worlds; the slowest took {slowest:.0f} s.\n"
    )
    if short:
        foot += "\nWhere there are fewer than 1,000 effective worlds, the posterior says why:\n\n"
        foot += "\n".join(f"- {article.name}: {found['sentence']}" for article, found in short)
        foot += "\n"
    page.write_text(HEAD + table + foot, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as spare:
        main(Path(sys.argv[1]), Path(sys.argv[2]), Path((sys.argv[3:] or [spare])[0]))
