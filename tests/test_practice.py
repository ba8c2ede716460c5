"""The committed table of practice articles is one that its generator writes."""

from __future__ import annotations

import runpy
from types import SimpleNamespace

import pytest

from inje.runs import Batch, BatchRow


@pytest.fixture(scope="module", name="generator")
def _generator(root):
    return runpy.run_path(str(root / ".ci" / "practice.py"))


@pytest.fixture(scope="module", name="page")
def _page(root):
    return (root / "docs" / "practice.md").read_text(encoding="utf-8")


def rows_of(page, head):
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page[len(head) :].splitlines()
        if line.startswith("|")
    ]


def test_the_page_begins_as_the_generator_begins_it(generator, page):
    assert page.startswith(generator["HEAD"])


def test_every_row_has_a_cell_for_each_column_and_none_was_typed(generator, page):
    columns = generator["HEAD"].splitlines()[-2].count("|") - 1
    rows = rows_of(page, generator["HEAD"])
    assert rows
    for row in rows:
        assert len(row) == columns, row[0]
        if row[2]:  # not refused
            assert row[1].count("<br>") == row[2].count("<br>") == row[4].count("<br>") == 1
            assert float(row[5].replace(",", "")) > 0
            assert float(row[6].removesuffix(" %") or 0) in (0, 1, 3, 10, 30)
            assert int(row[7]) >= 0
        assert float(row[8]) > 0
        assert float(row[9]) > 0
    few = sum(bool(row[2]) and float(row[5].replace(",", "")) < 1000 for row in rows)
    assert f"{len(rows)} articles, " in page
    assert f"{few} with fewer than 1,000 effective worlds" in page


def test_every_practice_article_is_there(generator, page, shared):
    articles = (shared / "articles").iterdir()
    expected = {each.name for each in articles if each.suffix in generator["SUFFIXES"]}
    assert {row[0] for row in rows_of(page, generator["HEAD"])} == expected


def form(**changed):
    side = {"id": "a", "name": "A|B [x]"}
    found = {
        "quantities": [{"name": "strength.a", "posterior": [800.4, 1000.0, 2000.0]}],
        "outcome": {"winner": {"a": 0.25}},
        "sides": [side, {"id": "b", "name": "<b>"}],
        "ess": 1234.4,
        "grain": 0.01,
        "findings": [1, 2],
        "remedy": "",
    }
    return {**found, **changed}


def test_a_row_says_what_the_run_left_and_shows_no_markup_of_the_article(generator):
    row = SimpleNamespace(source="/x/y.txt", reason="", seconds=12.4)
    assert generator["cells"](row, form(), 20.6) == (
        "| y.txt | A/B &#91;x]<br>&lt;b> | 1,000 (800-2,000)<br>- | -<br>- | 25 %<br>0 % | "
        "1,234 | 1 % | 2 | 12 | 21 |"
    )
    refused = SimpleNamespace(source="/x/y.txt", reason="no <sides>|", seconds=1.0)
    assert generator["cells"](refused, None, 1.0) == (
        "| y.txt | no &lt;sides>/ | | | | | | | 1 | 1 |"
    )


def test_what_is_not_to_be_relied_on_is_told_with_its_reason(generator):
    rows = (
        BatchRow("a.txt", "a", 0, ess=50.0, sentence="It stopped.", seconds=3.0),
        BatchRow("b.txt", "b", 0, ess=2000.0, sentence="Enough.", seconds=5.0),
        BatchRow("c.txt", "c", 2, "no sides", seconds=1.0),
    )
    forms = {"a.txt": form(ess=50.0, remedy="ask for less"), "b.txt": form(ess=2000.0)}
    told = generator["foot"](Batch(rows), forms)
    assert (
        "3 articles, 1 refused, 1 not to be relied on, 1 with fewer than 1,000 effective worlds; "
        "the slowest took 5 s." in told
    )
    assert told.endswith("- a.txt: It stopped. To do: ask for less.\n")
    assert "b.txt" not in told
