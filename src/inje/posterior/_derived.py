"""Outcomes that follow from others: sums over categories of loss, and what "lost" meant."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from inje.posterior._claims import ClaimModel
from inje.posterior._counts import CountReading
from inje.posterior._weights import uniforms_of

__all__ = ["with_derived"]


def with_derived(
    claims: ClaimModel,
    draws: Mapping[str, np.ndarray],
    prior: Mapping[str, np.ndarray],
    number: np.ndarray,
    prior_number: np.ndarray,
    seed: int,
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Columns with those that claims speak of and worlds have only in parts.

    Parameters
    ----------
    claims : the model.
    draws, prior : columns (n,) and (m,).
    number, prior_number : what each draw's own uniform is keyed by.
    seed : of those uniforms.

    Returns
    -------
    New draws and prior. "Lost", without a word of how, gets the sense that it has in each
    world: drawn from the declared weights before, and given the claims after.
    """
    now, before = dict(draws), dict(prior)
    for i, claim in enumerate(claims.claims):
        reading = claim.reading
        if claim.about in now or not isinstance(reading, CountReading):
            continue
        after = _sums(reading, draws)
        shares = np.array([weight for weight, _ in reading.senses])
        if len(reading.senses) > 1:
            chance = _sense_chances(claims, i, reading, draws)
            now[claim.about] = _chosen(after, chance, uniforms_of(number, seed + 1))
        else:
            now[claim.about] = after[0]
        then = np.repeat(shares[:, None], len(prior_number), axis=1)
        before[claim.about] = _chosen(
            _sums(reading, prior), then, uniforms_of(prior_number, seed + 2)
        )
    return now, before


def _sums(reading: CountReading, worlds: Mapping[str, np.ndarray]) -> np.ndarray:
    """The count in every sense (senses, n)."""
    return np.array(
        [
            np.sum([np.asarray(worlds[name]) for name in names], axis=0)
            for _, names in reading.senses
        ]
    )


def _sense_chances(
    claims: ClaimModel, at: int, reading: CountReading, worlds: Mapping[str, np.ndarray]
) -> np.ndarray:
    """P(sense | world, claims) (senses, n): each sense's t in turn in the joint likelihood."""
    terms = claims.terms(worlds)
    logs = []
    for weight, names in reading.senses:
        one = CountReading(
            reading.span, ((1.0, names),), reading.setting, reading.side, reading.loss,
            reading.table, reading.exaggerated,
        )  # fmt: skip
        changed = [*terms[:at], one.tracking(worlds), *terms[at + 1 :]]
        logs.append(np.log(weight) + claims.transmission.log_likelihood(changed))
    logs_ = np.array(logs)
    chance = np.exp(logs_ - logs_.max(axis=0))
    return chance / chance.sum(axis=0)


def _chosen(values: np.ndarray, chance: np.ndarray, u: np.ndarray) -> np.ndarray:
    """One of the senses by its chance; arrays (senses, n) and uniforms (n,)."""
    row = (np.cumsum(chance, axis=0)[:-1] < u).sum(axis=0)
    return np.take_along_axis(values, row[None], axis=0)[0]
