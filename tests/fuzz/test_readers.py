"""Every reader, and the drafting behind it, on whatever comes.

The targets take bytes. As tests they run on a small corpus and on what Hypothesis makes of the
signs that the formats consist of; as a program they run for as long as one likes:

    python -m tests.fuzz.test_readers wikitext --seconds 300
"""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.document import made_pdfs
from tests.fuzz.editing import edited
from tests.fuzz.program import fuzz

from inje.document import Document, read_document
from inje.document.readers import _unfolding
from inje.dossier import dossier_faults, extract_dossier
from inje.errors import InjeError

PDF = made_pdfs.sound()
CORPUS = Path(__file__).parent / "corpus"
#: seconds of processor time that an input of at most 100 kB may take
PATIENCE = 30.0
LEAD = (
    "The Battle of Testfield was fought in May 1901 between the Northern Army (NA) and the "
    "Southern Republic (SR). "
)
SIGNS = {
    "text": (
        "\n|\n\n|== |[1]|[edit]|Date|Location|Result|Belligerents|Casualties and losses|References"
        "|^ |\u200b|\u202e|\u0301|\x00|\r|\t|1,000 killed|p. 2009|Smith, J. (1999).|–|“|”"
        "|The army lost 8 men. |  "
    ),
    "wikitext": (
        "[[|]]|{{|}}|{{Infobox military conflict|date=|combatant1=|casualties2=|'''|''|<ref>|</ref>"
        '|<ref name=a/>|<ref name="a">|<references>|</references>|{{reflist|refs=|{{sfn|p=1|<!--'
        "|-->|<nowiki>|{||-|}|== |==\n|* |\n|File:x.jpg|<br>|<div|>|&nbsp;|&#x202e;|{{flag|name=X"
        "|1,000 men|100|The army lost 8 men. "
    ),
    "html": (
        '<p>|</p>|<table class="infobox">|</table>|<tr>|<th>Date</th>|<td>|</td>'
        '|<sup class="reference">|<a href="#cite_note-1">|</a>|</sup>|<li id="cite_note-1">'
        '|<ol class="references">|<!--|-->|<script>|</script>|&amp;|&#0;|&#x1F4A3;|<|>|"|<h2>'
        "|</h2>|<div style='display:none'>|<b|=|\x00|The army lost 8 men. |</html>"
    ),
}


def assert_sound(document: Document) -> None:
    """Every clean character has a place, every span lies inside, every mark quotes exactly."""
    assert all(0 <= b.start < b.end <= len(document.text) for b in document.blocks)
    for mark in document.marks:
        anchor = mark.anchor
        assert document.original[anchor.start : anchor.end] == anchor.quote
        assert 0 <= mark.start <= mark.end <= len(document.text)
    chooser = random.Random(len(document.text))
    for _ in range(20 if document.text else 0):
        start = chooser.randrange(len(document.text))
        end = min(len(document.text), start + chooser.randrange(1, 200))
        anchor = document.anchor(start, end)
        assert document.original[anchor.start : anchor.end] == anchor.quote


def read_and_draft(data: bytes, reader: str) -> None:
    """The target: read, check, draft, check; a refusal is an `InjeError`, never another one."""
    start = time.process_time()
    try:
        document = read_document(data, reader=reader)
        assert_sound(document)
        dossier = extract_dossier(document)
    except InjeError:
        return  # refused in words: that is sound
    for claim in dossier.claims:
        if claim.anchor is not None:
            there = document.original[claim.anchor.start : claim.anchor.end]
            assert there == claim.anchor.quote
    assert list(dossier_faults(dossier)) == []
    assert time.process_time() - start < PATIENCE


def unfold_and_draft(unfold: Callable[[bytes, int], dict[str, object]], data: bytes) -> None:
    """A file taken apart as its own process would, which says of every fault that it came.

    Nor is it a fault here if that takes for ever: the process is ended after some seconds.
    """
    try:
        text = str(unfold(data, 100_000)["text"])
    except Exception:
        return
    read_and_draft(text.encode("utf-8", "replace"), "text")


def in_docx(data: bytes) -> bytes:
    """A .docx whose body is the data, sound XML or not."""
    pages = io.BytesIO()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(pages, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relation}" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml",
            b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            b"<w:body><w:p><w:r><w:t>" + data + b"</w:t></w:r></w:p></w:body></w:document>",
        )
    return pages.getvalue()


def in_pdf(data: bytes) -> bytes:
    """A file that begins like a PDF."""
    return b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nstream\n" + data + b"\nendstream\n%%EOF"


TARGETS = {
    "text": lambda data: read_and_draft(data, "text"),
    "wikitext": lambda data: read_and_draft(data, "wikitext"),
    "html": lambda data: read_and_draft(data, "html"),
    "any": lambda data: read_and_draft(data, ""),
    "docx": lambda data: unfold_and_draft(_unfolding.docx_text, in_docx(data)),
    "pdf": lambda data: unfold_and_draft(_unfolding.pdf_text, in_pdf(data)),
    "pdf-spoilt": lambda data: unfold_and_draft(_unfolding.pdf_text, edited(PDF, data)),
}


def soups(name: str, most: int = 80) -> st.SearchStrategy[bytes]:
    """Articles that begin soundly and go on with the signs of a format, or with any bytes."""
    signs = SIGNS.get(name, "|".join(SIGNS.values())).split("|")
    words = [*signs, *LEAD.split(" "), "|", "[1]", " ", "."]
    soup = st.lists(st.sampled_from(words), max_size=most).map("".join)
    spoilt = st.tuples(soup, st.binary(max_size=12)).map(lambda p: p[0].encode() + p[1])
    return st.one_of(soup.map(lambda text: (LEAD + text).encode("utf-8", "replace")), spoilt)


CASES = sorted(path.name for path in CORPUS.iterdir())


@pytest.mark.parametrize("name", ["text", "wikitext", "html", "any"])
@pytest.mark.parametrize("case", CASES)
def test_what_once_was_trouble_is_none(name, case):
    TARGETS[name]((CORPUS / case).read_bytes())


@pytest.mark.parametrize("name", list(TARGETS))
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_input_breaks_a_reader(name, data):
    TARGETS[name](data.draw(soups(name)))


if __name__ == "__main__":
    fuzz(TARGETS, {name: soups(name, 200) for name in TARGETS}, CORPUS)
