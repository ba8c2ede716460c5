"""Fields, groups and who stands where: the static skeleton of a scenario."""

from __future__ import annotations

from dataclasses import dataclass

from inje.errors import ModelError
from inje.laws import Law, get
from inje.scenario import Engagement, Scenario

__all__ = ["Skeleton", "law_of", "outermost", "skeleton_of"]


@dataclass(frozen=True)
class Skeleton:
    """What stands where.

    Attributes
    ----------
    sides : side ids. fields : ids of outermost places with people or fighting.
    groups : (field, side, arm or "") of each group, field by field.
    engagements : sorted by field. field_of : outermost place of every place.
    force_group : index of the group of each force.
    """

    sides: tuple[str, ...]
    fields: tuple[str, ...]
    groups: tuple[tuple[str, str, str], ...]
    engagements: tuple[Engagement, ...]
    field_of: dict[str, str]
    force_group: tuple[int, ...]


def outermost(scenario: Scenario) -> dict[str, str]:
    """The outermost place around every place.

    Raises
    ------
    ModelError : places lie within each other in a circle, or within none that exists.
    """
    within = {place.id: place.within for place in scenario.places}
    found = {}
    for start in within:
        at, seen = start, {start}
        while (outer := within.get(at)) is not None:
            if outer in seen or outer not in within:
                raise ModelError(
                    f"place {start}",
                    f"lies within {outer!r}, which leads nowhere",
                    "places within places without a circle",
                    "correct `within`",
                )
            seen.add(outer)
            at = outer
        found[start] = at
    return found


def law_of(engagement: Engagement) -> Law:
    """The law of an engagement in continuous time.

    Raises
    ------
    ModelError : no such law, or one of salvos, which has no rate.
    """
    law = get(engagement.law)
    if not isinstance(law, Law):
        raise ModelError(
            f"engagement {engagement.id}",
            f"the law {engagement.law!r} is one of salvos",
            "a law in continuous time",
            "fight ships with inje.laws directly, or choose another law",
        )
    return law


def _arms_count(engagement: Engagement) -> bool:
    return law_of(engagement).arms or any(key.count(".") == 2 for key in engagement.rates)


def skeleton_of(scenario: Scenario) -> Skeleton:
    """The skeleton of a scenario.

    Raises
    ------
    ModelError : see `outermost` and `law_of`; laws of arms and of totals at one place.
    """
    field_of = outermost(scenario)
    fought = [field_of[engagement.place] for engagement in scenario.engagements]
    stood = [field_of[force.place] for force in scenario.forces]
    fields = tuple(dict.fromkeys((*fought, *stood)))
    by_arm = {}
    for engagement in scenario.engagements:
        at, arms = field_of[engagement.place], _arms_count(engagement)
        if by_arm.setdefault(at, arms) != arms:
            raise ModelError(
                f"engagement {engagement.id}",
                f"a law of arms and a law of totals meet at {at!r}",
                "laws of one kind at one place",
                "write both as matrices over arms, or neither",
            )
    keys = [
        (field_of[force.place], force.side, force.arm if by_arm.get(field_of[force.place]) else "")
        for force in scenario.forces
    ]
    groups = tuple(key for at in fields for key in dict.fromkeys(keys) if key[0] == at)
    engagements = sorted(scenario.engagements, key=lambda e: fields.index(field_of[e.place]))
    return Skeleton(
        sides=tuple(side.id for side in scenario.sides),
        fields=fields,
        groups=groups,
        engagements=tuple(engagements),
        field_of=field_of,
        force_group=tuple(groups.index(key) for key in keys),
    )
