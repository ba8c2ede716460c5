"""Fighting worlds in blocks, on threads; the result is the same however the work is cut."""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from inje.ensemble._ensemble import Ensemble
from inje.errors import OptionError
from inje.kernels import Outcome
from inje.packing import (
    KEYS,
    Fought,
    Keys,
    Plan,
    default_paths,
    fight,
    labels_for,
    plan_paths,
    values_of,
)
from inje.scenario import Scenario

__all__ = [
    "Override",
    "Progress",
    "check_address",
    "cores_of",
    "iterate_blocks",
    "simulate_worlds",
]

Override = float | str
Progress = Callable[[int, int], None]
Columns = dict[str, NDArray[np.generic]]
#: worlds that one thread takes at a time; more where they are fought side by side
CHUNK, WIDE_CHUNK = 1 << 14, 1 << 16
#: worlds fought before all others
FIRST_WORLDS = 1 << 7


@dataclass(frozen=True)
class Request:
    """What worlds are to be fought.

    Attributes
    ----------
    plan : the packed model and the paths to read.
    seed, start, worlds : addresses start .. start + worlds - 1.
    given : columns of parameters that are not drawn, each (worlds,).
    keys : (worlds,) uint64 addresses of all but the parameters, where they are not the worlds'
        numbers; or blocks of them (worlds, 3 + renewals), see `Keys`.
    indices : (worlds,) uint64 numbers of the worlds, where they do not follow one another.
    overrides : numbers and names that replace draws.
    """

    plan: Plan
    seed: int
    start: int
    worlds: int
    given: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    keys: NDArray[np.uint64] | None = None
    indices: NDArray[np.uint64] | None = None
    overrides: Mapping[str, Override] = field(default_factory=dict)


def fought(request: Request, low: int, high: int, room: Outcome | None = None) -> Fought:
    """Worlds low .. high - 1 of a request, fought; see `fight` for `room`."""
    packed = request.plan.packed
    if request.indices is None:
        worlds = np.arange(request.start + low, request.start + high, dtype=np.uint64)
    else:
        worlds = np.ascontiguousarray(request.indices[low:high])
    keys = Keys.of(worlds if request.keys is None else request.keys[low:high])
    given = {path: np.asarray(column)[low:high] for path, column in request.given.items()}
    values = values_of(packed, request.seed, worlds, keys.choices, given, request.overrides)
    bare = request.plan.losses_only
    outcome = fight(packed, values, request.seed, keys.fortunes, losses_only=bare, room=room)
    return Fought(packed, values, outcome, request.seed, keys)


class _Rooms(threading.local):
    """Each thread's memory for what its worlds bring: new memory costs more than the worlds."""

    outcome: Outcome | None = None


def _read(request: Request, low: int, high: int, rooms: _Rooms) -> tuple[Columns, int]:
    """Worlds low .. high - 1 by column, and how many are unfinished."""
    block = fought(request, low, high, rooms.outcome)
    rooms.outcome = block.outcome
    found = {path: np.asarray(reader(block)) for path, reader in request.plan.readers.items()}
    return found, block.unfinished


def _fill(request: Request, low: int, high: int, columns: Columns, rooms: _Rooms) -> int:
    """Fight worlds low .. high - 1 into their place in the columns; how many are unfinished."""
    found, unfinished = _read(request, low, high, rooms)
    _place(found, low, high, columns)
    return unfinished


def _place(found: Columns, low: int, high: int, columns: Columns) -> None:
    for path, target in columns.items():
        if target.strides != (0,):
            target[low:high] = found[path]


def _room(found: Columns, worlds: int) -> Columns:
    """Room for columns like these; one that is the same in every world takes none.

    All of one kind lie in one block: the larger it is, the fewer pages an operating system has to
    bring, and bringing them costs more than filling them.
    """
    columns = {path: np.broadcast_to(one, worlds) for path, one in found.items() if one.ndim == 0}
    kinds: dict[np.dtype[np.generic], list[str]] = {}
    for path, column in found.items():
        if column.ndim:
            kinds.setdefault(column.dtype, []).append(path)
    for kind, paths in kinds.items():
        columns.update(zip(paths, np.empty((len(paths), worlds), kind), strict=True))
    return columns


def cores_of(threads: int | None) -> int:
    """Cores to use: those asked for, or all that this process may run on.

    Raises
    ------
    OptionError : fewer than one.
    """
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if threads is None:
        return available or 1
    if threads < 1:
        raise OptionError("threads", str(threads), "1 or more", "leave it out for all cores")
    return threads


def check_address(worlds: int, seed: int, start: int) -> None:
    """Refuse addresses that no world has."""
    if worlds < 1:
        raise OptionError("worlds", str(worlds), "1 or more", "say how many worlds to fight")
    if not 0 <= seed < 2**63:
        raise OptionError("seed", str(seed), "0 to 2^63 - 1", "give a seed in this range")
    if not 0 <= start <= 2**63 - worlds:
        raise OptionError("start", str(start), "0 or more", "give the number of the first world")


def _chunks(worlds: int, most: int, workers: int) -> list[tuple[int, int]]:
    """Worlds cut into chunks that are alike, as many as give each of the workers its share.

    In turn from as many stretches as there are workers: two that fill one page of memory at the
    same time both wait for the operating system to bring it.
    """
    turns = -(-worlds // (most * workers))
    edges = np.linspace(0, worlds, turns * workers + 1).astype(int).tolist()
    chunks = list(itertools.pairwise(edges))
    shared = [chunks[turn::turns] for turn in range(turns)]
    return [(low, high) for turn in shared for low, high in turn if low < high]


def run(
    request: Request,
    threads: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> tuple[Columns, int]:
    """The columns of a request, and how many worlds are unfinished."""
    workers = cores_of(threads)
    rooms = _Rooms()
    together = request.plan.losses_only and request.plan.packed.side_by_side
    chunk = WIDE_CHUNK if together else CHUNK
    # The first worlds tell which columns are constant, and compile what the others need.
    few = min(request.worlds, FIRST_WORLDS)
    found, unfinished = _read(request, 0, few, rooms)
    columns = _room(found, request.worlds)
    if few == request.worlds:
        _place(found, 0, few, columns)
        if progress:
            progress(few, few)
        return columns, unfinished
    jobs = _chunks(request.worlds, chunk, workers)
    unfinished = 0
    if workers == 1 and executor is None:
        for low, high in jobs:
            unfinished += _fill(request, low, high, columns, rooms)
            if progress:
                progress(high, request.worlds)
        return columns, unfinished
    done = 0
    own = executor or ThreadPoolExecutor(workers)
    try:
        waiting: list[Future[int]] = [
            own.submit(_fill, request, low, high, columns, rooms) for low, high in jobs
        ]
        for (low, high), job in zip(jobs, waiting, strict=True):
            unfinished += job.result()
            done += high - low
            if progress:
                progress(done, request.worlds)
    finally:
        if executor is None:
            own.shutdown(cancel_futures=True)
    return columns, unfinished


def simulate_worlds(
    scenario: Scenario,
    *,
    worlds: int,
    seed: int = 1,
    start: int = 0,
    threads: int | None = None,
    paths: Sequence[str] | None = None,
    parameters: Mapping[str, NDArray[np.float64]] | None = None,
    keys: NDArray[np.uint64] | None = None,
    renewals: Sequence[float] = (),
    indices: NDArray[np.uint64] | None = None,
    overrides: Mapping[str, Override] | None = None,
    progress: Progress | None = None,
) -> Ensemble:
    """Fight worlds.

    Parameters
    ----------
    scenario : the model.
    worlds, seed, start : the worlds with addresses start .. start + worlds - 1 under a seed.
    threads : cores to use, all by default. No result depends on it.
    paths : the columns wanted; by default all parameters, causes and the usual observables.
    parameters : columns (worlds,) that are taken as given instead of drawn.
    keys : (worlds,) uint64 addresses of all randomness but the parameters; the worlds'
        numbers by default. Or (worlds, 3 + R): of choices, of fortunes at first, of marks of
        losses, and of fortunes after each renewal.
    renewals : (R,) days since the start at which fortunes are renewed.
    indices : (worlds,) uint64 numbers of the worlds, where they do not follow one another.
    overrides : a number for a parameter, or an option's name for a cause, in every world.
    progress : called with the worlds done and the worlds to do.

    Returns
    -------
    Ensemble

    Raises
    ------
    ModelError : the scenario cannot be fought.
    PathError : a path names nothing.
    OptionError : worlds, seed, start, threads, a column or an override out of range.
    """
    check_address(worlds, seed, start)
    wanted = default_paths(scenario) if paths is None else tuple(paths)
    given = dict(parameters or {})
    for path, column in given.items():
        if np.shape(column) != (worlds,):
            shape = str(np.shape(column))
            raise OptionError(path, f"a column of shape {shape}", f"({worlds},)", "one per world")
    _check_columns(worlds, keys, len(renewals), indices)
    plan = plan_paths(scenario, wanted, renewals)
    request = Request(plan, seed, start, worlds, given, keys, indices, dict(overrides or {}))
    return _ensemble_of(request, threads, progress)


def _check_columns(
    worlds: int,
    keys: NDArray[np.uint64] | None,
    renewals: int,
    indices: NDArray[np.uint64] | None,
) -> None:
    """Refuse addresses that are no column, or not one for each block."""
    blocks = (worlds, KEYS + renewals)
    allowed = {"keys": [blocks, *([] if renewals else [(worlds,)])], "indices": [(worlds,)]}
    if keys is None and renewals:
        raise OptionError("renewals", "no keys came with them", f"keys {blocks}", "give the keys")
    for name, column in (("keys", keys), ("indices", indices)):
        shapes = allowed[name]
        if column is not None and (column.shape not in shapes or column.dtype != np.uint64):
            fit = " or ".join(str(shape) for shape in shapes)
            raise OptionError(name, f"{column.dtype} {column.shape}", f"uint64 {fit}", "")


def _ensemble_of(
    request: Request, threads: int | None, progress: Progress | None = None
) -> Ensemble:
    """The worlds of a request, fought, with the columns in the order of its plan."""
    columns, unfinished = run(request, threads, progress=progress)
    ordered = {path: columns[path] for path in request.plan.readers}
    scenario = request.plan.packed.scenario
    labels = labels_for(scenario, ordered)
    return Ensemble(
        scenario, request.seed, request.start, request.worlds, ordered, labels, unfinished
    )


def iterate_blocks(
    scenario: Scenario,
    *,
    worlds: int,
    seed: int = 1,
    start: int = 0,
    threads: int | None = None,
    paths: Sequence[str] | None = None,
    block: int = 1 << 16,
    overrides: Mapping[str, Override] | None = None,
) -> Iterator[Ensemble]:
    """Fight worlds block by block, so that memory stays flat; see `simulate_worlds`.

    Yields
    ------
    Ensemble of `block` worlds, the last one of what is left.

    Raises
    ------
    ModelError, PathError, OptionError : as `simulate_worlds`; a block of no worlds.
    """
    if block < 1:
        raise OptionError("block", str(block), "1 or more", "say how many worlds a block has")
    check_address(worlds, seed, start)
    # Planned once: a short block is fought in less time than it takes to plan one.
    plan = plan_paths(scenario, default_paths(scenario) if paths is None else tuple(paths))
    for low in range(0, worlds, block):
        size = min(block, worlds - low)
        request = Request(plan, seed, start + low, size, overrides=dict(overrides or {}))
        yield _ensemble_of(request, threads)
