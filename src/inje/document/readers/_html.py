"""HTML pages, of Wikipedia and others: tags go, words stay where they are.

The page is scanned once. A block ends wherever a block-level tag opens or closes; scripts,
navigation, tables that are no box of facts and edit links are left out. The grammar is that
of tags only, so a broken page costs no more than a sound one (HTML Living Standard, 13.2.5).
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field

from inje.document._parsed import Parsed, Reader, Spot
from inje.document._records import Block, BlockKind
from inje.document.readers._coordinates import degrees_of_words
from inje.document.readers._labels import field_of, is_byline, label_at, section_kind
from inje.document.readers._table import SIDED, tells_facts

__all__ = ["HTML", "parse"]

_TOKEN = re.compile(
    r"<!--|<(?P<close>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9:-]{0,30})(?P<attributes>(?:\s++[^\s\"'<>/=]{1,80}+"
    r"(?:\s*+=\s*+(?:\"[^\"]{0,4000}+\"|'[^']{0,4000}+'|[^\s\"'<>=`]{1,2000}+))?+|"
    r"\s*+/(?!>))*+)\s*+/?>"
    r"|<[!?][^<>]{0,2000}>"
)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
#: tags that open or close a cell or more
_ROWS = frozenset("table tbody thead tr td th".split())
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_VOID = frozenset("br img hr input meta link wbr area base col embed source track param".split())
_BLOCKS = frozenset(
    "p div li ul ol dl dd dt table tbody thead tr td th h1 h2 h3 h4 h5 h6 blockquote section "
    "article main header footer body html caption center pre figure title".split()
)
_SKIPPED = frozenset(
    "script style nav footer aside form button svg noscript iframe template figure select "
    "textarea audio video canvas object math gallery head".split()
)
_SKIPPED_CLASSES = re.compile(
    r"\b(?:mw-editsection|navbox|metadata|toc|thumb\w*|hatnote|noprint|catlinks|mw-jump\S*|"
    r"printfooter|"
    r"sidebar|ambox|mw-cite-backlink|vertical-navbox|dablink|gallery|breadcrumbs?|menu|nav|footer|"
    r"share|social|cookie|skip-link|visually-hidden|sr-only|sortkey|error|mw-empty-elt|"
    r"geo-nondefault)\b"
)
_HEADING = re.compile(r"h([1-6])\Z")
#: the mark of a note, and what leads back from a note to its mark
_CALL = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡]{1,3})[\])]?")
_BACK = re.compile(r"[↩↵⤴↑^⮌⏎]\ufe0e?|[Bb]ack(?: to (?:text|content|top))?")
#: markup of a line that may be a byline
_PROSE = 600


@dataclass
class _Open:
    tag: str
    start: int
    inner: int
    skips: bool = False
    role: str = ""
    label: str = ""


@dataclass
class _Page:
    text: str
    title: str = ""
    section: str = ""
    kind: str = ""
    under: int = 9
    row: str = ""
    cells: list[tuple[str, int, int]] = field(default_factory=list)
    begun: int = 0
    skipping: int = 0
    gone: list[tuple[int, int]] = field(default_factory=list)
    swapped: dict[int, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)


def parse(text: str) -> Parsed:
    """Blocks, marks and deletions of a page."""
    page = _Page(text)
    at = 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        if match.group() == "<!--":
            end = text.find("-->", at)
            at = end + 3 if end >= 0 else len(text)
            page.gone.append((match.start(), at))
        elif match["tag"] is None:
            page.gone.append(match.span())
        else:
            at = _tag(page, match)
    _flush(page, len(text))
    while page.stack:
        _pop(page, len(text))
    _entities(page)
    page.blocks.sort(key=lambda block: (block.start, block.end))
    return Parsed(page.title, page.gone, page.swapped, tuple(page.blocks), tuple(page.spots))


def _tag(page: _Page, match: re.Match[str]) -> int:
    tag = match["tag"].lower()
    page.gone.append(match.span())
    if tag in _BLOCKS and not page.skipping:
        _flush(page, match.start())
        page.begun = match.end()
        if page.cells and tag not in _ROWS and page.roles["infobox"]:
            page.swapped[match.start()] = "\n"  # pieces of one cell are lines of it
            page.gone[-1] = (match.start() + 1, match.end())
    if match["close"]:
        _close(page, tag, match.start(), match.end())
    elif tag in ("script", "style"):
        end = re.compile(rf"</{tag}\s*>", re.I).search(page.text, match.end())
        stop = end.end() if end else len(page.text)
        page.gone.append((match.start(), stop))
        page.begun = max(page.begun, stop) if tag in _BLOCKS else page.begun
        return stop
    elif tag == "br":
        page.swapped[match.start()] = "\n"
        page.gone[-1] = (match.start() + 1, match.end())
    elif tag not in _VOID and not match.group().endswith("/>"):
        _open(page, tag, match)
    if tag in _BLOCKS and not page.skipping:
        page.begun = max(page.begun, match.end())
    return match.end()


def _open(page: _Page, tag: str, match: re.Match[str]) -> None:
    if (
        tag in ("p", "li", "tr", "td", "th", "dd", "dt")
        and page.stack
        and page.stack[-1].tag == tag
    ):
        _pop(page, match.start())
    attributes = {
        m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "")
        for m in _ATTRIBUTE.finditer(match["attributes"] or "")
    }
    opened = _Open(tag, match.start(), match.end())
    names = attributes.get("class", "")
    opened.role = _role(tag, names, attributes)
    if tag == "table" and not opened.role and tells_facts(page.text, match.end()):
        opened.role = "infobox"
    opened.label = _label(opened.role, attributes)
    hidden = "display:none" in attributes.get("style", "").replace(" ", "")
    other_table = tag == "table" and opened.role != "infobox" and not page.roles["infobox"]
    left_out = tag in _SKIPPED or bool(_SKIPPED_CLASSES.search(names)) or hidden or other_table
    opened.skips = left_out and tag != "head"
    page.stack.append(opened)
    page.count[tag] += 1
    page.roles[opened.role] += 1
    page.skipping += opened.skips
    if tag == "tr" and page.roles["infobox"]:
        page.cells = []


def _role(tag: str, names: str, attributes: dict[str, str]) -> str:
    if tag == "table" and re.search(r"\binfobox\b|\bvevent\b", names):
        return "infobox"
    if tag == "sup" and "reference" in names:
        return "citation"
    if tag in ("ol", "div") and re.search(r"\breferences\b|\breflist\b", names):
        return "references"
    if tag == "span" and "geo" in names.split():
        return "geo"
    if tag == "a" and attributes.get("href"):
        return "link"
    if tag == "blockquote" or re.search(r"\b(?:quotebox|cquote|templatequote)\b", names):
        return "quotation"
    return "item" if tag == "li" else ""


def _label(role: str, attributes: dict[str, str]) -> str:
    if role == "item":
        return re.sub(r"^cite_note-", "", attributes.get("id", ""))
    return attributes.get("href", "") if role == "link" else ""


def _close(page: _Page, tag: str, start: int, end: int) -> None:
    if not page.count[tag]:
        return
    while page.stack:
        opened = _pop(page, start)
        if opened.tag == tag:
            _closed(page, opened, start, end)
            return


def _pop(page: _Page, at: int) -> _Open:
    opened = page.stack.pop()
    page.count[opened.tag] -= 1
    page.roles[opened.role] -= 1
    if opened.skips:
        page.skipping -= 1
        page.gone.append((opened.start, at))
        page.begun = max(page.begun, at) if opened.tag in _BLOCKS else page.begun
    return opened


def _closed(page: _Page, opened: _Open, start: int, end: int) -> None:
    if opened.role == "geo":
        _located(page, opened, start, end)
    elif page.skipping or opened.skips:
        _cited_aside(page, opened, start, end)
    elif opened.role == "citation":
        target = next(
            (
                s.target
                for s in reversed(page.spots)
                if s.kind == "link" and s.start >= opened.inner
            ),
            "",
        )
        page.spots = [s for s in page.spots if s.start < opened.start]
        label = target.rpartition("cite_note-")[2] or page.text[opened.inner : start][:20]
        page.spots.append(Spot("citation", opened.start, end, label))
    elif opened.role == "link" and opened.inner < start:
        _linked(page, opened, start, end)
    elif opened.tag == "sup":
        _raised(page, opened, start, end)
    elif opened.tag == "tr" and page.roles["infobox"]:
        _row(page)


def _linked(page: _Page, opened: _Open, start: int, end: int) -> None:
    """A link; one within the page that is a number calls a note, and an arrow leads back."""
    words = _bare(page.text[opened.inner : start])
    inside = opened.label[:1] == "#" and opened.label[1:] and not page.roles["citation"]
    if inside and _BACK.fullmatch(words):
        page.gone.append((opened.start, end))
    elif inside and _CALL.fullmatch(words) and not page.roles["references"]:
        page.spots.append(Spot("citation", opened.start, end, opened.label[1:]))
    else:
        page.spots.append(Spot("link", opened.inner, start, opened.label))


def _raised(page: _Page, opened: _Open, start: int, end: int) -> None:
    """What is raised and calls a note is its mark as a whole: `<sup>[<a>1</a>]</sup>`."""
    last = page.spots[-1] if page.spots else None
    if last is None or last.kind != "citation" or last.start < opened.inner:
        return
    if _CALL.fullmatch(_bare(page.text[opened.inner : start])):
        page.spots[-1] = Spot("citation", opened.start, end, last.target)


def _located(page: _Page, opened: _Open, start: int, end: int) -> None:
    """Degrees of the geo microformat; their figures are no prose."""
    degrees = degrees_of_words(re.sub(r"<[^<>]*>", "", page.text[opened.inner : start][:200]))
    if degrees is not None:
        page.spots.append(Spot("coordinates", opened.start, end, degrees))
        page.gone.append((opened.start, end))


def _cited_aside(page: _Page, opened: _Open, start: int, end: int) -> None:
    """A citation in what is left out, as a table: its marker leads to the same note."""
    if opened.role == "citation":
        note = re.search(r"#cite_note-([^\"'<>\s]{1,200})", page.text[opened.inner : start])
        if note:
            page.spots.append(Spot("citation", opened.start, end, html.unescape(note[1])))


def _flush(page: _Page, at: int) -> None:
    """End the block that has been growing since the last block-level tag."""
    start, page.begun = page.begun, at
    if page.skipping or start >= at or not page.text[start:at].strip():
        return
    inner = next((o for o in reversed(page.stack) if o.tag in _BLOCKS), None)
    tag = inner.tag if inner else "body"
    if tag == "title":
        page.title = page.title or _bare(page.text[start:at])
        page.gone.append((start, at))
        return
    if page.roles["infobox"]:
        _celled(page, tag, start, at)
        return
    heading = _HEADING.match(tag)
    if heading:
        _heading(page, int(heading[1]), start, at)
        return
    if page.count["head"]:
        page.gone.append((start, at))
        return
    kind, label = _kind(page, tag)
    if kind == "paragraph" and at - start < _PROSE and is_byline(_bare(page.text[start:at])):
        kind = "navigation"
    if kind == "paragraph" and (named := _labelled(page.text[start:at])):
        page.gone.append((start, start + named[1]))
        page.blocks.append(Block("infobox", start + named[1], at, 0, named[0], page.section))
        return
    page.blocks.append(Block(kind, start, at, int(kind == "list_item"), label, page.section))


def _celled(page: _Page, tag: str, start: int, at: int) -> None:
    """A piece of a cell of the box: what lists and paragraphs split stays together."""
    cell = next((o for o in reversed(page.stack) if o.tag in ("td", "th")), None)
    if cell is None or not page.cells or page.cells[-1][1] < cell.start:
        page.cells.append((cell.tag if cell else tag, start, at))
    else:
        page.cells[-1] = (cell.tag, page.cells[-1][1], at)


def _labelled(markup: str) -> tuple[str, int] | None:
    """Field and start of the value of a paragraph like "Campaign: Valley Campaign"."""
    lead = re.match(
        r"(?:\s|<[^<>]{0,80}>)*(?P<words>[A-Z][\w() ]{2,24}:)(?:\s|</?[a-z]{1,6}>)*", markup
    )
    found = label_at(lead["words"], boxed=False) if lead and len(markup) < 900 else None
    if found is None or lead is None or found[0] in ("title", "notes", "description", "image"):
        return None
    return found[0] + found[1], lead.end()


def _kind(page: _Page, tag: str) -> tuple[BlockKind, str]:
    if page.roles["references"] or page.kind == "reference":
        item = next((o for o in reversed(page.stack) if o.role == "item"), None)
        return "reference", item.label if item else ""
    if page.kind == "navigation":
        return "navigation", ""
    if page.roles["quotation"]:
        return "quotation", ""
    return ("list_item" if tag in ("li", "dd", "dt") else "paragraph"), ""


def _heading(page: _Page, level: int, start: int, at: int) -> None:
    name = _bare(page.text[start:at])
    if level == 1 and not any(block.kind == "title" for block in page.blocks):
        page.title = name
        page.blocks.append(Block("title", start, at, 1))
        return
    page.section = name
    if level <= page.under:
        page.kind = section_kind(name)
        page.under = level if page.kind else 9
    page.blocks.append(Block("heading", start, at, level, "", name))


def _bare(markup: str) -> str:
    words = re.sub(
        r"<[^<>]*>", "", re.sub(r"<span class=\"mw-editsection.*", "", markup, flags=re.S)
    )
    return " ".join(re.sub(r"\[\s*edit\s*\]", "", html.unescape(words)).split())


def _row(page: _Page) -> None:
    """A row of the box: a label and its value, a label alone, or a cell for each side."""
    cells, page.cells = page.cells, []
    if not cells:
        return
    tag, start, end = cells[0]
    words = _bare(page.text[start:end])
    named, alone = field_of(words), len(cells) == 1
    if named and alone:
        page.row = named[0]
        page.gone.append((start, end))
        return
    if named and (tag == "th" or len(cells) == 2):
        page.gone.append((start, end))
        page.blocks += [Block("infobox", a, b, 0, named[0] + named[1]) for _, a, b in cells[1:]]
        return
    if alone and re.match(r"\s*Part of\b", words):
        at = page.text.find("Part of", start, end)
        if at >= 0:
            page.gone.append((start, at + len("Part of")))
            page.blocks.append(Block("infobox", at + len("Part of"), end, 0, "part_of"))
        return
    if alone and not any(block.kind == "infobox" for block in page.blocks):
        page.title = page.title or words
        page.blocks.append(Block("infobox", start, end, 0, "title"))
        return
    for column, (_, first, last) in enumerate(cells, 1):
        label = f"{page.row}{column}" if page.row in SIDED else page.row or "caption"
        page.blocks.append(Block("infobox", first, last, 0, label))


def _entities(page: _Page) -> None:
    for match in _ENTITY.finditer(page.text):
        letters = html.unescape(match.group())
        if letters != match.group() and len(letters) == 1:
            page.swapped[match.start()] = " " if letters in "\u00a0\u2009\u202f" else letters
            page.gone.append((match.start() + 1, match.end()))


def _likeness(head: str) -> float:
    start = head.lstrip()[:400].lower()
    if start.startswith(("<!doctype html", "<html")):
        return 0.97
    tags = len(re.findall(r"</?(?:p|div|table|tr|td|h[1-6]|ul|li|a|span)\b[^<>]{0,200}>", head))
    return min(0.9, 0.08 * tags)


HTML = Reader("html", "text/html", (".html", ".htm", ".xhtml"), _likeness, parse)
