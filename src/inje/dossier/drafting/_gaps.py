"""Gaps: what the document does not say and the model needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inje.dossier._records import Gap
from inje.dossier.drafting._desk import Desk
from inje.dossier.drafting._sides import Side

__all__ = ["gaps_of"]


def gaps_of(desk: Desk, commanders: dict[str, tuple[str, ...]], places: Sequence[str]) -> list[Gap]:
    """Observables of the model on which no claim bears."""
    found = [
        *(gap for side in desk.sides.all for gap in _of_side(desk, side, commanders)),
        *_of_reinforcements(desk),
        *(gap for place in places for gap in _of_place(desk, place)),
    ]
    if desk.chronicle.battle is None:
        found.append(("start", "date of the battle: not stated"))
    return [Gap(id=f"g{k}", about=about, text=text) for k, (about, text) in enumerate(found, 1)]


def _of_side(
    desk: Desk, side: Side, commanders: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    if not any(claim.about == f"strength.{side.key}" for claim in desk.claims):
        yield f"strength.{side.key}", f"strength of {side.name}: not stated"
    losses = [c for c in desk.claims if c.about.startswith(f"losses.{side.key}.")]
    if not losses:
        yield f"losses.{side.key}", f"losses of {side.name}: not stated"
    elif all(c.about.endswith(".killed_or_wounded") for c in losses):
        split = f"how many of {side.name} were killed, how many wounded: not stated"
        yield f"losses.{side.key}.killed", split
    if not commanders.get(side.key):
        yield "", f"commander of {side.name}: not named"


def _of_reinforcements(desk: Desk) -> Iterator[tuple[str, str]]:
    if any(event.label.startswith("reinforcements") for event in desk.events):
        yield "strength.reinforcements", "number of the reinforcements: not stated"
        yield "arrival.reinforcements", "when the reinforcements arrived: not stated"


def _of_place(desk: Desk, place: str) -> Iterator[tuple[str, str]]:
    about = [c for c in desk.claims if c.about.split("@")[0] == f"control.{place}"]
    named = desk.register.all.get(place)
    name = " ".join(named.name.split()) if named else place
    if not about:
        yield f"control.{place}", f"who held {name} at the end: not stated"
    elif any("restored" in (c.anchor.quote if c.anchor else "") for c in about):
        yield f"control.{place}", f"when and how control of {name} was lost: not stated"
