"""Every loader of a file, on sound files that were spoilt: it loads them or refuses in words.

As tests the targets run on a few recipes of Hypothesis; as a program they run as long as one likes:

    python -m tests.fuzz.test_files scenario --seconds 300
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fuzz.editing import MOST_EDITS, STEP, edited
from tests.fuzz.program import fuzz

from inje.document import read_document
from inje.dossier import (
    check_dossier,
    dossier_from_json,
    dump_dossier,
    extract_dossier,
    load_document,
    load_dossier,
    propose_claims,
    save_document,
)
from inje.dossier.exchange import import_events
from inje.errors import InjeError, InputError, OptionError
from inje.packing import pack
from inje.posterior import condition_scenario, load_posterior, save_posterior
from inje.reporting import build_report, read_shapes, trace
from inje.runs import load_ensemble, opened_journal, store_worlds
from inje.scenario import Scenario, draft_scenario, dump_scenario, load_scenario, scenario_from_json

EXAMPLE = Path(__file__).parents[2] / "examples" / "inje-1946"
ARTICLE = (
    b"The Battle of Testfield was fought on 3 May 1901 between the Northern Army (NA) and the "
    b"Southern Republic (SR). The Northern Army of 800 men attacked the village of Testfield. "
    b"The Northern Army lost 15 men killed, and the Southern Republic lost about 40. According "
    b"to General Smith, the Southern Republic attacked first.\n\n== References ==\n"
    b"Smith, J. (1999). The War. London. p. 20.\n"
)
UCDP = (
    b"id,dyad_name,side_a,side_b,date_start,date_end,where_coordinates,adm_1,country,latitude,"
    b"longitude,best,high,low,deaths_a,deaths_b,deaths_civilians,deaths_unknown,source_article,"
    b"type_of_violence,date_prec,where_prec\n"
    b'1,"A - B",Army,Rebels,2001-05-03 00:00:00.000,2001-05-04,Testfield,North,Nowhere,1.5,2.5,'
    b'12,20,8,5,6,1,0,"""A paper"",2001-05-05,title",1,1,1\n'
)
WIKIDATA = json.dumps(
    [{"item": "http://www.wikidata.org/entity/Q1", "itemLabel": "Battle of Testfield",
      "date": "1901-05-03T00:00:00Z", "coordinate": "Point(2.5 1.5)", "participantLabel": name,
      "killed": "12"} for name in ("North", "South")]
).encode()  # fmt: skip
SHAPES = json.dumps(
    {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"name": "hill"},
         "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}},
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [2.5, 1.5]}}]}
).encode()  # fmt: skip


@lru_cache(maxsize=1)
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="inje-fuzz-"))


@lru_cache(maxsize=1)
def _scenario() -> Scenario:
    return draft_scenario(extract_dossier(read_document(ARTICLE, reader="text")))


def _place(name: str, content: bytes) -> Path:
    path = _folder() / name
    path.write_bytes(content)
    return path


# ---- sound files: each is made by what writes it ----


def _dossier() -> bytes:
    record = _scenario().dossier
    assert record is not None
    return dump_dossier(record).encode()


def _document() -> bytes:
    path = save_document(read_document(ARTICLE, reader="text"), _folder() / "document.json")
    return Path(path).read_bytes()


@lru_cache(maxsize=1)
def _posterior() -> bytes:
    made = condition_scenario(_scenario(), seed=1, ess=20, max_worlds=256, threads=1)
    return Path(save_posterior(made, _folder() / "sound.nc")).read_bytes()


def _ensemble() -> bytes:
    path = _folder() / "sound-ensemble.nc"
    store_worlds(_scenario(), path, worlds=8, threads=1, paths=["winner", "losses.na.total"])
    return path.read_bytes()


class _Stopped(Exception):
    pass


def _entry() -> bytes:
    """An entry of a journal that was interrupted; its header lies beside it."""
    output = _folder() / "run.nc"
    with suppress(_Stopped), opened_journal(output, IDENTITY) as journal:
        journal.write("prior", {"x": np.arange(40.0), "n": np.arange(7)})
        raise _Stopped
    return (_folder() / "run.nc.unfinished" / "prior.part").read_bytes()


def _page() -> bytes:
    path = _folder() / "report.html"
    build_report(load_posterior(_place("sound.nc", _posterior()))).save(path)
    return path.read_bytes()


def _manifest() -> bytes:
    files = {"dossier.yaml": "0" * 64, "scenario.yaml": "1" * 64}
    return json.dumps({"version": "0", "seed": 1, "command": "x", "files": files}).encode()


def _batch() -> bytes:
    row = {"source": "a.md", "folder": str(_folder() / "a"), "code": 0, "seconds": 1.0}
    return json.dumps({"schema": "inje-batch/1", "articles": [row]}).encode()


PROPOSALS = [
    {"kind": "quantity", "quote": "lost 15 men killed", "about": "losses.na.killed", "number": 15},
    {"kind": "cause", "quote": "attacked first", "holder": "Smith", "about": "attacker"},
]
IDENTITY = {"schema": "inje-journal/1", "seed": "1"}
SOUND: dict[str, Callable[[], bytes]] = {
    "dossier": _dossier,
    "dossier-json": lambda: _scenario().dossier.model_dump_json(by_alias=True).encode(),
    "scenario": lambda: dump_scenario(_scenario()).encode(),
    "scenario-json": lambda: _scenario().model_dump_json(by_alias=True).encode(),
    "document": _document,
    "posterior": _posterior,
    "posterior-fields": lambda: b"",
    "ensemble": _ensemble,
    "ensemble-fields": lambda: b"",
    "journal": _entry,
    "header": lambda: json.dumps(IDENTITY).encode(),
    "manifest": _manifest,
    "batch": _batch,
    "ucdp": lambda: UCDP,
    "wikidata": lambda: WIKIDATA,
    "shapes": lambda: SHAPES,
    "page": _page,
    "proposals": lambda: json.dumps(PROPOSALS).encode(),
}
sound = lru_cache(maxsize=None)(lambda name: SOUND[name]())


# ---- loaders ----


def _load_dossier(content: bytes) -> None:
    record = load_dossier(_place("dossier.yaml", content))
    check_dossier(record)
    assert load_dossier(_place("again.yaml", dump_dossier(record).encode())) == record


def _load_scenario(content: bytes) -> None:
    scenario = load_scenario(_place("scenario.yaml", content))
    assert load_scenario(_place("again.yaml", dump_scenario(scenario).encode())) == scenario
    pack(scenario)


def _load_scenario_json(content: bytes) -> None:
    pack(scenario_from_json(content.decode("utf-8", "replace")))


def _load_dossier_json(content: bytes) -> None:
    check_dossier(dossier_from_json(content.decode("utf-8", "replace")))


def _load_fields(recipe: bytes) -> None:
    """A posterior.nc whose attributes were spoilt, hashes and all else being right."""
    from inje.posterior._files import _hashes

    path = _place("fields.nc", sound("posterior"))
    with h5py.File(path, "r+") as file:
        if _spoil_one(file.attrs, recipe, "scenario") != "parents":
            file.attrs["parents"] = json.dumps(_hashes(dict(file.attrs)))
    load_posterior(path)


def _load_ensemble_fields(recipe: bytes) -> None:
    """An ensemble.nc whose attributes were spoilt: those of the whole, or those of a column."""
    path = _place("fields-ensemble.nc", sound("ensemble"))
    with h5py.File(path, "r+") as file:
        attrs = file["prior/winner"].attrs if recipe[:1] > b"\xd0" else file.attrs
        _spoil_one(attrs, recipe, sorted(attrs)[0])
    load_ensemble(path)


def _spoil_one(attrs: Any, recipe: bytes, first: str) -> str:
    """Spoil the attribute that a recipe chooses; its name."""
    names = sorted(name for name in attrs if not name.startswith("_") and name != "DIMENSION_LIST")
    name = names[recipe[0] % len(names)] if recipe else first
    value = attrs[name]
    text = value if isinstance(value, str) else json.dumps(np.asarray(value).tolist(), default=str)
    spoilt = edited(text.encode(), recipe[1:]).replace(b"\0", b"").decode("utf-8", "replace")
    try:
        attrs[name] = spoilt if isinstance(value, str) else np.array(json.loads(spoilt))
    except (ValueError, TypeError, OverflowError):
        attrs[name] = spoilt  # no number any more
    return name


def _go_on(content: bytes) -> None:
    sound("journal")
    folder = _folder() / "run.nc.unfinished"
    folder.mkdir(exist_ok=True)
    (folder / "run.json").write_bytes(json.dumps(IDENTITY).encode())
    # every other time the hash is right, so that what stands behind it is reached
    hashed = sha256(content[32:]).digest() + content[32:] if len(content) % 2 else content
    (folder / "prior.part").write_bytes(hashed)
    with suppress(_Stopped), opened_journal(_folder() / "run.nc", IDENTITY, resume=True) as journal:
        found = journal.read("prior")
        assert found is None or all(array.dtype != object for array in found.values())
        raise _Stopped


def _go_on_after(content: bytes) -> None:
    folder = _folder() / "other.nc.unfinished"
    folder.mkdir(exist_ok=True)
    (folder / "run.json").write_bytes(content)
    with opened_journal(_folder() / "other.nc", IDENTITY, resume=True):
        pass


def _look_back(content: bytes) -> None:
    """What a run looks at in the folder of an earlier one."""
    from inje.reporting._beginning import _touched
    from inje.runs._batch import _whole

    _place("manifest.json", content)
    _touched(_place("dossier.yaml", b"schema: x"))
    _whole(_folder())


def _look_back_at_batch(content: bytes) -> None:
    from inje.runs._batch import _done

    _place("batch.json", content)
    assert _done(_folder(), {"a.md": _folder() / "a"}) == {}


def _import(content: bytes) -> None:
    for event in import_events(_place("table.csv", content)):
        assert list(check_dossier(event.dossier)) is not None


class _Answering:
    """A proposer that answers with what came."""

    name = "a stranger"

    def __init__(self, content: bytes) -> None:
        found = json.loads(content)
        self.answer = found if isinstance(found, list) else [found]

    def propose(self, _request: Any) -> Any:
        """The same to every passage."""
        return self.answer


def _propose(content: bytes) -> None:
    try:
        proposer = _Answering(content)
    except (ValueError, RecursionError):
        return  # the seam itself refuses what is no JSON
    record = _scenario().dossier
    assert record is not None
    propose_claims(record, proposer)


LOADERS: dict[str, Callable[[bytes], object]] = {
    "dossier": _load_dossier,
    "dossier-json": _load_dossier_json,
    "scenario": _load_scenario,
    "scenario-json": _load_scenario_json,
    # By a name that no record beside it takes for its text.
    "document": lambda content: load_document(_place("text.json", content)),
    "posterior": lambda content: load_posterior(_place("posterior.nc", content)),
    "posterior-fields": _load_fields,
    "ensemble": lambda content: load_ensemble(_place("ensemble.nc", content)),
    "ensemble-fields": _load_ensemble_fields,
    "journal": _go_on,
    "header": _go_on_after,
    "manifest": _look_back,
    "batch": _look_back_at_batch,
    "ucdp": _import,
    "wikidata": _import,
    "shapes": lambda content: read_shapes(_place("ground.geojson", content)),
    "page": lambda content: trace(_place("report.html", content), "n-1"),
    "proposals": _propose,
}


#: whose recipe spoils one attribute, not the bytes of a file
FIELDS = ("posterior-fields", "ensemble-fields")


def spoil_and_load(name: str, recipe: bytes) -> None:
    """The target: a refusal is an `InjeError` in four parts, anything else is a fault of ours."""
    content = recipe if name in FIELDS else edited(sound(name), recipe)
    with suppress(InjeError):
        LOADERS[name](content)


QUICK = [name for name in LOADERS if name not in (*FIELDS, "page", "posterior", "ensemble")]
recipes = st.binary(max_size=STEP * MOST_EDITS)


@pytest.mark.parametrize("name", [n for n in LOADERS if n not in ("page", *FIELDS)])
def test_a_sound_file_is_loaded(name):
    with suppress(OptionError):  # a page has no number n-1, and says which it has
        LOADERS[name](sound(name))


@pytest.mark.parametrize(
    "named",
    [
        "forces.0.place", "engagements.0.place", "engagements.0.sides.0", "engagements.0.attacker",
        "places.0.holder",
    ],
)  # fmt: skip
def test_a_scenario_in_another_file_is_checked_like_one_in_its_own(named):
    """A force stands nowhere, a side fights that is none: found when it is read."""
    form = _scenario().model_dump(mode="json", by_alias=True)
    *way, last = (int(step) if step.isdigit() else step for step in named.split("."))
    part = form
    for step in way:
        part = part[step]
    assert part[last], "a name stands there"
    part[last] = "nobody-knows"
    with pytest.raises(InputError, match=r"it carries no inje-scenario/2: .*nobody-knows"):
        scenario_from_json(json.dumps(form))


@pytest.mark.parametrize("name", QUICK)
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(recipe=recipes)
def test_no_file_breaks_a_loader(name, recipe):
    spoil_and_load(name, recipe)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(LOADERS))
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(recipe=recipes)
def test_no_file_breaks_a_loader_for_longer(name, recipe):
    spoil_and_load(name, recipe)


if __name__ == "__main__":
    fuzz({name: partial(spoil_and_load, name) for name in LOADERS}, recipes)
