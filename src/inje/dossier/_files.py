"""YAML files of records: every fault at once, each with its line and column.

Reading goes twice over a faulty file only: a fast safe load first, and when that record does
not validate, a second load that keeps positions. Nothing but plain data is ever constructed.
"""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.emitter import RoundTripEmitter
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from inje.document import SchemaStep, upgraded
from inje.dossier._faults import RecordFault, checked_record, place_faults
from inje.errors import Fault, FileFaults, InputError

__all__ = [
    "dump_record",
    "load_record",
    "record_from_json",
    "record_of",
    "replaced_whole",
    "write_atomically",
]

M = TypeVar("M", bound=BaseModel)

#: the first bytes of a file of worlds
HDF5 = b"\x89HDF\r\n\x1a\n"
#: what YAML writes as an escape (all but printable characters and ends of lines, and backslashes),
#: and several blanks in a row
_UNFOLDED = re.compile(
    r"[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\\\u2028\u2029\ufeff]|  "
)
#: columns after which a text goes on in the next line
_WIDTH = 100
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
    return record_of(_text_of(name), name, model, checks, schema=schema, steps=steps)


def record_of(
    text: str,
    name: str,
    model: type[M],
    checks: Callable[[M], Iterable[RecordFault]] | None = None,
    *,
    schema: str = "",
    steps: Mapping[int, SchemaStep] | None = None,
) -> M:
    """The record in the text of a YAML file; `name` stands in messages. See `load_record`."""
    plain = _plain(_parsed(text, name, "safe"), name, len(text))
    if not isinstance(plain, dict):
        came = {"NoneType": "nothing", "str": "text", "list": "a list"}.get(
            type(plain).__name__, "a number"
        )
        remedy = "begin with `inje new`, or let `inje extract` and `inje model` write one"
        raise FileFaults([Fault(f"{name}:1:1", f"{came} came", "a mapping of fields", remedy)])
    if schema:
        plain = upgraded(plain, schema, steps or {}, name)
    record, faults = checked_record(plain, model, checks)
    if record is None:
        raise FileFaults(place_faults(faults, _parsed(text, name, "rt"), name))
    return record


def record_from_json(
    text: str,
    model: type[M],
    where: str,
    checks: Callable[[M], Iterable[RecordFault]] | None = None,
    *,
    schema: str,
    steps: Mapping[int, SchemaStep],
) -> M:
    """A record that another file carries as JSON.

    Raises
    ------
    InputError : not JSON, not this record, one with a fault between its parts, or one of a newer
        version.
    """
    try:
        plain = json.loads(text)
        fields = upgraded(plain, schema, steps, where) if isinstance(plain, dict) else plain
        record = model.model_validate_json(json.dumps(fields))
    except (ValueError, RecursionError) as fault:
        raise _carried(where, schema, str(fault).splitlines()[0]) from None
    for at, what, *_ in checks(record) if checks else ():
        raise _carried(where, schema, f"{'.'.join(map(str, at))}: {what}")
    return record


def _carried(where: str, schema: str, why: str) -> InputError:
    return InputError(
        where, f"it carries no {schema}: {why}", "a file of inje", "make the file again"
    )


def _text_of(name: str) -> str:
    try:
        with Path(name).open("rb") as file:  # a device may have no end
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(
            name, error.strerror or str(error), "a readable YAML file", "check the path"
        ) from None
    if len(raw) > MAX_BYTES:
        raise InputError(
            name,
            "there is more in it than inje reads",
            f"at most {MAX_BYTES // 10**6} MB",
            "check that it is the one",
        )
    if raw.startswith(HDF5):
        raise InputError(
            name,
            "it holds worlds, as posterior.nc and ensemble.nc do",
            "a YAML file: dossier.yaml or scenario.yaml",
            "name the one from which the worlds were made",
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        raise InputError(
            f"{name}:{line}:{column}",
            f"byte 0x{raw[error.start]:02x} at offset {error.start} is not UTF-8",
            "UTF-8 text",
            "save it as UTF-8",
        ) from None


def _parsed(text: str, name: str, kind: str) -> Any:
    loader = YAML(typ=kind)
    try:
        return loader.load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        what = " ".join(str(error.problem or error.context).split())
        remedy = "mend it there; an article goes to `inje reconstruct` or `inje read`"
        raise FileFaults([Fault(where, f"not YAML: {what}", "YAML 1.2", remedy)]) from None
    except (YAMLError, RecursionError, ValueError) as error:
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise FileFaults([Fault(name, f"not YAML: {first}", "YAML 1.2", "mend it")]) from None


def _plain(node: Any, name: str, size: int) -> Any:
    """The loaded tree as plain data; dates as the text they were, aliases counted as copies.

    Written out, no part takes less than a character; aliases may make ten times as much of it.
    """
    left = 10 * size + 1000

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
    writer.Emitter = _CarefulEmitter
    writer.width = _WIDTH
    writer.allow_unicode = True
    writer.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    for line in header.splitlines():
        stream.write(f"# {line}".rstrip() + "\n")
    writer.dump({"schema": schema, **_compact(data)}, stream)
    return stream.getvalue()


#: ends of lines that YAML writes as an escape only within double quotes
_ENDS = re.compile("[\x85\u2028\u2029]")


class _CarefulEmitter(RoundTripEmitter):
    """Folds long texts but those that would not read back as they were.

    ruamel.yaml changes a text that it folds beside an escape or between two blanks.
    """

    def process_scalar(self) -> None:
        """Write the text of the event, on one line where it may not be folded."""
        self.best_width = 1 << 30 if _UNFOLDED.search(self.event.value) else _WIDTH
        super().process_scalar()
        self.best_width = _WIDTH


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
    # Plain and in single quotes these would be ends of lines.
    return DoubleQuotedScalarString(node) if isinstance(node, str) and _ENDS.search(node) else node


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where they are missing.

    Raises
    ------
    InputError : it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise InputError(
            str(folder), f"cannot be made: {reason}", "a writable folder", "choose another -o"
        ) from None


def write_atomically(path: str | os.PathLike[str], content: str | bytes) -> None:
    r"""Write a file whole or not at all: a temporary file beside it, then a rename.

    What UTF-8 cannot hold (a byte of a path that came) is written as its escape, `\udcff`.

    Raises
    ------
    InputError : the folder is missing, read-only or full.
    """
    raw = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
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
