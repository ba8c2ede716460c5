"""The model of a battle: forces, places, roads, orders, messages, accounts, priors."""

from inje.scenario._accounts import refuse_idle_accounts, refuse_lost_claims
from inje.scenario._bounds import MAX_PEOPLE, kind_bounds
from inje.scenario._crisis import Bargain, Crisis, Minister, stated_payoffs
from inje.scenario._dates import conflicting_dates, said_of_dates
from inje.scenario._drafting import draft_scenario
from inje.scenario._files import (
    dump_scenario,
    load_scenario,
    load_scenario_and_record,
    save_scenario,
    scenario_from_json,
)
from inje.scenario._integrity import scenario_faults
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
    "MAX_PEOPLE",
    "Account",
    "Bargain",
    "BreakingOff",
    "Choice",
    "Clock",
    "Crisis",
    "Decision",
    "Engagement",
    "Evidence",
    "Force",
    "JointPrior",
    "March",
    "Message",
    "Minister",
    "Phase",
    "Place",
    "Prior",
    "Quantity",
    "Road",
    "Scenario",
    "Side",
    "Stage",
    "Trigger",
    "conflicting_dates",
    "draft_scenario",
    "drawing_order",
    "dump_scenario",
    "kind_bounds",
    "load_scenario",
    "load_scenario_and_record",
    "log_density",
    "parameters",
    "quantile",
    "refuse_idle_accounts",
    "refuse_lost_claims",
    "said_of_dates",
    "save_scenario",
    "scenario_faults",
    "scenario_from_json",
    "stated_payoffs",
]
