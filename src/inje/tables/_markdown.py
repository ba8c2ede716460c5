"""What a noun shows as HTML, said in Markdown: for notebooks and editors that render no HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

__all__ = ["in_markdown"]

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|~$@&])")


class _Writer(HTMLParser):
    """Headings, paragraphs, bold words and tables; every other element is its words alone."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.words = ""
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs  # a hook of HTMLParser has them
        if tag == "b":
            self.words += "**"
        elif tag == "tr":
            self.rows.append([])
        elif tag == "h3":
            self.words += "### "

    def handle_endtag(self, tag: str) -> None:
        if tag == "b":
            self.words += "**"
        elif tag in ("h3", "p"):
            self.parts.append(self.taken())
        elif tag in ("th", "td"):
            self.rows[-1].append(self.taken())
        elif tag == "table":
            self.parts.append(_lines(self.rows))
            self.rows = []

    def handle_data(self, data: str) -> None:
        self.words += _ACTIVE.sub(r"\\\1", data)

    def taken(self) -> str:
        """The words so far; none are left."""
        words, self.words = " ".join(self.words.split()), ""
        return words


def _lines(rows: list[list[str]]) -> str:
    """A table; its first row is the head."""
    head, *rest = rows
    ruled = [head, ["---"] * len(head), *rest]
    return "\n".join(f"| {' | '.join(row)} |" for row in ruled)


def in_markdown(html: str) -> str:
    """The words and tables of `shown` in Markdown; words of documents stay words."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return "\n\n".join(part for part in (*writer.parts, writer.taken()) if part) + "\n"
