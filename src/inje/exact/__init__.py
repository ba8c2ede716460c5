"""Exact laws of battles between two counts: for tables, for likelihoods, and as an oracle.

`terminal` gives the law of the end, `transient` that of the state after so many days;
`log_likelihood` weighs reported losses under many parameter vectors at once; `filtered` goes
through dated reports, and draws how the losses may have come about; `salvos` is for ships, which
fight in exchanges.
"""

from inje.exact._battle import Period, TwoCounts
from inje.exact._filtering import filtered
from inje.exact._likelihood import log_likelihood
from inje.exact._losses import LossLaw
from inje.exact._salvos import Ships, salvos
from inje.exact._terminal import terminal
from inje.exact._transient import transient

__all__ = [
    "LossLaw",
    "Period",
    "Ships",
    "TwoCounts",
    "filtered",
    "log_likelihood",
    "salvos",
    "terminal",
    "transient",
]
