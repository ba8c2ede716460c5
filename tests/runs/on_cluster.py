"""Run by test_cluster.py in a process of its own: one cluster, one worker killed in the middle."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from hashlib import sha256
from pathlib import Path

import inje
from inje.posterior import _orders
from inje.runs import _survey, cluster_at, survey_worlds
from inje.scenario import load_scenario_and_record

#: worlds of a task here; in earnest it is ten million
SHARD = 1 << 13
PATHS = ("losses.ang.total", "arrival.reinforcements", "winner")
WANTED = {"seed": 3, "ess": 1000, "max_worlds": 1 << 15}


def bits(posterior):
    parts = [posterior.log_weight, *(posterior.draws[name] for name in sorted(posterior.draws))]
    return sha256(b"".join(part.tobytes() for part in parts)).hexdigest()


def killed_when_busy(client, dead):
    """Kill the first worker that is at work, without a word."""
    while not dead:
        for address, tasks in client.processing().items():
            if tasks:
                pid = client.run(os.getpid, workers=[address])[address]
                os.kill(pid, signal.SIGKILL)
                dead.append(pid)
                return
        time.sleep(0.02)


def main():
    from distributed import Client, LocalCluster

    scenario = load_scenario_and_record(Path(sys.argv[1]))
    _orders.SHARD = _survey.BLOCK = SHARD
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        address = cluster.scheduler_address
        dead = []
        with cluster_at(address) as executor, Client(address) as client:
            killer = threading.Thread(target=killed_when_busy, args=(client, dead))
            killer.start()
            survey = survey_worlds(
                scenario, worlds=6 * SHARD, paths=PATHS, executor=executor, shard=SHARD
            )
            killer.join()
            there = inje.condition(model(scenario), executor=executor, **WANTED)
    here = inje.condition(model(scenario), threads=1, **WANTED)
    alone = survey_worlds(scenario, worlds=6 * SHARD, paths=PATHS, threads=1)
    print(
        json.dumps(
            {
                "killed": len(dead),
                "survey": survey.to_json() == alone.to_json(),
                "posterior": bits(there) == bits(here),
                "worlds": there.diagnostics.worlds,
            }
        )
    )


def model(scenario):
    """The scenario with one claim of its record, which worlds of the prior explain."""
    record = scenario.dossier
    kept = next(claim for claim in record.claims if claim.about.startswith("losses"))
    claims = tuple(
        claim if claim is kept else claim.model_copy(update={"status": "rejected"})
        for claim in record.claims
    )
    return scenario.with_dossier(record.model_copy(update={"claims": claims}))


if __name__ == "__main__":
    main()
