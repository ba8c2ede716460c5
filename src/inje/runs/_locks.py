"""One run at a time in a folder: a lock that the system itself lets go when a process dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inje.errors import InputError

__all__ = ["locked"]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for this process alone; it is made when missing.

    The lock lies on the folder itself, so nothing is left behind by a process that was killed.
    Where the system knows no such locks (Windows, some network file systems), none is held.

    Raises
    ------
    InputError : another process holds it, or it cannot be made.
    """
    if os.name == "nt":  # there a folder cannot be opened
        folder.mkdir(exist_ok=True)
        yield
        return
    handle = _opened(folder)
    try:
        yield
    finally:
        os.close(handle)


def _opened(folder: Path) -> int:
    for _ in range(100):
        try:
            folder.mkdir(exist_ok=True)
            handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        except FileNotFoundError:
            if folder.parent.is_dir():
                continue  # its last holder finished just now, and took it away
            raise _unusable(folder, "there is no such folder") from None
        except OSError as fault:
            raise _unusable(folder, fault.strerror or str(fault)) from None
        if not _held(handle):
            os.close(handle)
            raise InputError(
                str(folder),
                "another inje is at work here",
                "one run at a time",
                "wait until it has finished, or choose another place with -o",
            )
        if _same(handle, folder):
            return handle
        os.close(handle)  # the holder before removed it between opening and locking
    raise _unusable(folder, "it comes and goes")


def _held(handle: int) -> bool:
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks
    return True


def _same(handle: int, folder: Path) -> bool:
    try:
        there, here = folder.stat(), os.fstat(handle)
    except OSError:
        return False
    return (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)


def _unusable(folder: Path, why: str) -> InputError:
    return InputError(
        str(folder), f"cannot be used: {why}", "a writable folder", "choose another with -o"
    )
