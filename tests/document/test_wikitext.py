"""Wikitext: what is markup goes, what is text stays where it was; linear and unbreakable."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.timing import within

from inje.document import Document, read_document
from inje.errors import DocumentError

PAGE = """{{Infobox military conflict
|conflict=Battle of Testfield
|date=1 May 1900<ref name="a">Smith 1950, p. 3</ref>
|result=Northern victory<br/>Peace of X
|combatant1={{flagicon|North}} [[Northern Kingdom|The North]]
|combatant2=South
|strength1=1,200 men
|casualties1='''30''' killed
|unknown_field=x
}}
The '''Battle of Testfield''' was fought near [[Testfield]]&nbsp;Hill{{sfn|Jones|1960|p=12}} by the
army.<ref name="a"/> It marched {{convert|20|mi|km}}.

== Background ==
[[File:Map.png|thumb|A [[map]] of it]]Once upon a time.<!-- hidden -->
* first
{{Quote|We won the day.|The general}}

== References ==
{{reflist}}
* {{cite book |last=Smith |first=J. |title=The War |year=1950}}

== See also ==
* [[Other battle]]
"""


def read(text: str) -> Document:
    return read_document(text.encode(), reader="wikitext")


@pytest.fixture(scope="module")
def page():
    return read(PAGE)


def test_rows_of_the_infobox_are_text(page):
    rows = {b.label: page.block_text(b) for b in page.blocks if b.kind == "infobox"}
    assert rows == {
        "title": "Battle of Testfield",
        "date": "1 May 1900",
        "result": "Northern victory\nPeace of X",
        "combatant1": "The North",
        "combatant2": "South",
        "strength1": "1,200 men",
        "casualties1": "30 killed",
    }


def test_prose_reads_like_the_page(page):
    (lead, background) = (page.block_text(b) for b in page.blocks if b.kind == "paragraph")
    assert lead.replace("\n", " ") == (
        "The Battle of Testfield was fought near Testfield Hill by the army. It marched 20 mi."
    )
    assert background == "Once upon a time."


def test_references_are_marks_that_quote_themselves(page):
    cited = [(m.target, m.anchor.quote) for m in page.marks if m.kind == "citation"]
    assert cited == [
        ("a", '<ref name="a">Smith 1950, p. 3</ref>'),
        ("sfn|Jones|1960|p=12", "{{sfn|Jones|1960|p=12}}"),
        ("a", '<ref name="a"/>'),
    ]


def test_quotations_lists_and_works_are_told_apart(page):
    kinds = {page.block_text(b): b.kind for b in page.blocks}
    assert kinds["We won the day.\nThe general"] == "quotation"
    assert kinds["first"] == "list_item"
    assert kinds["Other battle"] == "navigation"
    assert any(k == "reference" and "last=Smith" in text for text, k in kinds.items())


def test_links_keep_their_target(page):
    assert ("Northern Kingdom", "The North") in [
        (m.target, page.text[m.start : m.end]) for m in page.marks if m.kind == "link"
    ]


@pytest.mark.parametrize(
    "bomb",
    [
        "[[" * 40_000,
        "{{" * 40_000,
        "<ref>" * 20_000,
        "{{a|" * 20_000 + "}}" * 20_000,
        "<!--" * 40_000,
        "[[a|" * 20_000 + "]]" * 20_000,
        "''" * 60_000,
        "<" * 80_000,
        "=" * 80_000,
        "{|\n" * 30_000,
        "[http://a " * 20_000,
        "<div " * 20_000,
        "]]}}" * 30_000,
        "&a" * 50_000,
    ],
)
def test_bombs_take_bounded_time(bomb):
    def taken_in() -> None:
        with contextlib.suppress(DocumentError):
            read("The battle was fought by the army of the north in the hills. " + bomb)

    assert within(3.0, taken_in)


pieces = st.lists(
    st.sampled_from(
        [
            "{{",
            "}}",
            "[[",
            "]]",
            "|",
            "<ref>",
            "</ref>",
            "<ref name=a/>",
            "'''",
            "''",
            "\n",
            "==",
            " a ",
            "*",
            "The battle was fought.",
            "<!--",
            "-->",
            "&nbsp;",
            "&amp;",
            "{|",
            "|}",
            "File:x.png",
            "=",
            "Infobox military conflict",
            "strength1",
            "1,200",
            "<br>",
            "<nowiki>",
            "</nowiki>",
            "convert",
            "nowrap",
            "quote",
            "[http://x y]",
            "é",
            "\u200b",
            "<div>",
            "</div>",
        ]
    ),
    max_size=60,
)


@given(pieces)
def test_any_soup_of_markup_keeps_its_places(soup):
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
        assert 0 <= mark.start <= mark.end <= len(document.text)


@pytest.mark.parametrize(
    ("template", "degrees"),
    [
        ("{{coord|48|38|0|N|10|38|0|E|region:DE_type:event|display=title}}", "48.63333,10.63333"),
        ("{{Coord|39.811|N|77.225|W|type:event}}", "39.811,-77.225"),
        ("{{coord|7|30|S|134|15|E}}", "-7.5,134.25"),
        ("{{coord|-41.3|174.8}}", "-41.3,174.8"),
        ("{{coord|display=title|50|35|0|N|3|13|30|E}}", "50.58333,3.225"),
        ("{{coord missing|France}}", None),
        ("{{coord|98|N|10|E}}", None),
        ("{{coord|1|2|3|4|N|5|E}}", None),
    ],
)  # fmt: skip
def test_coordinates_are_marks_and_no_prose(template, degrees):
    text = f"The fight was at [[Oak]] {template} in May 1901."
    document = read_document(text.encode(), reader="wikitext")
    found = [mark for mark in document.marks if mark.kind == "coordinates"]
    assert [mark.target for mark in found] == ([degrees] if degrees else [])
    assert all(mark.anchor.quote == template for mark in found)
    assert "coord" not in document.text


def test_a_work_over_several_lines_is_one_work():
    listed = read(
        "The army fought the battle of the hill in May.\n\n== Sources ==\n"
        "* {{cite book |ref={{harvid|Holm|1870}}\n|last=Holm |first=Anna |title=Memoirs}}\n"
        "* {{cite book\n | last = Rehn\n | title = My Service\n}} Rare.\n"
        "* Brandt, Karl (1901). The War.\n"
    )
    works = [listed.block_text(b) for b in listed.blocks if b.kind == "reference"]
    assert [work.partition("\n")[0] for work in works] == [
        "{{cite book |ref={{harvid|Holm|1870}}",
        "{{cite book",
        "Brandt, Karl (1901). The War.",
    ]
    assert works[0].endswith("|title=Memoirs}}")
    assert works[1].endswith("}} Rare.")


def test_a_template_that_never_closes_takes_no_other_work_with_it():
    listed = read(
        "The army fought the battle of the hill in May.\n\n== Sources ==\n"
        "* {{cite book |last=Holm\n* Rehn, Otto (1875). My Service.\n* Brandt (1901). The War.\n"
    )
    works = [listed.block_text(b) for b in listed.blocks if b.kind == "reference"]
    assert works[1:] == ["Rehn, Otto (1875). My Service.", "Brandt (1901). The War."]
