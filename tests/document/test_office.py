"""PDF and .docx: sound ones are read as text, broken ones refused in one sentence."""

from __future__ import annotations

import zipfile

import pytest
from tests.document import made_pdfs

from inje.document import read_document
from inje.document.readers import _office
from inje.errors import DocumentError


def test_a_docx_is_read_with_its_headings(tmp_path):
    docx = pytest.importorskip("docx", reason="inje[docx] is not installed")
    written = docx.Document()
    written.add_paragraph("Battle of Testfield")
    written.add_heading("Background", level=1)
    written.add_paragraph("The army of the North marched to the hill and lost 8 men in the battle.")
    path = tmp_path / "article.docx"
    written.save(path)
    document = read_document(path)
    told = {(block.kind, document.block_text(block)) for block in document.blocks}
    assert ("heading", "Background") in told
    assert any(kind == "paragraph" and "lost 8 men" in text for kind, text in told)
    assert document.media_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", b"%PDF-1.7\nnothing more"), ("a.docx", b"PK\x03\x04 broken"), ("b.docx", b"text")],
)
def test_broken_files_are_refused(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=r"not a sound|no text"):
        read_document(path)


def test_a_pdf_is_read(tmp_path):
    pytest.importorskip("pdfplumber", reason="inje[pdf] is not installed")
    path = tmp_path / "article.pdf"
    path.write_bytes(made_pdfs.sound())
    document = read_document(path)
    assert document.text.strip() == made_pdfs.SENTENCE
    assert document.media_type == "application/pdf"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("unfolding", r"taking this PDF apart needs more than 700 MB of memory; allowed: "),
        ("nested", r"no text in it"),
        ("circling", r"not a sound PDF file: nested too deeply, or linked in a circle"),
        ("itself", r"no text in it"),
        # an old pdfminer does not look into forms at all
        ("endless", r"needs more than 1 s or 700 MB of memory; allowed: |no text in it"),
    ],
)
def test_a_pdf_that_asks_for_too_much_is_refused(monkeypatch, name, said):
    """In bounded memory and processor time, whatever the parser does, and in four parts."""
    pytest.importorskip("pdfplumber", reason="inje[pdf] is not installed")
    pytest.importorskip("resource", reason="this system bounds no process")
    monkeypatch.setattr(_office, "MEMORY", 700_000_000)
    if name == "endless":
        monkeypatch.setattr(_office, "SECONDS", 1)
    content = made_pdfs.BOMBS[name]()
    assert len(content) < 250_000
    with pytest.raises(DocumentError, match=said):
        read_document(content)


@pytest.mark.slow
def test_a_book_of_a_hundred_thousand_pages_is_refused():
    """Its first pages alone might not hold the battle, and nobody would know."""
    pytest.importorskip("pdfplumber", reason="inje[pdf] is not installed")
    with pytest.raises(DocumentError, match=r"more than 400 pages; allowed: at most 400 pages"):
        read_document(made_pdfs.BOMBS["many"]())


@pytest.mark.slow
def test_a_page_named_a_hundred_thousand_times_is_read_once():
    pytest.importorskip("pdfplumber", reason="inje[pdf] is not installed")
    assert read_document(made_pdfs.BOMBS["crowded"]()).text.startswith(made_pdfs.SENTENCE)


def test_a_pdf_of_two_columns_is_read_column_by_column():
    pytest.importorskip("pdfplumber", reason="inje[pdf] is not installed")
    left = ["The army of the North stood on the", "hill from dawn on. It lost 8 men, and"]
    right = [
        "the army of the South lost 40 in the",
        "valley. They all went home in May,",
        "and so on.",
    ]
    lines = [*left, "the South attacked until noon. Then", *right]
    document = read_document(made_pdfs.columned(lines, 3))
    assert document.original == " ".join(lines)


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch):
    pytest.importorskip("pdfplumber", reason="inje[pdf] is not installed")
    told = {"text": "The first pages.", "pages": 400, "more": True}
    monkeypatch.setattr(_office, "_told", lambda _said: told)
    with pytest.raises(DocumentError, match=r"more than 400 pages"):
        read_document(made_pdfs.sound())


def test_a_docx_is_read_in_its_order_with_its_tables_and_lists(tmp_path):
    docx = pytest.importorskip("docx", reason="inje[docx] is not installed")
    written = docx.Document()
    written.add_heading("Battle of Elm Ford", 0)
    written.add_paragraph("The Battle of Elm Ford was fought between the two armies in 1862.")
    table = written.add_table(rows=0, cols=2)
    for row in (("Date", "3 May 1862"), ("Result", "Prussian victory")):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    written.add_heading("The fighting", 1)
    written.add_paragraph("It was fought on a hill and in the village.")
    written.add_paragraph("the hill", style="List Bullet")
    path = tmp_path / "article.docx"
    written.save(path)
    document = read_document(path)
    assert document.title == "Battle of Elm Ford"
    assert [
        (block.kind, block.label, document.block_text(block).strip()) for block in document.blocks
    ] == [
        ("title", "", "Battle of Elm Ford"),
        ("paragraph", "", "The Battle of Elm Ford was fought between the two armies in 1862."),
        ("infobox", "date", "3 May 1862"),
        ("infobox", "result", "Prussian victory"),
        ("heading", "", "The fighting"),
        ("paragraph", "", "It was fought on a hill and in the village."),
        ("list_item", "", "the hill"),
    ]


def with_note(path, target) -> None:
    """The same .docx with a footnote after "killed.", and words that were struck out."""
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = f'<Override PartName="/word/footnotes.xml" ContentType="{office}"/></Types>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    link = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    call = '<w:r><w:footnoteReference w:id="2"/></w:r><w:del><w:r><w:t>twice</w:t></w:r></w:del>'
    changes = {
        "word/document.xml": (b"killed.</w:t></w:r>", f"killed.</w:t></w:r>{call}".encode()),
        "[Content_Types].xml": (b"</Types>", part.encode()),
        "word/_rels/document.xml.rels": (b"</Relationships>", link.encode()),
    }
    note = f"""<w:footnotes xmlns:w="{name}"><w:footnote w:id="2"><w:p><w:r><w:t>Holm, Anna (1870).
        Memoirs. Berlin: Weidmann. p. 12.</w:t></w:r></w:p></w:footnote></w:footnotes>"""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as made:
        for entry in source.namelist():
            made.writestr(entry, source.read(entry).replace(*changes.get(entry, (b"\0", b"\0"))))
        made.writestr("word/footnotes.xml", note)


def test_footnotes_of_a_docx_are_references(tmp_path):
    docx = pytest.importorskip("docx", reason="inje[docx] is not installed")
    written = docx.Document()
    written.add_paragraph("Battle of Elm Ford")
    written.add_paragraph("In the battle the army of the Saxons lost 240 men killed.")
    written.save(tmp_path / "plain.docx")
    with_note(tmp_path / "plain.docx", tmp_path / "noted.docx")
    document = read_document(tmp_path / "noted.docx")
    assert "240 men killed.[1]" in document.original
    assert "twice" not in document.original
    reference = document.blocks[-1]
    assert (reference.kind, reference.label) == ("reference", "1")
    assert document.block_text(reference) == "Holm, Anna (1870). Memoirs. Berlin: Weidmann. p. 12."
    assert any(mark.kind == "citation" and mark.target == "1" for mark in document.marks)


def test_a_docx_that_unfolds_to_gigabytes_is_not_unfolded(tmp_path):
    pytest.importorskip("docx", reason="inje[docx] is not installed")
    path = tmp_path / "bomb.docx"
    zeros = bytes(1 << 20)
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(300):
            part.write(zeros)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(DocumentError, match=r"it would unfold to 315 MB; allowed: at most 256 MB"):
        read_document(path)


def test_a_docx_whose_body_has_millions_of_parts_is_refused(tmp_path, monkeypatch):
    """It unfolds to less than is forbidden, but its tree would take many times as much."""
    docx = pytest.importorskip("docx", reason="inje[docx] is not installed")
    pytest.importorskip("resource", reason="this system bounds no process")
    monkeypatch.setattr(_office, "MEMORY", 400_000_000)
    path, bomb = tmp_path / "sound.docx", tmp_path / "bomb.docx"
    docx.Document().save(path)
    with zipfile.ZipFile(path) as sound, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sound.namelist():
            body = sound.read(name)
            if name == "word/document.xml":
                body = body.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 4_000_000)
            made.writestr(name, body)
    assert bomb.stat().st_size < 250_000
    with pytest.raises(DocumentError, match=r"taking this \.docx apart needs more than"):
        read_document(bomb)


def test_a_docx_of_entities_that_unfold_is_refused(tmp_path):
    docx = pytest.importorskip("docx", reason="inje[docx] is not installed")
    path, bomb = tmp_path / "sound.docx", tmp_path / "bomb.docx"
    docx.Document().save(path)
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE x [<!ENTITY e0 "ha">{levels}]>'.encode()
    with zipfile.ZipFile(path) as sound, zipfile.ZipFile(bomb, "w") as made:
        for name in sound.namelist():
            body = sound.read(name)
            if name == "word/document.xml":
                start = body.index(b"<w:document")
                inside = b"<w:body><w:p><w:r><w:t>&e11;</w:t></w:r></w:p>"
                body = body[:start] + head + body[start:].replace(b"<w:body>", inside)
            made.writestr(name, body)
    with pytest.raises(DocumentError, match=r"not a sound \.docx|no text in it|needs more than"):
        read_document(bomb)
