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
from inje.exact import TwoCounts, filtered
from inje.posterior._assembly import Assembly
from inje.posterior._claims import ClaimModel
from inje.posterior._counts import CountReading
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

    @cached_property
    def _tables(self) -> dict[int, np.ndarray]:
        return {}

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
        return {self.path(r): self.lost_on_average(given, r.date, r.side) for r in self.reports}

    def lost_on_average(self, given: Mapping[str, np.ndarray], date: int, side: int) -> np.ndarray:
        """Losses (n,) of a side by a date, in battles that go as they do on average."""
        sides = self.engagement.sides
        x, y = (np.asarray(given[path], dtype=float) for path in self.forces)
        a, b = (np.asarray(given[f"rate.{self.engagement.id}.{side}"], float) for side in sides)
        t, ratio = np.sqrt(a * b) * self.days[date], np.sqrt(a / np.maximum(b, 1e-300))
        with np.errstate(over="ignore", invalid="ignore"):
            left = (
                x * np.cosh(t) - ratio * y * np.sinh(t),
                y * np.cosh(t) - x / ratio * np.sinh(t),
            )[side]
        start = (x, y)[side]
        return np.rint(start - np.clip(np.nan_to_num(left), 0, start))

    def path(self, report: Report) -> str:
        """The column that a report is about."""
        return self.claims.claims[report.claim].reading.columns[0]

    def log_likelihood(self, x: np.ndarray) -> np.ndarray:
        """Logarithm of P(claims | parameters, reliabilities) (n,)."""
        return self.weighed(x, np.empty((len(x), 0)))[0]

    def weighed(self, x: np.ndarray, uniforms: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The same, and losses of both sides by date (n, dates, 2), drawn given all claims.

        Parameters
        ----------
        uniforms : (n, dates), in [0, 1), what draws the losses; (n, 0) if none are wanted.

        Raises
        ------
        OptionError : a battle with too many losses for its law.
        """
        given, trust = self.parameters(x), self.reliabilities(x)
        log = self._alone(given, trust)
        losses = np.zeros((*uniforms.shape, 2), dtype=np.int64)
        when = [report.date for report in self.reports]
        whose = [report.side for report in self.reports]
        for row in np.flatnonzero(np.isfinite(log)).tolist():
            own = {agent: float(values[row]) for agent, values in trust.items()}
            factors = [self._transmission.factor(report.claim, own) for report in self.reports]
            alpha, beta = np.array(factors, dtype=float).reshape(-1, 2).T
            found, losses[row] = filtered(
                self.battle(given, row), self.days, when, whose, self._told, (alpha, beta),
                uniforms=uniforms[row], accuracy=ACCURACY,
            )  # fmt: skip
            log[row] += found
        return log, losses

    def _told(self, length: int) -> np.ndarray:
        """What every report says of 0 .. length - 1 losses, (reports, length)."""
        if length not in self._tables:
            span = np.arange(length)
            rows = [
                self.claims.claims[report.claim].reading.tracking({self.path(report): span})
                for report in self.reports
            ]
            self._tables[length] = np.array(rows, dtype=float).reshape(len(rows), length)
        return self._tables[length]

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
