"""Drafting the chain of command: the report, the order, the force that it sends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inje.dossier import Dossier, Event
from inje.scenario._quantity import Prior, Quantity
from inje.scenario._records import (
    Decision,
    Evidence,
    Force,
    March,
    Message,
    Place,
    Road,
    Stage,
    Trigger,
)

__all__ = ["Command", "command_of"]

_SENT = re.compile(
    r"\b(reinforce\w*|additional (forces?|troops|units|men)|fresh (troops|forces)|relief (force|"
    r"army|column))\b",
    re.IGNORECASE,
)
#: the rear that a document does not name
REAR = "rear"


@dataclass(frozen=True)
class Command:
    """What the draft adds for reinforcements; all empty when the record names none."""

    forces: tuple[Force, ...] = ()
    places: tuple[Place, ...] = ()
    roads: tuple[Road, ...] = ()
    messages: tuple[Message, ...] = ()
    decisions: tuple[Decision, ...] = ()


def _sending_events(dossier: Dossier, sides: tuple[str, ...]) -> dict[str, Event]:
    """The first event of each side in which reinforcements are sent."""
    side_of = {entity.id: entity.side for entity in dossier.entities}
    found: dict[str, Event] = {}
    for event in dossier.events:
        if event.background or not (_SENT.search(event.label) or event.id.startswith("reinforc")):
            continue
        named = [
            side_of.get(who) or who for who in (*event.participants, *_order_giver(dossier, event))
        ]
        side = next((name for name in named if name in sides), None)
        if side is not None:
            found.setdefault(side, event)
    return found


def _order_giver(dossier: Dossier, event: Event) -> tuple[str, ...]:
    """Who gave the last order before an event: "under his command" names nobody."""
    if event.anchor is None:
        return ()
    here = event.anchor
    orders = [
        claim
        for claim in dossier.claims
        if claim.kind == "order"
        and claim.anchor is not None
        and claim.anchor.document == here.document
        and claim.anchor.start < here.end
    ]
    last = max(orders, key=lambda claim: claim.anchor.start if claim.anchor else 0, default=None)
    return last.holders[-1:] if last else ()


def _assumed(family: str, why: str, unit: str = "", **parameters: float) -> Quantity:
    prior = Prior.model_validate({"family": family, **parameters})
    return Quantity(prior=prior, unit=unit, assumed=why)


def _delay(hours: float, sigma: float, why: str) -> Quantity:
    return _assumed("lognormal", why, "days", median=hours / 24, sigma=sigma)


def command_of(
    dossier: Dossier, sides: tuple[str, ...], field: str, engagement: str, year: int | None
) -> Command:
    """Reinforcements of every side that the record says sent some.

    Parameters
    ----------
    sides : side ids, as far as they have a force at the field from the start.
    field, engagement : ids of the place and the engagement that they march to.
    year : for the mode of march; trucks from 1935 on.
    """
    events = _sending_events(dossier, sides)
    if not events:
        return Command()
    distance = _assumed(
        "lognormal",
        "the document does not say whence the additional forces came",
        "km",
        median=60.0,
        sigma=0.8,
    )
    return Command(
        forces=tuple(_force(side, event, field, year) for side, event in events.items()),
        places=(Place(id=REAR, name="the rear (not named in the document)"),),
        roads=(Road(id="way", between=(REAR, field), distance=distance),),
        messages=tuple(_report(side, engagement) for side in events),
        decisions=tuple(_decision(side) for side in events),
    )


def _force(side: str, event: Event, field: str, year: int | None) -> Force:
    strength = Quantity(
        prior=Prior(
            family="lognormal",
            median=0.5,
            sigma=0.9,
            low=1.0,
            high=2e9,
            derives_from={f"strength.{side}-force": 1.0},
        ),
        whole=True,
        unit="people",
        claims=event.claims,
        assumed="their number is not given: half of those there, give or take a factor of six",
    )
    return Force(
        id=f"{side}-reinforcements",
        side=side,
        name=event.label,
        strength=strength,
        place=field,
        march=March(origin=REAR, mode="truck" if (year or 0) >= 1935 else "foot"),
    )


def _report(side: str, engagement: str) -> Message:
    why = "a field report by courier or wire within hours; no source for this battle"
    return Message(
        id=f"{side}-report",
        name="report of the attack",
        trigger=Trigger(on="attack", engagement=engagement),
        stages=(
            Stage(id="compose", delay=_delay(3, 0.7, why)),
            Stage(id="transmit", delay=_delay(6, 0.9, why)),
        ),
    )


def _decision(side: str) -> Decision:
    why = "belief and payoffs of the leader are not in the record"
    return Decision(
        id=f"{side}-order",
        name="order to send additional forces",
        side=side,
        on=(f"{side}-report",),
        belief=_assumed("uniform", why, low=0.1, high=0.9),
        evidence={
            f"{side}-report": Evidence(
                if_serious=_assumed("uniform", why, low=0.6, high=1.0),
                if_not=_assumed("uniform", why, low=0.1, high=0.7),
            )
        },
        gain=Quantity(value=1.0, assumed="the unit of the leader's payoff"),
        cost=_assumed("uniform", why, low=0.1, high=0.7),
        precision=_assumed("lognormal", why, median=5.0, sigma=0.6),
        stages=(
            Stage(id="decide", delay=_delay(6, 0.9, "a night's council; no source")),
            Stage(id="prepare", delay=_delay(12, 0.8, "half a day to assemble; no source")),
        ),
        sends=(f"{side}-reinforcements",),
    )
