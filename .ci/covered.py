"""Say what share of the lines and branches the tests reach, by package: after `coverage run`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

COUNTS = ("covered_lines", "num_statements", "covered_branches", "num_branches")


def shares(report: dict[str, object]) -> dict[str, list[int]]:
    """Counts by package of `inje`, modules of the top under "inje" itself; the sum is last."""
    found: dict[str, list[int]] = defaultdict(lambda: [0] * len(COUNTS))
    files = report["files"]
    assert isinstance(files, dict)
    for name, told in files.items():
        parts = Path(name).parts
        below = parts[parts.index("inje") + 1 :]
        package = below[0] if len(below) > 1 else "inje"
        for key in (package, "in all"):
            found[key] = [
                n + int(told["summary"][of]) for n, of in zip(found[key], COUNTS, strict=True)
            ]
    total = found.pop("in all")
    return {**dict(sorted(found.items())), "in all": total}


def row(package: str, counts: list[int]) -> str:
    """One line of the table."""
    lines, statements, branches, ways = counts
    share = 100 * (lines + branches) / max(statements + ways, 1)
    own, branched = 100 * lines / max(statements, 1), 100 * branches / max(ways, 1)
    numbers = f"{statements:>8,} {own:>7.1f} % {ways:>8,} {branched:>7.1f} % {share:>7.1f} %"
    return f"{package:<12} {numbers}"


def main() -> None:
    """Read what `coverage run` left, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        command = [sys.executable, "-m", "coverage", "json", "-q", "-o", str(path)]
        subprocess.run(command, check=True)
        report = json.loads(path.read_text(encoding="utf-8"))
    print(f"{'package':<12} {'lines':>8} {'reached':>9} {'branches':>8} {'reached':>9} {'both':>9}")
    for package, counts in shares(report).items():
        print(row(package, counts))


if __name__ == "__main__":
    main()
