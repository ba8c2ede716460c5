"""The candidates of a piece in which one group stands on either side.

What `_pieces` does for any number of groups in memory is done here in registers: losses by
comparisons without a branch, and only what is rare (a mark in the region of a hazard, a
breakpoint, the last man, the end of what the bounds allow for) by the way round.
"""

from __future__ import annotations

import math

import numpy as np

from inje.kernels import _layout as at
from inje.kernels._compiler import inner
from inje.kernels._memory import get, look, put, see, size, word, write_word
from inje.kernels._rates import hazard, loss_event, rule_of
from inje.kernels._vectors import next_mark

__all__ = ["floor_of", "run_duel", "take_off"]

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_NONE = np.uint64(0)


@inner
def floor_of(m, e, slot):
    """People at whom a side's fight ends: its breakpoint, or nobody."""
    row = look(m, at.HAZARD_ROWS, 4 * rule_of(m, e, slot) + 3)
    return max(0, math.floor(see(m, at.ROW, row))) if row >= 0 else 0


@inner
def take_off(m, f, g, people):
    """So many of a group fall; with a number below zero they stand again."""
    fs = f * size(m, at.SIDE_COUNT) + look(m, at.GROUP_SIDE, g)
    put(m, at.COUNT, g, get(m, at.COUNT, g) - people)
    put(m, at.LOST, g, get(m, at.LOST, g) + people)
    put(m, at.STANDING, fs, get(m, at.STANDING, fs) - people)
    put(m, at.FALLEN, fs, get(m, at.FALLEN, fs) + people)


@inner
def _fallen(m, f, g, left):
    """Write down how many of a group are left; how many have fallen since."""
    less = get(m, at.COUNT, g) - left
    take_off(m, f, g, less)
    return less


@inner
def run_duel(m, f, words, i, upto, fallen, allowed, scale):
    """Candidates i .. upto - 1, as `run_melee`: marks, candidate, losses, event and its channel."""
    a, b, c, d = words
    first = look(m, at.CHANNELS_OF, f)
    channels = look(m, at.CHANNELS_OF, f + 1) - first
    e = look(m, at.CHANNEL_ENGAGEMENT, first)
    g0, g1 = look(m, at.CHANNEL_GROUP, first), look(m, at.CHANNEL_GROUP, first + 1)
    n0, n1 = get(m, at.COUNT, g0), get(m, at.COUNT, g1)
    acc0, acc1 = word(m, at.ACC, first), word(m, at.ACC, first + 1)
    take0 = word(m, at.INCREMENTS, look(m, at.LINKS_OF, first + 1))  # group 0 feeds channel 1
    take1 = word(m, at.INCREMENTS, look(m, at.LINKS_OF, first))
    floor0, floor1 = floor_of(m, e, 0), floor_of(m, e, 1)
    # Nobody counts the losses in the loop: both sides' numbers tell them.
    least = max(-1.0, float(n0 + n1 + fallen) - allowed)
    start1 = word(m, at.WIDTHS, first)
    start2 = start1 + word(m, at.WIDTHS, first + 1) if channels == 4 else _NONE
    width2 = word(m, at.WIDTHS, first + 2) if channels == 4 else _NONE
    width3 = word(m, at.WIDTHS, first + channels - 1) if channels > 2 else _NONE
    hangs = channels == 2
    event, channel = at.NOTHING, -1
    while i < upto:
        a, b, c, d, mark = next_mark(a, b, c, d)
        place1 = _LOW - mark if hangs else mark - start1
        hit0, hit1 = mark < acc0 >> _HALF, place1 < acc1 >> _HALF
        acc1 -= take0 if hit0 else _NONE
        acc0 -= take1 if hit1 else _NONE
        n0 -= 1 if hit0 else 0
        n1 -= 1 if hit1 else 0
        risky = (mark - start2 < width2) | (_LOW - mark < width3)
        if risky | (n0 <= floor0) | (n1 <= floor1) | (float(n0 + n1) <= least):
            fallen += _fallen(m, f, g0, n0) + _fallen(m, f, g1, n1)
            if risky:
                last = _LOW - mark < width3
                place = _LOW - mark if last else mark - start2
                channel = first + (channels - 1 if last else 2)
                slot = look(m, at.CHANNEL_SLOT, channel)
                if float(place) < math.floor(hazard(m, f, e, slot) * scale):
                    event = at.BROKEN_OFF
                    break
            elif hit0 | hit1:
                channel = first if hit0 else first + 1
                event = loss_event(m, e, 0 if hit0 else 1, n0 if hit0 else n1)
                if event == at.NOTHING and fallen >= allowed:
                    event = at.RENEWED
                if event != at.NOTHING:
                    break
        i += 1
    write_word(m, at.ACC, first, acc0)
    write_word(m, at.ACC, first + 1, acc1)
    fallen += _fallen(m, f, g0, n0) + _fallen(m, f, g1, n1)
    return (a, b, c, d), i, fallen, event, channel
