"""Messages, decisions and marches as arrays."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from scipy import special

from inje.errors import ModelError
from inje.ground import Ground, Place, Road, march_rate
from inje.kernels import ATTACK, BREAKING_OFF, DAY, LOSS_OF_CONTROL
from inje.packing._fields import Skeleton
from inje.packing._rows import Column, RowBook, Values
from inje.scenario import Decision, Force, Message, Scenario

__all__ = ["choice_name", "command_arrays", "pace_name"]

KINDS = {
    "attack": ATTACK,
    "loss_of_control": LOSS_OF_CONTROL,
    "breaking_off": BREAKING_OFF,
    "day": DAY,
}
CERTAIN = 1e6  # log odds beyond every belief


def choice_name(decision: str) -> str:
    """Address of the draw with which a decision is made."""
    return f"choice.{decision}"


def pace_name(force: str) -> str:
    """Address of the draw of a force's pace on the march."""
    return f"pace.{force}"


def _sum_of(paths: list[str]) -> Any:
    return lambda values: sum((values[path] for path in paths), 0.0)


def _logit(probability: Column) -> Column:
    # Ten times as fast as scipy.special.logit, which keeps its relative precision around zero;
    # here log odds are added up, so that only their absolute precision matters.
    with np.errstate(divide="ignore"):
        return np.log(np.divide(probability, np.subtract(1.0, probability)))


def _log_odds(probability: Column) -> Column:
    return np.clip(_logit(probability), -CERTAIN, CERTAIN)


def _message_arrays(scenario: Scenario, skeleton: Skeleton, rows: RowBook) -> dict[str, Any]:
    engagements = {engagement.id: e for e, engagement in enumerate(skeleton.engagements)}
    fields = {e.id: skeleton.fields.index(skeleton.field_of[e.place]) for e in skeleton.engagements}
    found = []
    for message in scenario.messages:
        trigger, name = message.trigger, message.trigger.engagement
        found.append(
            (
                KINDS[trigger.on],
                -1 if name is None else engagements[name],
                -1 if name is None else fields[name],
                -1 if trigger.side is None else skeleton.sides.index(trigger.side),
                rows.computed(_sum_of([f"delay.{message.id}.{s.id}" for s in message.stages])),
                _day_row(message, rows),
            )
        )
    names = "trigger trigger_engagement trigger_field trigger_side delay_row day_row".split()
    table = np.array(found, np.int64).reshape(-1, len(names))
    return {name: table[:, i].copy() for i, name in enumerate(names)}


def _day_row(message: Message, rows: RowBook) -> int:
    if message.trigger.on != "day":
        return -1
    if message.trigger.day is None:
        raise ModelError(f"message {message.id}", "its trigger has no day", "a day", "add `day`")
    return rows.parameter(f"day.{message.id}")


def _needed(decision: Decision) -> Any:
    """Log odds of the belief above which the order goes, and whether a low belief sends it.

    1 / (1 + exp(-precision (gain belief - cost))) > u, solved for the belief.
    """
    name = decision.id

    def needed(values: Values) -> Column:
        uniform = values[choice_name(name)]
        gain, cost = values[f"gain.{name}"], values[f"cost.{name}"]
        precision = values[f"precision.{name}"]
        with np.errstate(divide="ignore", invalid="ignore"):
            demand = _logit(uniform) / np.maximum(precision, 1e-300) + cost
            belief = np.divide(demand, gain)
            inside = np.sign(gain) * _log_odds(np.clip(belief, 0.0, 1.0))
        return np.where(np.equal(gain, 0.0), np.where(demand < 0.0, -CERTAIN, CERTAIN), inside)

    return needed


def _signed(decision: Decision, log_odds: Any) -> Any:
    """Log odds, turned over where the leader sends help against a lesser threat (gain below 0)."""

    def signed(values: Values) -> Column:
        sign = np.where(np.less(values[f"gain.{decision.id}"], 0.0), -1.0, 1.0)
        return sign * log_odds(values)

    return signed


def _likelihood_ratio(decision: str, message: str) -> Any:
    name = f"evidence.{decision}.{message}"

    def ratio(values: Values) -> Column:
        with np.errstate(divide="ignore", invalid="ignore"):
            log = np.log(values[f"{name}.if_serious"]) - np.log(values[f"{name}.if_not"])
        return np.nan_to_num(np.clip(log, -CERTAIN, CERTAIN))

    return ratio


def _decision_arrays(scenario: Scenario, rows: RowBook) -> dict[str, Any]:
    prior, needed, hears, offsets = [], [], [], [0]
    order = {message.id: m for m, message in enumerate(scenario.messages)}
    for decision in scenario.decisions:
        belief = f"belief.{decision.id}"
        prior.append(rows.computed(_signed(decision, lambda v, p=belief: _log_odds(v[p]))))
        needed.append(rows.computed(_needed(decision)))
        for message in decision.on:
            row = rows.constant(0.0)
            if message in decision.evidence:
                ratio = _likelihood_ratio(decision.id, message)
                row = rows.computed(_signed(decision, ratio))
            hears.append((order[message], row))
        offsets.append(len(hears))
    table = np.array(hears, np.int64).reshape(-1, 2)
    return {
        "prior_row": np.array(prior, np.int64),
        "needed_row": np.array(needed, np.int64),
        "hears_of": np.array(offsets, np.int64),
        "hears_message": table[:, 0].copy(),
        "hears_row": table[:, 1].copy(),
    }


def _median(column: Column) -> float:
    return float(np.median(column))


def _route(
    scenario: Scenario, skeleton: Skeleton, force: Force, medians: Values
) -> tuple[str, ...]:
    """Ids of the roads of a march: those that are named, or the quickest way."""
    march, outer = force.march, skeleton.field_of
    if march is None or outer[march.origin] == outer[force.place]:
        return ()
    if march.roads:
        _check_way(scenario, skeleton, force, march.roads)
        return march.roads
    roads = {}
    for road in scenario.roads:
        going = _median(medians[f"going.{road.id}"]) if road.going else 1.0
        length = _median(medians[f"distance.{road.id}"]) / max(going, 1e-9)
        pair = frozenset(outer[end] for end in road.between)
        if len(pair) == 2 and (pair not in roads or length < roads[pair][1]):
            roads[pair] = (road.id, length)
    ground = Ground(
        tuple(Place(name) for name in sorted(set(outer.values()))),
        tuple(Road(*sorted(pair), kilometres=length) for pair, (_, length) in roads.items()),
    )
    stops = ground.route(outer[march.origin], outer[force.place], march.mode).places
    return tuple(roads[frozenset(leg)][0] for leg in itertools.pairwise(stops))


def _check_way(
    scenario: Scenario, skeleton: Skeleton, force: Force, names: tuple[str, ...]
) -> None:
    """The roads named lead, one after another, from the origin to the place."""
    outer = skeleton.field_of
    roads = {road.id: tuple(outer[end] for end in road.between) for road in scenario.roads}
    at, goal = outer[force.march.origin if force.march else force.place], outer[force.place]
    for name in names:
        if at not in roads[name]:
            break
        at = roads[name][1] if roads[name][0] == at else roads[name][0]
    if at != goal:
        raise ModelError(
            f"force {force.id}",
            f"its roads lead to {at!r}, not to {goal!r}",
            "roads one after another from the origin to the place",
            "correct `roads`, or leave them out for the quickest way",
        )


def _march_days(force: Force, roads: tuple[str, ...], scenario: Scenario) -> Any:
    """Days on the march: the way over the rate, times the pace of this march."""
    going = {road.id for road in scenario.roads if road.going}
    march = force.march
    mode = march_rate(march.mode if march else "foot")
    own = f"march.{force.id}" if march and march.rate else None

    def days(values: Values) -> Column:
        length = sum(
            (
                values[f"distance.{r}"] / (values[f"going.{r}"] if r in going else 1.0)
                for r in roads
            ),
            0.0,
        )
        if own is not None:
            return length / values[own]
        pace = values.get(pace_name(force.id), 0.5)
        return length / mode.km_per_day * np.exp(np.log(mode.gsd) * special.ndtri(pace))

    return days


def command_arrays(
    scenario: Scenario, skeleton: Skeleton, rows: RowBook, medians: Values
) -> dict[str, Any]:
    """Arrays over messages, decisions and forces, see `kernels.lay_out`.

    Raises
    ------
    ModelError : no road leads a force to its place.
    """
    index = {force.id: o for o, force in enumerate(scenario.forces)}
    marches = {
        force.id: _march_days(force, _route(scenario, skeleton, force, medians), scenario)
        for force in scenario.forces
        if force.march
    }
    sends: list[tuple[int, int]] = []
    offsets = [0]
    ordered: set[str] = set()
    for decision in scenario.decisions:
        stages = _sum_of([f"delay.{decision.id}.{stage.id}" for stage in decision.stages])
        for name in decision.sends:
            if name in marches:
                days = marches[name]
                row = rows.computed(lambda v, s=stages, m=days: s(v) + m(v))
                sends.append((index[name], row))
                ordered.add(name)
        offsets.append(len(sends))
    alone = {name: days for name, days in marches.items() if name not in ordered}
    sends += [(index[name], rows.computed(days)) for name, days in alone.items()]
    table = np.array(sends, np.int64).reshape(-1, 2)
    return {
        **_message_arrays(scenario, skeleton, rows),
        **_decision_arrays(scenario, rows),
        "sends_of": np.array([*offsets, len(sends)], np.int64),
        "sends_force": table[:, 0].copy(),
        "sends_row": table[:, 1].copy(),
    }
