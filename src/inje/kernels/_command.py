"""Reports on their way, the leader's belief, and the order that sends a force.

A report that is triggered at t is received at t + delay. The leader's log odds that the
threat is serious are those at first plus the log likelihood ratios of the reports received;
the order goes at the first report after which they reach what his draw of the logit choice
needs. Delays and the draw are numbers of the world: nothing is drawn here.
"""

from __future__ import annotations

import numpy as np

from inje.kernels import _layout as at
from inje.kernels._compiler import inner
from inje.kernels._memory import get, look, see, size, write

__all__ = ["begin_messages", "fire", "next_arrival"]


@inner
def _decide(m, d):
    """Time of the order, by what was reported so far; inf while there is none."""
    belief = see(m, at.ROW, look(m, at.PRIOR_ROW, d))
    needed = see(m, at.ROW, look(m, at.NEEDED_ROW, d))
    low, high = look(m, at.HEARS_OF, d), look(m, at.HEARS_OF, d + 1)
    t = -np.inf
    while True:
        later = np.inf
        for n in range(low, high):
            moment = see(m, at.REPORT, look(m, at.HEARS_MESSAGE, n))
            if t < moment < later:
                later = moment
        if later == np.inf:
            return np.inf
        for n in range(low, high):
            if see(m, at.REPORT, look(m, at.HEARS_MESSAGE, n)) == later:
                belief += see(m, at.ROW, look(m, at.HEARS_ROW, n))
        if belief >= needed:
            return later
        t = later


@inner
def _resend(m):
    """Orders and arrivals that follow from the reports so far."""
    decisions = size(m, at.DECISIONS)
    for d in range(decisions):
        write(m, at.ORDER, d, _decide(m, d))
    for o in range(size(m, at.FORCES)):
        if look(m, at.PRESENT, o) == 0 and get(m, at.ARRIVED, o) == 0:
            write(m, at.ARRIVAL, o, np.inf)
    for d in range(decisions + 1):
        order = see(m, at.ORDER, d) if d < decisions else 0.0
        for n in range(look(m, at.SENDS_OF, d), look(m, at.SENDS_OF, d + 1)):
            o = look(m, at.SENDS_FORCE, n)
            if look(m, at.PRESENT, o) == 0 and get(m, at.ARRIVED, o) == 0:
                moment = order + see(m, at.ROW, look(m, at.SENDS_ROW, n))
                write(m, at.ARRIVAL, o, min(see(m, at.ARRIVAL, o), moment))


@inner
def begin_messages(m):
    """Messages that a day triggers."""
    for i in range(size(m, at.MESSAGES)):
        moment = np.inf
        if look(m, at.TRIGGER, i) == at.DAY:
            day = see(m, at.ROW, look(m, at.DAY_ROW, i))
            moment = day + see(m, at.ROW, look(m, at.DELAY_ROW, i))
        write(m, at.REPORT, i, moment)
    _resend(m)


@inner
def fire(m, kind, e, f, side, t):
    """Something happened at t: send the reports that it triggers, each once; whether any went."""
    sent = False
    for i in range(size(m, at.MESSAGES)):
        if look(m, at.TRIGGER, i) != kind or see(m, at.REPORT, i) < np.inf:
            continue
        if e >= 0 and look(m, at.TRIGGER_ENGAGEMENT, i) not in (-1, e):
            continue
        if look(m, at.TRIGGER_FIELD, i) not in (-1, f):
            continue
        if side >= 0 and look(m, at.TRIGGER_SIDE, i) not in (-1, side):
            continue
        write(m, at.REPORT, i, t + see(m, at.ROW, look(m, at.DELAY_ROW, i)))
        sent = True
    if sent:
        _resend(m)
    return sent


@inner
def next_arrival(m, f):
    """Time of the next arrival at a field; inf for none."""
    first = np.inf
    for o in range(size(m, at.FORCES)):
        if get(m, at.ARRIVED, o) == 0 and look(m, at.GROUP_FIELD, look(m, at.FORCE_GROUP, o)) == f:
            first = min(first, see(m, at.ARRIVAL, o))
    return first
