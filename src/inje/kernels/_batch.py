"""Arithmetic of a batch of worlds: numbers of candidates, thresholds, and their losses."""

from __future__ import annotations

import math

import numpy as np

from inje.kernels import _layout as at
from inje.kernels._addresses import GOLDEN, mix, words_key
from inje.kernels._compiler import inner
from inje.kernels._memory import look, size
from inje.kernels._pieces import number_key
from inje.kernels._tables import LARGEST_MEAN, MARGIN, draw_poisson, grid_mean
from inje.kernels._vectors import LANES, MOST_ARMS, steps_one, steps_three

__all__ = ["BATCH", "guard", "number_all", "number_keys", "run_all", "set_thresholds", "unload"]

#: worlds of a batch: enough for what each loop costs to begin with
BATCH = 16 * LANES
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
MOST_HITS = 1000  # ten bits an arm
GROUPS_MOST = 2 * MOST_ARMS
LINKS_MOST = 2 * MOST_ARMS * MOST_ARMS

# Rows of the batch's floats, BATCH numbers each.
(NOW, UNTIL, TOTAL, RATE, SCALE, ALIVE, FLOOR, FLOOR_OTHER, ROLE, NUMBER, MEAN) = range(11)
COUNT = 11
LOST = COUNT + GROUPS_MOST
THRESHOLD = LOST + GROUPS_MOST
EACH = THRESHOLD + GROUPS_MOST
COEFFICIENT = EACH + LINKS_MOST
ARRIVAL = COEFFICIENT + LINKS_MOST  # the last: as many as there are forces


@inner
def number_keys(tick, piece, u, v, block):
    """Keys of the worlds' pieces, and the generators' first states."""
    where = (np.uint64(tick) << np.uint64(20)) + np.uint64(piece) + np.uint64(1)
    for i in range(u.shape[1]):
        u[1, i] = mix(u[0, i] + GOLDEN * where)
    for i in range(u.shape[1]):
        u[2, i] = words_key(u[1, i])
    for i in range(u.shape[1]):
        u[3, i] = number_key(u[1, i])
    for half in range(block.shape[0]):
        for i in range(block.shape[2]):
            block[half, 0, i] = np.uint32(v[1, half, i] & _LOW)
            block[half, 1, i] = np.uint32(v[1, half, i] >> _HALF)
            block[half, 2, i] = np.uint32(v[2, half, i] & _LOW)
            block[half, 3, i] = np.uint32(v[2, half, i] >> _HALF)


@inner
def number_all(m, u, x, bits):
    """Number of candidates and scale of each world's piece; none where its tick is over.

    The row of the grid is the mean's exponent and first five bits, rounded up.
    """
    for i in range(x.shape[1]):
        length = x[UNTIL, i] - x[NOW, i]
        mean = x[TOTAL, i] * length
        if length > 0.0 and mean > 0.75 * LARGEST_MEAN:
            x[ALIVE, i] = 0.0
        fights = length > 0.0 and x[ALIVE, i] > 0.0
        x[NUMBER, i] = 1.0 if fights else 0.0
        x[SCALE, i] = 4294967296.0 * length
        x[MEAN, i] = max(0.015625, mean * MARGIN) if fights else 0.015625
    for i in range(x.shape[1]):
        row = (bits[MEAN, i] + ((1 << 47) - 1) >> 47) - (1017 << 5)
        x[SCALE, i] /= grid_mean(m, row)
        x[NUMBER, i] *= float(draw_poisson(m, row, u[3, i]))


@inner
def set_thresholds(m, arms, vector_of, x, y, block):
    """Regions, thresholds and what each hit takes, as whole 2^-32ths of the bound."""
    channels = size(m, at.CHANNELS)
    for i in range(x.shape[1]):
        x[RATE, i] = 0.0  # where the next region begins
    for c in range(channels):
        v = vector_of[c]
        to = THRESHOLD + c
        for i in range(x.shape[1]):
            x[to, i] = 0.0
        for n in range(look(m, at.LINKS_OF, c), look(m, at.LINKS_OF, c + 1)):
            g = look(m, at.LINK_GROUP, n)
            by, of = COEFFICIENT + n, COUNT + g
            source = vector_of[channels + g]
            row = 5 + 6 * arms + source * arms + (v - arms if source < arms else v)
            for half in range(block.shape[0]):
                for i in range(block.shape[2]):
                    each = math.floor(y[by, half, i] * y[SCALE, half, i] + 0.5)
                    block[half, row, i] = np.uint32(np.int64(each))
                    y[to, half, i] += each * y[of, half, i]
        for half in range(block.shape[0]):
            region, limit = 5 + v, 5 + 2 * arms + v
            for i in range(block.shape[2]):
                threshold = y[to, half, i]
                block[half, region, i] = np.uint32(np.int64(y[RATE, half, i]))
                held = threshold if c < channels - 1 else 4294967295.0 - threshold
                block[half, limit, i] = np.uint32(np.int64(held))
                y[RATE, half, i] += threshold


@inner
def run_all(arms, x, y, block):
    """The candidates of all lanes."""
    for half in range(block.shape[0]):
        for i in range(block.shape[2]):
            block[half, 4, i] = np.uint32(np.int64(y[NUMBER, half, i]))
    height, start = block.shape[1], np.int64(block.ctypes.data)
    together = 2 * LANES if arms == 1 else LANES
    for first in range(0, BATCH, together):
        least, most = 1e9, 0.0
        for i in range(first, first + together):
            least = min(least, x[NUMBER, i])
            most = max(most, x[NUMBER, i])
        address = start + (first // LANES) * height * LANES * 4
        if arms == 1:
            steps_one(address, np.int64(least), np.int64(most))
        else:
            steps_three(address, np.int64(least), np.int64(most))


@inner
def guard(m, x):
    """Leave alone the worlds in which more than losses might have happened."""
    for slot in range(2):
        for i in range(x.shape[1]):
            x[RATE, i] = 0.0
        for c in range(size(m, at.CHANNELS)):
            if look(m, at.CHANNEL_SLOT, c) != slot:
                continue
            of = COUNT + look(m, at.CHANNEL_GROUP, c)
            for i in range(x.shape[1]):
                x[RATE, i] += x[of, i]
                n = x[NUMBER, i]
                if n >= x[of, i] or n > MOST_HITS:
                    x[ALIVE, i] = 0.0
        to = FLOOR + slot
        for i in range(x.shape[1]):
            if x[RATE, i] - x[NUMBER, i] <= x[to, i]:
                x[ALIVE, i] = 0.0


@inner
def unload(m, arms, vector_of, x, y, block):
    """Take the losses off."""
    for c in range(size(m, at.CHANNELS)):
        v, g = vector_of[c], look(m, at.CHANNEL_GROUP, c)
        of, to = COUNT + g, LOST + g
        for half in range(block.shape[0]):
            if arms > 1:
                row = 5 + 4 * arms + v // arms
                shift = np.uint32(10 * (v % arms))
                for i in range(block.shape[2]):
                    fallen = float(np.int64((block[half, row, i] >> shift) & np.uint32(1023)))
                    fallen = fallen if y[NUMBER, half, i] > 0.0 else 0.0
                    y[of, half, i] -= fallen
                    y[to, half, i] += fallen
                continue
            # With one arm a side, the threshold that the group feeds is its people's steps.
            steps, fed = 11 + v, 8 - v
            for i in range(block.shape[2]):
                each = float(np.int64(block[half, steps, i]))
                sum_ = float(np.int64(block[half, fed, i]))
                sum_ = 4294967295.0 - sum_ if v == 0 else sum_
                if each < 1.0:
                    y[ALIVE, half, i] = 0.0
                left = sum_ / max(each, 1.0)
                fallen = y[of, half, i] - left if y[NUMBER, half, i] > 0.0 else 0.0
                y[of, half, i] -= fallen
                y[to, half, i] += fallen
