"""Rival explanations weighed on the same worlds.

Worlds are drawn from the posterior over parameters and fortunes, which is proportional to
prior x sum over h of weight(h) P(claims | world, h). Each is fought again under every
explanation. The mean of P(claims | world, h) over that mixture is the evidence of h, up to one
constant: an average of ratios that cannot exceed 1 / weight(h), so its error is small and known.
Claims on which two explanations agree cancel exactly, not by luck.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from inje.answers._hypotheses import Rivals
from inje.answers._refought import Drawn
from inje.posterior import ClaimModel

__all__ = ["Panel", "panel_of"]


@dataclass(frozen=True)
class Panel:
    """The same worlds under every explanation.

    Attributes
    ----------
    names : explanations, in order.
    terms : per explanation, t(c | z) of every claim: (claims, n).
    log_mixture : log of the mixture that the worlds are drawn from, (n,), up to a constant.
    log_evidence : per explanation, log P(claims | explanation), up to one constant.
    error : Monte-Carlo standard error of each difference of log evidences, (k, k).
    worlds : n.
    """

    names: tuple[str, ...]
    terms: tuple[np.ndarray, ...]
    log_mixture: np.ndarray
    log_evidence: np.ndarray
    error: np.ndarray
    worlds: int

    def thinned(self, size: int) -> Panel:
        """The panel with every so-many-th world, `size` of them or a few more."""
        step = max(1, self.worlds // size)
        return Panel(
            self.names,
            tuple(terms[:, ::step] for terms in self.terms),
            self.log_mixture[::step],
            self.log_evidence,
            self.error,
            self.log_mixture[::step].size,
        )

    def log_evidences(self, model: ClaimModel, rows: Sequence[int]) -> np.ndarray:
        """Log evidence of every explanation under another claim model, (k,), up to a constant.

        Parameters
        ----------
        model : the same claims, or fewer, or with other letters.
        rows : for each claim of `model`, its row in `terms`.
        """
        found = []
        for terms in self.terms:
            if rows:
                log_weight = model.transmission.log_likelihood([terms[i] for i in rows])
            else:
                log_weight = np.zeros(self.worlds)
            found.append(_log_mean(log_weight - self.log_mixture))
        return np.array(found)


def _log_mean(values: np.ndarray) -> float:
    top = values.max()
    if not np.isfinite(top):
        return -np.inf
    return float(top + np.log(np.exp(values - top).mean()))


def panel_of(drawn: Drawn, model: ClaimModel, rivals: Rivals) -> Panel:
    """Fight the worlds of a posterior under every explanation, and weigh them."""
    terms, weights = [], []
    for hypothesis in rivals.hypotheses:
        causes = {"account": hypothesis.id} if rivals.question == "account" else hypothesis.sets
        terms.append(np.stack(model.terms(drawn.fought(causes, model.columns))))
        weights.append(model.transmission.log_likelihood(list(terms[-1])))
    log_weights = np.stack(weights)
    prior = np.array([hypothesis.weight for hypothesis in rivals.hypotheses])
    mixture = np.logaddexp.reduce(log_weights + np.log(prior / prior.sum())[:, None], axis=0)
    ratios = log_weights - mixture
    return Panel(
        names=tuple(hypothesis.id for hypothesis in rivals.hypotheses),
        terms=tuple(terms),
        log_mixture=mixture,
        log_evidence=np.array([_log_mean(row) for row in ratios]),
        error=_errors(ratios, drawn.effective),
        worlds=len(drawn.keys),
    )


def _errors(log_ratios: np.ndarray, effective: float) -> np.ndarray:
    """Standard errors of differences of log evidences: the worlds are paired."""
    relative = np.exp(log_ratios)
    relative /= np.maximum(relative.mean(axis=1, keepdims=True), np.finfo(float).tiny)
    differences = relative[:, None, :] - relative[None, :, :]
    return differences.std(axis=2) / np.sqrt(effective)
