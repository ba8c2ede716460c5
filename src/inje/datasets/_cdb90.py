"""CDB90: land battles from 1600 to 1982, with bounds on every figure."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from inje.datasets._cdb90_clean import clean_cdb90
from inje.datasets._cdb90_columns import COLUMNS
from inje.datasets._files import Remote, obtain
from inje.datasets._record import Dataset, attach
from inje.errors import DataError

__all__ = ["CDB90", "cdb90"]

_BASE = "https://raw.githubusercontent.com/jrnold/CDB90/e0b35ec4d798cec3bb4e6970c0f6bb7aa69e2f4c"

#: The four original files, in the order that `clean_cdb90` takes them.
_ORIGINALS = tuple(
    Remote(f"raw/cdb90/{path.rsplit('/', 1)[-1]}", f"{_BASE}/{path}", digest)
    for path, digest in (
        (
            "src-data/CDB90/CDB90-patched.csv",
            "b630c24b8f938ce6db6485315dc1a470aeb951b39cf5b65621416a08225fe50a",
        ),
        (
            "data/battles.csv",
            "5746563869cd2b9f01ebc59ffb3bd01c1bdfa72b8675f89e50d61b6f5bacce68",
        ),
        (
            "data/battle_durations.csv",
            "5a81b6f313530e58c22ed05b4c0ca47d8758a9f62584df1a10872663b7355667",
        ),
        (
            "data/belligerents.csv",
            "06710007912656a8b0257582f6fbb480af005bef922bfb27ff7c7ef0934f7e08",
        ),
    )
)

CDB90 = Dataset(
    name="cdb90",
    title="CDB90: 660 land battles, 1600-1982, strengths, losses, posture, winner",
    licence="ODC-BY 1.0 (compilation, J. Arnold); the original is in the public domain",
    citation=(
        "US Army Concepts Analysis Agency, Database of Battles, version 1990 (CDB90), after "
        "Historical Evaluation and Research Organization (1984); edited by Jeffrey B. Arnold"
    ),
    origin="github.com/jrnold/CDB90 at e0b35ec",
    columns=COLUMNS,
)

_CAP_DAYS = 2.0
_FLOOR_DAYS = 0.1


def cdb90(path: str | Path | None = None) -> pd.DataFrame:
    """The battles of CDB90, one row each, with what inje adds about time.

    Parameters
    ----------
    path : a table with the columns of ``cdb90_clean.csv`` to read instead of
        the published one.

    Returns
    -------
    frame sorted by ``isqno``, with the columns of ``cdb90_clean.csv`` and
    ``duration2_capped`` (the published duration is the cap of 2 days, not a
    measurement), ``elapsed_days`` (last hour less first hour), and
    ``contact_days`` (``duration2``, or ``elapsed_days`` where it is capped, at
    least .1). Strengths and losses in people. The record is in ``attrs``.

    Raises
    ------
    DataError
        neither a local copy nor a connection, a wrong hash, or missing columns.
    """
    if path is None:
        frame = clean_cdb90(*(pd.read_csv(file) for file in obtain(_ORIGINALS)))
    else:
        frame = _read_table(Path(path))
    return attach(_timed(frame), CDB90)


def _read_table(path: Path) -> pd.DataFrame:
    try:
        frame = pd.read_csv(path)
    except (OSError, ValueError) as cause:
        raise DataError(
            str(path), f"cannot be read as a table ({cause})", "a CSV file", "check the file"
        ) from cause
    added = {"duration2_capped", "elapsed_days", "contact_days"}
    missing = [c.name for c in COLUMNS if c.name not in added and c.name not in frame.columns]
    if missing:
        raise DataError(
            str(path),
            f"lacks the columns {', '.join(missing[:8])}",
            "the columns of cdb90_clean.csv",
            "add them; leave a cell empty where a value is unknown",
        )
    return frame


def _timed(frame: pd.DataFrame) -> pd.DataFrame:
    # ISO 8601 throughout; unit "s" because the years begin in 1600.
    first = pd.to_datetime(frame["datetime_min"], errors="coerce").astype("datetime64[s]")
    last = pd.to_datetime(frame["datetime_max"], errors="coerce").astype("datetime64[s]")
    elapsed = (last - first).dt.total_seconds() / 86400.0
    capped = frame["duration2"] == _CAP_DAYS
    days = frame["duration2"].where(~capped, elapsed).clip(lower=_FLOOR_DAYS)
    added = {"duration2_capped": capped, "elapsed_days": elapsed, "contact_days": days}
    return frame.assign(**added).sort_values("isqno", ignore_index=True)
