"""From a source (path, "-", bytes, address) to a document, by the reader that fits."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from inje.document._intake import LARGEST, decoded, refuse_other_language, refuse_size
from inje.document._normal import normal
from inje.document._parsed import Origin, Reader, assemble
from inje.document._records import Document
from inje.errors import DocumentError, OptionError

__all__ = ["GROUP", "read_document", "readers"]

GROUP = "inje.readers"
_HEAD = 4000


@cache
def readers() -> dict[str, Reader]:
    """The readers at hand, by name; built-in ones come through the plug-in group too."""
    return {entry.name: entry.load() for entry in entry_points(group=GROUP)}


def read_document(
    source: str | Path | bytes, *, reader: str = "", uri: str = "", name: str = ""
) -> Document:
    """Read a source into a document.

    Parameters
    ----------
    source : path of a file, "-" for standard input, an http(s) address, or the bytes themselves.
    reader : name of a reader; empty lets the suffix and the text decide.
    uri : where the text came from, if that is not the path.
    name : name for the document, if not that of the file.

    Raises
    ------
    DocumentError : nothing there, too large, binary, not UTF-8, not English.
    MissingExtra : the format needs an optional part.
    OptionError : no such reader.
    """
    content, where, suffix = _content(source)
    where = _printable(uri or where)
    shown = "standard input" if where == "-" else where
    start = shown if "://" in shown else f"{shown}:1:1"
    refuse_size(len(content), start)
    chosen = _by_magic(content, suffix) if not reader else _named(reader)
    text = chosen.decode(content, shown) if chosen and chosen.decode else decoded(content, shown)
    sheet = normal(text)
    if not sheet.text.strip():
        raise DocumentError(
            start, "the file holds only blanks", "an article about a battle", "give another file"
        )
    if chosen is None:
        chosen = _by_likeness(sheet.text, suffix)
    label = name or _label(where)
    stamp = datetime.now(UTC).date().isoformat() if where.startswith("http") else ""
    origin = Origin(_identifier(label), label, where, chosen.media_type, stamp)
    seen = sheet.text if chosen.tabs else sheet.text.replace("\t", " ")
    document = assemble(text, sheet, chosen.parse(seen), origin)
    refuse_other_language(document.text, start)
    return document


def _content(source: str | Path | bytes) -> tuple[bytes, str, str]:
    if isinstance(source, bytes):
        return source, "bytes", ""
    if source == "-":
        return sys.stdin.buffer.read(LARGEST + 1), "-", ""
    if isinstance(source, str) and re.match(r"[a-z][a-z0-9+.-]+://", source, re.I):
        from inje.document._address import fetched  # httpx is slow to import

        return fetched(source)
    path = Path(source)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            refuse_size(size, f"{path}:1:1")
        with path.open("rb") as file:  # a device has no size, and may have no end
            return file.read(LARGEST + 1), str(path), path.suffix.lower()
    except OSError as fault:
        reason = fault.strerror or str(fault)
        remedy = "name the files that are in it" if path.is_dir() else "check the path"
        raise DocumentError(
            str(path), f"cannot be opened: {reason}", "a readable file", remedy
        ) from None


def _printable(where: str) -> str:
    r"""A path whose bytes are no UTF-8, with those bytes told as `\xff`: files hold only UTF-8."""
    return where.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _named(name: str) -> Reader:
    if name not in readers():
        raise OptionError("reader", f"no reader {name!r}", ", ".join(sorted(readers())), "")
    return readers()[name]


def _by_magic(content: bytes, suffix: str) -> Reader | None:
    for candidate in readers().values():
        if candidate.magic and content.startswith(candidate.magic):
            return candidate
        if candidate.decode and suffix in candidate.suffixes:
            return candidate
    return None


def _by_likeness(text: str, suffix: str) -> Reader:
    """The reader whose format the text looks like most; the suffix counts for half."""
    head = text[:_HEAD]
    textual = [candidate for candidate in readers().values() if candidate.decode is None]
    return max(textual, key=lambda r: 0.5 * (suffix in r.suffixes) + r.likeness(head))


def _label(where: str) -> str:
    stem = re.split(r"[/\\]", where.rstrip("/\\"))[-1]
    stem = re.sub(r"\.\w{1,9}$", "", stem) if stem not in ("-", "bytes") else "document"
    return re.sub(r"[_\s]+", " ", stem).strip() or "document"


def _identifier(label: str) -> str:
    from anyascii import anyascii

    return re.sub(r"[^a-z0-9]+", "-", anyascii(label).lower()).strip("-")[:80] or "document"
