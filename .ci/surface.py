"""Say how fully the public surface of inje is typed; end with an error where a type is unknown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

CHECKER = Path(sys.executable).with_name("basedpyright")


def main() -> None:
    """Ask basedpyright for the types of everything that inje exports."""
    done = subprocess.run(
        [str(CHECKER), "--verifytypes", "inje", "--ignoreexternal", "--outputjson"],
        env={**os.environ, "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        found = json.loads(done.stdout)["typeCompleteness"]
    except (ValueError, KeyError):
        sys.exit(f"basedpyright gave no answer: {done.stdout[-500:]}{done.stderr[-500:]}")
    counts = found["exportedSymbolCounts"]
    unknown = [
        symbol["name"]
        for symbol in found["symbols"]
        if symbol["isExported"] and not symbol["isTypeKnown"] and not symbol["isTypeAmbiguous"]
    ]
    print(
        f"types: {sum(counts.values())} public symbols, {counts['withKnownType']} known, "
        f"{counts['withAmbiguousType']} ambiguous, {counts['withUnknownType']} unknown"
    )
    if unknown or not counts["withKnownType"]:
        sys.exit("of unknown type: " + ", ".join(unknown))


if __name__ == "__main__":
    main()
