"""What one changed assumption does to the probabilities of the explanations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from inje.answers._ranges import GIVEN, Range

__all__ = ["Bearing", "bearings_of"]


@dataclass(frozen=True)
class Bearing:
    """One assumption changed, all others as stated.

    Attributes
    ----------
    label : what changed. posterior : probabilities of the explanations then.
    shift : the largest change of a probability. agent : whose letter it is, if it is one.
    """

    label: str
    posterior: dict[str, float]
    shift: float
    agent: str = ""


def bearings_of(
    ranges: Sequence[Range],
    stated: np.ndarray,
    names: Sequence[str],
    weights: np.ndarray,
    book: str,
    idle: Sequence[str] = (),
) -> tuple[Bearing, ...]:
    """Every single assumption moved; the letters of `book` first, then the most telling.

    Parameters
    ----------
    ranges : what is stated comes first. stated : log evidences on all worlds.
    weights : prior weights of the explanations. idle : assumptions that change nothing.
    """
    usual = _share(stated, weights)
    base = next(item for item in ranges if item.label == GIVEN).log_evidence
    found = []
    for item in (item for item in ranges if item.single):
        then = _share(stated + item.log_evidence - base, weights)
        chances = dict(zip(names, then.tolist(), strict=True))
        found.append(Bearing(item.label, chances, float(np.abs(then - usual).max()), item.agent))
    chances = dict(zip(names, usual.tolist(), strict=True))
    found += [Bearing(label, chances, 0.0) for label in idle]
    # Shifts that differ by rounding alone keep their order.
    found.sort(key=lambda bearing: (bearing.agent != book or not book, -round(bearing.shift, 9)))
    return tuple(found)


def _share(logs: np.ndarray, weights: np.ndarray) -> np.ndarray:
    share = weights * np.exp(logs - logs.max())
    return share / share.sum()
