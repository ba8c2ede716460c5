"""From a posterior and its answers to the report's plain records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from inje.answers import Comparison, Search, WhatIf, compare_accounts
from inje.dossier import Dossier, ObservablePath
from inje.errors import ModelError, PathError
from inje.posterior import Estimate, Posterior, Summary, SummaryRow
from inje.reporting._answering import pairs_of, rivalries_of, seek_rows, what_if_rows
from inje.reporting._data import (
    ChoiceRow,
    ControlRow,
    Interval,
    JointClaim,
    JointLosses,
    Manifest,
    OutcomeRow,
    QuantityRow,
    ReportData,
    TimeRow,
)
from inje.reporting._densities import density_of, joint_of
from inje.reporting._geojson import read_shapes
from inje.reporting._outcome import winner_errors, winner_without_outcome_claims
from inje.reporting._replaying import replays_of
from inje.reporting._report import Report
from inje.reporting._weighing import (
    claim_weights,
    conflict_rows,
    diagnostics_of,
    prior_moves,
    source_rows,
)
from inje.reporting._wording import Wording, claimed_bounds
from inje.scenario import Quantity, Scenario, parameters

__all__ = ["build_report", "data_of"]

#: moments, in days since the start
_MOMENTS = ("arrival", "report", "order", "breaking_off", "start", "end")


def build_report(
    posterior: Posterior,
    *,
    compare: Sequence[Comparison] | None = None,
    what_ifs: Sequence[WhatIf] | None = None,
    seek: Search | None = None,
    manifest: Mapping[str, Any] | Manifest | None = None,
    ground: str | Path | None = None,
) -> Report:
    """Report what a posterior supports.

    Parameters
    ----------
    posterior : weighed worlds; its scenario carries the dossier and its documents.
    compare, what_ifs, seek : answers to print; what is left out is asked here.
    manifest : version, seed, command and file hashes of the run, as in `manifest.json`.
    ground : a GeoJSON file of the user's own, drawn into the map.

    Raises
    ------
    ModelError : the scenario carries no dossier.
    InputError : the file of the ground is no GeoJSON.
    """
    shapes = read_shapes(ground) if ground is not None else ()
    data = data_of(posterior, _manifest(posterior, manifest))
    wording = Wording(data.scenario, data.dossier)
    comparisons = compare_accounts(posterior) if compare is None else compare
    answered = replace(
        data,
        pairs=pairs_of(posterior, wording, comparisons),
        rivalries=rivalries_of(comparisons, wording),
        what_ifs=what_if_rows(posterior, wording, what_ifs),
        seek=seek_rows(posterior, wording, seek),
        shapes=shapes,
    )
    return Report(answered)


def _manifest(posterior: Posterior, given: Mapping[str, Any] | Manifest | None) -> Manifest:
    if isinstance(given, Manifest):
        return given
    if given is None:
        return Manifest(version("inje"), posterior.diagnostics.seed)
    files = tuple((str(name), str(digest)) for name, digest in given.get("files", {}).items())
    return Manifest(given["version"], given["seed"], given.get("command", ""), files)


def data_of(posterior: Posterior, manifest: Manifest) -> ReportData:
    """Everything the page prints about a posterior; the answers are added by the caller.

    Raises
    ------
    ModelError : the scenario carries no dossier.
    """
    scenario = posterior.scenario
    dossier = scenario.dossier
    if dossier is None:
        raise ModelError(
            "scenario", "it carries no dossier", "a scenario drawn from a dossier",
            "load it with its dossier",
        )  # fmt: skip
    wording = Wording(scenario, dossier)
    summary = posterior.summary()
    quantities = _quantities(posterior, summary, wording, dossier)
    conflicts = conflict_rows(posterior)
    return ReportData(
        title=dossier.battle.title or scenario.title,
        dossier=dossier,
        scenario=scenario,
        diagnostics=diagnostics_of(posterior),
        manifest=manifest,
        quantities=quantities,
        choices=_choices(summary, wording, scenario, dossier),
        outcomes=_outcomes(posterior, summary, wording),
        control=_control(summary, wording, scenario),
        times=_times(posterior, summary, wording),
        joint=_joint(posterior, wording, dossier),
        sources=source_rows(posterior, wording, dossier, conflicts),
        weights=claim_weights(posterior),
        replays=replays_of(posterior, wording),
        documents=dossier.texts,
        products=tuple(_product(row, wording, scenario) for row in summary.products),
        moves=prior_moves(posterior, wording, quantities),
        conflicts=conflicts,
    )


def _about(dossier: Dossier, name: str) -> tuple[str, ...]:
    return tuple(c.id for c in dossier.claims if c.about == name and c.status != "rejected")


def _interval(values: tuple[float | None, ...], errors: tuple[float, ...]) -> Interval:
    return Interval(*values, errors=errors)


def _quantities(
    posterior: Posterior, summary: Summary, wording: Wording, dossier: Dossier
) -> tuple[QuantityRow, ...]:
    rows = [row for row in summary.rows if not _constant(row, dossier)]
    return tuple(_quantity(row, posterior, wording, dossier) for row in rows)


def _constant(row: SummaryRow, dossier: Dossier) -> bool:
    """Whether a number is the same in every world before and after, and nobody speaks of it."""
    same = row.prior[0] == row.prior[2] == row.posterior[0] == row.posterior[2]
    return same and not row.informed and not _about(dossier, row.name)


def _quantity(
    row: SummaryRow, posterior: Posterior, wording: Wording, dossier: Dossier
) -> QuantityRow:
    claims, source, assumed = _provenance(posterior.scenario, row.name)
    before, after = posterior.prior[row.name], posterior.draws[row.name]
    unit = row.unit or wording.unit(row.name)
    shown = _is_observable(row.name, posterior.scenario)
    return QuantityRow(
        name=row.name,
        label=wording.path(row.name),
        unit=unit,
        prior=_interval(row.prior, row.prior_errors),
        posterior=_interval(row.posterior, row.errors),
        informed=row.informed,
        bits=row.divergence.value,
        bits_error=row.divergence.error,
        mcse=row.errors[1],
        ess=row.ess,
        density=density_of(before, after, posterior.weights, whole=unit == "people")
        if shown
        else None,
        claims=tuple(dict.fromkeys((*_about(dossier, row.name), *claims))),
        assumed=assumed,
        source=source,
        observable=shown,
    )


def _product(row: SummaryRow, wording: Wording, scenario: Scenario) -> QuantityRow:
    """Numbers that enter only together; engagement and losing side stand in the name."""
    fought, _, side = row.name.partition(": ")[2].partition(", losses of ")
    place = next((e.place for e in scenario.engagements if e.id == fought), "")
    where = f" at {wording.name(place)}" if place and len(scenario.engagements) > 1 else ""
    return QuantityRow(
        name=row.name,
        label=f"Losses of {wording.name(side)}{where}" if side else row.name,
        unit=row.unit or "people",
        prior=_interval(row.prior, row.prior_errors),
        posterior=_interval(row.posterior, row.errors),
        informed=row.informed,
        bits=row.divergence.value,
        bits_error=row.divergence.error,
        mcse=row.errors[1],
        ess=row.ess,
    )


def _is_observable(name: str, scenario: Scenario) -> bool:
    """Whether a reader may ask for it; the only force of a side is the side."""
    try:
        parsed = ObservablePath.parse(name)
    except PathError:
        return False
    if parsed.quantity != "strength":
        return parsed.quantity not in ("rate", "reserves")
    side = next((f.side for f in scenario.forces if f.id == parsed.parts[0]), None)
    return side is None or sum(f.side == side for f in scenario.forces) > 1


def _behind(scenario: Scenario, name: str) -> Iterable[Quantity]:
    """The model's numbers that are meant by a name."""
    known = parameters(scenario)
    if name in known:
        yield known[name]
    quantity, _, rest = name.partition("@")[0].partition(".")
    if quantity == "strength":
        yield from (force.strength for force in scenario.forces if rest == force.side)


def _provenance(scenario: Scenario, name: str) -> tuple[tuple[str, ...], str, str]:
    """Claims, source and reason of the numbers behind a name."""
    behind = list(_behind(scenario, name))
    claims = tuple(claim for quantity in behind for claim in quantity.claims)
    sources = dict.fromkeys(quantity.source for quantity in behind if quantity.source)
    reasons = dict.fromkeys(quantity.assumed for quantity in behind if quantity.assumed)
    return claims, "; ".join(sources), "; ".join(reasons)


def _choices(
    summary: Summary, wording: Wording, scenario: Scenario, dossier: Dossier
) -> tuple[ChoiceRow, ...]:
    rows: dict[str, list[tuple[str, str, float, float]]] = {}
    told: dict[str, bool] = {}
    errors: dict[str, dict[str, tuple[float, float]]] = {}
    bits: dict[str, Estimate] = {}
    for item in summary.probabilities:
        if item.name.partition(".")[0].partition("@")[0] in ("winner", "control"):
            continue
        cause = scenario.causes.get(item.name)
        label = cause.labels.get(item.label) if cause else None
        rows.setdefault(item.name, []).append(
            (item.label, label or wording.name(item.label), item.prior, item.posterior.value)
        )
        told[item.name], bits[item.name] = item.informed, item.divergence
        both = (item.prior_error, item.posterior.error)
        errors.setdefault(item.name, {})[item.label] = both
    return tuple(
        ChoiceRow(
            name,
            wording.path(name),
            tuple(options),
            told[name],
            bits[name].value,
            _about(dossier, name),
            scenario.causes[name].assumed if name in scenario.causes else "",
            errors[name],
            bits[name].error,
        )
        for name, options in rows.items()
        if max(option[2] for option in options) < 1 or told[name]
    )


def _outcomes(posterior: Posterior, summary: Summary, wording: Wording) -> tuple[OutcomeRow, ...]:
    items = [item for item in summary.probabilities if item.name == "winner"]
    if not items:
        return ()
    rest = winner_without_outcome_claims(posterior) or {}
    errors = winner_errors(posterior).get("winner_without_outcome_claims", {})
    return tuple(
        OutcomeRow(
            item.label,
            "nobody" if item.label == "none" else wording.name(item.label),
            item.prior,
            item.posterior.value,
            rest.get(item.label),
            item.posterior.error,
            item.prior_error,
            errors.get(item.label),
        )
        for item in items
    )


def _control(summary: Summary, wording: Wording, scenario: Scenario) -> tuple[ControlRow, ...]:
    sides = {side.id: wording.name(side.id) for side in scenario.sides}
    found: dict[tuple[str, str], tuple[dict[str, float], dict[str, float], dict[str, float]]] = {}
    for item in summary.probabilities:
        body, _, day = item.name.partition("@")
        quantity, _, place = body.partition(".")
        if quantity == "control" and item.label in sides:
            after, before, errors = found.setdefault((place, day), ({}, {}, {}))
            after[item.label], before[item.label] = item.posterior.value, item.prior
            errors[item.label] = item.posterior.error

    def shares(held: dict[str, float]) -> tuple[tuple[str, str, float], ...]:
        return tuple((side, name, held[side]) for side, name in sides.items() if side in held)

    return tuple(
        ControlRow(place, wording.name(place), day, shares(after), shares(before), errors)
        for (place, day), (after, before, errors) in sorted(found.items(), key=lambda item: item[0])
    )


def _times(posterior: Posterior, summary: Summary, wording: Wording) -> tuple[TimeRow, ...]:
    rows = []
    for row in summary.rows:
        if row.name.partition(".")[0] not in _MOMENTS or row.posterior[0] is None:
            continue
        happens = posterior.probability(np.isfinite(posterior.draws[row.name]))
        rows.append(
            TimeRow(
                row.name,
                wording.path(row.name),
                _interval(row.prior, row.prior_errors),
                _interval(row.posterior, row.errors),
                None if happens.value > 1 - 1e-9 else happens.value,
                happens.error,
            )
        )
    return tuple(rows)


def _joint(posterior: Posterior, wording: Wording, dossier: Dossier) -> JointLosses | None:
    names = []
    for side in posterior.scenario.sides[:2]:
        mine = [name for name in posterior.draws if name.startswith(f"losses.{side.id}.")]
        mine.sort(key=lambda name: (not _about(dossier, name), not name.endswith(".total"), name))
        if not mine:
            return None
        names.append(mine[0])
    said = []
    for axis, name in enumerate(names):
        for claim in dossier.claims:
            bounds = claimed_bounds(claim.value)
            if claim.about == name and claim.status != "rejected" and bounds:
                label = f"{wording.path(name)} {wording.value(claim.value, name)}"
                said.append(
                    JointClaim(claim.id, label, *((bounds, None) if axis == 0 else (None, bounds)))
                )
    x, y = (np.asarray(posterior.draws[name], dtype=float) for name in names)
    labels = (wording.path(names[0]), wording.path(names[1]))
    return joint_of(x, y, posterior.weights, labels, said)
