"""Dates that no world of a scenario can meet together, known before any is fought."""

from __future__ import annotations

from inje.chronology import ORIGIN, Constraint, parse_edtf
from inje.dossier import DateConflict, date_conflict
from inje.scenario._records import Scenario

__all__ = ["conflicting_dates", "said_of_dates"]

MODEL = "model"


def conflicting_dates(scenario: Scenario) -> DateConflict | None:
    """The smallest set of statements on dates that cannot all be true in this model.

    The days of the model are one of them: outside its first and last day nothing happens. Claims
    that set these days are not held against them. None where all can be true, or where the
    scenario carries no record.
    """
    dossier = scenario.dossier
    if dossier is None:
        return None
    among_themselves = date_conflict(dossier)
    if among_themselves is not None:
        return among_themselves
    first = parse_edtf(scenario.clock.start).earliest
    last = parse_edtf(scenario.clock.end).latest
    further = []
    if first is not None:
        further.append(Constraint(ORIGIN, "start", least=float(first), label=MODEL))
    if last is not None:
        further.append(Constraint(ORIGIN, "end", most=float(last) + 1, label=MODEL))
    others = tuple(claim for claim in dossier.claims if claim.id not in scenario.clock.claims)
    return date_conflict(dossier.model_copy(update={"claims": others}), further, MODEL)


def said_of_dates(scenario: Scenario) -> str:
    """The conflict in a sentence; empty where there is none."""
    found = conflicting_dates(scenario)
    if found is None or scenario.dossier is None:
        return ""
    claims = {claim.id: claim for claim in scenario.dossier.claims}
    events = {event.id: event for event in scenario.dossier.events}
    words = [f"{name} ({claims[name].summary or claims[name].about})" for name in found.claims]
    words += [f"the event “{events[name].label}”" for name in found.events]
    if found.model:
        words.append(f"the days of the model ({scenario.clock.start} to {scenario.clock.end})")
    days = f"{found.excess:g} day{'' if found.excess == 1 else 's'}"
    return (
        f"these dates cannot all be true, by {days}: {'; '.join(words)}. No world meets them "
        "together; correct or reject one, or let whose word counts be weighed"
    )
