"""What follows at one moment of a field: who joins, who leaves, who holds it, who fights."""

from __future__ import annotations

import math

import numpy as np

from inje.kernels import _layout as at
from inje.kernels._command import fire, next_arrival
from inje.kernels._compiler import inner
from inje.kernels._memory import get, look, put, see, size, write
from inje.kernels._rates import open_window, rule_of

__all__ = ["both_stand", "leave", "people_of", "settle"]


@inner
def people_of(m, o):
    strength = see(m, at.ROW, look(m, at.FORCE_ROW, o))
    return max(0, math.floor(strength + 0.5))


@inner
def _rally(m, g):
    """Those of a group who had left the fight come back."""
    fs = look(m, at.GROUP_FIELD, g) * size(m, at.SIDE_COUNT) + look(m, at.GROUP_SIDE, g)
    put(m, at.COUNT, g, get(m, at.COUNT, g) + get(m, at.GONE, g))
    put(m, at.STANDING, fs, get(m, at.STANDING, fs) + get(m, at.GONE, g))
    put(m, at.GONE, g, 0)
    for o in range(size(m, at.FORCES)):
        if look(m, at.FORCE_GROUP, o) == g:
            put(m, at.LEFT, o, -1)


@inner
def _take_up(m, f, side):
    """A beaten or absent side returns: it attacks, and its losses count from here."""
    fs = f * size(m, at.SIDE_COUNT) + side
    rallies = False
    for e in range(look(m, at.ENGAGEMENTS_OF, f), look(m, at.ENGAGEMENTS_OF, f + 1)):
        for slot in range(2):
            if look(m, at.SIDES, 2 * e + slot) == side:
                rallies = rallies or look(m, at.RALLY, rule_of(m, e, slot)) == 1
                if see(m, at.BEGUN, e) < np.inf:
                    put(m, at.ATTACKER, e, slot)
    for g in range(look(m, at.GROUPS_OF, f), look(m, at.GROUPS_OF, f + 1)):
        if rallies and look(m, at.GROUP_SIDE, g) == side:
            _rally(m, g)
    put(m, at.OFF, fs, 0)
    put(m, at.BASE, fs, get(m, at.STANDING, fs))
    put(m, at.BASE_LOST, fs, get(m, at.FALLEN, fs))


@inner
def _join(m, f):
    """Forces that have arrived by now take their place."""
    for o in range(size(m, at.FORCES)):
        g = look(m, at.FORCE_GROUP, o)
        if get(m, at.ARRIVED, o) == 1 or look(m, at.GROUP_FIELD, g) != f:
            continue
        if see(m, at.ARRIVAL, o) > see(m, at.NOW, f):
            continue
        put(m, at.ARRIVED, o, 1)
        people, side = people_of(m, o), look(m, at.GROUP_SIDE, g)
        if people == 0:
            continue
        fs = f * size(m, at.SIDE_COUNT) + side
        if get(m, at.OFF, fs) == 1 or get(m, at.STANDING, fs) == 0:
            _take_up(m, f, side)
        put(m, at.JOINED, o, get(m, at.LOST, g))
        put(m, at.COUNT, g, get(m, at.COUNT, g) + people)
        put(m, at.STANDING, fs, get(m, at.STANDING, fs) + people)
        put(m, at.BASE, fs, get(m, at.BASE, fs) + people)


@inner
def leave(m, f, e, side):
    """A side breaks off: its people leave the field."""
    fs = f * size(m, at.SIDE_COUNT) + side
    t = see(m, at.NOW, f)
    put(m, at.OFF, fs, 1)
    put(m, at.STANDING, fs, 0)
    for g in range(look(m, at.GROUPS_OF, f), look(m, at.GROUPS_OF, f + 1)):
        if look(m, at.GROUP_SIDE, g) == side:
            put(m, at.GONE, g, get(m, at.GONE, g) + get(m, at.COUNT, g))
            put(m, at.COUNT, g, 0)
            for o in range(size(m, at.FORCES)):
                if look(m, at.FORCE_GROUP, o) == g and get(m, at.JOINED, o) >= 0:
                    put(m, at.LEFT, o, get(m, at.LOST, g))
    write(m, at.BROKE, side, min(see(m, at.BROKE, side), t))
    fire(m, at.BREAKING_OFF, e, f, side, t)


@inner
def _hold(m, f):
    """Who stands alone on the field holds it; whether that set off a report."""
    alone, standing, sides = -1, 0, size(m, at.SIDE_COUNT)
    for s in range(sides):
        if get(m, at.STANDING, f * sides + s) > 0:
            alone = s
            standing += 1
    before = get(m, at.HOLDER, f)
    if standing != 1 or before == alone:
        return False
    put(m, at.HOLDER, f, alone)
    return before >= 0 and fire(m, at.LOSS_OF_CONTROL, -1, f, before, see(m, at.NOW, f))


@inner
def _at_breakpoint(m, f, e):
    """Sides that stand at or below their breakpoint leave."""
    for slot in range(2):
        row = look(m, at.HAZARD_ROWS, 4 * rule_of(m, e, slot) + 3)
        side = look(m, at.SIDES, 2 * e + slot)
        fs = f * size(m, at.SIDE_COUNT) + side
        people = get(m, at.STANDING, fs)
        if row >= 0 and people > 0 and people <= see(m, at.ROW, row):
            leave(m, f, e, side)


@inner
def both_stand(m, f, e):
    """Whether both sides of an engagement stand on the field."""
    first = f * size(m, at.SIDE_COUNT)
    return (
        get(m, at.STANDING, first + look(m, at.SIDES, 2 * e)) > 0
        and get(m, at.STANDING, first + look(m, at.SIDES, 2 * e + 1)) > 0
    )


@inner
def _engage(m, f):
    """Which engagements of a field are fought from now on; whether that set off a report."""
    t, k, sent = see(m, at.NOW, f), get(m, at.TICK, f), False
    for e in range(look(m, at.ENGAGEMENTS_OF, f), look(m, at.ENGAGEMENTS_OF, f + 1)):
        put(m, at.ACTIVE, e, 0)
        if k >= look(m, at.TICKS_OF, f + 1) or not open_window(m, e, k, t):
            continue
        if both_stand(m, f, e):
            _at_breakpoint(m, f, e)
        if not both_stand(m, f, e):
            continue
        put(m, at.ACTIVE, e, 1)
        if see(m, at.BEGUN, e) == np.inf:
            write(m, at.BEGUN, e, t)
            side = look(m, at.SIDES, 2 * e + get(m, at.ATTACKER, e))
            sent = fire(m, at.ATTACK, e, f, side, t) or sent
    return sent


@inner
def settle(m, f):
    """Let arrivals, control and reports of this moment follow from one another."""
    while True:
        _join(m, f)
        sent = _hold(m, f)
        sent = _engage(m, f) or sent
        sent = _hold(m, f) or sent
        if not sent or next_arrival(m, f) > see(m, at.NOW, f):
            break
