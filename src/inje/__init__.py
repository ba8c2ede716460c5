"""inje reconstructs a battle from what its sources say.

One noun per stage, one verb per arrow::

    source --read--> Document --extract--> Dossier --model--> Scenario --simulate--> Ensemble
           --condition--> Posterior --compare / what_if / seek--> answers --report--> Report

Every name is imported when it is first used, so that `import inje` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inje.answers import change_cause as what_if
    from inje.answers import compare_accounts as compare
    from inje.answers import seek_evidence as seek
    from inje.document import Document
    from inje.document import read_document as read
    from inje.dossier import Dossier
    from inje.dossier import check_dossier as check
    from inje.dossier import extract_dossier as extract
    from inje.ensemble import Ensemble
    from inje.ensemble import replay_world as replay
    from inje.ensemble import simulate_worlds as simulate
    from inje.posterior import Posterior
    from inje.posterior import calibrate_scenario as calibrate
    from inje.posterior import condition_scenario as condition
    from inje.reporting import Report
    from inje.reporting import build_report as report
    from inje.scenario import Scenario
    from inje.scenario import draft_scenario as model

__all__ = [
    "Document",
    "Dossier",
    "Ensemble",
    "Posterior",
    "Report",
    "Scenario",
    "calibrate",
    "check",
    "compare",
    "condition",
    "extract",
    "model",
    "read",
    "replay",
    "report",
    "seek",
    "simulate",
    "what_if",
]

_HOME = {
    "Document": ("inje.document", "Document"),
    "Dossier": ("inje.dossier", "Dossier"),
    "Ensemble": ("inje.ensemble", "Ensemble"),
    "Posterior": ("inje.posterior", "Posterior"),
    "Report": ("inje.reporting", "Report"),
    "Scenario": ("inje.scenario", "Scenario"),
    "calibrate": ("inje.posterior", "calibrate_scenario"),
    "compare": ("inje.answers", "compare_accounts"),
    "check": ("inje.dossier", "check_dossier"),
    "condition": ("inje.posterior", "condition_scenario"),
    "extract": ("inje.dossier", "extract_dossier"),
    "model": ("inje.scenario", "draft_scenario"),
    "read": ("inje.document", "read_document"),
    "report": ("inje.reporting", "build_report"),
    "replay": ("inje.ensemble", "replay_world"),
    "seek": ("inje.answers", "seek_evidence"),
    "what_if": ("inje.answers", "change_cause"),
    "simulate": ("inje.ensemble", "simulate_worlds"),
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("inje")
    if name not in _HOME:
        raise AttributeError(f"inje has no {name!r}; it has {', '.join(__all__)}")
    module, attribute = _HOME[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
