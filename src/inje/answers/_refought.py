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
    worlds : fights them.
    keys : (n, 3) addresses of choices, fortunes and marks.
    given : parameters and causes by path, (n,).
    labels : names of the codes of categories. effective : how many independent ones they are.
    """

    worlds: Worlds
    keys: np.ndarray
    given: Mapping[str, np.ndarray]
    labels: Mapping[str, tuple[str, ...]]
    effective: float

    @property
    def addressed(self) -> bool:
        """Whether each is one world's number, and not a particle with a key for each block."""
        return bool((self.keys == self.keys[:, :1]).all())

    def fought(
        self, causes: Mapping[str, str], paths: Sequence[str] | None = None
    ) -> dict[str, np.ndarray]:
        """Columns (n,) of the worlds with some causes set.

        Raises
        ------
        OptionError : a cause has no such option.
        """
        return self.worlds.at(self.keys, paths, {**self.given, **self.set_to(causes)})

    def set_to(self, causes: Mapping[str, float | str]) -> dict[str, np.ndarray]:
        """Columns (n,) of causes held at a number or an option.

        Raises
        ------
        OptionError : a cause has no such option.
        """
        found = {}
        for path, value in causes.items():
            number = value
            if isinstance(value, str):
                options = self.labels.get(path, ())
                if value not in options:
                    allowed = ", ".join(options) or "a cause of the scenario"
                    raise OptionError(path, f"{value!r} is no option", allowed, "choose one")
                number = options.index(value)
            found[path] = np.full(len(self.keys), float(number))
        return found


def drawn_from(posterior: Posterior, size: int = KEEP) -> Drawn:
    """Draw equally weighted worlds from a posterior, with what they are made of."""
    rows = posterior.resampled(size)
    stored = posterior.particles.get("keys")
    keys = np.repeat(posterior.world[:, None], 3, axis=1) if stored is None else stored
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
