"""One world fought again, event by event, equal to the world that was weighed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inje.ensemble._simulation import Override, check_address
from inje.errors import InjeError, OptionError
from inje.packing import (
    KEYS,
    Fought,
    Keys,
    default_paths,
    fight,
    happenings,
    plan_paths,
    values_of,
)
from inje.scenario import Scenario
from inje.tables import in_markdown, shown

__all__ = ["Event", "Replay", "replay_world"]


@dataclass(frozen=True)
class Event:
    """Something that happened in a world.

    Attributes
    ----------
    time : days since the start. kind : loss, breaking_off, destroyed, arrival, fighting,
        control, report or order. side, place, force, message, decision : ids, or empty.
    loss : kind of a loss, or empty where the model gives no shares.
    """

    time: float
    kind: str
    side: str = ""
    place: str = ""
    force: str = ""
    message: str = ""
    decision: str = ""
    loss: str = ""

    def as_json(self) -> dict[str, Any]:
        """The event without its empty parts."""
        return {name: value for name, value in vars(self).items() if value != ""}


@dataclass(frozen=True)
class Replay:
    """A world with all its events, in order of time.

    Attributes
    ----------
    scenario : the model. seed, world : the address.
    values : observables and parameters of the world, by path.
    """

    scenario: Scenario = field(repr=False)
    seed: int
    world: int
    events: tuple[Event, ...] = field(repr=False)
    values: Mapping[str, float] = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        """The whole replay, ready for JSON; what never happened is null."""
        values = {path: v if math.isfinite(v) else None for path, v in self.values.items()}
        return {
            "seed": self.seed,
            "world": self.world,
            "values": values,
            "events": [event.as_json() for event in self.events],
        }

    def _repr_html_(self) -> str:
        losses = [event for event in self.events if event.kind == "loss"]
        size = f"World {self.world:,} of seed {self.seed}: {len(losses):,} losses, one by one."
        rows = (
            (f"{event.time:.2f}", event.kind.replace("_", " "), event.side,
             event.place or event.force or event.message or event.decision)
            for event in self.events
            if event.kind != "loss"
        )  # fmt: skip
        return shown(self.scenario.title, (size,), ("day", "what", "side", "where or who"), rows)

    def _repr_markdown_(self) -> str:
        return in_markdown(self._repr_html_())


def _one(column: NDArray[np.generic] | float) -> float:
    return float(np.ravel(np.asarray(column))[0])


def replay_world(
    scenario: Scenario,
    *,
    world: int,
    seed: int = 1,
    parameters: Mapping[str, float] | None = None,
    key: int | Sequence[int] | None = None,
    renewals: Sequence[float] = (),
    overrides: Mapping[str, Override] | None = None,
) -> Replay:
    """Fight one world again and write down everything that happens.

    Parameters
    ----------
    world, seed : its address. parameters : numbers that are not drawn (of a stored particle).
    key : the address of its fortunes, where it is not the world's number; or 3 + R addresses, of
        its choices, its fortunes at first, its marks, and its fortunes after each renewal.
    renewals : (R,) days since the start at which its fortunes are renewed.
    overrides : as in `simulate_worlds`.

    Raises
    ------
    OptionError : an address or renewals out of range.
    InjeError : the replay is not the world that was weighed; this would be a fault of inje.
    """
    check_address(1, seed, world)
    plan = plan_paths(scenario, default_paths(scenario), renewals)
    worlds = np.array([world], np.uint64)
    own = np.array([world if key is None else key], np.uint64)
    if own.shape[1:] not in {(KEYS + len(renewals),), *([()] if not renewals else [])}:
        raise OptionError(
            "key", f"{own[0].size} addresses", f"{KEYS + len(renewals)}", "one for each block"
        )
    keys = Keys.of(own)
    given = {path: np.array([value]) for path, value in (parameters or {}).items()}
    values = values_of(plan.packed, seed, worlds, keys.choices, given, dict(overrides or {}))
    block = Fought(plan.packed, values, fight(plan.packed, values, seed, keys.fortunes), seed, keys)
    events = tuple(Event(**happening) for happening in happenings(block))
    for side in plan.packed.skeleton.sides:
        told = sum(event.kind == "loss" and event.side == side for event in events)
        weighed = int(_one(block.lost_of_side(side, block.snapshots - 1)))
        if told != weighed:
            msg = f"world {world}: {told} losses of {side} replayed, {weighed} weighed; report it"
            raise InjeError(msg)
    read = {path: _one(reader(block)) for path, reader in plan.readers.items()}
    return Replay(scenario, seed, world, events, read)
