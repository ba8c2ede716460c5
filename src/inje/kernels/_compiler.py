"""The one place that configures Numba.

Numba asks of each file by itself whether what it compiled from it is still valid, but the loops
here are compiled into one another. So what is compiled lies in a folder that is named after all of
their sources, beside them; where that cannot be written, Numba looks for another place.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numba as nb
from numba.core import config, types
from numba.extending import intrinsic

__all__ = ["BOUND", "RATE", "address_of", "call_bound", "call_rate", "compiled", "inner"]

RATE = nb.float64(*(nb.float64,) * 7)
BOUND = nb.float64(*(nb.float64,) * 8)


def _home() -> Path:
    here, digest = Path(__file__).parent, blake2b(digest_size=6)
    for source in sorted(here.glob("*.py")):
        digest.update(source.read_bytes())
    return here / "__pycache__" / digest.hexdigest()


if not os.environ.get("NUMBA_CACHE_DIR"):
    config.CACHE_DIR = str(_home())


class _Forgiving:
    """A cache on disk whose faults cost the time of compiling again, never a run.

    What lies there may be cut short, belong to somebody else, or find no room: Numba raises then
    whatever reading or writing happens to raise. What cannot be read is forgotten, so that it is
    written anew.
    """

    def __init__(self, cache: Any) -> None:
        self._cache = cache

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cache, name)

    def load_overload(self, signature: Any, context: Any) -> Any:
        """What was compiled before; None where there is nothing, or nothing whole."""
        try:
            return self._cache.load_overload(signature, context)
        except Exception:
            with suppress(Exception):
                self._cache.flush()
            return None

    def save_overload(self, signature: Any, result: Any) -> None:
        """Keep what was compiled, where that is possible."""
        with suppress(Exception):
            self._cache.save_overload(signature, result)


def _cached(function: Callable[..., Any], **options: Any) -> Any:
    """A compiled function, kept on disk where that is possible."""
    if config.DISABLE_JIT:
        return function
    found = nb.njit(nogil=True, error_model="numpy", **options)(function)
    with suppress(RuntimeError):  # no folder can be written: it is compiled in every process
        found.enable_caching()
        found._cache = _Forgiving(found._cache)  # noqa: SLF001 - Numba has no door for it
    return found


def compiled(function: Callable[..., Any]) -> Any:
    """A kernel: cached on disk, without the interpreter's lock, dividing as NumPy does."""
    return _cached(function)


def inner(function: Callable[..., Any]) -> Any:
    """Part of a kernel: called by compiled code only, so that it needs no way in from Python."""
    return _cached(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


@lru_cache(maxsize=256)
def _callback(function: Callable[..., float], bound: bool) -> Any:
    signature = BOUND if bound else RATE
    try:
        return nb.cfunc(signature, cache=True, error_model="numpy")(function)
    except Exception:  # no file to cache beside, as for a law defined at the prompt, or no cache
        return nb.cfunc(signature, error_model="numpy")(function)


def address_of(function: Callable[..., float], *, bound: bool = False) -> int:
    """Address of a law's rate (or bound), compiled under its explicit signature.

    The kernels take laws as addresses, so that their own compiled form stays valid on disk
    whatever law comes; the callback is kept alive for the life of the process.
    """
    return int(_callback(function, bound).address)


def _call(arguments: int) -> Any:
    def typed(_context: Any, address: Any, *numbers: Any) -> Any:
        result = types.float64
        signature = result(address, *numbers)

        def lowered(context: Any, builder: Any, _signature: Any, values: Any) -> Any:
            from llvmlite import ir

            double = ir.DoubleType()
            pointer = ir.FunctionType(double, [double] * arguments).as_pointer()
            function = builder.inttoptr(values[0], pointer)
            return builder.call(function, list(values[1:]))

        return signature, lowered

    return typed


@intrinsic
def call_rate(typingctx, address, own, enemy, t, p0, p1, p2, p3):
    """Rate of the law at this address."""
    return _call(7)(typingctx, address, own, enemy, t, p0, p1, p2, p3)


@intrinsic
def call_bound(typingctx, address, own, enemy, t0, t1, p0, p1, p2, p3):
    """Bound of the law at this address."""
    return _call(8)(typingctx, address, own, enemy, t0, t1, p0, p1, p2, p3)
