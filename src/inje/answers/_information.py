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

#: groups of worlds, and ways to halve them
GROUPS, SPLITS = 32, 12


@dataclass(frozen=True)
class Information:
    """What a piece of evidence would be expected to tell.

    Attributes
    ----------
    bits : expected information about the target, bias-corrected.
    error : Monte-Carlo standard error, by split halves.
    entropy : of the target before the evidence, in bits (the most there is to learn).
    decibel : expected dB in favour of the true category against all others together,
        bias-corrected.
    entropy_error, decibel_error : their Monte-Carlo standard errors.
    each, each_errors : the same dB where each category is the true one, (categories,).
    share, share_error : of the entropy, that the bits are.
    """

    bits: float
    error: float
    entropy: float
    decibel: float
    entropy_error: float
    decibel_error: float
    each: tuple[float, ...]
    each_errors: tuple[float, ...] = ()
    share: float = 0.0
    share_error: float = 0.0


def expected_information(
    content: np.ndarray,
    target: np.ndarray,
    weights: np.ndarray,
    tracking: np.ndarray,
    group: np.ndarray | None = None,
) -> Information:
    """Mutual information between a content and a target.

    Parameters
    ----------
    content : cell of each world's true value, int (n,).
    target : category of each world, int (n,).
    weights : posterior weights (n,).
    tracking : P(reported cell | true cell), rows sum to 1: (cells, cells).
    group : worlds of different groups are independent, int (n,); by default every 32nd world
        makes a group.

    Returns
    -------
    Information. The plug-in estimate is biased upwards by (noise) / n; the bias is measured
    between halves of the groups and the whole, and taken off (a jackknife in two parts, over
    several ways to halve them).
    """
    if group is None:
        group = np.arange(content.size) % GROUPS
    tables = _tables(content, target, weights, group, len(tracking))

    def figures(joint: np.ndarray) -> np.ndarray:
        each = _decibels(joint, tracking)
        share = joint.sum(axis=0)
        bits, open_ = _information(joint, tracking), _entropy(joint)
        part = bits / open_ if open_ > 0 else 0.0
        return np.array([bits, open_, share @ each, part, *each])

    whole = figures(tables.sum(axis=0))
    halves = np.array(
        [[figures(part) for part in _halves(tables, split)] for split in range(SPLITS)]
    )
    corrected = 2 * whole - halves.mean(axis=(0, 1))
    errors = np.sqrt(np.square(halves[:, 0] - halves[:, 1]).mean(axis=0)) / 2
    entropy = float(whole[1])
    bits = float(np.clip(corrected[0], 0.0, entropy))
    return Information(
        bits=bits,
        error=float(errors[0]),
        entropy=entropy,
        decibel=float(max(corrected[2], 0.0)),
        entropy_error=float(errors[1]),
        decibel_error=float(errors[2]),
        each=tuple(np.maximum(corrected[4:], 0.0).tolist()),
        each_errors=tuple(errors[4:].tolist()),
        share=bits / entropy if entropy > 0 else 0.0,
        share_error=float(errors[3]),
    )


def _tables(
    content: np.ndarray, target: np.ndarray, weights: np.ndarray, group: np.ndarray, cells: int
) -> np.ndarray:
    """P(true cell, category) as parts of every group, (groups, cells, categories)."""
    categories, groups = int(target.max()) + 1, int(group.max()) + 1
    place = (group.astype(np.int64) * cells + content) * categories + target
    size = groups * cells * categories
    table = np.bincount(place, weights=weights, minlength=size)
    return table.reshape(groups, cells, categories) / weights.sum()


def _halves(tables: np.ndarray, split: int) -> tuple[np.ndarray, np.ndarray]:
    """The groups in two halves, each a distribution; every split another way."""
    order = np.random.default_rng(split).permutation(len(tables))
    half = len(order) // 2
    parts = (tables[order[:half]].sum(axis=0), tables[order[half:]].sum(axis=0))
    return parts[0] / max(parts[0].sum(), 1e-300), parts[1] / max(parts[1].sum(), 1e-300)


def _information(joint: np.ndarray, tracking: np.ndarray) -> float:
    reported = tracking.T @ joint
    cell, category = reported.sum(axis=1), reported.sum(axis=0)
    expected = np.outer(cell, category)
    inside = reported > 0
    return float((reported[inside] * np.log2(reported[inside] / expected[inside])).sum())


def _entropy(joint: np.ndarray) -> float:
    """Of the target, in bits."""
    marginal = joint.sum(axis=0)
    marginal = marginal[marginal > 0]
    return float(-(marginal * np.log2(marginal)).sum())


def _decibels(joint: np.ndarray, tracking: np.ndarray) -> np.ndarray:
    """Expected dB for each category against the others where it is the true one, (categories,)."""
    reported = tracking.T @ joint
    category = reported.sum(axis=0)
    found = np.zeros(category.size)
    for k in np.flatnonzero((category > 0) & (category < 1)):
        given = reported[:, k] / category[k]
        others = (reported.sum(axis=1) - reported[:, k]) / (1 - category[k])
        inside = (given > 0) & (others > 0)
        found[k] = (given[inside] * 10 * np.log10(given[inside] / others[inside])).sum()
    return found
