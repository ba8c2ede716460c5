"""The candidates of a piece in which one group stands on either side.

What `_pieces` does for any number of groups in memory is done here in registers: losses by
comparisons without a branch, and only what is rare (a mark in the region of a hazard, a
breakpoint, the last man, the end of what the bounds allow for) by the way round.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from inje.kernels import _layout as at
from inje.kernels._compiler import inner
from inje.kernels._memory import get, look, put, see, size, word, write_word
from inje.kernels._rates import hazard_at, loss_event, rule_of
from inje.kernels._vectors import next_mark

__all__ = ["Rule", "edges_of", "floor_of", "rule_in", "run_candidates", "run_duel", "take_off"]

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_NONE = np.uint64(0)


class Rule(NamedTuple):
    """How a side breaks off: its hazard, its people and losses when it took up the fight.

    h0 is below zero where the side has no hazard; `floor` is its breakpoint, or nobody.
    """

    h0: float
    a: float
    c: float
    base: float
    before: int
    floor: int


@inner
def rule_in(m, f, e, slot):
    """The rule of the side in a slot of the one engagement of a field."""
    rule = rule_of(m, e, slot)
    fs = f * size(m, at.SIDE_COUNT) + look(m, at.SIDES, 2 * e + slot)
    row = look(m, at.HAZARD_ROWS, 4 * rule)
    h0, a, c = -1.0, 0.0, 0.0
    if row >= 0:
        h0 = see(m, at.ROW, row)
        a = see(m, at.ROW, look(m, at.HAZARD_ROWS, 4 * rule + 1))
        c = see(m, at.ROW, look(m, at.HAZARD_ROWS, 4 * rule + 2))
    base = float(get(m, at.BASE, fs))
    return Rule(h0, a, c, base, get(m, at.BASE_LOST, fs), floor_of(m, e, slot))


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
def _refused(m, rule, place, scale, own, enemy, fallen):
    """Whether a mark in the region of a side's hazard lies above what the hazard is now."""
    lost, left, against = float(fallen - rule.before), float(own), float(enemy)
    rate = hazard_at(m, rule.h0, rule.a, rule.c, lost, rule.base, left, against)
    return float(place) >= math.floor(rate * scale)


@inner
def run_candidates(m, e, words, i, upto, acc, take, n, lost, one, two, least, edges, scale):
    """Candidates i .. upto - 1 of a piece of the one engagement of a field.

    acc, take : thresholds of both loss channels and what each of the other side adds, 2^-64.
    n, lost : people and losses of both sides. least : people of both at whom the bounds end.
    edges : where the second and third region begin, the third's width and the last's, the slot of
    the last, and whether the second hangs from above itself, there being no other.

    Returns
    -------
    The generator's words, the thresholds, the people left, the candidate at which it ended, what
    ended it and in which slot.
    """
    a, b, c, d = words
    acc0, acc1 = acc
    take0, take1 = take
    n0, n1 = n
    all0, all1 = n0 + lost[0], n1 + lost[1]
    floor0, floor1 = one.floor, two.floor
    start1, start2, width2, width3, last, hangs = edges
    event, slot = at.NOTHING, 0
    while i < upto:
        a, b, c, d, mark = next_mark(a, b, c, d)
        place1 = _LOW - mark if hangs else mark - start1
        hit0, hit1 = mark < acc0 >> _HALF, place1 < acc1 >> _HALF
        acc1 -= take0 if hit0 else _NONE
        acc0 -= take1 if hit1 else _NONE
        n0 -= 1 if hit0 else 0
        n1 -= 1 if hit1 else 0
        risky = (mark - start2 < width2) | (_LOW - mark < width3)
        if risky | (n0 <= floor0) | (n1 <= floor1) | (n0 + n1 <= least):
            if risky:
                hung = _LOW - mark < width3
                place = _LOW - mark if hung else mark - start2
                slot = last if hung else 0
                if slot == 0:
                    refused = _refused(m, one, place, scale, n0, n1, all0 - n0)
                else:
                    refused = _refused(m, two, place, scale, n1, n0, all1 - n1)
                if not refused:
                    event = at.BROKEN_OFF
                    break
            elif hit0 | hit1:
                slot = 0 if hit0 else 1
                event = loss_event(m, e, slot, n0 if hit0 else n1)
                if event == at.NOTHING and n0 + n1 <= least:
                    event = at.RENEWED
                if event != at.NOTHING:
                    break
        i += 1
    return (a, b, c, d), (acc0, acc1), (n0, n1), i, event, slot


@inner
def edges_of(m, first, channels, losses, third, hung):
    """Edges of the regions of a piece, see `run_candidates`.

    losses : widths of both loss channels. third : of the third channel, and `hung` of the last.
    """
    last = look(m, at.CHANNEL_SLOT, first + channels - 1)
    if channels == 2:
        return losses[0], _NONE, _NONE, _NONE, last, True
    if channels == 3:
        return losses[0], _NONE, _NONE, hung, last, False
    return losses[0], losses[0] + losses[1], third, hung, last, False


@inner
def run_duel(m, f, words, i, upto, fallen, allowed, scale):
    """Candidates i .. upto - 1, as `run_melee`: marks, candidate, losses, event and its channel."""
    first = look(m, at.CHANNELS_OF, f)
    channels = look(m, at.CHANNELS_OF, f + 1) - first
    e, sides = look(m, at.CHANNEL_ENGAGEMENT, first), f * size(m, at.SIDE_COUNT)
    g0, g1 = look(m, at.CHANNEL_GROUP, first), look(m, at.CHANNEL_GROUP, first + 1)
    n0, n1 = get(m, at.COUNT, g0), get(m, at.COUNT, g1)
    lost = (
        get(m, at.FALLEN, sides + look(m, at.GROUP_SIDE, g0)),
        get(m, at.FALLEN, sides + look(m, at.GROUP_SIDE, g1)),
    )
    take = (
        word(m, at.INCREMENTS, look(m, at.LINKS_OF, first + 1)),  # group 0 feeds channel 1
        word(m, at.INCREMENTS, look(m, at.LINKS_OF, first)),
    )
    # Nobody counts the losses in the loop: both sides' numbers tell them.
    least = n0 + n1 + fallen - int(allowed) if allowed < 1e15 else -1
    words, acc, n, i, event, slot = run_candidates(
        m,
        e,
        words,
        i,
        upto,
        (word(m, at.ACC, first), word(m, at.ACC, first + 1)),
        take,
        (n0, n1),
        lost,
        rule_in(m, f, e, 0),
        rule_in(m, f, e, 1),
        max(-1, least),
        edges_of(
            m,
            first,
            channels,
            (word(m, at.WIDTHS, first), word(m, at.WIDTHS, first + 1)),
            word(m, at.WIDTHS, first + 2) if channels == 4 else _NONE,
            word(m, at.WIDTHS, first + channels - 1),
        ),
        scale,
    )
    write_word(m, at.ACC, first, acc[0])
    write_word(m, at.ACC, first + 1, acc[1])
    take_off(m, f, g0, n0 - n[0])
    take_off(m, f, g1, n1 - n[1])
    fallen += n0 + n1 - n[0] - n[1]
    return words, i, fallen, event, first + slot if event != at.NOTHING else -1
