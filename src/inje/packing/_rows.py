"""Rows of numbers that differ between worlds: what each holds, and how it is filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from inje.kernels import Rows

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


def fill_rows(recipes: tuple[Recipe, ...], values: Values, worlds: int) -> Rows:
    """The numbers of a block of worlds."""
    columns = [_column(recipe, values) for recipe in recipes]
    alike = np.array([column if np.ndim(column) == 0 else 0.0 for column in columns], float)
    own = [row for row, column in enumerate(columns) if np.ndim(column) > 0]
    varying = np.empty((len(own), worlds))
    for to, row in zip(varying, own, strict=True):
        to[:] = columns[row]
    return Rows(alike, np.array(own, np.int64), varying)


def _column(recipe: Recipe, values: Values) -> Column:
    if isinstance(recipe, float):
        return recipe
    return values[recipe] if isinstance(recipe, str) else recipe(values)
