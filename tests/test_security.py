"""What SECURITY.md promises about the sources themselves, read from the sources."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src" / "inje").rglob("*.py"))


@cache
def _calls() -> tuple[tuple[str, ast.Call, str], ...]:
    """Every call in the package: its place, the call, and the name that is called."""
    return tuple(
        (f"{path.relative_to(ROOT)}:{node.lineno}", node, ast.unparse(node.func))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    )


def _given(call: ast.Call, name: str) -> str | None:
    return next((ast.unparse(k.value) for k in call.keywords if k.arg == name), None)


def test_yaml_is_read_by_loaders_that_construct_nothing() -> None:
    """`safe` gives plain data, `rt` gives plain data with positions; there is no other."""
    found = [(where, _given(call, "typ")) for where, call, name in _calls() if name == "YAML"]
    assert len(found) >= 2
    assert [each for each in found if each[1] not in {"'safe'", "'rt'", "kind"}] == []
    text = (ROOT / "src" / "inje" / "dossier" / "_files.py").read_text(encoding="utf-8")
    assert set(re.findall(r'_parsed\(text, name, "(\w+)"\)', text)) <= {"safe", "rt"}
    imports = [
        p for p in SOURCES if re.search(r"^import yaml|from yaml", p.read_text("utf-8"), re.M)
    ]
    assert imports == [], "PyYAML has loaders that construct anything"


def test_arrays_are_never_unpickled() -> None:
    """And on the way out: an array of objects would become a pickle."""
    loads = [
        (w, _given(c, "allow_pickle")) for w, c, n in _calls() if n in {"np.load", "numpy.load"}
    ]
    assert loads
    assert {allowed for _, allowed in loads} == {"False"}
    pickled = [w for w, _, n in _calls() if n.endswith(("read_pickle", "to_pickle", "from_pickle"))]
    assert pickled == []


def test_no_shell_and_no_other_program_is_started() -> None:
    """Two places start a process: inje itself, for each article of a batch, and for a PDF."""
    forbidden = re.compile(r"^(os\.(system|popen|exec\w*|spawn\w*)|pty\.\w+)$")
    assert [where for where, _, name in _calls() if forbidden.match(name)] == []
    started = [(w, c) for w, c, n in _calls() if n.startswith("subprocess.")]
    assert [w.partition(":")[0] for w, _ in started] == [
        "src/inje/document/readers/_office.py",
        "src/inje/runs/_batch.py",
    ]
    assert all(_given(call, "shell") is None for _, call in started)
    assert all(
        ast.unparse(call.args[0]).startswith(("[sys.executable", "[*command"))
        for _, call in started
    )


def test_templates_escape_what_they_are_given() -> None:
    environments = [(w, c) for w, c, n in _calls() if n in {"Environment", "jinja2.Environment"}]
    assert environments
    for where, call in environments:
        assert _given(call, "autoescape") not in {None, "False"}, where


@pytest.mark.parametrize(
    "path", sorted((ROOT / "src" / "inje").rglob("*.j2")), ids=lambda p: p.name
)
def test_a_template_trusts_only_what_the_package_made(path: Path) -> None:
    """`safe` switches escaping off: only for markup, style and script of our own making."""
    text = path.read_text(encoding="utf-8")
    trusted = set(re.findall(r"\{\{-?\s*([\w.()\[\]']+)\s*\|\s*safe", text))
    assert not {name for name in trusted if re.search(r"quote|title|name|text|label", name)}, (
        trusted
    )


def test_every_promise_names_its_test() -> None:
    """The table of SECURITY.md names tests, and they are there."""
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)`", page)
    assert len(set(named)) >= 8
    assert [name for name in named if not (ROOT / name).is_file()] == []
