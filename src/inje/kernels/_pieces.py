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

from inje.kernels import _layout as at
from inje.kernels._addresses import first_words, number_key, piece_key, stream_key
from inje.kernels._compiler import inner
from inje.kernels._counted import fight_counted
from inje.kernels._counted_plan import plan_counted
from inje.kernels._duel import run_duel, take_off
from inje.kernels._memory import get, look, put, see, size, word, write, write_word
from inje.kernels._rates import (
    casualty_bounds,
    factor,
    hazard,
    hazard_bounds,
    law_rate,
    loss_event,
    role_of,
)
from inje.kernels._recording import record
from inje.kernels._tables import LARGEST_MEAN, MARGIN, draw_poisson, grid_mean, grid_row
from inje.kernels._times import (
    count_before,
    count_until,
    draw_times,
    nth_time,
    sort_times,
)
from inje.kernels._vectors import next_mark

__all__ = [
    "NARROW",
    "run_piece",
    "take_back",
]

REFUSED = -1
#: people in a field up to which coefficients are held as whole 2^-32ths of the bound
NARROW = 10_000
#: part of its bound below which a hazard is followed from loss to loss, where pieces are cut short
SUDDEN = 2.0**-6
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


@inner
def _plan(m, f):
    """Length and mean of the piece, and after how many losses its bounds end.

    Hazards rise with the losses: the fewer are allowed for, the lower their bound.
    """
    fall = casualty_bounds(m, f)
    length = see(m, at.UNTIL, f) - see(m, at.NOW, f)
    if fall * length > 0.75 * LARGEST_MEAN:
        length = 0.75 * LARGEST_MEAN / fall
    mean = fall * length
    allowed = math.ceil(mean + 6.0 * math.sqrt(mean) + 8.0)
    risk = hazard_bounds(m, f, allowed)
    if risk * length > 4.0 + mean:
        least = hazard_bounds(m, f, 1.0)
        while allowed > 1.0 and risk * length > 4.0 + mean + 2.0 * least * length:
            allowed = max(1.0, math.floor(allowed / 4.0))
            risk = hazard_bounds(m, f, allowed)
        risk = hazard_bounds(m, f, allowed)
    limit = allowed if risk > 0.0 else math.inf
    if risk * length > LARGEST_MEAN:
        # A few losses may raise a hazard a millionfold. Until the next loss it is what it is now.
        now = hazard_bounds(m, f, 0.0)
        if now < SUDDEN * risk:
            risk, limit = now, 1.0
        else:
            hazard_bounds(m, f, allowed)
    total = fall + risk
    if total * length > LARGEST_MEAN / MARGIN:
        length = LARGEST_MEAN / MARGIN / total
    return length, total * length, limit


@inner
def _threshold(m, c, e, slot, k, scale, narrow):
    """Threshold of a linear channel, times 2^32, and what each enemy adds to it."""
    posture, role = factor(m, e, slot, k), role_of(m, e, slot)
    threshold = np.uint64(0)
    for n in range(look(m, at.LINKS_OF, c), look(m, at.LINKS_OF, c + 1)):
        each = see(m, at.ROW, look(m, at.LINK_ROWS, 2 * n + role)) * posture * scale
        if narrow:
            step = np.uint64(math.floor(each + 0.5)) << _HALF
        else:
            step = np.uint64(each * 4294967296.0)
        write_word(m, at.INCREMENTS, n, step)
        threshold += step * np.uint64(get(m, at.COUNT, look(m, at.LINK_GROUP, n)))
    return threshold


@inner
def _regions(m, f, scale):
    """Width of each channel's region, and the present thresholds of the linear ones."""
    people = 0
    for g in range(look(m, at.GROUPS_OF, f), look(m, at.GROUPS_OF, f + 1)):
        people += get(m, at.COUNT, g)
    k = get(m, at.TICK, f)
    for c in range(look(m, at.CHANNELS_OF, f), look(m, at.CHANNELS_OF, f + 1)):
        e, slot = look(m, at.CHANNEL_ENGAGEMENT, c), look(m, at.CHANNEL_SLOT, c)
        bound = see(m, at.BOUNDS, c)
        if get(m, at.ACTIVE, e) == 0 or bound <= 0.0:
            write_word(m, at.ACC, c, np.uint64(0))
            write_word(m, at.WIDTHS, c, np.uint64(0))
            for n in range(look(m, at.LINKS_OF, c), look(m, at.LINKS_OF, c + 1)):
                write_word(m, at.INCREMENTS, n, np.uint64(0))
        elif look(m, at.CHANNEL_KIND, c) == at.HAZARD or look(m, at.FORM, e) != at.LINEAR:
            write_word(m, at.WIDTHS, c, np.uint64(bound * scale) + np.uint64(1))
        else:
            threshold = _threshold(m, c, e, slot, k, scale, people <= NARROW)
            write_word(m, at.ACC, c, threshold)
            write_word(m, at.WIDTHS, c, threshold >> _HALF)


@inner
def _fall(m, f, g):
    """One of a group falls, and the thresholds that his fire fed sink."""
    fs = f * size(m, at.SIDE_COUNT) + look(m, at.GROUP_SIDE, g)
    take_off(m, f, g, 1)
    for i in range(look(m, at.FEEDS_OF, g), look(m, at.FEEDS_OF, g + 1)):
        c = look(m, at.FEEDS_CHANNEL, i)
        less = word(m, at.INCREMENTS, look(m, at.FEEDS_LINK, i))
        write_word(m, at.ACC, c, word(m, at.ACC, c) - less)
    return get(m, at.STANDING, fs)


@inner
def _struck(m, f, c, place, scale, t):
    """Judge a mark in the region of a loss channel: REFUSED, or what the loss brings about."""
    g = look(m, at.CHANNEL_GROUP, c)
    e, slot = look(m, at.CHANNEL_ENGAGEMENT, c), look(m, at.CHANNEL_SLOT, c)
    if get(m, at.COUNT, g) == 0:
        return REFUSED
    if look(m, at.FORM, e) == at.LINEAR:
        if place >= word(m, at.ACC, c) >> _HALF:
            return REFUSED
    else:
        rate = law_rate(m, f, e, slot, t - see(m, at.BEGUN, e))
        if float(place) >= math.floor(rate * factor(m, e, slot, get(m, at.TICK, f)) * scale):
            return REFUSED
    return loss_event(m, e, slot, _fall(m, f, g))


@inner
def _judge(m, f, mark, scale, t):
    """Accept or refuse one candidate: its channel (-1 for none), and what it brings about.

    Regions follow one another from below; that of the last channel hangs from above, so that its
    edge stays where it is when the others' widths change.
    """
    last = look(m, at.CHANNELS_OF, f + 1) - 1
    c, place = -1, _LOW - mark
    if place < word(m, at.WIDTHS, last):
        c = last
    else:
        place = mark
        for other in range(look(m, at.CHANNELS_OF, f), last):
            width = word(m, at.WIDTHS, other)
            if place < width:
                c = other
                break
            place -= width
    if c < 0:
        return c, REFUSED
    if look(m, at.CHANNEL_KIND, c) == at.HAZARD:
        e, slot = look(m, at.CHANNEL_ENGAGEMENT, c), look(m, at.CHANNEL_SLOT, c)
        if float(place) < math.floor(hazard(m, f, e, slot) * scale):
            return c, at.BROKEN_OFF
        return c, REFUSED
    return c, _struck(m, f, c, place, scale, t)


@inner
def _timed(m, f):
    """Whether a law in force changes with time, so that candidates need their times."""
    for e in range(look(m, at.ENGAGEMENTS_OF, f), look(m, at.ENGAGEMENTS_OF, f + 1)):
        if get(m, at.ACTIVE, e) == 1 and look(m, at.TIMED, e) == 1:
            return True
    return False


@inner
def _record_until(m, f, x, t):
    """Write down every snapshot before a time; the next one."""
    while x < size(m, at.SNAPSHOTS) and see(m, at.SNAPSHOT, x) < t:
        record(m, f, x)
        x += 1
    return x


@inner
def _run_melee(m, f, words, i, upto, fallen, allowed, scale, timed):
    """Candidates i .. upto - 1 among any number of groups.

    Returns the generator's words, the candidate at which it ended, the losses, what ended it and
    in which channel.
    """
    a, b, c, d = words
    t0 = see(m, at.NOW, f)
    event, channel = at.NOTHING, -1
    while i < upto:
        a, b, c, d, mark = next_mark(a, b, c, d)
        t = see(m, at.TIMES, i) if timed else t0
        channel, event = _judge(m, f, mark, scale, t)
        if event != REFUSED:
            fallen += 1 if look(m, at.CHANNEL_KIND, channel) == at.LOSS else 0
            if event == at.NOTHING and fallen >= allowed:
                event = at.RENEWED
            if event != at.NOTHING:
                break
        event = at.NOTHING
        i += 1
    return (a, b, c, d), i, fallen, event, channel


@inner
def _fight(m, key, f, stop):
    """Run through the candidates of a piece; the next snapshot that is not yet written."""
    length, doubtful = plan_counted(m, f)
    if length > 0.0:
        return fight_counted(m, key, f, stop, length, doubtful)
    t0, x, until = see(m, at.NOW, f), get(m, at.NEXT_SNAPSHOT, f), see(m, at.UNTIL, f)
    length, mean, allowed = _plan(m, f)
    end = until if length == until - t0 else t0 + length
    row = grid_row(mean * MARGIN)
    scale = 4294967296.0 * length / grid_mean(m, row)
    _regions(m, f, scale)
    tick = get(m, at.TICK, f) - look(m, at.TICKS_OF, f)
    stream = stream_key(key, np.uint64(look(m, at.FIELD_KEY, f)))
    here = piece_key(stream, tick, get(m, at.PIECE, f))
    n = draw_poisson(m, row, number_key(here))
    stopped = stop < end
    end = min(end, stop)
    asked = x < size(m, at.SNAPSHOTS) and see(m, at.SNAPSHOT, x) < end
    timed, drawn = _timed(m, f), False
    if timed or stopped or asked:
        draw_times(m, here, n, t0, length)
        drawn = True
        if timed:
            sort_times(m, n)
    last = count_before(m, n, end) if stopped else n
    words, i, fallen, duel = first_words(here), 0, 0, look(m, at.DUEL, f) == 1
    while True:
        seen = x < size(m, at.SNAPSHOTS) and see(m, at.SNAPSHOT, x) < end
        upto = min(last, count_until(m, n, see(m, at.SNAPSHOT, x))) if seen else last
        if duel:
            words, i, fallen, event, channel = run_duel(
                m, f, words, i, upto, fallen, allowed, scale
            )
        else:
            words, i, fallen, event, channel = _run_melee(
                m, f, words, i, upto, fallen, allowed, scale, timed
            )
        if event != at.NOTHING:
            if not drawn:
                draw_times(m, here, n, t0, length)
            end = see(m, at.TIMES, i) if timed else nth_time(m, n, i, t0, length)
            put(m, at.EVENT, f, event)
            slot = look(m, at.CHANNEL_SLOT, channel)
            put(m, at.EVENT_AT, f, 2 * look(m, at.CHANNEL_ENGAGEMENT, channel) + slot)
            break
        if not seen:
            break
        record(m, f, x)
        x += 1
    write(m, at.CUT, f, end)
    return x


@inner
def run_piece(m, key, f, stop):
    """Fight one field from `now` towards `until`, at most to `stop`.

    Sets `cut`, where it came to, and `event`. What was before is kept, so that the piece can be
    run again, to an earlier stop, with the same candidates.
    """
    fighting = False
    for g in range(look(m, at.GROUPS_OF, f), look(m, at.GROUPS_OF, f + 1)):
        put(m, at.SAVED, g, get(m, at.LOST, g))
    for e in range(look(m, at.ENGAGEMENTS_OF, f), look(m, at.ENGAGEMENTS_OF, f + 1)):
        fighting = fighting or get(m, at.ACTIVE, e) == 1
    put(m, at.EVENT, f, at.NOTHING)
    write(m, at.CUT, f, min(see(m, at.UNTIL, f), stop))
    x = get(m, at.NEXT_SNAPSHOT, f)
    if fighting:
        x = _fight(m, key, f, stop)
    _record_until(m, f, x, see(m, at.CUT, f))


@inner
def take_back(m, f):
    """Undo the piece under way: whoever fell in it stands again."""
    for g in range(look(m, at.GROUPS_OF, f), look(m, at.GROUPS_OF, f + 1)):
        take_off(m, f, g, get(m, at.SAVED, g) - get(m, at.LOST, g))
