"""The battles that are timed, as scenarios for the public interface."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from inje.scenario import Scenario, load_scenario

ROOT = Path(__file__).resolve().parents[1]
LOSSES = ("losses.blue.total", "losses.red.total")

# P2: three arms a side, 18 rates, daily postures, a reinforcement at a random time.
AB = ((0.006, 0.004, 0.002), (0.012, 0.010, 0.004), (0.020, 0.012, 0.010))
AR = ((0.006, 0.005, 0.002), (0.010, 0.010, 0.005), (0.018, 0.010, 0.010))
MB, MR = (1.0, 0.8, 0.6, 0.9), (1.0, 1.2, 0.9, 0.7)
BLUE, RED = (500, 200, 100), (300, 120, 80)
MORE, MEDIAN, SIGMA = 300, 2.0, 0.5
STOP = {"blue": 560, "red": 250}
ARMS = ("foot", "cavalry", "guns")


def number(value: float) -> dict[str, Any]:
    return {"value": value, "assumed": "the reference battle"}


def prior(**parameters: Any) -> dict[str, Any]:
    return {"prior": parameters, "assumed": "the reference battle"}


def _battle(forces: list[dict[str, Any]], engagement: dict[str, Any], **more: Any) -> Scenario:
    return Scenario.model_validate(
        {
            "title": "a reference battle",
            "clock": {"start": "1900-01-01", "end": "1900-01-04"},
            "sides": [{"id": "blue", "name": "Blue"}, {"id": "red", "name": "Red"}],
            "places": [{"id": "field", "name": "Field"}],
            "forces": forces,
            "engagements": [
                {"id": "battle", "place": "field", "sides": ["blue", "red"], **engagement}
            ],
            **more,
        }
    )


def duel(blue: int, red: int, rate: float, stop: tuple[int, int] | None = None) -> Scenario:
    """Two forces under the square law, four days."""
    forces = [
        {"id": "b", "side": "blue", "strength": number(blue), "place": "field"},
        {"id": "r", "side": "red", "strength": number(red), "place": "field"},
    ]
    engagement: dict[str, Any] = {"rates": {"blue": number(rate), "red": number(rate)}}
    if stop:
        sides = zip(("blue", "red"), stop, strict=True)
        engagement["breaking_off"] = {s: {"at_strength": number(n)} for s, n in sides}
    return _battle(forces, engagement)


def arms() -> Scenario:
    """P2."""
    strengths = [("blue", BLUE), ("red", RED)]
    forces = [
        {"id": f"{side}-{arm}", "side": side, "arm": arm, "strength": number(n), "place": "field"}
        for side, people in strengths
        for arm, n in zip(ARMS, people, strict=True)
    ]
    march = {"origin": "field", "mode": "foot"}
    more = {"id": "more", "side": "red", "arm": ARMS[0], "strength": number(MORE)}
    forces.append({**more, "place": "field", "march": march})
    rates = {}
    for i, own in enumerate(ARMS):
        for j, enemy in enumerate(ARMS):
            rates[f"blue.{own}.{enemy}"] = number(AB[j][i])
            rates[f"red.{own}.{enemy}"] = number(AR[j][i])
    phases = [
        {
            "id": f"day-{day + 1}",
            "begins": day,
            "ends": day + 1,
            "intensity": number(1.0),
            "upon": {"blue": number(MR[day]), "red": number(MB[day])},
        }
        for day in range(4)
    ]
    stops = {side: {"at_strength": number(n)} for side, n in STOP.items()}
    delay = prior(family="lognormal", median=MEDIAN, sigma=SIGMA)
    message = {
        "id": "call",
        "trigger": {"on": "day", "day": number(0)},
        "stages": [{"id": "way", "delay": delay}],
    }
    decision = {
        "id": "send",
        "side": "red",
        "on": ["call"],
        "belief": number(1.0),
        "gain": number(1.0),
        "cost": number(0.0),
        "precision": number(1e9),
        "sends": ["more"],
    }
    law = {"law": "heterogeneous", "rates": rates, "phases": phases, "breaking_off": stops}
    return _battle(forces, law, messages=[message], decisions=[decision])


def seed() -> Scenario:
    """The full scenario of the example."""
    return load_scenario(ROOT / "examples" / "inje-1946" / "scenario.yaml")
