"""A scenario made ready for the kernels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inje.errors import OptionError
from inje.kernels import (
    CROWDED,
    HAZARD,
    LINEAR,
    Outcome,
    Rows,
    fight_worlds,
    fresh_outcome,
    lay_out,
    name_key,
    sweep_worlds,
    table,
)
from inje.packing._clock import horizon_of, ticks_of
from inje.packing._drawing import ACCOUNT, Drawing, draw_values, drawing_of, hidden_uniform
from inje.packing._engagements import (
    attacker_row,
    channel_arrays,
    engagement_arrays,
    window_arrays,
)
from inje.packing._fields import Skeleton, skeleton_of
from inje.packing._keys import checked_renewals
from inje.packing._orders import choice_name, command_arrays, pace_name
from inje.packing._rows import Column, Recipe, RowBook, Values, fill_rows
from inje.scenario import Scenario, parameters

__all__ = ["Packed", "fight", "given_paths", "pack", "values_of"]

Words = NDArray[np.uint64]


@dataclass(frozen=True)
class Packed:
    """A scenario as arrays.

    Attributes
    ----------
    scenario : what was packed. skeleton : what stands where.
    words : what the kernels read. recipes : what each row of numbers holds.
    hidden : addresses drawn beside the parameters: choices and paces.
    snapshots : days at which losses and control are written down; the end is the last.
    renewals : days at which fortunes are renewed, see `Keys`.
    side_by_side : whether nothing but losses and dated arrivals can change the battle, so that
        many worlds can be fought at once.
    """

    scenario: Scenario
    skeleton: Skeleton
    words: NDArray[np.int64]
    recipes: tuple[Recipe, ...]
    hidden: tuple[str, ...]
    snapshots: tuple[float, ...]
    renewals: tuple[float, ...]
    side_by_side: bool

    @cached_property
    def legs(self) -> NDArray[np.float64]:
        """When each leg between renewals ends, in days."""
        return np.array([*self.renewals, self.snapshots[-1]])

    @cached_property
    def given(self) -> frozenset[str]:
        """Paths of what worlds are made of, see `given_paths`."""
        return given_paths(self.scenario)

    @cached_property
    def drawing(self) -> Drawing:
        """What is drawn for each world."""
        return drawing_of(self.scenario)


def given_paths(scenario: Scenario) -> frozenset[str]:
    """Paths of what worlds are made of: parameters, causes, and the account."""
    account = [ACCOUNT] if scenario.accounts else []
    return frozenset({*parameters(scenario), *scenario.causes, *account})


def _medians(scenario: Scenario) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for path, quantity in drawing_of(scenario).quantities.items():
        others = quantity.prior.derives_from if quantity.prior else ()
        given = {name: np.asarray(found[name]) for name in others}
        found[path] = float(quantity.quantile(np.array(0.5), given))
    return found


def _stream(skeleton: Skeleton, at: str) -> int:
    """Key of a field's stream: the names of its engagements, or of the place without any."""
    names = sorted(e.id for e in skeleton.engagements if skeleton.field_of[e.place] == at)
    return name_key("engagement." + "+".join(names) if names else f"place.{at}")


def _holder_row(scenario: Scenario, skeleton: Skeleton, at: str, rows: RowBook) -> int:
    """Row of the side that holds a field at the start, -1 for none."""
    holder = next(place.holder for place in scenario.places if place.id == at)
    if holder is None:
        return -1
    if holder != "defender":
        return rows.constant(skeleton.sides.index(holder))
    here = [e for e in skeleton.engagements if skeleton.field_of[e.place] == at]
    if not here:
        return -1
    slot = rows.recipes[attacker_row(here[0], scenario, rows)]
    defending = np.array([float(skeleton.sides.index(side)) for side in reversed(here[0].sides)])
    if isinstance(slot, float):
        return rows.constant(defending[int(slot)])

    def defender(values: Values) -> Column:
        code = slot(values) if callable(slot) else values[slot]
        return defending[np.asarray(code, dtype=int)]

    return rows.computed(defender)


def _offsets(names: list[str], fields: tuple[str, ...]) -> NDArray[np.int64]:
    counts = [sum(name == at for name in names) for at in fields]
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _ground_arrays(scenario: Scenario, skeleton: Skeleton, rows: RowBook) -> dict[str, Any]:
    """Arrays over fields, groups and forces."""
    places = [skeleton.field_of[e.place] for e in skeleton.engagements]
    holders = [_holder_row(scenario, skeleton, at, rows) for at in skeleton.fields]
    strengths = [rows.parameter(f"strength.{force.id}") for force in scenario.forces]
    return {
        "field_key": np.array([_stream(skeleton, at) for at in skeleton.fields], np.uint64),
        "holder_row": np.array(holders, np.int64),
        "engagements_of": _offsets(places, skeleton.fields),
        "groups_of": _offsets([at for at, _, _ in skeleton.groups], skeleton.fields),
        "group_side": np.array([skeleton.sides.index(s) for _, s, _ in skeleton.groups], np.int64),
        "force_group": np.array(skeleton.force_group, np.int64),
        "force_row": np.array(strengths, np.int64),
        "present": np.array([int(force.march is None) for force in scenario.forces], np.int64),
    }


def _side_by_side(
    scenario: Scenario,
    arrays: dict[str, Any],
    moments: tuple[float, ...],
    medians: Mapping[str, Column],
) -> bool:
    """Whether nothing but losses and dated arrivals can change the battle, of no more people
    than fight side by side in the middling world.
    """
    people = sum(float(medians[f"strength.{force.id}"]) for force in scenario.forces)
    arms = [int((arrays["channel_slot"] == slot).sum()) for slot in (0, 1)]
    return (
        people <= CROWDED
        and len(arrays["field_key"]) == 1
        and list(arrays["form"]) == [LINEAR]
        and not (arrays["channel_kind"] == HAZARD).any()
        and arrays["begin_row"][0] < 0
        and arrays["end_row"][0] < 0
        and not arrays["rally"].any()
        and max(arms) <= 3
        and min(arms) >= 1
        and sum(arms) == len(arrays["group_side"])
        and all(message.trigger.on == "day" for message in scenario.messages)
        and len(moments) == 1
    )


def pack(
    scenario: Scenario, snapshots: tuple[float, ...] = (), renewals: Sequence[float] = ()
) -> Packed:
    """A scenario as arrays.

    Parameters
    ----------
    snapshots : days since the start at which losses and control are written down.
    renewals : days since the start at which fortunes are renewed, see `Keys`.

    Raises
    ------
    OptionError : renewals that do not ascend between the start and the end.
    ModelError : the scenario cannot be fought: a place that no road reaches, a rate that is
        missing, overlapping phases, laws that cannot meet.
    """
    rows, skeleton = RowBook(), skeleton_of(scenario)
    horizon = horizon_of(scenario.clock)
    renewed = checked_renewals(renewals, horizon)
    here = {
        at: tuple(e for e in skeleton.engagements if skeleton.field_of[e.place] == at)
        for at in skeleton.fields
    }
    ticks = {at: ticks_of(scenario, here[at], renewed) for at in skeleton.fields}
    engaged = engagement_arrays(scenario, skeleton, rows)
    medians = _medians(scenario)
    arrays = {
        "n_sides": len(skeleton.sides),
        **_ground_arrays(scenario, skeleton, rows),
        **engaged,
        **window_arrays(skeleton, ticks, rows),
        **channel_arrays(skeleton, engaged, rows),
        **command_arrays(scenario, skeleton, rows, medians),
    }
    moments = tuple(sorted({*snapshots, horizon}))
    words = lay_out(arrays, np.array(moments), horizon, len(rows.recipes))
    hidden = [choice_name(decision.id) for decision in scenario.decisions]
    hidden += [
        pace_name(force.id)
        for force in scenario.forces
        if force.march and not force.march.rate and force.march.origin != force.place
    ]
    together = _side_by_side(scenario, arrays, moments, medians)
    recipes = tuple(rows.recipes)
    together = together and not renewed
    return Packed(scenario, skeleton, words, recipes, tuple(hidden), moments, renewed, together)


def values_of(
    packed: Packed,
    seed: int,
    worlds: Words,
    keys: Words,
    given: Mapping[str, Column],
    overrides: Mapping[str, float | str],
) -> dict[str, Column]:
    """Parameters, causes and hidden draws of worlds by path; see `draw_values`.

    worlds : addresses of the parameters. keys : addresses of everything else.
    """
    scenario = packed.scenario
    decided = {f"decision.{d.id}": choice_name(d.id) for d in scenario.decisions}
    rest = {path: value for path, value in overrides.items() if path not in decided}
    values = draw_values(packed.drawing, seed, worlds, given, rest)
    for name in packed.hidden:
        values[name] = hidden_uniform(seed, keys, name)
    for path, name in decided.items():
        if path in overrides:
            values[name] = _forced(path, overrides[path])
    return values


def _forced(path: str, value: float | str) -> float:
    """The draw that makes a leader send, or not."""
    if value in ("send", 1, True):
        return 0.0
    if value in ("hold", 0, False):
        return 1.0
    raise OptionError(path, repr(value), "send, hold", "say which")


def fight(
    packed: Packed,
    values: Values,
    seed: int,
    keys: Words,
    *,
    losses_only: bool = False,
    room: Outcome | None = None,
) -> Outcome:
    """Fight worlds with these values; `keys` are the addresses of their fortunes, in each leg.

    They are (W, L), or (W,) where fortunes are not renewed.

    With `losses_only` nothing but the losses at the end is written where worlds can be fought side
    by side. `room` of the right size, from worlds that nobody asks for any more, is written over.
    """
    rows = fill_rows(packed.recipes, values, len(keys))
    address, bare = np.uint64(seed), losses_only and packed.side_by_side
    outcome = fresh_outcome(packed.words, len(keys), losses_only=bare, room=room)
    legs = keys.reshape(len(keys), len(packed.legs))
    if not bare:
        fight_worlds(packed.words, rows, table(), address, legs, packed.legs, *outcome)
        return outcome
    keys = np.ascontiguousarray(legs[:, 0])
    left = np.empty(len(keys), np.int64)
    rest = left[: sweep_worlds(packed.words, rows, table(), address, keys, outcome.counts, left)]
    if len(rest):
        some = Rows(rows.alike, rows.own, np.ascontiguousarray(rows.varying[:, rest]))
        whole = fresh_outcome(packed.words, len(rest))
        fight_worlds(packed.words, some, table(), address, legs[rest], packed.legs, *whole)
        outcome.counts[:, rest] = whole.counts[: len(outcome.counts)]
    return outcome
