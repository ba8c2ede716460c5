"""The times of a piece's candidates beside Python's own sort."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inje.kernels import _layout as at
from inje.kernels._compiler import compiled
from inje.kernels._naive_draws import Stream, naive_world_key, sorted_times
from inje.kernels._times import count_before, count_until, draw_times, nth_time, sort_times


@compiled
def drawn(m, key, n, t0, length):
    draw_times(m, np.uint64(key), n, t0, length)


@compiled
def chosen(m, n, rank, t0, length):
    return nth_time(m, n, rank, t0, length)


@compiled
def counted(m, n, moment):
    return count_before(m, n, moment), count_until(m, n, moment)


@compiled
def in_order(m, n):
    sort_times(m, n)


def memory(n):
    """A block of memory in which nothing lies but the times: where they begin, then they."""
    words = np.zeros(at.TIMES + 9 + n, np.int64)
    words[at.TIMES] = at.TIMES + 1
    words[at.TIMES + 1 :].view(np.float64)[:] = np.inf
    return words, words[at.TIMES + 1 : at.TIMES + 1 + n].view(np.float64)


@settings(max_examples=30)
@given(
    world=st.integers(0, 2**40),
    n=st.sampled_from([1, 2, 5, 31, 400]),
    t0=st.floats(0.0, 4.0),
    length=st.floats(0.01, 2.0),
    part=st.floats(0.0, 1.0),
)
def test_the_i_th_time_is_that_of_a_sorted_list(world, n, t0, length, part):
    stream = Stream(naive_world_key(3, world), 77, 0, 0)
    expected = sorted_times(stream, n, t0, length)
    words, times = memory(n)
    drawn(words.ctypes.data, np.uint64(stream.key), n, t0, length)
    assert sorted(times.tolist()) == expected
    rank = min(n - 1, int(part * n))
    moment = expected[rank]
    assert counted(words.ctypes.data, n, moment) == (
        sum(time < moment for time in expected),
        sum(time <= moment for time in expected),
    )
    assert chosen(words.ctypes.data, n, rank, t0, length) == moment
    assert sorted(times.tolist()) == expected, "the times only change their places"
    in_order(words.ctypes.data, n)
    assert times.tolist() == expected


@pytest.mark.parametrize("rank", [0, 3, 9])
def test_times_that_are_not_spread_evenly_are_found_too(rank):
    """All lie at the end of the stretch, none where the i-th of uniforms would lie."""
    words, times = memory(10)
    times[:] = [0.99 + 0.001 * (i * 7 % 10) for i in range(10)]
    expected = sorted(times.tolist())
    assert chosen(words.ctypes.data, 10, rank, 0.0, 1.0) == expected[rank]
