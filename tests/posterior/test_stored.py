"""A posterior.nc is read as it stands where inje wrote it, and through xarray elsewhere."""

from __future__ import annotations

import subprocess
import sys

import h5py
import numpy as np
import pytest
import xarray as xr
from tests.reporting.made_up import posterior as made_up

from inje.errors import InputError
from inje.posterior import load_posterior, posterior_from_datatree, save_posterior
from inje.posterior._files import _small
from inje.posterior._stored import _is_coded


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    return save_posterior(made_up(), tmp_path_factory.mktemp("saved") / "posterior.nc")


def read_by_xarray(path):
    with xr.open_datatree(path, engine="h5netcdf", decode_times=False) as tree:
        return posterior_from_datatree(tree.load(), str(path))


def same(one, other) -> bool:
    columns = [("prior", one.prior, other.prior), ("draws", one.draws, other.draws),
               ("particles", one.particles, other.particles)]  # fmt: skip
    for what, mine, theirs in columns:
        assert list(mine) == list(theirs), what
        for name, values in mine.items():
            assert values.dtype == theirs[name].dtype, (what, name)
            assert np.array_equal(values, theirs[name]), (what, name)
    assert np.array_equal(one.log_weight, other.log_weight)
    assert (one.labels, one.units) == (other.labels, other.units)
    return (one.scenario, one.diagnostics) == (other.scenario, other.diagnostics)


def test_both_ways_read_the_same(saved):
    assert same(load_posterior(saved), read_by_xarray(saved))


def test_a_file_that_xarray_wrote_anew_is_the_same(saved, tmp_path):
    with xr.open_datatree(saved, engine="h5netcdf", decode_times=False) as tree:
        tree.load().to_netcdf(tmp_path / "anew.nc", engine="h5netcdf")
    assert same(load_posterior(tmp_path / "anew.nc"), load_posterior(saved))


def test_numbers_that_are_packed_are_unpacked(saved, tmp_path):
    """Stored as counts of a quarter day: without its factor the end would be four times as late."""
    with xr.open_datatree(saved, engine="h5netcdf", decode_times=False) as tree:
        whole = tree.load()
    coded = {"scale_factor": 0.25, "dtype": "int32", "_FillValue": -1}
    whole.to_netcdf(
        tmp_path / "packed.nc", engine="h5netcdf", encoding={"/posterior": {"duration": coded}}
    )
    with h5py.File(tmp_path / "packed.nc") as file:
        assert file["posterior/duration"].dtype == np.int32
    found, expected = load_posterior(tmp_path / "packed.nc"), load_posterior(saved)
    assert found.draws["duration"] == pytest.approx(expected.draws["duration"], abs=0.125)
    assert np.ptp(found.draws["duration"]) > 0.25


@pytest.mark.parametrize("group", ["prior", "posterior", "sample_stats"])
def test_a_file_without_a_group_is_refused(saved, tmp_path, group):
    (tmp_path / "p.nc").write_bytes(saved.read_bytes())
    with h5py.File(tmp_path / "p.nc", "r+") as file:
        del file[group]
    with pytest.raises(InputError, match=f"cannot be read: .*{group}"):
        load_posterior(tmp_path / "p.nc")


def test_a_column_without_draws_is_refused(saved, tmp_path):
    (tmp_path / "p.nc").write_bytes(saved.read_bytes())
    with h5py.File(tmp_path / "p.nc", "r+") as file:
        del file["posterior/duration"]
        file["posterior/duration"] = 1.0
    with pytest.raises(InputError, match="run `inje condition` again"):
        load_posterior(tmp_path / "p.nc")


def test_a_file_of_inje_is_read_without_xarray(saved):
    words = (
        "import sys; from inje.posterior import load_posterior; "
        f"load_posterior({str(saved)!r}); print('xarray' in sys.modules, 'pandas' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([-128, 127], "int8"), ([-129, 0], "int16"), ([0, 128], "int16"),
        ([-(2**15), 2**15 - 1], "int16"), ([0, 2**15], "int32"), ([-(2**15) - 1, 0], "int32"),
        ([-(2**31), 2**31 - 1], "int32"), ([0, 2**31], "int64"), ([-(2**31) - 1, 0], "int64"),
        ([False, True], "int8"), ([0.0, 1.0], "float64"), ([], "float64"),
    ],
)  # fmt: skip
def test_whole_numbers_take_the_least_room_that_holds_them(values, kind):
    found = _small(np.array(values))
    assert found.dtype == kind
    assert found.tolist() == values


@pytest.mark.parametrize(
    ("values", "attrs", "coded"),
    [
        (np.arange(3), {}, False),
        (np.arange(3.0), {}, False),
        (np.arange(3.0), {"_FillValue": np.array([np.nan])}, False),
        (np.arange(3.0), {"_FillValue": np.array([-1.0])}, True),
        (np.arange(3), {"_FillValue": np.array([-1])}, True),
        (np.arange(3), {"scale_factor": 0.25}, True),
        (np.arange(3), {"units": "people"}, False),
        (np.array([True, False]), {}, True),
        (np.array([b"red"]), {}, True),
    ],
)
def test_a_number_that_is_not_the_one_that_is_meant_is_left_to_xarray(
    tmp_path, values, attrs, coded
):
    with h5py.File(tmp_path / "one.h5", "w") as file:
        node = file.create_dataset("x", data=values)
        node.attrs.update(attrs)
        assert _is_coded(node) is coded
