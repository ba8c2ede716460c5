"""Particles of a scenario, and batches of exact likelihoods: what is asked for, and no more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import special

from inje.posterior import _exactly, effective_size
from inje.posterior._exactly import BATCH, CHUNK, ROUNDS, _enough, _losses, _trimmed, _weighed
from inje.posterior._proposal import Mixture
from inje.posterior._weights import Kept
from inje.posterior._worlds import ScenarioParticles, Worlds, labels_with_none, recoded, units_of
from inje.scenario import load_scenario, parameters

# ---- a scenario's coordinates ----


@pytest.fixture(scope="module")
def particles(root):
    scenario = load_scenario(root / "examples" / "inje-1946" / "scenario.yaml")
    return ScenarioParticles(Worlds(scenario, 1), ("winner",))


def test_a_coordinate_is_the_normal_score_of_a_quantity(particles):
    quantities = parameters(particles.worlds.scenario)
    uncertain = {path for path, quantity in quantities.items() if quantity.prior}
    assert set(particles.names) == {*uncertain, "account"}
    assert (particles.dimension, particles.blocks) == (len(particles.names), 3)
    at = {"strength.detachment": 0.7, "rate.clash.attacker": -1.2}
    x = np.zeros((2, particles.dimension))
    for path, score in at.items():
        x[1, particles.names.index(path)] = score
    found = particles.given(x)
    assert set(found) == set(particles.names)
    for path in uncertain - {"strength.reinforcements"}:  # which derives from another
        quantity = quantities[path]
        uniform = special.ndtr(np.array([0.0, at.get(path, 0.0)]))
        assert found[path] == pytest.approx(quantity.quantile(uniform, found)), path
    assert found["strength.detachment"][1] > found["strength.detachment"][0]


def test_an_account_is_chosen_by_its_weight(particles):
    """Five accounts of equal weight: a fifth of the normal law each."""
    x = np.zeros((6, particles.dimension))
    x[:, particles.names.index("account")] = special.ndtri([0.1, 0.199, 0.201, 0.5, 0.799, 0.99])
    assert particles.given(x)["account"].tolist() == [0, 0, 1, 2, 3, 4]
    huge = np.full((1, particles.dimension), 40.0)
    assert particles.given(huge)["account"].tolist() == [4]
    assert all(np.isfinite(values).all() for values in particles.given(huge).values())
    assert all(np.isfinite(values).all() for values in particles.given(-huge).values())


def test_without_accounts_each_cause_is_chosen(particles):
    scenario = particles.worlds.scenario.model_copy(update={"accounts": ()})
    alone = ScenarioParticles(Worlds(scenario, 1), ("winner",))
    assert alone.names[-2:] == ("attacker", "instigator")
    x = np.zeros((2, alone.dimension))
    x[:, -2] = special.ndtri([0.49, 0.51])
    assert alone.given(x)["attacker"].tolist() == [0, 1]


def test_codes_and_labels_of_nobody():
    labels = labels_with_none({"winner": ("a", "b"), "attacker": ("a", "b"), "control.x": ("a",)})
    assert labels == {"winner": ("a", "b", "none"), "attacker": ("a", "b"),
                      "control.x": ("a", "none")}  # fmt: skip
    found = recoded({"winner": np.array([-1.0, 0.0]), "duration": np.array([-1.0])}, labels)
    assert found["winner"].tolist() == [2, 0]
    assert found["duration"].tolist() == [-1.0]


def test_units_are_those_of_quantities_and_of_kinds(particles):
    paths = ("rate.clash.attacker", "losses.ang.killed", "duration", "winner")
    assert units_of(particles.worlds.scenario, paths) == {
        "rate.clash.attacker": "losses per opponent and day",
        "losses.ang.killed": "people",
        "duration": "days",
    }


# ---- batches of exact likelihoods ----


class Flat:
    """A duel whose likelihood is the same everywhere, or nearly nowhere."""

    dimension = 2

    def __init__(self, log_likelihood=lambda x: np.zeros(len(x))):
        self.asked, self.log = [], log_likelihood

    def log_likelihood(self, x):
        self.asked.append(len(x))
        return self.log(x)


@pytest.fixture
def prior(monkeypatch):
    one = Mixture(np.ones(1), np.zeros((1, 2)), np.eye(2)[None])
    monkeypatch.setattr(_exactly, "_pilot", lambda _duel, _seed: one)
    return one


def weighed(duel, ess, most, told=None):
    with ThreadPoolExecutor(1) as pool:
        return _weighed(duel, 7, ess, most, pool, told)


def test_batches_double_until_enough_are_effective(prior):
    duel, told = Flat(), []
    x, log_weight, done = weighed(duel, 2.5 * BATCH, 10**6, lambda *said: told.append(said))
    assert len(x) == len(log_weight) == 4 * BATCH
    assert effective_size(log_weight) >= 2.5 * BATCH > effective_size(log_weight[: 2 * BATCH])
    assert done == sum(ROUNDS) + 4 * BATCH == sum(duel.asked)
    assert max(duel.asked) == CHUNK
    assert told == [
        (sum(ROUNDS) + n, pytest.approx(effective_size(log_weight[:n])))
        for n in (2 * BATCH, 4 * BATCH)
    ]
    assert len(np.unique(x[:, 0])) == len(x), "no draw comes twice"


@pytest.mark.parametrize(("most", "batches"), [(0, 1), (1, 2), (2, 2), (3, 4)])
def test_no_more_are_computed_than_are_allowed(prior, most, batches):
    """`most` counts the rounds of refitting too: just enough, and one too few."""
    bound = sum(ROUNDS) + BATCH * {0: 2, 1: 2, 2: 4, 3: 4}[most] - (most % 2 == 0)
    x, _, done = weighed(Flat(), 1e9, bound)
    assert len(x) == batches * BATCH
    assert done == sum(ROUNDS) + len(x)


def test_what_the_rounds_learn_makes_the_batches_effective(prior):
    """A likelihood that is normal around (2, -1), a third as wide as the prior."""
    centre, spread = np.array([2.0, -1.0]), 1 / 3

    def log(x):
        return -0.5 * np.square((x - centre) / spread).sum(axis=1)

    x, log_weight, _ = weighed(Flat(log), 300.0, 10**6)
    assert len(x) == BATCH, "the first batch is enough"
    weight = np.exp(log_weight - log_weight.max())
    mean = weight @ x / weight.sum()
    precision = 1 + 1 / spread**2
    assert mean == pytest.approx(centre / spread**2 / precision, abs=0.06)


def test_a_likelihood_that_nothing_meets_teaches_nothing(prior):
    def log(x):
        return np.where(np.arange(len(x)) == 0, 0.0, -np.inf)

    x, log_weight, _ = weighed(Flat(log), 4.0, sum(ROUNDS) + BATCH)
    assert len(x) == BATCH
    assert np.isfinite(log_weight).sum() == BATCH / CHUNK


def test_components_of_no_weight_are_dropped():
    mixed = Mixture(np.array([0.0, 1.0]), np.array([[0.0], [3.0]]), np.ones((2, 1, 1)))
    assert _trimmed(mixed).means.tolist() == [[3.0]]
    assert _trimmed(mixed).shares.tolist() == [1.0]


def kept(log_weight):
    return Kept.of(len(log_weight), 0, log_weight, {}, 3)


def test_the_smallest_sample_that_is_effective_enough():
    assert _enough(kept(np.zeros(1000)), 99.5).index.size == 100
    assert _enough(kept(np.zeros(50)), 99.5).index.size == 50, "there are no more"
    log_weight = np.random.default_rng(1).standard_normal(2000)
    sizes, size = [], 120
    while size < 2000:
        fewer = Kept.merged([Kept.of(size, 0, log_weight, {}, 3)]).settled()
        sizes.append((size, effective_size(fewer.log_weight)))
        size += size // 4 + 1
    expected = next(size for size, effective in sizes if effective >= 120)
    assert expected > 120
    assert _enough(kept(log_weight), 120).index.size == expected


def test_losses_are_drawn_by_chunks_that_know_their_place():
    seen = []

    class Duel:
        reports = (SimpleNamespace(date=0, side=1),)
        engagement = SimpleNamespace(sides=("red", "blue"))

        @staticmethod
        def path(_report):
            return "losses.blue.total@1901-05-03"

        @staticmethod
        def paths(x, rng):
            seen.append((len(x), rng.integers(0, 2**62)))
            found = np.zeros((len(x), 2, 2), np.int64)
            found[:, 0, 1], found[:, 1, 0], found[:, 1, 1] = x[:, 0], 5, 6
            return found

    x = np.arange(2.0 * CHUNK + 3)[:, None]
    with ThreadPoolExecutor(1) as pool:
        found = _losses(Duel(), x, 9, pool)
        again = _losses(Duel(), x[CHUNK:], 9, pool)
        assert _losses(Duel(), x[:0], 9, pool) == {}
    assert found["losses.blue.total@1901-05-03"].tolist() == x[:, 0].tolist()
    assert set(found["losses.red.total"]) == {5}
    assert set(found["losses.blue.total"]) == {6}
    assert [size for size, _ in seen[:3]] == [CHUNK, CHUNK, 3]
    assert len({number for _, number in seen[:3]}) == 3, "no two chunks draw alike"
    philox = np.random.Generator(np.random.Philox(key=[9, CHUNK]))
    assert seen[1][1] == philox.integers(0, 2**62)
    assert len(again["losses.red.total"]) == CHUNK + 3
