"""From a record to a claim model: who holds what, who passed it on, who copied whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from inje.chronology import parse_edtf
from inje.dossier import Claim, Dossier, Entity, ObservablePath, Source
from inje.errors import InputError
from inje.posterior._attitudes import bears_on_the_world, stated
from inje.posterior._claims import ClaimModel, WeighedClaim
from inje.posterior._kinds import kinds
from inje.posterior._readings import Assumptions, Kind, Reading, Setting
from inje.posterior._transmission import Attestation
from inje.scenario import Scenario, drawing_order, parameters

__all__ = ["compile_claims", "interests_of", "setting_of"]

#: a restatement in the same document is a copy of it; `assumed`, near 1
RESTATED = 0.99
#: one work copying another: 80 % of figures equal (Wikipedia and CWSAC, Civil War battles)
COPIED = 0.8
#: the letter of a narrator without one, `assumed`
NARRATOR = "B"


@dataclass(frozen=True)
class _Agents:
    """Holders and cited works under their decided identities."""

    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]

    def name(self, id_: str) -> str:
        """One name for those that are the same."""
        seen: set[str] = set()
        while id_ not in seen:
            seen.add(id_)
            if id_ in self.sources and self.sources[id_].same_work:
                id_ = str(self.sources[id_].same_work)
            elif id_ in self.entities and self.entities[id_].same_as:
                id_ = min(id_, *self.entities[id_].same_as)
        return id_

    def letter(self, id_: str) -> str | None:
        """Admiralty letter, unset where nobody gave one; a narrator's is B."""
        record = self.entities.get(id_) or self.sources.get(id_)
        if record is not None and record.reliability is not None:
            return record.reliability
        entity = self.entities.get(id_)
        return NARRATOR if entity is not None and entity.kind == "narrator" else None

    def interest(self, id_: str) -> str | None:
        """The side an agent would favour, or none."""
        entity, source = self.entities.get(id_), self.sources.get(id_)
        if entity is not None:
            return entity.interest or entity.side
        return source.interest if source is not None else None

    def own_words(self, id_: str) -> bool:
        """Whether an agent is more than the narrator and the works that he cites."""
        return id_ not in self.sources and not self.narrates(id_)

    def narrates(self, id_: str) -> bool:
        entity = self.entities.get(id_)
        return entity is not None and entity.kind == "narrator"


def interests_of(dossier: Dossier, names: Iterable[str]) -> dict[str, str | None]:
    """By holder or cited work, the side that it would favour, or none."""
    agents = _Agents({e.id: e for e in dossier.entities}, {s.id: s for s in dossier.sources})
    return {name: agents.interest(name) for name in names}


def setting_of(
    scenario: Scenario,
    columns: Iterable[str],
    labels: Mapping[str, tuple[str, ...]],
    claims: Iterable[Claim] = (),
    assumed: Assumptions | None = None,
) -> Setting:
    """What all claims of a record share.

    Parameters
    ----------
    scenario : gives the clock and the largest strength.
    columns, labels : what worlds have, and the categories of categorical columns.
    claims : their largest number stretches the declared range where the scenario's is less.
    assumed : of speakers; as the design has it unless given.
    """
    assumed = assumed or Assumptions()
    first = parse_edtf(scenario.clock.start).earliest or 0
    last = parse_edtf(scenario.clock.end).latest or first
    said = [
        float(number)
        for claim in claims
        if claim.value is not None
        for number in (claim.value.low, claim.value.best, claim.value.high)
        if isinstance(number, int | float)
    ]
    largest = max([_largest_strength(scenario), *(2 * n / assumed.contents for n in said), 1.0])
    return Setting(
        limit=int(np.ceil(assumed.contents * largest)),
        days=float(last - first + 1),
        first_day=first,
        labels=dict(labels),
        columns=frozenset(columns),
        kappa=assumed.kappa,
        senses=dict(assumed.senses),
    )


def _largest_strength(scenario: Scenario) -> float:
    """Median strength of the largest side, forces added."""
    quantities = parameters(scenario)
    medians: dict[str, np.ndarray] = {}
    for path in drawing_order(quantities):
        medians[path] = quantities[path].quantile(np.array([0.5]), medians)
    totals = {side.id: 0.0 for side in scenario.sides}
    for force in scenario.forces:
        totals[force.side] = totals.get(force.side, 0.0) + float(medians[f"strength.{force.id}"][0])
    return max(totals.values())


def compile_claims(
    dossier: Dossier,
    scenario: Scenario,
    columns: Iterable[str],
    labels: Mapping[str, tuple[str, ...]],
    assumed: Assumptions | None = None,
) -> ClaimModel:
    """The claims of a dossier as a likelihood of the worlds of a scenario.

    Parameters
    ----------
    dossier : the record; rejected claims do not count.
    scenario : the model, its accounts with what they say of claims.
    columns : observable paths of the worlds' columns.
    labels : categories of the categorical ones, in the order of their codes.
    assumed : of speakers: interest, range of contents, what "lost" means; for sensitivities.

    Returns
    -------
    ClaimModel; claims that bear on nothing are kept as `idle`, with the reason.

    Raises
    ------
    PathError : a claim about a path that names nothing.
    ModelError : a value that no form of words allows.
    OptionError : a reliability letter out of range.
    """
    live = [claim for claim in dossier.claims if claim.status != "rejected"]
    # What is restated or copied comes first: a lead may stand before the body that it repeats, and
    # a box without citations before the cited sentence that it sums up.
    copiers = {source.id for source in dossier.sources if source.copies}
    live.sort(
        key=lambda claim: (
            claim.restates is not None,
            not copiers.isdisjoint((*claim.holders, *(link.source for link in claim.citations))),
            not claim.citations,
        )
    )
    setting = setting_of(scenario, columns, labels, live, assumed)
    agents = _Agents({e.id: e for e in dossier.entities}, {s.id: s for s in dossier.sources})
    idle: dict[str, str] = {}
    weighed: dict[str, WeighedClaim] = {}
    said: dict[tuple[object, ...], str] = {}
    for claim in live:
        if claim.id in scenario.clock.claims:
            idle[claim.id] = "it set the days of the model, and is not used twice"
            continue
        reading = _reading(claim, scenario, setting, agents)
        if isinstance(reading, str):
            idle[claim.id] = reading
            continue
        original, copying = _original(claim, reading, weighed, dossier, agents)
        first = weighed.get(said.setdefault(_content(claim, scenario, agents), claim.id))
        again = original is None and first is not None
        if again:
            original, copying = first, RESTATED
        weighed[claim.id] = _weighed(claim, reading, agents, original, copying, again=again)
    names = sorted({name for item in weighed.values() for name in item.attestation.agents})
    return ClaimModel(tuple(weighed.values()), {n: agents.letter(n) for n in names}, idle)


def _content(claim: Claim, scenario: Scenario, agents: _Agents) -> tuple[object, ...]:
    """What a claim says of the model, and in whose voice: said again, it is no second witness.

    Places of one field share its control; where there is one field, control of it at the end is
    the outcome. A box states in the narrator's voice what the body states in a work's.
    """
    path = ObservablePath.parse(claim.about) if claim.about else None
    voice: tuple[str, ...] = _voice(claim, agents)
    about = claim.about
    if path is not None and path.quantity in ("control", "winner", "result"):
        within = {place.id: place.within or place.id for place in scenario.places}
        fields = {within[place.id] for place in scenario.places if place.contested}
        last = path.date in ("", scenario.clock.end)
        where = within.get(path.parts[0], path.parts[0]) if path.parts else ""
        about = "outcome" if last and len(fields) == 1 else f"control.{where}@{path.date}"
        voice = tuple(name for name in voice if agents.own_words(name))
    value = claim.value
    told = (value.low, value.best, value.high, value.vagueness) if value else claim.id
    document = claim.anchor.document if claim.anchor else ""
    return about, told, voice, document


def _reading(claim: Claim, scenario: Scenario, setting: Setting, agents: _Agents) -> Reading | str:
    """A claim's reading, or why it has none."""
    direct: Reading | None = None
    form: Reading | None = None
    reason = "it is about nothing that the model has"
    if claim.about:
        path = ObservablePath.parse(claim.about, f"claim {claim.id}")
        kind = kinds().get(path.quantity)
        interest = agents.interest(_voice(claim, agents)[0])
        if kind is None:
            reason = f"nothing here weighs claims about {path.quantity}"
        else:
            form = _read(kind, claim, path, interest, setting)
            reason = "it gives no value, or worlds have no such outcome"
        if bears_on_the_world(claim, path) or _answers(claim, scenario):
            direct = form
        else:
            reason = f"a {claim.kind} is evidence of its holder's state, not of the world"
    return stated(claim, scenario.accounts, setting.labels, direct, form) or direct or reason


def _answers(claim: Claim, scenario: Scenario) -> bool:
    """Whether a drafted question states what an opinion says of each of its answers.

    Where a person states accounts, these do; a draft has only the question, whose alternatives
    are the accounts: who tracks the truth names the true one.
    """
    cause = scenario.causes.get(claim.about)
    return not scenario.accounts and cause is not None and claim.id in cause.claims


def _read(
    kind: Kind, claim: Claim, path: ObservablePath, interest: str | None, setting: Setting
) -> Reading | None:
    """The kind's reading, its faults told with the claim's name."""
    try:
        return kind.read(claim, path, interest, setting)
    except InputError as error:
        fault = error.faults[0]
        raise type(error)(
            f"claim {claim.id}", f"{fault.where} {fault.what}", fault.allowed, fault.remedy
        ) from error


def _voice(claim: Claim, agents: _Agents) -> tuple[str, ...]:
    """Through whom a claim came, innermost first: holder, cited work, narrator.

    The cited work stands between the narrator and those whose words it gives; where the
    narrator alone speaks and cites, the words are the work's.
    """
    holders = [agents.name(holder) for holder in claim.holders]
    outer = [holder for holder in holders if agents.narrates(holder)]
    inner = [holder for holder in holders if not agents.narrates(holder)]
    links = sorted(
        claim.citations, key=lambda link: ("sentence", "paragraph", "section").index(link.scope)
    )
    works = [agents.name(link.source) for link in links[:1]]
    return tuple(dict.fromkeys([*inner[::-1], *works, *outer[::-1]]))


def _weighed(
    claim: Claim,
    reading: Reading,
    agents: _Agents,
    original: WeighedClaim | None,
    copying: float,
    *,
    again: bool,
) -> WeighedClaim:
    holder, *carriers = _voice(claim, agents)
    attestation = Attestation(
        claim=claim.id,
        holder=holder,
        invented=reading.invented(agents.interest(holder)),
        carriers=tuple((name, reading.invented(agents.interest(name))) for name in carriers),
        copying=copying,
        repeats=again or (original is not None and reading.repeats(original.reading)),
        original=original.id if original else "",
    )
    return WeighedClaim(claim.id, claim.about, reading, attestation)


def _original(
    claim: Claim,
    reading: Reading,
    weighed: Mapping[str, WeighedClaim],
    dossier: Dossier,
    agents: _Agents,
) -> tuple[WeighedClaim | None, float]:
    """The earlier claim that this one may copy, and how probably."""
    by_id = {other.id: other for other in dossier.claims}
    seen, link = {claim.id}, claim.restates
    while link and link not in seen:
        if link in weighed:
            return weighed[link], RESTATED
        seen.add(link)
        link = by_id[link].restates if link in by_id else None
    copied = {
        agents.name(agents.sources[name].copies or "")
        for name in _voice(claim, agents)
        if name in agents.sources and agents.sources[name].copies
    }
    open_to_it = [
        other
        for other in weighed.values()
        if other.about == claim.about and copied & set(other.attestation.agents)
    ]
    if not open_to_it:
        return None, 0.0
    alike = (other for other in open_to_it if reading.repeats(other.reading))
    return next(alike, open_to_it[0]), COPIED
