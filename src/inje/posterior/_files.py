"""`posterior.nc`: an xarray DataTree in ArviZ's shape, with all that it rests on.

Groups `prior`, `posterior`, `sample_stats` (with `log_weight`), dims chain and draw. The
scenario, the dossier and the documents travel in the attributes, so that later commands need
nothing else. Categories are integer codes with `flag_meanings` (CF conventions).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from inje.document import document_from_json, document_to_json, origin_of, upgraded
from inje.dossier import dossier_from_json, replaced_whole
from inje.errors import InputError
from inje.packing import KEYS
from inje.posterior._claims import ClaimModel
from inje.posterior._compilation import compile_claims
from inje.posterior._posterior import Diagnostics, Posterior
from inje.posterior._reach import Reach
from inje.posterior._stored import Columns, Stored, read_stored, stored_of
from inje.scenario import Scenario, scenario_from_json

if TYPE_CHECKING:
    from xarray import DataTree

__all__ = ["load_posterior", "posterior_from_datatree", "save_posterior", "to_datatree"]

SCHEMA = "inje-posterior/4"


def _small(values: np.ndarray) -> np.ndarray:
    """Whole numbers as the smallest signed integer that holds them."""
    values = np.asarray(values)
    if values.dtype.kind not in "iub" or not values.size:
        return values
    if values.dtype.kind == "b":
        return values.astype(np.int8)
    for kind in (np.int8, np.int16, np.int32):
        limits = np.iinfo(kind)
        if limits.min <= values.min() and values.max() <= limits.max:
            return values.astype(kind)
    return values.astype(np.int64)


def _wide(values: np.ndarray) -> np.ndarray:
    """Whole numbers as they were computed with: sums of small ones must not wrap around."""
    return values.astype(np.int64) if values.dtype.kind == "i" else values


def _dataset(
    columns: Mapping[str, np.ndarray],
    labels: Mapping[str, tuple[str, ...]],
    units: Mapping[str, str],
) -> Any:
    import xarray as xr

    variables = {}
    for name, values in columns.items():
        attrs: dict[str, Any] = {"units": units[name]} if units.get(name) else {}
        if name in labels:
            attrs["flag_values"] = np.arange(len(labels[name]), dtype=np.int16)
            attrs["flag_meanings"] = "\n".join(labels[name])
        extra = tuple(f"{name}_dim_{i}" for i in range(np.ndim(values) - 1))
        variables[name] = (("chain", "draw", *extra), _small(values)[None], attrs)
    size = len(next(iter(columns.values()))) if columns else 0
    return xr.Dataset(variables, coords={"chain": [0], "draw": np.arange(size)})


def to_datatree(posterior: Posterior, resampled: int | None = None) -> DataTree:
    """The posterior as a DataTree with groups prior, posterior and sample_stats.

    Draws are weighted; `sample_stats.log_weight` holds the logarithms. ArviZ's own summaries know
    nothing of weights: give them a tree of `resampled` draws.

    Parameters
    ----------
    posterior : weighted draws.
    resampled : so many draws instead, equally weighted, drawn by weight.
    """
    import xarray as xr

    stats = {
        "log_weight": posterior.log_weight,
        "world": posterior.world,
        "group": posterior.group,
        **{f"particle_{name}": values for name, values in posterior.particles.items()},
    }
    draws, weighted = posterior.draws, True
    if resampled is not None:
        rows, weighted = posterior.resampled(resampled), False
        draws = {name: np.asarray(values)[rows] for name, values in draws.items()}
        stats = {name: np.asarray(values)[rows] for name, values in stats.items()}
        stats["log_weight"] = np.zeros(resampled)
    tree = xr.DataTree.from_dict(
        {
            "prior": _dataset(posterior.prior, posterior.labels, posterior.units),
            "posterior": _dataset(draws, posterior.labels, posterior.units),
            "sample_stats": _dataset(stats, {}, {}),
        }
    )
    tree["posterior"].attrs["weights"] = "sample_stats.log_weight" if weighted else "equal"
    tree.attrs.update(_attributes(posterior))
    return tree


def _attributes(posterior: Posterior) -> dict[str, str]:
    dossier = posterior.scenario.dossier
    texts = dossier.texts if dossier else ()
    known = posterior.diagnostics
    claims = {
        "letters": dict(posterior.claims.letters),
        "weighed": [claim.id for claim in posterior.claims.claims],
        "cut": [claim.id for claim in posterior.claims.claims if claim.attestation.cut],
        "grain": posterior.claims.grain,
    }
    diagnostics = {
        "method": known.method,
        "worlds": known.worlds,
        "ess": known.ess,
        "k_hat": known.k_hat,
        "log_evidence": known.log_evidence,
        "evidence_error": known.evidence_error,
        "sentence": known.sentence,
        "remedy": known.remedy,
        "seed": known.seed,
        "reach": known.reach.to_json(),
    }
    rests_on = {
        "scenario": posterior.scenario.model_dump_json(by_alias=True),
        "dossier": dossier.model_dump_json(by_alias=True) if dossier else "",
        "documents": json.dumps([document_to_json(text) for text in texts], ensure_ascii=False),
    }
    return {
        "schema": SCHEMA,
        "inference_library": "inje",
        **origin_of(_hashes(rests_on)),
        **rests_on,
        "renewals": json.dumps(posterior.renewals),
        "claims": json.dumps(claims),
        "diagnostics": json.dumps(diagnostics),
    }


def save_posterior(posterior: Posterior, path: str | os.PathLike[str]) -> Path:
    """Write `posterior.nc` whole or not at all; returns the path.

    Raises
    ------
    InputError : the folder is missing, read-only or full.
    """
    packed = {"zlib": True, "complevel": 1, "shuffle": True}
    tree = to_datatree(posterior)
    encoding = {
        f"/{group}": {str(variable): packed for variable in node.data_vars}
        for group, node in tree.children.items()
    }
    with replaced_whole(path) as temporary:
        tree.to_netcdf(temporary, engine="h5netcdf", encoding=encoding)
    return Path(path)


def load_posterior(path: str | os.PathLike[str]) -> Posterior:
    """Load a `posterior.nc`.

    Raises
    ------
    InputError : not a file, or not a posterior of this package.
    """
    try:
        return _posterior(read_stored(path), str(path))
    except (OSError, ValueError, LookupError, TypeError, RuntimeError) as fault:
        number = getattr(fault, "errno", None)
        reason = os.strerror(number) if number else str(fault)
        if isinstance(fault, OSError) and not number:  # in the words of the HDF5 library
            unsigned = "signature not found" in reason
            reason = "it is no netCDF file" if unsigned else "it is cut short or damaged"
        raise InputError(
            str(path), f"cannot be read: {reason}", "a posterior.nc of `inje condition`",
            "run `inje condition` again",
        ) from None  # fmt: skip


def _with_origin(attrs: dict[str, Any]) -> dict[str, Any]:
    """Version 1 said neither which inje had written it, nor the hashes of what it rests on."""
    return {**attrs, "version": "", "parents": json.dumps(_hashes(attrs))}


def _without_renewals(attrs: dict[str, Any]) -> dict[str, Any]:
    """Version 2 knew no fortunes that are renewed on the way."""
    return {**attrs, "renewals": "[]"}


def _with_grain(attrs: dict[str, Any]) -> dict[str, Any]:
    """Version 3 read every figure to the last person."""
    return {**attrs, "claims": json.dumps({**json.loads(attrs["claims"]), "grain": 0.0})}


_STEPS = {1: _with_origin, 2: _without_renewals, 3: _with_grain}


def _hashes(attrs: Mapping[str, Any]) -> dict[str, str]:
    """The sha256 of what a posterior rests on and carries."""
    names = ("scenario", "dossier", "documents")
    return {name: sha256(str(attrs[name]).encode()).hexdigest() for name in names}


def _check_hashes(attrs: Mapping[str, Any], where: str) -> None:
    found = _hashes(attrs)
    stated = json.loads(attrs["parents"])
    changed = [name for name in found if found[name] != stated.get(name)]
    if changed:
        raise InputError(
            where,
            f"its {' and '.join(changed)}: changed since it was written, the sha256 differs",
            "a posterior.nc as `inje condition` wrote it",
            "run `inje condition` again",
        )


def posterior_from_datatree(tree: DataTree, where: str = "posterior") -> Posterior:
    """The posterior that `to_datatree` wrote.

    Raises
    ------
    InputError : the tree is not one of this package.
    """
    return _posterior(stored_of(tree), where)


def _posterior(stored: Stored, where: str) -> Posterior:
    attrs = upgraded({"schema": "none", **stored.attrs}, SCHEMA, _STEPS, where)
    _check_hashes(attrs, where)
    draws, labels, units = _columns(stored.groups["posterior"])
    stats = {name: values[0] for name, (values, _) in stored.groups["sample_stats"].items()}
    scenario = _scenario(attrs, where)
    return Posterior(
        scenario,
        _claims(scenario, draws, labels, json.loads(attrs["claims"])),
        _columns(stored.groups["prior"])[0],
        draws,
        labels,
        units,
        stats["log_weight"],
        stats["world"],
        stats["group"],
        _diagnostics(json.loads(attrs["diagnostics"])),
        {
            name.removeprefix("particle_"): values
            for name, values in stats.items()
            if name.startswith("particle_")
        },
        _renewals(json.loads(attrs["renewals"]), stats.get("particle_keys")),
    )


def _renewals(days: list[float], keys: np.ndarray | None) -> tuple[float, ...]:
    """Days at which fortunes are renewed.

    Raises
    ------
    ValueError : they are no ascending days, or there is not an address for each.
    """
    found = tuple(float(day) for day in days)
    ascending = all(0 < day < after for day, after in pairwise((*found, np.inf)))
    addresses = KEYS if keys is None else keys.shape[1]
    if not ascending or addresses != KEYS + len(found):
        msg = f"fortunes are renewed on {len(found)} days, and a draw has {addresses} addresses"
        raise ValueError(msg)
    return found


def _columns(
    stored: Columns,
) -> tuple[dict[str, np.ndarray], dict[str, tuple[str, ...]], dict[str, str]]:
    columns, labels, units = {}, {}, {}
    for name, (values, attrs) in stored.items():
        columns[name] = _wide(values[0])
        if "flag_meanings" in attrs:
            labels[name] = tuple(attrs["flag_meanings"].split("\n"))
        if "units" in attrs:
            units[name] = attrs["units"]
    return columns, labels, units


def _scenario(attrs: Mapping[str, Any], where: str) -> Scenario:
    scenario = scenario_from_json(attrs["scenario"], where)
    if not attrs["dossier"]:
        return scenario
    texts = (document_from_json(text) for text in json.loads(attrs["documents"]))
    return scenario.with_dossier(dossier_from_json(attrs["dossier"], where).with_texts(*texts))


def _claims(
    scenario: Scenario,
    draws: Mapping[str, np.ndarray],
    labels: Mapping[str, tuple[str, ...]],
    saved: Mapping[str, Any],
) -> ClaimModel:
    if scenario.dossier is None:
        return ClaimModel((), {}, {})
    model = compile_claims(scenario.dossier, scenario, draws, labels)
    left_out = {claim.id for claim in model.claims} - set(saved["weighed"])
    letters = {agent: letter for agent, letter in saved["letters"].items() if letter}
    model = model.without(left_out).graded(letters).cut(set(saved["cut"]))
    return model.coarsened(saved["grain"])


def _diagnostics(saved: dict[str, Any]) -> Diagnostics:
    reach = saved.pop("reach")
    omitted = np.inf if reach["omitted"] is None else reach["omitted"]
    return Diagnostics(
        **saved,
        reach=Reach(
            reach["matched"],
            reach["worlds"],
            omitted,
            tuple(reach["unmatched"]),
            tuple(reach["incompatible"]),
        ),
    )
