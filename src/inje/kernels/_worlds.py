"""A world from its first day to its last: fields, arrivals, control, reports.

Every field has its own clock. The field whose piece under way ends first is settled first; if
what happened there sends somebody to another field before the end of that one's piece, that
piece is taken back and run again, with the same candidates, to the arrival.
"""

from __future__ import annotations

import math

import numpy as np

from inje.kernels._addresses import world_key
from inje.kernels._command import begin_messages, fire, next_arrival
from inje.kernels._compiler import compiled
from inje.kernels._layout import (
    ACTIVE,
    ARRIVAL,
    ARRIVED,
    ATTACK,
    ATTACKER,
    ATTACKER_ROW,
    BASE,
    BASE_LOST,
    BEGIN_ROW,
    BEGUN,
    BREAKING_OFF,
    BROKE,
    COUNT,
    CUT,
    DECISIONS,
    END_ROW,
    ENDED,
    ENGAGEMENTS,
    ENGAGEMENTS_OF,
    EVENT,
    EVENT_AT,
    FIELDS,
    FORCE_GROUP,
    FORCE_ROW,
    FORCES,
    GONE,
    GROUP_SIDE,
    GROUPS,
    GROUPS_OF,
    HAZARD_ROWS,
    HOLDER,
    HOLDER_ROW,
    HORIZON,
    INCREMENTS,
    JOINED,
    LEFT,
    LINKS,
    LOSS_OF_CONTROL,
    LOST,
    MESSAGES,
    NEXT_SNAPSHOT,
    NOW,
    OFF,
    ORDER,
    OUT_ARRIVAL,
    OUT_BEGUN,
    OUT_BROKE,
    OUT_ENDED,
    OUT_JOINED,
    OUT_LEFT,
    OUT_OFF,
    OUT_ORDER,
    OUT_REPORT,
    OUT_STATUS,
    PIECE,
    PRESENT,
    RALLY,
    REPORT,
    ROOM,
    SIDE_COUNT,
    SIDES,
    SNAPSHOT,
    SNAPSHOTS,
    STATUS,
    TICK,
    TICK_END,
    TICKS_OF,
    TIMES,
    UNTIL,
)
from inje.kernels._pieces import ANNIHILATED, BROKEN_OFF, record, run_piece, take_back
from inje.kernels._rates import open_window, role_of, side_lost, side_total

__all__ = ["fight_world", "fight_worlds"]

#: pieces after which a world is cut short (status 1): about 1e8 candidates
MOST_PIECES = 200_000


@compiled
def _people(rows, row, w):
    return max(0, int(math.floor(rows[row, w] + 0.5)))


@compiled
def _begin(battle, when, rows, w, state, clock, spare, room, lane):
    """A world at its start."""
    for g in range(battle[GROUPS]):
        state[battle[COUNT] + g, lane] = state[battle[GONE] + g, lane] = state[
            battle[LOST] + g, lane
        ] = 0
    for o in range(battle[FORCES]):
        state[battle[ARRIVED] + o, lane] = battle[battle[PRESENT] + o]
        state[battle[JOINED] + o, lane] = battle[battle[PRESENT] + o] - 1
        state[battle[LEFT] + o, lane] = -1
        clock[battle[ARRIVAL] + o, lane] = 0.0 if battle[battle[PRESENT] + o] == 1 else np.inf
        if battle[battle[PRESENT] + o] == 1 and battle[battle[FORCE_GROUP] + o] >= 0:
            state[battle[COUNT] + battle[battle[FORCE_GROUP] + o], lane] += _people(
                rows, battle[battle[FORCE_ROW] + o], w
            )
    for s in range(battle[SIDE_COUNT]):
        clock[battle[BROKE] + s, lane] = np.inf
    for e in range(battle[ENGAGEMENTS]):
        state[battle[ATTACKER] + e, lane] = int(rows[battle[battle[ATTACKER_ROW] + e], w])
        clock[battle[BEGUN] + e, lane] = np.inf
        state[battle[ACTIVE] + e, lane] = 0
    clock[battle[ENDED], lane] = np.inf
    state[battle[STATUS], lane] = 0
    for f in range(battle[FIELDS]):
        holder = battle[battle[HOLDER_ROW] + f]
        state[battle[HOLDER] + f, lane] = int(rows[holder, w]) if holder >= 0 else -1
        clock[battle[NOW] + f, lane] = 0.0
        state[battle[TICK] + f, lane] = battle[battle[TICKS_OF] + f]
        state[battle[PIECE] + f, lane] = state[battle[NEXT_SNAPSHOT] + f, lane] = 0
        for s in range(battle[SIDE_COUNT]):
            fs = f * battle[SIDE_COUNT] + s
            state[battle[BASE] + fs, lane] = side_total(battle, when, state, clock, lane, f, s)
            state[battle[BASE_LOST] + fs, lane] = state[battle[OFF] + fs, lane] = 0
    begin_messages(battle, when, rows, w, state, clock, spare, room, lane)


@compiled
def _take_up(battle, when, state, clock, lane, f, side):
    """A beaten or absent side returns: it attacks, and its losses count from here."""
    fs = f * battle[SIDE_COUNT] + side
    rallies = False
    for e in range(battle[battle[ENGAGEMENTS_OF] + f], battle[battle[ENGAGEMENTS_OF] + f + 1]):
        for slot in range(2):
            if battle[battle[SIDES] + 2 * e + slot] != side:
                continue
            role = role_of(battle, state, lane, e, slot)
            rallies = rallies or battle[battle[RALLY] + 4 * e + 2 * slot + role] == 1
            if clock[battle[BEGUN] + e, lane] < np.inf:
                state[battle[ATTACKER] + e, lane] = slot
    for g in range(battle[battle[GROUPS_OF] + f], battle[battle[GROUPS_OF] + f + 1]):
        if rallies and battle[battle[GROUP_SIDE] + g] == side:
            state[battle[COUNT] + g, lane] += state[battle[GONE] + g, lane]
            state[battle[GONE] + g, lane] = 0
            for o in range(battle[FORCES]):
                if battle[battle[FORCE_GROUP] + o] == g:
                    state[battle[LEFT] + o, lane] = -1
    state[battle[OFF] + fs, lane] = 0
    state[battle[BASE] + fs, lane] = side_total(battle, when, state, clock, lane, f, side)
    state[battle[BASE_LOST] + fs, lane] = side_lost(battle, when, state, clock, lane, f, side)


@compiled
def _join(battle, when, rows, w, state, clock, spare, room, lane, f):
    """Forces that have arrived by now take their place."""
    for o in range(battle[FORCES]):
        g = battle[battle[FORCE_GROUP] + o]
        if g < battle[battle[GROUPS_OF] + f] or g >= battle[battle[GROUPS_OF] + f + 1]:
            continue
        if (
            state[battle[ARRIVED] + o, lane] == 1
            or clock[battle[ARRIVAL] + o, lane] > clock[battle[NOW] + f, lane]
        ):
            continue
        side = battle[battle[GROUP_SIDE] + g]
        fs = f * battle[SIDE_COUNT] + side
        state[battle[ARRIVED] + o, lane] = 1
        people = _people(rows, battle[battle[FORCE_ROW] + o], w)
        if people == 0:
            continue
        if (
            state[battle[OFF] + fs, lane] == 1
            or side_total(battle, when, state, clock, lane, f, side) == 0
        ):
            _take_up(battle, when, state, clock, lane, f, side)
        state[battle[JOINED] + o, lane] = state[battle[LOST] + g, lane]
        state[battle[COUNT] + g, lane] += people
        state[battle[BASE] + fs, lane] += people


@compiled
def _leave(battle, when, rows, w, state, clock, spare, room, lane, f, e, side):
    """A side breaks off: its people leave the field."""
    fs = f * battle[SIDE_COUNT] + side
    t = clock[battle[NOW] + f, lane]
    state[battle[OFF] + fs, lane] = 1
    for g in range(battle[battle[GROUPS_OF] + f], battle[battle[GROUPS_OF] + f + 1]):
        if battle[battle[GROUP_SIDE] + g] == side:
            state[battle[GONE] + g, lane] += state[battle[COUNT] + g, lane]
            state[battle[COUNT] + g, lane] = 0
            for o in range(battle[FORCES]):
                if battle[battle[FORCE_GROUP] + o] == g and state[battle[JOINED] + o, lane] >= 0:
                    state[battle[LEFT] + o, lane] = state[battle[LOST] + g, lane]
    clock[battle[BROKE] + side, lane] = min(clock[battle[BROKE] + side, lane], t)
    fire(battle, when, rows, w, state, clock, spare, room, lane, BREAKING_OFF, e, f, side, t)


@compiled
def _hold(battle, when, rows, w, state, clock, spare, room, lane, f):
    """Who stands alone on the field holds it; whether that set off a report."""
    alone, standing = -1, 0
    for s in range(battle[SIDE_COUNT]):
        if side_total(battle, when, state, clock, lane, f, s) > 0:
            alone = s
            standing += 1
    before = state[battle[HOLDER] + f, lane]
    if standing != 1 or before == alone:
        return False
    state[battle[HOLDER] + f, lane] = alone
    if before < 0:
        return False
    t = clock[battle[NOW] + f, lane]
    return fire(
        battle, when, rows, w, state, clock, spare, room, lane, LOSS_OF_CONTROL, -1, f, before, t
    )


@compiled
def _at_breakpoint(battle, when, rows, w, state, clock, spare, room, lane, f, e):
    """Sides that stand at or below their breakpoint leave."""
    for slot in range(2):
        role = role_of(battle, state, lane, e, slot)
        at = battle[battle[HAZARD_ROWS] + 4 * (4 * e + 2 * slot + role) + 3]
        side = battle[battle[SIDES] + 2 * e + slot]
        if at < 0 or state[battle[OFF] + f * battle[SIDE_COUNT] + side, lane] == 1:
            continue
        if 0 < side_total(battle, when, state, clock, lane, f, side) <= rows[at, w]:
            _leave(battle, when, rows, w, state, clock, spare, room, lane, f, e, side)


@compiled
def _engage(battle, when, rows, w, state, clock, spare, room, lane, f):
    """Which engagements of a field are fought from now on; whether that set off a report."""
    t, k, sent = clock[battle[NOW] + f, lane], state[battle[TICK] + f, lane], False
    for e in range(battle[battle[ENGAGEMENTS_OF] + f], battle[battle[ENGAGEMENTS_OF] + f + 1]):
        a, b = battle[battle[SIDES] + 2 * e + 0], battle[battle[SIDES] + 2 * e + 1]
        state[battle[ACTIVE] + e, lane] = 0
        if k >= battle[battle[TICKS_OF] + f + 1] or not open_window(battle, rows, w, e, k, t):
            continue
        for attempt in range(2):
            met = (
                side_total(battle, when, state, clock, lane, f, a) > 0
                and side_total(battle, when, state, clock, lane, f, b) > 0
            )
            if met and attempt == 0:
                _at_breakpoint(battle, when, rows, w, state, clock, spare, room, lane, f, e)
        if not met:
            continue
        state[battle[ACTIVE] + e, lane] = 1
        if clock[battle[BEGUN] + e, lane] == np.inf:
            clock[battle[BEGUN] + e, lane] = t
            side = battle[battle[SIDES] + 2 * e + state[battle[ATTACKER] + e, lane]]
            sent = (
                fire(battle, when, rows, w, state, clock, spare, room, lane, ATTACK, e, f, side, t)
                or sent
            )
    return sent


@compiled
def _settle(battle, when, rows, w, state, clock, spare, room, lane, f):
    """Let arrivals, control and reports of this moment follow from one another."""
    while True:
        _join(battle, when, rows, w, state, clock, spare, room, lane, f)
        sent = _hold(battle, when, rows, w, state, clock, spare, room, lane, f)
        sent = _engage(battle, when, rows, w, state, clock, spare, room, lane, f) or sent
        sent = _hold(battle, when, rows, w, state, clock, spare, room, lane, f) or sent
        if (
            not sent
            or next_arrival(battle, when, state, clock, lane, f) > clock[battle[NOW] + f, lane]
        ):
            break


@compiled
def _set_out(battle, when, rows, tables, w, key, state, clock, spare, room, lane, f, counts, times):
    """Begin the next piece of a field, or end the field."""
    now = clock[battle[NOW] + f, lane]
    if now >= when[battle[HORIZON]]:
        clock[battle[CUT] + f, lane] = np.inf
        return
    until = min(
        when[battle[TICK_END] + state[battle[TICK] + f, lane]],
        next_arrival(battle, when, state, clock, lane, f),
    )
    for e in range(battle[battle[ENGAGEMENTS_OF] + f], battle[battle[ENGAGEMENTS_OF] + f + 1]):
        for block in (BEGIN_ROW, END_ROW):
            at = battle[battle[block] + e]
            if at >= 0 and rows[at, w] > now:
                until = min(until, rows[at, w])
    clock[battle[UNTIL] + f, lane] = until
    run_piece(
        battle,
        when,
        rows,
        tables,
        w,
        key,
        state,
        clock,
        spare,
        room,
        lane,
        f,
        np.inf,
        counts,
        times,
    )


@compiled
def _close(battle, when, rows, w, state, clock, spare, room, lane, f, counts, times):
    """End the piece under way: what it brought about happens."""
    t = clock[battle[CUT] + f, lane]
    for e in range(battle[battle[ENGAGEMENTS_OF] + f], battle[battle[ENGAGEMENTS_OF] + f + 1]):
        if state[battle[ACTIVE] + e, lane] == 1:
            before = clock[battle[ENDED], lane]
            clock[battle[ENDED], lane] = t if before == np.inf else max(before, t)
    clock[battle[NOW] + f, lane] = t
    event = state[battle[EVENT] + f, lane]
    e, slot = state[battle[EVENT_AT] + f, lane] // 2, state[battle[EVENT_AT] + f, lane] % 2
    if event == BROKEN_OFF:
        _leave(
            battle,
            when,
            rows,
            w,
            state,
            clock,
            spare,
            room,
            lane,
            f,
            e,
            battle[battle[SIDES] + 2 * e + slot],
        )
    elif event == ANNIHILATED:
        state[battle[OFF] + f * battle[SIDE_COUNT] + battle[battle[SIDES] + 2 * e + slot], lane] = 1
    state[battle[PIECE] + f, lane] += 1
    while (
        state[battle[TICK] + f, lane] < battle[battle[TICKS_OF] + f + 1]
        and t >= when[battle[TICK_END] + state[battle[TICK] + f, lane]]
    ):
        state[battle[TICK] + f, lane] += 1
        state[battle[PIECE] + f, lane] = 0
    _settle(battle, when, rows, w, state, clock, spare, room, lane, f)
    x = state[battle[NEXT_SNAPSHOT] + f, lane]
    while x < battle[SNAPSHOTS] and when[battle[SNAPSHOT] + x] <= t:
        if when[battle[SNAPSHOT] + x] == t:
            record(battle, when, state, clock, lane, f, x, counts, times, w)
        x += 1
    state[battle[NEXT_SNAPSHOT] + f, lane] = x


@compiled
def _write(battle, when, state, clock, lane, counts, times, w):
    """The end of a world into its column."""
    for fs in range(battle[FIELDS] * battle[SIDE_COUNT]):
        counts[battle[OUT_OFF] + fs, w] = state[battle[OFF] + fs, lane]
    for o in range(battle[FORCES]):
        counts[battle[OUT_JOINED] + o, w] = state[battle[JOINED] + o, lane]
        counts[battle[OUT_LEFT] + o, w] = state[battle[LEFT] + o, lane]
        times[battle[OUT_ARRIVAL] + o, w] = clock[battle[ARRIVAL] + o, lane]
    for m in range(battle[MESSAGES]):
        times[battle[OUT_REPORT] + m, w] = clock[battle[REPORT] + m, lane]
    for d in range(battle[DECISIONS]):
        times[battle[OUT_ORDER] + d, w] = clock[battle[ORDER] + d, lane]
    for s in range(battle[SIDE_COUNT]):
        times[battle[OUT_BROKE] + s, w] = clock[battle[BROKE] + s, lane]
    for e in range(battle[ENGAGEMENTS]):
        times[battle[OUT_BEGUN] + e, w] = clock[battle[BEGUN] + e, lane]
    times[battle[OUT_ENDED], w] = clock[battle[ENDED], lane]
    counts[battle[OUT_STATUS], w] = state[battle[STATUS], lane]


@compiled
def fight_world(battle, when, rows, tables, w, key, state, clock, spare, room, lane, counts, times):
    """Fight the world of column w; `key` is its key."""
    fields = battle[FIELDS]
    _begin(battle, when, rows, w, state, clock, spare, room, lane)
    for f in range(fields):
        _settle(battle, when, rows, w, state, clock, spare, room, lane, f)
    for f in range(fields):
        _set_out(
            battle, when, rows, tables, w, key, state, clock, spare, room, lane, f, counts, times
        )
    for _ in range(MOST_PIECES):
        f = 0
        for g in range(1, fields):
            if clock[battle[CUT] + g, lane] < clock[battle[CUT] + f, lane]:
                f = g
        if clock[battle[CUT] + f, lane] == np.inf:
            _write(battle, when, state, clock, lane, counts, times, w)
            return
        _close(battle, when, rows, w, state, clock, spare, room, lane, f, counts, times)
        for g in range(fields):
            stop = next_arrival(battle, when, state, clock, lane, g)
            if g != f and stop < clock[battle[CUT] + g, lane] < np.inf:
                take_back(battle, when, state, clock, lane, g)
                run_piece(
                    battle,
                    when,
                    rows,
                    tables,
                    w,
                    key,
                    state,
                    clock,
                    spare,
                    room,
                    lane,
                    g,
                    stop,
                    counts,
                    times,
                )
        _set_out(
            battle, when, rows, tables, w, key, state, clock, spare, room, lane, f, counts, times
        )
    state[battle[STATUS], lane] = 1
    for f in range(fields):
        for x in range(state[battle[NEXT_SNAPSHOT] + f, lane], battle[SNAPSHOTS]):
            record(battle, when, state, clock, lane, f, x, counts, times, w)
    _write(battle, when, state, clock, lane, counts, times, w)


@compiled
def fight_worlds(battle, when, rows, tables, seed, worlds, counts, times):
    """Fight every world.

    battle, when : see `Battle`. rows : (R, W). tables : see `Poisson`. worlds : (W,) numbers or
    block keys. counts, times : W columns to fill, see `Outcome`.
    """
    state = np.zeros((battle[STATUS] + 1, 1), np.int64)
    clock = np.zeros((battle[ENDED] + 1, 1))
    spare = np.zeros(battle[TIMES] + ROOM)
    room = np.zeros(battle[INCREMENTS] + battle[LINKS], np.uint64)
    for w in range(len(worlds)):
        key = world_key(seed, worlds[w])
        fight_world(battle, when, rows, tables, w, key, state, clock, spare, room, 0, counts, times)
