"""Engagements as arrays: laws, coefficients, windows, hazards and channels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from inje.errors import ModelError
from inje.kernels import HAZARD, LINEAR, LOSS, NO_FIGHTING, TOTALS, address_of
from inje.packing._clock import phase_at
from inje.packing._fields import Skeleton, law_of
from inje.packing._rows import RowBook
from inje.scenario import Engagement, Scenario

__all__ = ["attacker_row", "channel_arrays", "engagement_arrays", "window_arrays"]

ROLES = ("attacker", "defender")
Tick = tuple[float, float, bool]


def attacker_row(engagement: Engagement, scenario: Scenario, rows: RowBook) -> int:
    """Row of the slot of the side that attacks; the first side where nothing is said."""
    name = engagement.attacker
    if name is None or name in engagement.sides:
        return rows.constant(engagement.sides.index(name) if name else 0)
    options = tuple(scenario.causes[name].options)
    for option in options:
        if option not in engagement.sides:
            raise ModelError(
                f"engagement {engagement.id}",
                f"the cause {name!r} can be {option!r}, which is no side of it",
                " or ".join(engagement.sides),
                "let the options be sides",
            )
    slots = np.array([float(engagement.sides.index(option)) for option in options])
    return rows.computed(lambda values: slots[np.asarray(values[name], dtype=int)])


def _keyed(engagement: Engagement, slot: int, role: int) -> tuple[str, str]:
    """The keys under which a side may be named, by id and by role."""
    return engagement.sides[slot], ROLES[role]


def _coefficient(engagement: Engagement, slot: int, role: int, rows: RowBook) -> int:
    for key in _keyed(engagement, slot, role):
        if key in engagement.rates:
            return rows.parameter(f"rate.{engagement.id}.{key}")
    if any(key.count(".") == 2 for key in engagement.rates):
        return rows.constant(0.0)  # a matrix over arms: its links hold the coefficients
    raise ModelError(
        f"engagement {engagement.id}",
        f"no loss rate for {engagement.sides[slot]!r} as {ROLES[role]}",
        ", ".join((*engagement.sides, *ROLES)),
        "add a rate",
    )


def _law_slots(engagement: Engagement, slot: int, role: int, rows: RowBook) -> list[int]:
    """Rows of p0 .. p3; a parameter may be given for one side or one role alone."""
    law = law_of(engagement)
    found = []
    for parameter in law.parameters:
        names = [f"{key}.{parameter.name}" for key in _keyed(engagement, slot, role)]
        name = next((n for n in (*names, parameter.name) if n in engagement.law_parameters), None)
        if name is None:
            found.append(rows.constant(parameter.default))
        else:
            found.append(rows.parameter(f"law.{engagement.id}.{name}"))
    return found + [rows.constant(0.0)] * (4 - len(found))


def _check_law_parameters(engagement: Engagement) -> None:
    law = law_of(engagement)
    allowed = {parameter.name: parameter for parameter in law.parameters}
    for key, quantity in engagement.law_parameters.items():
        who, _, name = key.rpartition(".")
        if name not in allowed or (who and who not in (*engagement.sides, *ROLES)):
            raise ModelError(
                f"engagement {engagement.id}, law {law.name}",
                f"parameter {key!r}",
                ", ".join(allowed) or "none",
                "correct the name; a side's own is written side.name",
            )
        if quantity.value is not None:
            law.values({name: quantity.value})


def _hazards(engagement: Engagement, slot: int, role: int, rows: RowBook) -> tuple[list[int], int]:
    """Rows of h0, a, c and breakpoint, -1 for none; whether the side rallies."""
    for key in _keyed(engagement, slot, role):
        rule = engagement.breaking_off.get(key)
        if rule is None:
            continue
        name = f"hazard.{engagement.id}.{key}"
        found = [-1, -1, -1, -1]
        if rule.h0 is not None:
            found[0] = rows.parameter(f"{name}.h0")
            for i, part in ((1, "a"), (2, "c")):
                given = getattr(rule, part) is not None
                found[i] = rows.parameter(f"{name}.{part}") if given else rows.constant(0.0)
        if rule.at_strength is not None:
            found[3] = rows.parameter(f"{name}.at_strength")
        return found, int(rule.afterwards == "rally")
    return [-1, -1, -1, -1], 0


def engagement_arrays(scenario: Scenario, skeleton: Skeleton, rows: RowBook) -> dict[str, Any]:
    """Arrays over engagements, see `kernels.lay_out`."""
    found: dict[str, list[Any]] = {
        name: []
        for name in (
            "sides form rate bound law_rows coefficient_rows attacker_row begin_row end_row "
            "night_row hazard_rows rally timed"
        ).split()
    }
    both = [(slot, role) for slot in (0, 1) for role in (0, 1)]
    for engagement in skeleton.engagements:
        _check_law_parameters(engagement)
        law = law_of(engagement)
        linear = law.arms or law.name == "square"
        hazards = [_hazards(engagement, slot, role, rows) for slot, role in both]
        found["sides"].append([skeleton.sides.index(side) for side in engagement.sides])
        found["form"].append(LINEAR if linear else TOTALS)
        found["rate"].append(0 if linear else address_of(law.rate))
        found["bound"].append(0 if linear else address_of(law.bound, bound=True))
        found["law_rows"].append([_law_slots(engagement, s, r, rows) for s, r in both])
        found["coefficient_rows"].append([_coefficient(engagement, s, r, rows) for s, r in both])
        found["attacker_row"].append(attacker_row(engagement, scenario, rows))
        for key, array in (("begins", "begin_row"), ("ends", "end_row"), ("night", "night_row")):
            given = getattr(engagement, key) is not None
            found[array].append(rows.parameter(f"{key}.{engagement.id}") if given else -1)
        found["hazard_rows"].append([hazard for hazard, _ in hazards])
        found["rally"].append([rally for _, rally in hazards])
        found["timed"].append(int(law.timed))
    n = len(skeleton.engagements)
    shapes = {"sides": (n, 2), "law_rows": (n, 2, 2, 4), "coefficient_rows": (n, 2, 2)}
    shapes |= {"hazard_rows": (n, 2, 2, 4), "rally": (n, 2, 2)}
    kinds = {"rate": np.uint64, "bound": np.uint64}
    return {
        name: np.array(array, dtype=kinds.get(name, np.int64)).reshape(shapes.get(name, (n,)))
        for name, array in found.items()
    }


def window_arrays(
    skeleton: Skeleton, ticks: dict[str, tuple[Tick, ...]], rows: RowBook
) -> dict[str, Any]:
    """What each tick means for each engagement: rows of intensity and posture, darkness."""
    flat = [(at, tick) for at in skeleton.fields for tick in ticks[at]]
    n = len(skeleton.engagements)
    window = np.full((len(flat), n), NO_FIGHTING, np.int64)
    upon = np.full((len(flat), n, 2), -1, np.int64)
    for e, engagement in enumerate(skeleton.engagements):
        for k, (at, (start, end, _)) in enumerate(flat):
            if at != skeleton.field_of[engagement.place]:
                continue
            phase = phase_at(engagement, (start + end) / 2)
            if phase is None:
                window[k, e] = -1 if not engagement.phases else NO_FIGHTING
                continue
            name = f"intensity.{engagement.id}.{phase.id}"
            window[k, e] = rows.parameter(name)
            for slot, side in enumerate(engagement.sides):
                if side in phase.upon:
                    upon[k, e, slot] = rows.parameter(f"{name}.{side}")
    return {
        "ticks_of": _offsets(len(ticks[at]) for at in skeleton.fields),
        "tick_end": np.array([tick[1] for _, tick in flat]),
        "night": np.array([int(tick[2]) for _, tick in flat], np.int64),
        "window": window,
        "upon_rows": upon,
    }


def _offsets(counts: Iterator[int]) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(list(counts))]).astype(np.int64)


def _link_rows(
    engagement: Engagement, slot: int, arms: tuple[str, str], rows: RowBook
) -> list[int]:
    """Rows, by role, of what each enemy of one group costs the people of another."""
    own, enemy = arms
    found = []
    for role in (0, 1):
        names = [f"{key}.{own}.{enemy}" for key in _keyed(engagement, slot, role)]
        name = next((n for n in names if n in engagement.rates), None)
        if name is not None:
            found.append(rows.parameter(f"rate.{engagement.id}.{name}"))
        else:
            found.append(_coefficient(engagement, slot, role, rows))
    return found


def channel_arrays(skeleton: Skeleton, arrays: dict[str, Any], rows: RowBook) -> dict[str, Any]:
    """Channels of each field: losses of each group, hazards of each side that may break off."""
    channels: list[tuple[int, int, int, int]] = []
    links: list[list[tuple[int, list[int]]]] = []
    per_field = []
    for at in skeleton.fields:
        before = len(channels)
        for e, engagement in enumerate(skeleton.engagements):
            if skeleton.field_of[engagement.place] != at:
                continue
            for slot in (0, 1):
                own, enemy = engagement.sides[slot], engagement.sides[1 - slot]
                for g, (place, side, arm) in enumerate(skeleton.groups):
                    if (place, side) != (at, own):
                        continue
                    channels.append((LOSS, e, slot, g))
                    facing = [
                        (h, _link_rows(engagement, slot, (arm, other), rows))
                        for h, (field, foe, other) in enumerate(skeleton.groups)
                        if (field, foe) == (at, enemy)
                    ]
                    links.append(facing if arrays["form"][e] == LINEAR else [])
            for slot in (0, 1):
                if arrays["hazard_rows"][e, slot, :, 0].max() >= 0:
                    channels.append((HAZARD, e, slot, -1))
                    links.append([])
        per_field.append(len(channels) - before)
    flat = [link for facing in links for link in facing]
    table = np.array(channels, np.int64).reshape(-1, 4)
    return {
        "channels_of": _offsets(iter(per_field)),
        "channel_kind": table[:, 0].copy(),
        "channel_engagement": table[:, 1].copy(),
        "channel_slot": table[:, 2].copy(),
        "channel_group": table[:, 3].copy(),
        "links_of": _offsets(len(facing) for facing in links),
        "link_group": np.array([g for g, _ in flat], np.int64),
        "link_rows": np.array([r for _, r in flat], np.int64).reshape(-1, 2),
    }
