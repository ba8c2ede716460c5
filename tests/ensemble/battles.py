"""Scenarios of tests, written as short as they can be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from inje.scenario import Scenario

__all__ = ["chain", "duel", "number", "prior", "two_fields"]


def number(value: float) -> dict[str, Any]:
    return {"value": value, "assumed": "test"}


def prior(family: str, **parameters: float) -> dict[str, Any]:
    return {"prior": {"family": family, **parameters}, "assumed": "test"}


def _document(
    days: int, forces: list[dict[str, Any]], engagement: dict[str, Any]
) -> dict[str, Any]:
    end = (date(1900, 1, 1) + timedelta(days=days - 1)).isoformat()
    return {
        "title": "test",
        "clock": {"start": "1900-01-01", "end": end},
        "sides": [{"id": "blue", "name": "Blue"}, {"id": "red", "name": "Red"}],
        "places": [{"id": "field", "name": "Field", "contested": True}],
        "forces": forces,
        "engagements": [{"id": "battle", "place": "field", "sides": ["blue", "red"], **engagement}],
    }


def duel(
    blue: Any = 800, red: Any = 500, b: float = 0.01, r: float = 0.01, days: int = 4, **more: Any
) -> Scenario:
    """Two forces: blue loses r a day per red, red loses b a day per blue."""
    forces = [
        {"id": "b", "side": "blue", "strength": _strength(blue), "place": "field"},
        {"id": "r", "side": "red", "strength": _strength(red), "place": "field"},
    ]
    engagement = {"rates": {"blue": number(r), "red": number(b)}, **more}
    return Scenario.model_validate(_document(days, forces, engagement))


def _strength(people: Any) -> dict[str, Any]:
    return people if isinstance(people, dict) else number(people)


def chain(
    blue: int = 60, red: int = 40, more: int = 50, rate: float = 0.2, days: int = 5, **rules: Any
) -> Scenario:
    """Blue attacks; Red reports it, and sends help that rallies those who broke off."""
    forces = [
        {"id": "b", "side": "blue", "strength": number(blue), "place": "field"},
        {"id": "r", "side": "red", "strength": number(red), "place": "field"},
        {
            "id": "help",
            "side": "red",
            "strength": number(more),
            "place": "field",
            "march": {"origin": "town", "mode": "foot"},
        },
    ]
    hazard = {"h0": number(0.6), "a": number(0.8), "c": number(0.9)}
    engagement = {
        "attacker": "blue",
        "rates": {"attacker": number(rate), "defender": number(rate)},
        "night": number(0.2),
        "breaking_off": {"blue": hazard, "red": {**hazard, "afterwards": "rally"}},
        "shares": {
            side: {"killed": number(0.25), "wounded": number(0.75)} for side in ("blue", "red")
        },
        **rules,
    }
    document = _document(days, forces, engagement)
    document["places"][0]["holder"] = "red"
    document["places"].append({"id": "town", "name": "Town"})
    document["roads"] = [{"id": "way", "between": ["town", "field"], "distance": number(12)}]
    document["messages"] = [
        {
            "id": "word",
            "trigger": {"on": "attack", "engagement": "battle"},
            "stages": [{"id": "ride", "delay": prior("lognormal", median=0.4, sigma=0.5)}],
        },
        {
            "id": "loss",
            "trigger": {"on": "loss_of_control", "engagement": "battle", "side": "red"},
            "stages": [{"id": "ride", "delay": prior("lognormal", median=0.3, sigma=0.5)}],
        },
    ]
    document["decisions"] = [
        {
            "id": "send",
            "side": "red",
            "on": ["word", "loss"],
            "belief": prior("beta", a=2.0, b=3.0),
            "evidence": {
                "word": {"if_serious": number(0.9), "if_not": number(0.4)},
                "loss": {"if_serious": number(0.7), "if_not": number(0.2)},
            },
            "gain": number(1.0),
            "cost": number(0.5),
            "precision": number(5.0),
            "stages": [{"id": "prepare", "delay": prior("lognormal", median=0.3, sigma=0.5)}],
            "sends": ["help"],
        }
    ]
    return Scenario.model_validate(document)


def two_fields(rate: float = 0.2) -> Scenario:
    """Two battles apart, each between two forces of its own."""
    document = _document(4, [], {"rates": {side: number(0.2) for side in ("blue", "red")}})
    document["places"].append({"id": "hill", "name": "Hill"})
    document["forces"] = [
        {"id": f"{side}-{place}", "side": side, "strength": number(people), "place": place}
        for side, people in (("blue", 70), ("red", 50))
        for place in ("field", "hill")
    ]
    hazard = {"h0": number(0.5), "a": number(0.5), "c": number(0.8)}
    document["engagements"][0]["breaking_off"] = {"blue": hazard, "red": hazard}
    document["engagements"].append(
        {
            "id": "assault",
            "place": "hill",
            "sides": ["blue", "red"],
            "rates": {"blue": number(rate), "red": number(rate)},
            "breaking_off": {"blue": hazard, "red": hazard},
        }
    )
    return Scenario.model_validate(document)
