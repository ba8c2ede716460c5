"""Plain text as pasted: headings, box of facts, markers, references; every place exact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inje.document import Document, document_from_json, document_to_json, read_document
from inje.errors import DocumentError


def blocks(document: Document, kind: str) -> list[tuple[str, str]]:
    return [(b.label, document.block_text(b)) for b in document.blocks if b.kind == kind]


@pytest.fixture(scope="module")
def seed(shared):
    return read_document(shared / "seed" / "inje-qalaburun.txt")


def test_the_box_of_the_seed_is_read_row_by_row(seed):
    assert blocks(seed, "infobox") == [
        ("title", "The Battles of Inje and Qalaburun"),
        ("part_of", "Azerbaijan crisis of 1946"),
        ("date", "April 17-21, 1946"),
        ("place", "Iranian Azerbaijan, Inje and Qalaburun villages"),
        ("result", "The victory of the National Government of Azerbaijan"),
    ]


def test_edit_links_are_no_part_of_headings(seed):
    names = [text for _, text in blocks(seed, "heading")]
    assert names == ["Background", "Collisions", "Result", "See also", "References"]


def test_references_lose_their_number_and_back_links(seed):
    found = blocks(seed, "reference")
    assert [label for label, _ in found] == ["1", "2", "3", "4", "5"]
    assert found[4][1].startswith("Hasanli, Jamil (2006).")
    assert "^" not in "".join(text for _, text in found)


def test_citation_markers_are_deleted_but_kept_as_marks(seed):
    marks = [(m.target, m.anchor.start, m.anchor.quote) for m in seed.marks]
    assert marks == [
        ("1", 1495, "[1]"), ("2", 1498, "[2]"), ("3", 2000, "[3]"),
        ("4", 3185, "[4]"), ("5", 4047, "[5]"), ("5", 4537, "[5]"),
    ]  # fmt: skip
    assert "[" not in seed.text


def test_no_break_spaces_become_spaces_one_for_one(seed):
    assert "\u00a0" in seed.original
    assert "\u00a0" not in seed.text


def test_the_document_survives_its_file(seed):
    assert document_from_json(document_to_json(seed)) == seed


def test_a_changed_document_file_is_refused(seed):
    changed = document_to_json(seed).replace("800-strong", "900-strong", 1)
    with pytest.raises(DocumentError, match="sha256"):
        document_from_json(changed)


@pytest.mark.parametrize(
    ("line", "label", "value"),
    [
        ("Date21 March 1968", "date", "21 March 1968"),
        ("Result Decisive victory of nobody", "result", "Decisive victory of nobody"),
        ("Date(s): April 30, 1863", "date", "April 30, 1863"),
        ("- Strength1: 14,000 infantry", "strength1", "14,000 infantry"),
        ("Part of the War of Attrition", "part_of", "the War of Attrition"),
    ],
)
def test_labels_are_found_glued_spaced_or_with_a_colon(line, label, value):
    text = f"Battle of Testfield\n\nBattle of Testfield\n{line}\n"
    assert (label, value) in blocks(read_document(text.encode()), "infobox")


def test_a_label_word_in_prose_is_prose():
    text = (
        "Battle of Testfield\n\n== Aftermath ==\n\nResult of this was a long peace between them.\n"
    )
    document = read_document(text.encode())
    assert not blocks(document, "infobox")


def test_columns_of_a_pasted_table_are_sides(shared):
    document = read_document(shared / "articles" / "pasted_Kut_table.txt")
    rows = dict(blocks(document, "infobox"))
    assert rows["combatant1"] == "United Kingdom"
    assert rows["casualties2"] == "10,000 dead or wounded"


def test_lines_wrapped_at_a_column_are_one_paragraph():
    text = (
        "Title\n\nThe army of the north marched on the town and\nburned it to the ground in May.\n"
    )
    document = read_document(text.encode())
    (paragraph,) = blocks(document, "paragraph")
    assert paragraph[1].count("\n") == 1


hostile = st.text(
    alphabet=st.sampled_from("ab A.1[]^=|-*\n\r\t \u00a0\u200b\u202e\u0301\u0000é\ufeff(){}<>'\""),
    min_size=1,
    max_size=300,
)


@given(hostile)
def test_every_clean_character_stands_in_the_original(text):
    try:
        document = read_document(text.encode())
    except DocumentError:
        return
    for run in document.runs:
        clean = document.text[run.clean : run.clean + run.length]
        original = document.original[run.original : run.original + run.length]
        assert len(clean) == len(original)
    last = 0
    for block in document.blocks:
        assert last <= block.start < block.end <= len(document.text)
        last = block.start
        anchor = document.anchor(block.start, block.end)
        assert document.original[anchor.start : anchor.end] == anchor.quote


def test_zero_width_nul_and_combining_marks_are_read_through():
    text = "Bat\u200btle of Te\u0000stfield\n\nThe caf\u0065\u0301 burned\u202e down in 1901.\n"
    document = read_document(text.encode())
    assert document.title == "Battle of Testfield"
    assert "café burned down" in document.text
    start = document.text.index("café")
    assert document.anchor(start, start + 4).quote == "caf\u0065"


COPIED = """Battle of Korn Bridge
Part of the Korn War
Date\t3 May 1871
Location\t
Korn Bridge, Northland
Result\tNorthern victory
Belligerents
Northern Union\tSouthern League
Commanders and leaders
Karl Weiss
Anna Roth\tOtto Brandt
Jan Holm
Strength
5,000
4,000 infantry\t3,000[1]
Casualties and losses
200 killed\t90 killed
40 captured
The Battle of Korn Bridge was fought between the Northern Union and the Southern League.
"""


def test_cells_that_a_browser_copied_stand_apart_by_tabs():
    page = read_document(COPIED.encode(), reader="text")
    rows = [(b.label, page.block_text(b)) for b in page.blocks if b.kind == "infobox"]
    assert rows[3:] == [
        ("result", "Northern victory"),
        ("combatant1", "Northern Union"),
        ("combatant2", "Southern League"),
        ("commander1", "Karl Weiss\nAnna Roth"),
        ("commander2", "Otto Brandt\nJan Holm"),
        ("strength1", "5,000\n4,000 infantry"),
        ("strength2", "3,000"),
        ("casualties1", "200 killed"),
        ("casualties2", "90 killed\n40 captured"),
    ]
    assert "\t" not in page.text
