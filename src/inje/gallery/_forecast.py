"""The blind forecast of CDB90, scored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from inje.datasets import cdb90
from inje.errors import DataError
from inje.gallery._battles import ERAS, Battles, battles
from inje.gallery._cdb90 import hartley_scalar
from inje.gallery._rolling import BURN_IN, Forecast, forecasts
from inje.gallery._scores import (
    Clustered,
    base_rate_score,
    clustered_mean,
    hartley_score,
    scalar_log_density,
)
from inje.gallery._study import Study, above, covers, within
from inje.gallery._winner import winner_forecasts

__all__ = ["FORECAST", "ForecastScores", "forecast_scores"]

_LEVELS = (50, 90)
_OUTCOMES = ("days", "attackers", "defenders")


@dataclass(frozen=True)
class ForecastScores:
    """Scores of m forecasts, one per battle.

    Attributes
    ----------
    rows : rows in the `Battles`, shape (m,).
    reached : where the outcome fell in the forecast's distribution function, shape
        (m, 3): days, attackers' and defenders' losses.
    ours, base_rate : log scores on both losses, shape (m,).
    ours_on_scalar, hartley : log scores on Hartley's scalar, NaN where a side lost
        more than its strength.
    decided : rows whose winner was forecast, shape (k,).
    brier, brier_rival, brier_plain : Brier scores by the model, by the logit on the
        force ratio, and by the model that does not know who fights, shape (k,).
    """

    rows: np.ndarray
    reached: np.ndarray
    ours: np.ndarray
    base_rate: np.ndarray
    ours_on_scalar: np.ndarray
    hartley: np.ndarray
    decided: np.ndarray
    brier: np.ndarray
    brier_rival: np.ndarray
    brier_plain: np.ndarray


def _scalars(known: Battles) -> np.ndarray:
    """Hartley's scalar of every row; NaN where it is not defined."""
    x0, y0 = np.exp(known.log_attackers), np.exp(known.log_defenders)
    # Exactly the rows of the regression: exp(log n) may fall short of n by a rounding.
    x_loss, y_loss = known.attackers_lost, known.defenders_lost
    fits = known.scored & (x_loss <= x0 * (1 + 1e-12)) & (y_loss <= y0 * (1 + 1e-12))
    scalar = np.full(len(known), np.nan)
    scalar[fits] = hartley_scalar(x0[fits], y0[fits], x_loss[fits], y_loss[fits])
    return scalar


def _reached(known: Battles, said: Forecast) -> list[float]:
    row = said.row
    fractions = known.log_fractions[row]
    return [
        float(said.log_days.cdf(0, known.log_days[[row]])[0]),
        float(said.log_fractions.cdf(0, fractions[:1])[0]),
        float(said.log_fractions.cdf(1, fractions[1:])[0]),
    ]


def forecast_scores(known: Battles, burn_in: int = BURN_IN) -> ForecastScores:
    """Forecast every battle blind and score the forecasts."""
    said = [each for each in forecasts(known, burn_in) if known.scored[each.row]]
    scalar, fractions = _scalars(known), known.log_fractions
    won = list(winner_forecasts(known, burn_in))
    plain = list(winner_forecasts(known, burn_in, nations=False))
    truth = np.array([known.won[each.row] == 1 for each in won], dtype=float)
    on_scalar = [
        (
            scalar_log_density(each.log_fractions, known.ratio[each.row], scalar[each.row]),
            hartley_score(known, scalar, each.row),
        )
        if np.isfinite(scalar[each.row])
        else (np.nan, np.nan)
        for each in said
    ]
    return ForecastScores(
        rows=np.array([each.row for each in said], dtype=int),
        reached=np.array([_reached(known, each) for each in said]),
        ours=np.array([each.log_fractions.log_density(fractions[[each.row]])[0] for each in said]),
        base_rate=np.array([base_rate_score(known, each.row) for each in said]),
        ours_on_scalar=np.array([ours for ours, _ in on_scalar]),
        hartley=np.array([rival for _, rival in on_scalar]),
        decided=np.array([each.row for each in won], dtype=int),
        brier=(np.array([each.probability for each in won]) - truth) ** 2,
        brier_rival=(np.array([each.rival for each in won]) - truth) ** 2,
        brier_plain=(np.array([each.probability for each in plain]) - truth) ** 2,
    )


def _coverages(scores: ForecastScores, war: np.ndarray) -> dict[str, float]:
    figures: dict[str, float] = {}
    for level in _LEVELS:
        inside = np.abs(scores.reached - 0.5) <= level / 200
        losses = clustered_mean(inside[:, 1:].mean(axis=1), war)
        figures[f"coverage_{level}"] = losses.mean
        figures[f"coverage_{level}_half_width"] = losses.half_width
        for column, name in enumerate(_OUTCOMES):
            one = clustered_mean(inside[:, column].astype(float), war)
            figures[f"coverage_{level}_{name}"] = one.mean
            figures[f"coverage_{level}_{name}_half_width"] = one.half_width
    return figures


def _gain(name: str, gain: Clustered) -> dict[str, float]:
    return {name: gain.mean, f"{name}_error": gain.error}


def _by_era(known: Battles, scores: ForecastScores) -> dict[str, float]:
    """Mean gain on the base rate in every era of which battles were forecast."""
    gain, era = scores.ours - scores.base_rate, known.era[scores.rows]
    return {
        f"log_score_gain_on_base_rate_{name}": float(gain[era == place].mean())
        for place, name in enumerate(ERAS)
        if (era == place).any()
    }


def summary(known: Battles, scores: ForecastScores) -> dict[str, float]:
    """Figures of the study from the scores."""
    war = known.war[scores.rows]
    decided = known.war[scores.decided]
    defined = np.isfinite(scores.hartley)
    on_losses = clustered_mean(scores.ours - scores.base_rate, war)
    on_scalar = clustered_mean((scores.ours_on_scalar - scores.hartley)[defined], war[defined])
    on_winner = clustered_mean(scores.brier_rival - scores.brier, decided)
    plain = clustered_mean(scores.brier_rival - scores.brier_plain, decided)
    return {
        "battles": len(scores.rows),
        "wars": on_losses.clusters,
        "wars_effective": on_losses.effective,
        **_coverages(scores, war),
        "log_score": float(scores.ours.mean()),
        "log_score_base_rate": float(scores.base_rate.mean()),
        **_gain("log_score_gain_on_base_rate", on_losses),
        **_by_era(known, scores),
        **_gain("log_score_gain_on_hartley", on_scalar),
        "winners": len(scores.decided),
        "brier": float(scores.brier.mean()),
        "brier_force_ratio": float(scores.brier_rival.mean()),
        **_gain("brier_gain_on_force_ratio", on_winner),
        **_gain("brier_gain_without_nations", plain),
    }


def _forecast(table: Path | None) -> dict[str, float]:
    known = battles(cdb90(table))
    scores = forecast_scores(known)
    if not len(scores.rows) or not len(scores.decided):
        raise DataError(
            "forecast" if table is None else str(table),
            f"{len(known)} dated battles with strengths, none after the first {BURN_IN}",
            f"more than {BURN_IN} battles with losses that ended before the next began",
            "add battles",
        )
    return summary(known, scores)


FORECAST = Study(
    name="forecast",
    title="Every battle of CDB90 forecast from those that ended before it began",
    citation=(
        "US Army Concepts Analysis Agency, CDB90; the rivals: base rate of the era, Hartley's "
        "regression (2001) and the logit on the force ratio, each fitted to the same past"
    ),
    targets={
        "coverage_50": covers(0.5, "coverage_50_half_width"),
        "coverage_50_half_width": within(0.0, 0.12),
        "coverage_90": covers(0.9, "coverage_90_half_width"),
        "coverage_90_half_width": within(0.0, 0.08),
        "log_score_gain_on_base_rate": above(0.0),
        "log_score_gain_on_hartley": above(0.0),
        "brier_gain_on_force_ratio": above(0.0),
    },
    compute=_forecast,
    takes_table=True,
)
