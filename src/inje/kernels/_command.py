"""Reports on their way, the leader's belief, and the order that sends a force.

A report that is triggered at t is received at t + delay. The leader's log odds that the
threat is serious are those at first plus the log likelihood ratios of the reports received;
the order goes at the first report after which they exceed what his draw of the logit choice
needs. Delays and the draw are columns: nothing is drawn here.
"""

from __future__ import annotations

import numpy as np

from inje.kernels._compiler import compiled
from inje.kernels._layout import (
    ARRIVAL,
    ARRIVED,
    DAY,
    DAY_ROW,
    DECISIONS,
    DELAY_ROW,
    FORCE_GROUP,
    FORCES,
    GROUPS_OF,
    HEARS_MESSAGE,
    HEARS_OF,
    HEARS_ROW,
    MESSAGES,
    NEEDED_ROW,
    ORDER,
    PRESENT,
    PRIOR_ROW,
    REPORT,
    SENDS_FORCE,
    SENDS_OF,
    SENDS_ROW,
    TRIGGER,
    TRIGGER_ENGAGEMENT,
    TRIGGER_FIELD,
    TRIGGER_SIDE,
)

__all__ = ["begin_messages", "fire", "next_arrival"]


@compiled
def _decide(battle, when, rows, w, state, clock, spare, room, lane, d):
    """Time of the order, by what was reported so far; inf while there is none."""
    belief, needed = rows[battle[battle[PRIOR_ROW] + d], w], rows[battle[battle[NEEDED_ROW] + d], w]
    low, high = battle[battle[HEARS_OF] + d], battle[battle[HEARS_OF] + d + 1]
    t = -np.inf
    while True:
        later = np.inf
        for n in range(low, high):
            at = clock[battle[REPORT] + battle[battle[HEARS_MESSAGE] + n], lane]
            if t < at < later:
                later = at
        if later == np.inf:
            return np.inf
        for n in range(low, high):
            if clock[battle[REPORT] + battle[battle[HEARS_MESSAGE] + n], lane] == later:
                belief += rows[battle[battle[HEARS_ROW] + n], w]
        if belief >= needed:
            return later
        t = later


@compiled
def _resend(battle, when, rows, w, state, clock, spare, room, lane):
    """Orders and arrivals that follow from the reports so far."""
    for d in range(battle[DECISIONS]):
        clock[battle[ORDER] + d, lane] = _decide(
            battle, when, rows, w, state, clock, spare, room, lane, d
        )
    for o in range(battle[FORCES]):
        if battle[battle[PRESENT] + o] == 0 and state[battle[ARRIVED] + o, lane] == 0:
            clock[battle[ARRIVAL] + o, lane] = np.inf
    for d in range(battle[DECISIONS] + 1):
        order = clock[battle[ORDER] + d, lane] if d < battle[DECISIONS] else 0.0
        for n in range(battle[battle[SENDS_OF] + d], battle[battle[SENDS_OF] + d + 1]):
            o = battle[battle[SENDS_FORCE] + n]
            if battle[battle[PRESENT] + o] == 0 and state[battle[ARRIVED] + o, lane] == 0:
                at = order + rows[battle[battle[SENDS_ROW] + n], w]
                clock[battle[ARRIVAL] + o, lane] = min(clock[battle[ARRIVAL] + o, lane], at)


@compiled
def begin_messages(battle, when, rows, w, state, clock, spare, room, lane):
    """Messages that a day triggers."""
    for m in range(battle[MESSAGES]):
        clock[battle[REPORT] + m, lane] = np.inf
        if battle[battle[TRIGGER] + m] == DAY:
            clock[battle[REPORT] + m, lane] = (
                rows[battle[battle[DAY_ROW] + m], w] + rows[battle[battle[DELAY_ROW] + m], w]
            )
    _resend(battle, when, rows, w, state, clock, spare, room, lane)


@compiled
def fire(battle, when, rows, w, state, clock, spare, room, lane, kind, e, f, side, t):
    """Something happened at t: send the reports that it triggers, each once; whether any went."""
    sent = False
    for m in range(battle[MESSAGES]):
        if battle[battle[TRIGGER] + m] != kind or clock[battle[REPORT] + m, lane] < np.inf:
            continue
        if (
            e >= 0
            and battle[battle[TRIGGER_ENGAGEMENT] + m] >= 0
            and battle[battle[TRIGGER_ENGAGEMENT] + m] != e
        ):
            continue
        if battle[battle[TRIGGER_FIELD] + m] >= 0 and battle[battle[TRIGGER_FIELD] + m] != f:
            continue
        if (
            side >= 0
            and battle[battle[TRIGGER_SIDE] + m] >= 0
            and battle[battle[TRIGGER_SIDE] + m] != side
        ):
            continue
        clock[battle[REPORT] + m, lane] = t + rows[battle[battle[DELAY_ROW] + m], w]
        sent = True
    if sent:
        _resend(battle, when, rows, w, state, clock, spare, room, lane)
    return sent


@compiled
def next_arrival(battle, when, state, clock, lane, f):
    """Time of the next arrival at a field; inf for none."""
    first = np.inf
    for o in range(battle[FORCES]):
        g = battle[battle[FORCE_GROUP] + o]
        if g < 0 or state[battle[ARRIVED] + o, lane] == 1:
            continue
        if battle[battle[GROUPS_OF] + f] <= g < battle[battle[GROUPS_OF] + f + 1]:
            first = min(first, clock[battle[ARRIVAL] + o, lane])
    return first
