"""Many worlds side by side, for battles that nothing but losses and arrivals can change.

One field, one engagement with coefficients per enemy, no hazards, messages by date only: what is
left of a piece is arithmetic, done here for a batch of worlds in loops that the compiler
turns into vectors, and its candidates, run as vectors by hand. Worlds in which something else
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
    BATCH,
    COEFFICIENT,
    COUNT,
    FLOOR,
    LOST,
    NOW,
    RATE,
    ROLE,
    TOTAL,
    UNTIL,
    guard,
    number_all,
    number_keys,
    run_all,
    set_thresholds,
    unload,
)
from inje.kernels._command import begin_messages
from inje.kernels._compiler import compiled, inner
from inje.kernels._memory import look, put, see, size, write
from inje.kernels._pieces import NARROW
from inje.kernels._tables import lend_tables
from inje.kernels._vectors import (
    LANES,
    MOST_ARMS,
    ROWS_ONE,
    ROWS_THREE,
    raw_marks,
)

__all__ = ["draw_marks", "sweep_worlds"]

_LOW = np.uint64(0xFFFFFFFF)


@inner
def _muster(m, part, x):
    """People of each group who are there from the start; a world without a side is left alone."""
    for g in range(size(m, at.GROUPS)):
        for i in range(x.shape[1]):
            x[COUNT + g, i] = 0.0
            x[LOST + g, i] = 0.0
    for o in range(size(m, at.FORCES)):
        if look(m, at.PRESENT, o) == 1:
            g, row = look(m, at.FORCE_GROUP, o), look(m, at.FORCE_ROW, o)
            to = COUNT + g
            for i in range(x.shape[1]):
                x[to, i] += max(0.0, math.floor(part[row, i] + 0.5))
    for i in range(x.shape[1]):
        x[NOW, i] = 0.0
        x[ALIVE, i] = 1.0
    for g in range(size(m, at.GROUPS)):
        of = COUNT + g
        for i in range(x.shape[1]):
            if x[of, i] < 1.0:
                x[ALIVE, i] = 0.0


@inner
def _check_people(m, x):
    """Worlds with more people than thresholds of whole steps bear are left alone."""
    for i in range(x.shape[1]):
        x[TOTAL, i] = 0.0
    for g in range(size(m, at.GROUPS)):
        of = COUNT + g
        for i in range(x.shape[1]):
            x[TOTAL, i] += x[of, i]
    for i in range(x.shape[1]):
        if x[TOTAL, i] > NARROW:
            x[ALIVE, i] = 0.0


@inner
def _streams(m, seed, names, low, u):
    """Keys of the worlds' streams."""
    name, here = np.uint64(look(m, at.FIELD_KEY, 0)), names[low : low + BATCH]
    for i in range(u.shape[1]):
        u[0, i] = stream_key(world_key(seed, here[i]), name)


@inner
def _roles(m, part, x):
    """Who attacks, and the breakpoints of both sides, 0 without one."""
    attacker = look(m, at.ATTACKER_ROW, 0)
    for i in range(x.shape[1]):
        x[ROLE, i] = part[attacker, i]
    for slot in range(2):
        attacks = look(m, at.HAZARD_ROWS, 8 * slot + 3)
        defends = look(m, at.HAZARD_ROWS, 8 * slot + 7)
        to = FLOOR + slot
        for i in range(x.shape[1]):
            x[to, i] = 0.0
        for row, attacking in ((attacks, True), (defends, False)):
            for i in range(x.shape[1]):
                if row >= 0 and (x[ROLE, i] == slot) == attacking:
                    x[to, i] = part[row, i]


@inner
def _arrivals(m, part, own, x):
    """When each force comes: messages by date decide it before the fight begins."""
    for i in range(x.shape[1]):
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
        for i in range(x.shape[1]):
            here = x[of, i] <= x[NOW, i]
            x[to, i] += max(0.0, math.floor(part[row, i] + 0.5)) if here else 0.0
            x[of, i] = np.inf if here else x[of, i]
    _check_people(m, x)


@inner
def _until(m, end, marching, x):
    """End of each world's piece: of the tick, or the next arrival; whether any is left."""
    going = 0.0
    for i in range(x.shape[1]):
        x[UNTIL, i] = end
        going = max(going, end - x[NOW, i])
    if marching:
        for o in range(size(m, at.FORCES)):
            if look(m, at.PRESENT, o) == 0:
                of = ARRIVAL + o
                for i in range(x.shape[1]):
                    x[UNTIL, i] = min(x[UNTIL, i], x[of, i])
    return going > 0.0


@inner
def _coefficients(m, part, k, x):
    """What each enemy costs the people of a channel in tick k, posture included."""
    for c in range(size(m, at.CHANNELS)):
        slot = look(m, at.CHANNEL_SLOT, c)
        window, upon = look(m, at.WINDOW, k), look(m, at.UPON_ROWS, 2 * k + slot)
        night = look(m, at.NIGHT_ROW, 0) if look(m, at.NIGHT, k) == 1 else -1
        for i in range(x.shape[1]):
            x[RATE, i] = part[window, i] if window >= 0 else 1.0
        for row in (upon, night):
            if row >= 0:
                for i in range(x.shape[1]):
                    x[RATE, i] *= part[row, i]
        for n in range(look(m, at.LINKS_OF, c), look(m, at.LINKS_OF, c + 1)):
            attacks, defends = look(m, at.LINK_ROWS, 2 * n), look(m, at.LINK_ROWS, 2 * n + 1)
            to = COEFFICIENT + n
            if attacks == defends:
                for i in range(x.shape[1]):
                    x[to, i] = part[attacks, i] * x[RATE, i]
            else:
                for i in range(x.shape[1]):
                    row = attacks if x[ROLE, i] == slot else defends
                    x[to, i] = part[row, i] * x[RATE, i]


@inner
def _bounds(m, x):
    """Sum of the rates of all channels, in the order of the channels."""
    for i in range(x.shape[1]):
        x[TOTAL, i] = 0.0
    for c in range(size(m, at.CHANNELS)):
        for i in range(x.shape[1]):
            x[RATE, i] = 0.0
        for n in range(look(m, at.LINKS_OF, c), look(m, at.LINKS_OF, c + 1)):
            by, of = COEFFICIENT + n, COUNT + look(m, at.LINK_GROUP, n)
            for i in range(x.shape[1]):
                x[RATE, i] += x[by, i] * x[of, i]
        for i in range(x.shape[1]):
            x[TOTAL, i] += x[RATE, i]


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
def _fight_batch(m, arms, vector_of, part, own, seed, names, low, marching, u, x, bits, block):
    """Fight a batch of worlds."""
    y, v = x.reshape((len(x), BATCH // LANES, LANES)), u.reshape((len(u), BATCH // LANES, LANES))
    _muster(m, part, x)
    _check_people(m, x)
    _streams(m, seed, names, low, u)
    _roles(m, part, x)
    if marching:
        _arrivals(m, part, own, x)
    for k in range(look(m, at.TICKS_OF, 1)):
        fought = look(m, at.WINDOW, k) != at.NO_FIGHTING
        if fought:
            _coefficients(m, part, k, x)
        piece = 0
        while True:
            if marching:
                _join(m, part, x)
            if not _until(m, see(m, at.TICK_END, k), marching, x):
                break
            if fought:
                _bounds(m, x)
                number_keys(k, piece, u, v, block)
                number_all(m, u, x, bits)
                set_thresholds(m, arms, vector_of, x, y, block)
                run_all(arms, x, y, block)
                guard(m, x)
                unload(m, arms, vector_of, x, y, block)
            for i in range(x.shape[1]):
                x[NOW, i] = x[UNTIL, i]
            piece += 1


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
    groups, forces = size(m, at.GROUPS), size(m, at.FORCES)
    vector_of = np.zeros(size(m, at.CHANNELS) + groups, np.int64)
    arms = _vectors_of(m, vector_of)
    block = np.zeros((BATCH // LANES, ROWS_ONE if arms == 1 else ROWS_THREE, LANES), np.uint32)
    u, x = np.zeros((4, BATCH), np.uint64), np.zeros((ARRIVAL + forces, BATCH))
    bits = x.view(np.int64)
    marching = False
    for o in range(forces):
        marching = marching or look(m, at.PRESENT, o) == 0
    rest, whole = 0, len(names) // BATCH * BATCH
    part = np.empty((len(rows.alike), BATCH))
    for r in range(len(part)):
        part[r] = rows.alike[r]
        write(m, at.ROW, r, rows.alike[r])
    for low in range(0, whole, BATCH):
        for v in range(len(rows.own)):
            part[rows.own[v]] = rows.varying[v, low : low + BATCH]
        _fight_batch(
            m, arms, vector_of, part, rows.own, seed, names, low, marching, u, x, bits, block
        )
        for g in range(groups):
            to, of = counts[size(m, at.OUT_LOST) + g, low : low + BATCH], LOST + g
            for i in range(BATCH):
                to[i] = np.int64(x[of, i])
        for i in range(BATCH):
            if x[ALIVE, i] == 0.0:
                left[rest] = low + i
                rest += 1
    for w in range(whole, len(names)):
        left[rest] = w
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
