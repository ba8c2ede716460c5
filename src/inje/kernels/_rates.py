"""Rates of the channels of a field, and their bounds within a piece."""

from __future__ import annotations

import math

import numpy as np

from inje.kernels import _layout as at
from inje.kernels._compiler import call_bound, call_rate, inner
from inje.kernels._memory import get, look, see, size, write
from inje.kernels._tables import LOG_TEN, log_of

__all__ = [
    "casualty_bounds",
    "factor",
    "hazard",
    "hazard_at",
    "hazard_bounds",
    "law_rate",
    "loss_event",
    "open_window",
    "role_of",
    "rule_of",
]


@inner
def role_of(m, e, slot):
    """0 where the side in this slot attacks, 1 where it defends."""
    return 0 if get(m, at.ATTACKER, e) == slot else 1


@inner
def rule_of(m, e, slot):
    """Index of what holds for a side in its present role."""
    return 4 * e + 2 * slot + role_of(m, e, slot)


@inner
def factor(m, e, slot, k):
    """Posture and light: what multiplies the loss rates of a side in a tick."""
    there = k * size(m, at.ENGAGEMENTS) + e
    window = look(m, at.WINDOW, there)
    if window == at.NO_FIGHTING:
        return 0.0
    product = see(m, at.ROW, window) if window >= 0 else 1.0
    upon = look(m, at.UPON_ROWS, 2 * there + slot)
    if upon >= 0:
        product *= see(m, at.ROW, upon)
    night = look(m, at.NIGHT_ROW, e)
    if night >= 0 and look(m, at.NIGHT, k) == 1:
        product *= see(m, at.ROW, night)
    return product


@inner
def open_window(m, e, k, t):
    """Whether an engagement may be fought at a time within a tick."""
    if look(m, at.WINDOW, k * size(m, at.ENGAGEMENTS) + e) == at.NO_FIGHTING:
        return False
    begin, end = look(m, at.BEGIN_ROW, e), look(m, at.END_ROW, e)
    return (begin < 0 or t >= see(m, at.ROW, begin)) and (end < 0 or t < see(m, at.ROW, end))


@inner
def _standing(m, f, e, slot):
    side = look(m, at.SIDES, 2 * e + slot)
    return float(get(m, at.STANDING, f * size(m, at.SIDE_COUNT) + side))


@inner
def _law_row(m, rule, i):
    return see(m, at.ROW, look(m, at.LAW_ROWS, 4 * rule + i))


@inner
def loss_event(m, e, slot, left):
    """What it brings about that a loss left a side with so many people."""
    if left == 0:
        return at.ANNIHILATED
    row = look(m, at.HAZARD_ROWS, 4 * rule_of(m, e, slot) + 3)
    return at.BROKEN_OFF if row >= 0 and left <= see(m, at.ROW, row) else at.NOTHING


@inner
def law_rate(m, f, e, slot, since):
    """Loss rate of a side under a law of totals, without posture and light."""
    rule = rule_of(m, e, slot)
    return see(m, at.ROW, look(m, at.COEFFICIENT_ROWS, rule)) * call_rate(
        np.uint64(look(m, at.RATE, e)),
        _standing(m, f, e, slot),
        _standing(m, f, e, 1 - slot),
        since,
        _law_row(m, rule, 0),
        _law_row(m, rule, 1),
        _law_row(m, rule, 2),
        _law_row(m, rule, 3),
    )


@inner
def _law_bound(m, f, e, slot, t0, t1):
    rule = rule_of(m, e, slot)
    return see(m, at.ROW, look(m, at.COEFFICIENT_ROWS, rule)) * call_bound(
        np.uint64(look(m, at.BOUND, e)),
        _standing(m, f, e, slot),
        _standing(m, f, e, 1 - slot),
        t0,
        t1,
        _law_row(m, rule, 0),
        _law_row(m, rule, 1),
        _law_row(m, rule, 2),
        _law_row(m, rule, 3),
    )


@inner
def _linear_rate(m, c, e, slot, posture):
    """Loss rate of a group from coefficients per enemy; nobody falls where nobody stands."""
    rate = 0.0
    if get(m, at.COUNT, look(m, at.CHANNEL_GROUP, c)) > 0:
        role = role_of(m, e, slot)
        for n in range(look(m, at.LINKS_OF, c), look(m, at.LINKS_OF, c + 1)):
            people = float(get(m, at.COUNT, look(m, at.LINK_GROUP, n)))
            rate += see(m, at.ROW, look(m, at.LINK_ROWS, 2 * n + role)) * posture * people
    return rate


@inner
def casualty_bounds(m, f):
    """Bounds of the loss channels of a field over its piece; their sum.

    Coefficients per enemy only fall with the counts, so their bound is the present rate.
    """
    total = 0.0
    k = get(m, at.TICK, f)
    for c in range(look(m, at.CHANNELS_OF, f), look(m, at.CHANNELS_OF, f + 1)):
        e, slot = look(m, at.CHANNEL_ENGAGEMENT, c), look(m, at.CHANNEL_SLOT, c)
        if look(m, at.CHANNEL_KIND, c) == at.HAZARD or get(m, at.ACTIVE, e) == 0:
            write(m, at.BOUNDS, c, 0.0)
            continue
        posture = factor(m, e, slot, k)
        if look(m, at.FORM, e) == at.LINEAR:
            rate = _linear_rate(m, c, e, slot, posture)
        else:
            begun = see(m, at.BEGUN, e)
            t0, t1 = see(m, at.NOW, f) - begun, see(m, at.UNTIL, f) - begun
            rate = posture * _law_bound(m, f, e, slot, t0, t1)
        write(m, at.BOUNDS, c, rate)
        total += rate
    return total


@inner
def hazard_at(m, h0, a, c, lost, base, own, enemy):
    """Hazard of breaking off (Helmbold 1971) at given losses and counts, per day.

    The logarithms of the loss fraction over a tenth and of the odds, from those of whole people.
    """
    if a > 0.0 and lost <= 0.0:
        return 0.0
    fraction = log_of(m, max(lost, 1.0)) - log_of(m, base) + LOG_TEN
    odds = log_of(m, max(enemy, 1.0)) - log_of(m, max(own, 1.0))
    return h0 * math.exp(a * fraction + c * odds)


@inner
def _hazard_at(m, rule, lost, base, own, enemy):
    h0 = see(m, at.ROW, look(m, at.HAZARD_ROWS, 4 * rule))
    a = see(m, at.ROW, look(m, at.HAZARD_ROWS, 4 * rule + 1))
    c = see(m, at.ROW, look(m, at.HAZARD_ROWS, 4 * rule + 2))
    return hazard_at(m, h0, a, c, lost, base, own, enemy)


@inner
def hazard(m, f, e, slot):
    """Hazard of breaking off of a side in its present state, per day."""
    fs = f * size(m, at.SIDE_COUNT) + look(m, at.SIDES, 2 * e + slot)
    lost = float(get(m, at.FALLEN, fs) - get(m, at.BASE_LOST, fs))
    own, enemy = _standing(m, f, e, slot), _standing(m, f, e, 1 - slot)
    return _hazard_at(m, rule_of(m, e, slot), lost, float(get(m, at.BASE, fs)), own, enemy)


@inner
def hazard_bounds(m, f, more):
    """Bounds of the hazards of a field while at most `more` people fall; their sum."""
    total = 0.0
    for c in range(look(m, at.CHANNELS_OF, f), look(m, at.CHANNELS_OF, f + 1)):
        e, slot = look(m, at.CHANNEL_ENGAGEMENT, c), look(m, at.CHANNEL_SLOT, c)
        if look(m, at.CHANNEL_KIND, c) != at.HAZARD or get(m, at.ACTIVE, e) == 0:
            continue
        rule = rule_of(m, e, slot)
        if look(m, at.HAZARD_ROWS, 4 * rule) < 0:
            write(m, at.BOUNDS, c, 0.0)
            continue
        fs = f * size(m, at.SIDE_COUNT) + look(m, at.SIDES, 2 * e + slot)
        own, enemy = _standing(m, f, e, slot), _standing(m, f, e, 1 - slot)
        lost = float(get(m, at.FALLEN, fs) - get(m, at.BASE_LOST, fs))
        if see(m, at.ROW, look(m, at.HAZARD_ROWS, 4 * rule + 1)) >= 0.0:
            lost += more
        if see(m, at.ROW, look(m, at.HAZARD_ROWS, 4 * rule + 2)) >= 0.0:
            own -= more
        else:
            enemy -= more
        bound = _hazard_at(m, rule, lost, float(get(m, at.BASE, fs)), own, enemy)
        write(m, at.BOUNDS, c, bound)
        total += bound
    return total
