"""The text of a PDF or .docx: a program of its own, run by `_office` under limits.

Both formats are packed, nested and linked: a few kilobytes may ask for any memory or time, and
the parsers bound neither. So a process takes them apart that may be ended without harm.

    python _unfolding.py pdf|docx BYTES-OF-MEMORY SECONDS CHARACTERS <file >{"text": ...}
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pdfplumber.page import Page

    from inje.document.readers._printed_page import Word

__all__ = ["docx_text", "pdf_text"]

MOST_PAGES = 400
#: rules and frames of a page beyond which it is a drawing, in which no table is looked for
MOST_RULES = 2000
#: seconds between the polite end and the other one
GRACE = 5
#: XML_ERR_NO_MEMORY of libxml2
NO_MEMORY = 2


def pdf_text(content: bytes, most: int) -> dict[str, object]:
    """The text of the first pages, and how many more there are."""
    import pdfplumber
    from pdfminer.pdfpage import PDFPage
    from pdfplumber.page import Page

    from inje.document.readers._printed_text import text_of_pages

    pages: list[list[Word]] = []
    size = 0
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        # the list of all pages would be made first: there may be a million
        found = PDFPage.create_pages(pdf.doc)
        for number, one in enumerate(islice(found, MOST_PAGES), 1):
            page = Page(pdf, one, page_number=number, initial_doctop=0.0)
            pages.append(_words(page))
            page.close()
            size += sum(len(word.text) for word in pages[-1])
            if size > most:
                break
        more = next(found, None) is not None
        named = pdf.metadata.get("Title")
    text = text_of_pages(pages, named if isinstance(named, str) else "")
    return {"text": text, "pages": len(pages), "more": more}


def _words(page: Page) -> list[Word]:
    """The words of a page; a ruled table stands as one."""
    from inje.document.readers._printed_page import Word

    upright = page.filter(lambda thing: thing.get("upright", True))
    tables = list(_tables(upright))
    words = [
        Word(
            word["text"], word["x0"], word["x1"], word["top"], word["bottom"], word["size"],
            "bold" in word["fontname"].lower(),
        )
        for word in upright.extract_words(extra_attrs=["size", "fontname"])
        if not any(_inside(word, box) for box, _ in tables)
    ]  # fmt: skip
    return words + [
        Word(" ".join(rows), x0, x1, top, bottom, 1.0, table=rows)
        for (x0, top, x1, bottom), rows in tables
    ]


def _tables(page: Page) -> Iterator[tuple[tuple[float, float, float, float], tuple[str, ...]]]:
    """Ruled tables of two rows and columns or more: their boxes, and their rows with bars."""
    if not 2 < len(page.rects) + len(page.lines) < MOST_RULES:
        return
    for table in page.find_tables():
        rows = [[" ".join((cell or "").split()) for cell in row] for row in table.extract()]
        if len(rows) > 1 and max(map(len, rows)) > 1 and sum(any(row) for row in rows) > 1:
            yield table.bbox, tuple("| " + " | ".join(row) + " |" for row in rows if any(row))


def _inside(word: dict[str, float], box: tuple[float, float, float, float]) -> bool:
    across, down = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def docx_text(content: bytes, most: int) -> dict[str, object]:
    """The text of paragraphs, tables and notes, and whether there is more."""
    import docx

    from inje.document.readers._written_pages import lines_of_docx

    lines: list[str] = []
    size = 0
    for line in lines_of_docx(docx.Document(io.BytesIO(content))):
        lines.append(line)
        size += len(line)
        if size > most:
            break
    return {"text": "\n\n".join(lines)}


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
        told = {"pdf": pdf_text, "docx": docx_text}[kind](sys.stdin.buffer.read(), most)
    except Exception as fault:  # the parsers raise many kinds, and wrap them in others
        told = _said_of(fault)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
