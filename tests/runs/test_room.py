"""What cannot fit is refused before it is tried, with its size."""

from __future__ import annotations

import h5netcdf
import pytest

from inje.errors import OptionError
from inje.posterior import load_posterior
from inje.runs import refuse_beyond_memory
from inje.runs._room import in_words, memory_left


def test_sizes_have_words():
    assert [in_words(x) for x in (7, 1500, 2.5e9, 4e15)] == [
        "7 bytes",
        "1.5 kB",
        "2.5 GB",
        "4,000.0 TB",
    ]


def test_what_fits_is_let_through():
    refuse_beyond_memory(1.0, "x", "less")
    assert memory_left() > 1e6
    with pytest.raises(OptionError, match=r"x: this would take 1,000,000\.0 TB of memory.*; less"):
        refuse_beyond_memory(1e18, "x", "less")


def test_a_file_that_unfolds_to_terabytes_is_not_unfolded(tmp_path):
    path = tmp_path / "posterior.nc"
    with h5netcdf.File(path, "w") as file:
        group = file.create_group("posterior")
        group.dimensions = {"draw": 10**13}
        group.create_variable("x", ("draw",), "f8", chunks=(10**6,), compression="gzip")
    assert path.stat().st_size < 100_000
    with pytest.raises(OptionError, match=r"this would take [\d.]+ TB of memory"):
        load_posterior(path)
