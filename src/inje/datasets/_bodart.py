"""Bodart's battles, 1620 to 1905, in four periods."""

from __future__ import annotations

import pandas as pd

from inje.datasets._files import Remote, obtain
from inje.datasets._record import Dataset, attach, columns

__all__ = ["BODART", "bodart"]

_BASE = "https://raw.githubusercontent.com/xrubio/lanchester"
_COMMIT = "efacdf0dd34f998cc4661ae13d002467a25deb18"
_PERIODS = {
    "1620": ("01", "4567264a33469c77121b09961fbb3e19dd675ec5ef301ceb9227ba6490e935a0"),
    "1701": ("02", "7e02e9618300c3419a22fa05abf66a3f76871d78ea79bed97e71413048d34ba4"),
    "1793": ("03", "55c979dda86cc675d30d832b71686cb21f73c3726a874ec1ee2787456777148f"),
    "1861": ("04", "c36777b890178946e8b9c25a4a69d4386c68bf6aaaf0e5637616656bc41bc09c"),
}

BODART = Dataset(
    name="bodart",
    title="1,079 battles 1620-1905 in four periods: strengths and losses of both sides",
    licence="CC BY 4.0 (with the article)",
    citation=(
        "Bodart, G. (1908), Militaer-historisches Kriegs-Lexikon, as given by Rubio-Campillo, X. "
        "(2016), PLOS ONE 11(1): e0146491, doi 10.1371/journal.pone.0146491"
    ),
    origin="github.com/xrubio/lanchester at efacdf0",
    columns=columns(
        {
            "period": ("", "first year of the period: 1620, 1701, 1793 or 1861"),
            "year": ("", "year of the battle"),
            "R0": ("people", "strength of the first side: the winner in 94 to 99 % of rows"),
            "Rc": ("people", "losses of the first side"),
            "B0": ("people", "strength of the second side"),
            "Bc": ("people", "losses of the second side"),
        }
    ),
)


def bodart() -> pd.DataFrame:
    """All battles, one row each, in the order of the original files.

    Raises
    ------
    DataError
        neither a local copy nor a connection, or a wrong hash.
    """
    remotes = [
        Remote(f"bodart/{number}.csv", f"{_BASE}/{_COMMIT}/data/{number}.csv", digest)
        for number, digest in _PERIODS.values()
    ]
    parts = [
        pd.read_csv(path, sep=";").assign(period=period)
        for period, path in zip(_PERIODS, obtain(remotes), strict=True)
    ]
    frame = pd.concat(parts, ignore_index=True)
    return attach(frame[[column.name for column in BODART.columns]], BODART)
