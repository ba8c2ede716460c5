"""Pieces of a battle of one field, where one group stands on either side, one after another.

Most pieces of most worlds bring losses and nothing else. What `_worlds` and `_pieces` do for any
number of fields through memory is done here in registers, from tick to tick, up to a piece that
ends with more: somebody breaks off, is destroyed or arrives. Both give the same bits.
"""

from __future__ import annotations

import math

import numpy as np

from inje.kernels import _layout as at
from inje.kernels._addresses import first_words, number_key, piece_key, stream_key
from inje.kernels._command import next_arrival
from inje.kernels._compiler import inner
from inje.kernels._duel import edges_of, rule_in, run_candidates, take_off
from inje.kernels._memory import get, look, put, see, size, write
from inje.kernels._pieces import NARROW
from inje.kernels._rates import factor, hazard_at, open_window, role_of
from inje.kernels._recording import record
from inje.kernels._tables import LARGEST_MEAN, MARGIN, draw_poisson, grid_mean, grid_row
from inje.kernels._times import draw_times, nth_time

__all__ = ["fight_on"]

_HALF = np.uint64(32)
_NONE = np.uint64(0)


@inner
def _bound(m, rule, lost, own, enemy, more):
    """Bound of a side's hazard while at most `more` people fall, as `hazard_bounds`."""
    if rule.h0 < 0.0:
        return 0.0
    fallen, left, against = float(lost - rule.before), float(own), float(enemy)
    if rule.a >= 0.0:
        fallen += more
    if rule.c >= 0.0:
        left -= more
    else:
        against -= more
    return hazard_at(m, rule.h0, rule.a, rule.c, fallen, rule.base, left, against)


@inner
def _plan(m, one, two, n, lost, fall, length):
    """Length, mean, losses allowed and both hazards' bounds, as `_pieces` plans them."""
    if fall * length > 0.75 * LARGEST_MEAN:
        length = 0.75 * LARGEST_MEAN / fall
    mean = fall * length
    if one.h0 < 0.0 and two.h0 < 0.0:
        return length, mean, math.inf, 0.0, 0.0
    allowed = math.ceil(mean + 6.0 * math.sqrt(mean) + 8.0)
    first, second = (
        _bound(m, one, lost[0], n[0], n[1], allowed),
        _bound(m, two, lost[1], n[1], n[0], allowed),
    )
    if (first + second) * length > 4.0 + mean:
        return -1.0, 0.0, 0.0, 0.0, 0.0  # pieces cut short are planned elsewhere
    limit = allowed if first + second > 0.0 else math.inf
    total = fall + (first + second)
    if total * length > LARGEST_MEAN / MARGIN:
        length = LARGEST_MEAN / MARGIN / total
    return length, total * length, limit, first, second


@inner
def _step(coefficient, scale, narrow):
    """What one of the other side adds to a threshold."""
    each = coefficient * scale
    if narrow:
        return np.uint64(math.floor(each + 0.5)) << _HALF
    return np.uint64(each * 4294967296.0)


@inner
def _fight_piece(m, here, t0, length, one, two, n, lost, coefficient):
    """A piece of a tick that is fought: people left, its length, what ended it, its slot and time.

    The length is below zero where it is planned elsewhere.
    """
    rate0 = coefficient[0] * float(n[1])
    rate1 = coefficient[1] * float(n[0])
    length, mean, allowed, risk0, risk1 = _plan(m, one, two, n, lost, rate0 + rate1, length)
    if length < 0.0:
        return n, length, at.NOTHING, 0, t0
    row = grid_row(mean * MARGIN)
    scale = 4294967296.0 * length / grid_mean(m, row)
    narrow = n[0] + n[1] <= NARROW
    take = (
        _step(coefficient[1], scale, narrow) if rate1 > 0.0 else _NONE,
        _step(coefficient[0], scale, narrow) if rate0 > 0.0 else _NONE,
    )
    acc = take[1] * np.uint64(n[1]), take[0] * np.uint64(n[0])
    edges = _edges(m, acc, risk0, risk1, scale)
    number = draw_poisson(m, row, number_key(here))
    least = n[0] + n[1] - int(allowed) if allowed < 1e15 else -1
    _, _, n, i, event, slot = run_candidates(
        m,
        0,
        first_words(here),
        0,
        number,
        acc,
        take,
        n,
        lost,
        one,
        two,
        max(-1, least),
        edges,
        scale,
    )
    if event == at.NOTHING:
        return n, length, event, 0, t0
    draw_times(m, here, number, t0, length)
    return n, length, event, slot, nth_time(m, number, i, t0, length)


@inner
def _edges(m, acc, risk0, risk1, scale):
    """Edges of the regions of a piece, see `run_candidates`."""
    width0 = np.uint64(risk0 * scale) + np.uint64(1) if risk0 > 0.0 else _NONE
    width1 = np.uint64(risk1 * scale) + np.uint64(1) if risk1 > 0.0 else _NONE
    channels = look(m, at.CHANNELS_OF, 1)
    hung = width1 if look(m, at.CHANNEL_SLOT, channels - 1) == 1 else width0
    return edges_of(m, 0, channels, (acc[0] >> _HALF, acc[1] >> _HALF), width0, hung)


@inner
def _window_end(m, k):
    """Where the ticks from a quiet one on end, until one that is fought."""
    last = look(m, at.TICKS_OF, 1) - 1
    while k < last and look(m, at.WINDOW, k + 1) == at.NO_FIGHTING:
        k += 1
    return see(m, at.TICK_END, k)


@inner
def _edge(m, now, until):
    """The end of a piece, cut where the engagement may begin or must end."""
    begin, end = look(m, at.BEGIN_ROW, 0), look(m, at.END_ROW, 0)
    if begin >= 0 and see(m, at.ROW, begin) > now:
        until = min(until, see(m, at.ROW, begin))
    if end >= 0 and see(m, at.ROW, end) > now:
        until = min(until, see(m, at.ROW, end))
    return until


@inner
def _coefficients(m, k):
    """What each of the other side costs the people of either slot in a tick, posture included."""
    role0, role1 = role_of(m, 0, 0), role_of(m, 0, 1)
    first = look(m, at.LINKS_OF, 0)
    second = look(m, at.LINKS_OF, 1)
    return (
        see(m, at.ROW, look(m, at.LINK_ROWS, 2 * first + role0)) * factor(m, 0, 0, k),
        see(m, at.ROW, look(m, at.LINK_ROWS, 2 * second + role1)) * factor(m, 0, 1, k),
    )


@inner
def _write_down(m, was, n, k, piece, x, now, ended, active):
    """Where the field has come to."""
    take_off(m, 0, look(m, at.CHANNEL_GROUP, 0), was[0] - n[0])
    take_off(m, 0, look(m, at.CHANNEL_GROUP, 1), was[1] - n[1])
    put(m, at.ACTIVE, 0, 1 if active else 0)
    put(m, at.TICK, 0, k)
    put(m, at.PIECE, 0, piece)
    put(m, at.NEXT_SNAPSHOT, 0, x)
    write(m, at.NOW, 0, now)
    write(m, at.ENDED, 0, ended)


@inner
def _snapshot_within(m, x, until):
    """Whether the next snapshot lies inside a piece, so that its losses need their times."""
    return x < size(m, at.SNAPSHOTS) and see(m, at.SNAPSHOT, x) < until


@inner
def _tick_after(m, k, piece, now):
    """Tick and piece at the end of a piece."""
    piece += 1
    while k < look(m, at.TICKS_OF, 1) and now >= see(m, at.TICK_END, k):
        k += 1
        piece = 1 if now > see(m, at.TICK_END, k - 1) else 0
    return k, piece


@inner
def _go_on(m, stream, k, piece, now, until, one, two, n, lost, coefficient):
    """A piece that is fought: people left, its end, what ended it and in which slot.

    The end is before its beginning where the piece is planned elsewhere.
    """
    here = piece_key(stream, k, piece)
    n, length, event, slot, moment = _fight_piece(
        m, here, now, until - now, one, two, n, lost, coefficient
    )
    if length < 0.0:
        return n, -1.0, event, slot
    end = until if length == until - now else now + length
    return n, moment if event != at.NOTHING else end, event, slot


@inner
def fight_on(m, key, most):
    """Fight the one field on, up to a piece that ends with more than losses.

    m : a world whose field has been settled. most : pieces after which it stops in any case.

    Returns
    -------
    How many pieces it took, and whether the last of them is still to be closed.
    """
    n = (
        get(m, at.COUNT, look(m, at.CHANNEL_GROUP, 0)),
        get(m, at.COUNT, look(m, at.CHANNEL_GROUP, 1)),
    )
    if see(m, at.BEGUN, 0) == np.inf or n[0] == 0 or n[1] == 0:
        return 0, False
    lost = (get(m, at.FALLEN, look(m, at.SIDES, 0)), get(m, at.FALLEN, look(m, at.SIDES, 1)))
    was, one, two = n, rule_in(m, 0, 0, 0), rule_in(m, 0, 0, 1)
    stream = stream_key(key, np.uint64(look(m, at.FIELD_KEY, 0)))
    arrival, horizon = next_arrival(m, 0), see(m, at.HORIZON, 0)
    k, piece, now = get(m, at.TICK, 0), get(m, at.PIECE, 0), see(m, at.NOW, 0)
    x, ended = get(m, at.NEXT_SNAPSHOT, 0), see(m, at.ENDED, 0)
    pieces, due, active = 0, False, False
    posted, coefficient, crowd = -1, (0.0, 0.0), look(m, at.CROWD, 0)
    while now < horizon and pieces < most and not due:
        active = open_window(m, 0, k, now)
        until = _edge(m, now, see(m, at.TICK_END, k) if active else _window_end(m, k))
        until = min(until, arrival)
        if _snapshot_within(m, x, until) or (active and n[0] + n[1] > crowd):
            break
        end, event, slot, after = until, at.NOTHING, 0, n
        if active:
            if posted != k:
                coefficient, posted = _coefficients(m, k), k
            after, end, event, slot = _go_on(
                m, stream, k, piece, now, until, one, two, n, lost, coefficient
            )
            if end < now:
                break
        lost = (lost[0] + n[0] - after[0], lost[1] + n[1] - after[1])
        n = after
        pieces += 1
        if event != at.NOTHING or end == arrival:
            put(m, at.EVENT, 0, event)
            put(m, at.EVENT_AT, 0, slot)
            write(m, at.CUT, 0, end)
            due = True
            continue
        now, ended = end, end if active else ended
        k, piece = _tick_after(m, k, piece, now)
        if x < size(m, at.SNAPSHOTS) and see(m, at.SNAPSHOT, x) <= now:
            _write_down(m, was, n, k, piece, x, now, ended, active)
            was = n
            record(m, 0, x)
            x += 1
    if not due:
        active = k < look(m, at.TICKS_OF, 1) and open_window(m, 0, k, now)
    _write_down(m, was, n, k, piece, x, now, ended, active)
    return pieces, due
