"""Small battles in which much happens: what the tests of kernels fight."""

from __future__ import annotations

from typing import Any

from tests.ensemble.battles import chain, duel, number, prior, two_fields

from inje.scenario import Scenario

__all__ = ["COUNTED", "HAZARD", "SMALL"]

HAZARD = {"h0": number(0.5), "a": number(0.6), "c": number(0.9)}


def at_strength(**people: float) -> dict[str, Any]:
    return {side: {"at_strength": number(n)} for side, n in people.items()}


def phases(*parts: tuple[float, float, float, dict[str, float]]) -> list[dict[str, Any]]:
    return [
        {
            "id": f"p{i}", "begins": begins, "ends": ends, "intensity": number(intensity),
            "upon": {side: number(n) for side, n in upon.items()},
        }
        for i, (begins, ends, intensity, upon) in enumerate(parts)
    ]  # fmt: skip


def message(name: str, median: float, **trigger: Any) -> dict[str, Any]:
    delay = prior("lognormal", median=median, sigma=0.6)
    return {"id": name, "trigger": trigger, "stages": [{"id": "ride", "delay": delay}]}


def decision(
    name: str, on: list[str], sends: list[str], *, calming: str = "", **more: Any
) -> dict[str, Any]:
    """On reports of which one may speak against the threat."""
    said = {"if_serious": number(0.8), "if_not": number(0.4)}
    against = {"if_serious": number(0.1), "if_not": number(0.9)}
    return {
        "id": name, "side": "red", "on": on, "belief": number(0.3),
        "evidence": {report: against if report == calming else said for report in on},
        "gain": number(1.0), "cost": number(0.5),
        "precision": number(6.0), "sends": sends,
        "stages": [{"id": "prepare", "delay": prior("lognormal", median=0.2, sigma=0.5)}], **more,
    }  # fmt: skip


def helped(*triggers: dict[str, Any], calming: str = "") -> Scenario:
    """Two fields that are fought for, and help for red on its way to both of them."""
    document = two_fields(0.3).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for force in document["forces"]:
        force["strength"] = number(12 if force["side"] == "blue" else 10)
    document["places"].append({"id": "town", "name": "Town"})
    document["roads"] = [
        {"id": place, "between": ["town", place], "distance": number(km)}
        for place, km in (("field", 6), ("hill", 17))
    ]
    document["forces"] += [
        {"id": f"help-{place}", "side": "red", "strength": number(9), "place": place,
         "march": {"origin": "town", "mode": "foot"}}
        for place in ("field", "hill")
    ]  # fmt: skip
    for engagement in document["engagements"]:
        engagement["attacker"] = "blue"
        engagement["breaking_off"] = {"blue": HAZARD, "red": {**HAZARD, "afterwards": "rally"}}
    document["engagements"][1]["begins"] = number(0.4)
    document["messages"] = [message(f"m{i}", 0.15, **own) for i, own in enumerate(triggers)]
    on = [own["id"] for own in document["messages"]]
    document["decisions"] = [
        decision("one", on, ["help-field"]),
        decision("two", on, ["help-hill"], cost=number(0.2)),
    ]
    return Scenario.model_validate(document)


def three_sides(
    rate: float = 0.25, people: tuple[int, int, int] = (14, 8, 7), floor: str = "blue"
) -> Scenario:
    """Green and red both fight blue on one field, and blue's battle with green begins later.

    `floor` is the side that breaks off red's battle at a strength; none where it is empty.
    """
    document = duel(*people[:2], days=3).model_dump(
        mode="json", by_alias=True, exclude_defaults=True
    )
    document["sides"].append({"id": "green", "name": "Green"})
    document["forces"].append(
        {"id": "g", "side": "green", "strength": number(people[2]), "place": "field"}
    )
    document["engagements"][0]["rates"] = {side: number(rate) for side in ("blue", "red")}
    breaking: dict[str, Any] = {"red": HAZARD}
    if floor:
        breaking[floor] = {**breaking.get(floor, {}), "at_strength": number(4)}
    document["engagements"][0]["breaking_off"] = breaking
    document["engagements"].append(
        {"id": "second", "place": "field", "sides": ["green", "blue"], "begins": number(0.7),
         "rates": {side: number(rate) for side in ("blue", "green")},
         "breaking_off": {"green": HAZARD}}
    )  # fmt: skip
    return Scenario.model_validate(document)


def arms(scale: float = 1.0) -> Scenario:
    """Two arms a side that shoot at each other at four rates, and more of one arm on the way."""
    names = ("foot", "horse")
    forces = [
        {"id": f"{side}-{arm}", "side": side, "arm": arm, "strength": number(n), "place": "field"}
        for side, people in (("blue", (9, 6)), ("red", (7, 8)))
        for arm, n in zip(names, people, strict=True)
    ]
    march = {"origin": "field", "mode": "foot"}
    forces.append({"id": "more", "side": "red", "arm": "foot", "strength": number(5),
                   "place": "field", "march": march})  # fmt: skip
    rates = {
        f"{side}.{own}.{enemy}": number(scale * (0.1 + 0.07 * i + 0.03 * j + 0.02 * k))
        for i, side in enumerate(("blue", "red"))
        for j, own in enumerate(names)
        for k, enemy in enumerate(names)
    }
    document = duel(1, 1, days=3).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    document["forces"] = forces
    document["engagements"][0] |= {
        "law": "heterogeneous", "rates": rates, "breaking_off": at_strength(blue=5, red=6),
        "phases": phases((0, 1, 1.5, {"blue": 0.7}), (1, 3, 0.8, {"red": 1.4})),
    }  # fmt: skip
    document["messages"] = [message("call", 0.6, on="day", day=number(0.25))]
    document["decisions"] = [
        decision("send", ["call"], ["more"], belief=number(1.0), cost=number(0.0))
    ]
    return Scenario.model_validate(document)


def fields_with_ends() -> Scenario:
    """Two battles of some dozens, of which the second ends at breakpoints."""
    document = two_fields(0.15).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    document["engagements"][1]["breaking_off"] = at_strength(blue=55, red=42)
    return Scenario.model_validate(document)


DAY = {"on": "day", "day": number(0.4)}
SMALL = {
    "duel": duel(9, 7, b=0.3, r=0.2, days=2),
    "to the end": duel(4, 5, b=1.5, r=1.0, days=5),
    "nobody": duel(0, 5, b=0.3, r=0.2, days=2),
    "one fires": duel(6, 5, b=0.0, r=0.5, days=3),
    "drawn": duel(prior("lognormal", median=8, sigma=0.5), 6, b=0.4, r=0.3, days=2),
    "hazards": duel(9, 8, b=0.4, r=0.4, breaking_off={"blue": HAZARD, "red": HAZARD}),
    "rare hazards": duel(
        20, 18, b=0.04, r=0.05,
        breaking_off={
            "blue": {"h0": number(0.3), "a": number(0), "c": number(0)},
            "red": {"h0": number(0.2), "a": number(0), "c": number(0)},
        },
    ),
    "one hazard": duel(9, 8, b=0.4, r=0.4, breaking_off={"red": HAZARD}),
    "falling hazard": duel(
        12, 9, b=0.3, r=0.3,
        breaking_off={"blue": {**HAZARD, "c": number(-0.8)}, "red": {**HAZARD, "a": number(0.0)}},
    ),
    "sudden hazard": duel(
        30, 9, b=0.3, r=0.3, breaking_off={"red": {**HAZARD, "a": number(0.2), "c": number(6.0)}}
    ),
    "breakpoints": duel(12, 11, b=0.3, r=0.3, breaking_off=at_strength(blue=9, red=8)),
    "below from the start": duel(8, 11, b=0.3, r=0.3, breaking_off=at_strength(blue=9)),
    "both": duel(
        12, 11, b=0.3, r=0.3,
        breaking_off={s: {**HAZARD, "at_strength": number(7)} for s in ("blue", "red")},
    ),
    "more than a piece may hold": duel(700, 600, b=1.2, r=1.1, days=1),
    "more, and one may flee": duel(
        500, 600, b=1.2, r=1.1, days=1, breaking_off={"red": {**HAZARD, "h0": number(0.05)}}
    ),
    "a crowd that hardly fights": duel(9000, 2000, b=0.0005, r=0.001, days=2),
    "nobody to break off from": duel(0, 5, breaking_off=at_strength(red=9, blue=3)),
    "one is above": duel(9, 5, b=0.3, r=0.3, breaking_off=at_strength(red=5)),
    "night": duel(9, 8, b=0.4, r=0.4, days=2, night=number(0.0)),
    "half nights": duel(9, 8, b=0.4, r=0.4, days=2, night=number(0.5)),
    "phases": duel(
        12, 11, b=0.3, r=0.3,
        phases=phases((0.2, 0.9, 0.5, {}), (1.3, 2.0, 2.0, {"blue": 0.3}), (3, 4, 1, {"red": 2})),
    ),
    "begins and ends": duel(
        12, 11, b=0.3, r=0.3, begins=prior("uniform", low=0.1, high=1.5), ends=number(2.3)
    ),
    "chain": chain(9, 7, 6, rate=0.3),
    "chain that annihilates": chain(9, 3, 6, rate=0.9, breaking_off={}),
    "chain that rallies": chain(14, 12, 9, rate=0.25),
    "chain of a few": chain(3, 2, 1, rate=0.6, days=3),
    "chain of a day": chain(14, 12, 9, rate=0.9, days=1),
    "nobody comes": chain(9, 7, 0, rate=0.3),
    "fields": two_fields(0.3),
    "help after any attack": helped({"on": "attack"}),
    "help after one attack": helped({"on": "attack", "engagement": "assault"}, DAY),
    "help after a loss": helped({"on": "loss_of_control"}, {"on": "breaking_off", "side": "red"}),
    "help after a flight": helped({"on": "breaking_off"}, {"on": "attack", "side": "red"}, DAY),
    "help that is called off": helped({"on": "attack"}, {"on": "breaking_off"}, calming="m1"),
    "three sides": three_sides(),
    "arms": arms(),
    **{law: chain(9, 8, 5, rate=0.05, law=law)
       for law in ("linear", "logarithmic", "hartley", "fatigue", "helmbold")},
}  # fmt: skip
#: where losses are counted from a few dozen people on
COUNTED = {
    "duel": duel(60, 50, b=0.2, r=0.15, days=2),
    "hazards": duel(60, 50, b=0.2, r=0.2, days=2, breaking_off={"blue": HAZARD, "red": HAZARD}),
    "breakpoints": duel(70, 60, b=0.2, r=0.2, days=2, breaking_off=at_strength(blue=55, red=40)),
    "phases": duel(70, 60, b=0.2, r=0.2, days=2, phases=phases((0.3, 1.1, 1.5, {"red": 0.5}))),
    "chain": chain(50, 45, 30, rate=0.15, days=3),
    "fields": two_fields(0.15),
    "fields with ends": fields_with_ends(),
    "arms": arms(0.3),
    "three sides": three_sides(0.1, (60, 50, 40), floor=""),
    "three sides and an end": three_sides(0.1, (60, 50, 40)),
    "three sides, the other ends": three_sides(0.1, (60, 50, 40), floor="red"),
    "risky": duel(
        60, 50, b=0.1, r=0.1, breaking_off={"red": {**HAZARD, "h0": number(30), "a": number(0)}}
    ),
    "one small side": duel(90, 6, b=0.02, r=0.4, days=3),
    "nights": duel(60, 50, b=0.2, r=0.2, days=3, night=number(0.25)),
    "both rules": duel(
        60, 50, b=0.3, r=0.25,
        breaking_off={s: {**HAZARD, "at_strength": number(25)} for s in ("blue", "red")},
    ),
}  # fmt: skip
