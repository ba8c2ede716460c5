"""The notebooks of the examples run from the top, and what they show can be shown."""

from __future__ import annotations

import ast
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*/*.ipynb"))
SHOWN = ("_repr_html_", "_repr_svg_", "_repr_mimebundle_")


def run(source: str, names: dict[str, Any]) -> Any:
    """Run a cell; the value of its last line, if that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)  # noqa: S102  what a notebook does
    if last is None:
        return None
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)  # noqa: S307


def test_there_is_one() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_well_formed_and_holds_no_outputs(notebook: Path) -> None:
    read = json.loads(notebook.read_text(encoding="utf-8"))
    assert (read["nbformat"], read["nbformat_minor"]) == (4, 5)
    ids = [cell["id"] for cell in read["cells"]]
    assert len(ids) == len(set(ids))
    for cell in read["cells"]:
        assert cell["cell_type"] in ("markdown", "code")
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_the_top(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(notebook.parent, tmp_path / "example"))
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    shown: list[str] = []
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        value = run("".join(cell["source"]), names)
        if value is None:
            continue
        maker = next((getattr(value, name) for name in SHOWN if hasattr(value, name)), None)
        assert maker is not None, f"a notebook can only print {type(value).__name__}"
        assert maker()
        shown.append(type(value).__name__)
    assert {"Document", "Dossier", "Scenario", "Ensemble", "Posterior", "Report"} <= set(shown)
    assert (folder / "report.html").exists()
