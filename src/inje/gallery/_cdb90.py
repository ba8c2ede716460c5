"""Two regressions on CDB90: Hartley's scalar and Helmbold's advantage.

x is the attacker, y the defender; x0 and y0 are strengths at the start, x and y
at the end (strength less casualties).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from inje.datasets import cdb90
from inje.gallery._study import Study, near, within

__all__ = ["HARTLEY", "HELMBOLD", "advantage", "fit_logit", "hartley_scalar", "usable"]


def usable(frame: pd.DataFrame) -> pd.Series:
    """Rows whose casualties are both positive and no larger than the strength."""
    known = (frame["casa"] > 0) & (frame["casd"] > 0)
    return known & (frame["casa"] <= frame["stra"]) & (frame["casd"] <= frame["strd"])


def hartley_scalar(
    x0: np.ndarray, y0: np.ndarray, x_loss: np.ndarray, y_loss: np.ndarray
) -> np.ndarray:
    """ln[(x0^2 - x^2) / (y0^2 - y^2)] (Hartley 2001), written with the losses.

    x0^2 - x^2 = x_loss (2 x0 - x_loss), which loses no digits for small losses.
    """
    return np.log(x_loss * (2 * x0 - x_loss)) - np.log(y_loss * (2 * y0 - y_loss))


def advantage(x0: np.ndarray, y0: np.ndarray, x_loss: np.ndarray, y_loss: np.ndarray) -> np.ndarray:
    """Helmbold's advantage V, half the log ratio of 1 - (survivors' fraction)^2."""
    fx, fy = x_loss / x0, y_loss / y0
    return 0.5 * (np.log(fx * (2 - fx)) - np.log(fy * (2 - fy)))


def fit_logit(design: np.ndarray, won: np.ndarray, precision: np.ndarray | None = None):
    """Coefficients of a logit model by maximum likelihood, or with a normal prior.

    Parameters
    ----------
    design : shape (rows, columns).
    won : shape (rows,), true where the event happened.
    precision : shape (columns,), of a normal prior about 0; flat if None.
    """
    sign = np.where(won, 1.0, -1.0)
    ridge = np.zeros(design.shape[1]) if precision is None else precision

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (design @ beta)
        value = np.logaddexp(0.0, -margin).sum() + 0.5 * (ridge * beta**2).sum()
        slope = -(design.T @ (sign / (1.0 + np.exp(margin)))) + ridge * beta
        return float(value), slope

    return minimize(loss, np.zeros(design.shape[1]), jac=True, method="BFGS").x


def _columns(frame: pd.DataFrame) -> tuple[np.ndarray, ...]:
    return tuple(frame[name].to_numpy(float) for name in ("stra", "strd", "casa", "casd"))


def _hartley(table: Path | None) -> dict[str, float]:
    frame = cdb90(table)
    x0, y0, x_loss, y_loss = _columns(frame[usable(frame)])
    design = np.column_stack([np.ones(len(x0)), np.log(x0 / y0)])
    scalar = hartley_scalar(x0, y0, x_loss, y_loss)
    beta = np.linalg.lstsq(design, scalar, rcond=None)[0]
    residual = scalar - design @ beta
    variance = residual @ residual / (len(x0) - 2)
    errors = np.sqrt(variance * np.diag(np.linalg.inv(design.T @ design)))
    return {
        "slope": float(beta[1]),
        "slope_error": float(errors[1]),
        "intercept": float(beta[0]),
        "intercept_error": float(errors[0]),
        "n": len(x0),
    }


HARTLEY = Study(
    name="hartley-cdb90",
    title="Hartley's scalar against the force ratio, 1600 to 1982",
    citation=(
        "Hartley, D. S. (2001), Predicting Combat Effects, INFORMS; refitted to CDB90 "
        "(US Army Concepts Analysis Agency 1990)"
    ),
    targets={
        "slope": near(1.360, 5e-4),
        "slope_error": near(0.071, 5e-4),
        "intercept": near(-0.272, 5.1e-4),
        "intercept_error": near(0.061, 5e-4),
        "n": near(651, 0),
    },
    compute=_hartley,
    takes_table=True,
)


def _helmbold(table: Path | None) -> dict[str, float]:
    frame = cdb90(table)
    rows = frame[usable(frame) & frame["wina"].isin([-1, 1])]
    x0, y0, x_loss, y_loss = _columns(rows)
    won = rows["wina"].to_numpy() == 1

    def right(predictor: np.ndarray) -> float:
        design = np.column_stack([np.ones(len(predictor)), predictor])
        return float(((design @ fit_logit(design, won) > 0) == won).mean())

    return {
        "right_by_advantage": right(advantage(x0, y0, x_loss, y_loss)),
        "right_by_force_ratio": right(np.log(x0 / y0)),
        "right_by_always_attacker": float(won.mean()),
        "n": len(rows),
    }


HELMBOLD = Study(
    name="helmbold-cdb90",
    title="Who wins: the advantage that losses show, and what the force ratio knows",
    citation=(
        "Helmbold, R. L. (1964), Historical data and Lanchester's theory of combat, part II, "
        "CORG-SP-190; refitted to CDB90 (US Army Concepts Analysis Agency 1990)"
    ),
    targets={
        "right_by_advantage": near(0.806, 5e-4),
        "right_by_force_ratio": near(0.647, 5e-4),
        "right_by_always_attacker": near(0.651, 5e-4),
        "n": within(607, 607),
    },
    compute=_helmbold,
    takes_table=True,
)
