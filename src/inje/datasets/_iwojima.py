"""Iwo Jima: landings, casualties and effectives of the United States, daily."""

from __future__ import annotations

import pandas as pd

from inje.datasets._files import local_file
from inje.datasets._record import Dataset, attach, columns

__all__ = ["IWOJIMA", "iwojima"]

_TYPO_DAY = 19
_TYPO, _RIGHT = 18208, 17208

IWOJIMA = Dataset(
    name="iwojima",
    title="Iwo Jima, 35 days from 19 February 1945: US landings, casualties, effectives",
    licence="figures; cite Morehouse 1946 and Engel 1954",
    citation=(
        "Morehouse, C. P. (1946), The Iwo Jima Operation, in Engel, J. H. (1954), A verification "
        "of Lanchester's law, Journal of the Operations Research Society of America 2, 163-171"
    ),
    origin="Engel 1954, Journal of the Operations Research Society of America 2, 163-171",
    columns=columns(
        {
            "day": ("days", "day of the battle; day 1 is 19 February 1945"),
            "landed_that_day": ("people", "US troops landed on the day"),
            "cumulative_landed": ("people", "US troops landed up to the end of the day"),
            "cumulative_casualties": ("people", "US casualties up to the end of the day"),
            "effectives": ("people", "landed less casualties"),
            "corrected": ("", "true where a misprint of the source was corrected"),
        }
    ),
)


def iwojima(corrected: bool = True) -> pd.DataFrame:
    """The daily figures of the US side, one row a day (1 to 35).

    Parameters
    ----------
    corrected : replace the misprint of day 19 (cumulative casualties 18208, more
        than on the two days after it) by 17208, and the effectives with it.

    Raises
    ------
    DataError
        no local copy; see `inje.datasets`.
    """
    frame = pd.read_csv(local_file("iwojima/us_daily.csv", IWOJIMA.origin))
    typo = (frame["day"] == _TYPO_DAY) & (frame["cumulative_casualties"] == _TYPO)
    frame["corrected"] = typo & corrected
    if corrected:
        frame.loc[typo, "cumulative_casualties"] = _RIGHT
        frame.loc[typo, "effectives"] += _TYPO - _RIGHT
    return attach(frame, IWOJIMA)
