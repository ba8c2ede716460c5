"""Dates that cannot stand together are named before a world is fought."""

from __future__ import annotations

from pathlib import Path

import pytest

from inje.dossier import Claim, Dossier, Value, date_conflict
from inje.scenario import (
    Scenario,
    conflicting_dates,
    draft_scenario,
    load_scenario_and_record,
    said_of_dates,
)

EXAMPLE = Path(__file__).parents[2] / "examples/inje-1946/scenario.yaml"


@pytest.fixture(scope="module")
def example() -> Scenario:
    return load_scenario_and_record(EXAMPLE)


def with_claims(scenario: Scenario, *claims: Claim) -> Scenario:
    dossier = scenario.dossier
    assert dossier is not None
    more = dossier.model_copy(update={"claims": (*dossier.claims, *claims)})
    return scenario.with_dossier(more)


def dated(name: str, about: str, day: str, **more: object) -> Claim:
    return Claim(id=name, kind="fact", holders=("narrator",), about=about, summary=f"{about} {day}",
                 value=Value(best=day), **more)  # fmt: skip


def lasting(name: str, days: float, **more: object) -> Claim:
    value = Value(low=days, best=days, high=days, unit="days")
    return Claim(id=name, kind="fact", holders=("narrator",), about="duration",
                 summary=f"lasted {days:g} days", value=value, **more)  # fmt: skip


def test_the_example_is_in_order(example):
    assert conflicting_dates(example) is None
    assert said_of_dates(example) == ""


def test_a_length_that_its_own_dates_forbid_is_named_with_them(example):
    found = conflicting_dates(with_claims(example, lasting("long", 12)))
    assert found is not None
    # c3 has the start and c4 the end: without any one of the three the others can stand.
    assert set(found.claims) == {"c3", "c4", "long"}
    assert not found.model
    assert found.excess == pytest.approx(6)


def test_the_smallest_set_is_named_whatever_else_is_wrong(example):
    changed = with_claims(example, dated("late", "start", "1946-04-23"), lasting("long", 12))
    found = conflicting_dates(changed)
    assert found is not None
    assert len(found.claims) == 2
    assert "late" in found.claims


def test_a_date_outside_the_days_of_the_model_is_held_against_them(example):
    assert example.dossier is not None
    alone = example.with_dossier(
        example.dossier.model_copy(update={"claims": (dated("far", "end", "1946-04-25"),)})
    )
    found = conflicting_dates(alone)
    assert found is not None
    assert (found.claims, found.model) == (("far",), True)
    assert "the days of the model (1946-04-17 to 1946-04-21)" in said_of_dates(alone)
    # Claims that set the days are not held against them.
    clock = alone.clock.model_copy(update={"claims": ("far",)})
    framed = alone.model_copy(update={"clock": clock}).with_dossier(alone.dossier)
    assert conflicting_dates(framed) is None


@pytest.mark.parametrize(
    "harmless",
    [
        lasting("said", 12, status="rejected"),
        lasting("elsewhere", 12, background=True),
        dated("vague", "end", "1946-04"),
    ],
)
def test_what_is_rejected_or_elsewhere_or_vague_contradicts_nothing(example, harmless):
    assert conflicting_dates(with_claims(example, harmless)) is None


def test_events_in_an_order_that_their_dates_forbid():
    dossier = Dossier.model_validate(
        {
            "battle": {"sides": []},
            "events": [
                {"id": "a", "label": "a", "when": {"edtf": "1946-04-20"}, "before": ["b"]},
                {"id": "b", "label": "b", "before": ["c"]},
                {"id": "c", "label": "c", "when": {"edtf": "1946-04-18"}},
            ],
        }
    )
    found = date_conflict(dossier)
    assert found is not None
    assert set(found.events) == {"a", "b", "c"}
    assert found.excess == pytest.approx(1)


def test_a_draft_notes_the_conflict(example):
    changed = with_claims(example, lasting("long", 12)).dossier
    assert changed is not None
    noted = [note for note in draft_scenario(changed).notes if "cannot all be true" in note]
    assert len(noted) == 1
    assert "lasted 12 days" in noted[0]
    assert example.dossier is not None
    assert not any("cannot all" in note for note in draft_scenario(example.dossier).notes)
