"""Answers: accounts compared, causes changed, and where to dig."""

from inje.answers._bearing import Bearing
from inje.answers._causes import questions_of
from inje.answers._compare import compare_accounts
from inje.answers._comparison import Comparison, Contribution, Corner, Pair
from inje.answers._effects import Causation, Effect
from inje.answers._grading import Chance, Regraded, Shift, change_letters
from inje.answers._naming import agent_named, claim_named
from inje.answers._ranking import Dependence, Ranking, rank_causes
from inje.answers._seek import Lead, Search, seek_evidence
from inje.answers._statecraft import Settlement, Statecraft
from inje.answers._what_if import WhatIf, change_cause, change_causes
from inje.answers._witness import Witness

__all__ = [
    "Bearing",
    "Causation",
    "Chance",
    "Comparison",
    "Contribution",
    "Corner",
    "Dependence",
    "Effect",
    "Lead",
    "Pair",
    "Ranking",
    "Regraded",
    "Search",
    "Settlement",
    "Shift",
    "Statecraft",
    "WhatIf",
    "Witness",
    "agent_named",
    "change_cause",
    "change_causes",
    "change_letters",
    "claim_named",
    "compare_accounts",
    "questions_of",
    "rank_causes",
    "seek_evidence",
]
