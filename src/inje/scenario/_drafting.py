"""Drafting a scenario from a dossier: one engagement, its sides, days, causes and unknowns.

The draft never takes a claimed figure as a parameter: what the record says is weighed later,
claim by claim. From the record come the structure (who, where, when, which questions) and the
orders of magnitude; from known battles the loss rates; everything else is `assumed` and says so.
"""

from __future__ import annotations

import math

from inje.chronology import DateSpan, format_day, from_day, parse_edtf
from inje.dossier import Dossier, Making, Question
from inje.errors import InputError, ModelError
from inje.scenario._dates import said_of_dates
from inje.scenario._draft_combat import (
    SMALL,
    WIDENED,
    breaking_off,
    claimed_losses,
    known_scale,
    learned_from,
    learned_rates,
    loss_shares,
    strength_prior,
)
from inje.scenario._draft_command import Command, command_of
from inje.scenario._learned import LearnedEra, learned_era
from inje.scenario._quantity import Choice, Prior, Quantity
from inje.scenario._records import Clock, Engagement, Force, JointPrior, Place, Scenario, Side

__all__ = ["draft_scenario"]

FIELD = "field"
CLASH = "clash"
#: a battle that the document does not date lasts about as long as most of those in CDB90
DAYS_UNDATED = 3


def draft_scenario(dossier: Dossier) -> Scenario:
    """Draft the model of a battle from its record.

    Raises
    ------
    ModelError : the record names fewer than two sides.
    """
    sides = dossier.battle.sides
    if len(sides) < 2:
        raise ModelError(
            dossier.battle.title or "dossier",
            f"the record names {len(sides)} armed sides",
            "two or more",
            "add them under battle.sides, with their forces among the entities",
        )
    clock, year, dated = _clock(dossier)
    attacker, causes = _causes(dossier)
    first, second = sides[0].id, sides[1].id
    era = learned_era(year)
    forces, scale = _forces(dossier, first, second, attacker, era)
    command = command_of(dossier, (first, second), FIELD, CLASH, year)
    engagement, joint = _engagement(
        (first, second), attacker, scale, era, clock, {f.side for f in command.forces}
    )
    scenario = Scenario(
        title=dossier.battle.title or "Untitled battle",
        clock=clock,
        sides=tuple(Side(id=s.id, name=s.name, entities=s.entities) for s in sides),
        places=_places(dossier, attacker, first, second) + command.places,
        roads=command.roads,
        forces=forces + command.forces,
        engagements=(engagement,),
        messages=command.messages,
        decisions=command.decisions,
        causes=causes,
        joint=(joint,),
        notes=_notes(dossier, dated, scale, command),
        made=Making.here("rules", {d.uri or d.id: d.sha256 for d in dossier.documents}),
    )
    drafted = scenario.with_dossier(dossier)
    conflict = said_of_dates(drafted)
    if conflict:
        notes = (*scenario.notes, conflict)
        drafted = scenario.model_copy(update={"notes": notes}).with_dossier(dossier)
    return drafted


def _clock(dossier: Dossier) -> tuple[Clock, int | None, bool]:
    """First and last day, the year, and whether the document dates the battle to the day."""
    when = dossier.battle.when
    span: DateSpan | None = None
    if when is not None:
        try:
            span = parse_edtf(when.edtf)
        except InputError:
            span = None
    if span is None or span.earliest is None:
        return Clock(start="0001-01-01", end=_last_undated("0001-01-01")), None, False
    year = from_day(span.earliest)[0]
    last = span.latest if span.latest is not None else span.earliest + DAYS_UNDATED - 1
    # A month or a year is no battle's length: the document gives no days, so assume a few.
    precise = len(when.edtf.split("/")[0].lstrip("-").split("-")) == 3 if when else False
    if not precise:
        last = span.earliest + DAYS_UNDATED - 1
    start, end = format_day(span.earliest), format_day(last)
    framing = tuple(
        claim.id
        for claim in dossier.claims
        if claim.about in ("start", "end") and claim.status != "rejected"
    )
    return Clock(start=start, end=end, claims=framing), year, precise


def _last_undated(start: str) -> str:
    """The last day of an undated battle that starts on `start`."""
    first = parse_edtf(start).earliest or 0
    return format_day(first + DAYS_UNDATED - 1)


def _causes(dossier: Dossier) -> tuple[str, dict[str, Choice]]:
    """Who attacks in the model, and the discrete causes that the record disputes."""
    causes: dict[str, Choice] = {}
    sides = tuple(side.id for side in dossier.battle.sides)
    for question in dossier.questions:
        choice = _choice(question)
        if choice is not None and question.about not in causes:
            causes[question.about] = choice
    if "attacker" in causes and set(causes["attacker"].options) <= set(sides):
        return "attacker", causes
    causes.pop("attacker", None)
    if dossier.battle.attacker in sides[:2]:
        return dossier.battle.attacker or sides[0], causes
    causes["attacker"] = Choice(
        options=dict.fromkeys(sides[:2], 1.0),
        assumed="the record does not say who attacked: both sides alike",
    )
    return "attacker", causes


def _choice(question: Question) -> Choice | None:
    """A question about a cause, as a choice between its alternatives, none favoured."""
    if question.answer is not None:
        return None
    if question.about.split(".")[0] not in ("attacker", "instigator", "motive"):
        return None
    options = {a.value: 1.0 for a in question.alternatives if a.value}
    if len(options) < 2:
        return None
    return Choice(
        options=options,
        labels={a.value: a.label for a in question.alternatives if a.value},
        claims=tuple(dict.fromkeys(c for a in question.alternatives for c in a.claims)),
        assumed="no answer is favoured before the claims are weighed",
    )


def _forces(
    dossier: Dossier, first: str, second: str, attacker: str, era: LearnedEra
) -> tuple[tuple[Force, ...], float]:
    """One force a side; the side whose order of magnitude is known anchors the other."""
    scales = {side: known_scale(dossier, side) for side in (first, second)}
    known = [side for side in (first, second) if scales[side]]
    anchor = known[0] if known else first
    scale, claims = scales[anchor] or (_scale_from_losses(dossier, first, second), ())
    strengths = {anchor: _anchored(dossier, anchor, scale, claims)}
    other = second if anchor == first else first
    found = scales[other]
    if found:
        strengths[other] = _anchored(dossier, other, *found)
    else:
        sign = {anchor: -1.0, other: 1.0}.get(attacker, 0.0)
        spread = math.hypot(era.ratio_sd, era.ratio_mean_sd, 0.0 if sign else era.ratio_mean)
        small = scale < SMALL
        strengths[other] = Quantity(
            prior=Prior(
                family="lognormal",
                median=round(math.exp(sign * era.ratio_mean), 4),
                sigma=round(spread * (WIDENED if small else 1.0), 4),
                low=max(claimed_losses(dossier, other), 1.0),
                high=2e9,
                derives_from={f"strength.{anchor}-force": 1.0},
            ),
            whole=True,
            unit="people",
            source=f"{learned_from(era)}: ln(attacker / defender) mean {era.ratio_mean:.2f}, "
            f"sd {era.ratio_sd:.2f}",
            assumed="the record gives no strength of this side"
            + (f"; few known battles are so small: sd widened {WIDENED} times" if small else ""),
        )
    names = {side.id: side.name for side in dossier.battle.sides}
    forces = tuple(
        Force(
            id=f"{side}-force", side=side, name=names[side], strength=strengths[side], place=FIELD
        )
        for side in (anchor, other)
    )
    return forces, scale


def _anchored(dossier: Dossier, side: str, scale: float, claims: tuple[str, ...]) -> Quantity:
    why = (
        f"the record speaks of an order of magnitude of {scale:,.0f}; the figure itself is weighed "
        "as a claim, so only the order enters here, give or take a factor of ten"
        if claims
        else f"no strength in the record; {scale:,.0f} from the losses, a factor of ten either way"
    )
    return strength_prior(scale, claimed_losses(dossier, side), assumed=why)


def _scale_from_losses(dossier: Dossier, first: str, second: str) -> float:
    """Order of magnitude of a strength when only losses are named: about a tenth is lost."""
    loss = max(claimed_losses(dossier, first), claimed_losses(dossier, second))
    return 10 ** (round(2 * math.log10(10 * loss)) / 2) if loss >= 1 else 1000.0


def _engagement(
    sides: tuple[str, str],
    attacker: str,
    scale: float,
    era: LearnedEra,
    clock: Clock,
    reinforced: set[str],
) -> tuple[Engagement, JointPrior]:
    first, last = parse_edtf(clock.start).earliest or 0, parse_edtf(clock.end).earliest or 0
    days = float(last - first + 1)
    # Who attacks may be open, and the record names an order of magnitude for both or for one.
    rates, joint = learned_rates(era, scale, scale, days, CLASH)
    on_the_day = "the document dates the battle by days, not by hours"
    engagement = Engagement(
        id=CLASH,
        place=FIELD,
        sides=sides,
        attacker=attacker,
        law="square",
        rates=rates,
        begins=Quantity(
            prior=Prior(family="uniform", low=0.0, high=0.5 if days == 1 else 1.0),
            unit="days",
            assumed=on_the_day,
        ),
        ends=Quantity(
            prior=Prior(family="uniform", low=0.5 if days == 1 else days - 1.0, high=days),
            unit="days",
            assumed=on_the_day,
        ),
        shares={side: loss_shares() for side in sides},
        breaking_off={
            side: breaking_off("rally" if side in reinforced else "leave", days) for side in sides
        },
    )
    return engagement, joint


def _places(dossier: Dossier, attacker: str, first: str, second: str) -> tuple[Place, ...]:
    """The field, held by the defender at first, and the named places inside it."""
    names = {entity.id: entity.name for entity in dossier.entities if entity.kind == "place"}
    holder = {first: second, second: first}.get(attacker, "defender")
    inner = [place for place in dossier.battle.places if place in names]
    for claim in dossier.claims:
        kind, _, rest = claim.about.partition(".")
        place = rest.split("@")[0]
        if kind == "control" and place in names and place not in inner:
            inner.append(place)
    field = Place(id=FIELD, name="the field of battle", contested=not inner, holder=holder)
    return (
        field,
        *(
            Place(id=place, name=names[place], contested=True, within=FIELD, entity=place)
            for place in inner
            if place != FIELD
        ),
    )


def _notes(dossier: Dossier, dated: bool, scale: float, command: Command) -> tuple[str, ...]:
    notes = []
    if not dated:
        notes.append(
            f"the document does not date the battle to the day: {DAYS_UNDATED} days are assumed"
        )
    if len(dossier.battle.sides) > 2:
        names = ", ".join(side.name for side in dossier.battle.sides[2:])
        notes.append(f"fought as one engagement of two sides; {names} take no part in the model")
    if scale < SMALL:
        notes.append(
            "one of 652 known battles has both sides under 1,000: loss rates are extrapolated"
        )
    if command.forces:
        notes.append("the number, origin and way of the additional forces are not in the record")
    return tuple(notes)
