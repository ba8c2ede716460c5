"""What one changed assumption does to the probabilities of the explanations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from inje.answers._evidence import Panel
from inje.answers._ranges import Range

__all__ = ["Bearing", "Evidences", "bearings_of", "chance_errors"]


@dataclass(frozen=True)
class Bearing:
    """One assumption changed, all others as stated.

    Attributes
    ----------
    label : what changed. posterior : probabilities of the explanations then.
    shift : the largest change of a probability. agent : whose letter it is, if it is one.
    errors : Monte-Carlo standard errors of the probabilities.
    """

    label: str
    posterior: dict[str, float]
    shift: float
    agent: str = ""
    errors: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Evidences:
    """What the worlds of a panel say for every explanation.

    Attributes
    ----------
    panel : the worlds. logs : log evidences, (k,), up to one constant.
    relative : what each world says over its mean, (k, n). prior : probabilities before, (k,).
    """

    panel: Panel
    logs: np.ndarray
    relative: np.ndarray
    prior: np.ndarray

    def share(self, moved: np.ndarray | float = 0.0) -> np.ndarray:
        """Probabilities of the explanations (k,), their logs moved by so much."""
        logs = self.logs + moved
        share = self.prior * np.exp(logs - logs.max())
        return share / share.sum()

    def chances(self) -> dict[str, float]:
        """Probabilities by explanation."""
        return dict(zip(self.panel.names, self.share().tolist(), strict=True))

    def errors(self) -> dict[str, float]:
        """Their Monte-Carlo standard errors."""
        spread = chance_errors(self.panel, self.share(), self.relative)
        return dict(zip(self.panel.names, spread.tolist(), strict=True))


def chance_errors(panel: Panel, share: np.ndarray, relative: np.ndarray) -> np.ndarray:
    """Standard errors of probabilities (k,) from errors of log evidences in worlds (k, n)."""
    return panel.error(share[:, None] * (relative - share @ relative))


def bearings_of(
    ranges: Sequence[Range],
    weighed: Evidences,
    few: Panel,
    book: str,
    idle: Sequence[str] = (),
) -> tuple[Bearing, ...]:
    """Every single assumption moved; the letters of `book` first, then the most telling.

    Parameters
    ----------
    ranges : what is stated comes first; on the worlds of `few`. weighed : on all worlds.
    idle : assumptions that change nothing.
    """
    usual, names = weighed.share(), weighed.panel.names
    base = ranges[0]
    found = []
    for item in (item for item in ranges if item.single):
        then = weighed.share(item.log_evidence - base.log_evidence)
        spread = np.hypot(
            chance_errors(weighed.panel, then, weighed.relative),
            chance_errors(few, then, item.relative() - base.relative()),
        )
        found.append(
            Bearing(
                item.label,
                dict(zip(names, then.tolist(), strict=True)),
                float(np.abs(then - usual).max()),
                item.agent,
                dict(zip(names, spread.tolist(), strict=True)),
            )
        )
    found += [Bearing(label, weighed.chances(), 0.0, errors=weighed.errors()) for label in idle]
    # Shifts that differ by rounding alone keep their order.
    found.sort(key=lambda bearing: (bearing.agent != book or not book, -round(bearing.shift, 9)))
    return tuple(found)
