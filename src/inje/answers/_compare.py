"""Accounts compared: Bayes factors with error, contributions and sensitivities.

Thresholds in words follow Kass & Raftery, Bayes factors (1995), in decibels: below 5 barely
worth a mention, 5 to 10 positive, 10 to 20 strong, above 20 decisive.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from inje.answers._bearing import Bearing, bearings_of
from inje.answers._evidence import Panel, log_evidence, panel_of
from inje.answers._grading import book_of
from inje.answers._hypotheses import Hypothesis, Rivals, rivals_of
from inje.answers._naming import agent_named
from inje.answers._politics import plays_of
from inje.answers._ranges import GIVEN, Range, games_of, ranges_of
from inje.answers._readings import differs, readings_of
from inje.answers._refought import drawn_from
from inje.answers._shapley import shapley
from inje.answers._statecraft import Statecraft, statecraft_of
from inje.posterior import ClaimModel, Posterior
from inje.tables import in_markdown, shown

__all__ = [
    "DECIDED",
    "Comparison",
    "Contribution",
    "Corner",
    "Pair",
    "compare_accounts",
]

DECIBEL = 10 / np.log(10)
#: a question is decided when every corner, less two Monte-Carlo errors, is beyond this
DECIDED = 5.0
#: worlds on which contributions and corners are computed
THIN = 1024
#: what the game contributes before any claim on a move: that there was an attack at all
GAME = "game"


@dataclass(frozen=True)
class Contribution:
    """A claim's part of a Bayes factor: Shapley dB (they add up), and leave-one-out dB.

    `claim` is "game" for what the political game says of the attack itself.
    """

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
        if not self.contributions or all(part.shapley == 0 for part in self.contributions):
            return "nothing in the record tells them apart"
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
    table : P(content | tracks, explanation) per claim, averaged over the weighed worlds; "shared"
        where all explanations say the same. This is Heuer's matrix of competing hypotheses.
    worlds : how many were fought under each explanation.
    bearings : what one changed assumption does to the probabilities; the book through which
        most claims came stands first.
    statecraft : what the political game says; None without one.
    """

    question: str
    labels: dict[str, str]
    prior: dict[str, float]
    posterior: dict[str, float]
    pairs: tuple[Pair, ...]
    table: dict[str, dict[str, float | Literal["shared"]]]
    worlds: int
    bearings: tuple[Bearing, ...] = ()
    statecraft: Statecraft | None = None

    def _repr_html_(self) -> str:
        chances = ", ".join(
            f"{self.labels.get(name, name)} {self.prior[name]:.0%} before and {after:.0%} after"
            for name, after in self.posterior.items()
        )
        rows = (
            (self.labels.get(p.first, p.first), self.labels.get(p.second, p.second),
             f"{p.decibel:+.1f} ± {p.error:.1f}",
             f"{p.low.decibel:+.1f} to {p.high.decibel:+.1f}", p.sentence)
            for p in self.pairs
        )  # fmt: skip
        head = ("for", "against", "dB", "over all assumptions", "so")
        return shown(f"Compared: {self.question}", (chances,), head, rows)

    def _repr_markdown_(self) -> str:
        return in_markdown(self._repr_html_())


Progress = Callable[[str, float], None]


def compare_accounts(
    posterior: Posterior, *, progress: Progress | None = None
) -> tuple[Comparison, ...]:
    """Compare the accounts of a scenario; without accounts, the answers to each question.

    Parameters
    ----------
    progress : called with a sentence and the share done.

    Raises
    ------
    ModelError : an account changes nothing, or two set the same; a claim is used twice.
    """
    rivals = rivals_of(posterior.scenario)
    if not rivals or not posterior.claims.claims:
        return ()
    drawn = drawn_from(posterior)
    found = []
    for done, each in enumerate(rivals):
        tell = _part_of(progress, done, len(rivals))
        tell(f"{each.question}: fighting the worlds under every answer", 0.0)
        crisis = posterior.scenario.crisis if each.question == "account" else None
        plays = plays_of(crisis, [hypothesis.id for hypothesis in each.hypotheses])
        models = readings_of(posterior, plays)
        panel = panel_of(drawn, posterior.claims, models[""], each, plays)
        found.append(_compared(posterior, each, panel, models, tell))
    return tuple(found)


def _part_of(progress: Progress | None, done: int, all_: int) -> Progress:
    """Progress of one question among several; silence where nobody listens."""
    if progress is None:
        return lambda _sentence, _share: None
    return lambda sentence, share: progress(sentence, (done + share) / all_)


def _compared(
    posterior: Posterior,
    rivals: Rivals,
    panel: Panel,
    models: dict[str, ClaimModel],
    tell: Progress,
) -> Comparison:
    """Compare the explanations of a question over the worlds of a panel."""
    tell(f"{rivals.question}: playing the game behind the accounts", 0.2)
    model, plays = models[""], panel.plays
    differing = _differing(panel, model)
    log_shares = plays.log_shares()
    stated = log_evidence(panel.by_course(model)[0], log_shares)
    few = panel.thinned(THIN)
    games = games_of(plays, few.by_course(model)[0])
    named = agent_named(posterior.scenario.dossier)
    book = book_of(posterior, model, differing)
    idle = [label for label, other in models.items() if label and not differs(model, other)]
    apart = {label: other for label, other in models.items() if label not in idle}
    tell(f"{rivals.question}: changing what is assumed", 0.4)
    ranges = tuple(ranges_of(few, apart, differing, games, named, book))
    tell(f"{rivals.question}: sharing out the evidence by claim", 0.6)
    measured = _Measured(
        panel.names,
        DECIBEL * stated,
        DECIBEL * panel.errors(model, log_shares),
        ranges,
        *_contributions(few, model, differing, posterior.diagnostics.seed),
    )
    weights = np.array([hypothesis.weight for hypothesis in rivals.hypotheses])
    return Comparison(
        question=rivals.question,
        labels={h.id: h.label for h in rivals.hypotheses},
        prior=_chances(rivals.hypotheses, weights, np.zeros(len(weights))),
        posterior=_chances(rivals.hypotheses, weights, stated),
        pairs=tuple(
            _pair(pair, i, j, measured)
            for pair, (i, j) in enumerate(combinations(range(len(panel.names)), 2))
        ),
        table=_table(panel, model),
        worlds=panel.worlds,
        bearings=bearings_of(ranges, stated, panel.names, weights, book, idle),
        statecraft=statecraft_of(posterior, plays),
    )


def _chances(
    hypotheses: Sequence[Hypothesis], weights: np.ndarray, logs: np.ndarray
) -> dict[str, float]:
    share = weights * np.exp(logs - logs.max())
    share = share / share.sum()
    return {h.id: float(p) for h, p in zip(hypotheses, share, strict=True)}


def _differing(panel: Panel, model: ClaimModel) -> list[str]:
    """Claims that do not say the same in every world under all explanations and courses."""
    first, *others = [terms for courses in panel.terms for terms in courses]
    return [
        claim.id
        for row, claim in enumerate(model.claims)
        if any(not np.array_equal(first[row], other[row]) for other in others)
    ]


Parts = dict[str, np.ndarray]


def _contributions(
    panel: Panel, model: ClaimModel, differing: Sequence[str], seed: int
) -> tuple[Parts, Parts, Parts]:
    """Shapley values in dB by claim, their errors, and what is lost without each: by pair.

    On a part of the worlds, since many coalitions are weighed. The errors hold the order of the
    coalitions, where not all are visited, and the worlds (from two halves of them).

    Returns
    -------
    Each by claim, (pairs,).
    """
    log_shares = panel.plays.log_shares()
    first, second = np.triu_indices(len(panel.names), 1)

    def worth(coalition: frozenset[str]) -> np.ndarray:
        left_out = [name for name in differing if name not in coalition]
        halves = panel.by_course(model.without(left_out), split=2)
        whole = np.logaddexp.reduce(halves, axis=0) - np.log(2)
        logs = DECIBEL * log_evidence(np.concatenate([whole[None], halves]), log_shares)
        return logs[:, first] - logs[:, second]

    values, errors = shapley(worth, differing, seed)
    parts = {claim: value[0] for claim, value in values.items()}
    spread = {
        claim: np.hypot(errors[claim][0], np.abs(value[1] - value[2]) / 2)
        for claim, value in values.items()
    }
    everything = frozenset(differing)
    whole = worth(everything)[0]
    left_out = {claim: whole - worth(everything - {claim})[0] for claim in differing}
    if panel.plays.crisis is not None:
        parts[GAME] = left_out[GAME] = worth(frozenset())[0]
        spread[GAME] = np.zeros_like(whole)
    return parts, spread, left_out


@dataclass(frozen=True)
class _Measured:
    """What every pair of explanations is read from; arrays over the explanations, in dB.

    Attributes
    ----------
    stated : log evidences under what is stated. error : of their differences, (k, k).
    ranges : the same on fewer worlds under other assumptions, in natural logarithms.
    parts, errors, left_out : by claim, Shapley values and what is lost without it, by pair.
    """

    names: tuple[str, ...]
    stated: np.ndarray
    error: np.ndarray
    ranges: Sequence[Range]
    parts: Parts
    errors: Parts
    left_out: Parts

    def contributions(self, pair: int, decibel: float) -> tuple[Contribution, ...]:
        """Every claim's part of the factor of a pair, the largest first; none that is 0.

        Measured on fewer worlds, they are moved to add up to what all worlds say: each by as
        much as its error allows.
        """
        telling = {claim: v[pair] for claim, v in self.parts.items() if abs(v[pair]) > 1e-9}
        square = {claim: self.errors[claim][pair] ** 2 for claim in telling}
        missing = decibel - sum(telling.values())
        whole = max(sum(square.values()), np.finfo(float).tiny)
        found = (
            Contribution(
                claim,
                float(value + missing * square[claim] / whole),
                float(np.sqrt(square[claim])),
                float(self.left_out[claim][pair]),
            )
            for claim, value in telling.items()
        )
        return tuple(sorted(found, key=lambda part: -abs(part.shapley)))


def _pair(pair: int, i: int, j: int, measured: _Measured) -> Pair:
    decibel = float(measured.stated[i] - measured.stated[j])
    error = float(measured.error[i, j])
    differences = [
        float(DECIBEL * (r.log_evidence[i] - r.log_evidence[j])) for r in measured.ranges
    ]
    # Ranges are measured on fewer worlds: moved to where all worlds put what is stated.
    shift = decibel - differences[0]
    found = [Corner(r.label, d + shift) for r, d in zip(measured.ranges, differences, strict=True)]
    low = min(found, key=lambda corner: corner.decibel)
    high = max(found, key=lambda corner: corner.decibel)
    margin = DECIDED + 2 * error
    decided = low.decibel > margin or high.decibel < -margin
    beyond = [corner for corner in (low, high) if abs(corner.decibel) > margin]
    single = [c for c, r in zip(found, measured.ranges, strict=True) if r.single]
    single.sort(key=lambda corner: -abs(corner.decibel - decibel))
    tipping = "" if decided or not beyond else max(beyond, key=lambda c: abs(c.decibel)).label
    return Pair(
        first=measured.names[i],
        second=measured.names[j],
        decibel=decibel,
        error=error,
        low=low,
        high=high,
        decided=decided,
        tipping="" if tipping == GIVEN else tipping,
        corners=tuple(single),
        contributions=measured.contributions(pair, decibel),
    )


def _table(panel: Panel, model: ClaimModel) -> dict[str, dict[str, float | Literal["shared"]]]:
    """Mean tracking per claim and explanation, relative to the claim's peak."""
    moves = set(panel.plays.labels)
    table: dict[str, dict[str, float | Literal["shared"]]] = {}
    for row, claim in enumerate(model.claims):
        if claim.about in moves:
            continue  # which move is made is for the game to say, not for the account
        peak = claim.reading.peak or 1.0
        cells = [float(courses[0][row].mean() / peak) for courses in panel.terms]
        same = max(cells) - min(cells) < 1e-12
        table[claim.id] = {
            name: "shared" if same else cell for name, cell in zip(panel.names, cells, strict=True)
        }
    return table
