"""One piece of a tick of a field: candidates at a bound, each with one mark.

Every channel is a Poisson random measure on (time x rate). A piece has a Poisson number of
candidates; a candidate's mark falls into the region of one channel, or of none, and is accepted
when it lies under the channel's present rate. Times are sorted uniforms with their own address,
drawn when something happens that has a time. After such an event, or where something arrives, the
rest of the piece is forgotten and a new one begins: the process has no memory.
"""

from __future__ import annotations

import math

import numpy as np

from inje.kernels._addresses import GOLDEN, mix, next_mark, piece_key, stream_key
from inje.kernels._compiler import compiled
from inje.kernels._layout import (
    ACC,
    ACTIVE,
    BEGUN,
    BOUNDS,
    CHANNEL_ENGAGEMENT,
    CHANNEL_GROUP,
    CHANNEL_KIND,
    CHANNEL_SLOT,
    CHANNELS_OF,
    COUNT,
    CUT,
    ENGAGEMENTS_OF,
    EVENT,
    EVENT_AT,
    FIELD_KEY,
    FIELDS,
    FORM,
    GROUPS,
    GROUPS_OF,
    GROUP_SIDE,
    HAZARD,
    HAZARD_ROWS,
    HOLDER,
    INCREMENTS,
    LINEAR,
    LINK_GROUP,
    LINK_ROWS,
    LINKS_OF,
    LOSS,
    LOST,
    NEXT_SNAPSHOT,
    NOW,
    OUT_HOLDER,
    OUT_LOST,
    PIECE,
    SAVED_COUNT,
    SAVED_LOST,
    SIDES,
    SNAPSHOT,
    SNAPSHOTS,
    TICK,
    TICKS_OF,
    TIMED,
    TIMES,
    UNTIL,
    WIDTHS,
)
from inje.kernels._poisson import LARGEST_MEAN, MARGIN, draw_poisson, grid_row
from inje.kernels._rates import (
    casualty_bounds,
    factor,
    hazard,
    hazard_bounds,
    law_rate,
    role_of,
    side_total,
)

__all__ = ["ANNIHILATED", "BROKEN_OFF", "NOTHING", "record", "run_piece", "take_back"]

NOTHING, BROKEN_OFF, ANNIHILATED, RENEWED = 0, 1, 2, 3
#: people in a field up to which coefficients are held as whole 2^-32ths of the bound
NARROW = 10_000
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_NUMBER = np.uint64(0xA0761D6478BD642F)
_WORDS = np.uint64(0xE7037ED1A0B428DB)
_TIMES = np.uint64(0x8EBC6AF09C88C6E3)


@compiled
def _plan(battle, when, rows, w, state, clock, spare, room, lane, f):
    """Length and mean of the piece, and after how many losses its bounds end.

    Hazards rise with the losses: the fewer are allowed for, the lower their bound.
    """
    fall = casualty_bounds(battle, when, rows, w, state, clock, spare, room, lane, f)
    length = clock[battle[UNTIL] + f, lane] - clock[battle[NOW] + f, lane]
    if fall * length > 0.75 * LARGEST_MEAN:
        length = 0.75 * LARGEST_MEAN / fall
    mean = fall * length
    allowed = math.ceil(mean + 6.0 * math.sqrt(mean) + 8.0)
    least = hazard_bounds(battle, when, rows, w, state, clock, spare, room, lane, f, 1.0)
    risk = hazard_bounds(battle, when, rows, w, state, clock, spare, room, lane, f, allowed)
    while allowed > 1.0 and risk * length > 4.0 + mean + 2.0 * least * length:
        allowed = max(1.0, math.floor(allowed / 4.0))
        risk = hazard_bounds(battle, when, rows, w, state, clock, spare, room, lane, f, allowed)
    total = fall + risk
    if total * length > LARGEST_MEAN / MARGIN:
        length = LARGEST_MEAN / MARGIN / total
    return length, total * length, (allowed if risk > 0.0 else math.inf)


@compiled
def _thresholds(battle, when, rows, w, state, clock, spare, room, lane, f, scale):
    """Width of each channel's region, and the present thresholds of the linear ones."""
    people = 0
    for g in range(battle[battle[GROUPS_OF] + f], battle[battle[GROUPS_OF] + f + 1]):
        people += state[battle[COUNT] + g, lane]
    k = state[battle[TICK] + f, lane]
    for c in range(battle[battle[CHANNELS_OF] + f], battle[battle[CHANNELS_OF] + f + 1]):
        e, slot = battle[battle[CHANNEL_ENGAGEMENT] + c], battle[battle[CHANNEL_SLOT] + c]
        room[battle[ACC] + c] = np.uint64(0)
        room[battle[WIDTHS] + c] = np.uint64(0)
        if state[battle[ACTIVE] + e, lane] == 0 or spare[battle[BOUNDS] + c] <= 0.0:
            for n in range(battle[battle[LINKS_OF] + c], battle[battle[LINKS_OF] + c + 1]):
                room[battle[INCREMENTS] + n] = np.uint64(0)
            continue
        if battle[battle[CHANNEL_KIND] + c] == HAZARD or battle[battle[FORM] + e] != LINEAR:
            room[battle[WIDTHS] + c] = np.uint64(spare[battle[BOUNDS] + c] * scale) + np.uint64(1)
            continue
        role = role_of(battle, state, lane, e, slot)
        posture = factor(battle, rows, w, e, slot, k)
        for n in range(battle[battle[LINKS_OF] + c], battle[battle[LINKS_OF] + c + 1]):
            each = rows[battle[battle[LINK_ROWS] + 2 * n + role], w] * posture * scale
            if people <= NARROW:
                room[battle[INCREMENTS] + n] = np.uint64(math.floor(each + 0.5)) << _HALF
            else:
                room[battle[INCREMENTS] + n] = np.uint64(each * 4294967296.0)
            room[battle[ACC] + c] += room[battle[INCREMENTS] + n] * np.uint64(
                state[battle[COUNT] + battle[battle[LINK_GROUP] + n], lane]
            )
        room[battle[WIDTHS] + c] = room[battle[ACC] + c] >> _HALF


@compiled
def _sorted_times(battle, spare, key, n, t0, length):
    """Times of the n candidates of a piece."""
    base = key ^ _TIMES
    moments = spare[battle[TIMES] : battle[TIMES] + n]
    for i in range(n):
        z = mix(base + GOLDEN * (np.uint64(i) + np.uint64(1)))
        moments[i] = t0 + length * ((np.float64(z >> np.uint64(11)) + 0.5) / 9007199254740992.0)
    moments.sort()


@compiled
def _region(battle, room, f, mark):
    """The channel whose region a mark falls into, and the mark's place in it; -1 for none.

    Regions follow one another from below; that of the last channel hangs from above, so that its
    edge stays where it is when the others' widths change.
    """
    last = battle[battle[CHANNELS_OF] + f + 1] - 1
    if _LOW - mark < room[battle[WIDTHS] + last]:
        return last, _LOW - mark
    for c in range(battle[battle[CHANNELS_OF] + f], last):
        if mark < room[battle[WIDTHS] + c]:
            return c, mark
        mark -= room[battle[WIDTHS] + c]
    return -1, mark


@compiled
def _fall(battle, state, room, lane, f, c):
    """One of the channel's people falls, and the thresholds that his fire fed sink."""
    g = battle[battle[CHANNEL_GROUP] + c]
    state[battle[COUNT] + g, lane] -= 1
    state[battle[LOST] + g, lane] += 1
    for other in range(battle[battle[CHANNELS_OF] + f], battle[battle[CHANNELS_OF] + f + 1]):
        for n in range(battle[battle[LINKS_OF] + other], battle[battle[LINKS_OF] + other + 1]):
            if battle[battle[LINK_GROUP] + n] == g:
                room[battle[ACC] + other] -= room[battle[INCREMENTS] + n]


@compiled
def _broken(battle, when, rows, w, state, clock, spare, room, lane, f, e, slot):
    """What a loss has brought about: the side gone, or at its breakpoint."""
    left = side_total(battle, when, state, clock, lane, f, battle[battle[SIDES] + 2 * e + slot])
    if left == 0:
        return ANNIHILATED
    role = role_of(battle, state, lane, e, slot)
    at = battle[battle[HAZARD_ROWS] + 4 * (4 * e + 2 * slot + role) + 3]
    if at >= 0 and left <= rows[at, w]:
        return BROKEN_OFF
    return NOTHING


@compiled
def _judge(battle, when, rows, w, state, clock, spare, room, lane, f, mark, scale, t):
    """Accept or refuse one candidate; what it brings about, and the channel (-1: refused)."""
    c, mark = _region(battle, room, f, mark)
    if c < 0:
        return NOTHING, -1
    e, slot = battle[battle[CHANNEL_ENGAGEMENT] + c], battle[battle[CHANNEL_SLOT] + c]
    if battle[battle[CHANNEL_KIND] + c] == HAZARD:
        threshold = (
            hazard(battle, when, rows, w, state, clock, spare, room, lane, f, e, slot) * scale
        )
        return (BROKEN_OFF, c) if float(mark) < math.floor(threshold) else (NOTHING, -1)
    if state[battle[COUNT] + battle[battle[CHANNEL_GROUP] + c], lane] == 0:
        return NOTHING, -1
    if battle[battle[FORM] + e] == LINEAR:
        if mark >= room[battle[ACC] + c] >> _HALF:
            return NOTHING, -1
    else:
        k = state[battle[TICK] + f, lane]
        since = t - clock[battle[BEGUN] + e, lane]
        rate = law_rate(battle, when, rows, w, state, clock, spare, room, lane, f, e, slot, since)
        threshold = rate * factor(battle, rows, w, e, slot, k) * scale
        if float(mark) >= math.floor(threshold):
            return NOTHING, -1
    _fall(battle, state, room, lane, f, c)
    return _broken(battle, when, rows, w, state, clock, spare, room, lane, f, e, slot), c


@compiled
def _timed(battle, when, state, clock, lane, f):
    """Whether a law in force changes with time, so that candidates need their times."""
    for e in range(battle[battle[ENGAGEMENTS_OF] + f], battle[battle[ENGAGEMENTS_OF] + f + 1]):
        if state[battle[ACTIVE] + e, lane] == 1 and battle[battle[TIMED] + e] == 1:
            return True
    return False


@compiled
def record(battle, when, state, clock, lane, f, x, counts, times, w):
    """Write down losses and control of a field at a snapshot.

    Who stands alone controls the field; where nobody stands, the last who did; else it is
    contested (-1).
    """
    standing, alone = 0, -1
    for g in range(battle[battle[GROUPS_OF] + f], battle[battle[GROUPS_OF] + f + 1]):
        counts[battle[OUT_LOST] + x * battle[GROUPS] + g, w] = state[battle[LOST] + g, lane]
        side = battle[battle[GROUP_SIDE] + g]
        if state[battle[COUNT] + g, lane] > 0 and side != alone:
            standing += 1
            alone = side
    holder = state[battle[HOLDER] + f, lane] if standing == 0 else alone
    counts[battle[OUT_HOLDER] + x * battle[FIELDS] + f, w] = holder if standing < 2 else -1


@compiled
def _record_until(battle, when, state, clock, lane, f, x, t, counts, times, w):
    """Write down every snapshot before a time; the next one."""
    while x < battle[SNAPSHOTS] and when[battle[SNAPSHOT] + x] < t:
        record(battle, when, state, clock, lane, f, x, counts, times, w)
        x += 1
    return x


@compiled
def _fight(
    battle, when, rows, tables, w, key, state, clock, spare, room, lane, f, stop, counts, times
):
    """Run through the candidates of a piece; the next snapshot that is not yet written."""
    t0, x = clock[battle[NOW] + f, lane], state[battle[NEXT_SNAPSHOT] + f, lane]
    length, mean, allowed = _plan(battle, when, rows, w, state, clock, spare, room, lane, f)
    whole = length == clock[battle[UNTIL] + f, lane] - t0
    end = clock[battle[UNTIL] + f, lane] if whole else t0 + length
    row = grid_row(mean * MARGIN)
    scale = 4294967296.0 * length / tables.mean[row]
    _thresholds(battle, when, rows, w, state, clock, spare, room, lane, f, scale)
    stream = stream_key(key, battle[battle[FIELD_KEY] + f])
    tick = state[battle[TICK] + f, lane] - battle[battle[TICKS_OF] + f]
    at = piece_key(stream, tick, state[battle[PIECE] + f, lane])
    n = draw_poisson(tables, row, mix(at ^ _NUMBER))
    asked = x < battle[SNAPSHOTS] and when[battle[SNAPSHOT] + x] < min(end, stop)
    timed = stop < end or asked or _timed(battle, when, state, clock, lane, f)
    if timed:
        _sorted_times(battle, spare, at, n, t0, length)
    end = min(end, stop)
    words = mix(at ^ _WORDS)
    a, b, c, d = at & _LOW, at >> _HALF, words & _LOW, words >> _HALF
    fallen = 0
    for i in range(n):
        a, b, c, d, mark = next_mark(a, b, c, d)
        if timed and spare[battle[TIMES] + i] >= end:
            break
        if asked:
            x = _record_until(
                battle, when, state, clock, lane, f, x, spare[battle[TIMES] + i], counts, times, w
            )
        t = spare[battle[TIMES] + i] if timed else t0
        event, channel = _judge(
            battle, when, rows, w, state, clock, spare, room, lane, f, mark, scale, t
        )
        if channel < 0:
            continue
        fallen += 1 if battle[battle[CHANNEL_KIND] + channel] == LOSS else 0
        if event == NOTHING and fallen >= allowed:
            event = RENEWED
        if event != NOTHING:
            if not timed:
                _sorted_times(battle, spare, at, n, t0, length)
            end = spare[battle[TIMES] + i]
            state[battle[EVENT] + f, lane] = event
            slot = battle[battle[CHANNEL_SLOT] + channel]
            state[battle[EVENT_AT] + f, lane] = (
                2 * battle[battle[CHANNEL_ENGAGEMENT] + channel] + slot
            )
            break
    clock[battle[CUT] + f, lane] = end
    return x


@compiled
def run_piece(
    battle, when, rows, tables, w, key, state, clock, spare, room, lane, f, stop, counts, times
):
    """Fight one field from `now` towards `until`, at most to `stop`.

    Sets `cut`, where it came to, and `event`. What was before is kept in the saved counts, so
    that the piece can be run again, to an earlier stop, with the same candidates.
    """
    fighting = False
    for g in range(battle[battle[GROUPS_OF] + f], battle[battle[GROUPS_OF] + f + 1]):
        state[battle[SAVED_COUNT] + g, lane] = state[battle[COUNT] + g, lane]
        state[battle[SAVED_LOST] + g, lane] = state[battle[LOST] + g, lane]
    for e in range(battle[battle[ENGAGEMENTS_OF] + f], battle[battle[ENGAGEMENTS_OF] + f + 1]):
        fighting = fighting or state[battle[ACTIVE] + e, lane] == 1
    state[battle[EVENT] + f, lane] = NOTHING
    clock[battle[CUT] + f, lane] = min(clock[battle[UNTIL] + f, lane], stop)
    x = state[battle[NEXT_SNAPSHOT] + f, lane]
    if fighting:
        x = _fight(
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
            stop,
            counts,
            times,
        )
    _record_until(
        battle, when, state, clock, lane, f, x, clock[battle[CUT] + f, lane], counts, times, w
    )


@compiled
def take_back(battle, when, state, clock, lane, f):
    """Undo the piece under way."""
    for g in range(battle[battle[GROUPS_OF] + f], battle[battle[GROUPS_OF] + f + 1]):
        state[battle[COUNT] + g, lane] = state[battle[SAVED_COUNT] + g, lane]
        state[battle[LOST] + g, lane] = state[battle[SAVED_LOST] + g, lane]
