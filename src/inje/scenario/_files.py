"""Scenario files: YAML, meant to be read and edited by a person."""

from __future__ import annotations

import os
from pathlib import Path

from inje.dossier import (
    Making,
    dump_record,
    load_dossier,
    load_record,
    record_from_json,
    write_atomically,
)
from inje.errors import InputError
from inje.scenario._integrity import lost_references, scenario_faults
from inje.scenario._records import SCHEMA, Scenario

__all__ = [
    "dump_scenario",
    "load_scenario",
    "load_scenario_and_record",
    "save_scenario",
    "scenario_from_json",
]

_HEADER = """The model of a battle. Every number has its claims, its source, or `assumed: why`.
Edit it freely; `inje schema scenario` prints what is allowed. Times are days since the start of
clock.start, strengths are people, distances kilometres, rates losses per opponent and day."""


_STEPS = {1: Making.named}


def load_scenario(path: str | os.PathLike[str]) -> Scenario:
    """Load and check a scenario.

    Raises
    ------
    FileFaults : the file has faults; all of them, with line and column.
    """
    return load_record(path, Scenario, scenario_faults, schema=SCHEMA, steps=_STEPS)


def scenario_from_json(text: str, where: str = "scenario") -> Scenario:
    """The scenario that another file carries as JSON.

    Raises
    ------
    InputError : not a scenario, one that names what it lacks, or one of a newer version.
    """
    # A model that was built in Python may be fought with less than a file of its own needs.
    return record_from_json(text, Scenario, where, lost_references, schema=SCHEMA, steps=_STEPS)


def load_scenario_and_record(path: str | os.PathLike[str]) -> Scenario:
    """Load a scenario that carries the dossier which lies beside it.

    Raises
    ------
    FileFaults : one of the files has faults; all of them, with line and column.
    InputError : there is no dossier beside it.
    """
    scenario = load_scenario(path)
    named = Path(scenario.dossier_file or "dossier.yaml")
    if named.is_absolute() or ".." in named.parts:
        raise InputError(
            os.fspath(path),
            f"dossier_file: {str(named)!r} leads out of the folder of the scenario",
            "a file in that folder",
            "put the record beside the scenario",
        )
    beside = Path(path).parent / named
    if not beside.exists():
        raise InputError(
            os.fspath(path),
            f"the record of this model is not there: {beside}",
            "a scenario beside its dossier",
            "put dossier.yaml beside it, or name it under `dossier_file`",
        )
    return scenario.with_dossier(load_dossier(beside))


def dump_scenario(scenario: Scenario) -> str:
    """The scenario as YAML text."""
    return dump_record(scenario, SCHEMA, _HEADER)


def save_scenario(scenario: Scenario, path: str | os.PathLike[str]) -> Path:
    """Write the scenario whole or not at all; returns the path.

    Raises
    ------
    InputError : the folder is missing, read-only or full.
    """
    write_atomically(path, dump_scenario(scenario))
    return Path(path)
