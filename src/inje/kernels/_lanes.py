"""Many worlds side by side, for battles that nothing but losses and arrivals can change.

One field, one engagement with coefficients per enemy, no hazards, messages by date only: what is
left of a piece is arithmetic, done here for all worlds of a batch, and its candidates, run
as vectors. Worlds in which something else might happen in a piece (a side near its end or
its breakpoint, too many people, too many candidates) are left to `fight_worlds`, which fights them
from their start; both give the same bits.
"""

from __future__ import annotations

import math

import numpy as np

from inje.kernels import _layout as at
from inje.kernels._addresses import mix, piece_key, stream_key, world_key
from inje.kernels._command import begin_messages
from inje.kernels._compiler import compiled, inner
from inje.kernels._memory import look, put, see, size, write
from inje.kernels._pieces import NARROW, number_key, words_key
from inje.kernels._poisson import LARGEST_MEAN, MARGIN, draw_poisson, grid_row
from inje.kernels._vectors import (
    LANES,
    MOST_ARMS,
    ROWS_ONE,
    ROWS_THREE,
    raw_marks,
    steps_one,
    steps_three,
)

__all__ = ["draw_marks", "sweep_worlds"]

#: worlds of a batch: enough to sort them by their number of candidates
BATCH = 256
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_ALL = np.uint32(0xFFFFFFFF)
MOST_HITS = 1000  # ten bits an arm


@inner
def _strengths(m, rows, low, worlds, count, alive):
    """People of each group who are there from the start; a world without a side is left alone."""
    count[:, :worlds] = 0.0
    for o in range(size(m, at.FORCES)):
        if look(m, at.PRESENT, o) == 1:
            g, row = look(m, at.FORCE_GROUP, o), look(m, at.FORCE_ROW, o)
            for i in range(worlds):
                count[g, i] += max(0.0, math.floor(rows[row, low + i] + 0.5))
    for i in range(worlds):
        people = 0.0
        for g in range(len(count)):
            people += count[g, i]
            alive[i] = alive[i] and count[g, i] > 0.0
        alive[i] = alive[i] and people <= NARROW


@inner
def _keys(m, seed, names, low, worlds, streams):
    name = np.uint64(look(m, at.FIELD_KEY, 0))
    for i in range(worlds):
        streams[i] = stream_key(world_key(seed, names[low + i]), name)


@inner
def _arrivals(m, rows, low, worlds, arrival):
    """When each force comes: messages by date decide it before the fight begins."""
    for i in range(worlds):
        for r in range(len(rows)):
            write(m, at.ROW, r, rows[r, low + i])
        for o in range(size(m, at.FORCES)):
            there = look(m, at.PRESENT, o)
            put(m, at.ARRIVED, o, there)
            write(m, at.ARRIVAL, o, 0.0 if there == 1 else np.inf)
        begin_messages(m)
        for o in range(size(m, at.FORCES)):
            arrival[o, i] = see(m, at.ARRIVAL, o)


@inner
def _coefficients(m, rows, low, worlds, k, roles, coefficient):
    """What each enemy costs the people of a channel in tick k, posture included."""
    for c in range(size(m, at.CHANNELS)):
        slot = look(m, at.CHANNEL_SLOT, c)
        window, upon = look(m, at.WINDOW, k), look(m, at.UPON_ROWS, 2 * k + slot)
        night = look(m, at.NIGHT_ROW, 0) if look(m, at.NIGHT, k) == 1 else -1
        for n in range(look(m, at.LINKS_OF, c), look(m, at.LINKS_OF, c + 1)):
            attacks, defends = look(m, at.LINK_ROWS, 2 * n), look(m, at.LINK_ROWS, 2 * n + 1)
            for i in range(worlds):
                posture = rows[window, low + i] if window >= 0 else 1.0
                if upon >= 0:
                    posture *= rows[upon, low + i]
                if night >= 0:
                    posture *= rows[night, low + i]
                row = attacks if roles[i] == slot else defends
                coefficient[n, i] = rows[row, low + i] * posture


@inner
def _bounds(m, worlds, count, coefficient, total, rate):
    """Sum of the rates of all channels, in the order of the channels."""
    total[:worlds] = 0.0
    for c in range(size(m, at.CHANNELS)):
        rate[:worlds] = 0.0
        for n in range(look(m, at.LINKS_OF, c), look(m, at.LINKS_OF, c + 1)):
            g = look(m, at.LINK_GROUP, n)
            for i in range(worlds):
                rate[i] += coefficient[n, i] * count[g, i]
        for i in range(worlds):
            total[i] += rate[i]


@inner
def _numbers(tables, worlds, tick, span, alive, key, number, scale):
    """Key, number of candidates and scale of each world's piece; none where its tick is over."""
    now, until, total, streams, piece = span
    for i in range(worlds):
        key[i] = piece_key(streams[i], tick, piece[i])
    most = 0
    for i in range(worlds):
        length = until[i] - now[i]
        number[i] = 0
        if not alive[i] or length <= 0.0:
            continue
        mean = total[i] * length
        if mean > 0.75 * LARGEST_MEAN:
            alive[i] = False
            continue
        row = grid_row(mean * MARGIN)
        scale[i] = 4294967296.0 * length / tables.mean[row]
        number[i] = draw_poisson(tables, row, number_key(key[i]))
        most = max(most, number[i])
    return most


@inner
def _order(worlds, number, most, places, sorted_):
    """The worlds by their number of candidates (counting sort)."""
    places[: most + 2] = 0
    for i in range(worlds):
        places[number[i] + 1] += 1
    for j in range(1, most + 2):
        places[j] += places[j - 1]
    for i in range(worlds):
        sorted_[places[number[i]]] = i
        places[number[i]] += 1


@inner
def _load(m, arms, vector_of, worlds, sorted_, key, number, scale, count, coefficient, block):
    """Rows of all lanes: generator, number, regions, thresholds and what each hit takes."""
    height = 5 + 6 * arms + 2 * arms * arms
    channels = size(m, at.CHANNELS)
    for place in range(worlds):
        i = sorted_[place]
        base = (place // LANES) * height * LANES + place % LANES
        words = words_key(key[i])
        block[base] = np.uint32(key[i] & _LOW)
        block[base + LANES] = np.uint32(key[i] >> _HALF)
        block[base + 2 * LANES] = np.uint32(words & _LOW)
        block[base + 3 * LANES] = np.uint32(words >> _HALF)
        block[base + 4 * LANES] = np.uint32(number[i])
        region = np.uint64(0)
        for c in range(channels):
            v = vector_of[c]
            threshold = np.uint64(0)
            for n in range(look(m, at.LINKS_OF, c), look(m, at.LINKS_OF, c + 1)):
                g = look(m, at.LINK_GROUP, n)
                each = np.uint64(math.floor(coefficient[n, i] * scale[i] + 0.5))
                threshold += each * np.uint64(count[g, i])
                source = vector_of[channels + g]
                row = 5 + 6 * arms + source * arms + (v - arms if source < arms else v)
                block[base + row * LANES] = np.uint32(each)
            block[base + (5 + v) * LANES] = np.uint32(region)
            last = c == channels - 1
            block[base + (5 + 2 * arms + v) * LANES] = (
                np.uint32(_LOW - threshold) if last else np.uint32(threshold)
            )
            region += threshold


@inner
def _run(arms, worlds, sorted_, number, block):
    """The candidates of all lanes, group by group."""
    height = 5 + 6 * arms + 2 * arms * arms
    together = 2 * LANES if arms == 1 else LANES
    start = np.int64(block.ctypes.data)
    for first in range(0, worlds, together):
        last = min(first + together, worlds)
        least, most = number[sorted_[first]], number[sorted_[last - 1]]
        for place in range(last, first + together):  # lanes without a world
            block[(place // LANES) * height * LANES + place % LANES + 4 * LANES] = np.uint32(0)
            least = 0
        address = start + (first // LANES) * height * LANES * 4
        if arms == 1:
            steps_one(address, least, most)
        else:
            steps_three(address, least, most)


@inner
def _fallen(arms, v, base, people, block):
    """Losses of the group of a vector channel in one lane; -1 where they cannot be told."""
    if arms > 1:
        packed = np.int64(block[base + (5 + 4 * arms + v // arms) * LANES])
        return (packed >> np.int64(10 * (v % arms))) & np.int64(1023)
    # With one arm a side, the threshold that the group feeds is what each adds, times its people.
    each = np.float64(block[base + (11 + v) * LANES])
    fed = block[base + (8 - v) * LANES]
    after = np.float64(_ALL - fed if v == 0 else fed)
    return np.int64(people - after / each) if each > 0.0 else np.int64(-1)


@inner
def _unload(m, arms, vector_of, worlds, sorted_, number, count, lost, floor, alive, block):
    """Take the losses off; a world in which more than losses might have happened is left alone."""
    height = 5 + 6 * arms + 2 * arms * arms
    channels = size(m, at.CHANNELS)
    for place in range(worlds):
        i = sorted_[place]
        n = number[i]
        if n == 0 or not alive[i]:
            continue
        base = (place // LANES) * height * LANES + place % LANES
        left0, left1, safe = 0.0, 0.0, n < MOST_HITS
        for c in range(channels):
            people = count[look(m, at.CHANNEL_GROUP, c), i]
            safe = safe and people > n
            if look(m, at.CHANNEL_SLOT, c) == 0:
                left0 += people
            else:
                left1 += people
        safe = safe and left0 - n > floor[0, i] and left1 - n > floor[1, i]
        for c in range(channels):
            g = look(m, at.CHANNEL_GROUP, c)
            fallen = _fallen(arms, vector_of[c], base, count[g, i], block)
            safe = safe and fallen >= 0
            count[g, i] -= fallen
            lost[g, i] += fallen
        alive[i] = safe


@inner
def _floors(m, rows, low, worlds, roles, floor):
    """Breakpoints of both sides, 0 without one; the side that attacks."""
    row = look(m, at.ATTACKER_ROW, 0)
    for i in range(worlds):
        roles[i] = np.int64(rows[row, low + i])
    for slot in range(2):
        for i in range(worlds):
            role = 0 if roles[i] == slot else 1
            at_row = look(m, at.HAZARD_ROWS, 4 * (2 * slot + role) + 3)
            floor[slot, i] = rows[at_row, low + i] if at_row >= 0 else 0.0


@inner
def _join(m, rows, low, worlds, now, arrival, came, count, alive):
    """Forces that have come by now."""
    for o in range(size(m, at.FORCES)):
        if look(m, at.PRESENT, o) == 1:
            continue
        g, row = look(m, at.FORCE_GROUP, o), look(m, at.FORCE_ROW, o)
        for i in range(worlds):
            if came[o, i] == 0 and arrival[o, i] <= now[i]:
                came[o, i] = 1
                count[g, i] += max(0.0, math.floor(rows[row, low + i] + 0.5))
                people = 0.0
                for other in range(len(count)):
                    people += count[other, i]
                alive[i] = alive[i] and people <= NARROW


@inner
def _until(m, worlds, end, now, arrival, came, until):
    """End of each world's piece: of the tick, or the next arrival; whether any is left."""
    going = False
    for i in range(worlds):
        until[i] = end
        going = going or now[i] < end
    for o in range(size(m, at.FORCES)):
        if look(m, at.PRESENT, o) == 0:
            for i in range(worlds):
                if came[o, i] == 0:
                    until[i] = min(until[i], arrival[o, i])
    return going


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
    groups, forces = size(m, at.GROUPS), size(m, at.FORCES)
    vector_of = np.zeros(size(m, at.CHANNELS) + groups, np.int64)
    arms = _vectors_of(m, vector_of)
    block = np.zeros(BATCH * (ROWS_ONE if arms == 1 else ROWS_THREE), np.uint32)
    streams, key = np.zeros(BATCH, np.uint64), np.zeros(BATCH, np.uint64)
    now, until, total = np.zeros(BATCH), np.zeros(BATCH), np.zeros(BATCH)
    rate, scale, floor = np.zeros(BATCH), np.zeros(BATCH), np.zeros((2, BATCH))
    count, lost = np.zeros((groups, BATCH)), np.zeros((groups, BATCH))
    coefficient = np.zeros((size(m, at.LINKS), BATCH))
    number, piece = np.zeros(BATCH, np.int64), np.zeros(BATCH, np.int64)
    roles, sorted_ = np.zeros(BATCH, np.int64), np.zeros(BATCH, np.int64)
    places, came = np.zeros(at.ROOM + 2, np.int64), np.zeros((forces, BATCH), np.int64)
    arrival, alive = np.zeros((forces, BATCH)), np.zeros(BATCH, np.bool_)
    marching = False
    for o in range(forces):
        marching = marching or look(m, at.PRESENT, o) == 0
    rest = 0
    for low in range(0, len(names), BATCH):
        worlds = min(BATCH, len(names) - low)
        alive[:worlds] = True
        now[:] = 0.0
        came[:] = 0
        lost[:] = 0.0
        _strengths(m, rows, low, worlds, count, alive)
        _keys(m, seed, names, low, worlds, streams)
        _floors(m, rows, low, worlds, roles, floor)
        if marching:
            _arrivals(m, rows, low, worlds, arrival)
        for k in range(look(m, at.TICKS_OF, 1)):
            piece[:worlds] = 0
            fought = look(m, at.WINDOW, k) != at.NO_FIGHTING
            if fought:
                _coefficients(m, rows, low, worlds, k, roles, coefficient)
            end = see(m, at.TICK_END, k)
            while True:
                if marching:
                    _join(m, rows, low, worlds, now, arrival, came, count, alive)
                if not _until(m, worlds, end, now, arrival, came, until):
                    break
                if fought:
                    _bounds(m, worlds, count, coefficient, total, rate)
                    span = (now, until, total, streams, piece)
                    most = _numbers(tables, worlds, k, span, alive, key, number, scale)
                    _order(worlds, number, most, places, sorted_)
                    _load(
                        m,
                        arms,
                        vector_of,
                        worlds,
                        sorted_,
                        key,
                        number,
                        scale,
                        count,
                        coefficient,
                        block,
                    )
                    _run(arms, worlds, sorted_, number, block)
                    _unload(
                        m,
                        arms,
                        vector_of,
                        worlds,
                        sorted_,
                        number,
                        count,
                        lost,
                        floor,
                        alive,
                        block,
                    )
                for i in range(worlds):
                    piece[i] += 1
                    now[i] = until[i]
        for g in range(groups):
            for i in range(worlds):
                counts[size(m, at.OUT_LOST) + g, low + i] = np.int64(lost[g, i])
        for i in range(worlds):
            if not alive[i]:
                left[rest] = low + i
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
