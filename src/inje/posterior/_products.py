"""Products that losses identify where their factors are not.

Losses tell how many were lost, not whether few fought long at a high rate or many shortly at a
low one: rate, enemy strength and days enter as a product. It is often informed where none of the
three is.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from inje.scenario import Engagement, Scenario

__all__ = ["products_of"]

ROLES = ("attacker", "defender")


def products_of(
    scenario: Scenario,
    worlds: Mapping[str, np.ndarray],
    labels: Mapping[str, tuple[str, ...]],
) -> dict[str, np.ndarray]:
    """Rate x enemy strength x days by engagement and side that loses, where worlds have all three.

    Parameters
    ----------
    scenario : gives the engagements. worlds : columns by path, each (n,).
    labels : names of the codes of causes.

    Returns
    -------
    dict from a name to float64 (n,): losses to expect of the side if neither side grew weaker.
    """
    if "duration" not in worlds:
        return {}
    found = {}
    for engagement in scenario.engagements:
        for slot, side in enumerate(engagement.sides):
            enemy = worlds.get(f"strength.{engagement.sides[1 - slot]}")
            rate = _rate(engagement, slot, worlds, labels)
            if rate is not None and enemy is not None:
                name = f"rate x strength x days: {engagement.id}, losses of {side}"
                found[name] = rate * np.asarray(enemy, dtype=float) * worlds["duration"]
    return found


def _rate(
    engagement: Engagement,
    slot: int,
    worlds: Mapping[str, np.ndarray],
    labels: Mapping[str, tuple[str, ...]],
) -> np.ndarray | None:
    """The rate at which a side loses (n,), by its name or by the role that it has."""
    if engagement.law != "square":
        return None
    own = worlds.get(f"rate.{engagement.id}.{engagement.sides[slot]}")
    if own is not None:
        return np.asarray(own, dtype=float)
    roles = [worlds.get(f"rate.{engagement.id}.{role}") for role in ROLES]
    if roles[0] is None or roles[1] is None:
        return None
    attacks = _attacks(engagement, engagement.sides[slot], worlds, labels)
    return None if attacks is None else np.where(attacks, roles[0], roles[1])


def _attacks(
    engagement: Engagement,
    side: str,
    worlds: Mapping[str, np.ndarray],
    labels: Mapping[str, tuple[str, ...]],
) -> np.ndarray | bool | None:
    cause = engagement.attacker or engagement.sides[0]
    if cause in engagement.sides:
        return cause == side
    if cause not in worlds or side not in labels.get(cause, ()):
        return None
    return np.asarray(worlds[cause]) == labels[cause].index(side)
