"""Where a reconstruction begins: articles, a record, a model, and what the folder holds already."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from inje.dossier import (
    Dossier,
    check_dossier,
    compare_dossiers,
    gather_record,
    is_reviewed,
    is_version_of,
    load_dossier,
    merge_sources,
)
from inje.errors import InputError, OptionError
from inje.scenario import Scenario, draft_scenario, load_scenario_and_record

__all__ = ["Beginning", "beginning"]

_YAML = (".yaml", ".yml")


@dataclass(frozen=True)
class Beginning:
    """The record and the model to start from, and what a person should know about them."""

    dossier: Dossier
    scenario: Scenario
    notes: tuple[str, ...] = ()


def beginning(sources: Sequence[str], folder: Path) -> Beginning:
    """What a run starts from; a file that is further on is gone on from.

    A corrected record that lies in the folder is never overwritten: a new draft of the same text
    goes into it, a record of other texts is refused.

    Parameters
    ----------
    sources : articles and records, or one scenario.yaml.
    folder : where the files of the run go.

    Raises
    ------
    InputError : a source cannot be used, or the folder holds another record that was corrected.
    """
    models = [source for source in sources if _schema(source).startswith("inje-scenario")]
    if models and len(sources) > 1:
        raise OptionError(
            "source", f"{models[0]} is a model, and not alone", "one scenario.yaml", "or records"
        )
    if models:
        scenario = load_scenario_and_record(models[0])
        return Beginning(scenario.dossier, scenario)
    gathered = gather_record(sources)
    dossier, notes = _continued(gathered.dossier, sources, folder)
    dossier = _checked(dossier)
    notes = (*gathered.notes, *notes, *_set_aside(folder))
    return Beginning(dossier, draft_scenario(dossier), notes)


def _schema(source: str) -> str:
    """The schema line of a YAML file, empty where it cannot be read (loading will tell why)."""
    if not source.endswith(_YAML):
        return ""
    try:
        with Path(source).open(encoding="utf-8", errors="replace") as stream:
            for line in stream:
                if line.startswith("schema:"):
                    return line.partition(":")[2].strip().strip("'\"")
    except OSError:
        return ""
    return ""


def _checked(dossier: Dossier) -> Dossier:
    """The record with what the linter notices."""
    texts = dossier.texts
    return dossier.model_copy(update={"findings": check_dossier(dossier)}).with_texts(*texts)


def _continued(
    draft: Dossier, sources: Sequence[str], folder: Path
) -> tuple[Dossier, tuple[str, ...]]:
    """The draft, or the corrected record of the folder with the draft in it."""
    there = folder / "dossier.yaml"
    if not there.exists() or any(_same_file(source, there) for source in sources):
        return draft, ()
    kept = load_dossier(there)
    if not (is_reviewed(kept) or _touched(there)):
        return draft, ()
    if _of_one_battle(kept, draft):
        merged = merge_sources(kept, sources)
        told = compare_dossiers(kept, merged.dossier).to_text().splitlines()[-1]
        note = f"{there} was corrected: its decisions are kept ({told})"
        return merged.dossier, (note, *merged.notes)
    raise InputError(
        str(there),
        "a record of other texts lies there, changed since its last whole run",
        "another folder, or that record named among the sources",
        f"give another -o, or name {there} first",
    )


def _of_one_battle(kept: Dossier, draft: Dossier) -> bool:
    """Whether a text of the draft is one of the record, or a newer version of one."""
    hashes = {info.sha256 for info in kept.documents}
    uris = {info.uri for info in kept.documents if info.uri not in ("", "-")}
    known = any(info.sha256 in hashes or info.uri in uris for info in draft.documents)
    return known or is_version_of(kept, draft)


def _same_file(source: str, there: Path) -> bool:
    return source.endswith(_YAML) and Path(source).resolve() == there.resolve()


def _touched(path: Path) -> bool:
    """Whether a file of a former run is no longer as that run wrote it."""
    try:
        manifest = json.loads((path.parent / "manifest.json").read_text(encoding="utf-8"))
        stated = manifest["files"][path.name]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return stated != sha256(path.read_bytes()).hexdigest()


def _set_aside(folder: Path) -> tuple[str, ...]:
    """Keep a model that a person edited beside the one that is drafted anew."""
    model = folder / "scenario.yaml"
    if not model.exists() or not _touched(model):
        return ()
    number = 1
    while (aside := folder / f"scenario-edited-{number}.yaml").exists():
        number += 1
    model.replace(aside)
    return (f"{model} was edited: it is kept as {aside.name}; name it to go on from it",)
