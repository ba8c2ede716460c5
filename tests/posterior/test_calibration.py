"""Ranks of truths among posterior draws are uniform, and the test of it can fail."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from inje.dossier import Claim, ObservablePath, Value
from inje.posterior import ClaimModel, Setting, WeighedClaim
from inje.posterior._calibration import _rank, _reference, calibrated, holm, uniformity
from inje.posterior._categories import CATEGORIES
from inje.posterior._counts import COUNTS
from inje.posterior._transmission import Attestation

COLUMNS = ("strength.red", "losses.red.killed", "losses.red.wounded", "attacker", "rate")
SETTING = Setting(limit=3000, columns=frozenset(COLUMNS), labels={"attacker": ("red", "blue")})
INTERESTS = {"general": "blue"}


def _worlds(n, seed):
    rng = np.random.default_rng(seed)
    strength = np.rint(200 * np.exp(0.4 * rng.normal(size=n)))
    rate = np.exp(rng.normal(-2.5, 0.6, size=n))
    return {
        "strength.red": strength,
        "rate": rate,
        "losses.red.killed": rng.poisson(0.3 * rate * strength),
        "losses.red.wounded": rng.poisson(0.7 * rate * strength),
        "attacker": rng.integers(0, 2, n),
    }


def _weighed(id_, about, holder, carriers=(), original=None, **value):
    claim = Claim(id=id_, kind="report", holders=(holder,), about=about, value=Value(**value))
    path = ObservablePath.parse(about)
    interest = INTERESTS.get(holder)
    kind = CATEGORIES if path.quantity == "attacker" else COUNTS
    reading = kind.read(claim, path, interest, SETTING)
    made = Attestation(
        id_, holder, reading.invented(interest),
        tuple((name, reading.invented(INTERESTS.get(name))) for name in carriers),
        copying=0.8 if original else 0.0, repeats=bool(original), original=original or "",
    )  # fmt: skip
    return WeighedClaim(id_, about, reading, made)


@pytest.fixture(name="model", scope="module")
def _model():
    claims = (
        _weighed("c1", "strength.red", "general", ("book",), best=400, vagueness="rounded", to=100),
        _weighed("c2", "losses.red.killed_or_wounded", "book", best=15),
        _weighed("c3", "losses.red.lost_unspecified", "book", ("narrator",), best=8),
        _weighed("c4", "attacker", "general", ("book",), best="red"),
        _weighed("c5", "losses.red.killed_or_wounded", "narrator", original="c2", best=15),
        _weighed("c6", "losses.red.killed", "general", best=4),
    )
    return ClaimModel(claims, {"general": "D", "book": "B", "narrator": "F"}, {})


def _calibrate(model, battles, seed=1):
    return calibrated(
        model, _worlds(1 << 15, 1), _worlds(battles, 2), interests=INTERESTS, battles=battles,
        seed=seed,
    )  # fmt: skip


def test_ranks_are_uniform(model):
    found = _calibrate(model, 200)
    assert set(found.ranks) == {
        *COLUMNS, "log likelihood",
        "reliability of general", "reliability of book", "reliability of narrator",
    }  # fmt: skip
    assert found.holds, found.p_values


@pytest.mark.slow
def test_ranks_are_uniform_at_full_size(model):
    found = _calibrate(model, 2000, seed=3)
    assert found.holds, found.p_values


def test_a_wrong_kernel_is_caught(model):
    def wrong(claim):
        # Weighed as if everybody were right to the person: too sure of what is said.
        if not hasattr(claim.reading, "table"):
            return claim
        rows = np.zeros_like(claim.reading.table.rows)
        rows[claim.reading.span.low : claim.reading.span.high + 1] = 1.0
        return replace(
            claim, reading=replace(claim.reading, table=replace(claim.reading.table, rows=rows))
        )

    from inje.posterior import _calibration

    honest = _calibration.redrawn

    def spoiled(*args):
        said, r = honest(*args)
        return replace(said, claims=tuple(wrong(claim) for claim in said.claims)), r

    _calibration.redrawn = spoiled
    try:
        assert not _calibrate(model, 200).holds
    finally:
        _calibration.redrawn = honest


def test_what_has_no_other_contents_is_left_out_and_named(model):
    bound = _weighed("c7", "strength.red", "book", low=100, vagueness="at_least")
    found = _calibrate(replace(model, claims=(*model.claims, bound)), 5)
    assert found.left_out == ("c7",)


def test_uniform_ranks_pass_and_others_do_not():
    rng = np.random.default_rng(1)
    passed = [uniformity(rng.integers(0, 100, 300), 99) > 0.05 for _ in range(200)]
    assert 0.88 < np.mean(passed) <= 1.0
    assert uniformity(np.rint(99 * rng.beta(1.5, 1, 300)).astype(int), 99) < 0.01


def test_holm_corrects_for_the_number_of_quantities():
    corrected = holm({"a": 0.01, "b": 0.04, "c": 0.03})
    assert corrected == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06})


def test_the_envelope_is_that_of_the_binomial_law():
    """How often a truth lies among the lowest k of draws is binomial, k / (draws + 1) each."""
    from scipy import stats

    tail, least = _reference(12, 5)
    assert tail.shape == (5, 13)
    for k in range(5):
        law = stats.binom(12, (k + 1) / 6)
        for count in range(13):
            two_sided = 2 * min(law.cdf(count), 1 - law.cdf(count - 1))
            assert tail[k, count] == pytest.approx(min(two_sided, 1.0))
    assert least.size == 2000
    assert (np.diff(least) >= 0).all()


def test_a_rank_counts_what_lies_below_and_breaks_ties_at_random():
    rng = np.random.default_rng(1)
    values = np.array([1.0, 2.0, 2.0, 2.0, 5.0, np.inf, np.nan])
    assert _rank(4.0, values, rng) == 4
    assert {_rank(2.0, values, rng) for _ in range(200)} == {1, 2, 3, 4}
    assert {_rank(np.inf, values, rng) for _ in range(200)} == {5, 6, 7}
