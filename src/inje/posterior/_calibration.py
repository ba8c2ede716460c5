"""Simulation-based calibration: does the code draw from the posterior that it states?

Worlds, reliabilities and contents are drawn from the model with the forms of the claims
fixed; the truth's rank among posterior draws must be uniform (Talts, Betancourt, Simpson,
Vehtari & Gelman 2018). Ranks are judged by simultaneous envelopes of their empirical
distribution (Sailynoja, Burkner & Vehtari 2022) with Holm's correction over quantities. It
tests the code, not the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from inje.errors import ModelError
from inje.posterior._claims import ClaimModel
from inje.posterior._readings import Columns
from inje.posterior._redrawing import redrawable, redrawn
from inje.posterior._weights import effective_size
from inje.tables import in_markdown, shown

__all__ = ["Calibration", "calibrated", "holm", "uniformity"]

#: posterior draws that a truth is ranked among
DRAWS = 99
#: joint reliabilities drawn per world, of which one is chosen by its likelihood
CANDIDATES = 512


@dataclass(frozen=True)
class Calibration:
    """Ranks of truths among posterior draws.

    Attributes
    ----------
    ranks : by quantity (battles,), integers in 0..draws.
    p_values : by quantity, of uniformity, corrected after Holm.
    battles, draws : how many.
    left_out : claims whose form has no other contents.
    effective : effective worlds of each record (battles,).
    """

    ranks: dict[str, np.ndarray]
    p_values: dict[str, float]
    battles: int
    draws: int
    left_out: tuple[str, ...]
    effective: np.ndarray

    @property
    def weakest(self) -> float:
        """Fewest effective worlds of a record: ranks are rough where there are few."""
        return float(self.effective.min(initial=np.inf))

    @property
    def holds(self) -> bool:
        """Whether no quantity's ranks leave their envelope at 1 %."""
        return min(self.p_values.values(), default=1.0) > 0.01

    def _repr_html_(self) -> str:
        words = "No quantity's ranks leave their envelope." if self.holds else "Some ranks are off."
        size = f"{self.battles:,} records; the least had {self.weakest:.0f} effective worlds."
        rows = sorted(self.p_values.items(), key=lambda item: item[1])
        return shown("Calibration", (words, size), ("quantity", "p, corrected after Holm"), rows)

    def _repr_markdown_(self) -> str:
        return in_markdown(self._repr_html_())


def calibrated(
    claims: ClaimModel,
    bank: Columns,
    truths: Columns,
    *,
    interests: Mapping[str, str | None] | None = None,
    battles: int = 200,
    seed: int = 1,
) -> Calibration:
    """Calibrate weighing by redrawn records.

    Parameters
    ----------
    claims : the model; claims that cannot be redrawn are left out and named.
    bank : worlds that are weighed, each column (n,).
    truths : other worlds, at least as many as battles.
    interests : by agent, the side it would favour.
    battles : records drawn.
    seed : of the drawing and the ranking.

    Raises
    ------
    ModelError : no claim can be drawn anew.
    """
    left_out = tuple(claim.id for claim in claims.claims if not redrawable(claim))
    model = claims.without(left_out)
    if not model.claims:
        raise ModelError(
            "claims", "none of them can be drawn anew: " + (", ".join(left_out) or "there is none"),
            "numbers, rounded numbers and categories", "calibrate a record that has some",
        )  # fmt: skip
    rng = np.random.Generator(np.random.Philox(seed))
    found: dict[str, list[int]] = {}
    effective = np.empty(battles)
    for battle in range(battles):
        world = {name: np.asarray(values)[battle : battle + 1] for name, values in truths.items()}
        said, r = redrawn(model, world, interests or {}, rng)
        log_weight = said.log_weight(bank)
        effective[battle] = effective_size(log_weight)
        for name, rank in _ranks(said, bank, log_weight, world, r, rng).items():
            found.setdefault(name, []).append(rank)
    ranks = {name: np.array(values) for name, values in found.items()}
    raw = {name: uniformity(values, DRAWS) for name, values in ranks.items()}
    return Calibration(ranks, holm(raw), battles, DRAWS, left_out, effective)


def _ranks(
    said: ClaimModel,
    bank: Columns,
    log_weight: np.ndarray,
    world: Columns,
    r: Mapping[str, float],
    rng: np.random.Generator,
) -> dict[str, int]:
    weight = np.exp(log_weight - log_weight.max())
    rows = rng.choice(weight.size, DRAWS, p=weight / weight.sum())
    draws = {name: np.asarray(values)[rows] for name, values in bank.items()}
    numbers = {name: (float(np.asarray(world[name])[0]), draws[name]) for name in bank}
    numbers["log likelihood"] = (float(said.log_weight(world)[0]), log_weight[rows])
    for agent, values in _reliabilities(said, draws, rng).items():
        numbers[f"reliability of {agent}"] = (r[agent], values)
    return {name: _rank(truth, values, rng) for name, (truth, values) in numbers.items()}


def _rank(truth: float, values: np.ndarray, rng: np.random.Generator) -> int:
    """Draws below the truth; ties are broken at random."""
    x = np.where(np.isfinite(values), values, 1e300)
    truth = truth if np.isfinite(truth) else 1e300
    ties = int((x == truth).sum())
    return int((x < truth).sum() + rng.integers(0, ties + 1))


def _reliabilities(
    said: ClaimModel, draws: Columns, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """One joint draw of everybody's reliability in each world, given world and claims."""
    transmission, terms = said.transmission, said.terms(draws)
    agents = transmission.agents
    shape = (DRAWS, CANDIDATES)
    prior = {agent: rng.beta(*transmission.reliabilities[agent], size=shape) for agent in agents}
    spread = [np.repeat(t[:, None], CANDIDATES, axis=1) for t in terms]
    log = transmission.log_likelihood(spread, pinned=prior)
    share = np.cumsum(np.exp(log - log.max(axis=1, keepdims=True)), axis=1)
    chosen = (share < rng.random((DRAWS, 1)) * share[:, -1:]).sum(axis=1)
    return {agent: values[np.arange(DRAWS), chosen] for agent, values in prior.items()}


@lru_cache(maxsize=32)
def _reference(battles: int, draws: int) -> tuple[np.ndarray, np.ndarray]:
    """Pointwise tail probabilities of the empirical distribution, and their least under chance.

    Returns (draws, battles + 1): P(two-sided) of a count at each rank; and the sorted least of
    them over ranks in 2,000 sets of uniform ranks.
    """
    from scipy import stats

    level = np.arange(1, draws + 1) / (draws + 1)
    counts = np.arange(battles + 1)
    law = stats.binom(battles, level[:, None])
    tail = 2 * np.minimum(law.cdf(counts), law.sf(counts - 1))
    rng = np.random.Generator(np.random.Philox(20_220_325))
    least = [_least(tail, rng.integers(0, draws + 1, battles), draws) for _ in range(2000)]
    return np.minimum(tail, 1.0), np.sort(least)


def _least(tail: np.ndarray, ranks: np.ndarray, draws: int) -> float:
    below = np.cumsum(np.bincount(ranks, minlength=draws + 1))[:draws]
    return float(tail[np.arange(draws), below].min())


def uniformity(ranks: np.ndarray, draws: int) -> float:
    """P-value of uniform ranks by the simultaneous envelope of their distribution.

    Parameters
    ----------
    ranks : (battles,), integers in 0..draws.
    draws : how many a truth was ranked among.
    """
    tail, chance = _reference(len(ranks), draws)
    found = _least(tail, np.asarray(ranks), draws)
    return float((np.searchsorted(chance, found, side="right") + 1) / (chance.size + 1))


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """P-values corrected for their number (Holm 1979)."""
    corrected, floor = {}, 0.0
    ordered = sorted(p_values.items(), key=lambda item: item[1])
    for i, (name, p) in enumerate(ordered):
        floor = max(floor, min(1.0, (len(ordered) - i) * p))
        corrected[name] = floor
    return {name: corrected[name] for name in p_values}
