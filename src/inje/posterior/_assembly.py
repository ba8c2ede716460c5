"""What a scenario is weighed with: its worlds, and its record as a likelihood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from inje.posterior._claims import ClaimModel
from inje.posterior._compilation import compile_claims
from inje.posterior._readings import Columns
from inje.posterior._worlds import ScenarioParticles, Worlds, claimed_paths
from inje.scenario import Scenario

__all__ = ["Assembly", "assembled", "claims_of"]


@dataclass(frozen=True)
class Assembly:
    """A scenario ready to be weighed.

    Attributes
    ----------
    worlds, particles : what fights them, by address or by parameters and keys.
    claims : the record as a likelihood. paths : the columns that it reads.
    """

    worlds: Worlds
    particles: ScenarioParticles
    claims: ClaimModel
    paths: tuple[str, ...]

    def __call__(self, start: int, worlds: int) -> Columns:
        """Columns of worlds start .. start + worlds - 1, drawn from the prior."""
        return self.worlds.at(np.arange(start, start + worlds), self.paths)


def claims_of(
    scenario: Scenario,
    columns: tuple[str, ...],
    labels: Mapping[str, tuple[str, ...]],
    cut: tuple[str, ...],
    letters: Mapping[str, str],
) -> ClaimModel:
    """The record that a scenario carries, as a likelihood over these columns."""
    assert scenario.dossier is not None  # noqa: S101 - checked at the door
    claims = compile_claims(scenario.dossier, scenario, columns, labels)
    return claims.graded(letters).cut(cut)


def assembled(
    scenario: Scenario,
    *,
    seed: int,
    threads: int,
    cut: tuple[str, ...] = (),
    letters: Mapping[str, str] | None = None,
) -> Assembly:
    """A scenario that carries its record, ready to be weighed."""
    assert scenario.dossier is not None  # noqa: S101 - checked at the door
    abouts = claimed_paths(c.about for c in scenario.dossier.claims if c.status != "rejected")
    worlds = Worlds(scenario, seed, abouts, threads)
    claims = claims_of(scenario, worlds.columns, worlds.labels, cut, letters or {})
    paths = claims.columns or worlds.columns[:1]
    return Assembly(worlds, ScenarioParticles(worlds, paths), claims, paths)
