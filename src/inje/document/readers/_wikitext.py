"""MediaWiki wikitext: markup goes, words stay where they are.

References become marks whose anchor is the whole `<ref>`; their text is not prose. Rows of
the infobox become blocks; tables, files and navigation go.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left

from inje.document._parsed import Parsed, Reader, Spot
from inje.document._records import Block
from inje.document.readers._coordinates import degrees_of
from inje.document.readers._labels import field_of
from inje.document.readers._wikilines import Page, lines_of, reference_sections
from inje.document.readers._wikiscan import Element, elements_of, parts_of
from inje.document.readers._wikitemplates import (
    CIRCA,
    CITATION_TEMPLATES,
    LISTS,
    NOTE_TEMPLATES,
    QUOTATIONS,
    SIGNS,
    between_arguments,
    kept_arguments,
)

__all__ = ["WIKITEXT", "parse"]

_GONE_LINKS = re.compile(r"\s*:?(?:file|image|category|media|wikt|[a-z]{2,3}):", re.I)
_EMPHASIS = re.compile(r"'{2,}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_MAGIC = re.compile(r"__[A-Z]{3,20}__")
_REF_NAME = re.compile(r"""name\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s/>"']+))""", re.I)
_BOLD = re.compile(r"'''(?!')([^'\n]{3,120})'''")
_INFOBOX = re.compile(r"(?:#invoke ?: ?)?(?:infobox\b|warbox|military conflict)", re.I)
#: a named argument, and one that is named by its number: "{{nowrap|1=4,000 men}}"
_ASSIGNED = re.compile(r"\s*\w+\s*=")
_NUMBERED = re.compile(r"\s*\d{1,2}\s*=")
#: nesting that no article needs
_DEEPEST = 40
_GONE_TAGS = frozenset(("gallery", "references", "imagemap", "math"))


def parse(text: str) -> Parsed:
    """Blocks, marks and deletions of a wikitext."""
    page = Page(text)
    root = elements_of(text)
    page.works = reference_sections(text)
    _inside(page, root, 0)
    _plain_markup(page)
    blocks = sorted([*page.rows, *lines_of(page)], key=lambda block: (block.start, block.end))
    spots = sorted(page.spots, key=lambda spot: spot.start)
    return Parsed(_title(page), page.gone, page.swapped, tuple(blocks), tuple(spots))


def _inside(page: Page, element: Element, depth: int) -> None:
    _between(page, element.children, element.inner, element.inner_end, depth)


def _between(page: Page, children: list[Element], start: int, end: int, depth: int) -> None:
    """Render the elements that lie in a span; what is nested deeper than `_DEEPEST` goes."""
    k = bisect_left(children, start, key=lambda child: child.start)
    while k < len(children) and children[k].start < end:
        child, k = children[k], k + 1
        if depth > _DEEPEST:
            page.cut(child.start, child.end)
        elif child.end <= end:
            _RENDER[child.kind](page, child, depth + 1)


def _drop(page: Page, element: Element, _depth: int) -> None:
    page.cut(element.start, element.end)
    _noted(page, element)


def _noted(page: Page, element: Element) -> None:
    """Citations inside what is left out, as a caption or a table: others refer to their notes."""
    found = [*reversed(element.children)]
    while found:
        child = found.pop()
        if child.kind == "ref":
            page.spots.append(Spot("citation", child.start, child.end, _ref_label(page, child)))
        elif child.kind == "template":
            name = page.text[child.inner : child.inner + 40].partition("|")[0].strip().lower()
            if name in CITATION_TEMPLATES:
                label = " ".join(page.text[child.inner : child.inner_end].split())
                page.spots.append(Spot("citation", child.start, child.end, label))
            found += reversed(child.children)
        else:
            found += reversed(child.children)


def _verbatim(page: Page, element: Element, _depth: int) -> None:
    if element.name in ("nowiki", "pre", "source", "syntaxhighlight"):
        page.cut(element.start, element.inner)
        page.cut(element.inner_end, element.end)
    else:
        page.cut(element.start, element.end)


def _link(page: Page, element: Element, depth: int) -> None:
    parts = parts_of(page.text, element)
    target = page.text[slice(*parts[0])]
    if _GONE_LINKS.match(target) and not target.lstrip().startswith(":"):
        _drop(page, element, depth)
        return
    start, end = parts[-1] if len(parts) > 1 else parts[0]
    if len(parts) > 1 and not page.text[start:end].strip():
        start, end = parts[0]
    page.cut(element.start, start)
    page.cut(end, element.end)
    if start < end:
        page.spots.append(Spot("link", start, end, target.strip()))
    _between(page, element.children, start, end, depth)


def _external(page: Page, element: Element, depth: int) -> None:
    blank = page.text.find(" ", element.inner, element.inner_end)
    page.cut(element.start, blank + 1 if blank >= 0 else element.end)
    if blank >= 0:
        page.cut(element.inner_end, element.end)
        _inside(page, element, depth)


def _ref(page: Page, element: Element, depth: int) -> None:
    if any(start <= element.start < end for start, end in page.works):
        _listed(page, element, depth)
        return
    page.spots.append(Spot("citation", element.start, element.end, _ref_label(page, element)))


def _ref_label(page: Page, element: Element) -> str:
    named = _REF_NAME.search(element.attributes)
    page.notes += 1
    label = next(filter(None, named.groups()), "") if named else f"ref{page.notes}"
    return label.strip()


def _listed(page: Page, element: Element, depth: int) -> None:
    """A note that is defined in the list of references: a reference under its name."""
    page.cut(element.start, element.inner)
    page.cut(element.inner_end, element.end)
    named = _REF_NAME.search(element.attributes)
    if named is None or element.inner >= element.inner_end:
        return
    label = next(filter(None, named.groups()), "").strip()
    page.rows.append(Block("reference", element.inner, element.inner_end, 0, label))
    page.covered.append((element.start, element.end))
    page.works.append((element.inner, element.inner_end))
    _inside(page, element, depth)


def _tag(page: Page, element: Element, depth: int) -> None:
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


def _template(page: Page, element: Element, depth: int) -> None:
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
        page.whole.append((element.start, element.end))
    elif name in CIRCA:
        _circa(page, element, parts, depth)
    elif name in SIGNS:
        page.sign(element.start, element.end, SIGNS[name])
    elif name in ("coord", "coords", "coordinate"):
        said = (page.text[start:end] for start, end in parts[1:])
        degrees = degrees_of([argument for argument in said if "=" not in argument])
        if degrees is not None:
            page.spots.append(Spot("coordinates", element.start, element.end, degrees))
        page.cut(element.start, element.end)
    elif name.startswith("formatnum:"):
        page.cut(element.start, element.inner + head.index(":") + 1)
        page.cut(element.inner_end, element.end)
    else:
        _arguments(page, element, name, parts, depth)


def _circa(page: Page, element: Element, parts: list[tuple[int, int]], depth: int) -> None:
    """ "c." and what it is said of: "{{circa|18,000 men}}"."""
    page.sign(element.start, element.start + 1, "c")
    page.sign(element.start + 1, element.start + 2, ".")
    if len(parts) == 1:
        page.cut(element.start + 2, element.end)
        return
    start, end = parts[1]
    page.sign(element.start + 2, start, " ")
    _between(page, element.children, start, end, depth)
    page.cut(end, element.end)


def _in_works(page: Page, element: Element) -> bool:
    return any(start <= element.start < end for start, end in page.works)


def _arguments(
    page: Page, element: Element, name: str, parts: list[tuple[int, int]], depth: int
) -> None:
    """Keep the arguments that are text; bars between them become a blank or a line end."""
    kept = kept_arguments(name, [page.text[start:end] for start, end in parts[1:]])
    if name in ("reflist", "references", "notelist"):
        _list_of_notes(page, element, depth)
        return
    if not kept:
        page.cut(element.start, element.end)
        return
    last = element.start
    for k in kept:
        start, end = parts[k + 1]
        flagged = name.startswith(("flag", "noflag", "army", "navy"))
        named = (_ASSIGNED if name in QUOTATIONS or flagged else _NUMBERED).match(
            page.text, start, end
        )
        start = named.end() if named else start
        if name in QUOTATIONS and k == kept[0]:
            page.quotes.append((start, end))
        if start > last and (last > element.start or name in LISTS):
            page.sign(last, start, between_arguments(name, k))
        else:
            page.cut(last, start)
        last = end
        _between(page, element.children, start, end, depth)
    if name in LISTS:  # what follows stands on a line of its own too
        page.sign(last, element.end, "\n")
    else:
        page.cut(last, element.end)


def _list_of_notes(page: Page, element: Element, depth: int) -> None:
    """Notes that are defined in the template that lists them: "{{reflist|refs=...}}"."""
    last = element.start
    for child in element.children:
        if child.kind == "ref":
            page.cut(last, child.start)
            _listed(page, child, depth)
            last = child.end
    page.cut(last, element.end)


def _infobox(page: Page, element: Element, parts: list[tuple[int, int]], depth: int) -> None:
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


def _plain_markup(page: Page) -> None:
    """Emphasis, entities and magic words outside elements."""
    for pattern in (_EMPHASIS, _MAGIC):
        for match in pattern.finditer(page.text):
            page.cut(*match.span())
    for match in _ENTITY.finditer(page.text):
        letters = html.unescape(match.group())
        if letters != match.group() and len(letters) == 1:
            letter = " " if letters in "\u00a0\u2009\u202f" else letters
            page.sign(match.start(), match.end(), letter)


def _title(page: Page) -> str:
    """The name in the infobox, else the first words in bold."""
    for block in page.rows:
        if block.label == "title":
            name = re.sub(
                r"\{\{.*?\}\}|<[^>]*>|'{2,}|\[\[(?:[^|\]]*\|)?|\]\]",
                lambda markup: " " if markup.group().lower().startswith("<br") else "",
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
