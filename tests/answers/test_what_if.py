"""What-ifs: twins to the bit, structural changes, refusals, rankings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from inje.answers import change_cause, change_causes, rank_causes
from inje.answers._causes import changed, questions_of, said
from inje.answers._refought import drawn_from
from inje.ensemble import COUPLING, simulate_twins, simulate_worlds
from inje.errors import OptionError
from inje.posterior import Posterior, Worlds, condition_scenario, recoded
from inje.reporting import replay_draw
from inje.scenario import Prior, Quantity, Scenario

ABSENT = {"strength.reinforcements": 0.0}


def same(one: np.ndarray, other: np.ndarray) -> bool:
    return np.array_equal(np.asarray(one, float), np.asarray(other, float), equal_nan=True)


@pytest.fixture(scope="module")
def particles(weighed: Posterior) -> Posterior:
    """The posterior with worlds whose choices, fortunes and marks have addresses of their own."""
    size = weighed.log_weight.size
    random = np.random.default_rng(3)
    keys = random.integers(0, 1 << 40, (size, 3)).astype(np.uint64)
    given = drawn_from(weighed, 8).given
    own = {path: np.asarray(weighed.draws[path], float) for path in given}
    worlds = Worlds(weighed.scenario, weighed.diagnostics.seed)
    draws = worlds.at(keys, None, own)
    return replace(weighed, draws=draws, particles={"keys": keys})


@pytest.mark.parametrize("kind", ["weighed", "particles"])
def test_a_draw_told_again_is_the_world_that_was_weighed(kind, request):
    posterior = request.getfixturevalue(kind)
    for row in np.argsort(-posterior.log_weight)[:20].tolist():
        told = replay_draw(posterior, row)
        for side in ("ang", "iranian_army"):
            path = f"losses.{side}.total"
            assert told.values[path] == posterior.draws[path][row]


@pytest.mark.parametrize("kind", ["weighed", "particles"])
def test_the_unchanged_twin_is_the_weighed_world_itself(kind, request):
    posterior = request.getfixturevalue(kind)
    drawn = drawn_from(posterior, 256)
    rows = posterior.resampled(256)
    again = drawn.under(posterior.scenario, {})
    assert len(again) > 50
    for path, column in again.items():
        assert same(column, np.asarray(posterior.draws[path])[rows]), path


def test_twins_are_those_of_the_ensemble(weighed):
    drawn = drawn_from(weighed, 256)
    rest = {path: column for path, column in drawn.given.items() if path not in ABSENT}
    _, changed = simulate_twins(
        weighed.scenario,
        ABSENT,
        worlds=256,
        seed=weighed.diagnostics.seed,
        indices=drawn.keys,
        keys=drawn.keys,
        parameters=rest,
    )
    ours = drawn.under(weighed.scenario, ABSENT)
    theirs = recoded(changed.columns, drawn.worlds.labels)
    assert all(same(theirs[path], ours[path]) for path in theirs)


def test_until_the_cause_acts_twins_are_one(particles):
    drawn = drawn_from(particles, 512)
    before = drawn.under(particles.scenario, {})
    after = drawn.under(particles.scenario, ABSENT)
    ended = np.asarray(before["end"]) < np.asarray(before["arrival.reinforcements"])
    assert ended.any()
    for path in ("losses.ang.killed", "losses.iranian_army.total", "end"):
        assert same(before[path][ended], after[path][ended]), path


def test_no_reinforcements(weighed):
    found = change_cause(weighed, ABSENT, worlds=1024)
    assert found.label == "without additional forces sent by Pishevari"
    assert found.outcomes[0].coupling == COUPLING
    wins = next(c for c in found.outcomes if c.outcome == "winner = ang")
    assert wins.after < wins.before
    assert wins.necessity_bounds[0] <= wins.necessity <= wins.necessity_bounds[1]
    assert 0 < wins.necessity_error < 0.1
    assert 0 < found.flipped < 1
    assert "the Azerbaijan National Government wins goes from" in found.sentence
    assert found.sentence.count(" ± ") == 3  # before, after, and the worlds that end otherwise
    assert "winner" not in found.sentence


def test_reinforcements_on_foot_come_later_and_help_less(weighed):
    drawn = drawn_from(weighed, 512)
    model = weighed.scenario
    truck = drawn.under(model, {})["arrival.reinforcements"]
    (walking,) = (f for f in model.forces if f.march)
    on_foot = model.model_copy(
        update={
            "forces": tuple(
                f.model_copy(update={"march": f.march.model_copy(update={"mode": "foot"})})
                if f is walking
                else f
                for f in model.forces
            )
        }
    )
    foot = drawn.under(on_foot, {})["arrival.reinforcements"]
    assert (np.asarray(foot) >= np.asarray(truck)).all()
    several = change_causes(weighed, [ABSENT, {"march.reinforcements": "foot"}], worlds=1024)
    wins = [
        next(c for c in found.outcomes if c.outcome == "winner = ang").after for found in several
    ]
    assert wins[0] <= wins[1] + 0.02
    assert several[1].label == "additional forces sent by Pishevari: on foot"


def test_the_attack_is_not_renewed_on_the_second_day(weighed):
    found = change_cause(weighed, {"renewal.clash": "none"}, worlds=512)
    same_thing = change_cause(weighed, {"intensity.clash.renewed-attack": 0.0}, worlds=512)
    assert found.effects == same_thing.effects
    assert found.label == "the attack is not renewed on the second day"
    ended = drawn_from(weighed, 512).outcomes["end"] <= 1.23
    assert found.beyond["renewal.clash"] == ended.mean() < 1


@pytest.fixture(scope="module")
def without_phases(disputed: Scenario) -> Posterior:
    """The posterior of the example with one span of fighting, on its first to its fifth day."""
    (clash,) = disputed.engagements
    begins = Quantity(prior=Prior(family="uniform", low=0.0, high=1.0), assumed="a test")
    ends = Quantity(prior=Prior(family="uniform", low=4.0, high=5.0), assumed="a test")
    one = clash.model_copy(update={"phases": (), "begins": begins, "ends": ends})
    scenario = disputed.model_copy(update={"engagements": (one,)}).with_dossier(disputed.dossier)
    return condition_scenario(scenario, seed=1, ess=200, max_worlds=1 << 11, threads=1)


def test_without_phases_nobody_fights_from_the_second_day_on(without_phases):
    found = change_cause(without_phases, {"renewal.clash": "none"}, worlds=256)
    assert found.label == (
        "the attack is not renewed after the first day: no fighting from the second day on"
    )
    drawn = drawn_from(without_phases, 256)
    assert drawn.outcomes["end"].max() > 1
    model = changed(without_phases.scenario, {"renewal.clash": "none"})
    cut = drawn.under(model.scenario, model.values, at_most=model.at_most)
    assert cut["end"].max() <= 1
    share = (drawn.outcomes["end"] <= 1).mean()
    assert found.beyond["renewal.clash"] == share < 1
    # The same by its number is refused: no weighed world was dated so.
    with pytest.raises(OptionError, match="outside everything"):
        change_cause(without_phases, {"ends.clash": 1.0}, worlds=64)


def test_fighting_that_begins_later_is_cut_after_its_own_first_day(without_phases):
    scenario = without_phases.scenario
    (clash,) = scenario.engagements
    begins = Quantity(prior=Prior(family="uniform", low=2.0, high=3.0), assumed="a test")
    later = clash.model_copy(update={"begins": begins})
    model = scenario.model_copy(update={"engagements": (later,)})
    assert changed(model, {"renewal.clash": "none"}).at_most == {"ends.clash": 3.0}
    assert "after day 3" in said(model, {"renewal.clash": "none"})
    endless = clash.model_copy(update={"ends": None})
    with pytest.raises(OptionError, match="neither phases nor an end"):
        changed(scenario.model_copy(update={"engagements": (endless,)}), {"renewal.clash": "none"})


@pytest.mark.parametrize("ends", [Prior(family="uniform", low=0.5, high=1.0), 0.7])
def test_no_renewal_lets_no_fight_last_longer(without_phases, ends):
    """A battle of one day: a fight that would have ended at noon still does."""
    (clash,) = without_phases.scenario.engagements
    number = {"value": ends} if isinstance(ends, float) else {"prior": ends}
    begins = Quantity(value=0.1, assumed="a test")
    ends = Quantity(**number, assumed="a test")
    day = clash.model_copy(update={"begins": begins, "ends": ends})
    scenario = without_phases.scenario.model_copy(update={"engagements": (day,)})
    scenario = scenario.with_dossier(without_phases.scenario.dossier)
    posterior = condition_scenario(
        simulate_worlds(scenario, worlds=1 << 10, seed=1, threads=1), ess=10
    )
    found = change_cause(posterior, {"renewal.clash": "none"}, worlds=256)
    assert found.flipped == 0
    assert all(effect.before == effect.after for effect in found.effects)
    assert found.beyond["renewal.clash"] == 1
    assert {"renewal.clash": "none"} not in list(questions_of(scenario))
    assert {"renewal.clash": "none"} in list(questions_of(without_phases.scenario))


def test_an_order_is_held_back_in_worlds_of_three_addresses(particles):
    drawn = drawn_from(particles, 256)
    held = drawn.under(particles.scenario, {"decision.pishevari-order": "hold"})
    assert not np.isfinite(held["arrival.reinforcements"]).any()
    sent = drawn.under(particles.scenario, {"decision.pishevari-order": "send"})
    assert np.isfinite(sent["order.pishevari-order"]).mean() > 0.5


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"weather.rain": 1.0}, "no such cause.*strength.reinforcements"),
        ({}, "nothing is changed"),
        ({"march.reinforcements": "balloon"}, "no way to come.*truck"),
        ({"renewal.clash": "twice"}, "allowed: none"),
        ({"attacker": "martians"}, "is no option"),
        ({"strength.volunteers": 1e9}, "outside everything"),
        ({"decision.pishevari-order": "perhaps"}, "send, hold"),
        ({"attacker": 0}, "has names; allowed: iranian_army, ang; choose"),
        ({"march.reinforcements": 0}, "no way to come.*truck.*choose"),
        ({"strength.reinforcements": None}, "no number; allowed: a number from 0 to 2,000,000,000"),
        ({"attacker": None}, "no option; allowed: iranian_army, ang"),
        ({"march.reinforcements": None}, "no way to come"),
        ({"renewal.clash": None}, "allowed: none"),
        ({"decision.pishevari-order": None}, "send, hold"),
    ],
)
def test_refusals(weighed, changes, said):
    with pytest.raises(OptionError, match=said) as refused:
        change_cause(weighed, changes, worlds=64)
    (fault,) = refused.value.faults
    assert all((fault.where, fault.what, fault.allowed, fault.remedy))


@pytest.mark.parametrize(
    ("path", "value", "allowed"),
    [
        ("attacker", 0.5, "iranian_army, ang"),
        ("attacker", 7, "iranian_army, ang"),
        ("instigator", 0.0, "local"),
        ("account", 2.0, "probe, spoiler"),
        ("strength.reinforcements", -5.0, "0 to 2,000,000,000"),
        ("strength.reinforcements", np.nan, "0 to 2,000,000,000"),
        ("strength.reinforcements", -np.inf, "0 to 2,000,000,000"),
        ("strength.reinforcements", 1e300, "0 to 2,000,000,000"),
        ("rate.clash.attacker", -1.0, "0 or more"),
        ("rate.clash.attacker", np.inf, "0 or more"),
        ("delay.azimi-report.compose", -0.1, "0 or more"),
        ("distance.tabriz-maragha", -1.0, "0 or more"),
        ("hazard.clash.ang.h0", -1.0, "0 to 1,000,000"),
        ("hazard.clash.ang.h0", 1e300, "0 to 1,000,000"),
        ("hazard.clash.ang.a", np.nan, "number"),
        ("hazard.clash.ang.a", -1e300, "-10 to 10"),
        ("belief.pishevari-order", 7.0, "0 to 1"),
        ("share.clash.ang.killed", 1.5, "0 to 1"),
        ("rate.clash.attacker", "many", "0 or more"),
    ],
)
def test_force_lifts_the_support_and_not_what_can_be(weighed, path, value, allowed):
    with pytest.raises(OptionError) as refused:
        change_cause(weighed, {path: value}, force=True, worlds=64)
    (fault,) = refused.value.faults
    assert fault.where == path
    assert allowed in fault.allowed
    assert all((fault.what, fault.remedy))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("attacker", "ang"),
        ("account", "probe"),
        ("strength.reinforcements", 0),
        ("strength.reinforcements", 2_000_000_000),
        ("belief.pishevari-order", 1.0),
        ("rate.clash.attacker", 0.0),
        ("gain.pishevari-order", -2.0),
        ("hazard.clash.ang.a", -10.0),
        ("decision.pishevari-order", 1),
        ("renewal.clash", 0),
    ],
)
def test_what_can_be_is_answered(weighed, path, value):
    assert change_cause(weighed, {path: value}, force=True, worlds=64).worlds == 64


@pytest.mark.parametrize("worlds", [0, -1, 2.5, None])
def test_no_worlds_are_refused(weighed, worlds):
    with pytest.raises(OptionError, match="allowed: a whole number, 1 or more; leave it out"):
        change_cause(weighed, ABSENT, worlds=worlds)


def test_one_world_is_enough_to_be_asked(weighed):
    assert change_cause(weighed, ABSENT, worlds=1).worlds == 1


def test_every_chance_has_its_own_error_and_the_change_another(weighed):
    # An intensity that is 1 in every world as it was: the chance is uncertain, the change is not.
    found = change_cause(weighed, {"intensity.clash.first-attack": 1.0}, worlds=256)
    assert all(item.before_error == item.after_error > 0 for item in found.outcomes)
    assert all(item.change_error == 0 for item in found.outcomes)
    moved = change_cause(weighed, ABSENT, worlds=256)
    wins = next(item for item in moved.outcomes if item.outcome == "winner = ang")
    independent = min(256, weighed.diagnostics.ess)
    expected = np.sqrt(wins.after * (1 - wins.after) / independent)
    assert wins.after_error == pytest.approx(expected, rel=1e-6)
    assert wins.change_error > 0


def test_a_change_outside_the_support_is_answered_when_forced(weighed):
    found = change_cause(weighed, {"strength.volunteers": 19_000.0}, force=True, worlds=64)
    assert found.beyond["strength.volunteers"] < 0.01


def test_causes_are_ranked(weighed):
    found = rank_causes(weighed, worlds=512)
    shares = [answer.flipped for answer in found.what_ifs]
    assert shares == sorted(shares, reverse=True)
    labels = " ".join(answer.label for answer in found.what_ifs)
    assert "without additional forces" in labels
    assert "on foot" in labels
    assert "not renewed" in labels
    assert found.dependences[0].share >= found.dependences[-1].share
    assert all(0 <= item.share <= 1 for item in found.dependences)


def test_what_decides_alone_has_an_index_of_one(weighed):
    # A made-up outcome that is the attacker, and one that is nothing but noise.
    random = np.random.default_rng(5)
    attacker = np.asarray(weighed.draws["attacker"])
    for made, least, most in (
        (attacker, 0.999, 1.0),
        (random.integers(0, 2, attacker.size), 0.0, 0.01),
    ):
        draws = {**weighed.draws, "winner": made.astype(np.int16)}
        found = rank_causes(replace(weighed, draws=draws), worlds=64)
        index = next(item for item in found.dependences if item.name == "attacker")
        assert least <= index.share <= most


def test_an_unknown_outcome_is_refused(weighed):
    with pytest.raises(OptionError, match="no outcome"):
        rank_causes(weighed, "glory")


def test_several_changes_may_leave_out_what_is_refused(weighed):
    several = [ABSENT, {"no.such.cause": 1.0}]
    with pytest.raises(OptionError):
        change_causes(weighed, several, worlds=64)
    (found,) = change_causes(weighed, several, worlds=64, possible=True)
    assert found == change_cause(weighed, ABSENT, worlds=64)
