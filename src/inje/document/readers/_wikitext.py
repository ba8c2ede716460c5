"""MediaWiki wikitext: markup goes, words stay where they are.

References become marks whose anchor is the whole `<ref>`; their text is not prose. Rows of
the infobox become blocks; tables, files and navigation go.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from dataclasses import dataclass, field

from inje.document._parsed import Parsed, Reader, Spot
from inje.document._records import Block, BlockKind
from inje.document.readers._labels import field_of, section_kind
from inje.document.readers._wikiscan import Element, elements_of, parts_of
from inje.document.readers._wikitemplates import (
    CITATION_TEMPLATES,
    NOTE_TEMPLATES,
    QUOTATIONS,
    SIGNS,
    kept_arguments,
)

__all__ = ["WIKITEXT", "parse"]

_GONE_LINKS = re.compile(r"\s*:?(?:file|image|category|media|wikt|[a-z]{2,3}):", re.I)
_HEADING = re.compile(r"[ \t]*(={2,6})[ \t]*([^\n]*?)[ \t]*\1[ \t]*\Z")
_LIST = re.compile(r"[*#:;]+[ \t]*")
_EMPHASIS = re.compile(r"'{2,}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_MAGIC = re.compile(r"__[A-Z]{3,20}__")
_REF_NAME = re.compile(r"""name\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s/>"']+))""", re.I)
_BOLD = re.compile(r"'''(?!')([^'\n]{3,120})'''")
_INFOBOX = re.compile(r"infobox\b|warbox|military conflict", re.I)
#: nesting that no article needs
_DEEPEST = 40
_GONE_TAGS = frozenset(("gallery", "references", "imagemap", "math"))


@dataclass
class _Page:
    text: str
    gone: list[tuple[int, int]] = field(default_factory=list)
    swapped: dict[int, str] = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)
    rows: list[Block] = field(default_factory=list)
    quotes: list[tuple[int, int]] = field(default_factory=list)
    covered: list[tuple[int, int]] = field(default_factory=list)
    works: list[tuple[int, int]] = field(default_factory=list)
    notes: int = 0

    def cut(self, start: int, end: int) -> None:
        if start < end:
            self.gone.append((start, end))

    def sign(self, start: int, end: int, letter: str) -> None:
        """One character in place of a stretch of markup."""
        self.swapped[start] = letter
        self.cut(start + 1, end)


def parse(text: str) -> Parsed:
    """Blocks, marks and deletions of a wikitext."""
    page = _Page(text)
    root = elements_of(text)
    page.works = _reference_sections(text)
    _inside(page, root, 0)
    _plain_markup(page)
    blocks = sorted([*page.rows, *_lines(page)], key=lambda block: (block.start, block.end))
    spots = sorted(page.spots, key=lambda spot: spot.start)
    return Parsed(_title(page), page.gone, page.swapped, tuple(blocks), tuple(spots))


def _inside(page: _Page, element: Element, depth: int) -> None:
    _between(page, element.children, element.inner, element.inner_end, depth)


def _between(page: _Page, children: list[Element], start: int, end: int, depth: int) -> None:
    """Render the elements that lie in a span; what is nested deeper than `_DEEPEST` goes."""
    k = bisect_left(children, start, key=lambda child: child.start)
    while k < len(children) and children[k].start < end:
        child, k = children[k], k + 1
        if depth > _DEEPEST:
            page.cut(child.start, child.end)
        elif child.end <= end:
            _RENDER[child.kind](page, child, depth + 1)


def _drop(page: _Page, element: Element, _depth: int) -> None:
    page.cut(element.start, element.end)


def _verbatim(page: _Page, element: Element, _depth: int) -> None:
    if element.name in ("nowiki", "pre", "source", "syntaxhighlight"):
        page.cut(element.start, element.inner)
        page.cut(element.inner_end, element.end)
    else:
        page.cut(element.start, element.end)


def _link(page: _Page, element: Element, depth: int) -> None:
    parts = parts_of(page.text, element)
    target = page.text[slice(*parts[0])]
    if _GONE_LINKS.match(target) and not target.lstrip().startswith(":"):
        page.cut(element.start, element.end)
        return
    start, end = parts[-1] if len(parts) > 1 else parts[0]
    if len(parts) > 1 and not page.text[start:end].strip():
        start, end = parts[0]
    page.cut(element.start, start)
    page.cut(end, element.end)
    if start < end:
        page.spots.append(Spot("link", start, end, target.strip()))
    _between(page, element.children, start, end, depth)


def _external(page: _Page, element: Element, depth: int) -> None:
    blank = page.text.find(" ", element.inner, element.inner_end)
    page.cut(element.start, blank + 1 if blank >= 0 else element.end)
    if blank >= 0:
        page.cut(element.inner_end, element.end)
        _inside(page, element, depth)


def _ref(page: _Page, element: Element, _depth: int) -> None:
    if any(start <= element.start < end for start, end in page.works):
        page.cut(element.start, element.inner)
        page.cut(element.inner_end, element.end)
        return
    named = _REF_NAME.search(element.attributes)
    page.notes += 1
    label = next(filter(None, named.groups()), "") if named else f"ref{page.notes}"
    page.spots.append(Spot("citation", element.start, element.end, label.strip()))


def _tag(page: _Page, element: Element, depth: int) -> None:
    if element.name in _GONE_TAGS:
        page.cut(element.start, element.end)
        return
    if element.name in ("br", "hr"):
        page.sign(element.start, element.end, "\n")
        return
    if element.name == "blockquote":
        page.quotes.append((element.inner, element.inner_end))
    page.cut(element.start, element.inner)
    page.cut(element.inner_end, element.end)
    _inside(page, element, depth)


def _template(page: _Page, element: Element, depth: int) -> None:
    parts = parts_of(page.text, element)
    head = page.text[slice(*parts[0])]
    name = " ".join(head.strip().lower().replace("_", " ").split())
    if _INFOBOX.match(name) and depth <= 3:
        _infobox(page, element, parts, depth)
    elif name in CITATION_TEMPLATES or name in NOTE_TEMPLATES:
        page.notes += name in NOTE_TEMPLATES
        label = page.text[element.inner : element.inner_end] if name in CITATION_TEMPLATES else ""
        target = " ".join(label.split()) or f"note{page.notes}"
        page.spots.append(Spot("citation", element.start, element.end, target))
    elif name.startswith(("cite", "citation")) and _in_works(page, element):
        return
    elif name in SIGNS:
        page.sign(element.start, element.end, SIGNS[name])
    elif name.startswith("formatnum:"):
        page.cut(element.start, element.inner + head.index(":") + 1)
        page.cut(element.inner_end, element.end)
    else:
        _arguments(page, element, name, parts, depth)


def _in_works(page: _Page, element: Element) -> bool:
    return any(start <= element.start < end for start, end in page.works)


def _arguments(
    page: _Page, element: Element, name: str, parts: list[tuple[int, int]], depth: int
) -> None:
    """Keep the arguments that are text; bars between them become a blank or a line end."""
    kept = kept_arguments(name, [page.text[start:end] for start, end in parts[1:]])
    if not kept:
        page.cut(element.start, element.end)
        return
    last = element.start
    for k in kept:
        start, end = parts[k + 1]
        if name in QUOTATIONS:
            named = re.match(r"\s*\w+\s*=", page.text[start:end])
            start += named.end() if named else 0
            page.quotes.append((start, end))
        if last > element.start and start > last:
            page.sign(last, start, " " if name in ("convert", "cvt") else "\n")
        else:
            page.cut(last, start)
        last = end
        _between(page, element.children, start, end, depth)
    page.cut(last, element.end)


def _infobox(page: _Page, element: Element, parts: list[tuple[int, int]], depth: int) -> None:
    page.covered.append((element.start, element.end))
    page.cut(element.start, parts[0][1])
    for start, end in parts[1:]:
        equals = page.text.find("=", start, end)
        named = field_of(page.text[start:equals]) if equals >= 0 else None
        page.cut(start - 1, equals + 1 if equals >= 0 else end)
        if named is None or not page.text[equals + 1 : end].strip():
            page.cut(start, end)
            continue
        label = named[0] + named[1]
        page.rows.append(Block("infobox", equals + 1, end, 0, label))
        _between(page, element.children, equals + 1, end, depth)
    page.cut(element.inner_end, element.end)


_RENDER = {
    "comment": _drop,
    "verbatim": _verbatim,
    "table": _drop,
    "link": _link,
    "external": _external,
    "ref": _ref,
    "tag": _tag,
    "template": _template,
}


def _reference_sections(text: str) -> list[tuple[int, int]]:
    """Spans of the sections that list works or notes."""
    headings = [*re.finditer(r"^(={2,6})[ \t]*([^\n=]+?)[ \t]*\1[ \t]*$", text, re.M)]
    spans = []
    for k, match in enumerate(headings):
        level = len(match[1])
        after = [m.start() for m in headings[k + 1 :] if len(m[1]) <= level]
        end = after[0] if after else len(text)
        if section_kind(match[2]) == "reference":
            spans.append((match.end(), end))
    return spans


def _plain_markup(page: _Page) -> None:
    """Emphasis, entities and magic words outside elements."""
    for pattern in (_EMPHASIS, _MAGIC):
        for match in pattern.finditer(page.text):
            page.cut(*match.span())
    for match in _ENTITY.finditer(page.text):
        letters = html.unescape(match.group())
        if letters != match.group() and len(letters) == 1:
            letter = " " if letters in "\u00a0\u2009\u202f" else letters
            page.sign(match.start(), match.end(), letter)


def _lines(page: _Page) -> list[Block]:
    """Headings, paragraphs and list items of what is left outside the infobox."""
    covered = _Spans(
        [*page.gone, *((s.start, s.end) for s in page.spots if s.kind == "citation"), *page.covered]
    )
    quotes = _Spans(page.quotes)
    blocks: list[Block] = []
    section, kind, under, start = "", "", 9, 0
    for line in page.text.split("\n"):
        end = start + len(line)
        heading = _HEADING.match(line)
        first, last = covered.bare(start, end)
        if heading and first < last and heading[2].strip():
            section = " ".join(
                re.sub(r"<!--.*?-->|\{\{.*?\}\}|'{2,}|<ref.*", "", heading[2]).split()
            )
            level = len(heading[1])
            if level <= under:
                kind, under = section_kind(section), level if section_kind(section) else 9
            a, b = start + heading.start(2), start + heading.end(2)
            page.gone += [(start, a), (b, end)]
            blocks.append(Block("heading", a, b, len(heading[1]), "", section))
        elif first < last and page.text[first:last].strip():
            _line(page, blocks, quotes, (start, first, last), section, kind)
        start = end + 1
    return blocks


def _line(
    page: _Page,
    blocks: list[Block],
    quotes: _Spans,
    span: tuple[int, int, int],
    section: str,
    kind: str,
) -> None:
    start, first, last = span
    marker = _LIST.match(page.text, start)
    if marker and marker.end() > start:
        page.cut(start, marker.end())
        first = max(first, marker.end())
    name: BlockKind = "list_item" if marker and page.text[start] in "*#" else "paragraph"
    if quotes.holds(first) or (
        marker and page.text[start] == ":" and len(page.text[first:last]) > 80
    ):
        name = "quotation"
    if kind:
        name = "reference" if kind == "reference" else "navigation"
    if first >= last:
        return
    previous = blocks[-1] if blocks else None
    if (
        name == "paragraph"
        and previous is not None
        and previous.kind == "paragraph"
        and page.text[previous.end : first].strip("\n") == ""
        and page.text.count("\n", previous.end, first) == 1
    ):
        blocks[-1] = Block("paragraph", previous.start, last, 0, "", section)
    else:
        blocks.append(Block(name, first, last, int(name == "list_item"), "", section))


class _Spans:
    """Which positions are covered; asked in ascending order."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if self._spans and start <= self._spans[-1][1]:
                self._spans[-1] = (self._spans[-1][0], max(end, self._spans[-1][1]))
            else:
                self._spans.append((start, end))
        self._k = 0

    def bare(self, start: int, end: int) -> tuple[int, int]:
        """First and last uncovered place of a line (last exclusive; equal if none)."""
        spans = self._spans
        while self._k < len(spans) and spans[self._k][1] <= start:
            self._k += 1
        k = self._k
        while k < len(spans) and spans[k][0] <= start < spans[k][1]:
            start, k = min(end, spans[k][1]), k + 1
        while k < len(spans) and spans[k][1] <= end:
            k += 1
        for a, b in (spans[j] for j in (k, k - 1) if 0 <= j < len(spans)):
            if a < end <= b:
                end = max(start, a)
        return start, end

    def holds(self, position: int) -> bool:
        """Whether a position is covered."""
        spans = self._spans
        while self._k < len(spans) and spans[self._k][1] <= position:
            self._k += 1
        return self._k < len(spans) and spans[self._k][0] <= position


def _title(page: _Page) -> str:
    """The name in the infobox, else the first words in bold."""
    for block in page.rows:
        if block.label == "title":
            name = re.sub(
                r"\{\{.*?\}\}|<[^>]*>|'{2,}|\[\[(?:[^|\]]*\|)?|\]\]",
                "",
                page.text[block.start : block.end],
            )
            return " ".join(name.split())[:110]
    bold = _BOLD.search(page.text)
    return " ".join(bold[1].split()) if bold else ""


def _likeness(head: str) -> float:
    """Share of the signs that only wikitext has."""
    signs = head.count("[[") + head.count("{{") + head.count("'''") + head.count("<ref")
    heading = bool(re.search(r"^==[^=\n]+==\s*$", head, re.M))
    return min(0.95, 0.1 * signs + 0.1 * heading)


WIKITEXT = Reader(
    "wikitext", "text/x-wiki", (".wikitext", ".wiki", ".mediawiki", ".mw"), _likeness, parse
)
