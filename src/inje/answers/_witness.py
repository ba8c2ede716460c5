"""What a document not yet found would say of a world: cells of content, and how they are told.

Its writer is a witness of a letter: with probability r he tells what is so, as exactly as such
documents do; else anything in the range. Counts are told as the claim model has it, an atom of
1/3 and a Student t on the log scale; times to about an hour; categories as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inje.posterior import beta_of

__all__ = ["Cells", "Witness", "cells_of", "told"]

#: cells that a number is cut into
CELLS = 32
#: a dated document is exact to about an hour
HOUR = 1 / 24
#: claim model of counts: atom and scale of ten Civil War sources (design of the claim model)
ATOM, SCALE, FREEDOM = 1 / 3, 0.15, 4


@dataclass(frozen=True)
class Witness:
    """Who would have written it: an Admiralty letter, and the chance that it exists."""

    letter: str = "B"
    exists: float = 0.5


@dataclass(frozen=True)
class Cells:
    """A quantity cut into cells.

    Attributes
    ----------
    index : cell of every world, int (n,).
    centres : value of each cell; inf is "never". kind : count, time or category.
    """

    index: np.ndarray
    centres: np.ndarray
    kind: str


def cells_of(values: np.ndarray, weights: np.ndarray, kind: str) -> Cells:
    """Cut a column into cells of about equal weight; never, where it may be, is one of them.

    Parameters
    ----------
    values : (n,); inf where it never happens. weights : (n,). kind : count, time or category.
    """
    if kind == "category":
        codes, index = np.unique(values, return_inverse=True)
        return Cells(index.astype(np.int64), codes.astype(float), kind)
    finite = np.isfinite(values)
    if not finite.any():
        return Cells(np.zeros(values.size, np.int64), np.array([np.inf]), kind)
    order = np.argsort(values[finite], kind="stable")
    inside, share = values[finite][order], np.cumsum(weights[finite][order])
    at = np.searchsorted(share, np.linspace(0, 1, CELLS + 1)[1:-1] * share[-1])
    edges = np.unique(inside[np.minimum(at, inside.size - 1)])
    index = np.searchsorted(edges, values, side="right").astype(np.int64)
    index[~finite] = edges.size + 1
    used, index = np.unique(index, return_inverse=True)
    index = index.astype(np.int64)
    share = weights + 1e-300  # a cell without weight has a centre all the same
    sums = np.bincount(index, np.where(finite, values, np.inf) * share, used.size)
    return Cells(index, sums / np.bincount(index, share, used.size), kind)


def told(cells: Cells, witness: Witness) -> np.ndarray:
    """P(told cell | true cell), rows sum to 1: (cells, cells)."""
    size = cells.centres.size
    kernel = np.eye(size)
    finite = np.isfinite(cells.centres)
    if cells.kind != "category" and finite.sum() > 1:
        x = cells.centres[finite]
        if cells.kind == "count":
            x = np.log(np.maximum(x, 0.5))
            distance = (x[None, :] - x[:, None]) / SCALE
            spread = (1 + distance**2 / FREEDOM) ** (-(FREEDOM + 1) / 2)
            atom = ATOM
        else:
            distance = (x[None, :] - x[:, None]) / HOUR
            spread, atom = np.exp(-(distance**2) / 2), 0.0
        spread *= np.maximum(np.gradient(x), 1e-9)[None, :]
        spread /= spread.sum(axis=1, keepdims=True)
        kernel[np.ix_(finite, finite)] = atom * np.eye(x.size) + (1 - atom) * spread
    a, b = beta_of(witness.letter)
    reliable = a / (a + b)
    return reliable * kernel + (1 - reliable) / size
