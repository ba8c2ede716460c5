"""Particles of a scenario, and batches of exact likelihoods: what is asked for, and no more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import special

from inje.posterior import _adapted, adapted, effective_size
from inje.posterior._exactly import (
    BATCH,
    CHUNK,
    FIRST_COURSE,
    ROUNDS,
    _by_path,
    _enough,
    _trimmed,
    _uniforms,
    _weighed,
)
from inje.posterior._proposal import Mixture
from inje.posterior._weights import Kept, uniforms_of
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

    dimension, days = 2, (1.0, 2.5)

    def __init__(self, log_likelihood=lambda x: np.zeros(len(x))):
        self.asked, self.log = [], log_likelihood

    def weighed(self, x, uniforms):
        self.asked.append(uniforms.shape)
        return self.log(x), np.repeat(uniforms[:, :, None], 2, axis=2)


PRIOR = Mixture(np.ones(1), np.zeros((1, 2)), np.eye(2)[None])


def weighed(duel, ess, most, told=None):
    with ThreadPoolExecutor(1) as pool:
        found = _weighed(duel, PRIOR, 7, ess, most, pool, told)
    return found.x, found.log_weight, found.evaluations


def test_batches_double_until_enough_are_effective():
    duel, told = Flat(), []
    x, log_weight, done = weighed(duel, 2.5 * BATCH, 10**6, lambda *said: told.append(said))
    assert len(x) == len(log_weight) == 4 * BATCH
    assert effective_size(log_weight) >= 2.5 * BATCH > effective_size(log_weight[: 2 * BATCH])
    assert done == sum(ROUNDS) + 4 * BATCH == sum(size for size, _ in duel.asked)
    assert max(duel.asked) == (CHUNK, 2)
    rounds = sum(ROUNDS) // CHUNK
    assert {dates for _, dates in duel.asked[:rounds]} == {0}, "they draw no losses"
    assert {dates for _, dates in duel.asked[rounds:]} == {2}
    assert told == [
        (sum(ROUNDS) + n, pytest.approx(effective_size(log_weight[:n])))
        for n in (2 * BATCH, 4 * BATCH)
    ]
    assert len(np.unique(x[:, 0])) == len(x), "no draw comes twice"


@pytest.mark.parametrize(("most", "batches"), [(0, 1), (1, 2), (2, 2), (3, 4)])
def test_no_more_are_computed_than_are_allowed(most, batches):
    """`most` counts the rounds of refitting too: just enough, and one too few."""
    bound = sum(ROUNDS) + BATCH * {0: 2, 1: 2, 2: 4, 3: 4}[most] - (most % 2 == 0)
    x, _, done = weighed(Flat(), 1e9, bound)
    assert len(x) == batches * BATCH
    assert done == sum(ROUNDS) + len(x)


def test_what_the_rounds_learn_makes_the_batches_effective():
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


def test_a_likelihood_that_nothing_meets_teaches_nothing():
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


def test_courses_of_losses_are_drawn_by_numbers_of_their_own():
    found = _uniforms(np.array([0, 5]), 3, 7)
    first = int(FIRST_COURSE)
    for row, draw in enumerate((0, 5)):
        own = np.array([first + 3 * draw + date for date in range(3)], np.uint64)
        assert found[row].tolist() == uniforms_of(own, 7).tolist()
    assert _uniforms(np.arange(4), 0, 7).shape == (4, 0)


def test_losses_go_by_the_paths_of_reports_and_in_all():
    duel = SimpleNamespace(
        reports=(SimpleNamespace(date=0, side=1),),
        engagement=SimpleNamespace(sides=("red", "blue")),
        path=lambda _report: "losses.blue.total@1901-05-03",
    )
    losses = np.arange(12).reshape(3, 2, 2)
    found = _by_path(duel, losses)
    assert found["losses.blue.total@1901-05-03"].tolist() == [1, 5, 9]
    assert found["losses.red.total"].tolist() == [2, 6, 10]
    assert found["losses.blue.total"].tolist() == [3, 7, 11]


@pytest.mark.parametrize(("spare", "batches"), [(2, 2), (3, 2), (4, 4)])
def test_an_exact_likelihood_is_asked_no_more_often_than_is_allowed(spare, batches):
    fitting = _adapted.ROUNDS * _adapted.FIT
    most = fitting + spare * _adapted.BATCH
    for allowed, wanted in ((most, batches), (fitting + batches * _adapted.BATCH - 1, batches / 2)):
        found = adapted(lambda x: np.zeros(len(x)), 1, ess=1e9, most=allowed)
        assert len(found.x) == wanted * _adapted.BATCH
        assert found.evaluations == fitting + len(found.x)
