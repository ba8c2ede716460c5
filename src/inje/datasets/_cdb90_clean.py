"""The tidy table of CDB90, made from the original files.

The tidy file published with the data turned the 217 battles that the attacker
lost (`wina` = -1) into missing values, with every other negative ordinal code.
Here only codes of -9 and below, and negative counts of people, become missing.
"""

from __future__ import annotations

import pandas as pd

__all__ = ["clean_cdb90"]

_IDENTITY = ["isqno", "war", "name", "locn", "campgn", "nama", "coa", "namd", "cod"]
_CONDITIONS = ["post1", "post2", "postype", "terra1", "terra2", "wx1", "wofa1", "wofd1"]
_COUNTS_A = ["insta", "intsta", "rerpa", "casa", "finsta"]
_COUNTS_D = ["instd", "intstd", "rerpd", "casd", "finstd"]
_ARMS_A = ["cava", "tanka", "artya", "flya", "ctanka", "cartya"]
_ARMS_D = ["cavd", "tankd", "artyd", "flyd", "ctankd", "cartyd"]
_CODES = ["aeroa", "surpa", "cea", "leada", "trnga", "morala", "logsa", "momnta", "intela"]
_CODES += ["techa", "inita", "wina"]
_BOUNDS = ["strapl", "strami", "casapl", "casami", "strdpl", "strdmi", "casdpl", "casdmi"]
_FIRST = [*_IDENTITY, *_CONDITIONS, "stra", "codea", *_COUNTS_A, "strd", "coded", *_COUNTS_D]
_FIRST += [*_ARMS_A, *_ARMS_D, *_CODES, "kmda", "acha", "achd", "crit", *_BOUNDS, "noatp"]
_COUNTS = ["stra", *_COUNTS_A, "strd", *_COUNTS_D]
_BATTLE = ["war4", "dbpedia", "cow_warno", "war_initiator", "is_hero"]
_TIMES = ["datetime_min", "datetime_max", "duration1", "duration2"]
_MISSING_CODE = -9


def clean_cdb90(
    patched: pd.DataFrame,
    battles: pd.DataFrame,
    durations: pd.DataFrame,
    belligerents: pd.DataFrame,
) -> pd.DataFrame:
    """Join the four original files into one row per battle.

    Parameters
    ----------
    patched : ``CDB90-patched.csv``, one row per battle, names in capitals.
    battles : ``battles.csv``, for the war, its initiator and the links.
    durations : ``battle_durations.csv``, for the times.
    belligerents : ``belligerents.csv``, two rows per battle, for the actors.

    Returns
    -------
    frame of 660 rows in the order of `patched`, indexed 0..n-1.
    """
    lower = patched.rename(columns=str.lower)
    frame = lower[_FIRST].copy()
    for name in _COUNTS:
        frame[name] = frame[name].astype(float).where(frame[name] >= 0)
    for name in _CODES:
        values = frame[name].astype(float)
        frame[name] = values.where(values > _MISSING_CODE)
    frame = frame.merge(battles[["isqno", *_BATTLE]], on="isqno", how="left")
    frame = frame.merge(durations[["isqno", *_TIMES]], on="isqno", how="left")
    for name, attacker in (("actors_a", 1), ("actors_d", 0)):
        rows = belligerents.loc[belligerents["attacker"] == attacker, ["isqno", "actors"]]
        frame = frame.merge(rows.rename(columns={"actors": name}), on="isqno", how="left")
    frame["year"] = frame["datetime_min"].str.slice(0, 4).astype(float)
    return frame
