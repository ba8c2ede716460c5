"""Answers: accounts compared, causes changed, and where to dig."""

from inje.answers._compare import Comparison, Contribution, Corner, Pair, compare_accounts
from inje.answers._effects import Causation, Effect
from inje.answers._seek import Lead, Search, seek_evidence
from inje.answers._what_if import WhatIf, change_cause
from inje.answers._witness import Witness

__all__ = [
    "Causation",
    "Comparison",
    "Contribution",
    "Corner",
    "Effect",
    "Lead",
    "Pair",
    "Search",
    "WhatIf",
    "Witness",
    "change_cause",
    "compare_accounts",
    "seek_evidence",
]
