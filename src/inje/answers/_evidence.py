"""Rival explanations weighed on the same worlds, and on the same courses of the political game.

Worlds are drawn from the posterior over parameters and fortunes, which is proportional to
prior x sum over h of weight(h) P(claims | world, h). Each is fought again under every
explanation. The mean of P(claims | world, h) over that mixture is the evidence of h, up to one
constant: an average of ratios that cannot exceed 1 / weight(h), so its error is small and known.
Claims on which two explanations agree cancel exactly, not by luck. Where the scenario has a
crisis game, claims on its moves are weighed with the others, over the same reliabilities, and
the evidence is a sum over courses of events s of P(s | h) P(claims | s, h).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from inje.answers._hypotheses import Rivals
from inje.answers._politics import Plays
from inje.answers._refought import Drawn
from inje.posterior import ClaimModel, Lattice, lattice_of

__all__ = ["Panel", "log_evidence", "panel_of"]


@dataclass(frozen=True)
class Panel:
    """The same worlds under every explanation.

    Attributes
    ----------
    names : explanations, in order. plays : the courses of the political game.
    rows : by claim, its row in `terms`.
    terms : per explanation and course, t(c | z) of every claim: (claims, n).
    log_mixture : log of the mixture that the worlds are drawn from, (n,), up to a constant.
    effective : how many independent worlds they are worth.
    """

    names: tuple[str, ...]
    plays: Plays
    rows: dict[str, int]
    terms: tuple[tuple[np.ndarray, ...], ...] = field(repr=False)
    log_mixture: np.ndarray = field(repr=False)
    effective: float

    @cached_property
    def _beside(self) -> Lattice:
        """What every claim says, of the worlds of all explanations and courses in a row."""
        return lattice_of(np.concatenate([t for courses in self.terms for t in courses], axis=1))

    @property
    def worlds(self) -> int:
        """How many worlds."""
        return self.log_mixture.size

    def thinned(self, size: int) -> Panel:
        """The panel with every so-many-th world, `size` of them or a few more."""
        step = max(1, self.worlds // size)
        terms = tuple(tuple(t[:, ::step] for t in courses) for courses in self.terms)
        kept = self.log_mixture[::step]
        effective = min(self.effective, float(kept.size))
        return Panel(self.names, self.plays, self.rows, terms, kept, effective)

    def log_ratios(self, model: ClaimModel) -> np.ndarray:
        """Log of P(claims | world, course, explanation) over the mixture.

        Parameters
        ----------
        model : these claims or fewer, or with other letters.

        Returns
        -------
        (explanations, courses, n).
        """
        rows = [self.rows[claim.id] for claim in model.claims]
        shape = (len(self.names), len(self.plays.courses), self.worlds)
        if not rows:
            return np.zeros(shape) - self.log_mixture
        # All explanations and courses side by side: many worlds cost little more than few.
        logs = self._beside.log_likelihood(model.transmission, rows)
        return logs.reshape(shape) - self.log_mixture

    def by_course(self, model: ClaimModel, split: int = 1) -> np.ndarray:
        """Logarithm of the mean ratio by course, of `split` interleaved parts of the worlds.

        Returns
        -------
        (split, explanations, courses).
        """
        ratios = self.log_ratios(model)
        return np.stack([_log_mean(ratios[:, :, part::split]) for part in range(split)])

    def errors(self, model: ClaimModel, log_shares: np.ndarray) -> np.ndarray:
        """Standard errors of the differences of log evidences, (k, k): the worlds are paired."""
        logs = np.logaddexp.reduce(self.log_ratios(model) + log_shares[:, :, None], axis=1)
        relative = np.exp(logs - logs.max())
        relative /= np.maximum(relative.mean(axis=1, keepdims=True), np.finfo(float).tiny)
        differences = relative[:, None, :] - relative[None, :, :]
        return differences.std(axis=2) / np.sqrt(self.effective)


def log_evidence(by_course: np.ndarray, log_shares: np.ndarray) -> np.ndarray:
    """Log P(claims | explanation) up to one constant, (..., k).

    Parameters
    ----------
    by_course : (..., k, courses), from `Panel.by_course`. log_shares : (k, courses).
    """
    return np.logaddexp.reduce(by_course + log_shares, axis=-1)


def _log_mean(values: np.ndarray) -> np.ndarray:
    top = values.max(axis=-1)
    safe = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        return safe + np.log(np.exp(values - safe[..., None]).mean(axis=-1))


def panel_of(
    drawn: Drawn, weighed: ClaimModel, model: ClaimModel, rivals: Rivals, plays: Plays
) -> Panel:
    """Fight the worlds of a posterior under every explanation.

    Parameters
    ----------
    weighed : the claims that weighed the worlds. model : these, and those on moves of the game.
    """
    size = len(drawn.keys)
    wanted = [name for name in model.columns if name not in plays.labels]
    terms, weights = [], []
    for hypothesis in rivals.hypotheses:
        causes = {"account": hypothesis.id} if rivals.question == "account" else hypothesis.sets
        columns = drawn.fought(causes, wanted)
        lattice = weighed.lattice(columns)
        weights.append(lattice.log_likelihood(weighed.transmission, range(len(weighed.claims))))
        terms.append(
            tuple(
                np.stack(model.terms({**columns, **plays.columns(course, size)}))
                for course in range(len(plays.courses))
            )
        )
    prior = np.array([hypothesis.weight for hypothesis in rivals.hypotheses])
    mixture = np.logaddexp.reduce(np.stack(weights) + np.log(prior / prior.sum())[:, None], axis=0)
    return Panel(
        names=tuple(hypothesis.id for hypothesis in rivals.hypotheses),
        plays=plays,
        rows={claim.id: row for row, claim in enumerate(model.claims)},
        terms=tuple(terms),
        log_mixture=mixture,
        effective=drawn.effective,
    )
