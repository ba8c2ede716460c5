"""The compiled draws beside Python's own whole numbers, and beside their laws."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from inje.kernels import name_key, table, uniforms
from inje.kernels._naive_draws import grid_row, poisson
from inje.kernels._tables import LARGEST_MEAN


def test_names_hash_alike_everywhere() -> None:
    # blake2b with 8 bytes, read from the lowest: any other tool gives the same.
    assert name_key("") == int.from_bytes(bytes.fromhex("e4a6a0577479b2b4"), "little")
    assert len({name_key(f"rate.{i}") for i in range(1000)}) == 1000


def test_uniforms_are_uniform_and_addressed() -> None:
    worlds = np.arange(200_000, dtype=np.uint64)
    out, part = np.empty(len(worlds)), np.empty(10)
    uniforms(np.uint64(7), worlds, np.uint64(name_key("a")), out)
    uniforms(np.uint64(7), worlds[500:510], np.uint64(name_key("a")), part)
    assert np.array_equal(out[500:510], part)
    assert stats.kstest(out, "uniform").pvalue > 1e-5
    assert abs(np.corrcoef(out[:-1], out[1:])[0, 1]) < 0.02


@given(mean=st.floats(1e-6, LARGEST_MEAN))
def test_the_grid_rounds_a_mean_up_and_not_far(mean: float) -> None:
    found = table().mean[grid_row(mean)]
    assert found >= mean
    assert found <= max(2.0**-6, mean * (1 + 1 / 32))


@given(mean=st.floats(0.02, LARGEST_MEAN), word=st.integers(0, 2**64 - 1))
def test_poisson_numbers_are_quantiles(mean: float, word: int) -> None:
    row = grid_row(mean)
    law = stats.poisson(table().mean[row])
    n = poisson(row, word)
    assert law.cdf(n) >= word / 2**64 - 1e-12
    assert law.cdf(n - 1) <= word / 2**64 + 1e-12
