"""The elements of wikitext, found in one pass: templates, links, references, tables, tags.

A stack of open elements and one counter for each kind keep the work linear in the length
of the text, however deep or broken the nesting is. Text that never closes stays text.
Grammar after the MediaWiki Preprocessor_Hash (Extension-free core, 2023).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Element", "elements_of", "parts_of"]

Kind = Literal["root", "template", "link", "external", "table", "comment", "verbatim", "ref", "tag"]
_TOKEN = re.compile(
    r"<!--|<(?P<close>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]{0,15})(?P<attributes>(?:\s[^<>]{0,400}?)?)\s{0,20}"
    r"(?P<self>/?)\s{0,3}>|\{\{|\}\}|\[\[|\]\]|(?:(?<=\n)|\A)[ :]{0,9}\{\|"
    r"|(?<=\n)[ \t]{0,9}\|\}(?!\})|\[(?=https?://|//)|\]"
)
_VERBATIM = frozenset(
    "nowiki math gallery timeline imagemap score syntaxhighlight source pre chem hiero "
    "mapframe maplink".split()
)
_OPEN = {"{{": "template", "[[": "link"}
_CLOSE = {"}}": "template", "]]": "link", "]": "external"}


@dataclass
class Element:
    """An element of the text.

    Attributes
    ----------
    kind : what it is; `name` the tag of a tag.
    start, inner, inner_end, end : span of the element and of what it encloses.
    attributes : text of the attributes of a tag.
    children : elements inside, in reading order.
    """

    kind: Kind
    start: int
    inner: int
    inner_end: int = -1
    end: int = -1
    name: str = ""
    attributes: str = ""
    children: list[Element] = field(default_factory=list)


class _Stack:
    """Open elements, with a count of each kind so that a stray closer costs nothing."""

    def __init__(self, length: int) -> None:
        self.root = Element("root", 0, 0, length, length)
        self._open: list[Element] = [self.root]
        self._count: Counter[tuple[str, str]] = Counter()

    def push(self, element: Element) -> None:
        self._open.append(element)
        self._count[element.kind, element.name] += 1

    def leaf(self, element: Element) -> None:
        self._open[-1].children.append(element)

    def close(self, kind: str, name: str, start: int, end: int) -> None:
        if not self._count[kind, name]:
            return
        while True:
            element = self._pop()
            if (element.kind, element.name) == (kind, name):
                element.inner_end, element.end = start, end
                self._open[-1].children.append(element)
                return
            self._open[-1].children.extend(element.children)

    def _pop(self) -> Element:
        element = self._open.pop()
        self._count[element.kind, element.name] -= 1
        return element

    def finish(self) -> Element:
        while len(self._open) > 1:
            element = self._pop()
            self._open[-1].children.extend(element.children)
        return self.root


def elements_of(text: str) -> Element:
    """The root element of a text, with everything inside it."""
    stack = _Stack(len(text))
    at = 0
    missing: set[str] = set()
    while match := _TOKEN.search(text, at):
        at = match.end()
        sign = match.group()
        if sign == "<!--":
            at = _until(stack, text, match, "-->", "comment", missing)
        elif match["tag"] is not None:
            at = _tag(stack, text, match, missing)
        elif sign in _OPEN:
            stack.push(Element(_OPEN[sign], match.start(), at))  # type: ignore[arg-type]
        elif sign in _CLOSE:
            stack.close(_CLOSE[sign], "", match.start(), at)
        elif sign.endswith("{|"):
            stack.push(Element("table", match.start(), at))
        elif sign.endswith("|}"):
            stack.close("table", "", match.start(), at)
        else:
            stack.push(Element("external", match.start(), at))
    return stack.finish()


def _until(
    stack: _Stack,
    text: str,
    match: re.Match[str],
    stop: str,
    kind: Kind,
    missing: set[str],
    name: str = "",
) -> int:
    """Take everything up to a closing mark as one leaf; remember marks that never come."""
    found = -1 if stop in missing else text.find(stop, match.end())
    if found < 0:
        missing.add(stop)
        return match.end()
    end = found + len(stop)
    stack.leaf(Element(kind, match.start(), match.end(), found, end, name))
    return end


def _tag(stack: _Stack, text: str, match: re.Match[str], missing: set[str]) -> int:
    name = match["tag"].lower()
    attributes = match["attributes"].strip()
    empty = bool(match["self"]) or attributes.endswith("/")
    if match["close"] and name != "br":  # "</br>" breaks a line as "<br/>" does
        kind = "ref" if name == "ref" else "tag"
        stack.close(kind, name, match.start(), match.end())
        return match.end()
    if name in _VERBATIM and not empty:
        return _until(stack, text, match, f"</{match['tag']}>", "verbatim", missing, name)
    span = (match.start(), match.end(), match.end(), match.end())
    attributes = attributes.rstrip("/ ")
    if empty or name in ("br", "hr", "wbr", "references"):
        stack.leaf(Element("ref" if name == "ref" else "tag", *span, name, attributes))
    else:
        kind: Kind = "ref" if name == "ref" else "tag"
        stack.push(Element(kind, span[0], span[1], name=name, attributes=attributes))
    return match.end()


def parts_of(text: str, element: Element) -> list[tuple[int, int]]:
    """Spans between the bars of a template or a link, bars in inner elements left out."""
    parts: list[tuple[int, int]] = []
    start, at = element.inner, element.inner
    children = iter([*element.children, None])
    child = next(children)
    while True:
        stop = child.start if child is not None else element.inner_end
        while (bar := text.find("|", at, stop)) >= 0:
            parts.append((start, bar))
            start = at = bar + 1
        if child is None:
            break
        at = max(at, child.end)
        child = next(children)
    parts.append((start, element.inner_end))
    return parts
