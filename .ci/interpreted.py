"""A plug-in of pytest that runs the kernels with the compiler off (NUMBA_DISABLE_JIT=1).

The few places that are written in the compiler's own instructions are given a plain twin here:
they read and write the same memory, so that every other line of the loops runs as Python. Where a
twin is missing (the vectors), a test that comes there fails, and is left out by `.ci/mutants.py`.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from typing import Any

os.environ["NUMBA_DISABLE_JIT"] = "1"

import numba
import numpy as np
from numba import extending

_WORD = ctypes.c_int64
_LAWS: dict[int, Callable[..., Any]] = {}


def _at(memory: int, block: int, index: int) -> int:
    memory = int(memory)
    return memory + 8 * (ctypes.c_int64.from_address(memory + 8 * int(block)).value + int(index))


def _reads(kind: Any, result: Callable[[Any], Any]) -> Callable[..., Any]:
    return lambda memory, block, index: result(kind.from_address(_at(memory, block, index)).value)


def _writes(kind: Any, value: Callable[[Any], Any]) -> Callable[..., None]:
    def write(memory: int, block: int, index: int, given: Any) -> None:
        kind.from_address(_at(memory, block, index)).value = value(given)

    return write


def _lends(kind: Any, width: int, result: Callable[[Any], Any]) -> Callable[..., Any]:
    return lambda address, index: result(kind.from_address(int(address) + width * int(index)).value)


def _cell(
    by_row: Any, by_column: Any, base: Any, line: Any, share: Any, i: int, j: int, orders: int,
    chance: Any,
) -> None:  # fmt: skip
    """`inje.kernels._exact_lanes.cell`, a lane at a time."""
    rows, columns = max(i - 1, 0), max(j - 1, 0)
    part_i, part_j = i / (i + j), j / (i + j)
    from_i = part_i * by_row[rows, 0] * by_column[j, 0]
    from_j = part_j * by_column[columns, 1] * by_row[i, 2]
    fall = base - by_row[i, 1] * by_column[j, 0] - by_column[j, 2] * by_row[i, 2]
    last, summed = np.zeros_like(base), np.zeros_like(base)
    for order in range(orders):
        last = fall * last + (from_i * line[j + 1, order] + from_j * line[j, order])
        line[j + 1, order] = last
        summed = summed + share[i + j, order] * last
    chance[:] = summed * by_row[i, 3] * by_column[j, 3]


def _next_mark(a: Any, b: Any, c: Any, d: Any) -> tuple[Any, ...]:
    """`inje.kernels._vectors.next_mark`."""
    a, b, c, d = (int(word) for word in (a, b, c, d))
    low = 2**32 - 1
    mark = (a + b + d) & low
    turned = ((c << 21) | (c >> 11)) & low
    words = (b ^ (b >> 9), (c + (c << 3)) & low, (turned + mark) & low, (d + 1) & low)
    return *(np.uint32(word) for word in words), np.uint64(mark)


TWINS: dict[str, Callable[..., Any]] = {
    "bits_of": lambda number: np.float64(number).view(np.int64),
    "float_of": lambda bits: np.int64(bits).view(np.float64),
    "next_mark": _next_mark,
    "size": lambda memory, name: np.int64(_WORD.from_address(int(memory) + 8 * int(name)).value),
    "peek": _lends(ctypes.c_uint64, 8, np.uint64),
    "peek_short": _lends(ctypes.c_uint16, 2, np.int64),
    "peek_float": _lends(ctypes.c_double, 8, np.float64),
    "look": _reads(ctypes.c_int64, np.int64),
    "get": _reads(ctypes.c_int64, np.int64),
    "see": _reads(ctypes.c_double, np.float64),
    "word": _reads(ctypes.c_uint64, np.uint64),
    "put": _writes(ctypes.c_int64, int),
    "write": _writes(ctypes.c_double, float),
    "write_word": _writes(ctypes.c_uint64, lambda value: int(value) & (2**64 - 1)),
    "cell": _cell,
    "call_rate": lambda address, *numbers: np.float64(_LAWS[int(address)](*numbers)),
    "call_bound": lambda address, *numbers: np.float64(_LAWS[int(address)](*numbers)),
}

_intrinsic = extending.intrinsic


def _plain(function: Callable[..., Any]) -> Any:
    return TWINS.get(function.__name__) or _intrinsic(function)


class _Law:
    """What stands for the compiled callback of a law: its address leads to the law itself."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.address = id(function)
        _LAWS[self.address] = function


extending.intrinsic = _plain
numba.cfunc = lambda *_signature, **_options: _Law
