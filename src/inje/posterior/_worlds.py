"""Worlds of a scenario, for weighing: by address, or by parameters and keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from inje.dossier import ObservablePath
from inje.errors import PathError
from inje.packing import (
    KEYS,
    Fought,
    Keys,
    Plan,
    default_paths,
    fight,
    labels_for,
    plan_paths,
    values_of,
)
from inje.scenario import Scenario, drawing_order, parameters

__all__ = ["ScenarioParticles", "Worlds", "labels_with_none", "recoded", "units_of"]

#: worlds that one thread takes at a time
CHUNK = 1 << 13
ACCOUNT = "account"
#: worlds that tell how many people fall; each of so many makes bounds on worlds lower by a share
FEW, MANY_FALL = 1 << 9, 150_000
#: quantities in which nobody may be the answer
OPEN = frozenset({"control", "winner"})


def labels_with_none(labels: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Labels in which "none" stands after the sides where nobody may be the answer."""
    return {
        path: (*names, "none") if path.partition(".")[0] in OPEN else names
        for path, names in labels.items()
    }


def recoded(
    columns: Mapping[str, np.ndarray], labels: Mapping[str, tuple[str, ...]]
) -> dict[str, np.ndarray]:
    """Columns with code -1 (nobody) made the code of "none", and causes made whole."""
    found = {}
    for path, values in columns.items():
        if path in labels:
            codes = np.asarray(values).astype(np.int16)
            found[path] = np.where(codes < 0, len(labels[path]) - 1, codes).astype(np.int16)
        else:
            found[path] = np.asarray(values)
    return found


def units_of(scenario: Scenario, paths: Iterable[str]) -> dict[str, str]:
    """Units by path: of parameters as their quantities say, of outcomes by kind."""
    own = {path: quantity.unit for path, quantity in parameters(scenario).items()}
    kinds = {
        "strength": "people", "losses": "people", "reserves": "people", "duration": "days",
        "start": "days", "end": "days", "arrival": "days", "report": "days", "order": "days",
        "breaking_off": "days",
    }  # fmt: skip
    found = {path: own.get(path) or kinds.get(path.partition(".")[0], "") for path in paths}
    return {path: unit for path, unit in found.items() if unit}


def _readable(scenario: Scenario, paths: Iterable[str]) -> list[str]:
    """Paths that worlds of a scenario can show."""
    found = []
    for path in dict.fromkeys(paths):
        try:
            plan_paths(scenario, [path])
        except PathError:
            continue
        found.append(path)
    return found


@dataclass(frozen=True)
class Worlds:
    """A scenario that fights worlds.

    Attributes
    ----------
    scenario, seed : which worlds.
    claimed : paths that claims speak of, beside the usual ones.
    threads : cores to use; changes no number.
    renewals : days since the start at which fortunes are renewed.
    """

    scenario: Scenario
    seed: int
    claimed: tuple[str, ...] = ()
    threads: int = 1
    renewals: tuple[float, ...] = ()

    @cached_property
    def plan(self) -> Plan:
        """How to read every column."""
        usual = default_paths(self.scenario)
        extra = _readable(self.scenario, (p for p in self.claimed if p not in usual))
        return plan_paths(self.scenario, (*usual, *extra), self.renewals)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that worlds have."""
        return tuple(self.plan.readers)

    @cached_property
    def labels(self) -> dict[str, tuple[str, ...]]:
        """Names of codes by path."""
        return labels_with_none(labels_for(self.scenario, self.columns))

    @cached_property
    def burden(self) -> float:
        """Work of a world in that of a usual one, by how many people fall in a few of the prior."""
        paths = [f"losses.{side.id}.total" for side in self.scenario.sides]
        known = [path for path in paths if path in self.columns]
        fallen = self.at(np.arange(FEW), known)
        return 1.0 + float(sum(np.mean(values) for values in fallen.values())) / MANY_FALL

    def _fought(
        self, keys: Keys, given: Mapping[str, np.ndarray], paths: Sequence[str]
    ) -> dict[str, np.ndarray]:
        packed, seed = self.plan.packed, self.seed
        values = values_of(packed, seed, keys.choices, keys.choices, given, {})
        block = Fought(packed, values, fight(packed, values, seed, keys.fortunes), seed, keys)
        raw = {path: np.asarray(self.plan.readers[path](block)) for path in paths}
        columns = {path: np.broadcast_to(column, len(keys)) for path, column in raw.items()}
        return recoded(columns, self.labels)

    def at(
        self,
        index: np.ndarray,
        paths: Sequence[str] | None = None,
        given: Mapping[str, np.ndarray] | None = None,
    ) -> dict[str, np.ndarray]:
        """Columns of worlds, parameters drawn unless given.

        Parameters
        ----------
        index : (n,) the worlds' numbers; or (n, 3 + renewals) separate addresses of their choices
            and paces, their fortunes in the fight, the marks of their losses, and their fortunes
            after each renewal.
        paths : columns wanted, all by default. given : parameters and causes, each (n,).
        """
        index = np.asarray(index)
        wanted = self.columns if paths is None else tuple(paths)
        step = max(1, min(CHUNK, -(-len(index) // self.threads)))
        edges = range(0, len(index), step)

        def part(low: int) -> dict[str, np.ndarray]:
            own = {path: column[low : low + step] for path, column in (given or {}).items()}
            return self._fought(Keys.of(index[low : low + step]), own, wanted)

        if self.threads == 1 or len(edges) == 1:
            parts = [part(low) for low in edges]
        else:
            with ThreadPoolExecutor(self.threads) as pool:
                parts = list(pool.map(part, edges))
        return {path: np.concatenate([one[path] for one in parts]) for path in wanted}


@dataclass(frozen=True)
class ScenarioParticles:
    """A scenario as a model of particles: parameters in standard-normal coordinates, and keys.

    Attributes
    ----------
    worlds : the scenario. paths : the columns wanted.
    """

    worlds: Worlds
    paths: tuple[str, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What each coordinate stands for: uncertain quantities, then the account or causes."""
        quantities = parameters(self.worlds.scenario)
        uncertain = [path for path in drawing_order(quantities) if quantities[path].prior]
        causes = [ACCOUNT] if self.worlds.scenario.accounts else [*self.worlds.scenario.causes]
        return (*uncertain, *causes)

    @property
    def dimension(self) -> int:
        """How many coordinates."""
        return len(self.names)

    @property
    def blocks(self) -> int:
        """Keys of choices and paces, of fortunes in the fight, and of the marks of losses."""
        return KEYS

    def given(self, x: np.ndarray) -> dict[str, np.ndarray]:
        """Parameters and causes (n,) at coordinates (n, dimension)."""
        scenario = self.worlds.scenario
        quantities = parameters(scenario)
        normal = dict(zip(self.names, x.T, strict=True))
        for joint in scenario.joint:
            own = np.array([normal[path] for path in joint.quantities])
            mixed = np.linalg.cholesky(np.array(joint.correlation)) @ own
            normal.update(zip(joint.quantities, mixed, strict=True))
        uniform = {
            path: np.clip(special.ndtr(values), 2.0**-60, 1 - 2.0**-53)
            for path, values in normal.items()
        }
        found: dict[str, np.ndarray] = {}
        for path in drawing_order(quantities):
            quantity = quantities[path]
            if quantity.prior is None:
                found[path] = quantity.quantile(np.full(len(x), 0.5), found)
            else:
                found[path] = quantity.quantile(uniform[path], found)
        for path, weights in self._choices().items():
            edges = np.cumsum(weights)
            found[path] = np.searchsorted(edges[:-1] / edges[-1], uniform[path], side="right")
        return {path: np.asarray(found[path], dtype=float) for path in self.names}

    def _choices(self) -> dict[str, list[float]]:
        scenario = self.worlds.scenario
        if scenario.accounts:
            return {ACCOUNT: [account.weight for account in scenario.accounts]}
        return {path: list(choice.options.values()) for path, choice in scenario.causes.items()}

    def simulate(self, x: np.ndarray, keys: np.ndarray) -> dict[str, np.ndarray]:
        """Outcomes (n,) of particles with coordinates (n, dimension) and keys (n, 3)."""
        return self.worlds.at(keys, self.paths, self.given(x))

    def complete(self, x: np.ndarray, keys: np.ndarray) -> dict[str, np.ndarray]:
        """Every column of the particles' worlds."""
        return self.worlds.at(keys, None, self.given(x))


def claimed_paths(abouts: Iterable[str]) -> tuple[str, ...]:
    """Paths that claims are about, as outcomes: `result` is the winner."""
    found = []
    for about in dict.fromkeys(abouts):
        if not about:
            continue
        try:
            path = ObservablePath.parse(about)
        except PathError:
            continue
        found.append("winner" if path.quantity == "result" else str(path))
    return tuple(dict.fromkeys(found))
