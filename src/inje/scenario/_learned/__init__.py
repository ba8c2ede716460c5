"""Default priors of a new battle, learned from 652 land battles of 1600 to 1982.

`cdb90.json` is written by ``make priors`` (`inje.gallery.priors`), which holds the
model; every field is described in the table itself under ``fields``. The two rates
are always in the order: defenders on attackers, attackers on defenders; a rate is
casualties per opponent and day (square law, Lanchester 1916), in natural logarithm.
"""

from inje.scenario._learned._table import (
    LearnedEra,
    LearnedRates,
    LearnedTable,
    learned_era,
    learned_table,
)

__all__ = ["LearnedEra", "LearnedRates", "LearnedTable", "learned_era", "learned_table"]
