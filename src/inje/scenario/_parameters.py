"""The parameters of a scenario: every quantity by its path, in an order that allows drawing.

A parameter's path is the key of its randomness: two scenarios that share a path share its
draws, which is what makes a what-if the same world with one cause changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from inje.errors import ModelError
from inje.scenario._quantity import Quantity
from inje.scenario._records import Decision, Engagement, Scenario

__all__ = ["derivation_faults", "drawing_order", "parameters"]


def _of_engagement(engagement: Engagement) -> Iterator[tuple[str, Quantity]]:
    name = engagement.id
    for who, rate in engagement.rates.items():
        yield f"rate.{name}.{who}", rate
    for key, quantity in engagement.law_parameters.items():
        yield f"law.{name}.{key}", quantity
    for key in ("begins", "ends", "night"):
        quantity = getattr(engagement, key)
        if quantity is not None:
            yield f"{key}.{name}", quantity
    for phase in engagement.phases:
        yield f"intensity.{name}.{phase.id}", phase.intensity
        for side, quantity in phase.upon.items():
            yield f"intensity.{name}.{phase.id}.{side}", quantity
    for side, kinds in engagement.shares.items():
        for kind, quantity in kinds.items():
            yield f"share.{name}.{side}.{kind}", quantity
    for side, rule in engagement.breaking_off.items():
        for key in ("h0", "a", "c", "at_strength"):
            quantity = getattr(rule, key)
            if quantity is not None:
                yield f"hazard.{name}.{side}.{key}", quantity


def _of_decision(decision: Decision) -> Iterator[tuple[str, Quantity]]:
    name = decision.id
    for key in ("belief", "gain", "cost", "precision"):
        yield f"{key}.{name}", getattr(decision, key)
    for message, evidence in decision.evidence.items():
        yield f"evidence.{name}.{message}.if_serious", evidence.if_serious
        yield f"evidence.{name}.{message}.if_not", evidence.if_not
    for stage in decision.stages:
        yield f"delay.{name}.{stage.id}", stage.delay


def parameters(scenario: Scenario) -> dict[str, Quantity]:
    """Every quantity of a scenario by its path, in the order of the file."""
    found: dict[str, Quantity] = {}
    for force in scenario.forces:
        found[f"strength.{force.id}"] = force.strength
        if force.march and force.march.rate:
            found[f"march.{force.id}"] = force.march.rate
    for road in scenario.roads:
        found[f"distance.{road.id}"] = road.distance
        if road.going:
            found[f"going.{road.id}"] = road.going
    for engagement in scenario.engagements:
        found.update(_of_engagement(engagement))
    for message in scenario.messages:
        if message.trigger.day:
            found[f"day.{message.id}"] = message.trigger.day
        for stage in message.stages:
            found[f"delay.{message.id}.{stage.id}"] = stage.delay
    for decision in scenario.decisions:
        found.update(_of_decision(decision))
    return found


def drawing_order(quantities: dict[str, Quantity]) -> tuple[str, ...]:
    """Paths so ordered that each comes after those it derives from.

    Raises
    ------
    ModelError : a quantity derives from one that does not exist, or from itself in a cycle.
    """
    for fault in derivation_faults(quantities):
        raise fault
    order: dict[str, None] = {}

    def visit(path: str) -> None:
        if path not in order:
            for other in _derived_from(quantities[path]):
                visit(other)
            order[path] = None

    for path in quantities:
        visit(path)
    return tuple(order)


def derivation_faults(quantities: dict[str, Quantity]) -> Iterator[ModelError]:
    """Each quantity that derives from one that does not exist, and each circle, once.

    `where` of a fault is the path of the quantity that has it.
    """
    for path, quantity in quantities.items():
        for other in _derived_from(quantity):
            if other not in quantities:
                yield ModelError(
                    path,
                    f"derives_from names {other!r}, which is no quantity of this scenario",
                    ", ".join(get_close_matches(other, quantities, 3) or sorted(quantities)[:12]),
                    "correct the path",
                )
    done: set[str] = set()

    def circles(path: str, chain: tuple[str, ...]) -> Iterator[ModelError]:
        if path in chain:
            cycle = " -> ".join((*chain[chain.index(path) :], path))
            yield ModelError(
                path,
                f"derives_from goes in a circle: {cycle}",
                "quantities that derive from others without a cycle",
                "remove one of these links",
            )
        elif path not in done and path in quantities:
            for other in _derived_from(quantities[path]):
                yield from circles(other, (*chain, path))
            done.add(path)

    for path in quantities:
        yield from circles(path, ())


def _derived_from(quantity: Quantity) -> tuple[str, ...]:
    return tuple(quantity.prior.derives_from) if quantity.prior else ()
