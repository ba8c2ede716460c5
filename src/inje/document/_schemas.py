"""What a file says it is: name and version of its schema.

A file of an older version is brought up to date as it is loaded, one step a version; a file of
a newer one is refused with a sentence, because this version cannot know what it leaves out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any

from inje.errors import InputError

__all__ = ["SchemaStep", "origin_of", "schema_version", "upgraded"]

SchemaStep = Callable[[dict[str, Any]], dict[str, Any]]
_FORM = re.compile(r"([a-z]+(?:-[a-z]+)*)/([1-9][0-9]{0,5})\Z")


def schema_version(came: object, ours: str, where: str) -> int:
    """The version of a file's schema, which must be one that can be read.

    Parameters
    ----------
    came : what the file says, like "inje-dossier/1".
    ours : name and newest version that this inje reads and writes.
    where : the file.

    Raises
    ------
    InputError : another kind of file, or one of a newer version.
    """
    name, _, newest = ours.rpartition("/")
    form = _FORM.match(came) if isinstance(came, str) else None
    if form is None or form[1] != name:
        raise InputError(
            where, f"its schema is {came!r}", f"{name}/1 to {ours}", "name a file of this kind"
        )
    if int(form[2]) > int(newest):
        raise InputError(
            where,
            f"it was written by a newer inje, in schema {came}",
            f"up to {ours}, which is what inje {version('inje')} reads",
            "bring inje up to date",
        )
    return int(form[2])


def upgraded(
    data: dict[str, Any], ours: str, steps: Mapping[int, SchemaStep], where: str
) -> dict[str, Any]:
    """The fields of a file, as the newest version of its schema has them.

    Parameters
    ----------
    data : the fields, with `schema`; a file without one is taken for the newest.
    ours : name and newest version. steps : by version, what leads from it to the next.
    where : the file.

    Raises
    ------
    InputError : another kind of file, or one of a newer version.
    """
    if "schema" not in data:
        return data
    for number in range(schema_version(data["schema"], ours, where), int(ours.rpartition("/")[2])):
        data = {**steps[number](data), "schema": f"{ours.rpartition('/')[0]}/{number + 1}"}
    return data


def origin_of(parents: Mapping[str, str]) -> dict[str, str]:
    """Attributes that say where a binary file comes from: version of inje, hashes of parents.

    Parameters
    ----------
    parents : sha256 of the files it was made from, by name.
    """
    return {"version": version("inje"), "parents": json.dumps(dict(parents))}
