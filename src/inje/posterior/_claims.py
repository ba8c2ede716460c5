"""The claim model: a record's claims, who passed them on, and how worlds are weighed by them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from inje.posterior._counts import CountReading
from inje.posterior._multilinear import Lattice, lattice_of
from inje.posterior._readings import Columns, Reading
from inje.posterior._reliability import beta_of
from inje.posterior._statistics import Estimate, Weighted, jackknifed
from inje.posterior._transmission import Attestation, Transmission

__all__ = ["ClaimModel", "WeighedClaim"]

#: reliabilities at which a source's posterior is evaluated
GRID = (np.arange(64) + 0.5) / 64


@dataclass(frozen=True)
class WeighedClaim:
    """A claim that weighs: what it says, and the hands it went through.

    Attributes
    ----------
    id, about : of the claim.
    reading : t and q of its content.
    attestation : holder, carriers and copying.
    """

    id: str
    about: str
    reading: Reading
    attestation: Attestation


@dataclass(frozen=True)
class ClaimModel:
    """Claims as a likelihood of worlds.

    Attributes
    ----------
    claims : those that weigh.
    letters : Admiralty letter by agent (holder or carrier), None where unset.
    idle : claims kept but without weight, by id, with the reason.
    grain : relative width to which exact figures are read; 0 to the last person.
    """

    claims: tuple[WeighedClaim, ...]
    letters: Mapping[str, str | None]
    idle: Mapping[str, str]
    grain: float = 0.0

    @cached_property
    def transmission(self) -> Transmission:
        """Everybody through whose hands the claims went."""
        betas = {agent: beta_of(letter) for agent, letter in self.letters.items()}
        return Transmission(tuple(claim.attestation for claim in self.claims), betas)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of worlds that the claims read."""
        names = (name for claim in self.claims for name in claim.reading.columns)
        return tuple(dict.fromkeys(names))

    def terms(self, worlds: Columns, width: float = 0.0) -> list[np.ndarray]:
        """The t(c | z) of every claim over the worlds; `width` widens them."""
        return [claim.reading.tracking(worlds, width) for claim in self.claims]

    def lattice(self, worlds: Columns) -> Lattice:
        """The same over the worlds, ready to be weighed many times in many ways."""
        return lattice_of(np.stack(self.terms(worlds)))

    def log_weight(self, worlds: Columns, width: float = 0.0) -> np.ndarray:
        """Logarithm of P(claims | world).

        Parameters
        ----------
        worlds : columns of outcomes by path, each (n,).
        width : widening of the tracking kernels (0: as claimed).

        Returns
        -------
        float64 (n,).
        """
        if not self.claims:
            return np.zeros(len(next(iter(worlds.values()), ())))
        return self.transmission.log_likelihood(self.terms(worlds, width))

    def tracks(self, worlds: Columns) -> dict[str, np.ndarray]:
        """By claim, the worlds in which it can track: t > 0."""
        terms = self.terms(worlds)
        return {claim.id: t > 0 for claim, t in zip(self.claims, terms, strict=True)}

    def without(self, ids: Collection[str]) -> ClaimModel:
        """The model without some claims."""
        kept = tuple(claim for claim in self.claims if claim.id not in ids)
        agents = {agent for claim in kept for agent in claim.attestation.agents}
        letters = {agent: letter for agent, letter in self.letters.items() if agent in agents}
        dropped = {i: "left out" for i in ids if any(claim.id == i for claim in self.claims)}
        return replace(self, claims=_uncopied(kept), letters=letters, idle={**self.idle, **dropped})

    def coarsened(self, grain: float) -> ClaimModel:
        """The model that reads exact figures to a relative width (.01: to one in a hundred).

        An approximation. What it changes is of second order: a figure of which all else tells no
        more than a spread s on the log scale weighs by a share of about (grain / s)^2 / 2
        differently. Two figures that lie closer than the grain count as the same.
        """
        if grain <= self.grain:
            return self
        return replace(self, claims=tuple(_coarse(c, grain) for c in self.claims), grain=grain)

    @property
    def coarse(self) -> tuple[str, ...]:
        """Ids of the claims whose exact figures are read to `grain`."""
        return tuple(self._coarse)

    @property
    def blur(self) -> float:
        """Relative error of what a figure read to `grain` weighs, were only others like it told.

        Of second order: half the square of the grain over the spread of those who track.
        """
        scales = [own.setting.perception.scale for own in self._coarse.values()]
        return 0.5 * (self.grain / min(scales)) ** 2 if scales else 0.0

    @property
    def _coarse(self) -> dict[str, CountReading]:
        counts = {claim.id: claim.reading for claim in self.claims}
        return {i: own for i, own in counts.items() if isinstance(own, CountReading) and own.grain}

    def graded(self, letters: Mapping[str, str]) -> ClaimModel:
        """The model with other reliability letters for some agents."""
        for letter in letters.values():
            beta_of(letter)
        known = {agent: letter for agent, letter in letters.items() if agent in self.letters}
        return replace(self, letters={**self.letters, **known})

    def cut(self, ids: Collection[str]) -> ClaimModel:
        """The model in which some claims do not update their sources' reliability."""
        claims = tuple(
            replace(claim, attestation=replace(claim.attestation, cut=True))
            if claim.id in ids
            else claim
            for claim in self.claims
        )
        return replace(self, claims=claims)

    def reliability(self, worlds: Columns, weights: Weighted) -> dict[str, tuple[Estimate, ...]]:
        """Posterior reliability of every agent.

        Parameters
        ----------
        worlds, weights : worlds (n,) and their posterior weights.

        Returns
        -------
        By agent: mean, 5 %, 50 % and 95 % quantiles, each with its Monte-Carlo standard error.
        """
        transmission, lattice = self.transmission, self.lattice(worlds)
        rows = range(len(self.claims))
        whole = lattice.log_likelihood(transmission, rows)
        found = {}
        for agent in transmission.agents:
            a, b = transmission.reliabilities[agent]
            at = _points(transmission.degree(agent))
            pinned = (
                lattice.log_likelihood(transmission, rows, pinned={agent: r}) for r in at.tolist()
            )
            totals = np.array([weights.totals(np.exp(row - whole)) for row in pinned])
            every = totals.sum(axis=1)
            told = _mean_and_quantiles(_polynomial(at, every), a, b)
            without = np.array(
                [
                    _mean_and_quantiles(_polynomial(at, every - totals[:, group]), a, b)
                    for group in np.flatnonzero(totals.any(axis=0))
                ]
            )
            found[agent] = tuple(
                Estimate(float(value), jackknifed(spread))
                for value, spread in zip(told, without.T, strict=True)
            )
        return found

    def truth(self, worlds: Columns, weights: Weighted) -> dict[str, Estimate]:
        """By claim, the posterior probability that it tracks: true, and passed on uncopied."""
        transmission, lattice = self.transmission, self.lattice(worlds)
        rows = range(len(self.claims))
        whole = lattice.log_likelihood(transmission, rows)

        def tracked(claim: str) -> np.ndarray:
            return lattice.log_likelihood(transmission, rows, floors={claim: 0.0})

        return {c.id: weights.mean(np.exp(tracked(c.id) - whole)) for c in self.claims}

    def upper_bound(self, ids: Collection[str] | None = None) -> float:
        """Logarithm of a bound on weights; with `ids`, of the share in which those track."""
        transmission = self.transmission
        peaks = [np.array([claim.reading.peak]) for claim in self.claims]
        floors = dict.fromkeys(ids or (), 0.0)
        return float(transmission.log_likelihood(peaks, floors=floors)[0])


def _mean_and_quantiles(density: np.ndarray, a: float, b: float) -> np.ndarray:
    """Mean, 5 %, 50 % and 95 % quantiles of a density on `GRID` against Beta(a, b)."""
    from scipy import special

    # Cells carry their exact prior mass: a Beta may be unbounded at its ends.
    edges = special.betainc(a, b, np.linspace(0, 1, GRID.size + 1))
    mass = np.maximum(density, 0.0) * np.diff(edges)
    total = mass.sum()
    if not total > 0:
        return np.full(4, np.nan)
    mass /= total
    quantiles = np.interp([0.05, 0.5, 0.95], np.cumsum(mass), np.linspace(0, 1, 65)[1:])
    return np.array([mass @ GRID, *quantiles])


def _coarse(claim: WeighedClaim, grain: float) -> WeighedClaim:
    own = claim.reading
    return replace(claim, reading=own.coarsened(grain)) if isinstance(own, CountReading) else claim


def _points(degree: int) -> np.ndarray:
    """Reliabilities that settle a polynomial of this degree: Chebyshev's, or the whole grid."""
    size = degree + 1
    if size >= GRID.size:
        return GRID
    return (1 - np.cos((np.arange(size) + 0.5) * np.pi / size)) / 2


def _polynomial(at: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Values on `GRID` of the polynomial through (at, values).

    Source: Berrut and Trefethen, Barycentric Lagrange interpolation (2004), for Chebyshev
    points of the first kind.
    """
    if at is GRID:
        return values
    size = at.size
    weight = (-1.0) ** np.arange(size) * np.sin((np.arange(size) + 0.5) * np.pi / size)
    apart = GRID[:, None] - at
    met = apart == 0
    share = weight / np.where(met, 1.0, apart)
    found = (share @ values) / share.sum(axis=1)
    hit = met.any(axis=1)
    return np.where(hit, values[met.argmax(axis=1)], found)


def _uncopied(claims: Sequence[WeighedClaim]) -> tuple[WeighedClaim, ...]:
    """Claims whose original is gone stand for themselves."""
    present = {claim.id for claim in claims}
    return tuple(
        claim
        if not claim.attestation.original or claim.attestation.original in present
        else replace(
            claim,
            attestation=replace(claim.attestation, copying=0.0, repeats=False, original=""),
        )
        for claim in claims
    )
