"""The plan of a piece whose losses are counted: its length, what is sure and what is doubtful.

While no group loses more than it is allowed, the rate of every loss stays above what it is when all
have lost that much. What lies below is sure and needs a number only; the length is such that about
one candidate in the piece is doubtful. All means are of the whole piece.
"""

from __future__ import annotations

import math

import numpy as np

from inje.kernels import _layout as at
from inje.kernels._addresses import GOLDEN, mix
from inje.kernels._compiler import inner
from inje.kernels._duel import floor_of
from inje.kernels._memory import get, look, put, see, size, write
from inje.kernels._rates import factor, hazard_bounds, role_of, rule_of
from inje.kernels._tables import draw_poisson, grid_mean, grid_row_below

__all__ = ["MOST_DOUBTS", "draw_sure", "plan_counted", "rate_beyond"]

#: doubtful losses a piece would have if nobody fell but on the mean
DOUBTFUL = 2.0
#: standard deviations of its losses that a group is allowed
SPARE = 4.0
#: most losses on the mean, all groups together, and the part of a group that may fall in a piece
MOST_LOSSES, MOST_OF_GROUP = 2048.0, 0.125
#: mean of breakings off, and of all doubtful candidates, above which losses are fought one by one
MOST_RISK, MOST_DOUBTS = 1.0, 6.0
#: what is left of a mean below the grid's means that is not worth another number
REST = 0.0625
UNBROKEN = 1 << 60  # losses that nobody has
_SURE = np.uint64(0x1D8E4E27C47D124F)


@inner
def _countable(m, f):
    """Whether nothing but losses by coefficients per enemy, and one pair's ends, may happen."""
    people, engaged, ends = 0, 0, False
    for g in range(look(m, at.GROUPS_OF, f), look(m, at.GROUPS_OF, f + 1)):
        people += get(m, at.COUNT, g)
    if people <= look(m, at.CROWD, 0):
        return False
    for e in range(look(m, at.ENGAGEMENTS_OF, f), look(m, at.ENGAGEMENTS_OF, f + 1)):
        if get(m, at.ACTIVE, e) == 0:
            continue
        if look(m, at.FORM, e) != at.LINEAR:
            return False
        engaged += 1
        for slot in range(2):
            ends = ends or look(m, at.HAZARD_ROWS, 4 * rule_of(m, e, slot) + 3) >= 0
    return engaged == 1 or not ends


@inner
def _rates(m, f):
    """Present rates of the loss channels and of the groups; their sum."""
    total, k = 0.0, get(m, at.TICK, f)
    for g in range(look(m, at.GROUPS_OF, f), look(m, at.GROUPS_OF, f + 1)):
        write(m, at.SHED, g, 0.0)
    for c in range(look(m, at.CHANNELS_OF, f), look(m, at.CHANNELS_OF, f + 1)):
        e, slot = look(m, at.CHANNEL_ENGAGEMENT, c), look(m, at.CHANNEL_SLOT, c)
        write(m, at.BOUNDS, c, 0.0)
        if look(m, at.CHANNEL_KIND, c) == at.HAZARD:
            continue
        g = look(m, at.CHANNEL_GROUP, c)
        fought = get(m, at.ACTIVE, e) == 1 and get(m, at.COUNT, g) > 0
        posture, role = factor(m, e, slot, k), role_of(m, e, slot)
        rate = 0.0
        for n in range(look(m, at.LINKS_OF, c), look(m, at.LINKS_OF, c + 1)):
            slope = see(m, at.ROW, look(m, at.LINK_ROWS, 2 * n + role)) * posture if fought else 0.0
            write(m, at.SLOPES, n, slope)
            rate += slope * float(get(m, at.COUNT, look(m, at.LINK_GROUP, n)))
        write(m, at.BOUNDS, c, rate)
        write(m, at.SHED, g, see(m, at.SHED, g) + rate)
        total += rate
    return total


@inner
def _length(m, f, total):
    """Length of the piece: about so many losses that DOUBTFUL of them are doubtful."""
    bend = 0.0
    for c in range(look(m, at.CHANNELS_OF, f), look(m, at.CHANNELS_OF, f + 1)):
        for n in range(look(m, at.LINKS_OF, c), look(m, at.LINKS_OF, c + 1)):
            bend += see(m, at.SLOPES, n) * see(m, at.SHED, look(m, at.LINK_GROUP, n))
    length = see(m, at.UNTIL, f) - see(m, at.NOW, f)
    if bend * length * length > DOUBTFUL:
        length = math.sqrt(DOUBTFUL / bend)
    if total * length > MOST_LOSSES:
        length = MOST_LOSSES / total
    for g in range(look(m, at.GROUPS_OF, f), look(m, at.GROUPS_OF, f + 1)):
        most = MOST_OF_GROUP * float(get(m, at.COUNT, g))
        if see(m, at.SHED, g) * length > most:
            length = most / see(m, at.SHED, g)
    return length


@inner
def rate_beyond(m, c, length):
    """Mean of a channel's losses beyond the sure ones, at the counts less `TAKEN`."""
    rate = 0.0
    for n in range(look(m, at.LINKS_OF, c), look(m, at.LINKS_OF, c + 1)):
        h = look(m, at.LINK_GROUP, n)
        rate += see(m, at.SLOPES, n) * float(get(m, at.STOOD, h) - get(m, at.TAKEN, h))
    return rate * length - see(m, at.SURE_MEAN, c)


@inner
def _allow(m, f, length):
    """What each group may lose until the piece ends; in sum, or -1 where one might be destroyed."""
    allowed = 0
    for g in range(look(m, at.GROUPS_OF, f), look(m, at.GROUPS_OF, f + 1)):
        mean, most = see(m, at.SHED, g) * length, 0
        if mean > 0.0:
            most = math.ceil(mean + SPARE * math.sqrt(mean) + SPARE)
            if most >= get(m, at.COUNT, g):
                return -1
        put(m, at.ALLOWED, g, most)
        put(m, at.TAKEN, g, most)
        put(m, at.STOOD, g, get(m, at.COUNT, g))
        allowed += most
    return allowed


@inner
def _bear(m, f):
    """Losses after which the fight of a side ends at its breakpoint."""
    sides = size(m, at.SIDE_COUNT)
    for s in range(sides):
        put(m, at.BEARABLE, s, UNBROKEN)
    for e in range(look(m, at.ENGAGEMENTS_OF, f), look(m, at.ENGAGEMENTS_OF, f + 1)):
        if get(m, at.ACTIVE, e) == 1:
            for slot in range(2):
                s = look(m, at.SIDES, 2 * e + slot)
                left = get(m, at.STANDING, f * sides + s) - floor_of(m, e, slot)
                put(m, at.BEARABLE, s, min(get(m, at.BEARABLE, s), left))


@inner
def plan_counted(m, f):
    """Length of the next piece and mean of its doubtful candidates; 0 where losses are not counted.

    A matter of the present state alone.
    """
    if not _countable(m, f):
        return 0.0, 0.0
    total = _rates(m, f)
    length = _length(m, f, total)
    if total * length < float(look(m, at.CROWD, 1)):
        return 0.0, 0.0
    allowed = _allow(m, f, length)
    if allowed < 0:
        return 0.0, 0.0
    doubtful = hazard_bounds(m, f, float(allowed)) * length
    if doubtful > MOST_RISK:
        return 0.0, 0.0
    for c in range(look(m, at.CHANNELS_OF, f), look(m, at.CHANNELS_OF, f + 1)):
        if look(m, at.CHANNEL_KIND, c) == at.LOSS:
            write(m, at.SURE_MEAN, c, 0.0)
            rest = rate_beyond(m, c, length)
            while rest >= REST:
                mean = grid_mean(m, grid_row_below(rest))
                write(m, at.SURE_MEAN, c, see(m, at.SURE_MEAN, c) + mean)
                rest -= mean
            doubtful += see(m, at.BOUNDS, c) * length - see(m, at.SURE_MEAN, c)
    if doubtful > MOST_DOUBTS:
        return 0.0, 0.0
    _bear(m, f)
    return length, doubtful


@inner
def draw_sure(m, f, piece, c):
    """The number of sure losses of a channel: the sum of numbers at means of the grid."""
    word = mix((piece ^ _SURE) + GOLDEN * np.uint64(c - look(m, at.CHANNELS_OF, f) + 1))
    rest, drawn, i = see(m, at.SURE_MEAN, c), 0, 0
    while rest > 0.0:
        row = grid_row_below(rest)
        drawn += draw_poisson(m, row, mix(word + GOLDEN * np.uint64(i + 1)))
        rest -= grid_mean(m, row)
        i += 1
    return drawn
