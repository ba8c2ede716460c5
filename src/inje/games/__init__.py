"""Politics in small standard games: contests, crises, bargains."""

from inje.games._bargaining import BargainingRange, Demand, bargaining_range, best_demand
from inje.games._contest import (
    Variant,
    coalitions,
    contest,
    tullock,
    victory_probabilities,
    weighted_mean,
    weighted_median,
)
from inje.games._crisis import ACCOUNT_TYPES, MOVES, PLAYERS, CrisisPayoffs, crisis_game
from inje.games._deterrence import (
    DeterrenceFit,
    DeterrenceUtilities,
    deterrence_probabilities,
    fit_deterrence,
)
from inje.games._gambit import to_efg
from inje.games._precision import Counts, PrecisionFit, fit_precision, log_likelihood
from inje.games._quantal import Equilibrium, Path, PrincipalBranch, quantal_response
from inje.games._tree import (
    Chance,
    Decision,
    Game,
    InformationSet,
    Node,
    Outcome,
    strategic_game,
    walk,
)

__all__ = [
    "ACCOUNT_TYPES",
    "MOVES",
    "PLAYERS",
    "BargainingRange",
    "Chance",
    "Counts",
    "CrisisPayoffs",
    "Decision",
    "Demand",
    "DeterrenceFit",
    "DeterrenceUtilities",
    "Equilibrium",
    "Game",
    "InformationSet",
    "Node",
    "Outcome",
    "Path",
    "PrecisionFit",
    "PrincipalBranch",
    "Variant",
    "bargaining_range",
    "best_demand",
    "coalitions",
    "contest",
    "crisis_game",
    "deterrence_probabilities",
    "fit_deterrence",
    "fit_precision",
    "log_likelihood",
    "quantal_response",
    "strategic_game",
    "to_efg",
    "tullock",
    "victory_probabilities",
    "walk",
    "weighted_mean",
    "weighted_median",
]
