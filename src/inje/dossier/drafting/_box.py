"""Names in the rows of the box of facts: sides, commanders, places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inje.document import Block, Document
from inje.dossier.drafting._lexicon import FEATURES, RANKS, SETTLEMENTS
from inje.dossier.drafting._mentions import Mention, MentionKind, stem
from inje.dossier.drafting._passages import words_of

__all__ = ["box_mentions"]

_NAME = re.compile(r"[^,;\n()\[\]•|/]+")
_FLAG = re.compile(r"(?:Flag of [^,;]*?\.(?:svg|png|gif)|\S*Flag\.gif)", re.I)


def box_mentions(document: Document) -> list[Mention]:
    """Mentions in the rows of places, sides and commanders; their sentence number is -1."""
    found: list[Mention] = []
    for block in document.blocks:
        if block.kind != "infobox":
            continue
        if block.label == "place":
            found += _places(document, block)
        elif block.label.startswith("combatant"):
            found += _cells(document, block, "group")
        elif block.label.startswith("commander"):
            found += _cells(document, block, "person")
    return found


def _places(document: Document, block: Block) -> Iterator[Mention]:
    """Capitalised words between commas and "and", without "village" and "near"."""
    run: list[tuple[int, int]] = []
    words = [*words_of(document.block_text(block), block.start)]
    for word in words:
        named = word.text[0].isupper() and stem(word.text) not in SETTLEMENTS
        if named and (not run or document.text[run[-1][1] : word.start] == " "):
            run.append((word.start, word.start + len(stem(word.text))))
            continue
        yield from _place(document, run)
        run = [(word.start, word.end)] if named else []
    yield from _place(document, run)


def _place(document: Document, run: list[tuple[int, int]]) -> Iterator[Mention]:
    if run:
        start, end = run[0][0], run[-1][1]
        text = document.text[start:end]
        if text not in FEATURES and len(text) > 2:
            yield Mention(start, end, text, "place", -1)


def _cells(document: Document, block: Block, kind: MentionKind) -> Iterator[Mention]:
    text = document.block_text(block)
    for match in _NAME.finditer(_FLAG.sub(lambda m: "," * len(m.group()), text)):
        cell = match.group()
        start = match.start() + len(cell) - len(cell.lstrip())
        name = cell.strip(" :.†✝*\"'")
        if not name or not name[0].isupper() or len(name) > 70 or any(c.isdigit() for c in name):
            continue
        if kind == "person" and all(word in RANKS for word in name.split()):
            continue
        yield Mention(block.start + start, block.start + start + len(name), name, kind, -1)
