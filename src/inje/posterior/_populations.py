"""Several populations of narrowed particles, pooled by their evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from inje.posterior._claims import ClaimModel
from inje.posterior._entries import settled_hooks, tempered_hooks
from inje.posterior._settling import SETTLING, settled, worst_size
from inje.posterior._statistics import GROUPS
from inje.posterior._tempering import (
    MOVES,
    SWEEPS,
    WIDTHS,
    Info,
    ParticleModel,
    Particles,
    fought_each,
    tempered,
)
from inje.runs import Journal

__all__ = ["FEWEST", "Pool", "pooled", "populations"]

#: fewer first ancestors than this in a population, and its spread cannot be judged
FAMILIES = 32
#: effective draws asked of populations for each that is wanted
SPARE = 1.1
#: sweeps after which it is judged whether moving on is worth it
TRIAL = 8
#: worlds that a particle is fought in at most while it is narrowed, and fewest particles
AT_WORST, LEAST = len(WIDTHS) * (1 + MOVES * SWEEPS), 1 << 8
#: worlds that two populations of the fewest particles may take
FEWEST = 2 * LEAST * (AT_WORST + TRIAL * MOVES)
#: populations at most where they need not be moved on, and where they must
MOST, SETTLED = 32, 8


@dataclass(frozen=True)
class Pool:
    """Particles of several populations.

    Attributes
    ----------
    x, keys : parameters and block keys (n, .), as `Particles`.
    columns : outcomes, each (n,).
    log_weight : (n,), the evidence of each particle's population over its size.
    group : (n,) independent groups for Monte-Carlo errors.
    ess : effective draws for the worst of parameters, outcomes and weight.
    log_evidence, evidence_error : of the claims.
    infos : the steps of every population.
    worlds : how many were simulated.
    """

    x: np.ndarray
    keys: np.ndarray
    columns: dict[str, np.ndarray]
    log_weight: np.ndarray
    group: np.ndarray
    ess: float
    log_evidence: float
    evidence_error: float
    infos: tuple[tuple[Info, ...], ...]

    @property
    def alive(self) -> bool:
        """Whether any particle explains the claims, from enough ancestors to judge."""
        last = [infos[-1] for infos in self.infos if infos]
        return (
            np.isfinite(self.log_evidence)
            and min((info.families for info in last), default=0) >= FAMILIES
        )


Begun = tuple[Particles, tuple[Info, ...]]


def populations(
    model: ParticleModel,
    claims: ClaimModel,
    numbers: Iterable[int],
    *,
    particles: int,
    seed: int,
    threads: int = 1,
    progress: Callable[[Info], None] | None = None,
    journal: Journal | None = None,
) -> list[Begun]:
    """Populations with these numbers, narrowed to the claims; see `tempered`."""

    def run(number: int) -> Begun:
        own = _seed(seed, number)
        left, keep = tempered_hooks(journal, f"population-{number}")
        return tempered(
            model, claims, particles=particles, seed=own, progress=progress, begun=left, keep=keep
        )

    with ThreadPoolExecutor(max_workers=max(1, threads)) as workers:
        return list(workers.map(run, numbers))


def _seed(seed: int, number: int) -> int:
    return int(np.random.SeedSequence([seed, number]).generate_state(1, np.uint64)[0])


def pooled(
    model: ParticleModel,
    claims: ClaimModel,
    *,
    ess: float,
    particles: int = 1 << 12,
    most: int | None = None,
    seed: int = 1,
    threads: int = 1,
    progress: Callable[[Info], None] | None = None,
    journal: Journal | None = None,
) -> Pool:
    """Narrow populations until their draws suffice together.

    The first two are also moved on for a while. Where that gains more effective draws a move than
    they took to be narrowed, populations are moved on until they settle, and their number is
    doubled; else more are narrowed, as many as are needed by what the first are worth.

    Parameters
    ----------
    model, claims : as in `tempered`.
    ess : effective draws wanted.
    particles : of each population, fewer where two would take more than `most`.
    most : worlds fought at most, `FEWEST` at least; without a bound by default. It is met by
        sizes: what could pass it is not begun.
    seed : of the first population; the others follow.
    threads : populations at a time; changes no number.
    journal : where progress is written.
    """
    work = _Work(model, claims, seed, threads, journal)
    limit = np.inf if most is None else float(most)
    while 2 * particles * (AT_WORST + TRIAL * MOVES) > limit and particles > LEAST:
        particles //= 2

    def narrowed(found: list[Begun], wanted: int) -> list[Begun]:
        return found + populations(
            model, claims, range(len(found), wanted), particles=particles, seed=seed,
            threads=threads, progress=progress, journal=journal,
        )  # fmt: skip

    found = narrowed([], 2)
    pool = _joined(found)
    if pool.ess >= ess or not np.isfinite(pool.log_evidence):
        return pool
    tried = work.settled(found, np.inf, "tried", TRIAL)
    on = _joined(tried)
    moves = sum(fought_each(steps) for _, steps in found)
    settles = (on.ess - pool.ess) * moves > pool.ess * TRIAL * MOVES * len(found)
    growth = _Growth(
        work, narrowed, limit, particles, settles,
        each=particles * moves / 2,
        spent=particles * (moves + TRIAL * MOVES * len(found)),
    )  # fmt: skip
    return growth.until(ess, tried, on)


def _needed(pool: Pool, populations: int, ess: float) -> int:
    """How many populations would suffice, one more than there are at least."""
    return max(int(np.ceil(SPARE * populations * ess / max(pool.ess, 1.0))), populations + 1)


@dataclass(frozen=True)
class _Work:
    """Moves populations on; see `pooled`."""

    model: ParticleModel
    claims: ClaimModel
    seed: int
    threads: int
    journal: Journal | None

    def settled(self, found: Sequence[Begun], ess: float, entry: str, most: int) -> list[Begun]:
        """Populations moved on, each until it is worth `ess` draws, for `most` sweeps at most."""

        def settle(item: tuple[int, Begun]) -> Begun:
            number, (state, infos) = item
            if not np.isfinite(state.log_evidence):
                return state, infos
            name = f"{entry}-{len(found)}-{number}"
            own = _seed(self.seed, 1_000_003 * len(found) + number + most)
            left, keep = settled_hooks(self.journal, name)
            return settled(
                state, self.model, self.claims, ess=ess, seed=own, most=most, begun=left, keep=keep
            ), infos

        with ThreadPoolExecutor(max_workers=max(1, self.threads)) as workers:
            return list(workers.map(settle, enumerate(found)))


@dataclass
class _Growth:
    """Adds populations, or moves them on, as long as worlds are left; see `pooled`.

    Attributes
    ----------
    work, narrowed : what moves populations on, and what narrows more of them.
    limit : worlds fought at most, and `spent` those that were.
    particles : of each population. each : worlds that one takes to be narrowed.
    settles : whether moving on gains more than narrowing others.
    """

    work: _Work
    narrowed: Callable[[list[Begun], int], list[Begun]]
    limit: float
    particles: int
    settles: bool
    each: float
    spent: float

    def costs(self, found: list[Begun], wanted: int) -> float:
        """Worlds that so many populations take, those that are there left out."""
        more = (wanted - len(found)) * self.each
        return more + self.settles * wanted * self.particles * SETTLING * MOVES

    def until(self, ess: float, found: list[Begun], pool: Pool) -> Pool:
        """Populations until their draws suffice together, or cost too much."""
        while pool.ess < ess:
            wanted = 2 * len(found) if self.settles else _needed(pool, len(found), ess)
            cost = self.costs(found, wanted)
            if wanted > (SETTLED if self.settles else MOST) or self.spent + cost > self.limit:
                break
            self.spent += cost
            found = self.narrowed(found, wanted)
            if self.settles:
                found = self.work.settled(found, 1.2 * ess / wanted, "settled", SETTLING)
            pool = _joined(found)
        self.settles = not self.settles
        left = self.spent + self.costs(found, SETTLED) <= self.limit
        if pool.ess < ess and self.settles and left:
            # More than are worth narrowing: what is there is moved on.
            found = self.narrowed(found, SETTLED)[:SETTLED]
            each = 1.2 * ess / len(found)
            pool = _joined(self.work.settled(found, each, "settled", SETTLING))
        return pool


def _joined(found: Sequence[Begun]) -> Pool:
    states = [state for state, _ in found]
    evidence = np.array([state.log_evidence for state in states])
    sizes = [state.x.shape[0] for state in states]
    family = np.concatenate(
        [state.family + offset for state, offset in zip(states, _offsets(sizes), strict=True)]
    )
    columns = {
        name: np.concatenate([np.asarray(state.columns[name]) for state in states])
        for name in states[0].columns
    }
    log_weight = np.concatenate([np.full(n, e) for n, e in zip(sizes, evidence, strict=True)])
    x = np.concatenate([state.x for state in states])
    alive = np.isfinite(evidence)
    share = np.exp(evidence - evidence[alive].max()) if alive.any() else np.zeros(len(found))
    mean = float(share.mean())
    return Pool(
        x,
        np.concatenate([state.keys for state in states]),
        columns,
        log_weight,
        _groups(family),
        _effective(states, evidence) if alive.any() else 0.0,
        float(evidence[alive].max() + np.log(mean)) if alive.any() else -np.inf,
        float(share.std(ddof=1) / mean / np.sqrt(share.size)) if mean else np.inf,
        tuple(infos for _, infos in found),
    )


def _offsets(sizes: list[int]) -> list[int]:
    return np.concatenate([[0], np.cumsum(sizes)[:-1]]).tolist()


def _groups(family: np.ndarray) -> np.ndarray:
    """Families dealt into the groups of the jackknife, the heavy ones evenly."""
    _, inverse, counts = np.unique(family, return_inverse=True, return_counts=True)
    rank = np.empty(counts.size, dtype=np.int64)
    rank[np.argsort(-counts, kind="stable")] = np.arange(counts.size)
    return (rank % GROUPS)[inverse.ravel()]


def _effective(states: list[Particles], evidence: np.ndarray) -> float:
    """Effective draws of populations that are weighted by their evidence."""
    share = np.exp(evidence - evidence.max())
    share /= share.sum()
    sizes = np.array([worst_size(state) for state in states])
    return float(1 / np.sum(np.square(share) / sizes))
