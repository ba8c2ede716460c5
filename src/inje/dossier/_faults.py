"""The faults of a record that came from a file: all of them, each where it stands.

Pydantic stops a record at the first kind of fault: what is wrong between two records shows only
when each is valid by itself. So a copy of what came is mended where that loses nothing (an
unknown field left out, a number taken for the text it should be, two bounds exchanged) and looked
through again, until nothing new comes up. The mended copy serves to find faults and for nothing
else: a file with faults is refused whole.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from inje.errors import Fault

__all__ = ["Location", "RecordFault", "checked_record", "place_faults"]

M = TypeVar("M", bound=BaseModel)
Location = tuple[str | int, ...]
#: (where in the record, what came, what is allowed, what to do)
RecordFault = tuple[Location, str, str, str]
#: fields that hold a date
_DATES = frozenset(("edtf", "earliest", "latest", "start", "end", "date", "retrieved"))
_NUMBERS = ("int_", "float_", "greater_than", "less_than", "finite_number")
_ROUNDS = 6


def checked_record(
    plain: Any, model: type[M], checks: Callable[[M], Iterable[RecordFault]] | None
) -> tuple[M | None, list[RecordFault]]:
    """The record and no faults, or None and every fault that can be found.

    Parameters
    ----------
    plain : what the file holds, as plain data.
    model : the pydantic model of it.
    checks : faults between the parts of a record that is valid part by part.
    """
    faults: dict[tuple[Location, str], RecordFault] = {}
    guessed: list[Location] = []
    tried = plain
    for _ in range(_ROUNDS):
        try:
            record = model.model_validate(tried)
        except ValidationError as error:
            found = [
                fault for fault in _translated(error, tried, model) if not _near(fault, guessed)
            ]
            faults.update({(fault[0], fault[1]): fault for fault in found})
            tried = deepcopy(tried)
            if not _mended(tried, error, guessed):
                break
        else:
            found = (
                [fault for fault in checks(record) if not _near(fault, guessed)] if checks else []
            )
            faults.update({(fault[0], fault[1]): fault for fault in found})
            return (None if faults else record), list(faults.values())
    return None, list(faults.values())


def _near(fault: RecordFault, guessed: Sequence[Location]) -> bool:
    """Whether it stands in a record of which a value is only a guess of ours."""
    return any(fault[0][: len(place)] == place for place in guessed)


def _mended(tree: Any, error: ValidationError, guessed: list[Location]) -> bool:
    """Mend in place what can be; whether anything could."""
    done = False
    for item in error.errors():
        location = _in_file(tree, item["loc"])
        if item["type"] == "extra_forbidden":
            location = item["loc"]
        parent = _node(tree, location[:-1])
        last = location[-1] if location else None
        kind, came = item["type"], item["input"]
        if kind == "extra_forbidden" and isinstance(parent, dict) and last in parent:
            del parent[last]
        elif kind == "string_type" and isinstance(came, int | float):
            parent[last] = str(came)
            guessed.append(location)
        elif kind == "literal_error" and (first := _choices(item)):
            parent[last] = first[0]
            guessed.append(location[:-1] or location)
        elif kind.startswith(_NUMBERS):
            parent[last] = 1
            guessed.append(location[:-1] or location)
        elif isinstance(came, dict) and "is not below high" in item["msg"]:
            node = _node(tree, location)
            node["low"], node["high"] = node["high"], node["low"]
        else:
            continue
        done = True
    return done


def _least(item: Any) -> int:
    return int(item["ctx"]["min_length"])


def _choices(item: Any) -> list[str]:
    return re.findall(r"'([^']*)'", str(item.get("ctx", {}).get("expected", "")))


def _translated(
    error: ValidationError, plain: Any, model: type[BaseModel]
) -> Iterator[RecordFault]:
    """Pydantic's errors as faults in four parts."""
    for item in error.errors():
        if item["type"] == "too_short" and len(item["input"]) >= _least(item):
            continue  # its items have faults of their own; the list itself is long enough
        location = _in_file(plain, item["loc"])
        if item["type"] == "extra_forbidden":
            location = tuple(item["loc"])
        yield (location, *_said(item, model))


def _said(item: Any, model: type[BaseModel]) -> tuple[str, str, str]:
    """What came, what is allowed, what to do."""
    kind, came, name = item["type"], item["input"], item["loc"][-1]
    if kind == "extra_forbidden":
        fields = _fields(model, item["loc"][:-1])
        close = difflib.get_close_matches(str(name), fields, 1)
        remedy = f"write {close[0]!r}" if close else "remove it"
        return f"unknown field {name!r}", ", ".join(fields), f"{remedy}; `inje schema` tells more"
    if kind == "missing":
        what = f"the field {name!r} is missing"
        return what, f"a record with {name!r}", "add it; `inje schema` prints the fields"
    if kind == "string_type":
        return _no_text(came, name)
    if kind == "literal_error":
        allowed = str(item.get("ctx", {}).get("expected", ""))
        close = difflib.get_close_matches(str(came), _choices(item), 1)
        return f"{came!r} came", allowed, f"write {close[0]!r}" if close else "write one of these"
    if kind == "string_pattern_mismatch":
        return f"{came!r} is no identifier", "a-z, 0-9, _ and -", "write it with these only"
    if kind == "too_short" and isinstance(came, list | dict):
        least, has = _least(item), len(came)
        return f"{name!r} has {has or 'none'}", f"{least} or more", "add what is missing"
    if kind.startswith(_NUMBERS):
        bound = item["msg"].removeprefix("Input should be ")
        return f"{came!r} came", bound, "correct the number"
    what, _, rest = item["msg"].removeprefix("Value error, ").partition("; allowed: ")
    allowed, _, remedy = rest.partition("; ")
    return what, allowed, remedy or "correct it; `inje schema` prints what is allowed"


def _no_text(came: Any, name: str | int) -> tuple[str, str, str]:
    """A number, a list or nothing where text belongs."""
    kinds = {bool: "a truth value", int: "a number", float: "a number", list: "a list"}
    kind = kinds.get(type(came), "a mapping" if isinstance(came, dict) else "nothing")
    if name in _DATES:
        allowed = "a date as text (EDTF), for instance '1946-04-17'"
        return f"{came!r} is {kind} where a date belongs", allowed, "write the date, in quotes"
    quoted = f"put it in quotes if it is meant: '{came}'" if kind == "a number" else "write text"
    return f"{came!r} is {kind} where text belongs", "text", quoted


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _fields(model: type[BaseModel], location: Sequence[str | int]) -> list[str]:
    """Names of the fields of the record at a location, as its files spell them."""
    schema = _schema(model)
    parts = schema.get("$defs", {})

    def resolved(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if "$ref" in node:
            yield from resolved(parts[node["$ref"].rpartition("/")[2]])
        for kind in ("anyOf", "oneOf", "allOf"):
            for branch in node.get(kind, ()):
                yield from resolved(branch)
        yield node

    here = list(resolved(schema))
    for step in location:
        below = [
            child
            for node in here
            for child in (
                node.get("properties", {}).get(step) if isinstance(step, str) else None,
                node.get("items") if isinstance(step, int) else None,
                node.get("additionalProperties") if isinstance(step, str) else None,
            )
            if isinstance(child, dict)
        ]
        # A step that is no key names the branch of a union: it leads nowhere further down.
        here = [found for child in below for found in resolved(child)] or here
    return list(dict.fromkeys(name for node in here for name in node.get("properties", {})))


def _in_file(plain: Any, location: Sequence[str | int]) -> Location:
    """A location of pydantic's, less the words that it adds for the branch of a union."""
    kept: list[str | int] = []
    node = plain
    for step in location:
        in_list = isinstance(node, list) and isinstance(step, int) and step < len(node)
        if in_list or (isinstance(node, dict) and step in node):
            node = node[step]
            kept.append(step)
    return tuple(kept)


def _node(tree: Any, location: Sequence[str | int]) -> Any:
    for step in location:
        try:
            tree = tree[step]
        except (KeyError, IndexError, TypeError):
            return None
    return tree


def place_faults(faults: Iterable[RecordFault], tree: Any, name: str) -> list[Fault]:
    """The faults in the order of the file, each with its line and column.

    Parameters
    ----------
    tree : the file loaded with positions (ruamel.yaml, round trip).
    name : of the file.
    """
    placed = []
    for location, what, allowed, remedy in faults:
        line, column = _position(tree, location)
        field = ".".join(map(str, location))
        said = f"{field}: {what}" if field else what
        placed.append((line, column, Fault(f"{name}:{line}:{column}", said, allowed, remedy)))
    return [fault for _, _, fault in sorted(placed, key=lambda item: item[:2])]


def _position(tree: Any, location: Location) -> tuple[int, int]:
    """Line and column (from 1) of the deepest part of a location that the file has."""
    line, column, node = 0, 0, tree
    for step in location:
        if isinstance(node, CommentedMap):
            keys = {str(key): key for key in node}
            if str(step) not in keys:
                break
            key = keys[str(step)]
            line, column = node.lc.key(key)
            node = node[key]
        elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
            line, column = node.lc.item(step)
            node = node[step]
        else:
            break
    return line + 1, column + 1
