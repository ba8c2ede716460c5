"""HTML: a page of Wikipedia and a plain one; every place exact, nothing breaks."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.timing import within

from inje.document import Document, read_document
from inje.document.readers._labels import is_byline
from inje.dossier import extract_dossier
from inje.errors import DocumentError

PAGE = """<!DOCTYPE html><html><head><title>Battle of Testfield</title><style>p{}</style></head><body>
<nav><ul><li>Home</li></ul></nav>
<h1>Battle of Testfield</h1>
<table class="infobox vevent"><tbody>
<tr><th colspan="2">Battle of Testfield</th></tr>
<tr><td colspan="2">Part of <a href="/w">the War</a></td></tr>
<tr><th>Date</th><td>1 May 1900<sup class="reference"><a href="#cite_note-1">[1]</a></sup></td></tr>
<tr><th colspan="2">Belligerents</th></tr>
<tr><td><a href="/n">The North</a></td><td>The South</td></tr>
<tr><th colspan="2">Strength</th></tr>
<tr><td>1,200&nbsp;men</td><td>unknown</td></tr>
</tbody></table>
<p>The <b>Battle of Testfield</b> was fought &amp; won by the army of the North
near the hill.<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup></p>
<script>var a = "<p>not text</p>";</script>
<h2>Background<span class="mw-editsection">[edit]</span></h2>
<p>It began<br>in spring.</p>
<blockquote><p>We won the day.</p></blockquote>
<ul><li>first<li>second</ul>
<h2>References</h2>
<ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink">^</span> Smith 1950, p. 3</li></ol>
<!-- hidden --></body></html>
"""  # noqa: E501 - the page as browsers get it


def read(text: str) -> Document:
    return read_document(text.encode(), reader="html")


@pytest.fixture(scope="module")
def page():
    return read(PAGE)


def test_rows_of_the_box_are_text_by_side(page):
    rows = {b.label: page.block_text(b) for b in page.blocks if b.kind == "infobox"}
    assert rows == {
        "title": "Battle of Testfield",
        "part_of": "the War",
        "date": "1 May 1900",
        "combatant1": "The North",
        "combatant2": "The South",
        "strength1": "1,200 men",
        "strength2": "unknown",
    }


def test_prose_quotations_and_lists(page):
    told = [(b.kind, page.block_text(b).replace("\n", " ")) for b in page.blocks]
    lead = "The Battle of Testfield was fought & won by the army of the North near the hill."
    assert ("title", "Battle of Testfield") in told
    assert ("paragraph", lead) in told
    assert ("heading", "Background") in told
    assert ("paragraph", "It began in spring.") in told
    assert ("quotation", "We won the day.") in told
    assert [text for kind, text in told if kind == "list_item"] == ["first", "second"]
    assert ("reference", "Smith 1950, p. 3") in told
    assert page.title == "Battle of Testfield"
    assert "not text" not in page.text
    assert "Home" not in page.text


def test_citations_find_their_reference(page):
    cited = [(m.target, m.anchor.quote[:4]) for m in page.marks if m.kind == "citation"]
    assert cited == [("1", "<sup"), ("1", "<sup")]
    assert [b.label for b in page.blocks if b.kind == "reference"] == ["1"]


def test_citations_of_a_real_page_are_linked(shared):
    document = read_document(shared / "articles" / "html_Convoy_ONS_5.html")
    labels = {b.label for b in document.blocks if b.kind == "reference"}
    targets = [m.target for m in document.marks if m.kind == "citation"]
    assert targets
    assert set(targets) <= labels


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 40_000,
        "</div>" * 40_000,
        "<a href='" * 20_000,
        "<p " * 50_000,
        "<" * 100_000,
        "<!--" * 40_000,
        "<table class=infobox><tr><td>" * 8_000,
        "&amp" * 50_000,
        "<b><i>" * 30_000,
        "<script>" * 20_000,
        '<a b="c' * 20_000,
        "<sup class=reference>" * 8_000,
    ],
)
def test_bombs_take_bounded_time(bomb):
    def taken_in() -> None:
        with contextlib.suppress(DocumentError):
            read("<p>The battle was fought by the army of the north in the hills.</p>" + bomb)

    assert within(3.0, taken_in)


pieces = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<table class='infobox'>",
            "</table>",
            "<tr>",
            "<td>",
            "<th>",
            "Date",
            "<br>",
            "<li>",
            "<ul>",
            "</ul>",
            " a ",
            "The battle was fought.",
            "<!--",
            "-->",
            "&nbsp;",
            "&amp;",
            "<sup class='reference'><a href='#cite_note-1'>",
            "</a></sup>",
            "<h2>",
            "</h2>",
            "References",
            "<script>",
            "</script>",
            "<div style='display:none'>",
            "</div>",
            "é",
            "\u200b",
            "<b",
            ">",
            "\n",
        ]
    ),
    max_size=60,
)


@given(pieces)
def test_any_soup_of_tags_keeps_its_places(soup):
    try:
        document = read("".join(soup) or "x")
    except DocumentError:
        return
    for block in document.blocks:
        anchor = document.anchor(block.start, block.end)
        assert document.original[anchor.start : anchor.end] == anchor.quote
    for mark in document.marks:
        place = document.original[mark.anchor.start : mark.anchor.end]
        assert place == mark.anchor.quote


@pytest.mark.parametrize(
    ("words", "degrees"),
    [("50.680; 4.412", "50.68,4.412"), ("-7; 134.25", "-7,134.25"), ("about 50 N", None)],
)
def test_the_geo_microformat_is_a_mark_and_no_prose(words, degrees):
    page = f'<p>The fight was at Oak <span class="geo">{words}</span> in May 1901.</p>'
    document = read_document(page.encode(), reader="html")
    found = [mark for mark in document.marks if mark.kind == "coordinates"]
    assert [mark.target for mark in found] == ([degrees] if degrees else [])
    assert (words in document.text) == (degrees is None)


BLOG = """<html><body><article><h1>The Battle of Elm Ford</h1>
<p class="by">By <a href="/w">A. Writer</a>, posted 3 May 2012</p>
<p>It was fought on 3 May 1862 by the two armies.<sup><a href="#fn1" id="r1">1</a></sup> The army
lost 240 killed.<a class="note" href="#fn2">[2]</a> See <a href="#map">the map</a>.</p>
<h2>Notes</h2><ol><li id="fn1">Holm (1870). Memoirs. <a href="#r1">\u21a9</a></li>
<li id="fn2">Rehn (1875). Service.</li></ol></article></body></html>"""


def test_notes_of_any_page_are_linked_and_its_byline_is_no_prose():
    page = read_document(BLOG.encode(), reader="html")
    cited = [(m.target, m.anchor.quote[:4]) for m in page.marks if m.kind == "citation"]
    assert cited == [("fn1", "<sup"), ("fn2", "<a c")]
    notes = {b.label: page.block_text(b).strip() for b in page.blocks if b.kind == "reference"}
    assert notes == {"fn1": "Holm (1870). Memoirs.", "fn2": "Rehn (1875). Service."}
    prose = " ".join(page.block_text(b) for b in page.blocks if b.kind == "paragraph")
    assert "the map" in prose
    assert "2012" not in prose
    assert "[2]" not in prose


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By A. Writer, posted 3 May 2012", True),
        ("Posted on 3 May 2012 by A. Writer", True),
        ("Published: 12 June 1999", True),
        ("Last updated on Monday, 4 July 2020 at 12:30", True),
        ("By John Smith | Published May 3, 2012", True),
        ("Retrieved 2012-05-03.", True),
        ("By nightfall the army had 1862 men.", False),
        ("Posted on the hill were 1200 men.", False),
        ("The order was published on 3 May 1862.", False),
        ("By 3 May 1862 the army updated its plans and 1900 men died.", False),
        ("Published on 3 May 1862, the order told the army to march at once.", False),
    ],
)
def test_bylines(line, byline):
    assert is_byline(line) == byline


BOXED = """<html><body><h1>Battle of Korn Bridge</h1><table class="infobox vevent">
<tr><th colspan="2">Battle of Korn Bridge</th></tr>
<tr><th>Date</th><td>3 May 1871</td></tr>
<tr><th>Result</th><td>Northern victory<ul><li>Peace of Korn</li></ul></td></tr>
<tr><th colspan="2">Belligerents</th></tr>
<tr><td><p>Northern Union</p><ul><li>Eastern Duchy</li></ul></td>
<td><div>Southern League</div></td></tr>
<tr><th colspan="2">Strength</th></tr>
<tr><td><div class="plainlist"><ul><li>5,000 men</li><li>30 guns</li></ul></div></td>
<td>3,000</td></tr>
</table><p>The battle was fought between the Northern Union and the Southern League.</p>
</body></html>"""


def test_what_lists_split_in_a_cell_of_the_box_stays_in_its_column():
    page = read_document(BOXED.encode(), reader="html")
    rows = [(b.label, page.block_text(b).split("\n")) for b in page.blocks if b.kind == "infobox"]
    assert [(label, [word for word in words if word]) for label, words in rows[1:]] == [
        ("date", ["3 May 1871"]),
        ("result", ["Northern victory", "Peace of Korn"]),
        ("combatant1", ["Northern Union", "Eastern Duchy"]),
        ("combatant2", ["Southern League"]),
        ("strength1", ["5,000 men", "30 guns"]),
        ("strength2", ["3,000"]),
    ]


def test_a_table_without_a_class_is_a_box_where_its_labels_say_so():
    rows = "".join(
        f"<tr><td><b>{label}</b></td><td>{value}</td></tr>"
        for label, value in (
            ("Date", "3 May 1871"),
            ("Location", "Korn Bridge"),
            ("Strength", "Northern Union about 5,000; Southern League 800"),
            ("Casualties", "Northern Union 200; Southern League 90"),
        )
    )
    prose = "The battle was fought between the Northern Union and the Southern League."
    text = f"<html><body><h1>Korn</h1><table border=1>{rows}</table><p>{prose}</p></body></html>"
    dossier = extract_dossier(read_document(text.encode(), reader="html"))
    boxed = {(c.about, c.value.best) for c in dossier.claims if c.rule == "box"}
    assert boxed == {
        ("strength.northern_union", 5000),
        ("strength.southern_league", 800),
        ("losses.northern_union.total", 200),
        ("losses.southern_league.total", 90),
    }
    other = "<table><tr><td>Date</td><td>3 May</td></tr><tr><td>Rain</td><td>2</td></tr></table>"
    page = read_document(f"<html><body>{other}<p>{prose}</p></body></html>".encode(), reader="html")
    assert not any(block.kind == "infobox" for block in page.blocks)
