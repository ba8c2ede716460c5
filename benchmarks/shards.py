"""What it costs to fight worlds in shards on a cluster, beside fighting them at all.

One row for each kind of task: the survey of a shard (what `inje simulate --dask` deals) and the
weighing of one (what `inje condition --dask` deals). The cost of a task is measured by dealing
tasks of the real size of call and answer that do no work; the work by fighting a smaller shard
and counting worlds. `overhead` is their ratio at ten million worlds a task.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

NAMES = ("shards",)
TASKS = 200
WORLDS = 1 << 17
EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "inje-1946" / "scenario.yaml"


def answer(_order: bytes, size: int) -> np.ndarray:
    """A task that does nothing but send back as much as a real one."""
    return np.zeros(size, np.uint8)


def _per_task(executor: Any, order: bytes, size: int) -> float:
    from inje.runs import in_order

    tasks = [(order, size)] * TASKS
    list(in_order(executor, answer, tasks[:4]))
    begun = time.perf_counter()
    for _ in in_order(executor, answer, tasks):
        pass
    return (time.perf_counter() - begun) / TASKS


def measure(_name: str) -> Iterator[dict[str, Any]]:
    """Rows `name, worlds_a_task, worlds_per_s, task_s, dealing_s, overhead, bytes_back`."""
    from distributed import LocalCluster

    from inje.posterior._assembly import assembled
    from inje.posterior._orders import order_of, weigh_shard
    from inje.posterior._shards import Scale
    from inje.runs import SHARD, cluster_at
    from inje.runs._survey import survey_shard
    from inje.scenario import load_scenario_and_record

    scenario = load_scenario_and_record(EXAMPLE)
    claims = assembled(scenario, seed=1, threads=1).claims
    order = order_of(scenario, seed=1, cut=(), letters={})(None, Scale(claims, 1 << 16, 0, 1))
    text = scenario.model_dump_json(by_alias=True)
    work = {
        "survey": lambda n: survey_shard(text, 1, 0, n, None),
        "weighing": lambda n: weigh_shard(order, 0, n, -np.inf),
    }
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster,
        cluster_at(cluster.scheduler_address) as executor,
    ):
        for name, fight in work.items():
            fight(1 << 13)
            begun = time.process_time()
            back = len(pickle.dumps(fight(WORLDS)))
            rate = WORLDS / (time.process_time() - begun)
            dealing = _per_task(executor, order, back)
            yield {
                "name": f"shards: {name}",
                "worlds_a_task": SHARD,
                "worlds_per_s": rate,
                "task_s": SHARD / rate,
                "dealing_s": dealing,
                "overhead": dealing * rate / SHARD,
                "bytes_back": back,
            }


if __name__ == "__main__":
    for row in measure("shards"):
        print(row)
