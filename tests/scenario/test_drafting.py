"""Drafting: the structure comes from the record, its figures do not."""

from __future__ import annotations

import pytest

from inje.dossier import (
    Alternative,
    Battle,
    Claim,
    Dossier,
    Entity,
    Event,
    Question,
    SideRecord,
    Value,
    When,
)
from inje.errors import ModelError
from inje.scenario import (
    draft_scenario,
    dump_scenario,
    load_scenario,
    parameters,
    scenario_faults,
)

NARRATOR = Entity(id="narrator", kind="narrator", name="the article")


def claim(name: str, about: str, best: float | str, holder: str = "narrator") -> Claim:
    holders = ("narrator",) if holder == "narrator" else ("narrator", holder)
    return Claim(id=name, kind="fact", holders=holders, about=about, value=Value(best=best))


@pytest.fixture
def dossier() -> Dossier:
    return Dossier(
        battle=Battle(
            title="A clash",
            when=When(edtf="1946-04-17/1946-04-21"),
            places=("village",),
            sides=(SideRecord(id="red", name="Red army"), SideRecord(id="blue", name="Blue army")),
        ),
        entities=(
            NARRATOR,
            Entity(id="village", kind="place", name="The Village"),
            Entity(id="hamlet", kind="place", name="The Hamlet"),
            Entity(id="general", kind="person", name="The General", side="blue"),
        ),
        events=(Event(id="e1", label="additional forces were sent", participants=("general",)),),
        claims=(
            claim("c1", "strength.red", 800, "general"),
            claim("c2", "losses.blue.killed_or_wounded", 15),
            claim("c3", "attacker", "red", "general"),
            claim("c4", "control.hamlet@1946-04-21", "blue"),
        ),
        questions=(
            Question(
                id="q1",
                topic="who attacked",
                text="Who attacked?",
                about="attacker",
                alternatives=(
                    Alternative(label="Red", value="red", claims=("c3",)),
                    Alternative(label="Blue", value="blue"),
                ),
            ),
        ),
    )


def test_a_draft_is_a_valid_scenario_that_survives_its_file(dossier, tmp_path):
    scenario = draft_scenario(dossier)
    assert not list(scenario_faults(scenario))
    path = tmp_path / "scenario.yaml"
    path.write_text(dump_scenario(scenario), encoding="utf-8")
    assert load_scenario(path).model_dump() == scenario.model_dump()
    assert scenario.dossier is dossier


def test_a_claimed_figure_is_no_parameter(dossier):
    scenario = draft_scenario(dossier)
    numbers = {
        number
        for quantity in parameters(scenario).values()
        for number in (quantity.value, quantity.prior.median if quantity.prior else None)
    }
    assert 800 not in numbers
    assert parameters(scenario)["strength.red-force"].prior.median == 1000


def test_the_prior_does_not_move_with_the_figure_within_its_order(dossier):
    other = dossier.model_copy(
        update={"claims": (claim("c1", "strength.red", 1100, "general"), *dossier.claims[1:])}
    )
    assert parameters(draft_scenario(other)) == parameters(draft_scenario(dossier))


def test_strengths_are_truncated_at_certain_losses(dossier):
    assert parameters(draft_scenario(dossier))["strength.blue-force"].prior.low == 15


def test_questions_become_causes_and_places_are_contested(dossier):
    scenario = draft_scenario(dossier)
    assert scenario.causes["attacker"].options == {"red": 1.0, "blue": 1.0}
    assert {p.id for p in scenario.places if p.contested} == {"village", "hamlet"}


def test_an_answered_question_is_no_cause(dossier):
    question = dossier.questions[0].model_copy(update={"answer": "red"})
    settled = dossier.model_copy(
        update={
            "questions": (question,),
            "battle": dossier.battle.model_copy(update={"attacker": "red"}),
        }
    )
    scenario = draft_scenario(settled)
    assert scenario.causes == {}
    assert scenario.engagements[0].attacker == "red"


def test_reinforcements_are_sent_by_an_order_on_a_report(dossier):
    scenario = draft_scenario(dossier)
    (decision,) = scenario.decisions
    assert decision.side == "blue"
    assert decision.sends == ("blue-reinforcements",)
    assert scenario.forces[-1].march.mode == "truck"


def test_every_number_of_a_draft_says_where_it_comes_from(dossier):
    for path, quantity in parameters(draft_scenario(dossier)).items():
        assert quantity.claims or quantity.source or quantity.assumed, path


def test_one_side_is_no_battle(dossier):
    battle = dossier.battle.model_copy(update={"sides": dossier.battle.sides[:1]})
    with pytest.raises(ModelError, match="names 1 armed sides"):
        draft_scenario(dossier.model_copy(update={"battle": battle}))


@pytest.mark.parametrize("edtf", ["1946", "1946-04", "-0489-09", "../1946-04-17", ""])
def test_an_undated_battle_is_assumed_to_last_some_days(dossier, edtf):
    when = When(edtf=edtf) if edtf else None
    battle = dossier.battle.model_copy(update={"when": when})
    scenario = draft_scenario(dossier.model_copy(update={"battle": battle}))
    assert not list(scenario_faults(scenario))
    assert any("does not date" in note for note in scenario.notes)
