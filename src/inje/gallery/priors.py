"""Learn the default priors of a new battle from CDB90: ``python -m inje.gallery.priors``.

Fits the model of `inje.gallery._prior_model` and writes the moments of its posterior
to the table that `inje.scenario` ships. Needs PyMC, and only here: ``make priors``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from inje.datasets import CDB90, cdb90
from inje.gallery._battles import ERAS, battles
from inje.gallery._prior_model import Design, build, design

__all__ = ["TABLE", "learn", "main", "table"]

#: Where the shipped table lies.
TABLE = Path(__file__).resolve().parent.parent / "scenario" / "_learned" / "cdb90.json"

_LAST_YEAR = 1990
_POSTURES = ("hasty", "prepared", "fortified", "delay")
_GROUND = ("rolling", "rugged", "flat", "mixed cover", "bare", "wooded", "desert")
_DIGITS = 5

#: What the fields of the table are; written into it.
FIELDS = {
    "rates": "natural log of casualties per opponent and day: order of every pair",
    "parameters": "order of the 8 numbers: for each rate intercept, own, opponents, days",
    "own, opponents": "slope per log of strength over 16,000 people: of who loses, of who inflicts",
    "days": "slope per log of days in contact; the intercept is for one day",
    "mean, covariance": "posterior moments of the parameters: how sure the table is of them",
    "residual_covariance": "spread of battles of a war about them (t with `freedom`, here its "
    "covariance)",
    "war_covariance": "spread of wars about them; add it for a battle of a new war",
    "days_in_contact": "log days: intercept, per log of size over 16,000, per log of force ratio; "
    "sd of battles and of wars",
    "ratio": "ln(attackers / defenders): mean, how sure, spread of battles",
    "winning": "log odds that the attacker wins: intercept, per log force ratio, per log of the "
    "attackers' loss fraction over the defenders'",
    "posture, ground": "added to the two log rates; relative to the mix of all battles; posterior "
    "mean and sd; an indicator of relief and one of cover add up",
    "any": "an era not in the table: drawn from the population of eras",
}

Draws = dict[str, np.ndarray]


def _moments(draws: np.ndarray) -> dict[str, Any]:
    """Mean and covariance of draws, shape (draws, k)."""
    return {
        "mean": _round(draws.mean(axis=0)),
        "covariance": _round(np.cov(draws, rowvar=False)),
    }


def _round(values: np.ndarray) -> Any:
    return np.round(values, _DIGITS).tolist()


def _stacked(intercept: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """Parameters of both rates: (draws, 2), (draws, 2, 3) to (draws, 8)."""
    return np.concatenate([intercept[:, :, None], slope], axis=2).reshape(len(intercept), 8)


def _covariance(scale: np.ndarray, correlation: np.ndarray) -> np.ndarray:
    """Covariances (draws, 2, 2) from scales (draws, 2) and correlations (draws,)."""
    off = correlation * scale.prod(axis=1)
    return np.stack(
        [np.stack([scale[:, 0] ** 2, off], axis=1), np.stack([off, scale[:, 1] ** 2], axis=1)],
        axis=1,
    )


def _residual(draws: Draws, place: int) -> np.ndarray:
    scale = draws["residual_scale"][:, place]
    shape = _covariance(scale, draws["residual_correlation"][:, place])
    freedom = draws["freedom"][:, None, None]
    # A covariance of a t just above two degrees has no useful mean: the median instead.
    return np.median(shape * freedom / (freedom - 2), axis=0)


def _era(draws: Draws, data: Design, place: int, name: str) -> dict[str, Any]:
    last = [*[*ERAS.values()][1:], _LAST_YEAR + 1]
    return {
        "first": ERAS[name],
        "last": last[place] - 1,
        "battles": int((data.era == place).sum()),
        **_moments(_stacked(draws["intercept"][:, place], draws["slope"][:, place])),
        "residual_covariance": _round(_residual(draws, place)),
        "days_in_contact": {
            **_moments(draws["days_slope"][:, place]),
            "sd": _round(draws["days_sd"][:, place].mean()),
        },
        "ratio": {
            "mean": _round(draws["ratio_mean"][:, place].mean()),
            "mean_sd": _round(draws["ratio_mean"][:, place].std()),
            "sd": _round(draws["ratio_sd"][:, place].mean()),
        },
        "winning": _moments(draws["win_slope"][:, place]),
    }


def _any_era(draws: Draws, data: Design, eras: dict[str, Any], rng: Any) -> dict[str, Any]:
    """An era of which no battle was seen: one more draw from the population of eras."""

    def new(name: str, pool: np.ndarray) -> np.ndarray:
        centre = draws[f"{name}_centre"]
        return centre + rng.standard_normal(centre.shape) * pool

    known = list(eras.values())
    ratio = new("ratio", draws["ratio_pool"])
    intercept = new("intercept", draws["intercept_pool"][:, None])
    return {
        "first": None,
        "last": None,
        "battles": len(data.era),
        **_moments(_stacked(intercept, new("slope", draws["slope_pool"][:, None, :]))),
        "residual_covariance": _round(
            np.mean([each["residual_covariance"] for each in known], axis=0)
        ),
        "days_in_contact": {
            **_moments(new("days", draws["days_pool"])),
            "sd": _round(draws["days_sd"].mean()),
        },
        "ratio": {
            "mean": _round(ratio.mean()),
            "mean_sd": _round(ratio.std()),
            "sd": _round(draws["ratio_sd"].mean()),
        },
        "winning": _moments(new("win", draws["win_pool"])),
    }


def _conditions(draws: np.ndarray, names: tuple[str, ...]) -> dict[str, Any]:
    mean, sd = draws.mean(axis=0), draws.std(axis=0)
    return {name: {"mean": _round(mean[k]), "sd": _round(sd[k])} for k, name in enumerate(names)}


def table(draws: Draws, data: Design, sampler: dict[str, Any]) -> dict[str, Any]:
    """The table from posterior draws.

    Parameters
    ----------
    draws : by parameter, chains joined, shape (draws, ...).
    data : what the model was fitted to.
    sampler : how it was drawn, and its diagnostics.
    """
    eras = {name: _era(draws, data, place, name) for place, name in enumerate(ERAS)}
    eras["any"] = _any_era(draws, data, eras, np.random.default_rng(1))
    return {
        "version": 1,
        "title": "Loss rates, days, force ratio and winning, learned from 652 land battles",
        "source": CDB90.citation,
        "licence": CDB90.licence,
        "battles": len(data.era),
        "wars": int(data.war.max()) + 1,
        "sampler": sampler,
        "fields": FIELDS,
        "reference": {"strength_people": 16000, "days": 1},
        "rates": ["defenders on attackers", "attackers on defenders"],
        "parameters": ["intercept", "own", "opponents", "days"],
        "freedom": _round(draws["freedom"].mean()),
        "war_covariance": _round(
            _covariance(draws["war_sd"], draws["war_correlation"]).mean(axis=0)
        ),
        "days_war_sd": _round(draws["days_war_sd"].mean()),
        "posture": _conditions(draws["posture"], _POSTURES),
        "ground": _conditions(draws["ground"], _GROUND),
        "eras": eras,
    }


def learn(
    data: Design, *, draws: int, tune: int, chains: int, seed: int
) -> tuple[Draws, dict[str, Any]]:
    """Sample the posterior; returns the draws and how the sampler fared."""
    import arviz_stats
    import pymc as pm  # pyright: ignore[reportMissingImports] # in .venv-priors only

    with build(data):
        trace = pm.sample(
            draws=draws,
            tune=tune,
            chains=chains,
            cores=min(chains, 2),
            target_accept=0.9,
            random_seed=seed,
            progressbar=False,
            compute_convergence_checks=False,
        )
    posterior = trace.posterior
    joined = {
        str(name): posterior[name].to_numpy().reshape(-1, *posterior[name].shape[2:])
        for name in posterior.data_vars
    }
    checked = ["intercept", "slope", "posture", "ground", "freedom", "days_slope", "win_slope"]
    chains_of = {name: posterior[name].to_numpy() for name in checked}
    r_hat = _worst(arviz_stats.base.array_stats.rhat, chains_of, max)
    ess = _worst(arviz_stats.base.array_stats.ess, chains_of, min)
    return joined, {
        "name": f"PyMC {pm.__version__}, NUTS",
        "chains": chains,
        "draws": draws,
        "tune": tune,
        "seed": seed,
        "divergences": int(trace.sample_stats["diverging"].sum()),
        "r_hat_max": round(r_hat, 4),
        "ess_bulk_min": round(ess, 1),
    }


def _worst(diagnostic: Callable[..., Any], chains: Draws, extreme: Callable[..., Any]) -> float:
    found = [
        np.asarray(diagnostic(values, chain_axis=0, draw_axis=1)).ravel()
        for values in chains.values()
    ]
    return float(extreme(np.concatenate(found)))


def _write(path: Path, content: dict[str, Any]) -> None:
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    temporary.replace(path)


def main(arguments: list[str] | None = None) -> int:
    """Learn the table and write it; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m inje.gallery.priors", description=__doc__)
    parser.add_argument("--output", type=Path, default=TABLE, help="where the table goes")
    parser.add_argument("--draws", type=int, default=400, help="draws a chain")
    parser.add_argument("--tune", type=int, default=400, help="steps of tuning a chain")
    parser.add_argument("--chains", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    data = design(battles(cdb90()))
    draws, sampler = learn(
        data, draws=chosen.draws, tune=chosen.tune, chains=chosen.chains, seed=chosen.seed
    )
    _write(chosen.output, table(draws, data, sampler))
    sys.stderr.write(f"{chosen.output}: {sampler}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
