"""Build wheel and sdist, install the wheel into an empty environment, print what it weighs.

Run by `make release` with the project's own Python: ``.ci/release.py DIST UV``. Writes the wheel,
the sdist and a bill of materials (CycloneDX) into DIST. Ends with an error when the installed core
is not what it should be: it does not start, drafts no model, completes nothing in a shell,
weighs 600 MB or more, or the sdist installs something else.
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
EXAMPLE = ROOT / "examples" / "inje-1946" / "article.md"
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


def from_sdist(dist: Path, uv: Path, python: Path) -> None:
    """Install the sdist in place of the wheel; the build backend comes from its lock."""
    (sdist,) = dist.glob("*.tar.gz")
    setup = ROOT / "requirements" / "setup.lock"
    run(uv, "pip", "install", "-q", "--python", python, "--require-hashes", "-r", setup)
    run(uv, "pip", "uninstall", "-q", "--python", python, "inje")
    options = ("--no-deps", "--no-build-isolation", "--no-cache")
    run(uv, "pip", "install", "-q", "--python", python, *options, sdist)


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


def own_files(home: Path) -> dict[str, int]:
    """What inje itself brought into an environment, by name, with sizes."""
    (inje,) = (each for each in distributions(home) if each.name == "inje")
    paths = {str(entry): Path(str(entry.locate())) for entry in inje.files or []}
    return {
        name: path.stat().st_size
        for name, path in paths.items()
        if name.startswith("inje/") and path.suffix != ".pyc"
    }


def begin(home: Path) -> str:
    """Start what is installed there as a user would; its version."""
    python, inje = home / "bin" / "python", home / "bin" / "inje"
    version = run(inje, "--version")
    if run(python, "-m", "inje", "--version") != version:
        sys.exit("`inje --version` and `python -m inje --version` disagree")
    if metadata.version("inje") not in version:
        sys.exit(f"`inje --version` says {version!r}")
    if "properties" not in json.loads(run(inje, "schema", "dossier")):
        sys.exit("`inje schema dossier` of what is installed is no schema")
    for shell in ("bash", "zsh", "fish"):
        if "complete" not in run("env", f"_INJE_COMPLETE=source_{shell}", inje):
            sys.exit(f"no completion for {shell}")
    with tempfile.TemporaryDirectory() as made:
        # Fighting would compile for half a minute; these read all data that the package brings.
        dossier, scenario = Path(made) / "dossier.yaml", Path(made) / "scenario.yaml"
        run(inje, "extract", EXAMPLE, "-o", dossier)
        run(inje, "model", dossier, "-o", scenario)
        if "learned from" not in scenario.read_text(encoding="utf-8"):
            sys.exit("what is installed has no table of priors")
    return version


def main() -> None:
    """Build, install, start, weigh; then the same from the sdist, which has to bring the same."""
    dist, uv = (Path(argument).absolute() for argument in sys.argv[1:3])
    wheel = build(dist, uv)
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary) / "empty"
        python = install(wheel, uv, home)
        version = begin(home)
        found = distributions(home)
        sizes = sorted(((weight(each), each.name) for each in found), reverse=True)
        bom = dist / f"{wheel.name.split('-py3')[0]}.cdx.json"
        bom.write_text(bill_of_materials(found), encoding="utf-8")
        brought = own_files(home)
        from_sdist(dist, uv, python)
        if own_files(home) != brought or run(home / "bin" / "inje", "--version") != version:
            sys.exit("the sdist installs something else than the wheel")
    total = sum(size for size, _ in sizes)
    for size, name in sizes:
        print(f"{size / 1e6:8.1f} MB  {name}")
    print(f"{total / 1e6:8.1f} MB  {version}, {len(sizes)} distributions, no extras")
    if total >= LIMIT:
        sys.exit(f"the core weighs {total / 1e6:.0f} MB; it may weigh {LIMIT / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
