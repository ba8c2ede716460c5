"""The American Civil War as ten sources tell it."""

from __future__ import annotations

import pandas as pd

from inje.datasets._files import local_file
from inje.datasets._record import Dataset, attach, columns

__all__ = ["ACW", "acw"]

ACW = Dataset(
    name="acw",
    title="US Civil War: strengths and casualties of 365 battles by ten sources",
    licence="CC BY 4.0",
    citation="Arnold, J. B., American Civil War Battle Data (acw_battle_data)",
    origin="github.com/jrnold/acw_battle_data at 3a6020d",
    columns=columns(
        {
            "cwsac_id": ("", "number of the battle by the CWSAC commission"),
            "side": ("", "CS or US"),
            "source": ("", "source of the figures"),
            "source_year": ("", "year of the source"),
            "strength_lo": ("people", "strength, lower figure"),
            "strength_hi": ("people", "strength, upper figure"),
            "casualties_lo": ("people", "casualties of all kinds, lower figure"),
            "casualties_hi": ("people", "casualties of all kinds, upper figure"),
            "killed": ("people", "killed"),
            "wounded": ("people", "wounded"),
            "killed_wounded": ("people", "killed and wounded"),
            "missing_captured": ("people", "missing and captured"),
            "battle_name": ("", "battle"),
            "start_date": ("", "first day (ISO 8601)"),
            "end_date": ("", "last day (ISO 8601)"),
            "result": ("", "Union, Confederate or Inconclusive"),
        }
    ),
)


def acw() -> pd.DataFrame:
    """All figures, one row per source, battle and side.

    Raises
    ------
    DataError
        no local copy; see `inje.datasets`.
    """
    return attach(pd.read_csv(local_file("acw/acw_multisource.csv", ACW.origin)), ACW)
