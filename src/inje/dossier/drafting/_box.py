"""Names in the rows of the box of facts: sides, commanders, places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inje.document import Block, Document
from inje.dossier.drafting._lexicon import FEATURES, RANKS, SETTLEMENTS
from inje.dossier.drafting._mentions import Mention, MentionKind, stem
from inje.dossier.drafting._passages import words_of

__all__ = ["box_hints", "box_mentions"]

#: in a list by lines a name may hold a comma: "John Howard, Duke of Norfolk"
_LINE = re.compile(r"[^;\n()\[\]•|]+")
_NAME = re.compile(
    r"(?:(?:United Kingdom|Kingdom|Empire|Union|Republic|Commonwealth|Duchy) of [^,;\n()\[\]•|/]+|"
    r"(?! and )[^,;\n()\[\]•|/])+"
)
#: "Arthur Roth, USN": of which service somebody is
_SERVICE = re.compile(r",\s*(?:USN|USMC|USAF|USA|USV|RN|RM|RAF|RAN|RCN|CSN|CSA|IJN|IJA|USCG)\Z")
#: a name may begin with an article or a particle: "al-Qa'qa", "de Grasse", "von Moltke"
_PARTICLES = re.compile(
    r"(?:(?:a[ldnrstz]|ash?|el|ibn|bin|banu|de|du|des|del|della|da|di|van|von|zu|la|le|ter|ten|d)"
    r"[-' ’]){0,3}"
)
_BY = re.compile(
    r"\s*(?:[Ss]upport(?:ed)?|[Aa]ssist(?:ed)?|[Bb]acked|[Dd]efended|[Aa]id(?:ed)?)(?: by)?\s*:?\Z"
)
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
    for start, cell in _named_cells(document, block):
        skip = _prefix(document, cell) if kind == "person" else _doubled(cell)
        name = cell[skip:]
        if name and not all(word in RANKS for word in name.split()):
            yield Mention(start + skip, start + len(cell), name, kind, -1)


def _named_cells(document: Document, block: Block) -> Iterator[tuple[int, str]]:
    """Start and text of every name in a row."""
    text = _FLAG.sub(lambda m: "," * len(m.group()), document.block_text(block))
    listed = "\n" in text.strip() or any(
        mark.kind == "link" and block.start <= mark.start < block.end for mark in document.marks
    )
    for match in (_LINE if listed else _NAME).finditer(text):
        cell = match.group()
        name = _SERVICE.sub("", cell.strip(" :.,†✝*\"'").removeprefix("and "))
        start = match.start() + cell.find(name)
        bracketed = text.count("(", 0, match.start()) > text.count(")", 0, match.start())
        if bracketed and not name.isupper():
            continue  # a remark: "(Pericles' father)"
        capital = _PARTICLES.sub("", name, count=1)[:1].isupper()
        named = capital and len(name) <= 70 and not any(c.isdigit() for c in name)
        if named and not _BY.match(name):
            yield block.start + start, name


def _doubled(cell: str) -> int:
    """Length of what stands twice because the flag's name was pasted too: "Israel Israel"."""
    words = cell.split()
    half = len(words) // 2
    doubled = len(words) % 2 == 0 and words[:half] == words[half:]
    return len(" ".join(words[:half])) + 1 if doubled else 0


def _prefix(document: Document, name: str) -> int:
    """Length of the name of a side before a commander: "Israel Levi Eshkol"."""
    for side in _side_names(document):
        if name.startswith(side + " ") and len(name) > len(side) + 3:
            return len(side) + 1
    return 0


def _side_names(document: Document) -> list[str]:
    names = []
    for block in document.blocks:
        if block.kind == "infobox" and block.label.startswith("combatant"):
            words = document.block_text(block).split()
            half = " ".join(words[: len(words) // 2])
            names += [half] if words and words[0] in words[1:2] else []
            names += [name for _, name in _named_cells(document, block)]
            names += [" ".join(words[:-1])] if len(words) > 1 and words[-1].isupper() else []
    return sorted(set(names), key=len, reverse=True)


def box_hints(document: Document) -> dict[int, str]:
    """Position of a commander in the box -> column, tag or name of the side."""
    hints: dict[int, str] = {}
    for block in document.blocks:
        if block.kind != "infobox" or not block.label.startswith("commander"):
            continue
        column = block.label.removeprefix("commander")
        for start, name in _named_cells(document, block):
            skip = _prefix(document, name)
            hint = column or name[:skip].strip() or _tag_of(document.text, block, start)
            if hint:
                hints[start + skip] = hint
    return hints


def _tag_of(text: str, block: Block, start: int) -> str:
    """The tag that opens or closes the part of the row: "[u] A", "A and B [CS]"."""
    end = block.end
    if re.match(r"\s*\[\w{1,12}\]", text[block.start : end]):
        tags = re.findall(r"\[(\w{1,12})\]", text[block.start : start])
        return tags[-1] if tags else ""
    match = re.match(r"[^;\[\]]{0,200}\[(\w{1,12})\]", text[start:end])
    return match[1] if match else ""
