"""Shards: ranges of worlds fought, weighed and reduced, here or by an executor elsewhere.

What is left of a shard is small: sums of weights by block, the sets of claims that its worlds
match, and the worlds that may be kept. Merged in any order they give the same, to the bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np

from inje.posterior._attainable import Attainable
from inje.posterior._claims import ClaimModel
from inje.posterior._proposal import LOG_RATIO
from inje.posterior._reach import Patterns
from inje.posterior._readings import Columns
from inje.posterior._weights import BLOCK, Kept, WeightSums

__all__ = ["Scale", "Shard", "Shards", "Simulator", "fought_here", "merged"]

#: worlds that are fought at one time on this machine, so that memory stays flat
CHUNK = 4 * BLOCK


class Simulator(Protocol):
    """What fights worlds: a range of addresses in, columns of outcomes out."""

    def __call__(self, start: int, worlds: int) -> Columns:
        """Columns of worlds start .. start + worlds - 1."""
        ...


@dataclass(frozen=True)
class Shard:
    """What is left of worlds start .. stop - 1.

    Attributes
    ----------
    sums : of weights, by block. patterns : which claims they match together.
    kept : those that may be kept. first : columns of those whose number is below `prior`.
    """

    start: int
    stop: int
    sums: tuple[WeightSums, ...]
    patterns: Patterns
    kept: Kept
    first: Columns


#: shards of worlds start .. stop - 1 in order, none below a priority kept
Shards = Callable[[int, int, Callable[[], float]], Iterator[Shard]]


@dataclass(frozen=True)
class Scale:
    """What worlds are weighed on.

    Attributes
    ----------
    model : the claims. keep, prior : weighted and unweighted worlds that stay.
    seed : of the sample that is kept.
    """

    model: ClaimModel
    keep: int
    prior: int
    seed: int

    def shard(
        self, worlds: Columns, start: int, floor: float, pool: ThreadPoolExecutor | None = None
    ) -> Shard:
        """Weigh worlds whose first has the number `start`."""
        size = len(next(iter(worlds.values())))
        job = partial(self._block, worlds, start, floor, Attainable.of(self.model))
        edges = range(0, size, BLOCK)
        found = [job(at) for at in edges] if pool is None else list(pool.map(job, edges))
        first = {name: values[: max(0, self.prior - start)] for name, values in worlds.items()}
        return Shard(
            start,
            start + size,
            tuple(sums for sums, _, _ in found),
            Patterns.merged([patterns for _, patterns, _ in found]),
            Kept.merged([kept for _, _, kept in found]),
            first if start < self.prior else {},
        )

    def _block(
        self, columns: Columns, start: int, floor: float, can: Attainable, at: int
    ) -> tuple[WeightSums, Patterns, Kept]:
        """The block that begins `at` in columns whose first world is `start`."""
        worlds = {name: values[at : at + BLOCK] for name, values in columns.items()}
        size = len(next(iter(worlds.values())))
        terms = self.model.terms(worlds)
        log_weight = self.model.transmission.log_likelihood(terms) if terms else np.zeros(size)
        if LOG_RATIO in worlds:
            log_weight = log_weight + worlds[LOG_RATIO]
        pattern = Patterns.of(terms or [np.ones(size)], can if terms else Attainable((1.0,), ()))
        kept = Kept.of(self.keep, start + at, log_weight, worlds, self.seed, floor)
        return WeightSums.of(log_weight), pattern, kept


def merged(parts: list[Shard]) -> Shard:
    """Shards that follow one another, as one."""
    names = parts[0].first
    return Shard(
        parts[0].start,
        parts[-1].stop,
        tuple(sums for part in parts for sums in part.sums),
        Patterns.merged([part.patterns for part in parts]),
        Kept.merged([part.kept for part in parts]),
        {name: np.concatenate([p.first[name] for p in parts if p.first]) for name in names},
    )


def fought_here(simulate: Simulator, scale: Scale, threads: int) -> Shards:
    """Shards fought on this machine, one after the other."""

    def shards(start: int, stop: int, floor: Callable[[], float]) -> Iterator[Shard]:
        with ThreadPoolExecutor(max_workers=max(1, threads)) as pool:
            for at in range(start, stop, CHUNK):
                worlds = simulate(at, min(CHUNK, stop - at))
                yield scale.shard(worlds, at, floor(), pool)

    return shards
