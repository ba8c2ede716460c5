"""The columns of a `posterior.nc`, read as they stand, or through xarray where they are coded.

xarray, with what it imports, takes longer to open a file than a report takes to be made of it. What
inje writes needs none of its decoding: numbers stand as they are, and text as text. A file that
another program wrote anew may hold numbers that its attributes say how to read (CF conventions);
such a file is xarray's.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from inje.runs import refuse_beyond_memory

if TYPE_CHECKING:
    from xarray import DataTree

__all__ = ["GROUPS", "Columns", "Stored", "read_stored", "stored_of"]

GROUPS = ("prior", "posterior", "sample_stats")
#: attributes after which a number is not what stands in the file
_CODED = frozenset({"scale_factor", "add_offset", "missing_value", "_Unsigned", "dtype"})
#: what a user can do about a file that does not fit
_REMEDY = "name a smaller file"

Columns = Mapping[str, tuple[np.ndarray, Mapping[str, Any]]]


@dataclass(frozen=True)
class Stored:
    """What a file holds.

    Attributes
    ----------
    attrs : of the whole. groups : by group and name, values (chain, draw, ...) and attributes.
    """

    attrs: Mapping[str, Any]
    groups: Mapping[str, Columns]


def stored_of(tree: DataTree) -> Stored:
    """What a DataTree holds.

    Raises
    ------
    KeyError : a group is missing.
    """
    groups = {
        group: {str(name): (v.values, v.attrs) for name, v in tree[group].data_vars.items()}
        for group in GROUPS
    }
    return Stored(dict(tree.attrs), groups)


def read_stored(path: str | os.PathLike[str]) -> Stored:
    """What a file holds.

    Raises
    ------
    OSError, ValueError, KeyError, TypeError, RuntimeError : it is no such file, or damaged.
    OptionError : it would not fit into memory.
    """
    import h5py

    with h5py.File(path, "r") as file:
        nodes = {group: _variables(file[group]) for group in GROUPS if group in file}
        found = [node for columns in nodes.values() for node in columns.values()]
        # A few kilobytes may unfold to any size: what is stated is looked at before it is read.
        size = sum(float(node.nbytes) for node in found)
        refuse_beyond_memory(size, os.fspath(path), _REMEDY)
        # Read in any case: where they are damaged, what reads for xarray complains of it behind
        # everybody's back.
        attrs = _texts(file.attrs)
        if not any(_is_coded(node) for node in found):
            groups = {
                group: {name: (node[()], _texts(node.attrs)) for name, node in nodes[group].items()}
                for group in nodes
            }
            return Stored(attrs, groups)
    return _decoded(path)


def _decoded(path: str | os.PathLike[str]) -> Stored:
    """What a file holds, as xarray reads it."""
    import xarray as xr

    with xr.open_datatree(path, engine="h5netcdf", decode_times=False) as tree:
        size = sum(float(node.nbytes) for node in tree.subtree)
        refuse_beyond_memory(size, os.fspath(path), _REMEDY)
        return stored_of(tree.load())


def _variables(group: Any) -> dict[str, Any]:
    """The data sets of a group that are no dimension of others."""
    import h5py

    return {
        name: node
        for name, node in group.items()
        if isinstance(node, h5py.Dataset) and "CLASS" not in node.attrs
    }


def _is_coded(node: Any) -> bool:
    """Whether a number in the file is not the number that is meant."""
    if _CODED & set(node.attrs) or node.dtype.kind not in "if":
        return True
    fill = node.attrs.get("_FillValue")
    return fill is not None and not (node.dtype.kind == "f" and np.isnan(fill).all())


def _texts(attrs: Any) -> dict[str, str]:
    """Attributes that are texts; the others are for those who write the format."""
    found = {}
    for name in attrs:
        value = attrs[name]
        if np.size(value) == 1:
            value = np.asarray(value).item()
        if isinstance(value, bytes):
            value = value.decode()
        if isinstance(value, str):
            found[name] = value
    return found
