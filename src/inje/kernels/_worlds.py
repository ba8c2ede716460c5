"""A world from its first day to its last: fields, arrivals, control, reports.

Every field has its own clock. The field whose piece under way ends first is settled first; if
what happened there sends somebody to another field before the end of that one's piece, that
piece is taken back and run again, with the same candidates, to the arrival.
"""

from __future__ import annotations

import numpy as np

from inje.kernels import _layout as at
from inje.kernels._addresses import world_key
from inje.kernels._command import begin_messages, next_arrival
from inje.kernels._compiler import compiled, inner
from inje.kernels._memory import get, look, put, see, size, write
from inje.kernels._one_field import fight_on
from inje.kernels._pieces import run_piece, take_back
from inje.kernels._recording import record
from inje.kernels._settling import both_stand, leave, people_of, settle
from inje.kernels._tables import lend_tables

__all__ = ["begin", "carry_on", "fight_worlds", "stands_alone"]

#: pieces after which a world is cut short (status 1): about 1e8 candidates
MOST_PIECES = 200_000
#: worlds whose numbers are brought near together: a line of the cache
TOGETHER = 8


@inner
def _muster(m):
    """Nobody has fallen; who is there from the start stands."""
    sides, fields = size(m, at.SIDE_COUNT), size(m, at.FIELDS)
    for g in range(size(m, at.GROUPS)):
        put(m, at.COUNT, g, 0)
        put(m, at.GONE, g, 0)
        put(m, at.LOST, g, 0)
    for fs in range(fields * sides):
        put(m, at.STANDING, fs, 0)
        put(m, at.FALLEN, fs, 0)
        put(m, at.BASE_LOST, fs, 0)
        put(m, at.OFF, fs, 0)
    for o in range(size(m, at.FORCES)):
        there = look(m, at.PRESENT, o)
        put(m, at.ARRIVED, o, there)
        put(m, at.JOINED, o, there - 1)
        put(m, at.LEFT, o, -1)
        write(m, at.ARRIVAL, o, 0.0 if there == 1 else np.inf)
        if there == 1:
            g, people = look(m, at.FORCE_GROUP, o), people_of(m, o)
            fs = look(m, at.GROUP_FIELD, g) * sides + look(m, at.GROUP_SIDE, g)
            put(m, at.COUNT, g, get(m, at.COUNT, g) + people)
            put(m, at.STANDING, fs, get(m, at.STANDING, fs) + people)
    for fs in range(fields * sides):
        put(m, at.BASE, fs, get(m, at.STANDING, fs))


@inner
def begin(m):
    """A world at its start, its fields settled."""
    _muster(m)
    for s in range(size(m, at.SIDE_COUNT)):
        write(m, at.BROKE, s, np.inf)
    for e in range(size(m, at.ENGAGEMENTS)):
        put(m, at.ATTACKER, e, int(see(m, at.ROW, look(m, at.ATTACKER_ROW, e))))
        write(m, at.BEGUN, e, np.inf)
        put(m, at.ACTIVE, e, 0)
    write(m, at.ENDED, 0, np.inf)
    for f in range(size(m, at.FIELDS)):
        holder = look(m, at.HOLDER_ROW, f)
        put(m, at.HOLDER, f, int(see(m, at.ROW, holder)) if holder >= 0 else -1)
        write(m, at.NOW, f, 0.0)
        put(m, at.TICK, f, look(m, at.TICKS_OF, f))
        put(m, at.PIECE, f, 0)
        put(m, at.NEXT_SNAPSHOT, f, 0)
    begin_messages(m)
    for f in range(size(m, at.FIELDS)):
        settle(m, f)


@inner
def stands_alone(m):
    """Whether there is one field, where one group stands on either side."""
    return size(m, at.FIELDS) == 1 and look(m, at.DUEL, 0) == 1


@inner
def _quiet_until(m, f):
    """End of the tick, or of all the ticks from here on in which nobody fights."""
    k, last = get(m, at.TICK, f), look(m, at.TICKS_OF, f + 1) - 1
    met = False
    for e in range(look(m, at.ENGAGEMENTS_OF, f), look(m, at.ENGAGEMENTS_OF, f + 1)):
        if get(m, at.ACTIVE, e) == 1:
            return see(m, at.TICK_END, k)
        met = met or both_stand(m, f, e)
    if not met:
        return see(m, at.TICK_END, last)
    engagements = size(m, at.ENGAGEMENTS)
    while k < last:
        for e in range(look(m, at.ENGAGEMENTS_OF, f), look(m, at.ENGAGEMENTS_OF, f + 1)):
            if look(m, at.WINDOW, (k + 1) * engagements + e) != at.NO_FIGHTING:
                return see(m, at.TICK_END, k)
        k += 1
    return see(m, at.TICK_END, last)


@inner
def _set_out(m, key, f):
    """Begin the next piece of a field, or end the field."""
    now = see(m, at.NOW, f)
    if now >= see(m, at.HORIZON, 0):
        write(m, at.CUT, f, np.inf)
        return
    until = min(_quiet_until(m, f), next_arrival(m, f), see(m, at.HORIZON, 0))
    for e in range(look(m, at.ENGAGEMENTS_OF, f), look(m, at.ENGAGEMENTS_OF, f + 1)):
        begin, end = look(m, at.BEGIN_ROW, e), look(m, at.END_ROW, e)
        if begin >= 0 and see(m, at.ROW, begin) > now:
            until = min(until, see(m, at.ROW, begin))
        if end >= 0 and see(m, at.ROW, end) > now:
            until = min(until, see(m, at.ROW, end))
    write(m, at.UNTIL, f, until)
    run_piece(m, key, f, np.inf)


@inner
def _close(m, f):
    """End the piece under way: what it brought about happens."""
    t = see(m, at.CUT, f)
    for e in range(look(m, at.ENGAGEMENTS_OF, f), look(m, at.ENGAGEMENTS_OF, f + 1)):
        if get(m, at.ACTIVE, e) == 1:
            before = see(m, at.ENDED, 0)
            write(m, at.ENDED, 0, t if before == np.inf else max(before, t))
    write(m, at.NOW, f, t)
    event = get(m, at.EVENT, f)
    if event in (at.BROKEN_OFF, at.ANNIHILATED):
        e, slot = get(m, at.EVENT_AT, f) // 2, get(m, at.EVENT_AT, f) % 2
        side = look(m, at.SIDES, 2 * e + slot)
        if event == at.BROKEN_OFF:
            leave(m, f, e, side)
        else:
            put(m, at.OFF, f * size(m, at.SIDE_COUNT) + side, 1)
    put(m, at.PIECE, f, get(m, at.PIECE, f) + 1)
    tick, last = get(m, at.TICK, f), look(m, at.TICKS_OF, f + 1)
    while tick < last and t >= see(m, at.TICK_END, tick):
        tick += 1
        put(m, at.TICK, f, tick)
        # Where quiet ticks were passed at once, the one that was broken into has had its piece.
        put(m, at.PIECE, f, 1 if t > see(m, at.TICK_END, tick - 1) else 0)
    settle(m, f)
    x = get(m, at.NEXT_SNAPSHOT, f)
    while x < size(m, at.SNAPSHOTS) and see(m, at.SNAPSHOT, x) <= t:
        if see(m, at.SNAPSHOT, x) == t:
            record(m, f, x)
        x += 1
    put(m, at.NEXT_SNAPSHOT, f, x)


@inner
def _write(m, status):
    """The end of a world."""
    for fs in range(size(m, at.FIELDS) * size(m, at.SIDE_COUNT)):
        put(m, at.COUNTED, size(m, at.OUT_OFF) + fs, get(m, at.OFF, fs))
    for o in range(size(m, at.FORCES)):
        put(m, at.COUNTED, size(m, at.OUT_JOINED) + o, get(m, at.JOINED, o))
        put(m, at.COUNTED, size(m, at.OUT_LEFT) + o, get(m, at.LEFT, o))
        write(m, at.CLOCKED, size(m, at.OUT_ARRIVAL) + o, see(m, at.ARRIVAL, o))
    for i in range(size(m, at.MESSAGES)):
        write(m, at.CLOCKED, size(m, at.OUT_REPORT) + i, see(m, at.REPORT, i))
    for d in range(size(m, at.DECISIONS)):
        write(m, at.CLOCKED, size(m, at.OUT_ORDER) + d, see(m, at.ORDER, d))
    for s in range(size(m, at.SIDE_COUNT)):
        write(m, at.CLOCKED, size(m, at.OUT_BROKE) + s, see(m, at.BROKE, s))
    for e in range(size(m, at.ENGAGEMENTS)):
        write(m, at.CLOCKED, size(m, at.OUT_BEGUN) + e, see(m, at.BEGUN, e))
    write(m, at.CLOCKED, size(m, at.OUT_ENDED), see(m, at.ENDED, 0))
    put(m, at.COUNTED, size(m, at.OUT_STATUS), status)


@inner
def _over(m):
    """Whether nothing more can happen in the one field: its time is up, or one side is gone."""
    horizon = see(m, at.HORIZON, 0)
    if see(m, at.NOW, 0) >= horizon:
        return True
    return not both_stand(m, 0, 0) and next_arrival(m, 0) >= horizon


@inner
def _carry_one(m, key):
    """Carry on a world of one field where one group stands on either side, as `_carry_all`."""
    pieces = 0
    while pieces < MOST_PIECES and not _over(m):
        more, due = fight_on(m, key, MOST_PIECES - pieces)
        pieces += more
        if not due:
            _set_out(m, key, 0)
            pieces += 1
        if see(m, at.CUT, 0) == np.inf:
            break
        _close(m, 0)
    return 0 if _over(m) else 1


@inner
def _carry_all(m, key):
    """Carry on a world whose fields have been settled; 1 where it had to be cut short."""
    fields = size(m, at.FIELDS)
    for f in range(fields):
        _set_out(m, key, f)
    for _ in range(MOST_PIECES):
        f = 0
        for g in range(1, fields):
            if see(m, at.CUT, g) < see(m, at.CUT, f):
                f = g
        if see(m, at.CUT, f) == np.inf:
            return 0
        _close(m, f)
        for g in range(fields):
            stop = next_arrival(m, g)
            if g != f and stop < see(m, at.CUT, g) < np.inf:
                take_back(m, g)
                run_piece(m, key, g, stop)
        _set_out(m, key, f)
    return 1


@inner
def carry_on(m, key, until, alone):
    """Carry a world on to a moment at which a tick ends; 1 where it had to be cut short.

    key : of the fortunes from here. alone : see `stands_alone`.
    """
    write(m, at.HORIZON, 0, until)
    return _carry_one(m, key) if alone else _carry_all(m, key)


@inner
def _fight(m, seed, keys, w, legs, alone):
    """Fight a world whose numbers lie in memory, leg by leg; 1 where it had to be cut short."""
    begin(m)
    status = 0
    for leg in range(len(legs)):
        status = carry_on(m, world_key(seed, keys[w, leg]), legs[leg], alone)
        if status == 1:
            break
    for f in range(size(m, at.FIELDS)):
        for x in range(get(m, at.NEXT_SNAPSHOT, f), size(m, at.SNAPSHOTS)):
            record(m, f, x)
    return status


@compiled
def fight_worlds(words, rows, tables, seed, keys, legs, counts, times):
    """Fight worlds one by one.

    Parameters
    ----------
    words : see `lay_out`; copied, since the world on its way is kept there.
    rows : see `Rows`. tables : see `Tables`.
    keys : (W, L) addresses of the fortunes in each leg. legs : (L,) when each ends, in days; where
        ticks end, the last at the horizon.
    counts, times : W columns to fill, see `Outcome`.
    """
    memory = words.copy()
    m = np.int64(memory.ctypes.data)
    lend_tables(m, tables)
    # A few worlds at a time go through small matrices: the columns of large ones lie so far apart
    # that each number would have to come from afar.
    alone = stands_alone(m)
    own, varying = rows.own, rows.varying
    numbers = np.empty((TOGETHER, len(own)))
    for i in range(len(rows.alike)):
        write(m, at.ROW, i, rows.alike[i])
    counted, timed = np.empty((len(counts), TOGETHER), np.int64), np.empty((len(times), TOGETHER))
    for low in range(0, len(keys), TOGETHER):
        few = min(TOGETHER, len(keys) - low)
        for i in range(len(own)):
            for j in range(few):
                numbers[j, i] = varying[i, low + j]
        for j in range(few):
            for i in range(len(own)):
                write(m, at.ROW, own[i], numbers[j, i])
            _write(m, _fight(m, seed, keys, low + j, legs, alone))
            for i in range(len(counts)):
                counted[i, j] = get(m, at.COUNTED, i)
            for i in range(len(times)):
                timed[i, j] = see(m, at.CLOCKED, i)
        for i in range(len(counts)):
            for j in range(few):
                counts[i, low + j] = counted[i, j]
        for i in range(len(times)):
            for j in range(few):
                times[i, low + j] = timed[i, j]
    return memory[0]
