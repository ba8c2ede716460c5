"""What is written down of a field at a snapshot."""

from __future__ import annotations

from inje.kernels import _layout as at
from inje.kernels._compiler import inner
from inje.kernels._memory import get, look, put, size

__all__ = ["record"]


@inner
def record(m, f, x):
    """Write down losses and control of a field at a snapshot.

    Who stands alone controls the field; where nobody stands, the last who did; else it is
    contested (-1).
    """
    lost = size(m, at.OUT_LOST) + x * size(m, at.GROUPS)
    for g in range(look(m, at.GROUPS_OF, f), look(m, at.GROUPS_OF, f + 1)):
        put(m, at.COUNTED, lost + g, get(m, at.LOST, g))
    standing, alone, sides = 0, -1, size(m, at.SIDE_COUNT)
    for s in range(sides):
        if get(m, at.STANDING, f * sides + s) > 0:
            standing += 1
            alone = s
    holder = get(m, at.HOLDER, f) if standing == 0 else alone
    row = size(m, at.OUT_HOLDER) + x * size(m, at.FIELDS) + f
    put(m, at.COUNTED, row, holder if standing < 2 else -1)
