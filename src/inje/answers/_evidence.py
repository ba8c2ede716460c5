"""Rival explanations weighed on the same worlds.

Every hypothesis fights the same addresses: same fortunes, same parameters, its own causes.
Claims on which two hypotheses agree therefore cancel exactly, not by luck.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from inje.posterior import ClaimModel

__all__ = ["Panel", "Simulator", "panel_of"]

#: fights worlds start .. start + n - 1 under a hypothesis's causes: columns by path
Simulator = Callable[[int, int, Mapping[str, str]], Mapping[str, np.ndarray]]

CHUNK = 1 << 16


@dataclass(frozen=True)
class Panel:
    """Worlds under every hypothesis, thinned to those that matter.

    Attributes
    ----------
    names : hypotheses, in order.
    terms : per hypothesis, t(c | z) of every claim over the kept worlds: (claims, n).
    log_proposal : log of the mixture weight by which worlds were kept, (n,).
    log_evidence : per hypothesis, log P(claims | hypothesis), from all worlds.
    error : Monte-Carlo standard error of each difference of log evidences, (k, k).
    worlds : how many were fought under each hypothesis.
    """

    names: tuple[str, ...]
    terms: tuple[np.ndarray, ...]
    log_proposal: np.ndarray
    log_evidence: np.ndarray
    error: np.ndarray
    worlds: int

    def log_evidences(self, model: ClaimModel, columns: Sequence[int]) -> np.ndarray:
        """Log evidence of every hypothesis under another claim model, on the kept worlds.

        Parameters
        ----------
        model : the same claims, or fewer, or with other letters.
        columns : for each claim of `model`, its row in `terms`.

        Returns
        -------
        float64 (k,), up to one constant.
        """
        found = []
        for terms in self.terms:
            log_weight = model.transmission.log_likelihood([terms[i] for i in columns])
            found.append(_log_mean(log_weight - self.log_proposal))
        return np.array(found)


def _log_mean(values: np.ndarray) -> float:
    top = values.max()
    if not np.isfinite(top):
        return -np.inf
    return float(top + np.log(np.exp(values - top).mean()))


def panel_of(
    simulate: Simulator,
    model: ClaimModel,
    hypotheses: Mapping[str, Mapping[str, str]],
    *,
    worlds: int,
    keep: int,
    seed: int,
) -> Panel:
    """Fight and weigh the same worlds under every hypothesis.

    Parameters
    ----------
    simulate : worlds by address under given causes.
    model : the claims.
    hypotheses : causes set by each, by name.
    worlds : addresses 0 .. worlds - 1 are fought.
    keep : kept worlds, drawn by their mean weight over the hypotheses.
    seed : of that draw.
    """
    names = tuple(hypotheses)
    logs: list[list[np.ndarray]] = [[] for _ in names]
    for start in range(0, worlds, CHUNK):
        size = min(CHUNK, worlds - start)
        for rows, name in zip(logs, names, strict=True):
            rows.append(model.log_weight(simulate(start, size, hypotheses[name])))
    log_weights = np.stack([np.concatenate(rows) for rows in logs])
    mixture = np.logaddexp.reduce(log_weights, axis=0) - np.log(len(names))
    chosen = _resampled(mixture, keep, seed)
    terms = [_terms_at(simulate, model, hypotheses[name], chosen, worlds) for name in names]
    return Panel(
        names=names,
        terms=tuple(terms),
        log_proposal=mixture[chosen],
        log_evidence=np.array([_log_mean(row) for row in log_weights]),
        error=_errors(log_weights),
        worlds=worlds,
    )


def _resampled(log_weights: np.ndarray, keep: int, seed: int) -> np.ndarray:
    """Indices of worlds, ascending, drawn systematically by weight."""
    weights = np.exp(log_weights - log_weights.max())
    cumulated = np.cumsum(weights)
    offset = np.random.default_rng([seed, 0x5EED]).random()
    points = (np.arange(keep) + offset) / keep * cumulated[-1]
    return np.minimum(np.searchsorted(cumulated, points, side="right"), weights.size - 1)


def _terms_at(
    simulate: Simulator, model: ClaimModel, causes: Mapping[str, str], chosen: np.ndarray, n: int
) -> np.ndarray:
    """The terms of chosen worlds, fought again (worlds are addresses: nothing was stored)."""
    parts = []
    for start in range(0, n, CHUNK):
        size = min(CHUNK, n - start)
        here = chosen[(chosen >= start) & (chosen < start + size)] - start
        if here.size:
            columns = simulate(start, size, causes)
            parts.append(
                np.stack(model.terms({name: values[here] for name, values in columns.items()}))
            )
    return np.concatenate(parts, axis=1)


def _errors(log_weights: np.ndarray) -> np.ndarray:
    """Standard errors of differences of log evidences: the worlds are paired."""
    relative = np.exp(log_weights - log_weights.max(axis=1, keepdims=True))
    relative /= relative.mean(axis=1, keepdims=True)
    n = relative.shape[1]
    differences = relative[:, None, :] - relative[None, :, :]
    return differences.std(axis=2) / np.sqrt(n)
