"""One piece of a tick in which losses are counted, where many people fight.

Of each channel's Poisson random measure the part below the lowest rate that the piece can come to
is sure: all its points are losses, and until something asks for a moment only their number is
drawn. The rest, a point or so, are doubtful candidates with moments and marks of their own. Where
one of them, a snapshot, a stop or a side's end asks how many of the sure losses came before,
`_planes` tells. The piece ends when a group has lost what it is allowed: a stopping time, as any
other event.
"""

from __future__ import annotations

import numpy as np

from inje.kernels import _layout as at
from inje.kernels._addresses import (
    GOLDEN,
    mix,
    number_key,
    piece_key,
    stream_key,
    uniform_at,
)
from inje.kernels._compiler import inner
from inje.kernels._counted_plan import draw_sure, rate_beyond
from inje.kernels._duel import take_off
from inje.kernels._memory import get, look, put, see, size, word, write, write_word
from inje.kernels._planes import (
    BITS,
    ENDLESS,
    count_below,
    first_moment,
    look_closer,
    open_planes,
    planes_key,
    time_of,
)
from inje.kernels._rates import hazard, loss_event
from inje.kernels._recording import record
from inje.kernels._tables import MARGIN, draw_poisson, grid_mean, grid_row

__all__ = ["fight_counted"]

NOBODY, BREAKS = -1, -2  # in place of a group that loses somebody
NEVER = np.uint64(0xFFFFFFFFFFFFFFFF)
_MOMENTS = np.uint64(0x4C1B9E3A75D8F20B)
_MARKS = np.uint64(0x2D358DCCAA6C78A5)


@inner
def _doubts_before(m, judged, moment):
    """Let those doubtful candidates that are losses so far fall before a moment."""
    for i in range(judged):
        g = get(m, at.DOUBT_GROUP, i)
        if g >= 0 and word(m, at.DOUBT_AT, i) < moment:
            put(m, at.TAKEN, g, get(m, at.TAKEN, g) + 1)


@inner
def _all_sure(m, f):
    """Losses of each group, were all that are sure behind."""
    for g in range(look(m, at.GROUPS_OF, f), look(m, at.GROUPS_OF, f + 1)):
        put(m, at.TAKEN, g, 0)
    for c in range(look(m, at.CHANNELS_OF, f), look(m, at.CHANNELS_OF, f + 1)):
        if look(m, at.CHANNEL_KIND, c) == at.LOSS:
            g = look(m, at.CHANNEL_GROUP, c)
            put(m, at.TAKEN, g, get(m, at.TAKEN, g) + get(m, at.SURE, c))


@inner
def _take(m, f):
    """Let those who are taken fall, and no others."""
    for g in range(look(m, at.GROUPS_OF, f), look(m, at.GROUPS_OF, f + 1)):
        take_off(m, f, g, get(m, at.SAVED, g) + get(m, at.TAKEN, g) - get(m, at.LOST, g))


@inner
def _go_to(m, f, piece, judged, moment):
    """The field as it stands at a moment: sure losses, and of the doubtful those judged so far."""
    for g in range(look(m, at.GROUPS_OF, f), look(m, at.GROUPS_OF, f + 1)):
        put(m, at.TAKEN, g, 0)
    first = look(m, at.CHANNELS_OF, f)
    for c in range(first, look(m, at.CHANNELS_OF, f + 1)):
        if look(m, at.CHANNEL_KIND, c) == at.LOSS:
            g, key = look(m, at.CHANNEL_GROUP, c), planes_key(piece, c - first)
            fallen = count_below(key, get(m, at.SURE, c), moment)
            put(m, at.TAKEN, g, get(m, at.TAKEN, g) + fallen)
    _doubts_before(m, judged, moment)
    _take(m, f)


@inner
def _ended(m, f, more):
    """Whether, with so many more, a group has lost what it is allowed or a side what it bears."""
    for g in range(look(m, at.GROUPS_OF, f), look(m, at.GROUPS_OF, f + 1)):
        allowed = get(m, at.ALLOWED, g)
        if allowed > 0 and get(m, at.TAKEN, g) + more >= allowed:
            return True
    for s in range(size(m, at.SIDE_COUNT)):
        taken = more
        for g in range(look(m, at.GROUPS_OF, f), look(m, at.GROUPS_OF, f + 1)):
            taken += get(m, at.TAKEN, g) if look(m, at.GROUP_SIDE, g) == s else 0
        if taken >= get(m, at.BEARABLE, s):
            return True
    return False


@inner
def _draw_doubts(m, piece, n, upto):
    """Doubtful candidates before a moment, in order, with their numbers; how many."""
    found = 0
    for i in range(n):
        moment = mix((piece ^ _MOMENTS) + GOLDEN * np.uint64(i + 1)) >> np.uint64(11)
        if moment >= upto:
            continue
        j = found
        while j > 0 and word(m, at.DOUBT_AT, j - 1) > moment:
            write_word(m, at.DOUBT_AT, j, word(m, at.DOUBT_AT, j - 1))
            put(m, at.DOUBT_GROUP, j, get(m, at.DOUBT_GROUP, j - 1))
            j -= 1
        write_word(m, at.DOUBT_AT, j, moment)
        put(m, at.DOUBT_GROUP, j, i)
        found += 1
    return found


@inner
def _region(m, f, place, length):
    """The channel in which a doubtful mark lies, -1 for none, and its place there, as means."""
    for c in range(look(m, at.CHANNELS_OF, f), look(m, at.CHANNELS_OF, f + 1)):
        width = see(m, at.BOUNDS, c) * length
        if look(m, at.CHANNEL_KIND, c) == at.LOSS:
            width -= see(m, at.SURE_MEAN, c)
        if place < width:
            return c, place
        place -= width
    return -1, place


@inner
def _bound(m, f, c, judged, length, latest):
    """A channel's mean beyond what is sure, were none of the open sure losses behind, or all."""
    for n in range(look(m, at.LINKS_OF, c), look(m, at.LINKS_OF, c + 1)):
        put(m, at.TAKEN, look(m, at.LINK_GROUP, n), 0)
    for other in range(look(m, at.CHANNELS_OF, f), look(m, at.CHANNELS_OF, f + 1)):
        if look(m, at.CHANNEL_KIND, other) == at.LOSS:
            g = look(m, at.CHANNEL_GROUP, other)
            fallen = get(m, at.BELOW, other) + (get(m, at.OPEN, other) if latest else 0)
            put(m, at.TAKEN, g, get(m, at.TAKEN, g) + fallen)
    _doubts_before(m, judged, ENDLESS)
    return rate_beyond(m, c, length)


@inner
def _falls(m, f, piece, i, c, place, length):
    """Whether a doubtful candidate is a loss, looking no closer than is needed.

    Sure losses of groups that do not feed the channel stay open, and count for nothing.
    """
    first, moment, bit = look(m, at.CHANNELS_OF, f), word(m, at.DOUBT_AT, i), BITS
    for other in range(first, look(m, at.CHANNELS_OF, f + 1)):
        if look(m, at.CHANNEL_KIND, other) == at.LOSS:
            open_planes(m, other, get(m, at.SURE, other))
            put(m, at.BELOW, other, 0)
            put(m, at.OPEN, other, get(m, at.SURE, other))
    while bit > 0 and place >= _bound(m, f, c, i, length, True):
        if place >= _bound(m, f, c, i, length, False):
            return False
        bit -= 1
        for other in range(first, look(m, at.CHANNELS_OF, f + 1)):
            if look(m, at.CHANNEL_KIND, other) == at.LOSS and get(m, at.OPEN, other) > 0:
                g, feeds = look(m, at.CHANNEL_GROUP, other), False
                for link in range(look(m, at.LINKS_OF, c), look(m, at.LINKS_OF, c + 1)):
                    feeds = feeds or look(m, at.LINK_GROUP, link) == g
                if feeds:
                    key, n = planes_key(piece, other - first), get(m, at.SURE, other)
                    zeros, left = look_closer(m, key, other, n, moment, bit), get(m, at.OPEN, other)
                    early = (moment >> np.uint64(bit)) & np.uint64(1) != 0
                    put(m, at.OPEN, other, left - zeros if early else zeros)
                    put(m, at.BELOW, other, get(m, at.BELOW, other) + (zeros if early else 0))
    return bit > 0 or place < _bound(m, f, c, i, length, False)


@inner
def _falls_in_duel(m, f, piece, i, c, place, length):
    """The same where one group stands on either side, so that one channel feeds the other."""
    first, moment, bit = look(m, at.CHANNELS_OF, f), word(m, at.DOUBT_AT, i), BITS
    other = first + 1 if c == first else first
    slope, sure = see(m, at.SLOPES, look(m, at.LINKS_OF, c)), see(m, at.SURE_MEAN, c)
    enemies = look(m, at.CHANNEL_GROUP, other)
    n, people = get(m, at.SURE, other), get(m, at.STOOD, enemies)
    for j in range(i):
        people -= 1 if get(m, at.DOUBT_GROUP, j) == enemies else 0
    key, left = planes_key(piece, other - first), n
    open_planes(m, other, n)
    while place >= slope * float(people - left) * length - sure:
        if place >= slope * float(people) * length - sure:
            return False
        if bit == 0:
            break
        bit -= 1
        zeros = look_closer(m, key, other, n, moment, bit)
        early = (moment >> np.uint64(bit)) & np.uint64(1) != 0
        people -= zeros if early else 0
        left = left - zeros if early else zeros
    return True


@inner
def _judge(m, f, c, place, length):
    """Judge a doubtful candidate where the field now stands: who falls, or BREAKS."""
    if c < 0:
        return NOBODY
    if look(m, at.CHANNEL_KIND, c) == at.LOSS:
        return look(m, at.CHANNEL_GROUP, c) if place < rate_beyond(m, c, length) else NOBODY
    e, slot = look(m, at.CHANNEL_ENGAGEMENT, c), look(m, at.CHANNEL_SLOT, c)
    if place >= hazard(m, f, e, slot) * length:
        return NOBODY
    put(m, at.EVENT, f, at.BROKEN_OFF)
    put(m, at.EVENT_AT, f, 2 * e + slot)
    return BREAKS


@inner
def _outcome(m, f):
    """Write down what the end of a group or a side brings about."""
    put(m, at.EVENT, f, at.RENEWED)
    for e in range(look(m, at.ENGAGEMENTS_OF, f), look(m, at.ENGAGEMENTS_OF, f + 1)):
        if get(m, at.ACTIVE, e) == 1:
            for slot in range(2):
                fs = f * size(m, at.SIDE_COUNT) + look(m, at.SIDES, 2 * e + slot)
                event = loss_event(m, e, slot, get(m, at.STANDING, fs))
                if event != at.NOTHING:
                    put(m, at.EVENT, f, event)
                    put(m, at.EVENT_AT, f, 2 * e + slot)


@inner
def _due(m, f, x, length, end):
    """The moment at which a snapshot is due; NEVER where it is none of this piece."""
    if x < size(m, at.SNAPSHOTS) and see(m, at.SNAPSHOT, x) < end:
        return first_moment(see(m, at.SNAPSHOT, x), see(m, at.NOW, f), length, True)
    return NEVER


@inner
def _go_through(m, f, piece, n, mean, length, end, upto, tight):
    """Go to each moment that is asked for: doubtful candidates, snapshots, the end.

    Where a group or a side turns out to have ended before, the moment of that is looked for by
    halves. Returns the next snapshot.
    """
    x, t0, i = get(m, at.NEXT_SNAPSHOT, f), see(m, at.NOW, f), 0
    n, due = _draw_doubts(m, piece, n, upto), _due(m, f, x, length, end)
    seeking, low, high = False, np.uint64(0), np.uint64(0)
    while True:
        doubt = i < n and word(m, at.DOUBT_AT, i) < due
        moment, c, place = min(due, upto), -1, 0.0
        if seeking:
            moment = (low + high) >> np.uint64(1)
        elif doubt:
            moment = word(m, at.DOUBT_AT, i)
            c, place = _region(
                m, f, uniform_at(piece ^ _MARKS, get(m, at.DOUBT_GROUP, i)) * mean, length
            )
            if not tight and (c < 0 or look(m, at.CHANNEL_KIND, c) == at.LOSS):
                if c < 0:
                    falls = False
                elif look(m, at.DUEL, f) == 1:
                    falls = _falls_in_duel(m, f, piece, i, c, place, length)
                else:
                    falls = _falls(m, f, piece, i, c, place, length)
                put(m, at.DOUBT_GROUP, i, look(m, at.CHANNEL_GROUP, c) if falls else NOBODY)
                i += 1
                continue
        _go_to(m, f, piece, i, moment)
        if seeking and low == high:
            _outcome(m, f)
            end = time_of(low - np.uint64(1), t0, length)
            break
        if tight and _ended(m, f, 0):
            seeking, high = True, moment
        elif seeking:
            low = moment + np.uint64(1)
        elif doubt:
            g = _judge(m, f, c, place, length)
            put(m, at.DOUBT_GROUP, i, g)
            i += 1
            if g == BREAKS:
                end = time_of(moment, t0, length)
                break
        elif due <= upto:
            record(m, f, x)
            x += 1
            due = _due(m, f, x, length, end)
        else:
            break
    write(m, at.CUT, f, end)
    return x


@inner
def fight_counted(m, key, f, stop, length, doubtful):
    """Fight a piece of this length, see `plan_counted`; the next snapshot not yet written."""
    t0, until, x = see(m, at.NOW, f), see(m, at.UNTIL, f), get(m, at.NEXT_SNAPSHOT, f)
    end = until if length == until - t0 else t0 + length
    stream = stream_key(key, np.uint64(look(m, at.FIELD_KEY, f)))
    tick = get(m, at.TICK, f) - look(m, at.TICKS_OF, f)
    piece = piece_key(stream, tick, get(m, at.PIECE, f))
    for c in range(look(m, at.CHANNELS_OF, f), look(m, at.CHANNELS_OF, f + 1)):
        if look(m, at.CHANNEL_KIND, c) == at.LOSS:
            put(m, at.SURE, c, draw_sure(m, f, piece, c))
    row = grid_row(doubtful * MARGIN)
    n, mean = draw_poisson(m, row, number_key(piece)), grid_mean(m, row)
    _all_sure(m, f)
    tight, upto = _ended(m, f, n), ENDLESS
    if stop < end:
        end, upto = stop, first_moment(stop, t0, length, False)
    asked = x < size(m, at.SNAPSHOTS) and see(m, at.SNAPSHOT, x) < end
    if n > 0 or tight or asked or upto < ENDLESS:
        return _go_through(m, f, piece, n, mean, length, end, upto, tight)
    _take(m, f)
    write(m, at.CUT, f, end)
    return x
