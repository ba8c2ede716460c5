"""What can be changed in a model, and what a change is called.

Numbers and causes are changed by their paths. Two changes are of the model itself: how a force
comes (`march.FORCE` = foot, truck, cavalry, courier) and whether the attack is renewed after the
first day (`renewal.ENGAGEMENT` = none): with phases, those that begin on the second day are
without fighting; without phases, nobody fights from the second day on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import floor
from typing import get_args

from inje.answers._domain import refuse_impossible
from inje.errors import OptionError
from inje.scenario import Engagement, Force, March, Phase, Scenario, parameters

__all__ = ["Change", "Changed", "changed", "known_causes", "questions_of", "said"]

Change = float | str
#: names longer than this are not put into sentences
LONGEST = 60
MODES = get_args(March.model_fields["mode"].annotation)


@dataclass(frozen=True)
class Changed:
    """A model under changes.

    Attributes
    ----------
    scenario : with what is changed of the model itself.
    values : what is changed of numbers, causes and orders, by path.
    until : for attacks that are not renewed, when the fighting stops, in days since the start.
    at_most : numbers that are cut down to this where they are larger, by path.
    """

    scenario: Scenario
    values: Mapping[str, Change]
    until: Mapping[str, float] = field(default_factory=dict)
    at_most: Mapping[str, float] = field(default_factory=dict)


def known_causes(scenario: Scenario) -> list[str]:
    """Every path that a what-if may change."""
    return sorted(
        {
            *parameters(scenario),
            *scenario.causes,
            *(f"decision.{decision.id}" for decision in scenario.decisions),
            *(["account"] if scenario.accounts else []),
            *(f"march.{force.id}" for force in scenario.forces if force.march),
            *(f"renewal.{engagement.id}" for engagement in scenario.engagements),
        }
    )


def changed(scenario: Scenario, changes: Mapping[str, Change]) -> Changed:
    """A scenario under changes.

    Raises
    ------
    OptionError : nothing is changed, an unknown cause, or a value that it cannot have.
    """
    known = known_causes(scenario)
    if not changes:
        raise OptionError("changes", "nothing is changed", "PATH=VALUE", "name a cause")
    values: dict[str, Change] = {}
    until: dict[str, float] = {}
    at_most: dict[str, float] = {}
    for path, value in changes.items():
        if path not in known:
            raise OptionError(path, "no such cause in this scenario", ", ".join(known), "name one")
        kind, _, name = path.partition(".")
        if kind == "march" and (isinstance(value, str) or path not in parameters(scenario)):
            scenario = _marching(scenario, name, value)
        elif kind == "renewal":
            phases, until[path] = _unrenewed(scenario, name, value)
            values |= dict.fromkeys((f"intensity.{name}.{phase.id}" for phase in phases), 0.0)
            if not phases:
                at_most[f"ends.{name}"] = until[path]
        else:
            refuse_impossible(scenario, path, value)
            values[path] = value
    return Changed(scenario, values, until, at_most)


def _marching(scenario: Scenario, name: str, mode: Change) -> Scenario:
    if mode not in MODES:
        raise OptionError(
            f"march.{name}", f"{mode!r} is no way to come", ", ".join(MODES), "choose one"
        )

    def moved(force: Force) -> Force:
        if force.id != name or force.march is None:
            return force
        march = force.march.model_copy(update={"mode": mode, "rate": None})
        return force.model_copy(update={"march": march})

    return _with(scenario, forces=tuple(moved(force) for force in scenario.forces))


def _with(scenario: Scenario, **parts: object) -> Scenario:
    copy = scenario.model_copy(update=parts)
    return copy.with_dossier(scenario.dossier) if scenario.dossier else copy


def _unrenewed(scenario: Scenario, name: str, value: Change) -> tuple[list[Phase], float]:
    """The phases without fighting, and when it stops; without phases after its first day."""
    if value not in ("none", 0):
        raise OptionError(
            f"renewal.{name}", repr(value), "none", "the only question is of no renewal"
        )
    engagement = next(each for each in scenario.engagements if each.id == name)
    if engagement.phases:
        phases = _second_day(engagement)
        return phases, min(phase.begins for phase in phases)
    if engagement.ends is None:
        raise OptionError(
            f"renewal.{name}", "the engagement has neither phases nor an end that could be moved",
            "an engagement with `phases`, or with `ends`", "give the scenario one of them",
        )  # fmt: skip
    return [], _first_evening(engagement)


def _first_evening(engagement: Engagement) -> float:
    """The end of the first day on which there can be fighting, in days since the start."""
    begins = engagement.begins
    if begins is None:
        return 1.0
    earliest = begins.value if begins.prior is None else begins.prior.low
    return floor(max(earliest or 0.0, 0.0)) + 1.0


def _may_be_renewed(engagement: Engagement) -> bool:
    """Whether there is fighting that "not renewed" would leave out."""
    if engagement.phases:
        return any(1 <= phase.begins < 2 for phase in engagement.phases)
    ends = engagement.ends
    if ends is None:
        return False
    latest = ends.value if ends.prior is None else ends.prior.high
    return latest is None or latest > _first_evening(engagement)


def _second_day(engagement: Engagement) -> list[Phase]:
    found = [phase for phase in engagement.phases if 1 <= phase.begins < 2]
    if not found:
        raise OptionError(
            f"renewal.{engagement.id}", "no phase begins on the second day",
            "an engagement with a phase then", "change the intensity of a phase instead",
        )  # fmt: skip
    return found


def said(scenario: Scenario, changes: Mapping[str, Change]) -> str:
    """Changes in words."""
    return ", ".join(_said(scenario, path, value) for path, value in changes.items())


def _said(scenario: Scenario, path: str, value: Change) -> str:
    kind, _, name = path.partition(".")
    force = next((_force(scenario, f) for f in scenario.forces if f.id == name), name)
    orders = {order.id: _brief(order.name, order.id) for order in scenario.decisions}
    if kind == "strength" and value == 0:
        return f"without {force}"
    if kind == "strength":
        return f"{force}: {value} people"
    if kind == "march" and isinstance(value, str):
        way = {"foot": "on foot", "truck": "by truck", "cavalry": "on horseback"}
        return f"{force}: {way.get(value, value)}"
    if kind == "decision":
        return f"{orders.get(name, name)}: {'given' if value in ('send', 1) else 'not given'}"
    if kind == "renewal":
        return _said_of_renewal(scenario, name)
    if path in scenario.causes:
        label = scenario.causes[path].labels.get(str(value), str(value))
        return f"{path}: {label}"
    if path == "account":
        label = next((a.label for a in scenario.accounts if a.id == value), str(value))
        return f"account: {label}"
    return f"{path} = {value:g}" if isinstance(value, float | int) else f"{path} = {value}"


def _said_of_renewal(scenario: Scenario, name: str) -> str:
    engagement = next(each for each in scenario.engagements if each.id == name)
    if engagement.phases:
        return "the attack is not renewed on the second day"
    evening = _first_evening(engagement)
    if evening == 1:
        return "the attack is not renewed after the first day: no fighting from the second day on"
    return f"the attack is not renewed after day {evening:.0f}: no fighting from the next day on"


def _force(scenario: Scenario, force: Force) -> str:
    if 0 < len(force.name) <= LONGEST:
        return force.name
    side = next(side.name for side in scenario.sides if side.id == force.side)
    return f"the {'reinforcements' if force.march else 'force'} of the {side}"


def _brief(name: str, id_: str) -> str:
    """A name that fits into a sentence: a drafted one may be a whole sentence itself."""
    return name if name and len(name) <= LONGEST else id_.replace("-", " ").replace("_", " ")


def questions_of(scenario: Scenario) -> Iterator[dict[str, Change]]:
    """The what-ifs that a scenario suggests: its forces, orders, days and attackers."""
    for force in scenario.forces:
        if force.march is not None:
            yield {f"strength.{force.id}": 0.0}
            if force.march.mode != "foot":
                yield {f"march.{force.id}": "foot"}
    for decision in scenario.decisions:
        yield {f"decision.{decision.id}": "hold"}
        yield {f"decision.{decision.id}": "send"}
    for engagement in scenario.engagements:
        if _may_be_renewed(engagement):
            yield {f"renewal.{engagement.id}": "none"}
    if "attacker" in scenario.causes:
        for option in scenario.causes["attacker"].options:
            yield {"attacker": option}
