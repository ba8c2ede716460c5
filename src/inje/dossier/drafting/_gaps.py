"""Gaps: what the document does not say and the model needs."""

from __future__ import annotations

from collections.abc import Sequence

from inje.dossier._records import Claim, Gap
from inje.dossier.drafting._desk import Desk

__all__ = ["gaps_of"]


def gaps_of(desk: Desk, commanders: dict[str, tuple[str, ...]], places: Sequence[str]) -> list[Gap]:
    """Observables of the model on which no claim bears."""
    gaps: list[Gap] = []

    def gap(about: str, text: str) -> None:
        gaps.append(Gap(id=f"g{len(gaps) + 1}", about=about, text=text))

    for side in desk.sides.all:
        if not _claimed(desk.claims, f"strength.{side.key}"):
            gap(f"strength.{side.key}", f"strength of {side.name}: not stated")
        losses = [c for c in desk.claims if c.about.startswith(f"losses.{side.key}")]
        if not losses:
            gap(f"losses.{side.key}", f"losses of {side.name}: not stated")
        elif all(c.about.endswith(".killed_or_wounded") for c in losses):
            gap(
                f"losses.{side.key}.killed",
                f"how many of {side.name} were killed, how many wounded",
            )
        if not commanders.get(side.key):
            gap("", f"commander of {side.name}: not named")
    for event in desk.events:
        if event.label.startswith("reinforcements"):
            gap("strength.reinforcements", "number of the reinforcements: not stated")
            gap("arrival.reinforcements", "when the reinforcements arrived: not stated")
            break
    for place in places:
        about = [c for c in desk.claims if c.about.startswith(f"control.{place}")]
        if not about:
            gap(f"control.{place}", f"who held {place} at the end: not stated")
        elif any("restored" in (c.anchor.quote if c.anchor else "") for c in about):
            gap(f"control.{place}", f"when and how control of {place} was lost: not stated")
    if desk.chronicle.battle is None:
        gap("start", "date of the battle: not stated")
    return gaps


def _claimed(claims: Sequence[Claim], about: str) -> bool:
    return any(claim.about == about for claim in claims)
