"""Rounds that lead to the claims, and figures read no closer than worlds can meet them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from inje.dossier import Claim, Dossier, ObservablePath, Value
from inje.posterior import (
    Setting,
    Supply,
    Wanted,
    WeighedClaim,
    conditioned,
    load_posterior,
    pooled,
    save_posterior,
)
from inje.posterior import _conditioning as conditioning
from inje.posterior import _escalation as escalation
from inje.posterior._claims import ClaimModel
from inje.posterior._counts import COUNTS
from inje.posterior._populations import FEWEST
from inje.posterior._proposal import Mixture, Proposed, _apart, prior_of
from inje.posterior._rounds import (
    LATE,
    ROUND,
    ROUNDS,
    TOGETHER,
    _joined,
    _Rounds,
    led,
)
from inje.posterior._tempering import fought_each
from inje.posterior._transmission import Attestation
from inje.posterior._weights import uniforms_of
from inje.posterior._worlds import MANY_FALL, Worlds
from inje.scenario import (
    Clock,
    Engagement,
    Force,
    Place,
    Quantity,
    Scenario,
    Side,
    load_scenario,
)

LIMIT = 20_000
ASSUMED = {"assumed": "a test"}


def paths(columns):
    return [f"strength.s{i}" for i in range(columns)]


def reading(path, figure):
    setting = Setting(limit=LIMIT, columns=frozenset({path}), kappa=0.0)
    claim = Claim(id="c", kind="fact", holders=("n",), about=path, value=Value(best=figure))
    return COUNTS.read(claim, ObservablePath.parse(path), None, setting)


def record(*figures):
    """Exact figures, one or more of each column, every one by a source of its own."""
    claims, letters = [], {}
    for column, own in enumerate(figures):
        for k, figure in enumerate(own):
            made, holder = reading(f"strength.s{column}", figure), f"n{column}-{k}"
            letters[holder] = "B"
            attested = Attestation(f"c{column}-{k}", holder, made.invented(None))
            claims.append(WeighedClaim(attested.claim, f"strength.s{column}", made, attested))
    return ClaimModel(tuple(claims), letters, {})


class Noisy:
    """Counts that are Poisson given a coordinate each; one coordinate more is idle."""

    blocks = 1

    def __init__(self, columns, median, spread):
        self.columns, self.median, self.spread = columns, median, spread

    @property
    def dimension(self):
        return self.columns + 1

    def simulate(self, x, keys):
        found = {}
        for i, path in enumerate(paths(self.columns)):
            mean = self.median * np.exp(self.spread * x[:, i])
            chance = uniforms_of(keys[:, 0], 77 + i)
            found[path] = stats.poisson.ppf(chance, mean)
        return found

    def worlds(self, seed):
        def simulate(start, worlds):
            x, keys = prior_of(self, seed).particles(np.arange(start, start + worlds))
            return self.simulate(x, keys)

        return simulate

    def truth(self, claims, column=0, top=4000):
        """The law of one count given its own claims: numbers, posterior, log evidence."""
        z = np.arange(1, top)
        nodes = np.linspace(-5, 5, 401)
        share = stats.norm.pdf(nodes)
        means = self.median * np.exp(self.spread * nodes)
        prior = (share / share.sum()) @ stats.poisson.pmf(z, means[:, None])
        own = [c for c in claims.claims if c.about == f"strength.s{column}"]
        alone = replace(claims, claims=tuple(own))
        joint = prior * np.exp(alone.log_weight({f"strength.s{column}": z}))
        return z, joint / joint.sum(), float(np.log(joint.sum()))


def scenario():
    return Scenario(
        title="a test",
        clock=Clock(start="1946-04-17", end="1946-04-21"),
        sides=(Side(id="red", name="Red"), Side(id="blue", name="Blue")),
        places=(Place(id="hill", name="Hill", contested=True),),
        forces=tuple(
            Force(id=side, side=side, place="hill", strength=Quantity(value=300, **ASSUMED))
            for side in ("red", "blue")
        ),
        engagements=(
            Engagement(
                id="e", place="hill", sides=("red", "blue"),
                rates={side: Quantity(value=0.01, **ASSUMED) for side in ("red", "blue")},
            ),
        ),
    ).with_dossier(Dossier())  # fmt: skip


def weighed(model, claims, seed, *, ess=1500, threads=2, most=1 << 20):
    return conditioned(
        scenario(), claims, Supply(model.worlds(seed), {}, {}, model),
        Wanted(ess=ess, max_worlds=most, threads=threads, seed=seed),
    )  # fmt: skip


# ---- the law that comes out ----

ONE = Noisy(1, 300, 0.5), record((820, 831))


def apart(seed):
    """By how many of its own errors each figure of a posterior is from the truth."""
    model, claims = ONE
    z, law, evidence = model.truth(claims)
    got = weighed(model, claims, seed)
    drawn, known = got.draws["strength.s0"], got.diagnostics
    assert known.method == "narrowing"
    assert not got.failed
    assert claims.coarsened(0.01).coarse == ("c0-0", "c0-1")
    assert got.claims.grain == 0, "the exact law could be had"
    events = [drawn == 820, drawn == 831, drawn < 700, (drawn > 821) & (drawn < 831), drawn > 900]
    expected = [law[e(z)].sum() for e in (
        lambda z: z == 820, lambda z: z == 831, lambda z: z < 700,
        lambda z: (z > 821) & (z < 831), lambda z: z > 900,
    )]  # fmt: skip
    found = [got.probability(event) for event in events]
    scores = [(f.value - e) / f.error for f, e in zip(found, expected, strict=True)]
    return [*scores, (known.log_evidence - evidence) / known.evidence_error]


def test_worlds_that_rounds_led_to_have_the_exact_law():
    """Beyond 4.5 of its own errors lies one figure in 100,000."""
    assert np.abs(apart(1)).max() < 4.5


@pytest.mark.slow
def test_the_errors_of_worlds_that_rounds_led_to_are_honest():
    """Over 60 seeds: root mean squares of z have a standard error of .09."""
    scores = np.array([apart(seed) for seed in range(60)])
    size = np.sqrt(np.square(scores).mean(axis=0))
    print(size, scores.mean(axis=0))
    assert (size > 0.7).all()
    assert (size < 1.4).all()
    assert (np.abs(scores.mean(axis=0)) < 0.6).all()


def test_the_same_numbers_on_one_thread():
    model, claims = ONE
    one, two = (weighed(model, claims, 3, threads=threads) for threads in (1, 2))
    assert np.array_equal(one.log_weight, two.log_weight)
    assert np.array_equal(one.draws["strength.s0"], two.draws["strength.s0"])


def test_rounds_end_and_what_is_idle_keeps_its_prior():
    model, claims = ONE
    told = []
    found = led(model, claims, seed=4, progress=told.append)
    assert found.worlds == len(told) * ROUND <= ROUNDS * ROUND
    assert found.width == told[-1] == 0.0
    assert sum(width <= 0.01 for width in told) == LATE + 1
    assert told == sorted(told, reverse=True)
    assert found.mixture.moved.tolist() == [0]


def test_rounds_whose_claims_no_world_can_meet_end_too():
    claims = record((300,))
    never = replace(claims.claims[0], attestation=Attestation("c0-0", "n0-0", 0.0))
    impossible = replace(never, reading=reading("strength.s0", 300))
    model = Noisy(1, 3e-9, 0.1)  # nobody, in every world
    found = led(model, ClaimModel((impossible,), {"n0-0": "B"}, {}), seed=1, size=1 << 10)
    assert found.worlds <= ROUNDS << 10
    assert np.isfinite(found.mixture.log_ratio(np.zeros((1, 2)))).all()


# ---- rounds beside naive twins ----


def mixture(mean, spread):
    return Mixture(
        np.array([0.1, 0.9]), np.array([[0.0, 0.0], [mean, 0.0]]),
        np.stack([np.eye(2), np.diag([spread, 1.0])]),
    )  # fmt: skip


def test_every_world_is_weighed_by_all_mixtures_that_are_remembered():
    model = Noisy(1, 300, 0.5)
    mixtures = [mixture(0.3 * k, 0.5) for k in range(TOGETHER + 2)]
    rounds = _Rounds.of(Proposed(model, mixtures[0], 0), 16)
    for turn, each in enumerate(mixtures[1:], 1):
        rounds = rounds.and_then(Proposed(model, each, turn))
    kept = mixtures[-TOGETHER:]
    drawn = [m.draw(np.arange(16), len(mixtures) - TOGETHER + k) for k, m in enumerate(kept)]
    x = np.concatenate(drawn)
    assert np.array_equal(rounds.x, x)
    ratios = np.array([np.exp(-m.log_ratio(x)) for m in kept])
    assert rounds.log_ratio == pytest.approx(-np.log(ratios.mean(axis=0)))
    assert len(rounds.columns["strength.s0"]) == 16 * TOGETHER


def test_mixtures_joined_have_the_mean_of_their_densities():
    parts = (mixture(1.0, 0.3), mixture(-2.0, 0.8), mixture(0.4, 0.1))
    x = np.random.default_rng(1).standard_normal((50, 2)) * 2
    mean = np.mean([np.exp(-part.log_ratio(x)) for part in parts], axis=0)
    assert _joined(parts).log_ratio(x) == pytest.approx(-np.log(mean))
    assert _joined(parts).shares.sum() == pytest.approx(1.0)


# ---- figures that no world meets exactly ----


def test_only_exact_figures_that_are_large_are_read_to_a_width():
    assert reading("strength.s0", 49).coarsened(0.01).grain == 0
    assert reading("strength.s0", 50).coarsened(0.01).grain == 0.01
    wide = replace(
        reading("strength.s0", 3000), span=type(reading("strength.s0", 1).span)(2500, 3499)
    )
    assert wide.coarsened(0.01) is wide
    claims = record((30, 3000))
    assert claims.coarsened(0.01).coarse == ("c0-1",)
    assert claims.coarse == ()
    assert claims.blur == record((30,)).coarsened(0.01).blur == 0, "nothing is read to a width"
    assert claims.coarsened(0.03).blur == pytest.approx(0.02)
    assert claims.coarsened(0) is claims
    assert claims.coarsened(0.01).without(("c0-0",)).graded({"n0-1": "E"}).grain == 0.01
    exact, read = (m.claims[1].reading for m in (claims, claims.coarsened(0.01)))
    z = np.array([2900, 2990, 3000, 3010])
    smooth = exact.tracking({"strength.s0": np.array([2999])})[0]
    assert exact.tracking({"strength.s0": z})[2] > 100 * smooth
    # a normal of 1 % about the figure: 30 people
    near = read.tracking({"strength.s0": z}) - exact.tracking(
        {"strength.s0": np.array([1, 2990, 2999, 3010])}
    )
    law = (1 / 3) * stats.norm.pdf(np.log(z / 3000) / 0.01) / 30
    assert near[1:] == pytest.approx(law[1:], rel=0.05)
    assert read.tracking({"strength.s0": z}, 0.005) == pytest.approx(
        read.tracking({"strength.s0": z})
    )
    assert (read.tracking({"strength.s0": z}, 0.3) != read.tracking({"strength.s0": z})).all()


def _figures(claims, model):
    z, law, evidence = model.truth(claims, top=9000)
    return np.array([(z * law).sum(), law[z > 3000].sum(), evidence])


def test_what_reading_to_a_width_changes_is_of_second_order():
    """One exact figure, a prior of a spread of .3: (.01 / .3)^2 / 2 is five in ten thousand."""
    model, claims = Noisy(1, 2400, 0.3), record((3000,))
    exact = _figures(claims, model)
    fine, rough, most = (
        np.abs(_figures(claims.coarsened(g), model) - exact) for g in (0.01, 0.02, 0.03)
    )
    assert (fine / exact)[0] < 2e-4
    assert fine[2] < 2e-3
    assert rough[2] / fine[2] == pytest.approx(4, rel=0.2)
    # less than is told, for a spread of .15: the prior of this one is twice as wide
    assert 0 < most[2] < claims.coarsened(0.03).blur
    assert (most / exact)[0] < claims.coarsened(0.03).blur / 10


THREE = Noisy(3, 2400, 0.5), record((3100,), (1900,), (2600,))


@pytest.fixture(scope="module", name="read_to_a_width")
def _read_to_a_width():
    return weighed(*THREE, seed=5, ess=1000, most=1 << 18)


def test_figures_that_no_world_meets_together_are_read_to_one_in_a_hundred(read_to_a_width):
    model, claims = THREE
    got = read_to_a_width
    assert not got.failed
    assert got.claims.grain == 0.01
    told = "read to 1 %, no closer (what each weighs is wrong by some 0.2 %): c0-0, c1-0, c2-0."
    assert told in got.diagnostics.sentence
    evidence = 0.0
    for column in range(3):
        z, law, own = model.truth(claims, column, top=12_000)
        evidence += own
        drawn = got.draws[f"strength.s{column}"]
        for level in (0.1, 0.9):
            edge = z[np.searchsorted(np.cumsum(law), level)]
            found = got.probability(drawn < edge)
            # the approximation itself, (.01 / .15)^2 / 2, and errors of chance
            assert found.value == pytest.approx(law[z < edge].sum(), abs=4.5 * found.error + 0.003)
    assert got.diagnostics.log_evidence == pytest.approx(
        evidence, abs=4.5 * got.diagnostics.evidence_error + 0.01
    )


def test_the_width_of_reading_survives_the_file(read_to_a_width, tmp_path):
    # The claims of this test are no claims of its record, so a file gives back the width alone.
    # Nor are its particles those of a scenario.
    kept = replace(read_to_a_width, particles={})
    again = load_posterior(save_posterior(kept, tmp_path / "posterior.nc"))
    assert again.claims.grain == 0.01


def test_what_is_read_more_coarsely_is_no_posterior_to_rely_on(monkeypatch):
    for module in (escalation, conditioning):
        monkeypatch.setattr(module, "GRAINS", (1e-4,))
    got = weighed(*THREE, seed=5, ess=1000, most=1 << 20)
    assert got.failed
    assert got.claims.grain == 0.1
    assert "read to 10 %, no closer: c0-0" in got.diagnostics.sentence
    assert "question one of the figures" in got.diagnostics.remedy
    assert "c0-0 (strength.s0)" in got.diagnostics.remedy


# ---- bounds ----


@pytest.mark.parametrize("allowed", [1, 1 << 14, 1 << 19])
def test_no_run_fights_more_worlds_than_the_docs_say(allowed):
    """Ten million effective worlds are wanted of a record that no world meets."""
    fought = []

    class Counting(Noisy):
        def simulate(self, x, keys):
            fought.append(len(x))
            return super().simulate(x, keys)

    model, claims = Counting(3, 2400, 0.5), record((3100,), (1900,), (2600,))
    got = weighed(model, claims, 5, ess=1e7, most=allowed)
    assert got.failed
    assert got.diagnostics.remedy
    assert 0 < sum(fought) <= 1.5 * allowed + 740_000
    assert got.diagnostics.worlds <= sum(fought) + 2 * len(got.log_weight)


@pytest.mark.parametrize("most", [FEWEST, 1_500_000])
def test_populations_fight_no_more_worlds_than_they_may(most):
    claims, fought = ONE[1], []

    class Counting(Noisy):
        def simulate(self, x, keys):
            fought.append(len(x))
            return super().simulate(x, keys)

    pool = pooled(Counting(1, 300, 0.5), claims, ess=1e9, most=most, seed=1)
    assert sum(fought) <= most
    assert sum(map(fought_each, pool.infos)) * pool.x.shape[0] / len(pool.infos) <= sum(fought)


def test_where_many_fall_worlds_count_for_more(root):
    scenario_ = load_scenario(root / "examples" / "inje-1946" / "scenario.yaml")
    worlds = Worlds(scenario_, 1)
    totals = [f"losses.{side.id}.total" for side in scenario_.sides]
    fallen = worlds.at(np.arange(512), [path for path in totals if path in worlds.columns])
    assert fallen
    expected = 1 + sum(float(np.mean(values)) for values in fallen.values()) / MANY_FALL
    assert worlds.burden == pytest.approx(expected)
    assert 1 < worlds.burden < 1.01


def test_what_is_right_but_for_its_size_is_told_rather_than_read_coarsely():
    """Figures below 17 are read to the last person where others are read to three in a hundred."""
    model, claims = Noisy(1, 7, 0.5), record((14, 16))
    got = weighed(model, claims, 2, ess=40_000, most=1 << 20)
    assert got.failed
    assert got.claims.grain == 0
    assert 4000 <= got.diagnostics.ess < 40_000
    assert "too few of them are effective" in got.diagnostics.sentence
    assert "raise --max-worlds" in got.diagnostics.remedy
    z, law, _ = model.truth(claims, top=400)
    drawn = got.draws["strength.s0"]
    for figure in (14, 16):
        found = got.probability(drawn == figure)
        assert found.value == pytest.approx(law[z == figure].sum(), abs=4.5 * found.error)


def test_particles_lie_apart_by_their_means_and_by_how_close_they_lie():
    """Means 2 and 5, variances 1 and 4, half of them each: a quarter of 3^2 + log(4)^2."""
    x = np.array([[1.0], [3.0], [3.0], [7.0]])
    on = np.array([True, True, False, False])
    assert _apart(on, x) == pytest.approx((9 + np.log(4) ** 2) / 4)
    assert _apart(~on, x) == pytest.approx(_apart(on, x))
    assert _apart(np.array([True] * 4), x) == 0.0
