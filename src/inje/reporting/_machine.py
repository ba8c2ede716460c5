"""The machine form of a reconstruction: one JSON object, no NaN, absent is null."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from inje.dossier import Dossier
from inje.reporting._outcome import (
    winner_before,
    winner_errors,
    winner_without_outcome_claims,
)

if TYPE_CHECKING:
    from inje.posterior import Estimate, Posterior, SummaryRow, Weighted

__all__ = ["machine_form", "quantity_rows"]


def machine_form(
    posterior: Posterior, dossier: Dossier, files: Mapping[str, str]
) -> dict[str, Any]:
    """What `inje reconstruct --json` prints.

    Parameters
    ----------
    posterior : weighted worlds. dossier : their record, with findings. files : written, by name.
    """
    diagnostics = posterior.diagnostics
    return {
        "battle": dossier.battle.title,
        "sides": [{"id": side.id, "name": side.name} for side in posterior.scenario.sides],
        "quantities": quantity_rows(posterior),
        "products": [_row(posterior, row) for row in posterior.summary().products],
        "sensitivity": _sensitivity(posterior),
        "checks": _checks(posterior),
        "causes": _causes(posterior),
        "ess": diagnostics.ess,
        "worlds": diagnostics.worlds,
        "k_hat": diagnostics.k_hat,
        "reach": _reach(posterior),
        "method": diagnostics.method,
        "sentence": diagnostics.sentence,
        "remedy": diagnostics.remedy or None,
        "outcome": {
            "winner": _shares(posterior, "winner"),
            "winner_prior": winner_before(posterior),
            "winner_without_outcome_claims": winner_without_outcome_claims(posterior),
            "control": _control(posterior),
            "mcse": {**winner_errors(posterior), "control": _control_errors(posterior)},
        },
        "findings": [finding.model_dump(mode="json") for finding in dossier.findings],
        "files": dict(files),
        "seed": diagnostics.seed,
        "version": version("inje"),
    }


def quantity_rows(posterior: Posterior) -> list[dict[str, Any]]:
    """Rows of the summary; a time that may never come is told given that it comes."""
    return [_row(posterior, row) for row in posterior.summary()]


def _row(posterior: Posterior, row: SummaryRow) -> dict[str, Any]:
    form = {
        "name": row.name,
        "unit": row.unit,
        "prior": list(row.prior),
        "posterior": list(row.posterior),
        "informed": row.informed,
        "bits": row.divergence.value,
        "mcse": list(row.errors),
        "prior_mcse": list(row.prior_errors),
    }
    if None in row.prior or None in row.posterior:
        from inje.posterior import Weighted

        before = np.asarray(posterior.prior[row.name])
        prior = _given(before, Weighted.equal(before.size))
        after = _given(np.asarray(posterior.draws[row.name]), posterior.weighted)
        form["prior"], form["prior_mcse"], often = prior
        form["posterior"], form["mcse"], now = after
        form["happens"] = {"prior": often.value, "posterior": now.value}
        form["happens_mcse"] = {"prior": often.error, "posterior": now.error}
    return form


def _given(values: np.ndarray, weights: Weighted) -> tuple[list[float], list[float], Estimate]:
    """Quantiles over the worlds in which it happens, their errors, and how often it does."""
    from inje.posterior import Weighted

    inside = np.isfinite(values)
    share, kept = weights.mean(inside.astype(float)), weights.weight[inside]
    if not kept.sum() > 0:
        return [], [], share
    found = Weighted(kept / kept.sum(), weights.group[inside]).quantiles(values[inside])
    return [q.value for q in found], [float(q.error) for q in found], share


def _shares(posterior: Posterior, name: str) -> dict[str, float]:
    """Probability of every side, and of none."""
    if name not in posterior.draws:
        return {}
    found = {label: e.value for label, e in posterior.probabilities(name).items()}
    found.setdefault("none", max(0.0, 1.0 - sum(found.values())))
    return found


def _control(posterior: Posterior) -> dict[str, dict[str, float]]:
    return {
        place.id: _shares(posterior, f"control.{place.id}")
        for place in posterior.scenario.places
        if place.contested and f"control.{place.id}" in posterior.draws
    }


def _control_errors(posterior: Posterior) -> dict[str, dict[str, float]]:
    """Monte-Carlo standard errors of the chances of who controls each contested place."""
    return {
        place: {
            label: float(found.error)
            for label, found in posterior.probabilities(f"control.{place}").items()
        }
        for place in _control(posterior)
    }


def _causes(posterior: Posterior) -> dict[str, dict[str, dict[str, float]]]:
    """Discrete causes: probability of every option before and after the claims."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    causes = posterior.scenario.causes
    for item in posterior.summary().probabilities:
        if item.name in causes:
            found.setdefault(item.name, {})[item.label] = {
                "prior": item.prior,
                "posterior": item.posterior.value,
                "mcse": float(item.posterior.error),
                "prior_mcse": float(item.prior_error),
            }
    return found


#: shifts of a median that are told, in posterior standard deviations
TOLD = 0.1


def _sensitivity(posterior: Posterior) -> dict[str, Any]:
    """Headline figures under other priors: which move, and how many do not."""
    from dataclasses import asdict

    from inje.posterior import headline_figures, prior_sensitivity, with_errors

    rows = prior_sensitivity(posterior, headline_figures(posterior))
    told = [row for row in rows if row.shift is None or abs(row.shift) >= TOLD]
    return {
        "told_from": TOLD,
        "rows": [
            {
                **asdict(row),
                "before": _finite(row.before),
                "after": row.after and _finite(row.after),
            }
            for row in with_errors(posterior, told)
        ],
        "below": len(rows) - len(told),
    }


def _finite(values: tuple[float, ...]) -> list[float | None]:
    return [value if np.isfinite(value) else None for value in values]


def _checks(posterior: Posterior) -> dict[str, Any]:
    """Predictive tail probabilities of what is claimed, before the claims and after them."""
    from inje.posterior import posterior_checks, predictive_checks

    before, after = predictive_checks(posterior), posterior_checks(posterior)
    return {
        name: [
            {
                "claims": list(one.claims),
                "tail": one.tail,
                "mcse": one.error,
                "conflict": one.conflicts,
            }
            for one in found
        ]
        for name, found in (("prior", before), ("posterior", after))
    }


def _reach(posterior: Posterior) -> dict[str, Any]:
    from dataclasses import asdict

    reach = posterior.diagnostics.reach
    return {key: value for key, value in asdict(reach).items() if not key.startswith("_")}
