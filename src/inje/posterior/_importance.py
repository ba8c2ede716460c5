"""Importance sampling from the prior: worlds stream by, are weighed, and a bounded sample stays.

It stops by itself when enough effective worlds are there, tested only where the number of
worlds is a power of two, so that the stop is the same however the work was cut. It gives up
by itself where the largest allowed number could not suffice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from inje.posterior._claims import ClaimModel
from inje.posterior._entries import Weighed, root_of
from inje.posterior._reach import TOLERATED, Reach, reach_of
from inje.posterior._readings import Columns
from inje.posterior._shards import Scale, Shards, Simulator, fought_here
from inje.posterior._weights import (
    Kept,
    WeightSums,
    effective_of,
    effective_size,
    pareto_k,
    truncated,
)
from inje.runs import Journal

__all__ = [
    "FIRST",
    "PATIENCE",
    "WORST_K",
    "Importance",
    "Verdict",
    "World",
    "at_best",
    "foreseen",
    "importance",
]

#: worlds before the first test, and before giving up
FIRST = 1 << 13
PATIENCE = 1 << 17
#: above this tail index, weights are not to be trusted (Vehtari et al. 2024)
WORST_K = 0.7

#: where worlds that weigh are rare, effective ones rise as this power of the worlds at best: so
#: they rose over the whole of a run in which they began with 13 of 65,536
RISE = 1.25

World = Columns
Progress = Callable[[int, int, float], None]


class Verdict(Enum):
    """How a run ended."""

    ENOUGH = "enough effective worlds"
    TOO_FEW = "too few of them are effective"
    HEAVY = "a few of them weigh too much to tell what others would (Pareto k-hat of .7 or more)"
    HOPELESS = "so many worlds as are worth fighting could not give enough effective ones"
    UNREACHED = "no world reaches a set of claims that could outweigh all others"


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
    steadfast: bool = False,
    threads: int = 1,
    progress: Progress | None = None,
    deal: Callable[[Scale], Shards] | None = None,
    journal: Journal | None = None,
    entry: str = "weighed",
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
    steadfast : it does not give up because a few worlds outweigh those seen so far by luck.
    threads : for weighing; changes no number.
    progress : called with worlds done, worlds at most, and effective worlds.
    deal : gives what weighs ranges of worlds elsewhere; by default they are fought here.
    journal, entry : where progress is written, and under which name.
    """
    most = max(1, max_worlds)
    worth = min(patience or most, most)
    found = _begun(journal, entry, keep, worth)
    scale = Scale(model, keep, prior, seed)
    shards = deal(scale) if deal else fought_here(simulate, scale, threads)
    goal = min(FIRST, worth)
    while goal < found.done:
        goal = min(goal * 2, worth)

    def floor() -> float:
        return found.kept.floor

    while True:
        for shard in shards(found.done, goal, floor):
            found += shard
            if journal and journal.due(entry):
                journal.write(entry, found.entry())
            if progress:
                progress(found.done, most, root_of(found.sums).ess)
        result = _judged(model, found, ess, worth, steadfast=steadfast)
        if result.verdict is not Verdict.TOO_FEW or found.done >= worth:
            return result
        goal = min(found.done * 2, worth)


def _begun(journal: Journal | None, entry: str, keep: int, worth: int) -> Weighed:
    """What an earlier run has weighed, or nothing.

    What is beyond all that is worth fighting here was weighed for something else: no verdict could
    be given where this run would give it.
    """
    left = journal.read(entry) if journal else None
    found = Weighed.nothing(keep) if left is None else Weighed.of(left)
    return found if found.done <= worth else Weighed.nothing(keep)


def _judged(
    model: ClaimModel, found: Weighed, wanted: float, worth: int, *, steadfast: bool = False
) -> Importance:
    sums, settled = root_of(found.sums), found.kept.settled()
    size, k_hat = effective_size(settled.log_weight), pareto_k(settled.log_weight)
    reach = (
        reach_of(model, found.patterns[0], sums.log_evidence)
        if model.claims
        else Reach({}, found.done, 0.0, (), ())
    )
    verdict = Verdict.TOO_FEW
    if size >= wanted and k_hat < WORST_K:
        if reach.suffices:
            verdict, settled = Verdict.ENOUGH, found.kept.thinned(wanted)
            size = effective_size(settled.log_weight)
        elif found.done >= worth or reach.omitted * found.done > TOLERATED * worth:
            # The bound on what was missed falls as 1 / worlds: it would not fall far enough.
            verdict = Verdict.UNREACHED
    elif size >= wanted and found.done >= worth:
        verdict = Verdict.HEAVY
    elif found.done < worth:
        more = worth / found.done
        hoped = at_best(sums.ess) * more
        if steadfast:
            likely = at_best(foreseen(settled.log_weight, found.done)) * more
            hoped = min(likely, hoped * more ** (RISE - 1))
        if hoped < wanted:
            verdict = Verdict.HOPELESS
    return Importance(settled, dict(found.first), sums, reach, k_hat, size, verdict)


def foreseen(log_weight: np.ndarray, worlds: int) -> float:
    """Effective worlds, were those that outweigh the others as common as more worlds make them.

    Where a world in a million meets several figures at once, the first that does takes the weight
    of thousands: effective worlds rise faster than worlds do.

    Parameters
    ----------
    log_weight : (n,). worlds : how many they stand for.
    """
    peak = log_weight.max(initial=-np.inf)
    if peak == -np.inf:
        return 0.0
    return effective_of(truncated(np.exp(log_weight - peak), worlds))


def at_best(ess: float) -> float:
    """Effective worlds two standard errors above those found, as counts go."""
    return ess + 2 * np.sqrt(ess)
