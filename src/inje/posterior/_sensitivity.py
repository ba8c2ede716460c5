"""What another prior would have made of the same record: draws weighed anew, nothing fought.

A prior is widened to twice its spread, and moved by one spread up and down; every draw gains the
ratio of the new density to the old (importance weighting of a posterior; Besag, Green, Higdon &
Mengersen 1995). Where too few draws stay effective, the change is too large for these worlds, and
that is said instead of a number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np

from inje.errors import PathError
from inje.posterior._posterior import Posterior
from inje.posterior._statistics import Weighted, jackknifed, share_of, sorted_quantiles
from inje.posterior._weights import effective_size
from inje.scenario import Prior, Quantity, log_density, parameters

__all__ = ["PriorChange", "headline_figures", "prior_sensitivity", "with_errors"]

#: fewer effective draws than this cannot judge a change
LEAST = 200


@dataclass(frozen=True, slots=True)
class PriorChange:
    """One figure under one changed prior.

    Attributes
    ----------
    parameter, change : whose prior, and how: "spread x 2", "one spread up", "one spread down".
    target : the figure.
    before : its 5 %, 50 % and 95 % posterior quantiles.
    after : the same under the changed prior; None where too few draws stay effective.
    before_errors, after_errors : Monte-Carlo standard errors of both, see `with_errors`.
    shift : change of the median, in posterior standard deviations of the target; None likewise.
    shift_error : its standard error, that of the median before and after, which share their draws.
    ess : effective draws under the changed prior.
    """

    parameter: str
    change: str
    target: str
    before: tuple[float, ...]
    after: tuple[float, ...] | None
    shift: float | None
    ess: float
    before_errors: tuple[float, ...] = ()
    after_errors: tuple[float, ...] | None = None
    shift_error: float | None = None


def prior_sensitivity(
    posterior: Posterior, targets: Iterable[str] | None = None
) -> tuple[PriorChange, ...]:
    """How far figures move with the priors that have a spread.

    The largest shift comes first, what cannot be judged last.

    Parameters
    ----------
    posterior : weighted draws.
    targets : columns; by default those that the record informs. See `headline_figures`.

    Raises
    ------
    PathError : a target is no outcome of these worlds.
    """
    names = _targets(posterior, targets)
    quantiles = {name: sorted_quantiles(posterior.draws[name]) for name in names}
    before = {name: quantiles[name](posterior.weights) for name in names}
    spread = {name: _spread(posterior, name) for name in names}
    found = []
    for path, change, log_ratio in _changes(posterior):
        log_weight = posterior.log_weight + log_ratio
        ess = effective_size(log_weight)
        weights = np.exp(log_weight - log_weight.max(initial=-np.inf)) if ess else log_weight
        for name in names:
            after = quantiles[name](weights) if ess >= LEAST else None
            shift = after and (after[1] - before[name][1]) / spread[name]
            found.append(PriorChange(path, change, name, before[name], after, shift, ess))
    return tuple(sorted(found, key=lambda row: 1.0 if row.shift is None else -abs(row.shift)))


def with_errors(posterior: Posterior, rows: Iterable[PriorChange]) -> tuple[PriorChange, ...]:
    """The same changes with Monte-Carlo standard errors, where they can be judged.

    They cost a sorting each, so they are found for what is told.
    """
    found = list(rows)
    wanted = {(row.parameter, row.change) for row in found if row.after is not None}
    weighted = {
        (path, change): Weighted.of(posterior.log_weight + log_ratio, posterior.group)
        for path, change, log_ratio in _changes(posterior, {path for path, _ in wanted})
        if (path, change) in wanted
    }
    names = dict.fromkeys(row.target for row in found)
    before = {name: posterior.weighted.left_out(posterior.draws[name])[1] for name in names}
    return tuple(
        _judged(row, before[row.target], posterior, weighted.get((row.parameter, row.change)))
        for row in found
    )


def _judged(
    row: PriorChange, before: np.ndarray, posterior: Posterior, weighted: Weighted | None
) -> PriorChange:
    """A change with errors; `before` (groups, 3) are its quantiles without each group."""
    then = tuple(jackknifed(column) for column in before.T)
    if weighted is None:
        return replace(row, before_errors=then)
    after = weighted.left_out(posterior.draws[row.target])[1]
    now = tuple(jackknifed(column) for column in after.T)
    # Both medians come of the same draws; where a group has all the weight they cannot be paired.
    paired = before.shape == after.shape
    moved = jackknifed(after[:, 1] - before[:, 1]) if paired else float(np.hypot(then[1], now[1]))
    spread = _spread(posterior, row.target)
    return replace(row, before_errors=then, after_errors=now, shift_error=moved / spread)


def headline_figures(posterior: Posterior) -> tuple[str, ...]:
    """Columns that a reader looks for first: strengths, losses of each side, the duration."""
    sides = [side.id for side in posterior.scenario.sides]
    wanted = (
        *(f"strength.{side}" for side in sides),
        *(f"losses.{side}.total" for side in sides),
        "duration",
    )
    return tuple(name for name in wanted if name in posterior.draws)


def _targets(posterior: Posterior, targets: Iterable[str] | None) -> tuple[str, ...]:
    if targets is None:
        return tuple(row.name for row in posterior.summary() if row.informed)
    names = tuple(targets)
    for name in names:
        posterior.column(name)
        if name in posterior.labels:
            raise PathError(
                "target", f"{name!r} is a category, it has no quantiles",
                "a number that worlds have", "name a number",
            )  # fmt: skip
    return names


def _spread(posterior: Posterior, name: str) -> float:
    values = np.asarray(posterior.draws[name], dtype=float)
    finite = np.isfinite(values)
    weights = np.where(finite, posterior.weights, 0.0)
    weights /= max(weights.sum(), 1e-300)
    values = np.where(finite, values, 0.0)
    from_mean = values - share_of(values, weights)
    return float(np.sqrt(share_of(np.square(from_mean), weights))) or 1.0


def _changes(
    posterior: Posterior, among: Collection[str] | None = None
) -> Iterable[tuple[str, str, np.ndarray]]:
    """Every change of a prior, of all parameters or some, and log(new / old density) (n,)."""
    for path, quantity in parameters(posterior.scenario).items():
        prior = quantity.prior
        if prior is None or path not in posterior.draws:
            continue
        if among is not None and path not in among:
            continue
        x = np.asarray(posterior.draws[path], dtype=float)
        others = {name: np.asarray(posterior.draws[name], float) for name in prior.derives_from}
        old = log_density(quantity, x, others)
        for change, other in _changed(prior):
            new = log_density(_with(quantity, other), x, others)
            ratio = np.where(np.isfinite(old), new - np.where(np.isfinite(old), old, 0.0), -np.inf)
            yield path, change, ratio


def _with(quantity: Quantity, prior: Prior) -> Quantity:
    return quantity.model_copy(update={"prior": prior})


def _changed(prior: Prior) -> list[tuple[str, Prior]]:
    """The prior twice as wide, and moved by one spread; none where it has no spread."""
    match prior.family:
        case "lognormal":
            assert prior.median is not None and prior.sigma is not None  # noqa: S101, PT018 - family
            wide = {"sigma": 2 * prior.sigma}
            up = {"median": prior.median * np.exp(prior.sigma)}
            down = {"median": prior.median * np.exp(-prior.sigma)}
        case "normal":
            assert prior.mean is not None and prior.sd is not None  # noqa: S101, PT018 - family
            wide = {"sd": 2 * prior.sd}
            up, down = {"mean": prior.mean + prior.sd}, {"mean": prior.mean - prior.sd}
        case _:
            return []
    names = ("spread x 2", "one spread up", "one spread down")
    updates = zip(names, (wide, up, down), strict=True)
    return [(name, prior.model_copy(update=update)) for name, update in updates]
