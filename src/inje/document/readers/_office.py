"""PDF and .docx: their text is taken out in reading order and then read as plain text.

The original that quotes refer to is that extracted text. Both need an optional part:
`inje[pdf]`, `inje[docx]`. They are taken apart in a process with limits, see `_unfolding`.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from inje.document._intake import LARGEST, refuse_size
from inje.document._parsed import Reader
from inje.document.readers._text import parse
from inje.errors import DocumentError, MissingExtra

__all__ = ["DOCX", "PDF"]

#: bytes that the parts of a .docx may have together, pictures included
UNFOLDED = 256_000_000
#: what taking a file apart may cost: bytes of memory, seconds of a processor
MEMORY, SECONDS = 2_000_000_000, 120
#: elapsed seconds for one of the processor's: a busy machine, or one that knows no such limit
PATIENCE = 10


def _pdf(content: bytes, where: str) -> str:
    if find_spec("pdfplumber") is None:
        raise MissingExtra(f"{where}: reading PDF needs pip install 'inje[pdf]'")
    return _unfolded("pdf", content, where, "PDF")


def _docx(content: bytes, where: str) -> str:
    if find_spec("docx") is None:
        raise MissingExtra(f"{where}: reading .docx needs pip install 'inje[docx]'")
    _refuse_bombs(content, where)
    return _unfolded("docx", content, where, ".docx")


def _refuse_bombs(content: bytes, where: str) -> None:
    """A .docx is a zip file: what unfolds to more than any article has is not unfolded."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError) as fault:
        raise _broken(where, ".docx", str(fault)) from None
    if size > UNFOLDED:
        raise DocumentError(
            where,
            f"it would unfold to {size / 1e6:,.0f} MB",
            f"at most {UNFOLDED / 1e6:,.0f} MB",
            "save the article as text",
        )


def _unfolded(name: str, content: bytes, where: str, kind: str) -> str:
    program = Path(__file__).with_name("_unfolding.py")
    limits = [str(MEMORY), str(SECONDS), str(LARGEST)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; nothing of the file is an argument
            [sys.executable, "-P", str(program), name, *limits],
            input=content,
            capture_output=True,
            check=False,
            timeout=SECONDS * PATIENCE,
        )
    except subprocess.TimeoutExpired:
        raise _beyond(where, kind, f"{SECONDS} s") from None
    told = _told(done.stdout)
    if told.get("beyond"):
        raise _beyond(where, kind, f"{MEMORY / 1e6:,.0f} MB of memory")
    if "text" not in told and done.returncode < 0:  # a signal, as for too much of the processor
        raise _beyond(where, kind, f"{SECONDS} s or {MEMORY / 1e6:,.0f} MB of memory")
    if "text" not in told:
        raise _broken(where, kind, told.get("fault") or "no text came of it")
    return _bounded(told, where)


def _told(said: bytes) -> dict[str, Any]:
    try:
        told = json.loads(said)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _beyond(where: str, kind: str, limit: str) -> DocumentError:
    return DocumentError(
        where,
        f"taking this {kind} apart needs more than {limit}",
        f"a {kind} whose streams unfold to less",
        "save the article as text",
    )


def _bounded(told: dict[str, Any], where: str) -> str:
    text = str(told["text"])
    if not text.strip():
        raise DocumentError(
            where, "no text in it: a scan?", "a file with text", "recognise the text first"
        )
    if told.get("more"):
        pages = told["pages"]
        raise DocumentError(
            where, f"more than {pages:,} pages", f"at most {pages:,} pages",
            "cut out the pages about the battle",
        )  # fmt: skip
    if len(text) > LARGEST:
        refuse_size(len(text), where)
    return text


def _broken(where: str, kind: str, reason: str) -> DocumentError:
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
