"""The compiled draws beside Python's own whole numbers, and beside their laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from inje.kernels import _layout as at
from inje.kernels import name_key, table, uniforms
from inje.kernels._compiler import compiled
from inje.kernels._naive_draws import grid_row, poisson
from inje.kernels._tables import (
    LARGEST_MEAN,
    LOGARITHMS,
    draw_poisson,
    lend_tables,
    log_of,
)


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


@compiled
def drawn(m, row, word):
    return draw_poisson(m, row, np.uint64(word))


@compiled
def lent(m, tables):
    lend_tables(m, tables)


@compiled
def logarithm(m, people):
    return log_of(m, people)


def memory():
    """A block of memory in which nothing lies but where the tables are."""
    words = np.zeros(at.TABLES + 8, np.int64)
    words[at.TABLES] = at.TABLES + 1
    lent(np.int64(words.ctypes.data), table())
    return words


@pytest.mark.parametrize("mean", [2.0**-6, 0.5, 3.0, 40.0, 511.0])
def test_a_number_begins_where_the_distribution_function_says(mean: float) -> None:
    """The word that is the chance to be at most k draws k + 1, and the word below it k."""
    tables, words, row = table(), memory(), grid_row(mean)
    start, first = int(tables.start[row]), int(tables.first[row])
    size = (
        int(tables.start[row + 1]) if row + 1 < len(tables.start) else len(tables.below)
    ) - start
    m = np.int64(words.ctypes.data)
    for i in range(size - 1):
        edge = int(tables.below[start + i])
        assert drawn(m, row, np.uint64(edge)) == first + i + 1
        assert drawn(m, row, np.uint64(edge - 1)) == first + i
    assert drawn(m, row, np.uint64(0)) == first
    assert drawn(m, row, np.uint64(2**64 - 1)) == first + size - 1
    for word in np.random.default_rng(3).integers(0, 2**64, 50, dtype=np.uint64, endpoint=False):
        assert drawn(m, row, word) == poisson(row, int(word))


@pytest.mark.parametrize("people", [1, 2, LOGARITHMS - 1, LOGARITHMS, LOGARITHMS + 1, 80_000])
def test_logarithms_of_people_are_those_of_the_library(people: int) -> None:
    words = memory()
    assert logarithm(np.int64(words.ctypes.data), float(people)) == math.log(people)
