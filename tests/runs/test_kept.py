"""A file of worlds whose making was interrupted: the same bits, and nothing fought twice."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

import inje
from inje.cli import app
from inje.ensemble import iterate_blocks
from inje.errors import InputError, OptionError
from inje.runs import _journal, _kept, load_ensemble, store_worlds

PATHS = ["winner", "losses.ang.total", "strength.volunteers", "arrival.reinforcements"]
BLOCKS = 4


class Stopped(Exception):
    pass


@pytest.fixture(scope="module")
def scenario(root):
    return inje.scenario.load_scenario(root / "examples" / "inje-1946" / "scenario.yaml")


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    """Blocks of a thousand worlds, each entered at once."""
    monkeypatch.setattr(_journal, "EVERY", 0.0)
    monkeypatch.setattr(_kept, "BLOCK", 1000)


def stored(scenario, path, *, until=None, **options):
    """Store worlds, or stop after so many; what the columns hold, and the survey."""

    def progress(done, _most):
        if done == until:
            raise Stopped

    options = {"worlds": 1000 * BLOCKS, "seed": 5, "start": 3, "paths": PATHS, **options}
    survey = store_worlds(scenario, path, progress=progress, **options)
    return survey.to_json(), bits(path)


def bits(path):
    return {name: column.tobytes() for name, column in load_ensemble(path).columns.items()}


@pytest.fixture
def fights(monkeypatch):
    """How many worlds were done when fighting began, each time that it did."""
    begun = []
    real = _kept.Wanted.fought
    monkeypatch.setattr(
        _kept.Wanted, "fought", lambda w, done: (begun.append(done), real(w, done))[1]
    )
    return begun


def test_what_was_fought_is_not_fought_again(scenario, tmp_path, fights):
    whole = stored(scenario, tmp_path / "whole.nc")
    with pytest.raises(Stopped):
        stored(scenario, tmp_path / "e.nc", until=3000)
    assert not (tmp_path / "e.nc").exists()
    fights.clear()
    assert stored(scenario, tmp_path / "e.nc", resume=True) == whole
    assert fights == [3000]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["e.nc", "whole.nc"]


def test_without_resume_it_begins_anew(scenario, tmp_path, fights):
    with pytest.raises(Stopped):
        stored(scenario, tmp_path / "e.nc", until=3000)
    stored(scenario, tmp_path / "e.nc")
    assert fights == [0, 0]


@pytest.mark.parametrize("damage", [b"", b"PK half a file", None])
def test_a_damaged_entry_is_fought_again_and_those_behind_it_are_used(
    scenario, tmp_path, fights, damage
):
    whole = stored(scenario, tmp_path / "whole.nc")
    with pytest.raises(Stopped):
        stored(scenario, tmp_path / "e.nc", until=4000)
    entry = tmp_path / "e.nc.unfinished" / "worlds-1003.part"
    if damage is None:
        entry.unlink()
    else:
        entry.write_bytes(damage)
    fights.clear()
    assert stored(scenario, tmp_path / "e.nc", resume=True) == whole
    assert fights == [1000]


def test_what_another_run_left_is_not_gone_on_with(scenario, tmp_path):
    with pytest.raises(Stopped):
        stored(scenario, tmp_path / "e.nc", until=2000)
    with pytest.raises(InputError, match=r"differs from this one: seed 5, now 6"):
        stored(scenario, tmp_path / "e.nc", resume=True, seed=6)
    with pytest.raises(InputError, match=r"differs from this one: paths"):
        stored(scenario, tmp_path / "e.nc", resume=True, paths=PATHS[:2])


def test_a_value_that_all_worlds_share_comes_back_as_one(scenario, tmp_path):
    """A column of one value is kept as one: sums over it round as they did when it was fought."""
    named = "distance.tabriz-maragha"
    column = next(iterate_blocks(scenario, worlds=9, paths=[named])).columns[named]
    assert column.strides == (0,), "one number stands in the model"
    whole = stored(scenario, tmp_path / "whole.nc", paths=[*PATHS, named])
    with pytest.raises(Stopped):
        stored(scenario, tmp_path / "e.nc", paths=[*PATHS, named], until=4000)
    assert stored(scenario, tmp_path / "e.nc", paths=[*PATHS, named], resume=True) == whole


def test_to_resume_a_file_is_named(root):
    model = root / "examples" / "inje-1946" / "scenario.yaml"
    with pytest.raises(OptionError, match=r"--resume: it came without -o; allowed: -o FILE"):
        CliRunner().invoke(
            app, ["simulate", str(model), "--resume"], catch_exceptions=False, standalone_mode=False
        )
