"""The rules of the house that a machine can check."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from collections import defaultdict
from importlib import metadata
from pathlib import Path

import pytest

import inje
from inje import errors

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src" / "inje").rglob("*.py"))
VERBS = (
    "read",
    "extract",
    "model",
    "simulate",
    "condition",
    "compare",
    "what_if",
    "seek",
    "replay",
    "report",
    "check",
    "review",
    "explore",
)
FOREIGN_TO_A_NAME = ("utils", "util", "core", "common", "helpers", "misc")
# Plain modules beside the packages; everything else that is public is a package.
# The last two are run, not imported: `python -m inje.gallery.priors`.
PLAIN = {"inje.errors", "inje.__main__", "inje.gallery.page", "inje.gallery.priors"}


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT / "src").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _public_packages() -> list[str]:
    found = [
        info.name
        for info in pkgutil.walk_packages(inje.__path__, "inje.")
        if not any(part.startswith("_") for part in info.name.split("."))
    ]
    return sorted(found)


PUBLIC = _public_packages()


def _tracked() -> list[str]:
    """Files of the project that hold text, as git lists them (or all, outside git)."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is not a git checkout, so the list of the project's files is unknown")
    return [path for path in listed.stdout.splitlines() if (ROOT / path).is_file()]


# ---- names ----


@pytest.mark.parametrize("module", ["inje", *PUBLIC])
def test_all_names_exactly_what_can_be_imported(module: str) -> None:
    loaded = importlib.import_module(module)
    exported = loaded.__all__
    assert len(exported) == len(set(exported)), "each once"
    for name in exported:
        assert getattr(loaded, name) is not None, f"{module}.{name}"
    if not hasattr(loaded, "__path__"):
        return  # a plain module works with what it imports; a package only exports
    own = {
        name
        for name, value in vars(loaded).items()
        if not name.startswith("_")
        and not inspect.ismodule(value)
        and getattr(value, "__module__", "").startswith("inje")
    }
    assert own <= set(exported), f"public, and not in __all__: {sorted(own - set(exported))}"


@pytest.mark.parametrize("module", ["inje", *PUBLIC])
def test_every_public_name_says_what_it_is(module: str) -> None:
    loaded = importlib.import_module(module)
    assert loaded.__doc__, "a package says what it is for"
    silent = [
        name
        for name in loaded.__all__
        if (inspect.isfunction(value := getattr(loaded, name)) or inspect.isclass(value))
        and not (value.__doc__ or "").strip()
    ]
    assert silent == []


def test_each_public_name_has_one_import_path() -> None:
    """The root repeats nouns and verbs of the packages, and a package what its own parts export;
    apart from that nothing stands twice.
    """
    homes: dict[int, set[str]] = defaultdict(set)
    kept = []
    for module in PUBLIC:
        loaded = importlib.import_module(module)
        for name in loaded.__all__:
            value = getattr(loaded, name)
            above = sys.modules[module.rpartition(".")[0]]
            if above is not inje and getattr(above, name, None) is value:
                continue
            if inspect.isclass(value) or inspect.isfunction(value):
                kept.append(value)
                homes[id(value)].add(f"{module}.{name}")
    assert {tuple(sorted(paths)) for paths in homes.values() if len(paths) > 1} == set()
    for name in inje.__all__:
        value = getattr(inje, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert len(homes[id(value)]) == 1, f"inje.{name} comes from {homes[id(value)]}"


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_module_has_a_name_of_its_own(path: Path) -> None:
    name = _name(path)
    stem = name.rpartition(".")[2]
    assert stem not in FOREIGN_TO_A_NAME, "named after what it is for, not a drawer for the rest"
    assert stem not in VERBS, "inje's verb of this name would be hidden by the module"
    private = stem.startswith("_") or path.name == "__init__.py"
    assert private or name in PLAIN, "modules are _private; their package exports what is public"


# ---- sizes ----


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") < 400, "a module has under 400 lines"
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 >= 60
    }
    assert long == {}, "a function has under 60 lines"


# ---- words ----


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_nothing_is_loaded_that_could_run_code(path: Path) -> None:
    """No pickle, no eval, no unsafe YAML: data never become code."""
    forbidden = {"pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve", "joblib"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"eval", "exec"}, f"line {node.lineno}"
        assert not forbidden & {name.partition(".")[0] for name in names}, f"line {node.lineno}"


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    hosts = r"py[p]i\.org|pythonhoste[d]\.org|registry\.np[m]js|anacond[a]\.org"
    places = r"""(?<![\w.~}/$-])/(?:home|Users|root|work|farm|mnt|srv)/\w"""
    pattern = re.compile(f"{hosts}|{places}")
    found = []
    for name in _tracked():
        raw = (ROOT / name).read_bytes()
        if b"\0" in raw:
            continue
        for number, line in enumerate(raw.decode("utf-8", "replace").splitlines(), 1):
            if match := pattern.search(line):
                found.append(f"{name}:{number}: {match.group()}")
    assert found == []


def test_locks_hold_hashes_and_no_addresses() -> None:
    locks = sorted((ROOT / "requirements").glob("*.lock"))
    assert {lock.name for lock in locks} >= {"setup.lock", "run.lock", "dev.lock", "peers.lock"}
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert not re.search(r"\w+://|--(?:extra-)?index-url|--find-links", text), lock.name
        pins = re.findall(r"^[a-z0-9][\w.-]*==\S+.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
        assert len(pins) > 3, lock.name
        assert all("--hash=sha256:" in pin for pin in pins), lock.name


def test_what_is_under_the_gpl_stays_out_of_the_product() -> None:
    for name in ("setup", "run", "dev", "priors"):
        text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
        assert not re.search(
            r"^(?:gillespy2|pymupdf|wikitextparser|refextract|pygambit)==", text, re.MULTILINE
        ), name
    dev = (ROOT / "requirements" / "dev.lock").read_text(encoding="utf-8")
    assert not re.search(r"^pymc==", dev, re.MULTILINE), "build-time only: priors and peers"


def test_what_runs_with_inje_is_freely_licensed() -> None:
    """Apache, MIT, BSD, ISC, MPL, and Python's own for what Python itself once held."""
    free = re.compile(r"Apache|MIT|BSD|ISC|MPL|Mozilla Public|PSF", re.IGNORECASE)
    text = (ROOT / "requirements" / "run.lock").read_text(encoding="utf-8")
    seen = 0
    for name in re.findall(r"^([a-z0-9][\w.-]*)==", text, re.MULTILINE):
        try:
            fields = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # locked for another platform or another Python
        stated = " ".join(
            [
                fields.get("License-Expression") or "",
                (fields.get("License") or "")[:2000],
                *(each for each in fields.get_all("Classifier") or [] if "License ::" in each),
            ]
        )
        assert free.search(stated), f"{name} is under {stated!r}"
        assert not re.search(r"\bA?GPL|\bLGPL|GNU", stated), f"{name} is under {stated!r}"
        seen += 1
    assert seen > 30


def test_run_and_dev_locks_agree() -> None:
    """`make demo` and `make test` share one environment: neither may undo the other."""

    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
        return set(re.findall(r"^([a-z0-9][\w.-]*==[^\s;]+)", text, re.MULTILINE))

    assert pins("run") <= pins("dev")
    shared = {pin.partition("==")[0] for pin in pins("dev")}
    assert {pin for pin in pins("setup") if pin.partition("==")[0] in shared} <= pins("dev")


# ---- errors ----


def test_the_drawn_tree_is_the_tree() -> None:
    drawn = {}
    branch: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"    ([│ ├└─]*)([A-Z]\w+)(?:\s|$)", line)
        if found:
            depth = len(found[1]) // 4
            branch = [*branch[:depth], found[2]]
            drawn[found[2]] = branch[-2] if depth else "Exception"
    actual = {
        name: value.__bases__[0].__name__
        for name, value in vars(errors).items()
        if inspect.isclass(value) and issubclass(value, Exception)
    }
    assert drawn == actual


def test_every_exception_of_the_package_is_in_the_tree() -> None:
    tree = {value for value in vars(errors).values() if inspect.isclass(value)}
    strays = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and path.name != "errors.py":
                bases = {ast.unparse(base).rpartition(".")[2] for base in node.bases}
                if any(re.search(r"(?:Error|Exception)$", base) for base in bases):
                    strays.append(f"{_name(path)}.{node.name}")
    assert strays == [], "exceptions are drawn in inje.errors"
    assert errors.InjeError in tree


# ---- the map of the package ----


def test_layers_are_the_design() -> None:
    """import-linter reads the contract; this only sees that no package escaped it."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    layers = text.partition("layers = [")[2].partition("]\n")[0]
    named = set(re.findall(r"[a-z]+", layers))
    packages = {path.name for path in (ROOT / "src" / "inje").iterdir() if path.suffix != ".pyc"}
    found = {name.removesuffix(".py") for name in packages} - {
        "__init__",
        "__main__",
        "__pycache__",
        "py.typed",
    }
    assert found <= named


@pytest.mark.skipif(sys.platform == "win32", reason="the Makefile speaks to a POSIX shell")
def test_every_target_of_the_makefile_says_what_it_does() -> None:
    helped = subprocess.run(
        ["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for target in ("demo", "test", "slow", "lint", "check", "lock", "bench", "peers", "docs"):
        assert re.search(rf"make {target} +\w", helped), target
