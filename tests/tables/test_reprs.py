"""Every noun shows itself in a notebook, and hostile words in it stay words."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from tests.reporting.made_up import EVIL, document, dossier, posterior, report_data, scenario

import inje
from inje.reporting import Report
from inje.tables import shown, triple


class Reader(HTMLParser):
    """Elements and words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not any(name.startswith("on") for name, _ in attrs)
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_table_escapes_and_is_cut() -> None:
    read = Reader(shown(EVIL, [EVIL], ["a", "b"], [(EVIL, 1.0)] * 50))
    assert "script" not in read.tags
    assert read.words.count(EVIL) == 42
    assert read.tags.count("tr") == 41
    assert "and 10 more" in read.words
    assert "table" not in Reader(shown("empty", rows=[])).tags


def test_quantiles_are_said_in_one_way() -> None:
    assert triple((1.0, 15.0, 143.0)) == "15 (1 to 143)"
    assert triple((0.5, 12_345.6, None)) == "12,346 (0.5 to never)"


@pytest.mark.parametrize(
    ("noun", "told"),
    [
        (lambda: document(EVIL), "words in"),
        (lambda: dossier(document(EVIL), EVIL), "8 claims"),
        (lambda: scenario(dossier(document(EVIL), EVIL), EVIL), "disputed causes"),
    ],
)
def test_what_comes_from_a_document_stays_words(noun, told: str) -> None:
    read = Reader(noun()._repr_html_())
    assert not {"script", "img", "style"} & set(read.tags)
    assert told in read.words
    assert EVIL in read.words or "</script>" in read.words


def test_worlds_and_answers_show_what_they_hold() -> None:
    weighed = posterior()
    read = Reader(weighed._repr_html_())
    assert "losses.league.total" in read.words
    assert "informed" in read.words
    assert Reader(weighed.summary()._repr_html_()).tags.count("tr") > 5
    ensemble = inje.simulate(weighed.scenario, worlds=64, seed=3)
    assert "64 worlds from number 0 of seed 3" in Reader(ensemble._repr_html_()).words
    compared = inje.compare(weighed)[0]
    assert "over all assumptions" in Reader(compared._repr_html_()).words
    cause = next(iter(compared.posterior))
    assert f"{compared.posterior[cause]:.0%} after" in Reader(compared._repr_html_()).words
    asked = inje.what_if(weighed, {"strength.garrison": 100}, force=True)
    assert "as it was" in Reader(asked._repr_html_()).words
    found = inje.seek(weighed)
    assert "Where to dig" in Reader(found._repr_html_()).words
    assert "The Fight at Weir Bridge" in Reader(Report(report_data())._repr_html_()).words
