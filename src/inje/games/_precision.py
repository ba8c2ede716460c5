"""The precision that observed choices make most likely."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inje.errors import ModelError, OptionError
from inje.games._quantal import Equilibrium, PrincipalBranch
from inje.games._tree import Game

Counts = Mapping[str, Mapping[str, float]]

# The search looks at precisions in equal steps of log(1 + precision) before it narrows down.
_GRID = 60


@dataclass(frozen=True)
class PrecisionFit:
    """The maximum of the likelihood over the principal branch.

    Attributes
    ----------
    precision : the most likely one; the bound of the search where the likelihood still rises.
    log_likelihood : natural logarithm, without the multinomial coefficients.
    equilibrium : the behaviour there.
    at_bound : whether the search ended at the highest precision allowed.
    """

    precision: float
    log_likelihood: float
    equilibrium: Equilibrium
    at_bound: bool


def log_likelihood(equilibrium: Equilibrium, counts: Counts) -> float:
    """Return the log-probability of choices, given how often each move was made.

    Parameters
    ----------
    equilibrium : the behaviour of the players.
    counts : for each information set observed, how often each move was made there.

    Raises
    ------
    ModelError : when an information set or a move does not exist.
    """
    total = 0.0
    for name, moves in counts.items():
        if name not in equilibrium.strategies:
            known = ", ".join(equilibrium.strategies)
            raise ModelError("counts", f"no information set {name!r}", known, "name one of these")
        for move, count in moves.items():
            if move not in equilibrium.strategies[name]:
                known = ", ".join(equilibrium.strategies[name])
                raise ModelError(f"counts of {name!r}", f"no move {move!r}", known, "name one")
            if count:
                p = equilibrium.strategies[name][move]
                total += count * math.log(p) if p > 0.0 else -math.inf
    return total


def fit_precision(game: Game, counts: Counts, *, highest: float = 100.0) -> PrecisionFit:
    """Return the precision that makes the counted choices most likely.

    Parameters
    ----------
    game : the game.
    counts : for each information set observed, how often each move was made there.
    highest : the search ends at this precision.

    Raises
    ------
    OptionError : when `highest` is not above 0.
    ModelError : when the counts name what does not exist, or the branch is lost on the way.
    """
    from scipy.optimize import minimize_scalar

    if not (math.isfinite(highest) and highest > 0.0):
        raise OptionError("highest", repr(highest), "a finite precision above 0", "raise it")
    branch = PrincipalBranch(game)

    def loss(scaled: float) -> float:
        return -log_likelihood(branch.at(math.expm1(scaled)), counts)

    top = math.log1p(highest)
    grid = [top * k / _GRID for k in range(_GRID + 1)]
    start = min(range(_GRID + 1), key=lambda k: loss(grid[k]))
    bounds = grid[max(start - 1, 0)], grid[min(start + 1, _GRID)]
    found: Any = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-10})
    best = min((float(found.x), *bounds), key=loss)
    equilibrium = branch.at(math.expm1(best))
    return PrecisionFit(
        equilibrium.precision, -loss(best), equilibrium, at_bound=best >= top - 1e-9
    )
