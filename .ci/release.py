"""Build wheel and sdist, install the wheel into an empty environment, print what it weighs.

Run by `make release` with the project's own Python: ``.ci/release.py DIST UV``. Writes the wheel,
the sdist and a bill of materials (CycloneDX) into DIST. Ends with an error when the installed core
is not what it should be: it does not start, or it weighs 600 MB or more.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 600e6  # bytes of an installed core, without extras


def run(*command: str | Path) -> str:
    """Run a command outside the source tree and give back what it said."""
    with tempfile.TemporaryDirectory() as elsewhere:
        done = subprocess.run(
            command, cwd=elsewhere, capture_output=True, text=True, check=False, env=_environment()
        )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def build(dist: Path, uv: Path) -> Path:
    """Build sdist, and from it the wheel; give back the wheel."""
    shutil.rmtree(dist, ignore_errors=True)
    run(uv, "build", "-q", "--python", sys.executable, "--no-build-isolation", "-o", dist, ROOT)
    (wheel,) = dist.glob("*.whl")
    return wheel


def install(wheel: Path, uv: Path, home: Path) -> Path:
    """Install the core, by its lock, and the wheel into an empty environment."""
    run(uv, "venv", "-q", "--python", sys.executable, home)
    python = home / "bin" / "python"
    lock = ROOT / "requirements" / "run.lock"
    run(uv, "pip", "install", "-q", "--python", python, "--require-hashes", "-r", lock)
    run(uv, "pip", "install", "-q", "--python", python, "--no-deps", wheel)
    run(uv, "pip", "check", "-q", "--python", python)
    return python


def distributions(home: Path) -> list[metadata.Distribution]:
    """What is installed there."""
    (site,) = (home / "lib").glob("python3*/site-packages")
    return sorted(metadata.distributions(path=[str(site)]), key=lambda each: each.name.lower())


def weight(distribution: metadata.Distribution) -> int:
    """Bytes of the files that a distribution brought, without what Python compiles later."""
    paths = (Path(str(entry.locate())) for entry in distribution.files or [])
    return sum(path.stat().st_size for path in paths if path.suffix != ".pyc" and path.is_file())


def licence(distribution: metadata.Distribution) -> str:
    """The licence as the distribution states it, most exact form first; or nothing."""
    fields = distribution.metadata
    classified = [
        each.rpartition(" :: ")[2]
        for each in fields.get_all("Classifier") or []
        if each.startswith("License :: OSI Approved ::")
    ]
    long = (fields.get("License") or "").strip().splitlines() or [""]
    return fields.get("License-Expression") or " AND ".join(classified) or long[0]


def bill_of_materials(found: list[metadata.Distribution]) -> str:
    """CycloneDX 1.6, one component a distribution."""
    bom = Bom()
    for each in found:
        stated = licence(each)
        bom.components.add(
            Component(
                name=each.name,
                version=each.version,
                type=ComponentType.LIBRARY,
                bom_ref=f"{each.name}@{each.version}",
                licenses=[DisjunctiveLicense(name=stated)] if stated else [],
            )
        )
    return JsonV1Dot6(bom).output_as_string(indent=2)


def main() -> None:
    """Build, install, start, weigh."""
    dist, uv = (Path(argument).absolute() for argument in sys.argv[1:3])
    wheel = build(dist, uv)
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary) / "empty"
        python = install(wheel, uv, home)
        version = run(home / "bin" / "inje", "--version")
        if run(python, "-m", "inje", "--version") != version:
            sys.exit("`inje --version` and `python -m inje --version` disagree")
        if metadata.version("inje") not in version:
            sys.exit(f"`inje --version` says {version!r}")
        schema = run(python, "-m", "inje", "schema", "dossier")
        if "properties" not in json.loads(schema):
            sys.exit("`inje schema dossier` of the installed wheel is no schema")
        found = distributions(home)
        sizes = sorted(((weight(each), each.name) for each in found), reverse=True)
        bom = dist / f"{wheel.name.split('-py3')[0]}.cdx.json"
        bom.write_text(bill_of_materials(found), encoding="utf-8")
    total = sum(size for size, _ in sizes)
    for size, name in sizes:
        print(f"{size / 1e6:8.1f} MB  {name}")
    print(f"{total / 1e6:8.1f} MB  {version}, {len(sizes)} distributions, no extras")
    if total >= LIMIT:
        sys.exit(f"the core weighs {total / 1e6:.0f} MB; it may weigh {LIMIT / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
