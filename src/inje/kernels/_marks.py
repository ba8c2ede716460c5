"""Whom a loss fell on, and of what kind: marks of losses that are already counted.

The m-th loss of a group has an address of its own, so neither the pieces of the fight nor
what is asked about it can change its kind.
"""

from __future__ import annotations

import math

import numpy as np

from inje.kernels._addresses import GOLDEN, mix, stream_key, world_key
from inje.kernels._compiler import compiled, inner
from inje.kernels._planes import ones

__all__ = ["mark_kinds", "mark_losses"]

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


@inner
def _there(o, m, w, joined, left):
    """Whether a force stands in its group when the m-th loss falls."""
    return 0 <= joined[o, w] <= m and (left[o, w] < 0 or left[o, w] > m)


@inner
def _who(word, m, w, strength, joined, left, fallen):
    """The force that the m-th loss of its group falls on, in proportion to those who stand."""
    total = 0
    for o in range(len(strength)):
        if _there(o, m, w, joined, left):
            total += strength[o, w] - fallen[o]
    place = np.int64(((word >> _HALF) * np.uint64(total)) >> _HALF)
    for o in range(len(strength)):
        if _there(o, m, w, joined, left):
            place -= strength[o, w] - fallen[o]
            if place < 0:
                return o
    return len(strength) - 1


@inner
def _alone(m, w, joined, left):
    """The force on which all losses from the m-th on fall, if only one is there; until when."""
    found, until = -1, np.int64(1) << 62
    for o in range(len(joined)):
        if joined[o, w] > m:
            until = min(until, joined[o, w])
        elif joined[o, w] >= 0 and (left[o, w] < 0 or left[o, w] > m):
            if left[o, w] >= 0:
                until = min(until, left[o, w])
            found = o if found == -1 else -2
    return found, until


@inner
def _kinds_of(key, low, high, edges, w):
    """How many of the losses low .. high - 1 are beyond each edge between kinds."""
    # Whole edges, so that the loop is one of whole numbers throughout.
    first = np.int64(math.ceil(edges[0, w]))
    second = np.int64(math.ceil(edges[1, w]))
    third = np.int64(math.ceil(edges[2, w]))
    one, two, three = 0, 0, 0
    for m in range(low, high):
        place = np.int64(mix(key + GOLDEN * (np.uint64(m) + np.uint64(1))) & _LOW)
        one += 1 if place >= first else 0
        two += 1 if place >= second else 0
        three += 1 if place >= third else 0
    return one, two, three


@compiled
def mark_kinds(seed, worlds, name, lost, edges, out):
    """Losses of one group by kind, whichever of its forces they fell on.

    Parameters
    ----------
    worlds, name, lost, edges : as in `mark_losses`. out : (4, X, W) to fill.
    """
    for w in range(len(worlds)):
        key = stream_key(world_key(seed, worlds[w]), name)
        before, a, b, c = np.int64(0), 0, 0, 0
        for x in range(len(lost)):
            one, two, three = _kinds_of(key, before, lost[x, w], edges, w)
            before = lost[x, w]
            a, b, c = a + one, b + two, c + three
            out[0, x, w] = before - a
            out[1, x, w] = a - b
            out[2, x, w] = b - c
            out[3, x, w] = c


@inner
def _below(words, n, edge):
    """Bits of those of n words whose upper halves are below an edge."""
    found = np.uint64(0)
    for i in range(n):
        found |= np.uint64(1 if (words[i] >> _HALF) < edge else 0) << np.uint64(i)
    return found


@inner
def _beyond(words, n, edge):
    """Bits of those of n words whose lower halves are not below an edge."""
    found = np.uint64(0)
    for i in range(n):
        found |= np.uint64(1 if np.float64(words[i] & _LOW) >= edge else 0) << np.uint64(i)
    return found


@inner
def _whose(words, m, n, w, strength, joined, left, fallen, those):
    """Which of n losses from the m-th on fall on which force, as bits; whether that is sure.

    How many of a force still stand differs by these losses themselves: what decides is compared
    with the least and with the largest share that the forces so far can have among them.
    """
    total, standing, before = 0, 0, np.uint64(0)
    for o in range(len(strength)):
        if _there(o, m, w, joined, left):
            total += strength[o, w] - fallen[o]
    if total <= n:
        return False
    for o in range(len(strength)):
        those[o] = 0
        if not _there(o, m, w, joined, left):
            continue
        standing += strength[o, w] - fallen[o]
        until = _below(words, n, _LOW + np.uint64(1))
        if standing < total:
            least = (np.uint64(max(standing - n, 0)) << _HALF) // np.uint64(total)
            left_ = np.uint64(total - n)
            most = ((np.uint64(standing) << _HALF) + left_ - np.uint64(1)) // left_
            until = _below(words, n, least)
            if until != _below(words, n, most):
                return False
        those[o] = until & ~before
        before = until
    return True


@inner
def _one_by_one(words, m, n, w, strength, joined, left, fallen, those):
    """The same where it is not sure: each loss after the other."""
    gone = fallen.copy()
    those[:] = 0
    for i in range(n):
        o = _who(words[i], m + i, w, strength, joined, left, gone)
        those[o] |= np.uint64(1) << np.uint64(i)
        gone[o] += 1


@inner
def _share(key, m, n, w, strength, joined, left, edges, fallen, words, those, kinds):
    """Let n losses from the m-th on, 64 at most, fall on the forces that are there."""
    for i in range(n):
        words[i] = mix(key + GOLDEN * (np.uint64(m + i) + np.uint64(1)))
    if not _whose(words, m, n, w, strength, joined, left, fallen, those):
        _one_by_one(words, m, n, w, strength, joined, left, fallen, those)
    first = _beyond(words, n, edges[0, w])
    second, third = _beyond(words, n, edges[1, w]), _beyond(words, n, edges[2, w])
    for o in range(len(strength)):
        all_, one = ones(those[o]), ones(those[o] & first)
        two, three = ones(those[o] & second), ones(those[o] & third)
        kinds[o, 0] += all_ - one
        kinds[o, 1] += one - two
        kinds[o, 2] += two - three
        kinds[o, 3] += three
        fallen[o] += all_


@compiled
def mark_losses(seed, worlds, name, lost, strength, joined, left, edges, out):
    """Losses of one group by force and kind.

    Parameters
    ----------
    worlds : (W,) addresses; name : hash of the group's name.
    lost : (X, W) losses at each snapshot, not falling with x.
    strength, joined, left : (O, W) of the group's forces, see the blocks JOINED and LEFT.
    edges : (4, W) cumulated shares of the kinds, not falling, times 2^32.
    out : (O, 4, X, W) to fill.
    """
    snapshots, forces = len(lost), len(strength)
    fallen = np.zeros(forces, np.int64)
    kinds = np.zeros((forces, 4), np.int64)
    words, those = np.zeros(64, np.uint64), np.zeros(forces, np.uint64)
    for w in range(len(worlds)):
        key = stream_key(world_key(seed, worlds[w]), name)
        fallen[:] = 0
        kinds[:] = 0
        m = np.int64(0)
        for x in range(snapshots):
            while m < lost[x, w]:
                o, until = _alone(m, w, joined, left) if forces > 1 else (0, lost[x, w])
                high = min(until, lost[x, w])
                if o < 0:
                    n = min(64, high - m)
                    _share(key, m, n, w, strength, joined, left, edges, fallen, words, those, kinds)
                    m += n
                    continue
                one, two, three = _kinds_of(key, m, high, edges, w)
                kinds[o, 0] += high - m - one
                kinds[o, 1] += one - two
                kinds[o, 2] += two - three
                kinds[o, 3] += three
                fallen[o] += high - m
                m = high
            for o in range(forces):
                for kind in range(4):
                    out[o, kind, x, w] = kinds[o, kind]
