"""Worlds of a posterior, fought again: as they were, or under other causes.

A world is its parameters and the key of its fortunes; both are in the posterior. So nothing
has to be stored, and a change of cause leaves the fortunes alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from numbers import Integral

import numpy as np

from inje.errors import ModelError, OptionError
from inje.packing import Fought, Keys, fight, values_of
from inje.posterior import Posterior, Worlds, claimed_paths, recoded
from inje.scenario import Scenario, parameters

__all__ = ["Drawn", "drawn_from", "is_outcome"]

#: equally weighted worlds that answers are computed from
KEEP = 1 << 12
#: what comes of a battle as a whole; neither what went in nor how a day ended is among it
OUTCOMES = ("winner", "control", "losses", "duration", "end", "reserves")


@dataclass(frozen=True)
class Drawn:
    """Equally weighted worlds of a posterior.

    Attributes
    ----------
    worlds : fights them.
    keys : (n,) numbers of the worlds, or their addresses (n, 3 + renewals), see `Keys`.
    given : parameters and causes by path, (n,).
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
        return self.worlds.at(self.keys, paths, {**self.given, **self.set_to(causes)})

    @cached_property
    def outcomes(self) -> dict[str, np.ndarray]:
        """Columns (n,) of what came of the worlds as they were."""
        return self.under(self.worlds.scenario, {}, whole=False)

    def under(
        self,
        scenario: Scenario,
        values: Mapping[str, float | str],
        *,
        at_most: Mapping[str, float] | None = None,
        whole: bool = True,
    ) -> dict[str, np.ndarray]:
        """Columns (n,) of the same worlds under another scenario and other values.

        The fortunes are read at the same addresses, so that both twins have the same candidates
        of every event, each thinned by its own rates.

        Parameters
        ----------
        values : numbers, options of causes, and "send" or "hold" for orders, by path.
        at_most : numbers that are cut down to this where they are larger, by path.
        whole : every column; else only what came of the worlds, see `is_outcome`.

        Raises
        ------
        OptionError : a cause has no such option.
        """
        own = self.worlds
        worlds = Worlds(scenario, own.seed, own.claimed, renewals=own.renewals)
        orders = {path: v for path, v in values.items() if path.startswith("decision.")}
        rest = {path: v for path, v in values.items() if path not in orders}
        known = {*parameters(scenario), *scenario.causes, "account"}
        given = {**self.given, **self.set_to(rest)}
        for path, most in (at_most or {}).items():
            given[path] = np.minimum(self._number(scenario, path), most)
        given = {path: column for path, column in given.items() if path in known}
        packed, keys, seed = worlds.plan.packed, Keys.of(self.keys), worlds.seed
        drawn = values_of(packed, seed, keys.choices, keys.choices, given, orders)
        block = Fought(packed, drawn, fight(packed, drawn, seed, keys.fortunes), seed, keys)
        plan = worlds.plan
        paths = [path for path in plan.readers if whole or is_outcome(path)]
        columns = {path: np.asarray(plan.readers[path](block)) for path in paths}
        size = len(self.keys)
        return recoded({p: np.broadcast_to(c, size) for p, c in columns.items()}, worlds.labels)

    def _number(self, scenario: Scenario, path: str) -> np.ndarray:
        """A number of the worlds (n,), also where it is the same in all of them."""
        if path in self.given:
            return np.asarray(self.given[path], dtype=float)
        fixed = float(parameters(scenario)[path].quantile(np.array(0.5)))
        return np.full(len(self.keys), fixed)

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


def is_outcome(path: str) -> bool:
    """Whether a what-if tells of it: how it ended, how long it took, and at what cost."""
    return path.partition(".")[0] in OUTCOMES and "@" not in path


def drawn_from(posterior: Posterior, size: int = KEEP) -> Drawn:
    """Draw equally weighted worlds from a posterior, with what they are made of.

    Raises
    ------
    OptionError : no whole number of worlds, or fewer than one.
    ModelError : its draws are no worlds, see `exact_draws`.
    """
    if not posterior.replayable:
        raise ModelError(
            "posterior", f"its draws are no worlds: {posterior.diagnostics.sentence}",
            "worlds, which can be fought again under another cause",
            "condition again with fewer effective draws, or another seed",
        )  # fmt: skip
    if not isinstance(size, Integral) or size < 1:
        raise OptionError(
            "worlds", f"{size!r} cannot be fought again", "a whole number, 1 or more",
            f"leave it out for {KEEP}",
        )  # fmt: skip
    rows = posterior.resampled(size)
    scenario = posterior.scenario
    causes = ["account"] if scenario.accounts else list(scenario.causes)
    uncertain = [path for path, quantity in parameters(scenario).items() if quantity.prior]
    claimed = claimed_paths(claim.about for claim in posterior.claims.claims)
    return Drawn(
        worlds=Worlds(scenario, posterior.diagnostics.seed, claimed, renewals=posterior.renewals),
        keys=posterior.addresses[rows],
        given={path: np.asarray(posterior.draws[path], float)[rows] for path in uncertain + causes},
        labels={
            **posterior.labels,
            "account": tuple(account.id for account in scenario.accounts),
        },
        effective=min(float(size), posterior.diagnostics.ess),
    )
