"""Importance sampling from the prior: worlds stream by, are weighed, and a bounded sample stays.

It stops by itself when enough effective worlds are there, tested only where the number of
worlds is a power of two, so that the stop is the same however the work was cut. It gives up
by itself where the largest allowed number could not suffice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Protocol

import numpy as np

from inje.posterior._claims import ClaimModel
from inje.posterior._proposal import LOG_RATIO
from inje.posterior._reach import Patterns, Reach, best_terms, reach_of
from inje.posterior._readings import Columns
from inje.posterior._weights import BLOCK, Kept, WeightSums, effective_size, pareto_k

__all__ = ["Importance", "Verdict", "World", "importance"]

#: worlds before the first test, and before giving up
FIRST = 1 << 13
PATIENCE = 1 << 17
#: above this tail index, weights are not to be trusted (Vehtari et al. 2024)
WORST_K = 0.7

World = Columns
Progress = Callable[[int, int, float], None]


class Verdict(Enum):
    """How a run ended."""

    ENOUGH = "enough effective worlds"
    TOO_FEW = "too few of them are effective"
    HOPELESS = "so many worlds as are worth fighting could not give enough effective ones"
    UNREACHED = "no world reaches a set of claims that could outweigh all others"


class Simulator(Protocol):
    """What fights worlds: a range of addresses in, columns of outcomes out."""

    def __call__(self, start: int, worlds: int) -> Columns:
        """Columns of worlds start .. start + worlds - 1."""
        ...


@dataclass(frozen=True)
class Importance:
    """Weighted worlds and how far they can be trusted.

    Attributes
    ----------
    kept : a bounded sample, weights unbiased.
    prior : columns of the first worlds, unweighted.
    sums : of all weights. `reach`, `k_hat`, `ess` : diagnostics; `ess` is of the kept sample.
    verdict : why it stopped.
    """

    kept: Kept
    prior: dict[str, np.ndarray]
    sums: WeightSums
    reach: Reach
    k_hat: float
    ess: float
    verdict: Verdict


@dataclass(frozen=True)
class _Block:
    sums: WeightSums
    kept: Kept
    patterns: Patterns


def importance(
    simulate: Simulator,
    model: ClaimModel,
    *,
    seed: int = 1,
    ess: float = 4000,
    max_worlds: int = 1 << 22,
    keep: int = 1 << 16,
    prior: int = 1 << 14,
    patience: int | None = None,
    threads: int = 1,
    progress: Progress | None = None,
) -> Importance:
    """Draw worlds from the prior and weigh them by the claims.

    Parameters
    ----------
    simulate : worlds by address.
    model : the claims.
    seed : of the sample that is kept.
    ess : effective worlds wanted.
    max_worlds : most worlds.
    keep, prior : weighted and unweighted worlds that stay in memory.
    patience : worlds after which it gives up where they do not suffice; default `max_worlds`.
    threads : for weighing; changes no number.
    progress : called with worlds done, worlds at most, and effective worlds.
    """
    most = max(1, max_worlds)
    worth = min(patience or most, most)
    blocks: list[WeightSums] = []
    patterns: list[Patterns] = []
    kept, first = Kept.empty(keep), list[Columns]()
    done, goal = 0, min(FIRST, worth)
    weigh = _Scale(model, best_terms(model), keep, seed)
    with ThreadPoolExecutor(max_workers=max(1, threads)) as pool:
        while True:
            for start, worlds in _chunks(simulate, done, goal):
                if start < prior:
                    first.append({name: values[: prior - start] for name, values in worlds.items()})
                size = len(next(iter(worlds.values())))
                job = partial(weigh, worlds, start, kept.floor)
                found = list(pool.map(job, range(0, size, BLOCK)))
                blocks.extend(block.sums for block in found)
                patterns = [Patterns.merged([*patterns, *(block.patterns for block in found)])]
                kept = Kept.merged([kept, *(block.kept for block in found)])
            done = goal
            result = _judged(model, kept, first, blocks, patterns[0], ess, done, worth)
            if progress:
                progress(done, most, result.ess)
            if result.verdict is not Verdict.TOO_FEW or done >= worth:
                return result
            goal = min(done * 2, worth)


def _chunks(simulate: Simulator, start: int, stop: int) -> Iterable[tuple[int, Columns]]:
    """Ranges of worlds, some blocks at a time, so that memory stays flat."""
    chunk = 4 * BLOCK
    for at in range(start, stop, chunk):
        yield at, simulate(at, min(chunk, stop - at))


@dataclass(frozen=True)
class _Scale:
    """What blocks of worlds are weighed on."""

    model: ClaimModel
    best: list[float]
    keep: int
    seed: int

    def __call__(self, columns: Columns, start: int, floor: float, at: int) -> _Block:
        """The block that begins `at` in columns whose first world is `start`."""
        worlds = {name: values[at : at + BLOCK] for name, values in columns.items()}
        size = len(next(iter(worlds.values())))
        terms = self.model.terms(worlds)
        log_weight = self.model.transmission.log_likelihood(terms) if terms else np.zeros(size)
        if LOG_RATIO in worlds:
            log_weight = log_weight + worlds[LOG_RATIO]
        peaks = [claim.reading.peak for claim in self.model.claims]
        pattern = Patterns.of(terms or [np.ones(size)], self.best or [1.0], peaks or [1.0])
        kept = Kept.of(self.keep, start + at, log_weight, worlds, self.seed, floor)
        return _Block(WeightSums.of(log_weight), kept, pattern)


def _judged(
    model: ClaimModel,
    kept: Kept,
    first: list[Columns],
    blocks: list[WeightSums],
    patterns: Patterns,
    wanted: float,
    done: int,
    worth: int,
) -> Importance:
    sums, settled = WeightSums.tree(blocks), kept.settled()
    size, k_hat = effective_size(settled.log_weight), pareto_k(settled.log_weight)
    reach = (
        reach_of(model, patterns, sums.log_evidence)
        if model.claims
        else Reach({}, done, 0.0, (), ())
    )
    verdict = Verdict.TOO_FEW
    if size >= wanted and k_hat < WORST_K:
        if reach.suffices:
            verdict = Verdict.ENOUGH
        elif done >= worth:
            verdict = Verdict.UNREACHED
    elif done < worth and sums.ess * worth / done < wanted:
        # A small sample overstates its effective share rather than understating it.
        verdict = Verdict.HOPELESS
    columns: Mapping[str, np.ndarray] = {
        name: np.concatenate([part[name] for part in first]) for name in (first[0] if first else ())
    }
    return Importance(settled, dict(columns), sums, reach, k_hat, size, verdict)
