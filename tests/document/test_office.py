"""PDF and .docx: sound ones are read as text, broken ones refused in one sentence."""

from __future__ import annotations

import zipfile

import pytest

from inje.document import read_document
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
