"""YAML files of records: every fault at once, each with its line and column.

Reading goes twice over a faulty file only: a fast safe load first, and when that record does
not validate, a second load that keeps positions. Nothing but plain data is ever constructed.
"""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from inje.document import SchemaStep, upgraded
from inje.errors import Fault, FileFaults, InputError

__all__ = [
    "Location",
    "RecordFault",
    "dump_record",
    "load_record",
    "record_from_json",
    "replaced_whole",
    "write_atomically",
]

M = TypeVar("M", bound=BaseModel)
Location = tuple[str | int, ...]
#: (where in the record, what came, what is allowed, what to do)
RecordFault = tuple[Location, str, str, str]

MAX_BYTES = 64_000_000
MAX_DEPTH = 60


def load_record(
    path: str | os.PathLike[str],
    model: type[M],
    checks: Callable[[M], Iterable[RecordFault]] | None = None,
    *,
    schema: str = "",
    steps: Mapping[int, SchemaStep] | None = None,
) -> M:
    """Load a YAML file as a record.

    Parameters
    ----------
    path : the file, UTF-8.
    model : the pydantic model of its top level.
    checks : faults between the parts of a record that is valid part by part.
    schema : name and newest version of what it holds. steps : by version, what leads from the
        fields of one to those of the next.

    Raises
    ------
    FileFaults : the file is not YAML, or has faults; all of them, with line and column.
    InputError : it cannot be read, is another kind of file, or of a newer version.
    """
    name = os.fspath(path)
    text = _text_of(name)
    plain = _plain(_parsed(text, name, "safe"), name)
    if not isinstance(plain, dict):
        came = type(plain).__name__
        raise FileFaults([Fault(f"{name}:1:1", f"a {came} came", "a mapping of fields", "")])
    if schema:
        plain = upgraded(plain, schema, steps or {}, name)
    try:
        record = model.model_validate(plain)
    except ValidationError as error:
        raise FileFaults(_positioned(_translated(error, plain), text, name)) from None
    faults = list(checks(record)) if checks else []
    if faults:
        raise FileFaults(_positioned(faults, text, name))
    return record


def record_from_json(
    text: str, model: type[M], where: str, *, schema: str, steps: Mapping[int, SchemaStep]
) -> M:
    """A record that another file carries as JSON.

    Raises
    ------
    InputError : not JSON, not this record, or one of a newer version.
    """
    try:
        plain = json.loads(text)
        fields = upgraded(plain, schema, steps, where) if isinstance(plain, dict) else plain
        return model.model_validate_json(json.dumps(fields))
    except (ValueError, RecursionError) as fault:
        first = str(fault).splitlines()[0]
        raise InputError(where, f"it carries no {schema}: {first}", "a file of inje", "") from None


def _text_of(name: str) -> str:
    try:
        raw = Path(name).read_bytes()
    except OSError as error:
        raise InputError(name, error.strerror or str(error), "a readable YAML file", "") from None
    if len(raw) > MAX_BYTES:
        size = f"{len(raw) / 1e6:.0f} MB"
        raise InputError(name, f"the file has {size}", f"at most {MAX_BYTES // 10**6} MB", "")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{name}:{line}", f"byte {error.start} is not UTF-8", "UTF-8 text", "save it as UTF-8"
        ) from None


def _parsed(text: str, name: str, kind: str) -> Any:
    loader = YAML(typ=kind)
    try:
        return loader.load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        what = " ".join(str(error.problem or error.context).split())
        raise FileFaults([Fault(where, f"not YAML: {what}", "YAML 1.2", "mend it there")]) from None
    except (YAMLError, RecursionError, ValueError) as error:
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise FileFaults([Fault(name, f"not YAML: {first}", "YAML 1.2", "")]) from None


def _plain(node: Any, name: str) -> Any:
    """The loaded tree as plain data; dates as the text they were, aliases counted as copies."""
    left = 20_000_000

    def convert(value: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        if depth > MAX_DEPTH or left < 0:
            what = "nested too deeply, or aliases that expand too far"
            raise FileFaults([Fault(name, what, f"{MAX_DEPTH} levels", "write it out plainly")])
        if isinstance(value, dict):
            return {str(k): convert(v, depth + 1) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [convert(v, depth + 1) for v in value]
        if isinstance(value, dt.datetime | dt.date):
            return value.isoformat()
        return value

    return convert(node, 0)


def _translated(error: ValidationError, plain: Any) -> list[RecordFault]:
    """Pydantic's errors as faults in four parts."""
    faults: list[RecordFault] = []
    for item in error.errors():
        location = tuple(part for part in item["loc"] if _exists(plain, item["loc"], part))
        came, kind = item["input"], item["type"]
        if kind == "too_short" and isinstance(came, list) and came:
            continue  # its items have faults of their own; the list itself is long enough
        what, allowed, remedy = item["msg"].removeprefix("Value error, "), "", ""
        if kind == "extra_forbidden":
            location, what = tuple(item["loc"]), f"unknown field {item['loc'][-1]!r}"
            remedy = "remove it, or correct its name; `inje schema` prints the fields"
        elif kind == "missing":
            what = f"the field {item['loc'][-1]!r} is missing"
            remedy = "add it; `inje schema` prints the fields"
        elif kind == "string_type":
            what = f"{came!r} is a {type(came).__name__} where text belongs"
            allowed, remedy = "text", "put it in quotes if it is meant (dates too: '1946')"
        elif kind == "literal_error":
            what, allowed = f"{came!r} came", item.get("ctx", {}).get("expected", "")
        elif kind == "string_pattern_mismatch":
            what, allowed = f"{came!r} is no identifier", "a-z, 0-9, _ and -"
        faults.append((location, what, allowed, remedy))
    return faults


def _exists(plain: Any, loc: Location, part: str | int) -> bool:
    # Union branches add words of their own to pydantic's location; they are no keys of the file.
    node = plain
    for step in loc[: loc.index(part) + 1]:
        present = (isinstance(node, dict) and step in node) or (
            isinstance(node, list) and isinstance(step, int) and step < len(node)
        )
        if present:
            node = node[step]
        elif step == part:
            return False
    return True


def _positioned(faults: Iterable[RecordFault], text: str, name: str) -> list[Fault]:
    tree = _parsed(text, name, "rt")
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


def dump_record(record: BaseModel, schema: str, header: str = "") -> str:
    """A record as YAML: block style, defaults left out, the schema first.

    Parameters
    ----------
    record : any record.
    schema : name and version of its schema.
    header : comment lines for the top of the file.
    """
    data = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data.pop("schema", None)
    writer = YAML(typ="rt")
    writer.width = 100
    writer.allow_unicode = True
    writer.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    for line in header.splitlines():
        stream.write(f"# {line}".rstrip() + "\n")
    writer.dump({"schema": schema, **_compact(data)}, stream)
    return stream.getvalue()


def _compact(node: Any) -> Any:
    """Short leaves (anchors, values, citations) on one line each, for the reader's eye."""
    if isinstance(node, dict):
        block = CommentedMap((key, _compact(value)) for key, value in node.items())
        leaf = all(not isinstance(value, dict | list) for value in node.values())
        if leaf and node and sum(len(str(v)) + len(k) + 4 for k, v in node.items()) < 90:
            block.fa.set_flow_style()
        return block
    if isinstance(node, list):
        items = CommentedSeq(map(_compact, node))
        if (
            all(not isinstance(v, dict | list) for v in node)
            and sum(len(str(v)) + 2 for v in node) < 90
        ):
            items.fa.set_flow_style()
        return items
    return node


def write_atomically(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Write a file whole or not at all: a temporary file beside it, then a rename.

    Raises
    ------
    InputError : the folder is missing, read-only or full.
    """
    raw = content.encode("utf-8") if isinstance(content, str) else content
    with replaced_whole(path) as temporary, temporary.open("wb") as stream:
        stream.write(raw)


@contextmanager
def replaced_whole(path: str | os.PathLike[str]) -> Iterator[Path]:
    """A temporary file to write, beside a file; it takes that file's place when the block ends.

    Where the block fails nothing has changed, and nothing is left. A link in its place is
    replaced by the file; what it points to stays as it is.

    Raises
    ------
    InputError : the folder is missing, read-only or full, or the path is a folder.
    """
    target = Path(path)
    temporary: Path | None = None
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:200]}.", dir=target.parent)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        _settle(temporary)
        temporary.chmod(_mode_of(target))
        temporary.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            os.fspath(path), f"cannot write: {reason}", "a writable folder with room", ""
        ) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _settle(path: Path) -> None:
    """Have the system bring a file to the disk before it is renamed."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _mode_of(target: Path) -> int:
    """Permissions of the file that is replaced, or those of a new one."""
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        return 0o644
