"""How often a source tracks the truth: Beta distributions by Admiralty letter.

The Admiralty code grades a source A to F and a piece of information 1 to 6 (NATO AJP-2.1);
the Beta parameters by letter are `assumed` and belong to the sensitivities.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from inje.errors import OptionError

__all__ = ["LETTERS", "beta_of", "digit", "nodes"]

LETTERS: dict[str, tuple[float, float]] = {
    "A": (18.0, 2.0),
    "B": (8.0, 2.0),
    "C": (6.0, 4.0),
    "D": (4.0, 6.0),
    "E": (2.0, 8.0),
    "F": (1.0, 1.0),
}
#: least posterior probability that the content tracks the truth, for digits 1 to 4
DIGITS = (0.95, 0.8, 0.5, 0.2)


def beta_of(letter: str | None) -> tuple[float, float]:
    """Beta parameters of a letter; an unset letter counts as F.

    Raises
    ------
    OptionError : a letter outside A to F.
    """
    try:
        return LETTERS["F" if letter is None else letter]
    except KeyError:
        raise OptionError(
            "reliability",
            repr(letter),
            "an Admiralty letter, A (reliable) to E (unreliable) or F (cannot be judged)",
            "correct the letter",
        ) from None


@lru_cache(maxsize=256)
def nodes(a: float, b: float, degree: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Values of r and weights that integrate polynomials of `degree` against Beta(a, b) exactly.

    Gauss-Jacobi: n nodes are exact to degree 2n - 1, and all terms are positive, where a sum
    over moments would cancel (Golub & Welsch 1969).
    """
    alpha, beta, n = b - 1, a - 1, max(1, (degree + 2) // 2)
    k = np.arange(1, n, dtype=float)
    s = 2 * k + alpha + beta
    diagonal = np.empty(n)
    diagonal[0] = (beta - alpha) / (alpha + beta + 2)
    diagonal[1:] = (beta**2 - alpha**2) / (s * (s + 2))
    # At k = 1 the factors k + alpha + beta and s - 1 are the same number, which may be zero.
    ratio = np.divide(k + alpha + beta, s - 1, out=np.ones(n - 1), where=k > 1)
    beside = np.sqrt(4 * k * (k + alpha) * (k + beta) * ratio / (s**2 * (s + 1)))
    x, vectors = np.linalg.eigh(np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1))
    weight = vectors[0] ** 2
    return tuple(((1 + x) / 2).tolist()), tuple((weight / weight.sum()).tolist())


def digit(probability: float, *, judged: bool = True) -> int:
    """Admiralty digit of a claim from the posterior probability that it tracks the truth.

    1 from .95, 2 from .8, 3 from .5, 4 from .2, 5 below; 6 where the record does not judge.
    """
    if not judged:
        return 6
    return 1 + sum(probability < bound for bound in DIGITS)
