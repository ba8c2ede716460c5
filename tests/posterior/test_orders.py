"""Orders of shards: what a process elsewhere weighs is what is weighed here, to the bit."""

from __future__ import annotations

import json
import zlib
from concurrent.futures import Future

import numpy as np
import pytest

from inje.dossier import load_dossier
from inje.posterior._assembly import assembled
from inje.posterior._orders import dealt, order_of, weigh_shard
from inje.posterior._proposal import LOG_RATIO, Mixture, Proposed
from inje.posterior._shards import CHUNK, Scale, merged
from inje.scenario import load_scenario

KEEP, PRIOR, SEED = 300, 40, 9


class Here:
    """An executor that does at once what it is given, and remembers it."""

    def __init__(self):
        self.tasks = []

    def submit(self, function, *task):
        self.tasks.append(task)
        future = Future()
        future.set_result(function(*task))
        return future


@pytest.fixture(scope="module")
def scenario(root):
    folder = root / "examples" / "inje-1946"
    return load_scenario(folder / "scenario.yaml").with_dossier(
        load_dossier(folder / "dossier.yaml")
    )


@pytest.fixture(scope="module")
def made(scenario):
    return assembled(scenario, seed=SEED, threads=1, letters={"n": "C"})


@pytest.fixture(scope="module")
def order(scenario):
    return order_of(scenario, seed=SEED, cut=(), letters={"n": "C"})


def proposed(made):
    d = made.particles.dimension
    means = np.zeros((2, d))
    means[1, 0] = 0.8
    return Proposed(
        made.particles, Mixture(np.array([0.3, 0.7]), means, np.array([np.eye(d)] * 2)), 5
    )


def same(one, other):
    assert (one.start, one.stop) == (other.start, other.stop)
    assert one.sums == other.sums
    assert one.kept.index.tolist() == other.kept.index.tolist()
    assert one.kept.log_weight.tobytes() == other.kept.log_weight.tobytes()
    assert one.first.keys() == other.first.keys()
    assert all(one.first[name].tobytes() == other.first[name].tobytes() for name in one.first)


@pytest.mark.parametrize("grain", [0.0, 0.1])
def test_worlds_of_the_prior_are_weighed_as_here(made, order, grain):
    scale = Scale(made.claims.coarsened(grain), KEEP, PRIOR, 4)
    found = weigh_shard(order(None, scale), 20, 500, -np.inf)
    same(found, scale.shard(made(20, 480), 20, -np.inf))
    assert len(next(iter(found.first.values()))) == PRIOR - 20
    assert found.kept.index.size == KEEP + 1


def test_worlds_of_a_proposal_are_weighed_by_prior_over_proposal(made, order):
    scale, drawn = Scale(made.claims, KEEP, PRIOR, 4), proposed(made)
    found = weigh_shard(order(drawn, scale), 0, 200, -np.inf)
    columns = drawn(0, 200)
    assert np.abs(columns[LOG_RATIO]).max() > 0.1
    same(found, scale.shard(columns, 0, -np.inf))


def test_a_floor_keeps_light_worlds_from_being_sent(made, order):
    scale = Scale(made.claims, KEEP, PRIOR, 4)
    whole = weigh_shard(order(None, scale), 0, 200, -np.inf)
    floor = float(np.median(whole.kept.priority))
    found = weigh_shard(order(None, scale), 0, 200, floor)
    heavy = whole.kept.priority >= floor
    assert found.kept.index.tolist() == whole.kept.index[heavy].tolist()
    assert found.sums == whole.sums, "all are weighed, though few are kept"


def test_what_is_larger_than_a_chunk_is_weighed_in_chunks(made, order, monkeypatch):
    from inje.posterior import _orders as orders

    scale = Scale(made.claims, 50, PRIOR, 4)
    monkeypatch.setattr(orders, "CHUNK", 128)
    found = weigh_shard(order(None, scale), 7, 7 + 300, -np.inf)
    parts = [scale.shard(made(at, n), at, -np.inf) for at, n in ((7, 128), (135, 128), (263, 44))]
    same(found, merged(parts))
    assert CHUNK > 300, "as a whole it is one"


def test_an_executor_gets_ranges_that_follow_one_another(made, order):
    scale, here = Scale(made.claims, KEEP, PRIOR, 4), Here()
    floors = iter([-np.inf, 0.0, 1.0])
    shards = dealt(here, order(None, scale), 100)
    found = list(shards(30, 260, lambda: next(floors)))
    assert [(low, high) for _, low, high, _ in here.tasks] == [(30, 130), (130, 230), (230, 260)]
    assert [floor for *_, floor in here.tasks] == [-np.inf, 0.0, 1.0]
    assert [(shard.start, shard.stop) for shard in found] == [(30, 130), (130, 230), (230, 260)]
    same(found[0], scale.shard(made(30, 100), 30, -np.inf))


def test_a_task_has_ten_million_worlds_where_nothing_else_is_said():
    asked = []

    class Asked:
        def submit(self, _function, _order, low, high, _floor):
            asked.append((low, high))
            future = Future()
            future.set_result(None)
            return future

    each = 160 * 2**16
    list(dealt(Asked(), b"")(0, 2 * each + 1, lambda: -np.inf))
    assert asked == [(0, each), (each, 2 * each), (2 * each, 2 * each + 1)]


def test_an_order_is_plain_json(made, order):
    scale = Scale(made.claims, KEEP, PRIOR, 4)
    said = json.loads(zlib.decompress(order(proposed(made), scale)))
    assert (said["keep"], said["prior"], said["kept_seed"], said["grain"]) == (KEEP, PRIOR, 4, 0.0)
    assert said["seed"] == SEED
    assert said["letters"] == {"n": "C"}
    assert said["proposal"]["shares"] == [0.3, 0.7]
