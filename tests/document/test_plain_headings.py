"""A short line between blank ones heads the prose below it."""

from __future__ import annotations

import pytest
from tests.timing import grows_by

from inje.document import read_document

PROSE = (
    "The Battle of Foo was fought in May 1811 near the village of Foo, where two armies met by "
    "chance on a road that neither of them had meant to hold for longer than a day."
)
MORE = "The two armies lay near the village for a week before either of them moved at all."


def headings(text):
    document = read_document(text.encode(), reader="text")
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == "heading"]


@pytest.mark.parametrize("heading", ["Background", "Composition of the armies", "Prelude"])
def test_a_line_alone_is_a_heading(heading):
    assert headings(f"Battle of Foo\n\n{PROSE}\n\n{heading}\n\n{MORE}\n") == [heading]


def test_hard_wrapped_prose_has_headings_too():
    wrapped = PROSE.replace(" near the", "\nnear the").replace(" on a road", "\non a road")
    assert headings(f"Battle of Foo\n\n{wrapped}\n\nAftermath\n\n{MORE}\n") == ["Aftermath"]


@pytest.mark.parametrize(
    "line",
    [
        "It was over.",  # a sentence
        "Strength: 400 men",  # a row
        "at dawn",  # the rest of a line
        "The marshal, who had seen it all",  # a part of a sentence
    ],
)
def test_other_short_lines_are_none(line):
    assert headings(f"Battle of Foo\n\n{PROSE}\n\n{line}\n\n{MORE}\n") == []


def test_a_line_before_any_prose_or_without_prose_below_is_none():
    assert headings(f"Battle of Foo\n\nBelligerents\n\n{PROSE}\n") == []
    assert headings(f"Battle of Foo\n\n{PROSE}\n\nRaglan\n\nLucan\n") == []


def test_sentences_know_their_section():
    document = read_document(
        f"Battle of Foo\n\n{PROSE}\n\nAftermath\n\n{MORE}\n".encode(), reader="text"
    )
    assert document.blocks[-1].section == "Aftermath"


def test_many_short_lines_take_no_longer_than_they_are_many():
    def read(many):
        text = f"Battle of Foo\n\n{PROSE}\n\n" + "The men of the army\n\n" * many
        return lambda: read_document(text.encode(), reader="text")

    assert grows_by(2.8, read(4000), read(8000))
