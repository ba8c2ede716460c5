"""The text of a PDF or .docx: a program of its own, run by `_office` under limits.

Both formats are packed, nested and linked: a few kilobytes may ask for any memory or time, and
the parsers bound neither. So a process takes them apart that may be ended without harm. It needs
nothing else of inje.

    python _unfolding.py pdf|docx BYTES-OF-MEMORY SECONDS CHARACTERS <file >{"text": ...}
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from itertools import islice

__all__ = ["docx_text", "pdf_text"]

MOST_PAGES = 400
#: seconds between the polite end and the other one
GRACE = 5
#: XML_ERR_NO_MEMORY of libxml2
NO_MEMORY = 2


def pdf_text(content: bytes, most: int) -> str:
    """The text of the first pages, a blank line between two."""
    import pdfplumber
    from pdfminer.pdfpage import PDFPage
    from pdfplumber.page import Page

    pages: list[str] = []
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        # the list of all pages would be made first: there may be a million
        first = islice(PDFPage.create_pages(pdf.doc), MOST_PAGES)
        for number, found in enumerate(first, 1):
            page = Page(pdf, found, page_number=number, initial_doctop=0.0)
            pages.append(page.extract_text() or "")
            page.close()
            if sum(map(len, pages)) > most:
                break
    return "\n\n".join(pages)


def docx_text(content: bytes, most: int) -> str:
    """The text of the paragraphs, then of the tables."""
    import docx

    lines: list[str] = []
    size = 0
    for line in _lines(docx.Document(io.BytesIO(content))):
        lines.append(line)
        size += len(line)
        if size > most:
            break
    return "\n\n".join(lines)


def _lines(document: object) -> Iterator[str]:
    for paragraph in document.paragraphs:  # type: ignore[attr-defined]
        style = paragraph.style.name if paragraph.style else ""
        heading = bool(style) and style.startswith("Heading")
        yield f"== {paragraph.text} ==" if heading else paragraph.text
    for table in document.tables:  # type: ignore[attr-defined]
        for row in table.rows:
            yield "| " + " | ".join(cell.text for cell in row.cells) + " |"


def _limited(memory: int, seconds: int) -> None:
    """Take no more than this; Windows has no such limits, there the caller's clock is all."""
    try:
        import resource
    except ImportError:
        return
    for kind, wanted in (
        (resource.RLIMIT_AS, (memory, memory)),
        (resource.RLIMIT_CPU, (seconds, seconds + GRACE)),
        (resource.RLIMIT_CORE, (0, 0)),
    ):
        there = resource.getrlimit(kind)[1]
        bound = there != resource.RLIM_INFINITY
        resource.setrlimit(kind, tuple(min(n, there) if bound else n for n in wanted))


def _starved(fault: BaseException) -> bool:
    """Whether libxml2 found no memory: its parser says so by a number alone."""
    return type(fault).__name__ == "XMLSyntaxError" and getattr(fault, "code", 0) == NO_MEMORY


def _said_of(fault: BaseException) -> dict[str, str]:
    causes: list[BaseException] = []
    behind: BaseException | None = fault
    while behind is not None and behind not in causes:
        causes.append(behind)
        behind = behind.__cause__ or behind.__context__
    if any(isinstance(cause, MemoryError) or _starved(cause) for cause in causes):
        return {"beyond": "memory"}
    if any(isinstance(cause, RecursionError) for cause in causes):
        return {"fault": "nested too deeply, or linked in a circle"}
    return {"fault": str(fault).splitlines()[0][:120] if str(fault) else type(fault).__name__}


def main() -> None:
    """Read the file from standard input, write what came of it as JSON."""
    kind, memory, seconds, most = sys.argv[1], *map(int, sys.argv[2:5])
    _limited(memory, seconds)
    try:
        told = {"text": {"pdf": pdf_text, "docx": docx_text}[kind](sys.stdin.buffer.read(), most)}
    except Exception as fault:  # the parsers raise many kinds, and wrap them in others
        told = _said_of(fault)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
