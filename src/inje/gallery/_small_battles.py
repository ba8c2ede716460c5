"""Small battles whose exact law is known: the gunfight at equal rates (square law)."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy.stats import binom

from inje.gallery._study import Study, near, within

__all__ = ["SMALL_BATTLES"]

#: Chance that the side with more people wins, by numbers.
_WINS = {
    (2, 1): Fraction(5, 6),
    (3, 1): Fraction(23, 24),
    (3, 2): Fraction(31, 40),
    (4, 2): Fraction(331, 360),
    (4, 3): Fraction(233, 315),
}
#: Expected survivors where both sides begin with so many.
_SURVIVORS = {10: 5.7151, 100: 32.9632, 400: 93.6895}


def _small_battles(_table: Path | None) -> dict[str, float]:
    # The compiled loops behind this are wanted only when the study runs.
    from inje.exact import TwoCounts, terminal, transient

    found: dict[str, float] = {}
    for more, fewer in _WINS:
        law = terminal(TwoCounts((more, fewer), (1.0, 1.0)), accuracy=1e-12)
        found[f"wins_{more}_{fewer}"] = law.first_wins
    for number in _SURVIVORS:
        law = terminal(TwoCounts((number, number), (1.0, 1.0)))
        found[f"survivors_{number}"] = float(
            law.probability @ (2 * number - law.first - law.second)
        )
    law = transient(TwoCounts((800, 500), (0.01, 0.01)), 4.0)
    total = np.bincount(law.first + law.second, weights=law.probability)
    expected = binom.pmf(np.arange(len(total)), 1300, -np.expm1(-0.04))
    found["binomial_gap"] = float(np.abs(total - expected).max())
    large = TwoCounts((80_000, 50_000), (0.01, 0.01), breakpoints=(56_000, 25_000))
    law = terminal(large)
    found["large_mean_loss"], found["large_sd_loss"] = law.mean[0], law.sd[0]
    return found


SMALL_BATTLES = Study(
    name="small-battles",
    title="Exact laws of two counts at equal rates, from two against one to an army",
    citation=(
        "Williams, D. & McIlroy, P. (1998), The OK Corral and the power of the law, Bulletin of "
        "the London Mathematical Society 30, 166-170; Kingman, J. F. C. & Volkov, S. E. (2003), "
        "Solution to the OK Corral model, Journal of Theoretical Probability 16, 267-276"
    ),
    targets={
        **{f"wins_{m}_{n}": near(float(wins), 1e-11) for (m, n), wins in _WINS.items()},
        **{f"survivors_{n}": near(left, 5e-5) for n, left in _SURVIVORS.items()},
        "binomial_gap": within(0.0, 1e-8),
        "large_mean_loss": near(12_732.14, 0.006),
        "large_sd_loss": near(152.81, 0.006),
    },
    compute=_small_battles,
)
