"""The page as a text: what stands in it, what cannot, and how large it is."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from tests.reporting.crowded import crowded
from tests.reporting.made_up import EVIL, report_data

from inje.errors import InputError, OptionError
from inje.reporting import Report, Wording, trace
from inje.reporting._bundle import entry_of, priors_of, weighed_of
from inje.reporting._folding import unfolded_json
from inje.reporting._ledger import Ledger, format_number, regrouped
from inje.scenario import parameters

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Reader(HTMLParser):
    """Everything a browser would see: elements, ids, words, scripts, styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.styles: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        if inside == "script":
            self.scripts.append((self.elements[-1][1], data))
        elif inside == "style":
            self.styles.append(data)
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.elements if "id" in attrs]


@pytest.fixture(scope="module")
def plain() -> Report:
    return Report(report_data())


@pytest.fixture(scope="module")
def hostile() -> Report:
    return Report(report_data(EVIL))


def test_elements_are_closed_and_ids_are_unique(plain: Report) -> None:
    read = Reader(plain.html)
    assert read.open == []
    assert len(read.ids) == len(set(read.ids))


def test_every_link_within_the_page_leads_somewhere(plain: Report) -> None:
    read = Reader(plain.html)
    targets = {attrs.get("href") or "" for tag, attrs in read.elements if tag == "a"}
    assert {t.removeprefix("#") for t in targets if t.startswith("#")} <= set(read.ids)
    assert all(t.startswith("#") for t in targets), "no link leaves the page"


def test_sections_stand_in_the_order_of_the_design(plain: Report) -> None:
    read = Reader(plain.html)
    found = [attrs["id"] for tag, attrs in read.elements if tag == "section"]
    assert (
        found
        == (
            "finding text map timeline quantities losses accounts what-ifs seek sources "
            "assumptions method reproduce cite glossary"
        ).split()
    )


def test_every_printed_number_has_an_id_and_a_way_back(plain: Report, tmp_path: Path) -> None:
    read = Reader(plain.html)
    numbers = [attrs["id"] or "" for tag, attrs in read.elements if tag == "data"]
    assert len(numbers) > 60
    assert all(number.startswith("n-") for number in numbers)
    path = plain.save(tmp_path / "report.html")
    found = trace(path, "n-row-losses-republic-killed-or-wounded-posterior-q50")
    assert found.value == pytest.approx(22)
    assert found.claims[0]["quote"] == "21 defenders were killed or wounded"
    assert found.manifest["seed"] == 1
    ledger = json.loads(next(t for a, t in read.scripts if a.get("id") == "inje-numbers"))
    assert set(ledger["numbers"]) == set(numbers)


def test_every_number_leads_to_quotes_or_priors(plain: Report) -> None:
    """Not only the numbers that a claim is about: also who won follows from claims and priors."""
    read = Reader(plain.html)
    machine = unfolded_json(next(t for a, t in read.scripts if a.get("id") == "inje-numbers"))
    entries = [entry_of(machine, number) for number in machine["numbers"]]
    for entry in entries:
        rests_on = [*entry["claims"], *weighed_of(machine, entry), *priors_of(machine, entry)]
        assert rests_on or entry["stage"] in ("manifest", "claim"), entry["id"]
    assert {entry["stage"] for entry in entries} >= {"prior", "posterior", "what-if", "seek"}
    assert len([e for e in entries if not e["claims"]]) > 40


def test_who_won_leads_to_all_that_weighed_and_all_that_was_assumed(
    plain: Report, tmp_path: Path
) -> None:
    path = plain.save(tmp_path / "report.html")
    found = trace(path, "#n-finding-winner-republic-posterior")
    assert found.claims == ()
    assert [claim["id"] for claim in found.weighed] == ["losses"]
    assert found.weighed[0]["quote"] == "21 defenders were killed or wounded"
    assert len(found.priors) == len(parameters(plain.data.scenario)) + 1
    assert all(p["prior"] and (p["why"] or p["claims"]) for p in found.priors)
    before = trace(path, "n-finding-winner-republic-prior")
    assert before.weighed == ()
    assert before.priors == found.priors
    own = trace(path, "n-row-strength-republic-prior-q50")
    assert own.weighed == ()


def test_a_page_of_an_older_inje_says_how_to_be_traced(plain: Report, tmp_path: Path) -> None:
    old = plain.html.replace('"weighed":', '"other":')
    (tmp_path / "old.html").write_text(old)
    with pytest.raises(InputError, match="an older inje wrote it"):
        trace(tmp_path / "old.html", "n-ess")


def test_trace_says_what_is_near_or_what_is_wrong(plain: Report, tmp_path: Path) -> None:
    path = plain.save(tmp_path / "report.html")
    with pytest.raises(OptionError, match="n-ess"):
        trace(path, "n-es")
    (tmp_path / "other.html").write_text("<p>no report</p>")
    with pytest.raises(InputError, match="holds no numbers"):
        trace(tmp_path / "other.html", "n-ess")
    with pytest.raises(InputError, match="cannot be read"):
        trace(tmp_path / "missing.html", "n-ess")


def test_hostile_words_stay_words(hostile: Report, plain: Report) -> None:
    read, usual = Reader(hostile.html), Reader(plain.html)
    assert EVIL in read.text
    assert "{{7*7}}" in read.text
    assert "49" not in read.text.replace("149", "")
    assert [t for t, _ in read.elements].count("script") == 3
    assert [t for t, _ in read.elements].count("img") == 0
    assert [t for t, _ in read.elements].count("style") == 1
    assert read.styles == usual.styles
    assert [text for attrs, text in read.scripts if not attrs] == [
        text for attrs, text in usual.scripts if not attrs
    ], "the page's own script is the same"
    for tag, attrs in read.elements:
        assert not any(name.startswith("on") or name == "style" for name in attrs), tag
    carried = [text for attrs, text in read.scripts if "id" in attrs]
    assert len(carried) == 2
    assert "<" not in "".join(carried)
    known = json.dumps([json.loads(text) for text in carried], ensure_ascii=False)
    assert EVIL in known.replace('\\"', '"')


def test_hostile_words_are_kept_apart_in_markdown_and_json(hostile: Report) -> None:
    lines = hostile.markdown().splitlines()
    markdown = "\n".join(line for line in lines if not line.startswith("    "))  # code stays code
    assert "<script" not in markdown.replace("\\<script", "")
    assert "{{" not in markdown.replace("\\{\\{", "")
    assert json.loads(hostile.text("json"))["title"].endswith(EVIL)


def test_only_the_packages_own_script_and_style_may_run(plain: Report) -> None:
    read = Reader(plain.html)
    policy = next(
        attrs["content"] or ""
        for tag, attrs in read.elements
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
    )

    def hashed(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    (script,) = [text for attrs, text in read.scripts if "type" not in attrs]
    assert f"script-src 'sha256-{hashed(script)}'" in policy
    assert f"style-src 'sha256-{hashed(read.styles[0])}'" in policy
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")
    assert "eval(" not in script
    assert "innerHTML" not in script


def test_nothing_is_loaded_from_anywhere(plain: Report) -> None:
    read = Reader(plain.html)
    for tag, attrs in read.elements:
        assert "src" not in attrs, tag
        assert tag != "link"
    for style in read.styles:
        assert not re.search(r"url\(|@import", style)


def test_the_page_is_small(plain: Report) -> None:
    assert len(plain.html.encode()) < 600_000


def test_thousands_of_claims_still_fit() -> None:
    count = 2_000
    page, few = Report(crowded(count)).html, Report(crowded(6)).html
    grown = (len(page.encode()) - len(few.encode())) / count
    print(f"each claim with its mark, words and weight takes {grown:.0f} bytes")
    assert grown < 300
    assert page.count('id="t-c-c') == count, "each is marked in the text"


def test_headings_go_down_one_step_at_a_time_whatever_the_text_has() -> None:
    """An article whose first block is a heading, without a title above it."""
    data = report_data()
    (text,) = data.documents
    page = Report(replace(data, documents=(replace(text, blocks=text.blocks[1:]),))).html
    levels = [int(t[1]) for t, _ in Reader(page).elements if re.fullmatch(r"h[1-6]", t)]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_a_claim_that_goes_on_over_a_blank_is_no_empty_link() -> None:
    """Between two notes there may be nothing but a space."""
    data = report_data()
    (text,) = data.documents
    claim = next(c for c in data.dossier.claims if c.anchor and " " in c.anchor.quote)
    assert claim.anchor is not None
    at = claim.anchor.start + claim.anchor.quote.index(" ")
    notes = tuple(replace(text.marks[0], start=place, end=place) for place in (at, at + 1))
    page = Report(replace(data, documents=(replace(text, marks=notes),))).html
    links = re.findall(r'<a class="mark[^>]*>([^<]*)</a>', page)
    assert links
    assert all(words.strip() for words in links)
    assert f'id="t-c-{claim.id}"' in page


def test_figures_have_words_beside_them(plain: Report) -> None:
    read = Reader(plain.html)
    drawn = [attrs for tag, attrs in read.elements if tag == "svg"]
    for attrs in drawn:
        named = attrs.get("aria-labelledby") or attrs.get("aria-label")
        assert attrs.get("aria-hidden") == "true" or (attrs.get("role") == "img" and named)
    assert sum(attrs.get("role") == "img" for attrs in drawn) >= 12


def test_what_was_not_computed_says_so() -> None:
    data = replace(report_data(), pairs=None, what_ifs=None, seek=None, replays=(), joint=None)
    words = Reader(Report(data).html).text
    assert "inje compare posterior.nc" in words
    assert "inje what-if posterior.nc" in words
    assert "inje seek posterior.nc" in words


def test_assumptions_list_each_number_without_source(plain: Report) -> None:
    words = Reader(plain.html).text
    part = words[words.index("numbers of the model have no source") :]
    part = part[: part.index("Method and diagnostics")]
    assert part.count("nothing is said") == 8
    assert "600" not in part, "what a claim gives is no assumption"


def test_save_writes_whole_files_by_their_ending(plain: Report, tmp_path: Path) -> None:
    assert plain.save(tmp_path / "r.md").read_text().startswith("# The Fight at Weir Bridge")
    assert json.loads(plain.save(tmp_path / "r.json").read_text())["title"]
    with pytest.raises(OptionError, match="no form of a report"):
        plain.save(tmp_path / "r.pdf")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["r.json", "r.md"]


def test_json_is_plain_and_complete(plain: Report) -> None:
    read = json.loads(plain.text("json"))
    assert {"quantities", "outcomes", "pairs", "what_ifs", "seek", "dossier", "scenario"} <= set(
        read
    )
    assert read["quantities"][0]["posterior"]["q50"] == 22
    assert read["dossier"]["claims"][0]["id"] == "report"


def test_a_notebook_shows_the_finding() -> None:
    report = Report(report_data(EVIL))
    shown = Reader(report._repr_html_())
    assert "What the record cannot decide" in shown.text
    assert [t for t, _ in shown.elements].count("script") == 0


def test_sentences_of_the_record_name_no_identifiers() -> None:
    data = report_data()
    wording = Wording(data.scenario, data.dossier)
    told = wording.sentence("when and how control of mill was lost: not stated", "control.mill")
    assert told == "When and how control of The Mill was lost: not stated"
    assert (
        wording.sentence("a windmill on 1871-05-03", "control.mill") == "A windmill on 3 May 1871"
    )
    assert wording.sentence("4 days, 1871-05-03/1871-05-05") == "4 days, 3–5 May 1871"
    told = wording.sentence("the box states losses.league.killed and weir.txt in 4.5 days")
    assert told == "The box states losses of The League: killed and weir.txt in 4.5 days"


def test_numbers_are_printed_in_one_way() -> None:
    assert format_number(0.00041, "bit") == "<\u202f0.001"
    assert format_number(0.394, "bit") == "0.394"
    assert format_number(12345, "people") == "12\u202f345"
    assert (
        regrouped("8,192 of 1,048,576 worlds, 2, 3") == "8192 of 1\u202f048\u202f576 worlds, 2, 3"
    )


def test_numbers_in_sentences_have_a_way_back_too() -> None:
    ledger = Ledger()
    said = "in 32\u202f% of its worlds, \u22124.1 dB; Hasanli 2006 is a name, 8\u202f192 worlds"
    shown = ledger.sentence("x", said, what="a sentence")
    assert [entry.value for entry in ledger.entries.values()] == [0.32, -4.1, 8192]
    assert "2006" in str(shown)
    assert re.sub(r"<[^>]+>", "", str(shown)) == said
    assert "&lt;b&gt;" in ledger.sentence("y", "<b> 5 dB", what="hostile")
    every = Ledger()
    every.sentence("z", "lognormal (median 60, sigma 0.8) km", every=True, what="a prior")
    assert [entry.value for entry in every.entries.values()] == [60, 0.8]


def test_markdown_says_all_that_words_can(plain: Report) -> None:
    heads = re.findall(r"^## (.*)$", plain.markdown(), re.MULTILINE)
    assert heads == [
        "Before and after",
        "Rival accounts",
        "What if",
        "Where to dig",
        "How far the sources may be relied on",
        "What an editor should look at",
        "What the text does not say",
        "Assumptions without a source",
        "How to reproduce",
    ]
