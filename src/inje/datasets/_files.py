"""Where the files lie: a local copy first, else a download checked by its hash.

``INJE_DATA`` names a folder of local copies. What is published at an address
that never changes is otherwise fetched by pooch into the user's cache and
accepted only with the right sha256; the rest must be in ``INJE_DATA``.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pooch

from inje.errors import DataError

__all__ = ["Remote", "folder", "local_file", "obtain"]

_VARIABLE = "INJE_DATA"


@dataclass(frozen=True)
class Remote:
    """A file that can be fetched.

    Attributes
    ----------
    local : its path below ``INJE_DATA``.
    url : where it is published.
    sha256 : the hash of its bytes.
    """

    local: str
    url: str
    sha256: str


def folder() -> Path | None:
    """The folder of local copies that ``INJE_DATA`` names, if it is set."""
    named = os.environ.get(_VARIABLE, "").strip()
    if not named:
        return None
    path = Path(named).expanduser()
    if not path.is_dir():
        raise DataError(
            _VARIABLE,
            f"{str(path)!r} is not a folder",
            "a folder with local copies of the data sets",
            f"point {_VARIABLE} to one, or unset it",
        )
    return path


def local_file(relative: str, origin: str) -> Path:
    """A file that is read from ``INJE_DATA`` alone.

    Raises
    ------
    DataError
        the variable is unset or the file is not there; the message says where
        the original is published.
    """
    base = folder()
    if base is None:
        raise DataError(
            relative,
            "this data set is not fetched by inje",
            f"a local copy below the folder that {_VARIABLE} names",
            f"get the original ({origin}) and set {_VARIABLE}",
        )
    path = base / relative
    if not path.is_file():
        raise DataError(
            str(path), "no such file", f"a copy of the original: {origin}", "put it there"
        )
    return path


def obtain(remotes: Sequence[Remote]) -> tuple[Path, ...]:
    """Paths of the files: local copies where they exist, else fetched.

    Raises
    ------
    DataError
        a file has the wrong hash, or cannot be fetched (no network, for one).
    """
    base = folder()
    return tuple(_obtain(remote, base) for remote in remotes)


def _obtain(remote: Remote, base: Path | None) -> Path:
    if base is not None and (base / remote.local).is_file():
        return _verified(base / remote.local, remote)
    return _fetched(remote)


def _verified(path: Path, remote: Remote) -> Path:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != remote.sha256:
        raise DataError(
            str(path),
            f"sha256 {found[:12]}... is not that of the published file",
            f"the file at {remote.url} (sha256 {remote.sha256[:12]}...)",
            "replace it by the original or take it away, and it is fetched",
        )
    return path


def _fetched(remote: Remote) -> Path:
    cache = Path(os.environ.get("INJE_CACHE", "") or pooch.os_cache("inje"))
    name = f"{remote.sha256[:12]}-{Path(remote.local).name}"
    pooch.get_logger().setLevel("WARNING")
    try:
        # One try: a second cannot help where there is no network.
        path = pooch.retrieve(
            remote.url, f"sha256:{remote.sha256}", fname=name, path=cache, progressbar=False
        )
    except (OSError, ValueError) as cause:
        raise DataError(
            remote.url,
            f"cannot be fetched ({_short(cause)})",
            f"a connection, or a local copy at {_VARIABLE}/{remote.local}",
            f"connect and try again, or set {_VARIABLE} to a folder that holds it",
        ) from cause
    return Path(path)


def _short(cause: Exception) -> str:
    text = " ".join(str(cause).split())
    return text if len(text) <= 120 else text[:117] + "..."
