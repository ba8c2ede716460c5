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

from inje.answers._bearing import Evidences, bearings_of
from inje.answers._comparison import DECIDED, Comparison, Corner, Pair
from inje.answers._contributing import DECIBEL, Parts, parts_of
from inje.answers._evidence import Panel, log_evidence, panels_of
from inje.answers._grading import book_of
from inje.answers._hypotheses import Rivals, rivals_of
from inje.answers._naming import agent_named
from inje.answers._politics import plays_of
from inje.answers._ranges import GIVEN, Range, games_of, ranges_of
from inje.answers._readings import differs, readings_of
from inje.answers._refought import drawn_from
from inje.answers._statecraft import statecraft_of
from inje.posterior import ClaimModel, Posterior

__all__ = ["compare_accounts"]

#: worlds on which contributions and corners are computed
THIN = 1024

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
        panel, few = panels_of(drawn, posterior.claims, models, each, plays, THIN)
        found.append(_compared(posterior, each, panel, few, models, tell))
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
    panels: dict[str, Panel],
    models: dict[str, ClaimModel],
    tell: Progress,
) -> Comparison:
    """Compare the explanations of a question over the worlds of a panel, others over fewer."""
    tell(f"{rivals.question}: playing the game behind the accounts", 0.2)
    model, plays = models[""], panel.plays
    differing = _differing(panel, model)
    log_shares = plays.log_shares()
    stated = log_evidence(panel.by_course(model)[0], log_shares)
    relative = panel.relative(model, log_shares)
    few = panels[""]
    games = games_of(plays, few.by_course(model)[0])
    named = agent_named(posterior.scenario.dossier)
    book = book_of(posterior, model, differing)
    idle = [
        label
        for label, other in models.items()
        if label and panels[label] is few and not differs(model, other)
    ]
    apart = {label: other for label, other in models.items() if label not in idle}
    tell(f"{rivals.question}: changing what is assumed", 0.4)
    ranges = tuple(ranges_of(panels, apart, differing, games, named, book))
    tell(f"{rivals.question}: sharing out the evidence by claim", 0.6)
    measured = _Measured(
        panel.names,
        DECIBEL * stated,
        DECIBEL * panel.error(relative[:, None] - relative[None]),
        ranges,
        few,
        parts_of(few, model, differing, posterior.diagnostics.seed),
    )
    weights = np.array([hypothesis.weight for hypothesis in rivals.hypotheses])
    weighed = Evidences(panel, stated, relative, weights / weights.sum())
    bare = _without_game(panel, model, weighed)
    cells, spreads = _table(panel, model)
    return Comparison(
        question=rivals.question,
        labels={h.id: h.label for h in rivals.hypotheses},
        prior={h.id: float(p) for h, p in zip(rivals.hypotheses, weighed.prior, strict=True)},
        posterior=weighed.chances(),
        errors=weighed.errors(),
        without_game=bare.chances(),
        without_game_errors=bare.errors(),
        pairs=tuple(
            _pair(pair, i, j, measured)
            for pair, (i, j) in enumerate(combinations(range(len(panel.names)), 2))
        ),
        table=cells,
        table_errors=spreads,
        worlds=panel.worlds,
        bearings=bearings_of(ranges, weighed, few, book, idle),
        statecraft=statecraft_of(posterior, plays),
    )


def _without_game(panel: Panel, model: ClaimModel, weighed: Evidences) -> Evidences:
    """The evidences without the political game, and without claims on its moves."""
    if panel.plays.crisis is None:
        return weighed
    moves = [claim.id for claim in model.claims if claim.about in panel.plays.labels]
    plain = model.without(moves)
    # No claim speaks of a move: all courses say the same, and any shares that add up will do.
    even = np.full(panel.plays.log_shares().shape, -np.log(len(panel.plays.courses)))
    logs = log_evidence(panel.by_course(plain)[0], even)
    return Evidences(panel, logs, panel.relative(plain, even), weighed.prior)


def _differing(panel: Panel, model: ClaimModel) -> list[str]:
    """Claims that do not say the same in every world under all explanations and courses."""
    first, *others = [terms for courses in panel.terms for terms in courses]
    return [
        claim.id
        for row, claim in enumerate(model.claims)
        if any(not np.array_equal(first[row], other[row]) for other in others)
    ]


@dataclass(frozen=True)
class _Measured:
    """What every pair of explanations is read from; arrays over the explanations, in dB.

    Attributes
    ----------
    stated : log evidences under what is stated. error : of their differences, (k, k).
    ranges : the same on fewer worlds, those of `few`, under other assumptions, in natural
        logarithms; what is stated comes first.
    parts : what every claim contributes.
    """

    names: tuple[str, ...]
    stated: np.ndarray
    error: np.ndarray
    ranges: Sequence[Range]
    few: Panel
    parts: Parts

    def corner(self, at: int, i: int, j: int) -> Corner:
        """The factor of a pair under a setting, and its error.

        Ranges are measured on fewer worlds: moved to where all worlds put what is stated.
        """
        base, item = self.ranges[0], self.ranges[at]
        decibel = self.stated[i] - self.stated[j] + DECIBEL * self._apart(item, i, j)
        moved = item.relative() - base.relative()
        spread = DECIBEL * self.few.error(moved[i] - moved[j])
        return Corner(item.label, float(decibel), float(np.hypot(self.error[i, j], spread)))

    def order(self, i: int, j: int) -> list[int]:
        """Settings from where the first fares worst to where it fares best."""
        apart = [self._apart(item, i, j) for item in self.ranges]
        return np.argsort(apart, kind="stable").tolist()

    def _apart(self, item: Range, i: int, j: int) -> float:
        """By how much a setting moves the log factor of a pair."""
        moved = item.log_evidence - self.ranges[0].log_evidence
        return float(moved[i] - moved[j])


def _pair(pair: int, i: int, j: int, measured: _Measured) -> Pair:
    decibel, error = float(measured.stated[i] - measured.stated[j]), float(measured.error[i, j])
    order = measured.order(i, j)
    low, high = (measured.corner(at, i, j) for at in (order[0], order[-1]))
    decided = low.decibel - 2 * low.error > DECIDED or high.decibel + 2 * high.error < -DECIDED
    beyond = [c for c in (low, high) if abs(c.decibel) - 2 * c.error > DECIDED]
    single = [measured.corner(at, i, j) for at in order if measured.ranges[at].single]
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
        contributions=measured.parts.of_pair(pair, decibel),
    )


Cells = dict[str, dict[str, float | Literal["shared"]]]


def _table(panel: Panel, model: ClaimModel) -> tuple[Cells, dict[str, dict[str, float]]]:
    """Mean tracking per claim and explanation, relative to the claim's peak; and the errors."""
    moves = set(panel.plays.labels)
    table: Cells = {}
    spreads: dict[str, dict[str, float]] = {}
    for row, claim in enumerate(model.claims):
        if claim.about in moves:
            continue  # which move is made is for the game to say, not for the account
        peak = claim.reading.peak or 1.0
        fits = [courses[0][row] / peak for courses in panel.terms]
        cells = [float(fit.mean()) for fit in fits]
        same = max(cells) - min(cells) < 1e-12
        table[claim.id] = {
            name: "shared" if same else cell for name, cell in zip(panel.names, cells, strict=True)
        }
        spreads[claim.id] = {
            name: 0.0 if same else float(panel.error(fit))
            for name, fit in zip(panel.names, fits, strict=True)
        }
    return table, spreads
