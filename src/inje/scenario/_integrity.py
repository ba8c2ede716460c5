"""Faults between the parts of a scenario: names that point nowhere, numbers no battle has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from inje.chronology import parse_edtf
from inje.dossier import RecordFault
from inje.errors import InputError
from inje.scenario._bounds import MAX_PEOPLE, kind_bounds
from inje.scenario._crisis import crisis_faults
from inje.scenario._parameters import derivation_faults, parameters
from inje.scenario._quantity import Quantity
from inje.scenario._records import KINDS_OF_LOSS, Engagement, Scenario

__all__ = ["lost_references", "scenario_faults"]


def scenario_faults(scenario: Scenario) -> Iterator[RecordFault]:
    """Everything that is wrong between records that are valid one by one."""
    yield from _duplicates(scenario)
    yield from _clock_faults(scenario)
    yield from lost_references(scenario)
    for i, engagement in enumerate(scenario.engagements):
        yield from _engagement_faults(("engagements", i), engagement, scenario)
    yield from _number_faults(scenario)
    yield from _order_faults(scenario)
    yield from _joint_faults(scenario)
    yield from _account_faults(scenario)
    yield from crisis_faults(scenario)


def lost_references(scenario: Scenario) -> Iterator[RecordFault]:
    """Names that point nowhere."""
    known = _known(scenario)
    for kind, at, name in _references(scenario):
        if name not in known[kind]:
            yield (
                at,
                f"{name!r} is no {kind} of this scenario",
                ", ".join(sorted(known[kind])) or f"none: the scenario has no {kind}",
                f"correct it, or add the {kind}",
            )
    for i, engagement in enumerate(scenario.engagements):
        allowed = {*engagement.sides, *scenario.causes}
        if engagement.attacker is not None and engagement.attacker not in allowed:
            yield (
                ("engagements", i, "attacker"),
                f"{engagement.attacker!r} is no side here and no cause",
                ", ".join(sorted(allowed)),
                "correct it",
            )


def _known(scenario: Scenario) -> dict[str, set[str]]:
    return {
        "side": {side.id for side in scenario.sides},
        "place": {place.id for place in scenario.places},
        "force": {force.id for force in scenario.forces},
        "engagement": {engagement.id for engagement in scenario.engagements},
        "message": {message.id for message in scenario.messages},
        "road": {road.id for road in scenario.roads},
        "cause": set(scenario.causes),
        "holder": {side.id for side in scenario.sides} | {"defender"},
    }


def _references(scenario: Scenario) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """(kind of thing named, where, name) for every name in the scenario."""
    for i, force in enumerate(scenario.forces):
        yield "side", ("forces", i, "side"), force.side
        yield "place", ("forces", i, "place"), force.place
        if force.march:
            yield "place", ("forces", i, "march", "origin"), force.march.origin
            for j, road in enumerate(force.march.roads):
                yield "road", ("forces", i, "march", "roads", j), road
    for i, place in enumerate(scenario.places):
        if place.within is not None:
            yield "place", ("places", i, "within"), place.within
        if place.holder is not None:
            yield "holder", ("places", i, "holder"), place.holder
    for i, road in enumerate(scenario.roads):
        for j, end in enumerate(road.between):
            yield "place", ("roads", i, "between", j), end
    for i, engagement in enumerate(scenario.engagements):
        yield "place", ("engagements", i, "place"), engagement.place
        for j, side in enumerate(engagement.sides):
            yield "side", ("engagements", i, "sides", j), side
    yield from _command_references(scenario)


def _command_references(scenario: Scenario) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    for i, message in enumerate(scenario.messages):
        at = ("messages", i, "trigger")
        if message.trigger.engagement is not None:
            yield "engagement", (*at, "engagement"), message.trigger.engagement
        if message.trigger.side is not None:
            yield "side", (*at, "side"), message.trigger.side
    for i, decision in enumerate(scenario.decisions):
        yield "side", ("decisions", i, "side"), decision.side
        for j, message in enumerate(decision.on):
            yield "message", ("decisions", i, "on", j), message
        for message in decision.evidence:
            yield "message", ("decisions", i, "evidence", message), message
        for j, force in enumerate(decision.sends):
            yield "force", ("decisions", i, "sends", j), force
    for i, account in enumerate(scenario.accounts):
        for cause in account.sets:
            yield "cause", ("accounts", i, "sets", cause), cause


def _duplicates(scenario: Scenario) -> Iterator[RecordFault]:
    parts = ("sides", "places", "roads", "forces", "engagements", "messages", "decisions")
    for part in (*parts, "accounts"):
        records = getattr(scenario, part)
        counts = Counter(record.id for record in records)
        for i, record in enumerate(records):
            if counts[record.id] > 1 and i > [r.id for r in records].index(record.id):
                what = f"the id {record.id!r} is used {counts[record.id]} times"
                yield ((part, i, "id"), what, "an id of its own", "rename one")


def _clock_faults(scenario: Scenario) -> Iterator[RecordFault]:
    days = {}
    for name in ("start", "end"):
        said = getattr(scenario.clock, name)
        try:
            days[name] = parse_edtf(said).earliest or 0
        except InputError as error:
            fault = error.faults[0]
            yield (("clock", name), fault.what, "an EDTF day, 1946-04-17", "write the day so")
    if len(days) < 2:
        return
    if days["end"] < days["start"]:
        yield (
            ("clock", "end"),
            f"the end {scenario.clock.end} is before the start {scenario.clock.start}",
            "an end on or after the start",
            "exchange or correct them",
        )
    elif days["end"] - days["start"] > 3660:
        length = days["end"] - days["start"] + 1
        yield (
            ("clock", "end"),
            f"the scenario lasts {length} days",
            "at most ten years",
            "narrow it",
        )
    if scenario.clock.dawn >= scenario.clock.dusk:
        yield (("clock", "dawn"), "dawn is not before dusk", "dawn before dusk", "exchange them")


def _engagement_faults(
    at: tuple[str | int, ...], engagement: Engagement, scenario: Scenario
) -> Iterator[RecordFault]:
    sides = set(engagement.sides)
    if len(sides) != 2:
        yield (
            (*at, "sides"),
            "a side cannot fight itself",
            "two different sides",
            "name the other side",
        )
    keys = {key.partition(".")[0] for key in engagement.rates}
    for key in sorted(keys - sides - {"attacker", "defender"}):
        yield (
            (*at, "rates"),
            f"{key!r} is no side of this engagement",
            ", ".join((*sorted(sides), "attacker", "defender")),
            "rates are keyed by who loses people",
        )
    if keys & {"attacker", "defender"} and engagement.attacker is None:
        yield ((*at, "rates"), "rates by role need `attacker`", "a side or a cause", "name it")
    if not (keys >= sides or keys >= {"attacker", "defender"}):
        yield (
            (*at, "rates"),
            "a side has no rate",
            "one for each side, or for each role",
            "add it",
        )
    for side, kinds in engagement.shares.items():
        for kind in sorted(set(kinds) - set(KINDS_OF_LOSS)):
            yield (
                (*at, "shares", side, kind),
                f"{kind!r} is no kind of loss",
                ", ".join(KINDS_OF_LOSS),
                "write one of these",
            )
    for j, phase in enumerate(engagement.phases):
        if phase.ends <= phase.begins:
            what = f"the phase ends before it begins: {phase.ends:g} is not after {phase.begins:g}"
            yield ((*at, "phases", j, "ends"), what, "an end after the beginning", "exchange them")
    present = {f.side for f in scenario.forces if f.place == engagement.place}
    for side in sorted(sides - present):
        yield (
            (*at, "sides"),
            f"no force of {side!r} is ever at {engagement.place!r}",
            "a force of each side, there from the start or marching there",
            "give a force of that side this place",
        )


def _number_faults(scenario: Scenario) -> Iterator[RecordFault]:
    for path, quantity in parameters(scenario).items():
        least, most = _bounds(quantity)
        lowest, highest = kind_bounds(path)
        at = _location(scenario, quantity)
        if least is not None and least < lowest:
            yield (at, f"{path} can be {least:g}", "0 or more", "bound it below with `low: 0`")
        if most is None or most <= highest:
            continue
        if highest == MAX_PEOPLE:
            yield (at, f"{path} can be {most:g} people", f"at most {MAX_PEOPLE:,}", "bound it")
        else:
            yield (at, f"{path} can be {most:g}", "0 to 1", "bound it above with `high: 1`")


def _bounds(quantity: Quantity) -> tuple[float | None, float | None]:
    """Least and greatest value, None where there is no bound to speak of."""
    prior = quantity.prior
    if prior is None:
        return quantity.value, quantity.value
    low, high = prior.low, prior.high
    if prior.family == "normal":
        return (-float("inf") if low is None else low), high
    if prior.family == "beta":
        return (0.0 if low is None else low), (1.0 if high is None else high)
    return (0.0 if low is None else low), high


def _location(scenario: Scenario, wanted: Quantity) -> tuple[str | int, ...]:
    """Where in the record a quantity stands (the same object)."""

    def search(node: object, at: tuple[str | int, ...]) -> tuple[str | int, ...] | None:
        if node is wanted:
            return at
        items: Iterator[tuple[str | int, object]]
        if hasattr(type(node), "model_fields"):
            items = ((name, getattr(node, name)) for name in type(node).model_fields)
        elif isinstance(node, dict):
            items = iter(node.items())
        elif isinstance(node, tuple):
            items = iter(enumerate(node))
        else:
            return None
        return next((hit for k, v in items if (hit := search(v, (*at, k)))), None)

    return search(scenario, ()) or ()


def _order_faults(scenario: Scenario) -> Iterator[RecordFault]:
    """Orders to nobody, marches that nobody orders, circles in `derives_from`."""
    sent = {force for decision in scenario.decisions for force in decision.sends}
    marching = {force.id: i for i, force in enumerate(scenario.forces) if force.march}
    for name, i in marching.items():
        if name not in sent:
            yield (
                ("forces", i, "march"),
                f"nobody sends {name!r}",
                "a decision whose `sends` names it",
                "add a decision, or put the force at its place without a march",
            )
    for i, decision in enumerate(scenario.decisions):
        for j, name in enumerate(decision.sends):
            if name not in marching:
                yield (
                    ("decisions", i, "sends", j),
                    f"the order goes to {name!r}, which does not march",
                    ", ".join(sorted(marching)) or "a force with a `march`",
                    "give that force a `march`",
                )
    known = parameters(scenario)
    for error in derivation_faults(known):
        fault = error.faults[0]
        at = (*_location(scenario, known[fault.where]), "prior", "derives_from")
        yield (at, fault.what, fault.allowed, fault.remedy)


def _account_faults(scenario: Scenario) -> Iterator[RecordFault]:
    """Cells of the table of accounts and claims: a number for one account is due for all."""
    stated = dict.fromkeys(claim for account in scenario.accounts for claim in account.says)
    for i, account in enumerate(scenario.accounts):
        for claim, chance in account.says.items():
            if chance != "shared" and not 0 <= chance <= 1:
                at = ("accounts", i, "says", claim)
                yield (at, f"{chance:g} is no probability", "0 to 1, or shared", "correct it")
        for claim in (claim for claim in stated if claim not in account.says):
            yield (
                ("accounts", i, "says"),
                f"account {account.id!r} says nothing of claim {claim!r}, which another one does",
                "0 to 1, or shared: an account that is silent on a question says so",
                f"add `{claim}: shared`, or a probability",
            )
        for cause, option in account.sets.items():
            known = scenario.causes.get(cause)
            if known is not None and option not in known.options:
                at = ("accounts", i, "sets", cause)
                allowed = ", ".join(known.options)
                yield (at, f"{option!r} is no option of {cause!r}", allowed, "correct it")


def _joint_faults(scenario: Scenario) -> Iterator[RecordFault]:
    known = parameters(scenario)
    for i, joint in enumerate(scenario.joint):
        for j, path in enumerate(joint.quantities):
            if path not in known:
                at = ("joint", i, "quantities", j)
                yield (
                    at,
                    f"{path!r} is no quantity of this scenario",
                    _close(path, known),
                    "correct it",
                )
        size = len(joint.quantities)
        square = len(joint.correlation) == size and all(len(r) == size for r in joint.correlation)
        if not square or not _is_correlation(joint.correlation):
            yield (
                ("joint", i, "correlation"),
                "not a correlation matrix",
                f"{size} x {size}, symmetric, ones on the diagonal, positive definite",
                "correct it, or remove the joint prior",
            )


def _close(path: str, known: Iterable[str]) -> str:
    return ", ".join(get_close_matches(path, list(known), 3) or sorted(known)[:12])


def _is_correlation(matrix: tuple[tuple[float, ...], ...]) -> bool:
    import numpy as np

    array = np.array(matrix, dtype=float)
    regular = np.allclose(array, array.T) and np.allclose(np.diag(array), 1)
    return bool(regular and np.linalg.eigvalsh(array).min() > 1e-10)
