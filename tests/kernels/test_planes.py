"""Moments held as planes of bits beside the same moments one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from inje.kernels import _layout as at
from inje.kernels._compiler import compiled
from inje.kernels._naive_draws import grid_row, grid_row_below, word_at
from inje.kernels._planes import (
    BITS,
    ENDLESS,
    count_below,
    first_moment,
    look_closer,
    open_planes,
    time_of,
)
from inje.kernels._tables import LARGEST_MEAN, table


@compiled
def counted(key, n, moment):
    return count_below(np.uint64(key), n, np.uint64(moment))


@compiled
def closer(m, key, n, moment, bits):
    open_planes(m, 0, n)
    below, left = 0, n
    for bit in range(52, 52 - bits, -1):
        zeros = look_closer(m, np.uint64(key), 0, n, np.uint64(moment), bit)
        early = (np.uint64(moment) >> np.uint64(bit)) & np.uint64(1) != 0
        below, left = (below + zeros, left - zeros) if early else (below, zeros)
    return below, left


@compiled
def first(time, t0, length, after):
    return first_moment(time, t0, length, after)


@compiled
def times(moment, t0, length):
    return time_of(np.uint64(moment), t0, length)


def moments(key: int, n: int) -> list[int]:
    """The moments of n losses, told bit by bit."""
    found = []
    for i in range(n):
        block = i // 64 * 64
        bits = [word_at(key, block + j) >> i % 64 & 1 for j in range(BITS)]
        found.append(int("".join(map(str, bits)), 2))
    return found


@settings(max_examples=40)
@given(key=st.integers(0, 2**64 - 1), n=st.integers(0, 200), moment=st.integers(0, 2**53))
def test_losses_before_a_moment_are_counted(key: int, n: int, moment: int) -> None:
    assert counted(np.uint64(key), n, np.uint64(moment)) == sum(
        each < moment for each in moments(key, n)
    )


@settings(max_examples=20)
@given(key=st.integers(0, 2**64 - 1), n=st.integers(1, 200), which=st.integers(0, 199))
def test_a_loss_does_not_come_before_itself(key: int, n: int, which: int) -> None:
    all_of_them = moments(key, n)
    own = all_of_them[which % n]
    assert counted(np.uint64(key), n, np.uint64(own)) == sum(each < own for each in all_of_them)
    assert counted(np.uint64(key), n, ENDLESS) == n


@settings(max_examples=40)
@given(
    key=st.integers(0, 2**64 - 1),
    n=st.integers(0, 200),
    moment=st.integers(0, 2**53 - 1),
    bits=st.integers(0, BITS),
)
def test_looking_closer_tells_more_bits(key: int, n: int, moment: int, bits: int) -> None:
    words = np.zeros(at.ALIKE + 1 + at.PLANES, np.int64)
    words[at.ALIKE] = at.ALIKE + 1
    below, left = closer(np.int64(words.ctypes.data), np.uint64(key), n, np.uint64(moment), bits)
    shift = BITS - bits
    heads = [each >> shift for each in moments(key, n)]
    assert below == sum(head < moment >> shift for head in heads)
    assert left == sum(head == moment >> shift for head in heads)


def test_moments_are_uniform() -> None:
    # The share before each of 2^8 moments, over many keys: binomial.
    keys, n = 400, 700
    shares = np.array(
        [[counted(np.uint64(k), n, np.uint64(s << 45)) for s in range(1, 256)] for k in range(keys)]
    )
    cells = np.diff(shares, axis=1, prepend=0, append=n).sum(axis=0)
    assert stats.chisquare(cells).pvalue > 1e-5
    variance = shares[:, 127].var(ddof=1)
    assert abs(variance / (n / 4) - 1) < 5 * np.sqrt(2 / keys)


@settings(max_examples=60)
@given(
    t0=st.floats(0, 1000),
    length=st.floats(1e-9, 30),
    part=st.floats(-0.1, 1.1),
    after=st.booleans(),
)
def test_the_first_moment_at_a_time(t0: float, length: float, part: float, after: bool) -> None:
    time = t0 + part * length
    found = int(first(time, t0, length, after))

    def late(moment: int) -> bool:
        t = times(np.uint64(moment), t0, length)
        return t > time or (t == time and not after)

    assert 0 <= found <= 2**53
    assert found == 2**53 or late(found)
    assert found == 0 or not late(found - 1)


@given(mean=st.floats(2.0**-6, 3 * LARGEST_MEAN))
def test_the_grid_rounds_a_mean_down_and_not_far(mean: float) -> None:
    found = table().mean[grid_row_below(mean)]
    assert found <= mean
    assert found >= min(mean, LARGEST_MEAN) / (1 + 1 / 32)


def test_there_is_room_for_all_that_the_tables_can_bring() -> None:
    tables = table()
    most = tables.first + np.diff([*tables.start, len(tables.below)])
    assert 4 * most[-1] + most[: grid_row(64.0)].max() < 64 * at.PLANES
    assert most[grid_row(6.0 * 1.001)] < at.DOUBTS
