"""Accounts compared: Bayes factors with error, contributions and sensitivities.

Thresholds in words follow Kass & Raftery, Bayes factors (1995), in decibels: below 5 barely
worth a mention, 5 to 10 positive, 10 to 20 strong, above 20 decisive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from inje.answers._evidence import Panel, panel_of
from inje.answers._hypotheses import Rivals, rivals_of
from inje.answers._refought import drawn_from
from inje.answers._shapley import shapley
from inje.posterior import ClaimModel, Posterior

__all__ = [
    "DECIDED",
    "Comparison",
    "Contribution",
    "Corner",
    "Pair",
    "compare_accounts",
    "compared",
]

DECIBEL = 10 / np.log(10)
#: a question is decided when every corner, less two Monte-Carlo errors, is beyond this
DECIDED = 5.0
_ORDER = "ABCDEF"
#: worlds on which contributions are computed
THIN = 1024


@dataclass(frozen=True)
class Contribution:
    """A claim's part of a Bayes factor: Shapley dB (they add up), and leave-one-out dB."""

    claim: str
    shapley: float
    error: float
    left_out: float


@dataclass(frozen=True)
class Corner:
    """One setting of the assumptions, and the Bayes factor under it, in dB."""

    label: str
    decibel: float


@dataclass(frozen=True)
class Pair:
    """Two explanations: 10 log10 of the Bayes factor of the first over the second.

    Attributes
    ----------
    decibel, error : under the stated assumptions, with its Monte-Carlo standard error.
    low, high : the least and the greatest over the joint range of assumptions.
    decided : whether every corner, less two errors, exceeds 5 dB in one direction.
    tipping : the corner that would decide the undecided, or undo the decided; may be empty.
    corners : singled out, the most telling first.
    contributions : per claim; those on which both agree are left out (0 exactly).
    """

    first: str
    second: str
    decibel: float
    error: float
    low: Corner
    high: Corner
    decided: bool
    tipping: str
    corners: tuple[Corner, ...]
    contributions: tuple[Contribution, ...]

    @property
    def sentence(self) -> str:
        """The answer in words."""
        if not self.decided:
            return "the record does not decide"
        size = min(abs(self.low.decibel), abs(self.high.decibel))
        word = "decisively" if size > 20 else "strongly" if size > 10 else "positively"
        winner = self.first if self.decibel > 0 else self.second
        return f"the record favours {winner} {word}, over the whole range of assumptions"


@dataclass(frozen=True)
class Comparison:
    """Explanations that exclude each other, compared pair by pair.

    Attributes
    ----------
    question : what they answer ("account", "attacker").
    labels : the explanations in words, by id.
    prior, posterior : their probabilities before and after the claims.
    pairs : every pair once.
    table : P(content | tracks, explanation) per claim, averaged over the weighed worlds; equal
        entries in a row are "shared". This is Heuer's matrix of competing hypotheses.
    worlds : how many were fought under each explanation.
    """

    question: str
    labels: dict[str, str]
    prior: dict[str, float]
    posterior: dict[str, float]
    pairs: tuple[Pair, ...]
    table: dict[str, dict[str, float]]
    worlds: int


def compare_accounts(posterior: Posterior) -> tuple[Comparison, ...]:
    """Compare the accounts of a scenario; without accounts, the answers to each question.

    Raises
    ------
    ModelError : an account changes nothing, or two set the same.
    """
    rivals = rivals_of(posterior.scenario)
    if not rivals or not posterior.claims.claims:
        return ()
    drawn = drawn_from(posterior)
    seed = posterior.diagnostics.seed
    return tuple(
        compared(each, panel_of(drawn, posterior.claims, each), posterior.claims, seed)
        for each in rivals
    )


def compared(rivals: Rivals, panel: Panel, model: ClaimModel, seed: int) -> Comparison:
    """Compare the explanations of a question over the worlds of a panel."""
    differing = _differing(panel, model)
    parts, errors = _contributions(panel, model, differing, seed)
    corners = _corners(panel, model, differing)
    centre = DECIBEL * _log_evidences(panel, model, model)
    left_out = {
        claim: centre - DECIBEL * _log_evidences(panel, model, model.without([claim]))
        for claim in parts
    }
    measured = _Measured(panel, centre, corners, parts, errors, left_out)
    pairs = [_pair(i, j, measured) for i, j in combinations(range(len(panel.names)), 2)]
    weights = np.array([hypothesis.weight for hypothesis in rivals.hypotheses])
    evidence = np.exp(panel.log_evidence - panel.log_evidence.max())
    after = weights * evidence / (weights @ evidence)
    return Comparison(
        question=rivals.question,
        labels={h.id: h.label for h in rivals.hypotheses},
        prior=dict(zip(panel.names, (weights / weights.sum()).tolist(), strict=True)),
        posterior=dict(zip(panel.names, after.tolist(), strict=True)),
        pairs=tuple(pairs),
        table=_table(panel, model),
        worlds=panel.worlds,
    )


def _differing(panel: Panel, model: ClaimModel) -> list[str]:
    """Claims whose tracking is not the same in every world under all explanations."""
    first = panel.terms[0]
    return [
        claim.id
        for row, claim in enumerate(model.claims)
        if any(not np.array_equal(first[row], other[row]) for other in panel.terms[1:])
    ]


def _log_evidences(panel: Panel, model: ClaimModel, part: ClaimModel) -> np.ndarray:
    rows = {claim.id: row for row, claim in enumerate(model.claims)}
    return panel.log_evidences(part, [rows[claim.id] for claim in part.claims])


def _contributions(
    panel: Panel, model: ClaimModel, differing: Sequence[str], seed: int
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Shapley values of the log evidences of all explanations, by claim, in dB.

    On a part of the worlds: many coalitions are weighed, and the errors are printed.
    """
    panel = panel.thinned(THIN)

    def worth(coalition: frozenset[str]) -> np.ndarray:
        left_out = [name for name in differing if name not in coalition]
        return DECIBEL * _log_evidences(panel, model, model.without(left_out))

    return shapley(worth, differing, seed)


def _agents(model: ClaimModel, claims: Sequence[str]) -> list[str]:
    """Who held or carried these claims, the one through whom most went first."""
    counts: dict[str, int] = {}
    for claim in model.claims:
        if claim.id in claims:
            for agent in claim.attestation.agents:
                counts[agent] = counts.get(agent, 0) + 1
    return sorted(counts, key=lambda agent: (-counts[agent], agent))


def _neighbours(letter: str | None) -> list[str]:
    """A letter and its neighbours, the lower first; an unset letter ranges over C and F."""
    if letter is None:
        return ["C", "F"]
    at = _ORDER.index(letter)
    return [_ORDER[i] for i in (at + 1, at, at - 1) if 0 <= i < len(_ORDER)]


def _corners(
    panel: Panel, model: ClaimModel, differing: Sequence[str]
) -> list[tuple[str, np.ndarray]]:
    """Log evidences over the joint range of the letters that matter, in dB.

    All letters of one agent move together. The agents through whom most of the differing
    claims went vary jointly, each over its letter and the two beside it.
    """
    movable = _agents(model, differing)
    agents, size = [], 1
    for agent in movable:
        size *= len(_neighbours(model.letters[agent]))
        if size > 243:  # 3^5: the rest vary one at a time, and the page says which
            break
        agents.append(agent)
    found = []
    for letters in product(*(_neighbours(model.letters[agent]) for agent in agents)):
        graded = dict(zip(agents, letters, strict=True))
        found.append((_said(model, graded), graded))
    for agent in movable[len(agents) :]:
        found += [
            (_said(model, {agent: letter}), {agent: letter})
            for letter in _neighbours(model.letters[agent])
        ]
    return [
        (label, DECIBEL * _log_evidences(panel, model, model.graded(graded)))
        for label, graded in found
    ]


def _said(model: ClaimModel, graded: dict[str, str]) -> str:
    """The letters that differ from those given, in words."""
    moved = [
        f"{agent} {letter} instead of {model.letters[agent] or 'unset'}"
        for agent, letter in graded.items()
        if letter != model.letters[agent]
    ]
    return ", ".join(moved) or "letters as given"


@dataclass(frozen=True)
class _Measured:
    """What every pair of explanations is read from; arrays over the explanations, in dB.

    Attributes
    ----------
    panel : the worlds. centre : log evidences under the letters as given, on the kept worlds.
    corners : the same under other letters. parts, errors : Shapley values by claim.
    left_out : by claim, what the log evidences lose without it.
    """

    panel: Panel
    centre: np.ndarray
    corners: Sequence[tuple[str, np.ndarray]]
    parts: dict[str, np.ndarray]
    errors: dict[str, np.ndarray]
    left_out: dict[str, np.ndarray]

    def contributions(self, i: int, j: int) -> tuple[Contribution, ...]:
        """Every claim's part of the factor of i over j, the largest first."""
        found = (
            Contribution(
                claim,
                float(value[i] - value[j]),
                float(np.hypot(self.errors[claim][i], self.errors[claim][j])),
                float(self.left_out[claim][i] - self.left_out[claim][j]),
            )
            for claim, value in self.parts.items()
        )
        return tuple(sorted(found, key=lambda part: -abs(part.shapley)))


def _pair(i: int, j: int, measured: _Measured) -> Pair:
    panel, centre = measured.panel, measured.centre
    decibel = float(DECIBEL * (panel.log_evidence[i] - panel.log_evidence[j]))
    error = float(DECIBEL * panel.error[i, j])
    # Corners are measured on the kept worlds: moved to where all worlds put the centre.
    shift = decibel - float(centre[i] - centre[j])
    found = [Corner(label, float(v[i] - v[j]) + shift) for label, v in measured.corners]
    found.append(Corner("letters as given", decibel))
    low = min(found, key=lambda corner: corner.decibel)
    high = max(found, key=lambda corner: corner.decibel)
    margin = DECIDED + 2 * error
    decided = low.decibel > margin or high.decibel < -margin
    beyond = [corner for corner in (low, high) if abs(corner.decibel) > margin]
    single = [corner for corner in found if corner.label.count(" instead of ") == 1]
    single.sort(key=lambda corner: -abs(corner.decibel - decibel))
    return Pair(
        first=panel.names[i],
        second=panel.names[j],
        decibel=decibel,
        error=error,
        low=low,
        high=high,
        decided=decided,
        tipping="" if decided or not beyond else beyond[0].label,
        corners=tuple(single),
        contributions=measured.contributions(i, j),
    )


def _table(panel: Panel, model: ClaimModel) -> dict[str, dict[str, float]]:
    """Mean tracking per claim and explanation, relative to the claim's peak."""
    table = {}
    for row, claim in enumerate(model.claims):
        peak = claim.reading.peak or 1.0
        table[claim.id] = {
            name: float(terms[row].mean() / peak)
            for name, terms in zip(panel.names, panel.terms, strict=True)
        }
    return table
