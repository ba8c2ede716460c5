"""The model of a battle: forces, places, roads, orders, messages, accounts, priors."""

from inje.scenario._parameters import drawing_order, parameters
from inje.scenario._quantity import Choice, Prior, Quantity
from inje.scenario._records import (
    KINDS_OF_LOSS,
    Account,
    BreakingOff,
    Clock,
    Decision,
    Engagement,
    Evidence,
    Force,
    JointPrior,
    March,
    Message,
    Phase,
    Place,
    Road,
    Scenario,
    Side,
    Stage,
    Trigger,
)
from inje.scenario._sampling import log_density, quantile

__all__ = [
    "KINDS_OF_LOSS",
    "Account",
    "BreakingOff",
    "Choice",
    "Clock",
    "Decision",
    "Engagement",
    "Evidence",
    "Force",
    "JointPrior",
    "March",
    "Message",
    "Phase",
    "Place",
    "Prior",
    "Quantity",
    "Road",
    "Scenario",
    "Side",
    "Stage",
    "Trigger",
    "drawing_order",
    "log_density",
    "parameters",
    "quantile",
]
