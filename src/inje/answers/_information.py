"""Expected information of evidence not yet found, from weighted worlds.

The evidence's content is discretised; its law given a world is the claim model of a witness,
r K + (1 - r) q. All worlds speak at once, so nothing is nested: the mutual information between
content and target is a finite sum over (content cell, target category).
Source: Lindley, On a measure of the information provided by an experiment (1956).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["Information", "expected_information"]


@dataclass(frozen=True)
class Information:
    """What a piece of evidence would be expected to tell.

    Attributes
    ----------
    bits : expected information about the target, bias-corrected.
    error : Monte-Carlo standard error, by split halves.
    entropy : of the target before the evidence, in bits (the most there is to learn).
    decibel : expected dB in favour of the true category against all others together.
    """

    bits: float
    error: float
    entropy: float
    decibel: float


def expected_information(
    content: np.ndarray, target: np.ndarray, weights: np.ndarray, tracking: np.ndarray
) -> Information:
    """Mutual information between a content and a target.

    Parameters
    ----------
    content : cell of each world's true value, int (n,).
    target : category of each world, int (n,).
    weights : posterior weights (n,).
    tracking : P(reported cell | true cell), rows sum to 1: (cells, cells).

    Returns
    -------
    Information. The plug-in estimate is biased upwards by (noise) / n; the bias is measured
    between halves and the whole, and taken off (a jackknife in two parts).
    """
    joint = _joint(content, target, weights, len(tracking))
    whole = _information(joint, tracking)
    halves = [
        _information(
            _joint(content[half::2], target[half::2], weights[half::2], len(tracking)), tracking
        )
        for half in (0, 1)
    ]
    corrected = 2 * whole - float(np.mean(halves))
    error = abs(halves[0] - halves[1]) / 2
    marginal = joint.sum(axis=0)
    marginal = marginal[marginal > 0]
    entropy = float(-(marginal * np.log2(marginal)).sum())
    return Information(
        bits=float(np.clip(corrected, 0.0, entropy)),
        error=float(error),
        entropy=entropy,
        decibel=_decibel(joint, tracking),
    )


def _joint(content: np.ndarray, target: np.ndarray, weights: np.ndarray, cells: int) -> np.ndarray:
    """P(true cell, category), (cells, categories)."""
    categories = int(target.max()) + 1
    joint = np.bincount(
        content * categories + target, weights=weights, minlength=cells * categories
    ).reshape(cells, categories)
    return joint / joint.sum()


def _information(joint: np.ndarray, tracking: np.ndarray) -> float:
    reported = tracking.T @ joint
    cell, category = reported.sum(axis=1), reported.sum(axis=0)
    expected = np.outer(cell, category)
    inside = reported > 0
    return float((reported[inside] * np.log2(reported[inside] / expected[inside])).sum())


def _decibel(joint: np.ndarray, tracking: np.ndarray) -> float:
    """Expected dB for the true category against the others, over what may be reported."""
    reported = tracking.T @ joint
    category = reported.sum(axis=0)
    total = 0.0
    for k in np.flatnonzero((category > 0) & (category < 1)):
        given = reported[:, k] / category[k]
        others = (reported.sum(axis=1) - reported[:, k]) / (1 - category[k])
        inside = (given > 0) & (others > 0)
        total += float((reported[inside, k] * 10 * np.log10(given[inside] / others[inside])).sum())
    return total
