"""Dealing shards to an executor, and taking them back in order, whatever happens to a worker."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any, TypeVar

from inje.errors import InjeError

__all__ = ["in_order"]

R = TypeVar("R")
#: shards that wait or work at one time: enough for a thousand cores, little to hold
AT_ONCE = 2048
#: how often a shard is dealt again before it is fought here
DEALT = 3


def in_order(
    executor: Executor, function: Callable[..., R], tasks: Iterable[tuple[Any, ...]]
) -> Iterator[R]:
    """Results of `function(*task)`, in the order of the tasks.

    A shard whose worker dies is dealt again, and at last fought here: as a shard is nothing but
    addresses, it comes out the same. What the function itself raises is raised.

    Parameters
    ----------
    executor : any; what it is given is a plain function and plain values.
    function : at the top of a module, so that a process elsewhere finds it.
    tasks : arguments, one tuple a shard.
    """
    left = iter(tasks)
    waiting: deque[tuple[tuple[Any, ...], Future[R] | None]] = deque()

    def deal() -> bool:
        task = next(left, None)
        if task is not None:
            waiting.append((task, _submitted(executor, function, task)))
        return task is not None

    try:
        while len(waiting) < AT_ONCE and deal():
            pass
        while waiting:
            task, future = waiting.popleft()
            yield _finished(executor, function, task, future)
            deal()
    finally:
        for _, future in waiting:
            if future is not None:
                future.cancel()


def _submitted(
    executor: Executor, function: Callable[..., R], task: tuple[Any, ...]
) -> Future[R] | None:
    """The future of a task; None where the executor takes no more."""
    try:
        return executor.submit(function, *task)
    except (BrokenExecutor, OSError, RuntimeError):
        return None


def _finished(
    executor: Executor,
    function: Callable[..., R],
    task: tuple[Any, ...],
    future: Future[R] | None,
) -> R:
    for _ in range(DEALT):
        if future is None:
            break
        try:
            return future.result()
        except (InjeError, MemoryError):
            raise
        except Exception as fault:  # each executor has its own word for a dead worker
            if not _is_of_worker(fault):
                raise
        future = _submitted(executor, function, task)
    return function(*task)


def _is_of_worker(fault: BaseException) -> bool:
    """Whether a shard failed because its worker died, not because it cannot be fought."""
    if isinstance(fault, BrokenExecutor | OSError):
        return True
    kind = type(fault)
    return kind.__module__.partition(".")[0] in ("distributed", "dask") or kind.__name__ in (
        "CancelledError",
        "KilledWorker",
    )
