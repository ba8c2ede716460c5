"""The hierarchical model whose posterior is the default prior of a new battle.

For battle i of war w in era e, with x = (own, opponents', days), own and opponents'
strength as log people over 16,000, days as log days in contact:

    log rate of side j = a_ej + b_ej . x_ij + posture_j + ground_j + u_wj + r_ij

with a_e, b_e partially pooled over the eras, u_w bivariate normal, r_i bivariate t
whose covariance is the era's own. The rate of side j is its casualties over opponents
and days (the square law, Lanchester 1916). Beside it log days given size and force
ratio, winning given force ratio and losses, and the force ratio itself, each by era.
Fitted with the no-U-turn sampler (Hoffman & Gelman 2014, JMLR 15, 1593-1623) of PyMC;
needed only to build the table that is shipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from inje.gallery._battles import ERAS, Battles

__all__ = ["Design", "build", "design"]

_CENTRE = np.log(16_000.0)


@dataclass(frozen=True)
class Design:
    """What the model sees of n battles.

    `rates` (n, 2): log rates, defenders on attackers, then attackers on defenders.
    `predictors` (n, 2, 3): for each rate own strength, opponents' strength, days.
    `posture`, `ground` (n, k): indicators less their means. `loss_gap` (n,): log loss
    fraction of the attackers less that of the defenders. `won` (n,): 1, -1, else.
    """

    rates: np.ndarray
    predictors: np.ndarray
    log_days: np.ndarray
    size: np.ndarray
    ratio: np.ndarray
    posture: np.ndarray
    ground: np.ndarray
    era: np.ndarray
    war: np.ndarray
    loss_gap: np.ndarray
    won: np.ndarray


def design(known: Battles) -> Design:
    """The rows with both losses known."""
    rows = np.flatnonzero(known.scored)
    a, d = known.log_attackers[rows], known.log_defenders[rows]
    days = known.log_days[rows]
    fractions = known.log_fractions[rows]
    on_attackers = np.log(known.attackers_lost[rows]) - d - days
    on_defenders = np.log(known.defenders_lost[rows]) - a - days
    predictors = np.stack(
        [
            np.column_stack([a - _CENTRE, d - _CENTRE, days]),
            np.column_stack([d - _CENTRE, a - _CENTRE, days]),
        ],
        axis=1,
    )
    posture, ground = known.posture[rows], known.terrain[rows]
    return Design(
        rates=np.column_stack([on_attackers, on_defenders]),
        predictors=predictors,
        log_days=days,
        size=known.size[rows],
        ratio=known.ratio[rows],
        posture=posture - posture.mean(axis=0),
        ground=ground - ground.mean(axis=0),
        era=known.era[rows],
        war=np.unique(known.war[rows], return_inverse=True)[1],
        loss_gap=fractions[:, 0] - fractions[:, 1],
        won=known.won[rows],
    )


def build(data: Design) -> Any:
    """The PyMC model. Priors are weak: rates and slopes of the order of one."""
    import pymc as pm  # pyright: ignore[reportMissingImports] # in .venv-priors only

    eras, wars = len(ERAS), int(data.war.max()) + 1
    coords = {
        "era": list(ERAS),
        "rate": ["defenders on attackers", "attackers on defenders"],
        "slope": ["own", "opponents", "days"],
    }
    with pm.Model(coords=coords) as model:
        _rates(pm, data, wars)
        _days(pm, data, wars)
        _winning(pm, data)
        centre = pm.Normal("ratio_centre", 0.5, 0.5)
        shift = pm.Normal("ratio_shift", 0.0, 1.0, shape=eras)
        mean = pm.Deterministic("ratio_mean", centre + shift * pm.HalfNormal("ratio_pool", 0.5))
        spread = pm.HalfNormal("ratio_sd", 1.0, shape=eras)
        pm.Normal("ratio", mean[data.era], spread[data.era], observed=data.ratio)
    return model


def _rates(pm: Any, data: Design, wars: int) -> None:
    eras = len(ERAS)
    centre = pm.Normal("intercept_centre", -2.5, 1.5, shape=2)
    pool = pm.HalfNormal("intercept_pool", 1.5)
    shift = pm.Normal("intercept_shift", 0.0, 1.0, shape=(eras, 2))
    intercept = pm.Deterministic("intercept", centre + shift * pool)
    slope_centre = pm.Normal("slope_centre", 0.0, 1.0, shape=(2, 3))
    slope_pool = pm.HalfNormal("slope_pool", 0.5, shape=3)
    slope_shift = pm.Normal("slope_shift", 0.0, 1.0, shape=(eras, 2, 3))
    slope = pm.Deterministic("slope", slope_centre + slope_shift * slope_pool)
    conditions = []
    for name, columns in (("posture", data.posture), ("ground", data.ground)):
        spread = pm.HalfNormal(f"{name}_sd", 0.5)
        raw = pm.Normal(f"{name}_raw", 0.0, 1.0, shape=(columns.shape[1], 2))
        conditions.append(pm.math.dot(columns, pm.Deterministic(name, raw * spread)))
    war_sd = pm.HalfNormal("war_sd", 1.0, shape=2)
    war_correlation = pm.Uniform("war_correlation", -1.0, 1.0)
    raw = pm.Normal("war_raw", 0.0, 1.0, shape=(wars, 2))
    rest = pm.math.sqrt(1 - war_correlation**2)
    effect = (war_sd[0] * raw[:, 0], war_sd[1] * (war_correlation * raw[:, 0] + rest * raw[:, 1]))
    means = [
        intercept[data.era, j]
        + (data.predictors[:, j] * slope[data.era, j]).sum(axis=-1)
        + effect[j][data.war]
        + conditions[0][:, j]
        + conditions[1][:, j]
        for j in range(2)
    ]
    freedom = pm.Deterministic("freedom", 2.0 + pm.Gamma("freedom_above_2", 2.0, 0.3))
    spread = pm.HalfNormal("residual_scale", 1.5, shape=(eras, 2))
    correlation = pm.Uniform("residual_correlation", -1.0, 1.0, shape=eras)
    density = _log_bivariate_t(
        pm,
        [(data.rates[:, j] - means[j]) / spread[data.era, j] for j in range(2)],
        correlation[data.era],
        freedom,
    )
    scales = pm.math.log(spread[data.era]).sum(axis=-1)
    pm.Potential("rates", (density - scales).sum())


def _log_bivariate_t(pm: Any, standard: list[Any], correlation: Any, freedom: Any) -> Any:
    """Log density of a bivariate t with unit scales (Kotz & Nadarajah 2004, eq. 1.1).

    For two dimensions gamma((v + 2) / 2) / gamma(v / 2) = v / 2, so no gamma is left.
    Written out, it takes a fifth of the time of a matrix form.
    """
    x, y = standard
    rest = 1 - correlation**2
    distance = (x**2 - 2 * correlation * x * y + y**2) / rest
    tail = -(freedom + 2) / 2 * pm.math.log(1 + distance / freedom)
    return tail - 0.5 * pm.math.log(rest) - np.log(2 * np.pi)


def _days(pm: Any, data: Design, wars: int) -> None:
    eras = len(ERAS)
    pool = pm.HalfNormal("days_pool", 1.0, shape=3)
    shift = pm.Normal("days_shift", 0.0, 1.0, shape=(eras, 3))
    centre = pm.Normal("days_centre", 0.0, 1.0, shape=3)
    slope = pm.Deterministic("days_slope", centre + shift * pool)
    inputs = np.column_stack([np.ones(len(data.era)), data.size, data.ratio])
    war_sd = pm.HalfNormal("days_war_sd", 1.0)
    effect = war_sd * pm.Normal("days_war_raw", 0.0, 1.0, shape=wars)
    spread = pm.HalfNormal("days_sd", 1.5, shape=eras)
    mean = (inputs * slope[data.era]).sum(axis=-1) + effect[data.war]
    pm.Normal("days", mean, spread[data.era], observed=data.log_days)


def _winning(pm: Any, data: Design) -> None:
    eras = len(ERAS)
    rows = np.flatnonzero(np.isin(data.won, [-1, 1]))
    pool = pm.HalfNormal("win_pool", 1.0, shape=3)
    shift = pm.Normal("win_shift", 0.0, 1.0, shape=(eras, 3))
    centre = pm.Normal("win_centre", 0.0, 1.5, shape=3)
    slope = pm.Deterministic("win_slope", centre + shift * pool)
    inputs = np.column_stack([np.ones(len(rows)), data.ratio[rows], data.loss_gap[rows]])
    odds = (inputs * slope[data.era[rows]]).sum(axis=-1)
    pm.Bernoulli("won", logit_p=odds, observed=(data.won[rows] == 1).astype(int))
