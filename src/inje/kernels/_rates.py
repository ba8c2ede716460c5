"""Rates of the channels of a field, and their bounds within a piece."""

from __future__ import annotations

import math

import numpy as np

from inje.kernels._compiler import call_bound, call_rate, compiled
from inje.kernels._layout import (
    ACTIVE,
    ATTACKER,
    BASE,
    BASE_LOST,
    BEGIN_ROW,
    BEGUN,
    BOUND,
    BOUNDS,
    CHANNEL_ENGAGEMENT,
    CHANNEL_GROUP,
    CHANNEL_KIND,
    CHANNEL_SLOT,
    CHANNELS_OF,
    COEFFICIENT_ROWS,
    COUNT,
    END_ROW,
    ENGAGEMENTS,
    FORM,
    GROUP_SIDE,
    GROUPS_OF,
    HAZARD,
    HAZARD_ROWS,
    LAW_ROWS,
    LINEAR,
    LINK_GROUP,
    LINK_ROWS,
    LINKS_OF,
    LOST,
    NIGHT,
    NIGHT_ROW,
    NO_FIGHTING,
    NOW,
    RATE,
    SIDE_COUNT,
    SIDES,
    TICK,
    UNTIL,
    UPON_ROWS,
    WINDOW,
)

__all__ = [
    "casualty_bounds",
    "factor",
    "hazard",
    "hazard_bounds",
    "law_rate",
    "open_window",
    "role_of",
    "side_lost",
    "side_total",
]


@compiled
def side_total(battle, when, state, clock, lane, f, side):
    """People of a side in the fight at a field."""
    total = 0
    for g in range(battle[battle[GROUPS_OF] + f], battle[battle[GROUPS_OF] + f + 1]):
        if battle[battle[GROUP_SIDE] + g] == side:
            total += state[battle[COUNT] + g, lane]
    return total


@compiled
def side_lost(battle, when, state, clock, lane, f, side):
    """Losses of a side at a field so far."""
    total = 0
    for g in range(battle[battle[GROUPS_OF] + f], battle[battle[GROUPS_OF] + f + 1]):
        if battle[battle[GROUP_SIDE] + g] == side:
            total += state[battle[LOST] + g, lane]
    return total


@compiled
def factor(battle, rows, w, e, slot, k):
    """Posture and light: what multiplies the loss rates of a side in a tick."""
    window = battle[battle[WINDOW] + k * battle[ENGAGEMENTS] + e]
    if window == NO_FIGHTING:
        return 0.0
    product = rows[window, w] if window >= 0 else 1.0
    upon = battle[battle[UPON_ROWS] + 2 * (k * battle[ENGAGEMENTS] + e) + slot]
    if upon >= 0:
        product *= rows[upon, w]
    if battle[battle[NIGHT] + k] == 1 and battle[battle[NIGHT_ROW] + e] >= 0:
        product *= rows[battle[battle[NIGHT_ROW] + e], w]
    return product


@compiled
def open_window(battle, rows, w, e, k, t):
    """Whether an engagement may be fought at a time within a tick."""
    begin, end = battle[battle[BEGIN_ROW] + e], battle[battle[END_ROW] + e]
    return (
        battle[battle[WINDOW] + k * battle[ENGAGEMENTS] + e] != NO_FIGHTING
        and (begin < 0 or t >= rows[begin, w])
        and (end < 0 or t < rows[end, w])
    )


@compiled
def role_of(battle, state, lane, e, slot):
    """0 where the side in this slot attacks, 1 where it defends."""
    return 0 if state[battle[ATTACKER] + e, lane] == slot else 1


@compiled
def law_rate(battle, when, rows, w, state, clock, spare, room, lane, f, e, slot, since):
    """Loss rate of a side under a law of totals, without posture and light."""
    own = float(
        side_total(battle, when, state, clock, lane, f, battle[battle[SIDES] + 2 * e + slot])
    )
    enemy = float(
        side_total(battle, when, state, clock, lane, f, battle[battle[SIDES] + 2 * e + 1 - slot])
    )
    role = role_of(battle, state, lane, e, slot)
    coefficient = rows[battle[battle[COEFFICIENT_ROWS] + 4 * e + 2 * slot + role], w]
    p = battle[LAW_ROWS] + 4 * (4 * e + 2 * slot + role)
    return coefficient * call_rate(
        np.uint64(battle[battle[RATE] + e]),
        own,
        enemy,
        since,
        rows[battle[p + 0], w],
        rows[battle[p + 1], w],
        rows[battle[p + 2], w],
        rows[battle[p + 3], w],
    )


@compiled
def _law_bound(battle, when, rows, w, state, clock, spare, room, lane, f, e, slot, t0, t1):
    own = float(
        side_total(battle, when, state, clock, lane, f, battle[battle[SIDES] + 2 * e + slot])
    )
    enemy = float(
        side_total(battle, when, state, clock, lane, f, battle[battle[SIDES] + 2 * e + 1 - slot])
    )
    role = role_of(battle, state, lane, e, slot)
    coefficient = rows[battle[battle[COEFFICIENT_ROWS] + 4 * e + 2 * slot + role], w]
    p = battle[LAW_ROWS] + 4 * (4 * e + 2 * slot + role)
    return coefficient * call_bound(
        np.uint64(battle[battle[BOUND] + e]),
        own,
        enemy,
        t0,
        t1,
        rows[battle[p + 0], w],
        rows[battle[p + 1], w],
        rows[battle[p + 2], w],
        rows[battle[p + 3], w],
    )


@compiled
def casualty_bounds(battle, when, rows, w, state, clock, spare, room, lane, f):
    """Bounds of the loss channels of a field over its piece; their sum.

    Coefficients per enemy only fall with the counts, so their bound is the present rate.
    """
    total = 0.0
    k = state[battle[TICK] + f, lane]
    for c in range(battle[battle[CHANNELS_OF] + f], battle[battle[CHANNELS_OF] + f + 1]):
        e, slot = battle[battle[CHANNEL_ENGAGEMENT] + c], battle[battle[CHANNEL_SLOT] + c]
        spare[battle[BOUNDS] + c] = 0.0
        if battle[battle[CHANNEL_KIND] + c] == HAZARD or state[battle[ACTIVE] + e, lane] == 0:
            continue
        scale = factor(battle, rows, w, e, slot, k)
        if battle[battle[FORM] + e] == LINEAR:
            rate = 0.0
            if state[battle[COUNT] + battle[battle[CHANNEL_GROUP] + c], lane] > 0:
                role = role_of(battle, state, lane, e, slot)
                for n in range(battle[battle[LINKS_OF] + c], battle[battle[LINKS_OF] + c + 1]):
                    people = float(state[battle[COUNT] + battle[battle[LINK_GROUP] + n], lane])
                    rate += rows[battle[battle[LINK_ROWS] + 2 * n + role], w] * scale * people
        else:
            begun = clock[battle[BEGUN] + e, lane]
            t0, t1 = clock[battle[NOW] + f, lane] - begun, clock[battle[UNTIL] + f, lane] - begun
            rate = scale * _law_bound(
                battle, when, rows, w, state, clock, spare, room, lane, f, e, slot, t0, t1
            )
        spare[battle[BOUNDS] + c] = rate
        total += rate
    return total


@compiled
def _helmbold(h0, a, c, fraction, odds):
    return h0 * math.exp(a * math.log(fraction / 0.1) + c * math.log(odds))


@compiled
def _hazard_at(battle, rows, w, at, lost, base, own, enemy):
    """Hazard of breaking off (Helmbold 1971) at given losses and counts; 0 when nobody stands."""
    h0, a, c = rows[battle[at + 0], w], rows[battle[at + 1], w], rows[battle[at + 2], w]
    if a > 0.0 and lost <= 0.0:
        return 0.0
    return _helmbold(h0, a, c, max(lost, 1.0) / base, max(enemy, 1.0) / max(own, 1.0))


@compiled
def hazard(battle, when, rows, w, state, clock, spare, room, lane, f, e, slot):
    """Hazard of breaking off of a side in its present state, per day."""
    side = battle[battle[SIDES] + 2 * e + slot]
    fs = f * battle[SIDE_COUNT] + side
    own = float(side_total(battle, when, state, clock, lane, f, side))
    enemy = float(
        side_total(battle, when, state, clock, lane, f, battle[battle[SIDES] + 2 * e + 1 - slot])
    )
    lost = float(
        side_lost(battle, when, state, clock, lane, f, side) - state[battle[BASE_LOST] + fs, lane]
    )
    role = role_of(battle, state, lane, e, slot)
    at = battle[HAZARD_ROWS] + 4 * (4 * e + 2 * slot + role)
    return _hazard_at(battle, rows, w, at, lost, float(state[battle[BASE] + fs, lane]), own, enemy)


@compiled
def hazard_bounds(battle, when, rows, w, state, clock, spare, room, lane, f, more):
    """Bounds of the hazards of a field while at most `more` people fall; their sum."""
    total = 0.0
    for c in range(battle[battle[CHANNELS_OF] + f], battle[battle[CHANNELS_OF] + f + 1]):
        e, slot = battle[battle[CHANNEL_ENGAGEMENT] + c], battle[battle[CHANNEL_SLOT] + c]
        if battle[battle[CHANNEL_KIND] + c] != HAZARD or state[battle[ACTIVE] + e, lane] == 0:
            continue
        role = role_of(battle, state, lane, e, slot)
        at = battle[HAZARD_ROWS] + 4 * (4 * e + 2 * slot + role)
        if battle[at] < 0:
            spare[battle[BOUNDS] + c] = 0.0
            continue
        side = battle[battle[SIDES] + 2 * e + slot]
        fs = f * battle[SIDE_COUNT] + side
        own = float(side_total(battle, when, state, clock, lane, f, side))
        enemy = float(
            side_total(
                battle, when, state, clock, lane, f, battle[battle[SIDES] + 2 * e + 1 - slot]
            )
        )
        lost = float(
            side_lost(battle, when, state, clock, lane, f, side)
            - state[battle[BASE_LOST] + fs, lane]
        )
        if rows[battle[at + 1], w] >= 0.0:
            lost += more
        if rows[battle[at + 2], w] >= 0.0:
            own -= more
        else:
            enemy -= more
        base = float(state[battle[BASE] + fs, lane])
        spare[battle[BOUNDS] + c] = _hazard_at(battle, rows, w, at, lost, base, own, enemy)
        total += spare[battle[BOUNDS] + c]
    return total
