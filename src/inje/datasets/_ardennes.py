"""The Ardennes campaign day by day, and the weighted series of Bracken."""

from __future__ import annotations

import pandas as pd

from inje.datasets._files import local_file
from inje.datasets._record import Dataset, attach, columns
from inje.errors import OptionError

__all__ = ["ARDENNES", "ardennes"]

_TABLES = {
    "original": ("fricker1998_table1_manpower.csv", "fricker1998_table2_equipment.csv"),
    "reformatted": (
        "fricker1998_table4_reformatted_manpower.csv",
        "fricker1998_table5_reformatted_equipment.csv",
    ),
}
_SORTIES = "fricker1998_table3_sorties.csv"
_SIDES = (("blue", "Allies"), ("red", "Germans"))


def _documented() -> dict[str, tuple[str, str]]:
    table = {"day": ("days", "day of the campaign; day 1 is 16 December 1944")}
    for side, name in _SIDES:
        for kind in ("combat", "total"):
            table[f"{side}_{kind}_available"] = ("people", f"{name}: {kind} manpower available")
            table[f"{side}_{kind}_killed"] = ("people", f"{name}: {kind} manpower killed, wounded")
        for arm, unit in (("tank", "tanks"), ("apc", "carriers"), ("art", "guns")):
            table[f"{side}_{arm}"] = (unit, f"{name}: {unit} available")
            table[f"{side}_{arm}_killed"] = (unit, f"{name}: {unit} lost")
    table["allied_sorties"] = ("sorties", "Allied air sorties")
    table["german_sorties"] = ("sorties", "German air sorties")
    return table


ARDENNES = Dataset(
    name="ardennes",
    title="Ardennes campaign, daily, 16 December 1944 to 16 January 1945",
    licence="figures; cite Fricker 1998",
    citation=(
        "Fricker, R. D. (1998), Attrition models of the Ardennes campaign, Naval Research "
        "Logistics 45, 1-22, tables 1 to 5, after the US Army CAA Ardennes data base"
    ),
    origin=(
        "github.com/mattpinkerton/Modelling_Warfare_using_Lanchesters_Equations at b2c18f3 and "
        "github.com/yiyuezhuo/lanchester-model-review at 5077f17"
    ),
    columns=columns(_documented()),
)


def ardennes(table: str = "original") -> pd.DataFrame:
    """Manpower, equipment and sorties of both sides, one row a day (0 to 32).

    Parameters
    ----------
    table : "original" (Fricker's tables 1 to 3: what was there each day) or
        "reformatted" (tables 4 and 5: all that came during the campaign counted
        from the first day, less the losses).

    Raises
    ------
    OptionError
        another table is asked for.
    DataError
        no local copy; see `inje.datasets`.
    """
    if table not in _TABLES:
        raise OptionError("table", repr(table), " or ".join(map(repr, _TABLES)), "choose one")
    names = (*_TABLES[table], _SORTIES)
    parts = [pd.read_csv(local_file(f"ardennes/{name}", ARDENNES.origin)) for name in names]
    frame = parts[0].merge(parts[1], on="day").merge(parts[2], on="day")
    return attach(frame[[column.name for column in ARDENNES.columns]], ARDENNES)
