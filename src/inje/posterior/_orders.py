"""Orders: everything that a process elsewhere needs to weigh a range of worlds, as plain bytes."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from functools import lru_cache

import numpy as np

from inje.dossier import dossier_from_json
from inje.posterior._assembly import assembled
from inje.posterior._proposal import Mixture, Proposed
from inje.posterior._shards import CHUNK, Scale, Shard, Shards, Simulator, merged
from inje.runs import SHARD, in_order
from inje.scenario import Scenario, scenario_from_json

__all__ = ["dealt", "order_of", "weigh_shard"]

MOST = 256 << 20


def order_of(
    scenario: Scenario,
    *,
    seed: int,
    cut: tuple[str, ...],
    letters: Mapping[str, str],
) -> Callable[[Proposed | None, Scale], bytes]:
    """Orders for worlds of a scenario, drawn from the prior or from a proposal."""
    assert scenario.dossier is not None  # noqa: S101 - checked at the door
    fixed = {
        "scenario": scenario.model_dump_json(by_alias=True),
        "dossier": scenario.dossier.model_dump_json(by_alias=True),
        "seed": seed,
        "cut": list(cut),
        "letters": dict(letters),
    }

    def order(proposed: Proposed | None, scale: Scale) -> bytes:
        sample = {
            "keep": scale.keep,
            "prior": scale.prior,
            "kept_seed": scale.seed,
            "grain": scale.model.grain,
        }
        whole = {**fixed, **sample, "proposal": proposed and _proposal(proposed)}
        return zlib.compress(json.dumps(whole).encode())

    return order


def _proposal(proposed: Proposed) -> dict[str, object]:
    mixture = proposed.mixture
    return {
        "shares": mixture.shares.tolist(),
        "means": mixture.means.tolist(),
        "factors": mixture.factors.tolist(),
        "seed": proposed.seed,
    }


@lru_cache(maxsize=4)
def _prepared(order: bytes) -> tuple[Simulator, Scale]:
    """What an order asks for, kept for the next shard of the same run."""
    said = json.loads(zlib.decompressobj().decompress(order, MOST))
    scenario = scenario_from_json(said["scenario"]).with_dossier(dossier_from_json(said["dossier"]))
    made = assembled(
        scenario, seed=said["seed"], threads=1, cut=tuple(said["cut"]), letters=said["letters"]
    )
    claims = made.claims.coarsened(said["grain"])
    scale = Scale(claims, said["keep"], said["prior"], said["kept_seed"])
    drawn = said["proposal"]
    if drawn is None:
        return made, scale
    parts = (np.array(drawn[name], dtype=float) for name in ("shares", "means", "factors"))
    return Proposed(made.particles, Mixture(*parts), drawn["seed"]), scale


def weigh_shard(order: bytes, start: int, stop: int, floor: float) -> Shard:
    """One task: fight and weigh worlds start .. stop - 1, and give back what is left of them."""
    simulate, scale = _prepared(order)
    found: Shard | None = None
    for at in range(start, stop, CHUNK):
        part = scale.shard(simulate(at, min(CHUNK, stop - at)), at, floor)
        found = part if found is None else merged([found, part])
        floor = max(floor, found.kept.floor)
    assert found is not None  # noqa: S101 - a shard has worlds
    return found


def dealt(executor: Executor, order: bytes, size: int | None = None) -> Shards:
    """Shards weighed by an executor; where a worker dies, its shard is dealt again.

    Parameters
    ----------
    order : see `order_of`. size : worlds of a task, ten million by default.
    """
    step = size or SHARD

    def shards(start: int, stop: int, floor: Callable[[], float]) -> Iterator[Shard]:
        # Tasks are made as they are dealt: the later ones know how much is worth sending back.
        tasks = ((order, at, min(at + step, stop), floor()) for at in range(start, stop, step))
        yield from in_order(executor, weigh_shard, tasks)

    return shards
