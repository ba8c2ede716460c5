"""PDF and .docx: their text is taken out page by page and then read as plain text.

The original that quotes refer to is that extracted text. Both need an optional part:
`inje[pdf]`, `inje[docx]`.
"""

from __future__ import annotations

import io
import zipfile

from inje.document._intake import LARGEST
from inje.document._parsed import Reader
from inje.document.readers._text import parse
from inje.errors import DocumentError, MissingExtra

__all__ = ["DOCX", "PDF"]

_MOST_PAGES = 400
#: bytes that the parts of a .docx may have together, pictures included
UNFOLDED = 256_000_000


def _pdf(content: bytes, where: str) -> str:
    try:
        import pdfplumber
    except ImportError:
        raise MissingExtra(f"{where}: reading PDF needs pip install 'inje[pdf]'") from None
    pages: list[str] = []
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            for page in pdf.pages[:_MOST_PAGES]:
                pages.append(page.extract_text() or "")
                page.close()
                if sum(map(len, pages)) > LARGEST:
                    break
    except Exception as fault:  # the parsers below raise many kinds
        raise _broken(where, "PDF", fault) from None
    return _bounded("\n\n".join(pages), where)


def _docx(content: bytes, where: str) -> str:
    try:
        import docx
    except ImportError:
        raise MissingExtra(f"{where}: reading .docx needs pip install 'inje[docx]'") from None
    try:
        _refuse_bombs(content, where)
        document = docx.Document(io.BytesIO(content))
        lines = [_styled(p.text, p.style.name if p.style else "") for p in document.paragraphs]
        for table in document.tables:
            lines += ["| " + " | ".join(c.text for c in row.cells) + " |" for row in table.rows]
    except DocumentError:
        raise
    except Exception as fault:  # zip, XML and key errors alike
        raise _broken(where, ".docx", fault) from None
    return _bounded("\n\n".join(lines), where)


def _refuse_bombs(content: bytes, where: str) -> None:
    """A .docx is a zip file: what unfolds to more than any article has is not unfolded."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > UNFOLDED:
        raise DocumentError(
            where,
            f"it would unfold to {size / 1e6:,.0f} MB",
            f"at most {UNFOLDED / 1e6:,.0f} MB",
            "save the article as text",
        )


def _styled(text: str, style: str | None) -> str:
    """A heading as the text reader knows it."""
    if style and style.startswith("Heading"):
        return f"== {text} =="
    return text


def _bounded(text: str, where: str) -> str:
    if not text.strip():
        raise DocumentError(
            where, "no text in it: a scan?", "a file with text", "recognise the text first"
        )
    return text[:LARGEST]


def _broken(where: str, kind: str, fault: Exception) -> DocumentError:
    reason = str(fault).splitlines()[0][:120] if str(fault) else type(fault).__name__
    return DocumentError(
        where, f"not a sound {kind} file: {reason}", f"a {kind} file", "save the article as text"
    )


def _never(_head: str) -> float:
    return 0.0


PDF = Reader("pdf", "application/pdf", (".pdf",), _never, parse, _pdf, b"%PDF-")
DOCX = Reader(
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    (".docx",),
    _never,
    parse,
    _docx,
    b"PK\x03\x04",
)
