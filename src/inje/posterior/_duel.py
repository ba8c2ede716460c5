"""Two forces that fight by the square law: the exact likelihood of dated reports on them.

Given parameters and everybody's reliability, claims are independent factors of the losses by
date; so the law of the losses is carried from date to date, and weighed by what was reported on
each (a forward filter). Losses are drawn back from the last date to the first (forward filtering,
backward sampling; Carter & Kohn 1994).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from inje.chronology import parse_edtf
from inje.dossier import ObservablePath
from inje.exact import LossLaw, TwoCounts, transient
from inje.posterior._assembly import Assembly
from inje.posterior._claims import ClaimModel
from inje.posterior._counts import CountReading
from inje.posterior._duel_paths import drawn_back
from inje.posterior._transmission import Transmission
from inje.posterior._worlds import ScenarioParticles
from inje.scenario import Engagement, Scenario, parameters

__all__ = ["Duel", "Report", "duel_of"]

#: share of the mass that may be dropped at every date; a later report may make more of it
ACCURACY = 1e-6
TOTAL = ("total", "killed_or_wounded", "")


@dataclass(frozen=True)
class Report:
    """A claim about the losses of one side by one date.

    Attributes
    ----------
    claim : its place among the claims. date : index of the date. side : 0 or 1.
    """

    claim: int
    date: int
    side: int


@dataclass(frozen=True)
class Duel:
    """A scenario of two counts, and its record as reports on them.

    Attributes
    ----------
    particles : turns coordinates into parameters.
    claims : the record. engagement : what they fight in.
    forces : paths of both strengths. agents : keys of the reliabilities, one coordinate each.
    days : dates of reports and the end, ascending. reports : claims about losses.
    others : places of claims about strengths and rates, which parameters alone decide.
    """

    particles: ScenarioParticles
    claims: ClaimModel
    engagement: Engagement
    forces: tuple[str, str]
    agents: tuple[str, ...]
    days: tuple[float, ...]
    reports: tuple[Report, ...]
    others: tuple[int, ...]

    @cached_property
    def _transmission(self) -> Transmission:
        return self.claims.transmission

    @property
    def dimension(self) -> int:
        """Coordinates: parameters, then reliabilities; all standard normal a priori."""
        return self.particles.dimension + len(self.agents)

    def parameters(self, x: np.ndarray) -> dict[str, np.ndarray]:
        """Parameters (n,) at coordinates (n, dimension)."""
        drawn = self.particles.given(x[:, : self.particles.dimension])
        fixed = {
            path: np.full(len(x), float(quantity.quantile(np.array(0.5))))
            for path, quantity in parameters(self.particles.worlds.scenario).items()
            if quantity.prior is None
        }
        return {**fixed, **drawn}

    def reliabilities(self, x: np.ndarray) -> dict[str, np.ndarray]:
        """Reliability of every agent (n,) at coordinates (n, dimension)."""
        uniform = special.ndtr(x[:, self.particles.dimension :])
        betas = self._transmission.reliabilities
        return {
            agent: special.betaincinv(*betas[agent.partition("\0")[0]], u)
            for agent, u in zip(self.agents, uniform.T, strict=True)
        }

    def battle(self, given: Mapping[str, np.ndarray], row: int) -> TwoCounts:
        """The battle of one draw."""
        people = [int(max(np.floor(given[path][row] + 0.5), 0)) for path in self.forces]
        rates = [
            float(given[f"rate.{self.engagement.id}.{side}"][row]) for side in self.engagement.sides
        ]
        return TwoCounts((people[0], people[1]), (rates[0], rates[1]))

    def strengths(self, given: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Strength of every side (n,) by path."""
        return {
            f"strength.{side}": np.floor(np.asarray(given[path]) + 0.5)
            for side, path in zip(self.engagement.sides, self.forces, strict=True)
        }

    def mean_losses(self, given: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Losses (n,) of battles that go as they do on average, for what claims read."""
        sides = self.engagement.sides
        x, y = (np.asarray(given[path], dtype=float) for path in self.forces)
        a, b = (np.asarray(given[f"rate.{self.engagement.id}.{side}"], float) for side in sides)
        pace, ratio = np.sqrt(a * b), np.sqrt(a / np.maximum(b, 1e-300))
        found: dict[str, np.ndarray] = {}
        for report in self.reports:
            t = pace * self.days[report.date]
            with np.errstate(over="ignore", invalid="ignore"):
                left = (
                    x * np.cosh(t) - ratio * y * np.sinh(t),
                    y * np.cosh(t) - x / ratio * np.sinh(t),
                )
            start = (x, y)[report.side]
            lost = np.rint(start - np.clip(np.nan_to_num(left[report.side]), 0, start))
            found[self.path(report)] = lost
        return found

    def path(self, report: Report) -> str:
        """The column that a report is about."""
        return self.claims.claims[report.claim].reading.columns[0]

    def log_likelihood(self, x: np.ndarray) -> np.ndarray:
        """Logarithm of P(claims | parameters, reliabilities) (n,)."""
        given, trust = self.parameters(x), self.reliabilities(x)
        alone = self._alone(given, trust)
        found = np.full(len(x), -np.inf)
        for row in np.flatnonzero(np.isfinite(alone)):
            laws = self.filtered(given, trust, int(row))
            total = laws[-1].total
            found[row] = alone[row] + (np.log(total) if total > 0 else -np.inf)
        return found

    def _alone(
        self, given: Mapping[str, np.ndarray], trust: Mapping[str, np.ndarray]
    ) -> np.ndarray:
        """Factors of what parameters alone decide (n,)."""
        log = np.zeros(len(next(iter(given.values()))))
        for claim in self.others:
            columns = self.claims.claims[claim].reading.columns
            worlds = {name: self.strengths(given)[name] for name in columns}
            alpha, beta = self._transmission.factor(claim, trust)
            with np.errstate(divide="ignore"):
                log += np.log(alpha + beta * self.claims.claims[claim].reading.tracking(worlds))
        return log

    def filtered(
        self, given: Mapping[str, np.ndarray], trust: Mapping[str, np.ndarray], row: int
    ) -> list[LossLaw]:
        """Laws of the losses at every date, weighed by the reports up to it."""
        battle, laws, law, before = self.battle(given, row), [], None, 0.0
        own = {agent: float(values[row]) for agent, values in trust.items()}
        for date, day in enumerate(self.days):
            law = transient(battle, day, start=law, since=before, accuracy=ACCURACY)
            law, before = _pruned(self._weighed(law, date, own)), day
            laws.append(law)
            if not law.total > 0:
                break
        return laws

    def _weighed(self, law: LossLaw, date: int, trust: Mapping[str, float]) -> LossLaw:
        """A law times the factors of the reports on a date."""
        mass = law.probability
        for report in self.reports:
            if report.date == date:
                lost = (law.first, law.second)[report.side]
                span = np.arange(lost.max(initial=0) + 1)
                reading = self.claims.claims[report.claim].reading
                alpha, beta = self._transmission.factor(report.claim, trust)
                mass = mass * (alpha + beta * reading.tracking({self.path(report): span}))[lost]
        return LossLaw(law.first, law.second, mass, law.spans, law.truncated)

    def paths(self, x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Losses of both sides by date (n, dates, 2), drawn given parameters and claims."""
        given, trust = self.parameters(x), self.reliabilities(x)
        found = np.empty((len(x), len(self.days), 2), dtype=np.int64)
        for row in range(len(x)):
            laws = self.filtered(given, trust, row)
            found[row] = drawn_back(self.battle(given, row), self.days, laws, rng)
        return found


def _pruned(law: LossLaw) -> LossLaw:
    """The law without cells so light that even all alike they would weigh `ACCURACY` together."""
    kept = np.flatnonzero(law.probability * len(law.probability) > ACCURACY * law.total)
    return LossLaw(
        law.first[kept], law.second[kept], law.probability[kept], law.spans, law.truncated
    )


def duel_of(made: Assembly) -> Duel | None:
    """A scenario as two counts, where its battle and its record are no more than that."""
    scenario, claims = made.worlds.scenario, made.claims
    engagement = scenario.engagements[0]
    if not claims.claims or not _two_counts(scenario):
        return None
    paths = {force.side: f"strength.{force.id}" for force in scenario.forces}
    first, second = engagement.sides
    horizon = made.worlds.plan.packed.snapshots[-1]
    moments = _moments(scenario, claims.columns, horizon)
    days = tuple(sorted({*moments.values(), horizon}))
    reports, others = [], []
    for i, claim in enumerate(claims.claims):
        reading = claim.reading
        if not isinstance(reading, CountReading) or len(reading.columns) != 1:
            return None
        path = ObservablePath.parse(reading.columns[0])
        side, *kind = path.parts or ("",)
        if side not in engagement.sides:
            return None
        if path.quantity == "losses" and "".join(kind) in TOTAL:
            day = moments.get(reading.columns[0], horizon)
            reports.append(Report(i, days.index(day), engagement.sides.index(side)))
        elif path.quantity == "strength" and not path.date:
            others.append(i)
        else:
            return None
    return Duel(
        made.particles, claims, engagement, (paths[first], paths[second]), claims.transmission.keys,
        days, tuple(reports), tuple(others),
    )  # fmt: skip


def _moments(scenario: Scenario, paths: Sequence[str], horizon: float) -> dict[str, float]:
    """Ends of the local days that paths speak of, in days since the start."""
    first = parse_edtf(scenario.clock.start).earliest or 0
    dates = {path: ObservablePath.parse(path).date for path in paths}
    return {
        path: min(float((parse_edtf(date).earliest or 0) - first + 1), horizon)
        for path, date in dates.items()
        if date
    }


def _two_counts(scenario: Scenario) -> bool:
    """Whether two forces fight by the square law, all the time, and nothing else can happen."""
    engagement = scenario.engagements[0]
    plain: Sequence[object] = (
        scenario.messages, scenario.decisions, scenario.causes, scenario.accounts,
        engagement.law_parameters, engagement.begins, engagement.ends, engagement.phases,
        engagement.night, engagement.shares, engagement.breaking_off,
    )  # fmt: skip
    return (
        len(scenario.engagements) == 1
        and len(scenario.forces) == len(scenario.sides) == 2
        and {force.side for force in scenario.forces} == set(engagement.sides)
        and not any(force.march for force in scenario.forces)
        and {force.place for force in scenario.forces} == {engagement.place}
        and not any(plain)
        and engagement.law == "square"
        and set(engagement.rates) == set(engagement.sides)
    )
