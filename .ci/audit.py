"""Ask pip-audit whether a locked package has a known weakness: ``.ci/audit.py LOCK...``.

pip-audit takes "unknown to the service" for "nothing known": here a lock of which nothing could be
looked up is said to be unaudited. Ends with an error only for a weakness that was found.
"""

from __future__ import annotations

import json
import subprocess
import sys


def main() -> None:
    """Audit the locks and say what was looked up."""
    command = ["-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner=off"]
    locks = [part for lock in sys.argv[1:] for part in ("--requirement", lock)]
    done = subprocess.run(
        [sys.executable, *command, "--format=json", *locks],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        found = json.loads(done.stdout)["dependencies"]
    except ValueError:
        last = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"pip-audit: nothing was audited, its service cannot be reached from here ({last})")
        return
    looked_up = [each for each in found if "skip_reason" not in each]
    weak = [each for each in looked_up if each["vulns"]]
    for each in weak:
        names = ", ".join(vuln["id"] for vuln in each["vulns"])
        fixes = sorted({fix for vuln in each["vulns"] for fix in vuln["fix_versions"]})
        print(
            f"{each['name']} {each['version']}: {names}; mended in {', '.join(fixes) or 'nothing'}"
        )
    if not looked_up:
        print("pip-audit: nothing was audited, its service knows none of the packages from here")
    else:
        print(f"pip-audit: {len(looked_up)} of {len(found)} packages looked up, {len(weak)} weak")
    sys.exit(bool(weak))


if __name__ == "__main__":
    main()
