"""The documentation cannot drift: its code runs, its pages are all in the table of contents."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.pages import Reader, blocks, installs, workplace

ROOT = Path(__file__).resolve().parents[1]
WRITTEN = ROOT / "docs" / "reference"  # by `make docs`, from the package itself
PAGES = [
    ROOT / "README.md",
    *(page for page in sorted((ROOT / "docs").rglob("*.md")) if WRITTEN not in page.parents),
]
#: pages that start other programs or fight many worlds: `make slow` runs them
LONG = {
    "docs/how-to/cluster.md",
    "docs/how-to/long-runs.md",
    "docs/how-to/question-a-source.md",
    "docs/one-page.md",
}


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, id=_name(page), marks=[pytest.mark.slow] * (_name(page) in LONG))
        for page in PAGES
        if blocks(page)
    ],
)
def test_what_a_page_says_can_be_done(page: Path, tmp_path: Path) -> None:
    """Every block, in its order, in one folder; `tests/pages.py` says what each kind means."""
    place = workplace(tmp_path)
    if not installs(page):
        Reader(page, place).go()
        return
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.pages", str(page)],
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("```console\n$ inje extract nothing.txt\n```", "exit code 2"),
        ("```console\n$ inje laws\nno such law\n```", "not\nno such law"),
        ("```sh\nrm -rf everything\n```", "nobody knows how to run"),
        ("```sh\nmake love\n```", "love"),
        ("```sh\npip install inje[nonsense]\n```", "nonsense"),
        ("```python\nassert 1 == 2, 'one is not two'\n```", "one is not two"),
        ("```text\ninje laws\n```", "commands that nobody runs"),
        ("```perl\nprint\n```", "what is 'perl'"),
        ("```yaml\na: [\n```", "expected"),
    ],
)
def test_a_page_that_does_not_do_what_it_says_is_found(
    block: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.pages.ROOT", tmp_path)
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "page.md").write_text(f"# A page\n\n{block}\n", encoding="utf-8")
    with pytest.raises(Exception, match=re.escape(reason)):
        Reader(tmp_path / "page.md", tmp_path).go()


def test_every_fence_is_a_block_that_is_looked_at() -> None:
    """A fence without a language, or indented, would be left out in silence."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert len(re.findall(r"^\s*```", text, re.MULTILINE)) == 2 * len(blocks(page)), page


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_no_command_stands_where_nobody_runs_it(page: Path) -> None:
    """Indented code is shown like a block, but is none."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    assert re.findall(r"^ {4,}(?:\$ )?(?:inje|make|pip) .*$", text, re.MULTILINE) == []


def _in_contents(part: object) -> set[str]:
    if isinstance(part, str):
        return {part}
    below = part.values() if isinstance(part, dict) else part
    return set().union(*map(_in_contents, below))


def test_every_page_is_in_the_table_of_contents() -> None:
    contents = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]["nav"]
    pages = {page.relative_to(ROOT / "docs").as_posix() for page in PAGES[1:]}
    listed = {page for page in _in_contents(contents) if not page.startswith("reference/")}
    assert listed == pages


def test_every_lock_is_described() -> None:
    page = (ROOT / "docs" / "decisions" / "hashed-locks.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `(\w+\.lock)`", page, re.MULTILINE))
    assert described == {lock.name for lock in (ROOT / "requirements").glob("*.lock")}


def test_every_extra_is_described() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "installing.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `inje\[(\w+)\]`", page, re.MULTILINE))
    assert described == set(project["optional-dependencies"])


def test_the_glossary_explains_what_the_report_explains() -> None:
    template = "src/inje/reporting/templates/section_glossary.html.j2"
    terms = re.findall(r"<dt>(.*?)</dt>", (ROOT / template).read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert len(terms) > 10
    assert [term for term in terms if f"**{term}.**" not in page] == []


def test_the_glossary_has_the_letters_of_the_program() -> None:
    from inje.posterior import LETTERS, beta_of

    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w)\b.* \| Beta\((\d+), (\d+)\) \| (\.\d+)", page, re.MULTILINE)
    assert {letter: (int(a), int(b)) for letter, a, b, _ in rows} == {
        letter: beta_of(letter) for letter in LETTERS
    }
    assert all(round(int(a) / (int(a) + int(b)), 2) == float(mean) for _, a, b, mean in rows)


def test_every_decision_says_what_is_not_done() -> None:
    pages = [page for page in PAGES if page.parent.name == "decisions" and page.stem != "index"]
    assert len(pages) >= 10
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "**Decided.**" in text, page
        assert "**Not done.**" in text, page


def test_the_page_of_many_worlds_has_the_size_of_a_task() -> None:
    from inje.runs import SHARD

    page = (ROOT / "docs" / "explanation" / "scale.md").read_text(encoding="utf-8")
    assert f"{SHARD:,} worlds" in page
    assert f"{-(-(10**12) // SHARD):,} tasks" in page


def test_the_one_page_counts_the_faults() -> None:
    faults = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8").partition("## Exit")[0]
    number = len(re.findall(r"^\| .* \|$", faults, re.MULTILINE)) - 1
    page = (ROOT / "docs" / "one-page.md").read_text(encoding="utf-8")
    assert f"**Faults.** {number} of them injected" in page


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(rf"^version: {re.escape(project['version'])}$", citation, re.MULTILINE)


@pytest.mark.slow
def test_the_site_builds_strictly(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("reference"))
    for name in ("zensical.toml", "CONTRIBUTING.md", "README.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path)
    for command in (
        [str(ROOT / ".ci" / "reference.py"), "docs/reference"],
        ["-m", "zensical", "build", "--clean", "--strict"],
    ):
        done = subprocess.run(
            [sys.executable, *command], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    page = (tmp_path / "site" / "working-on-inje" / "index.html").read_text(encoding="utf-8")
    assert "The house style" in page
    page = (tmp_path / "site" / "reference" / "command-line" / "index.html").read_text("utf-8")
    assert "inje reconstruct" in page
