"""Bounds on time that another job on the same machine cannot break.

Noise only ever adds time, so a bound that holds once holds; what is too slow by nature (a quadratic
reader, an exponential pattern) misses it every time.
"""

from __future__ import annotations

import time
from collections.abc import Callable

ATTEMPTS = 7


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one call, s."""
    start = time.process_time()
    work()
    return time.process_time() - start


def within(limit: float, work: Callable[[], object]) -> bool:
    """Whether one call of a few stays under `limit` seconds."""
    return any(seconds(work) < limit for _ in range(ATTEMPTS))


def grows_by(factor: float, short: Callable[[], object], long: Callable[[], object]) -> bool:
    """Whether `long` once takes under `factor` times what `short` takes (20 ms are let pass)."""
    return any(seconds(long) < factor * seconds(short) + 0.02 for _ in range(ATTEMPTS))
