"""Hidden sources: families, atoms, scores, and that nothing of the hidden family is seen."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from scipy import stats

from inje import gallery
from inje.datasets import acw
from inje.gallery import _copying, _hidden_source, _testimony


@pytest.fixture
def known(data, monkeypatch):
    monkeypatch.setenv("INJE_DATA", str(data))
    return _testimony.figures(acw())


def test_families_are_who_copies_whom(known):
    family = dict(zip(known.sources, _testimony.families(known), strict=True))
    assert family["wikipedia2017"] == family["cwsac1993"] == family["civilwartrust2015"]
    assert family["livermore1900"] == family["clodfelter2008"]
    assert len(set(family.values())) == 5
    pair = [known.sources.index(name) for name in ("wikipedia2017", "cwsac1993")]
    both = known.value[:, pair][~np.isnan(known.value[:, pair]).any(axis=1)]
    assert (both[:, 0] == both[:, 1]).mean() == pytest.approx(0.80, abs=0.005)


def test_evidence_holds_no_figure_of_the_family_and_disagrees(known):
    family = _testimony.families(known)
    hidden = known.sources.index("wikipedia2017")
    asked = _testimony.targets(known, hidden, family != family[hidden])
    assert np.isnan(asked.evidence[:, family == family[hidden]]).all()
    for row in asked.evidence:
        assert len(set(row[~np.isnan(row)])) > 1


def test_figures_of_the_hidden_family_teach_nothing(known):
    family = _testimony.families(known)
    hidden = known.sources.index("kennedy1998")
    noise = np.random.default_rng(1).integers(1, 9999, known.value.shape)
    blurred = np.where(family == family[hidden], noise, known.value)
    lessons = _hidden_source._lessons(known, family, hidden)
    same = _hidden_source._lessons(dataclasses.replace(known, value=blurred), family, hidden)
    assert len(lessons) == len(same)
    assert lessons.truth.tobytes() == same.truth.tobytes()
    assert lessons.evidence.tobytes() == same.evidence.tobytes()


def one_voice():
    atoms = np.log(np.array([[100.0, 100.0, 150.0, np.nan]]))
    masses = np.array([[0.15, 0.15, 0.1, 0.0]])
    return _copying.Voice(
        atoms, masses, np.array([0.6]), np.log(np.array([120.0])), np.array([0.2]), 5.0
    )


def test_the_log_score_has_atoms():
    voice = one_voice()
    assert voice.log_score(np.log([100.0])) == pytest.approx(np.log(0.3))
    assert voice.log_score(np.log([150.0])) == pytest.approx(np.log(0.1))
    density = stats.t.pdf(np.log(130 / 120), 5.0, scale=0.2)
    assert voice.log_score(np.log([130.0])) == pytest.approx(np.log(0.6 * density))
    assert voice.copied(np.log([150.0])).all()
    assert not voice.copied(np.log([151.0])).any()


def test_crps_agrees_with_draws():
    voice, rng = one_voice(), np.random.default_rng(5)
    which = rng.random(400_000)
    own = np.log(120) + 0.2 * rng.standard_t(5, 400_000)
    draws = np.where(which < 0.6, own, np.where(which < 0.9, np.log(100), np.log(150)))
    for y in (np.log(90.0), np.log(140.0)):
        expected = np.abs(draws - y).mean()
        expected -= np.abs(draws[:200_000] - draws[200_000:]).mean() / 2
        assert voice.crps(np.array([y]))[0] == pytest.approx(expected, abs=2e-3)


def test_crps_of_a_point_is_its_error():
    point = _copying.Voice(
        np.array([[1.0, np.nan]]), np.array([[1.0, 0.0]]), np.zeros(1), np.zeros(1), np.ones(1), 5.0
    )
    assert point.crps(np.array([1.7]))[0] == pytest.approx(0.7)


def made_targets(copying, rng, n=1500):
    truth = rng.normal(7, 1, n)
    evidence = truth[:, None] + rng.standard_t(5, (n, 4)) * 0.25
    evidence[rng.random((n, 4)) < 0.3] = np.nan
    keep = (~np.isnan(evidence)).sum(axis=1) > 1
    truth, evidence = truth[keep], evidence[keep]
    own = truth + rng.standard_t(5, len(truth)) * 0.25
    pick = np.array([rng.choice(row[~np.isnan(row)]) for row in evidence])
    y = np.where(rng.random(len(truth)) < copying, pick, own)
    return _testimony.Targets(y, evidence, np.arange(len(y)), np.zeros(len(y), int))


@pytest.mark.parametrize("copying", [0.1, 0.6])
def test_the_model_learns_how_much_is_copied_and_covers(copying):
    rng = np.random.default_rng(9)
    model = _copying.Copying.learn(made_targets(copying, rng))
    asked = made_targets(copying, rng)
    voice = model.voice(asked.evidence)
    assert 1 - voice.own.mean() == pytest.approx(copying, abs=0.05)
    assert voice.masses.sum(axis=1) + voice.own == pytest.approx(np.ones(len(asked)))
    own = ~voice.copied(asked.truth)
    inside = np.abs(voice.reached(asked.truth)[own] - 0.5) < 0.45
    assert inside.mean() == pytest.approx(0.9, abs=0.035)


def test_the_experiment_holds(known):
    found = {row.quantity: row for row in gallery.validate(["hidden-source"])}
    assert [row for row in found.values() if not row.holds] == []
    assert found["figures"].ours > 1000
