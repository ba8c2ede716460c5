"""Every noun shows itself in a notebook, and hostile words in it stay words."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from tests.reporting.made_up import EVIL, document, dossier, posterior, report_data, scenario

import inje
from inje.answers import rank_causes
from inje.reporting import Report
from inje.tables import give_or_take, in_markdown, shown, triple


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
    error = give_or_take(compared.errors[cause], 100)
    told = f"{compared.posterior[cause]:.0%}{error} after"
    assert told in Reader(compared._repr_html_()).words
    asked = inje.what_if(weighed, {"strength.garrison": 100}, force=True)
    assert "as it was" in Reader(asked._repr_html_()).words
    found = inje.seek(weighed)
    assert "Where to dig" in Reader(found._repr_html_()).words
    assert "The Fight at Weir Bridge" in Reader(Report(report_data())._repr_html_()).words


def test_markdown_says_the_same_as_html() -> None:
    rows = [("x|y", 1.0), (None, 2.0)]
    told = in_markdown(shown("A battle & more", ["Who, *when*."], ["a", "b"], rows))
    assert told.splitlines() == [
        "### A battle \\& more",
        "",
        "Who, \\*when\\*.",
        "",
        "| a | b |",
        "| --- | --- |",
        "| x\\|y | 1 |",
        "| never | 2 |",
    ]


def test_hostile_words_are_no_markup_in_markdown() -> None:
    told = in_markdown(shown(EVIL, [EVIL], ["a"], [(EVIL,)]))
    assert "<" not in told.replace("\\<", "")
    assert told.count("\n| ") == 3, "no word makes another row"


def test_every_noun_has_both_forms() -> None:
    """Whatever a verb hands back can be shown as HTML and as Markdown."""
    weighed = posterior()
    ensemble = inje.simulate(weighed.scenario, worlds=64, seed=3)
    report = Report(report_data())
    assert weighed.scenario.dossier is not None
    nouns = [
        document(),
        weighed.scenario.dossier,
        weighed.scenario,
        ensemble,
        weighed,
        weighed.summary(),
        inje.compare(weighed)[0],
        inje.what_if(weighed, {"strength.garrison": 100}, force=True),
        inje.seek(weighed),
        inje.replay(weighed.scenario, world=3),
        inje.calibrate(weighed.scenario, battles=8, worlds=256),
        rank_causes(weighed, worlds=64),
        report,
    ]
    for noun in nouns:
        html, markdown = noun._repr_html_(), noun._repr_markdown_()
        assert markdown.startswith("### "), type(noun)
        cells = Reader(html).tags.count("td")
        assert cells == 0 or markdown.count("\n| ") == Reader(html).tags.count("tr") + 1, type(noun)
    for name in ("map", "timeline"):
        assert report.figure(name)._repr_markdown_().startswith("### ")
