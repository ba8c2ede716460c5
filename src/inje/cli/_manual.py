"""What stands below every `--help`: examples, files, exit codes, and where to read on.

The examples are in the order in which a reader would use them, on one article; a test says them
all.
"""

from __future__ import annotations

__all__ = ["EXAMPLES", "epilog_of"]

#: by command, lines that can be said as they stand
EXAMPLES: dict[str, tuple[str, ...]] = {
    "new": ('inje new --title "Battle of the Ford" --side North --side South -o ford.yaml',),
    "read": ("inje read article.txt", "inje read article.txt -o document.json"),
    "check": (
        "inje check article.txt",
        "inje check article.txt --ignore single-work --format sarif",
        "inje check --rules",
    ),
    "extract": (
        "inje extract article.txt -o dossier.yaml",
        "inje extract article.txt --into dossier.yaml",
    ),
    "schema": ("inje schema dossier", "inje schema scenario"),
    "export": (
        "inje export dossier.yaml --format csl -o works.json",
        "inje export dossier.yaml --format places -o places.json",
    ),
    "import": ("inje import battles.csv -o battles",),
    "model": ("inje model dossier.yaml -o scenario.yaml",),
    "replay": ("inje replay scenario.yaml --world 3",),
    "simulate": (
        "inje simulate scenario.yaml --worlds 2000 --path winner",
        "inje simulate scenario.yaml --worlds 2000 -o ensemble.nc",
    ),
    "condition": (
        "inje condition scenario.yaml -o posterior.nc --ess 300",
        "inje condition scenario.yaml -o doubted.nc --ess 300 --reliability azimi=E",
    ),
    "reconstruct": (
        "inje reconstruct article.txt -o battle --ess 300",
        "inje reconstruct battle/dossier.yaml -o battle --ess 300",
        "inje reconstruct --each --jobs 2 *.txt -o battles --ess 300",
    ),
    "report": (
        "inje report posterior.nc -o report.html",
        "inje report posterior.nc --figure timeline -o timeline.svg",
    ),
    "trace": ("inje trace report.html n-ess",),
    "compare": (
        "inje compare posterior.nc",
        "inje compare posterior.nc --reliability book=C --reliability azimi=E",
    ),
    "what-if": (
        "inje what-if posterior.nc strength.ang-reinforcements=0",
        "inje what-if posterior.nc --each attacker=ang attacker=iranian_army",
    ),
    "seek": ("inje seek posterior.nc", "inje seek posterior.nc --target winner --letter C"),
    "diff": ("inje diff posterior.nc doubted.nc",),
    "laws": ("inje laws",),
    "cite": ("inje cite lanchester1916",),
    "validate": ("inje validate small-battles",),
    "review": ("inje review dossier.yaml",),
    "explore": ("inje explore posterior.nc",),
}
#: what code 1 means, where a command has it
ONE = {
    "check": "there are findings",
    "diff": "the two differ",
    "validate": "a quantity does not hold",
    "reconstruct": "with --each: an article failed",
}
#: files that a command reads or writes besides those that it names
FILES = {
    "reconstruct": (
        "document.json, dossier.yaml, scenario.yaml, posterior.nc, report.html and manifest.json "
        "in the folder of -o; posterior.nc.unfinished holds the progress of a run"
    ),
    "condition": "the dossier.yaml beside the scenario; OUTPUT.unfinished holds the progress",
    "simulate": "the dossier.yaml beside the scenario; OUTPUT.unfinished holds the progress",
    "replay": "the dossier.yaml beside the scenario",
    "report": "the manifest.json beside the posterior, where there is one",
}
PAGES = {
    "check": "docs/how-to/lint-an-article.md",
    "compare": "docs/how-to/question-a-source.md",
    "condition": "docs/explanation/why-worlds-are-weighed.md",
    "export": "docs/how-to/exchange.md",
    "import": "docs/how-to/exchange.md",
    "model": "docs/how-to/scenario-by-hand.md",
    "new": "docs/how-to/scenario-by-hand.md",
    "reconstruct": "docs/tutorial.md",
    "report": "docs/how-to/report.md",
    "seek": "docs/explanation/who-attacked-and-why.md",
    "simulate": "docs/how-to/long-runs.md",
    "what-if": "docs/explanation/what-a-what-if-means.md",
}


def epilog_of(name: str) -> str:
    """The end of a command's help: paragraphs, for the help joins the lines of one."""
    parts = ["Examples:", *(f"$ {example}" for example in EXAMPLES[name])]
    if name in FILES:
        parts.append(f"Files: {FILES[name]}.")
    one = f"1 {ONE[name]}, or " if name in ONE else "1 "
    parts.append(f"Exit codes: 0 done; {one}no room or memory; 2 bad input; 130 interrupted.")
    if name in PAGES:
        parts.append(f"More: {PAGES[name]}, in the sources")
    return "\n\n".join(parts)
