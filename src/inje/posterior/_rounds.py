"""Adaptive multiple importance sampling: rounds of worlds that lead to where the claims are met.

Each round draws worlds from a mixture of normals. The worlds of the last rounds are weighed
together, each by its prior over the mean of the mixtures that could have drawn it, with tracking
kernels as narrow as leave enough of them effective; the next mixture is fitted to what weighs. No
world is moved, so none is like another, and a round costs no more than its worlds. What is learned
is only where to draw: the worlds that count in the end are drawn anew, by `Proposed`.

Cornuet, Marin, Mira & Robert (2012); widths are annealed as in `tempered`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from inje.posterior._claims import ClaimModel
from inje.posterior._proposal import Mixture, Proposed, divided, mixed, prior_of
from inje.posterior._readings import Columns
from inje.posterior._tempering import FINE, RUNGS, WIDTHS, ParticleModel
from inje.posterior._weights import (
    effective_of,
    effective_size,
    systematic,
    truncated,
    uniforms_of,
)

__all__ = ["ROUND", "ROUNDS", "Led", "led"]

#: worlds of a round, rounds at most, and rounds that are weighed together
ROUND, ROUNDS, TOGETHER = 1 << 14, 32, 6
#: effective worlds that a narrower kernel must leave among them; fewer where rounds are smaller
LEAVES = 400
#: rounds more once the kernels are as narrow as the last width but none, so that the fit settles
LATE = 6
#: last mixtures that worlds are drawn from in the end: one round may have missed what others met
JOINED = 4
#: particles drawn by weight, which the next mixture is fitted to
FITTED = 1 << 13


@dataclass(frozen=True)
class Led:
    """Where rounds of worlds led.

    Attributes
    ----------
    mixture : where to draw. width : of the kernels in the last round.
    worlds : fought on the way.
    """

    mixture: Mixture
    width: float
    worlds: int


@dataclass(frozen=True)
class _Rounds:
    """The worlds of the last rounds.

    Attributes
    ----------
    mixtures : one a round. size : worlds of a round.
    x : coordinates (rounds * size, d). columns : outcomes.
    density : logarithm of each mixture's density over the prior's (rounds, rounds * size).
    """

    mixtures: tuple[Mixture, ...]
    size: int
    x: np.ndarray
    columns: Columns
    density: np.ndarray

    @classmethod
    def of(cls, proposed: Proposed, size: int) -> _Rounds:
        """One round."""
        x, keys = proposed.particles(np.arange(size))
        columns = proposed.model.simulate(x, keys)
        own = -proposed.mixture.log_ratio(x)
        return cls((proposed.mixture,), size, x, columns, own[None])

    def and_then(self, proposed: Proposed) -> _Rounds:
        """One round more; the first is forgotten where there are too many."""
        kept, new = self._last(TOGETHER - 1), _Rounds.of(proposed, self.size)
        before = -np.stack([mixture.log_ratio(new.x) for mixture in kept.mixtures])
        since = -proposed.mixture.log_ratio(kept.x)
        density = np.concatenate(
            [
                np.concatenate([kept.density, since[None]]),
                np.concatenate([before, new.density]),
            ],
            axis=1,
        )
        columns = {
            name: np.concatenate([np.asarray(values), np.asarray(new.columns[name])])
            for name, values in kept.columns.items()
        }
        x = np.concatenate([kept.x, new.x])
        return _Rounds((*kept.mixtures, proposed.mixture), self.size, x, columns, density)

    def _last(self, rounds: int) -> _Rounds:
        first = max(0, len(self.mixtures) - rounds)
        if not first:
            return self
        rows = slice(first * self.size, None)
        columns = {name: np.asarray(values)[rows] for name, values in self.columns.items()}
        return _Rounds(
            self.mixtures[first:], self.size, self.x[rows], columns, self.density[first:, rows]
        )

    @property
    def log_ratio(self) -> np.ndarray:
        """Logarithm of prior over the mean of the mixtures (rounds * size,)."""
        return np.log(len(self.mixtures)) - special.logsumexp(self.density, axis=0)


def led(
    model: ParticleModel,
    claims: ClaimModel,
    *,
    seed: int,
    size: int = ROUND,
    progress: Callable[[float], None] | None = None,
) -> Led:
    """Find where worlds are to be drawn, by rounds from the prior on.

    Parameters
    ----------
    model, claims : the worlds and what is claimed of them.
    seed : of the draws.
    size : worlds of a round. There are `ROUNDS` at most, fewer where the kernels have become as
        narrow as claimed.
    progress : called with the width reached.
    """
    prior = prior_of(model, _seed(seed, 0))
    rounds, rung, late = _Rounds.of(prior, size), -1, 0
    fits: tuple[Mixture, ...] = ()
    turn = 0
    while turn < ROUNDS:
        turn += 1
        rung, log_weight = _narrowest(rounds, claims, rung)
        if progress:
            progress(WIDTHS[rung])
        late += rung >= len(WIDTHS) - 2
        mixture = _fitted(rounds, claims, WIDTHS[rung], log_weight, _seed(seed, turn))
        if mixture is None:
            break
        fits = (*fits, mixture)[-JOINED:]
        if late > LATE or turn == ROUNDS:
            break
        rounds = rounds.and_then(Proposed(model, mixture, _seed(seed, turn)))
    return Led(_joined(fits or (prior.mixture,)), WIDTHS[rung], turn * size)


def _seed(seed: int, turn: int) -> int:
    return int(np.random.SeedSequence([seed, turn]).generate_state(1, np.uint32)[0])


def _narrowest(rounds: _Rounds, claims: ClaimModel, rung: int) -> tuple[int, np.ndarray]:
    """The narrowest width that leaves enough effective worlds, and log weights there.

    No wider than before, if that leaves enough of the prior's to fit anything.
    """
    log_ratio = rounds.log_ratio

    def weight(at: int) -> np.ndarray:
        return claims.log_weight(rounds.columns, WIDTHS[at]) + log_ratio

    leaves = LEAVES * np.sqrt(rounds.size / ROUND)
    low, high = max(rung, 0), len(WIDTHS) - 1
    if rung < 0 or WIDTHS[rung] > FINE:
        high = min(low + 2 * RUNGS, high)
    found = weight(low)
    if effective_size(found) < leaves:
        return low, found
    while low < high:
        middle = (low + high + 1) // 2
        narrower = weight(middle)
        if effective_size(narrower) >= leaves:
            low, found = middle, narrower
        else:
            high = middle - 1
    return low, found


def _joined(mixtures: tuple[Mixture, ...]) -> Mixture:
    """One mixture of several, all alike; the prior is in it once."""
    shares = [mixture.shares / len(mixtures) for mixture in mixtures]
    prior = sum(own[0] for own in shares)
    return Mixture(
        np.concatenate([[prior], *(own[1:] for own in shares)]),
        np.concatenate([mixtures[0].means[:1], *(mixture.means[1:] for mixture in mixtures)]),
        np.concatenate([mixtures[0].factors[:1], *(mixture.factors[1:] for mixture in mixtures)]),
    )


def _fitted(
    rounds: _Rounds, claims: ClaimModel, width: float, log_weight: np.ndarray, seed: int
) -> Mixture | None:
    """A mixture fitted to weighted worlds; None where none weighs anything."""
    if not np.isfinite(log_weight.max()):
        return None
    # One world where no mixture expected it would be all that is fitted to.
    weight = truncated(np.exp(log_weight - log_weight.max()), log_weight.size)
    effective = effective_of(weight)
    rows = systematic(weight, FITTED, float(uniforms_of(np.zeros(1, np.uint64), seed)[0]))
    columns = {name: np.asarray(values)[rows] for name, values in rounds.columns.items()}
    told = claims.transmission
    rng = np.random.Generator(np.random.Philox(seed))
    tracks = told.sampled(claims.terms(columns, width), rng.random((told.draws, FITTED)))
    x = rounds.x[rows]
    return mixed(x, divided(tracks, x), effective, sparse=True)
