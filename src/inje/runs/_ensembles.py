"""`ensemble.nc`: worlds on disk, written block by block, with the model that they were fought by.

A netCDF-4 file that xarray opens as a DataTree: group `prior`, dims chain and draw, one variable
a path. The scenario, the dossier and the documents travel in the attributes, as they do in a
`posterior.nc`. Categories are integer codes with `flag_meanings` (CF conventions).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import h5netcdf
import numpy as np
from numpy.typing import NDArray

from inje.document import document_from_json, document_to_json, origin_of, schema_version
from inje.dossier import dossier_from_json, replaced_whole
from inje.ensemble import Ensemble, check_address, iterate_blocks
from inje.errors import InputError
from inje.runs._journal import identity_of, opened_journal
from inje.runs._kept import Wanted, kept_blocks
from inje.runs._room import refuse_beyond_disk, refuse_beyond_memory
from inje.runs._survey import Survey
from inje.scenario import Scenario, scenario_from_json

__all__ = ["load_ensemble", "store_worlds"]

SCHEMA = "inje-ensemble/1"
#: worlds of a compressed piece of a column
PIECE = 1 << 16


def store_worlds(
    scenario: Scenario,
    path: str | os.PathLike[str],
    *,
    worlds: int,
    seed: int = 1,
    start: int = 0,
    threads: int | None = None,
    paths: Sequence[str] | None = None,
    parents: Mapping[str, str] | None = None,
    resume: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Survey:
    """Fight worlds into a file, block by block, and count them on the way.

    Memory does not grow with the worlds, the file does: about eight bytes a world and column
    before compression, and as much again for the journal beside it while it is made.

    Parameters
    ----------
    path : the file; written whole or not at all.
    parents : sha256 of the files that the scenario came from, by name.
    resume : go on from what an interrupted run of the same scenario and options left beside the
        file; without it, or where nothing was left, begin anew. The numbers are the same.
    Others as in `survey_worlds`.

    Raises
    ------
    OptionError : the file may not fit on the disk; its size is said.
    InputError : the folder is missing, read-only or full; another run writes the same file, or,
        with `resume`, another one left what lies there.
    """
    target = Path(path)
    check_address(worlds, seed, start)
    first = next(iterate_blocks(scenario, worlds=1, seed=seed, start=start, paths=paths))
    row = sum(column.dtype.itemsize for column in first.columns.values())
    refuse_beyond_disk(
        2.0 * row * worlds, target.parent, "worlds", "leave out -o, or name fewer --paths"
    )
    named = None if paths is None else tuple(paths)
    identity = identity_of(scenario, worlds=worlds, seed=seed, start=start, paths=named)
    wanted = Wanted(scenario, worlds, seed, start, threads, named, first.labels)
    with (
        opened_journal(target, identity, resume=resume) as journal,
        replaced_whole(target) as temporary,
        h5netcdf.File(temporary, "w") as file,
    ):
        file.attrs.update(_attributes(scenario, seed, start, parents or {}))
        blocks = kept_blocks(wanted, journal)
        found = _stored(blocks, _begun(file, first, worlds), worlds, progress)
        file.attrs["unfinished"] = np.int64(found.unfinished)
    return found


def _stored(
    blocks: Iterable[Ensemble],
    group: Any,
    worlds: int,
    progress: Callable[[int, int], None] | None,
) -> Survey:
    """Write blocks into their columns, one after the other, and count them."""
    found: Survey | None = None
    at = 0
    for block in blocks:
        for name, column in block.columns.items():
            group.variables[name][0, at : at + block.worlds] = column
        counted = Survey.of(block)
        found = counted if found is None else found + counted
        at += block.worlds
        if progress:
            progress(at, worlds)
    assert found is not None  # noqa: S101 - there is at least one world
    return found


def _begun(file: Any, first: Ensemble, worlds: int) -> Any:
    """The group of the columns, empty yet."""
    group = file.create_group("prior")
    group.dimensions = {"chain": 1, "draw": worlds}
    piece = (1, min(worlds, PIECE))
    for name, column in first.columns.items():
        variable = group.create_variable(
            name, ("chain", "draw"), column.dtype, chunks=piece, compression="gzip",
            compression_opts=1, shuffle=True,
        )  # fmt: skip
        if name in first.labels:
            variable.attrs["flag_values"] = np.arange(len(first.labels[name]), dtype=np.int16)
            variable.attrs["flag_meanings"] = "\n".join(first.labels[name])
    return group


def _attributes(
    scenario: Scenario, seed: int, start: int, parents: Mapping[str, str]
) -> dict[str, Any]:
    dossier = scenario.dossier
    texts = dossier.texts if dossier else ()
    return {
        "schema": SCHEMA,
        **origin_of(parents),
        "seed": np.int64(seed),
        "start": np.int64(start),
        "scenario": scenario.model_dump_json(by_alias=True),
        "dossier": dossier.model_dump_json(by_alias=True) if dossier else "",
        "documents": json.dumps([document_to_json(text) for text in texts], ensure_ascii=False),
    }


def load_ensemble(path: str | os.PathLike[str]) -> Ensemble:
    """Load an `ensemble.nc`, all of it into memory.

    Raises
    ------
    InputError : not a file, or not an ensemble of this package, or of a newer one.
    OptionError : it does not fit into memory; its size is said.
    """
    import h5py

    name = os.fspath(path)
    try:
        # Not through h5netcdf: of a damaged file it leaves one half open, and complains of that
        # where nobody can catch it.
        with h5py.File(name, "r") as file:
            schema_version(str(file.attrs.get("schema", "")), SCHEMA, name)
            return _loaded(file, name)
    except (OSError, LookupError, ValueError, TypeError, RuntimeError) as fault:
        raise InputError(
            name, f"cannot be read: {fault}", "an ensemble.nc of `inje simulate`",
            "run `inje simulate` again",
        ) from None  # fmt: skip


def _loaded(file: Any, name: str) -> Ensemble:
    found, worlds = _variables(file["prior"])
    size = float(worlds) * sum(variable.dtype.itemsize for variable in found.values())
    refuse_beyond_memory(size, name, f"simulate fewer worlds than {worlds:,}, or fewer columns")
    columns: dict[str, NDArray[np.generic]] = {}
    labels: dict[str, tuple[str, ...]] = {}
    for path, variable in found.items():
        columns[path] = np.asarray(variable[0])
        if "flag_meanings" in variable.attrs:
            labels[path] = tuple(str(variable.attrs["flag_meanings"]).split("\n"))
    scenario = scenario_from_json(file.attrs["scenario"], name)
    if file.attrs["dossier"]:
        texts = (document_from_json(text) for text in json.loads(file.attrs["documents"]))
        record = dossier_from_json(file.attrs["dossier"], name).with_texts(*texts)
        scenario = scenario.with_dossier(record)
    seed, start, unfinished = (
        int(np.asarray(file.attrs[each]).item()) for each in ("seed", "start", "unfinished")
    )
    return Ensemble(scenario, seed, start, worlds, columns, labels, unfinished)


def _variables(group: Any) -> tuple[dict[str, Any], int]:
    """The columns of a group, without its dimensions, and how many worlds they have.

    Raises
    ------
    KeyError, ValueError : it has no worlds, or a column that is none.
    """
    import h5py

    draws = int(np.size(group["draw"]))
    found = {}
    for name, node in group.items():
        # A name may lead nowhere, or to a group.
        if not isinstance(node, h5py.Dataset) or node.dtype.kind not in "biuf":
            raise ValueError(f"{name} holds no numbers")
        if "CLASS" not in node.attrs:
            if node.shape != (1, draws):
                raise ValueError(f"{name} is no column of {draws:,} numbers")
            found[name] = node
    return found, draws
