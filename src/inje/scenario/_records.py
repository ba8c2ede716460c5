"""The model: sides, forces, places, roads, engagements, messages, decisions, causes.

Times inside are days since the start of the scenario's first local day; distances are
kilometres; strengths are people. Every number is a `Quantity` with its provenance.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field, PrivateAttr

from inje.dossier import Dossier, Making, Record
from inje.scenario._crisis import Crisis
from inje.scenario._quantity import Choice, Quantity
from inje.tables import in_markdown, shown

__all__ = [
    "KINDS_OF_LOSS",
    "Account",
    "BreakingOff",
    "Clock",
    "Decision",
    "Engagement",
    "Evidence",
    "Force",
    "JointPrior",
    "March",
    "Message",
    "Phase",
    "Place",
    "Road",
    "Scenario",
    "Side",
    "Stage",
    "Trigger",
]

SCHEMA = "inje-scenario/2"
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_\-]*$", max_length=120)]
#: the kinds of loss that a casualty is marked with
KINDS_OF_LOSS = ("killed", "wounded", "captured", "missing")


class Clock(Record):
    """First and last local day of the scenario (EDTF days, both inclusive).

    Hours are local hours of the day: dawn and dusk bound the light. `claims` are those that
    set the days: what frames the model is not weighed a second time.
    """

    start: str
    end: str
    claims: tuple[str, ...] = ()
    dawn: Annotated[float, Field(ge=0, le=24)] = 5.5
    dusk: Annotated[float, Field(ge=0, le=24)] = 18.5


class Side(Record):
    """One side; its id is the one used in observable paths."""

    id: Identifier
    name: str
    entities: tuple[str, ...] = ()


class Place(Record):
    """A place that is fought over, marched from or threatened.

    `within` names the place of whose control this one takes part (a village inside a
    position that is fought for as one). `holder` is a side at the start, or "defender".
    A location needs a source of its own, with its uncertainty in kilometres.
    """

    id: Identifier
    name: str
    contested: bool = False
    within: str | None = None
    holder: str | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    uncertainty_km: Annotated[float, Field(ge=0)] | None = None
    source: str = ""
    entity: str | None = None


class Road(Record):
    """A way between two places. `going` scales march rates (1 road, .6 cross-country)."""

    id: Identifier
    between: tuple[str, str]
    distance: Quantity
    going: Quantity | None = None


class March(Record):
    """How a force comes: from where, by which mode, along which roads (else the fastest)."""

    origin: str
    mode: Literal["foot", "cavalry", "truck", "courier"] = "foot"
    roads: tuple[str, ...] = ()
    rate: Quantity | None = Field(default=None, description="km/day; default: the mode's rate")


class Force(Record):
    """People of one side and arm. Without `march` the force is at its place from the start."""

    id: Identifier
    side: str
    name: str = ""
    arm: str = "foot"
    strength: Quantity
    place: str
    march: March | None = None


class Phase(Record):
    """A window of fighting, in days since the start; `intensity` multiplies the rates.

    `upon` multiplies the losses of one side further (a posture that exposes or covers it).
    """

    id: Identifier
    begins: Annotated[float, Field(ge=0)]
    ends: Annotated[float, Field(gt=0)]
    intensity: Quantity
    upon: dict[str, Quantity] = Field(default_factory=dict, description="by side")
    label: str = ""


class BreakingOff(Record):
    """Hazard per day of leaving the fight: h0 exp(a ln(loss fraction/.1) + c ln(odds against)).

    `at_strength` is a fixed breakpoint (people left on the side), for studies that use one.
    After breaking off, a side's forces `leave`, or `rally` to their own reinforcements.
    Source: Helmbold, Decision in Battle (1971), who rejects fixed casualty thresholds.
    """

    h0: Quantity | None = None
    a: Quantity | None = None
    c: Quantity | None = None
    at_strength: Quantity | None = None
    afterwards: Literal["leave", "rally"] = "leave"


class Engagement(Record):
    """A place where hostile sides meet, and the law by which they lose people.

    `rates` are the loss coefficients of the law, by side id, or by role ("attacker",
    "defender") when `attacker` is a cause of the model. A matrix over arms is written as
    "side.arm.enemyarm". Without `phases` the fighting lasts from `begins` to `ends`.
    `night` scales the rates between dusk and dawn. `shares` are relative weights of the kinds of
    loss, by side, normalised to one; without them a side's losses are all killed or wounded.
    """

    id: Identifier
    place: str
    sides: tuple[str, str]
    attacker: str | None = Field(default=None, description="a side, or the cause 'attacker'")
    law: str = "square"
    law_parameters: dict[str, Quantity] = Field(default_factory=dict)
    rates: dict[str, Quantity] = Field(min_length=1)
    begins: Quantity | None = None
    ends: Quantity | None = None
    phases: tuple[Phase, ...] = ()
    night: Quantity | None = None
    shares: dict[str, dict[str, Quantity]] = Field(default_factory=dict)
    breaking_off: dict[str, BreakingOff] = Field(default_factory=dict)


class Trigger(Record):
    """What starts a message: the attack, a loss of control, a side breaking off, a day."""

    on: Literal["attack", "loss_of_control", "breaking_off", "day"]
    engagement: str | None = None
    side: str | None = None
    day: Quantity | None = None


class Stage(Record):
    """One delay on the way of a message or an order, in days."""

    id: Identifier
    delay: Quantity


class Message(Record):
    """A report from one person to another, with the delays on its way."""

    id: Identifier
    name: str = ""
    sender: str = ""
    receiver: str = ""
    trigger: Trigger
    stages: tuple[Stage, ...] = Field(min_length=1)


class Evidence(Record):
    """How likely a report is if the threat is serious, and if it is not."""

    if_serious: Quantity
    if_not: Quantity


class Decision(Record):
    """A leader's choice to send a force, on the reports that reached him.

    Belief that the threat is serious: a Bayes filter from `belief` over the reports' `evidence`.
    The order is given with probability 1 / (1 + exp(-precision (gain belief - cost))).
    """

    id: Identifier
    name: str = ""
    by: str = ""
    side: str
    on: tuple[str, ...] = Field(min_length=1, description="messages, by id")
    belief: Quantity
    evidence: dict[str, Evidence] = Field(default_factory=dict)
    gain: Quantity
    cost: Quantity
    precision: Quantity
    stages: tuple[Stage, ...] = ()
    sends: tuple[str, ...] = Field(min_length=1, description="forces, by id")


class JointPrior(Record):
    """Correlated quantities: normal on the log scale around each one's own prior.

    `correlation` is the matrix over `quantities`, whose own priors must be lognormal.
    """

    quantities: tuple[str, ...] = Field(min_length=2)
    correlation: tuple[tuple[float, ...], ...]
    source: str = ""
    assumed: str = ""


class Account(Record):
    """A rival explanation: what it sets, what it says of each claim, its prior weight."""

    id: Identifier
    label: str
    sets: dict[str, str] = Field(default_factory=dict)
    weight: Annotated[float, Field(gt=0)] = 1.0
    says: dict[str, float | Literal["shared"]] = Field(default_factory=dict)
    claims: tuple[str, ...] = ()
    assumed: str = ""


class Scenario(Record):
    """The model of one battle. Carries its dossier in memory, not on disk."""

    schema_: str = Field(default=SCHEMA, alias="schema")
    title: str
    made: Making = Making()
    dossier_file: str = ""
    clock: Clock
    sides: tuple[Side, ...] = Field(min_length=2)
    places: tuple[Place, ...] = Field(min_length=1)
    roads: tuple[Road, ...] = ()
    forces: tuple[Force, ...] = Field(min_length=2)
    engagements: tuple[Engagement, ...] = Field(min_length=1)
    messages: tuple[Message, ...] = ()
    decisions: tuple[Decision, ...] = ()
    causes: dict[str, Choice] = Field(default_factory=dict)
    joint: tuple[JointPrior, ...] = ()
    accounts: tuple[Account, ...] = ()
    crisis: Crisis | None = None
    notes: tuple[str, ...] = ()
    _dossier: Dossier | None = PrivateAttr(default=None)

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True
    )

    @property
    def dossier(self) -> Dossier | None:
        """The record that this model was drawn from, when at hand."""
        return self._dossier

    def with_dossier(self, dossier: Dossier) -> Scenario:
        """A copy that carries this dossier."""
        copy = self.model_copy()
        copy._dossier = dossier  # noqa: SLF001 - of a copy of itself
        return copy

    def _repr_html_(self) -> str:
        names = {place.id: place.name for place in self.places}
        rows = (
            (force.name or force.id, force.side, names.get(force.place, force.place),
             "claims" if force.strength.claims else force.strength.assumed or force.strength.source)
            for force in self.forces
        )  # fmt: skip
        size = (
            f"{self.clock.start} to {self.clock.end}; {len(self.places)} places, "
            f"{len(self.engagements)} engagements, {len(self.causes)} disputed causes, "
            f"{len(self.accounts)} accounts"
        )
        head = ("force", "side", "stands at", "strength from")
        return shown(self.title, (size, *self.notes), head, rows)

    def _repr_markdown_(self) -> str:
        return in_markdown(self._repr_html_())
