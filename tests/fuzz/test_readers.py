"""Every reader, and the drafting behind it, on whatever comes.

The targets take bytes. As tests they run on a small corpus and on what Hypothesis makes of the
signs that the formats consist of; as a program they run under atheris where that is installed,
else under Hypothesis for as long:

    python tests/fuzz/test_readers.py wikitext --seconds 300
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import zipfile
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inje.document import Document, read_document
from inje.dossier import dossier_faults, extract_dossier
from inje.errors import InjeError

CORPUS = Path(__file__).parent / "corpus"
#: seconds that an input of at most 100 kB may take, on a machine that is busy otherwise
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
    start = time.perf_counter()
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
    assert time.perf_counter() - start < PATIENCE


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
    "docx": lambda data: read_and_draft(in_docx(data), "docx"),
    "pdf": lambda data: read_and_draft(in_pdf(data), "pdf"),
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


def _by_hypothesis(name: str, seconds: float) -> None:
    end = time.monotonic() + seconds
    rounds = 0
    while time.monotonic() < end:

        @settings(
            max_examples=500, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(soups(name, 200))
        def attempt(data: bytes) -> None:
            if time.monotonic() < end:
                TARGETS[name](data)

        attempt()
        rounds += 1
    print(f"{name}: {rounds} rounds of Hypothesis, nothing found")


def _instrumented(atheris: ModuleType) -> None:
    """Import the code under test once more, so that atheris sees which lines run."""
    for name in [name for name in sys.modules if name.split(".")[0] == "inje"]:
        del sys.modules[name]
    with atheris.instrument_imports(include=["inje.document", "inje.dossier", "inje.chronology"]):
        document, dossier = import_module("inje.document"), import_module("inje.dossier")
    globals().update(
        read_document=document.read_document,
        extract_dossier=dossier.extract_dossier,
        dossier_faults=dossier.dossier_faults,
        InjeError=import_module("inje.errors").InjeError,
    )


def main() -> None:
    """Fuzz one target for some seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=list(TARGETS))
    parser.add_argument("--seconds", type=int, default=120)
    chosen = parser.parse_args()
    try:
        import atheris
    except ImportError:
        _by_hypothesis(chosen.target, chosen.seconds)
        return
    _instrumented(atheris)
    options = [f"-max_total_time={chosen.seconds}", "-timeout=60", "-max_len=20000", str(CORPUS)]
    found = Path("/tmp") if sys.platform != "win32" else Path()  # noqa: S108 - where crashes go
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={found}/"], TARGETS[chosen.target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
