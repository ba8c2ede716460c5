"""Ships after so many exchanges of salvos."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from inje import laws
from inje.errors import ModelError, OptionError
from inje.exact._losses import LossLaw

__all__ = ["Ships", "salvos"]

MOST_SHIPS = 500
"""Of a side; the tables of the stochastic law grow with their product."""


@dataclass(frozen=True)
class Ships:
    """Two fleets that exchange salvos until one is down to its breakpoint.

    Attributes
    ----------
    strengths : ships of the first and of the second side.
    law : name of a salvo law.
    parameters : by name, for the losses of the first and of the second side.
    breakpoints : a side ends the battle when its count is this or less.

    Raises
    ------
    ModelError : a number out of its range, or a law that knows no salvos.
    """

    strengths: tuple[int, int]
    law: str = "salvo"
    parameters: tuple[Mapping[str, float], Mapping[str, float]] = ({}, {})
    breakpoints: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        for name, counts in (("strengths", self.strengths), ("breakpoints", self.breakpoints)):
            if not all(isinstance(n, int) and 0 <= n <= MOST_SHIPS for n in counts):
                raise ModelError(name, repr(counts), f"whole numbers, 0 to {MOST_SHIPS}")
        for given in self.parameters:
            self.salvo.values(given)

    @cached_property
    def salvo(self) -> laws.SalvoLaw:
        """The law itself."""
        law = laws.get(self.law)
        if not isinstance(law, laws.SalvoLaw):
            raise ModelError(
                "law",
                f"{law.name!r} acts in continuous time",
                "salvo, salvo-stochastic",
                "choose a salvo law for ships",
            )
        return law


def salvos(ships: Ships, count: int) -> LossLaw:
    """The law of the ships lost after `count` exchanges; both sides fire at once.

    Parameters
    ----------
    ships : the two fleets.
    count : exchanges, 0 or more; none follows once a side is down to its breakpoint.

    Returns
    -------
    LossLaw : of ships, nothing truncated. In the cell where both sides are down nobody wins.

    Raises
    ------
    OptionError : a negative count.
    """
    if count < 0:
        raise OptionError("count", str(count), "0 or more salvos")
    first, second = (n + 1 for n in ships.strengths)
    left = np.zeros((first, second))  # by ships that are left
    left[-1, -1] = 1.0
    tables: dict[tuple[int, int], NDArray[np.float64]] = {}
    for _ in range(count):
        later = _exchanged(ships, left, tables)
        if np.array_equal(later, left):
            break
        left = later
    x, y = np.nonzero(left)
    spans = tuple(max(n - b, 0) for n, b in zip(ships.strengths, ships.breakpoints, strict=True))
    return LossLaw(
        first=ships.strengths[0] - x,
        second=ships.strengths[1] - y,
        probability=left[x, y],
        spans=(spans[0], spans[1]),
        truncated=0.0,
    )


def _exchanged(
    ships: Ships,
    left: NDArray[np.float64],
    tables: dict[tuple[int, int], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Chances of the ships left after one more exchange."""
    later = np.zeros_like(left)
    for x, y in zip(*(axis.tolist() for axis in np.nonzero(left)), strict=True):
        if x <= ships.breakpoints[0] or y <= ships.breakpoints[1]:
            later[x, y] += left[x, y]
            continue
        if (x, y) not in tables:
            tables[x, y] = _both(ships, x, y)
        later[: x + 1, : y + 1] += left[x, y] * tables[x, y]
    return later


def _both(ships: Ships, x: int, y: int) -> NDArray[np.float64]:
    """(x + 1, y + 1), chances of the ships left when x meet y once."""
    law, (on_first, on_second) = ships.salvo, ships.parameters
    first = law.table(x, y, law.values(on_first))
    second = law.table(y, x, law.values(on_second))
    return np.outer(first[::-1], second[::-1])
