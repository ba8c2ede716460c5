"""Ten sources, one war: what a hidden source says, from sources that do not copy it.

Each source in turn is hidden with its whole copying family. The model of copying is
learned from the sources that remain (each of them in turn hidden with its own family),
never from a figure of the hidden family; then it forecasts the hidden figures of all
battle sides on which at least two of the remaining sources disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from inje.datasets import acw
from inje.gallery._copying import Copying, Voice, summarise
from inje.gallery._scores import Clustered, clustered_mean
from inje.gallery._study import Study, above, covers, within
from inje.gallery._testimony import Figures, Targets, families, figures, targets

__all__ = ["HIDDEN_SOURCE", "HiddenScores", "hidden_scores"]


@dataclass(frozen=True)
class HiddenScores:
    """Scores of m hidden figures, log scale.

    `battle`, `source` (m,) codes; `copied` (m,) whether the hidden figure is one of
    the others'; `reached` (m,) where it fell in the forecast of a figure of its own;
    `crps` (m,) ours, and the absolute errors of the others' mean and median, which
    are their CRPS; `log_score` ours, and of the rivals given the same atoms and a t
    of constant scale about the mean or median.
    """

    battle: np.ndarray
    source: np.ndarray
    copied: np.ndarray
    reached: np.ndarray
    crps: np.ndarray
    crps_mean: np.ndarray
    crps_median: np.ndarray
    log_score: np.ndarray
    log_score_mean: np.ndarray
    log_score_median: np.ndarray


def _pooled(parts: list[Targets]) -> Targets:
    return Targets(
        np.concatenate([part.truth for part in parts]),
        np.concatenate([part.evidence for part in parts]),
        np.concatenate([part.battle for part in parts]),
        np.concatenate([part.source for part in parts]),
    )


def _lessons(known: Figures, family: np.ndarray, hidden: int) -> Targets:
    """Targets among the sources outside the hidden one's family."""
    seen = np.flatnonzero(family != family[hidden])
    return _pooled(
        [
            targets(known, other, (family != family[hidden]) & (family != family[other]))
            for other in seen
        ]
    )


def _scores_of(asked: Targets, lessons: Targets) -> HiddenScores:
    ours: Voice = Copying.learn(lessons).voice(asked.evidence)
    by_mean = Copying.learn(lessons, "mean", plain=True).voice(asked.evidence)
    by_median = Copying.learn(lessons, "median", plain=True).voice(asked.evidence)
    summary, y = summarise(asked.evidence), asked.truth
    return HiddenScores(
        battle=asked.battle,
        source=asked.source,
        copied=ours.copied(y),
        reached=ours.reached(y),
        crps=ours.crps(y),
        crps_mean=np.abs(y - summary.mean),
        crps_median=np.abs(y - summary.median),
        log_score=ours.log_score(y),
        log_score_mean=by_mean.log_score(y),
        log_score_median=by_median.log_score(y),
    )


def hidden_scores(known: Figures) -> HiddenScores:
    """Hide every source with its family in turn, and score the forecasts."""
    family = families(known)
    parts = []
    for hidden in range(len(known.sources)):
        asked = targets(known, hidden, family != family[hidden])
        if len(asked):
            parts.append(_scores_of(asked, _lessons(known, family, hidden)))
    names = HiddenScores.__dataclass_fields__
    return HiddenScores(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    )


def _gain(name: str, gain: Clustered) -> dict[str, float]:
    return {name: gain.mean, f"{name}_error": gain.error}


def summary_of(known: Figures, scores: HiddenScores) -> dict[str, float]:
    """Figures of the study from the scores."""
    own, battle = ~scores.copied, scores.battle
    found: dict[str, float] = {
        "figures": len(scores.crps),
        "battles": len(np.unique(battle)),
        "families": len(np.unique(families(known))),
        "copied": float(scores.copied.mean()),
        "not_copied": int(own.sum()),
    }
    for level in (50, 90):
        inside = np.abs(scores.reached - 0.5) <= level / 200
        cover = clustered_mean(inside[own].astype(float), battle[own])
        found[f"coverage_{level}"] = cover.mean
        found[f"coverage_{level}_half_width"] = cover.half_width
    found["crps"] = float(scores.crps.mean())
    for rival in ("mean", "median"):
        crps = getattr(scores, f"crps_{rival}") - scores.crps
        score = scores.log_score - getattr(scores, f"log_score_{rival}")
        found |= _gain(f"crps_gain_on_{rival}", clustered_mean(crps, battle))
        found |= _gain(f"log_score_gain_on_{rival}", clustered_mean(score, battle))
    return found


def _hidden_source(_table: Path | None) -> dict[str, float]:
    known = figures(acw())
    return summary_of(known, hidden_scores(known))


HIDDEN_SOURCE = Study(
    name="hidden-source",
    title="Ten sources of the Civil War: a hidden source from those that do not copy it",
    citation="Arnold, J. B., American Civil War Battle Data; rivals: mean and median of the others",
    targets={
        "coverage_50": covers(0.5, "coverage_50_half_width"),
        "coverage_90": covers(0.9, "coverage_90_half_width"),
        "coverage_90_half_width": within(0.0, 0.1),
        "crps_gain_on_mean": above(0.0),
        "crps_gain_on_median": above(0.0),
        "log_score_gain_on_mean": above(0.0),
        "log_score_gain_on_median": above(0.0),
    },
    compute=_hidden_source,
)
