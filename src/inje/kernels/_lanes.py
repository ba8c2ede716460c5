"""Many worlds side by side, for battles that nothing but losses and arrivals can change.

One field, one engagement with coefficients per enemy, no hazards, messages by date only: what is
left of a piece is arithmetic, done for a batch of worlds at once, and its candidates, run as
vectors. Every world goes from piece to piece by its own clock. Worlds in which something else
might happen in a piece (a side near its end or its breakpoint, too many people, too many
candidates) are left to `fight_worlds`, which fights them from their start; both give the
same bits.
"""

from __future__ import annotations

import math

import numpy as np

from inje.kernels import _layout as at
from inje.kernels._addresses import mix, stream_key, world_key
from inje.kernels._batch import (
    ALIVE,
    ARRIVAL,
    COEFFICIENT,
    COUNT,
    FLOOR,
    LOST,
    NOW,
    PIECE,
    POSTURE,
    ROLE,
    STREAM,
    TICK,
    TOTAL,
    UNTIL,
    WHOLE_ROWS,
    WORD_ROWS,
    draw_numbers,
    guard,
    key_pieces,
    run_all,
    set_means,
    set_thresholds,
    unload,
)
from inje.kernels._command import begin_messages
from inje.kernels._compiler import compiled, inner
from inje.kernels._memory import look, put, see, size, write
from inje.kernels._pieces import NARROW
from inje.kernels._tables import lend_tables
from inje.kernels._vectors import BATCH, LANES, MOST_ARMS, ROWS_ONE, ROWS_THREE, raw_marks

__all__ = ["draw_marks", "sweep_worlds"]

_LOW = np.uint64(0xFFFFFFFF)


@inner
def _muster(m, part, x, w):
    """People of each group who are there from the start; a world without a side is left alone."""
    for g in range(size(m, at.GROUPS)):
        for i in range(BATCH):
            x[COUNT + g, i] = 0.0
            x[LOST + g, i] = 0.0
    for o in range(size(m, at.FORCES)):
        if look(m, at.PRESENT, o) == 1:
            to, row = COUNT + look(m, at.FORCE_GROUP, o), look(m, at.FORCE_ROW, o)
            for i in range(BATCH):
                x[to, i] += max(0.0, math.floor(part[row, i] + 0.5))
    for i in range(BATCH):
        x[NOW, i] = 0.0
        x[ALIVE, i] = 1.0
        w[TICK, i] = 0
        w[PIECE, i] = 0
    for g in range(size(m, at.GROUPS)):
        of = COUNT + g
        for i in range(BATCH):
            people, alive = x[of, i], x[ALIVE, i]
            x[ALIVE, i] = 0.0 if people < 1.0 else alive


@inner
def _check_people(m, x):
    """Worlds with more people than thresholds of whole steps bear are left alone."""
    for i in range(BATCH):
        x[TOTAL, i] = 0.0
    for g in range(size(m, at.GROUPS)):
        of = COUNT + g
        for i in range(BATCH):
            x[TOTAL, i] += x[of, i]
    for i in range(BATCH):
        people, alive = x[TOTAL, i], x[ALIVE, i]
        x[ALIVE, i] = 0.0 if people > NARROW else alive


@inner
def _streams(m, seed, names, low, u):
    """Keys of the worlds' streams."""
    name, here = np.uint64(look(m, at.FIELD_KEY, 0)), names[low : low + BATCH]
    for i in range(BATCH):
        u[STREAM, i] = stream_key(world_key(seed, here[i]), name)


@inner
def _roles(m, part, x):
    """Who attacks, and the breakpoints of both sides, 0 without one."""
    attacker = look(m, at.ATTACKER_ROW, 0)
    for i in range(BATCH):
        x[ROLE, i] = part[attacker, i]
    for slot in range(2):
        to = FLOOR + slot
        for i in range(BATCH):
            x[to, i] = 0.0
        for role in range(2):
            row = look(m, at.HAZARD_ROWS, 8 * slot + 4 * role + 3)
            if row >= 0:
                for i in range(BATCH):
                    own, floor = x[ROLE, i] == slot, x[to, i]
                    given = part[row, i]
                    x[to, i] = given if own == (role == 0) else floor


@inner
def _coefficients(m, part, x):
    """What each enemy costs the people of a channel, by who attacks, without posture."""
    for c in range(size(m, at.CHANNELS)):
        slot = look(m, at.CHANNEL_SLOT, c)
        for n in range(look(m, at.LINKS_OF, c), look(m, at.LINKS_OF, c + 1)):
            attacks, defends = look(m, at.LINK_ROWS, 2 * n), look(m, at.LINK_ROWS, 2 * n + 1)
            to = COEFFICIENT + n
            for i in range(BATCH):
                one, other = part[attacks, i], part[defends, i]
                x[to, i] = one if x[ROLE, i] == slot else other


@inner
def _postures(m, part, posture):
    """Posture and light of both slots in every tick, as `factor`; none where nobody fights."""
    for k in range(look(m, at.TICKS_OF, 1)):
        window = look(m, at.WINDOW, k)
        night = look(m, at.NIGHT_ROW, 0) if look(m, at.NIGHT, k) == 1 else -1
        for slot in range(2):
            to = posture[k, slot]
            for i in range(BATCH):
                to[i] = part[window, i] if window >= 0 else 1.0
            for row in (look(m, at.UPON_ROWS, 2 * k + slot), night):
                if row >= 0:
                    for i in range(BATCH):
                        to[i] *= part[row, i]
            if window == at.NO_FIGHTING:
                to[:] = 0.0


@inner
def _arrivals(m, part, own, x):
    """When each force comes: messages by date decide it before the fight begins."""
    for i in range(BATCH):
        for r in own:
            write(m, at.ROW, r, part[r, i])
        for o in range(size(m, at.FORCES)):
            there = look(m, at.PRESENT, o)
            put(m, at.ARRIVED, o, there)
            write(m, at.ARRIVAL, o, np.inf)
        begin_messages(m)
        for o in range(size(m, at.FORCES)):
            x[ARRIVAL + o, i] = see(m, at.ARRIVAL, o)


@inner
def _join(m, part, x):
    """Forces that have come by now; who has come never comes again."""
    for o in range(size(m, at.FORCES)):
        if look(m, at.PRESENT, o) == 1:
            continue
        row, of = look(m, at.FORCE_ROW, o), ARRIVAL + o
        to = COUNT + look(m, at.FORCE_GROUP, o)
        for i in range(BATCH):
            people, arrival = max(0.0, math.floor(part[row, i] + 0.5)), x[of, i]
            here = arrival <= x[NOW, i]
            x[to, i] += people if here else 0.0
            x[of, i] = np.inf if here else arrival
    _check_people(m, x)


@inner
def _until(m, ends, posture, marching, x, w):
    """End (of the tick, or the next arrival) and posture of each piece; how many are left."""
    ticks = len(ends) - 1
    if ticks == 1:
        for i in range(BATCH):
            x[UNTIL, i] = ends[0]
            x[POSTURE, i] = posture[0, 0, i]
            x[POSTURE + 1, i] = posture[0, 1, i]
    else:
        for i in range(BATCH):
            k = w[TICK, i]
            x[UNTIL, i] = ends[k]
            x[POSTURE, i] = posture[k, 0, i]
            x[POSTURE + 1, i] = posture[k, 1, i]
    if marching:
        for o in range(size(m, at.FORCES)):
            if look(m, at.PRESENT, o) == 0:
                of = ARRIVAL + o
                for i in range(BATCH):
                    x[UNTIL, i] = min(x[UNTIL, i], x[of, i])
    going = 0
    for i in range(BATCH):
        going += 1 if x[UNTIL, i] > x[NOW, i] else 0
    return going


@inner
def _pass(ends, x, w):
    """To the end of each world's piece."""
    last = len(ends) - 1
    for i in range(BATCH):
        k, piece, until = w[TICK, i], w[PIECE, i], x[UNTIL, i]
        over = (until >= ends[k]) & (k < last)
        w[TICK, i] = k + 1 if over else k
        w[PIECE, i] = 0 if over else piece + 1
        x[NOW, i] = until


@inner
def _rows(number):
    """Rows of floats that begin where lines of the cache begin: a vector across two costs two."""
    free = np.zeros(number * BATCH + 8)
    start = (-free.ctypes.data >> 3) & 7
    return free[start : start + number * BATCH].reshape((number, BATCH))


@inner
def _vectors_of(m, vector_of):
    """Vector channel of each channel, then of each group; sides have 1 arm or up to 3."""
    channels, first = size(m, at.CHANNELS), 0
    for c in range(channels):
        first += 1 if look(m, at.CHANNEL_SLOT, c) == 0 else 0
    arms = 1 if channels == 2 else MOST_ARMS
    for c in range(channels):
        v = c if c < first else 2 * arms - channels + c
        vector_of[c] = v
        vector_of[channels + look(m, at.CHANNEL_GROUP, c)] = v
    return arms


@inner
def _fight_batch(m, arms, vector_of, ends, posture, part, own, marching, x, w, u, block):
    """Fight a batch of worlds whose streams are known."""
    _muster(m, part, x, w)
    _check_people(m, x)
    _roles(m, part, x)
    _coefficients(m, part, x)
    _postures(m, part, posture)
    if marching:
        _arrivals(m, part, own, x)
    while True:
        if marching:
            _join(m, part, x)
        if _until(m, ends, posture, marching, x, w) == 0:
            break
        set_means(m, x, w)
        key_pieces(w, u, block)
        draw_numbers(m, w, u, block)
        set_thresholds(m, arms, vector_of, x, block)
        run_all(arms, block)
        guard(m, x, w)
        unload(m, arms, vector_of, x, w, block)
        _pass(ends, x, w)


@compiled
def sweep_worlds(words, rows, tables, seed, names, counts, left):
    """Fight worlds side by side, for their losses only.

    Parameters
    ----------
    words, rows, tables, seed, counts : as in `fight_worlds`; names (W,) are the worlds' numbers.
    left : (W,) to fill with the columns that are not fought here; how many is returned.
    """
    memory = words.copy()
    m = np.int64(memory.ctypes.data)
    lend_tables(m, tables)
    groups, forces, ticks = size(m, at.GROUPS), size(m, at.FORCES), look(m, at.TICKS_OF, 1)
    vector_of = np.zeros(size(m, at.CHANNELS) + groups, np.int64)
    arms = _vectors_of(m, vector_of)
    block = _rows((ROWS_ONE if arms == 1 else ROWS_THREE) // 2 + 1).view(np.uint32)
    block = block.reshape((2 * len(block), BATCH))
    u, w = _rows(WORD_ROWS).view(np.uint64), _rows(WHOLE_ROWS).view(np.int64)
    x = _rows(ARRIVAL + forces)
    posture = _rows(2 * ticks + 2).reshape((ticks + 1, 2, BATCH))
    ends = np.empty(ticks + 1)
    for k in range(ticks):
        ends[k] = see(m, at.TICK_END, k)
    ends[ticks] = see(m, at.HORIZON, 0)
    marching = False
    for o in range(forces):
        marching = marching or look(m, at.PRESENT, o) == 0
    rest, done = 0, 0
    part = _rows(len(rows.alike))
    for r in range(len(part)):
        part[r] = rows.alike[r]
        write(m, at.ROW, r, rows.alike[r])
    while done < len(names) and len(names) >= BATCH:
        # The last batch begins early enough to be whole; some of its worlds are fought again.
        low = min(done, len(names) - BATCH)
        for v in range(len(rows.own)):
            part[rows.own[v]] = rows.varying[v, low : low + BATCH]
        _streams(m, seed, names, low, u)
        _fight_batch(m, arms, vector_of, ends, posture, part, rows.own, marching, x, w, u, block)
        for g in range(groups):
            to, of = counts[size(m, at.OUT_LOST) + g, low : low + BATCH], LOST + g
            for i in range(BATCH):
                to[i] = np.int64(x[of, i])
        for i in range(done - low, BATCH):
            if x[ALIVE, i] == 0.0:
                left[rest] = low + i
                rest += 1
        done = low + BATCH
    for i in range(done, len(names)):
        left[rest] = i
        rest += 1
    # Reading `memory` here keeps it alive: the loops know it by its address alone.
    return rest if memory[at.FIELDS] == 1 else -1


@compiled
def draw_marks(seed, steps):
    """Draw `steps` marks in each of 64 lanes and nothing else; their exclusive or.

    What the machine can draw bounds what any kernel can fight: benchmarks print their ratio to it.
    """
    block = np.zeros(4 * 5 * LANES, np.uint32)
    for i in range(len(block)):
        block[i] = np.uint32(mix(np.uint64(seed) + np.uint64(i)) & _LOW)
    raw_marks(np.int64(block.ctypes.data), np.int64(steps))
    found = np.int64(0)
    for i in range(len(block)):
        found ^= np.int64(block[i])
    return found
