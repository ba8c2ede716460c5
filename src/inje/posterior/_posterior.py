"""The posterior: worlds weighted by how well they explain the claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from inje.errors import PathError
from inje.posterior._claims import ClaimModel
from inje.posterior._products import products_of
from inje.posterior._reach import Reach
from inje.posterior._reliability import digit
from inje.posterior._statistics import Estimate, Weighted
from inje.posterior._summary import Summary, summarise
from inje.posterior._weights import systematic
from inje.scenario import Scenario
from inje.tables import in_markdown, shown

__all__ = ["AgentReliability", "ClaimTruth", "Diagnostics", "Posterior"]

#: draws that source reliabilities are computed from
ENOUGH = 4096


@dataclass(frozen=True)
class Diagnostics:
    """How the posterior came about, and how far it can be trusted.

    Attributes
    ----------
    method : "importance" or "narrowing".
    worlds : simulated in all. ess : effective draws. k_hat : tail index of the weights.
    reach : which claims the worlds came near to.
    log_evidence, evidence_error : logarithm of the mean weight, and its error.
    sentence : how it ended, in words.
    remedy : what to do where it failed; empty where it did not.
    seed : of every draw.
    """

    method: str
    worlds: int
    ess: float
    k_hat: float
    reach: Reach
    log_evidence: float
    evidence_error: float
    sentence: str
    remedy: str = ""
    seed: int = 1

    @property
    def failed(self) -> bool:
        """Whether the posterior must not be relied on."""
        return bool(self.remedy)


@dataclass(frozen=True, slots=True)
class AgentReliability:
    """Posterior reliability of a source: mean, 5 %, 50 % and 95 % quantiles; prior mean.

    `errors` are the Monte-Carlo standard errors of the mean and the quantiles.
    """

    agent: str
    letter: str | None
    prior: float
    mean: float
    q05: float
    q50: float
    q95: float
    errors: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimTruth:
    """A weighed claim: P(it tracks the truth | the record), and its Admiralty digit.

    `error` is the Monte-Carlo standard error of the probability.
    """

    claim: str
    about: str
    probability: float
    digit: int
    error: float = 0.0


@dataclass(frozen=True)
class Posterior:
    """Weighted worlds, with everything needed to ask them.

    Attributes
    ----------
    scenario : the model, with its dossier.
    claims : the claims that weigh.
    prior : unweighted worlds, columns by observable path (m,).
    draws : weighted worlds, columns by observable path (n,).
    labels : categories of categorical columns; codes index them.
    units : by path.
    log_weight : (n,).
    world : address of each draw (n,); -1 where a particle is the address (see `particles`).
    group : independent groups for Monte-Carlo errors (n,).
    diagnostics : how it came about.
    particles : parameters and block keys of each draw that has its own, else empty.
    renewals : days since the start at which the fortunes of its worlds are renewed.
    """

    scenario: Scenario
    claims: ClaimModel
    prior: Mapping[str, np.ndarray]
    draws: Mapping[str, np.ndarray]
    labels: Mapping[str, tuple[str, ...]]
    units: Mapping[str, str]
    log_weight: np.ndarray = field(repr=False)
    world: np.ndarray = field(repr=False)
    group: np.ndarray = field(repr=False)
    diagnostics: Diagnostics
    particles: Mapping[str, np.ndarray] = field(default_factory=dict, repr=False)
    renewals: tuple[float, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether this posterior must not be relied on; `diagnostics.sentence` says why."""
        return self.diagnostics.failed

    @cached_property
    def weighted(self) -> Weighted:
        """The draws' weights, normalised, with groups for errors."""
        return Weighted.of(self.log_weight, self.group)

    @property
    def weights(self) -> np.ndarray:
        """Normalised weights (n,)."""
        return self.weighted.weight

    @property
    def replayable(self) -> bool:
        """Whether its draws are worlds, which can be fought again."""
        return "keys" in self.particles or bool((self.world >= 0).all())

    @property
    def addresses(self) -> np.ndarray:
        """Addresses of the draws' fortunes, where they are worlds.

        Numbers of worlds (n,), or those of their blocks (n, 3 + renewals), as `simulate_worlds`
        takes them beside the draws' parameters.
        """
        return np.asarray(self.particles.get("keys", self.world)).astype(np.uint64)

    @cached_property
    def _summary(self) -> Summary:
        made = [products_of(self.scenario, w, self.labels) for w in (self.prior, self.draws)]
        return summarise(
            self.prior, self.draws, self.weighted, self.labels, self.units, self.diagnostics.ess,
            (made[0], made[1]),
        )  # fmt: skip

    def _repr_html_(self) -> str:
        known = self.diagnostics
        told = shown(self.scenario.title, (known.sentence, known.remedy))
        return told + self.summary()._repr_html_()

    def _repr_markdown_(self) -> str:
        return in_markdown(self._repr_html_())

    def summary(self) -> Summary:
        """Table: quantity, prior and posterior intervals, informed, errors, ESS."""
        return self._summary

    def column(self, name: str) -> np.ndarray:
        """The draws of an observable (n,).

        Raises
        ------
        PathError : worlds have no such outcome.
        """
        if name not in self.draws:
            raise PathError(
                "quantity", f"{name!r} is no outcome of these worlds",
                ", ".join(sorted(self.draws)[:20]), "correct the path",
            )  # fmt: skip
        return self.draws[name]

    def probability(self, event: np.ndarray) -> Estimate:
        """Posterior probability of an event, given as bools over the draws."""
        return self.weighted.mean(np.asarray(event, dtype=float))

    def probabilities(self, name: str) -> dict[str, Estimate]:
        """Posterior probability of every label of a categorical observable."""
        codes = self.column(name)
        return {
            label: self.probability(codes == code)
            for code, label in enumerate(self.labels.get(name, ()))
        }

    def resampled(self, size: int, seed: int = 1) -> np.ndarray:
        """Rows of the draws, equally weighted, by systematic resampling (size,)."""
        return systematic(self.weights, size, np.random.Generator(np.random.Philox(seed)).random())

    def log_weight_without(self, ids: tuple[str, ...]) -> np.ndarray:
        """Log weights of the draws if these claims had not been made (n,)."""
        claims, rest = self.claims.claims, self.claims.without(ids)
        kept = [row for row, claim in enumerate(claims) if claim.id not in ids]
        lattice = self.claims.lattice(self.draws)
        alone = lattice.log_likelihood(rest.transmission, kept) if kept else 0.0
        together = lattice.log_likelihood(self.claims.transmission, range(len(claims)))
        return self.log_weight + alone - together

    @cached_property
    def _some(self) -> dict[str, np.ndarray]:
        return {name: np.asarray(self.draws[name])[self._rows] for name in self.claims.columns}

    @cached_property
    def _rows(self) -> np.ndarray:
        return self.resampled(min(ENOUGH, self.weights.size))

    @property
    def _equal(self) -> Weighted:
        """Weights of the equally weighted draws, with the groups that they come from."""
        size = self._rows.size
        return Weighted(np.full(size, 1 / size), self.weighted.group[self._rows])

    def reliabilities(self) -> tuple[AgentReliability, ...]:
        """Posterior reliability of every holder and carrier."""
        if not self.claims.claims:
            return ()
        found = self.claims.reliability(self._some, self._equal)
        betas = self.claims.transmission.reliabilities
        return tuple(
            AgentReliability(
                agent,
                self.claims.letters[agent],
                betas[agent][0] / sum(betas[agent]),
                *(value.value for value in values),
                tuple(value.error for value in values),
            )
            for agent, values in found.items()
        )

    def truths(self) -> tuple[ClaimTruth, ...]:
        """Per claim, the probability that it tracks the truth, and its Admiralty digit.

        A claim that repeats another is judged with it.
        """
        if not self.claims.claims:
            return ()
        own = self.claims.truth(self._some, self._equal)
        result = []
        for claim in self.claims.claims:
            made = claim.attestation
            chance = own[claim.id]
            if made.repeats and made.original in own:
                chance = max(chance, own[made.original], key=lambda found: found.value)
            value = chance.value
            result.append(ClaimTruth(claim.id, claim.about, value, digit(value), chance.error))
        return tuple(result)
