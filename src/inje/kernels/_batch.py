"""Arithmetic of a batch of worlds: means, numbers of candidates, thresholds, losses.

Everything is a row of BATCH numbers, one a world, so that each loop is one that the compiler
turns into vectors. `x` holds floats, `w` whole numbers, `u` words of 64 bits, and `block` what the
vectors of `_vectors` read and write.
"""

from __future__ import annotations

import math

import numpy as np

from inje.kernels import _layout as at
from inje.kernels._addresses import GOLDEN, mix, number_key, words_key
from inje.kernels._compiler import inner
from inje.kernels._memory import look, size
from inje.kernels._tables import LARGEST_MEAN, MARGIN, draw_poisson, grid_step, step_mean, step_row
from inje.kernels._vectors import BATCH, LANES, MOST_ARMS, NUMBERS, TOGETHER, steps_one, steps_three

__all__ = [
    "draw_numbers",
    "guard",
    "key_pieces",
    "run_all",
    "set_means",
    "set_thresholds",
    "unload",
]

_HALF = np.uint64(32)
MOST_HITS = 1000  # ten bits an arm
GROUPS_MOST = 2 * MOST_ARMS
LINKS_MOST = 2 * MOST_ARMS * MOST_ARMS

# Rows of floats.
(NOW, UNTIL, TOTAL, RATE, SCALE, ALIVE, FLOOR, FLOOR_OTHER, ROLE, POSTURE, POSTURE_OTHER) = range(
    11
)
COUNT = 11
LOST = COUNT + GROUPS_MOST
THRESHOLD = LOST + GROUPS_MOST
COEFFICIENT = THRESHOLD + GROUPS_MOST
ARRIVAL = COEFFICIENT + LINKS_MOST  # the last: as many as there are forces

# Rows of whole numbers.
TICK, PIECE, NUMBER, GRID, WHOLE_ROWS = range(5)

# Rows of words.
STREAM, WORD, WORD_ROWS = range(3)


@inner
def key_pieces(w, u, block):
    """The words of the worlds' pieces that decide their numbers, and the first of their marks."""
    for i in range(BATCH):
        where = (np.uint64(w[TICK, i]) << np.uint64(20)) + np.uint64(w[PIECE, i]) + np.uint64(1)
        here = mix(u[STREAM, i] + GOLDEN * where)
        second = words_key(here)
        u[WORD, i] = number_key(here)
        block[0, i] = np.uint32(here)
        block[1, i] = np.uint32(here >> _HALF)
        block[2, i] = np.uint32(second)
        block[3, i] = np.uint32(second >> _HALF)


@inner
def set_means(m, x, w):
    """Mean and scale of each world's piece: the mean's row of the grid, -1 where none is fought."""
    for i in range(BATCH):
        x[TOTAL, i] = 0.0
    for c in range(size(m, at.CHANNELS)):
        posture = POSTURE + look(m, at.CHANNEL_SLOT, c)
        for i in range(BATCH):
            x[RATE, i] = 0.0
        for n in range(look(m, at.LINKS_OF, c), look(m, at.LINKS_OF, c + 1)):
            by, of = COEFFICIENT + n, COUNT + look(m, at.LINK_GROUP, n)
            for i in range(BATCH):
                x[RATE, i] += x[by, i] * x[posture, i] * x[of, i]
        for i in range(BATCH):
            x[TOTAL, i] += x[RATE, i]
    for i in range(BATCH):
        length, alive = x[UNTIL, i] - x[NOW, i], x[ALIVE, i]
        mean = x[TOTAL, i] * length
        alive = 0.0 if mean > 0.75 * LARGEST_MEAN else alive
        x[ALIVE, i] = alive
        fights = (mean > 0.0) & (alive > 0.0)
        step = grid_step(max(0.015625, mean * MARGIN), True)
        scale = 4294967296.0 * length / step_mean(step)
        x[SCALE, i] = scale if fights else 0.0
        w[GRID, i] = step_row(step) if fights else -1


@inner
def draw_numbers(m, w, u, block):
    """Number of candidates of each world's piece."""
    for i in range(BATCH):
        row = w[GRID, i]
        number = draw_poisson(m, max(row, 0), u[WORD, i])
        w[NUMBER, i] = number if row >= 0 else 0
    for i in range(BATCH):
        block[NUMBERS, i] = np.uint32(w[NUMBER, i])


@inner
def set_thresholds(m, arms, vector_of, x, block):
    """Regions, thresholds and what each hit takes, as whole 2^-32ths of the bound."""
    channels = size(m, at.CHANNELS)
    for i in range(BATCH):
        x[RATE, i] = 0.0  # where the next region begins
    for c in range(channels):
        v, posture, to = vector_of[c], POSTURE + look(m, at.CHANNEL_SLOT, c), THRESHOLD + c
        for i in range(BATCH):
            x[to, i] = 0.0
        for n in range(look(m, at.LINKS_OF, c), look(m, at.LINKS_OF, c + 1)):
            g = look(m, at.LINK_GROUP, n)
            by, of, source = COEFFICIENT + n, COUNT + g, vector_of[channels + g]
            row = 5 + 6 * arms + source * arms + (v - arms if source < arms else v)
            for i in range(BATCH):
                each = math.floor(x[by, i] * x[posture, i] * x[SCALE, i] + 0.5)
                block[row, i] = np.uint32(np.int64(each))
                x[to, i] += each * x[of, i]
        region, limit = 5 + v, 5 + 2 * arms + v
        last = c == channels - 1
        for i in range(BATCH):
            threshold, start = x[to, i], x[RATE, i]
            held = 4294967295.0 - threshold if last else threshold
            block[region, i] = np.uint32(np.int64(start))
            block[limit, i] = np.uint32(np.int64(held))
            x[RATE, i] = start + threshold


@inner
def run_all(arms, block):
    """The candidates of all lanes."""
    start = np.int64(block.ctypes.data)
    if arms == 1:
        for first in range(0, BATCH, TOGETHER * LANES):
            steps_one(start + 4 * first)
    else:
        for first in range(0, BATCH, LANES):
            steps_three(start + 4 * first)


@inner
def guard(m, x, w):
    """Leave alone the worlds in which more than losses might have happened."""
    for slot in range(2):
        for i in range(BATCH):
            x[RATE, i] = 0.0
        for c in range(size(m, at.CHANNELS)):
            if look(m, at.CHANNEL_SLOT, c) != slot:
                continue
            of = COUNT + look(m, at.CHANNEL_GROUP, c)
            for i in range(BATCH):
                people, n, alive = x[of, i], float(w[NUMBER, i]), x[ALIVE, i]
                x[RATE, i] += people
                x[ALIVE, i] = 0.0 if (n >= people) | (n > MOST_HITS) else alive
        floor = FLOOR + slot
        for i in range(BATCH):
            left, least, alive = x[RATE, i] - float(w[NUMBER, i]), x[floor, i], x[ALIVE, i]
            x[ALIVE, i] = 0.0 if left <= least else alive


@inner
def unload(m, arms, vector_of, x, w, block):
    """Take the losses off."""
    for c in range(size(m, at.CHANNELS)):
        v, g = vector_of[c], look(m, at.CHANNEL_GROUP, c)
        of, to = COUNT + g, LOST + g
        if arms > 1:
            row, shift = 5 + 4 * arms + v // arms, np.uint32(10 * (v % arms))
            for i in range(BATCH):
                hits = float(np.int64((block[row, i] >> shift) & np.uint32(1023)))
                fallen = hits if w[NUMBER, i] > 0 else 0.0
                x[of, i] -= fallen
                x[to, i] += fallen
            continue
        # With one arm a side, the threshold that the group feeds is its people's steps.
        steps, fed, other = 11 + v, 8 - v, v == 0
        for i in range(BATCH):
            each = float(np.int64(block[steps, i]))
            held = float(np.int64(block[fed, i]))
            people, alive, some = x[of, i], x[ALIVE, i], w[NUMBER, i] > 0
            left = (4294967295.0 - held if other else held) / max(each, 1.0)
            fallen = people - left if some else 0.0
            x[ALIVE, i] = 0.0 if (each < 1.0) & some else alive
            x[of, i] = people - fallen
            x[to, i] += fallen
