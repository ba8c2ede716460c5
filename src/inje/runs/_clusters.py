"""Clusters: an executor over a dask.distributed cluster that is there already."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from inje.errors import InputError, MissingExtra

__all__ = ["cluster_at"]

#: seconds until a scheduler that does not answer is given up
PATIENCE = 20
#: how often the scheduler itself deals a task again whose worker was lost
RETRIES = 5


@contextmanager
def cluster_at(address: str) -> Iterator[Executor | None]:
    """The executor of a cluster; None without an address.

    Parameters
    ----------
    address : of its scheduler, like tcp://host:8786. Workers need the same version of inje. What
        passes between them is trusted: dask sends pickled functions, so connect to your own
        cluster only.

    Raises
    ------
    MissingExtra : dask.distributed is not installed.
    InputError : no scheduler answers there.
    """
    if not address:
        yield None
        return
    try:
        from distributed import Client
    except ImportError:
        raise MissingExtra("--dask needs `pip install inje[dask]`") from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as fault:
        first = (str(fault).splitlines() or [type(fault).__name__])[0]
        raise InputError(
            address,
            f"no dask scheduler answers: {first}",
            "the address of a running scheduler, like tcp://host:8786",
            "start one with `dask scheduler`, and workers with `dask worker ADDRESS`",
        ) from None
    with client:
        yield client.get_executor(pure=False, retries=RETRIES)
