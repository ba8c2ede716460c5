"""What a comparison rests on: every assumption varied, every figure with its error."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.answers.conftest import RIVAL

from inje.answers import Comparison, change_letters, compare_accounts
from inje.answers._contributing import parts_of
from inje.answers._evidence import Panel, panels_of
from inje.answers._hypotheses import rivals_of
from inje.answers._politics import plays_of
from inje.answers._readings import ALTERNATIVES, readings_of
from inje.answers._refought import drawn_from
from inje.posterior import Assumptions, Posterior, compile_claims, condition_scenario
from inje.scenario import Scenario

#: two losses, one of them "lost", which are only met where the attackers are who they are
LOSSES = frozenset({"c20", "c21"})


@pytest.fixture(scope="module")
def fought(example: Scenario) -> Posterior:
    """The example on the rival claims and two losses, so that worlds differ in what they say."""
    kept = RIVAL | LOSSES
    claims = tuple(claim for claim in example.dossier.claims if claim.id in kept)
    said = tuple(
        account.model_copy(update={"says": {c: p for c, p in account.says.items() if c in kept}})
        for account in example.accounts
    )
    record = example.dossier.model_copy(update={"claims": claims})
    scenario = example.model_copy(update={"accounts": said}).with_dossier(record)
    return condition_scenario(scenario, seed=1, ess=1000, max_worlds=1 << 16, threads=1)


@pytest.fixture(scope="module")
def compared(fought: Posterior) -> Comparison:
    (found,) = compare_accounts(fought)
    return found


def _compiled(posterior, assumed):
    model = compile_claims(
        posterior.scenario.dossier, posterior.scenario, posterior.draws, posterior.labels, assumed
    )
    return {claim.id: claim for claim in model.claims}


def test_the_range_of_contents_and_the_senses_of_lost_are_what_is_assumed(fought):
    stated, wide = (_compiled(fought, Assumptions(contents=x)) for x in (10, 20))
    assert wide["c20"].reading.setting.limit == 2 * stated["c20"].reading.setting.limit
    # The same number is one of more that may be invented.
    assert wide["c20"].attestation.invented < stated["c20"].attestation.invented
    killed = _compiled(fought, Assumptions(senses={"killed": 1.0}))["c21"].reading
    assert killed.columns == ("losses.iranian_army.killed",)
    assert sum(weight for weight, _ in stated["c21"].reading.senses) == pytest.approx(1)
    assert len(stated["c21"].reading.senses) == 3


def test_every_assumption_about_speakers_is_varied(compared):
    shifts = {bearing.label: bearing.shift for bearing in compared.bearings}
    assert set(ALTERNATIVES) <= set(shifts)
    for label in ("lost mostly means killed", "counts go half as far", "counts go twice as far"):
        assert shifts[label] > 0
    # They are part of the joint range, not only of the single changes.
    ends = [corner.label for pair in compared.pairs for corner in (pair.low, pair.high)]
    assert any("lost mostly" in label or "counts go" in label for label in ends)


def test_what_no_claim_depends_on_is_said_to_change_nothing(weighed):
    """Who attacked and who was behind it: no number among the claims."""
    (found,) = compare_accounts(weighed)
    shifts = {bearing.label: bearing.shift for bearing in found.bearings}
    for label in ALTERNATIVES:
        assert (shifts[label] == 0) == ("interest" not in label)


def test_without_the_game_stands_beside_what_the_game_adds(compared, fought):
    assert "the political game and claims on its moves" in compared.assumes
    for name, chance in fought.probabilities("account").items():
        spread = np.hypot(chance.error, compared.without_game_errors[name])
        assert compared.without_game[name] == pytest.approx(chance.value, abs=4 * spread)
    assert sum(compared.without_game.values()) == pytest.approx(1)
    # The game tells those apart between whom no claim does.
    assert compared.without_game["probe"] == pytest.approx(compared.without_game["punish"])
    assert compared.posterior["spoiler"] > compared.posterior["punish"] + 0.02


def test_without_a_game_there_is_nothing_beside(fought):
    scenario = fought.scenario.model_copy(update={"crisis": None})
    bare = scenario.with_dossier(fought.scenario.dossier)
    (found,) = compare_accounts(_with(fought, bare))
    assert found.without_game == found.posterior
    assert "no political game" in found.assumes


def _with(posterior, scenario):
    return replace(posterior, scenario=scenario)


def test_other_letters_say_what_they_rest_on_and_agree_with_the_comparison(fought):
    changed = change_letters(fought, {"book": "C"})
    assert "without the political game" in changed.assumes
    (found,) = compare_accounts(changed.posterior)
    for chance in changed.chances:
        if chance.name == "account":
            spread = np.hypot(chance.error, found.without_game_errors[chance.label])
            assert found.without_game[chance.label] == pytest.approx(chance.after, abs=4 * spread)
            assert 0 < chance.before_error < 0.1
    assert found.without_game != found.posterior


@pytest.fixture(scope="module")
def panel(fought: Posterior) -> tuple[Panel, object, list[str]]:
    (rivals,) = rivals_of(fought.scenario)
    plays = plays_of(fought.scenario.crisis, [h.id for h in rivals.hypotheses])
    models = readings_of(fought, plays)
    whole, _ = panels_of(drawn_from(fought), fought.claims, models, rivals, plays, 1024)
    return whole, models[""], sorted(RIVAL | LOSSES)


def _part(panel: Panel, rows: slice) -> Panel:
    terms = tuple(tuple(t[:, rows] for t in courses) for courses in panel.terms)
    kept = panel.log_mixture[rows]
    share = panel.effective * kept.size / panel.worlds
    return Panel(panel.names, panel.plays, panel.rows, terms, kept, share)


def test_errors_of_contributions_are_those_of_worlds_drawn_again(panel):
    """Sixteen parts of the worlds apart: their figures scatter as the errors say."""
    whole, model, claims = panel
    size = whole.worlds // 16
    parts = [
        parts_of(_part(whole, slice(k * size, (k + 1) * size)), model, claims, seed=1)
        for k in range(16)
    ]
    for claim in ("c20", "c21"):
        for pair in (3, 6, 8):  # somebody against the other side first
            values = np.array([part.left_out[claim][pair] for part in parts])
            claimed = np.array([part.left_out_errors[claim][pair] for part in parts])
            assert claimed.mean() > 0
            # The spread of 16 has a relative error of a fifth; few independent worlds add to it.
            assert 0.4 < values.std(ddof=1) / claimed.mean() < 2.5


def test_a_claim_that_no_world_bears_on_is_left_out_without_error(panel):
    whole, model, claims = panel
    found = parts_of(whole.thinned(256), model.without(LOSSES), sorted(RIVAL), seed=1)
    assert max(errors.max() for errors in found.left_out_errors.values()) < 1e-9
    assert set(claims) > LOSSES


def test_every_figure_of_a_comparison_has_an_error(compared):
    for pair in compared.pairs:
        assert pair.error >= 0
        for corner in (pair.low, pair.high, *pair.corners):
            assert 0 <= corner.error < 2
        for part in pair.contributions:
            assert np.isfinite([part.error, part.left_out_error]).all()
    last = next(p for p in compared.pairs if p.second == "other-side-first")
    assert last.error > 0.01
    for chances in (
        compared.errors,
        compared.without_game_errors,
        *(b.errors for b in compared.bearings),
    ):
        assert set(chances) == set(compared.labels)
        assert 0.001 < chances["other-side-first"] < 0.05
    for claim, cells in compared.table.items():
        for name, cell in cells.items():
            error = compared.table_errors[claim][name]
            assert (error > 0) == (cell != "shared" and claim in LOSSES)
    assert 0 < compared.statecraft.settlement.error < 0.1
