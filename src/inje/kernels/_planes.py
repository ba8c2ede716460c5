"""Times of losses that are only counted: bits of 64 of them at once, as far as somebody asks.

The moment of each loss of a piece is a whole number of 53 bits, uniform; words of hashed bits hold
one bit of 64 moments each. How many lie below a given moment is told from the highest bit down,
until no moment is left that agrees with it so far: six to ten words for 64 losses, and the same
words whoever asks.
"""

from __future__ import annotations

import numpy as np

from inje.kernels import _layout as at
from inje.kernels._addresses import GOLDEN, mix
from inje.kernels._compiler import inner
from inje.kernels._memory import word, write_word

__all__ = [
    "BITS",
    "ENDLESS",
    "count_below",
    "first_moment",
    "look_closer",
    "members",
    "ones",
    "open_planes",
    "planes_key",
    "time_of",
]

BITS = 53
#: the moment after all moments of a piece
ENDLESS = np.uint64(1) << np.uint64(BITS)
_PLANES = np.uint64(0x589965CC75374CC3)
_ONE = np.uint64(1)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)


@inner
def planes_key(piece, channel):
    """Key of the moments of the sure losses of a channel, counted within its field."""
    return mix((piece ^ _PLANES) + GOLDEN * (np.uint64(channel) + _ONE))


@inner
def ones(z):
    """Bits that are set (Wegner and Knuth's count in parallel; a processor has a word for it)."""
    z = z - ((z >> _ONE) & np.uint64(0x5555555555555555))
    z = (z & np.uint64(0x3333333333333333)) + ((z >> np.uint64(2)) & np.uint64(0x3333333333333333))
    z = (z + (z >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((z * np.uint64(0x0101010101010101)) >> np.uint64(56))


@inner
def _plane(key, block, bit):
    """One bit of 64 moments, the highest (BITS - 1) first."""
    return mix(key + GOLDEN * np.uint64(64 * block + BITS - bit))


@inner
def members(n, block):
    """Bits of those of a block of 64 that are among the first n."""
    left = n - 64 * block
    if left >= 64:
        return _ALL
    return (_ONE << np.uint64(left)) - _ONE if left > 0 else np.uint64(0)


@inner
def count_below(key, n, moment):
    """How many of n sure losses come before a moment."""
    if moment >= ENDLESS:
        return n
    found, block = 0, 0
    while 64 * block < n:
        alike, below, bit = members(n, block), np.uint64(0), BITS
        while alike != 0 and bit > 0:
            bit -= 1
            plane = _plane(key, block, bit)
            if (moment >> np.uint64(bit)) & _ONE:
                below |= alike & ~plane
                alike &= plane
            else:
                alike &= ~plane
        found += ones(below)
        block += 1
    return found


@inner
def open_planes(m, c, n):
    """Let all n sure losses of a channel be open."""
    for block in range((n + 63) >> 6):
        write_word(m, at.ALIKE, c * at.PLANES + block, members(n, block))


@inner
def look_closer(m, key, c, n, moment, bit):
    """Look at one more bit of the open moments of a channel: how many have a zero there.

    If the moment in question has a one there, they come before it, and the others stay open;
    else they stay open, and the others come after.
    """
    found, early = 0, (moment >> np.uint64(bit)) & _ONE
    for block in range((n + 63) >> 6):
        alike = word(m, at.ALIKE, c * at.PLANES + block)
        zeros = alike & ~_plane(key, block, bit)
        found += ones(zeros)
        write_word(m, at.ALIKE, c * at.PLANES + block, alike ^ zeros if early else zeros)
    return found


@inner
def time_of(moment, t0, length):
    """Time of a moment of a piece, as of any other candidate."""
    return t0 + length * ((np.float64(moment) + 0.5) / 9007199254740992.0)


@inner
def first_moment(time, t0, length, after):
    """The first moment that comes at a time or later; with `after`, later."""
    low, high = np.uint64(0), ENDLESS
    while low < high:
        middle = (low + high) >> _ONE
        found = time_of(middle, t0, length)
        if found > time or (found == time and not after):
            high = middle
        else:
            low = middle + _ONE
    return low
