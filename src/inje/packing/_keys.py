"""Addresses of a world's randomness, apart from that of its parameters.

A world drawn from the prior has one, its number. A world of a posterior may have one for each block
of its randomness: choices and paces, fortunes in the fight, and marks of its losses; and its
fortunes may be renewed on the way, so that a stretch of its days can be drawn by itself. A battle
has no memory beyond its state: fortunes renewed have the law of fortunes that are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inje.errors import OptionError

__all__ = ["KEYS", "Keys", "checked_renewals"]

#: blocks of a world whose fortunes are not renewed
KEYS = 3

Words = NDArray[np.uint64]


@dataclass(frozen=True)
class Keys:
    """Addresses of worlds.

    Attributes
    ----------
    choices : (W,) of choices and paces. fortunes : (W, L) of the fight, one for each leg between
    renewals. marks : (W,) of whom losses fall on, and of what kind.
    """

    choices: Words
    fortunes: Words
    marks: Words

    @classmethod
    def of(cls, keys: NDArray[np.integer]) -> Keys:
        """Addresses from numbers of worlds (W,), or from blocks (W, 3 + renewals).

        Blocks are choices, fortunes at first, marks, and then fortunes after each renewal.
        """
        whole = np.asarray(keys).astype(np.uint64, copy=False)
        if whole.ndim == 1:
            return cls(whole, whole[:, None], whole)
        legs = [1, *range(KEYS, whole.shape[1])]
        parts = whole[:, 0], whole[:, legs], whole[:, 2]
        return cls(*(np.ascontiguousarray(part) for part in parts))

    def __len__(self) -> int:
        return len(self.choices)


def checked_renewals(renewals: Sequence[float], horizon: float) -> tuple[float, ...]:
    """Days at which fortunes are renewed, as they are allowed.

    Raises
    ------
    OptionError : they do not ascend between the start and the end.
    """
    found = tuple(float(day) for day in renewals)
    if list(found) != sorted(set(found)) or (found and not 0.0 < found[0] <= found[-1] < horizon):
        raise OptionError(
            "renewals", ", ".join(f"{day:g}" for day in found),
            f"ascending days between 0 and {horizon:g}", "correct the days",
        )  # fmt: skip
    return found
