"""Rows of numbers that differ between worlds: what each holds, and how it is filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

__all__ = ["Column", "Recipe", "RowBook", "Values", "fill_rows"]

Column = NDArray[np.float64] | float
Values = Mapping[str, Column]
#: a constant, the path of a parameter, or a function of the values of all parameters
Recipe = float | str | Callable[[Values], Column]


@dataclass
class RowBook:
    """The rows asked for so far; equal constants and equal paths share a row."""

    recipes: list[Recipe] = field(default_factory=list)
    _known: dict[float | str, int] = field(default_factory=dict)

    def constant(self, number: float) -> int:
        """Row of a number that is the same in every world."""
        return self._shared(float(number))

    def parameter(self, path: str) -> int:
        """Row of a parameter."""
        return self._shared(path)

    def computed(self, recipe: Callable[[Values], Column]) -> int:
        """Row of something that follows from the parameters."""
        self.recipes.append(recipe)
        return len(self.recipes) - 1

    def _shared(self, recipe: float | str) -> int:
        if recipe not in self._known:
            self._known[recipe] = len(self.recipes)
            self.recipes.append(recipe)
        return self._known[recipe]


def fill_rows(recipes: tuple[Recipe, ...], values: Values, worlds: int) -> NDArray[np.float64]:
    """The matrix (R, worlds) of a block of worlds."""
    rows = np.empty((len(recipes), worlds))
    for row, recipe in zip(rows, recipes, strict=True):
        if isinstance(recipe, float):
            row[:] = recipe
        elif isinstance(recipe, str):
            row[:] = values[recipe]
        else:
            row[:] = recipe(values)
    return rows
