"""How fast worlds are fought, beside how fast numbers can be drawn."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from inje.ensemble import simulate_worlds
from inje.kernels import draw_marks
from inje.packing import default_paths
from inje.scenario import Scenario

SECONDS = 1.5
ROUNDS = 5
#: numbers in the columns of the worlds that are fought at a time: 64 MB
MOST = 1 << 23


def _best(task: Callable[[], int]) -> float:
    """Units a second in the best of some rounds; the rest is what disturbed them."""
    found = 0.0
    for _ in range(ROUNDS):
        start = time.perf_counter()
        done = task()
        found = max(found, done / (time.perf_counter() - start))
    return found


def draws_per_second(threads: int) -> float:
    """Raw 32-bit draws a second of the kernels' own generator, the fastest at hand."""
    steps = 1 << 20
    draw_marks(np.uint64(1), 1)

    def task() -> int:
        with ThreadPoolExecutor(threads) as pool:
            jobs = [pool.submit(draw_marks, np.uint64(i), steps) for i in range(threads)]
            return sum(int(job.result() >= 0) * 64 * steps for job in jobs)

    return _best(task)


def worlds_per_second(
    scenario: Scenario, threads: int, paths: Sequence[str] | None
) -> tuple[float, int]:
    """Worlds a second, and how many were fought at a time; to columns in memory.

    So many worlds at a time that their columns have MOST numbers, again and again: what an
    operating system takes to bring memory that nobody has touched is not the kernels' time.
    """
    most, worlds = MOST // len(paths or default_paths(scenario)), 1 << 12
    while True:
        start = time.perf_counter()
        simulate_worlds(scenario, worlds=worlds, threads=threads, paths=paths)
        took = time.perf_counter() - start
        if took > SECONDS / 4 or worlds >= most:
            break
        worlds *= 4
    rate = worlds / took
    worlds = min(most, max(1 << 12, int(rate * SECONDS)))
    times = max(1, int(rate * SECONDS / worlds))

    def task() -> int:
        for _ in range(times):
            simulate_worlds(scenario, worlds=worlds, threads=threads, paths=paths)
        return times * worlds

    return _best(task), worlds


def mean_events(scenario: Scenario, sides: Sequence[str], worlds: int) -> float:
    """Mean number of people lost in a world."""
    paths = [f"losses.{side}.total" for side in sides]
    ensemble = simulate_worlds(scenario, worlds=worlds, seed=7, paths=paths)
    return float(sum(np.mean(ensemble[path]) for path in paths))


def peak_megabytes() -> float:
    """Most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
