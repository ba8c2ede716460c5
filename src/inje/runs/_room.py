"""How much room is left: on a disk, and in memory."""

from __future__ import annotations

import shutil
from pathlib import Path

from inje.errors import OptionError

__all__ = ["in_words", "refuse_beyond_disk", "refuse_beyond_memory"]


def in_words(size: float) -> str:
    """Bytes in words."""
    for unit in ("bytes", "kB", "MB", "GB", "TB"):
        if size < 1000 or unit == "TB":
            return f"{size:,.0f} {unit}" if unit == "bytes" else f"{size:,.1f} {unit}"
        size /= 1000
    raise AssertionError


def memory_left() -> float:
    """Bytes that this process may still take; infinity where the system does not tell."""
    left = float("inf")
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                left = 1024.0 * int(line.split()[1])
    except (OSError, ValueError):
        pass
    try:
        import resource
    except ImportError:
        return left
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    return left if limit == resource.RLIM_INFINITY else min(left, float(limit))


def refuse_beyond_memory(size: float, what: str, remedy: str) -> None:
    """Refuse what would not fit into memory, with its size.

    Raises
    ------
    OptionError : it needs more than is left.
    """
    left = memory_left()
    if size > left:
        raise OptionError(
            what,
            f"this would take {in_words(size)} of memory",
            f"at most {in_words(left)}, which is what is left",
            remedy,
        )


def refuse_beyond_disk(size: float, folder: Path, what: str, remedy: str) -> None:
    """Refuse what would not fit on the disk of a folder, with its size.

    Raises
    ------
    OptionError : it needs more than is left.
    """
    try:
        left = shutil.disk_usage(folder).free
    except OSError:
        return  # writing will tell why
    if size > left:
        raise OptionError(
            what,
            f"this may take {in_words(size)} on the disk",
            f"at most {in_words(left)}, which is what is left",
            remedy,
        )
