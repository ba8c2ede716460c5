"""What conditioning is given: where worlds come from, and how much work to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from inje.ensemble import cores_of
from inje.errors import OptionError
from inje.posterior._duel import Duel
from inje.posterior._proposal import Proposed
from inje.posterior._shards import Scale, Shards, Simulator
from inje.posterior._tempering import ParticleModel
from inje.runs import Journal

__all__ = ["Supply", "Wanted"]

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Wanted:
    """How much work to do.

    Attributes
    ----------
    ess : effective draws. max_worlds : bounds the worlds that are fought, see `escalated`.
    seed, threads : of the run.
    progress : called with a sentence and the share done.
    journal : where progress is written.
    """

    ess: float = 4000
    max_worlds: int = 1 << 22
    seed: int = 1
    threads: int = field(default_factory=partial(cores_of, None))
    progress: Progress | None = None
    journal: Journal | None = None

    def __post_init__(self) -> None:
        if not self.ess > 0:
            raise OptionError("ess", f"{self.ess:g}", "a number above 0", "ask for more draws")
        if self.max_worlds < 1:
            raise OptionError(
                "max_worlds", f"{self.max_worlds}", "a whole number above 0", "allow more worlds"
            )
        if self.threads < 1:
            raise OptionError("threads", f"{self.threads}", "a whole number above 0", "")


@dataclass(frozen=True)
class Supply:
    """Where worlds come from.

    Attributes
    ----------
    simulate : worlds by address, the columns that claims read at least.
    labels, units : of all columns.
    particle_model : fights particles, for the samplers that narrow; None where there is none.
    complete, complete_particles : every column of worlds (n,) or particles, where the others
        give fewer.
    duel : the model as two counts whose likelihood is exact; None where it is more than that.
    deal : what weighs shards elsewhere, of worlds of the prior (None) or of a proposal.
    burden : work of a world in that of a usual one: where many fall, bounds on worlds are lower.
    """

    simulate: Simulator
    labels: Mapping[str, tuple[str, ...]]
    units: Mapping[str, str]
    particle_model: ParticleModel | None = None
    complete: Callable[[np.ndarray], Mapping[str, np.ndarray]] | None = None
    complete_particles: Callable[[np.ndarray, np.ndarray], Mapping[str, np.ndarray]] | None = None
    deal: Callable[[Proposed | None, Scale], Shards] | None = None
    duel: Duel | None = None
    burden: float = 1.0
