"""What a kind of claim must offer to be weighed.

A *kind* (entry point group `inje.claims`) turns a claim about its quantities into a
`Reading`: t over the columns of an ensemble, q by the speaker's interest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np

from inje.dossier import Claim, ObservablePath
from inje.posterior._invention import KAPPA
from inje.posterior._tracking import Exaggeration, Perception

__all__ = ["Assumptions", "Columns", "Kind", "Reading", "Setting"]

#: outcomes of worlds by observable path; categories as integer codes into their labels
Columns: TypeAlias = Mapping[str, np.ndarray]

#: what "lost" may mean, with `assumed` weights
SENSES: dict[str, float] = {"killed": 0.25, "killed_or_wounded": 0.45, "total": 0.3}


#: contents of counts go up to this multiple of the largest strength of the scenario
RANGE = 10.0


@dataclass(frozen=True)
class Assumptions:
    """What the claim model assumes of all speakers; each is varied by the sensitivities.

    Attributes
    ----------
    kappa : strength of interest in what is invented.
    contents : counts that may be claimed go up to this multiple of the largest strength.
    senses : weights of what "lost" may mean, by category.
    """

    kappa: float = KAPPA
    contents: float = RANGE
    senses: Mapping[str, float] = field(default_factory=lambda: dict(SENSES))


@dataclass(frozen=True)
class Setting:
    """What all claims of one record share.

    Attributes
    ----------
    limit : largest content of counts; the range 0..limit is declared, the same for all.
    days : length of the scenario in days.
    first_day : day number of its first day.
    labels : categories of each categorical column; codes index them.
    columns : every column that worlds have.
    kappa, perception, exaggeration, senses : `assumed`, open to sensitivities.
    """

    limit: int
    days: float = 1.0
    first_day: int = 0
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: frozenset[str] = frozenset()
    kappa: float = KAPPA
    perception: Perception = field(default_factory=Perception)
    exaggeration: Exaggeration = field(default_factory=Exaggeration)
    senses: Mapping[str, float] = field(default_factory=lambda: dict(SENSES))


@runtime_checkable
class Reading(Protocol):
    """A claim's content as a likelihood."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of worlds that it reads."""
        ...

    @property
    def peak(self) -> float:
        """The largest value t takes in any world."""
        ...

    def tracking(self, worlds: Columns, width: float = 0.0) -> np.ndarray:
        """The t(c | z) of every world; `width` widens it (0: as claimed)."""
        ...

    def invented(self, interest: str | None) -> float:
        """The q(c) of a speaker with this side at heart, or none."""
        ...

    def repeats(self, other: Reading) -> bool:
        """Whether both say the same."""
        ...


class Kind(Protocol):
    """A kind of quantity that claims can be about."""

    quantities: frozenset[str]

    def read(
        self, claim: Claim, path: ObservablePath, interest: str | None, setting: Setting
    ) -> Reading | None:
        """A reading, or None where worlds have no such column."""
        ...
