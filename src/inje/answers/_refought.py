"""Worlds of a posterior, fought again: as they were, or under other causes.

A world is its parameters and the key of its fortunes; both are in the posterior. So nothing
has to be stored, and a change of cause leaves the fortunes alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from inje.errors import OptionError
from inje.posterior import Posterior, Worlds, claimed_paths
from inje.scenario import parameters

__all__ = ["Drawn", "drawn_from"]

#: equally weighted worlds that answers are computed from
KEEP = 1 << 12


@dataclass(frozen=True)
class Drawn:
    """Equally weighted worlds of a posterior.

    Attributes
    ----------
    worlds : fights them. keys : (n,) fortunes. given : parameters and causes by path, (n,).
    labels : names of the codes of categories. effective : how many independent ones they are.
    """

    worlds: Worlds
    keys: np.ndarray
    given: Mapping[str, np.ndarray]
    labels: Mapping[str, tuple[str, ...]]
    effective: float

    def fought(
        self, causes: Mapping[str, str], paths: Sequence[str] | None = None
    ) -> dict[str, np.ndarray]:
        """Columns (n,) of the worlds with some causes set.

        Raises
        ------
        OptionError : a cause has no such option.
        """
        given = dict(self.given)
        for path, option in causes.items():
            options = self.labels.get(path, ())
            if option not in options:
                allowed = ", ".join(options) or "a cause of the scenario"
                raise OptionError(path, f"{option!r} is no option", allowed, "choose one of these")
            given[path] = np.full(self.keys.size, float(options.index(option)))
        return self.worlds.at(self.keys, paths, given)


def drawn_from(posterior: Posterior, size: int = KEEP) -> Drawn:
    """Draw equally weighted worlds from a posterior, with what they are made of."""
    rows = posterior.resampled(size)
    keys = posterior.particles["keys"][:, 0] if posterior.particles else posterior.world
    scenario = posterior.scenario
    causes = ["account"] if scenario.accounts else list(scenario.causes)
    uncertain = [path for path, quantity in parameters(scenario).items() if quantity.prior]
    claimed = claimed_paths(claim.about for claim in posterior.claims.claims)
    return Drawn(
        worlds=Worlds(scenario, posterior.diagnostics.seed, claimed),
        keys=np.asarray(keys)[rows].astype(np.uint64),
        given={path: np.asarray(posterior.draws[path], float)[rows] for path in uncertain + causes},
        labels={
            **posterior.labels,
            "account": tuple(account.id for account in scenario.accounts),
        },
        effective=min(float(size), posterior.diagnostics.ess),
    )
