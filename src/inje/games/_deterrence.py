"""The statistical deterrence game.

Signorino, C. S. (1999), American Political Science Review 93, 279-297, and
(2003), Political Analysis 11, 316-344: state 1 keeps the status quo (outcome
1) or attacks; then state 2 gives way (outcome 3) or resists (outcome 4). Each
state knows its own payoffs, the analyst and the other state know them only up
to independent normal terms of standard deviation sigma, one for each outcome.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from inje.errors import OptionError


@dataclass(frozen=True)
class DeterrenceUtilities:
    """Known parts of the payoffs.

    Attributes
    ----------
    u11, u13, u14 : worth to state 1 of the status quo, of state 2 giving way, of war.
    u24 : worth to state 2 of war, giving way being 0.
    """

    u11: float = 1.0
    u13: float = -1.0
    u14: float = 0.0
    u24: float = 1.0


@dataclass(frozen=True)
class DeterrenceFit:
    """The maximum of the likelihood.

    Attributes
    ----------
    log_sigma : logarithm of the standard deviation of the private terms.
    standard_error : of `log_sigma`, from the curvature of the log-likelihood.
    log_likelihood : natural logarithm, without the multinomial coefficient.
    probabilities : of status quo, giving way and war.
    """

    log_sigma: float
    standard_error: float
    log_likelihood: float
    probabilities: tuple[float, float, float]


def deterrence_probabilities(
    utilities: DeterrenceUtilities, sigma: float
) -> tuple[float, float, float]:
    """Return the probabilities of status quo, giving way and war.

    Raises
    ------
    OptionError : when sigma is not above 0.
    """
    if not sigma > 0.0:
        raise OptionError("sigma", repr(sigma), "a number above 0", "give a standard deviation")
    logs = _log_probabilities(utilities, sigma)
    return math.exp(logs[0]), math.exp(logs[1]), math.exp(logs[2])


def _log_probabilities(u: DeterrenceUtilities, sigma: float) -> tuple[float, float, float]:
    from scipy.special import log_ndtr

    resolve = u.u24 / (sigma * math.sqrt(2.0))
    resist, give_way = float(log_ndtr(resolve)), float(log_ndtr(-resolve))
    p4, p3 = math.exp(resist), math.exp(give_way)
    # State 1 weighs its private terms by what it expects of state 2.
    gain = p3 * u.u13 + p4 * u.u14 - u.u11
    score = gain / (sigma * math.sqrt(1.0 + p3**2 + p4**2))
    attack, stay = float(log_ndtr(score)), float(log_ndtr(-score))
    return stay, attack + give_way, attack + resist


def fit_deterrence(
    counts: Sequence[float], utilities: DeterrenceUtilities | None = None
) -> DeterrenceFit:
    """Return the most likely sigma, given how often each outcome was seen.

    Parameters
    ----------
    counts : of status quo, giving way and war.
    utilities : the known parts of the payoffs.

    Raises
    ------
    OptionError : when there are not three counts of 0 or more, one above 0.
    """
    from scipy.optimize import minimize_scalar

    if len(counts) != 3 or not all(n >= 0.0 for n in counts) or not sum(counts) > 0.0:
        raise OptionError("counts", repr(counts), "three counts of 0 or more", "count the outcomes")
    known = DeterrenceUtilities() if utilities is None else utilities

    def loss(log_sigma: float) -> float:
        logs = _log_probabilities(known, math.exp(log_sigma))
        return -sum(n * log for n, log in zip(counts, logs, strict=True) if n > 0.0)

    # The likelihood may have a second hill where sigma is large: start from the best of a grid.
    grid = [k / 4.0 for k in range(-16, 17)]
    start = min(grid, key=loss)
    found = minimize_scalar(loss, bounds=(start - 0.25, start + 0.25), method="bounded",
                            options={"xatol": 1e-10})  # fmt: skip
    best, step = float(found.x), 1e-3
    curvature = (loss(best + step) - 2.0 * loss(best) + loss(best - step)) / step**2
    error = 1.0 / math.sqrt(curvature) if curvature > 0.0 else math.inf
    return DeterrenceFit(best, error, -loss(best), deterrence_probabilities(known, math.exp(best)))
