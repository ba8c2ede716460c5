"""Surveys: many worlds fought and counted shard by shard, none of them kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from inje.ensemble import Ensemble, check_address, iterate_blocks
from inje.runs._dealing import in_order
from inje.runs._tally import Tally
from inje.scenario import Scenario, scenario_from_json

__all__ = ["BLOCK", "SHARD", "Survey", "survey_worlds"]

#: worlds that are counted together; every shard is whole blocks, so that sums never differ
BLOCK = 1 << 16
#: worlds of one task of an executor, about ten million
SHARD = 160 * BLOCK


@dataclass(frozen=True)
class Survey:
    """What came of worlds start .. start + worlds - 1 under a seed.

    Attributes
    ----------
    seed, start, worlds : their addresses.
    tallies : by path. labels : names of the codes of a coded column.
    unfinished : worlds cut short because they would have taken too many steps.
    """

    seed: int
    start: int
    worlds: int
    tallies: Mapping[str, Tally]
    labels: Mapping[str, tuple[str, ...]]
    unfinished: int = 0

    @classmethod
    def of(cls, ensemble: Ensemble) -> Survey:
        """Count the worlds of an ensemble; at most `BLOCK` of them, or sums round otherwise."""
        tallies = {path: Tally.of(column) for path, column in ensemble.columns.items()}
        return cls(
            ensemble.seed, ensemble.start, ensemble.worlds, tallies, ensemble.labels,
            ensemble.unfinished,
        )  # fmt: skip

    def __add__(self, other: Survey) -> Survey:
        """The survey of both; a column that either lacks is left out."""
        return Survey(
            self.seed,
            min(self.start, other.start),
            self.worlds + other.worlds,
            {path: tally + other.tallies[path] for path, tally in self.tallies.items()},
            self.labels,
            self.unfinished + other.unfinished,
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values: quantities with mean, sd and quantiles; shares of what is a category."""
        quantities, shares = [], {}
        for path, tally in self.tallies.items():
            if path in self.labels:
                shares[path] = tally.shares(self.labels[path])
                continue
            quantities.append(
                {
                    "name": path,
                    "mean": tally.mean,
                    "sd": tally.sd,
                    "quantiles": list(tally.quantiles()),
                    "never": tally.never / self.worlds,
                }
            )
        return {
            "seed": self.seed,
            "start": self.start,
            "worlds": self.worlds,
            "unfinished": self.unfinished,
            "quantities": quantities,
            "shares": shares,
        }


def survey_worlds(
    scenario: Scenario,
    *,
    worlds: int,
    seed: int = 1,
    start: int = 0,
    threads: int | None = None,
    paths: Sequence[str] | None = None,
    executor: Executor | None = None,
    shard: int = SHARD,
    progress: Callable[[int, int], None] | None = None,
) -> Survey:
    """Fight worlds and count what comes of them, in memory that does not grow with them.

    Parameters
    ----------
    scenario : the model.
    worlds, seed, start : the worlds with addresses start .. start + worlds - 1 under a seed.
    threads : cores to use here, all by default. No number depends on it.
    paths : the columns wanted; by default all parameters, causes and the usual observables.
    executor : where shards are fought instead of here; no number depends on it.
    shard : worlds of one task of the executor, rounded up to whole blocks.
    progress : called with the worlds done and the worlds to do.

    Raises
    ------
    ModelError, PathError, OptionError : as `simulate_worlds`.
    """
    check_address(worlds, seed, start)
    if executor is None:
        return _counted(scenario, worlds, seed, start, threads, paths, progress)
    size = max(1, -(-shard // BLOCK)) * BLOCK
    text = scenario.model_dump_json(by_alias=True)
    wanted = None if paths is None else tuple(paths)
    tasks = [
        (text, seed, start + low, min(size, worlds - low), wanted) for low in range(0, worlds, size)
    ]
    found: Survey | None = None
    for part in in_order(executor, survey_shard, tasks):
        found = part if found is None else found + part
        if progress:
            progress(found.worlds, worlds)
    assert found is not None  # noqa: S101 - there is at least one world
    return found


def survey_shard(
    text: str, seed: int, start: int, worlds: int, paths: tuple[str, ...] | None
) -> Survey:
    """One task: the survey of a range of worlds of a scenario given as JSON."""
    scenario = scenario_from_json(text)
    return _counted(scenario, worlds, seed, start, 1, paths, None)


def _counted(
    scenario: Scenario,
    worlds: int,
    seed: int,
    start: int,
    threads: int | None,
    paths: Sequence[str] | None,
    progress: Callable[[int, int], None] | None,
) -> Survey:
    def parts() -> Any:
        done = 0
        for block in iterate_blocks(
            scenario, worlds=worlds, seed=seed, start=start, threads=threads, paths=paths,
            block=BLOCK,
        ):  # fmt: skip
            yield Survey.of(block)
            done += block.worlds
            if progress:
                progress(done, worlds)

    return reduce(add, parts())
