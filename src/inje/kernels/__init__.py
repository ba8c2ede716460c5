"""The compiled loops: arrays in, arrays out; the only package that imports Numba."""

from inje.kernels._addresses import name_key, uniforms
from inje.kernels._compiler import address_of
from inje.kernels._lanes import sweep_worlds
from inje.kernels._layout import (
    ATTACK,
    BREAKING_OFF,
    DAY,
    HAZARD,
    LINEAR,
    LOSS,
    LOSS_OF_CONTROL,
    NO_FIGHTING,
    OUT_ARRIVAL,
    OUT_BEGUN,
    OUT_BROKE,
    OUT_ENDED,
    OUT_HOLDER,
    OUT_JOINED,
    OUT_LEFT,
    OUT_LOST,
    OUT_OFF,
    OUT_ORDER,
    OUT_REPORT,
    OUT_STATUS,
    TOTALS,
    Outcome,
    block,
    fresh_outcome,
    lay_out,
)
from inje.kernels._marks import mark_losses
from inje.kernels._naive import NaiveWorld, Record
from inje.kernels._poisson import Poisson, table
from inje.kernels._worlds import fight_worlds

__all__ = [
    "ATTACK",
    "BREAKING_OFF",
    "DAY",
    "HAZARD",
    "LINEAR",
    "LOSS",
    "LOSS_OF_CONTROL",
    "NO_FIGHTING",
    "OUT_ARRIVAL",
    "OUT_BEGUN",
    "OUT_BROKE",
    "OUT_ENDED",
    "OUT_HOLDER",
    "OUT_JOINED",
    "OUT_LEFT",
    "OUT_LOST",
    "OUT_OFF",
    "OUT_ORDER",
    "OUT_REPORT",
    "OUT_STATUS",
    "TOTALS",
    "NaiveWorld",
    "Outcome",
    "Poisson",
    "Record",
    "address_of",
    "block",
    "fight_worlds",
    "fresh_outcome",
    "lay_out",
    "mark_losses",
    "name_key",
    "sweep_worlds",
    "table",
    "uniforms",
]
