"""The validation page: written from the runs, and not behind them."""

from __future__ import annotations

import pytest

from inje import gallery
from inje.gallery import _page as page

QUICK = ["bracken-1995", "fricker-1998", "hartley-cdb90", "helmbold-cdb90"]


def test_every_study_has_its_words():
    assert set(page._TEXTS) == set(gallery.studies())


def test_page_says_what_does_not_hold():
    found = [
        gallery.Row("engel-1954", "rmse", 886.5, 900.0, 13.5, holds=False),
        gallery.Row("engel-1954", "r2", None, None, None, holds=True),
    ]
    text = page.page(found, {"engel-1954": {"iwo": ("in words", "<svg/>")}})
    assert "1 of 2 quantities hold." in text
    assert "| `rmse` | 886.5 | 900 | 13.5 | **no** |" in text
    assert "![in words](figures/iwo.svg)" in text
    assert "## bracken-1995" not in text


def test_numbers_are_readable():
    shown = [page._number(x) for x in (None, 0.0, 8e-9, 651.0, 16327253.282, -0.32942, 12732.14)]
    assert shown == ["", "0", "8e-09", "651", "16,327,253.3", "-0.32942", "12,732.1"]


@pytest.mark.parametrize("name", QUICK)
def test_the_page_is_not_behind(root, data, monkeypatch, name):
    monkeypatch.setenv("INJE_DATA", str(data))
    written = (root / "docs" / "validation.md").read_text(encoding="utf-8")
    for row in gallery.validate([name]):
        line = f"| `{row.quantity}` | {page._number(row.published)} | {page._number(row.ours)} |"
        assert line in written, f"run `python -m inje.gallery._page`: {name} {row.quantity}"


def test_every_figure_of_the_page_is_there(root):
    written = (root / "docs" / "validation.md").read_text(encoding="utf-8")
    names = [part.split(")")[0] for part in written.split("](figures/")[1:]]
    assert len(names) >= 5
    for name in names:
        svg = (root / "docs" / "figures" / name).read_text(encoding="utf-8")
        assert svg.startswith("<svg")
