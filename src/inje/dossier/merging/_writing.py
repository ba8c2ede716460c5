"""A record written into its file: what did not change keeps its lines, comments included.

A historian's comments, order and quoting are part of the file. So the file is taken apart by its
indentation, into sections and items; items that say the same as before are kept as they stand,
and only the others are written anew, below the comments that stood with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from inje.dossier._records import Dossier

__all__ = ["rewritten"]

_KEY = re.compile(r"(?P<key>[A-Za-z_]+):")
#: a line with a key, and a comment behind its value, which no quotation mark holds
_REMARKED = re.compile(
    r"(?P<code>\s*(?:- )?[A-Za-z_]+:(?:[^'\"#]|'[^']*'|\"[^\"]*\"|(?<! )#)*) (?P<remark>#.*)\Z"
)
_ID = re.compile(r"(?:id|'id'|\"id\"):\s*(?P<id>'[^']*'|\"[^\"]*\"|[^\s#,}]+)")


def rewritten(text: str, old: Dossier, new: Dossier, written: str) -> str:
    """The text of a dossier file with another record in it.

    Parameters
    ----------
    text : of the file as it is.
    old : the record that it holds.
    new : the record that it shall hold.
    written : that record as inje writes it.

    Returns
    -------
    YAML that loads as `new`; a file that is not laid out as inje lays it out is written anew.
    """
    fresh = _sections(written.splitlines())
    found = _sections(text.splitlines())
    if found is None or fresh is None or any(line.startswith("\t") for line in text.splitlines()):
        return written
    was = old.model_dump(mode="json", by_alias=True)
    now = new.model_dump(mode="json", by_alias=True)
    head = found.pop("", _Section("", [], []))
    lines = [*head.above]
    for key, section in fresh.items():
        if not key:
            continue
        there = found.get(key)
        if there is None:
            lines += section.lines
        elif was.get(key) == now.get(key) and key != "schema":
            lines += [*there.above, *there.lines]
        else:
            items = _items(there, section, was.get(key), now.get(key))
            lines += [*there.above, *(items or [*_comments(there.lines), *section.lines])]
    return "\n".join(lines) + "\n"


@dataclass
class _Section:
    """A top-level key, its lines, and the comments and blank lines above it."""

    key: str
    above: list[str]
    lines: list[str]


def _sections(lines: Sequence[str]) -> dict[str, _Section] | None:
    """Sections by key; under "" what stands above the first. None where a key comes twice."""
    found: dict[str, _Section] = {"": _Section("", [], [])}
    above: list[str] = []
    here = None
    for line in lines:
        match = _KEY.match(line)
        if match:
            if here is None:
                found[""].above, above = above, []
            here = _Section(match["key"], above, [line])
            if here.key in found:
                return None
            found[here.key], above = here, []
        elif here is None or line.startswith("#"):
            above.append(line)  # of the next key, unless more of this one follows
        elif line and not line[0].isspace() and not line.startswith("- "):
            return None
        else:
            here.lines += [*above, line]
            above = []
    if here is not None:
        here.lines += above
    return found


def _comments(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line.strip().startswith("#")]


def _blank(line: str) -> bool:
    return not line.strip() or line.strip().startswith("#")


@dataclass
class _Item:
    """Lines of one item of a list, and the comments above it."""

    id: str
    above: list[str]
    lines: list[str]


def _split(lines: Sequence[str]) -> Iterator[_Item]:
    """The items of a list in block style; nothing where it is not."""
    body = lines[1:]
    first = next((line for line in body if not _blank(line)), "")
    if not first.lstrip().startswith("- ") or lines[0].rstrip()[-1:] != ":":
        return
    indent = len(first) - len(first.lstrip())
    dash = " " * indent + "- "
    above: list[str] = []
    item: _Item | None = None
    for line in body:
        if line.startswith(dash):
            if item is not None:
                yield item
            item, above = _Item("", above, [line]), []
        elif _blank(line):
            above.append(line)
        elif item is not None:
            item.lines += [*above, line]
            above = []
    if item is not None:
        item.lines += above
        yield item


def _named(item: _Item) -> str:
    indent = len(item.lines[0]) - len(item.lines[0].lstrip())
    for line in item.lines:
        if line.startswith((" " * indent + "- ", " " * (indent + 2) + "id:")):
            found = _ID.search(line)
            if found:
                return found["id"].strip("'\"")
    return ""


def _items(there: _Section, fresh: _Section, was: Any, now: Any) -> list[str] | None:
    """The lines of a list: kept where an item says the same, else written anew."""
    if not (isinstance(was, list) and isinstance(now, list) and now):
        return None
    kept = {_named(item): item for item in _split(there.lines)}
    written = {_named(item): item for item in _split(fresh.lines)}
    said = {str(r.get("id")): r for r in was if isinstance(r, dict)}
    ids = [str(r.get("id")) if isinstance(r, dict) else "" for r in now]
    if len(kept) != len(was) or len(written) != len(now) or set(ids) != set(written):
        return None
    lines = [there.lines[0]]
    for record, key in zip(now, ids, strict=True):
        old, new = kept.get(key), written[key]
        if old is None:
            lines += new.lines
        elif said.get(key) == record:
            lines += [*old.above, *old.lines]
        else:
            lines += [*old.above, *_comments(old.lines), *_with_remarks(old.lines, new.lines)]
    return lines


def _with_remarks(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The new lines of an item, with what was remarked behind the old ones.

    A remark on a line that is written anew stands above the item.
    """
    remarks = {
        found["code"].rstrip(): found["remark"] for line in old if (found := _REMARKED.match(line))
    }
    margin = new[0][: len(new[0]) - len(new[0].lstrip())]
    yield from (f"{margin}{remark}" for code, remark in remarks.items() if code not in new)
    yield from (f"{line}  {remarks[line]}" if line in remarks else line for line in new)
