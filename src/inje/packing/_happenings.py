"""Everything that happens in one world, in the words of the scenario."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from inje.kernels import NaiveWorld, Record
from inje.packing._fields import law_of
from inje.packing._reading import Fought, shares_of
from inje.packing._rows import fill_rows
from inje.scenario import KINDS_OF_LOSS

__all__ = ["happenings"]


def happenings(fought: Fought) -> list[dict[str, Any]]:
    """Events of a block of one world by the naive twin, in order of time."""
    packed = fought.packed
    row = fill_rows(packed.recipes, fought.values, 1).of_world(0).tolist()
    laws = [(law.rate, law.bound) for law in map(law_of, packed.skeleton.engagements)]
    fortunes = fought.keys.fortunes[0].tolist()
    world = NaiveWorld(packed.words, row, laws, fought.seed, fortunes, packed.legs.tolist())
    horizon = packed.snapshots[-1]
    records = [record for record in world.fight() if record.time <= horizon]
    fallen = {g: _in_order(fought, g) for g in range(len(packed.skeleton.groups))}
    return [_told(fought, record, fallen) for record in records]


def _in_order(fought: Fought, group: int) -> Iterator[dict[str, str]]:
    """Force and kind of each loss of a group, in order."""
    total = int(fought.lost_of_group(group, fought.snapshots - 1)[0])
    marked = fought.marks(group, np.arange(total + 1)[:, None])[..., 0]
    shared = shares_of(fought.packed, group) is not None
    for o, kind in (np.argwhere(step)[0] for step in np.moveaxis(np.diff(marked), -1, 0)):
        force = fought.packed.scenario.forces[fought.forces_of(group)[o]].id
        yield {"force": force, "loss": KINDS_OF_LOSS[kind]} if shared else {"force": force}


def _told(
    fought: Fought, record: Record, fallen: dict[int, Iterator[dict[str, str]]]
) -> dict[str, Any]:
    """An event in the words of the scenario."""
    packed, skeleton = fought.packed, fought.packed.skeleton
    event: dict[str, Any] = {"time": record.time, "kind": record.kind}
    if record.side >= 0:
        event["side"] = skeleton.sides[record.side]
    if record.field >= 0:
        event["place"] = skeleton.fields[record.field]
    if record.kind == "loss":
        event |= next(fallen[record.group])
    elif record.kind == "arrival":
        event["force"] = packed.scenario.forces[record.index].id
    elif record.kind == "report":
        event["message"] = packed.scenario.messages[record.index].id
    elif record.kind == "order":
        event["decision"] = packed.scenario.decisions[record.index].id
    return event
