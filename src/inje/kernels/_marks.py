"""Whom a loss fell on, and of what kind: marks of losses that are already counted.

The m-th loss of a group has an address of its own, so neither the pieces of the fight nor
what is asked about it can change its kind.
"""

from __future__ import annotations

import numpy as np

from inje.kernels._addresses import GOLDEN, mix, stream_key, world_key
from inje.kernels._compiler import compiled, inner

__all__ = ["mark_losses"]

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


@inner
def _who(word, m, w, strength, joined, left, fallen):
    """The force that the m-th loss of its group falls on, in proportion to those who stand."""
    total = 0
    for o in range(len(strength)):
        if 0 <= joined[o, w] <= m and (left[o, w] < 0 or left[o, w] > m):
            total += strength[o, w] - fallen[o]
    place = np.int64(((word >> _HALF) * np.uint64(total)) >> _HALF)
    for o in range(len(strength)):
        if 0 <= joined[o, w] <= m and (left[o, w] < 0 or left[o, w] > m):
            place -= strength[o, w] - fallen[o]
            if place < 0:
                return o
    return len(strength) - 1


@compiled
def mark_losses(seed, worlds, name, lost, strength, joined, left, edges, out):
    """Losses of one group by force and kind.

    Parameters
    ----------
    worlds : (W,) addresses; name : hash of the group's name.
    lost : (X, W) losses at each snapshot, not falling with x.
    strength, joined, left : (O, W) of the group's forces, see the blocks JOINED and LEFT.
    edges : (4, W) cumulated shares of the kinds, times 2^32.
    out : (O, 4, X, W) to fill.
    """
    snapshots, forces = len(lost), len(strength)
    fallen = np.zeros(forces, np.int64)
    kinds = np.zeros((forces, 4), np.int64)
    for w in range(len(worlds)):
        key = stream_key(world_key(seed, worlds[w]), name)
        fallen[:] = 0
        kinds[:] = 0
        m = 0
        for x in range(snapshots):
            while m < lost[x, w]:
                word = mix(key + GOLDEN * (np.uint64(m) + np.uint64(1)))
                o = _who(word, m, w, strength, joined, left, fallen) if forces > 1 else 0
                fallen[o] += 1
                place = np.float64(word & _LOW)
                kind = 0
                while kind < 3 and place >= edges[kind, w]:
                    kind += 1
                kinds[o, kind] += 1
                m += 1
            for o in range(forces):
                for kind in range(4):
                    out[o, kind, x, w] = kinds[o, kind]
