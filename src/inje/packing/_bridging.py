"""Fortunes drawn given the losses of each leg of worlds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inje.kernels import bridge_worlds, table
from inje.packing._packed import Packed
from inje.packing._rows import Values, fill_rows

__all__ = ["bridge"]


def bridge(
    packed: Packed,
    values: Values,
    seed: int,
    first: NDArray[np.uint64],
    lost: NDArray[np.int64],
    most: int,
) -> tuple[NDArray[np.uint64], int]:
    """Draw fortunes for each leg of worlds, given the losses that each leg ends with.

    Parameters
    ----------
    packed : one field, one force a side, nothing but losses. values : of the worlds.
    first : (W,) addresses; those for leg l of a world are tried from first + l * most on.
    lost : (W, L, S) losses of each side by the end of each leg, sides as the scenario has them.
    most : addresses tried in all.

    Returns
    -------
    Addresses (W, L), and how many were tried; -1 where so many were too few.
    """
    skeleton = packed.skeleton
    sides = [skeleton.sides.index(side) for _, side, _ in skeleton.groups]
    found = np.zeros(lost.shape[:2], np.uint64)
    rows = fill_rows(packed.recipes, values, len(first))
    tried = bridge_worlds(
        packed.words, rows, table(), np.uint64(seed), first,
        packed.legs, np.ascontiguousarray(lost[:, :, sides]), most, found,
    )  # fmt: skip
    return found, int(tried)
