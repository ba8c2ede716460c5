"""Fortunes that lead a battle from known losses to known losses, found by trying.

Given the parameters, what happens in a leg depends on what went before by the losses alone, and
what lies at one address is independent of what lies at another. So the first of a row of addresses
under which a leg ends with the losses that are wanted is drawn from the law of fortunes given these
losses (rejection; von Neumann 1951).
"""

from __future__ import annotations

import numpy as np

from inje.kernels import _layout as at
from inje.kernels._addresses import world_key
from inje.kernels._compiler import compiled, inner
from inje.kernels._duel import take_off
from inje.kernels._memory import get, look, put, see, size, write
from inje.kernels._tables import lend_tables
from inje.kernels._worlds import begin, carry_on

__all__ = ["bridge_worlds"]


@inner
def _stand(m, start, lost, w, leg):
    """The world as it stands at the start of a leg."""
    begin(m)
    if leg == 0:
        return
    for g in range(size(m, at.GROUPS)):
        take_off(m, 0, g, lost[w, leg - 1, g])
    k = look(m, at.TICKS_OF, 0)
    while see(m, at.TICK_END, k) <= start:
        k += 1
    put(m, at.TICK, 0, k)
    write(m, at.NOW, 0, start)
    put(m, at.NEXT_SNAPSHOT, 0, size(m, at.SNAPSHOTS))


@inner
def _met(m, lost, w, leg):
    """Whether the losses are those that are wanted at the end of a leg."""
    met = True
    for g in range(size(m, at.GROUPS)):
        met = met and get(m, at.LOST, g) == lost[w, leg, g]
    return met


@compiled
def bridge_worlds(words, rows, tables, seed, first, legs, lost, most, found):
    """Find an address for each leg of worlds.

    Parameters
    ----------
    words, rows, tables, seed, legs : as in `fight_worlds`, of one field where one group stands on
        either side, and where nothing but losses happens.
    first : (W,) addresses; those for leg l of world w are tried from first[w] + l * most on.
    lost : (W, L, G) losses of each group by the end of each leg.
    most : addresses that are tried in all. found : (W, L) to fill.

    Returns
    -------
    Addresses tried; -1 where these were too few.
    """
    memory = words.copy()
    m = np.int64(memory.ctypes.data)
    lend_tables(m, tables)
    tried = 0
    for i in range(len(rows.alike)):
        write(m, at.ROW, i, rows.alike[i])
    for w in range(len(first)):
        for i in range(len(rows.own)):
            write(m, at.ROW, rows.own[i], rows.varying[i, w])
        for leg in range(len(legs)):
            address = first[w] + np.uint64(leg) * np.uint64(most)
            start, met = legs[leg - 1] if leg else 0.0, False
            while tried < most and not met:
                _stand(m, start, lost, w, leg)
                carry_on(m, world_key(seed, address), legs[leg], True)
                met = _met(m, lost, w, leg)
                found[w, leg] = address
                address += np.uint64(1)
                tried += 1
            if not met:
                return -1
    # Reading `memory` here keeps it alive: the loops know it by its address alone.
    return tried if memory[at.FIELDS] == 1 else -1
